//! The index made anew: written into a new folder, then put in the place of the old one.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use tantivy::{Index, IndexWriter, TantivyDocument};

use super::schema::{Fields, VERSION};
use super::tokenizer::{ANALYZER, analyzer};
use super::{SearchError, folder};
use crate::model::query::SearchDoc;

/// Memory of the writer, in bytes.
const WRITER_BYTES: usize = 64 * 1024 * 1024;

/// Indexes documents under a casebook's folder; the old index serves until the new one is whole.
///
/// # Errors
/// A disk that is full or an index that cannot be written.
pub fn rebuild(home: &Path, docs: &[SearchDoc]) -> Result<(), SearchError> {
    let fresh = home.join(format!("index-v{VERSION}.new"));
    let error = |source| SearchError::Folder { path: fresh.clone(), source };
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(error)?;
    }
    fs::create_dir_all(&fresh).map_err(error)?;
    let fields = Fields::new();
    let index = Index::create_in_dir(&fresh, fields.schema.clone())?;
    index.tokenizers().register(ANALYZER, analyzer());
    // One thread: the same documents give the same segments.
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    for doc in docs {
        writer.add_document(document(&fields, doc))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    drop(index);
    let live = folder(home);
    let old = home.join(format!("index-v{VERSION}.old"));
    let swap = |source| SearchError::Folder { path: live.clone(), source };
    if old.exists() {
        fs::remove_dir_all(&old).map_err(swap)?;
    }
    if live.exists() {
        fs::rename(&live, &old).map_err(swap)?;
    }
    fs::rename(&fresh, &live).map_err(swap)?;
    if old.exists() {
        fs::remove_dir_all(&old).map_err(swap)?;
    }
    Ok(())
}

fn document(fields: &Fields, doc: &SearchDoc) -> TantivyDocument {
    let mut out = TantivyDocument::default();
    out.add_text(fields.kind, doc.kind.word());
    out.add_text(fields.id, &doc.id);
    out.add_text(fields.title, &doc.title);
    out.add_text(fields.body, &doc.body);
    out.add_text(fields.path, &doc.path);
    if let Some(date) = doc.date {
        out.add_text(fields.date, date.to_string());
        out.add_i64(fields.first, date.first().map_or(i64::MIN, days));
        out.add_i64(fields.last, date.last().map_or(i64::MAX, days));
    }
    for (field, value) in &doc.fields {
        out.add_text(fields.condition, condition(field.word(), value));
    }
    out
}

/// A field condition as one term: `vendor=alibaba`.
pub(super) fn condition(field: &str, value: &str) -> String {
    format!("{field}={}", value.trim().to_lowercase())
}

/// Days since 1 January 1970.
pub(super) fn days(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}
