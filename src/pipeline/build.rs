//! `build`: archive, rules and judgements become the record, the search index and the site.

use std::path::Path;

use chrono::NaiveDate;

use super::{PipelineError, Record, Settings, load_rules, record};
use crate::publish::{Published, assets, publish};
use crate::search;
use crate::view::site::site;
use crate::view::{search_docs, shards};

/// What a build did.
#[derive(Debug, Clone)]
pub struct Built {
    /// The record.
    pub record: Record,
    /// Documents in the search index.
    pub documents: usize,
    /// Files of the site.
    pub published: Published,
}

/// Steps of a build, told as they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Captures are read: done and all.
    Reading(usize, usize),
    /// The search index is made.
    Indexing,
    /// The site is written.
    Writing,
}

/// Builds everything a casebook derives from its evidence.
///
/// # Errors
/// Faults in the data, an archive that cannot be read, a disk that is full.
pub fn build(
    home: &Path,
    today: NaiveDate,
    jobs: usize,
    progress: impl Fn(Stage) + Sync,
) -> Result<Built, PipelineError> {
    let settings = Settings::of(home)?;
    let rules = load_rules(Some(home))?;
    let record =
        record(home, &rules, today, jobs, |done, all| progress(Stage::Reading(done, all)))?;
    progress(Stage::Indexing);
    let documents = search_docs(&record.kb, &rules);
    let about = search::About {
        title: settings.look.title.clone(),
        base_url: settings.look.base_url.clone(),
        as_of: today.to_string(),
        version: settings.look.version.clone(),
    };
    search::rebuild(home, &documents.docs, &documents.catalogue, &about)?;
    progress(Stage::Writing);
    let mut rendered = site(&record.kb, &rules, &settings.look, &assets());
    rendered.extend(shards(&documents, today));
    let published = publish(&home.join("site").join("public"), &rendered)?;
    Ok(Built { record, documents: documents.docs.len(), published })
}
