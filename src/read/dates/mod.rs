//! Expressions of time: found, resolved, with the reason for every value.
//!
//! In: the tokens of an article and the day of publication. Out: spans with EDTF and TIMEX3 values.
//! What holds: normalising is a function of text and anchor; no value is guessed without its basis;
//! names, durations and recurring times are no dates. Not here: what happened then (`events.rs`).

mod fields;
mod finder;
mod happening;
mod holiday;
mod lines;
mod memory;
mod modify;
mod nearest;
mod numeric;
mod other;
mod phrase;
mod pieces;
mod resolve;
mod tense;
mod timex;
mod units;

pub(super) use self::lines::day_of_line;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use self::finder::Finder;
use self::phrase::Piece;
use super::scan::Scan;
use crate::model::article::Published;
use crate::model::date::{Anchor, DateExpr, TimeExpr};
use crate::model::finding::Finding;
use crate::model::rule::RuleId;
use crate::rules::DateForm;

/// Expressions that name days, and those that name none; each in order of the text.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub dates: Vec<DateExpr>,
    pub others: Vec<TimeExpr>,
}

/// Finds and resolves all expressions of headline and main text.
pub(super) fn find(
    scan: &Scan<'_>,
    published: Option<&Published>,
    fetched: DateTime<Utc>,
    findings: &mut Vec<Finding>,
) -> Times {
    let known = published.filter(|published| published.is_known());
    let base = published.map_or(fetched.date_naive(), |p| p.day);
    let anchor = if known.is_some() { Anchor::Published } else { Anchor::Captured };
    let digits = RuleId::new("date", "digits");
    let pieces: Vec<Vec<Piece>> =
        scan.sentences.iter().map(|sentence| pieces::of(scan, sentence, &digits)).collect();
    let mut finder = Finder::new(scan, base, anchor, is_history(&pieces, base));
    for (sentence, pieces) in scan.sentences.iter().zip(pieces) {
        finder.sentence(sentence, pieces, findings);
    }
    finder.finish()
}

/// Whether a text tells of years long past, so that its dates complete one another: most of the
/// years it names are before the last one, and it hardly speaks of this week.
fn is_history(pieces: &[Vec<Piece>], base: NaiveDate) -> bool {
    let all = || pieces.iter().flatten();
    let years: Vec<i32> = all().filter_map(|piece| piece.fields.year).collect();
    let old = years.iter().filter(|year| **year < base.year() - 1).count();
    let near = all()
        .filter(|piece| {
            matches!(piece.form, DateForm::Weekday | DateForm::DayOffset | DateForm::Ago)
        })
        .count();
    old >= 6 && old * 4 >= years.len() * 3 && near * 3 < old
}
