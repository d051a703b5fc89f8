//! What became new, different or gone between two states of the record.

use chrono::NaiveDate;

use super::history::Hand;
use super::incident::IncidentRef;
use super::subject::SubjectKind;
use super::text::Evidence;

/// In which way something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum News {
    /// It was not on record before.
    New,
    /// It was, and now says something else.
    Updated,
    /// It is on record no longer.
    Gone,
}

impl News {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            News::New => "new",
            News::Updated => "updated",
            News::Gone => "gone",
        }
    }
}

/// One point on which an updated thing differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Which: `status`, `state`, `date`, `title`, `articles` …
    pub what: &'static str,
    /// As it was; empty for what was added.
    pub from: String,
    /// As it is; empty for what was taken away.
    pub to: String,
}

/// One change of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The day it could be known.
    pub known: NaiveDate,
    /// New, updated or gone.
    pub news: News,
    /// What changed.
    pub kind: SubjectKind,
    /// Its id, as `explain` takes it.
    pub id: String,
    /// The incident it belongs to.
    pub incident: Option<IncidentRef>,
    /// Its words: a title, a question, the words of a claim; in full.
    pub title: String,
    /// On which points it differs, for what was updated.
    pub differences: Vec<Difference>,
    /// The words it rests on, where it rests on words.
    pub evidence: Option<Evidence>,
    /// Whose doing the change is.
    pub by: Hand,
    /// Path from the root of the site, with anchor; of what is gone, where it stood.
    pub address: String,
}
