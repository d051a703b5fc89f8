//! What incidents are to one another: an answer, a part, what came before, the like case of others.
//!
//! In: incidents with the words of their articles that point elsewhere. Out: typed relations, noted at both
//! ends. What holds: the earlier incident came first; its kind and one of its parties stand in the words; where two
//! incidents could be meant none is taken. Without such words incidents are tied by their dispute alone.

pub(super) mod allusions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::entity::Who;
use crate::model::incident::{Incident, IncidentRef};
use crate::model::party::PartyRole;
use crate::model::relation::{Allusion, End, Relation, Tie};
use crate::rules::Thresholds;

/// Who stands at the centre of an incident.
type Principals = BTreeSet<String>;

/// What each incident is to the earlier ones that its articles point at, and to later ones.
pub(super) fn tie(incidents: &[Arc<Incident>], t: &Thresholds) -> Vec<Vec<Relation>> {
    let principals: Vec<Principals> = incidents.iter().map(|i| principals(i)).collect();
    let mut by_party: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, parties) in principals.iter().enumerate() {
        for party in parties {
            by_party.entry(party).or_default().push(at);
        }
    }
    let mut found: Vec<(usize, usize, Relation)> = Vec::new();
    for (at, incident) in incidents.iter().enumerate().filter(|(_, i)| !i.allusions.is_empty()) {
        let mut votes: BTreeMap<(usize, Tie), (usize, &Allusion)> = BTreeMap::new();
        for allusion in &incident.allusions {
            let look = Look { incidents, principals: &principals, by_party: &by_party, at, t };
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
        for (other, (_, tie, allusion)) in best {
            let Some(earlier) = incidents.get(other) else { continue };
            let relation = |end, other: &IncidentRef| Relation {
                tie,
                end,
                other: other.clone(),
                words: allusion.words,
            };
            found.push((at, other, relation(End::Later, &earlier.id)));
            found.push((other, at, relation(End::Earlier, &incident.id)));
        }
    }
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

/// A look for the incident that the articles of another point at.
struct Look<'a> {
    incidents: &'a [Arc<Incident>],
    principals: &'a [Principals],
    by_party: &'a BTreeMap<&'a str, Vec<usize>>,
    at: usize,
    t: &'a Thresholds,
}

impl Look<'_> {
    /// The one incident that fits best, and what the words make of it.
    fn meant(&self, allusion: &Allusion) -> Option<(usize, Tie)> {
        let named: BTreeSet<String> = allusion.named.iter().map(Who::key).collect();
        let own = self.principals.get(self.at)?;
        let near: BTreeSet<usize> = named
            .iter()
            .chain(own)
            .filter_map(|party| self.by_party.get(party.as_str()))
            .flatten()
            .copied()
            .filter(|other| *other != self.at)
            .collect();
        let mut fits: Vec<(usize, usize, Tie)> = Vec::new();
        for other in near {
            let tie =
                allusion.ties.iter().copied().find(|tie| self.fits(*tie, other, allusion, &named));
            let theirs = self.principals.get(other);
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
        let (Some(later), Some(earlier)) = (self.incidents.get(self.at), self.incidents.get(other))
        else {
            return false;
        };
        let (Some(own), Some(theirs)) = (self.principals.get(self.at), self.principals.get(other))
        else {
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
