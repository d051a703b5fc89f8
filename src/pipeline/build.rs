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
use crate::view::directory::Directory;
use crate::view::index::Index;
use crate::view::moved::moved;
use crate::view::site::{Look, Plan};
use crate::view::{search_docs, shards};

/// Which program this is: a digest of the text it is made of (`build.rs`).
const PROGRAM: &str = env!("CASEBOOK_PROGRAM");

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
    /// The search index is made, the site is written.
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
    // A site without an address is promised to nobody.
    if !settings.look.base_url.is_empty() {
        published::keep(home, &record.kb)?;
    }
    let (kb, look) = (&record.kb, &settings.look);
    let (listed, _) = published::listed(home)?;
    let folder = home.join("site").join("public");
    let publishing = Publishing::into(&folder, PROGRAM);
    progress(Stage::Writing);
    let documents = thread::scope(|scope| {
        let searched = scope.spawn(|| make_searchable(home, kb, &rules, look, &publishing));
        let written = lay_out(kb, &rules, look, &listed, &publishing, jobs);
        let documents = searched.join().unwrap_or_else(|panic| resume_unwind(panic));
        written.and(documents)
    })?;
    Ok(Built { published: publishing.finish()?, record, documents })
}

/// Makes the search index, and the search of the site; gives the number of documents.
fn make_searchable(
    home: &Path,
    kb: &KnowledgeBase,
    rules: &Rules,
    look: &Look,
    publishing: &Publishing<'_>,
) -> Result<usize, PipelineError> {
    let documents = search_docs(kb, rules);
    let about = search::About {
        title: look.title.clone(),
        base_url: look.base_url.clone(),
        as_of: kb.today.to_string(),
        version: look.version.clone(),
    };
    thread::scope(|scope| {
        let index = || search::rebuild(home, &documents.docs, &documents.catalogue, &about);
        let index = scope.spawn(index);
        let put = publishing
            .put("search".into(), None, || shards(&documents, kb.today).into_iter().collect());
        index.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        put?;
        Ok(documents.docs.len())
    })
}

/// Renders the pages whose facts changed and writes what changed of them.
fn lay_out(
    kb: &KnowledgeBase,
    rules: &Rules,
    look: &Look,
    listed: &[String],
    publishing: &Publishing<'_>,
    jobs: usize,
) -> Result<(), PipelineError> {
    let (assets, index) = (Assets::new(&assets()), Index::new(kb));
    let directory = Directory::of(&index);
    let plan = Plan::new(kb, rules, look, &assets, &index, &directory);
    let alone = || {
        publishing.put("site".into(), None, || plan.single_files().into_iter().collect())?;
        publishing.put("moved".into(), None, || moved(&plan, kb, listed).into_iter().collect())
    };
    let put = |place| {
        let sheet = plan.sheet(place);
        publishing.put(sheet.path(), sheet.digest.as_deref(), || plan.render(&sheet))?;
        plan.cards(place).try_for_each(|(card, site)| {
            let draw = || vec![(card.path.clone(), card.drawn(&site.words))];
            publishing.put(card.path.clone(), card.digest().as_deref(), draw)
        })
    };
    let mut written = Ok(());
    let alone = thread::scope(|scope| {
        let alone = scope.spawn(alone);
        ordered::run(plan.places().into_iter(), jobs, put, |result| {
            written = result;
            written.is_ok()
        });
        alone.join().unwrap_or_else(|panic| resume_unwind(panic))
    });
    Ok(written.and(alone)?)
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
