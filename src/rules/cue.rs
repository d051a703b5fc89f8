//! The rows of `data/lexicon/cues/` and `shifts/`: words that report, and words that change what a report
//! is.

use serde::Deserialize;

use super::lexicon::{phrased, stance};
use super::load::Row;
use super::table::Phrased;
use crate::model::claim::Stance;

/// A construction in which a reporting word takes its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    /// "said (that) P", "“P,” said X".
    Clause,
    /// "“P,” said X": the speaker stands behind the word.
    Inverted,
    /// "told Y (that) P".
    Listener,
    /// "denied P", "announced a ban".
    Object,
    /// "promised to P".
    Infinitive,
    /// "accused Y of P".
    Of,
    /// "called on Y to P", "ordered Y to P".
    Order,
    /// "described Y as P".
    As,
    /// "apologised to Y for P", "faulted Y for P".
    For,
    /// "according to X, P" and "P, according to X".
    Prefix,
    /// "put the loss at P": an amount or a day behind what it is of.
    At,
    /// "our guess is P", "X's answer: P", "by its own count": what `who` says, without one the outlet itself.
    Own,
    /// Chinese: X表示，P.
    Han,
    /// Chinese: 据X报道，P.
    HanPrefix,
}

/// A reporting word or phrase.
#[derive(Debug, Clone)]
pub struct Cue {
    /// The attitude it expresses.
    pub stance: Stance,
    /// The constructions it stands in.
    pub frames: Vec<Frame>,
    /// Whether it reports only with "that" or a quotation after it.
    pub weak: bool,
    /// The attitude of a court or judge that uses it, where it differs.
    pub court: Option<Stance>,
    /// Whether only courts and judges use it.
    pub judicial: bool,
    /// Whether only documents use it.
    pub paper: bool,
    /// Whether who speaks so has been told the contrary: with a "no" it denies.
    pub insists: bool,
    /// Whether who speaks so holds on to something: accused, it denies.
    pub holds: bool,
    /// Whether it gives another name to something: what one side calls the other's doings accuses.
    pub labels: bool,
}

/// A raw row of `cues.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueRow {
    id: String,
    stance: String,
    frames: Vec<Frame>,
    #[serde(default)]
    weak: bool,
    court: Option<String>,
    #[serde(default)]
    judicial: bool,
    #[serde(default)]
    paper: bool,
    #[serde(default)]
    insists: bool,
    #[serde(default)]
    holds: bool,
    #[serde(default)]
    labels: bool,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
}

impl Row for CueRow {
    const TABLE: &'static str = "cue";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Phrased for CueRow {
    type Meaning = Cue;
    fn patterns(&self) -> &[String] {
        &self.patterns
    }
    fn verbs(&self) -> &[String] {
        &self.verbs
    }
    fn meaning(&self) -> Result<Cue, String> {
        Ok(Cue {
            stance: stance(&self.stance)?,
            frames: self.frames.clone(),
            weak: self.weak,
            court: self.court.as_deref().map(stance).transpose()?,
            judicial: self.judicial,
            paper: self.paper,
            insists: self.insists,
            holds: self.holds,
            labels: self.labels,
        })
    }
}

/// Of whom a statement speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// Of the speaker.
    Own,
    /// Of somebody else.
    Other,
    /// Of somebody else, and a house or its own document speaks.
    Rival,
    /// Of the people of a house, in a document of that house.
    Staff,
    /// Of anybody.
    Any,
    /// Of anybody, and a court or judge speaks.
    Court,
}

/// Words inside a statement that change its attitude.
#[derive(Debug, Clone, Copy)]
pub struct ShiftRule {
    /// The attitude they give it.
    pub to: Stance,
    /// Of whom the statement must speak.
    pub whose: Whose,
}

phrased!(
    /// A raw row of `shifts.toml`.
    ShiftRow, "shift", ShiftRule, { to: String, whose: Whose },
    |row| Ok(ShiftRule { to: stance(&row.to)?, whose: row.whose })
);
