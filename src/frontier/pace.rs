//! When to come back: after a failure, and after a page that changed or did not.
//!
//! In: how often something failed, how long it stood unchanged. Out: lengths of time. What holds: a
//! wait only grows up to its limit; two hosts that failed together do not come back together.

use chrono::TimeDelta;

use crate::model::crawl::Role;
use crate::model::id::Key;

/// First wait after a failure.
const BACKOFF_MS: i64 = 1_000;
/// Longest wait after failures while the host still counts as alive.
const BACKOFF_MS_MAX: i64 = 10 * 60 * 1_000;
/// Failures in a row after which a host is left alone.
pub(super) const FAILURES_MAX: u32 = 5;
/// First and longest time a host is left alone.
const REST_MINUTES: i64 = 15;
const REST_MINUTES_MAX: i64 = 24 * 60;
/// Longest wait a server can ask for.
const RETRY_AFTER_MAX: TimeDelta = TimeDelta::hours(24);

/// The wait after so many failures in a row, 1 and up; `seed` spreads it by a quarter either way.
pub fn backoff(failures: u32, seed: &str) -> TimeDelta {
    let doubled = BACKOFF_MS.saturating_mul(1 << failures.saturating_sub(1).min(20));
    spread(doubled.min(BACKOFF_MS_MAX), failures, seed)
}

/// How long a host is left alone after so many failures in a row, [`FAILURES_MAX`] and up.
pub fn rest(failures: u32, seed: &str) -> TimeDelta {
    let doubled = REST_MINUTES << failures.saturating_sub(FAILURES_MAX).min(10);
    spread(doubled.min(REST_MINUTES_MAX) * 60_000, failures, seed)
}

fn spread(ms: i64, failures: u32, seed: &str) -> TimeDelta {
    let key = Key::<()>::of(&["backoff", seed, &failures.to_string()]).to_string();
    let part = key.get(..4).and_then(|hex| i64::from_str_radix(hex, 16).ok()).unwrap_or(0);
    // From 3/4 to 5/4.
    TimeDelta::milliseconds(ms * 3 / 4 + ms / 2 * part / 0xffff)
}

/// The wait a server asks for, within bounds.
pub fn asked(retry_after: TimeDelta) -> TimeDelta {
    retry_after.clamp(TimeDelta::zero(), RETRY_AFTER_MAX)
}

/// Shortest, first and longest time between two visits of one address, in minutes.
fn bounds(role: Role) -> (i64, i64, i64) {
    const HOUR: i64 = 60;
    const DAY: i64 = 24 * HOUR;
    match role {
        Role::Feed | Role::Home => (15, HOUR, 2 * DAY),
        Role::Sitemap | Role::Section => (30, 2 * HOUR, 4 * DAY),
        Role::Robots | Role::Reservation => (DAY, DAY, DAY),
        // Articles are mended in their first days, and seldom later.
        Role::Page => (12 * HOUR, DAY, 180 * DAY),
    }
}

/// Time until the next visit: halved where something had changed, doubled where nothing had.
pub fn revisit(role: Role, last: Option<TimeDelta>, changed: bool) -> TimeDelta {
    let (least, first, most) = bounds(role);
    let minutes = match last {
        None => first,
        Some(last) if changed => last.num_minutes() / 2,
        Some(last) => last.num_minutes().saturating_mul(2),
    };
    TimeDelta::minutes(minutes.clamp(least, most))
}

/// Time until something that was gone, or kept failing, is tried again.
pub fn retry(failures: u32) -> TimeDelta {
    TimeDelta::days(1 << failures.min(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_differ_between_hosts() {
        let seconds = |n| backoff(n, "a.example").num_milliseconds() as f64 / 1000.0;
        for n in 1..12 {
            let middle = f64::from(1u32 << (n - 1)).min(600.0);
            assert!((0.74 * middle..1.26 * middle).contains(&seconds(n)), "{n}: {}", seconds(n));
        }
        assert_ne!(backoff(3, "a.example"), backoff(3, "b.example"));
        assert!(rest(200, "a.example") <= TimeDelta::hours(30));
    }

    #[test]
    fn what_changes_is_visited_more_often() {
        let day = TimeDelta::days(1);
        assert_eq!(revisit(Role::Page, None, true), day);
        assert_eq!(revisit(Role::Page, Some(day), false), TimeDelta::days(2));
        assert_eq!(revisit(Role::Page, Some(day), true), TimeDelta::hours(12));
        assert_eq!(revisit(Role::Page, Some(TimeDelta::days(170)), false), TimeDelta::days(180));
        assert_eq!(revisit(Role::Feed, Some(TimeDelta::minutes(20)), true), TimeDelta::minutes(15));
    }
}
