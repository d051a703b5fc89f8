//! Incidents as editors enter them.

use chrono::NaiveDate;

use super::edtf::Edtf;
use super::incident::{DisputeId, IncidentId, Status};
use super::party::PartyRole;
use super::question::QuestionState;

/// What the date of an entered incident stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOf {
    /// The happening itself.
    Happened,
    /// The first report of it.
    Reported,
    /// The publication of a decision.
    Published,
    /// The decision, published later.
    Decided,
}

/// A party as entered: a name, resolved against the registry later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredParty {
    /// The name.
    pub name: String,
    /// The part.
    pub role: PartyRole,
}

/// One row of `data/incidents/*.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredIncident {
    /// Minted once.
    pub id: IncidentId,
    /// File and line it stands at.
    pub place: String,
    /// Headline.
    pub title: String,
    /// Headline in Chinese.
    pub title_zh: Option<String>,
    /// When.
    pub date: Edtf,
    /// What the date stands for.
    pub date_of: DateOf,
    /// When a decision takes effect.
    pub effective: Option<Edtf>,
    /// Types by id.
    pub types: Vec<String>,
    /// Where it stands.
    pub status: Status,
    /// The longer quarrel.
    pub dispute: Option<DisputeId>,
    /// Who takes part.
    pub parties: Vec<EnteredParty>,
    /// Named products concerned.
    pub products: Vec<String>,
    /// In one or two sentences.
    pub summary: String,
    /// The same in Chinese.
    pub summary_zh: Option<String>,
    /// Further dated points.
    pub points: Vec<(Edtf, String)>,
    /// How well it is verified.
    pub verification: Vec<String>,
    /// Doubts and differences.
    pub notes: Vec<String>,
    /// What is open.
    pub questions: Vec<(String, QuestionState)>,
    /// Addresses it was seen at.
    pub sources: Vec<String>,
    /// When it was entered.
    pub entered: NaiveDate,
    /// By whom.
    pub by: String,
}
