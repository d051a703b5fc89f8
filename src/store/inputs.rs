//! What a person hands over: files, folders, WARCs, a stream; as captures and findings.
//!
//! In: paths, `-` for a WARC on standard input. Out: arrivals in a fixed order, read one at a time,
//! so that memory does not grow with the input. What holds: whatever is broken costs itself only and
//! comes as a finding with file and offset.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::StoreError;
use super::warc::{self, BLOCK_BYTES_MAX, CONTENT_FIELD, Item, Kind, ROLE_FIELD, Record, Records};
use crate::model::finding::Finding;
use crate::model::source::Capture;

/// A page to be read, with the record it is archived as.
#[derive(Debug, Clone)]
pub struct Page {
    /// What was found where.
    pub capture: Capture,
    /// The decoded payload.
    pub body: Vec<u8>,
    /// File and offset.
    pub place: String,
    pub(super) record: Record,
}

/// What comes out of the input.
#[derive(Debug, Clone)]
pub enum Arrival {
    /// A page.
    Page(Box<Page>),
    /// A record that says a page was found unchanged.
    Again(Box<Page>),
    /// Something noticed.
    Finding(Finding),
}

/// How single files are named and dated.
#[derive(Debug, Clone, Default)]
pub struct Naming {
    /// The address of a single file.
    pub url: Option<String>,
    /// When it was fetched; the file's own time otherwise.
    pub fetched: Option<DateTime<Utc>>,
}

/// Arrivals of many paths, one after the other.
pub struct Inputs {
    todo: VecDeque<PathBuf>,
    naming: Naming,
    current: Option<Records<Box<dyn Read + Send>>>,
    queue: VecDeque<Arrival>,
    place: String,
    /// Bytes of finished files, for progress.
    done: u64,
}

impl Inputs {
    /// Prepares to read paths; folders are walked in order of their names.
    ///
    /// # Errors
    /// A path that does not exist.
    pub fn new(paths: &[PathBuf], naming: Naming) -> Result<Self, StoreError> {
        let mut todo = VecDeque::new();
        for path in paths {
            let is_stream = path.as_os_str() == "-";
            if !is_stream && !path.exists() {
                return Err(StoreError::Missing { path: path.clone() });
            }
            todo.push_back(path.clone());
        }
        Ok(Self {
            todo,
            naming,
            current: None,
            queue: VecDeque::new(),
            place: String::new(),
            done: 0,
        })
    }

    /// Bytes read so far.
    pub fn bytes_done(&self) -> u64 {
        self.done + self.current.as_ref().map_or(0, Records::offset)
    }

    fn open(&mut self, path: &Path) -> Result<(), StoreError> {
        if path.as_os_str() == "-" {
            self.place = "standard input".into();
            self.current = Some(Records::new(Box::new(io::stdin()), &self.place));
            return Ok(());
        }
        if path.is_dir() {
            for entry in sorted_entries(path)?.into_iter().rev() {
                if entry.is_dir() || kind_of(&entry).is_some() && !is_robots(&entry) {
                    self.todo.push_front(entry);
                }
            }
            return Ok(());
        }
        self.place = path.display().to_string();
        let error = |source| StoreError::File { path: path.to_path_buf(), source };
        let file = File::open(path).map_err(error)?;
        match kind_of(path) {
            Some("warc") => {
                self.current = Some(Records::new(Box::new(file), &self.place));
            }
            Some(media) => self.single(path, file, media).map_err(error)?,
            None => {
                let message = "this is no .txt, .html, .warc or .warc.gz file; it was passed over";
                self.queue.push_back(Arrival::Finding(
                    Finding::warning("unknown-file", message).at(&self.place),
                ));
            }
        }
        Ok(())
    }

    /// A file that is one page.
    fn single(&mut self, path: &Path, file: File, media: &str) -> io::Result<()> {
        let meta = file.metadata()?;
        let mut body = Vec::new();
        file.take(BLOCK_BYTES_MAX as u64).read_to_end(&mut body)?;
        self.done += meta.len();
        let mut finding = |code: &str, message: String| {
            self.queue.push_back(Arrival::Finding(Finding::warning(code, message).at(&self.place)));
        };
        if body.is_empty() {
            finding("empty-file", "the file is empty; there is nothing to take in".into());
            return Ok(());
        }
        if is_robots(path) || is_listing(&body) {
            finding("no-article", "this leads to articles and is none; it was passed over".into());
            return Ok(());
        }
        let cut = meta.len() > body.len() as u64;
        if cut {
            finding(
                "body-cut",
                format!("the file has {} bytes; {BLOCK_BYTES_MAX} are kept", meta.len()),
            );
        }
        let fetched = self
            .naming
            .fetched
            .unwrap_or_else(|| meta.modified().map_or(DateTime::UNIX_EPOCH, DateTime::<Utc>::from));
        let fetched = whole_seconds(fetched);
        let requested = self.naming.url.clone().unwrap_or_else(|| file_address(path));
        let mut record = warc::resource(&requested, fetched, media, body.clone());
        record.cut = cut;
        let digest = warc::digest_of(&body);
        self.queue.push_back(Arrival::Page(Box::new(Page {
            capture: Capture {
                id: Capture::id_of(&requested, &digest),
                requested,
                fetched,
                media: media.to_string(),
                digest,
            },
            body,
            place: self.place.clone(),
            record,
        })));
        Ok(())
    }
}

