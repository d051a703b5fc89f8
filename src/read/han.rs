//! Who said what, in Chinese: X表示，P；“P”，X说；据X报道，P。
//!
//! In: a sentence with its cues. Out: statements, as `attribution.rs` gives them for English. There
//! is no segmenter: clause marks, cues and known names bound everything.

use std::ops::Range;

use super::attribution::{Context, Statement, trim};
use super::coref::Wanted;
use super::scan::{Scan, Sentence};
use super::voice::named;
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::{EntityKind, Mention};
use crate::rules::{Cue, Frame, Match, NounMeaning, Ruled};

/// Finds the statements of a Chinese sentence; `taken` are ranges other rules have understood.
pub(super) fn find(
    cx: &Context<'_>,
    sentence: &Sentence,
    taken: &[Range<usize>],
) -> Vec<Statement> {
    let scan = cx.scan;
    let range = behind_dateline(scan, sentence);
    let hits: Vec<(&Ruled<Cue>, Match)> = scan
        .rules
        .lexicon
        .cues
        .all(&scan.tokens, &scan.rules.vocabulary, range.clone())
        .into_iter()
        .filter(|(_, hit)| {
            let overlaps = taken.iter().any(|t| t.start < hit.range.end && hit.range.start < t.end);
            !overlaps && is_reporting(cx, hit)
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
        let statement = if frames.contains(&Frame::HanPrefix) {
            according(cx, &range, row, hit, taken)
        } else if frames.contains(&Frame::Han) {
            verb(cx, &range, row, hit, &found, &starts)
        } else {
            None
        };
        if let Some(statement) = statement {
            found.extend(pieces(cx, statement));
        }
    }
    found
}

/// 某某社7月3日消息，: the outlet that sends a report is no speaker of it.
fn behind_dateline(scan: &Scan<'_>, sentence: &Sentence) -> Range<usize> {
    let range = sentence.tokens.clone();
    let end = range.end.min(range.start + 24);
    let comma = (range.start + 1..end).find(|i| {
        matches!(scan.letters(*i), "，" | ",")
            && (matches!(scan.letters(i - 1), "讯" | "电")
                || scan.letters(i - 1) == "息" && scan.letters(i.saturating_sub(2)) == "消")
    });
    comma.map_or(range.start, |i| i + 1)..range.end
}

/// Where the clause of a token begins: behind the last clause mark outside quotations.
fn clause_start(cx: &Context<'_>, range: &Range<usize>, at: usize) -> usize {
    let scan = cx.scan;
    (range.start..at)
        .rev()
        .find(|i| {
            scan.is(*i, scan.classes().han_clause) && cx.quotes.around(*i).is_none()
                || scan.is_quote(*i)
        })
        .map_or(range.start, |i| i + 1)
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
    parts
        .into_iter()
        .map(|part| trim(scan, part))
        .filter(|part| part.len() >= 3)
        .map(|content| Statement { content, ..statement.clone() })
        .collect()
}

fn is_reporting(cx: &Context<'_>, hit: &Match) -> bool {
    let scan = cx.scan;
    let at = hit.range.start;
    let before = scan.letters(at.wrapping_sub(1));
    let after = scan.letters(hit.range.end);
    let covered = scan.mention_over(at).is_some();
    let quoted = cx.quotes.around(at).is_some();
    let word = scan.words(hit.range.clone());
    let part_of_word = word == "称" && matches!(after, "为" | "呼" | "号")
        || word == "称" && matches!(before, "名" | "据" | "职")
        || word == "说" && matches!(after, "明" | "法" | "服")
        || word == "说" && matches!(before, "小" | "学" | "来" | "据")
        || word == "据" && matches!(after, "此" | "悉" | "称")
        || word == "据" && matches!(before, "数" | "证" | "依" | "占")
        || word == "估计" && before == "不";
    let noun = matches!(before, "的" | "被" | "该" | "这" | "项");
    let negated = scan.is(at.wrapping_sub(1), scan.classes().han_not);
    !(covered || quoted || part_of_word || noun || negated)
}

/// 据X报道，P
fn according(
    cx: &Context<'_>,
    range: &Range<usize>,
    row: &Ruled<Cue>,
    hit: &Match,
    taken: &[Range<usize>],
) -> Option<Statement> {
    let scan = cx.scan;
    let comma =
        (hit.range.end..range.end).find(|i| matches!(scan.letters(*i), "，" | "," | "：" | ":"))?;
    let content = trim(scan, comma + 1..range.end);
    let source = hit.range.end..comma;
    // 根据某法: a law says nothing. And a silence that an outlet reports is the silent one's.
    let law = scan
        .mentions_in(scan.span(source.clone()))
        .iter()
        .any(|m| scan.kind(m.name) == EntityKind::Legal);
    let silent = taken.iter().any(|t| t.start >= content.start && t.start < content.start + 30);
    if law || silent {
        return None;
    }
    let speaker = speaker(cx, source.clone(), hit.range.end)?;
    (content.len() >= 4).then(|| Statement {
        speaker,
        source: Some(source),
        stance: row.meaning.stance,
        content,
        cue: hit.range.clone(),
        rule: row.id.clone(),
    })
}

fn verb(
    cx: &Context<'_>,
    range: &Range<usize>,
    row: &Ruled<Cue>,
    hit: &Match,
    found: &[Statement],
    starts: &[usize],
) -> Option<Statement> {
    let scan = cx.scan;
    let c = scan.classes();
    let mut to = hit.range.start;
    while to > range.start && scan.is(to - 1, c.han_adverb) {
        to -= 1;
    }
    let from = clause_start(cx, range, to).min(to);
    let inside = found.iter().any(|s| s.content.contains(&hit.range.start));
    let own = subject(cx, from..to);
    // Inside what somebody else said, nobody speaks who is not named there.
    if inside && own.is_none() {
        return None;
    }
    let (speaker, source) = match (own, found.last()) {
        (Some((own, source)), _) => (own, Some(source)),
        // 主语在前一个小句里。
        (None, Some(last)) => (last.speaker, last.source.clone()),
        (None, None) if range.start < from => topic(cx, range.start..from)?,
        (None, None) => return None,
    };
    let mut start = hit.range.end;
    // 告诉X
    if scan.words(hit.range.clone()) == "告诉"
        && let Some(mention) = scan.mention_over(start)
    {
        start = scan.tokens_of(mention).end;
    }
    let end = starts
        .iter()
        .copied()
        .filter(|at| *at > start + 1 && *at > hit.range.end)
        .min()
        .unwrap_or(range.end);
    let behind = trim(scan, start..end);
    let content = if behind.len() >= 3 {
        behind
    } else {
        // “P”，X说。
        let quote = cx.quotes.within(&(range.start..hit.range.start), 2).into_iter().next_back()?;
        quote.start..quote.end
    };
    (content.len() >= 3).then(|| Statement {
        speaker,
        source: source.map(|range| trim(scan, range)),
        stance: own_order(scan, row.meaning.stance, &content),
        content,
        cue: hit.range.clone(),
        rule: row.id.clone(),
    })
}

/// The subject of a clause: what stands before 在……中, 向某某, 对某某, 就某事.
fn subject(cx: &Context<'_>, clause: Range<usize>) -> Option<(Speaker, Range<usize>)> {
    let scan = cx.scan;
    if clause.is_empty() {
        return None;
    }
    let cut = (clause.start + 1..clause.end)
        .find(|i| is_coverb(scan, *i) && subject_like(scan, clause.start..*i));
    let head = clause.start..cut.unwrap_or(clause.end);
    let opens = is_coverb(scan, clause.start) && cut.is_none();
    if opens && !scan.mentions_in(scan.span(clause.clone())).iter().any(|m| acts(scan, m)) {
        return None;
    }
    speaker(cx, head.clone(), head.start).map(|speaker| (speaker, head))
}

/// The first name of the clauses before that can act, where it is a subject.
fn topic(cx: &Context<'_>, before: Range<usize>) -> Option<(Speaker, Option<Range<usize>>)> {
    let scan = cx.scan;
    let mention = scan
        .mentions_in(scan.span(before.clone()))
        .iter()
        .find(|m| acts(scan, m) && !is_coverb(scan, scan.tokens_of(m).start.wrapping_sub(1)));
    if let Some(mention) = mention {
        let tokens = scan.tokens_of(mention);
        // 三星一名发言人……，称
        let clause_end = (tokens.end..before.end)
            .find(|i| scan.is(*i, scan.classes().han_clause))
            .unwrap_or(before.end);
        let head = tokens.start..clause_end.min(tokens.end + 8);
        let cut = (tokens.end..head.end).find(|i| is_coverb(scan, *i)).unwrap_or(tokens.end);
        return Some((speaker(cx, tokens.start..cut.max(tokens.end), tokens.start)?, Some(tokens)));
    }
    speaker(cx, before.clone(), before.start).map(|speaker| (speaker, Some(before)))
}

fn acts(scan: &Scan<'_>, mention: &Mention) -> bool {
    scan.kind(mention.name).can_act()
}

/// 在, 向, 对, 就 …: what follows is no subject.
fn is_coverb(scan: &Scan<'_>, at: usize) -> bool {
    scan.mention_over(at).is_none() && scan.is(at, scan.classes().han_coverb)
}

fn subject_like(scan: &Scan<'_>, range: Range<usize>) -> bool {
    let named = scan.mentions_in(scan.span(range.clone())).iter().any(|m| acts(scan, m));
    let table = &scan.rules.lexicon.nouns;
    named || !table.all(&scan.tokens, &scan.rules.vocabulary, range).is_empty()
}

/// 要求员工……: an order to one's own people makes an own decision known.
fn own_order(scan: &Scan<'_>, stance: Stance, content: &Range<usize>) -> Stance {
    let head = content.start..content.end.min(content.start + 6);
    if stance == Stance::Demands && scan.words(head).contains("员工") {
        return Stance::Announces;
    }
    stance
}

/// The speaker named in a clause: a person, a document, somebody unnamed, a house.
fn speaker(cx: &Context<'_>, clause: Range<usize>, at: usize) -> Option<Speaker> {
    let scan = cx.scan;
    let span = scan.span(clause.clone());
    let mentions = scan.mentions_in(span);
    let person = mentions.iter().rev().find(|m| scan.kind(m.name) == EntityKind::Person);
    if let Some(person) = person {
        return Some(Speaker::Named(person.name));
    }
    let house = mentions
        .iter()
        .rev()
        .find(|m| matches!(scan.kind(m.name), EntityKind::Organization | EntityKind::Government));
    let owner = house.map(|m| m.name);
    let nouns: Vec<_> = scan
        .rules
        .lexicon
        .nouns
        .all(&scan.tokens, &scan.rules.vocabulary, clause.clone())
        .into_iter()
        .filter(|(_, hit)| hit.range.clone().all(|i| scan.mention_over(i).is_none()))
        .collect();
    let near = |wanted| cx.coref.nearest(scan, wanted, at).map(|name| named(scan, name));
    let Some((row, hit)) = nouns.last() else {
        return owner.map(|owner| named(scan, owner));
    };
    let behind_name = house.is_none_or(|m| scan.tokens_of(m).end <= hit.range.start);
    match row.meaning {
        NounMeaning::Spokes => match owner {
            Some(owner) => Some(named(scan, owner)),
            None => near(Wanted::House),
        },
        NounMeaning::Human if behind_name => {
            Some(Speaker::Anonymous(scan.span(described(scan, &clause, hit.range.end)), owner))
        }
        NounMeaning::Document if behind_name => {
            Some(Speaker::Document(scan.span(hit.range.clone()), owner))
        }
        NounMeaning::Company if house.is_none() => {
            let meant = cx.coref.meant(scan, hit.range.clone(), hit.range.start);
            let meant = meant.map(|name| named(scan, name)).or_else(|| near(Wanted::Company));
            meant.or(Some(Speaker::Anonymous(scan.span(hit.range.clone()), None)))
        }
        NounMeaning::Authority if house.is_none() => near(Wanted::Authority),
        NounMeaning::Person => {
            let person = cx.coref.nearest(scan, Wanted::Person, at).map(Speaker::Named);
            person.or(Some(Speaker::Anonymous(scan.span(hit.range.clone()), owner)))
        }
        _ => owner.map(|owner| named(scan, owner)),
    }
}

/// 一名知情人士: the phrase from the start of the clause, without a leading time.
fn described(scan: &Scan<'_>, clause: &Range<usize>, end: usize) -> Range<usize> {
    let from = clause
        .clone()
        .rev()
        .find(|i| matches!(scan.letters(*i), "一" | "多" | "两" | "有" | "据") && *i < end)
        .unwrap_or(clause.start);
    from..end
}
