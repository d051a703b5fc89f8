//! What names of classes and ids in HTML say about the text inside.

use std::collections::HashMap;

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;

/// What an element's name says, as bits.
pub mod mark {
    /// Navigation, teasers, forms.
    pub const FURNITURE: u8 = 1;
    /// Captions and credits.
    pub const CAPTION: u8 = 2;
    /// Names of authors.
    pub const BYLINE: u8 = 4;
    /// The day of publication.
    pub const DATE: u8 = 8;
    /// The article itself.
    pub const BODY: u8 = 16;
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkRow {
    id: String,
    means: String,
    words: Vec<String>,
}

impl Row for MarkRow {
    const TABLE: &'static str = "mark";
    fn id(&self) -> &str {
        &self.id
    }
}

/// The words of `lexicon/markup/`.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    words: HashMap<String, u8>,
}

impl Markup {
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let mut words: HashMap<String, u8> = HashMap::new();
        for Located { row, place } in table::<MarkRow>(layers, "lexicon/markup/", faults) {
            let bit = match row.means.as_str() {
                "furniture" => mark::FURNITURE,
                "caption" => mark::CAPTION,
                "byline" => mark::BYLINE,
                "date" => mark::DATE,
                "body" => mark::BODY,
                other => {
                    let message = format!(
                        "“{other}” is no mark; write furniture, caption, byline, date or body"
                    );
                    faults.push(Finding::error("bad-row", message).at(place));
                    continue;
                }
            };
            for word in row.words {
                *words.entry(word).or_default() |= bit;
            }
        }
        Self { words }
    }

    /// What a class list or id says, from its words and from their parts.
    pub fn of(&self, names: &str) -> u8 {
        let mut marks = 0;
        for name in names.split_ascii_whitespace().take(16) {
            let folded = name.to_ascii_lowercase();
            marks |= self.words.get(folded.as_str()).copied().unwrap_or(0);
            for part in folded.split(|c: char| !c.is_ascii_alphanumeric()) {
                marks |= self.words.get(part).copied().unwrap_or(0);
            }
        }
        marks
    }
}
