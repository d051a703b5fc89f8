//! A document of the search as the index holds it, and back.

use std::hash::{Hash, Hasher};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

use super::schema::Fields;
use crate::model::query::{DocKind, Hit, Piece, SearchDoc, Source};

/// What a line of results shows.
#[derive(Debug, Serialize, Deserialize)]
struct Card {
    kind: u8,
    id: String,
    group: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title_zh: Option<String>,
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    known: NaiveDate,
    changed: NaiveDate,
    roots: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
}

/// Days since 1 January 1970.
pub(super) fn days(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// A number for a text, the same on every machine: FNV-1a.
pub(super) fn number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A condition as one term: `vendor=alibaba`.
pub(super) fn key(field: &str, value: &str) -> String {
    format!("{field}={value}")
}

/// A hasher that is the same from run to run.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// What changes when anything about a document changes.
pub(super) fn digest(doc: &SearchDoc) -> u64 {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    (doc.kind, &doc.id, &doc.group, &doc.title, &doc.title_zh, &doc.body).hash(&mut hash);
    (&doc.names, &doc.path, doc.date, doc.known, doc.changed, doc.gone).hash(&mut hash);
    (doc.roots, &doc.keys, &doc.record).hash(&mut hash);
    (&doc.source.outlet, &doc.source.url, &doc.source.lang).hash(&mut hash);
    hash.finish()
}

/// The document of the index.
pub(super) fn document(fields: &Fields, doc: &SearchDoc) -> TantivyDocument {
    let mut out = TantivyDocument::default();
    out.add_text(fields.id, &doc.id);
    out.add_u64(fields.digest, digest(doc));
    out.add_u64(fields.group, number(&doc.group));
    out.add_u64(fields.ordinal, number(&doc.id));
    out.add_u64(fields.kind, doc.kind as u64);
    out.add_text(fields.title, &doc.title);
    if let Some(title) = &doc.title_zh {
        out.add_text(fields.title, title);
    }
    out.add_text(fields.body, &doc.body);
    if !doc.names.is_empty() {
        out.add_text(fields.names, &doc.names);
    }
    out.add_text(fields.text, &doc.body);
    if !doc.record.is_empty() {
        out.add_text(fields.record, &doc.record);
    }
    if let Some(date) = doc.date {
        out.add_i64(fields.first, date.first().map_or(i64::MIN, days));
        out.add_i64(fields.last, date.last().map_or(i64::MAX, days));
    }
    out.add_i64(fields.known, days(doc.known));
    out.add_i64(fields.changed, days(doc.changed));
    out.add_i64(fields.gone, doc.gone.map_or(i64::MAX, days));
    if doc.gone.is_some() {
        out.add_u64(fields.past, 1);
    }
    out.add_i64(fields.roots, i64::from(doc.roots));
    for (field, value) in &doc.keys {
        out.add_text(fields.key, key(field.word(), value));
    }
    let card = Card {
        kind: doc.kind as u8,
        id: doc.id.clone(),
        group: doc.group.clone(),
        title: doc.title.clone(),
        title_zh: doc.title_zh.clone(),
        path: doc.path.clone(),
        date: doc.date.map(|date| date.to_string()),
        known: doc.known,
        changed: doc.changed,
        roots: doc.roots,
        outlet: doc.source.outlet.clone(),
        url: doc.source.url.clone(),
        lang: doc.source.lang.clone(),
    };
    out.add_text(fields.card, serde_json::to_string(&card).unwrap_or_default());
    out
}

fn text(doc: &TantivyDocument, field: tantivy::schema::Field) -> &str {
    doc.get_first(field).and_then(|value| value.as_str()).unwrap_or("")
}

/// The words of a document that may be quoted, and its record.
pub(super) fn words<'a>(fields: &Fields, doc: &'a TantivyDocument) -> &'a str {
    text(doc, fields.text)
}

/// Everything on record about a document, as JSON.
pub(super) fn record<'a>(fields: &Fields, doc: &'a TantivyDocument) -> &'a str {
    text(doc, fields.record)
}

/// The line of a result; `None` where the card is not one we wrote.
pub(super) fn hit(
    fields: &Fields,
    doc: &TantivyDocument,
    snippet: Vec<Piece>,
    score: f32,
) -> Option<Hit> {
    let card: Card = serde_json::from_str(text(doc, fields.card)).ok()?;
    Some(Hit {
        kind: *DocKind::ALL.get(usize::from(card.kind))?,
        id: card.id,
        group: card.group,
        title: card.title,
        title_zh: card.title_zh,
        path: card.path,
        date: card.date,
        known: card.known,
        changed: card.changed,
        roots: card.roots,
        source: Source { outlet: card.outlet, url: card.url, lang: card.lang },
        snippet,
        score,
    })
}
