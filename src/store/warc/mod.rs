//! WARC 1.0 and 1.1 (ISO 28500), plain and with one gzip member a record or one for all.
//!
//! Headers are parsed by the `warc` crate. Framing is ours: the crate stops at the first broken
//! record, and a casebook must not. What holds: a broken, cut off or oversized record costs itself
//! only, and says so with its offset.

mod fetched;
mod http;
mod rewind;
mod write;

use std::io::{self, BufRead, Read};

use chrono::{DateTime, Utc};
use flate2::bufread::GzDecoder;

use self::rewind::Rewind;
use crate::model::finding::Finding;

pub(super) use fetched::{CONTENT_FIELD, ROLE_FIELD, Seen, observed};
pub(super) use http::head_length;
pub(super) use http::payload;
pub(super) use write::{Members, digest_of, resource, revisit};

/// Most bytes of a record's block that are kept.
pub(super) const BLOCK_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Most bytes of a record's header.
const HEADER_BYTES_MAX: usize = 64 * 1024;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An HTTP response.
    Response,
    /// Bytes without protocol around them.
    Resource,
    /// The same as before.
    Revisit,
    /// Anything else: request, metadata, warcinfo.
    Other,
}

/// One record.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// Offset of the gzip member or record in the file.
    pub offset: u64,
    /// What it is.
    pub kind: Kind,
    /// Header fields in order, as written.
    pub headers: Vec<(String, String)>,
    /// The block, up to [`BLOCK_BYTES_MAX`].
    pub block: Vec<u8>,
    /// Whether the block was cut.
    pub cut: bool,
}

impl Record {
    /// A header field, whatever its case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The address, without the angle brackets some writers add.
    pub(super) fn target(&self) -> Option<&str> {
        self.header("WARC-Target-URI").map(|uri| uri.trim_matches(['<', '>']))
    }

    /// The day and time of capture.
    pub(super) fn date(&self) -> Option<DateTime<Utc>> {
        let text = self.header("WARC-Date")?;
        DateTime::parse_from_rfc3339(text).ok().map(|date| date.with_timezone(&Utc))
    }
}

/// Reads records one after the other; broken ones come as findings between them.
pub(super) struct Records<R> {
    input: Rewind<R>,
    place: String,
    /// A gzip member that holds several records is read through before the next member begins.
    pending: std::collections::VecDeque<Item>,
    sound: u64,
}

/// A record, or what was noticed instead of one.
pub(super) enum Item {
    Record(Box<Record>),
    Finding(Finding),
}

impl<R: Read> Records<R> {
    /// Reads from a stream; `place` begins the places of findings.
    pub(super) fn new(input: R, place: &str) -> Self {
        Self {
            input: Rewind::new(input),
            place: place.to_string(),
            pending: Default::default(),
            sound: 0,
        }
    }

    /// Bytes of the stream read so far.
    pub(super) fn offset(&self) -> u64 {
        self.input.offset()
    }

    /// Offset behind the last record or member that was whole.
    pub(super) fn sound(&self) -> u64 {
        self.sound
    }

    /// Whether nothing is left to read.
    pub(super) fn at_end(&mut self) -> bool {
        self.input.peek(1).is_ok_and(|ahead| ahead.is_empty())
    }

    fn finding(&self, code: &str, offset: u64, message: String) -> Item {
        Item::Finding(Finding::warning(code, message).at(format!("{}@{offset}", self.place)))
    }

    fn advance(&mut self) -> io::Result<Option<Item>> {
        self.input.mark();
        let offset = self.input.offset();
        let ahead = self.input.peek(8)?;
        match ahead {
            [] => Ok(None),
            [0x1f, 0x8b, ..] => {
                self.gzip_member(offset);
                Ok(self.pending.pop_front())
            }
            [b'W', b'A', b'R', b'C', b'/', ..] => match read_record(&mut self.input, offset) {
                Ok(record) => {
                    self.sound = self.input.offset();
                    Ok(Some(Item::Record(Box::new(record))))
                }
                Err(fault) => {
                    self.input.back_to(1);
                    self.resync()?;
                    Ok(Some(self.finding("broken-record", offset, fault)))
                }
            },
            [b'\r' | b'\n', ..] => {
                self.input.consume(1);
                self.advance()
            }
            _ => {
                self.resync()?;
                let skipped = self.input.offset() - offset;
                let message = format!("{skipped} bytes are no record; they were skipped");
                Ok(Some(self.finding("no-record", offset, message)))
            }
        }
    }

