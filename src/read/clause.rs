//! The clause that tells a dated happening: the words that are its evidence.
//!
//! What holds: the clause holds its date; what somebody said happened is told by what was said,
//! not by the saying.

use std::ops::Range;

use super::attribution::trim;
use super::dated_noun::{participle, relative};
use super::finite::is_finite_verb;
use super::labels::behind_han_dateline;
use super::scan::{Scan, Sentence};
use crate::model::text::Span;

/// Longest sentence that is taken whole, in tokens.
const WHOLE_MAX: usize = 34;
const WHOLE_HAN_MAX: usize = 60;
/// Shortest clause that stands alone, in tokens.
const LEAST: usize = 5;
const LEAST_HAN: usize = 8;
/// Most tokens of a clause that only says who spoke and when.
const BARE_MAX: usize = 7;
/// Most tokens behind a comma that are no statement of their own.
const TAIL_MAX: usize = 4;
/// Tokens between a noun and the date of its participle: "a paper posted last week".
pub(super) const PARTICIPLE_REACH: usize = 4;

/// The clause around a date. `others` are the other dates of the text, `contents` what somebody
/// is reported to have said.
pub(super) fn around(
    scan: &Scan<'_>,
    sentence: &Sentence,
    date: &Range<usize>,
    others: &[Range<usize>],
    contents: &[Span],
) -> Range<usize> {
    let behind = sentence.han.then(|| behind_han_dateline(scan, &sentence.tokens));
    let whole =
        behind.filter(|whole| whole.start <= date.start).unwrap_or_else(|| sentence.tokens.clone());
    let crowded = others.iter().any(|other| inside(other, &whole) && other != date);
    if !sentence.han
        && let Some(phrase) =
            participle(scan, &whole, date).or_else(|| relative(scan, &whole, date))
    {
        return phrase;
    }
    let told = reported(scan, &whole, date, contents);
    let range = told.clone().unwrap_or(whole.clone());
    let alone = !others.iter().any(|other| inside(other, &range) && other != date);
    let long = range.len() > if sentence.han { WHOLE_HAN_MAX } else { WHOLE_MAX };
    if (!crowded || told.is_some() && alone) && !long {
        return trim(scan, range);
    }
    narrow(scan, sentence, range, date, others)
}

