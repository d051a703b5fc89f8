//! Digests of articles and incidents, each remembered beside what it is of.
//!
//! What holds: a digest is given only for the very value it was made of, so that nothing has to be forgotten
//! for a digest to be right.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::excerpt::digest;
use crate::model::incident::{Incident, IncidentRef};
use crate::model::kb::KnowledgeBase;
use crate::model::reading::Reading;
use crate::model::source::CaptureId;

/// A digest; nothing of what has no serialised form.
pub type Seal = Option<String>;

/// Values with what was made of each.
#[derive(Debug)]
struct Beside<K, T, S>(RwLock<BTreeMap<K, (Arc<T>, S)>>);

impl<K, T, S> Default for Beside<K, T, S> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Ord, T, S: Clone> Beside<K, T, S> {
    fn of(&self, key: K, value: &Arc<T>, make: impl FnOnce(&T) -> S) -> S {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, made)) = known.get(&key).filter(|(of, _)| Arc::ptr_eq(of, value)) {
            return made.clone();
        }
        drop(known);
        let made = make(value);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, (value.clone(), made.clone()));
        made
    }

    fn keep(&mut self, keep: impl Fn(&K) -> bool) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).retain(|key, _| keep(key));
    }
}

/// The digests.
#[derive(Debug, Default)]
pub struct Seals {
    readings: Beside<CaptureId, Reading, Seal>,
    /// Of an incident, and of its outline.
    incidents: Beside<IncidentRef, Incident, [Seal; 2]>,
}

impl Seals {
    /// Of what was read of an article.
    pub(super) fn reading(&self, capture: CaptureId, reading: &Arc<Reading>) -> Seal {
        self.readings.of(capture, reading, digest)
    }

    /// Of an incident, and of its outline.
    pub(super) fn incident(
        &self,
        incident: &Arc<Incident>,
        outline: impl FnOnce(&Incident) -> Incident,
    ) -> [Seal; 2] {
        let seal = |incident: &Incident| [digest(incident), digest(&outline(incident))];
        self.incidents.of(incident.id.clone(), incident, seal)
    }

    /// Forgets what is no longer on record.
    pub fn keep(&mut self, kb: &KnowledgeBase) {
        let incidents: BTreeSet<&IncidentRef> = kb.incidents.iter().map(|i| &i.id).collect();
        self.readings.keep(|capture| kb.readings.contains_key(capture));
        self.incidents.keep(|id| incidents.contains(id));
    }
}
