//! When two names of houses the registry does not know mean one house.
//!
//! In: all readings. Out: the fuller name for each shorter one, the Latin one for each Chinese one. What
//! holds: "Veltrane" is "Veltrane Group", and 澄野科技 "Chengye", only where no second house of that name is
//! spoken of; known houses are never renamed.

use std::collections::{BTreeMap, BTreeSet};

use super::spelling;
use crate::model::entity::{EntityKind, Name};
use crate::model::reading::Reading;
use crate::rules::{Rules, Tokens};

/// Fuller names by shorter ones, Latin names by Chinese ones.
#[derive(Debug, Default)]
pub(super) struct Identities {
    fuller: BTreeMap<String, String>,
    latin: BTreeMap<(EntityKind, String), String>,
}

impl Identities {
    /// Compares the names of all readings.
    pub(super) fn among<'a>(readings: impl Iterator<Item = &'a Reading>, rules: &Rules) -> Self {
        let mut variants: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let unknown = readings.flat_map(|reading| &reading.names).filter(|name| name.id.is_none());
        let unknown: BTreeSet<(EntityKind, &str)> =
            unknown.map(|name| (name.kind, name.name.as_str())).collect();
        let houses = unknown.iter().filter(|(kind, _)| *kind == EntityKind::Organization);
        for (_, name) in houses {
            variants.entry(bare(name, rules)).or_default().insert(name);
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
        Self { fuller, latin: latin(&unknown) }
    }

    /// The name of a house or person.
    pub(super) fn name<'a>(&'a self, name: &'a Name) -> &'a str {
        if name.id.is_some() {
            return &name.name;
        }
        let latin = self.latin.get(&(name.kind, name.name.clone()));
        let latin = latin.map_or(name.name.as_str(), String::as_str);
        let fuller = self.fuller.get(latin).filter(|_| name.kind == EntityKind::Organization);
        fuller.map_or(latin, String::as_str)
    }
}

/// Latin names by the Chinese ones that are spelt like them; none where two are.
fn latin(unknown: &BTreeSet<(EntityKind, &str)>) -> BTreeMap<(EntityKind, String), String> {
    let words = |name: &str| name.split(' ').map(str::to_lowercase).collect::<Vec<String>>();
    // What is spelt in Latin letters, by how.
    let mut spelt: BTreeMap<(EntityKind, BTreeSet<String>), BTreeSet<&str>> = BTreeMap::new();
    for (kind, name) in unknown.iter().filter(|(_, name)| name.is_ascii()) {
        let words = words(name).into_iter();
        let key: BTreeSet<String> = match kind {
            EntityKind::Person => words.collect(),
            EntityKind::Organization => words.take(1).collect(),
            _ => continue,
        };
        spelt.entry((*kind, key)).or_default().insert(name);
    }
    let mut found: BTreeMap<&(EntityKind, BTreeSet<String>), Vec<&str>> = BTreeMap::new();
    for (kind, name) in unknown.iter().filter(|(_, name)| !name.is_ascii()) {
        let keys: Vec<BTreeSet<String>> = match kind {
            EntityKind::Person => {
                let words = spelling::person_words(name).into_iter();
                words.map(|(surname, given)| BTreeSet::from([surname, given])).collect()
            }
            EntityKind::Organization => {
                spelling::house_words(name).into_iter().map(|word| BTreeSet::from([word])).collect()
            }
            _ => continue,
        };
        let keys = keys.into_iter().filter_map(|key| spelt.get_key_value(&(*kind, key)));
        for (key, _) in keys {
            found.entry(key).or_default().push(name);
        }
    }
    let mut latin = BTreeMap::new();
    for (key, names) in found {
        // Two that begin differently are two houses.
        let heads: BTreeSet<String> =
            names.iter().map(|name| name.chars().take(2).collect()).collect();
        let fullest = spelt.get(key).and_then(|names| names.iter().max_by_key(|name| name.len()));
        let Some(fullest) = fullest.filter(|_| heads.len() == 1) else { continue };
        let shorter = |name: &&str| fullest.starts_with(*name) || key.0 == EntityKind::Person;
        if !spelt.get(key).is_some_and(|names| names.iter().all(shorter)) {
            continue;
        }
        latin
            .extend(names.into_iter().map(|name| ((key.0, name.to_string()), fullest.to_string())));
    }
    latin
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
