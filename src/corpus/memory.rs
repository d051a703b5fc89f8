//! What resolving a corpus once leaves for the next time.
//!
//! What holds: what is remembered lies beside all it was made of, and is taken up where that is the same; so
//! resolving with a memory gives what resolving without one gives.

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::Arc;

use super::cluster::Clusters;
use super::identity::Identities;
use super::incidents::{self, Captured, Joined};
use super::roundups::{Source, Told};
use super::{entered, parallel};
use crate::model::editor::EnteredIncident;
use crate::model::incident::{DisputeId, Incident, IncidentId, IncidentRef};
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
    /// What editors entered, with the incident each row is.
    entered: HashMap<IncidentId, (Arc<EnteredIncident>, Arc<Incident>)>,
    pub(super) joined: Joined,
    /// Incidents, and the same tied to others.
    tied: BTreeMap<IncidentRef, [Arc<Incident>; 2]>,
}

/// An incident and what it was made of.
#[derive(Debug)]
struct Known {
    sources: Vec<Source>,
    pin: Option<String>,
    incident: Arc<Incident>,
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
                Some(known) => (sources, known.incident.clone()),
                None => (sources, Arc::new(incidents::told(told, &identities, rules))),
            }
        });
        self.incidents.clear();
        let mut captured = Vec::with_capacity(made.len());
        for (told, (sources, incident)) in told.iter().zip(made) {
            let pin = told.group.pin.clone();
            captured.push(Captured { incident: incident.clone(), pin: pin.clone() });
            let known = Known { sources, pin, incident };
            self.incidents.extend(told.first().map(|first| (first, known)));
        }
        self.identities = identities;
        captured
    }

    /// Makes incidents of what editors entered.
    pub(super) fn entered(
        &mut self,
        rows: &[&Arc<EnteredIncident>],
        rules: &Rules,
    ) -> Vec<Arc<Incident>> {
        let made = parallel::map(rows, |row| {
            let known = self.entered.get(&row.id).filter(|(of, _)| Arc::ptr_eq(of, row));
            known.map_or_else(
                || Arc::new(entered::incident(row, rules)),
                |(_, incident)| incident.clone(),
            )
        });
        let known = rows.iter().zip(&made);
        let known = known.map(|(row, made)| (row.id.clone(), (Arc::clone(row), made.clone())));
        self.entered = known.collect();
        made
    }

    /// Incidents with what ties each to others.
    pub(super) fn tied(
        &mut self,
        incidents: Vec<Arc<Incident>>,
        disputes: Vec<Option<DisputeId>>,
        relations: Vec<Vec<Relation>>,
    ) -> Vec<Arc<Incident>> {
        let before = mem::take(&mut self.tied);
        let ties = disputes.into_iter().zip(relations);
        let tied = incidents.into_iter().zip(ties).map(|(mut incident, (dispute, relations))| {
            let is = |i: &Incident| i.dispute == dispute && i.relations == relations;
            if is(&incident) {
                return incident;
            }
            let known = before.get(&incident.id);
            let known = known.filter(|[of, tied]| Arc::ptr_eq(of, &incident) && is(tied));
            let pair = known.cloned().unwrap_or_else(|| {
                let of = incident.clone();
                let changed = Arc::make_mut(&mut incident);
                (changed.dispute, changed.relations) = (dispute, relations);
                [of, incident]
            });
            let [of, tied] = &pair;
            let tied = tied.clone();
            self.tied.insert(of.id.clone(), pair);
            tied
        });
        tied.collect()
    }
}
