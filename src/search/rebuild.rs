//! The index made anew, or the old one with a day's changes: written into a new folder, then named
//! as the one in use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{Index, IndexWriter, Term};

use super::card::{digest, document};
use super::index::{ABOUT, About, CATALOGUE};
use super::schema::Fields;
use super::tokenizer::{ANALYZER, analyzer};
use super::{SearchError, generation};
use crate::model::query::{Catalogue, SearchDoc};

/// Memory of the writer for each of its threads, in bytes.
const WRITER_BYTES: usize = 96 * 1024 * 1024;
/// Documents above which two threads write.
const MANY: usize = 20_000;
/// Most documents of one incident that are handed over at once.
const TOGETHER_MAX: usize = 256;
/// Most parts an index with changes may have, before it is made anew.
const SEGMENTS_MAX: usize = 12;

/// How an index came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// The folder it lies in.
    pub folder: PathBuf,
    /// When it was put in use.
    pub adopted: Option<SystemTime>,
    /// Documents written.
    pub written: usize,
    /// Documents taken over from the index before.
    pub kept: usize,
}

/// What is known of the index before: how it came about, and the documents that changed since by their
/// ids, all else being the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// How it came about.
    pub from: Rebuilt,
    /// Ids of documents that came, went or changed.
    pub ids: BTreeSet<String>,
}

/// Indexes documents under a casebook's folder; the old index serves until the new one is whole. Where it is
/// not known what changed, the old index is asked.
///
/// # Errors
/// A disk that is full or an index that cannot be written.
pub fn rebuild(
    home: &Path,
    docs: &[&SearchDoc],
    catalogue: &Catalogue,
    about: &About,
    known: Option<&Known>,
) -> Result<Rebuilt, SearchError> {
    let before = generation::current(home);
    let adopted = generation::adopted(home);
    let same = |from: &Rebuilt| before.as_ref() == Some(&from.folder) && adopted == from.adopted;
    let changes = match known.filter(|known| same(&known.from)) {
        Some(known) => told(&known.from.folder, docs, &known.ids),
        None => super::SearchIndex::open(home).ok().and_then(|old| changes(&old, docs)),
    };
    let folder = generation::fresh(home)?;
    let (written, kept) = match (before, changes) {
        (Some(before), Some(changes)) if linked(&before, &folder) => {
            patched(&folder, docs, &changes)?
        }
        _ => whole(&folder, docs)?,
    };
    let rows: Vec<_> = catalogue.rows().collect();
    write(&folder.join(CATALOGUE), &serde_json::to_vec(&rows).unwrap_or_default())?;
    write(&folder.join(ABOUT), &serde_json::to_vec(about).unwrap_or_default())?;
    generation::adopt(home, &folder)?;
    Ok(Rebuilt { folder, adopted: generation::adopted(home), written, kept })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), SearchError> {
    fs::write(path, bytes)
        .map_err(|source| SearchError::Folder { path: path.to_path_buf(), source })
}

fn whole(folder: &Path, docs: &[&SearchDoc]) -> Result<(usize, usize), SearchError> {
    // What a failed attempt to take over the old files may have left.
    let failed = |source| SearchError::Folder { path: folder.to_path_buf(), source };
    fs::remove_dir_all(folder).map_err(failed)?;
    fs::create_dir_all(folder).map_err(failed)?;
    let fields = Fields::new();
    let index = Index::create_in_dir(folder, fields.schema.clone())?;
    index.tokenizers().register(ANALYZER, analyzer());
    let threads = if docs.len() > MANY { 2 } else { 1 };
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * WRITER_BYTES)?;
    // What is told of one incident stays together, whichever thread writes it: it is found together.
    let groups = docs.chunk_by(|one, next| one.group == next.group);
    for some in groups.flat_map(|group| group.chunks(TOGETHER_MAX)) {
        writer.run(some.iter().map(|doc| UserOperation::Add(document(&fields, doc))))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok((docs.len(), 0))
}

/// What is to be done to an old index: ids that go, documents (by number) that come.
struct Changes {
    gone: Vec<String>,
    new: Vec<usize>,
}

/// What is to be done where it is known which documents changed; `None` where making the index anew is as cheap.
fn told(folder: &Path, docs: &[&SearchDoc], ids: &BTreeSet<String>) -> Option<Changes> {
    let segments = Index::open_in_dir(folder).ok()?.searchable_segment_ids().ok()?.len();
    let new = docs.iter().enumerate().filter(|(_, doc)| ids.contains(&doc.id));
    let new = new.map(|(number, _)| number).collect();
    let few = segments <= SEGMENTS_MAX && ids.len() < docs.len() / 5;
    few.then_some(Changes { gone: ids.iter().cloned().collect(), new })
}

/// The difference to an old index; `None` where making it anew is as cheap.
fn changes(old: &super::SearchIndex, docs: &[&SearchDoc]) -> Option<Changes> {
    if old.searcher.segment_readers().len() > SEGMENTS_MAX {
        return None;
    }
    let mut before: BTreeMap<String, u64> = BTreeMap::new();
    for segment in old.searcher.segment_readers() {
        let ids = segment.fast_fields().str("id").ok()??;
        let digests = segment.fast_fields().u64("digest").ok()?;
        // Read once from end to end: to look up each would unpack a block for each.
        let mut names: Vec<String> = Vec::with_capacity(ids.num_terms());
        let mut stream = ids.dictionary().stream().ok()?;
        while stream.advance() {
            names.push(String::from_utf8(stream.key().to_vec()).ok()?);
        }
        for doc in segment.doc_ids_alive() {
            let name = names.get(usize::try_from(ids.term_ords(doc).next()?).ok()?)?;
            before.insert(name.clone(), digests.first(doc)?);
        }
    }
    let mut new = Vec::new();
    for (number, doc) in docs.iter().enumerate() {
        match before.remove(&doc.id) {
            Some(same) if same == digest(doc) => {}
            _ => new.push(number),
        }
    }
    let replaced = new.iter().filter_map(|number| docs.get(*number)).map(|doc| doc.id.clone());
    let gone: Vec<String> = before.into_keys().chain(replaced).collect();
    (new.len() + gone.len() < docs.len() / 5).then_some(Changes { gone, new })
}

/// Whether every file of an old index lies in a new folder too, without being copied. Files of an
/// index are written once; the few that are replaced are replaced as a whole.
fn linked(before: &Path, folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(before) else { return false };
    entries.flatten().all(|entry| {
        let name = entry.file_name();
        let ours = [CATALOGUE, ABOUT].iter().any(|ours| name == **ours);
        let lock = name.to_string_lossy().ends_with(".lock");
        ours || lock || fs::hard_link(entry.path(), folder.join(&name)).is_ok()
    })
}

fn patched(
    folder: &Path,
    docs: &[&SearchDoc],
    changes: &Changes,
) -> Result<(usize, usize), SearchError> {
    let fields = Fields::new();
    let index = Index::open_in_dir(folder)?;
    index.tokenizers().register(ANALYZER, analyzer());
    if !changes.gone.is_empty() || !changes.new.is_empty() {
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for id in &changes.gone {
            writer.delete_term(Term::from_field_text(fields.id, id));
        }
        for doc in changes.new.iter().filter_map(|number| docs.get(*number)) {
            writer.add_document(document(&fields, doc))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
    }
    Ok((changes.new.len(), docs.len() - changes.new.len()))
}
