//! The evidence: `archive/*.warc.gz`, appended to and never changed.
//!
//! What holds: a record is one gzip member at a known offset; a member cut off by a crash at the end
//! of the last file is removed before anything is added, so that no later record is hidden behind it.

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::inputs::{Arrival, Page, arrivals};
use super::warc::{self, Item, Record, Records};
use super::{StoreError, inputs::sorted_entries};
use crate::model::source::CaptureId;

/// Size after which a new file is begun.
const FILE_BYTES_MAX: u64 = 1 << 30;

/// Where a record lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Name of the file within the archive.
    pub file: String,
    /// Offset of its gzip member.
    pub offset: u64,
}

/// The folder of evidence.
#[derive(Debug)]
pub(super) struct Archive {
    folder: PathBuf,
    open: Option<(String, File, u64)>,
    members: warc::Members,
}

impl Archive {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, open: None, members: warc::Members::default() }
    }

    fn error(&self, name: &str) -> impl Fn(std::io::Error) -> StoreError {
        let path = self.folder.join(name);
        move |source| StoreError::File { path: path.clone(), source }
    }

    /// Names and lengths of the archive's files, in order.
    pub(super) fn files(&self) -> Result<Vec<(String, u64)>, StoreError> {
        if !self.folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut files = Vec::new();
        for path in sorted_entries(&self.folder)? {
            let name =
                path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if name.ends_with(".warc.gz") || name.ends_with(".warc") {
                let length = fs::metadata(&path).map_err(self.error(&name))?.len();
                files.push((name, length));
            }
        }
        Ok(files)
    }

    /// Appends a record and says where it lies.
    pub(super) fn append(&mut self, record: &Record) -> Result<Place, StoreError> {
        let place = self.append_all(std::slice::from_ref(record))?;
        place.ok_or_else(|| StoreError::Missing { path: self.folder.clone() })
    }

    /// Appends records that belong together, in one write, and says where the last one lies.
    pub(super) fn append_all(&mut self, records: &[Record]) -> Result<Option<Place>, StoreError> {
        let mut members = Vec::new();
        let mut last = 0;
        for record in records {
            last = members.len() as u64;
            let pushed = self.members.push(record, &mut members);
            pushed.map_err(self.error("(a new record)"))?;
        }
        if self.open.as_ref().is_none_or(|(_, _, length)| *length > FILE_BYTES_MAX) {
            self.open_last()?;
        }
        let folder = self.folder.clone();
        let Some((name, file, length)) = &mut self.open else { return Ok(None) };
        let place = Place { file: name.clone(), offset: *length + last };
        let path = folder.join(&*name);
        file.write_all(&members).map_err(|source| StoreError::File { path, source })?;
        *length += members.len() as u64;
        Ok(Some(place))
    }

    /// The records behind a place, in order.
    pub(super) fn tail(&self, from: Option<&(String, u64)>) -> Result<Tail, StoreError> {
        let mut todo = VecDeque::new();
        for (name, _) in self.files()? {
            match from {
                Some((file, _)) if name < *file => {}
                Some((file, length)) if name == *file => todo.push_back((name, *length)),
                _ => todo.push_back((name, 0)),
            }
        }
        Ok(Tail { folder: self.folder.clone(), todo, records: None })
    }

    fn open_last(&mut self) -> Result<(), StoreError> {
        fs::create_dir_all(&self.folder).map_err(self.error(""))?;
        let files = self.files()?;
        let last = files
            .last()
            .filter(|(name, length)| *length <= FILE_BYTES_MAX && name.ends_with(".warc.gz"));
        let (name, length) = match last {
            Some((name, length)) => (name.clone(), *length),
            None => (format!("{:05}.warc.gz", files.len() + 1), 0),
        };
        let path = self.folder.join(&name);
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(|source| StoreError::File { path, source })?;
        self.open = Some((name, file, length));
        Ok(())
    }

    /// Makes sure that what was appended is on the disk.
    pub(super) fn sync(&mut self) -> Result<(), StoreError> {
        match &self.open {
            Some((name, file, _)) => file.sync_data().map_err(self.error(name)),
            None => Ok(()),
        }
    }

    /// Name and length of the last file.
    pub(super) fn end(&self) -> Result<Option<(String, u64)>, StoreError> {
        match self.open_length() {
            Some(end) => Ok(Some(end)),
            None => Ok(self.files()?.pop()),
        }
    }

    /// Length of the file that is being appended to.
    pub(super) fn open_length(&self) -> Option<(String, u64)> {
        self.open.as_ref().map(|(name, _, length)| (name.clone(), *length))
    }

    /// Hands over everything in a file from an offset on, with the place of each record; gives the
    /// offset behind the last sound record.
    pub(super) fn scan(
        &self,
        name: &str,
        from: u64,
        take: &mut dyn FnMut(Place, Arrival) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let mut file = File::open(self.folder.join(name)).map_err(self.error(name))?;
        file.seek(SeekFrom::Start(from)).map_err(self.error(name))?;
        let mut records = Records::new(BufReader::new(file), name);
        let mut sound = from;
        while let Some(item) = records.next() {
            match item {
                Item::Record(mut record) => {
                    // The last member without its last bytes is a write that never ended.
                    let torn = record.offset >= records.sound();
                    if torn && records.at_end() {
                        continue;
                    }
                    record.offset += from;
                    let place = Place { file: name.to_string(), offset: record.offset };
                    sound = from + records.sound();
                    let mut queue = VecDeque::new();
                    arrivals(*record, name, &mut queue);
                    for arrival in queue {
                        take(place.clone(), arrival)?;
                    }
                }
                Item::Finding(finding) => {
                    let place = Place { file: name.to_string(), offset: sound };
                    take(place, Arrival::Finding(finding))?;
                }
            }
        }
        Ok(sound)
    }

    /// Removes what lies behind the last sound record of the last file: a write that never ended.
    pub(super) fn cut(&self, name: &str, length: u64) -> Result<(), StoreError> {
        let file = OpenOptions::new()
            .write(true)
            .open(self.folder.join(name))
            .map_err(self.error(name))?;
        file.set_len(length).map_err(self.error(name))
    }

    /// Reads one page again: a gzip member may hold several.
    pub(super) fn page(
        &self,
        place: &Place,
        wanted: CaptureId,
    ) -> Result<Option<Page>, StoreError> {
        read_page(&self.folder, place, wanted)
    }
}

