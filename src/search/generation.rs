//! Folders of the index: one for each time it was made, and a file that names the one in use.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::SearchError;
use super::schema::VERSION;

/// The file that names the folder in use; replaced in one step.
const CURRENT: &str = "CURRENT";

/// The folder that holds all generations of this version of the index.
pub(super) fn shelf(home: &Path) -> PathBuf {
    home.join(format!("index-v{VERSION}"))
}

fn number(name: &str) -> Option<u64> {
    name.strip_prefix('g')?.parse().ok()
}

/// The generation in use.
pub(super) fn current(home: &Path) -> Option<PathBuf> {
    let shelf = shelf(home);
    let name = fs::read_to_string(shelf.join(CURRENT)).ok()?;
    let name = name.trim();
    number(name)?;
    Some(shelf.join(name)).filter(|folder| folder.is_dir())
}

/// When the generation in use was put in use.
pub(super) fn adopted(home: &Path) -> Option<SystemTime> {
    fs::metadata(shelf(home).join(CURRENT)).ok()?.modified().ok()
}

/// An empty folder for the next generation; what a killed build left is removed.
pub(super) fn fresh(home: &Path) -> Result<PathBuf, SearchError> {
    let shelf = shelf(home);
    let failed = |source| SearchError::Folder { path: shelf.clone(), source };
    fs::create_dir_all(&shelf).map_err(failed)?;
    let used = current(home);
    let mut last = used.as_deref().and_then(named).unwrap_or(0);
    for entry in fs::read_dir(&shelf).map_err(failed)?.flatten() {
        let path = entry.path();
        let Some(found) = named(&path) else { continue };
        last = last.max(found);
        if Some(&path) != used.as_ref() {
            fs::remove_dir_all(&path).map_err(failed)?;
        }
    }
    let folder = shelf.join(format!("g{}", last + 1));
    fs::create_dir_all(&folder).map_err(failed)?;
    Ok(folder)
}

fn named(path: &Path) -> Option<u64> {
    number(path.file_name()?.to_str()?)
}

/// Puts a whole generation in use, and removes the one before; readers that have it open keep it.
pub(super) fn adopt(home: &Path, folder: &Path) -> Result<(), SearchError> {
    let shelf = shelf(home);
    let failed = |source| SearchError::Folder { path: shelf.clone(), source };
    let before = current(home);
    let beside = shelf.join("CURRENT.part");
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let mut file = fs::File::create(&beside).map_err(failed)?;
    file.write_all(name.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    drop(file);
    fs::rename(&beside, shelf.join(CURRENT)).map_err(failed)?;
    if let Some(before) = before.filter(|before| before != folder) {
        fs::remove_dir_all(before).map_err(failed)?;
    }
    // Folders of older versions of the program.
    for version in 1..VERSION {
        for end in ["", ".new", ".old"] {
            let old = home.join(format!("index-v{version}{end}"));
            if old.is_dir() {
                fs::remove_dir_all(&old).map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// Number of documents in the index; `None` where there is none.
pub fn count(home: &Path) -> Option<u64> {
    super::SearchIndex::open(home).ok().map(|index| index.documents())
}
