//! A fetch as WARC records: request, metadata, and response or revisit.
//!
//! In: an observation, and what it is kept as. Out: records in the order they are written; the one that
//! makes the fetch count comes last. What holds: digests are of the bytes as sent; a field of our own
//! carries the digest of what they decode to, by which captures are known.

use chrono::{DateTime, SecondsFormat, Utc};

use super::write::{digest_of, fields};
use super::{Kind, Record};
use crate::model::crawl::{Observation, Visit};

/// Field of our own: what a response is where it is no article (`feed`, `robots`, `redirect`, …).
pub(in crate::store) const ROLE_FIELD: &str = "Casebook-Role";
/// Field of our own: digest of the decoded payload.
pub(in crate::store) const CONTENT_FIELD: &str = "Casebook-Content-Digest";

const RESPONSE: &str = "application/http; msgtype=response";
const REQUEST: &str = "application/http; msgtype=request";
const SAME_BYTES: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// What a fetch is kept as.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct Seen<'a> {
    /// What led to it.
    pub visit: &'a Visit,
    /// What came back.
    pub observation: &'a Observation,
    /// Why it is no article, or nothing.
    pub role: Option<&'a str>,
    /// Digest of the decoded payload, where it is known.
    pub content: &'a str,
    /// The time of the capture whose bytes these are.
    pub same_as: Option<DateTime<Utc>>,
}

/// The records of a fetch.
pub(in crate::store) fn observed(seen: &Seen<'_>) -> Vec<Record> {
    let answer = answer(seen);
    let id = answer.header("WARC-Record-ID").unwrap_or("").to_string();
    let observation = seen.observation;
    let (target, at) = (observation.address.as_str(), observation.at);
    let mut request = fields("request", target, at, "");
    request.retain(|(name, _)| name != "WARC-Payload-Digest");
    let request = finished(request, &id, REQUEST, observation.request.clone());
    let via = seen.visit.via.as_deref().map(|via| format!("via: {via}\r\n")).unwrap_or_default();
    let source = match seen.visit.source.as_str() {
        "" => String::new(),
        source => format!("casebook-source: {source}\r\n"),
    };
    let about = format!(
        "{via}hopsFromSeed: {}\r\nfetchTimeMs: {}\r\n{source}",
        "R".repeat(usize::try_from(seen.visit.hops).unwrap_or(0)),
        observation.took_ms
    );
    let mut metadata = fields("metadata", target, at, "");
    metadata.retain(|(name, _)| name != "WARC-Payload-Digest");
    let metadata = finished(metadata, &id, "application/warc-fields", about.into_bytes());
    vec![request, metadata, answer]
}

fn answer(seen: &Seen<'_>) -> Record {
    let observation = seen.observation;
    let digest = digest_of(&observation.body);
    let (target, at) = (observation.address.as_str(), observation.at);
    let kind = if seen.same_as.is_some() { Kind::Revisit } else { Kind::Response };
    let word = if kind == Kind::Revisit { "revisit" } else { "response" };
    let mut headers = fields(word, target, at, &digest);
    let not_modified = observation.status == 304;
    if not_modified {
        // Nothing was sent that could be digested.
        headers.retain(|(name, _)| name != "WARC-Payload-Digest");
    }
    let mut put = |name: &str, value: String| headers.push((name.to_string(), value));
    if let Some(server) = &observation.server {
        put("WARC-IP-Address", server.clone());
    }
    put("WARC-Protocol", observation.protocol.to_string());
    if let Some(role) = seen.role {
        put(ROLE_FIELD, role.to_string());
    }
    if !seen.content.is_empty() {
        put(CONTENT_FIELD, format!("sha256:{}", seen.content));
    }
    let mut block = observation.head.clone();
    match seen.same_as {
        Some(first) => {
            put("WARC-Profile", if not_modified { NOT_MODIFIED } else { SAME_BYTES }.to_string());
            put("WARC-Refers-To-Target-URI", target.to_string());
            put("WARC-Refers-To-Date", first.to_rfc3339_opts(SecondsFormat::Secs, true));
        }
        None => block.extend_from_slice(&observation.body),
    }
    put("WARC-Block-Digest", format!("sha256:{}", digest_of(&block)));
    put("Content-Type", RESPONSE.to_string());
    put("Content-Length", block.len().to_string());
    Record { offset: 0, kind, headers, block, cut: false }
}

fn finished(mut headers: Vec<(String, String)>, id: &str, media: &str, block: Vec<u8>) -> Record {
    let mut put = |name: &str, value: String| headers.push((name.to_string(), value));
    put("WARC-Concurrent-To", id.to_string());
    put("WARC-Block-Digest", format!("sha256:{}", digest_of(&block)));
    put("Content-Type", media.to_string());
    put("Content-Length", block.len().to_string());
    Record { offset: 0, kind: Kind::Other, headers, block, cut: false }
}
