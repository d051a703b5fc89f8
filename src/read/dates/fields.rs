//! The numbers a matched date phrase holds, whichever script it is written in.

use crate::read::scan::Scan;
use crate::rules::{ClassId, Match, Shape};

/// A unit of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

/// What was captured, as numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
    /// Second day of a range.
    pub to: Option<u32>,
    /// Monday is 1.
    pub weekday: Option<u32>,
    /// Number of units.
    pub count: Option<u32>,
    pub unit: Option<Unit>,
    pub quarter: Option<u32>,
    pub half: Option<u32>,
    /// EDTF 21 to 24.
    pub season: Option<u32>,
    /// Month and day of a holiday as MMDD.
    pub holiday: Option<u32>,
    /// last −1, this 0, next 1, of the unit or of the year.
    pub shift: Option<i32>,
    /// Whether the shift names a year (去年3月), not the unit that follows (last March).
    pub shifts_year: bool,
    /// The same for a month named relative to the current one (上月10日).
    pub month_shift: Option<i32>,
}

impl Fields {
    /// Reads the captures of a match; `shift` is the row's own.
    pub(super) fn of(scan: &Scan<'_>, shift: Option<i32>, hit: &Match) -> Self {
        let table = &scan.rules.lexicon.dates;
        let classes = scan.classes();
        let has = |name: &str| table.capture(hit, name).is_some();
        let valued = |name: &str, class: ClassId| {
            let range = table.capture(hit, name)?;
            scan.value(range.start, class)
        };
        let number = |name: &str| table.capture(hit, name).and_then(|r| number_in(scan, r));
        let as_u32 = |value: i32| u32::try_from(value).ok();
        let month = valued("m", classes.month).and_then(as_u32).or_else(|| number("m"));
        let holiday = valued("h", classes.holiday).and_then(as_u32);
        let half = match () {
            () if has("h1") => Some(1),
            () if has("h2") => Some(2),
            () => valued("h", classes.ordinal_word)
                .or_else(|| valued("h", classes.half_name))
                .and_then(as_u32),
        };
        let season = match () {
            () if has("s21") => Some(21),
            () if has("s22") => Some(22),
            () if has("s23") => Some(23),
            () if has("s24") => Some(24),
            () => valued("s", classes.season).and_then(as_u32),
        };
        let shift = match () {
            () if has("rm2") => Some(-2),
            () if has("rm1") => Some(-1),
            () if has("r0") => Some(0),
            () if has("r1") => Some(1),
            () if has("r2") => Some(2),
            () => valued("r", classes.shift).or(shift),
        };
        let month_shift = match () {
            () if has("mm1") => Some(-1),
            () if has("m0") => Some(0),
            () if has("mp1") => Some(1),
            () => None,
        };
        let unit = match () {
            () if has("ud") => Some(Unit::Day),
            () if has("uw") => Some(Unit::Week),
            () if has("um") => Some(Unit::Month),
            () if has("uy") => Some(Unit::Year),
            () => valued("u", classes.unit).and_then(|days| match days {
                1 => Some(Unit::Day),
                7 => Some(Unit::Week),
                30 => Some(Unit::Month),
                90 => Some(Unit::Quarter),
                365 => Some(Unit::Year),
                3650 => Some(Unit::Decade),
                _ => None,
            }),
        };
        Self {
            year: number("y").and_then(|n| i32::try_from(n).ok()),
            month,
            day: number("d"),
            to: number("t"),
            weekday: valued("w", classes.weekday)
                .or_else(|| valued("w", classes.weekday_short))
                .or_else(|| valued("w", classes.han_weekday))
                .and_then(as_u32),
            count: valued("n", classes.count).and_then(as_u32).or_else(|| number("n")),
            unit,
            quarter: valued("q", classes.ordinal_word)
                .or_else(|| valued("q", classes.quarter_name))
                .and_then(as_u32)
                .or_else(|| number("q")),
            half,
            season,
            holiday,
            shift,
            shifts_year: has("rm1") || has("rm2") || has("r0") || has("r1"),
            month_shift,
        }
    }
}

/// A number in digits or Chinese numerals.
fn number_in(scan: &Scan<'_>, range: std::ops::Range<usize>) -> Option<u32> {
    let first = scan.at(range.start);
    if matches!(first.shape, Shape::Number | Shape::Ordinal) {
        return first.number;
    }
    let digits: Option<Vec<u32>> = range
        .map(|i| scan.value(i, scan.classes().han_digit).and_then(|v| u32::try_from(v).ok()))
        .collect();
    han_number(&digits?)
}

/// Chinese numerals: digit by digit (二〇二六) or with tens (二十三).
fn han_number(digits: &[u32]) -> Option<u32> {
    if digits.len() > 4 {
        return None;
    }
    match digits.iter().position(|d| *d == 10) {
        None => Some(digits.iter().fold(0, |n, d| n * 10 + d)),
        Some(at) => {
            let tens = match digits.get(..at)? {
                [] => 1,
                [tens] => *tens,
                _ => return None,
            };
            let ones = match digits.get(at + 1..)? {
                [] => 0,
                [ones] if *ones < 10 => *ones,
                _ => return None,
            };
            Some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::han_number;

    #[test]
    fn chinese_numerals() {
        for (digits, number) in [
            (&[2, 0, 2, 6][..], Some(2026)),
            (&[10], Some(10)),
            (&[10, 1], Some(11)),
            (&[2, 10, 3], Some(23)),
            (&[3, 10], Some(30)),
            (&[10, 10], None),
        ] {
            assert_eq!(han_number(digits), number, "{digits:?}");
        }
    }
}
