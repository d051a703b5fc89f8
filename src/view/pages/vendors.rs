//! Vendors and authorities, one page each. Counts, never a verdict.

use std::collections::BTreeSet;

use askama::Template;

use super::exposed::{Exposed, exposed};
use super::frame::Frame;
use super::ledger::{PositionLine, position_line};
use super::parts::{IncidentRow, QuestionLine, incident_link, incident_row, question_line};
use super::rendered;
use super::search::searched;
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::EntityId;
use crate::model::incident::{Incident, Position};
use crate::model::party::PartyRole;
use crate::view::exposure::{self, Dimension};
use crate::view::line::Link;
use crate::view::place::Place;
use crate::view::site::Site;
use crate::view::words;

/// Most positions, incidents and questions of each kind on a vendor's page.
const CLAIMS_MAX: usize = 25;
const INCIDENTS_MAX: usize = 50;
const QUESTIONS_MAX: usize = 30;

/// Incidents of one role.
pub struct RoleGroup {
    pub heading: String,
    pub count: usize,
    pub incidents: Vec<IncidentRow>,
    /// The search that shows them all, where the page does not.
    pub all: Option<Link>,
}

/// A number on a vendor's page.
pub struct Count {
    pub number: usize,
    pub unit: String,
}

/// What an incident adds to an indicator.
pub struct PartLine {
    pub link: Link,
    /// "3 × 1 × 1 × 0.6 = 1.8".
    pub product: String,
}

/// A dimension of exposure in ready words.
pub struct DimensionRow {
    pub name: String,
    pub acting: usize,
    pub against: usize,
    pub affected: usize,
    /// "12.4"; nothing where the data is insufficient.
    pub value: String,
    /// "10.1–14.7".
    pub band: String,
    pub parts: Vec<PartLine>,
}

#[derive(Template)]
#[template(path = "vendor.html")]
struct VendorPage<'a> {
    frame: Frame<'a>,
    name: String,
    also: String,
    facts: String,
    wikidata: Option<String>,
    counts: Vec<Count>,
    exposure: Vec<DimensionRow>,
    exposed: Option<Exposed>,
    products: Vec<Link>,
    groups: Vec<RoleGroup>,
    against: Vec<PositionLine>,
    accuses: Vec<PositionLine>,
    by: Vec<PositionLine>,
    questions: Vec<QuestionLine>,
}

/// What was said about and by a house in its incidents.
#[derive(Default)]
struct Said {
    against: Vec<PositionLine>,
    accuses: Vec<PositionLine>,
    by: Vec<PositionLine>,
    /// Incidents in which it accuses and is accused; matters it leaves unanswered.
    counts: [usize; 3],
}

/// Renders one vendor's page; empty for an id the registry does not know.
pub fn vendor(site: &Site<'_>, id: &EntityId) -> String {
    let Some(entity) = site.kb.entities.get(id) else { return String::new() };
    let incidents = site.incidents_of(id);
    let Said { against, accuses, by, counts: [accuser, accused, silent] } =
        said(site, id, &incidents);
    let live: Vec<_> = incidents
        .iter()
        .flat_map(|(_, i)| i.questions.iter().map(move |q| (*i, q)))
        .filter(|(_, q)| q.state.now().is_live())
        .filter(|(_, q)| {
            q.about.is_empty() || q.about.iter().any(|who| who.id.as_ref() == Some(id))
        })
        .collect();
    let count = |role| incidents.iter().filter(|(r, _)| *r == role).count();
    let counts = [
        (count(PartyRole::Initiator), "as initiator"),
        (count(PartyRole::Respondent), "as respondent"),
        (count(PartyRole::Affected), "as affected"),
        (count(PartyRole::Authority), "as authority"),
        (accuser, "as accuser"),
        (accused, "as accused"),
        (silent, "matters unanswered"),
        (live.len(), "open questions"),
    ];
    let group = |role: PartyRole| {
        let members = incidents.iter().filter(|(r, _)| *r == role);
        let rows: Vec<IncidentRow> =
            members.take(INCIDENTS_MAX).map(|(_, i)| incident_row(site, i)).collect();
        let heading = site.words.say(words::role(role)).to_string();
        let query = format!("kind:incident role:{}={id}", words::role(role).to_lowercase());
        let all = searched(site, &query, count(role), rows.len());
        (!rows.is_empty()).then(|| RoleGroup { heading, count: count(role), incidents: rows, all })
    };
    let name = site.words.entity(entity).to_string();
    let place = Place::Vendor(id);
    let description =
        site.words.fill("Incidents, claims and open questions that concern {x}.", &[("x", &name)]);
    let mut frame = Frame::new(site, &place, &name, &description).script(site, "filter.js");
    frame.feed = Some(format!("{}{}", frame.root, place.path()));
    let weights = site.weights();
    let dimensions = exposure::exposure(id, &incidents, weights, site.today());
    let page = VendorPage {
        frame,
        also: site
            .words
            .list(&entity.names.iter().filter(|other| **other != name).collect::<Vec<_>>()),
        facts: facts(site, id).join(" · "),
        wikidata: entity.wikidata.as_ref().map(|q| format!("https://www.wikidata.org/wiki/{q}")),
        counts: counts
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, unit)| Count { number, unit: site.words.say(unit).to_string() })
            .collect(),
        exposure: dimensions.iter().map(|dimension| dimension_row(site, dimension)).collect(),
        exposed: exposed(site, &incidents),
        products: products(site, id),
        groups: PartyRole::ALL.into_iter().filter_map(group).collect(),
        against,
        accuses,
        by,
        questions: live
            .into_iter()
            .take(QUESTIONS_MAX)
            .map(|(i, q)| question_line(site, i, q))
            .collect(),
        name,
    };
    rendered(&page)
}

