//! Calendar values with honest precision: the subset of EDTF (ISO 8601-2) the record uses.
//!
//! In: `2026-07-10`, `2026-07`, `2026`, `2026-21..24` (northern seasons), `2026-33..36` (quarters),
//! `A/B`, `../B`, `A/..`, each with `~` (approximate) or `?` (uncertain). Out: the same letters,
//! and the interval of days they cover. A value is never an instant and never wider or narrower
//! than what was said.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use super::point::{Point, Precision};

/// One unit, or an interval with at most one open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// A single unit.
    At(Point),
    /// From the first day of one unit to the last day of another.
    Between(Point, Point),
    /// Not after the last day of the unit.
    Until(Point),
    /// Not before the first day of the unit.
    Since(Point),
}

/// A calendar value: extent and the two qualifiers of EDTF level 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {
    /// Which days.
    pub extent: Extent,
    /// `~`: about.
    pub approximate: bool,
    /// `?`: the source itself is not sure.
    pub uncertain: bool,
}

impl Edtf {
    /// A plain value without qualifiers.
    pub fn at(point: Point) -> Self {
        Self::of(Extent::At(point))
    }

    /// A single day.
    pub fn day(day: NaiveDate) -> Self {
        Self::at(Point::Day(day))
    }

    /// An interval of units; ends in the wrong order are put right.
    pub fn between(from: Point, to: Point) -> Self {
        let (from, to) = if from.first() <= to.first() { (from, to) } else { (to, from) };
        if from == to { Self::at(from) } else { Self::of(Extent::Between(from, to)) }
    }

    /// The interval from this value to a later one; `None` where either is open.
    pub fn until(self, to: Edtf) -> Option<Self> {
        let from = match self.extent {
            Extent::At(point) | Extent::Between(point, _) => point,
            Extent::Until(_) | Extent::Since(_) => return None,
        };
        let (Extent::At(last) | Extent::Between(_, last)) = to.extent else { return None };
        let mut value = Self::between(from, last);
        value.approximate = self.approximate || to.approximate;
        value.uncertain = self.uncertain || to.uncertain;
        (from.first() <= last.first()).then_some(value)
    }

    /// An extent without qualifiers.
    pub fn of(extent: Extent) -> Self {
        Self { extent, approximate: false, uncertain: false }
    }

    /// The same value, marked approximate.
    pub fn about(mut self) -> Self {
        self.approximate = true;
        self
    }

    /// First day covered; `None` for an open start.
    pub fn first(self) -> Option<NaiveDate> {
        match self.extent {
            Extent::At(p) | Extent::Between(p, _) | Extent::Since(p) => Some(p.first()),
            Extent::Until(_) => None,
        }
    }

    /// Last day covered; `None` for an open end.
    pub fn last(self) -> Option<NaiveDate> {
        match self.extent {
            Extent::At(p) | Extent::Between(_, p) | Extent::Until(p) => Some(p.last()),
            Extent::Since(_) => None,
        }
    }

    /// The day a timeline sorts by: the first possible one, or the last where the start is open.
    pub fn sort_day(self) -> NaiveDate {
        match self.extent {
            Extent::At(p) | Extent::Between(p, _) | Extent::Since(p) => p.first(),
            Extent::Until(p) => p.last(),
        }
    }

    /// How wide the value is.
    pub fn precision(self) -> Precision {
        match self.extent {
            Extent::At(p) => p.precision(),
            Extent::Until(_) | Extent::Since(_) => Precision::Wide,
            Extent::Between(from, to) => match (to.last() - from.first()).num_days() {
                0..14 => Precision::Week,
                14..32 => Precision::Month,
                32..120 => Precision::Quarter,
                120..367 => Precision::Year,
                _ => Precision::Wide,
            },
        }
    }

    /// Whether a day may be meant.
    pub fn may_be(self, day: NaiveDate) -> bool {
        self.first().is_none_or(|first| first <= day) && self.last().is_none_or(|last| day <= last)
    }

    /// Whether the two values share a day.
    pub fn overlaps(self, other: Edtf) -> bool {
        let before = |a: Option<NaiveDate>, b: Option<NaiveDate>| match (a, b) {
            (Some(a), Some(b)) => a < b,
            _ => false,
        };
        !before(self.last(), other.first()) && !before(other.last(), self.first())
    }

    /// Whether every day of `other` may be meant by this value.
    pub fn covers(self, other: Edtf) -> bool {
        let low = match (self.first(), other.first()) {
            (Some(a), Some(b)) => a <= b,
            (Some(_), None) => false,
            (None, _) => true,
        };
        let high = match (self.last(), other.last()) {
            (Some(a), Some(b)) => a >= b,
            (Some(_), None) => false,
            (None, _) => true,
        };
        low && high
    }

    /// Reads the notation; anything outside the subset is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = match text.split_once('/') {
            Some((from, to)) => (from, Some(to)),
            None => (text, None),
        };
        let mut approximate = false;
        let mut uncertain = false;
        let mut point = |text: &str| {
            let bare = text.trim_end_matches(['~', '?', '%']);
            let marks = text.get(bare.len()..).unwrap_or("");
            approximate |= marks.contains(['~', '%']);
            uncertain |= marks.contains(['?', '%']);
            Point::parse(bare)
        };
        let extent = match (from, to) {
            (from, None) => Extent::At(point(from)?),
            ("..", Some(to)) => Extent::Until(point(to)?),
            (from, Some("..")) => Extent::Since(point(from)?),
            (from, Some(to)) => {
                let (from, to) = (point(from)?, point(to)?);
                if from.first() > to.last() {
                    return None;
                }
                Extent::Between(from, to)
            }
        };
        Some(Self { extent, approximate, uncertain })
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        };
        match self.extent {
            Extent::At(p) => write!(f, "{p}{mark}"),
            Extent::Between(from, to) => write!(f, "{from}{mark}/{to}{mark}"),
            Extent::Until(p) => write!(f, "../{p}{mark}"),
            Extent::Since(p) => write!(f, "{p}{mark}/.."),
        }
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an EDTF date"))
    }
}

/// The Monday-to-Sunday week that holds a day (ISO 8601).
pub fn week_of(day: NaiveDate) -> Edtf {
    let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
    Edtf::between(Point::Day(monday), Point::Day(monday + Days::new(6)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_read() {
        for text in [
            "2026-07-10",
            "2026-07",
            "2026",
            "2026-34",
            "2026-21",
            "2026-06-29/2026-07-05",
            "../2026-07-03",
            "2025-02-03/..",
            "2026-03~",
            "2026?",
            "2026-06-30~/2026-07-02~",
        ] {
            assert_eq!(Edtf::parse(text).map(|e| e.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "..", "../..", "2026-13", "2026-02-30", "26", "2026-7", "2026-07-10/2025"]
        {
            assert_eq!(Edtf::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_qualifier_on_one_end_marks_the_whole() {
        let value = Edtf::parse("2026-06-30~/2026-07-02").map(|e| e.approximate);
        assert_eq!(value, Some(true));
    }

    #[test]
    fn winter_reaches_into_the_next_year() {
        let winter = Edtf::parse("2026-24").and_then(Edtf::last);
        assert_eq!(winter, NaiveDate::from_ymd_opt(2027, 2, 28));
    }

    #[test]
    fn an_open_start_sorts_by_its_end() {
        let value = Edtf::parse("../2026-07-03").map(Edtf::sort_day);
        assert_eq!(value, NaiveDate::from_ymd_opt(2026, 7, 3));
    }
}
