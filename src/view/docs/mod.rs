//! What can be searched: incidents with all that belongs to them, and parties, as documents.
//!
//! In: the record. Out: documents in the order of incidents, and the catalogue of the values they
//! carry. What holds: a document holds what is found and shown of it, so that no search has to ask
//! the record; of an article only the index of this machine holds more than its headline.

mod article;
mod claim;
mod incident;
mod keys;
mod records;
mod vendor;

use crate::model::kb::KnowledgeBase;
use crate::model::query::{Catalogue, SearchDoc};
use crate::rules::Rules;

use keys::Names;
use records::Records;

/// The documents of a record, and every value they can be found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// The documents; an incident is followed by what belongs to it.
    pub docs: Vec<SearchDoc>,
    /// Values of fields under all their names.
    pub catalogue: Catalogue,
}

/// Makes the documents of the record.
pub fn search_docs(kb: &KnowledgeBase, rules: &Rules) -> Documents {
    let records = Records::of(kb);
    let mut names = Names::new(kb, rules);
    let mut docs = Vec::new();
    for incident in &kb.incidents {
        docs.push(incident::incident(incident, &mut names, &records));
        docs.extend(claim::claims(incident, &mut names, &records));
        docs.extend(incident::questions(incident, &mut names, &records));
        docs.extend(incident::events(incident, &mut names));
        docs.extend(article::of_incident(incident, &mut names, &records));
    }
    docs.extend(article::of_none(&mut names, &records));
    docs.extend(vendor::vendors(&mut names, &records));
    Documents { docs, catalogue: names.catalogue() }
}
