//! Which way a sentence looks: back, ahead, and what kind of happening a date in it stands for.

use std::ops::Range;

use super::resolve::Tense;
use crate::model::date::{EventRole, Modifier};
use crate::read::scan::{Scan, Sentence};
use crate::rules::Shape;

/// Tokens before and behind a date in which words of a role count.
const ROLE_BEFORE: usize = 12;
const ROLE_BEHIND: usize = 4;
/// Farthest a clause reaches on either side of a date, in tokens.
const CLAUSE_MAX: usize = 60;

/// Whether the words around an expression look ahead or back.
pub(super) fn tense(scan: &Scan<'_>, sentence: &Sentence, it: &Range<usize>) -> Tense {
    let clause = clause_around(scan, sentence, it.start);
    let roles = &scan.rules.lexicon.event_roles;
    let hits = roles.all(&scan.tokens, &scan.rules.vocabulary, clause.clone());
    let told = clause.clone().any(|at| is_past(scan, at));
    let ahead = hits.iter().any(|(row, hit)| {
        // "by September 15": the limit holds the first word of the date.
        let near = hit.range.start < it.start || hit.range.start >= it.end;
        // "signed up by the end of May": what is told as past was done by then.
        let done = is_done_by(scan, &clause, hit.range.start, |at| is_past(scan, at))
            || is_elapsed(scan, &clause, it.start);
        near && !done
            && matches!(
                row.meaning,
                EventRole::Planned | EventRole::Effective | EventRole::Deadline
            )
    });
    let modal = || clause.clone().any(|i| scan.is(i, scan.classes().firm));
    if ahead || modal() {
        return Tense::Future;
    }
    if told { Tense::Past } else { Tense::Unmarked }
}

/// Whether a verb in the past stands here.
fn is_past(scan: &Scan<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| scan.letters(before));
    // "is expected" looks ahead.
    if scan.is(at, scan.classes().planned) && matches!(before, "is" | "are") {
        return false;
    }
    let verb = scan.is(at, scan.classes().verb);
    scan.is(at, scan.classes().past)
        || verb && scan.letters(at).ends_with("ed")
        || scan.at(at).shape == Shape::Lower
            && scan.rules.presents.get(scan.letters(at), false).is_some()
}

/// Whether a limit was reached: "had signed up by the end of May", yet "had promised to pay by May 3".
fn is_reached(scan: &Scan<'_>, clause: &Range<usize>, limit: usize) -> bool {
    is_done_by(scan, clause, limit, |at| scan.says(at, "had") && !scan.says(at + 1, "until"))
}

/// Whether a limit lies behind: "the trial had gone on until June 3", "let a deadline of May 3 pass".
fn is_elapsed(scan: &Scan<'_>, clause: &Range<usize>, date: usize) -> bool {
    let c = scan.classes();
    let to = |at: usize| at > 0 && (scan.says(at - 1, "to") || scan.is(at - 1, c.modal));
    (clause.start..date).any(|at| scan.is(at, c.elapsed) && !to(at))
}

/// Whether what stands before "by" is done, by its verb: behind an infinitive it is only meant.
fn is_done_by(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    limit: usize,
    verb: impl Fn(usize) -> bool,
) -> bool {
    let done = (clause.start..limit).rev().find(|at| verb(*at));
    scan.says(limit, "by") && done.is_some_and(|done| !(done..limit).any(|at| scan.says(at, "to")))
}

/// The tokens from the last comma, semicolon or conjunction before an index to the next after it.
fn clause_around(scan: &Scan<'_>, sentence: &Sentence, index: usize) -> Range<usize> {
    let cuts = |i: usize| {
        let letters = scan.letters(i);
        matches!(letters, "," | "，" | ";" | "；" | ":" | "：" | "。" | "that")
            || scan.is(i, scan.classes().quote)
            || matches!(letters, "and" | "but" | "or") && opens_verb(scan, i + 1)
    };
    let all = sentence.tokens.clone();
    let range = all.start.max(index.saturating_sub(CLAUSE_MAX))..all.end.min(index + CLAUSE_MAX);
    let from = (range.start..index).rev().find(|i| cuts(*i)).map_or(range.start, |i| i + 1);
    let to = (index..range.end).find(|i| cuts(*i)).unwrap_or(range.end);
    from..to
}

/// "… and takes effect", "… but will": a second verb of the same subject.
fn opens_verb(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    [c.verb, c.aux, c.modal].iter().any(|class| scan.is(index, *class))
}

/// What kind of happening a date stands for.
pub(super) fn role(
    scan: &Scan<'_>,
    sentence: &Sentence,
    it: &Range<usize>,
    modifier: Option<Modifier>,
) -> EventRole {
    let clause = clause_around(scan, sentence, it.start);
    let near = clause.start.max(it.start.saturating_sub(ROLE_BEFORE))
        ..clause.end.max(it.end).min(it.end + ROLE_BEHIND);
    let hits = scan.rules.lexicon.event_roles.all(&scan.tokens, &scan.rules.vocabulary, near);
    let mut best = EventRole::Happened;
    for (row, hit) in hits {
        if is_reached(scan, &clause, hit.range.start) || is_elapsed(scan, &clause, it.start) {
            continue;
        }
        best = match (best, row.meaning) {
            (EventRole::Happened, role) => role,
            // "will take effect": what takes effect is more telling than that it is to come.
            (EventRole::Planned, role) => role,
            (found, _) => found,
        };
    }
    match (best, modifier) {
        (EventRole::Happened | EventRole::Planned, Some(Modifier::Until)) => EventRole::Until,
        (best, _) => best,
    }
}
