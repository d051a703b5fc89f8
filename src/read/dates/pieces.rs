//! The pieces of time expressions in a sentence, from left to right.

use std::ops::Range;

use super::fields::Fields;
use super::numeric;
use super::phrase::Piece;
use crate::model::rule::RuleId;
use crate::read::scan::{Scan, Sentence};
use crate::rules::{DateForm, DateRule, Match, Ruled, Shape};

/// Finds the pieces of a sentence.
pub(super) fn of(scan: &Scan<'_>, sentence: &Sentence, digits: &RuleId) -> Vec<Piece> {
    let table = &scan.rules.lexicon.dates;
    let mut pieces = Vec::new();
    for hit in hits(scan, sentence) {
        let (row, hit) = match hit {
            Found::Row(row, hit) => (row, hit),
            Found::Digits(range, found) => {
                if !is_part_of_name(scan, range.clone()) {
                    pieces.push(Piece {
                        range,
                        form: found.form,
                        fields: found.fields,
                        value: None,
                        rule: digits.clone(),
                        dependent: false,
                    });
                }
                continue;
            }
        };
        let form = row.meaning.form;
        if form == DateForm::None || !is_printed_as_date(scan, &hit) {
            continue;
        }
        let range = table.capture(&hit, "it").unwrap_or(hit.range.clone());
        if is_part_of_name(scan, range.clone()) {
            continue;
        }
        let bare = hit.range == range;
        if bare && form == DateForm::Month && is_given_name(scan, &range) {
            continue;
        }
        let fields = Fields::of(scan, row, &hit);
        if form == DateForm::Year && !is_year(scan, sentence, &range, bare) {
            continue;
        }
        pieces.push(Piece {
            range,
            form,
            fields,
            value: row.meaning.value.clone(),
            rule: row.id.clone(),
            dependent: row.meaning.dependent,
        });
    }
    pieces
}

enum Found<'a> {
    Row(&'a Ruled<DateRule>, Match),
    Digits(Range<usize>, numeric::Numeric),
}

/// Matches from left to right. Where a row only looks at the words before an expression, a
/// longer expression that begins there wins.
fn hits<'a>(scan: &Scan<'a>, sentence: &Sentence) -> Vec<Found<'a>> {
    let table = &scan.rules.lexicon.dates;
    let end = sentence.tokens.end;
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    while at < end {
        let digits = numeric::at(scan, at, end);
        let Some((row, hit)) = table.at(&scan.tokens, &scan.rules.vocabulary, at, end) else {
            match digits {
                Some(digits) => {
                    let range = at..at + digits.len;
                    at = range.end;
                    found.push(Found::Digits(range, digits));
                }
                None => at += 1,
            }
            continue;
        };
        if let Some(digits) = digits.filter(|digits| at + digits.len > hit.range.end) {
            let range = at..at + digits.len;
            at = range.end;
            found.push(Found::Digits(range, digits));
            continue;
        }
        let it = table.capture(&hit, "it").map_or(at, |it| it.start);
        if it > at {
            let inner = table
                .at(&scan.tokens, &scan.rules.vocabulary, it, end)
                .filter(|(_, inner)| inner.range.end > hit.range.end);
            let digits = numeric::at(scan, it, end).filter(|d| it + d.len > hit.range.end);
            if inner.is_some() || digits.is_some() {
                // Begins again at the expression itself.
                at = it;
                continue;
            }
        }
        let shown = table.capture(&hit, "it").map_or(hit.range.end, |it| it.end);
        // Words behind an expression that only help to find it may belong to the next one.
        at = if row.meaning.form == DateForm::None { hit.range.end } else { shown }.max(at + 1);
        found.push(Found::Row(row, hit));
    }
    found
}

/// Months and weekdays are printed with a capital; "may" and "march" are mostly verbs.
fn is_printed_as_date(scan: &Scan<'_>, hit: &Match) -> bool {
    let classes = scan.classes();
    let numbered =
        hit.range.clone().any(|i| matches!(scan.at(i).shape, Shape::Number | Shape::Ordinal));
    hit.range.clone().all(|index| {
        if scan.at(index).shape != Shape::Lower {
            return true;
        }
        let month = scan.is(index, classes.month);
        let doubtful = scan.is(index, classes.date_homonym);
        match () {
            () if month => numbered || !doubtful,
            () if scan.is(index, classes.weekday_short) => numbered && !doubtful,
            () => true,
        }
    })
}

fn is_part_of_name(scan: &Scan<'_>, it: Range<usize>) -> bool {
    it.clone().any(|index| {
        scan.mention_over(index).is_some_and(|mention| {
            let span = scan.span(it.clone());
            !span.holds(mention.span) || mention.span == span
        })
    })
}

/// "April Dunn": a month's name before a family name.
fn is_given_name(scan: &Scan<'_>, it: &Range<usize>) -> bool {
    let next = scan.at(it.end);
    it.len() == 1
        && next.shape == Shape::Title
        && next.spaced
        && scan.at(it.start).shape == Shape::Title
}

/// Whether four digits are a year where no word says so: not a price, a count, a docket or a part
/// of a name.
fn is_year(scan: &Scan<'_>, sentence: &Sentence, it: &Range<usize>, bare: bool) -> bool {
    if it.len() != 1 || scan.at(it.start).shape != Shape::Number {
        return true;
    }
    let c = scan.classes();
    let token = scan.at(it.start);
    let year = token.number.unwrap_or(0);
    let next = scan.at(it.end);
    let glued = !next.spaced && it.end < sentence.tokens.end;
    if glued
        && matches!(scan.letters(it.end), "%" | "/" | ":" | "$" | "°" | "'s")
        && scan.letters(it.end) != "'s"
    {
        return false;
    }
    if glued && scan.letters(it.end) == "-" && scan.at(it.end + 1).is_capital() {
        return false;
    }
    let counted = next.shape == Shape::Lower
        && next.spaced
        && ![c.prep, c.conj, c.aux, c.modal, c.verb, c.adverb, c.sub, c.det, c.pronoun, c.relative]
            .iter()
            .any(|class| scan.is(it.end, *class))
        && !scan.letters(it.end).ends_with("ed");
    if counted && (year < 1900 || year.is_multiple_of(100)) {
        return false;
    }
    if !bare {
        return true;
    }
    let Some(before) = it.start.checked_sub(1).filter(|i| *i >= sentence.tokens.start) else {
        return (1900..2100).contains(&year);
    };
    let letters = scan.letters(before);
    if !token.spaced {
        // "1778-1783", "(1915)"; not "B-2000", "12/2026", "$2000".
        let range = matches!(letters, "-" | "–" | "—" | "~")
            && before
                .checked_sub(1)
                .is_some_and(|i| matches!(scan.at(i).shape, Shape::Number | Shape::Ordinal));
        return range
            || matches!(letters, "(" | "（" | "[" | "\"" | "“" | "'" | "‘" | "/")
                && letters != "/";
    }
    let named = scan.at(before).is_capital()
        && before > sentence.tokens.start
        && !scan.is(before, c.prep)
        && !scan.is(before, c.article);
    let marked = scan.is(before, c.counter);
    // "room 1999", "model 2025": a number of a thing.
    let numbers = scan.at(before).shape == Shape::Lower
        && !letters.ends_with("ed")
        && ![
            c.prep, c.conj, c.aux, c.modal, c.verb, c.adverb, c.sub, c.det, c.pronoun, c.relative,
            c.article, c.month, c.season,
        ]
        .iter()
        .any(|class| scan.is(before, *class));
    !named && !numbers && !marked && !counted && year >= 1900
}
