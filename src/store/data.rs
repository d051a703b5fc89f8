//! The text files of `data/`: the built-in ones, and a casebook's own.

use std::path::{Path, PathBuf};

use rust_embed::Embed;

use super::StoreError;
use crate::model::tree::SourceTree;

/// `data/` of this repository, inside the binary.
#[derive(Embed)]
#[folder = "data/"]
#[include = "*.toml"]
#[exclude = "sample/*"]
struct BuiltIn;

/// Largest data file that is read.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The built-in data.
pub fn built_in() -> SourceTree {
    BuiltIn::iter()
        .filter_map(|name| {
            let file = BuiltIn::get(&name)?;
            let text = String::from_utf8_lossy(&file.data).into_owned();
            Some((name.replace('\\', "/"), text))
        })
        .collect()
}

/// All `.toml` files below a folder; an empty tree where the folder does not exist.
///
/// # Errors
/// A file that cannot be read or is no UTF-8.
pub fn own(folder: &Path) -> Result<SourceTree, StoreError> {
    let mut tree = SourceTree::new();
    let mut todo: Vec<PathBuf> = if folder.is_dir() { vec![folder.to_path_buf()] } else { vec![] };
    while let Some(dir) = todo.pop() {
        for path in super::inputs::sorted_entries(&dir)? {
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "toml") {
                let error = |source| StoreError::File { path: path.clone(), source };
                let size = std::fs::metadata(&path).map_err(error)?.len();
                if size > FILE_BYTES_MAX {
                    return Err(StoreError::TooLarge { path, bytes_max: FILE_BYTES_MAX });
                }
                let text = std::fs::read_to_string(&path).map_err(error)?;
                let name = path.strip_prefix(folder).unwrap_or(&path);
                let parts: Vec<String> = name
                    .components()
                    .map(|c| c.as_os_str().to_string_lossy().into_owned())
                    .collect();
                tree.insert(parts.join("/"), text);
            }
        }
    }
    Ok(tree)
}

/// The text of a file; nothing where there is none.
///
/// # Errors
/// A file that cannot be read or is no UTF-8.
pub fn text_at(path: &Path) -> Result<Option<String>, StoreError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::File { path: path.to_path_buf(), source }),
    }
}
