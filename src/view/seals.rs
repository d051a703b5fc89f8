//! Digests of articles and incidents, each remembered beside what it is of.
//!
//! What holds: a digest is given only for the very value it was made of, so that nothing has to be forgotten
//! for a digest to be right.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::excerpt::digest;
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::reading::Reading;

/// A digest; nothing of what has no serialised form.
pub type Seal = Option<String>;

/// Values, by where they lie, with what was made of each.
#[derive(Debug)]
struct Beside<T, S>(RwLock<HashMap<usize, (Arc<T>, S)>>);

impl<T, S> Default for Beside<T, S> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T, S: Clone> Beside<T, S> {
    fn of(&self, value: &Arc<T>, make: impl FnOnce(&T) -> S) -> S {
        // As long as a value is kept here, no other lies at its place.
        let place = Arc::as_ptr(value).addr();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, made)) = known.get(&place) {
            return made.clone();
        }
        drop(known);
        let made = make(value);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(place, (value.clone(), made.clone()));
        made
    }

    fn keep<'v>(&mut self, values: impl Iterator<Item = &'v Arc<T>>)
    where
        T: 'v,
    {
        let places: HashSet<usize> = values.map(|value| Arc::as_ptr(value).addr()).collect();
        let known = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        known.retain(|place, _| places.contains(place));
    }
}

/// The digests.
#[derive(Debug, Default)]
pub struct Seals {
    readings: Beside<Reading, Seal>,
    incidents: Beside<Incident, Sealed>,
}

/// What is remembered of an incident.
#[derive(Debug, Clone)]
pub(super) struct Sealed {
    /// Its digest.
    pub whole: Seal,
    /// As it stands in lists of others, and a digest of that.
    pub outline: Arc<Incident>,
    pub outlined: Seal,
}

impl Seals {
    /// Of what was read of an article.
    pub(super) fn reading(&self, reading: &Arc<Reading>) -> Seal {
        self.readings.of(reading, digest)
    }

    /// Of an incident, and its outline.
    pub(super) fn incident(
        &self,
        incident: &Arc<Incident>,
        outline: impl FnOnce(&Incident) -> Incident,
    ) -> Sealed {
        self.incidents.of(incident, |incident| {
            let outline = outline(incident);
            let (whole, outlined) = (digest(incident), digest(&outline));
            Sealed { whole, outline: Arc::new(outline), outlined }
        })
    }

    /// Forgets what is no longer on record.
    pub fn keep(&mut self, kb: &KnowledgeBase) {
        self.readings.keep(kb.readings.values());
        self.incidents.keep(kb.incidents.iter());
    }
}
