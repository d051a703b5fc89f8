//! Whether a reporting word reports, and how far its report goes.
//!
//! In: a match of a cue row. Out: yes or no, and bounds. A word that is a noun, an infinitive, negated
//! or behind a modal reports nothing; a passive has no speaker before it.

use std::ops::Range;

use super::attribution::Context;
use super::finite::is_finite_verb;
use super::scan::Scan;
use crate::rules::{Cue, Frame, Match, Ruled, Shape};

/// Whether a match is used as a reporting verb: not a noun, not negated, not inside a quotation.
pub(super) fn is_reporting(cx: &Context<'_>, row: &Ruled<Cue>, hit: &Match) -> bool {
    let scan = cx.scan;
    let c = scan.classes();
    let at = hit.range.start;
    if scan.mention_over(at).is_some() {
        return false;
    }
    if cx.quotes.around(at).is_some_and(|q| q.len() > 3) {
        return false;
    }
    if row.meaning.frames.iter().any(|frame| matches!(frame, Frame::Prefix | Frame::Own)) {
        return true;
    }
    let letters = scan.letters(at);
    let base_or_s = !letters.ends_with("ed") && !letters.ends_with("ing");
    let previous = at.wrapping_sub(1);
    let noun = base_or_s
        && (scan.is(previous, c.article)
            || scan.is(previous, c.possessive)
            || scan.says(previous, "'s")
            || scan.letters(previous) == "’"
            || scan.is(previous, c.prep) && !matches!(scan.letters(previous), "to" | "than")
            || scan.is(previous, c.det)
                && !scan.is(previous, c.pronoun)
                && scan.letters(previous) != "that"
            || scan.is(at + 1, c.prep)
                && matches!(scan.letters(at + 1), "of" | "against")
                && scan.at(previous).shape == Shape::Lower
                && !scan.is(previous, c.adverb));
    // "the allegations said to …", "an unnamed", participles before a noun: "alleged breach".
    let participle = letters.ends_with("ed")
        && (scan.is(previous, c.article)
            || scan.is(previous, c.possessive)
            || scan.says(previous, "'s"));
    // "its own planning tool": an -ing form inside a noun phrase.
    let modifies = letters.ends_with("ing")
        && scan.at(previous).shape == Shape::Lower
        && ![c.adverb, c.aux, c.conj, c.prep, c.human, c.company, c.document, c.authority]
            .iter()
            .chain(&[c.pronoun, c.plural, c.title, c.spokes, c.sub])
            .any(|class| scan.is(previous, *class));
    // "to say", "of saying": no act of reporting.
    let infinitive = scan.letters(previous) == "to" && base_or_s;
    // "will confirm", "could deny": nothing has been said yet.
    let mut subject_end = at;
    while subject_end > 0
        && scan.is(subject_end - 1, c.adverb)
        && !scan.is(subject_end - 1, c.modal)
    {
        subject_end -= 1;
    }
    let unsaid = scan.is(subject_end.wrapping_sub(1), c.modal)
        || scan.says(subject_end.wrapping_sub(1), "or") && base_or_s;
    // "help Ruo claim", "its tax plan": a plain form needs a plural subject, a noun-like one a
    // subject that can speak.
    let subject = subject_end.wrapping_sub(1);
    let joint =
        (subject_end.saturating_sub(8)..subject_end.saturating_sub(1)).any(|i| scan.is(i, c.conj));
    let plural = scan.is(subject, c.plural)
        || scan.letters(subject).ends_with('s') && !scan.is(subject, c.it)
        || scan.letters(subject) == ")"
        || scan.is_comma(subject)
        || joint;
    // "She does concede that …": a plain form that its auxiliary carries.
    let carried = matches!(scan.letters(previous), "does" | "did" | "do");
    // "Analysts at Orison expect": what stands right before the verb belongs to them.
    let headed = (at.saturating_sub(8)..at)
        .rev()
        .take_while(|i| !scan.is_comma(*i) && !is_finite_verb(scan, *i) && !scan.is(*i, c.stop))
        .any(|i| scan.is(i, c.human) && scan.letters(i).ends_with('s') && scan.is(i + 1, c.prep));
    let bare = scan.is(at, c.base_verb) && !plural && !carried && !headed;
    let known = scan.mention_over(subject).is_some()
        || scan.is_comma(subject)
        || scan.is_quote(subject)
        || scan.is(subject, c.conj)
        || [c.pronoun, c.he, c.it, c.they, c.relative, c.human, c.company, c.authority, c.title]
            .iter()
            .chain(&[c.document, c.spokes, c.org_word, c.plural])
            .any(|class| scan.is(subject, *class));
    let noun = noun || scan.is(at, c.verb_noun) && !known;
    let negated = (1..=2).any(|back| {
        let i = at.wrapping_sub(back);
        scan.is(i, c.not) && (back == 1 || scan.is(at - 1, c.adverb))
    });
    !(noun || modifies || participle || infinitive || unsaid || bare || negated)
}

