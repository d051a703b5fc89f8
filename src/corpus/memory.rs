//! What resolving a corpus once leaves for the next time.
//!
//! What holds: what is remembered lies beside all it was made of, and is taken up where that is the same; so
//! resolving with a memory gives what resolving without one gives.

use std::collections::HashMap;
use std::sync::Arc;

use super::cluster::Clusters;
use super::identity::Identities;
use super::incidents::{self, Captured};
use super::parallel;
use super::roundups::{Source, Told};
use crate::model::incident::{DisputeId, Incident};
use crate::model::relation::Relation;
use crate::model::source::CaptureId;
use crate::rules::Rules;

/// What is remembered; of a first time there is nothing.
#[derive(Debug, Default)]
pub struct Memory {
    /// Digests of the rules.
    rules: [String; 2],
    identities: Identities,
    pub(super) clusters: Clusters,
    /// Incidents by the first of their articles.
    incidents: HashMap<CaptureId, Known>,
}

/// An incident and what it was made of.
#[derive(Debug)]
struct Known {
    sources: Vec<Source>,
    pin: Option<String>,
    incident: Arc<Incident>,
    /// The same, tied to others.
    tied: Option<Arc<Incident>>,
}

impl Memory {
    /// Forgets what other rules made.
    pub(super) fn begin(&mut self, rules: &Rules) {
        let digests = [&rules.digest, &rules.shown];
        if !self.rules.iter().eq(digests) {
            *self = Self { rules: digests.map(String::clone), ..Self::default() };
        }
    }

    /// Makes incidents of what is told of them.
    pub(super) fn incidents(
        &mut self,
        told: &[Told<'_>],
        identities: Identities,
        rules: &Rules,
    ) -> Vec<Captured> {
        let renamed = identities.renamed_since(&self.identities);
        let is_known = |known: &Known, told: &Told<'_>, sources: &[Source]| {
            let named = |source: &Source| renamed.among(&source.reading().names);
            known.sources == sources && known.pin == told.group.pin && !sources.iter().any(named)
        };
        let made = parallel::map(told, |told| {
            let sources = told.sources();
            let known = told.first().and_then(|first| self.incidents.get(&first));
            let known = known.filter(|known| is_known(known, told, &sources));
            match known {
                Some(known) => (sources, known.incident.clone(), known.tied.clone()),
                None => (sources, Arc::new(incidents::told(told, &identities, rules)), None),
            }
        });
        self.incidents.clear();
        let mut captured = Vec::with_capacity(made.len());
        for (told, (sources, incident, tied)) in told.iter().zip(made) {
            let pin = told.group.pin.clone();
            captured.push(Captured { incident: incident.clone(), pin: pin.clone() });
            let known = Known { sources, pin, incident, tied };
            self.incidents.extend(told.first().map(|first| (first, known)));
        }
        self.identities = identities;
        captured
    }

    /// Incidents with what ties each to others.
    pub(super) fn tied(
        &mut self,
        incidents: Vec<Arc<Incident>>,
        disputes: Vec<Option<DisputeId>>,
        relations: Vec<Vec<Relation>>,
    ) -> Vec<Arc<Incident>> {
        let tied = incidents.into_iter().zip(disputes).zip(relations);
        tied.map(|((incident, dispute), relations)| self.tie(incident, dispute, relations))
            .collect()
    }

    fn tie(
        &mut self,
        mut incident: Arc<Incident>,
        dispute: Option<DisputeId>,
        relations: Vec<Relation>,
    ) -> Arc<Incident> {
        let is = |i: &Arc<Incident>| i.dispute == dispute && i.relations == relations;
        if is(&incident) {
            return incident;
        }
        let known = incident.articles.first().and_then(|first| self.incidents.get_mut(first));
        let known = known.filter(|known| Arc::ptr_eq(&known.incident, &incident));
        if let Some(tied) = known.as_ref().and_then(|known| known.tied.clone()).filter(is) {
            return tied;
        }
        let changed = Arc::make_mut(&mut incident);
        (changed.dispute, changed.relations) = (dispute, relations);
        if let Some(known) = known {
            known.tied = Some(incident.clone());
        }
        incident
    }
}
