//! What an answer amounts to: a page, the same page, a way on, a wall, a refusal.
//!
//! In: the visit, what came back, its text. Out: a [`Verdict`]. What holds: what its publisher keeps
//! from being archived or mined is no page here.

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::head::{Head, directives, head, reservation_of};
use crate::model::crawl::{Observation, Role, Visit};
use crate::rules::{Addresses, StandIn};

/// Why a page that came is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reserved {
    /// `noarchive`.
    NoArchive,
    /// `noindex` or `none`.
    NoIndex,
    /// The rights of text and data mining are reserved (TDMRep).
    Mining,
}

impl Reserved {
    /// The word used in summaries.
    pub fn word(self) -> &'static str {
        match self {
            Reserved::NoArchive => "noarchive",
            Reserved::NoIndex => "noindex",
            Reserved::Mining => "tdm-reserved",
        }
    }
}

/// What an answer amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// What was asked for, with what its head says.
    Fresh(Box<Head>),
    /// A listing that may be read and not kept.
    Unkept(Reserved),
    /// Not changed since the last visit.
    Unchanged,
    /// It stands at another address.
    Moved(String),
    /// It is not there.
    Absent,
    /// It is there, and not for us.
    Denied,
    /// Come back later.
    Busy(Option<TimeDelta>),
    /// The server fails.
    Failing,
    /// Something else stands in its place.
    StandIn(StandIn),
    /// Its publisher does not want it kept.
    Reserved(Reserved),
}

/// Weighs an answer. `text` is the decoded body; `reserved` is what the file of the host says of the address.
pub fn verdict(
    visit: &Visit,
    seen: &Observation,
    text: &str,
    agent: &str,
    rules: &Addresses,
    reserved: bool,
) -> Verdict {
    match seen.status {
        304 if visit.validators != Default::default() => Verdict::Unchanged,
        301 | 302 | 303 | 307 | 308 => match seen.field("location") {
            Some(to) => moved(visit, &to, rules),
            None => Verdict::Failing,
        },
        404 | 410 => Verdict::Absent,
        429 => Verdict::Busy(retry_after(seen)),
        503 if seen.field("retry-after").is_some() => Verdict::Busy(retry_after(seen)),
        200..=299 => good(visit, seen, text, agent, rules, reserved),
        408 | 425 => Verdict::Failing,
        400..=499 => Verdict::Denied,
        _ => Verdict::Failing,
    }
}

fn moved(visit: &Visit, to: &str, rules: &Addresses) -> Verdict {
    let Some((from, to)) = Url::parse(&visit.address.ask)
        .ok()
        .and_then(|from| from.join(to).ok().map(|to| (from, to)))
    else {
        return Verdict::Failing;
    };
    let (host, path) = (to.host_str().unwrap_or(""), to.path());
    if visit.role == Role::Page {
        if let Some(kind) = rules.stand_in(host, path, "") {
            return Verdict::StandIn(kind);
        }
        // An article that leads to the front page is gone. A shortener leads anywhere.
        let deep = from.path().trim_matches('/').contains('/') || from.path().len() > 24;
        if deep && path == "/" && to.query().is_none() && is_one_site(&from, &to) {
            return Verdict::StandIn(StandIn::Missing);
        }
    }
    Verdict::Moved(to.into())
}

