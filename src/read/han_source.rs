//! Who speaks in a Chinese clause: a person, a document, somebody unnamed, a house, two of them.
//!
//! In: the tokens before a reporting word. Out: speakers. What holds: a spokesperson speaks for the
//! house; what nobody has named keeps the article's own words.

use std::ops::Range;

use super::attribution::Context;
use super::coref::Wanted;
use super::han_unnamed::{ends_in, indefinite, kind_of_house};
use super::scan::Scan;
use super::stance::is_party;
use super::voice::named;
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, Mention, NameIx};
use crate::model::text::Span;
use crate::rules::{Match, NounMeaning, Shape};

/// Where the clause of a token begins: behind the last clause mark outside quotations.
pub(super) fn clause_start(cx: &Context<'_>, range: &Range<usize>, at: usize) -> usize {
    let scan = cx.scan;
    (range.start..at)
        .rev()
        .find(|i| {
            scan.is(*i, scan.classes().han_clause) && cx.quotes.around(*i).is_none()
                || scan.is_quote(*i) && !names_in_marks(scan, *i)
        })
        .map_or(range.start, |i| i + 1)
}

/// “明线”的律师: quotation marks around a name end no clause.
pub(super) fn names_in_marks(scan: &Scan<'_>, mark: usize) -> bool {
    let inside = scan.mention_over(mark.wrapping_sub(1)).or_else(|| scan.mention_over(mark + 1));
    inside.is_some_and(|mention| {
        let tokens = scan.tokens_of(mention);
        scan.is_quote(tokens.start.wrapping_sub(1)) && scan.is_quote(tokens.end)
    })
}

/// The subject of a clause: what stands before 在……中, 向某某, 对某某, 就某事.
pub(super) fn subject(
    cx: &Context<'_>,
    clause: Range<usize>,
) -> Option<(Vec<Speaker>, Range<usize>)> {
    let scan = cx.scan;
    if clause.is_empty() {
        return None;
    }
    let cut = (clause.start + 1..clause.end)
        .find(|i| is_coverb(scan, *i) && subject_like(scan, clause.start..*i, *i));
    let head = clause.start..cut.unwrap_or(clause.end);
    let opens = is_coverb(scan, clause.start) && cut.is_none();
    if opens && !scan.mentions_in(scan.span(clause.clone())).iter().any(|m| acts(scan, m)) {
        return None;
    }
    let found = speakers(cx, head.clone(), head.start);
    (!found.is_empty()).then_some((found, head))
}

/// The first name of the clauses before that can act, where it is a subject.
pub(super) fn topic(
    cx: &Context<'_>,
    before: Range<usize>,
) -> Option<(Vec<Speaker>, Option<Range<usize>>)> {
    let scan = cx.scan;
    let mention = scan.mentions_in(scan.span(before.clone())).iter().find(|m| {
        acts(scan, m)
            && !owns_house(scan, m, scan.mentions_in(scan.span(before.clone())))
            && !is_coverb(scan, scan.tokens_of(m).start.wrapping_sub(1))
    });
    let (clause, source) = match mention {
        Some(mention) => {
            let tokens = scan.tokens_of(mention);
            // 三星一名发言人……，称
            let clause_end = (tokens.end..before.end)
                .find(|i| scan.is(*i, scan.classes().han_clause))
                .unwrap_or(before.end);
            let limit = clause_end.min(tokens.end + 8);
            let cut = (tokens.end..limit).find(|i| is_coverb(scan, *i)).unwrap_or(tokens.end);
            (tokens.start..cut.max(tokens.end), tokens)
        }
        None => {
            let clause = opening_noun(scan, &before);
            (clause.clone(), clause)
        }
    };
    let found = speakers(cx, clause.clone(), clause.start);
    (!found.is_empty()).then_some((found, Some(source)))
}

/// 该厂商发出公告，承诺……: of a clause without names the noun it begins with.
fn opening_noun(scan: &Scan<'_>, before: &Range<usize>) -> Range<usize> {
    let clause = behind_time(scan, before.clone());
    let nouns = &scan.rules.lexicon.nouns;
    let at = |from: usize| nouns.at(&scan.tokens, &scan.rules.vocabulary, from, clause.end);
    let Some((_, mut hit)) = at(clause.start) else { return before.clone() };
    let goes_on = |hit: &Match| {
        let next = hit.range.end + usize::from(scan.letters(hit.range.end) == "的");
        at(next).map(|(_, hit)| hit)
    };
    while let Some(next) = goes_on(&hit) {
        hit = next;
    }
    clause.start..hit.range.end
}

fn acts(scan: &Scan<'_>, mention: &Mention) -> bool {
    scan.kind(mention.name).can_act()
}

/// 在, 向, 对, 就 …: what follows is no subject.
pub(super) fn is_coverb(scan: &Scan<'_>, at: usize) -> bool {
    scan.mention_over(at).is_none() && scan.is(at, scan.classes().han_coverb)
}

