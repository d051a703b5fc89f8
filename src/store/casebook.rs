//! A casebook's folder: evidence, index, memo behind one door.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::StoreError;
use super::archive::{Archive, Place};
use super::frontier::Tables;
use super::index::Index;
use super::inputs::{Arrival, Page};
use super::warc;
use crate::model::finding::Finding;
use crate::model::source::{Capture, CaptureId};

/// Records after which the index is committed.
const BATCH_RECORDS: usize = 200;

/// What became of a page that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// New bytes, or a new address.
    New,
    /// Known bytes at a known address, found again at another time.
    Again,
    /// Exactly this record is in the archive already.
    Known,
}

/// A capture and the means to read its bytes.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What was found where, dated by its first sighting.
    pub capture: Capture,
    /// When the same bytes were found there last.
    pub seen: DateTime<Utc>,
    place: Place,
}

/// The text of a casebook's settings.
///
/// # Errors
/// A folder that is no casebook.
pub fn settings(home: &Path) -> Result<String, StoreError> {
    let path = home.join("casebook.toml");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(StoreError::NoCasebook { path: home.to_path_buf() })
        }
        Err(source) => Err(StoreError::File { path, source }),
    }
}

/// An open casebook folder.
pub struct Casebook {
    home: PathBuf,
    pub(super) archive: Archive,
    pub(super) index: Index,
    pending: usize,
    /// Whether the frontier's tables follow what is added.
    crawling: bool,
    /// Held as long as the folder is open for writing.
    _lock: Option<File>,
}

impl Casebook {
    /// Makes a casebook folder; what is there already stays.
    ///
    /// # Errors
    /// A folder that cannot be made or written to.
    pub fn init(home: &Path, settings: &str, notes: &[(&str, &str)]) -> Result<(), StoreError> {
        for folder in
            ["data/incidents", "data/judgements", "data/entities", "data/lexicon", "archive"]
        {
            let path = home.join(folder);
            fs::create_dir_all(&path).map_err(|source| StoreError::File { path, source })?;
        }
        let files = notes.iter().copied().chain([("casebook.toml", settings)]);
        for (name, text) in files {
            let path = home.join(name);
            if !path.exists() {
                fs::write(&path, text).map_err(|source| StoreError::File { path, source })?;
            }
        }
        Ok(())
    }

    /// Opens a casebook folder for writing and brings its index up to date with the archive.
    ///
    /// # Errors
    /// A folder that is no casebook or is in use, files that cannot be read.
    pub fn open(home: &Path) -> Result<(Self, Vec<Finding>), StoreError> {
        let settings = home.join("casebook.toml");
        if !settings.exists() {
            return Err(StoreError::NoCasebook { path: home.to_path_buf() });
        }
        let lock = lock(home)?;
        let archive = Archive::new(home.join("archive"));
        let index = Index::open(&home.join("casebook.sqlite"))?;
        let home = home.to_path_buf();
        let mut casebook =
            Self { home, archive, index, pending: 0, crawling: false, _lock: Some(lock) };
        let findings = casebook.catch_up()?;
        Ok((casebook, findings))
    }

    /// The folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Reads what lies in the archive behind the index.
    fn catch_up(&mut self) -> Result<Vec<Finding>, StoreError> {
        let files = self.archive.files()?;
        let indexed = self.index.files()?;
        let length_of = |list: &[(String, u64)], name: &str| {
            list.iter().find(|(n, _)| n == name).map(|(_, length)| *length)
        };
        // A file that shrank or vanished: nothing the index says of it can be trusted.
        let shrunk = indexed
            .iter()
            .any(|(name, length)| length_of(&files, name).is_none_or(|now| now < *length));
        let mut findings = Vec::new();
        self.index.begin()?;
        if shrunk {
            self.index.forget()?;
        }
        let last = files.last().map(|(name, _)| name.clone());
        for (name, length) in &files {
            let from = if shrunk { 0 } else { length_of(&indexed, name).unwrap_or(0) };
            if from == *length {
                continue;
            }
            let sound = self.archive.scan(name, from, &mut |place, arrival| match arrival {
                Arrival::Page(page) => self.index.add(&page.capture, &place),
                Arrival::Again(page) => {
                    self.index.sight(page.capture.id, page.capture.fetched).map(|_| ())
                }
                Arrival::Finding(finding) => {
                    findings.push(finding);
                    Ok(())
                }
            })?;
            if sound < *length && Some(name) == last.as_ref() && name.ends_with(".warc.gz") {
                let message = format!(
                    "{} bytes behind the last sound record were removed: a write that never ended",
                    length - sound
                );
                findings.push(Finding::note("unfinished-write", message).at(name.clone()));
                self.archive.cut(name, sound)?;
                self.index.set_length(name, sound)?;
            } else {
                self.index.set_length(name, *length)?;
            }
        }
        self.index.commit()?;
        Ok(findings)
    }

