//! Counts over time: what began in each month, quarter or year, and apart what is known to its year only.
//!
//! What holds: nothing is counted for a span narrower than its date; every span between the first and the
//! last has a column, so that a picture of them keeps time.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::model::edtf::{Edtf, Extent, Point};
use crate::view::calendar;
use crate::view::picture::Bar;
use crate::view::wording::Wording;

/// Days of a span that counts for the month it begins in.
const MONTH_DAYS_MAX: i64 = 62;

/// How wide the columns are, as long as they are not too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Month,
    Quarter,
    Year,
}

impl Step {
    /// How many go into a year.
    fn of_year(self) -> i32 {
        match self {
            Step::Month => 12,
            Step::Quarter => 4,
            Step::Year => 1,
        }
    }

    /// From how many columns on years take their place.
    fn columns_max(self) -> i32 {
        match self {
            Step::Month => 60,
            Step::Quarter => 40,
            Step::Year => i32::MAX,
        }
    }

    /// The column of a day, counted since the year 0.
    fn of(self, day: NaiveDate) -> i32 {
        let each = 12 / self.of_year();
        day.year() * self.of_year() + day.month0().cast_signed() / each
    }

    /// Whether a date says in which column something began.
    fn is_known(self, date: Edtf) -> bool {
        let narrow = |point| match point {
            Point::Month(..) | Point::Day(_) => true,
            Point::Part(_, part) => self == Step::Quarter && part > QUARTERS_AFTER,
            Point::Year(_) => false,
        };
        match date.extent {
            _ if self == Step::Year => true,
            Extent::At(point) | Extent::Until(point) | Extent::Since(point) => narrow(point),
            Extent::Between(from, to) => {
                let ends = date.first().zip(date.last());
                ends.is_some_and(|(first, last)| {
                    let brief = (last - first).num_days() <= MONTH_DAYS_MAX;
                    narrow(from) && narrow(to) && (brief || self.of(first) == self.of(last))
                })
            }
        }
    }
}

/// Parts of a year that are numbered higher are its quarters (EDTF).
const QUARTERS_AFTER: u32 = 32;

/// A span of time, with how many of each part began in it.
pub struct Column<const N: usize> {
    pub label: String,
    /// What stands beneath it; nothing for most.
    pub tick: String,
    /// Whether it counts those of which the year alone is known.
    pub vague: bool,
    pub counts: [usize; N],
}

impl<const N: usize> Column<N> {
    /// Whether anything began in it.
    pub fn counts_some(&self) -> bool {
        self.counts.iter().any(|count| *count > 0)
    }
}

/// Where a column stands: a year without a month stands in front of its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    /// Columns since the year 0.
    at: i32,
    known: bool,
}

/// Columns of the parts that began on some dates, oldest first, up to a day if there is one; years where those that
/// are asked for would be too many.
pub fn columns<const N: usize>(
    words: &Wording<'_>,
    step: Step,
    list: &[(Edtf, usize)],
    upto: Option<NaiveDate>,
) -> Vec<Column<N>> {
    let days = || list.iter().map(|(date, _)| date.sort_day());
    let (Some(first), Some(last)) = (days().min(), days().chain(upto).max()) else {
        return Vec::new();
    };
    let many = step.of(last) - step.of(first) >= step.columns_max();
    let step = if many { Step::Year } else { step };
    let mut counts: BTreeMap<At, [usize; N]> =
        (step.of(first)..=step.of(last)).map(|at| (At { at, known: true }, [0; N])).collect();
    for (date, part) in list {
        let known = step.is_known(*date);
        let year = date.sort_day().year();
        let at = if known { step.of(date.sort_day()) } else { year * step.of_year() };
        let parts = counts.entry(At { at, known }).or_insert([0; N]);
        if let Some(count) = parts.get_mut(*part) {
            *count += 1;
        }
    }
    let column = |(At { at, known }, counts)| {
        let (year, nth) = (at.div_euclid(step.of_year()), at.rem_euclid(step.of_year()));
        Column {
            label: label(words, step, known, (year, nth.unsigned_abs() + 1)),
            tick: if known && nth == 0 { year.to_string() } else { String::new() },
            vague: !known,
            counts,
        }
    };
    counts.into_iter().map(column).collect()
}

fn label(words: &Wording<'_>, step: Step, known: bool, (year, nth): (i32, u32)) -> String {
    let whole = if words.is_chinese() { format!("{year}年") } else { year.to_string() };
    match (step, known) {
        (Step::Year, _) => whole,
        (Step::Month, false) => words.fill("{x}, month not known", &[("x", &whole)]),
        (Step::Quarter, false) => words.fill("{x}, quarter not known", &[("x", &whole)]),
        (Step::Month, true) => calendar::month_of(words.language, year, nth),
        (Step::Quarter, true) => {
            let parts = [("x", whole), ("n", nth.to_string())];
            words.fill("Q{n} {x}", &parts.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
    }
}

/// The same as what is drawn.
pub fn bars<const N: usize>(words: &Wording<'_>, columns: &[Column<N>]) -> Vec<Bar> {
    let bar = |column: &Column<N>| {
        let all: usize = column.counts.iter().sum();
        Bar {
            label: words.fill("{x}: {y}", &[("x", &column.label), ("y", &all.to_string())]),
            tick: column.tick.clone(),
            parts: column.counts.to_vec(),
            vague: column.vague,
        }
    };
    columns.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(step: Step, date: &str) -> Option<bool> {
        Some(step.is_known(Edtf::parse(date)?))
    }

    #[test]
    fn a_date_counts_for_no_column_narrower_than_itself() {
        for (date, month, quarter) in [
            ("2026-05-04", true, true),
            ("2026-05", true, true),
            ("2026-04/2026-06", false, true),
            ("2026-04/2026-09", false, false),
            ("2026-34", false, true),
            ("2026-22", false, false),
            ("2026", false, false),
        ] {
            assert_eq!(known(Step::Month, date), Some(month), "{date} by month");
            assert_eq!(known(Step::Quarter, date), Some(quarter), "{date} by quarter");
            assert_eq!(known(Step::Year, date), Some(true), "{date} by year");
        }
    }
}
