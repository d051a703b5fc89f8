//! What stands before a subject and is no part of it: a time, a circumstance.

use super::scan::Scan;

/// "Earlier this month developers": the phrase begins behind the time.
pub(super) fn after_time(scan: &Scan<'_>, from: usize, to: usize) -> usize {
    let c = scan.classes();
    let led = from + usize::from(scan.is(from, c.adverb));
    let unit = led + usize::from(scan.is(led, c.shift));
    let timed = unit > led && scan.is(unit, c.unit) && scan.mention_over(from).is_none();
    if timed && unit + 1 < to { unit + 1 } else { from }
}

/// "In a statement on Tuesday the agency": the phrase begins where the circumstance ends.
pub(super) fn after_leading_phrase(scan: &Scan<'_>, from: usize, to: usize) -> usize {
    let c = scan.classes();
    if !scan.is(from, c.prep) || scan.mention_over(from).is_some() {
        return from;
    }
    let starts = |i: usize| {
        let opens = scan.is(i, c.det)
            || scan.is(i, c.possessive)
            || scan.is(i, c.he)
            || scan.is(i, c.it)
            || scan.is(i, c.they)
            || scan.mention_over(i).is_some_and(|m| m.span.start() == scan.at(i).start());
        let bound = scan.is(i - 1, c.prep)
            || scan.is(i - 1, c.det)
            || scan.is(i - 1, c.possessive)
            || scan.is(i - 1, c.conj)
            || scan.says(i - 1, "'s");
        opens && !bound
    };
    (from + 1..to).rev().find(|i| starts(*i)).unwrap_or(to)
}
