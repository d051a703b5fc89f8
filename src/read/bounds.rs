//! The clause around a place in a sentence.

use std::ops::Range;

use super::attribution::trim;
use super::finite::is_finite_verb;
use super::scan::{Scan, Sentence};

/// The clause of a Chinese sentence around a range: from clause mark to clause mark, where it is long
/// enough to say something.
pub(super) fn han_clause_of(
    scan: &Scan<'_>,
    sentence: &Sentence,
    hit: &Range<usize>,
) -> Range<usize> {
    let range = &sentence.tokens;
    let joint = |i: &usize| matches!(scan.letters(*i), "，" | "；" | "：" | "," | ";");
    let mut from = (range.start..hit.start).rev().find(joint).map_or(range.start, |i| i + 1);
    if scan.is(from, scan.classes().conj) || matches!(scan.letters(from), "但" | "并" | "而") {
        from += 1;
    }
    let to = (hit.end..range.end).find(joint).unwrap_or(range.end);
    trim(scan, from.min(hit.start)..to)
}

/// The clause around a range: a sentence, or its part up to a joint that begins another clause.
pub(super) fn clause_of(scan: &Scan<'_>, sentence: &Sentence, hit: &Range<usize>) -> Range<usize> {
    if sentence.han {
        return han_clause_of(scan, sentence, hit);
    }
    let c = scan.classes();
    let range = &sentence.tokens;
    let joint = |i: usize| {
        let letters = scan.letters(i);
        let opens = matches!(
            letters,
            "while"
                | "but"
                | "although"
                | "though"
                | "whereas"
                | "because"
                | "which"
                | "who"
                | "-"
                | "—"
                | "–"
                | ";"
                | "；"
        );
        let and = letters == "and"
            && (scan.is_comma(i.wrapping_sub(1)) || clause_follows(scan, i + 1, range.end));
        let dash = letters == "-" && !scan.at(i).spaced;
        opens && !dash || and
    };
    let mut from = range.start;
    for i in (range.start..hit.start).rev() {
        if joint(i) && has_verb(scan, range.start..i)
            || scan.says(i, "while")
            || scan.says(i, "although")
        {
            from = i + 1;
            break;
        }
    }
    let mut to = range.end;
    for i in hit.end..range.end {
        if joint(i) && has_verb(scan, i..range.end) {
            to = i;
            break;
        }
    }
    // A leading subordinate clause ends at the comma before the main one: "While X has not answered
    // and Y has not either, Z …".
    let leading = scan.is(range.start, c.sub);
    if leading
        && let Some(comma) =
            (hit.end..to).find(|i| scan.is_comma(*i) && clause_follows(scan, i + 1, range.end))
    {
        to = comma;
    }
    if from == range.start && leading {
        from += 1;
    }
    trim(scan, from..to)
}

fn has_verb(scan: &Scan<'_>, range: Range<usize>) -> bool {
    range.into_iter().any(|i| is_finite_verb(scan, i))
}

fn clause_follows(scan: &Scan<'_>, from: usize, end: usize) -> bool {
    let c = scan.classes();
    let opens = scan.is(from, c.det)
        || scan.is(from, c.it)
        || scan.is(from, c.he)
        || scan.is(from, c.they)
        || scan.mention_over(from).is_some();
    opens && (from + 1..end.min(from + 8)).any(|i| is_finite_verb(scan, i))
}
