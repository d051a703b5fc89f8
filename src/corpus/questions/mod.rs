//! Open points across the articles of one incident.
//!
//! In: what each article leaves open. Out: questions with all their wordings, each asked once. What
//! holds: wordings that mean one thing are one question; a silence is a question to the silent party
//! about the matter it is silent on.

mod clause;
mod direct;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::bag::Bag;
use super::doc::Doc;
use super::statement::Statement;
use super::{summary, topic};
use crate::model::claim::Stance;
use crate::model::date::EventRole;
use crate::model::edtf::Edtf;
use crate::model::entity::Who;
use crate::model::history::History;
use crate::model::id::Key;
use crate::model::party::{Party, PartyRole};
use crate::model::question::{Question, QuestionId, QuestionState};
use crate::model::reading::{Ask, AskKind};
use crate::model::source::{CaptureId, Language};
use crate::model::text::{Evidence, Span};
use crate::rules::{IncidentType, Rules};

/// A question in the making.
pub(super) struct Draft {
    pub text: String,
    pub variants: Vec<String>,
    /// Whether the program words it: nobody wrote the text.
    pub worded: bool,
    pub kind: AskKind,
    pub about: BTreeSet<Who>,
    pub topics: BTreeSet<String>,
    pub due: Option<Edtf>,
    pub raised: Vec<(NaiveDate, Evidence)>,
    pub words: Bag,
    /// The same without the names of those it is about, who are named in every second sentence.
    pub beside: Bag,
    /// Families of `answers/` its words belong to.
    pub families: BTreeSet<String>,
    /// The language it was first asked in.
    pub language: Language,
    /// Indexes of the articles that ask.
    pub docs: BTreeSet<usize>,
}

impl Draft {
    /// The day it was first asked.
    pub(super) fn first_raised(&self) -> NaiveDate {
        self.raised.iter().map(|(day, _)| *day).min().unwrap_or(NaiveDate::MAX)
    }

    /// The day it was last asked.
    pub(super) fn last_raised(&self) -> NaiveDate {
        self.raised.iter().map(|(day, _)| *day).max().unwrap_or(NaiveDate::MAX)
    }

    /// Where an article asks it.
    pub(super) fn sentences_in(&self, article: CaptureId) -> impl Iterator<Item = Span> + '_ {
        let here = self.raised.iter().filter(move |(_, place)| place.capture == article);
        here.map(|(_, place)| place.span)
    }
}

/// Gathers and merges the open points of an incident.
pub(super) fn gather(
    docs: &[&Doc<'_>],
    types: &[String],
    parties: &[Party],
    said: &[Statement<'_>],
    rules: &Rules,
) -> Vec<Draft> {
    let around = Around { types, parties, said, rules };
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        for ask in &doc.reading.asks {
            for draft in drafted(index, doc, ask, &around) {
                let home = drafts.iter().position(|other| same(other, &draft, rules));
                match home.and_then(|i| drafts.get_mut(i)) {
                    Some(other) => join(other, draft),
                    None => drafts.push(draft),
                }
            }
        }
    }
    drafts
}

/// The finished question, still without answers.
///
/// The same words in two incidents are two questions: `home` is the incident's first article.
pub(super) fn finished(draft: &Draft, home: &str) -> Question {
    let mut raised = draft.raised.clone();
    raised.sort();
    Question {
        id: Key::of(&["question", home, &draft.text]),
        text: draft.text.clone(),
        variants: draft.variants.clone(),
        kind: draft.kind,
        raised: raised.into_iter().map(|(_, evidence)| evidence).collect(),
        about: draft.about.iter().cloned().collect(),
        due: draft.due,
        answers: Vec::new(),
        state: History::starting(QuestionState::Open),
    }
}

/// Gives questions of the same words ids of their own: the first keeps the plain one.
pub(super) fn tell_apart(questions: &mut [Question], home: &str) {
    let mut seen: BTreeMap<QuestionId, usize> = BTreeMap::new();
    for question in questions {
        let nth = seen.entry(question.id).or_default();
        *nth += 1;
        if *nth > 1 {
            question.id = Key::of(&["question", home, &question.text, &nth.to_string()]);
        }
    }
}

/// What an open point is judged by.
struct Around<'c, 'a> {
    types: &'c [String],
    parties: &'c [Party],
    said: &'c [Statement<'a>],
    rules: &'c Rules,
}

