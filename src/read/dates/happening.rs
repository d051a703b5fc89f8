//! Dates counted from a happening: "two days before the deadline", "the day after the inquiry
//! opened", 判决当天.
//!
//! What holds: the happening is found by its own word beside another date of the same text; where
//! there is none, nothing changes.

use std::ops::Range;

use chrono::NaiveDate;

use super::fields::Unit;
use super::resolve::anchor_day;
use super::{timex, units};
use crate::model::date::{Anchor, Basis, DateExpr, Days, EventRole};
use crate::read::scan::Scan;
use crate::rules::Shape;

/// A date that waits for the day of a happening.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    /// Its place among the dates.
    pub index: usize,
    /// The word for the happening.
    pub word: Range<usize>,
    pub unit: Unit,
    /// How many units after it; below 0 before it.
    pub count: i32,
}

/// Most dates on either side in which a happening is looked for.
const DATES_MAX: usize = 40;
/// Letters that two forms of one word share.
const LETTERS: usize = 4;

/// Counts the waiting dates anew.
pub(super) fn settle(scan: &Scan<'_>, dates: &mut [DateExpr], pending: &[Pending]) {
    for wait in pending {
        let Some(found) = day_of(scan, dates, pending, wait) else { continue };
        let (span, day) = found;
        let Some(value) = units::offset(day, wait.unit, wait.count, false) else { continue };
        if let Some(date) = dates.get_mut(wait.index) {
            date.value = value;
            date.timex = timex::of(value);
            date.days = Days { first: value.first(), last: value.last() };
            date.basis = Basis::Anchored(Anchor::Text(span));
        }
    }
}

/// The day told beside the same word: before the waiting date if there is one, else behind it.
fn day_of(
    scan: &Scan<'_>,
    dates: &[DateExpr],
    pending: &[Pending],
    wait: &Pending,
) -> Option<(crate::model::text::Span, NaiveDate)> {
    let from = wait.index.saturating_sub(DATES_MAX);
    let around = dates.iter().enumerate().skip(from).take(2 * DATES_MAX);
    around
        .filter(|(index, _)| *index != wait.index && pending.iter().all(|p| p.index != *index))
        .filter_map(|(index, date)| {
            let day = anchor_day(date.value)?;
            let sentence = scan.sentence_at(date.span.start())?;
            let tokens = scan.tokens.inside(date.span);
            let apart = nearest(scan, sentence.tokens.clone(), &tokens, &wait.word)?;
            let behind = index > wait.index;
            let far = index.abs_diff(wait.index);
            let due = date.role != EventRole::Happened;
            Some(((due, behind, apart > 12, far, apart), (date.span, day)))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, found)| found)
}

/// How many tokens stand between a date and the nearest word of the happening in its sentence.
fn nearest(
    scan: &Scan<'_>,
    sentence: Range<usize>,
    date: &Range<usize>,
    word: &Range<usize>,
) -> Option<usize> {
    sentence
        .filter(|at| !word.contains(at) && is_same(scan, *at, word))
        .map(|at| if at < date.start { date.start - at } else { at.saturating_sub(date.end) })
        .min()
}

fn is_same(scan: &Scan<'_>, at: usize, word: &Range<usize>) -> bool {
    if scan.at(word.start).shape == Shape::Han {
        return word.clone().enumerate().all(|(i, w)| scan.letters(at + i) == scan.letters(w));
    }
    let letters =
        |index: usize| scan.letters(index).chars().take(LETTERS).flat_map(char::to_lowercase);
    scan.letters(word.start).chars().count() >= LETTERS && letters(at).eq(letters(word.start))
}
