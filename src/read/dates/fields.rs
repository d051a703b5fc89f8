//! The numbers a matched date phrase holds, whichever script it is written in.

use std::ops::Range;

use crate::read::scan::Scan;
use crate::rules::{ClassId, DateRule, Match, Ruled, Shape};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A part of a day, as TIMEX3 writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

impl DayPart {
    fn of(number: i32) -> Option<Self> {
        Some(match number {
            1 => DayPart::Morning,
            2 => DayPart::Midday,
            3 => DayPart::Afternoon,
            4 => DayPart::Evening,
            5 => DayPart::Night,
            6 => DayPart::Daytime,
            _ => return None,
        })
    }

    /// The letters behind T.
    pub(super) fn letters(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Midday => "MI",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
            DayPart::Daytime => "DT",
        }
    }
}

/// How many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    /// So many halves of a unit.
    Halves(u32),
    /// "several".
    Vague,
}

impl Amount {
    /// Whole units, rounded down.
    pub(super) fn whole(self) -> Option<u32> {
        match self {
            Amount::Halves(halves) => Some(halves / 2),
            Amount::Vague => None,
        }
    }
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
    pub count: Option<Amount>,
    pub unit: Option<Unit>,
    pub quarter: Option<u32>,
    pub half: Option<u32>,
    /// EDTF 21 to 24.
    pub season: Option<u32>,
    /// A holiday by the numbers of `holiday.rs`.
    pub holiday: Option<u32>,
    /// last −1, this 0, next 1, of the unit or of the year.
    pub shift: Option<i32>,
    /// Whether the shift names a year (去年3月), not the unit that follows (last March).
    pub shifts_year: bool,
    /// first 1, last −1.
    pub ordinal: Option<i32>,
    pub part: Option<DayPart>,
    pub hour: Option<u32>,
    pub minute: Option<u32>,
    /// Whether the clock time says morning or afternoon.
    pub afternoon: Option<bool>,
    /// The word for a happening from which is counted, as tokens.
    pub event: Option<(usize, usize)>,
    /// Whether the unit is named in the plural.
    pub plural: bool,
    /// Counted in working days.
    pub working: bool,
}

impl Fields {
    /// Reads the captures of a match. A name is a key, or a key with its value: `rm1` is r = −1.
    pub(super) fn of(scan: &Scan<'_>, row: &Ruled<DateRule>, hit: &Match) -> Self {
        let mut fields = Self { shift: row.meaning.shift, ..Self::default() };
        for (name, range) in scan.rules.lexicon.dates.captures(hit) {
            let key = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let fixed = name.get(key.len()..).and_then(|digits| digits.parse::<i32>().ok());
            let (key, fixed) = match (key.strip_suffix('m').filter(|k| !k.is_empty()), fixed) {
                (Some(key), Some(number)) => (key, Some(-number)),
                _ => (key, fixed),
            };
            fields.take(scan, key, fixed, range);
        }
        fields
    }

    fn take(&mut self, scan: &Scan<'_>, key: &str, fixed: Option<i32>, range: Range<usize>) {
        let c = scan.classes();
        let first = range.start;
        let valued =
            |classes: &[ClassId]| classes.iter().find_map(|class| scan.value(first, *class));
        let small = |value: Option<i32>| value.and_then(|v| u32::try_from(v).ok());
        let number = || number_in(scan, range.clone());
        match key {
            "y" => {
                self.year =
                    number().and_then(|n| i32::try_from(n).ok()).map(full_year(&range, scan))
            }
            "m" => self.month = small(fixed.or_else(|| valued(&[c.month]))).or_else(number),
            "d" => self.day = small(valued(&[c.ordinal_word])).or_else(number),
            "t" => self.to = small(valued(&[c.ordinal_word])).or_else(number),
            "w" => {
                self.weekday =
                    small(fixed.or_else(|| valued(&[c.weekday, c.weekday_short, c.han_weekday])));
            }
            "n" => {
                let fixed = small(fixed).map(|n| Amount::Halves(n * 2));
                self.count = fixed.or_else(|| amount(scan, range));
            }
            "lunar" => self.holiday = number().map(|day| 20_100 + day),
            "half" => {
                self.count = Some(match self.count {
                    Some(Amount::Halves(halves)) => Amount::Halves(halves + 1),
                    _ => Amount::Halves(1),
                });
            }
            "u" => {
                self.unit = valued(&[c.unit, c.clock_unit]).and_then(unit);
                self.plural = scan.letters(first).ends_with('s');
            }
            "e" => self.event = Some((range.start, range.end)),
            "q" => {
                let value = fixed.or_else(|| valued(&[c.ordinal_word, c.quarter_name]));
                self.quarter = small(value.map(|q| if q < 0 { 4 } else { q })).or_else(number);
            }
            "h" => {
                let value = fixed.or_else(|| valued(&[c.ordinal_word, c.half_name]));
                self.half = small(value.map(|h| if h < 0 { 2 } else { h }));
                self.holiday = small(fixed.or_else(|| valued(&[c.holiday])));
            }
            "s" => self.season = small(fixed.or_else(|| valued(&[c.season]))),
            "r" => {
                self.shift = fixed.or_else(|| valued(&[c.shift])).or(self.shift);
                self.shifts_year |= fixed.is_some();
            }
            "o" => {
                self.ordinal = fixed
                    .or_else(|| valued(&[c.ordinal_word, c.shift]))
                    .or_else(|| number().and_then(|n| i32::try_from(n).ok()));
            }
            "k" => self.part = fixed.or_else(|| valued(&[c.day_part])).and_then(DayPart::of),
            "hr" => self.hour = small(fixed).or_else(|| small(valued(&[c.count]))).or_else(number),
            "mi" => {
                self.minute = small(fixed).or_else(|| small(valued(&[c.count]))).or_else(number)
            }
            "am" => self.afternoon = Some(false),
            "pm" => self.afternoon = Some(true),
            "work" => self.working = true,
            "ud" => self.unit = Some(Unit::Day),
            "uw" => self.unit = Some(Unit::Week),
            "um" => self.unit = Some(Unit::Month),
            "uq" => self.unit = Some(Unit::Quarter),
            "uy" => self.unit = Some(Unit::Year),
            "ude" => self.unit = Some(Unit::Decade),
            "uc" => self.unit = Some(Unit::Century),
            "uhr" => self.unit = Some(Unit::Hour),
            "umi" => self.unit = Some(Unit::Minute),
            "use" => self.unit = Some(Unit::Second),
            _ => {}
        }
    }
}

