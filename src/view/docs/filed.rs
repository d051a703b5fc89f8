//! Documents that belong together, with all that the search of the site asks of them at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cut::Cut;
use crate::model::query::{DocKind, Field, SearchDoc};
use crate::view::downloads::Taken;
use crate::view::excerpt::digest;

/// Most characters of a document that are shown.
const SHOWN_CHARS_MAX: usize = 300;

/// The documents of an incident, of an article, or of a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The documents, the head first.
    pub docs: Vec<SearchDoc>,
    /// Their places in the order of numbers: the head, then what became known when.
    pub order: Vec<usize>,
    /// Their words, by place in that order.
    pub cut: Cut,
    /// What may be taken away of it; nothing of a party.
    pub taken: Taken,
    /// A digest of what is shown of them.
    pub shown: Option<String>,
    /// The documents that carry each value, by place in that order, and what the value is called.
    pub values: BTreeMap<(Field, String), Carried>,
}

/// A value that documents carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// As a reader knows it.
    pub label: String,
    /// By which documents.
    pub by: Vec<u32>,
}

/// What values are called.
pub(super) type Labels = BTreeMap<(Field, String), String>;

impl Filed {
    pub(super) fn of(docs: Vec<SearchDoc>, labels: &Labels) -> Self {
        let mut order: Vec<usize> = (0..docs.len()).collect();
        // The head stays the first; what becomes known later comes last.
        order.sort_by_key(|at| (*at != 0, docs.get(*at).map(|doc| doc.known)));
        let ordered = || order.iter().filter_map(|at| docs.get(*at));
        let mut values: BTreeMap<(Field, String), Carried> = BTreeMap::new();
        for (at, doc) in (0..).zip(ordered()) {
            for key in &doc.keys {
                if let Some(carried) = values.get_mut(key) {
                    carried.by.push(at);
                } else {
                    let label = labels.get(key).unwrap_or(&key.1).clone();
                    values.insert(key.clone(), Carried { label, by: vec![at] });
                }
            }
        }
        let cut = Cut::of(ordered());
        let shown = digest(&ordered().map(shown_of).collect::<Vec<_>>());
        Self { order, cut, taken: Taken::default(), shown, values, docs }
    }

    /// Documents that carry values called by themselves, as tests write them.
    pub fn plain(docs: Vec<SearchDoc>) -> Self {
        Self::of(docs, &Labels::new())
    }

    /// The documents in the order of numbers.
    pub fn ordered(&self) -> impl Iterator<Item = &SearchDoc> + Clone {
        self.order.iter().filter_map(|at| self.docs.get(*at))
    }

    /// What the first of them is, and when it became known.
    pub fn head(&self) -> Option<(DocKind, NaiveDate)> {
        self.docs.first().map(|doc| (doc.kind, doc.known))
    }
}

/// A document that belongs to no incident, not filed yet.
#[derive(Debug)]
pub struct Loose {
    doc: SearchDoc,
    labels: Labels,
    taken: Taken,
}

impl Loose {
    pub(super) fn of(doc: SearchDoc, labels: &Labels, taken: Taken) -> Self {
        let label = |key: &(Field, String)| Some((key.clone(), labels.get(key)?.clone()));
        let labels = doc.keys.iter().filter_map(label).collect();
        Self { doc, labels, taken }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.doc.id
    }

    /// Whether it was filed so before.
    pub fn is(&self, filed: &Filed) -> bool {
        let called = |(key, carried): (&(Field, String), &Carried)| {
            *self.labels.get(key).unwrap_or(&key.1) == carried.label
        };
        let told = filed.docs.first() == Some(&self.doc) && filed.taken == self.taken;
        told && filed.values.iter().all(called)
    }

    /// Files it.
    pub fn filed(self) -> Filed {
        Filed { taken: self.taken, ..Filed::of(vec![self.doc], &self.labels) }
    }
}

/// A document as it is shown: id, headline in both languages, address, date, outlet, language, words.
#[allow(clippy::type_complexity)]
pub fn shown_of(
    doc: &SearchDoc,
) -> (&str, &str, Option<&str>, &str, Option<String>, Option<&str>, Option<&str>, String) {
    let text = match doc.published {
        true => doc.body.chars().take(SHOWN_CHARS_MAX).collect(),
        false => String::new(),
    };
    let (outlet, lang) = (doc.source.outlet.as_deref(), doc.source.lang.as_deref());
    let date = doc.date.map(|date| date.to_string());
    (&doc.id, &doc.title, doc.title_zh.as_deref(), &doc.path, date, outlet, lang, text)
}
