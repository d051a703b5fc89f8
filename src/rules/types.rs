//! The types of incident: rows of `data/types.toml`.

use serde::Deserialize;

use super::Lexicon;
use super::load::{self, Layer, Located, Row};
use crate::model::finding::Finding;

/// A type of incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentType {
    /// Its id.
    pub id: String,
    /// Its name in English.
    pub name: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// What it covers, in one sentence.
    pub note: String,
    /// What a question calls it: "the ban".
    pub topic: String,
    /// Whether it comes into force on a day of its own.
    pub takes_effect: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TypeRow {
    id: String,
    name: String,
    name_zh: String,
    note: String,
    topic: String,
    #[serde(default)]
    takes_effect: bool,
}

impl Row for TypeRow {
    const TABLE: &'static str = "type";
    fn id(&self) -> &str {
        &self.id
    }
}

/// Reads the types, in the order of the file.
pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Vec<IncidentType> {
    load::table::<TypeRow>(layers, "types.toml", faults)
        .into_iter()
        .map(|Located { row, .. }| IncidentType {
            id: row.id,
            name: row.name,
            name_zh: row.name_zh,
            note: row.note,
            topic: row.topic,
            takes_effect: row.takes_effect,
        })
        .collect()
}

/// Finds rows of the lexicon that speak of types that there are none.
pub(super) fn known_in(lexicon: &Lexicon, ids: &[String], faults: &mut Vec<Finding>) {
    let acts = lexicon.predicates.rows().iter().map(|row| (&row.meaning.kind, &row.place));
    let nouns = lexicon.matters.rows().iter().map(|row| (&row.meaning, &row.place));
    let themes = lexicon.themes.rows().iter().map(|row| (&row.meaning.kind, &row.place));
    let acts = acts.filter(|(kind, _)| !kind.is_empty());
    for (kind, place) in acts.chain(nouns).chain(themes) {
        if !ids.contains(kind) {
            let message = format!("“{kind}” is no type; write one of {}", ids.join(", "));
            faults.push(Finding::error("unknown-type", message).at(place.clone()));
        }
    }
}