    /// Takes a page into the archive.
    ///
    /// # Errors
    /// A disk that is full or an index that cannot be written.
    pub fn add(&mut self, page: &Page) -> Result<Added, StoreError> {
        self.batch()?;
        let capture = &page.capture;
        let added = if self.index.knows(capture.id)? {
            if self.index.sight(capture.id, capture.fetched)? {
                let record = warc::revisit(&capture.requested, capture.fetched, &capture.digest);
                self.archive.append(&record)?;
                Added::Again
            } else {
                Added::Known
            }
        } else {
            let place = self.archive.append(&page.record)?;
            self.index.add(capture, &place)?;
            Added::New
        };
        if self.is_full() {
            self.commit()?;
        }
        Ok(added)
    }

    /// Begins a batch, if none is begun.
    pub(super) fn batch(&mut self) -> Result<(), StoreError> {
        if self.pending == 0 {
            self.index.begin()?;
        }
        self.pending += 1;
        Ok(())
    }

    /// Whether the batch should be committed.
    pub fn is_full(&self) -> bool {
        self.pending >= BATCH_RECORDS
    }

    /// From here on the frontier is true up to the end of every batch.
    pub fn follow(&mut self) {
        self.crawling = true;
    }

    /// The frontier's tables, within the current batch.
    ///
    /// # Errors
    /// As [`Casebook::add`].
    pub fn frontier(&mut self) -> Result<Tables<'_>, StoreError> {
        self.batch()?;
        Ok(Tables { connection: &self.index.connection })
    }

    /// Notes that a known page was found unchanged; false where the page is not in the archive.
    ///
    /// # Errors
    /// As [`Casebook::add`].
    pub fn add_again(&mut self, page: &Page) -> Result<bool, StoreError> {
        if !self.index.knows(page.capture.id)? {
            return Ok(false);
        }
        self.add(page).map(|_| true)
    }

    /// Makes everything added so far permanent.
    ///
    /// # Errors
    /// As [`Casebook::add`].
    pub fn commit(&mut self) -> Result<(), StoreError> {
        if self.pending == 0 {
            return Ok(());
        }
        // First the evidence, then what is derived from it.
        self.archive.sync()?;
        if let Some((name, length)) = self.archive.open_length() {
            self.index.set_length(&name, length)?;
        }
        if self.crawling
            && let Some((name, length)) = self.archive.end()?
        {
            Tables { connection: &self.index.connection }.set_position(&name, length)?;
        }
        self.index.commit()?;
        self.pending = 0;
        Ok(())
    }

    /// All captures, by id; what was found again after a moment is left out of account.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn captures(&self, until: DateTime<Utc>) -> Result<Vec<Kept>, StoreError> {
        let indexed = self.index.captures(until)?.into_iter();
        Ok(indexed.map(|i| Kept { capture: i.capture, seen: i.seen, place: i.place }).collect())
    }

    /// A reader of captured bytes that several threads can share.
    pub fn bytes(&self) -> Bytes {
        Bytes { archive: self.home.join("archive") }
    }

    /// What an earlier reading of a capture gave, under the key it was remembered by.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn remembered(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.index.remembered(key)
    }

    /// Remembers readings.
    ///
    /// # Errors
    /// An index that cannot be written.
    pub fn remember(&self, entries: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        self.index.begin()?;
        for (key, value) in entries {
            self.index.remember(key, value)?;
        }
        self.index.commit()
    }
}

/// Reads captured bytes from the archive.
#[derive(Debug, Clone)]
pub struct Bytes {
    archive: PathBuf,
}

impl Bytes {
    /// The page of a capture; `None` where the archive no longer holds it at its place.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn page(&self, kept: &Kept) -> Result<Option<Page>, StoreError> {
        Archive::new(self.archive.clone()).page(&kept.place, kept.capture.id)
    }
}

impl Kept {
    /// File and offset of the record.
    pub fn place(&self) -> String {
        format!("archive/{}@{}", self.place.file, self.place.offset)
    }

    /// Identity of the capture.
    pub fn id(&self) -> CaptureId {
        self.capture.id
    }
}

/// Keeps other commands from writing, as long as the file is held.
pub(super) fn lock(home: &Path) -> Result<File, StoreError> {
    let path = home.join("casebook.lock");
    let file = File::create(&path).map_err(|source| StoreError::File { path, source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: home.to_path_buf() }),
        Err(TryLockError::Error(source)) => {
            Err(StoreError::File { path: home.join("casebook.lock"), source })
        }
    }
}
