//! Who said what, in English: from a reporting word to speaker and content.
//!
//! In: a sentence with its cues. Out: statements with the verbatim span of what is said. The
//! constructions are those of the PARC scheme (source, cue, content): direct, indirect and mixed
//! speech, before and behind, inverted, joint, with a listener, with an object, with an infinitive.

use std::ops::Range;

use super::content::{Content, after, before, object};
use super::coref::Coref;
use super::noun::{self, NounPhrase};
use super::quotes::Quotes;
use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::claim::{Speaker, Stance};
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
    let range = sentence.tokens.clone();
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
        found.extend(statements);
    }
    found
}

/// Whether a match is used as a reporting verb: not a noun, not negated, not inside a quotation.
fn is_reporting(cx: &Context<'_>, row: &Ruled<Cue>, hit: &Match) -> bool {
    let scan = cx.scan;
    let c = scan.classes();
    let at = hit.range.start;
    if scan.mention_over(at).is_some() {
        return false;
    }
    if cx.quotes.around(at).is_some_and(|q| q.len() > 3) {
        return false;
    }
    if row.meaning.frames.contains(&Frame::Prefix) {
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
    let negated = (1..=2).any(|back| {
        let i = at.wrapping_sub(back);
        scan.is(i, c.not) && (back == 1 || scan.is(at - 1, c.adverb))
    });
    !(noun || participle || infinitive || unsaid || negated && row.meaning.stance != Stance::Denies)
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
        if found
            .iter()
            .any(|s| s.content.end + 2 >= hit.range.start && s.content.start < hit.range.start)
        {
            return Vec::new();
        }
        let from = found.last().map_or(range.start, |s| s.content.end.max(range.start));
        trim(scan, from..hit.range.start)
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
    let inverted = is_inverted(cx, at, range);
    let (phrase, speakers) = if participle || shared {
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
    if speakers.is_empty() || is_passive(scan, at, range.start) {
        return Vec::new();
    }
    let Some(content) = content(cx, sentence, row, hit, phrase.as_ref(), inverted, later) else {
        return Vec::new();
    };
    let stance = match row.meaning.stance {
        // An order to one's own people makes an own decision known.
        Stance::Demands if content.to_own_people => Stance::Announces,
        stance => stance,
    };
    let source = phrase.map(|p| p.tokens).or_else(|| found.last().and_then(|s| s.source.clone()));
    speakers
        .into_iter()
        .map(|speaker| Statement {
            speaker,
            source: source.clone(),
            stance,
            content: content.tokens.clone(),
            cue: hit.range.clone(),
            rule: row.id.clone(),
        })
        .collect()
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
    let frames = &row.meaning.frames;
    let range = &sentence.tokens;
    let end = limit(cx.scan, range, hit, later);
    if inverted {
        return before(cx, range, hit.range.start);
    }
    let clause = frames.iter().any(|f| matches!(f, Frame::Clause | Frame::Listener));
    // "claimed to have …": an infinitive right behind the verb is the content.
    if frames.contains(&Frame::Infinitive)
        && cx.scan.says(hit.range.end, "to")
        && let Some(found) = object(cx, hit.range.end, end, &[Frame::Infinitive])
    {
        return Some(found);
    }
    if clause && let Some(found) = after(cx, hit.range.end, end, row.meaning.weak, frames) {
        return Some(found);
    }
    if clause
        && !row.meaning.weak
        && let Some(subject) = phrase
        && ends_report(cx.scan, hit.range.end, range.end)
        && let Some(found) = before(cx, range, subject.tokens.start)
    {
        return Some(found);
    }
    object(cx, hit.range.end, end, frames)
}

/// Whether a report ends behind its verb: "…, the company said in a statement."
fn ends_report(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let c = scan.classes();
    at >= end
        || scan.is(at, c.stop)
        || scan.is_comma(at)
        || scan.is_quote(at)
        || scan.is(at, c.prep)
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

/// Where the content of a cue must end: before a later cue joined by "and" or "but".
fn limit(scan: &Scan<'_>, range: &Range<usize>, hit: &Match, later: &[Range<usize>]) -> usize {
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

fn skip_adverbs(scan: &Scan<'_>, from: usize, floor: usize) -> usize {
    let mut at = from;
    while at > floor
        && scan.is(at - 1, scan.classes().adverb)
        && scan.mention_over(at - 1).is_none()
    {
        at -= 1;
    }
    at
}

/// “P,” said X: the verb follows the mark directly and a phrase follows the verb.
fn is_inverted(cx: &Context<'_>, at: usize, range: &Range<usize>) -> bool {
    let scan = cx.scan;
    if at <= range.start {
        return false;
    }
    let mark = scan.is_quote(at - 1) || scan.is_comma(at - 1);
    let next = at + 1;
    let opens = scan.is(next, scan.classes().det)
        || scan.at(next).is_capital()
        || scan.is(next, scan.classes().possessive)
        || scan.is(next, scan.classes().title)
        || scan.is(next, scan.classes().human)
        || scan.mention_over(next).is_some();
    mark && opens
        && matches!(
            scan.letters(at),
            "said"
                | "says"
                | "wrote"
                | "writes"
                | "added"
                | "adds"
                | "explained"
                | "asked"
                | "argued"
                | "warned"
                | "noted"
                | "tweeted"
                | "replied"
                | "insisted"
                | "reported"
        )
}

/// "X was accused", "is said to": the subject does not speak.
fn is_passive(scan: &Scan<'_>, at: usize, floor: usize) -> bool {
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

/// The subject of the sentence's first verb.
fn main_subject(cx: &Context<'_>, range: &Range<usize>, before: usize) -> Option<NounPhrase> {
    let scan = cx.scan;
    let c = scan.classes();
    let first = (range.start + 1..before).find(|i| {
        scan.mention_over(*i).is_none()
            && cx.quotes.around(*i).is_none()
            && (scan.is(*i, c.verb) || scan.is(*i, c.aux) || scan.is(*i, c.modal))
            && !scan.is(*i - 1, c.det)
    })?;
    noun::before(scan, cx.quotes, first, range.start)
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
