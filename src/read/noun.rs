//! Noun phrases beside a verb: where the subject of a reporting word begins and ends.
//!
//! In: tokens and the place of a verb. Out: the phrase before it or, inverted, behind it, with the
//! apposition between commas ("Ada Renholt, Orison's chief executive, wrote"). A scanner, not a
//! grammar: it stops at verbs, clause words and marks, and lets names and prepositions pass.

use std::ops::Range;

use super::leading::{after_leading_phrase, after_time};
use super::quotes::Quotes;
use super::scan::Scan;
use crate::rules::Shape;

/// A phrase and what stands beside it between commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NounPhrase {
    pub tokens: Range<usize>,
    pub beside: Option<Range<usize>>,
}

impl NounPhrase {
    /// One past the last token, apposition included.
    pub(super) fn end(&self) -> usize {
        self.beside.as_ref().map_or(self.tokens.end, |beside| beside.end)
    }
}

/// Most tokens of an apposition.
const BESIDE_TOKENS_MAX: usize = 18;
/// Most tokens between a subject and its verb.
const ASIDE_TOKENS_MAX: usize = 44;

/// The subject that ends right before a verb, not reaching back beyond `floor`.
pub(super) fn before(
    scan: &Scan<'_>,
    quotes: &Quotes,
    verb: usize,
    floor: usize,
) -> Option<NounPhrase> {
    let mut to = verb;
    while to > floor && is_between(scan, to - 1) {
        to -= 1;
    }
    if to <= floor {
        return None;
    }
    let mut beside = None;
    let relative = scan.is(to - 1, scan.classes().relative) && to - 1 > floor;
    if relative {
        // "a notice that explains …": things that a text describes do not speak.
        if scan.says(to - 1, "that") {
            return None;
        }
        to -= 1;
        if scan.is_comma(to - 1) && to - 1 > floor {
            to -= 1;
        }
    }
    to = before_brackets(scan, to, floor);
    if relative && let Some(mention) = scan.mention_over(to - 1) {
        return Some(NounPhrase { tokens: scan.tokens_of(mention), beside: None });
    }
    if scan.is_comma(to - 1) {
        let comma = set_off(scan, quotes, to - 1, floor)?;
        beside = Some(comma + 1..to - 1);
        to = before_brackets(scan, comma, floor);
        // Two appositions: "Ada Renholt, 51, its chief information officer, said".
        if scan.at(to - 1).shape == Shape::Number && to >= floor + 3 && scan.is_comma(to - 2) {
            to -= 2;
        }
    }
    let from = begin(scan, quotes, to, floor)?;
    Some(NounPhrase { tokens: from..to, beside })
}

/// "Gwen Ashe (D-Wis.)": the phrase ends before the brackets.
fn before_brackets(scan: &Scan<'_>, to: usize, floor: usize) -> usize {
    if to <= floor + 2 || scan.letters(to - 1) != ")" {
        return to;
    }
    let earliest = to.saturating_sub(12).max(floor + 1);
    (earliest..to - 1).rev().find(|i| scan.letters(*i) == "(").unwrap_or(to)
}