/// Whether a range before a preposition holds a subject; 与 and 同 also join two of them.
fn subject_like(scan: &Scan<'_>, range: Range<usize>, coverb: usize) -> bool {
    let named = scan.mentions_in(scan.span(range.clone())).iter().any(|m| acts(scan, m));
    if matches!(scan.letters(coverb), "与" | "同") {
        let joined = (coverb + 1..coverb + 9)
            .take_while(|i| !scan.is(*i, scan.classes().han_clause))
            .any(|i| scan.mention_over(i).is_some_and(|m| acts(scan, m)));
        return named && !joined;
    }
    let table = &scan.rules.lexicon.nouns;
    named || !table.all(&scan.tokens, &scan.rules.vocabulary, range).is_empty()
}

/// The speakers named in a clause.
pub(super) fn speakers(cx: &Context<'_>, clause: Range<usize>, at: usize) -> Vec<Speaker> {
    let (scan, c) = (cx.scan, cx.scan.classes());
    let clause = behind_time(scan, clause);
    let span = scan.span(clause.clone());
    let mentions = scan.mentions_in(span);
    let person = mentions
        .iter()
        .rev()
        .find(|m| scan.kind(m.name) == EntityKind::Person && !owns_house(scan, m, mentions));
    if let Some(person) = person {
        return vec![Speaker::Named(person.name)];
    }
    if let Some(words) = indefinite(scan, &clause, mentions) {
        return vec![words];
    }
    let house = mentions
        .iter()
        .rev()
        .find(|m| matches!(scan.kind(m.name), EntityKind::Organization | EntityKind::Government));
    let nouns: Vec<_> = scan
        .rules
        .lexicon
        .nouns
        .all(&scan.tokens, &scan.rules.vocabulary, clause.clone())
        .into_iter()
        .filter(|(_, hit)| hit.range.clone().all(|i| scan.mention_over(i).is_none()))
        .collect();
    // 该公司总法律顾问: the house is spoken of by a noun.
    let meant = nouns.iter().find_map(|(row, hit)| {
        let refers = matches!(row.meaning, NounMeaning::Company | NounMeaning::Authority);
        (refers && hit.range.start == clause.start && nouns.len() > 1)
            .then(|| cx.coref.meant(scan, hit.range.clone(), hit.range.start))
            .flatten()
    });
    let owner = house.map(|m| m.name).or(meant);
    let near = |wanted| cx.coref.nearest(scan, wanted, at).map(|name| named(scan, name));
    // 没有人说得清: nobody speaks; nor does who is told in passing, 回答了开发者.
    let nobody = |(_, hit): &(_, Match)| {
        let before = (clause.start..hit.range.start).next_back();
        before.is_some_and(|at| scan.is(at, c.han_not) || scan.letters(at) == "了")
    };
    if house.is_none() && nouns.last().is_some_and(nobody) {
        return Vec::new();
    }
    let Some((row, hit)) = nouns.last() else {
        return match house {
            Some(house) => with_partner(scan, mentions, house),
            None => Vec::new(),
        };
    };
    let behind_name = house.is_none_or(|m| scan.tokens_of(m).end <= hit.range.start);
    // 经济部发言人: what the noun belongs to, in the text's own words, where it is no name.
    let written = Speaker::Anonymous(scan.span(clause.start..hit.range.end), None);
    let alone = hit.range.start == clause.start;
    let one = match row.meaning {
        NounMeaning::Spokes => match owner {
            Some(owner) => Some(named(scan, owner)),
            None if alone => near(Wanted::House),
            None => Some(written),
        },
        NounMeaning::Human | NounMeaning::Staff if behind_name => {
            Some(Speaker::Anonymous(scan.span(described(scan, &clause, hit.range.end)), owner))
        }
        NounMeaning::Document if behind_name => {
            // 据榆桥财经看到的通知: who saw it is not whose it is.
            let owner = owner.filter(|owner| !scan.reports(*owner));
            Some(Speaker::Document(scan.span(hit.range.clone()), owner))
        }
        NounMeaning::Both if house.is_none() => {
            let sides = cx.coref.sides(scan, hit.range.start);
            return sides.into_iter().map(Speaker::Named).collect();
        }
        // 国内模型公司: no house that has been named.
        NounMeaning::Company if house.is_none() && kind_of_house(scan, &clause, &hit.range) => {
            let edge = |i: &usize| scan.is(*i, scan.classes().han_edge);
            let from = (clause.start..hit.range.start).rev().find(edge);
            let from = from.map_or(clause.start, |i| i + 1);
            Some(Speaker::Anonymous(scan.span(from..hit.range.end), None))
        }
        // 后者: of those just named, the last.
        NounMeaning::Company if house.is_none() && scan.letters(hit.range.start) == "后" => {
            let limit = scan.at(hit.range.start).start();
            let from = scan.sentence_at(limit).map_or(limit, |s| s.span.start());
            let named_before = scan.mentions_in(Span::new(from, limit)).iter().rev();
            let mut houses = named_before.filter(|m| is_party(scan, m.name));
            houses.next().map(|m| named(scan, m.name)).or_else(|| near(Wanted::Company))
        }
        NounMeaning::Company if house.is_none() => {
            let meant = cx.coref.meant(scan, hit.range.clone(), hit.range.start);
            let meant = meant.map(|name| named(scan, name)).or_else(|| near(Wanted::Company));
            meant.or(Some(Speaker::Anonymous(scan.span(hit.range.clone()), None)))
        }
        NounMeaning::Authority | NounMeaning::Court if house.is_none() => {
            let full = || ends_in(scan, &hit.range).map(|name| named(scan, name));
            let known =
                || full().or_else(|| near(Wanted::Authority)).or_else(|| near(Wanted::House));
            if alone { known().or(Some(written)) } else { Some(written) }
        }
        NounMeaning::Person | NounMeaning::Judge => {
            let person = cx.coref.nearest(scan, Wanted::Person, at).map(Speaker::Named);
            person.or(Some(Speaker::Anonymous(scan.span(hit.range.clone()), owner)))
        }
        _ => match house {
            Some(house) => return with_partner(scan, mentions, house),
            None => None,
        },
    };
    one.into_iter().collect()
}

