//! An outlet: what it told first, what it has from others, who has it from it.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::frame::Frame;
use super::parts::incident_link;
use super::rendered;
use crate::model::entity::outlet_key;
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::reading::CitationKind;
use crate::model::source::CaptureId;
use crate::view::annotation::outlet_name;
use crate::view::index::known_day;
use crate::view::line::{self, Link, SourceLine};
use crate::view::place::Place;
use crate::view::site::Site;

/// Most articles of each kind on the page.
const ARTICLES_MAX: usize = 120;

/// An article with what it belongs to.
pub struct ArticleRow {
    pub source: SourceLine,
    pub incident: Option<Link>,
    /// Of whom it is a copy, or whom it names as its source.
    pub from: String,
    pub outlet: Link,
}

#[derive(Template)]
#[template(path = "outlet.html")]
struct OutletPage<'a> {
    frame: Frame<'a>,
    name: String,
    standing: String,
    first: Vec<ArticleRow>,
    own: Vec<ArticleRow>,
    derived: Vec<ArticleRow>,
    copied: Vec<ArticleRow>,
    aside: Vec<ArticleRow>,
    carriers: Vec<ArticleRow>,
}

/// Renders an outlet's page.
pub fn outlet(site: &Site<'_>, address: &str) -> String {
    let place = Place::Outlet(address);
    let Some(outlet) = site.index.outlets.get(address) else { return String::new() };
    let (mut first, mut own, mut derived, mut copied, mut aside) =
        (vec![], vec![], vec![], vec![], vec![]);
    for capture in outlet.articles.iter().take(ARTICLES_MAX) {
        let Some(incident) = site.incident_of(*capture) else {
            aside.extend(row(site, *capture, None, String::new()));
            continue;
        };
        let derivation = incident.lineage.iter().find(|d| d.capture == *capture);
        let copy = derivation
            .and_then(|d| d.copies)
            .and_then(|id| site.kb.readings.get(&id))
            .map(|reading| outlet_name(&reading.article).to_string());
        let named: Vec<&str> = derivation
            .map(|d| d.named.iter().map(|who| who.name.as_str()).collect())
            .unwrap_or_default();
        let list = match &copy {
            Some(_) => &mut copied,
            None if is_first(site.kb, incident, *capture) => &mut first,
            None if named.is_empty() => &mut own,
            None => &mut derived,
        };
        let from = copy.unwrap_or_else(|| site.words.list(&named));
        list.extend(row(site, *capture, Some(incident), from));
    }
    let mut seen = BTreeSet::new();
    let named_by = outlet.named_by.iter().filter(|(capture, _)| seen.insert(*capture));
    let carriers: Vec<ArticleRow> = named_by
        .take(ARTICLES_MAX)
        .filter_map(|(capture, at)| row(site, *capture, site.at(*at), String::new()))
        .collect();
    let counts = [
        site.words.count(outlet.articles.len(), "{n} captured articles"),
        site.words.count(first.len(), "{n} first on record"),
        site.words.count(copied.len(), "{n} copies of others"),
        site.words.count(carriers.len(), "named as source by {n} articles"),
    ];
    let standing = counts.join(" · ");
    let description = format!("{}: {standing}", outlet.name);
    let page = OutletPage {
        frame: Frame::new(site, &place, outlet.name, &description),
        name: outlet.name.to_string(),
        standing,
        first,
        own,
        derived,
        copied,
        aside,
        carriers,
    };
    rendered(&page)
}

/// Whether an article is the first report of an incident: the oldest of the outlet on which others rest, before all
/// that which they say was first; where none rests on another, the one older than all others.
pub(in crate::view) fn is_first(
    kb: &KnowledgeBase,
    incident: &Incident,
    capture: CaptureId,
) -> bool {
    let outlet = |id: CaptureId| kb.reading(id).map(|it| outlet_key(outlet_name(&it.article)));
    let day = |id: &CaptureId| kb.reading(*id).map(known_day);
    // Of each outlet: how many articles of others say it was first, and how many rest on it.
    let mut carried: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for derivation in &incident.lineage {
        let own = outlet(derivation.capture);
        for root in derivation.roots.iter().map(|root| outlet_key(root)) {
            if Some(root) != own {
                carried.entry(root).or_default().1 += 1;
            }
        }
        for first in said_first(kb, incident, derivation.capture) {
            if Some(first) != own {
                carried.entry(first).or_default().0 += 1;
            }
        }
    }
    let captured = |key: &str| incident.sources().any(|id| outlet(id) == Some(key));
    carried.retain(|key, _| captured(key));
    let most = carried.values().max().copied();
    let leading = |id: &CaptureId| match most {
        Some(most) => outlet(*id).and_then(|key| carried.get(key)) == Some(&most),
        None => true,
    };
    let mine = day(&capture);
    let rivals = || incident.sources().filter(|id| *id != capture);
    leading(&capture)
        && rivals().next().is_some()
        && rivals().filter(leading).all(|id| day(&id) > mine)
}

/// Outlets of which an article says, where it tells of an incident, that they reported first.
fn said_first<'k>(
    kb: &'k KnowledgeBase,
    incident: &Incident,
    capture: CaptureId,
) -> BTreeSet<&'k str> {
    let Some(reading) = kb.reading(capture) else { return BTreeSet::new() };
    let first = reading.citations.iter().filter(|citation| citation.kind == CitationKind::First);
    let first = first.filter(|citation| incident.tells_at(capture, citation.span));
    let names = first.filter_map(|citation| reading.name(citation.outlet?));
    names.map(|name| outlet_key(&name.name)).collect()
}

fn row(
    site: &Site<'_>,
    capture: CaptureId,
    incident: Option<&Incident>,
    from: String,
) -> Option<ArticleRow> {
    let reading = site.kb.readings.get(&capture)?;
    Some(ArticleRow {
        source: line::source(site, reading, ""),
        incident: incident.map(|incident| incident_link(site, incident)),
        from,
        outlet: line::outlet(site, &reading.article),
    })
}
