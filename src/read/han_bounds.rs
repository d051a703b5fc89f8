//! Where what somebody says may begin in Chinese, and where it ends.
//!
//! In: the tokens around a reporting word. Out: whether the word can report there, where the next clause
//! has a subject of its own. What holds: a word that is also a noun needs a mark behind it.

use std::ops::Range;

use super::attribution::Context;
use super::scan::Scan;
use crate::rules::NounMeaning;

/// Whether a document stands right before a token, but for small words.
pub(super) fn paper_before(cx: &Context<'_>, at: usize) -> bool {
    let scan = cx.scan;
    let back = |i: &usize| !scan.is(*i, scan.classes().han_clause);
    let from = (at.saturating_sub(10)..at).rev().take_while(back).last().unwrap_or(at);
    let nouns = scan.rules.lexicon.nouns.all(&scan.tokens, &scan.rules.vocabulary, from..at);
    let last = nouns.last();
    last.is_some_and(|(row, hit)| row.meaning == NounMeaning::Document && hit.range.end + 4 >= at)
}

/// Whether what somebody says may begin at a token: a comma, a colon, a quotation, 说, 称, 道.
pub(super) fn opens_speech(scan: &Scan<'_>, at: usize) -> bool {
    let mark = matches!(scan.letters(at), "，" | "," | "：" | ":");
    mark || scan.is_quote(at) || matches!(scan.letters(at), "说" | "称" | "道")
}

/// 要求P，法院……: the mark before a clause with a subject of its own.
pub(super) fn next_subject(scan: &Scan<'_>, content: Range<usize>) -> Option<usize> {
    let nouns = &scan.rules.lexicon.nouns;
    let court = |at: usize| {
        let noun = nouns.at(&scan.tokens, &scan.rules.vocabulary, at, content.end);
        noun.is_some_and(|(row, _)| row.meaning == NounMeaning::Court)
    };
    let acts =
        |at: usize| scan.mention_over(at).is_some_and(|mention| scan.kind(mention.name).can_act());
    content.clone().skip(2).find(|at| scan.is_comma(*at) && (acts(at + 1) || court(at + 1)))
}

/// 援引某人的话报道，P: where the words for who speaks end.
pub(super) fn before_report(scan: &Scan<'_>, from: usize, to: usize) -> usize {
    let ends = |to: usize| {
        let last = (scan.letters(to.wrapping_sub(2)), scan.letters(to.wrapping_sub(1)));
        matches!(last, ("报", "道") | ("的", "话") | ("消", "息")) && to > from + 4
    };
    let mut to = to;
    while ends(to) {
        to -= 2;
    }
    to
}

/// Whether a word that reports or refuses stands at a token, behind small ones.
pub(super) fn speaks_at(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let c = scan.classes();
    let skipped = (at..end.min(at + 3)).take_while(|i| scan.is(*i, c.han_adverb)).count();
    let at = at + skipped;
    let (tokens, vocabulary) = (&scan.tokens, &scan.rules.vocabulary);
    cue_at(scan, at, end) || scan.rules.lexicon.silences.at(tokens, vocabulary, at, end).is_some()
}

/// Whether a word that reports stands at a token.
pub(super) fn cue_at(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    scan.rules.lexicon.cues.at(&scan.tokens, &scan.rules.vocabulary, at, end).is_some()
}
