//! A rendered site onto the disk: only what changed is made and written, what left is removed.
//!
//! In: sheets, each a page with the files beside it, and a digest of what they are made of. Out: a folder
//! any web server can serve. What holds: a file is written aside and renamed; files we did not write
//! are never touched; the first time the folder appears whole; a sheet that is made of the same as
//! before, and whose files all stand, is not made again; what an ended build left half written is gone
//! with the next.

mod assets;
mod links;
mod manifest;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

pub use assets::assets;
pub use links::{DeadLink, dead_links};
pub use manifest::Standing;
use manifest::{Folders, Manifest, Sheet, ended, gone, manifest, moved, state_of};

/// The list of what was published, beside the pages it lists.
const MANIFEST: &str = ".casebook-manifest.json";
/// The same list while the folder is being changed.
const OPEN: &str = ".casebook-manifest.open.json";
/// Files being written, in the folder of the site so that renaming stays on one disk.
const PARTS: &str = ".casebook-parts";
/// Among them: the paths written since the folder was last whole, one a line.
const JOURNAL: &str = "written";

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

/// Files with their paths from the folder.
pub type Files = Vec<(String, Vec<u8>)>;

/// A site on its way into a folder; sheets may be put by several threads.
#[derive(Debug)]
pub struct Publishing {
    folder: PathBuf,
    /// Where files are written: the folder, or beside it until it is there.
    root: PathBuf,
    before: Manifest,
    /// Files of the list that do not stand.
    gone: HashSet<String>,
    /// Folders in which every file stands.
    folders: Folders,
    /// The list as it lay when it was read.
    read: Option<(SystemTime, u64)>,
    journal: Mutex<Option<File>>,
    parts: AtomicUsize,
    state: Mutex<(Manifest, Published)>,
}

impl Publishing {
    /// Begins to bring a folder to another state; what another program made is made again. A program that
    /// goes on running hands over what it knows of the folder.
    pub fn into(folder: &Path, program: &str, standing: Option<Standing>) -> Self {
        let read = state_of(&folder.join(MANIFEST));
        let known = standing.filter(|known| read.is_some() && known.state == read);
        let (whole, folders) = match known {
            Some(known) => (Some(known.manifest), known.folders),
            None => (manifest(&folder.join(MANIFEST)), Folders::new()),
        };
        let whole = whole.inspect(|_| {
            let _ = fs::remove_dir_all(folder.join(PARTS));
        });
        let mut before = whole.unwrap_or_else(|| ended(folder));
        if before.program != program {
            before.sheets.values_mut().for_each(|sheet| Arc::make_mut(sheet).of.clear());
        }
        let root = if folder.exists() { folder.into() } else { folder.with_extension("part") };
        if root != folder {
            // What is left of a first build that was ended.
            let _ = fs::remove_dir_all(&root);
        }
        let after = Manifest { program: program.into(), ..Manifest::default() };
        let state = Mutex::new((after, Published::default()));
        let (gone, folders) = gone(&root, &before, folders);
        let (journal, parts) = (Mutex::new(None), AtomicUsize::new(0));
        let folder = folder.into();
        Self { folder, root, before, gone, folders, read, journal, parts, state }
    }

    /// Whether the folder is as it was when this began: nobody else has published into it since.
    pub fn is_current(&self) -> bool {
        state_of(&self.folder.join(MANIFEST)) == self.read
    }

