//! Dates as the record holds them: a calendar value with the reason to believe it.

use serde::{Deserialize, Serialize};

use super::edtf::Edtf;
use super::rule::RuleId;
use super::source::CaptureId;
use super::text::Span;

/// What a relative expression was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// The day of publication.
    Published,
    /// The day of capture, for want of a day of publication.
    Captured,
    /// An earlier date of the same text.
    Text(Span),
}

/// Why a value is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// The words give year, month and day, as far as the precision goes.
    Stated,
    /// Counted or completed from an anchor.
    Anchored(Anchor),
    /// The missing part was taken from another article's words.
    Corroborated(CaptureId, Span),
}

impl Basis {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Basis::Stated => "stated",
            Basis::Anchored(_) => "anchored",
            Basis::Corroborated(..) => "corroborated",
        }
    }
}

/// A part of a unit, kept apart from the value as TIMEX3 does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Modifier {
    /// Early, at the start of.
    Start,
    /// In the middle of.
    Mid,
    /// Late, at the end of.
    End,
    /// About.
    About,
    /// Before, until, by.
    Before,
    /// After, since, from.
    After,
}

/// An expression of calendar time, resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateExpr {
    /// The bare expression, without its preposition.
    pub span: Span,
    /// Which days.
    pub value: Edtf,
    /// Early, late, about; `None` for the plain unit.
    pub modifier: Option<Modifier>,
    /// Why.
    pub basis: Basis,
    /// The row that recognised it.
    pub rule: RuleId,
}

/// What kind of happening a date stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventRole {
    /// It happened.
    Happened,
    /// A decision starts to apply.
    Effective,
    /// Something is due.
    Deadline,
    /// It is to happen.
    Planned,
}

impl EventRole {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            EventRole::Happened => "happened",
            EventRole::Effective => "effective",
            EventRole::Deadline => "deadline",
            EventRole::Planned => "planned",
        }
    }
}
