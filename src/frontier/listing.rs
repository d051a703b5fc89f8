//! Which of the addresses a listing names are articles worth looking at.
//!
//! In: items, their source, the day. Out: each with a choice and the reason. Not here: whether title and
//! summary speak of a dispute (`read::worth`).

use chrono::{DateTime, TimeDelta, Utc};

use super::address::{Unfit, found, host_of, path_of};
use crate::model::crawl::{Address, Dated, Item, Role, Source};
use crate::rules::{Addresses, is_below};

/// Fewest words of an address that stand for a headline.
const SLUG_WORDS_MIN: usize = 3;

/// What is done about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// It may be an article.
    Take(Box<Address>),
    /// It is older than the source's limit.
    Old,
    /// It stands on a host that is not the source's.
    Elsewhere,
    /// Its address is not that of an article.
    NoArticle,
    /// Its address cannot be asked for.
    Unfit(Unfit),
}

/// Looks at an item of a listing at an address.
pub fn choose(
    item: &Item,
    role: Role,
    at: &str,
    source: Option<&Source>,
    now: DateTime<Utc>,
    rules: &Addresses,
) -> Choice {
    let address = match found(&item.address, at, rules) {
        Ok(address) => address,
        Err(why) => return Choice::Unfit(why),
    };
    if source.is_some_and(|source| is_old(item, source, now)) {
        return Choice::Old;
    }
    let host = host_of(&address.ask);
    let path = path_of(&address.ask);
    let links = source.and_then(|source| source.links.as_deref());
    let paths = source.map(|source| source.paths.as_slice()).unwrap_or_default();
    if role != Role::Feed && !is_at_home(&host, at, source, rules) {
        return Choice::Elsewhere;
    }
    let named = paths.is_empty() || paths.iter().any(|part| address.ask.contains(part.as_str()));
    let chosen = match role {
        // A selector or a part of the path says what an article is; without them its address has to.
        Role::Section | Role::Home => {
            named && (links.is_some() || !paths.is_empty() || looks_like_article(&path))
        }
        Role::Feed | Role::Sitemap | Role::Page | Role::Robots | Role::Reservation => {
            named && path != "/"
        }
    };
    match chosen {
        true => Choice::Take(Box::new(address)),
        false => Choice::NoArticle,
    }
}

/// Whether an item, or a sitemap, last changed before what its source takes.
pub fn is_old(item: &Item, source: &Source, now: DateTime<Utc>) -> bool {
    let oldest = now - TimeDelta::days(source.days_max.into());
    match item.dated {
        Some(Dated::Moment(moment)) => moment < oldest,
        // A day without a zone may still last elsewhere.
        Some(Dated::Day(day)) => day < (oldest - TimeDelta::days(1)).date_naive(),
        None => false,
    }
}

fn is_at_home(host: &str, at: &str, source: Option<&Source>, rules: &Addresses) -> bool {
    let own = host_of(at);
    let bare = own.strip_prefix("www.").unwrap_or(&own);
    let more = source.map(|source| source.hosts.as_slice()).unwrap_or_default();
    is_below(host, bare)
        || is_below(bare, host.strip_prefix("www.").unwrap_or(host))
        || rules.shorteners.contains(host)
        || more.iter().any(|domain| is_below(host, domain))
}

/// Articles carry a date, a number or a headline in their address; sections carry a word.
fn looks_like_article(path: &str) -> bool {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let stem = last.split('.').next().unwrap_or(last);
    let digits = path.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    let words = stem.split(['-', '_']).filter(|word| !word.is_empty()).count();
    words > SLUG_WORDS_MIN || digits >= 5 || digits == 4 && last.len() > 4
}

/// The words an address carries instead of a headline: `orison-bans-wrenlight-at-work`.
pub fn slug(address: &str) -> Option<String> {
    let path = path_of(address);
    let part = path
        .split('/')
        .map(|part| part.split('.').next().unwrap_or(part))
        .max_by_key(|part| part.split(['-', '_']).count())?;
    let words: Vec<&str> =
        part.split(['-', '_']).filter(|word| word.chars().any(char::is_alphabetic)).collect();
    (words.len() >= SLUG_WORDS_MIN).then(|| words.join(" "))
}