impl Iterator for Inputs {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        loop {
            if let Some(arrival) = self.queue.pop_front() {
                return Some(arrival);
            }
            if let Some(records) = &mut self.current {
                match records.next() {
                    Some(Item::Record(record)) => arrivals(*record, &self.place, &mut self.queue),
                    Some(Item::Finding(finding)) => return Some(Arrival::Finding(finding)),
                    None => {
                        self.done += records.offset();
                        self.current = None;
                    }
                }
                continue;
            }
            let path = self.todo.pop_front()?;
            if let Err(error) = self.open(&path) {
                let finding = Finding::error("unreadable-file", error.to_string());
                return Some(Arrival::Finding(finding.at(path.display().to_string())));
            }
        }
    }
}

/// What a record of a WARC amounts to.
pub(super) fn arrivals(record: Record, place: &str, queue: &mut VecDeque<Arrival>) {
    let place = format!("{place}@{}", record.offset);
    let mut finding = |code: &str, message: String| {
        queue.push_back(Arrival::Finding(Finding::warning(code, message).at(&place)));
    };
    // What a crawl fetched to find its way is no article.
    if record.kind == Kind::Other || record.header(ROLE_FIELD).is_some() {
        return;
    }
    let Some(requested) = record.target().map(str::to_string) else {
        return finding(
            "no-address",
            "the record has no WARC-Target-URI; it was passed over".into(),
        );
    };
    let Some(fetched) = record.date() else {
        return finding(
            "no-date",
            "the record has no readable WARC-Date; it was passed over".into(),
        );
    };
    if record.cut {
        finding(
            "body-cut",
            format!("the page is longer than {BLOCK_BYTES_MAX} bytes; the rest is left out"),
        );
    }
    let (media, body) = match record.kind {
        Kind::Response if record.header("Content-Type").is_none_or(|m| m.contains("http")) => {
            match warc::payload(&record.block, BLOCK_BYTES_MAX) {
                Ok(payload) => {
                    if let Some(fault) = payload.fault {
                        finding("body-fault", fault);
                    }
                    if !(200..300).contains(&payload.status) {
                        return finding(
                            "not-ok",
                            format!("the server answered {}; there is no page", payload.status),
                        );
                    }
                    (payload.media, payload.body)
                }
                Err(fault) => return finding("broken-response", fault),
            }
        }
        _ => {
            let media = record.header("Content-Type").unwrap_or("").to_ascii_lowercase();
            (media, record.block.clone())
        }
    };
    let digest = match record.kind {
        Kind::Revisit => record
            .header(CONTENT_FIELD)
            .or_else(|| record.header("WARC-Payload-Digest"))
            .unwrap_or("")
            .trim_start_matches("sha256:")
            .to_string(),
        _ => warc::digest_of(&body),
    };
    if record.kind != Kind::Revisit {
        if body.is_empty() {
            return finding("empty-page", "the page is empty; there is nothing to take in".into());
        }
        // Other crawlers keep them too.
        if is_signpost(&requested, &body) {
            return;
        }
        if !is_readable(&media, &body) {
            return finding(
                "not-text",
                format!("“{media}” is neither HTML nor text; it was passed over"),
            );
        }
    }
    let again = record.kind == Kind::Revisit;
    let capture =
        Capture { id: Capture::id_of(&requested, &digest), requested, fetched, media, digest };
    let page = Box::new(Page { capture, body, place, record });
    queue.push_back(if again { Arrival::Again(page) } else { Arrival::Page(page) });
}

fn is_readable(media: &str, body: &[u8]) -> bool {
    let named = media.contains("html") || media.starts_with("text/plain") || media.contains("xml");
    let head = body.get(..1024).unwrap_or(body);
    named || media.is_empty() && !head.contains(&0) && head.trim_ascii_start().starts_with(b"<")
}

/// Robots rules, feeds and sitemaps: they lead to articles and are none.
fn is_signpost(address: &str, body: &[u8]) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or("");
    path.ends_with("/robots.txt") && path.matches('/').count() == 3 || is_listing(body)
}

fn is_listing(body: &[u8]) -> bool {
    let head = body.get(..512).unwrap_or(body);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let roots = ["<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex"];
    !head.contains("<html") && roots.iter().any(|root| head.contains(root))
}

/// Whether a file holds a host's robots rules.
fn is_robots(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.eq_ignore_ascii_case("robots.txt"))
}

fn kind_of(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    match () {
        () if name.ends_with(".warc") || name.ends_with(".warc.gz") => Some("warc"),
        () if name.ends_with(".html") || name.ends_with(".htm") || name.ends_with(".xhtml") => {
            Some("text/html")
        }
        () if name.ends_with(".txt") => Some("text/plain"),
        () => None,
    }
}

/// The address of a file that has no other: its path as given (RFC 8089).
fn file_address(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    format!("file:///{}", parts.join("/"))
}

fn whole_seconds(moment: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(moment.timestamp(), 0).unwrap_or(moment)
}

/// The entries of a folder in order of their names.
pub(super) fn sorted_entries(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let error = |source| StoreError::File { path: dir.to_path_buf(), source };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(error)? {
        entries.push(entry.map_err(error)?.path());
    }
    entries.sort();
    Ok(entries)
}
