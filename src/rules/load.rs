//! Reads tables of rows out of the text of `data/`, the built-in layer first, a casebook's own on
//! top of it.
//!
//! In: layers of TOML texts. Out: typed rows with file and line. A row of a later layer replaces
//! the row of the same id below it. Unknown keys, wrong types and doubled ids are refused; every
//! fault of every file is collected before anything is reported.

use std::collections::{BTreeMap, HashMap};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;

use crate::model::finding::Finding;
use crate::model::tree::SourceTree;

/// One layer of data.
#[derive(Debug, Clone, Copy)]
pub struct Layer<'a> {
    /// What places in messages begin with: "built-in data" or the folder.
    pub name: &'a str,
    /// The texts by relative path.
    pub tree: &'a SourceTree,
}

/// A row with the place it stands at.
#[derive(Debug, Clone)]
pub struct Located<R> {
    /// The row.
    pub row: R,
    /// File and line.
    pub place: String,
}

/// A raw row of a table.
pub trait Row: DeserializeOwned {
    /// The key of the table in its file: `[[cue]]`.
    const TABLE: &'static str;
    /// The row's own id, unique within the table.
    fn id(&self) -> &str;
}

/// Reads every file under `path` (a file, or a folder ending in `/`) as a table of `R`.
pub fn table<R: Row>(
    layers: &[Layer<'_>],
    path: &str,
    faults: &mut Vec<Finding>,
) -> Vec<Located<R>> {
    table_of(layers, path, faults, file)
}

/// What a row became.
pub trait Entry {
    /// The row's own id.
    fn id(&self) -> &str;
    /// File and line.
    fn place(&self) -> &str;
}

impl<R: Row> Entry for Located<R> {
    fn id(&self) -> &str {
        self.row.id()
    }
    fn place(&self) -> &str {
        &self.place
    }
}

/// Files that were read once, and what their rows became: a file of the same text is not read again.
#[derive(Debug)]
pub struct Parsed<E> {
    before: HashMap<String, Vec<E>>,
    now: HashMap<String, Vec<E>>,
}

impl<E> Default for Parsed<E> {
    fn default() -> Self {
        Self { before: HashMap::new(), now: HashMap::new() }
    }
}

impl<E: Entry + Clone> Parsed<E> {
    /// As [`table`], of what `make` says a row is; what no file holds any more is forgotten with the next.
    /// A row has to be sound even where a later layer replaces it.
    pub fn table<R: Row>(
        &mut self,
        layers: &[Layer<'_>],
        path: &str,
        faults: &mut Vec<Finding>,
        make: impl Fn(Located<R>) -> Result<E, Finding>,
    ) -> Vec<E> {
        self.before = std::mem::take(&mut self.now);
        table_of(layers, path, faults, |layer, name, text, faults| {
            let digest = Sha256::digest(text);
            let key = format!("{layer}/{name} {digest:x?}");
            let known = self.before.remove(&key);
            let sound = faults.len();
            let entries = known.unwrap_or_else(|| {
                let made = file(layer, name, text, faults).into_iter().map(&make);
                made.filter_map(|made| made.map_err(|fault| faults.push(fault)).ok()).collect()
            });
            if faults.len() == sound {
                self.now.insert(key, entries.clone());
            }
            entries
        })
    }
}

fn table_of<E: Entry>(
    layers: &[Layer<'_>],
    path: &str,
    faults: &mut Vec<Finding>,
    mut file: impl FnMut(&str, &str, &str, &mut Vec<Finding>) -> Vec<E>,
) -> Vec<E> {
    let mut entries: Vec<E> = Vec::new();
    let mut by_id: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (depth, layer) in layers.iter().enumerate() {
        let files = layer.tree.iter().filter(|(name, _)| {
            *name == path
                || path.ends_with('/') && name.starts_with(path) && name.ends_with(".toml")
        });
        for (name, text) in files {
            for entry in file(layer.name, name, text, faults) {
                let id = entry.id().to_string();
                match by_id.get(&id) {
                    Some((above, _)) if *above == depth => faults.push(
                        Finding::error(
                            "doubled-id",
                            format!("the id “{id}” stands twice; give this row another id"),
                        )
                        .at(entry.place()),
                    ),
                    Some((_, index)) => {
                        let index = *index;
                        by_id.insert(id, (depth, index));
                        if let Some(slot) = entries.get_mut(index) {
                            *slot = entry;
                        }
                    }
                    None => {
                        by_id.insert(id, (depth, entries.len()));
                        entries.push(entry);
                    }
                }
            }
        }
    }
    entries
}

fn file<R: Row>(layer: &str, name: &str, text: &str, faults: &mut Vec<Finding>) -> Vec<Located<R>> {
    let ends: Vec<usize> = text.bytes().enumerate().filter(|b| b.1 == b'\n').map(|b| b.0).collect();
    let line = |offset: usize| ends.partition_point(|end| *end < offset) + 1;
    let place = |offset: usize| format!("{layer}/{name}:{}", line(offset));
    match toml::from_str::<BTreeMap<String, Vec<Spanned<R>>>>(text) {
        Ok(tables) => {
            let mut rows = Vec::new();
            for (key, list) in tables {
                if key != R::TABLE {
                    let offset = list.first().map_or(0, |row| row.span().start);
                    let message =
                        format!("there is no table “[[{key}]]” here; write “[[{}]]”", R::TABLE);
                    faults.push(Finding::error("unknown-table", message).at(place(offset)));
                    continue;
                }
                rows.extend(list.into_iter().map(|row| {
                    let place = place(row.span().start);
                    Located { row: row.into_inner(), place }
                }));
            }
            rows
        }
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let message = error.message().trim_end_matches('.').replace('\n', "; ");
            faults.push(
                Finding::error("bad-row", format!("{message}; compare the rows beside it"))
                    .at(place(offset)),
            );
            Vec::new()
        }
    }
}

/// Digest of a version and of the data that reading depends on.
pub(super) fn digest(layers: &[Layer<'_>], version: &str) -> String {
    digest_of(layers, version, |name| {
        let crawl = ["lexicon/addresses/", "lexicon/stand-ins/"];
        let fetching = crawl.iter().any(|folder| name.starts_with(folder));
        !fetching && name.starts_with("lexicon/")
            || name.starts_with("entities/")
            // What an article is about, and whether it is a round-up, is told by numbers.
            || name.starts_with("thresholds/")
            || name == "types.toml"
    })
}

/// Digest of the data that pages print from, beside the record: all but what becomes the record.
pub(super) fn digest_shown(layers: &[Layer<'_>]) -> String {
    let record = ["incidents/", "judgements/", "lexicon/", "sample/", "published.txt"];
    digest_of(layers, "", |name| !record.iter().any(|folder| name.starts_with(folder)))
}

fn digest_of(layers: &[Layer<'_>], version: &str, counts: impl Fn(&str) -> bool) -> String {
    let mut hasher = Sha256::new();
    hasher.update(version);
    for layer in layers {
        for (name, text) in layer.tree.iter().filter(|(name, _)| counts(name)) {
            hasher.update((name.len() as u64).to_le_bytes());
            hasher.update(name);
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text);
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
