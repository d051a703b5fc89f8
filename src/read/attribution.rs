//! Who said what, in English: from a reporting word to speaker and content.
//!
//! In: a sentence with its cues. Out: statements with the verbatim span of what is said. The
//! constructions are those of the PARC scheme (source, cue, content): direct, indirect and mixed
//! speech, before and behind, inverted, joint, with a listener, with an object, with an infinitive.

use std::ops::Range;

use super::coref::Coref;
use super::court;
use super::finite::is_finite_verb;
use super::interview::Interview;
use super::labels::{behind_dateline, signed, stated};
use super::noun::{self, NounPhrase};
use super::quotes::Quotes;
use super::reporting::{is_inverted, is_passive, is_reporting, skip_adverbs};
use super::said::{apart, content, joined_on};
use super::scan::{Scan, Sentence};
use super::source::{according, by_whom};
use super::{via, voice};
use crate::model::claim::{Speaker, Stance, Via};
use crate::model::rule::RuleId;
use crate::rules::{Cue, Frame, Match, Ruled, Shape};

/// A statement before stance and channel are settled.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub speaker: Speaker,
    /// The words that name the speaker.
    pub source: Option<Range<usize>>,
    pub stance: Stance,
    pub content: Range<usize>,
    pub cue: Range<usize>,
    pub rule: RuleId,
}

/// What the reading of one sentence needs to know of the text around it.
pub(super) struct Context<'a> {
    pub scan: &'a Scan<'a>,
    pub coref: &'a Coref,
    pub quotes: &'a Quotes,
    pub interview: &'a Interview,
}

/// Finds the statements of an English sentence; `taken` are ranges other rules have understood.
pub(super) fn find(
    cx: &Context<'_>,
    sentence: &Sentence,
    taken: &[Range<usize>],
) -> Vec<Statement> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.cues;
    let range = behind_dateline(scan, &sentence.tokens);
    let sentence = &Sentence { tokens: range.clone(), ..sentence.clone() };
    // A question, or an item that begins with "whether", reports nothing by itself.
    let last = range.end.saturating_sub(1);
    let asks = scan.letters(last) == "?" && cx.quotes.around(last).is_none();
    if asks || scan.says(range.start, "whether") {
        return Vec::new();
    }
    let hits: Vec<(&Ruled<Cue>, Match)> = table
        .all(&scan.tokens, &scan.rules.vocabulary, range)
        .into_iter()
        .filter(|(row, hit)| {
            let overlaps = taken.iter().any(|t| t.start < hit.range.end && hit.range.start < t.end);
            !overlaps && is_reporting(cx, row, hit)
        })
        .collect();
    let later: Vec<Range<usize>> = hits.iter().map(|(_, hit)| hit.range.clone()).collect();
    let mut found: Vec<Statement> = Vec::new();
    for (row, hit) in &hits {
        if row.meaning.frames.contains(&Frame::Han)
            || row.meaning.frames.contains(&Frame::HanPrefix)
        {
            continue;
        }
        let statements = if row.meaning.frames.contains(&Frame::Own) {
            stated(cx, sentence, row, hit)
        } else if row.meaning.frames.contains(&Frame::Prefix) {
            according(cx, sentence, row, hit, &found)
        } else {
            verb(cx, sentence, row, hit, &later, &found)
        };
        // What somebody unnamed tells of another's order is their claim, not the other's.
        for teller in &statements {
            if matches!(teller.speaker, Speaker::Anonymous(..)) {
                found.retain(|inner| {
                    let inside = teller.content.contains(&inner.cue.start);
                    !(inside && matches!(inner.stance, Stance::Announces | Stance::Demands))
                });
            }
        }
        found.extend(statements);
    }
    // "Orison said that nothing suggests it": what an outlet thinks stands in nobody's words.
    let said: Vec<Range<usize>> = found
        .iter()
        .filter(|it| it.speaker != Speaker::Here)
        .map(|it| it.content.clone())
        .collect();
    found.retain(|it| {
        it.speaker != Speaker::Here || !said.iter().any(|words| words.contains(&it.content.start))
    });
    if found.is_empty() {
        found.extend(signed(cx, sentence));
    }
    let passed_on: Vec<bool> =
        found.iter().map(|it| passes_on(scan, sentence, it, &found)).collect();
    let mut passed_on = passed_on.into_iter();
    found.retain(|_| passed_on.next() != Some(true));
    found
}

