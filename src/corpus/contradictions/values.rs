//! Days and sums that accounts give on one point: when it was known, how much was paid.
//!
//! What holds: the value stands in one sentence with the words of the point, and is the one nearest to them; an
//! article that knows both values tells of two things, unless two voices give them.

use std::collections::BTreeSet;

use super::numbers::{Bound, Numbered};
use super::sums::{self, Sum};
use super::{Accounts, best, few_of_a_point, said_around};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::corpus::statement;
use crate::model::claim::Stance;
use crate::model::edtf::{Edtf, Precision};
use crate::model::entity::{EntityKind, Who};
use crate::model::incident::Contradiction;
use crate::model::text::Span;
use crate::rules::{PointRule, PointValue};

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 4;
/// Most pairs of one point.
const OF_ONE_POINT_MAX: usize = 2;
/// Bytes between the words of a point and its value.
const REACH: usize = 90;

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Day(Edtf),
    Sum(String, u64, Bound),
}

/// A value that an account gives on a point.
struct Told<'r> {
    doc: usize,
    sentence: Span,
    /// What is cited: the statement it stands in, or the sentence.
    span: Span,
    rule: &'r PointRule,
    value: Value,
    by: Option<Who>,
    parties: BTreeSet<Who>,
    words: Bag,
}

/// Pairs of sentences that give different values on one point.
pub(super) fn differing(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let docs = accounts.docs.iter().enumerate();
    let told: Vec<Told<'_>> = docs.flat_map(|(index, doc)| given(index, doc, accounts)).collect();
    let mut scored = Vec::new();
    for (i, a) in told.iter().enumerate() {
        for b in told.iter().skip(i + 1).filter(|b| b.rule.point == a.rule.point) {
            let Some(score) = on_one_point(a, b, &told, accounts) else { continue };
            let places = ((a.doc, a.span), (b.doc, b.span));
            let pair = accounts.between(places.0, places.1, a.rule.point.clone(), "values-differ");
            scored.extend(pair.map(|pair| (score, pair)));
        }
    }
    let shown = best(scored, usize::MAX, |c| (c.a, c.b));
    few_of_a_point(shown, |_| OF_ONE_POINT_MAX).take(SHOWN_MAX).collect()
}

/// How surely two values are of one point and exclude each other.
fn on_one_point(
    a: &Told<'_>,
    b: &Told<'_>,
    told: &[Told<'_>],
    accounts: &Accounts<'_, '_>,
) -> Option<f64> {
    let (first, second) = (accounts.doc(a.doc)?, accounts.doc(b.doc)?);
    let t = &accounts.rules.thresholds;
    let differ = match (&a.value, &b.value) {
        (Value::Day(x), Value::Day(y)) => {
            let apart = (x.sort_day() - y.sort_day()).num_days().abs();
            !x.overlaps(*y) && apart <= a.rule.days.min(b.rule.days) && in_order(a, b, *x, *y)
        }
        (Value::Sum(here, x, bound), Value::Sum(there, y, other)) => {
            let (less, more) = (*x.min(y) as f64, *x.max(y) as f64);
            let exclude = bound.excludes(*x, *y) && other.excludes(*y, *x);
            let near = less < more * (1.0 - t.count_same) && more <= less * t.count_apart;
            here == there && near && exclude
        }
        _ => false,
    };
    let two_voices = a.by != b.by;
    // A sum may have changed since; a day that lies behind does not.
    let sums = matches!(a.value, Value::Sum(..));
    let far = sums && (first.day - second.day).num_days().abs() as f64 > t.count_days;
    if !differ || far || a.sentence == b.sentence && a.doc == b.doc || a.doc == b.doc && !two_voices
    {
        return None;
    }
    // Who knows both values tells of two things.
    let knows = |doc: usize, point: &str, value: &Value| {
        told.iter()
            .any(|other| other.doc == doc && other.rule.point == point && same(&other.value, value))
    };
    if a.doc != b.doc
        && (knows(a.doc, &b.rule.point, &b.value) || knows(b.doc, &a.rule.point, &a.value))
    {
        return None;
    }
    let parties = a.parties.intersection(&b.parties).count();
    let nobody = a.parties.is_empty() || b.parties.is_empty();
    let foreign = first.reading.article.language != second.reading.article.language;
    let likeness = a.words.dice(&b.words);
    let alike = likeness >= t.same_point || a.rule.once && b.rule.once || a.doc == b.doc;
    let alike = alike && (parties > 0 || nobody) || foreign && parties > 0;
    alike.then_some(likeness + parties as f64 * 0.1)
}

/// Whether two days contradict each other in this order: nobody who was warned in August first heard of it in
/// September; who was warned in October may have.
fn in_order(a: &Told<'_>, b: &Told<'_>, x: Edtf, y: Edtf) -> bool {
    match (a.rule.before, b.rule.before) {
        (false, false) => true,
        (true, true) => false,
        (true, false) => x.sort_day() < y.sort_day(),
        (false, true) => y.sort_day() < x.sort_day(),
    }
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Day(a), Value::Day(b)) => a.overlaps(*b),
        (a, b) => a == b,
    }
}

