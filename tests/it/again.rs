//! Resolving again and again, with what was remembered of the time before, gives what resolving once gives.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use casebook::corpus::{Memory, Sketch, resolve, resolve_again};
use casebook::model::reading::Reading;
use casebook::rules::Rules;
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use crate::cases::rules;
use crate::desk::page;
use crate::properties::{config, read_as, sample};

/// Sample pages, and pages of one crowded quarrel, of some of them a second version; captured one after another.
fn readings() -> &'static [Reading] {
    static READINGS: OnceLock<Vec<Reading>> = OnceLock::new();
    READINGS.get_or_init(|| {
        let url = |number: usize| format!("https://docket.example/{}", number % 20);
        let crowd =
            (0..26).map(|number| read_as("text/html", &url(number), page(number).as_bytes()).value);
        let mut readings: Vec<Reading> = sample().iter().cloned().chain(crowd).collect();
        for (at, reading) in readings.iter_mut().enumerate() {
            // Not in the order of their days.
            reading.article.fetched += TimeDelta::hours((at * 7 % 40) as i64);
            reading.article.seen = reading.article.fetched;
        }
        readings
    })
}

/// Rules by which few articles have as many neighbours, and tell as little of what is rare, as thousands do else.
fn narrow() -> Rules {
    let mut rules = rules().clone();
    let t = &mut rules.thresholds;
    (t.counted_least, t.counted_steps, t.neighbours) = (4.0, 2.0, 3.0);
    (t.telling_terms, t.crowd_least, t.crowd_most) = (12.0, 2.0, 10.0);
    rules
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn articles_that_come_and_go_leave_what_all_of_them_give(
        turns in prop::collection::vec(prop::collection::btree_set(0..40usize, 0..5), 7),
        first in prop::collection::btree_set(0..40usize, 20..36),
    ) {
        let (rules, day) = (narrow(), NaiveDate::from_ymd_opt(2026, 8, 1).unwrap());
        let sketched: Vec<_> = readings()
            .iter()
            .map(|reading| (Arc::new(reading.clone()), Arc::new(Sketch::of(reading, &rules))))
            .collect();
        let mut memory = Memory::default();
        let mut there: BTreeSet<usize> = first;
        for turn in turns {
            there = there.symmetric_difference(&turn).copied().collect();
            let known = there.iter().map(|at| sketched[*at].clone()).collect();
            let again = resolve_again(known, &rules, day, &mut memory);
            let all = there.iter().map(|at| readings()[*at].clone()).collect();
            let anew = resolve(all, &rules, day);
            // Two names of one party are equal; here nothing may differ.
            prop_assert!(format!("{again:?}") == format!("{anew:?}"), "{there:?}");
        }
    }
}