/// The comma behind a subject whose appositions and relative clauses end at the comma `last`: the
/// earliest one that has a name or a noun for a speaker right before it.
fn set_off(scan: &Scan<'_>, quotes: &Quotes, last: usize, floor: usize) -> Option<usize> {
    let c = scan.classes();
    let earliest = last.saturating_sub(ASIDE_TOKENS_MAX).max(floor);
    let bound = (earliest..last)
        .rev()
        .find(|i| {
            scan.is_break(*i)
                || scan.is_quote(*i)
                || quotes.around(*i).is_some()
                || matches!(scan.letters(*i), ";" | ":" | "—" | "–")
        })
        .map_or(earliest, |i| i + 1);
    let nearest = (last.saturating_sub(BESIDE_TOKENS_MAX).max(floor)..last)
        .rev()
        .find(|i| scan.is_comma(*i) && *i > floor);
    let fits = |comma: usize| {
        let end = before_brackets(scan, comma, floor);
        let named = scan.mention_over(end - 1).is_some_and(|m| scan.kind(m.name).can_act());
        let noun = [c.human, c.spokes, c.company, c.authority, c.title, c.document]
            .iter()
            .any(|class| scan.is(end - 1, *class));
        let next = comma + 1;
        let opens = scan.is(next, c.det)
            || scan.is(next, c.possessive)
            || scan.is(next, c.relative)
            || scan.is(next, c.title)
            || scan.is(next, c.human)
            || scan.is(next, c.prep) && !scan.says(next, "to")
            || scan.is(next, c.adverb)
            || scan.at(next).shape == Shape::Number
            || scan.at(next).is_capital()
            || (next..next + 5)
                .take_while(|i| !scan.is_comma(*i))
                .any(|i| scan.is(i, c.title) || scan.is(i, c.human) || scan.is(i, c.company));
        // What stands between is no clause of its own: its verbs follow a relative word.
        let mut relative = false;
        let clause = (next..last).any(|i| {
            relative |= scan.is(i, c.relative);
            !relative
                && (scan.is(i, c.aux) || scan.is(i, c.modal))
                && scan.mention_over(i).is_none()
        });
        (named || noun) && opens && !clause
    };
    let first = (bound + 1..last).find(|i| scan.is_comma(*i) && fits(*i));
    first.or(nearest)
}

/// The subject that follows a verb: “…,” said X, the …
pub(super) fn behind(scan: &Scan<'_>, verb_end: usize, end: usize) -> Option<NounPhrase> {
    let c = scan.classes();
    let mut to = verb_end;
    while to < end {
        let covered = scan.mention_over(to).is_some();
        let stops = !covered
            && (scan.is_comma(to)
                || scan.is_quote(to)
                || scan.is(to, c.stop) && !scan.is_dotted(to)
                || scan.is(to, c.aux)
                || scan.is(to, c.modal)
                || scan.is(to, c.relative)
                || scan.is(to, c.sub) && !scan.is(to, c.prep)
                || scan.is(to, c.verb) && scan.letters(to).ends_with("ing") && to > verb_end
                || matches!(scan.letters(to), ";" | ":" | "(" | "-" | "–" | "—" | "to")
                || is_loose_prep(scan, to) && to > verb_end);
        if stops {
            break;
        }
        to += 1;
    }
    if to == verb_end {
        return None;
    }
    let mut comma = to;
    if scan.letters(to) == "(" {
        comma = (to..end.min(to + 12)).find(|i| scan.letters(*i) == ")").map_or(to, |i| i + 1);
    }
    let beside = scan.is_comma(comma).then(|| {
        let from = comma + 1;
        let until = (from..end.min(from + BESIDE_TOKENS_MAX))
            .find(|i| scan.is_comma(*i) || scan.is(*i, c.stop) || scan.is_quote(*i))
            .unwrap_or(end.min(from + BESIDE_TOKENS_MAX));
        from..until
    });
    Some(NounPhrase { tokens: verb_end..to, beside: beside.filter(|b| !b.is_empty()) })
}

/// Prepositions that begin a circumstance rather than continue a name.
fn is_loose_prep(scan: &Scan<'_>, index: usize) -> bool {
    matches!(
        scan.letters(index),
        "in" | "on"
            | "at"
            | "during"
            | "after"
            | "before"
            | "when"
            | "while"
            | "as"
            | "by"
            | "last"
            | "this"
            | "earlier"
            | "yesterday"
            | "today"
    )
}

/// Adverbs and auxiliaries between subject and verb.
fn is_between(scan: &Scan<'_>, index: usize) -> bool {
    if scan.mention_over(index).is_some() {
        return false;
    }
    let letters = scan.letters(index);
    scan.is(index, scan.classes().adverb)
        || scan.at(index).shape == Shape::Lower && letters.ends_with("ly") && letters.len() > 4
}