/// 某某旗下的某某公司: the person is there to say whose the house is.
fn owns_house(scan: &Scan<'_>, person: &Mention, mentions: &[Mention]) -> bool {
    let end = scan.tokens_of(person).end;
    let owns = matches!(scan.letters(end), "旗" | "名" | "麾" | "创" | "控" | "执" | "所");
    owns && mentions.iter().any(|m| {
        let start = scan.tokens_of(m).start;
        start > end && start <= end + 6 && scan.kind(m.name) == EntityKind::Organization
    })
}

/// X与Y: both speak.
fn with_partner(scan: &Scan<'_>, mentions: &[Mention], last: &Mention) -> Vec<Speaker> {
    let partner = mentions.iter().rev().find(|m| m.span.end() <= last.span.start()).filter(|m| {
        let between = scan.tokens_of(m).end..scan.tokens_of(last).start;
        let joint = between.clone().any(|i| matches!(scan.letters(i), "与" | "和" | "及" | "、"));
        let first = scan.letters(between.start);
        let kind = matches!(scan.kind(m.name), EntityKind::Organization | EntityKind::Government);
        joint && between.len() <= 8 && kind && matches!(first, "与" | "和" | "及" | "、" | "以")
    });
    let first = partner.map(|m| m.name);
    let names: Vec<NameIx> = first.into_iter().chain(std::iter::once(last.name)).collect();
    names.into_iter().map(|name| named(scan, name)).collect()
}

/// 经济部: what stands before a word in its clause, in the text's own words, where nothing in it is a
/// name.
pub(super) fn written(scan: &Scan<'_>, clause: Range<usize>) -> Option<Speaker> {
    let c = scan.classes();
    let clause = behind_time(scan, clause);
    let mut to = clause.end;
    while to > clause.start && (scan.is(to - 1, c.han_adverb) || scan.is(to - 1, c.han_not)) {
        to -= 1;
    }
    let words = clause.start..to;
    // 截至发稿, 目前: a time is nobody.
    let dates = &scan.rules.lexicon.dates;
    let time = dates.at(&scan.tokens, &scan.rules.vocabulary, words.start, to);
    if time.is_some_and(|(_, hit)| hit.range.end + 1 >= to) {
        return None;
    }
    let plain = words.clone().all(|i| scan.at(i).shape == Shape::Han);
    let opens = !scan.is(words.start, c.han_topic) && !scan.is(words.start, c.han_edge);
    (words.len() >= 2 && words.len() <= 12 && plain && opens)
        .then(|| Speaker::Anonymous(scan.span(words), None))
}

/// 周四, 今年3月: a time at the head of a clause is no part of who speaks.
pub(super) fn behind_time(scan: &Scan<'_>, clause: Range<usize>) -> Range<usize> {
    let table = &scan.rules.lexicon.dates;
    let mut from = clause.start;
    while from < clause.end {
        if let Some((_, hit)) = table.at(&scan.tokens, &scan.rules.vocabulary, from, clause.end) {
            from = hit.range.end.max(from + 1);
        } else if scan.is_comma(from) {
            from += 1;
        } else {
            break;
        }
    }
    if from < clause.end { from..clause.end } else { clause }
}

/// 一名知情人士: the phrase from the start of the clause, without what leads to it.
fn described(scan: &Scan<'_>, clause: &Range<usize>, end: usize) -> Range<usize> {
    let from = clause
        .clone()
        .rev()
        .find(|i| matches!(scan.letters(*i), "一" | "多" | "两" | "有" | "据") && *i < end)
        .unwrap_or(clause.start);
    from..end
}
