//! Who said what, in English: from a reporting word to speaker and content.
//!
//! In: a sentence with its cues. Out: statements with the verbatim span of what is said. The
//! constructions are those of the PARC scheme (source, cue, content): direct, indirect and mixed
//! speech, before and behind, inverted, joint, with a listener, with an object, with an infinitive.

use std::ops::Range;

use super::content::{Content, after, before, is_finite_verb, object};
use super::coref::Coref;
use super::noun::{self, NounPhrase};
use super::quotes::Quotes;
use super::reporting::{is_inverted, is_passive, is_reporting, limit, skip_adverbs};
use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::EntityKind;
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
        let statements = if row.meaning.frames.contains(&Frame::Prefix) {
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
    if found.is_empty() {
        found.extend(signed(cx, sentence).or_else(|| labelled(cx, sentence)));
    }
    found
}

/// "LINDQVALE, March 3 (Farwire) - P": nobody says the place and the day.
fn behind_dateline(scan: &Scan<'_>, range: &Range<usize>) -> Range<usize> {
    let opens = range.start == 0 || scan.is_break(range.start - 1);
    if !opens || scan.at(range.start).shape != Shape::Upper {
        return range.clone();
    }
    let dash = (range.start + 1..range.end.min(range.start + 14))
        .find(|i| matches!(scan.letters(*i), "-" | "–" | "—" | "--") && scan.at(*i).spaced);
    dash.map_or(range.start, |dash| dash + 1)..range.end
}

/// “P.” — Ann Ruo, of Lindqvale: a quotation with its name behind a dash.
fn signed(cx: &Context<'_>, sentence: &Sentence) -> Option<Statement> {
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

/// Ann Ruo: P. The lines of an interview or a transcript.
fn labelled(cx: &Context<'_>, sentence: &Sentence) -> Option<Statement> {
    let scan = cx.scan;
    let range = sentence.tokens.clone();
    let opens = range.start == 0 || scan.is_break(range.start - 1);
    let mention = scan.mention_over(range.start).filter(|_| opens)?;
    let tokens = scan.tokens_of(mention);
    let person = scan.kind(mention.name) == EntityKind::Person;
    let content = trim(scan, tokens.end + 1..range.end);
    let colon = matches!(scan.letters(tokens.end), ":" | "：");
    (tokens.start == range.start && person && colon && content.len() >= 4).then(|| Statement {
        speaker: voice::named(scan, mention.name),
        source: Some(tokens.clone()),
        stance: Stance::Asserts,
        content,
        cue: tokens.end..tokens.end + 1,
        rule: RuleId::new("construction", "labelled"),
    })
}

/// "According to X, P." and "P, according to X."
fn according(
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
    let content = if opens {
        let from = (end + 1).min(range.end);
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
        // "Orison, according to Veldra, refused": it stands inside what is said.
        let open = !(from..hit.range.start).any(|i| is_finite_verb(scan, i));
        let until = if open && scan.is_comma(end) { range.end } else { hit.range.start };
        trim(scan, from..until)
    };
    if content.len() < 3 {
        return Vec::new();
    }
    let phrase = NounPhrase { tokens: seen_off(scan, tokens), beside: None };
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
            if speakers.is_empty()
                && scan.is(last.cue.start.wrapping_sub(1), scan.classes().relative) =>
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
    let stance = match row.meaning.stance {
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
    statements
}

fn is_pronoun(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    scan.is(index, c.it) || scan.is(index, c.he) || scan.is(index, c.they)
}

/// "was accused by X of P", "P was reported by X": a passive with its speaker behind "by".
fn by_whom(cx: &Context<'_>, sentence: &Sentence, row: &Ruled<Cue>, hit: &Match) -> Vec<Statement> {
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

/// "said P; Q": what follows the semicolon, where nobody else speaks in it.
fn joined_on(
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

fn content(
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
    let subject = phrase.map(|p| p.tokens.start);
    let clause = frames.iter().any(|f| matches!(f, Frame::Clause | Frame::Listener));
    if inverted {
        let behind = phrase.map_or(hit.range.end, |p| p.end());
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
    let c = scan.classes();
    let head = range.start..subject.checked_sub(1)?;
    if head.is_empty() || !scan.is_comma(head.end) || !scan.is_comma(behind) {
        return None;
    }
    let next = behind + 1;
    let goes_on = scan.is(next, c.aux)
        || scan.is(next, c.modal)
        || scan.is(next, c.verb) && !scan.letters(next).ends_with("ing");
    let open = !head.clone().any(|i| is_finite_verb(scan, i))
        && (next..end.min(next + 16)).any(|i| is_finite_verb(scan, i));
    (goes_on || open).then(|| Content::of(scan, range.start..end)).flatten()
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

/// The subject of the sentence's first verb outside relative clauses.
fn main_subject(cx: &Context<'_>, range: &Range<usize>, before: usize) -> Option<NounPhrase> {
    let scan = cx.scan;
    let c = scan.classes();
    (range.start + 1..before)
        .filter(|i| {
            scan.mention_over(*i).is_none()
                && cx.quotes.around(*i).is_none()
                && (scan.is(*i, c.verb) || scan.is(*i, c.aux) || scan.is(*i, c.modal))
                && !scan.is(*i - 1, c.det)
        })
        .take(4)
        .filter_map(|verb| noun::before(scan, cx.quotes, verb, range.start))
        .find(|phrase| {
            let first = phrase.tokens.start;
            !scan.is(first, c.relative) && !scan.is(first.wrapping_sub(1), c.relative)
        })
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
    from..to
}
