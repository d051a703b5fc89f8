//! From the numbers of a phrase and an anchor to a calendar value. Pure arithmetic.
//!
//! What holds: no value without a reason. What the words do not give is taken from what stands
//! beside them or from the anchor, and the caller is told so.

use chrono::{Datelike, Duration, NaiveDate};

use super::fields::{Amount, Fields, Unit};
use super::holiday;
use super::nearest::{day_of_month, nearest, nearest_month, nearest_unit, shifted, weekday};
use super::units::{add_months, offset, unit_of};
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
    /// Whether that is a day the text names.
    pub counts_from_text: bool,
    /// The last day named in the text before the expression.
    pub text: Option<NaiveDate>,
    /// The last value named in the text, of whatever precision up to a year.
    pub value: Option<Edtf>,
    /// The year of the last fully stated date of the same sentence.
    pub year: Option<i32>,
    /// Whether the text tells a history, so that its own dates complete the next ones.
    pub history: bool,
    pub tense: Tense,
}

/// What a value rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rests {
    /// On its own words.
    Words,
    /// On [`Anchors::base`].
    Base,
    /// On [`Anchors::text`] or [`Anchors::value`].
    Text,
}

/// Resolves a phrase; `None` where its numbers make no date. `within` is the value of a wider
/// expression beside it.
pub(super) fn resolve(
    form: DateForm,
    fields: &Fields,
    anchors: &Anchors,
    within: Option<Edtf>,
) -> Option<(Edtf, Rests)> {
    if let Some(within) = within {
        return inside(form, fields, within).map(|value| (value, Rests::Words));
    }
    let base = anchors.base;
    let year = fields.year.or_else(|| fields.shift.map(|shift| base.year() + shift));
    let stated = match () {
        () if fields.year.is_some() => Rests::Words,
        () if fields.shift.is_some() => Rests::Base,
        () if anchors.year.is_some() || anchors.history && anchors.value.is_some() => Rests::Text,
        () => Rests::Base,
    };
    let at_year = |make: &dyn Fn(i32) -> Option<NaiveDate>| match year {
        Some(year) => make(year),
        None => nearest(anchors, make),
    };
    let value = match form {
        DateForm::Day => {
            let day = fields.day?;
            match fields.month {
                Some(month) => Edtf::day(at_year(&|y| NaiveDate::from_ymd_opt(y, month, day))?),
                None => {
                    let rests = if anchors.text.is_some() { Rests::Text } else { Rests::Base };
                    return Some((Edtf::day(day_of_month(anchors, day)?), rests));
                }
            }
        }
        DateForm::Days => {
            let (month, first, last) = (fields.month?, fields.day?, fields.to?);
            let from = at_year(&|y| NaiveDate::from_ymd_opt(y, month, first))?;
            let to = NaiveDate::from_ymd_opt(from.year(), month, last)?;
            (from < to).then(|| Edtf::between(Point::Day(from), Point::Day(to)))?
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
            Edtf::at(Point::Month(year, month))
        }
        DateForm::Year => Edtf::at(Point::Year(year?)),
        DateForm::YearPair => {
            let first = base.year() + fields.shift?;
            Edtf::between(Point::Year(first), Point::Year(first + 1))
        }
        DateForm::Decade => {
            let decade = fields.year?.div_euclid(10) * 10;
            Edtf::between(Point::Year(decade), Point::Year(decade + 9))
        }
        DateForm::Century => {
            let century = i32::try_from(fields.count.and_then(Amount::whole)?).ok()?;
            let first = (century - 1) * 100;
            (10..=22)
                .contains(&century)
                .then(|| Edtf::between(Point::Year(first), Point::Year(first + 99)))?
        }
        DateForm::Quarter => quarter(fields, anchors, year)?,
        DateForm::Half => {
            let half = fields.half.filter(|half| (1..=2).contains(half))?;
            let year = match year {
                Some(year) => year,
                None => {
                    let unit = |y| half_of(y, half);
                    nearest_unit(anchors, unit)?
                }
            };
            half_of(year, half)
        }
        DateForm::Season => {
            let season = fields.season?;
            let start = |y| Some(Point::Part(y, season).first());
            let year = match (fields.year, fields.shift) {
                (Some(year), _) => year,
                (None, Some(0)) => base.year(),
                (None, Some(shift)) if fields.shifts_year => base.year() + shift,
                (None, Some(shift)) => shifted(anchors, shift, start)?.year(),
                (None, None) => nearest_unit(anchors, |y| Edtf::at(Point::Part(y, season)))?,
            };
            Edtf::at(Point::Part(year, season))
        }
        DateForm::Weekday => weekday(fields.weekday?, fields.shift, fields.shifts_year, anchors)?,
        DateForm::Unit => unit_of(base, fields.unit?, fields.shift.unwrap_or(0))?,
        DateForm::Ago => off(base, fields, -1)?,
        DateForm::Ahead => off(base, fields, 1)?,
        DateForm::Earlier | DateForm::Later => return counted(form, fields, anchors),
        DateForm::DayOffset => {
            let days = i64::from(fields.shift.unwrap_or(0));
            base.checked_add_signed(Duration::days(days)).map(Edtf::day)?
        }
        DateForm::Same => return same(fields, anchors),
        DateForm::Weekend => {
            let week = week_of(base).first()? + chrono::Days::new(5);
            let (saturday, shift) = match fields.shift {
                Some(shift) => (week, shift),
                // "the weekend" is the last one, or the coming one where the sentence looks ahead.
                None if base < week && anchors.tense != Tense::Future => (week, -1),
                None => (week, 0),
            };
            let saturday = saturday.checked_add_signed(Duration::weeks(shift.into()))?;
            Edtf::between(Point::Day(saturday), Point::Day(saturday.succ_opt()?))
        }
        DateForm::Holiday => {
            let number = fields.holiday?;
            Edtf::day(at_year(&|y| holiday::day_of(number, y))?)
        }
        DateForm::WeekNumber => week_number(fields, year.unwrap_or(base.year()))?,
        DateForm::DayPart => {
            let days = i64::from(fields.shift?);
            base.checked_add_signed(Duration::days(days)).map(Edtf::day)?
        }
        DateForm::Nth
        | DateForm::Run
        | DateForm::Span
        | DateForm::Past
        | DateForm::Coming
        | DateForm::Clock
        | DateForm::Set
        | DateForm::Reference
        | DateForm::Fiscal
        | DateForm::None => return None,
    };
    Some((value, stated))
}

