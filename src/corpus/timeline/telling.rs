//! One article's telling of a happening.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::model::claim::{Act, Claim, Speaker, Stance};
use crate::model::date::{Anchor, Basis, EventRole, Modifier};
use crate::model::edtf::{Edtf, Extent, Point};
use crate::model::entity::{EntityKind, Who};
use crate::model::reading::{AskKind, Event};
use crate::model::text::Span;
use crate::rules::{Rules, Tokens};

/// One article's telling of a happening.
pub(super) struct Telling<'a> {
    /// Index of the article.
    pub doc: usize,
    pub date: Edtf,
    pub modifier: Option<Modifier>,
    pub basis: Basis,
    pub span: Span,
    /// Whether its words give the number of the day: "July 2", not "yesterday".
    pub states_day: bool,
    /// The clause as a line.
    pub line: &'a str,
    /// The words it is made of.
    pub said: Span,
    /// The words of the news it dates.
    pub about: Option<Span>,
    /// Whose account it is, where somebody is reported to have said it.
    pub account: Option<String>,
    pub role: EventRole,
    pub words: Bag,
    /// Acts whose words stand in the clause.
    pub acts: Vec<&'a Act>,
    /// Predicates of acts whose clause it shares.
    pub predicates: BTreeSet<&'a str>,
    pub parties: BTreeSet<Who>,
    /// Day of the article.
    pub day: NaiveDate,
}

impl Telling<'_> {
    /// Whether no word dates it: reported as news on the day of its article.
    pub fn is_fresh(&self) -> bool {
        matches!(self.basis, Basis::Reported(_))
    }
}

/// All tellings of the articles, in their order.
pub(super) fn all<'a>(docs: &[&Doc<'a>], rules: &Rules) -> Vec<Telling<'a>> {
    let mut tellings = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        let events = doc.reading.events.iter();
        let events = events.filter(|event| !is_blunter(doc, event) && tells(doc, event, rules));
        tellings.extend(events.map(|event| telling(index, doc, event, rules)));
    }
    tellings
}

/// "A year later, in a ruling of March 18": where one line has two dates, the closer one tells it.
fn is_blunter(doc: &Doc<'_>, event: &Event) -> bool {
    doc.reading.events.iter().any(|other| {
        other.line == event.line && other.date != event.date && event.date.covers(other.date)
    })
}

/// Whether a happening is told at all: that somebody kept silent, that something is not known, and what a
/// sentence only points back at ("that is less than half") are none.
fn tells(doc: &Doc<'_>, event: &Event, rules: &Rules) -> bool {
    let reading = doc.reading;
    let acts = reading.acts.iter().any(|act| event.span.holds(act.cue));
    let silent = reading.claims.iter().any(|claim| {
        claim.stance == Stance::Silent && claim.cue.is_some_and(|cue| event.span.holds(cue))
    });
    // "It was not clear on Tuesday whether …": the day of not knowing.
    let unknown = reading.asks.iter().any(|ask| {
        let tokens = doc.tokens_of(ask.span);
        let hits = rules.lexicon.asks.all(&tokens, &rules.vocabulary, 0..tokens.len());
        let opens = hits.iter().find(|(row, _)| row.meaning.kind == AskKind::Whether);
        let opens = opens.map(|(_, hit)| ask.span.start() + tokens.at(hit.range.start).start());
        let day = event.expr.and_then(|at| reading.dates.get(at as usize)).map(|date| date.span);
        ask.kind == AskKind::Uncertain
            && day.is_some_and(|day| ask.span.holds(day) && opens.is_some_and(|at| day.end() <= at))
    });
    let tokens = Tokens::of(&event.line, &rules.vocabulary);
    let second = tokens.at(1);
    let verb = rules.vocabulary.is(second.word, rules.classes.aux);
    let points_back = verb && rules.vocabulary.is(tokens.at(0).word, rules.classes.demonstrative);
    event.role != EventRole::Happened || acts || !(silent || unknown || points_back)
}

