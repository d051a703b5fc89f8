//! What bears on an open point, and how far it settles it.
//!
//! In: questions in the making and the readings of their incident. Out: answers and states. What
//! holds: a repeated silence, a forecast or an older article never closes a question; the party that
//! can settle it can. A false close is worse than a late one.

use std::collections::BTreeSet;

use super::bag::Bag;
use super::doc::Doc;
use super::questions::Draft;
use super::topic;
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::entity::Who;
use crate::model::history::{Hand, Step};
use crate::model::question::{Answer, Question, QuestionState};
use crate::model::reading::AskKind;
use crate::model::text::{Evidence, Span};
use crate::rules::Rules;

/// Share of a question's words that a later sentence must take up to bear on it.
const BEARS: f64 = 0.45;
/// Share from which the party concerned settles it with that sentence.
const SETTLES: f64 = 0.6;

/// How far a statement settles a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Partly,
    Fully,
}

/// Finds answers and moves the question's state along.
pub(super) fn settle(question: &mut Question, draft: &Draft, docs: &[&Doc<'_>], rules: &Rules) {
    let Some(asked) = draft.raised.iter().map(|(day, _)| *day).min() else { return };
    let last_asked = draft.raised.iter().map(|(day, _)| *day).max().unwrap_or(asked);
    let mut found: Vec<(Weight, usize, Span, Option<Who>, bool)> = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        if draft.docs.contains(&index) {
            continue;
        }
        let later = doc.day > last_asked;
        let hits = match draft.kind {
            AskKind::NoResponse => responses(doc, draft, later, rules),
            _ if asks_for_response(draft) => responses(doc, draft, later, rules),
            _ if later => statements(doc, draft, rules),
            _ => Vec::new(),
        };
        found.extend(
            hits.into_iter()
                .map(|(weight, span, by, negative)| (weight, index, span, by, negative)),
        );
    }
    found.sort_by_key(|(_, index, span, ..)| (*index, *span));
    found.dedup_by(|a, b| a.1 == b.1 && a.2.meets(b.2));
    let yes = found.iter().any(|(.., negative)| !negative);
    let no = found.iter().any(|(.., negative)| *negative);
    let contested = yes && no && !asks_for_response(draft) && draft.kind != AskKind::NoResponse;
    for (weight, index, span, by, _) in &found {
        let Some(doc) = docs.get(*index) else { continue };
        let evidence = Evidence { capture: doc.id, span: *span };
        question.answers.push(Answer { evidence, by: by.clone() });
        let to = match (contested, weight) {
            (true, _) => QuestionState::Contested,
            (false, Weight::Fully) => QuestionState::Answered,
            (false, Weight::Partly) => QuestionState::PartlyAnswered,
        };
        // Once answered, a partial answer takes nothing back.
        if !(question.state.now() == QuestionState::Answered && to == QuestionState::PartlyAnswered)
        {
            let on = doc.day.max(asked);
            question.state.step(Step { on, to, because: vec![evidence], by: Hand::Machine });
        }
    }
}

/// "Will X confirm or deny …", "How will X respond …": a question for a statement of the party.
pub(super) fn asks_for_response(draft: &Draft) -> bool {
    let folded = draft.text.to_lowercase();
    draft.about.len() <= 2
        && [
            "respond",
            "response",
            "comment",
            "confirm or deny",
            "confirm",
            "address",
            "answer",
            "react",
            "回应",
            "置评",
        ]
        .iter()
        .any(|word| folded.contains(word))
}

type Hit = (Weight, Span, Option<Who>, bool);

/// Statements of the party on the matter it was asked about.
fn responses(doc: &Doc<'_>, draft: &Draft, later: bool, rules: &Rules) -> Vec<Hit> {
    let mut hits = Vec::new();
    for claim in &doc.reading.claims {
        let speaks = matches!(
            claim.stance,
            Stance::Confirms | Stance::Denies | Stance::Asserts | Stance::Announces
        );
        let Some((who, named)) = house_of(doc, claim) else { continue };
        // The first party a question names is the one that is asked.
        if !speaks || !draft.about.contains(&who) || is_accuser(draft, &who) {
            continue;
        }
        let words = Bag::of(doc.reading.words(claim.sentence), rules);
        let topics = topic::around(doc, claim.content, rules);
        let on_topic = topics.intersection(&draft.topics).next().is_some()
            || words.containment(&draft.words) >= BEARS && words.len() >= 4;
        if !on_topic {
            continue;
        }
        let direct = matches!(claim.stance, Stance::Confirms | Stance::Denies);
        let weight = if later && named && direct { Weight::Fully } else { Weight::Partly };
        // What was said before the question was asked bears on it only where it is to the point.
        if !later && !direct {
            continue;
        }
        hits.push((weight, claim.sentence, Some(who), claim.stance == Stance::Denies));
    }
    hits
}

