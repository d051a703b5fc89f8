//! Dates that cannot be the day of what their clause tells.
//!
//! In: a clause, its date and the day of publication. Out: whether they can go together. What holds: what has
//! happened did not happen after it was told; what will be done was not done before; how old a thing is happens
//! on no day.

use std::ops::Range;

use chrono::NaiveDate;

use super::events::Dated;
use super::scan::{Scan, Sentence};
use super::stance::is_past;

/// Whether a clause cannot have happened, or cannot come, on its date.
pub(super) fn is_untimely(
    scan: &Scan<'_>,
    sentence: &Sentence,
    clause: &Range<usize>,
    one: &Dated<'_>,
    published: Option<NaiveDate>,
) -> bool {
    if sentence.han {
        return false;
    }
    let after = published.is_some_and(|day| one.value.first().is_some_and(|first| first > day));
    let before = published.is_some_and(|day| one.value.last().is_some_and(|last| last < day));
    after && is_over(scan, clause, one)
        || before && is_coming(scan, clause)
        || is_age(scan, &one.tokens)
        || is_counted_from(scan, clause, one)
}

/// "Rejected the claim the next day": only past forms, and nothing planned.
fn is_over(scan: &Scan<'_>, clause: &Range<usize>, one: &Dated<'_>) -> bool {
    let c = scan.classes();
    let open = [c.modal, c.planned, c.intends, c.sitting, c.lasting];
    let ahead = |at: usize| {
        let verb = |at: usize| scan.is(at, c.verb) || scan.is(at, c.aux);
        let to = scan.says(at, "to") && verb(at + 1);
        let letters = scan.letters(at);
        let present = matches!(letters, "is" | "are" | "has" | "have")
            || scan.is(at, c.verb) && letters.ends_with('s') && letters != "was";
        to || present || open.iter().any(|class| scan.is(at, *class))
    };
    // "Banned its use starting July 10", "set a deadline of July 10".
    let bound = one.tokens.start.checked_sub(1).is_some_and(|at| {
        let lead = scan.letters(at);
        scan.is(at, c.starting)
            || matches!(lead, "until" | "till" | "by" | "for" | "from" | "to" | "of")
    });
    is_past(scan, clause) && !bound && !clause.clone().any(ahead)
}

/// "A day after it emerged": what emerged did so the day before, not the day after.
fn is_counted_from(scan: &Scan<'_>, clause: &Range<usize>, one: &Dated<'_>) -> bool {
    let last = one.tokens.end.saturating_sub(1);
    matches!(scan.letters(last), "after" | "before") && clause.start >= one.tokens.start
}

/// "Will delete the copies it made last year": the day is of what was made.
fn is_coming(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let c = scan.classes();
    let first = clause.clone().find(|at| scan.is(*at, c.modal) || scan.is(*at, c.verb));
    first.is_some_and(|at| matches!(scan.letters(at), "will" | "shall"))
}

/// "An archive going back to the nineteenth century", "the oldest of which are from 1891".
pub(super) fn is_age(scan: &Scan<'_>, date: &Range<usize>) -> bool {
    let c = scan.classes();
    let lead = (0..date.start).rev().find(|at| !scan.is(*at, c.article));
    let Some(lead) = lead.filter(|lead| *lead > 1) else { return false };
    let before = scan.letters(lead - 1);
    match scan.letters(lead) {
        // "The dispute goes back to May, when it all began" tells of May.
        "to" => before == "back" && scan.letters(lead - 2).ends_with("ing"),
        "from" => matches!(before, "is" | "are" | "was" | "were" | "dating" | "dated"),
        _ => false,
    }
}
