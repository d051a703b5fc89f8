//! Values of fields as documents carry them, and the names each value goes by.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::filed::{Filed, Labels};
use crate::model::article::Article;
use crate::model::edtf::Edtf;
use crate::model::entity::{EntityId, EntityKind, Who};
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::query::{Catalogue, Field, Known};
use crate::model::terms::fold;
use crate::rules::Rules;

/// Most years a date is filed under.
const YEARS_MAX: i32 = 30;

/// What the export says of something, as JSON to be kept beside its document.
pub(super) fn json(item: &impl Serialize) -> String {
    value(item).to_string()
}

/// The same as a value, whose fields stand in the order of their names.
pub(super) fn value(item: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(item).unwrap_or_default()
}

/// Entities that publish, by folded name.
#[derive(Debug)]
pub(super) struct Outlets {
    by_name: BTreeMap<String, EntityId>,
}

impl Outlets {
    pub(super) fn of(kb: &KnowledgeBase) -> Self {
        let writes = kb.entities.values().filter(|entity| entity.reports());
        let by_name = writes
            .flat_map(|e| std::iter::once(&e.name).chain(&e.names).map(|n| (fold(n), e.id.clone())))
            .collect();
        Self { by_name }
    }
}

/// Values of documents that belong together, with the record they are of.
pub(super) struct Names<'a> {
    pub kb: &'a KnowledgeBase,
    rules: &'a Rules,
    outlets: &'a Outlets,
    labels: Labels,
}

/// Values of one document.
#[derive(Default)]
pub(super) struct Keys {
    found: BTreeSet<(Field, String)>,
}

impl Keys {
    pub(super) fn word(&mut self, field: Field, word: &str) {
        self.found.insert((field, word.to_string()));
    }

    pub(super) fn flag(&mut self, flag: &str, so: bool) {
        if so {
            self.word(Field::Is, flag);
        }
    }

    /// The years a date may fall into.
    pub(super) fn years(&mut self, date: Edtf) {
        let year = |day: Option<NaiveDate>| day.map(|day| day.year());
        let first = year(date.first()).or(year(date.last()));
        let last = year(date.last()).or(first);
        if let (Some(first), Some(last)) = (first, last) {
            for year in first..=last.min(first.saturating_add(YEARS_MAX)) {
                self.word(Field::Year, &year.to_string());
            }
        }
    }
}

impl<'a> Names<'a> {
    pub(super) fn new(kb: &'a KnowledgeBase, rules: &'a Rules, outlets: &'a Outlets) -> Self {
        Self { kb, rules, outlets, labels: Labels::new() }
    }

    /// The values of a finished document.
    pub(super) fn count(&mut self, keys: Keys) -> Vec<(Field, String)> {
        for key in keys.found.iter().filter(|key| key.0 != Field::Role) {
            if !self.labels.contains_key(key) {
                self.labels.insert(key.clone(), key.1.clone());
            }
        }
        keys.found.into_iter().collect()
    }

    /// What the values are called.
    pub(super) fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Files somebody under a field; who has no entry goes by the folded name.
    pub(super) fn who(&mut self, field: Field, who: &Who, keys: &mut Keys) -> String {
        let key = who.id.as_ref().map_or_else(|| fold(&who.name), ToString::to_string);
        self.named(field, &key, &who.name, keys);
        key
    }

    pub(super) fn named(&mut self, field: Field, key: &str, label: &str, keys: &mut Keys) {
        if key.is_empty() {
            return;
        }
        self.labels.entry((field, key.to_string())).or_insert_with(|| label.to_string());
        keys.word(field, key);
    }

    /// Files a party or a name of an article under what it is; a product leads to its maker too.
    pub(super) fn party(&mut self, who: &Who, keys: &mut Keys) -> Option<String> {
        let field = match who.kind {
            EntityKind::Organization | EntityKind::Government => Field::Vendor,
            EntityKind::Product => Field::Product,
            EntityKind::Person => Field::Person,
            EntityKind::Place | EntityKind::Legal => return None,
        };
        let key = self.who(field, who, keys);
        let owner = who.id.as_ref().and_then(|id| self.kb.entities.get(id)?.owner.clone());
        let owner = owner.and_then(|id| self.kb.entities.get(&id));
        if let (Field::Product, Some(owner)) = (field, owner) {
            self.named(Field::Vendor, owner.id.as_str(), &owner.name, keys);
        }
        Some(key)
    }