    /// Notes on the disk that files change from here on.
    fn open(&self) -> Result<MutexGuard<'_, Option<File>>, PublishError> {
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        if journal.is_none() {
            // There is none before the first build, and none after one that was ended.
            let _ = fs::rename(self.folder.join(MANIFEST), self.folder.join(OPEN));
            let path = self.root.join(PARTS).join(JOURNAL);
            let file = in_folder(&path, || File::options().append(true).create(true).open(&path))
                .map_err(|source| PublishError::File { path: path.clone(), source })?;
            *journal = Some(file);
        }
        Ok(journal)
    }

    fn is_open(&self) -> bool {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Publishes a sheet: makes its files unless they were made of the same before, and writes those
    /// whose bytes do not stand there already. `of` is a digest of everything they are made of.
    ///
    /// # Errors
    /// A file that cannot be written, a path that leaves the folder.
    pub fn put(
        &self,
        name: String,
        of: Option<&str>,
        make: impl FnOnce() -> Files,
    ) -> Result<(), PublishError> {
        let before = self.before.sheets.get(&name);
        let same = before.filter(|before| of == Some(before.of.as_str()) && self.stands(before));
        if let Some(before) = same {
            let unchanged = before.files.len();
            self.note(name, before.clone(), Published { unchanged, ..Published::default() });
            return Ok(());
        }
        let mut sheet = Sheet { of: of.unwrap_or_default().into(), files: BTreeMap::new() };
        let mut done = Published::default();
        for (file, bytes) in make() {
            let digest = digest(&bytes);
            let known = before.and_then(|before| before.files.get(&file)) == Some(&digest);
            if known && inside(&self.root, &file)?.is_file() {
                done.unchanged += 1;
            } else {
                self.write(&file, &bytes)?;
                done.written += 1;
            }
            sheet.files.insert(file, digest);
        }
        self.note(name, Arc::new(sheet), done);
        Ok(())
    }

    fn stands(&self, sheet: &Sheet) -> bool {
        self.gone.is_empty() || !sheet.files.keys().any(|file| self.gone.contains(file))
    }

    fn note(&self, name: String, sheet: Arc<Sheet>, done: Published) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (after, sum) = &mut *state;
        after.sheets.insert(name, sheet);
        sum.written += done.written;
        sum.unchanged += done.unchanged;
    }

    /// Writes a file aside and renames it, or in its place where nobody reads yet.
    fn write(&self, file: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let path = inside(&self.root, file)?;
        let failed = |source| PublishError::File { path: path.clone(), source };
        if self.root != self.folder {
            return in_folder(&path, || fs::write(&path, bytes)).map_err(failed);
        }
        if let Some(journal) = &mut *self.open()? {
            journal.write_all(format!("{file}\n").as_bytes()).map_err(failed)?;
        }
        let part = self.parts.fetch_add(1, Ordering::Relaxed).to_string();
        let part = self.root.join(PARTS).join(part);
        fs::write(&part, bytes).map_err(failed)?;
        in_folder(&path, || fs::rename(&part, &path)).map_err(failed)
    }

    /// Removes what left and writes the list of what stands; gives what is known of the folder then.
    ///
    /// # Errors
    /// A file that cannot be removed or written.
    pub fn finish(mut self) -> Result<(Published, Standing), PublishError> {
        let (after, mut done) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *state)
        };
        // Most sheets have the files they had: only the others are asked for.
        let [old, new] = [&self.before, &after].map(|manifest| &manifest.sheets);
        let mut left: BTreeSet<&String> = moved(old, new).collect();
        if !left.is_empty() {
            // Another list may hold it now.
            for file in new.values().flat_map(|sheet| sheet.files.keys()) {
                left.remove(file);
            }
        }
        for file in left {
            let path = inside(&self.root, file)?;
            if path.is_file() {
                drop(self.open()?);
                fs::remove_file(&path)
                    .map_err(|source| PublishError::File { path: path.clone(), source })?;
                done.removed += 1;
            }
            remove_empty_parents(&self.root, &path);
        }
        if after != self.before || self.is_open() {
            let text = serde_json::to_vec(&after).unwrap_or_default();
            self.write(MANIFEST, &text)?;
            let _ = fs::remove_file(self.root.join(OPEN));
            let _ = fs::remove_dir_all(self.root.join(PARTS));
        }
        if self.root != self.folder {
            fs::rename(&self.root, &self.folder)
                .map_err(|source| PublishError::File { path: self.folder.clone(), source })?;
        }
        let state = state_of(&self.folder.join(MANIFEST));
        let folders = std::mem::take(&mut self.folders);
        let standing = Standing { manifest: after, state, folders };
        // Taking a list of so many names apart takes a while, and nobody has to wait for it.
        std::thread::spawn(move || drop(self));
        Ok((done, standing))
    }
}

/// Half a SHA-256 in hexadecimal digits: what was published is told apart by it, not proved.
fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = std::fmt::Write::write_fmt(&mut text, format_args!("{byte:02x}"));
        text
    })
}

fn inside(folder: &Path, name: &str) -> Result<PathBuf, PublishError> {
    let sound = !name.is_empty()
        && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if sound { Ok(folder.join(name)) } else { Err(PublishError::Outside(name.to_string())) }
}

/// Does something with a file and makes its folder where there is none: most are there, and asking for
/// each would cost more than opening the file.
fn in_folder<T>(path: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (act(), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            act()
        }
        (done, _) => done,
    }
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
