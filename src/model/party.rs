//! Who takes part in an incident, and which part.

use serde::{Deserialize, Serialize};

use super::entity::Who;

/// What part a party takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartyRole {
    /// Acts, accuses or sues.
    Initiator,
    /// Is acted against, accused or sued.
    Respondent,
    /// A regulator, court or government that decides.
    Authority,
    /// Bears the consequences.
    Affected,
    /// Takes part without being for or against.
    Observer,
}

impl PartyRole {
    /// All roles, in the order of display.
    pub const ALL: [PartyRole; 5] = [
        PartyRole::Initiator,
        PartyRole::Respondent,
        PartyRole::Authority,
        PartyRole::Affected,
        PartyRole::Observer,
    ];

    /// The word used in data and output.
    pub fn word(self) -> &'static str {
        match self {
            PartyRole::Initiator => "initiator",
            PartyRole::Respondent => "respondent",
            PartyRole::Authority => "authority",
            PartyRole::Affected => "affected",
            PartyRole::Observer => "observer",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A party and its part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Who.
    pub who: Who,
    /// Which part.
    pub role: PartyRole,
}
