//! Speakers that stand behind a preposition: "according to X", "reported by X".

use std::ops::Range;

use super::attribution::{Context, Statement, trim};
use super::content::{Content, object};
use super::finite::is_finite_verb;
use super::noun::{self, NounPhrase};
use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::EntityKind;
use crate::rules::{Cue, Frame, Match, Ruled};

/// "was accused by X of P", "P was reported by X": a passive with its speaker behind "by".
pub(super) fn by_whom(
    cx: &Context<'_>,
    sentence: &Sentence,
    row: &Ruled<Cue>,
    hit: &Match,
) -> Vec<Statement> {
    let scan = cx.scan;
    let range = &sentence.tokens;
    let Some(by) = (hit.range.end..range.end.min(hit.range.end + 2)).find(|i| scan.says(*i, "by"))
    else {
        return Vec::new();
    };
    let Some(mut phrase) = noun::behind(scan, by + 1, range.end) else { return Vec::new() };
    if let Some(of) = phrase.tokens.clone().find(|i| scan.says(*i, "of") && *i > by + 1)
        && row.meaning.frames.contains(&Frame::Of)
    {
        phrase.tokens.end = of;
    }
    let end = phrase.tokens.end;
    let behind = if row.meaning.frames.contains(&Frame::Of) {
        object(cx, end.saturating_sub(1), range.end, &[Frame::Of])
    } else {
        scan.says(end, "that").then(|| Content::of(scan, end + 1..range.end)).flatten()
    };
    let mut aux = hit.range.start;
    while aux > range.start
        && (scan.is(aux - 1, scan.classes().aux) || scan.is(aux - 1, scan.classes().adverb))
    {
        aux -= 1;
    }
    let before = noun::before(scan, cx.quotes, aux, range.start);
    let subject = before.and_then(|phrase| Content::of(scan, phrase.tokens));
    let Some(content) = behind.or(subject) else { return Vec::new() };
    voice::of(scan, cx.coref, &phrase)
        .into_iter()
        .map(|speaker| Statement {
            speaker,
            source: Some(phrase.tokens.clone()),
            stance: row.meaning.stance,
            content: content.tokens.clone(),
            cue: hit.range.clone(),
            rule: row.id.clone(),
        })
        .collect()
}

/// "According to X, P." and "P, according to X."
pub(super) fn according(
    cx: &Context<'_>,
    sentence: &Sentence,
    row: &Ruled<Cue>,
    hit: &Match,
    found: &[Statement],
) -> Vec<Statement> {
    let scan = cx.scan;
    let range = &sentence.tokens;
    let opens = hit.range.start == range.start
        || hit.range.start == range.start + 1 && scan.is(range.start, scan.classes().conj);
    let end = (hit.range.end..range.end)
        .find(|i| scan.is_comma(*i) && !is_list_comma(scan, *i) || scan.is(*i, scan.classes().stop))
        .unwrap_or(range.end);
    let tokens = hit.range.end..end;
    if tokens.is_empty() {
        return Vec::new();
    }
    let beside = office_holder(scan, end);
    let content = if opens {
        let behind = beside.as_ref().map_or(end, |beside| beside.end);
        let from = (behind + 1).min(range.end);
        trim(scan, from..range.end)
    } else {
        // Behind a statement that has its own speaker it only names the channel.
        let phrase = NounPhrase { tokens: seen_off(scan, tokens.clone()), beside: None };
        let teller = voice::of(scan, cx.coref, &phrase)
            .iter()
            .any(|speaker| matches!(speaker, Speaker::Anonymous(..)));
        let told =
            |s: &&Statement| !(teller && matches!(s.stance, Stance::Announces | Stance::Demands));
        if found
            .iter()
            .filter(told)
            .any(|s| s.content.end + 2 >= hit.range.start && s.content.start < hit.range.start)
        {
            return Vec::new();
        }
        let last = found.iter().rfind(told);
        let from = last.map_or(range.start, |s| s.content.end.max(range.start));
        let mark = (from..hit.range.start)
            .rev()
            .find(|i| scan.letters(*i) == ";" && cx.quotes.around(*i).is_none());
        let from = mark.map_or(from, |i| i + 1);
        // "Orison, according to Veltrane, refused": it stands inside what is said.
        let open = !(from..hit.range.start).any(|i| is_finite_verb(scan, i));
        let until = if open && scan.is_comma(end) { range.end } else { hit.range.start };
        trim(scan, from..until)
    };
    if content.len() < 3 {
        return Vec::new();
    }
    let phrase = NounPhrase { tokens: seen_off(scan, tokens), beside };
    voice::of(scan, cx.coref, &phrase)
        .into_iter()
        .map(|speaker| Statement {
            speaker,
            source: Some(phrase.tokens.clone()),
            stance: row.meaning.stance,
            content: content.clone(),
            cue: hit.range.clone(),
            rule: row.id.clone(),
        })
        .collect()
}

/// "according to its finance chief, Ada Renholt": the person named behind an office.
fn office_holder(scan: &Scan<'_>, comma: usize) -> Option<Range<usize>> {
    let office = scan.is_comma(comma) && scan.is(comma.wrapping_sub(1), scan.classes().title);
    let person = scan.mention_over(comma + 1).filter(|_| office)?;
    let tokens = scan.tokens_of(person);
    (scan.kind(person.name) == EntityKind::Person).then_some(tokens)
}

/// "a letter seen by Reuters": the phrase is the letter.
fn seen_off(scan: &Scan<'_>, tokens: Range<usize>) -> Range<usize> {
    let cut = tokens.clone().find(|i| {
        matches!(
            scan.letters(*i),
            "seen" | "reviewed" | "obtained" | "viewed" | "heard" | "published" | "posted"
        ) && (scan.letters(*i + 1) == "by" || scan.is(*i + 1, scan.classes().prep))
    });
    tokens.start..cut.filter(|i| *i > tokens.start).unwrap_or(tokens.end)
}

/// A comma between two names of a list that goes on: "Reuters, AFP and AP".
fn is_list_comma(scan: &Scan<'_>, index: usize) -> bool {
    let Some(next) = scan.mention_over(index + 1) else { return false };
    let behind = scan.tokens_of(next).end;
    index > 0
        && scan.mention_over(index - 1).is_some()
        && (scan.is_comma(behind) || scan.is(behind, scan.classes().conj))
        && scan.mention_over(behind + 1).is_some()
}
