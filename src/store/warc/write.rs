//! Records written: one gzip member each, fields in a fixed order, so that the same capture always
//! gives the same bytes.
//!
//! The `warc` crate keeps fields in a hash map and writes them in its order; a ground truth should
//! not depend on that.

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

use super::Record;

/// SHA-256 in hexadecimal digits.
pub(in crate::store) fn digest_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The record as one gzip member. A block that was cut is declared so (`WARC-Truncated`).
pub(in crate::store) fn member(record: &Record) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::default());
    encoder.write_all(b"WARC/1.1\r\n")?;
    for (name, value) in &record.headers {
        let ours = record.cut
            && (name.eq_ignore_ascii_case("Content-Length")
                || name.eq_ignore_ascii_case("WARC-Block-Digest")
                || name.eq_ignore_ascii_case("WARC-Truncated"));
        if !ours {
            let value: String = value.chars().filter(|c| !c.is_control()).collect();
            write!(encoder, "{name}: {value}\r\n")?;
        }
    }
    if record.cut {
        write!(encoder, "WARC-Truncated: length\r\nContent-Length: {}\r\n", record.block.len())?;
    }
    encoder.write_all(b"\r\n")?;
    encoder.write_all(&record.block)?;
    encoder.write_all(b"\r\n\r\n")?;
    encoder.finish()
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
