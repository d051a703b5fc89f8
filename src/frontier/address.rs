//! An address as it is asked for, and what makes two spellings of it one.
//!
//! In: an address as written somewhere. Out: an [`Address`], or why it is not worth asking for. What
//! holds: reading an address twice changes nothing; only `http` and `https`, never a name and
//! password. Standard: WHATWG URL.

use url::{Host, Url};

use crate::model::crawl::Address;
use crate::rules::{Addresses, is_below};

/// Longest address that is asked for, in bytes.
const ADDRESS_BYTES_MAX: usize = 2_000;
/// Most addresses inside one another.
const WRAPPED_MAX: usize = 3;
/// Most parts of a path.
const PARTS_MAX: usize = 14;
/// Most times one part of a path may stand in it.
const REPEATS_MAX: usize = 2;
/// Most parameters.
const PARAMETERS_MAX: usize = 12;

/// Why an address is not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfit {
    /// It does not parse, or names no host.
    Broken,
    /// Neither `http` nor `https`.
    Scheme,
    /// It carries a name and password.
    Credentials,
    /// It is too long, too deep, or one of an endless row.
    Trap,
}

impl Unfit {
    /// The word used in summaries.
    pub fn word(self) -> &'static str {
        match self {
            Unfit::Broken => "broken-address",
            Unfit::Scheme => "other-scheme",
            Unfit::Credentials => "credentials-in-address",
            Unfit::Trap => "trap",
        }
    }
}

/// Reads an address that a person or a row of data gave: no trap is looked for.
///
/// # Errors
/// What cannot be asked for.
pub fn given(text: &str, rules: &Addresses) -> Result<Address, Unfit> {
    settle(text, None, rules).map(|url| finished(url, rules))
}

/// Reads an address found at another one.
///
/// # Errors
/// What cannot be asked for, and traps.
pub fn found(text: &str, base: &str, rules: &Addresses) -> Result<Address, Unfit> {
    let base = Url::parse(base).ok();
    let url = settle(text, base.as_ref(), rules)?;
    if is_trap(&url, rules) {
        return Err(Unfit::Trap);
    }
    Ok(finished(url, rules))
}

/// The host of an address in small letters, without a port.
pub fn host_of(address: &str) -> String {
    Url::parse(address).ok().and_then(|url| url.host_str().map(bare_host)).unwrap_or_default()
}

/// The path of an address.
pub fn path_of(address: &str) -> String {
    Url::parse(address).map(|url| url.path().to_string()).unwrap_or_default()
}

fn settle(text: &str, base: Option<&Url>, rules: &Addresses) -> Result<Url, Unfit> {
    let text = text.trim();
    if text.len() > ADDRESS_BYTES_MAX * 2 {
        return Err(Unfit::Trap);
    }
    let parsed = match base {
        Some(base) => base.join(text),
        None => Url::parse(text),
    };
    let mut url = parsed.map_err(|_| Unfit::Broken)?;
    for _ in 0..WRAPPED_MAX {
        match unwrapped(&url, rules) {
            Some(inner) => url = inner,
            None => break,
        }
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Unfit::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Unfit::Credentials);
    }
    // A name with a dot at its end is the same name, and would slip past lists of names.
    if let Some(Host::Domain(name)) = url.host() {
        let bare = bare_host(name);
        if bare.is_empty() || bare != name && url.set_host(Some(&bare)).is_err() {
            return Err(Unfit::Broken);
        }
    }
    url.set_fragment(None);
    drop_parameters(&mut url, |name| rules.dropped.hold(name));
    if url.as_str().len() > ADDRESS_BYTES_MAX {
        return Err(Unfit::Trap);
    }
    Ok(url)
}

