//! Open points, and what became of them.

use serde::{Deserialize, Serialize};

use super::edtf::Edtf;
use super::entity::Who;
use super::history::History;
use super::id::Key;
use super::reading::AskKind;
use super::text::Evidence;

/// Identity of a question: the words it was first asked in.
pub type QuestionId = Key<Question>;

/// Where an open point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuestionState {
    /// Nothing on record settles it.
    Open,
    /// Part of it is settled.
    PartlyAnswered,
    /// Settled by the party that can settle it, or by two independent roots.
    Answered,
    /// Two sides are on record.
    Contested,
    /// Long past its day without an answer.
    Stale,
    /// Overtaken by events.
    Moot,
    /// Taken up in another question.
    Superseded,
}

impl QuestionState {
    /// All states, in the order of display.
    pub const ALL: [QuestionState; 7] = [
        QuestionState::Open,
        QuestionState::Contested,
        QuestionState::PartlyAnswered,
        QuestionState::Answered,
        QuestionState::Stale,
        QuestionState::Moot,
        QuestionState::Superseded,
    ];

    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            QuestionState::Open => "open",
            QuestionState::PartlyAnswered => "partly_answered",
            QuestionState::Answered => "answered",
            QuestionState::Contested => "contested",
            QuestionState::Stale => "stale",
            QuestionState::Moot => "moot",
            QuestionState::Superseded => "superseded",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether a reader would still call it open.
    pub fn is_live(self) -> bool {
        matches!(
            self,
            QuestionState::Open | QuestionState::PartlyAnswered | QuestionState::Contested
        )
    }
}

/// Words that bear on a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The words.
    pub evidence: Evidence,
    /// Who says so.
    pub by: Option<Who>,
}

/// An open point of one incident, in all the words it was asked in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Computed from the incident's first article and the wording shown.
    pub id: QuestionId,
    /// The wording shown.
    pub text: String,
    /// Other wordings.
    pub variants: Vec<String>,
    /// Why it is open.
    pub kind: AskKind,
    /// Where it was asked; empty for questions an editor entered.
    pub raised: Vec<Evidence>,
    /// Whom it concerns.
    pub about: Vec<Who>,
    /// By when it should be settled.
    pub due: Option<Edtf>,
    /// What bears on it.
    pub answers: Vec<Answer>,
    /// Where it stands, and since when.
    pub state: History<QuestionState>,
}
