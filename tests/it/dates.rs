//! What holds of every expression of time, whatever the text and the day of publication.

use casebook::model::finding::Noted;
use casebook::model::reading::Reading;
use casebook::read::read;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases::{capture, rules};

/// Words of time and of none, in both scripts.
const WORDS: &[&str] = &[
    "July",
    "10",
    "2026",
    "2025-03-31",
    "10th",
    "on",
    "of",
    "the",
    "last",
    "next",
    "week",
    "month",
    "year",
    "two",
    "a couple of",
    "days",
    "ago",
    "later",
    "before",
    "after",
    "since",
    "by the end of",
    "early",
    "mid-",
    "Tuesday",
    "morning",
    "8am",
    "9:30",
    "Q3",
    "the first half",
    "spring",
    "Christmas",
    "between",
    "and",
    "that day",
    "said",
    "will",
    "was banned",
    "may",
    "now",
    ",",
    ".",
    "(",
    "\"",
    "99999",
    "0",
    "31",
    "13/07/2026",
    "1990s",
    "7月10日",
    "去年",
    "上个月",
    "本周二",
    "四季度",
    "底",
    "初",
    "之前",
    "自",
    "起",
    "至",
    "三天",
    "后",
    "二〇二六年",
    "春节",
    "近日",
    "下午",
    "3点",
    "的",
    "，",
    "。",
    "第一",
    "个",
    "周",
];

fn read_on(day: NaiveDate, text: &str) -> Noted<Reading> {
    let fetched = day.and_hms_opt(9, 0, 0).unwrap().and_utc();
    read(
        &capture("https://docket.example/1", "text/plain", fetched, text.as_bytes()),
        text.as_bytes(),
        rules(),
    )
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..20_000).prop_map(|n| NaiveDate::from_ymd_opt(1985, 1, 1).unwrap() + Days::new(n))
}

fn text() -> impl Strategy<Value = String> {
    let tail =
        " The company has said nothing about any of it so far, and nobody else has spoken either.";
    prop::collection::vec(select(WORDS), 1..40).prop_map(move |words| words.join(" ") + tail)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_interval_ends_before_it_begins(text in text(), day in day()) {
        let reading = read_on(day, &text).value;
        for date in &reading.dates {
            prop_assert!(date.value.first().is_none_or(|f| date.value.last().is_none_or(|l| f <= l)), "{date:?}");
            prop_assert!(date.days.first.is_none_or(|f| date.days.last.is_none_or(|l| f <= l)), "{date:?}");
            prop_assert!(!date.timex.is_empty());
        }
        for time in &reading.times {
            prop_assert!(!time.timex.is_empty());
            let days = time.days;
            prop_assert!(days.is_none_or(|d| d.first.is_none_or(|f| d.last.is_none_or(|l| f <= l))), "{time:?}");
        }
    }

    #[test]
    fn a_value_is_a_function_of_text_and_day(text in text(), day in day()) {
        let (one, two) = (read_on(day, &text).value, read_on(day, &text).value);
        prop_assert_eq!(one.dates, two.dates);
        prop_assert_eq!(one.times, two.times);
    }

    #[test]
    fn events_rest_on_dates_of_their_clause(text in text(), day in day()) {
        let reading = read_on(day, &text).value;
        for event in &reading.events {
            let date = event.expr.and_then(|at| reading.dates.get(at as usize));
            // What no word dates is marked as approximate.
            prop_assert!(
                date.map_or(event.date.approximate, |date| event.span.holds(date.span)),
                "{event:?}"
            );
        }
    }
}