/// The values an article gives.
fn given<'c>(index: usize, doc: &Doc<'_>, accounts: &Accounts<'c, '_>) -> Vec<Told<'c>> {
    let (reading, rules) = (doc.reading, accounts.rules);
    let mut found: Vec<Told<'c>> = Vec::new();
    for sentence in reading.sentences.iter().filter(|s| s.start() >= reading.title_end()) {
        let text = reading.words(*sentence);
        let tokens = doc.tokens_of(*sentence);
        let hits = rules.lexicon.points.all(&tokens, &rules.vocabulary, 0..tokens.len());
        if hits.is_empty() || reading.asks.iter().any(|ask| ask.span.meets(*sentence)) {
            continue;
        }
        let sums = sums::of(&Numbered { text, tokens: &tokens, rules });
        for (row, hit) in hits {
            let rule = &row.meaning;
            let cue = tokens.span(hit.range);
            let Some((value, at)) = nearest(doc, *sentence, cue, rule, &sums) else {
                continue;
            };
            let foretold = reading.claims.iter().any(|claim| {
                let wished = matches!(claim.stance, Stance::Predicts | Stance::Demands);
                wished && claim.content.holds(at)
            });
            if foretold {
                continue;
            }
            let here = Span::new(sentence.start() + cue.start(), sentence.start() + cue.end());
            let said = said_around(doc, at.join(here));
            let parties = doc.names(*sentence).filter(|who| who.kind != EntityKind::Place);
            found.push(Told {
                doc: index,
                sentence: *sentence,
                span: said.map_or(*sentence, |claim| claim.content),
                rule,
                value,
                by: said.and_then(|claim| statement::voice(doc, claim)),
                parties: parties.cloned().collect(),
                words: doc.bag(*sentence, rules),
            });
        }
    }
    found
}

/// The value of a sentence nearest to the words of a point, and where it stands in the article.
fn nearest(
    doc: &Doc<'_>,
    sentence: Span,
    cue: Span,
    rule: &PointRule,
    sums: &[Sum],
) -> Option<(Value, Span)> {
    let apart = |span: Span| {
        let behind = span.start().checked_sub(cue.end());
        behind.or_else(|| cue.start().checked_sub(span.end())).unwrap_or(0)
    };
    let absolute =
        |span: Span| Span::new(sentence.start() + span.start(), sentence.start() + span.end());
    let local =
        |span: Span| Span::new(span.start() - sentence.start(), span.end() - sentence.start());
    match rule.value {
        PointValue::Day => {
            let dates = doc.reading.dates.iter().filter(|date| sentence.holds(date.span));
            let narrow = dates.filter(|date| date.value.precision() <= Precision::Month);
            // What happens once is told as done; what takes effect lies ahead.
            let told = narrow.filter(|date| !rule.once || date.value.sort_day() <= doc.day);
            let date = told.min_by_key(|date| (apart(local(date.span)), date.span))?;
            let near = apart(local(date.span)) <= REACH;
            near.then_some((Value::Day(date.value), date.span))
        }
        PointValue::Sum => {
            let sum = sums.iter().min_by_key(|sum| (apart(sum.span), sum.span))?;
            let near = apart(sum.span) <= REACH;
            near.then(|| {
                (Value::Sum(sum.currency.clone(), sum.value, sum.bound), absolute(sum.span))
            })
        }
    }
}