fn bare_host(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// Takes parameters away, and session numbers from the end of the path (`;jsessionid=…`).
fn drop_parameters(url: &mut Url, is_dropped: impl Fn(&str) -> bool) {
    if let Some((path, last)) = url.path().rsplit_once(';')
        && last.split_once('=').is_some_and(|(name, _)| is_dropped(name))
    {
        let path = path.to_string();
        url.set_path(&path);
    }
    let Some(query) = url.query() else { return };
    // Kept as written: decoding and encoding again would make another address.
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !is_dropped(part.split('=').next().unwrap_or("")))
        .collect();
    let kept = kept.join("&");
    url.set_query((!kept.is_empty()).then_some(kept.as_str()));
}

/// The address inside an address.
fn unwrapped(url: &Url, rules: &Addresses) -> Option<Url> {
    let host = bare_host(url.host_str()?);
    let wrapper =
        rules.wrappers.iter().find(|w| w.hosts.iter().any(|domain| is_below(&host, domain)))?;
    wrapper.names.iter().find_map(|name| match name.starts_with('/') {
        true => {
            let rest = url.path().strip_prefix(name.as_str())?;
            let rest = rest.split("__").next().unwrap_or(rest);
            let inner = if rest.contains("://") { rest.into() } else { format!("https://{rest}") };
            let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
            Url::parse(&format!("{inner}{query}")).ok().filter(is_named)
        }
        false => url
            .query_pairs()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .and_then(|(_, value)| Url::parse(&value).ok())
            .filter(is_named),
    })
}

/// Whether an address leads to a host with a full name.
fn is_named(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|h| h.contains('.'))
}

fn is_trap(url: &Url, rules: &Addresses) -> bool {
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let repeats = |part: &str| parts.iter().filter(|other| **other == part).count() > REPEATS_MAX;
    let names: Vec<&str> = url
        .query()
        .into_iter()
        .flat_map(|query| query.split('&'))
        .map(|part| part.split('=').next().unwrap_or(""))
        .collect();
    parts.len() > PARTS_MAX
        || names.len() > PARAMETERS_MAX
        || parts.iter().any(|part| repeats(part))
        || parts.iter().any(|part| rules.trap_parts.contains(&part.to_ascii_lowercase()))
        || names.iter().any(|name| rules.traps.hold(name))
}

fn finished(url: Url, rules: &Addresses) -> Address {
    let origin = url.origin().ascii_serialization();
    Address { key: key(&url, rules), origin, ask: url.into() }
}

/// Host, path and parameters without what changes only the form: scheme, `www.`, `/amp`, `?print=1`.
fn key(url: &Url, rules: &Addresses) -> String {
    let mut url = url.clone();
    drop_parameters(&mut url, |name| rules.folded.hold(name));
    let host = url.host_str().map(bare_host).unwrap_or_default();
    let mut host = host.as_str();
    // A label may hide another one: `www.m.`.
    while let Some((label, rest)) = host.split_once('.')
        && rest.contains('.')
        && rules.labels.iter().any(|l| l == label)
    {
        host = rest;
    }
    let mut path = url.path();
    for beginning in &rules.beginnings {
        if let Some(rest) = path.strip_prefix(beginning.as_str()).filter(|rest| !rest.is_empty()) {
            path = rest;
        }
    }
    // An end may hide another one: `/story/amp/`.
    let sound = |rest: &&str| !is_dots(rest.rsplit('/').next().unwrap_or(""));
    while let Some(rest) =
        rules.ends.iter().find_map(|end| path.strip_suffix(end.as_str()).filter(sound))
    {
        path = rest;
    }
    let mut pairs: Vec<&str> = url.query().map(|q| q.split('&').collect()).unwrap_or_default();
    pairs.sort_unstable();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    format!("{host}{port}/{}{query}", path.trim_matches('/'))
}

/// A part that means “here” or “above”, escaped or not: what is left of `/..amp` must not become one.
fn is_dots(part: &str) -> bool {
    !part.is_empty() && part.to_ascii_lowercase().replace("%2e", ".").trim_matches('.').is_empty()
}
