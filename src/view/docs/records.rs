//! What the export says of each thing, as JSON to be kept beside its document.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::kb::KnowledgeBase;
use crate::view::export::export;

/// Records by kind and id.
pub(super) struct Records {
    by_id: BTreeMap<(&'static str, String), String>,
}

impl Records {
    pub(super) fn of(kb: &KnowledgeBase) -> Self {
        let value = serde_json::to_value(export(kb)).unwrap_or_default();
        let mut by_id = BTreeMap::new();
        let list =
            |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let text =
            |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_string);
        for (kind, key) in
            [("incidents", "id"), ("claims", "id"), ("vendors", "id"), ("articles", "url")]
        {
            for item in list(kind) {
                if let Some(id) = text(&item, key) {
                    by_id.insert((kind, id), item.to_string());
                }
            }
        }
        for incident in list("incidents") {
            let questions = incident.get("questions").and_then(Value::as_array);
            for question in questions.into_iter().flatten() {
                let mut question = question.clone();
                if let (Some(fields), Some(id)) = (question.as_object_mut(), incident.get("id")) {
                    fields.insert("incident".into(), id.clone());
                }
                if let Some(id) = text(&question, "id") {
                    by_id.insert(("questions", id), question.to_string());
                }
            }
        }
        Self { by_id }
    }

    pub(super) fn get(&self, kind: &'static str, id: &str) -> String {
        self.by_id.get(&(kind, id.to_string())).cloned().unwrap_or_default()
    }
}
