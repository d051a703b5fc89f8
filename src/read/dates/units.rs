//! Counting in units of the calendar.

use chrono::{Datelike, Duration, Months, NaiveDate};

use super::fields::{Amount, Fields, Unit};
use super::holiday::nth_weekday;
use crate::model::edtf::{Edtf, Point, week_of};

/// Farthest a count may reach, in units.
const COUNT_MAX: i32 = 10_000;

/// The unit that holds a day, shifted by so many of its kind.
pub(super) fn unit_of(day: NaiveDate, unit: Unit, shift: i32) -> Option<Edtf> {
    if shift.abs() > COUNT_MAX {
        return None;
    }
    match unit {
        Unit::Day => day.checked_add_signed(Duration::days(shift.into())).map(Edtf::day),
        Unit::Week => day.checked_add_signed(Duration::weeks(shift.into())).map(week_of),
        Unit::Month => {
            let (y, m) = add_months(day.year(), day.month(), shift);
            Some(Edtf::at(Point::Month(y, m)))
        }
        Unit::Quarter => {
            let (y, m) = add_months(day.year(), day.month(), shift * 3);
            Some(Edtf::at(Point::Part(y, 33 + (m - 1) / 3)))
        }
        Unit::Year => year(day.year() + shift),
        Unit::Decade => {
            let decade = (day.year() + shift * 10).div_euclid(10) * 10;
            Some(Edtf::between(Point::Year(decade), Point::Year(decade + 9)))
        }
        Unit::Century => {
            let century = (day.year() + shift * 100).div_euclid(100) * 100;
            (century > 0).then(|| Edtf::between(Point::Year(century), Point::Year(century + 99)))
        }
        Unit::Hour | Unit::Minute | Unit::Second => None,
    }
}

fn year(year: i32) -> Option<Edtf> {
    (1..=9999).contains(&year).then(|| Edtf::at(Point::Year(year)))
}

/// Counted units keep the precision of the unit: two months ago is a month. Years with a half are
/// given as halves and make a month.
pub(super) fn offset(from: NaiveDate, unit: Unit, count: i32, working: bool) -> Option<Edtf> {
    if count.abs() > COUNT_MAX {
        return None;
    }
    match unit {
        Unit::Day if working => working_day(from, count).map(Edtf::day),
        Unit::Week => {
            from.checked_add_signed(Duration::weeks(count.into())).map(|day| Edtf::day(day).about())
        }
        Unit::Hour | Unit::Minute | Unit::Second => Some(Edtf::day(from)),
        _ => unit_of(from, unit, count),
    }
}

/// So many days on, Saturdays and Sundays not counted.
fn working_day(from: NaiveDate, count: i32) -> Option<NaiveDate> {
    let mut day = from;
    let mut left = count.abs().min(400);
    while left > 0 {
        day = if count < 0 { day.pred_opt()? } else { day.succ_opt()? };
        left -= i32::from(day.weekday().number_from_monday() <= 5);
    }
    Some(day)
}

/// The day so many units away, to the day.
pub(super) fn away(from: NaiveDate, unit: Unit, halves: u32, back: bool) -> Option<NaiveDate> {
    if halves > 2 * COUNT_MAX as u32 {
        return None;
    }
    let months = |each: u32| {
        let months = Months::new(halves * each / 2);
        let rest = if (halves * each) % 2 == 1 { 15 } else { 0 };
        if back {
            from.checked_sub_months(months)?.checked_sub_signed(Duration::days(rest))
        } else {
            from.checked_add_months(months)?.checked_add_signed(Duration::days(rest))
        }
    };
    let days = |each: i64| {
        let days = i64::from(halves) * each / 2;
        from.checked_add_signed(Duration::days(if back { -days } else { days }))
    };
    match unit {
        Unit::Second => days(0),
        Unit::Minute => from.checked_add_signed(Duration::days(i64::from(halves) / 2880)),
        Unit::Hour => days_of_hours(from, halves, back),
        Unit::Day => days(1),
        Unit::Week => days(7),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
        Unit::Decade => months(120),
        Unit::Century => months(1200),
    }
}