/// Records read one after the other, over several files.
pub(super) struct Tail {
    folder: PathBuf,
    todo: VecDeque<(String, u64)>,
    records: Option<Records<BufReader<File>>>,
}

impl Tail {
    fn open(&mut self, name: &str, from: u64) -> std::io::Result<()> {
        let mut file = File::open(self.folder.join(name))?;
        file.seek(SeekFrom::Start(from))?;
        self.records = Some(Records::new(BufReader::new(file), name));
        Ok(())
    }
}

impl Iterator for Tail {
    type Item = Result<Record, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.records.as_mut().and_then(Iterator::next) {
                Some(Item::Record(record)) => return Some(Ok(*record)),
                Some(Item::Finding(_)) => continue,
                None => {}
            }
            let (name, from) = self.todo.pop_front()?;
            if let Err(source) = self.open(&name, from) {
                return Some(Err(StoreError::File { path: self.folder.join(name), source }));
            }
        }
    }
}

fn read_page(folder: &Path, place: &Place, wanted: CaptureId) -> Result<Option<Page>, StoreError> {
    let path = folder.join(&place.file);
    let error = |source| StoreError::File { path: path.clone(), source };
    let mut file = File::open(&path).map_err(error)?;
    file.seek(SeekFrom::Start(place.offset)).map_err(error)?;
    for item in Records::new(file, &place.file) {
        let Item::Record(record) = item else { continue };
        // The file was opened at the member's first byte.
        if record.offset > 0 {
            break;
        }
        let mut queue = VecDeque::new();
        arrivals(*record, &place.file, &mut queue);
        let page = queue.into_iter().find_map(|arrival| match arrival {
            Arrival::Page(page) if page.capture.id == wanted => Some(*page),
            _ => None,
        });
        if page.is_some() {
            return Ok(page);
        }
    }
    Ok(None)
}