    pub(super) fn article(&mut self, article: &Article, keys: &mut Keys) {
        keys.word(Field::Lang, article.language.code());
        if let Some(outlet) = &article.outlet {
            let folded = fold(outlet);
            let key = self.outlets.by_name.get(&folded).map_or(folded, ToString::to_string);
            self.named(Field::Outlet, &key, outlet, keys);
        }
    }

    /// What an incident is filed under, and with it everything that belongs to it.
    pub(super) fn incident(&mut self, incident: &Incident) -> Keys {
        let mut keys = Keys::default();
        for party in &incident.parties {
            let key = self.party(&party.who, &mut keys);
            keys.word(Field::Role, party.role.word());
            if let Some(key) = key {
                keys.word(Field::Role, &format!("{}={key}", party.role.word()));
            }
        }
        for kind in &incident.types {
            keys.word(Field::Type, kind);
        }
        keys.word(Field::Status, incident.status.word());
        if let Some(dispute) = &incident.dispute {
            keys.word(Field::Dispute, dispute.as_str());
        }
        keys.flag("entered", incident.editor.is_some());
        keys.flag("proposed", incident.editor.is_none());
        keys.flag("captured", incident.is_captured());
        keys
    }

    /// Every other name of somebody, for words to be found by.
    pub(super) fn other_names(&self, who: &Who) -> Vec<String> {
        let entity = who.id.as_ref().and_then(|id| self.kb.entities.get(id));
        let names = entity.into_iter().flat_map(|e| {
            let former = e.former.iter().map(|(name, _)| name);
            std::iter::once(&e.name).chain(&e.names).chain(former).cloned()
        });
        std::iter::once(who.name.clone()).chain(names).collect()
    }

    /// What the kinds of an incident are called.
    pub(super) fn kinds<'n>(&'n self, incident: &'n Incident) -> impl Iterator<Item = String> + 'n {
        let kinds = self.rules.types.iter().filter(|kind| incident.types.contains(&kind.id));
        kinds.flat_map(|kind| [kind.name.clone(), kind.name_zh.clone()])
    }
}

/// Everything that can stand behind a field, under all its names.
pub(super) fn catalogue(kb: &KnowledgeBase, rules: &Rules, groups: &[Arc<Filed>]) -> Catalogue {
    let row = |field: Field, key: &str, label: &str, label_zh: Option<String>| Known {
        field: field.word().to_string(),
        key: key.to_string(),
        label: label.to_string(),
        label_zh,
        names: BTreeSet::new(),
        docs: 0,
    };
    // What a value is called where it stands first.
    let mut seen: HashMap<&(Field, String), (&str, usize)> = HashMap::new();
    for (value, carried) in groups.iter().flat_map(|filed| &filed.values) {
        seen.entry(value).or_insert((&carried.label, 0)).1 += carried.by.len();
    }
    let seen: BTreeMap<_, _> = seen.into_iter().collect();
    let kinds = rules
        .types
        .iter()
        .map(|kind| row(Field::Type, &kind.id, &kind.name, Some(kind.name_zh.clone())));
    let titles: BTreeMap<_, _> =
        rules.disputes.iter().map(|d| (&d.id, d.title_zh.clone())).collect();
    let disputes = kb.disputes.iter().map(|dispute| {
        let zh = titles.get(&dispute.id).cloned().flatten();
        row(Field::Dispute, dispute.id.as_str(), &dispute.title, zh)
    });
    let mut rows: Vec<Known> = kinds.chain(disputes).collect();
    for entity in kb.entities.values() {
        let mut fields: Vec<Field> = match entity.kind {
            EntityKind::Organization | EntityKind::Government => vec![Field::Vendor],
            EntityKind::Product => vec![Field::Product],
            EntityKind::Person => vec![Field::Person],
            EntityKind::Place | EntityKind::Legal => vec![],
        };
        if entity.reports() {
            fields.push(Field::Outlet);
        }
        let says = [Field::Speaker, Field::Target];
        let key = |field| (field, entity.id.to_string());
        fields.extend(says.into_iter().filter(|field| seen.contains_key(&key(*field))));
        let former = entity.former.iter().map(|(name, _)| name.clone());
        let names: BTreeSet<String> =
            entity.names.iter().cloned().chain(former).chain(entity.ticker.clone()).collect();
        for field in fields {
            let plain = row(field, entity.id.as_str(), &entity.name, None);
            rows.push(Known { names: names.clone(), ..plain });
        }
    }
    for ((field, key), (label, docs)) in seen {
        if *field != Field::Role {
            rows.push(Known { docs: docs as u32, ..row(*field, key, label, None) });
        }
    }
    Catalogue::new(rows)
}
