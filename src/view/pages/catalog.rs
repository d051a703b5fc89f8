//! Lists of pages as tables: kinds of incident, disputes, vendors, products, people, outlets.

use askama::Template;

use super::frame::Frame;
use super::quarrels::{Quarrels, quarrels};
use super::{home, rendered};
use crate::model::entity::{EntityId, EntityKind};
use crate::model::party::PartyRole;
use crate::view::index::Named;
use crate::view::line::Link;
use crate::view::place::{Place, dispute_path};
use crate::view::site::Site;

/// A row of a table: a name, something about it, numbers.
pub struct Row {
    pub link: Link,
    pub note: String,
    /// Width of its bar, of a hundred; nothing where there is none.
    pub share: Option<usize>,
    pub cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "catalog.html")]
struct CatalogPage<'a> {
    frame: Frame<'a>,
    title: String,
    standing: String,
    picture_heading: String,
    picture: String,
    /// What the picture has no room for.
    picture_note: Option<String>,
    quarrels: Option<Quarrels>,
    heads: Vec<String>,
    rows: Vec<Row>,
}

/// What differs between the lists.
#[derive(Default)]
struct Catalog<'a> {
    standing: &'a str,
    picture: (&'a str, String),
    picture_note: Option<String>,
    quarrels: Option<Quarrels>,
    heads: &'a [&'a str],
    rows: Vec<Row>,
}

fn page(site: &Site<'_>, place: &Place<'_>, catalog: Catalog<'_>) -> String {
    let title = place.name(&site.words);
    let standing = site.words.say(catalog.standing).to_string();
    let frame = Frame::new(site, place, &title, &standing);
    rendered(&CatalogPage {
        frame,
        title,
        standing,
        picture_heading: site.words.say(catalog.picture.0).to_string(),
        picture: catalog.picture.1,
        picture_note: catalog.picture_note,
        quarrels: catalog.quarrels,
        heads: catalog.heads.iter().map(|head| site.words.say(head).to_string()).collect(),
        rows: catalog.rows,
    })
}

/// Renders the list of kinds of incident.
pub fn types(site: &Site<'_>) -> String {
    let rows = site.types().iter().filter_map(|kind| {
        let members = site.index.types.get(kind.id.as_str())?;
        let live = members.iter().filter_map(|at| site.at(*at)).filter(|i| home::is_open(i));
        Some(Row {
            link: Link { name: site.type_name(&kind.id), href: Some(Place::Type(&kind.id).path()) },
            note: site.words.say(&kind.note).to_string(),
            share: None,
            cells: vec![members.len().to_string(), live.count().to_string()],
        })
    });
    let catalog = Catalog {
        standing: "What the incidents on record are about. An incident may be of several kinds.",
        heads: &["Kind", "Incidents", "Still open"],
        rows: rows.collect(),
        ..Catalog::default()
    };
    page(site, &Place::Types, catalog)
}

/// Renders the list of disputes.
pub fn disputes(site: &Site<'_>) -> String {
    let mut rows: Vec<_> = site
        .kb
        .disputes
        .iter()
        .map(|dispute| {
            let dates: Vec<_> = dispute
                .incidents
                .iter()
                .filter_map(|id| site.incident(id))
                .map(|incident| incident.opened)
                .collect();
            let words = |date: Option<&_>| date.map(|d| site.words.date(*d)).unwrap_or_default();
            let latest = dates.iter().map(|date| date.sort_day()).max();
            let row = Row {
                link: Link { name: site.words.dispute(dispute), href: Some(dispute_path(dispute)) },
                note: String::new(),
                share: None,
                cells: vec![dates.len().to_string(), words(dates.first()), words(dates.last())],
            };
            (latest, row)
        })
        .collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.link.cmp(&b.1.link)));
    let catalog = Catalog {
        standing: "Lasting quarrels, each with its incidents.",
        picture: ("Disputes over time", home::chart(site, "../")),
        picture_note: home::lanes_left_out(site),
        heads: &["Dispute", "Incidents", "First", "Latest"],
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        ..Catalog::default()
    };
    page(site, &Place::Disputes, catalog)
}

/// The parts of the whole table, each in a column.
const ROLES: [&[PartyRole]; 5] = [
    &[PartyRole::Initiator],
    &[PartyRole::Respondent],
    &[PartyRole::Affected],
    &[PartyRole::Authority],
    &[PartyRole::Observer],
];

