//! Somebody said something: attributed statements, and the acts they speak of.

use serde::{Deserialize, Serialize};

use super::entity::NameIx;
use super::id::{Key, Slug};
use super::rule::RuleId;
use super::text::Span;

/// Identity of a claim: article, sentence and cue as printed; no offsets, no rule versions.
pub type ClaimId = Key<Claim>;
/// Identity of a predicate row.
pub type PredicateId = Slug<Act>;

/// The speaker's attitude to what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stance {
    /// Accuses another.
    Alleges,
    /// States.
    Asserts,
    /// Admits, or bears out what another said.
    Confirms,
    /// Rejects.
    Denies,
    /// Makes an own decision or act known.
    Announces,
    /// Orders, urges, asks a court.
    Demands,
    /// Forecasts or supposes.
    Predicts,
    /// Was asked and answered that there would be no answer.
    Declines,
    /// Was asked, or was expected to speak, and did not.
    Silent,
}

impl Stance {
    /// All stances, in the order of display.
    pub const ALL: [Stance; 9] = [
        Stance::Alleges,
        Stance::Asserts,
        Stance::Confirms,
        Stance::Denies,
        Stance::Announces,
        Stance::Demands,
        Stance::Predicts,
        Stance::Declines,
        Stance::Silent,
    ];

    /// The word used in data and output.
    pub fn word(self) -> &'static str {
        match self {
            Stance::Alleges => "alleges",
            Stance::Asserts => "asserts",
            Stance::Confirms => "confirms",
            Stance::Denies => "denies",
            Stance::Announces => "announces",
            Stance::Demands => "demands",
            Stance::Predicts => "predicts",
            Stance::Declines => "declines",
            Stance::Silent => "silent",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.word() == word)
    }
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Speaker {
    /// A named person, company or authority.
    Named(NameIx),
    /// A memo, complaint, ruling, survey, in the words that describe it, with its author.
    Document(Span, Option<NameIx>),
    /// Somebody unnamed, in the words that describe them, with the house they belong to.
    Anonymous(Span, Option<NameIx>),
    /// Another outlet.
    Outlet(NameIx),
    /// The outlet of this article, in its own voice.
    Here,
}

/// Through whom the article knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Via {
    /// A named outlet, agency or platform.
    Name(NameIx),
    /// A document or occasion in the words of the article.
    Phrase(Span),
}

/// One attributed statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Computed from what the source printed.
    pub id: ClaimId,
    /// Who speaks.
    pub speaker: Speaker,
    /// Whether the words for a speaker without a name are for several.
    pub several: bool,
    /// Where the speaker is named or described, if the words say it.
    pub source: Option<Span>,
    /// With which attitude.
    pub stance: Stance,
    /// About whose conduct.
    pub target: Option<NameIx>,
    /// What is said, verbatim.
    pub content: Span,
    /// The same with as much of its sentence as it takes to be understood: "ordered its staff to stop".
    pub told: Span,
    /// The reporting word.
    pub cue: Option<Span>,
    /// Through whom, nearest first.
    pub via: Vec<Via>,
    /// Whether any part of the content stands in quotation marks.
    pub quoted: bool,
    /// Softening words around it ("reportedly").
    pub hedges: Vec<Span>,
    /// The sentence it stands in.
    pub sentence: Span,
    /// The row that recognised it.
    pub rule: RuleId,
}

/// Somebody did something to somebody: a predicate with its roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Which predicate.
    pub predicate: PredicateId,
    /// Who did it.
    pub actor: Option<NameIx>,
    /// To whom or what.
    pub target: Option<NameIx>,
    /// Whether the words deny it.
    pub negated: bool,
    /// Whether it is still to come.
    pub planned: bool,
    /// The clause.
    pub span: Span,
    /// The words that tell it.
    pub cue: Span,
    /// The row that recognised it.
    pub rule: RuleId,
}