    /// Reads one gzip member with every record in it.
    fn gzip_member(&mut self, offset: u64) {
        let mut found = Vec::new();
        let fault = {
            let mut member =
                io::BufReader::with_capacity(64 * 1024, GzDecoder::new(&mut self.input));
            loop {
                match skip_line_ends(&mut member) {
                    Ok(true) => break None,
                    Ok(false) => match read_record(&mut member, offset) {
                        Ok(record) => found.push(record),
                        Err(fault) => break Some(fault),
                    },
                    Err(error) => break Some(describe(&error)),
                }
            }
        };
        let none = found.is_empty();
        if fault.is_none() {
            self.sound = self.input.offset();
        }
        self.pending.extend(found.into_iter().map(|record| Item::Record(Box::new(record))));
        if let Some(fault) = fault {
            self.pending.push_back(self.finding("broken-record", offset, fault));
            if none {
                // Nothing of this member is known to be sound: look for the next one right behind
                // its first byte. After a sound record the damage lies further on.
                self.input.back_to(1);
            }
            if let Err(error) = self.resync() {
                self.pending.push_back(self.finding("unreadable", offset, describe(&error)));
            }
        }
    }

    /// Skips to the next place that looks like a record.
    fn resync(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.input.peek(4096)?;
            if ahead.is_empty() {
                return Ok(());
            }
            let at = (0..ahead.len()).find(|i| {
                let rest = ahead.get(*i..).unwrap_or(&[]);
                rest.starts_with(&[0x1f, 0x8b, 0x08]) || rest.starts_with(b"WARC/1.")
            });
            match at {
                Some(at) => {
                    self.input.consume(at);
                    return Ok(());
                }
                None => {
                    // A mark may begin at the very end of what lies ahead.
                    let whole = ahead.len() < 4096;
                    let skip = if whole { ahead.len() } else { ahead.len().saturating_sub(8) };
                    self.input.consume(skip.max(1));
                    self.input.mark();
                }
            }
        }
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(item) = self.pending.pop_front() {
            return Some(item);
        }
        match self.advance() {
            Ok(item) => item,
            Err(error) => {
                let offset = self.input.offset();
                // A stream that fails to read is at its end; say so once.
                self.input.end();
                Some(self.finding("unreadable", offset, describe(&error)))
            }
        }
    }
}

/// Skips line ends between records; true at the end of the stream.
fn skip_line_ends(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        match input.fill_buf()?.first() {
            None => return Ok(true),
            Some(b'\r' | b'\n') => input.consume(1),
            Some(_) => return Ok(false),
        }
    }
}

fn read_record(input: &mut impl BufRead, offset: u64) -> Result<Record, String> {
    let head = read_head(input)?;
    let (_, (_, fields, length)) = ::warc::parser::headers(&head)
        .map_err(|_| "the header of the record cannot be parsed".to_string())?;
    let headers: Vec<(String, String)> = fields
        .into_iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value).trim().to_string()))
        .collect();
    let mut record = Record { offset, kind: Kind::Other, headers, block: Vec::new(), cut: false };
    let Some(kind) = record.header("WARC-Type") else {
        return Err("the record has no WARC-Type".into());
    };
    record.kind = match kind.to_ascii_lowercase().as_str() {
        "response" => Kind::Response,
        "resource" | "conversion" => Kind::Resource,
        "revisit" => Kind::Revisit,
        _ => Kind::Other,
    };
    if record.header("Content-Length").is_none() {
        return Err("the record has no Content-Length".into());
    }
    let kept = if record.kind == Kind::Other { 0 } else { length.min(BLOCK_BYTES_MAX) };
    let read = input
        .by_ref()
        .take(kept as u64)
        .read_to_end(&mut record.block)
        .map_err(|error| describe(&error))?;
    record.cut = record.kind != Kind::Other && length > kept;
    let rest = (length - read.min(length)) as u64;
    let skipped = io::copy(&mut input.by_ref().take(rest), &mut io::sink())
        .map_err(|error| describe(&error))?;
    if read < kept || skipped < rest {
        return Err(format!(
            "the record ends after {} of {length} bytes; the file is cut off",
            read as u64 + skipped
        ));
    }
    Ok(record)
}

/// The header block, line ends made regular and folded lines unfolded.
fn read_head(input: &mut impl BufRead) -> Result<Vec<u8>, String> {
    let mut head = Vec::new();
    loop {
        let mut line = Vec::new();
        let most = (HEADER_BYTES_MAX - head.len().min(HEADER_BYTES_MAX)) as u64;
        let read = input
            .by_ref()
            .take(most)
            .read_until(b'\n', &mut line)
            .map_err(|error| describe(&error))?;
        if read == 0 || line.last() != Some(&b'\n') {
            return Err(match head.len() + read >= HEADER_BYTES_MAX {
                true => format!("the header of the record is longer than {HEADER_BYTES_MAX} bytes"),
                false => "the file ends inside the header of a record".into(),
            });
        }
        while line.last().is_some_and(|b| matches!(b, b'\r' | b'\n')) {
            line.pop();
        }
        if line.is_empty() {
            head.extend_from_slice(b"\r\n");
            return Ok(head);
        }
        if line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) && head.ends_with(b"\r\n") {
            head.truncate(head.len() - 2);
        }
        head.extend_from_slice(&line);
        head.extend_from_slice(b"\r\n");
    }
}

fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the gzip member is cut off".into(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("the gzip member is damaged ({error})")
        }
        _ => format!("the file cannot be read ({error})"),
    }
}
