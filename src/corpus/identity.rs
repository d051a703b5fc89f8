//! When two names of houses the registry does not know mean one house.
//!
//! In: all readings. Out: the fuller name for each shorter one. What holds: "Veltrane" is "Veltrane
//! Group" only where no second house of that name is spoken of; known houses are never renamed.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::entity::{EntityKind, Name};
use crate::model::reading::Reading;
use crate::rules::{Rules, Tokens};

/// Fuller names by shorter ones.
#[derive(Debug, Default)]
pub(super) struct Identities {
    fuller: BTreeMap<String, String>,
}

impl Identities {
    /// Compares the names of all readings.
    pub(super) fn among<'a>(readings: impl Iterator<Item = &'a Reading>, rules: &Rules) -> Self {
        let mut variants: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for name in readings.flat_map(|reading| &reading.names).filter(|name| is_unknown(name)) {
            variants.entry(bare(&name.name, rules)).or_default().insert(&name.name);
        }
        let mut fuller = BTreeMap::new();
        for (bare, names) in variants {
            let known = rules.registry.named(&bare).is_some();
            if let ([first, second], false) =
                (names.into_iter().collect::<Vec<_>>().as_slice(), known)
            {
                let (short, long) =
                    if first.len() < second.len() { (first, second) } else { (second, first) };
                if **short == *bare {
                    fuller.insert(short.to_string(), long.to_string());
                }
            }
        }
        Self { fuller }
    }

    /// The name of a house.
    pub(super) fn name<'a>(&'a self, name: &'a Name) -> &'a str {
        let fuller = self.fuller.get(&name.name).filter(|_| is_unknown(name));
        fuller.map_or(name.name.as_str(), String::as_str)
    }
}

fn is_unknown(name: &Name) -> bool {
    name.id.is_none() && name.kind == EntityKind::Organization
}

/// A name without the words for its legal form.
fn bare(name: &str, rules: &Rules) -> String {
    let tokens = Tokens::of(name, &rules.vocabulary);
    let legal = |index: usize| {
        let token = tokens.at(index);
        rules.vocabulary.is(token.word, rules.classes.org_suffix) || !token.is_wordlike()
    };
    let kept = (1..tokens.len()).rev().take_while(|index| legal(*index)).count();
    let end = tokens.at(tokens.len().saturating_sub(kept + 1)).end();
    name.get(..end).unwrap_or(name).to_string()
}
