//! Where on record the subject of a judgement is: by its id, else by the exact words it was found by.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::judgement::{Ledger, Subject};
use crate::model::kb::KnowledgeBase;
use crate::model::subject::SubjectKind;
use crate::model::text::Evidence;

/// A place in the record: index of an incident, index of its part; of disputes, index and 0.
pub(super) type Place = (usize, usize);

/// What is on record, by kind and id, and by kind and words at an address.
pub(super) struct Subjects<'a> {
    by_id: BTreeMap<(SubjectKind, String), Place>,
    by_words: BTreeMap<(SubjectKind, &'a str, &'a str), Option<Place>>,
}

impl<'a> Subjects<'a> {
    /// Lists what can be judged, of the kinds that a ledger speaks of.
    pub fn of(kb: &'a KnowledgeBase, ledger: &Ledger) -> Self {
        let mut all = Self { by_id: BTreeMap::new(), by_words: BTreeMap::new() };
        let entries = ledger.entries().iter();
        let kinds: BTreeSet<SubjectKind> = entries
            .flat_map(|entry| entry.verdict.subjects())
            .map(|subject| subject.kind)
            .collect();
        for (at, dispute) in kb.disputes.iter().enumerate() {
            all.by_id.insert((SubjectKind::Dispute, dispute.id.to_string()), (at, 0));
        }
        for (at, incident) in kb.incidents.iter().enumerate() {
            all.by_id.insert((SubjectKind::Incident, incident.id.address()), (at, 0));
            if kinds.contains(&SubjectKind::Entry) {
                for (part, id) in kb.entry_ids(incident).into_iter().enumerate() {
                    all.by_id.insert((SubjectKind::Entry, id.to_string()), (at, part));
                }
                for (part, entry) in incident.timeline.iter().enumerate() {
                    all.words(kb, SubjectKind::Entry, &entry.evidence, (at, part));
                }
            }
            if kinds.contains(&SubjectKind::Question) {
                for (part, question) in incident.questions.iter().enumerate() {
                    all.by_id.insert((SubjectKind::Question, question.id.to_string()), (at, part));
                    all.words(kb, SubjectKind::Question, &question.raised, (at, part));
                }
            }
            if kinds.contains(&SubjectKind::Contradiction) {
                for (part, pair) in incident.contradictions.iter().enumerate() {
                    let id = kb.contradiction_id(pair).to_string();
                    all.by_id.insert((SubjectKind::Contradiction, id), (at, part));
                }
            }
        }
        all
    }

    fn words(
        &mut self,
        kb: &'a KnowledgeBase,
        kind: SubjectKind,
        evidence: &[Evidence],
        place: Place,
    ) {
        for place_of in evidence {
            let Some(reading) = kb.readings.get(&place_of.capture) else { continue };
            let key = (kind, reading.article.url.as_str(), reading.words(place_of.span));
            // Words that stand for two things do not tell which of them is meant.
            let known = self.by_words.entry(key).or_insert(Some(place));
            if known.is_some_and(|known| known != place) {
                *known = None;
            }
        }
    }

    /// Where a subject stands; `address` is its id, or what an incident's address became.
    pub fn find(&self, subject: &Subject, address: &str) -> Option<Place> {
        let by_id = self.by_id.get(&(subject.kind, address.to_string())).copied();
        by_id.or_else(|| {
            let places = subject.quotes.iter().filter_map(|quote| {
                self.by_words.get(&(subject.kind, quote.url.as_str(), quote.words.as_str()))
            });
            places.flatten().copied().next()
        })
    }

    /// The ids at a place.
    pub fn id_at(kb: &KnowledgeBase, kind: SubjectKind, (at, part): Place) -> Option<String> {
        let incident = kb.incidents.get(at);
        match kind {
            SubjectKind::Dispute => kb.disputes.get(at).map(|dispute| dispute.id.to_string()),
            SubjectKind::Incident => incident.map(|incident| incident.id.address()),
            SubjectKind::Entry => kb.entry_ids(incident?).get(part).map(ToString::to_string),
            SubjectKind::Question => incident?.questions.get(part).map(|q| q.id.to_string()),
            SubjectKind::Contradiction => {
                incident?.contradictions.get(part).map(|pair| kb.contradiction_id(pair).to_string())
            }
            SubjectKind::Article | SubjectKind::Claim => None,
        }
    }
}
