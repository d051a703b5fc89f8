//! Time zones of outlets: minutes from UTC, and the rule by which summer time holds.
//!
//! In: rows of `data/lexicon/zones/`. Out: the calendar day somewhere at a moment. Today's rules of
//! summer time stand for all years.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, Utc, Weekday};
use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;

/// When clocks go forward and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Summer {
    /// Never.
    None,
    /// Last Sunday of March to last Sunday of October, 1:00 UTC.
    Europe,
    /// Second Sunday of March to first Sunday of November, 2:00 local time.
    America,
    /// First Sunday of October to first Sunday of April, 2:00 local time.
    Australia,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneRow {
    id: String,
    minutes: i32,
    summer: Summer,
}

impl Row for ZoneRow {
    const TABLE: &'static str = "zone";
    fn id(&self) -> &str {
        &self.id
    }
}

/// A time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    minutes: i32,
    summer: Summer,
}

/// The zones of a table, by name.
pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> BTreeMap<String, Zone> {
    table::<ZoneRow>(layers, "lexicon/zones/", faults)
        .into_iter()
        .map(|Located { row, .. }| (row.id, Zone { minutes: row.minutes, summer: row.summer }))
        .collect()
}

impl Zone {
    /// The day on the calendar there.
    pub fn day_at(self, moment: DateTime<Utc>) -> NaiveDate {
        let local = moment.naive_utc() + Duration::minutes(self.minutes.into());
        let year = local.year();
        let sunday =
            |month, nth| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, nth);
        let last = |month| sunday(month, 5).or_else(|| sunday(month, 4));
        let at = |day: Option<NaiveDate>, hour: i64| {
            day.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|start| start + Duration::hours(hour))
        };
        let utc = moment.naive_utc();
        let is_summer = match self.summer {
            Summer::None => false,
            Summer::Europe => {
                at(last(3), 1).is_some_and(|from| from <= utc)
                    && at(last(10), 1).is_some_and(|to| utc < to)
            }
            Summer::America => {
                at(sunday(3, 2), 2).is_some_and(|from| from <= local)
                    && at(sunday(11, 1), 1).is_some_and(|to| local < to)
            }
            Summer::Australia => {
                at(sunday(10, 1), 2).is_some_and(|from| from <= local)
                    || at(sunday(4, 1), 2).is_some_and(|to| local < to)
            }
        };
        let day = local.date();
        let late = is_summer && (local + Duration::hours(1)).date() != day;
        if late { day.checked_add_days(Days::new(1)).unwrap_or(day) } else { day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_depends_on_where_one_stands() {
        let hong_kong = Zone { minutes: 480, summer: Summer::None };
        let berlin = Zone { minutes: 60, summer: Summer::Europe };
        let new_york = Zone { minutes: -300, summer: Summer::America };
        let sydney = Zone { minutes: 600, summer: Summer::Australia };
        for (zone, moment, day) in [
            (hong_kong, "2026-07-03T22:30:00Z", "2026-07-04"),
            (berlin, "2026-07-03T22:30:00Z", "2026-07-04"),
            (berlin, "2026-01-03T22:30:00Z", "2026-01-03"),
            (new_york, "2026-07-04T04:30:00Z", "2026-07-04"),
            (new_york, "2026-01-04T04:30:00Z", "2026-01-03"),
            (sydney, "2026-01-03T13:30:00Z", "2026-01-04"),
            (sydney, "2026-07-03T13:30:00Z", "2026-07-03"),
        ] {
            let moment =
                DateTime::parse_from_rfc3339(moment).map(|m| m.to_utc()).unwrap_or_default();
            assert_eq!(zone.day_at(moment).to_string(), day);
        }
    }
}