/// So many units from a day; a year and a half is eighteen months.
fn off(from: NaiveDate, fields: &Fields, sign: i32) -> Option<Edtf> {
    let (unit, count) = match (fields.count?, fields.unit?) {
        (Amount::Halves(halves), Unit::Year) if halves % 2 == 1 => {
            (Unit::Month, halves.checked_mul(6)?)
        }
        (amount, unit) => (unit, amount.whole()?),
    };
    offset(from, unit, sign * i32::try_from(count).ok()?, fields.working)
}

/// What a narrow expression means beside a wider one: 去年 + 四季度, "the first week" + "of July".
fn inside(form: DateForm, fields: &Fields, within: Edtf) -> Option<Edtf> {
    let (first, last) = (within.first()?, within.last()?);
    let year = first.year();
    Some(match form {
        DateForm::Day => {
            let month = fields.month.unwrap_or(first.month());
            Edtf::day(NaiveDate::from_ymd_opt(year, month, fields.day?)?)
        }
        DateForm::Days => {
            let month = fields.month.unwrap_or(first.month());
            let from = NaiveDate::from_ymd_opt(year, month, fields.day?)?;
            let to = NaiveDate::from_ymd_opt(year, month, fields.to?)?;
            (from < to).then(|| Edtf::between(Point::Day(from), Point::Day(to)))?
        }
        DateForm::Month => Edtf::at(Point::Month(year, fields.month?)),
        DateForm::Quarter => {
            let quarter = fields.quarter.filter(|q| (1..=4).contains(q))?;
            Edtf::at(Point::Part(year, 32 + quarter))
        }
        DateForm::Half => half_of(year, fields.half.filter(|half| (1..=2).contains(half))?),
        DateForm::Season => Edtf::at(Point::Part(year, fields.season?)),
        DateForm::Holiday => Edtf::day(holiday::day_of(fields.holiday?, year)?),
        DateForm::WeekNumber => week_number(fields, year)?,
        DateForm::Decade => {
            let decade = year + fields.year?.rem_euclid(100) / 10 * 10;
            Edtf::between(Point::Year(decade), Point::Year(decade + 9))
        }
        DateForm::Weekday => {
            let ahead = (fields.weekday? + 7 - first.weekday().number_from_monday()) % 7;
            let day = first + chrono::Days::new(ahead.into());
            (day <= last).then(|| Edtf::day(day))?
        }
        DateForm::Nth => super::units::nth(fields, first, last)?,
        DateForm::Run => super::units::run(fields, first, last)?,
        DateForm::Clock | DateForm::DayPart => within,
        _ => return None,
    })
}

