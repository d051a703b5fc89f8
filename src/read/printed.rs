//! Dates as pages print them beside a headline, in the languages of `lexicon/months/`.
//!
//! In: a short line. Out: the first whole day in it. `14/03/2026`, `14.3.26`, `2026-03-14`,
//! `March 14th, 2026`, `14 de marzo de 2026`, `2026年3月14日`. A day without a year is none.

use chrono::NaiveDate;

use crate::rules::Pages;

/// Which of day and month a numeric date puts first, where both readings are days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::DayFirst => Self::MonthFirst,
            Self::MonthFirst => Self::DayFirst,
        }
    }
}

/// Longest line that is looked at.
const LINE_CHARS_MAX: usize = 300;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Number(u32, usize),
    Month(u32),
    Mark(char),
    /// An ordinal ending or a word such as "de" between the parts of a date.
    Small,
    Word,
}

/// The first whole day a line prints.
pub(super) fn day(line: &str, order: Order, pages: &Pages) -> Option<NaiveDate> {
    let head: String = line.chars().take(LINE_CHARS_MAX).collect();
    let all = pieces(&head, pages);
    (0..all.len()).find_map(|from| day_at(&all, from, order))
}

fn pieces(line: &str, pages: &Pages) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() || c == ',' || c == '\u{200f}' || c == '\u{200e}' {
            continue;
        }
        if c.is_ascii_digit() {
            let (mut value, mut digits) = (c.to_digit(10).unwrap_or(0), 1);
            while let Some(d) = chars.peek().and_then(|c| c.to_digit(10)) {
                value = value.saturating_mul(10).saturating_add(d);
                digits += 1;
                chars.next();
            }
            all.push(Piece::Number(value, digits));
        } else if c.is_alphabetic() && !crate::rules::is_han(c) {
            let mut word: String = c.to_lowercase().collect();
            while let Some(c) = chars.peek().filter(|c| c.is_alphabetic()) {
                word.extend(c.to_lowercase());
                chars.next();
            }
            all.push(match pages.month(&word) {
                Some(month) => Piece::Month(month),
                None => match word.as_str() {
                    "t" => Piece::Mark('T'),
                    word if pages.is_inside_date(word) => Piece::Small,
                    _ => Piece::Word,
                },
            });
        } else {
            all.push(Piece::Mark(match c {
                '년' => '年',
                '월' => '月',
                c => c,
            }));
        }
    }
    all
}

fn day_at(all: &[Piece], from: usize, order: Order) -> Option<NaiveDate> {
    use Piece::{Mark, Month, Number};
    let solid = |i: usize| all.get(i);
    // 2026-03-14, 2026/3/14, 2026.03.14, 2026年3月14日
    if let (
        Some(Number(y, 4)),
        Some(Mark(a)),
        Some(Number(m, 1..=2)),
        Some(Mark(b)),
        Some(Number(d, 1..=2)),
    ) = (solid(from), solid(from + 1), solid(from + 2), solid(from + 3), solid(from + 4))
        && (matches!(a, '-' | '/' | '.' | '‑' | '–') && a == b || (*a, *b) == ('年', '月'))
    {
        return make(*y, *m, *d);
    }
    // 14/03/2026, 14.3.26, 3-14-2026
    if let (
        Some(Number(a, 1..=2)),
        Some(Mark(x)),
        Some(Number(b, 1..=2)),
        Some(Mark(y)),
        Some(Number(c, digits @ (2 | 4))),
    ) = (solid(from), solid(from + 1), solid(from + 2), solid(from + 3), solid(from + 4))
        && matches!(x, '-' | '/' | '.')
        && x == y
    {
        let year = if *digits == 2 { 2000 + c } else { *c };
        let (day_first, month_first) = (make(year, *b, *a), make(year, *a, *b));
        return if order == Order::DayFirst || *x == '.' {
            day_first.or(month_first)
        } else {
            month_first.or(day_first)
        };
    }
    // Numbers and a month, small words and dots between them.
    let loose: Vec<&Piece> = all
        .get(from..)?
        .iter()
        .filter(|piece| !matches!(piece, Piece::Small | Mark('.' | '\'' | '’' | '-' | '/' | '·')))
        .take(3)
        .collect();
    match loose.as_slice() {
        [Number(d, 1..=2), Month(m), Number(y, 4)] => make(*y, *m, *d),
        [Number(d, 1..=2), Month(m), Number(y, 2)] => make(2000 + y, *m, *d),
        [Month(m), Number(d, 1..=2), Number(y, 4)] => make(*y, *m, *d),
        [Number(y, 4), Month(m), Number(d, 1..=2)] => make(*y, *m, *d),
        _ => None,
    }
}

fn make(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1990..2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}
