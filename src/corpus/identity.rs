//! When two names of houses the registry does not know mean one house.
//!
//! In: all readings. Out: the fuller name for each shorter one, the Latin one for each Chinese one. What
//! holds: "Veltrane" is "Veltrane Group", and 澄野科技 "Chengye", only where no second house of that name is
//! spoken of; known houses are never renamed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

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
    pub(super) fn among<'a>(
        readings: impl Iterator<Item = &'a Reading> + Clone,
        rules: &Rules,
    ) -> Self {
        let unknown = readings.clone().flat_map(|reading| &reading.names);
        let unknown = unknown.filter(|name| name.id.is_none()).map(key);
        // Most names stand in many articles: put in order is each of them once.
        let unknown: HashSet<Unknown<'_>> = unknown.collect();
        let unknown: BTreeSet<Unknown<'_>> = unknown.into_iter().collect();
        let mut variants: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let houses = unknown.iter().filter(|(kind, _)| *kind == EntityKind::Organization);
        for (_, name) in houses {
            variants.entry(bare(name, rules)).or_default().insert(name);
        }
        let mut fuller = BTreeMap::new();
        for (bare, names) in variants {
            if rules.registry.named(&bare).is_some() || !names.contains(bare.as_str()) {
                continue;
            }
            let longer: Vec<&str> = names.into_iter().filter(|name| **name != *bare).collect();
            // Of a group and its cloud, the plain name is the group's.
            let whole: Vec<&str> =
                longer.iter().copied().filter(|name| is_whole(name, rules)).collect();
            if let ([long], _) | (_, [long]) = (longer.as_slice(), whole.as_slice()) {
                fuller.insert(bare.clone(), (*long).to_string());
            }
        }
        Self { fuller, latin: latin(&unknown, readings, rules) }
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

/// A name that the registry does not know.
type Unknown<'a> = (EntityKind, &'a str);

fn key(name: &Name) -> Unknown<'_> {
    (name.kind, &name.name)
}

/// What a name is called where it stands beside others: its id, or itself; places stand beside everybody.
fn company(name: &Name) -> Option<&str> {
    let told = name.id.as_ref().map_or(name.name.as_str(), |id| id.as_str());
    (!matches!(name.kind, EntityKind::Place | EntityKind::Legal) && !name.reports).then_some(told)
}

/// Latin names by the Chinese ones that are spelt like them and stand in the same company; none where two are.
fn latin<'a>(
    unknown: &BTreeSet<Unknown<'a>>,
    readings: impl Iterator<Item = &'a Reading>,
    rules: &Rules,
) -> BTreeMap<(EntityKind, String), String> {
    let alike = spelt_alike(unknown);
    let beside = beside(&alike, readings);
    let mut latin = BTreeMap::new();
    for ((kind, name), named) in alike {
        let Some(own) = beside.get(&(kind, name)) else { continue };
        let known = |latin: &&str| {
            beside.get(&(kind, *latin)).is_some_and(|company| !company.is_disjoint(own))
        };
        let mut named: BTreeSet<&str> = named.into_iter().filter(known).collect();
        // 澄野集团 is no cloud of Chengye's.
        if is_whole(name, rules) {
            named.retain(|latin| is_whole(latin, rules));
        }
        let Some(fullest) = named.iter().max_by_key(|name| name.len()) else { continue };
        // "Chengye" is short for "Chengye Technology"; "Chengye Media" would be another.
        if named.iter().all(|name| fullest.starts_with(name)) {
            latin.insert((kind, name.to_string()), (*fullest).to_string());
        }
    }
    latin
}

/// Whether a name is that of a whole house, and of no part of it: it is one word, or ends in "Group", 集团.
fn is_whole(name: &str, rules: &Rules) -> bool {
    let tokens = Tokens::of(name, &rules.vocabulary);
    let last = tokens.at(tokens.len().saturating_sub(1));
    tokens.len() < 2 || rules.vocabulary.is(last.word, rules.classes.whole_house)
}

/// The Latin names that are spelt like each Chinese one, where there are any.
fn spelt_alike<'a>(unknown: &BTreeSet<Unknown<'a>>) -> BTreeMap<Unknown<'a>, BTreeSet<&'a str>> {
    let mut spelt: BTreeMap<(EntityKind, String), BTreeSet<&str>> = BTreeMap::new();
    for (kind, name) in unknown.iter().filter(|(_, name)| name.is_ascii()) {
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
    let mut alike: BTreeMap<Unknown<'_>, BTreeSet<&str>> = BTreeMap::new();
    for (kind, name) in unknown.iter().filter(|(_, name)| !name.is_ascii()) {
        let keys = match kind {
            EntityKind::Person => {
                let words = spelling::person_words(name).into_iter();
                words.map(|(surname, given)| format!("{surname} {given}")).collect()
            }
            EntityKind::Organization => spelling::house_words(name),
            _ => continue,
        };
        let named = keys.into_iter().filter_map(|key| spelt.get(&(*kind, key))).flatten();
        for latin in named {
            alike.entry((*kind, *name)).or_default().insert(latin);
        }
    }
    alike
}

/// Whom articles name beside names that are spelt alike.
fn beside<'a>(
    alike: &BTreeMap<Unknown<'a>, BTreeSet<&'a str>>,
    readings: impl Iterator<Item = &'a Reading>,
) -> BTreeMap<Unknown<'a>, BTreeSet<&'a str>> {
    let mut beside: BTreeMap<Unknown<'_>, BTreeSet<&str>> = BTreeMap::new();
    if alike.is_empty() {
        return beside;
    }
    let latin = alike.iter().flat_map(|((kind, _), named)| named.iter().map(|name| (*kind, *name)));
    let asked: HashSet<Unknown<'_>> = alike.keys().copied().chain(latin).collect();
    for reading in readings {
        let unknown = reading.names.iter().filter(|name| name.id.is_none());
        for name in unknown.filter(|name| asked.contains(&key(name))) {
            let others = reading.names.iter().filter_map(company);
            beside.entry(key(name)).or_default().extend(others.filter(|other| *other != name.name));
        }
    }
    beside
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