fn half_of(year: i32, half: u32) -> Edtf {
    let first = half * 6 - 5;
    Edtf::between(Point::Month(year, first), Point::Month(year, first + 5))
}

fn quarter(fields: &Fields, anchors: &Anchors, year: Option<i32>) -> Option<Edtf> {
    let base = anchors.base;
    let (y, q) = match (fields.quarter, fields.month) {
        (None, Some(month)) => {
            (year.or_else(|| nearest_month(anchors, month))?, (month - 1) / 3 + 1)
        }
        (Some(q), _) => {
            let unit = |y| Edtf::at(Point::Part(y, 32 + q));
            (year.or_else(|| nearest_unit(anchors, unit))?, q)
        }
        (None, None) => {
            let (y, m) = add_months(base.year(), base.month(), fields.shift? * 3);
            (y, (m - 1) / 3 + 1)
        }
    };
    (1..=4).contains(&q).then(|| Edtf::at(Point::Part(y, 32 + q)))
}

/// The week of a year by its ISO number.
fn week_number(fields: &Fields, year: i32) -> Option<Edtf> {
    let week = fields.count.and_then(Amount::whole)?;
    NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).map(week_of)
}

/// "two days later", "the following month": from the last date of the text.
fn counted(form: DateForm, fields: &Fields, anchors: &Anchors) -> Option<(Edtf, Rests)> {
    let sign = if form == DateForm::Earlier { -1 } else { 1 };
    let unit = fields.unit?;
    let (unit, count) = match (fields.count, unit) {
        (Some(Amount::Halves(halves)), Unit::Year) if halves % 2 == 1 => {
            (Unit::Month, i32::try_from(halves.checked_mul(6)?).ok()?)
        }
        (Some(amount), unit) => (unit, i32::try_from(amount.whole()?).ok()?),
        (None, unit) => (unit, 1),
    };
    // Days and weeks are counted from a day; months and years from whatever was named.
    let fine = unit <= Unit::Week;
    let named = if fine { anchors.text } else { anchors.value.and_then(Edtf::last) };
    let rests = if named.is_some() { Rests::Text } else { Rests::Base };
    if let (Unit::Week, None, Some(named)) = (unit, fields.count, named) {
        // "the following week": the week, not the day a week on.
        return unit_of(named, Unit::Week, sign).map(|week| (week, rests));
    }
    let value = offset(named.unwrap_or(anchors.base), unit, sign * count, fields.working)?;
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

/// "the same day", "that year".
fn same(fields: &Fields, anchors: &Anchors) -> Option<(Edtf, Rests)> {
    let unit = fields.unit.unwrap_or(Unit::Day);
    let named = match unit {
        Unit::Day => anchors.text,
        _ => anchors.value.and_then(Edtf::last),
    };
    let rests = if named.is_some() { Rests::Text } else { Rests::Base };
    unit_of(named.unwrap_or(anchors.base), unit, 0).map(|value| (value, rests))
}

/// The last day a value may mean, where later expressions count from it.
pub(super) fn anchor_day(value: Edtf) -> Option<NaiveDate> {
    match value.extent {
        Extent::At(Point::Day(day)) => Some(day),
        Extent::Between(Point::Day(_), Point::Day(day)) => Some(day),
        _ => None,
    }
}
