//! Steps that were awaited and that a later article tells were taken: the hearing, the report, the answer.
//!
//! In: a question and the later articles of its incident. Out: the sentence of each that tells the step. What
//! holds: the words of `steps/` that await a step and those that tell it name the same one; a step planned,
//! demanded, foretold or denied is none; one without any party of the question nearby is another's.

use std::collections::BTreeSet;

use super::{Hit, Matter, Weight};
use crate::corpus::doc::Doc;
use crate::corpus::questions::Draft;
use crate::corpus::statement;
use crate::model::claim::{Claim, Stance};
use crate::model::entity::{EntityKind, Who};
use crate::model::text::Span;
use crate::rules::{Rules, StepRule, Tokens};

/// Words before a step that can take it back: "has not yet", "will".
const UNDONE_WITHIN: usize = 3;

/// What tells that an awaited step was taken, once for each later article.
pub(super) fn find(draft: &Draft, matter: &Matter<'_, '_>) -> Vec<Hit> {
    let awaited = awaited(draft, matter.rules);
    if awaited.is_empty() {
        return Vec::new();
    }
    // A day that was set for it has to come first.
    let set = draft.due.filter(|_| awaited.iter().all(|step| step.on_day));
    let from = set.map_or(draft.last_raised(), |due| due.sort_day().max(draft.last_raised()));
    let steps: BTreeSet<&str> = awaited.iter().map(|step| step.step.as_str()).collect();
    let docs = matter.docs.iter().enumerate();
    let later = docs.filter(|(index, doc)| {
        doc.day > draft.last_raised() && doc.day >= from && !draft.docs.contains(index)
    });
    later.filter_map(|(index, doc)| told(index, doc, draft, &steps, matter.rules)).collect()
}

/// The steps a question awaits.
fn awaited<'r>(draft: &Draft, rules: &'r Rules) -> Vec<&'r StepRule> {
    let wordings = std::iter::once(&draft.text).chain(&draft.variants);
    let mut found: Vec<&StepRule> = Vec::new();
    for wording in wordings {
        let tokens = Tokens::of(wording, &rules.vocabulary);
        let rows = rules.lexicon.steps.all(&tokens, &rules.vocabulary, 0..tokens.len());
        found.extend(rows.into_iter().map(|(row, _)| &row.meaning).filter(|step| !step.taken));
    }
    found
}

/// The first sentence of an article that tells one of the steps, the lead before the rest.
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
        !open && tells(reading.words(**sentence), steps, rules) && concerns(doc, **sentence, draft)
    });
    let sentence = sentences.find(|sentence| settled(doc, **sentence).is_some())?;
    Some(Hit {
        weight: settled(doc, *sentence)?,
        doc: index,
        span: *sentence,
        by: claims(doc, *sentence).find_map(|claim| statement::voice(doc, claim)),
        side: None,
    })
}

/// Whether words tell that a step was taken.
fn tells(sentence: &str, steps: &BTreeSet<&str>, rules: &Rules) -> bool {
    let tokens = Tokens::of(sentence, &rules.vocabulary);
    let classes = &rules.classes;
    let undoing = [classes.not, classes.modal, classes.han_not, classes.han_modal, classes.maybe];
    let hits = rules.lexicon.steps.all(&tokens, &rules.vocabulary, 0..tokens.len());
    hits.into_iter().any(|(row, hit)| {
        let before = hit.range.start.saturating_sub(UNDONE_WITHIN)..hit.range.start;
        let undone = before
            .map(|at| tokens.at(at).word)
            .any(|word| undoing.iter().any(|class| rules.vocabulary.is(word, *class)));
        row.meaning.taken && steps.contains(row.meaning.step.as_str()) && !undone
    })
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

/// Whether the paragraph names a party of the question, or an authority where one is asked about.
fn concerns(doc: &Doc<'_>, sentence: Span, draft: &Draft) -> bool {
    let block = doc.reading.article.block_of(sentence).map_or(sentence, |block| block.span);
    let named: BTreeSet<&Who> = doc.names(block).collect();
    draft.about.is_empty()
        || named.iter().any(|who| draft.about.contains(*who))
        || draft.about.iter().any(|who| who.kind == EntityKind::Government)
            && named.iter().any(|who| who.kind == EntityKind::Government)
}
