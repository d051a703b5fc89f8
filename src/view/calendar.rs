//! Dates as people write them, in English and in Chinese, never more precise than they are.

use chrono::{Datelike, NaiveDate};

use crate::model::date::Modifier;
use crate::model::edtf::{Edtf, Extent, Point};
use crate::model::source::Language;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month.
pub fn month(number: u32) -> &'static str {
    number.checked_sub(1).and_then(|i| MONTHS.get(i as usize)).copied().unwrap_or("")
}

/// The name of a month on an axis: "Jul", "7月".
pub fn month_short(language: &Language, number: u32) -> String {
    match language {
        Language::Zh => format!("{number}月"),
        _ => month(number).get(..3).unwrap_or("").to_string(),
    }
}

/// "10 July 2026", "2026年7月10日".
pub fn day(language: &Language, day: NaiveDate) -> String {
    match language {
        Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        _ => format!("{} {} {}", day.day(), month(day.month()), day.year()),
    }
}

/// "July 2026", "2026年7月".
pub fn month_of(language: &Language, year: i32, number: u32) -> String {
    match language {
        Language::Zh => format!("{year}年{number}月"),
        _ => format!("{} {year}", month(number)),
    }
}

fn point(language: &Language, point: Point) -> String {
    let chinese = *language == Language::Zh;
    match point {
        Point::Year(year) if chinese => format!("{year}年"),
        Point::Year(year) => year.to_string(),
        Point::Month(year, number) => month_of(language, year, number),
        Point::Day(at) => day(language, at),
        Point::Part(year, part) => {
            let (english, name) = match part {
                21 => ("spring", "春季"),
                22 => ("summer", "夏季"),
                23 => ("autumn", "秋季"),
                24 => ("winter", "冬季"),
                33 => ("first quarter of", "第一季度"),
                34 => ("second quarter of", "第二季度"),
                35 => ("third quarter of", "第三季度"),
                _ => ("fourth quarter of", "第四季度"),
            };
            if chinese { format!("{year}年{name}") } else { format!("{english} {year}") }
        }
    }
}

/// A date with its precision in words: "June 2026", "about 3 July 2026", "29 June – 5 July 2026".
pub fn date(language: &Language, date: Edtf) -> String {
    part_of_date(language, date, None)
}

/// A date in words, with the part of it the source names: "early 2026", "2026年3月底".
pub fn part_of_date(language: &Language, date: Edtf, modifier: Option<Modifier>) -> String {
    match language {
        Language::Zh => chinese(date, modifier),
        _ => english(date, modifier),
    }
}

fn english(date: Edtf, modifier: Option<Modifier>) -> String {
    let en = &Language::En;
    let about = match (modifier, date.approximate) {
        (Some(Modifier::Start), true) => "early ",
        (Some(Modifier::Mid), true) => "mid-",
        (Some(Modifier::End), true) => "late ",
        (Some(Modifier::Start), false) => "start of ",
        (Some(Modifier::Mid), false) => "middle of ",
        (Some(Modifier::End), false) => "end of ",
        (_, true) => "about ",
        (_, false) => "",
    };
    let unsure = if date.uncertain { " (uncertain)" } else { "" };
    let text = match date.extent {
        Extent::At(p) => point(en, p),
        Extent::Until(p) => format!("not after {}", point(en, p)),
        Extent::Since(p) => format!("since {}", point(en, p)),
        Extent::Between(Point::Day(a), Point::Day(b))
            if a.year() == b.year() && a.month() == b.month() =>
        {
            format!("{}–{} {} {}", a.day(), b.day(), month(b.month()), b.year())
        }
        Extent::Between(Point::Day(a), Point::Day(b)) if a.year() == b.year() => {
            format!("{} {} – {}", a.day(), month(a.month()), day(en, b))
        }
        Extent::Between(Point::Month(y, a), Point::Month(z, b)) if y == z => {
            format!("{} – {} {y}", month(a), month(b))
        }
        Extent::Between(a, b) => format!("{} – {}", point(en, a), point(en, b)),
    };
    format!("{about}{text}{unsure}")
}

