//! Pictures that stand for a page where its link is shared: Open Graph cards of 1200 × 630 pixels.
//!
//! In: a page. Out: what its card says, with a digest of that; and a PNG of it, or the address of the
//! card that stands for the page. What holds: the typeface comes with the program, so the same words
//! are the same bytes on every machine; a page whose headline has letters the typeface lacks is
//! stood for by the card of the front page.

mod drawing;
mod icon;
mod setting;

use serde::Serialize;

use super::excerpt::digest;
use super::line;
use super::pages::is_open;
use super::picture::Spot;
use super::place::Place;
use super::site::Site;
use super::wording::Wording;
use super::words;
use crate::model::incident::Incident;

pub use drawing::{HEIGHT, WIDTH};
pub use icon::icon;

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Path of the picture from the root of the site.
    pub path: String,
    /// At the top: the casebook.
    name: String,
    /// Across from it: what the page is about.
    kind: String,
    status: String,
    open: bool,
    headline: String,
    /// Beneath it: day and parties, or counts.
    facts: String,
    /// What lies on the line of time.
    spots: Vec<Spot>,
}

/// The card that stands for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its whole address.
    pub url: String,
    /// What stands on it.
    pub alt: String,
}

/// The card that stands for a page; nothing where the address of the site is not known.
pub fn image(site: &Site<'_>, place: &Place<'_>) -> Option<Image> {
    let base = Some(&site.look.base_url).filter(|base| !base.is_empty())?;
    let own = headline(site, place).map(|headline| (path(site, place), headline));
    let (path, alt) =
        own.or_else(|| Some((path(site, &Place::Home), headline(site, &Place::Home)?)))?;
    Some(Image { url: format!("{base}{path}"), alt })
}

fn path(site: &Site<'_>, place: &Place<'_>) -> String {
    format!("{}card.png", site.path(place))
}

/// What stands on a page's own card; nothing for pages without one.
fn headline(site: &Site<'_>, place: &Place<'_>) -> Option<String> {
    let headline = match place {
        Place::Home => site.look.title.clone(),
        Place::Incident(incident) => site.words.title(incident).to_string(),
        Place::Dispute(dispute) => site.words.dispute(dispute),
        Place::Vendor(id) => site.words.entity(site.kb.entities.get(*id)?).to_string(),
        _ => return None,
    };
    Some(headline).filter(|text| setting::is_writable(text))
}

impl Card {
    /// The card of a page; nothing for pages without one of their own.
    pub fn of(site: &Site<'_>, place: &Place<'_>) -> Option<Self> {
        let headline = headline(site, place)?;
        let say = |id: &str| site.words.say(id).to_string();
        let card = Self {
            path: path(site, place),
            name: site.look.title.clone(),
            kind: String::new(),
            status: String::new(),
            open: false,
            headline,
            facts: String::new(),
            spots: Vec::new(),
        };
        let card = match place {
            Place::Incident(incident) => Self {
                kind: incident.types.first().map(|id| site.type_name(id)).unwrap_or_default(),
                status: say(words::status(incident.status)),
                open: is_open(incident),
                facts: parties(site, incident),
                spots: entries(site, incident),
                ..card
            },
            Place::Dispute(dispute) => {
                let incidents = dispute.incidents.iter().filter_map(|id| site.incident(id));
                Self { kind: say("Dispute"), ..card.gathering(site, incidents) }
            }
            Place::Vendor(id) => {
                let parts = site.index.parts_of(id);
                let mut places: Vec<usize> = parts.iter().map(|(_, place)| *place).collect();
                places.sort_unstable();
                places.dedup();
                let incidents = places.into_iter().filter_map(|place| site.at(place));
                card.gathering(site, incidents)
            }
            _ => {
                let incidents = site.kb.incidents.iter().map(AsRef::as_ref);
                let motto = say("AI vendor disputes, and the words they rest on");
                Self { name: motto, ..card.gathering(site, incidents) }
            }
        };
        Some(card.writable())
    }

    /// A card of several incidents.
    fn gathering<'i>(self, site: &Site<'_>, incidents: impl Iterator<Item = &'i Incident>) -> Self {
        let spot = |i: &Incident| Spot { date: i.opened, hollow: !is_open(i) };
        let spots: Vec<Spot> = incidents.map(spot).collect();
        let open = spots.iter().filter(|spot| !spot.hollow).count();
        let facts = [
            site.words.count(spots.len(), "{n} incidents"),
            site.words.count(open, "{n} still open"),
        ];
        Self { facts: facts.join(" · "), spots, ..self }
    }

    /// The card without the lines that the typeface lacks letters for.
    fn writable(mut self) -> Self {
        for line in [&mut self.name, &mut self.kind, &mut self.status, &mut self.facts] {
            if !setting::is_writable(line) {
                line.clear();
            }
        }
        self
    }

    /// A digest of what it says.
    pub fn digest(&self) -> Option<String> {
        digest(self)
    }

    /// Draws it as PNG.
    pub fn drawn(&self, words: &Wording<'_>) -> Vec<u8> {
        drawing::drawn(self, words)
    }
}

/// "10 July 2026 · Orison Labs, Veltrane Systems".
fn parties(site: &Site<'_>, incident: &Incident) -> String {
    let names: Vec<String> =
        incident.parties.iter().map(|party| line::who(site, &party.who).name).collect();
    let names = names.into_iter().filter(|name| setting::is_writable(name)).collect::<Vec<_>>();
    let parts = [site.words.date(incident.opened), site.words.list(&names)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The timeline; the day it began where there is none.
fn entries(site: &Site<'_>, incident: &Incident) -> Vec<Spot> {
    let today = site.today();
    let spot = |date: crate::model::edtf::Edtf| Spot { date, hollow: date.sort_day() > today };
    match incident.timeline.as_slice() {
        [] => vec![spot(incident.opened)],
        entries => entries.iter().map(|entry| spot(entry.date)).collect(),
    }
}
