//! Which of an incident's matters a sentence speaks of.

use std::collections::BTreeSet;

use super::doc::Doc;
use crate::model::text::Span;
use crate::rules::Rules;

/// Types of the predicates in a span; where there are none, of the words before it in its sentence,
/// then of the sentences before it in the same paragraph, nearest first.
pub(super) fn of(doc: &Doc<'_>, span: Span, rules: &Rules) -> BTreeSet<String> {
    let here = of_words(doc, span, rules);
    if !here.is_empty() {
        return here;
    }
    let reading = doc.reading;
    // "X accuses Y of distilling, which Y has not addressed": the words before are what is meant.
    let sentence = reading.sentence_of(span);
    let earlier = of_words(doc, Span::new(sentence.start(), span.start()), rules);
    if sentence.start() < span.start() && !earlier.is_empty() {
        return earlier;
    }
    let block = reading.article.block_of(span).map(|block| block.span);
    let before = reading.sentences.iter().rev().filter(|sentence| {
        sentence.end() <= span.start() && block.is_none_or(|block| block.holds(**sentence))
    });
    for sentence in before.take(3) {
        let kinds = of_words(doc, *sentence, rules);
        if !kinds.is_empty() {
            return kinds;
        }
    }
    BTreeSet::new()
}

/// Types of the predicates in a span and in the two sentences before it: what "the feature", "the
/// claim", "it" can refer to.
pub(super) fn around(doc: &Doc<'_>, span: Span, rules: &Rules) -> BTreeSet<String> {
    let mut kinds = of_words(doc, span, rules);
    let before = doc.reading.sentences.iter().rev().filter(|s| s.end() <= span.start());
    for sentence in before.take(2) {
        kinds.extend(of_words(doc, *sentence, rules));
    }
    kinds
}

/// Types of the predicates in a span.
pub(super) fn of_words(doc: &Doc<'_>, span: Span, rules: &Rules) -> BTreeSet<String> {
    doc.reading
        .acts
        .iter()
        .filter(|act| act.span.meets(span))
        .filter_map(|act| rules.lexicon.predicates.meaning(&act.rule))
        .filter(|rule| !rule.kind.is_empty() && rule.weight >= 3)
        .map(|rule| rule.kind.clone())
        .collect()
}
