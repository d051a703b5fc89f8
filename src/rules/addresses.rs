//! How addresses of one page differ in writing, and how pages look that are no articles.
//!
//! In: rows of `lexicon/addresses/` and `lexicon/stand-ins/`. Out: lists by what they do.

use std::collections::HashSet;

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Does {
    /// Parameters that say where a reader came from.
    DropParameters,
    /// Parameters that choose another form of the same page.
    FoldParameters,
    /// Ends of a path that choose another form of the same page.
    FoldEnds,
    /// Beginnings of a path that choose another form of the same page.
    FoldBeginnings,
    /// First labels of a host that choose another form of the same page.
    FoldHosts,
    /// An address inside another one.
    Unwrap,
    /// Parameters of endless calendars and lists.
    TrapParameters,
    /// Parts of a path that never lead to an article.
    TrapParts,
    /// Hosts that only lead on.
    Shorteners,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressRow {
    id: String,
    does: Does,
    /// Names, ends, beginnings, labels or parts; `*` at the end of a parameter's name is any rest.
    names: Vec<String>,
    /// For `unwrap`: hosts, with the domains below them.
    #[serde(default)]
    hosts: Vec<String>,
}

impl Row for AddressRow {
    const TABLE: &'static str = "address";
    fn id(&self) -> &str {
        &self.id
    }
}

/// What a page is instead of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandIn {
    /// It says “not found” with a good status (a soft 404).
    Missing,
    /// It asks for consent first.
    Consent,
    /// It asks for a proof of being human.
    Challenge,
    /// It asks for a log-in.
    Login,
}

impl StandIn {
    /// The word used in summaries.
    pub fn word(self) -> &'static str {
        match self {
            StandIn::Missing => "soft-404",
            StandIn::Consent => "consent-wall",
            StandIn::Challenge => "challenge",
            StandIn::Login => "login-wall",
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StandInRow {
    id: String,
    means: StandIn,
    /// Headlines, whole or between marks such as “|” and “-”.
    #[serde(default)]
    titles: Vec<String>,
    /// Hosts, with the domains below them.
    #[serde(default)]
    hosts: Vec<String>,
    /// Beginnings of paths.
    #[serde(default)]
    paths: Vec<String>,
}

impl Row for StandInRow {
    const TABLE: &'static str = "stand-in";
    fn id(&self) -> &str {
        &self.id
    }
}

/// An address that holds another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapper {
    /// Its hosts, with the domains below them.
    pub hosts: Vec<String>,
    /// Parameters that hold the inner address, or, beginning with `/`, what stands before it in the path.
    pub names: Vec<String>,
}

/// Names of parameters, some by their beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    whole: HashSet<String>,
    beginnings: Vec<String>,
}

impl Names {
    fn add(&mut self, names: Vec<String>) {
        for name in names {
            match name.strip_suffix('*') {
                Some(beginning) => self.beginnings.push(beginning.to_ascii_lowercase()),
                None => {
                    self.whole.insert(name.to_ascii_lowercase());
                }
            }
        }
    }

    /// Whether a parameter is meant, whatever its case.
    pub fn hold(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.whole.contains(&name) || self.beginnings.iter().any(|b| name.starts_with(b.as_str()))
    }
}

/// Everything the data says about addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Parameters that are dropped before a page is asked for.
    pub dropped: Names,
    /// Parameters that make no other page.
    pub folded: Names,
    /// Parameters of traps.
    pub traps: Names,
    /// Parts of paths of traps, in small letters.
    pub trap_parts: HashSet<String>,
    /// Ends of paths that make no other page, the longest first.
    pub ends: Vec<String>,
    /// Beginnings of paths that make no other page, the longest first.
    pub beginnings: Vec<String>,
    /// First labels of hosts that make no other page.
    pub labels: Vec<String>,
    /// Addresses that hold others.
    pub wrappers: Vec<Wrapper>,
    /// Hosts that only lead on.
    pub shorteners: HashSet<String>,
    titles: Vec<(String, StandIn)>,
    places: Vec<(Vec<String>, Vec<String>, StandIn)>,
}

impl Addresses {
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let mut all = Self::default();
        for Located { row, .. } in table::<AddressRow>(layers, "lexicon/addresses/", faults) {
            match row.does {
                Does::DropParameters => all.dropped.add(row.names),
                Does::FoldParameters => all.folded.add(row.names),
                Does::TrapParameters => all.traps.add(row.names),
                Does::TrapParts => all.trap_parts.extend(row.names),
                Does::FoldEnds => all.ends.extend(row.names),
                Does::FoldBeginnings => all.beginnings.extend(row.names),
                Does::FoldHosts => all.labels.extend(row.names),
                Does::Shorteners => all.shorteners.extend(row.names),
                Does::Unwrap => {
                    all.wrappers.push(Wrapper { hosts: row.hosts, names: row.names });
                }
            }
        }
        for list in [&mut all.ends, &mut all.beginnings] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        for Located { row, place } in table::<StandInRow>(layers, "lexicon/stand-ins/", faults) {
            if row.titles.is_empty() && row.hosts.is_empty() && row.paths.is_empty() {
                let message = "the row names no page; write titles, hosts or paths";
                faults.push(Finding::error("bad-row", message).at(place));
            }
            all.titles.extend(row.titles.iter().map(|title| (title.to_lowercase(), row.means)));
            if !row.hosts.is_empty() || !row.paths.is_empty() {
                all.places.push((row.hosts, row.paths, row.means));
            }
        }
        all
    }

    /// What a page is by its headline and place, if it is no article.
    pub fn stand_in(&self, host: &str, path: &str, title: &str) -> Option<StandIn> {
        let by_place = self.places.iter().find(|(hosts, paths, _)| {
            (hosts.is_empty() || hosts.iter().any(|name| is_below(host, name)))
                && (paths.is_empty() || paths.iter().any(|start| path.starts_with(start.as_str())))
        });
        let title = title.to_lowercase();
        let mut parts = title.split(['|', '·', '•', '»', '—', '–', '_']).flat_map(|part| {
            let inner = part.split(" - ").map(str::trim);
            inner.chain([part.trim()])
        });
        let mut by_title = || {
            parts.find_map(|part| {
                let part = part.trim_matches(['!', '.', '…', '。', '！', '?', '？', ' ']);
                self.titles.iter().find(|(title, _)| title == part)
            })
        };
        by_place.map(|(_, _, kind)| *kind).or_else(|| by_title().map(|(_, kind)| *kind))
    }
}

/// Whether a host is a domain or lies below it.
pub fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
