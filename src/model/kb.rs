//! The whole record as one value.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::claim::{Claim, ClaimId};
use super::entity::{Entity, EntityId, NameIx, Who};
use super::incident::{Dispute, Incident, IncidentRef};
use super::reading::Reading;
use super::source::CaptureId;
use super::text::Evidence;

/// Everything the site, the search index and the export are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeBase {
    /// The day the record speaks of.
    pub today: NaiveDate,
    /// The registry.
    pub entities: BTreeMap<EntityId, Entity>,
    /// What was read, one reading per article.
    pub readings: BTreeMap<CaptureId, Reading>,
    /// Incidents, newest first.
    pub incidents: Vec<Incident>,
    /// Disputes, by id.
    pub disputes: Vec<Dispute>,
}

impl KnowledgeBase {
    /// The words of a piece of evidence.
    pub fn words(&self, evidence: Evidence) -> &str {
        self.readings.get(&evidence.capture).map_or("", |reading| reading.words(evidence.span))
    }

    /// A claim by capture and id.
    pub fn claim(&self, capture: CaptureId, id: ClaimId) -> Option<(&Reading, &Claim)> {
        let reading = self.readings.get(&capture)?;
        reading.claims.iter().find(|claim| claim.id == id).map(|claim| (reading, claim))
    }

    /// An incident by reference.
    pub fn incident(&self, id: &IncidentRef) -> Option<&Incident> {
        self.incidents.iter().find(|incident| &incident.id == id)
    }

    /// The registry entry's usual name, or the name as read.
    pub fn who(&self, reading: &Reading, index: NameIx) -> Option<Who> {
        reading.name(index).map(|name| Who {
            id: name.id.clone(),
            name: name.name.clone(),
            kind: name.kind,
        })
    }

    /// An entity and everything it owns, directly or not.
    pub fn house_of(&self, id: &EntityId) -> Vec<&Entity> {
        let mut house: Vec<&Entity> = self.entities.get(id).into_iter().collect();
        let mut next = 0;
        while let Some(owner) = house.get(next).map(|e| e.id.clone()) {
            let owned = self.entities.values().filter(|e| e.owner.as_ref() == Some(&owner));
            let new: Vec<&Entity> = owned.filter(|e| !house.iter().any(|h| h.id == e.id)).collect();
            house.extend(new);
            next += 1;
        }
        house
    }
}