fn chinese(date: Edtf, modifier: Option<Modifier>) -> String {
    let zh = &Language::Zh;
    let part = match modifier {
        Some(Modifier::Start) => "初",
        Some(Modifier::Mid) => "中旬",
        Some(Modifier::End) => "底",
        _ => "",
    };
    let about = if date.approximate && part.is_empty() { "约" } else { "" };
    let unsure = if date.uncertain { "（未确定）" } else { "" };
    let text = match date.extent {
        // The middle of a year has no word of ten days.
        Extent::At(p @ Point::Year(_)) if part == "中旬" => format!("{}中", point(zh, p)),
        Extent::At(p) => format!("{}{part}", point(zh, p)),
        Extent::Until(p) => format!("不晚于{}", point(zh, p)),
        Extent::Since(p) => format!("{}起", point(zh, p)),
        Extent::Between(Point::Day(a), Point::Day(b))
            if a.year() == b.year() && a.month() == b.month() =>
        {
            format!("{}年{}月{}日至{}日", a.year(), a.month(), a.day(), b.day())
        }
        Extent::Between(Point::Day(a), Point::Day(b)) if a.year() == b.year() => {
            format!("{}至{}月{}日", day(zh, a), b.month(), b.day())
        }
        Extent::Between(Point::Month(y, a), Point::Month(z, b)) if y == z => {
            format!("{y}年{a}月至{b}月")
        }
        Extent::Between(a, b) => format!("{}至{}", point(zh, a), point(zh, b)),
    };
    format!("{about}{text}{unsure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: &Language, value: &str, modifier: Option<Modifier>) -> String {
        Edtf::parse(value).map(|date| part_of_date(language, date, modifier)).unwrap_or_default()
    }

    #[test]
    fn parts_of_dates_are_named_as_the_source_names_them() {
        for (value, modifier, en, zh) in [
            ("2026~", Modifier::Start, "early 2026", "2026年初"),
            ("2026-08~", Modifier::Mid, "mid-August 2026", "2026年8月中旬"),
            ("2026~", Modifier::Mid, "mid-2026", "2026年中"),
            ("2026-03", Modifier::End, "end of March 2026", "2026年3月底"),
            ("2026-07-10", Modifier::Since, "10 July 2026", "2026年7月10日"),
            ("2026-07-10~", Modifier::About, "about 10 July 2026", "约2026年7月10日"),
        ] {
            assert_eq!(said(&Language::En, value, Some(modifier)), en);
            assert_eq!(said(&Language::Zh, value, Some(modifier)), zh);
        }
    }

    #[test]
    fn dates_read_as_people_write_them() {
        for (value, en, zh) in [
            ("2026-07-10", "10 July 2026", "2026年7月10日"),
            ("2026-06", "June 2026", "2026年6月"),
            ("2026-07-03~", "about 3 July 2026", "约2026年7月3日"),
            ("2026-06-29/2026-07-05", "29 June – 5 July 2026", "2026年6月29日至7月5日"),
            ("2025-03-01/2025-03-09", "1–9 March 2025", "2025年3月1日至9日"),
            ("../2026-07-03", "not after 3 July 2026", "不晚于2026年7月3日"),
            ("2025-02-03/..", "since 3 February 2025", "2025年2月3日起"),
            ("2026-34", "second quarter of 2026", "2026年第二季度"),
            ("2025-21", "spring 2025", "2025年春季"),
            ("2025-07/2025-12", "July – December 2025", "2025年7月至12月"),
            ("2025-12/2026-02", "December 2025 – February 2026", "2025年12月至2026年2月"),
        ] {
            assert_eq!(said(&Language::En, value, None), en);
            assert_eq!(said(&Language::Zh, value, None), zh);
        }
    }
}
