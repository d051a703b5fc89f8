//! A rendered site onto the disk: only what changed is written, what left is removed.
//!
//! In: paths and bytes. Out: a folder any web server can serve. What holds: a file is written beside
//! its place and renamed; files we did not write are never touched.

mod assets;
mod links;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

pub use assets::assets;
pub use links::{DeadLink, dead_links};

/// The list of what was published, beside the pages it lists.
const MANIFEST: &str = ".casebook-manifest.json";

/// What publishing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// Files written.
    pub written: usize,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files removed.
    pub removed: usize,
}

/// Why a site could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A file that could not be written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A path that would leave the site's folder.
    #[error("“{0}” is no path inside the site")]
    Outside(String),
}

/// A site on its way into a folder; files may be put by several threads.
#[derive(Debug)]
pub struct Publishing<'f> {
    folder: &'f Path,
    before: BTreeMap<String, String>,
    state: Mutex<(BTreeMap<String, String>, Published)>,
}

impl<'f> Publishing<'f> {
    /// Begins to bring a folder to another state.
    pub fn into(folder: &'f Path) -> Self {
        Self { folder, before: manifest(folder), state: Mutex::default() }
    }

    /// Writes a file, unless the same bytes stand there already.
    ///
    /// # Errors
    /// A file that cannot be written, a path that leaves the folder.
    pub fn put(&self, name: String, bytes: &[u8]) -> Result<(), PublishError> {
        let path = inside(self.folder, &name)?;
        let digest = hex(&Sha256::digest(bytes));
        let stands = self.before.get(&name) == Some(&digest) && path.is_file();
        if !stands {
            write(&path, bytes)?;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (after, done) = &mut *state;
        after.insert(name, digest);
        if stands {
            done.unchanged += 1
        } else {
            done.written += 1
        }
        Ok(())
    }

    /// Removes what left and writes the list of what stands.
    ///
    /// # Errors
    /// A file that cannot be removed or written.
    pub fn finish(self) -> Result<Published, PublishError> {
        let (after, mut done) = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        for name in self.before.keys().filter(|name| !after.contains_key(*name)) {
            let path = inside(self.folder, name)?;
            if path.is_file() {
                fs::remove_file(&path)
                    .map_err(|source| PublishError::File { path: path.clone(), source })?;
                done.removed += 1;
            }
            remove_empty_parents(self.folder, &path);
        }
        if done.written + done.removed > 0 || self.before.is_empty() {
            let text = serde_json::to_vec_pretty(&after).unwrap_or_default();
            write(&self.folder.join(MANIFEST), &text)?;
        }
        Ok(done)
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = std::fmt::Write::write_fmt(&mut text, format_args!("{byte:02x}"));
        text
    })
}

fn manifest(folder: &Path) -> BTreeMap<String, String> {
    fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

fn inside(folder: &Path, name: &str) -> Result<PathBuf, PublishError> {
    let sound = !name.is_empty()
        && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if sound { Ok(folder.join(name)) } else { Err(PublishError::Outside(name.to_string())) }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let error = |source| PublishError::File { path: path.to_path_buf(), source };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(error)?;
    }
    let mut beside = path.as_os_str().to_os_string();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut file = fs::File::create(&beside).map_err(error)?;
    file.write_all(bytes).map_err(error)?;
    drop(file);
    fs::rename(&beside, path).map_err(error)
}

fn remove_empty_parents(folder: &Path, path: &Path) {
    let mut parent = path.parent();
    while let Some(dir) = parent.filter(|dir| *dir != folder && dir.starts_with(folder)) {
        if fs::remove_dir(dir).is_err() {
            return;
        }
        parent = dir.parent();
    }
}