fn said<'a>(site: &Site<'a>, id: &EntityId, incidents: &[(PartyRole, &'a Incident)]) -> Said {
    let house = site.index.houses(site.kb).of(id);
    let house: BTreeSet<&EntityId> = house.into_iter().map(|entity| &entity.id).collect();
    let is_house = |id: &Option<EntityId>| id.as_ref().is_some_and(|id| house.contains(id));
    let mut said = Said::default();
    let [accuser, accused, silent] = &mut said.counts;
    let put = |list: &mut Vec<PositionLine>, incident: &Incident, position: &Position| {
        if list.len() < CLAIMS_MAX {
            list.extend(position_line(site, incident, position));
        }
    };
    for (_, incident) in incidents {
        let (mut accuses, mut against) = (false, false);
        for position in &incident.positions {
            let first = position.tellings.first();
            let told = first.and_then(|(capture, id)| site.kb.claim(*capture, *id));
            let Some((reading, claim)) = told else { continue };
            // What its own papers say it says; who speaks for it without a name may not.
            let speaker = match claim.speaker {
                Speaker::Named(name) => Some(name),
                Speaker::Document(_, house) => house,
                Speaker::Anonymous(..) | Speaker::Outlet(_) | Speaker::Here => None,
            };
            let speaker = speaker.and_then(|name| reading.name(name));
            let speaks = speaker.is_some_and(|name| is_house(&name.id));
            let aimed = position.target.as_ref().is_some_and(|who| is_house(&who.id));
            match (position.stance, speaks) {
                (Stance::Alleges, true) => {
                    accuses = true;
                    put(&mut said.accuses, incident, position);
                }
                (Stance::Alleges, false) if aimed => {
                    against = true;
                    put(&mut said.against, incident, position);
                }
                (Stance::Silent | Stance::Declines, true) => *silent += 1,
                (_, true) => put(&mut said.by, incident, position),
                _ => {}
            }
        }
        *accuser += usize::from(accuses);
        *accused += usize::from(against);
    }
    said
}

fn facts(site: &Site<'_>, id: &EntityId) -> Vec<String> {
    let Some(entity) = site.kb.entities.get(id) else { return Vec::new() };
    let mut facts: Vec<String> = vec![site.words.say(words::entity_kind(entity.kind)).into()];
    facts.extend(entity.country.clone());
    facts.extend(entity.ticker.clone());
    if let Some(owner) = entity.owner.as_ref().and_then(|owner| site.kb.entities.get(owner)) {
        facts.push(site.words.fill("owned by {x}", &[("x", site.words.entity(owner))]));
    }
    for (name, until) in &entity.former {
        let until = until.map(|until| site.words.date(until));
        facts.push(match &until {
            Some(day) => site.words.fill("formerly {x} (until {y})", &[("x", name), ("y", day)]),
            None => site.words.fill("formerly {x}", &[("x", name)]),
        });
    }
    facts
}

fn dimension_row(site: &Site<'_>, dimension: &Dimension<'_>) -> DimensionRow {
    let [acting, against, affected] = dimension.counts;
    let indicator = dimension.indicator;
    DimensionRow {
        name: site.words.say(words::dimension(&dimension.name)).to_string(),
        acting,
        against,
        affected,
        value: indicator.map(|[value, _, _]| format!("{value:.1}")).unwrap_or_default(),
        band: indicator.map(|[_, low, high]| format!("{low:.1}–{high:.1}")).unwrap_or_default(),
        parts: match indicator {
            None => Vec::new(),
            Some(_) => dimension
                .parts
                .iter()
                .take(INCIDENTS_MAX)
                .map(|part| {
                    let factors: Vec<String> = part.factors.iter().map(f64::to_string).collect();
                    let product = format!("{} = {:.2}", factors.join(" × "), part.value());
                    PartLine { link: incident_link(site, part.incident), product }
                })
                .collect(),
        },
    }
}

/// Products of the house that incidents name: what the registry knows besides is not on record.
fn products(site: &Site<'_>, id: &EntityId) -> Vec<Link> {
    let house = site.index.houses(site.kb).of(id);
    let ids: Vec<&EntityId> = house.iter().map(|entity| &entity.id).collect();
    let named = site.index.products.iter();
    let links: BTreeSet<Link> = named
        .filter(|(_, product)| product.owner.is_some_and(|owner| ids.contains(&owner)))
        .map(|(address, product)| Link {
            name: product.name.to_string(),
            href: Some(Place::Product(address).path()),
        })
        .collect();
    links.into_iter().collect()
}