fn good(
    visit: &Visit,
    seen: &Observation,
    text: &str,
    agent: &str,
    rules: &Addresses,
    reserved: bool,
) -> Verdict {
    let is_page = visit.role == Role::Page;
    if seen.body.is_empty() {
        return if is_page { Verdict::StandIn(StandIn::Missing) } else { Verdict::Absent };
    }
    let media = seen.field("content-type").unwrap_or_default().to_ascii_lowercase();
    let is_html = media.contains("html") || media.is_empty() && text.trim_start().starts_with('<');
    let head = if is_html { head(text, agent) } else { Head::default() };
    // TDMRep: what the page says outweighs the header, and the header the file of the host.
    let header = seen.field("tdm-reservation").and_then(|value| reservation_of(&value));
    let mining = head.tdm_reserved.or(header).unwrap_or(reserved);
    let words: Vec<String> =
        seen.fields("x-robots-tag").flat_map(|value| for_us(&value, agent)).collect();
    let says = |word: &str| words.iter().chain(&head.robots).any(|said| said == word);
    let reserved = match () {
        () if says("noarchive") => Some(Reserved::NoArchive),
        // A feed that asks not to be listed in search results may be read all the same.
        () if is_page && (says("noindex") || says("none")) => Some(Reserved::NoIndex),
        () if mining => Some(Reserved::Mining),
        () => None,
    };
    match reserved {
        Some(why) if is_page => return Verdict::Reserved(why),
        Some(why) => return Verdict::Unkept(why),
        None => {}
    }
    if is_page {
        if let Some(to) = &head.refresh
            && let Some(to) = joined(&visit.address.ask, to)
            && to != visit.address.ask
        {
            return Verdict::Moved(to);
        }
        let (host, path) = (super::host_of(&visit.address.ask), super::path_of(&visit.address.ask));
        if let Some(kind) = rules.stand_in(&host, &path, &head.title) {
            return Verdict::StandIn(kind);
        }
    }
    Verdict::Fresh(Box::new(head))
}

/// Directives that are for everybody or for us: `noarchive`, `casebook: noindex`.
fn for_us(value: &str, agent: &str) -> Vec<String> {
    match value.split_once(':') {
        Some((name, rest)) if name.trim().eq_ignore_ascii_case(agent) => directives(rest),
        Some((name, _)) if !name.contains(',') && !name.trim().contains(' ') => {
            let known = ["unavailable_after", "max-snippet", "max-image-preview"];
            match known.contains(&name.trim()) {
                true => directives(value),
                false => Vec::new(),
            }
        }
        _ => directives(value),
    }
}

/// `Retry-After`: seconds, or a date measured against the server's own clock (RFC 9110 §10.2.3).
pub fn retry_after(seen: &Observation) -> Option<TimeDelta> {
    let value = seen.field("retry-after")?;
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(TimeDelta::seconds(seconds.into()));
    }
    let date = |text: &str| DateTime::parse_from_rfc2822(text).ok().map(|date| date.to_utc());
    let now: DateTime<Utc> = seen.field("date").and_then(|d| date(&d)).unwrap_or(seen.at);
    Some(date(&value)? - now)
}

/// The address a page gives as its own, where that can be believed: on the same site, and no front page.
pub fn canonical(asked: &str, head: &Head) -> Option<String> {
    let (from, to) = (Url::parse(asked).ok()?, joined(asked, head.canonical.as_deref()?)?);
    let to = Url::parse(&to).ok()?;
    let sound = matches!(to.scheme(), "http" | "https")
        && is_one_site(&from, &to)
        && (to.path() != "/" || to.query().is_some() || from.path() == "/");
    sound.then(|| to.into())
}

fn joined(base: &str, to: &str) -> Option<String> {
    Some(Url::parse(base).ok()?.join(to).ok()?.into())
}

/// Whether two addresses share their domain: the last labels of their hosts.
fn is_one_site(a: &Url, b: &Url) -> bool {
    site(a.host_str().unwrap_or("")) == site(b.host_str().unwrap_or(""))
}

/// A host's domain by rule of thumb: its last two labels, three where the one before the last is short,
/// as in `news.example.co.uk`.
fn site(host: &str) -> &str {
    let labels: Vec<&str> = host.rsplit('.').collect();
    let wanted = match labels.get(1) {
        Some(second) if second.len() <= 3 && labels.len() > 2 => 3,
        _ => 2,
    };
    let bytes: usize = labels.iter().take(wanted).map(|label| label.len() + 1).sum();
    host.get((host.len() + 1).saturating_sub(bytes)..).unwrap_or(host)
}
