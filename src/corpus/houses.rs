//! The houses an article names: organisations and authorities, makers for their products.
//!
//! In: a reading. Out: its houses by headline, deeds, and how often they are named. What holds: a known
//! house is one in every script; of an unknown one the first word of its name tells it, which shorter forms keep.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::bag::{Term, term};
use super::sketch::Deed;
use crate::model::entity::{EntityId, EntityKind, EntityRole, Name};
use crate::model::reading::Reading;
use crate::model::text::Span;
use crate::rules::{Rules, Tokens, fold};

/// A house by its key and by the first word of its name, which shorter forms keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct House {
    pub key: Term,
    pub head: Term,
    /// Whether the registry knows it, with its names in every script.
    pub known: bool,
}

/// Outlets, agencies and platforms carry what others say: they tell nothing about an incident.
pub(super) fn carries(name: &Name, rules: &Rules) -> bool {
    let entity = name.id.as_ref().and_then(|id| rules.registry.get(id));
    name.reports || entity.is_some_and(|entity| entity.is(EntityRole::Platform))
}

/// The words of a name, each as a term of its own.
pub(super) fn words_of(letters: &str, rules: &Rules) -> Vec<Term> {
    let tokens = Tokens::of(letters, &rules.vocabulary);
    let mut folded = String::new();
    let words = (0..tokens.len()).filter(|at| tokens.at(*at).is_wordlike());
    words
        .map(|at| {
            fold(tokens.at(at).span().of(letters), &mut folded);
            term(&format!("~{folded}"))
        })
        .collect()
}

pub(super) fn party(name: &Name) -> Term {
    match &name.id {
        Some(id) => key(id),
        None => term(&format!("#{}", name.name.to_lowercase())),
    }
}

fn key(id: &EntityId) -> Term {
    term(&format!("#{}", id.as_str()))
}

/// The name itself as a house.
fn itself(name: &Name, rules: &Rules) -> Option<House> {
    let head = words_of(&name.name, rules).first().copied()?;
    Some(House { key: party(name), head, known: name.id.is_some() })
}

/// The party itself, or the maker of a product.
pub(super) fn house(name: &Name, rules: &Rules) -> Option<House> {
    if name.kind != EntityKind::Product {
        return itself(name, rules);
    }
    let mut owner = name.owner.clone();
    for _ in 0..4 {
        let entity = rules.registry.get(owner.as_ref()?)?;
        if entity.kind != EntityKind::Product {
            let head = words_of(&entity.name, rules).first().copied()?;
            let key = key(&entity.id);
            return Some(House { key, head, known: true });
        }
        owner = entity.owner.clone();
    }
    None
}

/// Organisations and authorities of the headline, makers for their products, and those of deeds.
pub(super) fn houses(reading: &Reading, deeds: &BTreeSet<Deed>, rules: &Rules) -> BTreeSet<House> {
    let title = reading.title_end();
    let acted = deeds.iter().flat_map(Deed::parties);
    named_houses(reading, |span| span.end() <= title, rules).chain(acted).collect()
}

/// Houses that an article keeps coming back to.
pub(super) fn often(counted: &BTreeMap<House, u16>, rules: &Rules) -> impl Iterator<Item = House> {
    let t = &rules.thresholds;
    let most = f64::from(counted.values().max().copied().unwrap_or(0));
    let least = t.principal_names.max(t.principal_share * most);
    let often = counted.iter().filter(move |(_, times)| f64::from(**times) >= least);
    often.map(|(house, _)| *house)
}

/// How often an article names each house; a product whose maker nobody knows stands for itself.
pub(super) fn counted(reading: &Reading, rules: &Rules) -> BTreeMap<House, u16> {
    let mut counted: BTreeMap<House, u16> = BTreeMap::new();
    let names = reading.mentions.iter().filter_map(|mention| reading.name(mention.name));
    for name in names.filter(|name| acts(name, rules)) {
        let Some(house) = house(name, rules).or_else(|| itself(name, rules)) else { continue };
        let times = counted.entry(house).or_default();
        *times = times.saturating_add(1);
    }
    counted
}

/// The same by key and by first word.
pub(super) fn by_term(counted: &BTreeMap<House, u16>) -> BTreeMap<Term, u16> {
    let mut named: BTreeMap<Term, u16> = BTreeMap::new();
    for (house, times) in counted {
        for term in BTreeSet::from([house.key, house.head]) {
            let sum = named.entry(term).or_default();
            *sum = sum.saturating_add(*times);
        }
    }
    named
}

/// Organisations and authorities named in a part of an article, makers for their products.
pub(super) fn named_houses<'r>(
    reading: &'r Reading,
    there: impl Fn(Span) -> bool + 'r,
    rules: &'r Rules,
) -> impl Iterator<Item = House> + 'r {
    let named = reading.mentions.iter().filter(move |mention| there(mention.span));
    let named = named.filter_map(|mention| reading.name(mention.name));
    named.filter(move |name| acts(name, rules)).filter_map(|name| house(name, rules))
}

/// Whether it can be a side of a dispute, or the product of one.
fn acts(name: &Name, rules: &Rules) -> bool {
    use EntityKind::{Government, Organization, Product};
    matches!(name.kind, Organization | Government | Product) && !carries(name, rules)
}
