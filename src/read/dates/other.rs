//! Expressions of time that name no day: lengths, habits, clock times, "now".

use chrono::NaiveDate;

use super::fields::{Amount, Fields, Unit};
use super::phrase::{Phrase, Piece};
use super::{timex, units};
use crate::model::date::{Days, TimeExpr, TimeKind};
use crate::read::scan::Scan;
use crate::rules::DateForm;

/// Types a phrase that names no day; `day` is the one a clock time belongs to.
pub(super) fn of(
    scan: &Scan<'_>,
    phrase: &Phrase,
    piece: &Piece,
    base: NaiveDate,
    day: NaiveDate,
) -> Option<TimeExpr> {
    let fields = &piece.fields;
    let (kind, timex) = match piece.form {
        DateForm::Set => (TimeKind::Set, piece.value.clone().unwrap_or_else(|| timex::set(fields))),
        DateForm::Fiscal if fields.year.is_some() => {
            (TimeKind::Date, format!("{:04}", fields.year.unwrap_or_default()))
        }
        DateForm::Reference | DateForm::Fiscal => (TimeKind::Date, piece.value.clone()?),
        // "several years ago", "weeks later": a side, no distance.
        DateForm::Ago | DateForm::Earlier if piece.is_vague() => {
            (TimeKind::Date, "PAST_REF".into())
        }
        DateForm::Ahead | DateForm::Later if piece.is_vague() => {
            (TimeKind::Date, "FUTURE_REF".into())
        }
        DateForm::Clock | DateForm::DayPart => {
            (TimeKind::Time, format!("{day}{}", clock_of(phrase)))
        }
        _ => (TimeKind::Duration, timex::length(fields)?),
    };
    let days = match piece.form {
        DateForm::Reference if timex == "PRESENT_REF" => {
            Some(Days { first: Some(base), last: Some(base) })
        }
        form => reach(form, fields, base),
    };
    let span = scan.span(phrase.range.clone());
    Some(TimeExpr { span, kind, timex, days, rule: piece.rule.clone() })
}

/// The clock time of a phrase: the hour of one piece with the part of the day of another.
pub(super) fn clock_of(phrase: &Phrase) -> String {
    let mut fields = Fields::default();
    for piece in &phrase.pieces {
        fields.hour = fields.hour.or(piece.fields.hour);
        fields.minute = fields.minute.or(piece.fields.minute);
        fields.afternoon = fields.afternoon.or(piece.fields.afternoon);
        fields.part = fields.part.or(piece.fields.part);
    }
    timex::clock(&fields)
}

/// The days that "the past two weeks", "the next year", a clock time reach over.
fn reach(form: DateForm, fields: &Fields, base: NaiveDate) -> Option<Days> {
    let (first, last) = match form {
        DateForm::Past | DateForm::Coming => {
            let unit = fields.unit?;
            let Some(Amount::Halves(halves)) = fields.count else { return None };
            let back = form == DateForm::Past;
            let far = units::away(base, unit, halves, back)?;
            match (back, unit < Unit::Day) {
                (true, true) => (far, base),
                (true, false) => (far, base.pred_opt()?),
                (false, true) => (base, far),
                // A row with shift 1 begins on the day after the anchor.
                (false, false) if fields.shift == Some(1) => (base.succ_opt()?, far),
                (false, false) => (base, far.pred_opt()?),
            }
        }
        DateForm::Ago | DateForm::Ahead | DateForm::Clock | DateForm::DayPart => (base, base),
        _ => return None,
    };
    (first <= last).then_some(Days { first: Some(first), last: Some(last) })
}
