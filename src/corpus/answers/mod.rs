//! What bears on an open point, and how far it settles it.
//!
//! In: questions in the making and the readings of their incident. Out: answers and states. What
//! holds: a repeated silence, a forecast or an older article never closes a question; the party that
//! can settle it can. A false close is worse than a late one.

mod bearing;
mod clues;
mod deeds;
mod passages;
mod responses;
mod steps;

use std::collections::BTreeSet;

pub(super) use passages::Passages;

use chrono::NaiveDate;

use super::doc::Doc;
use super::questions::Draft;
use super::statement::Statement;
use crate::model::entity::Who;
use crate::model::history::{Hand, Step};
use crate::model::party::Party;
use crate::model::question::{Answer, Question, QuestionState};
use crate::model::reading::AskKind;
use crate::model::text::{Evidence, Span};
use crate::rules::{AnswerRule, Rules, Tokens};

/// The side of a party that denies what a question asks: its word settles nothing, it makes two sides.
const DENIED: &str = "denied";

/// How far words settle a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// They bear on it.
    Partly,
    /// They settle it.
    Fully,
}

/// Words that bear on a question.
struct Hit {
    weight: Weight,
    doc: usize,
    span: Span,
    by: Option<Who>,
    /// The side they take where the question has sides.
    side: Option<String>,
}

/// What answers are looked for in.
pub(super) struct Matter<'c, 'a> {
    pub docs: &'c [&'c Doc<'a>],
    pub parties: &'c [Party],
    pub said: &'c [Statement<'a>],
    /// Types of the incident, the main one first.
    pub types: &'c [String],
    /// The first day of the main act.
    pub opened: NaiveDate,
    pub passages: Passages,
    pub rules: &'c Rules,
}

/// Finds answers and moves the question's state along.
pub(super) fn settle(question: &mut Question, draft: &Draft, matter: &Matter<'_, '_>) {
    let asked = draft.first_raised();
    // What an article merely waits for is not put in words that say what would answer it.
    let rows = match draft.kind {
        AskKind::Pending => Vec::new(),
        _ => asked_for(&question.text, &question.variants, matter.rules),
    };
    let for_statement = draft.kind == AskKind::NoResponse || rows.iter().any(|row| row.statement);
    let mut hits: Vec<Hit> = Vec::new();
    if for_statement {
        hits.extend(responses::find(draft, matter));
    } else {
        hits.extend(deeds::find(draft, &rows, matter));
        // What others do is told by deeds; what an article merely waits for asks only where it was made a question.
        let asks = draft.kind != AskKind::Pending || question.text.ends_with(['?', '？']);
        if asks && !rows.iter().any(|row| row.others) {
            hits.extend(bearing::find(draft, &rows, matter));
        }
        hits.extend(steps::find(draft, matter));
    }
    hits.sort_by_key(|hit| (hit.doc, hit.span, std::cmp::Reverse(hit.weight)));
    hits.dedup_by(|a, b| a.doc == b.doc && a.span.meets(b.span));
    let sides: BTreeSet<&String> = hits.iter().filter_map(|hit| hit.side.as_ref()).collect();
    // A deed settles what a denial leaves open.
    let done = hits.iter().any(|hit| hit.side.is_none() && hit.weight == Weight::Fully);
    let denied = !done && sides.iter().any(|side| *side == DENIED);
    let contested = !for_statement && (sides.len() > 1 || denied);
    for hit in &hits {
        let Some(doc) = matter.docs.get(hit.doc) else { continue };
        let evidence = Evidence { capture: doc.id, span: hit.span };
        question.answers.push(Answer { evidence, by: hit.by.clone() });
        let to = match (contested, hit.weight) {
            (true, _) => QuestionState::Contested,
            (false, Weight::Fully) => QuestionState::Answered,
            (false, Weight::Partly) => QuestionState::PartlyAnswered,
        };
        // Once answered, a partial answer takes nothing back.
        if question.state.now() != QuestionState::Answered || to != QuestionState::PartlyAnswered {
            let on = doc.day.max(asked);
            question.state.step(Step { on, to, because: vec![evidence], by: Hand::Machine });
        }
    }
}

/// A deadline or ruling still awaited when the matter ends is overtaken by its end.
pub(super) fn overtake(question: &mut Question, docs: &[&Doc<'_>], end: Evidence) {
    let Some(doc) = docs.iter().find(|doc| doc.id == end.capture) else { return };
    let waiting = question.kind == AskKind::Pending && question.state.now() == QuestionState::Open;
    if waiting && question.raised.iter().all(|place| place.capture != end.capture) {
        let to = QuestionState::Moot;
        question.state.step(Step { on: doc.day, to, because: vec![end], by: Hand::Machine });
    }
}

/// The rows that say what would answer a question.
fn asked_for<'r>(text: &str, variants: &[String], rules: &'r Rules) -> Vec<&'r AnswerRule> {
    let mut found: Vec<&AnswerRule> = Vec::new();
    for wording in std::iter::once(text).chain(variants.iter().map(String::as_str)) {
        let tokens = Tokens::of(wording, &rules.vocabulary);
        for (row, _) in rules.lexicon.answers.all(&tokens, &rules.vocabulary, 0..tokens.len()) {
            if !found.iter().any(|known| std::ptr::eq(*known, &raw const row.meaning)) {
                found.push(&row.meaning);
            }
        }
    }
    found
}

/// The families of questions that words belong to.
pub(super) fn families(words: &str, rules: &Rules) -> BTreeSet<String> {
    asked_for(words, &[], rules).into_iter().map(|row| row.family.clone()).collect()
}

/// What words in another language ask, in plain words.
pub(super) fn plain_wording<'r>(words: &str, rules: &'r Rules) -> Option<&'r str> {
    asked_for(words, &[], rules).into_iter().find_map(|row| row.asks.as_deref())
}

/// Whether a question asks a party to speak: "Will X respond to …?"
pub(super) fn asks_for_statement(text: &str, rules: &Rules) -> bool {
    asked_for(text, &[], rules).iter().any(|row| row.statement)
}

/// In "How will Alibaba respond to Anthropic's accusations?" Anthropic is not the one asked.
pub(super) fn is_accuser(draft: &Draft, who: &Who) -> bool {
    let folded = draft.text.to_lowercase().replace('’', "'");
    let name = who.name.split(' ').next().unwrap_or("").to_lowercase();
    !name.is_empty() && folded.contains(&format!("{name}'s"))
}
