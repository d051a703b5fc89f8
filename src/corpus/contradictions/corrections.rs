//! Numbers that another account calls wrong: "four employees, not 12".

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::numbers::{Number, Numbered};
use super::{Accounts, best, said_around};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::model::incident::Contradiction;
use crate::model::text::Span;

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 4;
/// Numbers of an article that are compared, in their order.
const NUMBERS_MAX: usize = 200;

/// A sentence with a number.
struct Told {
    doc: usize,
    sentence: Span,
    value: u64,
    span: Span,
    /// Whether it is called wrong here.
    wrong: bool,
    words: Rc<Bag>,
}

/// Pairs of a number and the words that call it wrong.
pub(super) fn called_wrong(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let docs = accounts.docs.iter().enumerate();
    let told: Vec<Told> = docs.flat_map(|(index, doc)| numbers(index, doc, accounts)).collect();
    let mut by_value: BTreeMap<u64, Vec<&Told>> = BTreeMap::new();
    for other in told.iter().filter(|told| !told.wrong) {
        by_value.entry(other.value).or_default().push(other);
    }
    let same_point = accounts.rules.thresholds.same_point;
    let mut scored = Vec::new();
    for wrong in told.iter().filter(|told| told.wrong) {
        let others = by_value.get(&wrong.value).into_iter().flatten();
        let elsewhere = others.filter(|o| (o.doc, o.sentence) != (wrong.doc, wrong.sentence));
        let alike = elsewhere.map(|other| (other.words.dice(&wrong.words), *other));
        let meant = alike.filter(|(likeness, _)| *likeness >= same_point).max_by(|x, y| {
            // Of several who is as like, the first.
            x.0.total_cmp(&y.0).then((y.1.doc, y.1.span).cmp(&(x.1.doc, x.1.span)))
        });
        let Some((likeness, meant)) = meant else { continue };
        let place = |told: &Told| {
            let doc = accounts.doc(told.doc)?;
            let said = said_around(doc, told.span);
            Some((told.doc, said.map_or(told.sentence, |claim| claim.content)))
        };
        let (Some(a), Some(b)) = (place(meant), place(wrong)) else { continue };
        let pair = accounts.between(a, b, "Number".into(), "called-wrong");
        scored.extend(pair.map(|pair| (likeness, pair)));
    }
    best(scored, SHOWN_MAX, |c| (c.a, c.b))
}

/// The numbers of an article, sentence by sentence.
fn numbers(index: usize, doc: &Doc<'_>, accounts: &Accounts<'_, '_>) -> Vec<Told> {
    let (reading, rules) = (doc.reading, accounts.rules);
    let mut found = Vec::new();
    for sentence in reading.sentences.iter().filter(|s| s.start() >= reading.title_end()) {
        let text = reading.words(*sentence);
        let tokens = doc.tokens_of(*sentence);
        let all: Vec<Number> = Numbered { text, tokens: &tokens, rules }.all().collect();
        if all.is_empty() {
            continue;
        }
        let hits = rules.lexicon.corrections.all(&tokens, &rules.vocabulary, 0..tokens.len());
        let cues: Vec<Range<usize>> = hits.into_iter().map(|(_, hit)| hit.range).collect();
        // Nothing but "the" and a sign stands between: "not within 30" calls no number wrong.
        let light = |at: usize| {
            let token = tokens.at(at);
            rules.vocabulary.is(token.word, rules.classes.det) || !token.is_wordlike()
        };
        let wrong = |number: &Number| {
            cues.iter().any(|cue| {
                let first = number.range.start;
                let right = || all.iter().any(|right| right.range.end <= cue.start);
                cue.end <= first && (cue.end..first).all(light) && right()
            })
        };
        let words = Rc::new(doc.bag(*sentence, rules));
        for number in &all {
            let (from, span) = (sentence.start(), number.span);
            let span = Span::new(from + span.start(), from + span.end());
            if !reading.dates.iter().any(|date| date.span.meets(span)) {
                let (wrong, words) = (wrong(number), words.clone());
                let (doc, sentence, value) = (index, *sentence, number.value);
                found.push(Told { doc, sentence, value, span, wrong, words });
            }
        }
        if found.len() >= NUMBERS_MAX {
            break;
        }
    }
    found
}
