//! What incidents are to one another: an answer, a part, what came before, the like case of others.
//!
//! In: incidents with the words of their articles that point elsewhere. Out: typed relations, noted at both
//! ends. What holds: the earlier incident came first; its kind and one of its parties stand in the words; where two
//! incidents could be meant none is taken. Without such words incidents are tied by their dispute alone.

pub(super) mod allusions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::parallel;
use crate::model::entity::Who;
use crate::model::incident::{Incident, IncidentRef};
use crate::model::party::PartyRole;
use crate::model::relation::{Allusion, End, Relation, Tie};
use crate::rules::Thresholds;

/// Who stands at the centre of an incident.
type Principals = BTreeSet<String>;

/// What each incident is to the earlier ones that its articles point at, and to later ones.
pub(super) fn tie(incidents: &[Arc<Incident>], t: &Thresholds) -> Vec<Vec<Relation>> {
    let known = Known::of(incidents);
    let pointing: Vec<usize> = (0..incidents.len())
        .filter(|at| incidents.get(*at).is_some_and(|incident| !incident.allusions.is_empty()))
        .collect();
    let found = parallel::map(&pointing, |at| known.pointed_at(*at, t));
    let mut found: Vec<(usize, usize, Relation)> = found.into_iter().flatten().collect();
    found.sort_by_key(|(at, other, relation)| (*at, relation.end, relation.tie, *other));
    let mut relations = vec![Vec::new(); incidents.len()];
    for (at, _, relation) in found {
        relations.get_mut(at).into_iter().for_each(|list| list.push(relation.clone()));
    }
    relations
}

fn principals(incident: &Incident) -> Principals {
    let parties = incident.parties.iter().filter(|party| party.role <= PartyRole::Authority);
    parties.map(|party| party.who.key()).collect()
}

/// Incidents by who stands at their centre.
struct Known<'a> {
    incidents: &'a [Arc<Incident>],
    principals: Vec<Principals>,
    by_party: BTreeMap<String, Vec<usize>>,
    /// By party and main type.
    by_matter: BTreeMap<(String, &'a str), Vec<usize>>,
}

impl<'a> Known<'a> {
    fn of(incidents: &'a [Arc<Incident>]) -> Self {
        let principals = parallel::map(incidents, |incident| principals(incident));
        let (mut by_party, mut by_matter) = (BTreeMap::new(), BTreeMap::new());
        for (at, (incident, parties)) in incidents.iter().zip(&principals).enumerate() {
            for party in parties {
                by_party.entry(party.clone()).or_insert_with(Vec::new).push(at);
                if let Some(matter) = incident.types.first() {
                    let key = (party.clone(), matter.as_str());
                    by_matter.entry(key).or_insert_with(Vec::new).push(at);
                }
            }
        }
        Self { incidents, principals, by_party, by_matter }
    }

    /// The incidents that the articles of one point at, and what both are to each other.
    fn pointed_at(&self, at: usize, t: &Thresholds) -> Vec<(usize, usize, Relation)> {
        let Some(incident) = self.incidents.get(at) else { return Vec::new() };
        let look = Look { known: self, at, pairs: self.of_pairs(at), t };
        let mut votes: BTreeMap<(usize, Tie), (usize, &Allusion)> = BTreeMap::new();
        for allusion in &incident.allusions {
            if let Some(meant) = look.meant(allusion) {
                votes.entry(meant).or_insert((0, allusion)).0 += 1;
            }
        }
        let mut best: BTreeMap<usize, (usize, Tie, &Allusion)> = BTreeMap::new();
        for ((other, tie), (count, allusion)) in votes {
            let known = best.entry(other).or_insert((count, tie, allusion));
            if count > known.0 {
                *known = (count, tie, allusion);
            }
        }
        let mut found = Vec::new();
        for (other, (_, tie, allusion)) in best {
            let Some(earlier) = self.incidents.get(other) else { continue };
            let relation = |end, other: &IncidentRef| Relation {
                tie,
                end,
                other: other.clone(),
                words: allusion.words,
            };
            found.push((at, other, relation(End::Later, &earlier.id)));
            found.push((other, at, relation(End::Earlier, &incident.id)));
        }
        found
    }

