//! Publishers to fetch from: rows of `data/sources.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Rules;
use super::load::{Layer, Located, Row, table};
use super::zone::Zone;
use crate::model::crawl::{Role, Source};
use crate::model::finding::Finding;

/// Age of listed articles that are taken where a row names none.
const DAYS_MAX: u32 = 30;
/// Most requests at once that a row may ask for.
const AT_ONCE_MAX: usize = 16;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SourceRow {
    id: String,
    name: String,
    language: String,
    tz: Option<String>,
    home: Option<String>,
    #[serde(default)]
    feeds: Vec<String>,
    #[serde(default)]
    sitemaps: Vec<String>,
    #[serde(default)]
    sections: Vec<String>,
    links: Option<String>,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    hosts: Vec<String>,
    delay_ms: Option<u64>,
    at_once: Option<usize>,
    days: Option<u32>,
    #[serde(default)]
    min: usize,
    max: Option<usize>,
    #[serde(default = "yes")]
    gate: bool,
    #[serde(default)]
    unverified: bool,
}

fn yes() -> bool {
    true
}

impl Row for SourceRow {
    const TABLE: &'static str = "source";
    fn id(&self) -> &str {
        &self.id
    }
}

/// The sources of all layers, in the order of the files.
pub(super) fn load(
    layers: &[Layer<'_>],
    zones: &BTreeMap<String, Zone>,
    faults: &mut Vec<Finding>,
) -> Vec<Source> {
    let mut sources = Vec::new();
    for Located { row, place } in table::<SourceRow>(layers, "sources.toml", faults) {
        let mut fault = |message: String| {
            faults.push(Finding::error("bad-row", message).at(place.clone()));
        };
        let listings: Vec<(Role, String)> = [
            (Role::Home, row.home.iter().collect::<Vec<_>>()),
            (Role::Feed, row.feeds.iter().collect()),
            (Role::Sitemap, row.sitemaps.iter().collect()),
            (Role::Section, row.sections.iter().collect()),
        ]
        .into_iter()
        .flat_map(|(role, list)| list.into_iter().map(move |url| (role, url.clone())))
        .collect();
        if listings.is_empty() {
            fault("the source names no address; write feeds, sitemaps, sections or home".into());
        }
        for (_, url) in &listings {
            if !url.starts_with("https://") && !url.starts_with("http://") {
                fault(format!("“{url}” is no address; begin it with https://"));
            }
        }
        if let Some(name) = row.tz.as_ref().filter(|name| !zones.contains_key(*name)) {
            fault(format!("the time zone “{name}” is not known; add it to lexicon/zones/"));
        }
        let max = row.max.unwrap_or(usize::MAX);
        if max < row.min {
            fault(format!("max = {max} is below min = {}", row.min));
        }
        if row.at_once.is_some_and(|n| n == 0 || n > AT_ONCE_MAX) {
            fault(format!("at-once goes from 1 to {AT_ONCE_MAX}"));
        }
        sources.push(Source {
            id: row.id,
            name: row.name,
            language: row.language,
            zone: row.tz,
            listings,
            links: row.links,
            paths: row.paths,
            hosts: row.hosts,
            delay_ms: row.delay_ms,
            at_once: row.at_once,
            days_max: row.days.unwrap_or(DAYS_MAX),
            expected: (row.min, max),
            gated: row.gate,
            unverified: row.unverified,
        });
    }
    sources
}

impl Rules {
    /// The sources of other layers, checked against these rules.
    ///
    /// # Errors
    /// Every fault found.
    pub fn sources_in(&self, layers: &[Layer<'_>]) -> Result<Vec<Source>, Vec<Finding>> {
        let mut faults = Vec::new();
        let sources = load(layers, &self.zones, &mut faults);
        if faults.is_empty() { Ok(sources) } else { Err(faults) }
    }
}