/// In "How will Alibaba respond to Anthropic's accusations?" Anthropic is not the one asked.
pub(super) fn is_accuser(draft: &Draft, who: &Who) -> bool {
    let folded = draft.text.to_lowercase();
    let name = who.name.split(' ').next().unwrap_or("").to_lowercase();
    !name.is_empty() && folded.contains(&format!("{name}'s"))
        || folded.contains(&format!("{name}’s"))
}

/// Later sentences that take the question up: told as fact, or said by a party concerned.
fn statements(doc: &Doc<'_>, draft: &Draft, rules: &Rules) -> Vec<Hit> {
    let reading = doc.reading;
    let mut hits: Vec<(f64, Hit)> = Vec::new();
    for sentence in &reading.sentences {
        let claims: Vec<&Claim> =
            reading.claims.iter().filter(|c| c.sentence == *sentence).collect();
        let closed = claims.iter().any(|claim| {
            matches!(
                claim.stance,
                Stance::Silent | Stance::Declines | Stance::Predicts | Stance::Demands
            )
        });
        let asks = reading.asks.iter().any(|ask| ask.span.meets(*sentence));
        let title = sentence.start() < reading.title_end();
        if closed || asks || title {
            continue;
        }
        let words = Bag::of(reading.words(*sentence), rules);
        let share = taken_up(&draft.words, &words);
        let parties: BTreeSet<&Who> = reading
            .mentions
            .iter()
            .filter(|mention| sentence.holds(mention.span))
            .filter_map(|mention| doc.who(mention.name))
            .collect();
        let party = draft.about.iter().any(|who| parties.contains(who));
        if share < BEARS || !party || words.len() < 4 {
            continue;
        }
        let act = reading.acts.iter().any(|act| act.span.meets(*sentence));
        let by = claims.iter().find_map(|claim| house_of(doc, claim).map(|(who, _)| who));
        let own = by.as_ref().is_some_and(|who| draft.about.contains(who));
        let weight = if share >= SETTLES && act && (own || claims.is_empty()) {
            Weight::Fully
        } else {
            Weight::Partly
        };
        let negative = claims.iter().any(|claim| claim.stance == Stance::Denies);
        hits.push((share, (weight, *sentence, by, negative)));
    }
    // The best sentence of an article speaks for it.
    hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.1.cmp(&b.1.1)));
    hits.into_iter().take(1).map(|(_, hit)| hit).collect()
}

/// Share of the question's words that a sentence takes up.
fn taken_up(question: &Bag, sentence: &Bag) -> f64 {
    let all = question.len().max(1) as f64;
    let terms: BTreeSet<u64> = sentence.terms().map(|(term, _)| term).collect();
    question.terms().filter(|(term, _)| terms.contains(term)).count() as f64 / all
}

/// The house that speaks, and whether under its own name.
fn house_of(doc: &Doc<'_>, claim: &Claim) -> Option<(Who, bool)> {
    match claim.speaker {
        Speaker::Named(name) => {
            let who = doc.who(name)?.clone();
            let owner = doc.reading.name(name)?.owner.clone();
            match owner {
                // A person speaks for the house the registry knows them by.
                Some(id) if who.kind == crate::model::entity::EntityKind::Person => {
                    let house = doc.who.iter().find(|w| w.id.as_ref() == Some(&id)).cloned();
                    Some((house.unwrap_or(who), true))
                }
                _ => Some((who, true)),
            }
        }
        Speaker::Anonymous(_, Some(house)) | Speaker::Document(_, Some(house)) => {
            doc.who(house).cloned().map(|who| (who, false))
        }
        _ => None,
    }
}
