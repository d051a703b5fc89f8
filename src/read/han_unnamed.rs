//! Speakers of a Chinese clause that a noun stands for: somebody unnamed, a kind of house, the last word of a
//! name.
//!
//! In: the tokens before a reporting word. Out: a speaker in the article's own words, or the name meant.
//! What holds: a name that the phrase ends in goes before.

use std::ops::Range;

use super::scan::Scan;
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, Mention, NameIx};
use crate::rules::{NounMeaning, Shape};

/// 一家某某公司的采购经理: somebody the article brings in without a name, whatever house stands in the
/// phrase; not 一家名为某某的公司, nor a name that the phrase ends in.
pub(super) fn indefinite(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    mentions: &[Mention],
) -> Option<Speaker> {
    let c = scan.classes();
    let mut to = clause.end;
    while to > clause.start && (scan.is(to - 1, c.han_adverb) || scan.is(to - 1, c.han_not)) {
        to -= 1;
    }
    let opens = |i: usize| {
        let counted =
            scan.is(i, c.han_digit) || matches!(scan.letters(i), "多" | "几" | "数" | "某" | "有");
        // 没有人: nobody.
        counted && scan.is(i + 1, c.han_counted) && !scan.is(i.wrapping_sub(1), c.han_not)
    };
    let from = (clause.start..to).find(|i| scan.mention_over(*i).is_none() && opens(*i))?;
    // 该公司一名律师: whose they are stands before; so do a place and 国内.
    let house = |m: &&Mention| {
        matches!(scan.kind(m.name), EntityKind::Organization | EntityKind::Government)
    };
    let owner = mentions.iter().filter(house).find(|m| scan.tokens_of(m).end <= from);
    let inside = || mentions.iter().filter(|m| scan.tokens_of(m).start >= from);
    let named = inside().any(|m| {
        let tokens = scan.tokens_of(m);
        tokens.end >= to
            || matches!(scan.letters(tokens.start.wrapping_sub(1)), "为" | "叫" | "是" | "作")
    });
    // 一名发言人: who speaks for a house is the house.
    let nouns = scan.rules.lexicon.nouns.all(&scan.tokens, &scan.rules.vocabulary, from..to);
    let last = nouns.last().filter(|(_, hit)| hit.range.end == to).map(|(row, _)| row.meaning);
    let other =
        matches!(last, Some(NounMeaning::Spokes | NounMeaning::Document | NounMeaning::Both));
    if named
        || other
        || to < from + 4
        || !mentions.is_empty() && owner.is_none() && inside().count() == 0 && last.is_none()
    {
        return None;
    }
    Some(Speaker::Anonymous(scan.span(from..to), owner.map(|m| m.name)))
}

/// Whether a word for a house has another noun right before it in its clause.
pub(super) fn kind_of_house(scan: &Scan<'_>, clause: &Range<usize>, word: &Range<usize>) -> bool {
    let c = scan.classes();
    let before = word.start.wrapping_sub(1);
    let bare = matches!(scan.letters(word.start), "公" | "企" | "厂");
    bare && word.start >= clause.start + 2
        && scan.at(before).shape == Shape::Han
        && !scan.is(before, c.han_edge)
        && !scan.is(before, c.han_adverb)
}

/// 委员会 of 某某保护委员会: the name spoken of last that ends in a word.
pub(super) fn ends_in(scan: &Scan<'_>, word: &Range<usize>) -> Option<NameIx> {
    let words = scan.words(word.clone()).trim_start_matches('该');
    let limit = scan.at(word.start).start();
    let before = scan.mentions.partition_point(|m| m.span.start() < limit);
    let mentions = scan.mentions.get(..before).unwrap_or(&[]);
    let ends = |m: &&Mention| {
        let letters = m.span.of(scan.body);
        let kind = matches!(scan.kind(m.name), EntityKind::Organization | EntityKind::Government);
        kind && letters.len() > words.len() && letters.ends_with(words)
    };
    mentions.iter().rev().find(ends).map(|m| m.name)
}
