//! Vendors and authorities: the list, and one page each. Counts, never a verdict.

use askama::Template;

use super::home::{VendorRow, vendor_rows};
use super::ledger::{PositionLine, position_line};
use super::parts::{IncidentRow, QuestionLine, incident_row, question_line};
use super::{Frame, rendered};
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::{EntityId, EntityKind};
use crate::model::incident::PartyRole;
use crate::view::site::Site;
use crate::view::words;

/// Most positions of each kind on a vendor's page.
const CLAIMS_MAX: usize = 40;

/// Incidents of one role.
pub struct RoleGroup {
    pub heading: &'static str,
    pub incidents: Vec<IncidentRow>,
}

/// A number on a vendor's page.
pub struct Count {
    pub number: usize,
    pub unit: &'static str,
}

#[derive(Template)]
#[template(path = "vendors.html")]
struct VendorsPage {
    frame: Frame,
    vendors: Vec<VendorRow>,
}

#[derive(Template)]
#[template(path = "vendor.html")]
struct VendorPage {
    frame: Frame,
    name: String,
    also: String,
    facts: String,
    wikidata: Option<String>,
    counts: Vec<Count>,
    products: Vec<String>,
    groups: Vec<RoleGroup>,
    against: Vec<PositionLine>,
    accuses: Vec<PositionLine>,
    by: Vec<PositionLine>,
    questions: Vec<QuestionLine>,
}

/// Renders the list of vendors.
pub fn vendors(site: &Site<'_>) -> String {
    let page = VendorsPage {
        frame: Frame::new(
            site,
            "vendors/",
            "Vendors",
            "Companies on record, by the part they take in incidents.",
            "vendors",
        ),
        vendors: vendor_rows(site),
    };
    rendered(&page)
}

/// Renders one vendor's page; `None` for an id the registry does not know.
pub fn vendor(site: &Site<'_>, id: &EntityId) -> Option<String> {
    let entity = site.kb.entities.get(id)?;
    let incidents = site.incidents_of(id);
    let house: Vec<&EntityId> = site.kb.house_of(id).into_iter().map(|e| &e.id).collect();
    let is_house = |id: &Option<EntityId>| id.as_ref().is_some_and(|id| house.contains(&id));
    let (mut against, mut accuses, mut by) = (Vec::new(), Vec::new(), Vec::new());
    let (mut accuser, mut accused, mut silent) = (0, 0, 0);
    for (_, incident) in &incidents {
        let before = (accuses.len(), against.len());
        for position in &incident.positions {
            let first = position.tellings.first();
            let told = first.and_then(|(capture, id)| site.kb.claim(*capture, *id));
            let Some((reading, claim)) = told else { continue };
            let speaks = matches!(claim.speaker, Speaker::Named(name)
                if reading.name(name).is_some_and(|name| is_house(&name.id)));
            let aimed = position.target.as_ref().is_some_and(|who| is_house(&who.id));
            let Some(line) = position_line(site, position) else { continue };
            match (position.stance, speaks) {
                (Stance::Alleges, true) => accuses.push(line),
                (Stance::Alleges, false) if aimed => against.push(line),
                (Stance::Silent | Stance::Declines, true) => silent += 1,
                (_, true) => by.push(line),
                _ => {}
            }
        }
        accuser += usize::from(accuses.len() > before.0);
        accused += usize::from(against.len() > before.1);
    }
    let questions: Vec<QuestionLine> = incidents
        .iter()
        .flat_map(|(_, i)| i.questions.iter().map(move |q| (*i, q)))
        .filter(|(_, q)| q.state.now().is_live())
        .filter(|(_, q)| {
            q.about.is_empty() || q.about.iter().any(|who| who.id.as_ref() == Some(id))
        })
        .map(|(i, q)| question_line(site, i, q))
        .collect();
    let count = |role| incidents.iter().filter(|(r, _)| *r == role).count();
    let counts = vec![
        Count { number: count(PartyRole::Initiator), unit: "as initiator" },
        Count { number: count(PartyRole::Respondent), unit: "as respondent" },
        Count { number: count(PartyRole::Affected), unit: "as affected" },
        Count { number: count(PartyRole::Authority), unit: "as authority" },
        Count { number: accuser, unit: "as accuser" },
        Count { number: accused, unit: "as accused" },
        Count { number: silent, unit: "matters unanswered" },
        Count { number: questions.len(), unit: "open questions" },
    ];
    let groups = PartyRole::ALL
        .into_iter()
        .filter_map(|role| {
            let rows: Vec<IncidentRow> = incidents
                .iter()
                .filter(|(r, _)| *r == role)
                .map(|(_, i)| incident_row(site, i))
                .collect();
            (!rows.is_empty()).then(|| RoleGroup { heading: words::role(role), incidents: rows })
        })
        .collect();
    let mut facts: Vec<String> = vec![kind_word(entity.kind).into()];
    facts.extend(entity.country.clone());
    facts.extend(entity.ticker.clone());
    if let Some(owner) = entity.owner.as_ref().and_then(|owner| site.kb.entities.get(owner)) {
        facts.push(format!("owned by {}", owner.name));
    }
    for (name, until) in &entity.former {
        match until {
            Some(until) => facts.push(format!("formerly {name} (until {})", words::date(*until))),
            None => facts.push(format!("formerly {name}")),
        }
    }
    against.truncate(CLAIMS_MAX);
    accuses.truncate(CLAIMS_MAX);
    by.truncate(CLAIMS_MAX);
    let path = format!("vendors/{id}/");
    let page = VendorPage {
        frame: Frame::new(
            site,
            &path,
            &entity.name,
            &format!("Incidents, claims and open questions that concern {}.", entity.name),
            "vendors",
        ),
        name: entity.name.clone(),
        also: entity.names.join(" · "),
        facts: facts.join(" · "),
        wikidata: entity.wikidata.as_ref().map(|q| format!("https://www.wikidata.org/wiki/{q}")),
        counts: counts.into_iter().filter(|count| count.number > 0).collect(),
        products: products(site, id),
        groups,
        against,
        accuses,
        by,
        questions,
    };
    Some(rendered(&page))
}

fn kind_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organization => "Organisation",
        EntityKind::Government => "Authority",
        EntityKind::Person => "Person",
        EntityKind::Product => "Product",
        EntityKind::Place => "Place",
        EntityKind::Legal => "Law",
    }
}

/// Products of the house: the registry's, and versions named in articles.
fn products(site: &Site<'_>, id: &EntityId) -> Vec<String> {
    let house = site.kb.house_of(id);
    let mut names: Vec<String> = house
        .iter()
        .filter(|e| e.kind == EntityKind::Product && e.id != *id)
        .map(|e| e.name.clone())
        .collect();
    let ids: Vec<&EntityId> = house.iter().map(|e| &e.id).collect();
    for reading in site.kb.readings.values() {
        for name in reading.names.iter().filter(|n| n.kind == EntityKind::Product && n.id.is_none())
        {
            if name.owner.as_ref().is_some_and(|owner| ids.contains(&owner))
                && !names.contains(&name.name)
            {
                names.push(name.name.clone());
            }
        }
    }
    names.sort();
    names
}
