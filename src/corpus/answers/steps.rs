//! Steps that were awaited and that a later article tells were taken: the hearing, the report, the answer.
//!
//! In: a question and the later articles of its incident. Out: the sentence of each that tells the step. What
//! holds: the words of `awaited/` and those of `steps/` name the same step; a step planned,
//! demanded, foretold or denied is none; one without any party of the question nearby is another's.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Hit, Matter, Weight};
use crate::corpus::doc::Doc;
use crate::corpus::questions::Draft;
use crate::corpus::statement;
use crate::model::article::BlockKind;
use crate::model::claim::{Claim, Stance};
use crate::model::entity::{EntityKind, Who};
use crate::model::text::Span;
use crate::rules::{AwaitedRule, Rules, Tokens};

/// What tells that an awaited step was taken, once for each later article.
pub(super) fn find(draft: &Draft, matter: &Matter<'_, '_>) -> Vec<Hit> {
    let awaited = awaited(draft, matter.rules);
    if awaited.is_empty() {
        return Vec::new();
    }
    // A day that was set for it has to come first.
    let set = draft.due.filter(|_| awaited.iter().all(|row| row.on_day));
    let from = set.map_or(draft.last_raised(), |due| due.sort_day().max(draft.last_raised()));
    let steps: BTreeSet<&str> =
        awaited.iter().flat_map(|row| row.steps.iter().map(String::as_str)).collect();
    let docs = matter.docs.iter().enumerate();
    let later = docs.filter(|(index, doc)| {
        doc.day > draft.last_raised() && doc.day >= from && !draft.docs.contains(index)
    });
    later.filter_map(|(index, doc)| told(index, doc, draft, &steps, matter.rules)).collect()
}

/// What a question awaits.
fn awaited<'r>(draft: &Draft, rules: &'r Rules) -> Vec<&'r AwaitedRule> {
    let wordings = std::iter::once(&draft.text).chain(&draft.variants);
    let mut found: Vec<&AwaitedRule> = Vec::new();
    for wording in wordings {
        let tokens = Tokens::of(wording, &rules.vocabulary);
        let rows = rules.lexicon.awaited.all(&tokens, &rules.vocabulary, 0..tokens.len());
        found.extend(rows.into_iter().map(|(row, _)| &row.meaning));
    }
    found
}

/// The first sentence of an article that tells one of the steps.
fn told(
    index: usize,
    doc: &Doc<'_>,
    draft: &Draft,
    steps: &BTreeSet<&str>,
    rules: &Rules,
) -> Option<Hit> {
    let reading = doc.reading;
    let sentences = reading.sentences.iter().filter(|s| s.start() >= reading.title_end());
    let mut sentences = sentences.filter(|sentence| {
        let open = reading.asks.iter().any(|ask| ask.span.meets(**sentence));
        let block = reading.article.block_of(**sentence);
        let heads = block.is_some_and(|block| block.kind == BlockKind::Heading);
        !open && !heads && !is_of_before(doc, **sentence, draft)
    });
    let (span, weight) = sentences.find_map(|sentence| {
        let step = taken(doc, *sentence, steps, rules)?;
        let weight = settled(doc, *sentence)?.min(concerned(doc, *sentence, step, draft)?);
        Some((*sentence, weight))
    })?;
    let by = claims(doc, span).find_map(|claim| statement::voice(doc, claim));
    Some(Hit { weight, doc: index, span, by, side: None })
}

/// Whether a sentence tells of a day before the question was asked.
fn is_of_before(doc: &Doc<'_>, sentence: Span, draft: &Draft) -> bool {
    let dates = doc.reading.dates.iter().filter(|date| sentence.holds(date.span));
    let mut last = dates.filter_map(|date| date.value.last());
    last.any(|last| last < draft.last_raised())
}

/// The words by which a sentence tells that one of the steps was taken. What is denied, planned or wished for in
/// the same clause was not.
fn taken(doc: &Doc<'_>, sentence: Span, steps: &BTreeSet<&str>, rules: &Rules) -> Option<Span> {
    let text = doc.reading.words(sentence);
    let tokens = doc.tokens_of(sentence);
    let c = &rules.classes;
    let undoing = [c.not, c.modal, c.han_not, c.han_modal, c.maybe, c.intends];
    let comma = |at: &usize| matches!(tokens.at(*at).span().of(text), "," | "，" | ";" | "；");
    let undone = |range: &Range<usize>| {
        let from = (0..range.start).rev().find(comma).map_or(0, |at| at + 1);
        let links = |at: &usize| comma(at) || rules.vocabulary.is(tokens.at(*at).word, c.relative);
        let to = (range.end..tokens.len()).find(links).unwrap_or(tokens.len());
        (from..to).any(|at| {
            let word = tokens.at(at).word;
            undoing.iter().any(|class| rules.vocabulary.is(word, *class))
        })
    };
    let hits = rules.lexicon.steps.all(&tokens, &rules.vocabulary, 0..tokens.len());
    let mut taken = hits
        .into_iter()
        .filter(|(row, hit)| steps.contains(row.meaning.as_str()) && !undone(&hit.range));
    let span = tokens.span(taken.next()?.1.range);
    Some(Span::new(sentence.start() + span.start(), sentence.start() + span.end()))
}

fn claims<'d>(doc: &'d Doc<'_>, sentence: Span) -> impl Iterator<Item = &'d Claim> {
    doc.reading.claims.iter().filter(move |claim| claim.sentence == sentence)
}

/// How far a sentence settles the step: what is alleged bears on it, what is foretold or demanded does not.
fn settled(doc: &Doc<'_>, sentence: Span) -> Option<Weight> {
    let mut weight = Weight::Fully;
    for claim in claims(doc, sentence) {
        match claim.stance {
            Stance::Silent | Stance::Declines | Stance::Predicts | Stance::Demands => return None,
            Stance::Alleges | Stance::Denies => weight = Weight::Partly,
            _ => {}
        }
    }
    Some(weight)
}

/// How far a step is the one that was awaited: fully where a party of the question or an authority stands
/// before its last word, partly where one stands anywhere in the paragraph.
fn concerned(doc: &Doc<'_>, sentence: Span, step: Span, draft: &Draft) -> Option<Weight> {
    let block = doc.reading.article.block_of(sentence).map_or(sentence, |block| block.span);
    let asked = |who: &Who| draft.about.contains(who);
    let decides = |who: &Who| who.kind == EntityKind::Government;
    let mut before = doc.names(Span::new(sentence.start(), step.end()));
    if draft.about.is_empty() || before.any(|who| asked(who) || decides(who)) {
        return Some(Weight::Fully);
    }
    doc.names(block).any(asked).then_some(Weight::Partly)
}