/// "the carrier announced today": what was announced stands elsewhere in the sentence.
pub(super) fn says_only(scan: &Scan<'_>, sentence: &Sentence, range: &Range<usize>) -> bool {
    let subject = range.start > sentence.tokens.start && !is_verb(scan, range.start);
    !sentence.han
        && subject
        && range.len() <= BARE_MAX
        && sentence.tokens.len() <= WHOLE_MAX
        && speaks(scan, range, range.end.saturating_sub(1))
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// What was said, where the date belongs to it: a known content, or the clause behind "that".
fn reported(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    date: &Range<usize>,
    contents: &[Span],
) -> Option<Range<usize>> {
    let content = contents
        .iter()
        .map(|span| scan.tokens.inside(*span))
        .map(|tokens| tokens.start.max(sentence.start)..tokens.end.min(sentence.end))
        .map(|tokens| behind_that(scan, tokens))
        .filter(|tokens| inside(date, tokens) && tokens.len() < sentence.len())
        .filter(|tokens| has_main_verb(scan, tokens.start..date.end + 3))
        .filter(|tokens| {
            !scan.is(tokens.start, scan.classes().prep) || states(scan, tokens.clone())
        })
        .min_by_key(ExactSizeIterator::len);
    let that = || {
        let at = (sentence.start..date.start).rev().find(|i| {
            scan.says(*i, "that")
                && i.checked_sub(1).is_some_and(|before| speaks(scan, sentence, before))
        })?;
        Some(at + 1..sentence.end)
    };
    content
        .or_else(that)
        .filter(|range| range.len() >= LEAST && range.clone().any(|i| is_verb(scan, i)))
}

/// "said this week that …": the words between the verb and "that" are the saying's.
fn behind_that(scan: &Scan<'_>, tokens: Range<usize>) -> Range<usize> {
    let head = tokens.start..tokens.end.min(tokens.start + PARTICIPLE_REACH);
    let that = head.into_iter().take_while(|i| !is_verb(scan, *i)).find(|i| scan.says(*i, "that"));
    that.map_or(tokens.clone(), |that| that + 1..tokens.end)
}

/// Whether a verb stands there that is no participle behind a comma.
fn has_main_verb(scan: &Scan<'_>, range: Range<usize>) -> bool {
    range.skip(1).any(|i| is_verb(scan, i) && !scan.is_comma(i - 1))
}

/// Whether a reporting verb stands within a few tokens before an index.
pub(super) fn speaks(scan: &Scan<'_>, sentence: &Range<usize>, before: usize) -> bool {
    let table = &scan.rules.lexicon.cues;
    (before.saturating_sub(6).max(sentence.start)..=before)
        .any(|i| table.at(&scan.tokens, &scan.rules.vocabulary, i, sentence.end).is_some())
}

pub(super) fn is_verb(scan: &Scan<'_>, index: usize) -> bool {
    is_finite_verb(scan, index) || scan.letters(index).ends_with("ed")
}

/// Cuts a crowded or long sentence down to the clause with the date.
fn narrow(
    scan: &Scan<'_>,
    sentence: &Sentence,
    range: Range<usize>,
    date: &Range<usize>,
    others: &[Range<usize>],
) -> Range<usize> {
    // A second verb of the same subject opens a clause only between two dates.
    let dated = |r: Range<usize>| others.iter().any(|other| inside(other, &r) && other != date);
    let cut = |i: usize, other_side: bool| {
        let letters = scan.letters(i);
        matches!(letters, ";" | "；" | ":" | "：")
            || sentence.han && matches!(letters, "，" | "," | "。")
            || scan.is_comma(i) && opens(scan, i + 1, range.end)
            || matches!(letters, "and" | "but" | "while" | "after" | "before" | "when" | "although")
                && opens(scan, i + 1, range.end)
                // "a week after it was found"
                && !date.contains(&i)
            || other_side
                && matches!(letters, "and" | "but")
                && is_finite_verb(scan, i + 1)
                && !others.iter().any(|other| other.contains(&(i + 1)))
            || matches!(letters, "and" | "but")
                && others.iter().chain([date]).any(|other| {
                    let led = usize::from(scan.is(i + 1, scan.classes().prep));
                    other.start == i + 1 + led && opens(scan, other.end, range.end)
                })
    };
    let mut from = range.start;
    for i in (range.start..date.start).rev() {
        if cut(i, dated(range.start..i)) {
            from = i + 1;
            break;
        }
    }
    // "when it went on sale in May, others had it": what is subordinate ends at its comma.
    let subordinate = from > sentence.tokens.start
        && (scan.is(from, scan.classes().sub) || scan.is(from - 1, scan.classes().sub));
    let mut to = range.end;
    for i in date.end..range.end {
        if cut(i, dated(i..range.end)) || subordinate && scan.is_comma(i) {
            to = i;
            break;
        }
    }
    // "a day" after a clause that was cut off, "…, two days" before one says nothing.
    let parted = others.iter().find(|other| other.contains(&to) && other.start > date.end);
    to = parted.map_or(to, |other| other.start);
    let tail = (to.saturating_sub(TAIL_MAX).max(date.end)..to).find(|i| scan.is_comma(*i));
    if let Some(comma) = tail.filter(|_| to < range.end && !sentence.han) {
        to = comma;
    }
    // A clause without a verb of its own belongs to its neighbour.
    let has_verb = |r: Range<usize>| sentence.han || r.into_iter().any(|i| is_verb(scan, i));
    let least = if sentence.han { LEAST_HAN } else { LEAST };
    let weak = |from: usize, to: usize| !has_verb(from..to) || to - from < least;
    if weak(from, to) {
        let next = (to + 1..range.end).find(|i| cut(*i, false)).unwrap_or(range.end);
        to = next.max(to);
        if weak(from, to) {
            from = range.start;
        }
    }
    // "In a ruling of March 18 that was published later, …": a circumstance takes in its clause.
    let open = match sentence.han {
        true => is_open_han(scan, from..to),
        false => {
            let dated = others.iter().chain([date]).find(|date| date.start == from);
            let head = dated.map_or(from, |date| date.end + usize::from(scan.is_comma(date.end)));
            scan.is(head, scan.classes().prep) && !states(scan, head..to)
        }
    };
    let next = |to: usize| (to + 1..range.end).find(|i| cut(*i, false)).unwrap_or(range.end);
    if open {
        // 宣布，因……，处以……: the reason stands before the deed.
        let reason = sentence.han && scan.is(to + 1, scan.classes().han_coverb);
        to = if reason { next(next(to)) } else { next(to) }.max(to);
    }
    trim(scan, from..to)
}

/// 在……的判决中, ……周五宣布: a circumstance, or the saying without what was said.
fn is_open_han(scan: &Scan<'_>, range: Range<usize>) -> bool {
    let c = scan.classes();
    let Some(last) = range.end.checked_sub(1) else { return false };
    let circumstance = scan.is(range.start, c.han_coverb) && scan.is(last, c.han_locative);
    let table = &scan.rules.lexicon.cues;
    let says = (1..4).filter_map(|back| range.end.checked_sub(back)).any(|at| {
        let hit = table.at(&scan.tokens, &scan.rules.vocabulary, at, range.end);
        hit.is_some_and(|(_, hit)| hit.range.end == range.end)
    });
    circumstance || says
}

/// Whether a verb stands outside the relative clauses of a range.
fn states(scan: &Scan<'_>, range: Range<usize>) -> bool {
    let mut relative = false;
    range.into_iter().any(|i| {
        relative = (relative || scan.is(i, scan.classes().relative)) && !scan.is_comma(i);
        !relative && is_finite_verb(scan, i) && !scan.letters(i).ends_with("ed")
    })
}

/// Whether a subject and its verb stand here, nothing set off between them: what follows a comma and
/// is closed by one only describes.
fn opens(scan: &Scan<'_>, from: usize, end: usize) -> bool {
    let c = scan.classes();
    let subject = [c.det, c.pronoun, c.possessive, c.sub].iter().any(|class| scan.is(from, *class))
        || scan.mention_over(from).is_some();
    subject
        && !scan.is(from, c.relative)
        && (from + 1..end.min(from + 9))
            .take_while(|i| !scan.is_comma(*i))
            .any(|i| is_finite_verb(scan, i))
}
