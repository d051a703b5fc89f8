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
        let mut unknown = Unknown::new();
        for reading in readings {
            let beside: BTreeSet<&str> = reading.names.iter().filter_map(company).collect();
            for name in reading.names.iter().filter(|name| name.id.is_none()) {
                let company = unknown.entry((name.kind, name.name.as_str())).or_default();
                company.extend(beside.iter().filter(|other| **other != name.name));
            }
        }
        let unknown = unknown;
        let houses = unknown.keys().filter(|(kind, _)| *kind == EntityKind::Organization);
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

    /// The names that these call otherwise than others.
    pub(super) fn renamed_since<'a>(&'a self, before: &'a Identities) -> Renamed<'a> {
        let [here, there] = [(self, before), (before, self)].map(|(one, other)| {
            let fuller =
                one.fuller.iter().filter(|(short, long)| other.fuller.get(*short) != Some(*long));
            let latin =
                one.latin.iter().filter(|(name, latin)| other.latin.get(*name) != Some(*latin));
            fuller.map(|(short, _)| short).chain(latin.map(|((_, name), _)| name))
        });
        let renamed: BTreeSet<&str> = here.chain(there).map(String::as_str).collect();
        // Whoever is called by a name that is another now.
        let through = [self, before].into_iter().flat_map(|one| &one.latin);
        let through = through.filter(|(_, latin)| renamed.contains(latin.as_str()));
        let through: Vec<&str> = through.map(|((_, name), _)| name.as_str()).collect();
        Renamed(renamed.into_iter().chain(through).collect())
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

/// Names that are called otherwise than before.
pub(super) struct Renamed<'a>(BTreeSet<&'a str>);

impl Renamed<'_> {
    /// Whether one of them is among others.
    pub(super) fn among(&self, names: &[Name]) -> bool {
        let is = |name: &Name| name.id.is_none() && self.0.contains(name.name.as_str());
        !self.0.is_empty() && names.iter().any(is)
    }
}

/// Names that the registry does not know, each with whom its articles name beside it.
type Unknown<'a> = BTreeMap<(EntityKind, &'a str), BTreeSet<&'a str>>;

/// What a name is called where it stands beside others: its id, or itself; places stand beside everybody.
fn company(name: &Name) -> Option<&str> {
    let told = name.id.as_ref().map_or(name.name.as_str(), |id| id.as_str());
    (!matches!(name.kind, EntityKind::Place | EntityKind::Legal) && !name.reports).then_some(told)
}

/// Latin names by the Chinese ones that are spelt like them and stand in the same company; none where two are.
fn latin(unknown: &Unknown<'_>) -> BTreeMap<(EntityKind, String), String> {
    let mut latin = BTreeMap::new();
    // What is spelt in Latin letters, by how.
    let mut spelt: BTreeMap<(EntityKind, String), BTreeSet<&str>> = BTreeMap::new();
    for (kind, name) in unknown.keys().filter(|(_, name)| name.is_ascii()) {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let keys = match (kind, words.as_slice()) {
            // Both orders of surname and given name are usual.
            (EntityKind::Person, [one, two]) => {
                vec![format!("{one} {two}"), format!("{two} {one}")]
            }
            (EntityKind::Organization, [first, ..]) => vec![(*first).to_string()],
            _ => continue,
        };
        for key in keys {
            spelt.entry((*kind, key)).or_default().insert(name);
        }
    }
    for ((kind, name), beside) in unknown.iter().filter(|((_, name), _)| !name.is_ascii()) {
        let keys = match kind {
            EntityKind::Person => {
                let words = spelling::person_words(name).into_iter();
                words.map(|(surname, given)| format!("{surname} {given}")).collect()
            }
            EntityKind::Organization => spelling::house_words(name),
            _ => continue,
        };
        let named = keys.into_iter().filter_map(|key| spelt.get(&(*kind, key))).flatten();
        let known = |latin: &&&str| {
            unknown.get(&(*kind, **latin)).is_some_and(|company| !company.is_disjoint(beside))
        };
        let named: BTreeSet<&str> = named.filter(known).copied().collect();
        let Some(fullest) = named.iter().max_by_key(|name| name.len()) else { continue };
        // "Chengye" is short for "Chengye Technology"; "Chengye Media" would be another.
        if named.iter().all(|name| fullest.starts_with(name)) {
            latin.insert((*kind, name.to_string()), (*fullest).to_string());
        }
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
