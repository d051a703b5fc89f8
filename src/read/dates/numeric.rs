//! Dates and times written in digits alone: 2026.07.10, 20260710, 5/3/2026, 9:30, 8am, 1990s.
//!
//! In: tokens. Out: how many tokens, and the numbers. Reading digits is no matter of words, so no
//! row of `data/` stands behind it.

use chrono::NaiveDate;

use super::fields::Fields;
use crate::read::scan::Scan;
use crate::rules::{DateForm, Shape};

/// Something written in digits.
pub(super) struct Numeric {
    /// Number of tokens.
    pub len: usize,
    pub form: DateForm,
    pub fields: Fields,
}

/// Reads what starts at a token and ends before `limit`.
pub(super) fn at(scan: &Scan<'_>, index: usize, limit: usize) -> Option<Numeric> {
    let token = scan.at(index);
    let letters = scan.letters(index);
    if !matches!(token.shape, Shape::Number | Shape::Mixed)
        || !letters.starts_with(|c: char| c.is_ascii_digit())
        || index > 0 && !token.spaced && joins_before(scan, index - 1)
    {
        return None;
    }
    if token.shape == Shape::Mixed {
        return decade(letters).or_else(|| hour_with_letters(letters));
    }
    match letters.len() {
        8 if !letters.contains(['.', ',']) => eight(letters),
        8..=10 if letters.matches('.').count() == 2 => dotted(letters),
        1 | 2 | 4 => separated(scan, index, limit)
            .or_else(|| month_day(scan, index, limit))
            .or_else(|| clock(scan, index, limit)),
        _ => None,
    }
}

/// A digit glued to what stands before it is part of a code or of a longer number.
fn joins_before(scan: &Scan<'_>, before: usize) -> bool {
    let letters = scan.letters(before);
    !scan.at(before).spaced && matches!(letters, "/" | "." | ":" | "$" | "#" | "£" | "€" | "+")
        || matches!(letters, "$" | "#" | "£" | "€")
}

fn value(letters: &str) -> Option<u32> {
    (!letters.is_empty() && letters.bytes().all(|b| b.is_ascii_digit()))
        .then(|| letters.parse().ok())
        .flatten()
}

fn day(year: u32, month: u32, day: u32) -> Option<Fields> {
    let year = i32::try_from(year).ok().filter(|y| (1000..2100).contains(y))?;
    NaiveDate::from_ymd_opt(year, month, day)?;
    Some(Fields { year: Some(year), month: Some(month), day: Some(day), ..Fields::default() })
}

fn sure(len: usize, form: DateForm, fields: Fields) -> Numeric {
    Numeric { len, form, fields }
}

/// 20260710
fn eight(letters: &str) -> Option<Numeric> {
    let part = |range| letters.get(range).and_then(value);
    let year = part(0..4).filter(|y| (1990..2100).contains(y))?;
    day(year, part(4..6)?, part(6..8)?).map(|fields| sure(1, DateForm::Day, fields))
}

/// 2026.07.10 and 10.07.2026
fn dotted(letters: &str) -> Option<Numeric> {
    let parts: Vec<&str> = letters.split('.').collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (x, y, z) = (value(a)?, value(b)?, value(c)?);
    let fields = match (a.len(), c.len()) {
        (4, _) => day(x, y, z)?,
        (_, 4) => day(z, y, x)?,
        _ => return None,
    };
    Some(sure(1, DateForm::Day, fields))
}

/// 13/7/2026, 7-13-2026 and 7/13/26; nothing where day and month could change places.
fn separated(scan: &Scan<'_>, index: usize, limit: usize) -> Option<Numeric> {
    if index + 5 > limit || (index + 1..index + 5).any(|i| scan.at(i).spaced) {
        return None;
    }
    let mark = scan.letters(index + 1);
    if !matches!(mark, "/" | "-") || scan.letters(index + 3) != mark {
        return None;
    }
    let (a, b, c) = (scan.letters(index), scan.letters(index + 2), scan.letters(index + 4));
    let (x, y, z) = (value(a)?, value(b)?, value(c)?);
    let slash = mark == "/";
    let year = match (a.len(), c.len()) {
        (4, 1..=2) => return day(x, y, z).map(|f| sure(5, DateForm::Day, f)),
        (1..=2, 4) => z,
        (1..=2, 2) if slash => 2000 + z,
        _ => return None,
    };
    let (month_first, day_first) = (day(year, x, y), day(year, y, x));
    if month_first.is_some() && day_first.is_some() && x != y {
        return None;
    }
    month_first.or(day_first).map(|fields| sure(5, DateForm::Day, fields))
}

