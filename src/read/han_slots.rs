//! Names in Chinese text that no sign stands in: what a text lets speak, sets off, or writes by its
//! sounds, again and again.
//!
//! In: the sentences and their reporting words. Out: candidates. What holds: ordinary nouns that speak
//! (公司, 专家, 法院) are rows of `nouns/` and no names; a word that stands once is a name only where its
//! characters are those of foreign names.

use std::ops::Range;

use super::candidates::Candidate;
use super::han_grams::Grams;
use super::han_names::Signs;
use super::han_sounds::run_at;
use super::scan::{Scan, Sentence};
use crate::model::entity::EntityKind;
use crate::rules::{Frame, Shape, Side};

/// Most tokens between a subject and its reporting word.
const SUBJECT_GAP_TOKENS_MAX: usize = 10;
/// Longest quoted name in characters.
const QUOTED_CHARS_MAX: usize = 6;

/// Finds names by the places they stand in.
pub(super) fn find(
    scan: &Scan<'_>,
    grams: &Grams,
    sentence: &Sentence,
    signs: &Signs,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    let cues = speech(scan, sentence);
    for start in clause_starts(scan, sentence) {
        let from = behind_small(scan, start, sentence.tokens.end);
        let speaks = cues.iter().find(|cue| {
            cue.start > from
                && cue.start <= from + SUBJECT_GAP_TOKENS_MAX + QUOTED_CHARS_MAX
                && !(from..cue.start).any(|i| ends_clause(scan, i))
        });
        if let Some(cue) = speaks
            && let Some(tokens) = word_at(scan, grams, signs, from, cue.start)
            && stands_by(scan, &tokens, cue.start)
        {
            found.push(subject(scan, tokens, cue, sentence));
        }
    }
    for (range, kind, sides) in signs.all() {
        if sides.contains(&Side::Before)
            && !sides.contains(&Side::Suffix)
            && matches!(kind, EntityKind::Organization | EntityKind::Person)
            && let Some(tokens) = word_at(scan, grams, signs, range.end, sentence.tokens.end)
        {
            let points = if *kind == EntityKind::Person { 7 } else { 5 };
            found.push(Candidate::of_sign(scan, tokens, *kind, points));
        }
    }
    found.extend(quoted(scan, sentence, signs));
    found.extend(sounded(scan, sentence));
    found
}

/// Whether a word stands close enough to what it is the subject of; one written by its sounds may
/// stand farther away.
fn stands_by(scan: &Scan<'_>, word: &Range<usize>, cue: usize) -> bool {
    let c = scan.classes();
    let nouns = &scan.rules.lexicon.nouns;
    let followed = nouns.at(&scan.tokens, &scan.rules.vocabulary, word.end, cue).is_some();
    let led = scan.is(word.end, c.han_coverb) || scan.letters(word.end) == "的" || followed;
    let sounds = run_at(scan, word.start, word.end).is_some_and(|run| run == *word);
    sounds || led || cue.saturating_sub(word.end) <= 4
}

/// Reporting words of a sentence.
fn speech(scan: &Scan<'_>, sentence: &Sentence) -> Vec<Range<usize>> {
    let (tokens, vocabulary) = (&scan.tokens, &scan.rules.vocabulary);
    let range = sentence.tokens.clone();
    let cues = scan.rules.lexicon.cues.all(tokens, vocabulary, range.clone()).into_iter();
    let cues = cues
        .filter(|(row, hit)| {
            // 金额未予披露: nobody speaks.
            let before = hit.range.start.wrapping_sub(1);
            row.meaning.frames.contains(&Frame::Han)
                && !scan.is(before, scan.classes().han_not)
                && !matches!(scan.letters(before), "予" | "被" | "的")
        })
        .map(|(_, hit)| hit.range);
    let silences = scan.rules.lexicon.silences.all(tokens, vocabulary, range).into_iter();
    cues.chain(silences.map(|(_, hit)| hit.range)).collect()
}

fn ends_clause(scan: &Scan<'_>, at: usize) -> bool {
    let c = scan.classes();
    scan.is(at, c.han_clause) || scan.is_quote(at) || scan.is(at, c.stop)
}

fn clause_starts(scan: &Scan<'_>, sentence: &Sentence) -> Vec<usize> {
    let range = sentence.tokens.clone();
    let c = scan.classes();
    let marks = range.clone().filter(|i| {
        // “P。”X说: a quotation that ends like a sentence.
        let before = i.wrapping_sub(1);
        let said = scan.is_quote(*i) && (scan.is(before, c.stop) || scan.is(before, c.han_clause));
        scan.is(*i, c.han_clause) || said || matches!(scan.letters(*i), "》" | "）" | ")")
    });
    std::iter::once(range.start).chain(marks.map(|i| i + 1)).collect()
}

