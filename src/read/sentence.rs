//! Where sentences begin and end.
//!
//! In: the tokens of one block. Out: ranges of tokens. A full stop after an abbreviation, an
//! initial or inside a number ends nothing; closing quotation marks and brackets belong to the
//! sentence they close; a mark inside a quotation that goes on in small letters ends nothing.

use std::ops::Range;

use crate::rules::{ClassId, Frame, Rules, Shape, Tokens};

/// Most tokens of a sentence; the longest in news have about 150.
const TOKENS_MAX: usize = 400;

/// Cuts the tokens of a block into sentences.
pub(super) fn split(
    body: &str,
    tokens: &Tokens,
    block: Range<usize>,
    rules: &Rules,
) -> Vec<Range<usize>> {
    let stop = rules.classes.stop;
    let is = |index: usize, class: ClassId| rules.vocabulary.is(tokens.at(index).word, class);
    let letters = |index: usize| tokens.at(index).span().of(body);
    let mut sentences = Vec::new();
    let mut from = block.start;
    let mut at = block.start;
    while at < block.end {
        if tokens.at(at).shape != Shape::Punct || !is(at, stop) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < block.end && (is(end, stop) || closes(letters(end), tokens.at(end).spaced)) {
            end += 1;
        }
        let ends = if letters(at) == "." {
            full_stop_ends(body, tokens, rules, at, end, block.end)
        } else {
            !goes_on(body, tokens, end, block.end, at)
                && !(end > at + 1
                    && (reports(tokens, rules, end, block.end)
                        || han_reports(body, tokens, rules, end, block.end)))
        };
        at = end;
        if ends {
            sentences.push(from..end);
            from = end;
        }
    }
    if from < block.end {
        sentences.push(from..block.end);
    }
    sentences.into_iter().flat_map(bounded).collect()
}

/// A text without full stops must not cost more than one with them: what is longer than any sentence
/// is read in pieces.
fn bounded(sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = sentence.end;
    sentence.step_by(TOKENS_MAX).map(move |from| from..end.min(from + TOKENS_MAX))
}

fn closes(mark: &str, spaced: bool) -> bool {
    matches!(mark, "”" | "’" | ")" | "）" | "」" | "』" | "]" | "》")
        || matches!(mark, "\"" | "''") && !spaced
        || mark == "'" && !spaced
}

/// After a question or exclamation mark inside a quotation the sentence may go on: “…?” he asked.
fn goes_on(body: &str, tokens: &Tokens, next: usize, end: usize, mark: usize) -> bool {
    next < end
        && (next > mark + 1 || tokens.at(mark).span().of(body) == "…")
        && tokens.at(next).shape == Shape::Lower
        && tokens.at(next - 1).span().of(body) != ")"
}

/// “…?” Ann Ruo asked: a short subject and a reporting word that can stand behind what is said.
fn reports(tokens: &Tokens, rules: &Rules, from: usize, end: usize) -> bool {
    let limit = end.min(from + 6);
    (from..limit).take_while(|i| !rules.vocabulary.is(tokens.at(*i).word, rules.classes.stop)).any(
        |i| {
            let hit = rules.lexicon.cues.at(tokens, &rules.vocabulary, i, end);
            hit.is_some_and(|(row, _)| row.meaning.frames.contains(&Frame::Inverted))
        },
    )
}

/// “……。”某某说。 A clause that ends in a reporting word, or goes on in a quotation.
fn han_reports(body: &str, tokens: &Tokens, rules: &Rules, from: usize, end: usize) -> bool {
    let letters = |index: usize| tokens.at(index).span().of(body);
    if tokens.at(from.wrapping_sub(1)).shape != Shape::Punct || letters(from - 1) == "》" {
        return false;
    }
    let limit = end.min(from + 40);
    let stop = (from..limit)
        .find(|i| {
            let mark = letters(*i);
            rules.vocabulary.is(tokens.at(*i).word, rules.classes.stop)
                || matches!(mark, "“" | "「" | "！" | "？")
        })
        .unwrap_or(limit);
    // 说。, 写道，“…”
    let mut to = stop;
    while to > from && matches!(letters(to - 1), "，" | "：" | "," | ":") {
        to -= 1;
    }
    (from..to).filter(|i| i + 4 >= to).any(|i| {
        let hit = rules.lexicon.cues.at(tokens, &rules.vocabulary, i, end);
        hit.is_some_and(|(row, hit)| {
            row.meaning.frames.contains(&Frame::Han) && hit.range.end == to
        })
    })
}

fn full_stop_ends(
    body: &str,
    tokens: &Tokens,
    rules: &Rules,
    at: usize,
    next: usize,
    end: usize,
) -> bool {
    if next >= end {
        return true;
    }
    let before = tokens.before(at);
    let after = tokens.at(next);
    let glued = !tokens.at(at).spaced;
    let word = before.span().of(body);
    // "U.S. firms", "Nos. 3": the stop belongs to the word unless a sentence plainly begins.
    let abbreviation = glued
        && (rules.vocabulary.is(before.word, rules.classes.abbreviation)
            || word.contains('.')
            || word.chars().count() == 1 && before.is_capital());
    if !after.spaced && next == at + 1 {
        // "example.com", "v2.x", or a sentence without a space after it.
        return after.is_capital()
            && before.is_wordlike()
            && word.chars().count() > 3
            && !word.contains('.');
    }
    let opens =
        matches!(after.span().of(body), "\"" | "''" | "``" | "“" | "(" | "‘" | "'" | "[" | "「")
            || after.is_capital()
            || matches!(after.shape, Shape::Number | Shape::Ordinal | Shape::Han);
    if abbreviation {
        let starter = rules.vocabulary.is(after.word, rules.classes.starter);
        return after.is_capital() && starter && word.chars().count() > 1;
    }
    opens || after.shape == Shape::Punct && next > at + 1 || {
        // A name in small letters ("xAI", "iPhone") is of mixed shape and opens; plain small
        // letters after a stop and a closing quotation mark continue the sentence.
        next == at + 1 && !glued
    }
}
