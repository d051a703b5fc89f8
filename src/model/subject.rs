//! What a change or a judgement can be about.

use super::id::Key;
use super::incident::{Contradiction, Entry};

/// Identity of a line of a timeline: the first words that told it.
pub type EntryId = Key<Entry>;
/// Identity of a pair of accounts: the words of both.
pub type ContradictionId = Key<Contradiction>;

/// Kinds of things on record that have an id of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// One dated conflict.
    Incident,
    /// A lasting quarrel.
    Dispute,
    /// An article of an incident.
    Article,
    /// A line of a timeline.
    Entry,
    /// An attributed statement.
    Claim,
    /// Two accounts that cannot both hold.
    Contradiction,
    /// An open point.
    Question,
}

impl SubjectKind {
    /// All kinds, in the order of display.
    pub const ALL: [SubjectKind; 7] = [
        SubjectKind::Incident,
        SubjectKind::Dispute,
        SubjectKind::Article,
        SubjectKind::Entry,
        SubjectKind::Claim,
        SubjectKind::Contradiction,
        SubjectKind::Question,
    ];

    /// The word used in data and output.
    pub fn word(self) -> &'static str {
        match self {
            SubjectKind::Incident => "incident",
            SubjectKind::Dispute => "dispute",
            SubjectKind::Article => "article",
            SubjectKind::Entry => "entry",
            SubjectKind::Claim => "claim",
            SubjectKind::Contradiction => "contradiction",
            SubjectKind::Question => "question",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What stands before the short id in an anchor of a page; nothing for what has a page or none.
    pub fn anchor(self) -> &'static str {
        match self {
            SubjectKind::Claim => "c-",
            SubjectKind::Question => "q-",
            SubjectKind::Entry => "e-",
            SubjectKind::Contradiction => "x-",
            SubjectKind::Incident | SubjectKind::Dispute | SubjectKind::Article => "",
        }
    }
}