fn unit(value: i32) -> Option<Unit> {
    Some(match value {
        1 => Unit::Day,
        7 | 14 => Unit::Week,
        30 => Unit::Month,
        90 => Unit::Quarter,
        365 => Unit::Year,
        3650 => Unit::Decade,
        36500 => Unit::Century,
        3601 => Unit::Second,
        3660 => Unit::Minute,
        3600 => Unit::Hour,
        _ => return None,
    })
}

/// Two digits are a year of the last ninety-nine or of the thirty to come, as of 2000.
fn full_year<'a>(range: &Range<usize>, scan: &'a Scan<'_>) -> impl Fn(i32) -> i32 + use<'a> {
    let two = scan.span(range.clone()).of(scan.body).chars().count() == 2;
    move |year| match year {
        _ if !two => year,
        0..=39 => 2000 + year,
        _ => 1900 + year,
    }
}

/// "two and a half", "several", 几十, "2.5".
fn amount(scan: &Scan<'_>, range: Range<usize>) -> Option<Amount> {
    let c = scan.classes();
    if range.clone().any(|i| scan.is(i, c.vague_count)) {
        return Some(Amount::Vague);
    }
    let first = scan.at(range.start);
    if first.shape == Shape::Number && first.number.is_none() {
        let (whole, part) = scan.letters(range.start).split_once('.')?;
        let whole: u32 = whole.replace(',', "").parse().ok()?;
        return (whole < 10_000).then(|| Amount::Halves(whole * 2 + u32::from(part == "5")));
    }
    number_in(scan, range).filter(|n| *n < 100_000).map(|n| Amount::Halves(n * 2))
}

/// A number in digits, English words or Chinese numerals.
fn number_in(scan: &Scan<'_>, range: Range<usize>) -> Option<u32> {
    let c = scan.classes();
    let first = scan.at(range.start);
    if matches!(first.shape, Shape::Number | Shape::Ordinal) {
        return first.number;
    }
    if scan.is(range.start, c.count) {
        return english_number(scan, range);
    }
    if let Some(ordinal) = scan.value(range.start, c.ordinal_word) {
        return u32::try_from(ordinal).ok();
    }
    if range.len() > 5 {
        return None;
    }
    let digits: Option<Vec<u32>> =
        range.map(|i| scan.value(i, c.han_digit).and_then(|v| u32::try_from(v).ok())).collect();
    han_number(&digits?)
}

/// "twenty five", "a couple of", "two hundred": the words of the class added up.
fn english_number(scan: &Scan<'_>, range: Range<usize>) -> Option<u32> {
    let c = scan.classes();
    let values: Vec<u32> = range
        .filter_map(|i| scan.value(i, c.count).and_then(|v| u32::try_from(v).ok()))
        .take(6)
        .collect();
    let mut total = 0_u32;
    for (at, value) in values.iter().enumerate() {
        match value {
            100 | 1000 => total = total.max(1).checked_mul(*value)?,
            1 if at == 0 && values.len() > 1 && !matches!(values.get(1), Some(100 | 1000)) => {}
            _ => total = total.checked_add(*value)?,
        }
    }
    Some(total)
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