/// "Farwire reported that the board had said": an outlet that says what another says is the channel of it.
fn passes_on(scan: &Scan<'_>, sentence: &Sentence, outer: &Statement, found: &[Statement]) -> bool {
    let Speaker::Outlet(outlet) = outer.speaker else { return false };
    let carried = |inner: &Statement| {
        let via = via::find(scan, &sentence.tokens, &inner.content, inner.speaker);
        via.contains(&Via::Name(outlet))
    };
    let opens = |source: &Range<usize>| {
        (outer.content.start..outer.content.start + 2).contains(&source.start)
    };
    outer.stance == Stance::Asserts
        && found.iter().any(|inner| {
            outer.content.contains(&inner.cue.start)
                && inner.source.as_ref().is_some_and(opens)
                && carried(inner)
        })
}

/// A reporting verb with its subject.
fn verb(
    cx: &Context<'_>,
    sentence: &Sentence,
    row: &Ruled<Cue>,
    hit: &Match,
    later: &[Range<usize>],
    found: &[Statement],
) -> Vec<Statement> {
    let scan = cx.scan;
    let range = &sentence.tokens;
    let at = hit.range.start;
    let letters = scan.letters(at);
    let previous = at.wrapping_sub(1);
    let participle = letters.ends_with("ing")
        && (at == range.start || scan.is_comma(previous) || scan.is(previous, scan.classes().conj));
    let shared = scan.is(skip_adverbs(scan, at, range.start).wrapping_sub(1), scan.classes().conj)
        && at > range.start;
    let direct = noun::before(scan, cx.quotes, at, range.start);
    let inverted = is_inverted(cx, &row.meaning, &hit.range, range.start);
    // "the filing quotes Ruo as saying": the person quoted speaks.
    let quoted = scan.says(previous, "as").then(|| previous.checked_sub(1)).flatten();
    let quoted = quoted.and_then(|i| scan.mention_over(i)).map(|m| scan.tokens_of(m));
    let (phrase, speakers) = if let Some(tokens) = quoted {
        let phrase = NounPhrase { tokens, beside: None };
        let speakers = voice::of(scan, cx.coref, &phrase);
        (Some(phrase), speakers)
    } else if participle || shared {
        match found.last() {
            Some(last) => {
                let same = found.iter().filter(|s| s.cue == last.cue).map(|s| s.speaker).collect();
                (None, same)
            }
            None => match main_subject(cx, range, at) {
                Some(phrase) => {
                    let speakers = voice::of(scan, cx.coref, &phrase);
                    (Some(phrase), speakers)
                }
                None => (None, Vec::new()),
            },
        }
    } else if inverted {
        match noun::behind(scan, hit.range.end, range.end) {
            Some(phrase) => {
                let speakers = voice::of(scan, cx.coref, &phrase);
                (Some(phrase), speakers)
            }
            None => (None, Vec::new()),
        }
    } else {
        match direct {
            Some(phrase) => {
                let speakers = voice::of(scan, cx.coref, &phrase);
                (Some(phrase), speakers)
            }
            None => (None, Vec::new()),
        }
    };
    // "A user who claimed … alleged …": the relative clause and the sentence share their subject.
    let speakers = match found.last() {
        Some(last)
            if scan.is(last.cue.start.wrapping_sub(1), scan.classes().relative)
                && (speakers.is_empty()
                    || phrase.as_ref().is_some_and(|p| is_within(scan, last, p))) =>
        {
            vec![last.speaker]
        }
        _ => speakers,
    };
    if is_passive(scan, at, range.start) {
        return by_whom(cx, sentence, row, hit);
    }
    // "Ruo said she expected": the pronoun at the head of what is said is the speaker.
    let speakers = match (&phrase, found.last()) {
        (Some(phrase), Some(last))
            if phrase.tokens.len() == 1
                && is_pronoun(scan, phrase.tokens.start)
                && (last.content.start..last.content.start + 2).contains(&phrase.tokens.start) =>
        {
            found.iter().filter(|s| s.cue == last.cue).map(|s| s.speaker).collect()
        }
        _ => speakers,
    };
    if speakers.is_empty() {
        return Vec::new();
    }
    let Some(content) = content(cx, sentence, row, hit, phrase.as_ref(), inverted, later) else {
        return Vec::new();
    };
    if row.meaning.judicial && !speakers.iter().any(|speaker| court::judges(cx, *speaker)) {
        return Vec::new();
    }
    let stance = match court::stance(cx, &row.meaning, &speakers) {
        // An order to one's own people makes an own decision known.
        Stance::Demands | Stance::Asserts if content.to_own_people => Stance::Announces,
        Stance::Asserts if content.ordered => Stance::Demands,
        stance => stance,
    };
    let source = phrase.map(|p| p.tokens).or_else(|| found.last().and_then(|s| s.source.clone()));
    let said = content.tokens.end.max(hit.range.end);
    let more = joined_on(scan, said, range.end, later);
    let mut statements: Vec<Statement> = speakers
        .iter()
        .map(|speaker| Statement {
            speaker: *speaker,
            source: source.clone(),
            stance,
            content: content.tokens.clone(),
            cue: hit.range.clone(),
            rule: row.id.clone(),
        })
        .collect();
    if let (Some(more), Some(first)) = (more, statements.first().cloned()) {
        statements.push(Statement { content: more, ..first });
    }
    statements.iter().flat_map(|statement| apart(cx, statement)).collect()
}