impl Around<'_, '_> {
    /// Whether an article waits for a word of somebody on a matter. The silence of a bystander or of
    /// the office that decides stands in the ledger and is no open question, nor is that of the party
    /// that brought the matter up.
    fn is_asked(&self, who: &Who, matter: Option<&String>) -> bool {
        let party = |p: &Party| p.who == *who && p.role <= PartyRole::Respondent;
        let accuses = |s: &Statement<'_>| {
            // What a leaked memo holds is no word in public.
            s.who == *who
                && s.named
                && s.claim.stance == Stance::Alleges
                && Some(&s.matters) == matter.map(|kind| BTreeSet::from([kind.clone()])).as_ref()
        };
        self.parties.iter().any(party) && !self.said.iter().any(accuses)
    }
}

/// A refusal to comment is an answer: that there will be none.
fn is_refusal(doc: &Doc<'_>, ask: &Ask) -> bool {
    let mut about = doc.reading.claims.iter().filter(|claim| claim.content.meets(ask.span));
    about.any(|claim| claim.stance == Stance::Declines)
}

fn drafted(index: usize, doc: &Doc<'_>, ask: &Ask, around: &Around<'_, '_>) -> Vec<Draft> {
    let Around { types, parties, rules, .. } = *around;
    let words = doc.reading.words(ask.span);
    // Who tells of it is none of those it is about.
    let told = ask.about.iter().filter(|ix| doc.reading.name(**ix).is_some_and(|n| !n.reports));
    let about: BTreeSet<Who> = told.filter_map(|ix| doc.who(*ix)).cloned().collect();
    let asks = words.trim_end().ends_with(['?', '？']);
    let named = doc.reading.mentions.iter().any(|m| m.span.start() == ask.span.start());
    let topics = topic::of(doc, ask.span, rules);
    let evidence = Evidence { capture: doc.id, span: ask.span };
    let kind = topics.iter().find(|kind| types.contains(kind)).or(types.first());
    let matter = kind.and_then(|id| rules.types.iter().find(|kind| kind.id == *id));
    let base = |text: String, about: BTreeSet<Who>, topics: BTreeSet<String>| Draft {
        beside: beside(&text, &about, rules),
        words: Bag::of(&text, rules),
        families: super::answers::families(words, rules),
        language: doc.reading.article.language.clone(),
        variants: if text == words { Vec::new() } else { vec![words.to_string()] },
        worded: !words.contains(text.trim_end_matches(['?', '？', '.', '。', '…'])),
        text,
        kind: ask.kind,
        about,
        topics,
        due: ask.due,
        raised: vec![(doc.day, evidence)],
        docs: BTreeSet::from([index]),
    };
    match ask.kind {
        AskKind::NoResponse => {
            let topic = matter.map_or("the matter", |kind| kind.topic.as_str());
            if is_refusal(doc, ask) {
                return Vec::new();
            }
            about
                .iter()
                .filter(|who| around.is_asked(who, kind))
                .map(|who| {
                    let text = format!("Will {} comment publicly on {topic}?", who.name);
                    base(text, BTreeSet::from([who.clone()]), kind.into_iter().cloned().collect())
                })
                .collect()
        }
        // What somebody expects is awaited by nobody else.
        AskKind::Pending if is_forecast(doc, ask) => Vec::new(),
        AskKind::Pending if ask.due.is_some() => {
            // A day that was past when the article came out is awaited by nobody.
            let past = ask.due.and_then(|due| due.last()).is_some_and(|last| last < doc.day);
            if past {
                return Vec::new();
            }
            let text = match matter.filter(|kind| kind.takes_effect && in_force(doc, ask)) {
                Some(IncidentType { topic, .. }) => {
                    format!("Does {topic} take effect as announced?")
                }
                None => direct::awaited(words, named, rules)
                    .unwrap_or_else(|| summary::shortened(words, 200)),
            };
            vec![base(text, about, topics)]
        }
        _ => {
            let points = wording::open_points(words, rules);
            let several = points.len() > 1;
            let drafts = points.into_iter().map(|point| {
                let told = wording::in_plain_words(&point, &about, parties, rules);
                // What the article asks itself stays as it stands there.
                let direct = || direct::asked(&point, &about, rules).filter(|_| !asks);
                let awaited = || direct::awaited(&point, named, rules).filter(|_| !asks);
                let told = told.or_else(direct).or_else(awaited);
                let mut draft = base(told.unwrap_or(point), about.clone(), topics.clone());
                // A sentence with two points is no other wording of one of them.
                draft.variants.retain(|_| !several);
                draft
            });
            drafts.collect()
        }
    }
}

