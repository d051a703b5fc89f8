//! Sums of money in a sentence: "$7 million", "3 million euros", 300万欧元, "€1.5bn".
//!
//! In: a sentence. Out: its sums with their currency. What holds: two sums are compared only in one currency;
//! nothing is converted.

use std::ops::Range;

use super::numbers::{Bound, Numbered};
use crate::model::text::Span;

/// A sum and its words.
pub(super) struct Sum {
    /// The row of the currency.
    pub currency: String,
    pub value: u64,
    /// The number, without its currency.
    pub span: Span,
    /// How exact it is: "more than $5 million".
    pub bound: Bound,
}

/// The sums of a sentence, in their order.
pub(super) fn of(numbered: &Numbered<'_>) -> Vec<Sum> {
    let (tokens, rules) = (numbered.tokens, numbered.rules);
    let hits = rules.lexicon.currencies.all(tokens, &rules.vocabulary, 0..tokens.len());
    let named: Vec<(&str, Range<usize>)> =
        hits.into_iter().map(|(row, hit)| (row.id.as_str(), hit.range)).collect();
    let sum = |value: u64, range: Range<usize>, span: Span| {
        let (currency, at) =
            named.iter().find(|(_, at)| at.end == range.start || at.start == range.end)?;
        let bound = numbered.bound(range.start.min(at.start), range.end);
        Some(Sum { currency: (*currency).to_string(), value, span, bound })
    };
    let whole = numbered.all().filter_map(|number| sum(number.value, number.range, number.span));
    let short = (0..tokens.len()).filter_map(|at| {
        let span = tokens.span(at..at + 1);
        sum(shortened(span.of(numbered.text))?, at..at + 1, span)
    });
    let mut sums: Vec<Sum> = whole.chain(short).collect();
    sums.sort_by_key(|sum| sum.span);
    sums
}

/// "1.5bn", "40m".
fn shortened(letters: &str) -> Option<u64> {
    let digits = letters.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    let (number, unit) =
        letters.split_at_checked(digits).filter(|(number, _)| !number.is_empty())?;
    let unit = match unit {
        "k" => 1e3,
        "m" | "mn" | "M" => 1e6,
        "bn" | "b" | "B" => 1e9,
        "tn" => 1e12,
        _ => return None,
    };
    let number: f64 = number.replace(',', "").parse().ok()?;
    Some((number * unit).round() as u64)
}