    /// Incidents with two principals of one at their centre.
    fn of_pairs(&self, at: usize) -> BTreeSet<usize> {
        let own = self.principals.get(at).into_iter().flatten();
        let mut lists: Vec<&Vec<usize>> =
            own.filter_map(|party| self.by_party.get(party)).collect();
        lists.sort_by_key(|list| list.len());
        let mut found = BTreeSet::new();
        for (nth, list) in lists.iter().enumerate() {
            for longer in lists.iter().skip(nth + 1) {
                found.extend(list.iter().filter(|other| longer.binary_search(other).is_ok()));
            }
        }
        found
    }
}

/// A look for the incident that the articles of another point at.
struct Look<'a> {
    known: &'a Known<'a>,
    at: usize,
    /// Incidents with two of its principals.
    pairs: BTreeSet<usize>,
    t: &'a Thresholds,
}

impl Look<'_> {
    /// The one incident that fits best, and what the words make of it.
    fn meant(&self, allusion: &Allusion) -> Option<(usize, Tie)> {
        let named: BTreeSet<String> = allusion.named.iter().map(Who::key).collect();
        let own = self.known.principals.get(self.at)?;
        let matter = self.known.incidents.get(self.at)?.types.first().map_or("", String::as_str);
        // Those that can fit: of the same two houses, or of another house in the same matter.
        let like = named.difference(own).filter_map(|party| {
            self.known.by_matter.get(&(party.clone(), matter)).map(|list| list.iter())
        });
        let near: BTreeSet<usize> = self.pairs.iter().chain(like.flatten()).copied().collect();
        let mut fits: Vec<(usize, usize, Tie)> = Vec::new();
        for other in near.into_iter().filter(|other| *other != self.at) {
            let tie =
                allusion.ties.iter().copied().find(|tie| self.fits(*tie, other, allusion, &named));
            let theirs = self.known.principals.get(other);
            let told = theirs.map_or(0, |theirs| theirs.intersection(&named).count());
            fits.extend(tie.map(|tie| (told, other, tie)));
        }
        fits.sort_by_key(|(told, ..)| std::cmp::Reverse(*told));
        let (told, other, tie) = *fits.first()?;
        let alone = fits.get(1).is_none_or(|(second, ..)| *second < told);
        alone.then_some((other, tie))
    }

    /// Whether words that name houses and types can speak of another incident in this way.
    fn fits(&self, tie: Tie, other: usize, allusion: &Allusion, named: &BTreeSet<String>) -> bool {
        let incidents = &self.known.incidents;
        let (Some(later), Some(earlier)) = (incidents.get(self.at), incidents.get(other)) else {
            return false;
        };
        let principals = &self.known.principals;
        let (Some(own), Some(theirs)) = (principals.get(self.at), principals.get(other)) else {
            return false;
        };
        let days = (later.opened.sort_day() - earlier.opened.sort_day()).num_days();
        let Some(matter) = earlier.types.first() else { return false };
        let same_matter = later.types.first() == Some(matter);
        if days < 1 || !allusion.types.contains(matter) {
            return false;
        }
        let pair = own.intersection(theirs).count() >= 2;
        let told = named.is_empty() || named.iter().any(|party| theirs.contains(party));
        // A house of the earlier one that has no part in the later one.
        let others = named.iter().any(|party| theirs.contains(party) && !own.contains(party));
        match tie {
            Tie::Precedent => same_matter && others,
            // "The ban" in a report of a ban is the ban it reports.
            Tie::RetaliationFor | Tie::PartOf | Tie::Precursor => {
                pair && told && !same_matter && days as f64 <= self.t.relation_days
            }
        }
    }
}
