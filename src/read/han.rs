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
use crate::model::entity::EntityKind;
use crate::rules::{Cue, Frame, Match, NounMeaning, Ruled};

/// Finds the statements of a Chinese sentence; `taken` are ranges other rules have understood.
pub(super) fn find(
    cx: &Context<'_>,
    sentence: &Sentence,
    taken: &[Range<usize>],
) -> Vec<Statement> {
    let scan = cx.scan;
    let range = sentence.tokens.clone();
    let hits = scan.rules.lexicon.cues.all(&scan.tokens, &scan.rules.vocabulary, range.clone());
    let mut found: Vec<Statement> = Vec::new();
    for (row, hit) in &hits {
        let overlaps = taken.iter().any(|t| t.start < hit.range.end && hit.range.start < t.end);
        if overlaps || !is_reporting(cx, hit) {
            continue;
        }
        // Inside what another cue has already taken as its content nothing new is said, unless the
        // clause names its own speaker.
        let inside = found.iter().any(|s| s.content.contains(&hit.range.start));
        let statement = match () {
            () if row.meaning.frames.contains(&Frame::HanPrefix) => according(cx, &range, row, hit),
            () if row.meaning.frames.contains(&Frame::Han) => {
                verb(cx, &range, row, hit, &found, inside)
            }
            () => None,
        };
        found.extend(statement);
    }
    found
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
) -> Option<Statement> {
    let scan = cx.scan;
    let comma =
        (hit.range.end..range.end).find(|i| matches!(scan.letters(*i), "，" | "," | "：" | ":"))?;
    let content = trim(scan, comma + 1..range.end);
    let source = hit.range.end..comma;
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
    inside: bool,
) -> Option<Statement> {
    let scan = cx.scan;
    let c = scan.classes();
    let mut to = hit.range.start;
    while to > range.start && scan.is(to - 1, c.han_adverb) {
        to -= 1;
    }
    let from = (range.start..to)
        .rev()
        .find(|i| scan.is(*i, c.han_clause) || scan.is_quote(*i))
        .map_or(range.start, |i| i + 1);
    let own = (from < to).then(|| speaker(cx, from..to, from)).flatten();
    if inside && own.is_none() {
        return None;
    }
    let (speaker, source) = match (own, found.last()) {
        (Some(own), _) => (own, Some(from..to)),
        (None, Some(last)) => (last.speaker, last.source.clone()),
        // 主语在前一个小句里。
        (None, None) if range.start < from => {
            (speaker(cx, range.start..from, range.start)?, Some(range.start..from))
        }
        (None, None) => return None,
    };
    let mut start = hit.range.end;
    // 告诉X
    if scan.words(hit.range.clone()) == "告诉"
        && let Some(mention) = scan.mention_over(start)
    {
        start = scan.tokens_of(mention).end;
    }
    let behind = trim(scan, start..range.end);
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
    let nouns = scan.rules.lexicon.nouns.all(&scan.tokens, &scan.rules.vocabulary, clause.clone());
    let near = |wanted| cx.coref.nearest(scan, wanted, at).map(|name| named(scan, name));
    match nouns.last() {
        Some((row, hit)) => {
            let behind_name = house.is_none_or(|m| scan.tokens_of(m).end <= hit.range.start);
            match row.meaning {
                NounMeaning::Spokes => match owner {
                    Some(owner) => Some(named(scan, owner)),
                    None => near(Wanted::House),
                },
                NounMeaning::Human if behind_name => Some(Speaker::Anonymous(
                    scan.span(described(scan, &clause, hit.range.end)),
                    owner,
                )),
                NounMeaning::Document if behind_name => {
                    let from = owner.map_or(hit.range.start, |_| hit.range.start);
                    Some(Speaker::Document(scan.span(from..hit.range.end), owner))
                }
                NounMeaning::Company if house.is_none() => near(Wanted::Company),
                NounMeaning::Authority if house.is_none() => near(Wanted::Authority),
                NounMeaning::Person => {
                    cx.coref.nearest(scan, Wanted::Person, at).map(Speaker::Named)
                }
                _ => owner.map(|owner| named(scan, owner)),
            }
        }
        None => owner.map(|owner| named(scan, owner)),
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
