//! Statements without a reporting word: lines signed with a dash, lines of interviews, "X's answer:", what an
//! outlet thinks itself; and the dateline that nobody says.

use std::ops::Range;

use super::attribution::{Context, Statement, trim};
use super::coref::Wanted;
use super::interview::Line;
use super::noun::NounPhrase;
use super::papers::subject_text;
use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::claim::{Speaker, Stance};
use crate::model::rule::RuleId;
use crate::rules::{Cue, Match, Ruled, Shape};

/// "HARNVIK, March 3 (Farwire) - P": nobody says the place and the day.
pub(super) fn behind_dateline(scan: &Scan<'_>, range: &Range<usize>) -> Range<usize> {
    let opens = range.start == 0 || scan.is_break(range.start - 1);
    if !opens || scan.at(range.start).shape != Shape::Upper {
        return range.clone();
    }
    let dash = (range.start + 1..range.end.min(range.start + 14))
        .find(|i| matches!(scan.letters(*i), "-" | "–" | "—" | "--") && scan.at(*i).spaced);
    dash.map_or(range.start, |dash| dash + 1)..range.end
}

/// 某某社7月3日消息，本报讯（记者 某某）: the outlet that sends a report is no speaker of it.
pub(super) fn behind_han_dateline(scan: &Scan<'_>, range: &Range<usize>) -> Range<usize> {
    let end = range.end.min(range.start + 24);
    let sent = |i: usize| {
        matches!(scan.letters(i), "讯" | "电")
            || scan.letters(i) == "息" && scan.letters(i.saturating_sub(1)) == "消"
    };
    let mark = (range.start + 1..end).find(|i| {
        let comma = matches!(scan.letters(*i), "，" | ",") && sent(i - 1);
        let spaced = scan.at(*i).spaced && sent(i - 1) && scan.at(*i).is_wordlike();
        comma || spaced || matches!(scan.letters(*i), "（" | "(") && sent(i - 1)
    });
    let from = match mark {
        Some(open) if matches!(scan.letters(open), "（" | "(") => (open..end)
            .find(|i| matches!(scan.letters(*i), "）" | ")"))
            .map_or(range.start, |close| close + 1),
        Some(word) if scan.at(word).is_wordlike() => word,
        Some(comma) => comma + 1,
        None => range.start,
    };
    from..range.end
}

/// “P.” — Ann Ruo, of Harnvik: a quotation with its name behind a dash.
pub(super) fn signed(cx: &Context<'_>, sentence: &Sentence) -> Option<Statement> {
    let scan = cx.scan;
    let range = sentence.tokens.clone();
    let dash = range.clone().find(|i| {
        matches!(scan.letters(*i), "—" | "–" | "―" | "-" | "--")
            && scan.is_quote(i.wrapping_sub(1))
            && scan.at(*i).spaced
    })?;
    let quote = cx.quotes.around(dash.saturating_sub(2))?;
    let mention = scan.mention_over(dash + 1).filter(|m| scan.kind(m.name).can_act())?;
    let tokens = scan.tokens_of(mention);
    (tokens.start == dash + 1 && range.end <= tokens.end + 14).then(|| Statement {
        speaker: voice::named(scan, mention.name),
        source: Some(tokens.clone()),
        stance: Stance::Asserts,
        content: trim(scan, quote.start..quote.end),
        cue: dash..dash + 1,
        rule: RuleId::new("construction", "signed"),
    })
}

/// Ann Ruo: P. The sentences of an answer.
pub(super) fn answered(cx: &Context<'_>, sentence: &Sentence, line: Line) -> Option<Statement> {
    let scan = cx.scan;
    let Line::Answered(speaker, label) = line else { return None };
    let range = sentence.tokens.clone();
    let opens = range.start == 0 || scan.is_break(range.start - 1);
    let named = range.start..range.start + label.saturating_sub(1);
    let content = trim(scan, if opens { range.start + label..range.end } else { range.clone() });
    let mark = named.end..named.end + 1;
    (content.len() >= 3).then(|| Statement {
        speaker,
        source: opens.then_some(named),
        stance: Stance::Asserts,
        content,
        cue: if opens { mark } else { range.start..range.start },
        rule: RuleId::new("construction", "labelled"),
    })
}

/// Fewest tokens that say something.
const TOKENS_MIN: usize = 3;

/// What a phrase says that is no verb: of `who`, else of the outlet itself.
pub(super) fn stated(
    cx: &Context<'_>,
    sentence: &Sentence,
    row: &Ruled<Cue>,
    hit: &Match,
) -> Vec<Statement> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.cues;
    let range = &sentence.tokens;
    let who = table.capture(hit, "who");
    let speakers = match &who {
        Some(who) => holders(cx, who),
        None => vec![Speaker::Here],
    };
    let (at, end) = (hit.range.start, hit.range.end);
    let opens = at <= range.start + 1;
    let inserted = !opens && scan.is_comma(at - 1) && scan.is_comma(end);
    let ends = scan.is(end, scan.classes().stop) || end + 1 >= range.end;
    let content = match table.capture(hit, "it") {
        Some(it) => it.start..range.end,
        None if inserted || ends && !opens => range.clone(),
        None => end..range.end,
    };
    // What a semicolon parts off is said by nobody named.
    let mark = |i: &usize| scan.letters(*i) == ";" && cx.quotes.around(*i).is_none();
    let from =
        (content.start..at.max(content.start)).rev().find(mark).map_or(content.start, |i| i + 1);
    let to = (end.max(content.start)..content.end).find(mark).unwrap_or(content.end);
    let content = trim(scan, from..if ends && !opens { at } else { to });
    if content.len() < TOKENS_MIN {
        return Vec::new();
    }
    let made = |speaker| Statement {
        speaker,
        source: who.clone(),
        stance: row.meaning.stance,
        content: content.clone(),
        cue: hit.range.clone(),
        rule: row.id.clone(),
    };
    speakers.into_iter().map(made).collect()
}

/// Whom a phrase or a possessive names: "Orison's", "its", "the complaint".
fn holders(cx: &Context<'_>, who: &Range<usize>) -> Vec<Speaker> {
    let scan = cx.scan;
    let first = who.start;
    if who.len() == 1 && scan.is(first, scan.classes().possessive) {
        if matches!(scan.letters(first).to_lowercase().as_str(), "his" | "her") {
            let person = cx.coref.nearest(scan, Wanted::Person, first);
            return person.map(Speaker::Named).into_iter().collect();
        }
        if let Some(text) = subject_text(scan, first) {
            return vec![Speaker::Document(scan.span(text), None)];
        }
        let house = cx.coref.nearest(scan, Wanted::House, first);
        return house.map(|name| voice::named(scan, name)).into_iter().collect();
    }
    let owned = who.clone().find(|i| scan.says(*i, "'s")).unwrap_or(who.end);
    voice::of(scan, cx.coref, &NounPhrase { tokens: first..owned, beside: None })
}
