//! What pages write about themselves: names of metadata, months as printed, words of bylines.

use std::collections::HashMap;

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldRow {
    id: String,
    names: Vec<String>,
}

impl Row for FieldRow {
    const TABLE: &'static str = "field";
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MonthsRow {
    id: String,
    names: Vec<String>,
}

impl Row for MonthsRow {
    const TABLE: &'static str = "months";
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CreditRow {
    id: String,
    means: Credit,
    words: Vec<String>,
}

impl Row for CreditRow {
    const TABLE: &'static str = "credit";
    fn id(&self) -> &str {
        &self.id
    }
}

/// What a word says of the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credit {
    /// An author follows.
    Lead,
    /// Somebody follows who did not write the text.
    Other,
    /// What somebody is.
    Role,
    /// A word behind a name that is no part of it.
    Title,
    /// Another name follows.
    Joint,
    /// The name ends here.
    Stop,
    /// A date beside it is not the first.
    Updated,
}

/// A fact pages state in `meta` elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// When the article came out.
    Published,
    /// When it was changed last.
    Modified,
    /// Who wrote it.
    Author,
    /// Its headline.
    Title,
    /// Who publishes it.
    Outlet,
}

/// What pages write about themselves.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    fields: HashMap<String, (Field, usize)>,
    months: HashMap<String, u32>,
    credits: HashMap<String, Vec<Credit>>,
}

impl Pages {
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let mut pages = Self::default();
        for Located { row, place } in table::<FieldRow>(layers, "lexicon/fields/", faults) {
            let field = match row.id.as_str() {
                "published" => Field::Published,
                "modified" => Field::Modified,
                "author" => Field::Author,
                "title" => Field::Title,
                "outlet" => Field::Outlet,
                other => {
                    let message = format!(
                        "“{other}” is no field; write published, modified, author, title or outlet"
                    );
                    faults.push(Finding::error("bad-row", message).at(place));
                    continue;
                }
            };
            for (rank, name) in row.names.into_iter().enumerate() {
                pages.fields.insert(name, (field, rank));
            }
        }
        for Located { row, place } in table::<MonthsRow>(layers, "lexicon/months/", faults) {
            if row.names.len() != 12 {
                let message = format!("there are {} months; write all twelve", row.names.len());
                faults.push(Finding::error("bad-row", message).at(place));
            }
            for (number, names) in (1..).zip(&row.names) {
                for name in names.split('|') {
                    pages.months.insert(name.to_string(), number);
                }
            }
        }
        for Located { row, .. } in table::<CreditRow>(layers, "lexicon/credits/", faults) {
            for word in row.words {
                pages.credits.entry(word).or_default().push(row.means);
            }
        }
        pages
    }

    /// Which fact a name states, and how far down in the order of trust it stands.
    pub fn field(&self, name: &str) -> Option<(Field, usize)> {
        self.fields.get(name).copied()
    }

    /// The number of a month, from its name in small letters.
    pub fn month(&self, name: &str) -> Option<u32> {
        self.months.get(name).copied()
    }

    /// Whether a word, or words, in small letters are credits of a kind.
    pub fn is_credit(&self, words: &str, kind: Credit) -> bool {
        self.credits.get(words).is_some_and(|kinds| kinds.contains(&kind))
    }
}
