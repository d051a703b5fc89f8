//! Which candidate is meant where the words leave the year, the month or the week open.
//!
//! What holds: the nearest to the anchor, on the side the sentence looks to; in a history, the
//! nearest to what was told last.

use chrono::{Datelike, Duration, NaiveDate};

use super::resolve::{Anchors, Tense};
use super::units::add_months;
use crate::model::edtf::{Edtf, week_of};

/// The candidate nearest to the anchor, the other side of the tense weighing more.
pub(super) fn nearest(
    anchors: &Anchors,
    make: impl Fn(i32) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    if let Some(year) = anchors.year {
        return make(year);
    }
    if let (true, Some(value)) = (anchors.history, anchors.value) {
        return nearest_told(value, make);
    }
    let base = anchors.base;
    let distance = |day: NaiveDate| weighed((day - base).num_days(), anchors.tense);
    (-4..=4).filter_map(|step| make(base.year() + step)).min_by_key(|day| distance(*day))
}

/// The year whose unit holds the anchor or is nearest to it.
pub(super) fn nearest_unit(anchors: &Anchors, make: impl Fn(i32) -> Edtf) -> Option<i32> {
    if let Some(year) = anchors.year {
        return Some(year);
    }
    if let (true, Some(value)) = (anchors.history, anchors.value) {
        return nearest_told(value, |y| make(y).first()).map(|day| day.year());
    }
    let base = anchors.base;
    let distance = |year: i32| {
        let (Some(first), Some(last)) = (make(year).first(), make(year).last()) else {
            return i64::MAX;
        };
        match () {
            () if first > base => weighed((first - base).num_days(), anchors.tense),
            () if last < base => weighed((last - base).num_days(), anchors.tense),
            () => 0,
        }
    };
    (-1..=1).map(|step| base.year() + step).min_by_key(|year| distance(*year))
}

/// Days from the anchor, the other side of the tense weighing more.
fn weighed(days: i64, tense: Tense) -> i64 {
    // The middle of this month may lie a little on the other side.
    let near = days.abs() <= 20;
    let weight = match tense {
        Tense::Past if days > 0 => {
            if near {
                40
            } else {
                400
            }
        }
        Tense::Future if days < 0 => {
            if near {
                40
            } else {
                400
            }
        }
        // Without a sign of tense the past is a little nearer: news tells what happened.
        Tense::Unmarked if days > 0 => 13,
        _ => 10,
    };
    days.abs() * weight
}

/// In a history: the candidate nearest to the last date told, its own year first.
pub(super) fn nearest_told(
    value: Edtf,
    make: impl Fn(i32) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    let (first, last) = (value.first()?, value.last()?);
    let year = first.year();
    let distance = |day: NaiveDate| {
        let days =
            if day < first { (first - day).num_days() } else { (day - last).num_days().max(0) };
        if day.year() == year { days } else { days * 2 }
    };
    (-1..=1).filter_map(|step| make(year + step)).min_by_key(|day| distance(*day))
}

pub(super) fn nearest_month(anchors: &Anchors, month: u32) -> Option<i32> {
    // The middle of the month, so that the current month is nearest to every day in it.
    nearest(anchors, |y| NaiveDate::from_ymd_opt(y, month, 15)).map(|day| day.year())
}

/// The last candidate before the anchor, or the first after it.
pub(super) fn shifted(
    anchors: &Anchors,
    shift: i32,
    make: impl Fn(i32) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    let base = anchors.base;
    let candidates = (-2..=2).filter_map(|step| make(base.year() + step));
    if shift < 0 {
        let floor = NaiveDate::from_ymd_opt(base.year(), base.month(), 1)?;
        candidates.filter(|day| *day < floor).max()
    } else {
        candidates.filter(|day| *day > base).min()
    }
}

/// "10日": the day of the month of the last date in the text, else the nearest to the anchor.
pub(super) fn day_of_month(anchors: &Anchors, day: u32) -> Option<NaiveDate> {
    let base = anchors.text.unwrap_or(anchors.base);
    let make = |shift| {
        let (y, m) = add_months(base.year(), base.month(), shift);
        NaiveDate::from_ymd_opt(y, m, day)
    };
    match anchors.text {
        Some(_) => make(0),
        None => (-2..=1).filter_map(make).min_by_key(|d| {
            let days = (*d - base).num_days();
            if days > 0 && anchors.tense != Tense::Future { days * 3 } else { days.abs() }
        }),
    }
}

pub(super) fn weekday(
    weekday: u32,
    shift: Option<i32>,
    weeks: bool,
    anchors: &Anchors,
) -> Option<Edtf> {
    let base = anchors.base;
    let today = base.weekday().number_from_monday();
    let back = u64::from((today + 7 - weekday) % 7);
    let ahead = u64::from((weekday + 7 - today) % 7);
    let strictly = |days: u64| if days == 0 { 7 } else { days };
    let day = match shift {
        // 下周六 is the Saturday of the next week; "next Saturday" the next one.
        Some(shift) if shift == 0 || weeks => {
            let monday =
                week_of(base).first()?.checked_add_signed(Duration::weeks(shift.into()))?;
            monday + chrono::Days::new(u64::from(weekday.checked_sub(1)?))
        }
        Some(shift) if shift < 0 => base - chrono::Days::new(strictly(back)),
        Some(_) => base + chrono::Days::new(strictly(ahead)),
        None if anchors.tense == Tense::Future => base + chrono::Days::new(ahead),
        None => base - chrono::Days::new(back),
    };
    Some(Edtf::day(day))
}
