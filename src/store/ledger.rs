//! New files of judgements: written whole or not at all, and never written again.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::casebook::lock;

/// Adds a file to `data/judgements/`; gives its path.
///
/// The file is written beside its place, synced and renamed: a process killed at any moment loses at
/// most the judgement it was writing.
///
/// # Errors
/// A folder that is no casebook or is in use, a file of that name, a disk that is full.
pub fn add_judgement(home: &Path, name: &str, text: &str) -> Result<PathBuf, StoreError> {
    let _lock = lock(home)?;
    let folder = home.join("data").join("judgements");
    let path = folder.join(format!("{name}.toml"));
    let error = |source| StoreError::File { path: path.clone(), source };
    fs::create_dir_all(&folder).map_err(error)?;
    if path.exists() {
        return Err(StoreError::Exists { path });
    }
    let beside = folder.join(format!("{name}.toml.part"));
    let mut file = File::create(&beside).map_err(error)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(error)?;
    drop(file);
    fs::rename(&beside, &path).map_err(error)?;
    // The name itself has to outlive a loss of power too.
    File::open(&folder).and_then(|folder| folder.sync_all()).map_err(error)?;
    Ok(path)
}
