//! The questions that an open point of an article asks.
//!
//! In: an open point, and the incident it is asked in. Out: a draft for each question, in words that are understood
//! away from the article. What holds: what nobody awaits is no question; the words of the article stay beside
//! those of the program.

use std::collections::BTreeSet;

use super::{Draft, direct, wording};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::corpus::statement::Statement;
use crate::corpus::{answers, summary, topic};
use crate::model::claim::Stance;
use crate::model::date::EventRole;
use crate::model::entity::Who;
use crate::model::party::{Party, PartyRole};
use crate::model::reading::{Ask, AskKind};
use crate::model::source::Language;
use crate::model::text::Evidence;
use crate::rules::{IncidentType, Rules, is_han};

/// What an open point is judged by.
pub(super) struct Around<'c, 'a> {
    pub types: &'c [String],
    pub parties: &'c [Party],
    pub said: &'c [Statement<'a>],
    pub rules: &'c Rules,
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

/// The questions an open point asks.
pub(super) fn drafted(
    index: usize,
    doc: &Doc<'_>,
    ask: &Ask,
    around: &Around<'_, '_>,
) -> Vec<Draft> {
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
    let alike = |text: &str| text == words || text == summary::capitalised(words);
    let base = |text: String, about: BTreeSet<Who>, topics: BTreeSet<String>| Draft {
        beside: beside(&text, &about, rules),
        words: Bag::of(&text, rules),
        families: answers::families(words, rules),
        language: doc.reading.article.language.clone(),
        variants: Some(words.to_string()).filter(|_| !alike(&text)).into_iter().collect(),
        worded: !alike(&text)
            && !words.contains(text.trim_end_matches(['?', '？', '.', '。', '…'])),
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
            // Where the sentence says nothing of the matter, it is that of the incident.
            let here = topics.iter().filter(|kind| types.contains(kind));
            let whole = types.iter().filter(|_| topics.is_empty());
            let kinds = here.chain(whole);
            let kinds = kinds.filter_map(|id| rules.types.iter().find(|kind| kind.id == *id));
            let effective = kinds.into_iter().find(|kind| kind.takes_effect);
            let text = match effective.filter(|_| in_force(doc, ask)) {
                Some(IncidentType { topic, .. }) => {
                    Some(format!("Does {topic} take effect as announced?"))
                }
                None => {
                    let (start, whole) = awaited_in(doc, ask, rules);
                    let named = doc.reading.mentions.iter().any(|m| m.span.start() == start);
                    let english = doc.reading.article.language == Language::En;
                    direct::awaited(&whole, named, &about, rules)
                        .or_else(|| (!english).then(|| summary::shortened(&whole, 200)))
                }
            };
            // An English deadline that cannot be asked in words understood elsewhere is no question to follow.
            text.map(|text| base(text, about, topics)).into_iter().collect()
        }
        _ => {
            let points = wording::open_points(words, rules);
            let several = points.len() > 1;
            let drafts = points.into_iter().map(|point| {
                let told = wording::in_plain_words(&point, &about, parties, rules);
                // What the article asks itself stays as it stands there.
                let direct = || direct::asked(&point, &about, rules).filter(|_| !asks);
                let awaited = || direct::awaited(&point, named, &about, rules).filter(|_| !asks);
                let told = told.or_else(direct).or_else(awaited);
                let mut draft = base(
                    told.unwrap_or_else(|| summary::capitalised(&point)),
                    about.clone(),
                    topics.clone(),
                );
                // A sentence with two points is no other wording of one of them.
                draft.variants.retain(|_| !several);
                draft
            });
            drafts.collect()
        }
    }
}

/// Whether a question is understood away from where it was asked; one of Chinese words always is.
pub(super) fn stands_alone(draft: &Draft, rules: &Rules) -> bool {
    let short = (draft.words.len() as f64) < rules.thresholds.question_terms_least;
    // What is asked in words we know is understood anywhere: "Will others follow?"
    let known = !draft.families.is_empty() || draft.text.chars().any(is_han);
    let awaited = matches!(draft.kind, AskKind::Pending | AskKind::NoResponse);
    !short || known || awaited || !draft.about.is_empty()
}

fn is_forecast(doc: &Doc<'_>, ask: &Ask) -> bool {
    let mut claims = doc.reading.claims.iter();
    claims.any(|claim| claim.stance == Stance::Predicts && claim.content.meets(ask.span))
}

/// What is awaited, with whom or what it is awaited of, and where that begins: of "is due by May 3" the whole
/// sentence.
fn awaited_in(doc: &Doc<'_>, ask: &Ask, rules: &Rules) -> (usize, String) {
    let words = doc.reading.words(ask.span);
    let sentence = doc.reading.sentences.iter().find(|s| s.holds(ask.span));
    let before = sentence.filter(|s| s.start() < ask.span.start());
    let small = words.starts_with(char::is_lowercase);
    let verb = words.split(' ').next().is_some_and(|word| direct::is_predicate(word, rules));
    let whole = before.map(|sentence| (sentence.start(), doc.reading.words(*sentence)));
    match whole.filter(|(_, whole)| small && verb && !whole.contains(['“', '"', '”'])) {
        Some((start, whole)) => (start, wording::without_asides(whole, rules)),
        None => (ask.span.start(), words.to_string()),
    }
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