/// 09-01: two digits each, one of them with a nought, and nothing glued to it.
fn month_day(scan: &Scan<'_>, index: usize, limit: usize) -> Option<Numeric> {
    let (a, b) = (scan.letters(index), scan.letters(index + 2));
    let glued = (index + 1..index + 3).all(|i| i < limit && !scan.at(i).spaced);
    let alone = index + 3 >= limit || scan.at(index + 3).spaced;
    let padded = a.len() == 2 && b.len() == 2 && (a.starts_with('0') || b.starts_with('0'));
    if !glued || !alone || !padded || scan.letters(index + 1) != "-" {
        return None;
    }
    let (month, date) = (value(a)?, value(b)?);
    NaiveDate::from_ymd_opt(2024, month, date)?;
    let fields = Fields { month: Some(month), day: Some(date), ..Fields::default() };
    Some(sure(3, DateForm::Day, fields))
}

/// 9:30, 17:55:23, 6:42 p.m.
fn clock(scan: &Scan<'_>, index: usize, limit: usize) -> Option<Numeric> {
    let colon = |i: usize| i < limit && !scan.at(i).spaced && matches!(scan.letters(i), ":" | "：");
    let hour = value(scan.letters(index)).filter(|h| *h <= 24)?;
    if !colon(index + 1) || index + 2 >= limit || scan.at(index + 2).spaced {
        return None;
    }
    let letters = scan.letters(index + 2);
    let bare = letters.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let minute = value(bare).filter(|m| *m < 60 && bare.len() == 2)?;
    let mut len = 3;
    if colon(index + 3) && index + 4 < limit {
        let second = scan.letters(index + 4);
        let digits = second.get(..2).and_then(value);
        if digits.is_some_and(|s| s < 60) {
            len = 5;
        }
    }
    let mut fields = Fields { hour: Some(hour), minute: Some(minute), ..Fields::default() };
    fields.afternoon = letters.get(bare.len()..).and_then(half_of_day);
    if fields.afternoon.is_none() && index + len < limit {
        fields.afternoon = half_of_day(scan.letters(index + len));
        if fields.afternoon.is_some() {
            len += 1;
            let dotted = scan.letters(index + len - 1).contains('.');
            let stop = index + len < limit && !scan.at(index + len).spaced;
            len += usize::from(dotted && stop && scan.letters(index + len) == ".");
        }
    }
    Some(sure(len, DateForm::Clock, fields))
}

fn half_of_day(letters: &str) -> Option<bool> {
    match letters.to_ascii_lowercase().as_str() {
        "am" | "a.m" | "a.m." => Some(false),
        "pm" | "p.m" | "p.m." => Some(true),
        _ => None,
    }
}

/// 8am
fn hour_with_letters(letters: &str) -> Option<Numeric> {
    let bare = letters.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let hour = value(bare).filter(|h| (1..=12).contains(h) && bare.len() <= 2)?;
    let afternoon = letters.get(bare.len()..).and_then(half_of_day)?;
    let fields = Fields { hour: Some(hour), afternoon: Some(afternoon), ..Fields::default() };
    Some(sure(1, DateForm::Clock, fields))
}

/// 1990s
fn decade(letters: &str) -> Option<Numeric> {
    let year = letters.strip_suffix(['s', 'S']).filter(|y| y.len() == 4).and_then(value)?;
    let sound = year % 10 == 0 && (1000..2100).contains(&year);
    let fields = Fields { year: i32::try_from(year).ok(), ..Fields::default() };
    sound.then(|| sure(1, DateForm::Decade, fields))
}
