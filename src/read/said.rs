//! Where in a sentence the words are that a reporting word takes.
//!
//! In: a match with its subject. Out: the content: before a speaker, behind the word, around both, up
//! to where the article speaks again.

use std::ops::Range;

use super::attribution::{Context, Statement, trim};
use super::content::{Content, after, before, clause_end, object, opens_clause};
use super::finite::is_finite_verb;
use super::noun::NounPhrase;
use super::reporting::limit;
use super::scan::{Scan, Sentence};
use crate::rules::{Cue, Frame, Match, Ruled};

/// The content of a match, in the order of the constructions that are surest.
pub(super) fn content(
    cx: &Context<'_>,
    sentence: &Sentence,
    row: &Ruled<Cue>,
    hit: &Match,
    phrase: Option<&NounPhrase>,
    inverted: bool,
    later: &[Range<usize>],
) -> Option<Content> {
    let scan = cx.scan;
    let frames = &row.meaning.frames;
    let range = &sentence.tokens;
    let end = aside(cx, hit.range.end, limit(scan, range, hit, later));
    // "Which reported that Orison denied it": cut off by the next verb, nothing is said.
    let verb = |i: usize| is_finite_verb(scan, i) || scan.is_quote(i);
    if end < range.end && scan.says(hit.range.end, "that") && !(hit.range.end..end).any(verb) {
        return None;
    }
    // "wants its order withdrawn": a row may say itself where the content begins.
    if let Some(it) = scan.rules.lexicon.cues.capture(hit, "it") {
        let staff = it.clone().any(|i| scan.is(i, scan.classes().own_people));
        let to = clause_end(scan, hit.range.end, end).max(it.end);
        let found = Content::of(scan, it.start..to)?;
        return Some(Content { to_own_people: staff, ..found });
    }
    let subject = phrase.map(|p| p.tokens.start);
    // "P, as Ruo put it": the word belongs to the speaker.
    let subject = subject.map(|at| at - usize::from(at > range.start && scan.says(at - 1, "as")));
    let clause = frames.iter().any(|f| matches!(f, Frame::Clause | Frame::Listener));
    if inverted {
        let named = phrase.map_or(hit.range.end, |p| p.tokens.end);
        let on = goes_on(scan, named + 1) || scan.says(named + 1, "to");
        let behind = match phrase {
            Some(phrase) if !(scan.is_comma(named) && on) => phrase.end(),
            _ => named,
        };
        // "An excuse, scoffs Ruo: Orison knew."
        if scan.letters(behind) == ":" {
            return Content::of(scan, behind + 1..end);
        }
        // "What counts, says Ruo, is patience."
        if scan.is_comma(behind) && goes_on(scan, behind + 1) && !scan.is_quote(hit.range.start - 1)
        {
            return Content::of(scan, range.start..end);
        }
        return before(cx, range, hit.range.start).map(|found| resumed(cx, found, behind, end));
    }
    // “P,” X said to nobody in particular: a quotation right before the subject is what was said.
    let quoted = subject.is_some_and(|at| at > range.start && closes_quote(cx, at - 1));
    if clause
        && quoted
        && let Some(found) = before(cx, range, subject.unwrap_or(range.start))
    {
        return Some(resumed(cx, found, hit.range.end, end));
    }
    if clause
        && let Some(subject) = subject
        && let Some(found) = around(cx, range, subject, hit.range.end, end)
    {
        return Some(found);
    }
    // "claimed to have …": an infinitive right behind the verb is the content.
    if frames.contains(&Frame::Infinitive)
        && scan.says(hit.range.end, "to")
        && let Some(found) = object(cx, hit.range.end, end, &[Frame::Infinitive])
    {
        return Some(found);
    }
    if clause && let Some(found) = after(cx, hit.range.end, end, row.meaning.weak, frames) {
        return Some(found);
    }
    if clause
        && (!row.meaning.weak || scan.is(hit.range.end, scan.classes().stop))
        && let Some(subject) = subject
        && ends_report(scan, hit.range.end, range.end)
        && let Some(found) = before(cx, range, subject)
    {
        return Some(found);
    }
    object(cx, hit.range.end, end, frames)
}

/// "said P; Q": what follows the semicolon, where nobody else speaks in it.
pub(super) fn joined_on(
    scan: &Scan<'_>,
    said: usize,
    end: usize,
    later: &[Range<usize>],
) -> Option<Range<usize>> {
    let mark = (said..said + 2).find(|i| scan.letters(*i) == ";")?;
    let rest = trim(scan, mark + 1..end);
    let spoken = later.iter().any(|cue| cue.start >= mark);
    let clause = rest.clone().any(|i| is_finite_verb(scan, i));
    (!spoken && clause && rest.len() >= 4).then_some(rest)
}

