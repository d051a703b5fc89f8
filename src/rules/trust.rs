//! How often a fact of a page's metadata holds, by where it was found: rows of `data/lexicon/trust/`.

use std::collections::HashMap;

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;
use crate::model::ground::{Basis, Fact, Ground};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TrustRow {
    id: String,
    shares: HashMap<String, u8>,
}

impl Row for TrustRow {
    const TABLE: &'static str = "trust";
    fn id(&self) -> &str {
        &self.id
    }
}

/// What facts are worth.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    shares: HashMap<(Fact, Basis), u8>,
}

/// What a fact is worth of which no row speaks.
const UNKNOWN_SHARE: u8 = 50;

impl Trust {
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let mut trust = Self::default();
        for Located { row, place } in table::<TrustRow>(layers, "lexicon/trust/", faults) {
            let fact = Fact::ALL.iter().find(|fact| fact.word() == row.id);
            for (word, share) in &row.shares {
                let basis = Basis::ALL.iter().find(|basis| basis.word() == word);
                match (fact, basis) {
                    (Some(fact), Some(basis)) if *share <= 100 => {
                        trust.shares.insert((*fact, *basis), *share);
                    }
                    _ => {
                        let message = format!(
                            "“{}: {word} = {share}” says nothing; write a fact ({}), a basis ({}) \
                             and a share of 0 to 100",
                            row.id,
                            Fact::ALL.iter().map(|fact| fact.word()).collect::<Vec<_>>().join(", "),
                            Basis::ALL.iter().map(|b| b.word()).collect::<Vec<_>>().join(", "),
                        );
                        faults.push(Finding::error("bad-row", message).at(place.clone()));
                    }
                }
            }
        }
        trust
    }

    /// How a fact is known that was found somewhere.
    pub fn ground(&self, fact: Fact, basis: Basis) -> Ground {
        let confidence = self.shares.get(&(fact, basis)).copied().unwrap_or(UNKNOWN_SHARE);
        Ground { basis, confidence }
    }
}
