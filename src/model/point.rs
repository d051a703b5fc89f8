//! Units of the calendar: a year, a season or quarter, a month, a day; and how wide a value is.

use std::fmt;

use chrono::NaiveDate;

/// A calendar unit named by a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// A calendar year.
    Year(i32),
    /// A season (21–24) or quarter (33–36) of a year.
    Part(i32, u32),
    /// A month of a year.
    Month(i32, u32),
    /// A day.
    Day(NaiveDate),
}

/// How wide a value is, from narrow to wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// Two days to two weeks.
    Week,
    /// One month.
    Month,
    /// A quarter or a season.
    Quarter,
    /// A year.
    Year,
    /// An interval wider than a year, or one with an open end.
    Wide,
}

impl Precision {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Quarter => "quarter",
            Precision::Year => "year",
            Precision::Wide => "wide",
        }
    }
}

impl Point {
    /// First day covered.
    pub fn first(self) -> NaiveDate {
        match self {
            Point::Year(y) => day(y, 1, 1),
            Point::Month(y, m) => day(y, m, 1),
            Point::Part(y, part) => day(y, first_month(part), 1),
            Point::Day(d) => d,
        }
    }

    /// Last day covered.
    pub fn last(self) -> NaiveDate {
        match self {
            Point::Year(y) => day(y, 12, 31),
            Point::Month(y, m) => month_end(y, m),
            Point::Part(y, 24) => month_end(y + 1, 2),
            Point::Part(y, part) => month_end(y, first_month(part) + 2),
            Point::Day(d) => d,
        }
    }

    pub(super) fn precision(self) -> Precision {
        match self {
            Point::Year(_) => Precision::Year,
            Point::Part(..) => Precision::Quarter,
            Point::Month(..) => Precision::Month,
            Point::Day(_) => Precision::Day,
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)? as i32;
        let point = match (parts.next(), parts.next()) {
            (None, _) => Point::Year(year),
            (Some(month), None) => match digits(month, 2)? {
                m @ 1..=12 => Point::Month(year, m),
                part @ (21..=24 | 33..=36) => Point::Part(year, part),
                _ => return None,
            },
            (Some(month), Some(date)) => {
                Point::Day(NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(date, 2)?)?)
            }
        };
        (year > 0 && parts.next().is_none()).then_some(point)
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Year(y) => write!(f, "{y:04}"),
            Point::Month(y, m) | Point::Part(y, m) => write!(f, "{y:04}-{m:02}"),
            Point::Day(d) => write!(f, "{d}"),
        }
    }
}

fn digits(text: &str, width: usize) -> Option<u32> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn first_month(part: u32) -> u32 {
    match part {
        21 => 3,
        22 => 6,
        23 => 9,
        24 => 12,
        34 => 4,
        35 => 7,
        36 => 10,
        _ => 1,
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

fn month_end(year: i32, month: u32) -> NaiveDate {
    let (next_year, next_month) = if month >= 12 { (year + 1, 1) } else { (year, month + 1) };
    day(next_year, next_month, 1).pred_opt().unwrap_or(NaiveDate::MIN)
}
