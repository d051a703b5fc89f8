//! The rows of `data/lexicon/signs/`: words that say of what kind a name is.

use serde::Deserialize;

use super::lexicon::phrased;
use super::load::Row;
use super::table::Phrased;
use crate::model::entity::EntityKind;

/// Where a sign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Right before the name.
    Before,
    /// Right behind the name.
    After,
    /// At the end of the name.
    Suffix,
    /// At the end of the name, if the text bears the name out elsewhere: an ordinary word too.
    WeakSuffix,
    /// In place of a name: no part of one.
    Generic,
    /// Never inside a name: what stands before it belongs to something else.
    Cut,
}

/// A word that says of what kind a name is.
#[derive(Debug, Clone)]
pub struct SignRule {
    /// The kind.
    pub kind: EntityKind,
    /// Where it may stand.
    pub sides: Vec<Side>,
}

phrased!(
    /// A raw row of `signs/`.
    SignRow, "sign", SignRule, { kind: String, sides: Vec<Side> },
    |row| {
        let kind = EntityKind::from_word(&row.kind).ok_or_else(|| {
            let words: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.word()).collect();
            format!("“{}” is no kind; write one of {}", row.kind, words.join(", "))
        })?;
        Ok(SignRule { kind, sides: row.sides.clone() })
    }
);