/// Walks back from the end of a phrase to its beginning.
fn begin(scan: &Scan<'_>, quotes: &Quotes, to: usize, floor: usize) -> Option<usize> {
    let c = scan.classes();
    let mut from = to;
    let mut last_and = None;
    while from > floor {
        let at = from - 1;
        if let Some(mention) = scan.mention_over(at) {
            from = scan.tokens.index_at(mention.span.start()).max(floor);
            continue;
        }
        if scan.is_dotted(at) {
            from = at;
            continue;
        }
        if quotes.around(at).is_some() && quotes.around(to.saturating_sub(1)) != quotes.around(at) {
            break;
        }
        let letters = scan.letters(at);
        if scan.is(at, c.conj) && !matches!(letters, "but" | "yet" | "nor") {
            // "…, and the company said": a new clause.
            if at > floor && scan.is_comma(at - 1) && last_and.is_none() {
                break;
            }
            last_and = Some(at + 1);
            from = at;
            continue;
        }
        let clause_word = matches!(
            letters,
            "but"
                | "yet"
                | "nor"
                | "that"
                | "because"
                | "after"
                | "before"
                | "until"
                | "once"
                | "although"
                | "though"
                | "while"
                | "when"
                | "if"
                | "whether"
                | "unless"
                | "whereas"
                | "which"
                | "who"
                | "what"
                | "how"
                | "why"
                | "where"
        );
        let mark = scan.is_comma(at)
            || scan.is_quote(at)
            || scan.is_break(at)
            || matches!(letters, ";" | ":" | "(" | ")" | "—" | "–" | "；" | "：" | "." | "?" | "!");
        // "On March 21, 2025 the court": the year belongs to the date.
        let year = scan.at(at).shape == Shape::Number && scan.is(from, c.article);
        if clause_word || mark || year {
            // A list of names before the last "and": "Alibaba, Tencent and Baidu said".
            let listed = scan.is_comma(at)
                && last_and.is_some()
                && at > floor
                && scan.mention_over(at - 1).is_some()
                && scan.mention_over(from).is_some();
            if listed {
                from = at;
                continue;
            }
            break;
        }
        // Right before the verb a verb-like word is a noun: "internal reviews found".
        let noun = at + 1 == to && !scan.is(at, c.aux) && !scan.is(at, c.modal);
        // "Engineers who work with it said": their clause belongs to them.
        if at >= floor + 2 && scan.is(at - 1, c.relative) && scan.is(at - 2, c.human) {
            from = at - 1;
            continue;
        }
        if !noun && is_finite(scan, at, floor) {
            // The "and" belonged to the clause before: "banned it and the company said".
            if let Some(start) = last_and {
                from = start;
            }
            break;
        }
        from = at;
    }
    let from = after_leading_phrase(scan, after_time(scan, from, to), to);
    (from < to).then_some(from)
}

/// A verb that ends the search: not a participle behind its noun ("a person briefed on it").
fn is_finite(scan: &Scan<'_>, at: usize, floor: usize) -> bool {
    let c = scan.classes();
    if scan.is(at, c.aux) || scan.is(at, c.modal) {
        return true;
    }
    let letters = scan.letters(at);
    let hyphened = scan.letters(at.wrapping_sub(1)) == "-" && !scan.at(at).spaced;
    if !scan.is(at, c.verb) || scan.at(at).shape != Shape::Lower || hyphened {
        return false;
    }
    let after_noun = at > floor && (scan.is(at - 1, c.human) || scan.is(at - 1, c.document));
    let participle = after_noun
        && (letters.ends_with("ed") || scan.is(at, c.sent) || matches!(letters, "close" | "known"))
        && scan.is(at + 1, c.prep);
    // Words that are verbs and nouns alike stand behind an article or an adjective as nouns.
    let noun = at > floor
        && (scan.is(at - 1, c.det)
            || scan.is(at - 1, c.possessive)
            || scan.says(at - 1, "'s")
            || scan.is(at - 1, c.prep))
        && !letters.ends_with("ed");
    !(participle || noun)
}
