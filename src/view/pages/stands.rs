//! Who stands where in a dispute: what each party does in its incidents, what it alleges, what it denies.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::claim::{Speaker, Stance};
use crate::model::entity::{EntityId, Who};
use crate::model::incident::{Incident, Position};
use crate::model::party::PartyRole;
use crate::view::line::{self, ClaimLine, Link};
use crate::view::place::incident_path;
use crate::view::site::Site;
use crate::view::words;

/// Most positions of a stance that are quoted of a party.
const QUOTED_MAX: usize = 2;

/// The stances that tell where somebody stands, in the order of the page; silence comes by itself.
const STANCES: [Stance; 5] =
    [Stance::Alleges, Stance::Demands, Stance::Denies, Stance::Confirms, Stance::Announces];

/// A position of a party, short.
pub struct StandLine {
    pub claim: ClaimLine,
    /// Its incident, at the line of the claim.
    pub place: Link,
}

/// A party and where it stands.
pub struct Stand {
    pub who: Link,
    /// "Initiator: 3 incidents", "Denied: 10".
    pub parts: Vec<String>,
    /// Of each stance those that most reports tell.
    pub lines: Vec<StandLine>,
    /// Where it left something unanswered: "on the ban", at the line that says so.
    pub silent: Vec<Link>,
}

/// Where parties stand in incidents, in the order of the parties; who takes no part in any is left out.
pub fn stands<'a>(
    site: &Site<'_>,
    parties: impl Iterator<Item = &'a Who>,
    incidents: &[&Incident],
) -> Vec<Stand> {
    let stands = parties.map(|who| stand(site, who, incidents));
    stands.filter(|stand| !stand.parts.is_empty()).collect()
}

fn stand(site: &Site<'_>, who: &Who, incidents: &[&Incident]) -> Stand {
    let house: BTreeSet<&EntityId> = match &who.id {
        Some(id) => site.index.houses(site.kb).of(id).iter().map(|entity| &entity.id).collect(),
        None => BTreeSet::new(),
    };
    let is = |other: &Who| match &other.id {
        Some(id) => house.contains(id),
        None => who.id.is_none() && who.name == other.name,
    };
    let mut roles: BTreeMap<PartyRole, usize> = BTreeMap::new();
    for incident in incidents {
        let party = incident.parties.iter().find(|party| is(&party.who));
        party.into_iter().for_each(|party| *roles.entry(party.role).or_default() += 1);
    }
    let mut parts: Vec<String> = roles
        .iter()
        .map(|(role, count)| {
            let incidents = site.words.count(*count, "{n} incidents");
            let parts = [("x", site.words.say(words::role(*role))), ("y", incidents.as_str())];
            site.words.fill("{x}: {y}", &parts)
        })
        .collect();
    let mut held: Vec<(&Incident, &Position)> = incidents
        .iter()
        .rev()
        .flat_map(|incident| incident.positions.iter().map(move |position| (*incident, position)))
        .filter(|(_, position)| {
            position.who.as_ref().is_some_and(is)
                || spoken_for(site, position).is_some_and(|id| house.contains(id))
        })
        .collect();
    held.sort_by_key(|(_, position)| Reverse(position.roots));
    let mut lines = Vec::new();
    for stance in STANCES {
        let of_it = || held.iter().filter(|(_, position)| position.stance == stance);
        if of_it().next().is_some() {
            let heading = site.words.say(words::stance_heading(stance));
            let parts_of = [("x", heading), ("y", &of_it().count().to_string())];
            parts.push(site.words.fill("{x}: {y}", &parts_of));
        }
        let told = of_it().filter_map(|(incident, position)| line(site, incident, position));
        lines.extend(told.take(QUOTED_MAX));
    }
    let quiet = |position: &Position| matches!(position.stance, Stance::Silent | Stance::Declines);
    let mut seen = BTreeSet::new();
    let silent = held.iter().filter(|(_, position)| quiet(position));
    let silent =
        silent.filter(|(incident, position)| seen.insert((&incident.id, &position.matter)));
    Stand {
        who: line::who(site, who),
        parts,
        lines,
        silent: silent
            .filter_map(|(incident, position)| unanswered(site, incident, position))
            .collect(),
    }
}

/// The house that the speaker of a position speaks for.
fn spoken_for<'a>(site: &Site<'a>, position: &Position) -> Option<&'a EntityId> {
    let (capture, id) = position.tellings.first()?;
    let (reading, claim) = site.kb.claim(*capture, *id)?;
    match claim.speaker {
        Speaker::Named(name) => reading.name(name)?.owner.as_ref(),
        // What its own papers say it says; who speaks for it without a name may not.
        Speaker::Document(_, house) => reading.name(house?)?.id.as_ref(),
        Speaker::Anonymous(..) | Speaker::Outlet(_) | Speaker::Here => None,
    }
}

/// The first telling of a position; nothing where its claim is gone.
fn line(site: &Site<'_>, incident: &Incident, position: &Position) -> Option<StandLine> {
    let (capture, id) = position.tellings.first()?;
    let (reading, claim) = site.kb.claim(*capture, *id)?;
    let claim = line::claim(site, reading, claim);
    let name = site.words.title(incident).to_string();
    let href = Some(format!("{}#{}", incident_path(incident), claim.anchor));
    Some(StandLine { claim, place: Link { name, href } })
}

/// On what somebody gave no answer, leading to the words that say so.
fn unanswered(site: &Site<'_>, incident: &Incident, position: &Position) -> Option<Link> {
    let StandLine { place, .. } = line(site, incident, position)?;
    let topic = position.matter.as_ref().and_then(|id| site.topic(id));
    let name = match topic {
        Some(topic) => site.words.fill("on {x}", &[("x", site.words.say(topic))]),
        None => place.name,
    };
    Some(Link { name, href: place.href })
}
