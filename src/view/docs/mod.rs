//! What can be searched: incidents with all that belongs to them, and parties, as documents.
//!
//! In: the record; of an incident its excerpt. Out: documents in the order of incidents, and the catalogue
//! of the values they carry. What holds: a document holds what is found and shown of it, so that no search
//! has to ask the record; of an article only the index of this machine holds more than its headline; what
//! is filed of an incident is the same where its excerpt and the homes of its articles and claims are.

mod article;
mod claim;
mod cut;
mod filed;
mod incident;
mod keys;
mod vendor;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::downloads::Taken;
use super::export::export_of;
use super::index::Index;
use super::site::Sheet;
use crate::model::kb::KnowledgeBase;
use crate::model::query::{Catalogue, SearchDoc};
use crate::model::source::CaptureId;
use crate::rules::Rules;

pub use cut::Cut;
pub use filed::{Filed, Loose, shown_of};
use keys::{Names, Outlets, catalogue};

/// The documents of a record, and every value they can be found by.
#[derive(Debug, Clone)]
pub struct Documents {
    /// The documents that belong together: those of an incident, an article, a party.
    pub groups: Vec<Arc<Filed>>,
    /// Values of fields under all their names.
    pub catalogue: Catalogue,
}

impl Documents {
    /// Every document; an incident is followed by what belongs to it.
    pub fn all(&self) -> impl Iterator<Item = &SearchDoc> {
        self.groups.iter().flat_map(|filed| &filed.docs)
    }
}

/// Files the documents of a record.
#[derive(Debug)]
pub struct Filing<'a> {
    kb: &'a KnowledgeBase,
    rules: &'a Rules,
    index: &'a Index<'a>,
    outlets: Outlets,
}

impl<'a> Filing<'a> {
    /// Prepares to file.
    pub fn new(kb: &'a KnowledgeBase, rules: &'a Rules, index: &'a Index<'a>) -> Self {
        Self { kb, rules, index, outlets: Outlets::of(kb) }
    }

    /// Where the incident of a page stands in the record.
    fn place_of(&self, sheet: &Sheet<'_>) -> Option<usize> {
        sheet.incident().and_then(|(_, incident)| self.index.place_of(&incident.id))
    }

    /// What the documents of an incident are the same by; nothing where they have to be made each time.
    pub fn digest(&self, sheet: &Sheet<'_>) -> Option<String> {
        let (_, incident) = sheet.incident()?;
        let here = self.place_of(sheet);
        let homes = incident.sources().map(|id| self.index.home_of(id) == here);
        let homes: String = homes.map(|here| if here { '+' } else { '-' }).collect();
        let away = incident.sources().filter_map(|id| self.index.elsewhere.get(&id)).flatten();
        let away: String = away.map(|(claim, of)| format!("{claim}{}", of.id.address())).collect();
        Some(format!("{}{homes}{away}", sheet.own.as_ref()?))
    }

    /// The documents of an incident; nothing for another page.
    pub fn incident(&self, sheet: &Sheet<'_>) -> Option<Filed> {
        let (kb, incident) = sheet.incident()?;
        let here = self.place_of(sheet);
        let mut names = Names::new(kb, self.rules, &self.outlets);
        let homed = |id| self.index.home_of(id) == here;
        let mut seen = BTreeSet::new();
        let here = incident.sources().filter(|id| homed(*id) && seen.insert(*id));
        let articles: Vec<CaptureId> = here.collect();
        let part = export_of(kb, Some(incident), &articles, &kb.lives.ended, &self.index.elsewhere);
        let record = part.incidents.first().map(keys::json).unwrap_or_default();
        let mut docs = vec![incident::incident(incident, record, &mut names)];
        docs.extend(claim::claims(incident, &mut names));
        docs.extend(incident::questions(incident, &mut names));
        docs.extend(incident::events(incident, &mut names));
        docs.extend(article::of_incident(incident, &articles, &mut names));
        Some(Filed { taken: Taken::of(&part), ..Filed::of(docs, names.labels()) })
    }

    /// The documents of what belongs to no incident.
    pub fn rest(&self) -> Vec<Loose> {
        let mut names = Names::new(self.kb, self.rules, &self.outlets);
        let kb = self.kb;
        let alone = kb.readings.keys().filter(|id| self.index.home_of(**id).is_none());
        let articles = alone.filter_map(|id| {
            let ended = self.index.ended.get(id).map_or(&[][..], Vec::as_slice);
            let taken = Taken::of(&export_of(kb, None, &[*id], ended, &self.index.elsewhere));
            Some((article::of_none(*id, &mut names)?, taken))
        });
        let mut docs: Vec<(SearchDoc, Taken)> = articles.collect();
        docs.extend(vendor::vendors(&mut names).into_iter().map(|doc| (doc, Taken::default())));
        docs.into_iter().map(|(doc, taken)| Loose::of(doc, names.labels(), taken)).collect()
    }

    /// The documents with the catalogue of their values.
    pub fn documents(&self, groups: Vec<Arc<Filed>>) -> Documents {
        let catalogue = catalogue(self.kb, self.rules, &groups);
        Documents { groups, catalogue }
    }
}
