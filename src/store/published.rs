//! `data/published.txt`: every address that was ever published, one a line.

use std::fs;
use std::path::Path;

use super::StoreError;

/// The text of the list; nothing where there is none.
///
/// # Errors
/// A file that cannot be read.
pub fn published(home: &Path) -> Result<String, StoreError> {
    let path = home.join("data").join("published.txt");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(source) => Err(StoreError::File { path, source }),
    }
}

/// Writes the list beside its place and puts it there.
///
/// # Errors
/// A file that cannot be written.
pub fn keep_published(home: &Path, text: &str) -> Result<(), StoreError> {
    let path = home.join("data").join("published.txt");
    let beside = home.join("data").join("published.txt.part");
    let error = |source| StoreError::File { path: path.clone(), source };
    fs::write(&beside, text).map_err(error)?;
    fs::rename(&beside, &path).map_err(error)
}