/// "said that P and that Q": each clause that has a "that" of its own is a statement.
pub(super) fn apart(cx: &Context<'_>, statement: &Statement) -> Vec<Statement> {
    let scan = cx.scan;
    let content = statement.content.clone();
    let joint = |i: &usize| {
        matches!(scan.letters(*i), "and" | "but")
            && cx.quotes.around(*i).is_none()
            && opens_clause(scan, i + 1, content.end)
    };
    let mut from = content.start;
    let mut parts = Vec::new();
    for at in (content.start + 3..content.end).filter(joint) {
        parts.push(from..at);
        from = at + 2;
    }
    parts.push(from..content.end);
    let part =
        |content: Range<usize>| Statement { content: trim(scan, content), ..statement.clone() };
    parts.into_iter().map(part).collect()
}

/// Where the article speaks again: ", although it had …", ", but the court …", ";", outside quotations.
fn aside(cx: &Context<'_>, from: usize, end: usize) -> usize {
    let scan = cx.scan;
    (from + 3..end)
        .find(|i| {
            let next = i + 1;
            let turns = matches!(scan.letters(next), "but" | "although" | "though")
                && scan.is_comma(*i)
                && !scan.says(next + 1, "that")
                && (next + 1..end.min(next + 8)).any(|i| is_finite_verb(scan, i));
            (turns || scan.letters(*i) == ";") && cx.quotes.around(*i).is_none()
        })
        .unwrap_or(end)
}

/// Whether a closing quotation mark stands at a token or right before a comma there.
fn closes_quote(cx: &Context<'_>, at: usize) -> bool {
    let scan = cx.scan;
    let mark = if scan.is_comma(at) { at.wrapping_sub(1) } else { at };
    scan.is_quote(mark) && cx.quotes.around(mark.wrapping_sub(1)).is_some()
}

/// “P,” X said, “and Q”: what is said goes on behind the speaker.
fn resumed(cx: &Context<'_>, found: Content, behind: usize, end: usize) -> Content {
    let scan = cx.scan;
    // “P,” says the complaint, to get at Q: the sentence that the quotation began goes on.
    if scan.is_comma(behind) && scan.says(behind + 1, "to") && end > behind + 3 {
        let to = trim(scan, behind + 1..end).end;
        return Content { tokens: found.tokens.start..to, ..found };
    }
    if !scan.is_comma(behind) || !scan.is_quote(behind + 1) {
        return found;
    }
    match cx.quotes.around(behind + 2) {
        Some(quote) if quote.start == behind + 2 => {
            let to = trim(scan, quote.start..quote.end.min(end)).end;
            Content { tokens: found.tokens.start..to, ..found }
        }
        _ => found,
    }
}

/// "The fault, she wrote, was removed": speaker and word stand inside what is said.
fn around(
    cx: &Context<'_>,
    range: &Range<usize>,
    subject: usize,
    behind: usize,
    end: usize,
) -> Option<Content> {
    let scan = cx.scan;
    let head = range.start..subject.checked_sub(1)?;
    if head.is_empty() || !scan.is_comma(head.end) || !scan.is_comma(behind) {
        return None;
    }
    let next = behind + 1;
    let open = !head.clone().any(|i| is_finite_verb(scan, i))
        && (next..end.min(next + 16)).any(|i| is_finite_verb(scan, i));
    (goes_on(scan, next) || open).then(|| Content::of(scan, range.start..end)).flatten()
}

/// Whether the verb of a clause stands here that began before its speaker.
fn goes_on(scan: &Scan<'_>, next: usize) -> bool {
    let c = scan.classes();
    scan.is(next, c.aux)
        || scan.is(next, c.modal)
        || scan.is(next, c.verb) && !scan.letters(next).ends_with("ing")
}

/// Whether a report ends behind its verb: "…, the company said in a statement."
fn ends_report(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let c = scan.classes();
    at >= end
        || scan.is(at, c.stop)
        || scan.is_comma(at)
        || scan.is_quote(at)
        || scan.is(at, c.prep)
        || scan.letters(at) == "("
        || scan.is(at, c.weekday)
        || scan.is(at, c.conj)
        || scan.is(at, c.sub)
        || scan.is(at, c.adverb)
        || matches!(
            scan.letters(at),
            ";" | ":"
                | "-"
                | "–"
                | "—"
                | "yesterday"
                | "today"
                | "this"
                | "last"
                | "earlier"
                | "later"
        )
}
