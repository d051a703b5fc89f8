//! Values in the notation of TIMEX3 (ISO-TimeML).

use chrono::{Datelike, NaiveDate};

use super::fields::{Amount, Fields, Unit};
use crate::model::edtf::{Edtf, Extent, Point, week_of};

/// A calendar value: 2026-07-10, 2026-W28, 2026-W28-WE, 2026-Q3, 2026-SU, 2026-H1, 199, 19.
pub(super) fn of(value: Edtf) -> String {
    match value.extent {
        Extent::At(point) | Extent::Until(point) | Extent::Since(point) => point_of(point),
        Extent::Between(Point::Day(from), Point::Day(to)) => days(from, to),
        Extent::Between(Point::Month(y, a), Point::Month(z, b)) if y == z && b == a + 5 => {
            format!("{y:04}-H{}", if a == 1 { 1 } else { 2 })
        }
        Extent::Between(Point::Month(y, a), Point::Month(z, b)) => {
            let months = (z - y) * 12 + b as i32 - a as i32 + 1;
            format!("P{months}M")
        }
        Extent::Between(Point::Year(y), Point::Year(z)) if y % 100 == 0 && z == y + 99 => {
            format!("{:02}", y / 100)
        }
        Extent::Between(Point::Year(y), Point::Year(z)) if y % 10 == 0 && z == y + 9 => {
            format!("{:03}", y / 10)
        }
        Extent::Between(from, _) => point_of(from),
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> String {
    let week = from.iso_week();
    let monday = week_of(from) == Edtf::between(Point::Day(from), Point::Day(to));
    let weekend =
        from.weekday().number_from_monday() == 6 && to.weekday().number_from_monday() == 7;
    match () {
        () if monday => format!("{:04}-W{:02}", week.year(), week.week()),
        () if weekend && (to - from).num_days() == 1 => {
            format!("{:04}-W{:02}-WE", week.year(), week.week())
        }
        () => format!("P{}D", (to - from).num_days() + 1),
    }
}

fn point_of(point: Point) -> String {
    match point {
        Point::Part(year, part @ 33..=36) => format!("{year:04}-Q{}", part - 32),
        Point::Part(year, part) => {
            let season = match part {
                21 => "SP",
                22 => "SU",
                23 => "FA",
                _ => "WI",
            };
            format!("{year:04}-{season}")
        }
        _ => point.to_string(),
    }
}

/// Part of a day or time of day, behind the day: T16:30, TEV.
pub(super) fn clock(fields: &Fields) -> String {
    match (fields.hour, fields.part) {
        (Some(hour), part) => {
            let late = fields.afternoon == Some(true)
                || fields.afternoon.is_none()
                    && part.is_some_and(|p| p > super::fields::DayPart::Midday);
            let hour = match hour {
                12 if fields.afternoon == Some(false) => 0,
                h if h < 12 && late => h + 12,
                h => h,
            };
            match fields.minute {
                Some(minute) => format!("T{hour:02}:{minute:02}"),
                None => format!("T{hour:02}:00"),
            }
        }
        (None, Some(part)) => format!("T{}", part.letters()),
        (None, None) => String::new(),
    }
}

/// A length: P3D, PT2H, P2.5Y, PXM.
pub(super) fn length(fields: &Fields) -> Option<String> {
    let unit = fields.unit?;
    let (amount, letter) = match (fields.count.unwrap_or(Amount::Vague), unit) {
        (amount, Unit::Decade) => (amount, "DE"),
        (amount, Unit::Century) => (amount, "CE"),
        (amount, unit) => (amount, letter(unit)),
    };
    let time = if unit < Unit::Day { "T" } else { "" };
    let half = match (amount, unit) {
        (Amount::Halves(1), Unit::Hour) => Some("PT30M"),
        (Amount::Halves(1), Unit::Day) => Some("PT12H"),
        (Amount::Halves(1), Unit::Year) => Some("P6M"),
        (Amount::Halves(1), Unit::Decade) => Some("P5Y"),
        (Amount::Halves(1), Unit::Century) => Some("P50Y"),
        _ => None,
    };
    if let Some(half) = half {
        return Some(half.into());
    }
    Some(match amount {
        Amount::Halves(halves) if halves % 2 == 1 => format!("P{time}{}.5{letter}", halves / 2),
        Amount::Halves(halves) => format!("P{time}{}{letter}", halves / 2),
        Amount::Vague => format!("P{time}X{letter}"),
    })
}

fn letter(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "S",
        Unit::Minute | Unit::Month => "M",
        Unit::Hour => "H",
        Unit::Day => "D",
        Unit::Week => "W",
        Unit::Quarter => "Q",
        Unit::Year | Unit::Decade | Unit::Century => "Y",
    }
}

/// Time that comes again, as TimeML writes it: P1D every day, P2W every two weeks, XXXX-WXX-1 every
/// Monday.
pub(super) fn set(fields: &Fields) -> String {
    if let Some(weekday) = fields.weekday {
        return format!("XXXX-WXX-{weekday}");
    }
    match (fields.unit, fields.part) {
        _ if fields.month.is_some() => format!("XXXX-{:02}", fields.month.unwrap_or(1)),
        (Some(unit), _) => {
            let count = fields.count.unwrap_or(Amount::Halves(2));
            let each = Fields { unit: Some(unit), count: Some(count), ..Fields::default() };
            length(&each).unwrap_or_else(|| "P1D".into())
        }
        (None, Some(part)) => format!("XXXX-XX-XXT{}", part.letters()),
        (None, None) => "P1D".into(),
    }
}
