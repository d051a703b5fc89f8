//! The list of what was published, beside the pages it lists: what stands, what left, what may be half written.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{JOURNAL, OPEN, PARTS};

/// Number of files above which a folder is looked at as a whole.
const CROWD_MIN: usize = 1_000;

/// A sheet as it was published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sheet {
    /// Digest of what it was made of; empty where it has to be made each time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// Digests of its files, by path.
    pub files: BTreeMap<String, String>,
}

/// What was published, by the program and the name of the sheet.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Which program made the sheets.
    pub program: String,
    /// The sheets, by name; one that stays is handed on.
    pub sheets: BTreeMap<String, Arc<Sheet>>,
}

/// Files of sheets that have others in another list.
pub(super) fn moved<'s>(
    sheets: &'s BTreeMap<String, Arc<Sheet>>,
    other: &'s BTreeMap<String, Arc<Sheet>>,
) -> impl Iterator<Item = &'s String> {
    let moved = sheets.iter().filter(|(name, sheet)| {
        let same = |there: &Arc<Sheet>| {
            Arc::ptr_eq(there, sheet) || there.files.keys().eq(sheet.files.keys())
        };
        !other.get(*name).is_some_and(same)
    });
    moved.flat_map(|(_, sheet)| sheet.files.keys())
}

/// What a program that goes on running knows of a folder it published into.
#[derive(Debug)]
pub struct Standing {
    pub(super) manifest: Manifest,
    /// The list as it lay then.
    pub(super) state: Option<(SystemTime, u64)>,
    pub(super) folders: Folders,
}

/// Folders in which every file stood, each with when it was changed last: what comes to a folder or leaves it
/// changes it.
pub(super) type Folders = HashMap<String, SystemTime>;

/// The files of a list that do not stand, and the folders in which all do; folders that are as they are known
/// are not looked into.
pub(super) fn gone(root: &Path, manifest: &Manifest, known: Folders) -> (HashSet<String>, Folders) {
    let changed = |folder: &str| fs::metadata(root.join(folder)).and_then(|it| it.modified()).ok();
    let mut whole = known;
    whole.retain(|folder, at| changed(folder) == Some(*at));
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // Files of a sheet lie together.
    let (mut last, mut stands) = (None, false);
    for file in manifest.sheets.values().flat_map(|sheet| sheet.files.keys()) {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        if last != Some(folder) {
            (last, stands) = (Some(folder), whole.contains_key(folder));
        }
        if !stands {
            folders.entry(folder).or_default().push(name);
        }
    }
    let mut gone = HashSet::new();
    for (folder, files) in folders {
        // First when, then what: a change in between is seen the next time.
        let changed = changed(folder);
        let missing = missing(&root.join(folder), files);
        if let (true, Some(changed)) = (missing.is_empty(), changed) {
            whole.insert(folder.to_string(), changed);
        }
        let named = missing.into_iter().map(|name| match folder {
            "" => name.to_string(),
            folder => format!("{folder}/{name}"),
        });
        gone.extend(named);
    }
    (gone, whole)
}

/// The files that are not in a folder.
fn missing<'n>(folder: &Path, files: Vec<&'n str>) -> Vec<&'n str> {
    // Of many files one look at their folder is cheaper than one at each.
    let listed = (files.len() > CROWD_MIN).then(|| names(folder));
    let stands = |name: &&str| match &listed {
        Some(listed) => listed.contains(*name),
        None => folder.join(name).is_file(),
    };
    files.into_iter().filter(|name| !stands(name)).collect()
}

/// Names of the files in a folder; of one that cannot be read none.
fn names(folder: &Path) -> HashSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    files.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// What may stand after a build that was ended: all files of before and those it wrote, none of them
/// known by its bytes.
pub(super) fn ended(folder: &Path) -> Manifest {
    let mut open = manifest(&folder.join(OPEN)).unwrap_or_default();
    open.program.clear();
    let written = fs::read_to_string(folder.join(PARTS).join(JOURNAL)).unwrap_or_default();
    let written = written.lines().map(|file| (file.to_string(), String::new())).collect();
    open.sheets.insert(String::new(), Sheet { files: written, ..Sheet::default() }.into());
    let sheets = open.sheets.values_mut().map(Arc::make_mut);
    sheets.flat_map(|sheet| sheet.files.values_mut()).for_each(String::clear);
    open
}

/// When a file was written, and its length.
pub(super) fn state_of(path: &Path) -> Option<(SystemTime, u64)> {
    let known = fs::metadata(path).ok()?;
    Some((known.modified().ok()?, known.len()))
}

/// A list, if there is a sound one.
pub(super) fn manifest(path: &Path) -> Option<Manifest> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}
