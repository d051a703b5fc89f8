//! Where text comes from: addresses, captures, languages.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::article::Article;
use super::id::Key;

/// Identity of an article: its canonical address.
pub type ArticleId = Key<Article>;
/// Identity of a capture: address and digest of the bytes.
pub type CaptureId = Key<Capture>;

/// Distinct bytes found at an address: one line of the capture index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// Address and payload digest, hashed.
    pub id: CaptureId,
    /// The address as requested (`WARC-Target-URI`), or the path of a file.
    pub requested: String,
    /// When these bytes were first fetched.
    pub fetched: DateTime<Utc>,
    /// The media type the server gave, in lower case, parameters kept (`text/html; charset=gbk`).
    pub media: String,
    /// SHA-256 of the payload in hexadecimal digits.
    pub digest: String,
}

impl Capture {
    /// Computes the id of what was found at an address.
    pub fn id_of(requested: &str, digest: &str) -> CaptureId {
        Key::of(&["capture", requested, digest])
    }
}

/// The language of an article; the two we read, and everything else by its code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    En,
    /// Chinese.
    Zh,
    /// Any other, as an ISO 639-1 code where known, else `und`.
    Other(String),
}

impl Language {
    /// Reads a language tag by its primary subtag (BCP 47).
    pub fn from_code(code: &str) -> Self {
        let primary = code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        match primary.as_str() {
            "en" => Language::En,
            "zh" => Language::Zh,
            "" => Language::Other("und".into()),
            _ => Language::Other(primary),
        }
    }

    /// The ISO 639-1 code.
    pub fn code(&self) -> &str {
        match self {
            Language::En => "en",
            Language::Zh => "zh",
            Language::Other(code) => code,
        }
    }
}
