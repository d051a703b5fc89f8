//! Pages that gather incidents: of a year, of a kind, with a product, with a person.

use askama::Template;

use super::frame::Frame;
use super::ledger::{PositionLine, position_line};
use super::parts::{IncidentRow, QuestionLine, incident_row, question_line};
use super::rendered;
use crate::model::claim::Speaker;
use crate::model::entity::EntityKind;
use crate::model::incident::Incident;
use crate::view::index::Named;
use crate::view::line::{self, Link};
use crate::view::place::Place;
use crate::view::site::Site;

/// Most questions and statements on such a page.
const QUESTIONS_MAX: usize = 60;
const STATEMENTS_MAX: usize = 60;

#[derive(Template)]
#[template(path = "listing.html")]
struct ListingPage<'a> {
    frame: Frame<'a>,
    kicker: String,
    title: String,
    standing: String,
    names: Vec<Link>,
    incidents: Vec<IncidentRow>,
    statements: Vec<PositionLine>,
    questions: Vec<QuestionLine>,
    earlier: Option<Link>,
    later: Option<Link>,
}

/// What differs between such pages.
#[derive(Default)]
struct Listing<'a> {
    kicker: &'a str,
    title: String,
    standing: Vec<String>,
    names: Vec<Link>,
    incidents: Vec<&'a Incident>,
    statements: Vec<PositionLine>,
    feed: bool,
    earlier: Option<Link>,
    later: Option<Link>,
}

fn page(site: &Site<'_>, place: &Place<'_>, listing: Listing<'_>) -> String {
    let count = site.words.count(listing.incidents.len(), "{n} incidents");
    let standing: Vec<String> =
        std::iter::once(count).chain(listing.standing).filter(|part| !part.is_empty()).collect();
    let standing = standing.join(" · ");
    let description = format!("{}: {standing}", listing.title);
    let mut frame = Frame::new(site, place, &listing.title, &description).script(site, "filter.js");
    frame.feed = listing.feed.then(|| format!("{}{}", frame.root, place.path()));
    let live = listing
        .incidents
        .iter()
        .flat_map(|incident| incident.questions.iter().map(move |question| (*incident, question)))
        .filter(|(_, question)| question.state.now().is_live());
    rendered(&ListingPage {
        kicker: site.words.say(listing.kicker).to_string(),
        title: listing.title,
        standing,
        names: listing.names,
        questions: live
            .take(QUESTIONS_MAX)
            .map(|(incident, question)| question_line(site, incident, question))
            .collect(),
        incidents: listing.incidents.iter().map(|i| incident_row(site, i)).collect(),
        statements: listing.statements,
        earlier: listing.earlier,
        later: listing.later,
        frame,
    })
}

/// Renders the incidents of a year.
pub fn year(site: &Site<'_>, year: i32) -> String {
    let members = site.index.years.get(&year).map_or(&[][..], Vec::as_slice);
    let beside = |other: Option<&i32>| {
        let place = Place::Year(*other?);
        Some(Link { name: place.name(&site.words), href: Some(place.path()) })
    };
    let listing = Listing {
        kicker: "Year",
        title: Place::Year(year).name(&site.words),
        incidents: members.iter().filter_map(|at| site.at(*at)).collect(),
        earlier: beside(site.index.years.range(..year).next_back().map(|(year, _)| year)),
        later: beside(site.index.years.range(year + 1..).next().map(|(year, _)| year)),
        ..Listing::default()
    };
    page(site, &Place::Year(year), listing)
}

/// Renders the incidents of a kind.
pub fn kind(site: &Site<'_>, id: &str) -> String {
    let members = site.index.types.get(id).map_or(&[][..], Vec::as_slice);
    let note = site.types().iter().find(|kind| kind.id == id).map(|kind| kind.note.as_str());
    let listing = Listing {
        kicker: "Kind of incident",
        title: site.type_name(id),
        standing: vec![site.words.say(note.unwrap_or("")).to_string()],
        incidents: members.iter().filter_map(|at| site.at(*at)).collect(),
        feed: true,
        ..Listing::default()
    };
    page(site, &Place::Type(id), listing)
}

/// Renders a product's page.
pub fn product(site: &Site<'_>, address: &str) -> String {
    let Some(product) = site.index.products.get(address) else { return String::new() };
    page(site, &Place::Product(address), named(site, product, "Product"))
}

/// Renders a person's page.
pub fn person(site: &Site<'_>, address: &str) -> String {
    let Some(person) = site.index.people.get(address) else { return String::new() };
    let mut listing = named(site, person, "Person");
    listing.statements = statements(site, person);
    page(site, &Place::Person(address), listing)
}

fn named<'a>(site: &Site<'a>, named: &Named<'_>, kicker: &'static str) -> Listing<'a> {
    let entity = named.id.and_then(|id| site.kb.entities.get(id));
    let owner = named.owner.and_then(|id| site.kb.entities.get(id));
    let also =
        entity.map(|entity| site.words.list(&entity.names)).filter(|names| !names.is_empty());
    let owner = owner.map(|owner| crate::model::entity::Who {
        id: Some(owner.id.clone()),
        name: owner.name.clone(),
        kind: owner.kind,
    });
    Listing {
        kicker,
        title: entity.map_or(named.name, |entity| site.words.entity(entity)).to_string(),
        standing: also
            .map(|names| site.words.fill("also {x}", &[("x", &names)]))
            .into_iter()
            .collect(),
        names: owner.iter().map(|owner| line::who(site, owner)).collect(),
        incidents: named.incidents.iter().filter_map(|at| site.at(*at)).collect(),
        ..Listing::default()
    }
}

/// What somebody said, each position once, as the ledgers of the incidents hold it.
fn statements(site: &Site<'_>, person: &Named<'_>) -> Vec<PositionLine> {
    let mut found = Vec::new();
    for incident in person.incidents.iter().filter_map(|at| site.at(*at)) {
        for position in &incident.positions {
            let speaks = position.tellings.first().is_some_and(|(capture, id)| {
                site.kb.claim(*capture, *id).is_some_and(|(reading, claim)| match claim.speaker {
                    Speaker::Named(name) => reading.name(name).is_some_and(|name| {
                        name.kind == EntityKind::Person
                            && (name.id.is_some() && name.id.as_ref() == person.id
                                || name.name == person.name)
                    }),
                    _ => false,
                })
            });
            if speaks && found.len() < STATEMENTS_MAX {
                found.extend(position_line(site, incident, position));
            }
        }
    }
    found
}