fn is_forecast(doc: &Doc<'_>, ask: &Ask) -> bool {
    let mut claims = doc.reading.claims.iter();
    claims.any(|claim| claim.stance == Stance::Predicts && claim.content.meets(ask.span))
}

/// Whether something comes into force on the day that is awaited.
fn in_force(doc: &Doc<'_>, ask: &Ask) -> bool {
    doc.reading.events.iter().any(|event| {
        let awaited = event.span.meets(ask.span) && Some(event.date) == ask.due;
        awaited && event.role == EventRole::Effective
    })
}

/// The words of a question beside the names of those it is about.
fn beside(text: &str, about: &BTreeSet<Who>, rules: &Rules) -> Bag {
    let names: Vec<Bag> = about.iter().map(|who| Bag::of(&who.name, rules)).collect();
    Bag::of(text, rules).without(&names)
}

fn same(a: &Draft, b: &Draft, rules: &Rules) -> bool {
    if a.kind == AskKind::NoResponse && b.kind == AskKind::NoResponse {
        return a.text == b.text;
    }
    let waits = a.kind == AskKind::Pending && b.kind == AskKind::Pending;
    if waits && a.due.is_some() && a.due == b.due {
        // Two things due on one day to the same party are one until somebody tells them apart.
        let nobody = a.about.is_empty() || b.about.is_empty();
        return nobody || a.about.intersection(&b.about).next().is_some();
    }
    let pending = (a.kind == AskKind::Pending) != (b.kind == AskKind::Pending);
    let parties =
        a.about.is_empty() || b.about.is_empty() || a.about.intersection(&b.about).next().is_some();
    let silence = (a.kind == AskKind::NoResponse) != (b.kind == AskKind::NoResponse);
    if pending || !parties {
        return false;
    }
    if silence {
        // "X has not addressed the claim" asks what "How will X respond to the claim?" asks.
        let (silent, worded) = if a.kind == AskKind::NoResponse { (a, b) } else { (b, a) };
        return worded.about.len() <= 2
            && super::answers::asks_for_statement(&worded.text, rules)
            && worded.about.intersection(&silent.about).next().is_some()
            && worded.topics.intersection(&silent.topics).next().is_some()
            && silent.about.iter().all(|who| !super::answers::is_accuser(worded, who));
    }
    // Words of two languages meet in what they ask.
    let foreign = a.language != b.language;
    if foreign && a.families.intersection(&b.families).next().is_some() {
        return true;
    }
    let dice = a.words.dice(&b.words);
    let contained = a.words.containment(&b.words);
    let topics = a.topics.intersection(&b.topics).next().is_some();
    // Two names alone make no common question.
    let named_only =
        a.beside.common(&b.beside).next().is_none() && a.beside.len() > 1 && b.beside.len() > 1;
    let both = a.about.intersection(&b.about).count() >= 2;
    let t = &rules.thresholds;
    if named_only {
        return false;
    }
    dice >= t.same_question
        || contained >= t.question_contained
        || topics && both && dice >= t.same_question_parties
}

/// A question asked in so many words lends its wording to the others.
fn join(home: &mut Draft, other: Draft) {
    let rank = |kind: AskKind| match kind {
        AskKind::Explicit => 0,
        AskKind::Whether => 1,
        AskKind::Uncertain => 2,
        AskKind::Pending => 3,
        AskKind::NoResponse => 4,
    };
    let better = (rank(other.kind), other.text.len()) < (rank(home.kind), home.text.len());
    if better {
        let old = std::mem::replace(&mut home.text, other.text.clone());
        home.variants.extend(Some(old).filter(|_| !home.worded));
        home.worded = other.worded;
        home.words = other.words.clone();
        home.beside = other.beside.clone();
        home.kind = other.kind;
    } else if other.text != home.text && !other.worded {
        home.variants.push(other.text.clone());
    }
    home.variants.extend(other.variants);
    home.variants.sort();
    home.variants.dedup();
    let text = home.text.clone();
    home.variants.retain(|variant| *variant != text);
    home.about.extend(other.about);
    home.topics.extend(other.topics);
    home.due = home.due.or(other.due);
    home.raised.extend(other.raised);
    home.raised.sort();
    home.raised.dedup();
    home.docs.extend(other.docs);
    home.families.extend(other.families);
}
