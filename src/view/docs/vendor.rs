//! Parties and products that have a page.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::incident::known;
use super::keys::{Keys, Names, json};
use crate::model::entity::{EntityId, EntityKind, Who};
use crate::model::kb::KnowledgeBase;
use crate::model::query::{DocKind, Field, SearchDoc, Source};
use crate::view::export::vendors_out;

pub(super) fn vendors(names: &mut Names<'_>) -> Vec<SearchDoc> {
    let kb = names.kb;
    let houses = kb.houses();
    let mut of: BTreeMap<&EntityId, Vec<(NaiveDate, NaiveDate)>> = BTreeMap::new();
    for incident in &kb.incidents {
        let days = known(kb, incident);
        for party in &incident.parties {
            let paged = matches!(
                party.who.kind,
                EntityKind::Organization | EntityKind::Government | EntityKind::Product
            );
            if let (true, Some(id)) = (paged, &party.who.id) {
                of.entry(id).or_default().push(days);
            }
        }
    }
    let on_record = on_record(kb);
    let records: BTreeMap<&str, String> =
        vendors_out(kb).iter().map(|vendor| (vendor.id, json(vendor))).collect();
    let mut docs = Vec::new();
    for (id, incidents) in of {
        let Some(entity) = kb.entities.get(id) else { continue };
        let who = Who { id: Some(id.clone()), name: entity.name.clone(), kind: entity.kind };
        let mut keys = Keys::default();
        keys.word(Field::Kind, DocKind::Vendor.word());
        names.party(&who, &mut keys);
        let first = incidents.iter().map(|(first, _)| *first).min().unwrap_or(kb.today);
        let last = incidents.iter().map(|(_, last)| *last).max().unwrap_or(kb.today);
        let owned = houses.of(id).into_iter().skip(1).filter(|e| on_record.contains(&e.id));
        let owned = owned.map(|e| e.name.clone());
        docs.push(SearchDoc {
            kind: DocKind::Vendor,
            id: id.to_string(),
            group: format!("vendor:{id}"),
            title: entity.name.clone(),
            title_zh: entity
                .names
                .iter()
                .find(|n| n.chars().any(crate::model::terms::is_han))
                .cloned(),
            body: owned.collect::<Vec<_>>().join(", "),
            names: names.other_names(&who).join(" · "),
            path: format!("vendors/{id}/"),
            date: None,
            known: first,
            changed: last,
            gone: None,
            roots: incidents.len() as u32,
            keys: names.count(keys),
            source: Source::default(),
            published: true,
            record: records.get(id.as_str()).cloned().unwrap_or_default(),
        });
    }
    docs
}

/// What articles or editors name: what the registry knows besides is no part of the record.
fn on_record(kb: &KnowledgeBase) -> BTreeSet<&EntityId> {
    let relevant = kb.readings.values().filter(|reading| reading.is_relevant());
    let read = relevant.flat_map(|reading| &reading.names).filter_map(|name| name.id.as_ref());
    let entered = kb.incidents.iter().flat_map(|incident| &incident.editor);
    let products: BTreeSet<&String> = entered.flat_map(|editor| &editor.products).collect();
    let entered = kb.entities.values().filter(|entity| {
        products.contains(&entity.name) || entity.names.iter().any(|name| products.contains(name))
    });
    read.chain(entered.map(|entity| &entity.id)).collect()
}
