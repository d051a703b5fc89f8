//! The clause that tells a dated happening: the words that are its evidence.
//!
//! What holds: the clause holds its date; what somebody said happened is told by what was said,
//! not by the saying.

use std::ops::Range;

use super::attribution::trim;
use super::content::is_finite_verb;
use super::scan::{Scan, Sentence};
use crate::model::text::Span;

/// Longest sentence that is taken whole, in tokens.
const WHOLE_MAX: usize = 34;
const WHOLE_HAN_MAX: usize = 60;
/// Shortest clause that stands alone, in tokens.
const LEAST: usize = 5;
const LEAST_HAN: usize = 8;
/// Tokens between a noun and the date of its participle: "a paper posted last week".
const PARTICIPLE_REACH: usize = 4;

/// The clause around a date. `others` are the other dates of the text, `contents` what somebody
/// is reported to have said.
pub(super) fn around(
    scan: &Scan<'_>,
    sentence: &Sentence,
    date: &Range<usize>,
    others: &[Range<usize>],
    contents: &[Span],
) -> Range<usize> {
    let whole = sentence.tokens.clone();
    let crowded = others.iter().any(|other| inside(other, &whole) && other != date);
    if !sentence.han
        && let Some(phrase) = participle(scan, &whole, date)
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
        .filter(|tokens| inside(date, tokens) && tokens.len() < sentence.len())
        .filter(|tokens| has_main_verb(scan, tokens.start..date.end + 3))
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

/// Whether a verb stands there that is no participle behind a comma.
fn has_main_verb(scan: &Scan<'_>, range: Range<usize>) -> bool {
    range.skip(1).any(|i| is_verb(scan, i) && !scan.is_comma(i - 1))
}

/// Whether a reporting verb stands within a few tokens before an index.
fn speaks(scan: &Scan<'_>, sentence: &Range<usize>, before: usize) -> bool {
    let table = &scan.rules.lexicon.cues;
    (before.saturating_sub(6).max(sentence.start)..=before)
        .any(|i| table.at(&scan.tokens, &scan.rules.vocabulary, i, sentence.end).is_some())
}

fn is_verb(scan: &Scan<'_>, index: usize) -> bool {
    is_finite_verb(scan, index) || scan.letters(index).ends_with("ed")
}

/// "DeepSeek's R1 model, released on January 20": a noun with its dated participle.
fn participle(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    date: &Range<usize>,
) -> Option<Range<usize>> {
    let c = scan.classes();
    let reach = date.start.saturating_sub(PARTICIPLE_REACH).max(sentence.start + 1);
    let at = (reach..date.start).rev().take_while(|i| !scan.is_comma(*i)).find(|i| {
        let letters = scan.letters(*i);
        letters.ends_with("ed") && scan.is(*i, c.verb)
            || matches!(
                letters,
                "dated"
                    | "posted"
                    | "sent"
                    | "held"
                    | "made"
                    | "published"
                    | "seen"
                    | "given"
                    | "written"
                    | "handed"
                    | "recognised"
                    | "recognized"
            )
    })?;
    let between = at + 1..date.start;
    if between.clone().any(|i| is_finite_verb(scan, i) || scan.at(i).is_capital()) {
        return None;
    }
    let comma = scan.is_comma(at - 1);
    let noun = if comma { at.checked_sub(2)? } else { at - 1 };
    let is_noun = noun >= sentence.start
        && scan.at(noun).is_wordlike()
        && ![c.aux, c.modal, c.adverb, c.pronoun, c.relative, c.conj, c.sub, c.prep, c.verb]
            .iter()
            .any(|class| scan.is(noun, *class));
    // A name before the verb is its subject: "Orison sued on Wednesday".
    let lower = scan.at(noun).shape == crate::rules::Shape::Lower || scan.at(noun).number.is_some();
    if !is_noun || !comma && !lower {
        return None;
    }
    let ends =
        date.end >= sentence.end || !scan.at(date.end).is_wordlike() || scan.is(date.end, c.prep);
    // The sentence has a verb of its own beside the participle.
    let main = (date.end..sentence.end)
        .chain(sentence.start..noun)
        .any(|i| i != at && is_finite_verb(scan, i));
    if !ends || !main || comma && !scan.is_comma(date.end) && date.end < sentence.end {
        return None;
    }
    let mut from = noun;
    while from > sentence.start && noun - from < 8 {
        let before = from - 1;
        let stops = !scan.at(before).is_wordlike()
            && !matches!(scan.letters(before), "'s" | "’s" | "-" | ".")
            || [c.prep, c.conj, c.aux, c.modal, c.relative, c.sub]
                .iter()
                .any(|class| scan.is(before, *class))
            || is_finite_verb(scan, before);
        if stops {
            break;
        }
        from = before;
    }
    // A text that opens the sentence goes on to speak: "The memo, sent on Monday, says …".
    let speaks = scan.letters(at) != "dated" && is_document(scan, noun);
    if speaks && from <= sentence.start + 2 {
        return None;
    }
    let range = trim(scan, from..date.end);
    (range.len() > date.len() + 1).then_some(range)
}

fn is_document(scan: &Scan<'_>, noun: usize) -> bool {
    let document = scan.classes().document;
    let vocabulary = &scan.rules.vocabulary;
    let singular = scan.letters(noun).strip_suffix('s');
    scan.is(noun, document)
        || singular.is_some_and(|word| vocabulary.is(vocabulary.find(word), document))
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
            || other_side
                && matches!(letters, "and" | "but")
                && is_finite_verb(scan, i + 1)
                && !others.iter().any(|other| other.contains(&(i + 1)))
    };
    let mut from = range.start;
    for i in (range.start..date.start).rev() {
        if cut(i, dated(range.start..i)) {
            from = i + 1;
            break;
        }
    }
    let mut to = range.end;
    for i in date.end..range.end {
        if cut(i, dated(i..range.end)) {
            to = i;
            break;
        }
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
    trim(scan, from..to)
}

/// Whether a subject and its verb stand here.
fn opens(scan: &Scan<'_>, from: usize, end: usize) -> bool {
    let c = scan.classes();
    let subject = [c.det, c.pronoun, c.possessive, c.sub].iter().any(|class| scan.is(from, *class))
        || scan.mention_over(from).is_some();
    subject && (from + 1..end.min(from + 9)).any(|i| is_finite_verb(scan, i))
}
