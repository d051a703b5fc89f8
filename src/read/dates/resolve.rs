//! From the numbers of a phrase and an anchor to a calendar value. Pure arithmetic.
//!
//! What holds: no value without a reason. What the words do not give is taken from the anchor, and
//! the caller is told so.

use chrono::{Datelike, Days, NaiveDate};

use super::fields::{Fields, Unit};
use crate::model::edtf::{Edtf, Extent, Point, Precision, week_of};
use crate::rules::DateForm;

/// Which side of the anchor the sentence speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unmarked,
}

/// What an expression is counted from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchors {
    /// The day of publication, or of capture.
    pub base: NaiveDate,
    /// The last day named in the text before the expression.
    pub text: Option<NaiveDate>,
    /// The last value named in the text, of whatever precision up to a year.
    pub value: Option<Edtf>,
    /// The year of the last fully stated date of the same sentence.
    pub year: Option<i32>,
    pub tense: Tense,
}

/// What a value rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rests {
    /// On its own words.
    Words,
    /// On [`Anchors::base`].
    Base,
    /// On [`Anchors::text`].
    Text,
}

/// Resolves a phrase; `None` where its numbers make no date.
pub(super) fn resolve(form: DateForm, fields: &Fields, anchors: &Anchors) -> Option<(Edtf, Rests)> {
    let base = anchors.base;
    let year = fields.year.or_else(|| fields.shift.map(|shift| base.year() + shift));
    let stated = if fields.year.is_some() { Rests::Words } else { Rests::Base };
    let from_base = |value: Edtf| Some((value, Rests::Base));
    match form {
        DateForm::Day => {
            let day = match (fields.month, fields.month_shift) {
                (Some(month), _) => match year {
                    Some(year) => NaiveDate::from_ymd_opt(year, month, fields.day?)?,
                    None => nearest(anchors, |y| NaiveDate::from_ymd_opt(y, month, fields.day?))?,
                },
                (None, Some(shift)) => {
                    let (y, m) = add_months(base.year(), base.month(), shift);
                    NaiveDate::from_ymd_opt(y, m, fields.day?)?
                }
                (None, None) => day_of_month(anchors, fields.day?)?,
            };
            Some((Edtf::day(day), stated))
        }
        DateForm::Days => {
            let month = fields.month?;
            let from = match year {
                Some(year) => NaiveDate::from_ymd_opt(year, month, fields.day?)?,
                None => nearest(anchors, |y| NaiveDate::from_ymd_opt(y, month, fields.day?))?,
            };
            let to = NaiveDate::from_ymd_opt(from.year(), month, fields.to?)?;
            (from < to).then_some((Edtf::between(Point::Day(from), Point::Day(to)), stated))
        }
        DateForm::Month => {
            let month = fields.month?;
            let year = match (fields.year, fields.shift) {
                (Some(year), _) => year,
                // "last March": the one before the anchor, whichever year that is.
                (None, Some(shift)) if !fields.shifts_year && shift != 0 => {
                    shifted(anchors, shift, |y| NaiveDate::from_ymd_opt(y, month, 1))?.year()
                }
                (None, Some(shift)) => base.year() + shift,
                (None, None) => nearest_month(anchors, month)?,
            };
            Some((Edtf::at(Point::Month(year, month)), stated))
        }
        DateForm::Year => Some((Edtf::at(Point::Year(year?)), stated)),
        DateForm::Quarter => {
            let (y, q) = match (fields.quarter, fields.unit) {
                (None, _) if fields.month.is_some() => {
                    let month = fields.month?;
                    let year = year.or_else(|| nearest_month(anchors, month))?;
                    (year, (month - 1) / 3 + 1)
                }
                (Some(q), _) => {
                    let year = match year {
                        Some(year) => year,
                        None => {
                            nearest(anchors, |y| NaiveDate::from_ymd_opt(y, q * 3 - 2, 1))?.year()
                        }
                    };
                    (year, q)
                }
                (None, _) => {
                    let (y, m) = add_months(base.year(), base.month(), fields.shift? * 3);
                    (y, (m - 1) / 3 + 1)
                }
            };
            (1..=4).contains(&q).then(|| (Edtf::at(Point::Part(y, 32 + q)), stated))
        }
        DateForm::Half => {
            let half = fields.half.filter(|half| (1..=2).contains(half))?;
            let first = half * 6 - 5;
            let year = match year {
                Some(year) => year,
                None => nearest(anchors, |y| NaiveDate::from_ymd_opt(y, first, 1))?.year(),
            };
            Some((Edtf::between(Point::Month(year, first), Point::Month(year, first + 5)), stated))
        }
        DateForm::Season => {
            let season = fields.season?;
            let start = |y| Some(Point::Part(y, season).first());
            let year = match (fields.year, fields.shift) {
                (Some(year), _) => year,
                (None, Some(0)) => base.year(),
                (None, Some(shift)) => shifted(anchors, shift, start)?.year(),
                (None, None) => nearest(anchors, start)?.year(),
            };
            Some((Edtf::at(Point::Part(year, season)), stated))
        }
        DateForm::Weekday => weekday(fields.weekday?, fields.shift, anchors).and_then(from_base),
        DateForm::Unit => unit(fields, anchors).and_then(from_base),
        DateForm::Ago => {
            let count = i32::try_from(fields.count?).ok()?;
            offset(base, fields.unit?, -count).and_then(from_base)
        }
        DateForm::Ahead => {
            let count = i32::try_from(fields.count?).ok()?;
            offset(base, fields.unit?, count).and_then(from_base)
        }
        DateForm::Earlier | DateForm::Later => {
            let sign = if form == DateForm::Earlier { -1 } else { 1 };
            let count = i32::try_from(fields.count.unwrap_or(1)).ok()?;
            let unit = fields.unit?;
            // Days and weeks are counted from a day; months and years from whatever was named.
            let fine = matches!(unit, Unit::Day | Unit::Week);
            let named = if fine { anchors.text } else { anchors.value.and_then(Edtf::last) };
            let rests = if named.is_some() { Rests::Text } else { Rests::Base };
            let value = offset(named.unwrap_or(base), unit, sign * count)?;
            // A year after a day or month is that month again.
            let from_month = anchors.value.is_some_and(|v| v.precision() <= Precision::Month);
            let value = match (unit, named) {
                (Unit::Year, Some(named)) if from_month && fields.count.is_some() => {
                    Edtf::at(Point::Month(named.year() + sign * count, named.month()))
                }
                _ => value,
            };
            Some((value, rests))
        }
        DateForm::DayOffset => {
            let days = i64::from(fields.shift.unwrap_or(0));
            base.checked_add_signed(chrono::Duration::days(days)).map(Edtf::day).and_then(from_base)
        }
        DateForm::Same => match anchors.text {
            Some(day) => Some((Edtf::day(day), Rests::Text)),
            None => from_base(Edtf::day(base)),
        },
        DateForm::Weekend => {
            let week = week_of(base).first()? + Days::new(5);
            let (saturday, shift) = match fields.shift {
                Some(shift) => (week, shift),
                // "the weekend" is the last one, or the coming one where the sentence looks ahead.
                None if base < week && anchors.tense != Tense::Future => (week, -1),
                None => (week, 0),
            };
            let saturday = saturday.checked_add_signed(chrono::Duration::weeks(shift.into()))?;
            from_base(Edtf::between(Point::Day(saturday), Point::Day(saturday + Days::new(1))))
        }
        DateForm::Holiday => {
            let (month, day) = (fields.holiday? / 100, fields.holiday? % 100);
            let day = match year {
                Some(year) => NaiveDate::from_ymd_opt(year, month, day)?,
                None => nearest(anchors, |y| NaiveDate::from_ymd_opt(y, month, day))?,
            };
            Some((Edtf::day(day), stated))
        }
        DateForm::None => None,
    }
}

