//! `build`: archive, rules and judgements become the record, the search index and the site.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use chrono::NaiveDate;

use super::memory::{Memory, Prepared};
use super::settings::with_slash;
use super::{PipelineError, Record, Settings, ordered, published, record};
use crate::model::finding::Finding;
use crate::model::kb::KnowledgeBase;
use crate::model::query::SearchDoc;
use crate::publish::{self, Published, Publishing, assets};
use crate::search::{self, About};
use crate::view::assets::Assets;
use crate::view::directory::Directory;
use crate::view::index::Index;
use crate::view::moved::moved;
use crate::view::place::Place;
use crate::view::site::{Plan, Sheet};
use crate::view::{Documents, Filed, Filing, Shard, Shards};

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
    memory: &mut Memory,
    progress: impl Fn(Stage) + Sync,
) -> Result<Built, PipelineError> {
    let mut settings = Settings::of(home)?;
    if let Some(url) = base_url {
        settings.look.base_url = with_slash(url);
    }
    let folder = home.join("site").join("public");
    let (publishing, read) = thread::scope(|scope| {
        let publishing = scope.spawn(|| Publishing::into(&folder, PROGRAM));
        let rules = memory.loaded.rules(Some(home));
        let read = rules.and_then(|rules| {
            let progress = |done, all| progress(Stage::Reading(done, all));
            Ok((record(home, &rules, today, jobs, progress)?, rules))
        });
        (publishing.join().unwrap_or_else(|panic| resume_unwind(panic)), read)
    });
    let (record, rules) = read?;
    // A site without an address is promised to nobody.
    if !settings.look.base_url.is_empty() {
        published::keep(home, &record.kb)?;
    }
    let (kb, look) = (&record.kb, &settings.look);
    let (listed, _) = published::listed(home)?;
    progress(Stage::Writing);
    let (assets, index) = (Assets::new(&assets()), Index::new(kb));
    let directory = Directory::of(&index);
    let plan = Plan::new(kb, &rules, look, &assets, &index, &directory);
    let filing = Filing::new(kb, &rules, &index);
    let Prepared { sheets, gathering, groups, made } = memory.prepare(&plan, &filing, &index, jobs);
    let documents = filing.documents(groups);
    // Each page that gathers is work enough by itself.
    let pages = gathering.into_iter().map(|page| vec![page]).chain(ordered::batches(sheets));
    let about = About {
        title: look.title.clone(),
        base_url: look.base_url.clone(),
        as_of: kb.today.to_string(),
        version: look.version.clone(),
    };
    let Memory { shards, indexed, .. } = memory;
    thread::scope(|scope| {
        let (documents, publishing) = (&documents, &publishing);
        let incidents: Vec<&str> = documents.incidents().collect();
        let index = scope.spawn(|| index_anew(home, documents, &about, indexed));
        let searched =
            scope.spawn(move || make_searchable(documents, shards, today, publishing, jobs));
        let written = lay_out(&plan, kb, pages, &incidents, &listed, publishing, jobs);
        let both = [index.join(), searched.join()];
        both.into_iter()
            .fold(written, |done, also| done.and(also.unwrap_or_else(|panic| resume_unwind(panic))))
    })?;
    memory.keep(made, &index);
    let documents = documents.all().count();
    memory.loaded.keep(rules);
    Ok(Built { published: publishing.finish()?, record, documents })
}

/// Makes the search index; of the one before it is remembered what is in it.
fn index_anew(
    home: &Path,
    documents: &Documents,
    about: &About,
    indexed: &mut Option<(PathBuf, Vec<Arc<Filed>>)>,
) -> Result<(), PipelineError> {
    let all: Vec<_> = documents.all().collect();
    let known = indexed.take().map(|(folder, before)| {
        let ids = changed(&before, &documents.groups).chain(changed(&documents.groups, &before));
        search::Known { folder, ids: ids.map(|doc| doc.id.clone()).collect() }
    });
    let rebuilt = search::rebuild(home, &all, &documents.catalogue, about, known.as_ref())?;
    *indexed = Some((rebuilt.folder, documents.groups.clone()));
    Ok(())
}

/// The documents that are not among others.
fn changed<'d>(
    groups: &'d [Arc<Filed>],
    others: &[Arc<Filed>],
) -> impl Iterator<Item = &'d SearchDoc> {
    let others: BTreeSet<*const Filed> = others.iter().map(Arc::as_ptr).collect();
    let new = groups.iter().filter(move |filed| !others.contains(&Arc::as_ptr(filed)));
    new.flat_map(|filed| &filed.docs)
}

/// Makes the search of the site.
fn make_searchable(
    documents: &Documents,
    shards: &mut Shards,
    today: NaiveDate,
    publishing: &Publishing<'_>,
    jobs: usize,
) -> Result<(), PipelineError> {
    let put = |shard: Shard<'_>| {
        let name = format!("search/{}", shard.name);
        publishing.put(name, shard.digest.as_deref(), || shard.files())
    };
    let mut written = Ok(());
    ordered::run_batches(ordered::batches(shards.of(documents, today)), jobs, put, |result| {
        written = result;
        written.is_ok()
    });
    Ok(written?)
}

/// Renders the pages whose facts changed and writes what changed of them.
fn lay_out<'a>(
    plan: &Plan<'a>,
    kb: &KnowledgeBase,
    pages: impl Iterator<Item = Vec<(Place<'a>, Sheet<'a>)>> + Send,
    incidents: &[&str],
    listed: &[String],
    publishing: &Publishing<'_>,
    jobs: usize,
) -> Result<(), PipelineError> {
    let alone = || {
        publishing
            .put("site".into(), None, || plan.single_files(incidents).into_iter().collect())?;
        publishing.put("moved".into(), None, || moved(plan, kb, listed).into_iter().collect())
    };
    let put = |(place, sheet): (Place<'a>, Sheet<'a>)| {
        publishing.put(sheet.path(), sheet.digest.as_deref(), || plan.render(&sheet))?;
        plan.cards(place).try_for_each(|(card, site)| {
            let draw = || vec![(card.path.clone(), card.drawn(&site.words))];
            publishing.put(card.path.clone(), card.digest().as_deref(), draw)
        })
    };
    let mut written = Ok(());
    let alone = thread::scope(|scope| {
        let alone = scope.spawn(alone);
        ordered::run_batches(pages, jobs, put, |result| {
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
