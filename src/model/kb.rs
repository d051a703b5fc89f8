//! The whole record as one value.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::claim::{Claim, ClaimId};
use super::entity::{Entity, EntityId, NameIx, Who};
use super::id::Key;
use super::incident::{Contradiction, Dispute, Incident, IncidentRef};
use super::judgement::Judged;
use super::life::Lives;
use super::reading::Reading;
use super::source::CaptureId;
use super::subject::{ContradictionId, EntryId};
use super::text::Evidence;

/// Everything the site, the search index and the export are made from; its large parts are handed on
/// without being copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeBase {
    /// The day the record speaks of.
    pub today: NaiveDate,
    /// The registry.
    pub entities: Arc<BTreeMap<EntityId, Entity>>,
    /// What was read, one reading per article.
    pub readings: BTreeMap<CaptureId, Arc<Reading>>,
    /// What earlier versions of articles said.
    pub lives: Lives,
    /// Incidents, newest first.
    pub incidents: Vec<Arc<Incident>>,
    /// Disputes, by id.
    pub disputes: Vec<Dispute>,
    /// What editors decided about all this.
    pub judged: Judged,
}

/// Claims with the incident they are told of, by article.
pub type Elsewhere<'a> = BTreeMap<CaptureId, BTreeMap<ClaimId, &'a Incident>>;

impl KnowledgeBase {
    /// Of each article its incident, by its place; of one that belongs to none the first that it tells of.
    pub fn homes(&self) -> BTreeMap<CaptureId, usize> {
        let mut homes = BTreeMap::new();
        for (at, incident) in self.incidents.iter().enumerate() {
            homes.extend(incident.articles.iter().map(|id| (*id, at)));
        }
        for (at, incident) in self.incidents.iter().enumerate() {
            for passage in &incident.passages {
                homes.entry(passage.capture).or_insert(at);
            }
        }
        homes
    }

    /// Claims that are told of another incident than their article's.
    pub fn told_elsewhere(&self, homes: &BTreeMap<CaptureId, usize>) -> Elsewhere<'_> {
        let mut elsewhere = Elsewhere::new();
        for (at, incident) in self.incidents.iter().enumerate() {
            let away = incident.claims.iter().filter(|(id, _)| homes.get(id) != Some(&at));
            for (capture, claim) in away {
                elsewhere.entry(*capture).or_default().insert(*claim, incident.as_ref());
            }
        }
        elsewhere
    }

    /// A record that holds nothing.
    pub fn empty(today: NaiveDate) -> Self {
        Self {
            today,
            entities: Arc::default(),
            readings: BTreeMap::new(),
            lives: Lives::default(),
            incidents: Vec::new(),
            disputes: Vec::new(),
            judged: Judged::default(),
        }
    }

    /// Ids of the lines of an incident's timeline, in their order: of the first words that told each;
    /// what an editor entered is known by date and words.
    pub fn entry_ids(&self, incident: &Incident) -> Vec<EntryId> {
        let mut seen: BTreeMap<EntryId, usize> = BTreeMap::new();
        let ids = incident.timeline.iter().map(|entry| {
            let key = |nth: &str| match entry.evidence.first() {
                Some(first) => {
                    Key::of(&["entry", &self.article_key(*first), self.words(*first), nth])
                }
                None => Key::of(&["entry", &entry.date.to_string(), &entry.summary, nth]),
            };
            // Two days in one clause are two lines told by the same words.
            let first = key("");
            let nth = seen.entry(first).or_default();
            *nth += 1;
            if *nth == 1 { first } else { key(&nth.to_string()) }
        });
        ids.collect()
    }

    /// Id of a pair of accounts, whichever stands first.
    pub fn contradiction_id(&self, pair: &Contradiction) -> ContradictionId {
        let mut sides = [pair.a, pair.b].map(|side| (self.article_key(side), self.words(side)));
        sides.sort_unstable();
        let [(article_a, a), (article_b, b)] = &sides;
        Key::of(&["contradiction", article_a, a, article_b, b])
    }

    fn article_key(&self, evidence: Evidence) -> String {
        let reading = self.readings.get(&evidence.capture);
        reading.map(|reading| reading.article.id.to_string()).unwrap_or_default()
    }

    /// The words of a piece of evidence.
    pub fn words(&self, evidence: Evidence) -> &str {
        self.readings.get(&evidence.capture).map_or("", |reading| reading.words(evidence.span))
    }

    /// What was read from a capture.
    pub fn reading(&self, capture: CaptureId) -> Option<&Reading> {
        self.readings.get(&capture).map(Arc::as_ref)
    }

    /// A claim by capture and id.
    pub fn claim(&self, capture: CaptureId, id: ClaimId) -> Option<(&Reading, &Claim)> {
        let reading = self.reading(capture)?;
        reading.claims.iter().find(|claim| claim.id == id).map(|claim| (reading, claim))
    }

    /// An incident by reference.
    pub fn incident(&self, id: &IncidentRef) -> Option<&Incident> {
        self.incidents.iter().find(|incident| &incident.id == id).map(Arc::as_ref)
    }

    /// The registry entry's usual name, or the name as read.
    pub fn who(&self, reading: &Reading, index: NameIx) -> Option<Who> {
        reading.name(index).map(|name| Who {
            id: name.id.clone(),
            name: name.name.clone(),
            kind: name.kind,
        })
    }

    /// Who owns whom.
    pub fn houses(&self) -> Houses<'_> {
        let mut owned: BTreeMap<&EntityId, Vec<&Entity>> = BTreeMap::new();
        for entity in self.entities.values() {
            if let Some(owner) = &entity.owner {
                owned.entry(owner).or_default().push(entity);
            }
        }
        Houses { entities: &self.entities, owned }
    }
}

/// Who owns whom.
#[derive(Debug)]
pub struct Houses<'a> {
    entities: &'a BTreeMap<EntityId, Entity>,
    owned: BTreeMap<&'a EntityId, Vec<&'a Entity>>,
}

impl<'a> Houses<'a> {
    /// An entity and everything it owns, directly or not.
    pub fn of(&self, id: &EntityId) -> Vec<&'a Entity> {
        let mut house: Vec<&Entity> = self.entities.get(id).into_iter().collect();
        let mut next = 0;
        while let Some(owner) = house.get(next) {
            let owned = self.owned.get(&owner.id).into_iter().flatten();
            let new: Vec<&Entity> =
                owned.copied().filter(|e| !house.iter().any(|h| h.id == e.id)).collect();
            house.extend(new);
            next += 1;
        }
        house
    }
}
