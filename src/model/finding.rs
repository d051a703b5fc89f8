//! What a stage noticed and a person should see.
//!
//! A stage of the core cannot fail: it returns [`Noted`], a value plus findings. A finding is
//! neither an error nor a log line; it is part of the result and is stored with it.

use serde::{Deserialize, Serialize};

use super::text::Span;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something could not be read or resolved; the rest stands.
    Warning,
    /// Something was refused; a person has to act.
    Error,
}

impl Severity {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Something noticed, with the place it was noticed at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// A kebab-case code, stable across versions.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Where: a file with line or byte offset, an address, or nothing for "this article".
    pub place: Option<String>,
    /// Which bytes of the article's body, where that makes sense.
    pub span: Option<Span>,
    /// One sentence without a final stop: what is the matter and what to do about it.
    pub message: String,
}

impl Finding {
    /// Makes a finding without a place.
    pub fn new(code: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self { code: code.into(), severity, place: None, span: None, message: message.into() }
    }

    /// Makes a note.
    pub fn note(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    /// Makes a warning.
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// Makes an error.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// Says where it was noticed.
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Says which bytes of the body it is about.
    pub fn on(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

/// A value, and what was noticed while making it: the shape of "cannot fail".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted<T> {
    /// The result, always usable.
    pub value: T,
    /// What a person should see.
    pub findings: Vec<Finding>,
}

impl<T> Noted<T> {
    /// A value about which nothing was noticed.
    pub fn clean(value: T) -> Self {
        Self { value, findings: Vec::new() }
    }
}
