//! How one incident stands to another, as the words of an article have it.

use serde::Serialize;

use super::entity::Who;
use super::incident::IncidentRef;
use super::text::Evidence;

/// What the earlier incident is to the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Tie {
    /// The later one answers it.
    RetaliationFor,
    /// The later one is a piece of it.
    PartOf,
    /// It came before between the same parties, and led up to the later one.
    Precursor,
    /// It is the like case of others that the later one is compared with.
    Precedent,
}

impl Tie {
    /// All ties; where words speak for several, the first counts.
    pub const ALL: [Tie; 4] = [Tie::RetaliationFor, Tie::PartOf, Tie::Precursor, Tie::Precedent];

    /// The word used in data and output.
    pub fn word(self) -> &'static str {
        match self {
            Tie::RetaliationFor => "retaliation_for",
            Tie::PartOf => "part_of",
            Tie::Precursor => "precursor",
            Tie::Precedent => "precedent",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tie| tie.word() == word)
    }
}

/// Words of an article that point at another incident, whichever it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allusion {
    /// What the words can make of it, the first that the parties bear out.
    pub ties: Vec<Tie>,
    /// The sentence.
    pub words: Evidence,
    /// Houses that are named where it speaks of the other incident.
    pub named: Vec<Who>,
    /// Types of incident it speaks of there.
    pub types: Vec<String>,
}

/// Which of two related incidents one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum End {
    /// The later: it retaliates, is a part, has a precursor or precedent.
    Later,
    /// The earlier.
    Earlier,
}

/// An incident that another one is tied to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// What the earlier one is to the later one.
    pub tie: Tie,
    /// Which of both this incident is.
    pub end: End,
    /// The other incident.
    pub other: IncidentRef,
    /// The sentence that says so.
    pub words: Evidence,
}
