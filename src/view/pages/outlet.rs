//! An outlet: what it told first, what it has from others, who has it from it.

use std::collections::BTreeSet;

use askama::Template;

use super::frame::Frame;
use super::parts::incident_link;
use super::rendered;
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
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

/// Whether no captured article about the incident is older.
pub(in crate::view) fn is_first(
    kb: &KnowledgeBase,
    incident: &Incident,
    capture: CaptureId,
) -> bool {
    let day = |id: &CaptureId| kb.reading(*id).map(known_day);
    let mine = day(&capture);
    incident.sources().count() > 1
        && incident.sources().filter(|id| *id != capture).all(|id| day(&id) > mine)
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