fn telling<'a>(index: usize, doc: &Doc<'a>, event: &'a Event, rules: &Rules) -> Telling<'a> {
    let reading = doc.reading;
    let span = event.span;
    let expr = event.expr.and_then(|at| reading.dates.get(at as usize));
    let within =
        |place: Span| span.holds(place) || event.about.is_some_and(|about| about.holds(place));
    let acts: Vec<&Act> = reading.acts.iter().filter(|act| within(act.cue)).collect();
    let met = reading.acts.iter().filter(|act| within(act.cue) || act.span.meets(span));
    let predicates = met.map(|act| act.predicate.as_str()).collect();
    let about = event.about.into_iter().flat_map(|about| doc.names(about));
    let named = doc.names(span).chain(about).filter(|who| who.kind != EntityKind::Place);
    let meant = event.parties.iter().filter_map(|name| doc.who(*name));
    Telling {
        doc: index,
        date: event.date,
        modifier: expr.and_then(|expr| expr.modifier),
        basis: expr.map_or(Basis::Reported(published(doc)), |expr| expr.basis),
        span,
        states_day: expr.is_some_and(|expr| states_day(reading.words(expr.span), event.date)),
        line: &event.line,
        said: event.words,
        about: event.about,
        account: account(doc, event, expr.map_or(span, |expr| expr.span)),
        role: event.role,
        words: doc.bag(span, rules),
        acts,
        predicates,
        parties: named.chain(meant).cloned().collect(),
        day: doc.day,
    }
}

/// Whether words hold the number of a day as digits.
fn states_day(words: &str, date: Edtf) -> bool {
    let Extent::At(Point::Day(day)) = date.extent else { return false };
    words.split(|c: char| !c.is_ascii_digit()).any(|number| number.parse() == Ok(day.day()))
}

/// What a day of an article is: of its publication, or of its capture.
fn published(doc: &Doc<'_>) -> Anchor {
    if doc.reading.article.published_day().is_some() { Anchor::Published } else { Anchor::Captured }
}

/// Whose account a clause is: of a statement that holds its date and that the clause does not name as
/// one. Who announces something makes it so.
fn account(doc: &Doc<'_>, event: &Event, date: Span) -> Option<String> {
    let reported = |claim: &&Claim| {
        claim.content.holds(date)
            && matches!(
                claim.stance,
                Stance::Alleges
                    | Stance::Asserts
                    | Stance::Confirms
                    | Stance::Denies
                    | Stance::Predicts
            )
    };
    let claims = doc.reading.claims.iter().filter(reported);
    let claim = claims.min_by_key(|claim| claim.content.len())?;
    let account = match claim.speaker {
        Speaker::Named(name) | Speaker::Outlet(name) => doc.who(name).map(|who| who.name.clone()),
        Speaker::Document(span, _) | Speaker::Anonymous(span, _) => {
            let words = doc.reading.words(span);
            let mut letters = words.chars();
            let first: String = letters.next().map(|c| c.to_lowercase().collect())?;
            // A capital that only began the sentence: no name begins there.
            let mut starts = doc.reading.mentions.iter().map(|mention| mention.span.start());
            let named = starts.any(|start| start == span.start());
            Some(if named { words.into() } else { format!("{first}{}", letters.as_str()) })
        }
        Speaker::Here => None,
    };
    // A saying inside the clause that fell out of the line is told behind it.
    let inside = claim.cue.is_some_and(|cue| event.span.holds(cue));
    account.filter(|account| !inside || !names(&event.line, account))
}

/// Whether a line holds a word of a name, longer than an article.
fn names(line: &str, name: &str) -> bool {
    let line = line.to_lowercase();
    let mut words = name.split(' ').filter(|word| word.len() > 3 || name.len() <= 3);
    words.any(|word| line.contains(&word.to_lowercase()))
}
