//! Who said what, in Chinese: X表示，P；“P”，X说；据X报道，P。
//!
//! In: a sentence with its cues. Out: statements, as `attribution.rs` gives them for English. There
//! is no segmenter: clause marks, cues and known names bound everything.

use std::ops::Range;

use super::attribution::{Context, Statement, trim};
use super::court;
use super::han_bounds::{before_report, next_subject, opens_speech, paper_before};
use super::han_source::{clause_start, is_coverb, names_in_marks, speakers, subject, topic};
use super::han_stance;
use super::labels::behind_han_dateline;
use super::scan::{Scan, Sentence};
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::EntityKind;
use crate::rules::{Cue, Frame, Match, Ruled};

/// Most tokens of a listener: 告诉某某，P.
const LISTENER_TOKENS_MAX: usize = 16;

/// Most tokens of what is refused that make no statement: 不认可该结论.
const REFUSED_TOKENS_MAX: usize = 8;

/// Finds the statements of a Chinese sentence; `taken` are ranges other rules have understood.
pub(super) fn find(
    cx: &Context<'_>,
    sentence: &Sentence,
    taken: &[Range<usize>],
) -> Vec<Statement> {
    let scan = cx.scan;
    let range = behind_han_dateline(scan, &sentence.tokens);
    let hits: Vec<(&Ruled<Cue>, Match)> = scan
        .rules
        .lexicon
        .cues
        .all(&scan.tokens, &scan.rules.vocabulary, range.clone())
        .into_iter()
        .filter(|(row, hit)| {
            let overlaps = taken.iter().any(|t| t.start < hit.range.end && hit.range.start < t.end);
            !overlaps && !row.meaning.frames.is_empty() && is_reporting(cx, row, hit)
        })
        .collect();
    // What is said ends where a clause begins that reports or refuses by itself.
    let starts: Vec<usize> = hits
        .iter()
        .map(|(_, hit)| hit.range.start)
        .chain(taken.iter().map(|t| t.start))
        .map(|at| clause_start(cx, &range, at))
        .collect();
    let mut found: Vec<Statement> = Vec::new();
    for (row, hit) in &hits {
        let frames = &row.meaning.frames;
        let statements = if frames.contains(&Frame::HanPrefix) {
            according(cx, &range, row, hit, taken)
        } else if frames.contains(&Frame::Han) {
            let mut told = verb(cx, &range, row, hit, &found, &starts);
            // X报道，Y没有回应: the silence is Y's.
            told.retain(|s| {
                let silent = |t: &Range<usize>| s.content.contains(&t.start);
                !matches!(s.speaker, Speaker::Outlet(_)) || !taken.iter().any(silent)
            });
            told
        } else {
            Vec::new()
        };
        found.extend(statements.into_iter().flat_map(|statement| pieces(cx, statement)));
    }
    found
}

/// “A；B”: each part is a statement of its own.
fn pieces(cx: &Context<'_>, statement: Statement) -> Vec<Statement> {
    let scan = cx.scan;
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut from = statement.content.start;
    for at in statement.content.clone() {
        if matches!(scan.letters(at), "；" | ";") && cx.quotes.around(at).is_none() {
            parts.push(from..at);
            from = at + 1;
        }
    }
    parts.push(from..statement.content.end);
    let single = parts.len() == 1;
    parts
        .into_iter()
        .map(|part| trim(scan, part))
        .filter(|part| part.len() >= if single { 2 } else { 3 })
        .map(|content| Statement { content, ..statement.clone() })
        .collect()
}

fn is_reporting(cx: &Context<'_>, row: &Ruled<Cue>, hit: &Match) -> bool {
    let scan = cx.scan;
    let at = hit.range.start;
    let before = scan.letters(at.wrapping_sub(1));
    let covered = scan.mention_over(at).is_some();
    let quoted = cx.quotes.around(at).is_some()
        || scan.is_quote(at.wrapping_sub(1)) && !names_in_marks(scan, at.wrapping_sub(1));
    let noun = matches!(before, "的" | "被" | "该" | "这" | "项" | "此")
        || scan.letters(hit.range.end) == "中" && row.meaning.stance == Stance::Asserts
        || row.meaning.court.is_some() && is_coverb(scan, at.wrapping_sub(1));
    let not = |i: usize| scan.is(i, scan.classes().han_not);
    // 没有否认, 不曾承认
    let negated = not(at.wrapping_sub(1))
        || matches!(before, "有" | "曾") && at > 1 && not(at.wrapping_sub(2));
    // 分析，P: a word that is also a noun.
    let behind = row.meaning.frames.contains(&Frame::Han);
    let weak = row.meaning.weak && behind && !opens_speech(scan, hit.range.end);
    let unsaid = scan.is(at.wrapping_sub(1), scan.classes().han_modal);
    // 条款规定，P, but not 违反规定，
    let paper = row.meaning.paper && !paper_before(cx, at);
    !(covered || quoted || noun || negated || unsaid || weak || paper)
}