/// 但X, 而X: small characters before a subject.
fn behind_small(scan: &Scan<'_>, from: usize, end: usize) -> usize {
    let c = scan.classes();
    let (tokens, vocabulary) = (&scan.tokens, &scan.rules.vocabulary);
    let small = |i: &usize| {
        let word = scan.rules.lexicon.nouns.at(tokens, vocabulary, *i, end).is_some();
        !word && (scan.is(*i, c.han_edge) || scan.is(*i, c.han_adverb))
    };
    (from..end.min(from + 2)).take_while(small).count() + from
}

/// The word at a token that is counted often or written by its sounds, and no ordinary one.
fn word_at(
    scan: &Scan<'_>,
    grams: &Grams,
    signs: &Signs,
    from: usize,
    end: usize,
) -> Option<Range<usize>> {
    let c = scan.classes();
    let (tokens, vocabulary) = (&scan.tokens, &scan.rules.vocabulary);
    let lexicon = &scan.rules.lexicon;
    if let Some(sounds) = run_at(scan, from, end)
        && sounds.len() >= 2
    {
        return Some(sounds);
    }
    let closes = |i: usize| {
        scan.at(i).shape != Shape::Han
            || scan.is(i, c.han_edge)
            || scan.is(i, c.han_adverb) && i > from
            || scan.mention_over(i).is_some()
            || signs.starts_at(i)
            || lexicon.nouns.at(tokens, vocabulary, i, end).is_some()
            || lexicon.cues.at(tokens, vocabulary, i, end).is_some()
            || lexicon.predicates.at(tokens, vocabulary, i, end).is_some()
            || lexicon.silences.at(tokens, vocabulary, i, end).is_some()
            || lexicon.dates.at(tokens, vocabulary, i, end).is_some()
    };
    let limit = (from..end).find(|i| closes(*i)).unwrap_or(end);
    grams.forward(scan, from, limit)
}

fn subject(
    scan: &Scan<'_>,
    tokens: Range<usize>,
    cue: &Range<usize>,
    sentence: &Sentence,
) -> Candidate {
    // 林德斐说，她……: the next clause takes up a person.
    let next = cue.end + 1;
    let person = next < sentence.tokens.end
        && scan.is(cue.end, scan.classes().han_clause)
        && matches!(scan.letters(next), "他" | "她");
    let kind = if person { EntityKind::Person } else { EntityKind::Organization };
    Candidate::of_sign(scan, tokens, kind, if person { 5 } else { 2 })
}

/// “鹪光”模型, 消费者团体“明线”: a name in quotation marks beside a sign.
fn quoted(scan: &Scan<'_>, sentence: &Sentence, signs: &Signs) -> Vec<Candidate> {
    let range = sentence.tokens.clone();
    let mut found = Vec::new();
    for open in range.clone().filter(|i| matches!(scan.letters(*i), "“" | "「" | "《")) {
        let from = open + 1;
        let limit = range.end.min(from + QUOTED_CHARS_MAX + 1);
        let Some(close) = (from..limit).find(|i| matches!(scan.letters(*i), "”" | "」" | "》"))
        else {
            continue;
        };
        let inside = from..close;
        let plain = inside.clone().all(|i| scan.at(i).shape == Shape::Han)
            && inside.clone().all(|i| scan.mention_over(i).is_none());
        let (tokens, vocabulary) = (&scan.tokens, &scan.rules.vocabulary);
        let deed = scan.rules.lexicon.predicates.at(tokens, vocabulary, from, close + 1).is_some();
        if !plain || deed || inside.len() < 2 {
            continue;
        }
        for kind in signs.beside(&(open..close + 1)) {
            let named = matches!(kind, EntityKind::Product | EntityKind::Organization);
            if named {
                found.push(Candidate::of_sign(scan, inside.clone(), kind, 5));
            }
        }
    }
    found
}

/// Runs of at least three sounds.
fn sounded(scan: &Scan<'_>, sentence: &Sentence) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let Some(run) = run_at(scan, at, sentence.tokens.end) else {
            at += 1;
            continue;
        };
        at = run.end;
        let sure = run.clone().filter(|i| scan.is(*i, scan.classes().han_sound)).count();
        let dotted = matches!(scan.letters(run.start.wrapping_sub(1)), "·" | "•")
            || matches!(scan.letters(run.end), "·" | "•");
        if run.len() >= 3 && sure * 3 >= run.len() * 2 && !dotted {
            found.push(Candidate::new(scan, run, false));
        }
    }
    found
}
