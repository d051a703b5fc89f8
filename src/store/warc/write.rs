//! Records written: one gzip member each, fields in a fixed order, so that the same capture always
//! gives the same bytes.
//!
//! The `warc` crate keeps fields in a hash map and writes them in its order; a ground truth should
//! not depend on that.

use std::fmt::Write;
use std::io;

use chrono::{DateTime, SecondsFormat, Utc};
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use sha2::{Digest, Sha256};

use super::Record;

/// SHA-256 in hexadecimal digits.
pub(in crate::store) fn digest_of(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing into memory does not fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Makes gzip members (RFC 1952) one after the other; to begin anew costs as much as a small record.
#[derive(Debug)]
pub(in crate::store) struct Members {
    deflate: Compress,
}

impl Default for Members {
    fn default() -> Self {
        Self { deflate: Compress::new(Compression::default(), false) }
    }
}

impl Members {
    /// Appends a record as one member.
    pub(in crate::store) fn push(&mut self, record: &Record, out: &mut Vec<u8>) -> io::Result<()> {
        let plain = plain(record);
        let room = plain.len() / 2 + 64;
        // Deflate, no flags, no time, of an unknown system.
        out.extend([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
        self.deflate.reset();
        loop {
            out.reserve(room);
            let done = usize::try_from(self.deflate.total_in()).unwrap_or(usize::MAX);
            let rest = plain.get(done..).unwrap_or(&[]);
            let status = self.deflate.compress_vec(rest, out, FlushCompress::Finish);
            if status.map_err(io::Error::other)? == Status::StreamEnd {
                break;
            }
        }
        let mut sum = Crc::new();
        sum.update(&plain);
        out.extend(sum.sum().to_le_bytes());
        out.extend(sum.amount().to_le_bytes());
        Ok(())
    }
}

/// The record as text. A block that was cut is declared so (`WARC-Truncated`).
fn plain(record: &Record) -> Vec<u8> {
    let mut head = String::from("WARC/1.1\r\n");
    for (name, value) in &record.headers {
        let ours = record.cut
            && (name.eq_ignore_ascii_case("Content-Length")
                || name.eq_ignore_ascii_case("WARC-Block-Digest")
                || name.eq_ignore_ascii_case("WARC-Truncated"));
        if !ours {
            let value: String = value.chars().filter(|c| !c.is_control()).collect();
            let _ = write!(head, "{name}: {value}\r\n");
        }
    }
    if record.cut {
        let length = record.block.len();
        let _ = write!(head, "WARC-Truncated: length\r\nContent-Length: {length}\r\n");
    }
    [head.as_bytes(), b"\r\n", &record.block, b"\r\n\r\n"].concat()
}

pub(super) fn fields(
    kind: &str,
    target: &str,
    date: DateTime<Utc>,
    digest: &str,
) -> Vec<(String, String)> {
    let date = date.to_rfc3339_opts(SecondsFormat::Secs, true);
    let id = digest_of(format!("{kind}\n{target}\n{date}\n{digest}").as_bytes());
    let part = |from: usize, to: usize| id.get(from..to).unwrap_or("");
    // A name-based identifier in the form of a UUID of version 8 (RFC 9562).
    let id = format!(
        "<urn:uuid:{}-{}-8{}-8{}-{}>",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    );
    vec![
        ("WARC-Type".into(), kind.into()),
        ("WARC-Record-ID".into(), id),
        ("WARC-Target-URI".into(), target.into()),
        ("WARC-Date".into(), date),
        ("WARC-Payload-Digest".into(), format!("sha256:{digest}")),
    ]
}

/// A `resource` record: a file taken in without protocol around it.
pub(in crate::store) fn resource(
    target: &str,
    date: DateTime<Utc>,
    media: &str,
    body: Vec<u8>,
) -> Record {
    let mut headers = fields("resource", target, date, &digest_of(&body));
    headers.push(("Content-Type".into(), media.into()));
    headers.push(("Content-Length".into(), body.len().to_string()));
    Record { offset: 0, kind: super::Kind::Resource, headers, block: body, cut: false }
}

/// A `revisit` record: the same bytes were found again (profile identical-payload-digest).
pub(in crate::store) fn revisit(target: &str, date: DateTime<Utc>, digest: &str) -> Record {
    let mut headers = fields("revisit", target, date, digest);
    let profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
    headers.push(("WARC-Profile".into(), profile.into()));
    headers.push(("Content-Length".into(), "0".into()));
    Record { offset: 0, kind: super::Kind::Revisit, headers, block: Vec::new(), cut: false }
}