/// The candidate nearest to the anchor, the other side of the tense weighing more.
fn nearest(anchors: &Anchors, make: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    if let Some(year) = anchors.year {
        return make(year);
    }
    let base = anchors.base;
    let distance = |day: NaiveDate| {
        let days = (day - base).num_days();
        let against = match anchors.tense {
            Tense::Past => days > 0,
            Tense::Future => days < 0,
            Tense::Unmarked => false,
        };
        // Without a sign of tense the past is a little nearer: news tells what happened.
        let weight = if against {
            40
        } else if days > 0 && anchors.tense == Tense::Unmarked {
            13
        } else {
            10
        };
        days.abs() * weight
    };
    (-1..=1).filter_map(|step| make(base.year() + step)).min_by_key(|day| distance(*day))
}

fn nearest_month(anchors: &Anchors, month: u32) -> Option<i32> {
    // The middle of the month, so that the current month is nearest to every day in it.
    nearest(anchors, |y| NaiveDate::from_ymd_opt(y, month, 15)).map(|day| day.year())
}

/// The last candidate before the anchor, or the first after it.
fn shifted(
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
fn day_of_month(anchors: &Anchors, day: u32) -> Option<NaiveDate> {
    let base = anchors.text.unwrap_or(anchors.base);
    let make = |shift| {
        let (y, m) = add_months(base.year(), base.month(), shift);
        NaiveDate::from_ymd_opt(y, m, day)
    };
    match anchors.text {
        Some(_) => make(0),
        None => (-1..=1).filter_map(make).min_by_key(|d| {
            let days = (*d - base).num_days();
            if days > 0 && anchors.tense != Tense::Future { days * 3 } else { days.abs() }
        }),
    }
}

fn weekday(weekday: u32, shift: Option<i32>, anchors: &Anchors) -> Option<Edtf> {
    let base = anchors.base;
    let today = base.weekday().number_from_monday();
    let back = u64::from((today + 7 - weekday) % 7);
    let ahead = u64::from((weekday + 7 - today) % 7);
    let strictly = |days: u64| if days == 0 { 7 } else { days };
    let day = match shift {
        Some(0) => week_of(base).first()? + Days::new(u64::from(weekday - 1)),
        Some(shift) if shift < 0 => base - Days::new(strictly(back)),
        Some(_) => base + Days::new(strictly(ahead)),
        None if anchors.tense == Tense::Future => base + Days::new(ahead),
        None => base - Days::new(back),
    };
    Some(Edtf::day(day))
}

fn unit(fields: &Fields, anchors: &Anchors) -> Option<Edtf> {
    let base = anchors.base;
    let shift = fields.shift.unwrap_or(0);
    match fields.unit? {
        Unit::Day => base.checked_add_signed(chrono::Duration::days(shift.into())).map(Edtf::day),
        Unit::Week => base.checked_add_signed(chrono::Duration::weeks(shift.into())).map(week_of),
        Unit::Month => {
            let (y, m) = add_months(base.year(), base.month(), shift);
            Some(Edtf::at(Point::Month(y, m)))
        }
        Unit::Quarter => {
            let (y, m) = add_months(base.year(), base.month(), shift * 3);
            Some(Edtf::at(Point::Part(y, 33 + (m - 1) / 3)))
        }
        Unit::Year => Some(Edtf::at(Point::Year(base.year() + shift))),
        Unit::Decade => None,
    }
}

/// Counted units keep the precision of the unit: two months ago is a month.
fn offset(from: NaiveDate, unit: Unit, count: i32) -> Option<Edtf> {
    if count.abs() > 10_000 {
        return None;
    }
    match unit {
        Unit::Day => from.checked_add_signed(chrono::Duration::days(count.into())).map(Edtf::day),
        Unit::Week => from.checked_add_signed(chrono::Duration::weeks(count.into())).map(Edtf::day),
        Unit::Month => {
            let (y, m) = add_months(from.year(), from.month(), count);
            Some(Edtf::at(Point::Month(y, m)))
        }
        Unit::Quarter => {
            let (y, m) = add_months(from.year(), from.month(), count * 3);
            Some(Edtf::at(Point::Part(y, 33 + (m - 1) / 3)))
        }
        Unit::Year => Some(Edtf::at(Point::Year(from.year() + count))),
        Unit::Decade => Some(Edtf::at(Point::Year(from.year() + count * 10))),
    }
}

fn add_months(year: i32, month: u32, shift: i32) -> (i32, u32) {
    let months = year * 12 + month as i32 - 1 + shift;
    (months.div_euclid(12), months.rem_euclid(12) as u32 + 1)
}

/// The last day a value may mean, where later expressions count from it.
pub(super) fn anchor_day(value: Edtf) -> Option<NaiveDate> {
    match value.extent {
        Extent::At(Point::Day(day)) => Some(day),
        Extent::Between(Point::Day(_), Point::Day(day)) => Some(day),
        _ => None,
    }
}
