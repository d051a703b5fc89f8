//! Days that move: lunar months, Easter, the fourth Thursday of November.
//!
//! In: the number a row of `data/lexicon/dates/` gives a holiday, and a year. Out: its day. Numbers:
//! `MMDD` of the solar calendar; `1MMNW` the N-th weekday W of month MM, 5 for the last; `2MMDD` of
//! the Chinese calendar, day 00 the eve; `3DDD` so many days after Good Friday plus two hundred;
//! `40000` Qingming.

use chrono::{Datelike, Days, NaiveDate};

/// First year of [`LUNAR_YEARS`], and its new year's day as month and day.
const LUNAR_FROM: (i32, u32, u32) = (1990, 1, 27);

/// Chinese years from 1990 on: bits 15 to 4 are set for months of 30 days, the last digit is the
/// leap month, bit 16 is set where that has 30 days.
const LUNAR_YEARS: [u32; 60] = [
    0x04af5, 0x04970, 0x064b0, 0x074a3, 0x0ea50, 0x06b58, 0x055c0, 0x0ab60, 0x096d5, 0x092e0,
    0x0c960, 0x0d954, 0x0d4a0, 0x0da50, 0x07552, 0x056a0, 0x0abb7, 0x025d0, 0x092d0, 0x0cab5,
    0x0a950, 0x0b4a0, 0x0baa4, 0x0ad50, 0x055d9, 0x04ba0, 0x0a5b0, 0x15176, 0x052b0, 0x0a930,
    0x07954, 0x06aa0, 0x0ad50, 0x05b52, 0x04b60, 0x0a6e6, 0x0a4e0, 0x0d260, 0x0ea65, 0x0d530,
    0x05aa0, 0x076a3, 0x096d0, 0x04afb, 0x04ad0, 0x0a4d0, 0x1d0b6, 0x0d250, 0x0d520, 0x0dd45,
    0x0b5a0, 0x056d0, 0x055b2, 0x049b0, 0x0a577, 0x0a4b0, 0x0aa50, 0x1b255, 0x06d20, 0x0ada0,
];

/// The day of a holiday in a year.
pub(super) fn day_of(number: u32, year: i32) -> Option<NaiveDate> {
    match number {
        101..=1231 => NaiveDate::from_ymd_opt(year, number / 100, number % 100),
        10_000..=19_999 => {
            let (month, nth, weekday) = (number / 100 % 100, number / 10 % 10, number % 10);
            nth_weekday(year, month, nth, weekday)
        }
        20_000..=29_999 => lunar_day(year, number / 100 % 100, number % 100),
        3_000..=3_999 => {
            good_friday(year)?.checked_add_signed(chrono::Duration::days(i64::from(number) - 3_200))
        }
        40_000 => {
            // The sun's longitude of 15°, by the rule of thumb for the years 2000 to 2099.
            let since = year.rem_euclid(100);
            let day = (since * 2_422 + 48_100) / 10_000 - since / 4;
            NaiveDate::from_ymd_opt(year, 4, u32::try_from(day).ok()?)
        }
        _ => None,
    }
}

/// The N-th weekday of a month; the last for 5.
pub(super) fn nth_weekday(year: i32, month: u32, nth: u32, weekday: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let ahead = (weekday + 7 - first.weekday().number_from_monday()) % 7;
    let day = first + Days::new(u64::from(ahead) + 7 * u64::from(nth.checked_sub(1)?));
    if day.month() == month {
        return Some(day);
    }
    (nth == 5).then(|| day - Days::new(7))
}

/// A day of the Chinese calendar; leap months are passed over, day 0 is the day before the first.
fn lunar_day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let (from, m, d) = LUNAR_FROM;
    let index = usize::try_from(year - from).ok()?;
    let code = *LUNAR_YEARS.get(index)?;
    let years = LUNAR_YEARS.get(..index)?;
    let before: u32 = years
        .iter()
        .map(|code| (1..=12).map(|m| month_days(*code, m)).sum::<u32>() + leap_days(*code))
        .sum();
    let within: u32 = (1..month.min(13))
        .map(|m| month_days(code, m) + if code & 15 == m { leap_days(code) } else { 0 })
        .sum();
    let start = NaiveDate::from_ymd_opt(from, m, d)?;
    let first = start + Days::new(u64::from(before + within));
    first.checked_add_signed(chrono::Duration::days(i64::from(day) - 1))
}

fn month_days(code: u32, month: u32) -> u32 {
    if code & (0x10000 >> month) == 0 { 29 } else { 30 }
}

fn leap_days(code: u32) -> u32 {
    match code & 15 {
        0 => 0,
        _ if code >> 16 == 1 => 30,
        _ => 29,
    }
}

/// The Friday before Easter of the Gregorian calendar.
fn good_friday(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15).rem_euclid(30);
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    let easter =
        NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    Some(easter - Days::new(2))
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn days_that_move() {
        for (number, year, day) in [
            (20_101, 2026, "2026-02-17"),
            (20_100, 2026, "2026-02-16"),
            (20_815, 2025, "2025-10-06"),
            (20_505, 2023, "2023-06-22"),
            (20_815, 2020, "2020-10-01"),
            (11_144, 2025, "2025-11-27"),
            (10_551, 2026, "2026-05-25"),
            (3_200, 2026, "2026-04-03"),
            (3_202, 2024, "2024-03-31"),
            (40_000, 2026, "2026-04-05"),
            (40_000, 2024, "2024-04-04"),
            (1_001, 2026, "2026-10-01"),
        ] {
            assert_eq!(day_of(number, year).map(|d| d.to_string()).as_deref(), Some(day));
        }
    }
}
