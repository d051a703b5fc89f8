//! The rows that tell of time: dates, their modifiers, and what kind of happening they stand for.

use serde::Deserialize;

use super::lexicon::phrased;
use super::load::Row;
use super::table::Phrased;
use crate::model::date::{EventRole, Modifier};

/// What a date phrase means; the captures it needs stand in `data/lexicon/README.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateForm {
    /// `d`, `m`, maybe `y`.
    Day,
    /// `d`, `t`, `m`, maybe `y`: a range of days in one month.
    Days,
    /// `m`, maybe `y`.
    Month,
    /// `y`.
    Year,
    /// `r`: a year and the next one (今明两年).
    YearPair,
    /// `y`: "the 1990s", 90年代.
    Decade,
    /// `n`: 20世纪.
    Century,
    /// `q`, maybe `y` or `r`.
    Quarter,
    /// `h`, maybe `y` or `r`.
    Half,
    /// `s`, maybe `y` or `r`.
    Season,
    /// `w`, maybe `r`.
    Weekday,
    /// `u` and `r`: last month, this week.
    Unit,
    /// `n` and `u`, counted back from the anchor.
    Ago,
    /// `n` and `u`, counted forward from the anchor.
    Ahead,
    /// `n` and `u`, counted back from the last date of the text.
    Earlier,
    /// `n` and `u`, counted forward from the last date of the text.
    Later,
    /// The row's own `shift` in days from the anchor (yesterday, 前天).
    DayOffset,
    /// The last date of the text, or the `u` that holds it ("the same day", "that year", 当日).
    Same,
    /// Saturday and Sunday, maybe `r`.
    Weekend,
    /// `h` names a holiday, maybe `y`.
    Holiday,
    /// `o` and `u`: the first week, the last Monday of what stands beside it.
    Nth,
    /// `o`, `n` and `u`: the first two months of what stands beside it.
    Run,
    /// `n`: a week of the year by its number.
    WeekNumber,
    /// `n` and `u`: a length of time.
    Span,
    /// `n` and `u`: a length of time that ends at the anchor.
    Past,
    /// `n` and `u`: a length of time that begins at the anchor.
    Coming,
    /// `k`, maybe `r`: a part of a day.
    DayPart,
    /// `hr`, maybe `mi`: a time of day.
    Clock,
    /// Time that comes again, with the row's `value`, or `u` or `w`.
    Set,
    /// The row's `value` as it stands: PAST_REF, PRESENT_REF, FUTURE_REF.
    Reference,
    /// A unit of an unknown calendar: "the fiscal first quarter".
    Fiscal,
    /// Words that look like a date and are none.
    None,
}

/// A way of naming a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRule {
    /// What the captures mean.
    pub form: DateForm,
    /// last −1, this 0, next 1, where the words as a whole say so.
    pub shift: Option<i32>,
    /// The TIMEX3 value, where the words as a whole give it.
    pub value: Option<String>,
    /// Whether the words mean a day of the calendar only beside another expression.
    pub dependent: bool,
}

phrased!(
    /// A raw row of `dates.toml`; `it=` marks the expression where words around it belong to the
    /// pattern only.
    DateRow, "date", DateRule, {
        form: DateForm, shift: Option<i32>, value: Option<String>, dependent: Option<bool>,
    },
    |row| Ok(DateRule {
        form: row.form,
        shift: row.shift,
        value: row.value.clone(),
        dependent: row.dependent.unwrap_or(false),
    })
);

/// A word that shifts a date within its unit, or opens it on one side.
#[derive(Debug, Clone, Copy)]
pub struct ModifierRule {
    /// The part.
    pub modifier: Modifier,
    /// Whether it stands behind the date.
    pub after: bool,
    /// Whether it makes the value approximate.
    pub vague: bool,
    /// Whether what begins then lasts to the day of publication.
    pub to_now: bool,
}

phrased!(
    /// A raw row of `modifiers.toml`.
    ModifierRow, "modifier", ModifierRule, {
        modifier: String, after: bool, vague: bool, to_now: Option<bool>,
    },
    |row| {
        let modifier = Modifier::ALL.into_iter().find(|m| m.word() == row.modifier).ok_or_else(|| {
            let words: Vec<&str> = Modifier::ALL.iter().map(|m| m.word()).collect();
            format!("“{}” is no modifier; write one of {}", row.modifier, words.join(", "))
        })?;
        let to_now = row.to_now.unwrap_or(false);
        Ok(ModifierRule { modifier, after: row.after, vague: row.vague, to_now })
    }
);

phrased!(
    /// A raw row of `roles.toml`: words that say what kind of happening a date stands for.
    EventRoleRow, "role", EventRole, { role: String },
    |row| match row.role.as_str() {
        "happened" => Ok(EventRole::Happened),
        "planned" => Ok(EventRole::Planned),
        "effective" => Ok(EventRole::Effective),
        "deadline" => Ok(EventRole::Deadline),
        "until" => Ok(EventRole::Until),
        other => {
            Err(format!("“{other}” is no role; write happened, planned, effective, deadline or until"))
        }
    }
);
