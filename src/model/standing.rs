//! Where two accounts that cannot both hold stand to each other by now.

use serde::Serialize;

use super::entity::Who;
use super::history::Hand;
use super::text::Evidence;

/// Whether a difference is explained or settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Outcome {
    /// Nothing on record explains or settles it.
    Open,
    /// One account came later, and the world had moved.
    ExplainedByTime,
    /// The accounts speak of different things.
    ExplainedByScope,
    /// One account holds.
    Resolved,
}

impl Outcome {
    /// All outcomes, in the order of display.
    pub const ALL: [Outcome; 4] =
        [Outcome::Open, Outcome::ExplainedByTime, Outcome::ExplainedByScope, Outcome::Resolved];

    /// The word used in data and output.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Open => "open",
            Outcome::ExplainedByTime => "explained_by_time",
            Outcome::ExplainedByScope => "explained_by_scope",
            Outcome::Resolved => "resolved",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// Why an outcome is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Reason {
    /// Who was silent spoke afterwards.
    AnsweredLater,
    /// The later account says that things have changed.
    ChangedSince,
    /// They speak of different places.
    OtherPlaces,
    /// Who denied it admits it.
    Admission,
    /// A court found so.
    Finding,
    /// An editor judged so.
    Judged,
}

impl Reason {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Reason::AnsweredLater => "answered_later",
            Reason::ChangedSince => "changed_since",
            Reason::OtherPlaces => "other_places",
            Reason::Admission => "admission",
            Reason::Finding => "finding",
            Reason::Judged => "judged",
        }
    }
}

/// One of two accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Account {
    /// The first.
    A,
    /// The other.
    B,
}

impl Account {
    /// Both, in the order of display.
    pub const ALL: [Account; 2] = [Account::A, Account::B];

    /// Reads the letter back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.word() == word)
    }

    /// The letter used in output.
    pub fn word(self) -> &'static str {
        match self {
            Account::A => "a",
            Account::B => "b",
        }
    }
}

/// Where two accounts stand, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Whether it is explained or settled.
    pub outcome: Outcome,
    /// Why; nothing where it is open.
    pub reason: Option<Reason>,
    /// Which account holds, where one does.
    pub holds: Option<Account>,
    /// By whose words.
    pub by: Option<Who>,
    /// The words.
    pub because: Option<Evidence>,
    /// Who says so.
    pub hand: Hand,
}

impl Default for Standing {
    /// Open, as far as the program sees.
    fn default() -> Self {
        Self {
            outcome: Outcome::Open,
            reason: None,
            holds: None,
            by: None,
            because: None,
            hand: Hand::Machine,
        }
    }
}
