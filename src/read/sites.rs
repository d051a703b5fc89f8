//! What an address says by itself: its host, and the day in its path.

use chrono::NaiveDate;

use crate::model::article::{Article, Published};
use crate::rules::Rules;

/// The host of an address, without `www.`.
pub(super) fn host_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// The address of the page itself where it is that of a copy in an archive.
pub(super) fn unarchived(address: &str) -> &str {
    let inner =
        ["http://", "https://"].into_iter().filter_map(|scheme| address.rfind(scheme)).max();
    let Some(at) = inner.filter(|at| *at > 0) else { return address };
    let before = address.get(..at).unwrap_or("").trim_end_matches('/');
    // `/web/20260704120000/https://…`
    let stamp =
        before.rsplit('/').next().unwrap_or("").trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_copy = stamp.len() == 14 && stamp.bytes().all(|byte| byte.is_ascii_digit());
    if is_copy { address.get(at..).unwrap_or(address) } else { address }
}

/// The day a path holds: `/2026/07/04/`, `/2026-07-04-…`, `/20260704…`, `/2026/0704/`,
/// `/2026/07/260704-…`.
pub(super) fn day_in(address: &str) -> Option<NaiveDate> {
    let address = unarchived(address);
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or("");
    if let Some(day) = day_by_name(path) {
        return Some(day);
    }
    let runs: Vec<(usize, &str)> = digit_runs(path);
    let make = |y: &str, m: &str, d: &str| {
        let (y, m, d) = (y.parse().ok()?, m.parse().ok()?, d.parse().ok()?);
        (1995..2100).contains(&y).then(|| NaiveDate::from_ymd_opt(y, m, d)).flatten()
    };
    for (i, (at, run)) in runs.iter().enumerate() {
        let follows = |j: usize, from: usize, len: usize| {
            runs.get(j).filter(|(next, _)| *next == from + len + 1).copied()
        };
        let day = match run.len() {
            4 => follows(i + 1, *at, 4).and_then(|(month_at, month)| match month.len() {
                1 | 2 => {
                    follows(i + 2, month_at, month.len()).and_then(|(at, day)| match day.len() {
                        1 | 2 if is_whole(path, at + day.len(), day.len()) => make(run, month, day),
                        6 if day.get(..2) == run.get(2..) && day.get(2..4) == Some(month) => {
                            make(run, month, day.get(4..)?)
                        }
                        _ => None,
                    })
                }
                4 => make(run, month.get(..2)?, month.get(2..)?),
                _ => None,
            }),
            6 => follows(i + 1, *at, 6)
                .filter(|(_, day)| day.len() == 2)
                .and_then(|(_, day)| make(run.get(..4)?, run.get(4..)?, day)),
            8 => make(run.get(..4)?, run.get(4..6)?, run.get(6..)?),
            _ => None,
        };
        if day.is_some() {
            return day;
        }
    }
    None
}

/// A day whose month is a word: `/2026/jul/04/`.
fn day_by_name(path: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = path.split('/').take(PARTS_MAX).collect();
    parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let month = month.get(..3).filter(|_| month.chars().all(char::is_alphabetic))?;
        let months = MONTHS.iter().position(|name| month.eq_ignore_ascii_case(name));
        let (year, day) = (year.parse().ok()?, day.parse().ok()?);
        let sound = (1995..2100).contains(&year);
        let month = u32::try_from(months? + 1).ok()?;
        sound.then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
    })
}

/// Most parts of a path that are looked at.
const PARTS_MAX: usize = 20;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a day ends its part of the path: "/2026/07/3-ways" counts ways.
fn is_whole(path: &str, end: usize, digits: usize) -> bool {
    digits == 2 || !path.get(end..).is_some_and(|rest| rest.starts_with(['-', '_']))
}

fn digit_runs(path: &str) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut from = None;
    for (at, byte) in path.bytes().chain(std::iter::once(b' ')).enumerate() {
        match (byte.is_ascii_digit(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                runs.extend(path.get(start..at).map(|run| (start, run)));
                from = None;
            }
            _ => {}
        }
    }
    runs
}

/// The day of publication where the outlet is at home: late in UTC is the next day in Shanghai.
pub(super) fn published_there(article: &Article, rules: &Rules) -> Option<Published> {
    let published = article.published?;
    let moment = published.moment.filter(|moment| moment.offset().local_minus_utc() == 0);
    let outlet = host_of(&article.url).and_then(|host| rules.registry.outlet_at(host));
    let zone = outlet.and_then(|outlet| rules.registry.zone(&outlet.id));
    match (moment, zone.and_then(|name| rules.zones.get(name))) {
        (Some(moment), Some(zone)) => {
            Some(Published { day: zone.day_at(moment.to_utc()), ..published })
        }
        _ => Some(published),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (address, day) in [
            ("https://a.example/2026/07/04/slug", Some("2026-07-04")),
            ("https://a.example/tech/2023-05-03/doc-3391.html", Some("2023-05-03")),
            ("https://a.example/n/20260704-x.html", Some("2026-07-04")),
            ("https://a.example/2023/0503/c1.htm", Some("2023-05-03")),
            ("https://a.example/tech/judge-leans-141502.html", None),
            ("https://a.example/2026/13/40/x", None),
            ("https://a.example/2026/07/3-ways-to-ban", None),
            ("https://a.example/2026/jul/04/slug", Some("2026-07-04")),
            ("https://a.example/blog/2026/july/4/slug", Some("2026-07-04")),
            ("https://a.example/202607/04/x", Some("2026-07-04")),
            ("https://a.example/energy/2026/07/260704-offices/", Some("2026-07-04")),
            ("https://a.example/energy/2026/07/260904-offices/", None),
            (
                "https://web.a.example/web/20260901101500/http://b.example/2026/07/04/x",
                Some("2026-07-04"),
            ),
            ("https://web.a.example/web/20260901101500/http://b.example/x", None),
        ] {
            assert_eq!(day_in(address).map(|d| d.to_string()).as_deref(), day, "{address}");
        }
    }

    #[test]
    fn hosts() {
        assert_eq!(host_of("https://www.a.example:80/x"), Some("a.example"));
        assert_eq!(host_of("file:///x"), None);
    }
}
