//! Dates as the record holds them: a calendar value with the reason to believe it.

use chrono::NaiveDate;
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
    /// Another date of the same text.
    Text(Span),
}

impl Anchor {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Anchor::Published => "publication",
            Anchor::Captured => "capture",
            Anchor::Text(_) => "text",
        }
    }
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
    /// No word dates it: the article reports it as news on its day.
    Reported(Anchor),
}

impl Basis {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Basis::Stated => "stated",
            Basis::Anchored(_) => "anchored",
            Basis::Corroborated(..) => "corroborated",
            Basis::Reported(_) => "reported",
        }
    }

    /// What it was counted from: the words themselves, or an anchor.
    pub fn anchor_word(self) -> &'static str {
        match self {
            Basis::Stated => "explicit",
            Basis::Anchored(anchor) | Basis::Reported(anchor) => anchor.word(),
            Basis::Corroborated(..) => "article",
        }
    }
}

/// Which part or side of a unit is meant, kept apart from the value as TIMEX3 does.
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
    /// Before: the unit itself is left out.
    Before,
    /// By, until: the unit itself is meant too.
    Until,
    /// Since, from: the unit itself is meant too.
    Since,
    /// After: the unit itself is left out.
    After,
}

impl Modifier {
    /// All modifiers.
    pub const ALL: [Modifier; 8] = [
        Modifier::Start,
        Modifier::Mid,
        Modifier::End,
        Modifier::About,
        Modifier::Before,
        Modifier::Until,
        Modifier::Since,
        Modifier::After,
    ];

    /// The word used in data and output.
    pub fn word(self) -> &'static str {
        match self {
            Modifier::Start => "start",
            Modifier::Mid => "mid",
            Modifier::End => "end",
            Modifier::About => "about",
            Modifier::Before => "before",
            Modifier::Until => "until",
            Modifier::Since => "since",
            Modifier::After => "after",
        }
    }

    /// Whether it opens the value on one side instead of naming a part of it.
    pub fn is_side(self) -> bool {
        matches!(self, Modifier::Before | Modifier::Until | Modifier::Since | Modifier::After)
    }
}

/// The kinds of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TimeKind {
    /// A day or wider.
    Date,
    /// A part of a day.
    Time,
    /// A length of time.
    Duration,
    /// Time that comes again.
    Set,
}

impl TimeKind {
    /// The word of TIMEX3.
    pub fn word(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// The days an expression can mean, first and last included; `None` is an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// Not before.
    pub first: Option<NaiveDate>,
    /// Not after.
    pub last: Option<NaiveDate>,
}

/// An expression of calendar time, resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateExpr {
    /// The bare expression, without its preposition.
    pub span: Span,
    /// Which days.
    pub value: Edtf,
    /// Date, or time of a day.
    pub kind: TimeKind,
    /// The value in the notation of TIMEX3.
    pub timex: String,
    /// The days meant, with the words around it: "since", "early", 之前.
    pub days: Days,
    /// Early, late, about, since; `None` for the plain unit.
    pub modifier: Option<Modifier>,
    /// Why.
    pub basis: Basis,
    /// What kind of happening the words around it speak of.
    pub role: EventRole,
    /// The row that recognised it.
    pub rule: RuleId,
}

/// An expression of time that names no day of the calendar: a length, a clock time, a habit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeExpr {
    /// The bare expression.
    pub span: Span,
    /// Which kind.
    pub kind: TimeKind,
    /// The value in the notation of TIMEX3.
    pub timex: String,
    /// The days it reaches over, where the words say so: "the past two weeks".
    pub days: Option<Days>,
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
    /// Something lasts until then.
    Until,
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
            EventRole::Until => "until",
            EventRole::Planned => "planned",
        }
    }
}
