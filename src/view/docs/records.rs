//! What the export says of each thing, as JSON to be kept beside its document.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::model::incident::IncidentRef;
use crate::model::kb::KnowledgeBase;
use crate::model::source::CaptureId;
use crate::view::export::export;

/// Records by kind and id.
pub(super) struct Records {
    by_id: BTreeMap<&'static str, BTreeMap<String, String>>,
    homes: BTreeMap<CaptureId, IncidentRef>,
}

impl Records {
    pub(super) fn of(kb: &KnowledgeBase) -> Self {
        let export = export(kb);
        let homes = kb.homes().into_iter();
        let homes = homes.filter_map(|(id, at)| Some((id, kb.incidents.get(at)?.id.clone())));
        let homes = homes.collect();
        let mut records = Self { by_id: BTreeMap::new(), homes };
        for incident in &export.incidents {
            records.put("incidents", incident.id.clone(), value(incident));
            for question in &incident.questions {
                let mut record = value(question);
                if let Some(fields) = record.as_object_mut() {
                    fields.insert("incident".into(), incident.id.clone().into());
                }
                records.put("questions", question.id.clone(), record);
            }
        }
        for claim in &export.claims {
            records.put("claims", claim.id.clone(), value(claim));
        }
        for vendor in &export.vendors {
            records.put("vendors", vendor.id.to_string(), value(vendor));
        }
        for article in &export.articles {
            records.put("articles", article.url.to_string(), value(article));
        }
        records
    }

    fn put(&mut self, kind: &'static str, id: String, record: Value) {
        self.by_id.entry(kind).or_default().insert(id, record.to_string());
    }

    /// The incident that an article stands with.
    pub(super) fn home(&self, article: CaptureId) -> Option<&IncidentRef> {
        self.homes.get(&article)
    }

    pub(super) fn get(&self, kind: &'static str, id: &str) -> String {
        self.by_id.get(kind).and_then(|list| list.get(id)).cloned().unwrap_or_default()
    }
}

fn value(item: &impl Serialize) -> Value {
    serde_json::to_value(item).unwrap_or_default()
}
