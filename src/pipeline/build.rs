//! `build`: archive, rules and judgements become the record, the search index and the site.

use std::collections::BTreeSet;
use std::mem;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use chrono::NaiveDate;

use super::memory::{Memory, Page, Prepared};
use super::record::record_again;
use super::settings::with_slash;
use super::{PipelineError, Record, Settings, ordered, published};
use crate::model::finding::Finding;
use crate::model::kb::KnowledgeBase;
use crate::model::query::SearchDoc;
use crate::model::tree::Rendered;
use crate::publish::{self, Published, Publishing, assets};
use crate::rules::Rules;
use crate::search::{self, About, Rebuilt};
use crate::view::assets::Assets;
use crate::view::directory::Directory;
use crate::view::index::Index;
use crate::view::moved::moved;
use crate::view::site::Plan;
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
    // Looking whether what was published still stands takes as long as making the record.
    let (looking, standing) = (folder.clone(), memory.standing.take());
    let publishing = thread::spawn(move || Publishing::into(&looking, PROGRAM, standing));
    let looked_at = || publishing.join().unwrap_or_else(|panic| resume_unwind(panic));
    let base_url = &settings.look.base_url;
    let facts = facts(home, today, jobs, base_url, memory, &progress);
    let (rules, record, listed) = match facts {
        Ok(facts) => facts,
        Err(error) => {
            // Nothing is to be at work in the folder when this ends.
            looked_at();
            return Err(error);
        }
    };
    let (kb, look) = (&record.kb, &settings.look);
    progress(Stage::Writing);
    let (assets, index) = (Assets::new(&assets()), Index::new(kb));
    let directory = Directory::of(&index);
    let seals = mem::take(&mut memory.seals);
    let plan = Plan::new(kb, &rules, look, &assets, &index, &directory, &seals);
    let filing = Filing::new(kb, &rules, &index);
    let Prepared { incidents, others, groups, made } = memory.prepare(&plan, &filing, &index, jobs);
    let mut publishing = looked_at();
    if !publishing.is_current() {
        publishing = Publishing::into(&folder, PROGRAM, None);
    }
    // Each page that gathers is work enough by itself.
    let pages = others.into_iter().map(|page| vec![page]).chain(ordered::batches(incidents));
    let about = About {
        title: look.title.clone(),
        base_url: look.base_url.clone(),
        as_of: kb.today.to_string(),
        version: look.version.clone(),
    };
    let filed = groups.clone();
    let Memory { shards, indexed, .. } = memory;
    let documents = thread::scope(|scope| {
        let publishing = &publishing;
        let searched = scope.spawn(|| {
            let documents = filing.documents(groups);
            thread::scope(|scope| {
                let index = scope.spawn(|| index_anew(home, &documents, &about, indexed));
                let put = make_searchable(&documents, shards, today, publishing, jobs);
                index.join().unwrap_or_else(|panic| resume_unwind(panic)).and(put)
            })?;
            Ok(documents.all().count())
        });
        let written = lay_out(&plan, kb, pages, &filed, &listed, publishing, jobs);
        let searched = searched.join().unwrap_or_else(|panic| resume_unwind(panic));
        written.and(searched)
    })?;
    memory.keep(made, &index);
    memory.seals = seals;
    memory.seals.keep(kb);
    memory.loaded.keep(rules);
    let (published, standing) = publishing.finish()?;
    memory.standing = Some(standing);
    Ok(Built { published, record, documents })
}

/// The rules, the record, and every address that was ever promised.
fn facts(
    home: &Path,
    today: NaiveDate,
    jobs: usize,
    base_url: &str,
    memory: &mut Memory,
    progress: &(impl Fn(Stage) + Sync),
) -> Result<(Rules, Record, Vec<String>), PipelineError> {
    let rules = memory.loaded.rules(Some(home))?;
    let reading = |done, all| progress(Stage::Reading(done, all));
    let record = record_again(home, &rules, today, jobs, &mut memory.before, reading)?;
    // A site without an address is promised to nobody.
    if !base_url.is_empty() {
        published::keep(home, &record.kb)?;
    }
    let (listed, _) = published::listed(home)?;
    Ok((rules, record, listed))
}

/// Makes the search index; of the one before it is remembered what is in it.
fn index_anew(
    home: &Path,
    documents: &Documents,
    about: &About,
    indexed: &mut Option<(Rebuilt, Vec<Arc<Filed>>)>,
) -> Result<(), PipelineError> {
    let all: Vec<_> = documents.all().collect();
    let known = indexed.take().map(|(from, before)| {
        let ids = changed(&before, &documents.groups).chain(changed(&documents.groups, &before));
        search::Known { from, ids: ids.map(|doc| doc.id.clone()).collect() }
    });
    let rebuilt = search::rebuild(home, &all, &documents.catalogue, about, known.as_ref())?;
    *indexed = Some((rebuilt, documents.groups.clone()));
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
    publishing: &Publishing,
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
    pages: impl Iterator<Item = Vec<Page<'a>>> + Send,
    filed: &[Arc<Filed>],
    listed: &[String],
    publishing: &Publishing,
    jobs: usize,
) -> Result<(), PipelineError> {
    let put_all = |name: &str, make: &dyn Fn() -> Rendered| {
        publishing.put(name.into(), None, || make().into_iter().collect())
    };
    let put = |(place, digest): Page<'a>| {
        let render = || plan.render(&plan.sheet(place));
        publishing.put(place.file(), digest.as_deref(), render)?;
        plan.cards(place).try_for_each(|(card, site)| {
            let draw = || vec![(card.path.clone(), card.drawn(&site.words))];
            publishing.put(card.path.clone(), card.digest().as_deref(), draw)
        })
    };
    let mut written = Ok(());
    let laid = plan.laid_together(filed);
    let alone = thread::scope(|scope| {
        let mut alone: Vec<_> =
            laid.iter().map(|(name, make)| scope.spawn(|| put_all(name, make))).collect();
        alone.push(scope.spawn(|| {
            put_all("site", &|| plan.single_files())?;
            put_all("moved", &|| moved(plan, kb, listed))
        }));
        ordered::run_batches(pages, jobs, put, |result| {
            written = result;
            written.is_ok()
        });
        let ended = |thread: ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        alone.into_iter().try_for_each(ended)
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
