//! What a crawl fetched: into the archive, and out of it again after a crawl that was killed.
//!
//! In: observations. Out: records, captures, and observations as they were. What holds: bytes that are
//! known at an address are not written twice; every fetch leaves its record.

use chrono::{DateTime, Utc};

use super::StoreError;
use super::casebook::{Added, Casebook};
use super::warc::{self, CONTENT_FIELD, Kind, ROLE_FIELD, Record, Seen};
use crate::model::crawl::{Observation, Role, Visit};
use crate::model::source::Capture;

/// The content of an answer: codings undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their media type in small letters, parameters kept.
    pub media: String,
    /// SHA-256 in hexadecimal digits.
    pub digest: String,
    /// What is wrong with them.
    pub fault: Option<String>,
}

/// Undoes the codings of an answer; `bytes_max` bounds what comes out.
///
/// # Errors
/// An answer that is no HTTP, in words.
pub fn content(observation: &Observation, bytes_max: usize) -> Result<Content, String> {
    let block = [observation.head.as_slice(), &observation.body].concat();
    let payload = warc::payload(&block, bytes_max)?;
    Ok(Content {
        digest: warc::digest_of(&payload.body),
        bytes: payload.body,
        media: payload.media,
        fault: payload.fault,
    })
}

/// What an answer is kept as.
#[derive(Debug, Clone, Copy)]
pub struct Keep<'a> {
    /// Its content; nothing where it has none.
    pub content: Option<&'a Content>,
    /// What it is where it is no article.
    pub role: Option<&'a str>,
    /// Digest of the content that is known at its address, and since when.
    pub known: Option<(&'a str, DateTime<Utc>)>,
}

/// A fetch found in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The fetch.
    pub observation: Observation,
    /// What it was asked for, where that is no article.
    pub role: Option<Role>,
    /// Whether its bytes were known then, so that they lie with an earlier record.
    pub same: bool,
    /// Digest of its content.
    pub digest: String,
}

impl Casebook {
    /// Keeps an answer.
    ///
    /// # Errors
    /// A disk that is full, an index that cannot be written.
    pub fn keep(
        &mut self,
        visit: &Visit,
        observation: &Observation,
        keep: Keep<'_>,
    ) -> Result<Added, StoreError> {
        self.batch()?;
        let digest = keep.content.map_or("", |content| content.digest.as_str());
        let not_modified = observation.status == 304;
        let digest = match keep.known {
            Some((known, _)) if not_modified => known,
            _ => digest,
        };
        let id = Capture::id_of(&observation.address, digest);
        let is_article = keep.role.is_none();
        let first = match is_article {
            true => self.index.first_seen(id)?,
            false => keep.known.filter(|(known, _)| *known == digest).map(|(_, since)| since),
        };
        let seen = Seen { visit, observation, role: keep.role, content: digest, same_as: first };
        // “Not modified” of a page that is not in the archive says nothing about it.
        let place = match not_modified && first.is_none() {
            true => None,
            false => self.archive.append_all(&warc::observed(&seen))?,
        };
        match (first, place) {
            (Some(_), _) => {
                if is_article {
                    self.index.sight(id, observation.at)?;
                }
                Ok(Added::Again)
            }
            (None, Some(place)) => {
                if let Some(content) = keep.content.filter(|_| is_article) {
                    let capture = Capture {
                        id,
                        requested: observation.address.clone(),
                        fetched: observation.at,
                        media: content.media.clone(),
                        digest: digest.to_string(),
                    };
                    self.index.add(&capture, &place)?;
                }
                Ok(Added::New)
            }
            (None, None) => Ok(Added::Known),
        }
    }

    /// Every fetch that lies in the archive behind the place up to which the frontier is true.
    ///
    /// # Errors
    /// An archive that cannot be read.
    pub fn unsettled(
        &mut self,
    ) -> Result<impl Iterator<Item = Result<Replayed, StoreError>> + use<>, StoreError> {
        let from = self.frontier()?.position()?;
        let tail = self.archive.tail(from.as_ref())?;
        Ok(tail.filter_map(|record| record.map(replayed).transpose()))
    }
}

fn replayed(record: Record) -> Option<Replayed> {
    // Records of other tools say nothing about what this crawl has asked for.
    if record.header(ROLE_FIELD).is_none() && record.header(CONTENT_FIELD).is_none() {
        return None;
    }
    let (address, at) = (record.target()?.to_string(), record.date()?);
    let role = record.header(ROLE_FIELD).map(|word| Role::parse(word).unwrap_or(Role::Page));
    let digest = record.header(CONTENT_FIELD).unwrap_or("").trim_start_matches("sha256:");
    let digest = digest.to_string();
    let same = match record.kind {
        Kind::Response => false,
        Kind::Revisit => true,
        Kind::Resource | Kind::Other => return None,
    };
    let (head, status) = warc::head_length(&record.block)?;
    let body = record.block.get(head..).unwrap_or(&[]).to_vec();
    let mut block = record.block;
    block.truncate(head);
    let observation = Observation {
        address,
        at,
        took_ms: 0,
        request: Vec::new(),
        status,
        head: block,
        body,
        server: None,
        protocol: "http/1.1",
    };
    Some(Replayed { observation, role, same, digest })
}