/// Whether a phrase is part of what a subject before its verb says, behind a verb of it.
fn is_within(scan: &Scan<'_>, said: &Statement, phrase: &NounPhrase) -> bool {
    let led = said.source.as_ref().is_some_and(|source| source.end <= said.cue.start);
    let verb = |i: usize| scan.says(i, "to") || is_finite_verb(scan, i);
    led && said.content.contains(&phrase.tokens.start)
        && (said.content.start..phrase.tokens.start).any(verb)
}

fn is_pronoun(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    scan.is(index, c.it) || scan.is(index, c.he) || scan.is(index, c.they)
}

/// "Ruo wrote in the post:": the speaker of what the next paragraph quotes.
pub(super) fn announced(
    cx: &Context<'_>,
    sentence: &Sentence,
) -> Option<(Speaker, Option<Range<usize>>)> {
    let scan = cx.scan;
    let range = sentence.tokens.clone();
    let hits = scan.rules.lexicon.cues.all(&scan.tokens, &scan.rules.vocabulary, range.clone());
    let (_, hit) = hits.into_iter().rev().find(|(row, hit)| {
        row.meaning.frames.contains(&Frame::Inverted) && is_reporting(cx, row, hit)
    })?;
    let phrase = noun::before(scan, cx.quotes, hit.range.start, range.start)?;
    let speaker = voice::of(scan, cx.coref, &phrase).into_iter().next()?;
    Some((speaker, Some(phrase.tokens)))
}

/// The subject of the sentence's first verb outside relative clauses.
pub(super) fn main_subject(
    cx: &Context<'_>,
    range: &Range<usize>,
    before: usize,
) -> Option<NounPhrase> {
    let scan = cx.scan;
    let c = scan.classes();
    (range.start + 1..before)
        .filter(|i| {
            scan.mention_over(*i).is_none()
                && cx.quotes.around(*i).is_none()
                && (scan.is(*i, c.verb)
                    || scan.is(*i, c.aux)
                    || scan.is(*i, c.modal)
                    || is_past(scan, *i))
                && !scan.is(*i - 1, c.det)
        })
        .take(4)
        .filter_map(|verb| noun::before(scan, cx.quotes, verb, range.start))
        .find(|phrase| {
            let first = phrase.tokens.start;
            !scan.is(first, c.relative) && !scan.is(first.wrapping_sub(1), c.relative)
        })
}

/// A past form that no list has, right behind what can act: "Orison Labs updated its page".
fn is_past(scan: &Scan<'_>, at: usize) -> bool {
    let c = scan.classes();
    let before = at.wrapping_sub(1);
    let acts = scan.mention_over(before).is_some_and(|m| scan.kind(m.name).can_act())
        || [c.he, c.it, c.they, c.company, c.authority, c.human, c.spokes]
            .iter()
            .any(|class| scan.is(before, *class));
    acts && scan.letters(at).ends_with("ed") && scan.at(at).shape == Shape::Lower
}

/// Without marks, white space and conjunctions at the ends.
pub(super) fn trim(scan: &Scan<'_>, range: Range<usize>) -> Range<usize> {
    let c = scan.classes();
    let loose = |i: usize| {
        scan.mention_over(i).is_none()
            && (scan.is_comma(i)
                || scan.is_quote(i)
                || scan.is(i, c.stop)
                || matches!(scan.letters(i), ";" | ":" | "-" | "–" | "—" | "(" | "：" | "；"))
    };
    let mut from = range.start;
    let mut to = range.end;
    while from < to && (loose(from) || scan.is(from, c.conj) && from == range.start) {
        from += 1;
    }
    while to > from && loose(to - 1) && !(scan.letters(to - 1) == ")") {
        to -= 1;
    }
    // What opens a quotation inside it also closes it.
    let marks = (from..to).filter(|i| scan.is_quote(*i)).count();
    if marks % 2 == 1 && !scan.is_quote(from.wrapping_sub(1)) {
        let closing = (to..to + 2).take_while(|i| *i == to || loose(*i - 1));
        to = closing.into_iter().find(|i| scan.is_quote(*i)).map_or(to, |mark| mark + 1);
    }
    from..to
}