fn days_of_hours(from: NaiveDate, halves: u32, back: bool) -> Option<NaiveDate> {
    let days = i64::from(halves / 48);
    from.checked_add_signed(Duration::days(if back { -days } else { days }))
}

/// "the first week", "the last Monday", 第三天 of an interval of days.
pub(super) fn nth(fields: &Fields, first: NaiveDate, last: NaiveDate) -> Option<Edtf> {
    let ordinal = fields.ordinal?;
    if let Some(weekday) = fields.weekday {
        let nth = if ordinal < 0 { 5 } else { u32::try_from(ordinal).ok()? };
        let month = if ordinal < 0 { last } else { first };
        return nth_weekday(month.year(), month.month(), nth, weekday).map(Edtf::day);
    }
    part(fields.unit?, ordinal, 1, first, last)
}

/// "the first two months", 前三季度 of an interval of days.
pub(super) fn run(fields: &Fields, first: NaiveDate, last: NaiveDate) -> Option<Edtf> {
    let count = fields.count.and_then(Amount::whole).and_then(|n| i32::try_from(n).ok())?;
    part(fields.unit?, fields.ordinal?, count, first, last)
}

/// So many units from the `ordinal`-th on, or the last ones where it is below 0.
fn part(unit: Unit, ordinal: i32, count: i32, first: NaiveDate, last: NaiveDate) -> Option<Edtf> {
    if !(1..=400).contains(&count) || ordinal == 0 || ordinal.abs() > 400 {
        return None;
    }
    let steps = ordinal - 1;
    let value = match unit {
        Unit::Day => {
            let (from, to) = if ordinal > 0 {
                let from = first.checked_add_signed(Duration::days(steps.into()))?;
                (from, from.checked_add_signed(Duration::days(i64::from(count) - 1))?)
            } else {
                (last.checked_sub_signed(Duration::days(i64::from(count) - 1))?, last)
            };
            Edtf::between(Point::Day(from), Point::Day(to))
        }
        Unit::Week => {
            // Whole weeks, Monday first.
            let (from, to) = if ordinal > 0 {
                let ahead = (8 - first.weekday().number_from_monday()) % 7;
                let monday = first.checked_add_signed(Duration::days(ahead.into()))?;
                let from = monday.checked_add_signed(Duration::weeks(steps.into()))?;
                (from, from.checked_add_signed(Duration::days(i64::from(count) * 7 - 1))?)
            } else {
                let back = last.weekday().number_from_monday() % 7;
                let sunday = last.checked_sub_signed(Duration::days(back.into()))?;
                (sunday.checked_sub_signed(Duration::days(i64::from(count) * 7 - 1))?, sunday)
            };
            Edtf::between(Point::Day(from), Point::Day(to))
        }
        Unit::Month | Unit::Quarter => {
            let each = if unit == Unit::Month { 1 } else { 3 };
            let (y, m) = if ordinal > 0 {
                add_months(first.year(), first.month(), steps * each)
            } else {
                add_months(last.year(), last.month(), 1 - count * each)
            };
            let (z, n) = add_months(y, m, count * each - 1);
            match (unit, count) {
                (Unit::Quarter, 1) => Edtf::at(Point::Part(y, 33 + (m - 1) / 3)),
                // The last three months of a year are its fourth quarter.
                (Unit::Month, 3) if m % 3 == 1 => Edtf::at(Point::Part(y, 33 + (m - 1) / 3)),
                _ => Edtf::between(Point::Month(y, m), Point::Month(z, n)),
            }
        }
        Unit::Year => {
            let (from, to) = if ordinal > 0 {
                (first.year() + steps, first.year() + steps + count - 1)
            } else {
                (last.year() - count + 1, last.year())
            };
            Edtf::between(Point::Year(from), Point::Year(to))
        }
        _ => return None,
    };
    // A week belongs where its Monday falls.
    let end = if unit == Unit::Week { value.first()? } else { value.last()? };
    let fits = value.first()? >= first && end <= last;
    fits.then_some(value)
}

/// The month so many months on.
pub(super) fn add_months(year: i32, month: u32, shift: i32) -> (i32, u32) {
    let months = year * 12 + month as i32 - 1 + shift;
    (months.div_euclid(12), months.rem_euclid(12) as u32 + 1)
}
