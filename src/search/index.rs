//! The index opened for reading: any number of readers, no lock, nothing written.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::schema::Fields;
use super::tokenizer::{ANALYZER, analyzer};
use super::{SearchError, generation};
use crate::model::query::{Catalogue, Known, Suggestion};

/// The file beside the index with the names of values.
pub(super) const CATALOGUE: &str = "catalogue.json";
/// The file beside the index that says of what it is.
pub(super) const ABOUT: &str = "about.json";

/// Documents from which one search is shared by the processors.
const SHARED_FROM: u32 = 200_000;

/// Of what an index is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct About {
    /// Name of the site.
    pub title: String,
    /// Address it is published at, ending in `/`; empty where it is not known.
    pub base_url: String,
    /// The day the record speaks of.
    pub as_of: String,
    /// Version of the program.
    pub version: String,
}

/// An index that can be searched.
pub struct SearchIndex {
    pub(super) fields: Fields,
    pub(super) searcher: Searcher,
    pub(super) catalogue: Catalogue,
    /// Whether some documents are states of the past.
    pub(super) has_past: bool,
    about: About,
    folder: PathBuf,
}

impl SearchIndex {
    /// Opens the index of a casebook.
    ///
    /// # Errors
    /// An index that is missing or damaged.
    pub fn open(home: &Path) -> Result<Self, SearchError> {
        let missing = || SearchError::NoIndex { path: home.to_path_buf() };
        let mut folder = generation::current(home).ok_or_else(missing)?;
        let mut opened = Self::of(&folder);
        // Between the look and the opening, a build may have put another in its place.
        let now = generation::current(home).ok_or_else(missing)?;
        if opened.is_err() && now != folder {
            folder = now;
            opened = Self::of(&folder);
        }
        opened
    }

    fn of(folder: &Path) -> Result<Self, SearchError> {
        let mut index = Index::open_in_dir(folder)?;
        let documents: u32 = index.searchable_segment_metas()?.iter().map(|s| s.max_doc()).sum();
        if documents >= SHARED_FROM {
            index.set_default_multithread_executor()?;
        }
        index.tokenizers().register(ANALYZER, analyzer());
        let fields = Fields::new();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let rows: Vec<Known> = json(&folder.join(CATALOGUE))?;
        let past = Term::from_field_u64(fields.past, 1);
        Ok(Self {
            has_past: searcher.doc_freq(&past)? > 0,
            catalogue: Catalogue::new(rows),
            about: json(&folder.join(ABOUT))?,
            fields,
            searcher,
            folder: folder.to_path_buf(),
        })
    }

    /// Whether the casebook has another index by now.
    pub fn is_stale(&self, home: &Path) -> bool {
        generation::current(home).is_some_and(|now| now != self.folder)
    }

    /// Of what it is.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The name of this generation: another index, another name.
    pub fn generation(&self) -> String {
        let name = self.folder.file_name().and_then(|name| name.to_str()).unwrap_or("");
        let opstamp =
            self.searcher.segment_readers().iter().map(|s| s.segment_id().short_uuid_string());
        let segments: Vec<String> = opstamp.collect();
        format!("{name}-{:x}", super::card::number(&segments.join("-")))
    }

    /// Number of documents.
    pub fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Values of fields under all their names.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What may be meant by what has been typed so far.
    pub fn suggest(&self, typed: &str) -> Vec<Suggestion> {
        self.catalogue.suggest(typed)
    }

    /// Everything on record about an incident, claim, question, article or party, as JSON.
    ///
    /// Ids may be cut to eight letters or more; `None` where nothing, or more than one thing, has it.
    ///
    /// # Errors
    /// An index that is damaged.
    pub fn record(&self, id: &str) -> Result<Option<String>, SearchError> {
        let Some(address) = self.address(id)? else { return Ok(None) };
        let doc: TantivyDocument = self.searcher.doc(address)?;
        let record = super::card::record(&self.fields, &doc);
        Ok((!record.is_empty()).then(|| record.to_string()))
    }

    /// Where a document lies, by its id or the beginning of it.
    pub(super) fn address(&self, id: &str) -> Result<Option<DocAddress>, SearchError> {
        let query =
            TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &tantivy::collector::DocSetCollector)?;
        if let Some(address) = found.into_iter().min() {
            return Ok(Some(address));
        }
        let cut = id.len() >= 8 && id.bytes().all(|b| b.is_ascii_hexdigit());
        if !cut {
            return Ok(None);
        }
        let mut ids = std::collections::BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.id)?;
            let mut terms =
                index.terms().range().ge(id).into_stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                if !terms.key().starts_with(id.as_bytes()) || ids.len() > 1 {
                    break;
                }
                // States of the past carry the id with a number behind it.
                let key = String::from_utf8_lossy(terms.key()).into_owned();
                if !key.contains('@') {
                    ids.insert(key);
                }
            }
        }
        match (ids.len(), ids.pop_first()) {
            (1, Some(whole)) if whole != id => self.address(&whole),
            _ => Ok(None),
        }
    }
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, SearchError> {
    let bytes = fs::read(path)
        .map_err(|source| SearchError::Folder { path: path.to_path_buf(), source })?;
    serde_json::from_slice(&bytes).map_err(|error| SearchError::Damaged {
        path: path.to_path_buf(),
        reason: error.to_string(),
    })
}
