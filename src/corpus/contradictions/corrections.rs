//! Numbers that another account calls wrong: "four employees, not 12".

use super::numbers::{Number, Numbered};
use super::{Accounts, best};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::model::incident::Contradiction;
use crate::model::text::Span;
use crate::rules::{Shape, Tokens};

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 4;
/// Tokens between the words that call it wrong and the number: "not the roughly €38 million".
const REACH: usize = 4;

/// A sentence with a number.
struct Told {
    doc: usize,
    sentence: Span,
    value: u64,
    span: Span,
    /// Whether it is called wrong here.
    wrong: bool,
    words: Bag,
}

/// Pairs of a number and the words that call it wrong.
pub(super) fn called_wrong(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let docs = accounts.docs.iter().enumerate();
    let told: Vec<Told> = docs.flat_map(|(index, doc)| numbers(index, doc, accounts)).collect();
    let mut scored = Vec::new();
    for wrong in told.iter().filter(|told| told.wrong) {
        let right = |other: &&Told| {
            let other_place = other.doc != wrong.doc || other.sentence != wrong.sentence;
            other.value == wrong.value && !other.wrong && other_place
        };
        let alike = |other: &Told| other.words.dice(&wrong.words);
        let same_point = accounts.rules.thresholds.same_point;
        let meant = told.iter().filter(right).filter(|other| alike(other) >= same_point);
        let meant = meant.max_by(|x, y| {
            alike(x).total_cmp(&alike(y)).then((y.doc, y.span).cmp(&(x.doc, x.span)))
        });
        let Some(meant) = meant else { continue };
        let place = |told: &Told| {
            let doc = accounts.doc(told.doc)?;
            let said = doc.reading.claims.iter().filter(|claim| claim.content.holds(told.span));
            let said = said.min_by_key(|claim| claim.content.len());
            Some((told.doc, said.map_or(told.sentence, |claim| claim.content)))
        };
        let (Some(a), Some(b)) = (place(meant), place(wrong)) else { continue };
        let pair = accounts.between(a, b, "Number".into(), "called-wrong");
        scored.extend(pair.map(|pair| (alike(meant), pair)));
    }
    best(scored, SHOWN_MAX, |c| (c.a, c.b))
}

/// The numbers of an article, sentence by sentence.
fn numbers(index: usize, doc: &Doc<'_>, accounts: &Accounts<'_, '_>) -> Vec<Told> {
    let (reading, rules) = (doc.reading, accounts.rules);
    let mut found = Vec::new();
    for sentence in reading.sentences.iter().filter(|s| s.start() >= reading.title_end()) {
        let text = reading.words(*sentence);
        let tokens = Tokens::of(text, &rules.vocabulary);
        let hits = rules.lexicon.corrections.all(&tokens, &rules.vocabulary, 0..tokens.len());
        let ends: Vec<usize> = hits.into_iter().map(|(_, hit)| hit.range.end).collect();
        let wrong = |number: &Number| {
            let at = number.range.start;
            let words = |from: usize| (from..at).all(|at| tokens.at(at).shape != Shape::Number);
            // The right one stands before it.
            let right = |end: usize| {
                (0..end).any(|at| {
                    tokens.at(at).shape == Shape::Number
                        || rules.vocabulary.is(tokens.at(at).word, rules.classes.count)
                })
            };
            ends.iter().any(|end| *end <= at && at <= end + REACH && words(*end) && right(*end))
        };
        let place =
            |span: Span| Span::new(sentence.start() + span.start(), sentence.start() + span.end());
        let dated = |span: Span| reading.dates.iter().any(|date| date.span.meets(span));
        let numbered = Numbered { text, tokens: &tokens, rules };
        for number in numbered.all().filter(|number| !dated(place(number.span))) {
            let words = Bag::of(text, rules);
            let (wrong, span) = (wrong(&number), place(number.span));
            let (doc, sentence, value) = (index, *sentence, number.value);
            found.push(Told { doc, sentence, value, span, wrong, words });
        }
    }
    found
}