/// 据X报道，P
fn according(
    cx: &Context<'_>,
    range: &Range<usize>,
    row: &Ruled<Cue>,
    hit: &Match,
    taken: &[Range<usize>],
) -> Vec<Statement> {
    let scan = cx.scan;
    let comma =
        (hit.range.end..range.end).find(|i| matches!(scan.letters(*i), "，" | "," | "：" | ":"));
    let Some(comma) = comma else { return Vec::new() };
    let content = trim(scan, comma + 1..range.end);
    // 在某某看来，P: who speaks stands between the preposition and the word.
    let source = if row.meaning.weak {
        let lead = clause_start(cx, range, hit.range.start);
        let led = matches!(scan.letters(lead), "在" | "用" | "照" | "依" | "按");
        if !led || comma != hit.range.end {
            return Vec::new();
        }
        lead + 1..hit.range.start
    } else {
        hit.range.end..before_report(scan, hit.range.end, comma)
    };
    // 根据某法: a law says nothing. And a silence that an outlet reports is the silent one's.
    let law = scan
        .mentions_in(scan.span(source.clone()))
        .iter()
        .any(|m| scan.kind(m.name) == EntityKind::Legal);
    let silent = taken.iter().any(|t| t.start >= content.start && t.start < content.start + 30);
    if law || silent || content.len() < 4 {
        return Vec::new();
    }
    speakers(cx, source.clone(), source.start)
        .into_iter()
        .map(|speaker| Statement {
            speaker,
            source: Some(source.clone()),
            stance: row.meaning.stance,
            content: content.clone(),
            cue: hit.range.clone(),
            rule: row.id.clone(),
        })
        .collect()
}

fn verb(
    cx: &Context<'_>,
    range: &Range<usize>,
    row: &Ruled<Cue>,
    hit: &Match,
    found: &[Statement],
    starts: &[usize],
) -> Vec<Statement> {
    let scan = cx.scan;
    let c = scan.classes();
    // 据某某报道，P: who speaks has been found.
    let told = |s: &&Statement| {
        s.cue.start < hit.range.start
            && s.content.start >= hit.range.end
            && s.content.start <= hit.range.end + 2
    };
    if found.iter().any(|s| told(&s)) {
        return Vec::new();
    }
    let mut to = hit.range.start;
    while to > range.start && scan.is(to - 1, c.han_adverb) {
        to -= 1;
    }
    let from = clause_start(cx, range, to).min(to);
    let inside = found.iter().any(|s| s.content.contains(&hit.range.start));
    let own = subject(cx, from..to);
    // Inside what somebody else said, nobody speaks who is not named there.
    if inside && (own.is_none() || row.meaning.weak) {
        return Vec::new();
    }
    let (speakers, source) = match (own, found.last()) {
        (Some((own, source)), _) => (own, Some(source)),
        // 主语在前一个小句里。
        (None, Some(last)) if let Some((speakers, source)) = part_of(cx, last.cue.end..from) => {
            (speakers, source)
        }
        (None, Some(last)) => {
            let same = found.iter().filter(|s| s.cue == last.cue).map(|s| s.speaker).collect();
            (same, last.source.clone())
        }
        (None, None) if range.start < from => match topic(cx, range.start..from) {
            Some((speakers, source)) => (speakers, source),
            None => return Vec::new(),
        },
        (None, None) => return Vec::new(),
    };
    let judges = speakers.iter().any(|speaker| court::judges(cx, *speaker));
    if row.meaning.judicial && (!judges || inside) {
        return Vec::new();
    }
    if row.meaning.paper && !speakers.iter().any(|s| matches!(s, Speaker::Document(..))) {
        return Vec::new();
    }
    let Some(content) = content(cx, range, row, hit, from, starts) else { return Vec::new() };
    let stance =
        han_stance::of(cx, court::stance(cx, &row.meaning, &speakers), &speakers, &content);
    let mut told: Vec<Speaker> = Vec::new();
    for speaker in speakers {
        if !told.contains(&speaker) {
            told.push(speaker);
        }
    }
    told.into_iter()
        .map(|speaker| Statement {
            speaker,
            source: source.clone().map(|range| trim(scan, range)),
            stance,
            content: content.clone(),
            cue: hit.range.clone(),
            rule: row.id.clone(),
        })
        .collect()
}

