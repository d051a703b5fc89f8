//! `build`: archive, rules and judgements become the record, the search index and the site.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use chrono::NaiveDate;

use super::settings::with_slash;
use super::{PipelineError, Record, Settings, load_rules, ordered, published, record};
use crate::model::finding::Finding;
use crate::model::kb::KnowledgeBase;
use crate::publish::{self, Published, Publishing, assets};
use crate::rules::Rules;
use crate::search;
use crate::view::assets::Assets;
use crate::view::index::Index;
use crate::view::moved::moved;
use crate::view::site::{Look, Plan};
use crate::view::{Documents, search_docs, shards};

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

/// Builds everything a casebook derives from its evidence; `base_url` stands in for that of the settings.
///
/// # Errors
/// Faults in the data, an archive that cannot be read, a disk that is full.
pub fn build(
    home: &Path,
    today: NaiveDate,
    jobs: usize,
    base_url: Option<&str>,
    progress: impl Fn(Stage) + Sync,
) -> Result<Built, PipelineError> {
    let mut settings = Settings::of(home)?;
    if let Some(url) = base_url {
        settings.look.base_url = with_slash(url);
    }
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
    // A site without an address is promised to nobody.
    if !settings.look.base_url.is_empty() {
        published::keep(home, &record.kb)?;
    }
    let folder = home.join("site").join("public");
    let (listed, _) = published::listed(home)?;
    let published = thread::scope(|scope| {
        let index =
            || search::rebuild(home, &documents.docs, &documents.catalogue, &about).map(|_| ());
        let index = scope.spawn(index);
        progress(Stage::Writing);
        let look = &settings.look;
        let written = lay_out(&record.kb, &rules, look, &listed, &folder, &documents, jobs);
        index.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        written
    })?;
    Ok(Built { record, documents: documents.docs.len(), published })
}

/// Renders the site page by page and writes what changed.
fn lay_out(
    kb: &KnowledgeBase,
    rules: &Rules,
    look: &Look,
    listed: &[String],
    folder: &Path,
    documents: &Documents,
    jobs: usize,
) -> Result<Published, PipelineError> {
    let (assets, index) = (Assets::new(&assets()), Index::new(kb));
    let plan = Plan::new(kb, rules, look, &assets, &index);
    let publishing = Publishing::into(folder);
    let put_all = |files: Vec<(String, Vec<u8>)>| {
        files.into_iter().try_for_each(|(name, bytes)| publishing.put(name, &bytes))
    };
    put_all(plan.single_files().into_iter().collect())?;
    put_all(moved(&plan, kb, listed).into_iter().collect())?;
    let mut failed = None;
    let searched = thread::scope(|scope| {
        let shards = || put_all(shards(documents, kb.today).into_iter().collect());
        let searched = scope.spawn(shards);
        ordered::run(
            plan.leaves().into_iter(),
            jobs,
            |leaf| put_all(plan.render(&leaf)),
            |result| {
                failed = result.err();
                failed.is_none()
            },
        );
        searched.join().unwrap_or_else(|panic| resume_unwind(panic))
    });
    match failed {
        Some(error) => Err(error.into()),
        None => {
            searched?;
            Ok(publishing.finish()?)
        }
    }
}

/// Links inside the built site that lead nowhere, as findings.
///
/// # Errors
/// A site that cannot be read.
pub fn dead_links(home: &Path) -> Result<Vec<Finding>, PipelineError> {
    let dead = publish::dead_links(&home.join("site").join("public"))?;
    let finding = |dead: publish::DeadLink| {
        let message = format!("the link “{}” leads nowhere", dead.link);
        Finding::warning("dead-link", message).at(dead.page)
    };
    Ok(dead.into_iter().map(finding).collect())
}