/// Vendors by number of incidents, busiest first; in each column how often they take one of some parts.
pub fn vendor_rows(site: &Site<'_>, columns: &[&[PartyRole]]) -> Vec<Row> {
    let mut rows: Vec<(usize, Row)> = site
        .index
        .vendors(site.kb)
        .filter_map(|id| {
            let entity = site.kb.entities.get(id)?;
            let parts = site.index.parts_of(id);
            let count = |of: &&[PartyRole]| parts.iter().filter(|(r, _)| of.contains(r)).count();
            let note = match entity.kind {
                EntityKind::Government => site.words.say("Authority"),
                _ => "",
            };
            let row = Row {
                link: Link {
                    name: site.words.entity(entity).to_string(),
                    href: Some(Place::Vendor(id).path()),
                },
                note: note.to_string(),
                share: Some(0),
                cells: columns.iter().map(|of| count(of).to_string()).collect(),
            };
            Some((parts.len(), row))
        })
        .collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.link.cmp(&b.1.link)));
    let most = rows.first().map_or(1, |(total, _)| (*total).max(1));
    rows.into_iter()
        .map(|(total, mut row)| {
            row.share = Some(total * 100 / most);
            row.cells.push(total.to_string());
            row
        })
        .collect()
}

/// Renders the list of vendors and authorities.
pub fn vendors(site: &Site<'_>) -> String {
    let catalog = Catalog {
        standing: "Companies and authorities by the part they take. Counts, not verdicts: who accuses, who is accused and who bears the consequences stay apart.",
        quarrels: quarrels(site, "../"),
        heads: &["Name", "Initiator", "Respondent", "Affected", "Authority", "Observer", "All"],
        rows: vendor_rows(site, &ROLES),
        ..Catalog::default()
    };
    page(site, &Place::Vendors, catalog)
}

fn owner(site: &Site<'_>, id: Option<&EntityId>) -> String {
    let entity = id.and_then(|id| site.kb.entities.get(id));
    entity.map(|entity| site.words.entity(entity).to_string()).unwrap_or_default()
}

fn named_rows<'a>(
    site: &Site<'_>,
    list: impl Iterator<Item = (&'a String, &'a Named<'a>)>,
    path: impl Fn(&str) -> String,
    cells: impl Fn(&Named<'_>) -> Vec<String>,
) -> Vec<Row> {
    let mut rows: Vec<(usize, Row)> = list
        .map(|(address, named)| {
            let entity = named.id.and_then(|id| site.kb.entities.get(id));
            let name = entity.map_or(named.name, |entity| site.words.entity(entity));
            let row = Row {
                link: Link { name: name.to_string(), href: Some(path(address)) },
                note: owner(site, named.owner),
                share: None,
                cells: cells(named),
            };
            (named.incidents.len(), row)
        })
        .collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.link.cmp(&b.1.link)));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Renders the list of products.
pub fn products(site: &Site<'_>) -> String {
    let rows = named_rows(
        site,
        site.index.products.iter(),
        |address| Place::Product(address).path(),
        |named| vec![named.incidents.len().to_string()],
    );
    let catalog = Catalog {
        standing: "Models, tools and services that incidents on record name.",
        heads: &["Product", "Incidents"],
        rows,
        ..Catalog::default()
    };
    page(site, &Place::Products, catalog)
}

/// Renders the list of people.
pub fn people(site: &Site<'_>) -> String {
    let rows = named_rows(
        site,
        site.index.people.iter(),
        |address| Place::Person(address).path(),
        |named| vec![named.claims.len().to_string(), named.incidents.len().to_string()],
    );
    let catalog = Catalog {
        standing: "People who speak in captured articles, or take part in an incident.",
        heads: &["Name", "Statements", "Incidents"],
        rows,
        ..Catalog::default()
    };
    page(site, &Place::People, catalog)
}

/// Renders the list of outlets.
pub fn outlets(site: &Site<'_>) -> String {
    let mut rows: Vec<(usize, Row)> = site
        .index
        .outlets
        .iter()
        .map(|(address, outlet)| {
            let (articles, named) = (outlet.articles.len(), outlet.named_by.len());
            let row = Row {
                link: Link {
                    name: outlet.name.to_string(),
                    href: Some(Place::Outlet(address).path()),
                },
                note: String::new(),
                share: None,
                cells: vec![articles.to_string(), named.to_string()],
            };
            (articles + named, row)
        })
        .collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.link.cmp(&b.1.link)));
    let catalog = Catalog {
        standing: "Who publishes what stands here, and whose reports others rest on.",
        heads: &["Outlet", "Captured articles", "Named as source"],
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        ..Catalog::default()
    };
    page(site, &Place::Outlets, catalog)
}