/// What a word takes: the clause behind it, the quotation before it, what a preposition before it
/// holds, or, of a bare denial, the clause itself.
fn content(
    cx: &Context<'_>,
    range: &Range<usize>,
    row: &Ruled<Cue>,
    hit: &Match,
    from: usize,
    starts: &[usize],
) -> Option<Range<usize>> {
    let scan = cx.scan;
    let mut start = hit.range.end;
    if row.meaning.frames.contains(&Frame::Listener) {
        start = behind_listener(scan, start, range.end);
    }
    while start < range.end && matches!(scan.letters(start), "了" | "过" | "道" | "到") {
        start += 1;
    }
    let asserts = row.meaning.stance == Stance::Asserts;
    let end = starts
        .iter()
        .copied()
        .filter(|at| *at > hit.range.end && (*at > start + 1 || !asserts))
        .min()
        .unwrap_or(range.end);
    let end = match row.meaning.stance {
        Stance::Demands => next_subject(scan, start..end).unwrap_or(end),
        _ => end,
    };
    let behind = trim(scan, start..end);
    // “P。”X写道，“Q。”: both belong to what is said.
    let quoted = cx.quotes.within(&(range.start..from), 2).into_iter().next_back();
    let whole = quoted.filter(|q| q.end < from && q.end + 3 >= from);
    let least = if asserts { 3 } else { 2 };
    // 不接受这个说法: what is refused is no statement without who refuses it.
    let refused = row.meaning.stance == Stance::Denies && scan.letters(hit.range.start) == "不";
    if refused && behind.len() <= REFUSED_TOKENS_MAX {
        return Some(trim(scan, from..behind.end));
    }
    if behind.len() >= least {
        let resumed = scan.is_quote(behind.start.wrapping_sub(1));
        return Some(match whole.filter(|_| resumed) {
            Some(first) => first.start..behind.end,
            None => behind,
        });
    }
    if let Some(quote) = whole {
        return Some(quote);
    }
    // 对裁决表示欢迎, 就误封账号致歉; but not 没有对……提出异议.
    let denied = (from..hit.range.start).any(|i| scan.is(i, scan.classes().han_not));
    let topic = (from..hit.range.start)
        .rev()
        .find(|i| is_coverb(scan, *i) && scan.is(*i, scan.classes().han_topic));
    if let Some(coverb) = topic.filter(|at| hit.range.start - at > 2) {
        if denied {
            return None;
        }
        let object = coverb + 1..hit.range.start;
        // 对本刊说: whom it was said to is not what was said.
        let ear = scan.mention_over(object.start).is_some_and(|m| scan.reports(m.name))
            || matches!(scan.letters(object.start), "本" | "记" | "媒" | "我");
        if ear && behind.is_empty() && asserts {
            return cx.quotes.within(&(range.start..hit.range.start), 4).into_iter().last();
        }
        return Some(if behind.is_empty() { object } else { coverb..behind.end });
    }
    if behind.is_empty()
        && let Some(quote) = cx.quotes.within(&(range.start..hit.range.start), 4).into_iter().last()
    {
        return Some(quote);
    }
    let bare = matches!(row.meaning.stance, Stance::Denies | Stance::Confirms);
    bare.then(|| trim(scan, from..hit.range.end)).filter(|clause| clause.len() > 3)
}

/// 告诉《某某报》，P: what is said begins behind the listener.
fn behind_listener(scan: &Scan<'_>, from: usize, end: usize) -> usize {
    let limit = end.min(from + LISTENER_TOKENS_MAX);
    if let Some(comma) = (from..limit).find(|i| scan.is(*i, scan.classes().han_clause)) {
        return comma + 1;
    }
    scan.mention_over(from).map_or(from, |mention| scan.tokens_of(mention).end)
}

/// A；B……，并称P: the subject of the part behind the mark, where it names one.
fn part_of(
    cx: &Context<'_>,
    between: Range<usize>,
) -> Option<(Vec<Speaker>, Option<Range<usize>>)> {
    let scan = cx.scan;
    let mark = between
        .clone()
        .rev()
        .find(|i| matches!(scan.letters(*i), "；" | ";") && cx.quotes.around(*i).is_none())?;
    topic(cx, mark + 1..between.end)
}