/// Where the content of a cue must end: before a later cue joined by "and" or "but".
pub(super) fn limit(
    scan: &Scan<'_>,
    range: &Range<usize>,
    hit: &Match,
    later: &[Range<usize>],
) -> usize {
    let c = scan.classes();
    later
        .iter()
        .filter(|cue| cue.start > hit.range.end)
        .find_map(|cue| {
            let at = skip_adverbs(scan, cue.start, hit.range.end);
            let previous = at.wrapping_sub(1);
            let joined = scan.is(previous, c.conj);
            let participle = scan.letters(cue.start).ends_with("ing") && scan.is_comma(previous);
            let prefix = scan.says(cue.start, "according");
            let in_relative = scan.is(hit.range.start.wrapping_sub(1), c.relative);
            match () {
                () if in_relative => Some(at),
                () if joined && previous > hit.range.end => {
                    let comma = previous.wrapping_sub(1);
                    Some(if scan.is_comma(comma) { comma } else { previous })
                }
                () if participle || prefix && scan.is_comma(previous) => Some(previous),
                () => None,
            }
        })
        .unwrap_or(range.end)
}

pub(super) fn skip_adverbs(scan: &Scan<'_>, from: usize, floor: usize) -> usize {
    let mut at = from;
    while at > floor
        && scan.is(at - 1, scan.classes().adverb)
        && scan.mention_over(at - 1).is_none()
    {
        at -= 1;
    }
    at
}

/// “P,” said X: the word follows the mark directly and a phrase follows the word.
pub(super) fn is_inverted(cx: &Context<'_>, row: &Cue, hit: &Range<usize>, floor: usize) -> bool {
    let scan = cx.scan;
    let c = scan.classes();
    let at = hit.start;
    if at <= floor || !row.frames.contains(&Frame::Inverted) {
        return false;
    }
    let letters = scan.letters(at);
    let quoted = scan.is_quote(at - 1) || scan.is_quote(at.saturating_sub(2));
    let mark = scan.is_quote(at - 1) || scan.is_comma(at - 1);
    let next = hit.end;
    let opens = scan.is(next, c.det)
        || scan.at(next).is_capital()
        || scan.is(next, c.possessive)
        || scan.is(next, c.title)
        || scan.is(next, c.human)
        || scan.mention_over(next).is_some()
        || quoted && scan.at(next).shape == Shape::Lower && !scan.is(next, c.prep);
    // "Ruo, its founder, said the tool was safe": a clause follows, not the speaker.
    let that = (next..next + 6)
        .take_while(|i| !scan.is_comma(*i) && !scan.is(*i, c.stop))
        .any(|i| scan.says(i, "that"));
    let clause = !quoted && that
        || !quoted
            && (next..next + 14)
                .take_while(|i| {
                    !scan.is_comma(*i)
                        && !scan.is(*i, c.stop)
                        && !scan.is(*i, c.relative)
                        && scan.letters(*i) != ":"
                })
                .any(|i| {
                    let past = scan.letters(i).ends_with("ed")
                        && scan.at(i).shape == Shape::Lower
                        && scan.mention_over(i.wrapping_sub(1)).is_some();
                    is_finite_verb(scan, i) || past
                });
    mark && opens && !clause && !letters.ends_with("ing")
}

/// "X was accused", "is said to": the subject does not speak.
pub(super) fn is_passive(scan: &Scan<'_>, at: usize, floor: usize) -> bool {
    let mut index = at;
    while index > floor {
        let letters = scan.letters(index - 1);
        if matches!(letters, "is" | "are" | "was" | "were" | "been" | "being" | "be") {
            return !scan.letters(at).ends_with("ing");
        }
        if !(scan.is(index - 1, scan.classes().adverb) || letters.ends_with("ly")) {
            return false;
        }
        index -= 1;
    }
    false
}
