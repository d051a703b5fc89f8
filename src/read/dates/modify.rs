//! The words beside an expression that name a part of it or open it on one side: "early", 底,
//! "since", 之前.

use std::ops::Range;

use chrono::{Datelike, Duration, NaiveDate};

use crate::model::date::{Days, Modifier};
use crate::model::edtf::{Edtf, Extent, Point, Precision};
use crate::read::scan::Scan;
use crate::rules::{ModifierRule, Shape};

/// What stands beside an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Modified {
    /// The expression with the words that name a part of it.
    pub range: Range<usize>,
    /// Early, mid, late, about.
    pub part: Option<Modifier>,
    /// Before, until, since, after.
    pub side: Option<Modifier>,
    /// Whether the value is only approximate.
    pub vague: bool,
    /// Whether what begins then lasts to the day of publication.
    pub to_now: bool,
}

/// Longest phrase of a modifier, in tokens.
const WORDS_MAX: usize = 5;

/// Takes in "early", "the end of", 初 beside an expression; looks at "since", 之前.
pub(super) fn modified(scan: &Scan<'_>, it: Range<usize>, floor: usize) -> Modified {
    let mut out =
        Modified { range: it.clone(), part: None, side: None, vague: false, to_now: false };
    while let Some((from, rule)) = before(scan, out.range.start, floor) {
        let modifier = rule.modifier;
        let taken = if modifier.is_side() { &mut out.side } else { &mut out.part };
        if taken.is_some() {
            break;
        }
        *taken = Some(modifier);
        out.to_now |= rule.to_now;
        if modifier.is_side() {
            break;
        }
        out.vague |= rule.vague;
        out.range.start = from;
    }
    while let Some((to, rule)) = behind(scan, out.range.end) {
        let modifier = rule.modifier;
        let taken = if modifier.is_side() { &mut out.side } else { &mut out.part };
        if taken.is_some() {
            break;
        }
        *taken = Some(modifier);
        out.to_now |= rule.to_now;
        if modifier.is_side() {
            break;
        }
        out.vague |= rule.vague;
        out.range.end = to;
    }
    out
}

fn before(scan: &Scan<'_>, end: usize, floor: usize) -> Option<(usize, ModifierRule)> {
    let table = &scan.rules.lexicon.modifiers;
    (1..=WORDS_MAX).rev().find_map(|back| {
        let from = end.checked_sub(back).filter(|from| *from >= floor)?;
        let (row, hit) = table.at(&scan.tokens, &scan.rules.vocabulary, from, end)?;
        (hit.range.end == end && !row.meaning.after).then_some((from, row.meaning))
    })
}

fn behind(scan: &Scan<'_>, start: usize) -> Option<(usize, ModifierRule)> {
    if scan.at(start).shape != Shape::Han {
        return None;
    }
    let table = &scan.rules.lexicon.modifiers;
    let limit = start + WORDS_MAX;
    let (row, hit) = table.at(&scan.tokens, &scan.rules.vocabulary, start, limit)?;
    row.meaning.after.then_some((hit.range.end, row.meaning))
}

impl Modified {
    /// The modifier shown with the value: the part before the side.
    pub(super) fn shown(&self) -> Option<Modifier> {
        self.part.or(self.side)
    }

    /// The days meant by a value with these words beside it.
    pub(super) fn days(&self, value: Edtf, base: NaiveDate, narrow: bool) -> Days {
        let whole = (value.first(), value.last());
        let (first, last) = match (self.part, whole) {
            (Some(part), (Some(first), Some(last))) => {
                let (a, b) = part_of(part, value, first, last, narrow);
                (Some(a), Some(b))
            }
            _ => whole,
        };
        let (first, last) = match self.side {
            // "before the end of the year" reaches to that end.
            Some(Modifier::Before) if self.part.is_some() => (None, last),
            Some(Modifier::Before) => (None, first.and_then(|day| day.pred_opt())),
            Some(Modifier::Until) => (None, last),
            Some(Modifier::Since) if self.to_now => {
                (first, Some(base).filter(|b| first <= Some(*b)))
            }
            Some(Modifier::Since) => (first, None),
            // Behind a day may still be that day; behind a month is the next one.
            Some(Modifier::After) if first == last => (first, None),
            Some(Modifier::After) => (last.and_then(|day| day.succ_opt()), None),
            _ => (first, last),
        };
        Days { first, last }
    }
}

/// The days of a part: halves of a unit in English; in Chinese 初, 中 and 底 are narrower.
fn part_of(
    part: Modifier,
    value: Edtf,
    first: NaiveDate,
    last: NaiveDate,
    narrow: bool,
) -> (NaiveDate, NaiveDate) {
    let length = (last - first).num_days();
    if length < 5 || part == Modifier::About {
        return (first, last);
    }
    let plus = |days: i64| first.checked_add_signed(Duration::days(days)).unwrap_or(first);
    if !narrow {
        return match part {
            Modifier::Start => (first, plus(length / 2)),
            Modifier::Mid => (plus(length / 4), plus(length - length / 4)),
            Modifier::End => (half_on(value, first, length), last),
            _ => (first, last),
        };
    }
    if let Extent::Between(Point::Year(from), Point::Year(to)) = value.extent {
        let share = (to - from + 1) * 3 / 10;
        let years = match part {
            Modifier::Start => (from, from + share - 1),
            Modifier::Mid => (from + share, to - share),
            _ => (to - share + 1, to),
        };
        return (Point::Year(years.0).first(), Point::Year(years.1).last());
    }
    let month = |day: NaiveDate, on: u32| {
        NaiveDate::from_ymd_opt(day.year(), day.month() + on, 1).unwrap_or(day)
    };
    let year = value.precision() == Precision::Year;
    let quarter = value.precision() == Precision::Quarter;
    match part {
        Modifier::Start if year => (first, month(first, 2).pred_opt().unwrap_or(last)),
        Modifier::Start if quarter => (first, month(first, 1).pred_opt().unwrap_or(last)),
        Modifier::Start => (first, plus(if length < 32 { 4 } else { length * 3 / 10 - 1 })),
        Modifier::Mid => (plus(length / 3), plus(length * 2 / 3)),
        Modifier::End if year => (month(first, 10), last),
        Modifier::End if quarter => (month(last, 0), last),
        Modifier::End => (plus(if length < 32 { length - 5 } else { length * 7 / 10 }), last),
        _ => (first, last),
    }
}

/// The first day of the second half of a unit.
fn half_on(value: Edtf, first: NaiveDate, length: i64) -> NaiveDate {
    let half = match value.extent {
        Extent::At(Point::Year(year)) => NaiveDate::from_ymd_opt(year, 7, 1),
        Extent::At(Point::Month(year, month)) => NaiveDate::from_ymd_opt(year, month, 16),
        _ => None,
    };
    half.or_else(|| first.checked_add_signed(Duration::days(length / 2))).unwrap_or(first)
}
