//! Whom a statement speaks of: its speaker, another, nobody named.

use std::ops::Range;

use super::attribution::Context;
use super::family;
use super::noun::NounPhrase;
use super::scan::Scan;
use super::voice::{self, maker};
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, NameIx};
use crate::rules::{NounMeaning, Shape};

/// Whom a statement speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Speaker,
    Other(NameIx),
    Nobody,
}

/// The subject of the content: the speaker, another name, or nobody named.
pub(super) fn about(
    cx: &Context<'_>,
    speaker: Speaker,
    own: &[NameIx],
    content: &Range<usize>,
) -> About {
    let scan = cx.scan;
    let c = scan.classes();
    // "We fear that Orison copied …" speaks of Orison.
    let inner = (content.start + 1..content.end.min(content.start + 12))
        .find(|i| scan.says(*i, "that") && scan.mention_over(*i + 1).is_some());
    let reach = if scan.at(content.start).shape == Shape::Han { 16 } else { 8 };
    let start = inner.map_or(content.start, |that| that + 1);
    // "Nothing of Orison's was put into its data": the speaker answers for what is its own.
    if scan.says(start, "nothing") && content.clone().any(|i| scan.is(i, c.own_word)) {
        return About::Speaker;
    }
    for index in (start..content.end).take(reach) {
        if let Some(mention) = scan.mention_over(index) {
            let house = house_of(scan, mention.name);
            if own.contains(&house) || own.contains(&mention.name) {
                return About::Speaker;
            }
            let kind = scan.kind(house);
            if kind == EntityKind::Place {
                continue;
            }
            // A product whose maker nobody has entered may be the speaker's own.
            if kind == EntityKind::Product {
                return About::Nobody;
            }
            return About::Other(mention.name);
        }
        // What somebody says of "them" in quotation marks is not said of itself.
        let third = scan.is(index, c.he) || scan.is(index, c.they) || scan.is(index, c.it);
        let quoted = cx.quotes.around(index).is_some();
        // "He renamed the files, the company says": no company is a he.
        if let Some(person) = third_person(cx, speaker, index).filter(|_| !quoted) {
            return About::Other(person);
        }
        if scan.is(index, c.own_word) || third && !quoted {
            return About::Speaker;
        }
        if let Some(about) = han_house(cx, own, index, content) {
            return about;
        }
        let plain = scan.is(index, c.plain_house);
        // "the company", "the start-up": whom it means, else the speaker's own house.
        let noun = scan.is(index, c.company) && scan.at(index).shape == Shape::Lower;
        let article = (content.start..index).rev().take(4).find(|i| scan.is(*i, c.article));
        if let Some(article) = article.filter(|_| noun) {
            match cx.coref.meant(scan, article..index + 1, index) {
                // No house calls itself "the provider".
                Some(name) if own.contains(&name) && !plain => {
                    return before(scan, own, article).map_or(About::Speaker, About::Other);
                }
                Some(name) if own.contains(&name) => return About::Speaker,
                Some(_) if plain && matches!(speaker, Speaker::Named(_)) => {
                    return About::Speaker;
                }
                Some(name) => return About::Other(name),
                None => {}
            }
        }
        if scan.is(index, c.verb) || scan.is(index, c.aux) || scan.is(index, c.modal) {
            break;
        }
    }
    // "the feature was “an experiment we launched”": the speaker speaks of itself.
    let own_words = content.clone().any(|i| scan.is(i, c.we));
    if own_words && inner.is_none() {
        return About::Speaker;
    }
    About::Nobody
}

/// The other house named last before a token, in its sentence.
fn before(scan: &Scan<'_>, own: &[NameIx], at: usize) -> Option<NameIx> {
    let byte = scan.at(at).start();
    let sentence = scan.sentence_at(byte)?;
    let houses = scan.mentions_in(sentence.span).iter().rev().filter(|m| m.span.start() < byte);
    let mut houses = houses.map(|m| m.name).filter(|n| scan.kind(*n) == EntityKind::Organization);
    houses.find(|name| !own.contains(name) && !scan.reports(*name))
}

/// 公司: the speaker's own; 该公司: whom the text means by it.
fn han_house(
    cx: &Context<'_>,
    own: &[NameIx],
    index: usize,
    content: &Range<usize>,
) -> Option<About> {
    let scan = cx.scan;
    if scan.at(index).shape != Shape::Han {
        return None;
    }
    let nouns = &scan.rules.lexicon.nouns;
    let (row, hit) = nouns.at(&scan.tokens, &scan.rules.vocabulary, index, content.end)?;
    if row.meaning != NounMeaning::Company {
        return None;
    }
    let pointed = scan.is(index, scan.classes().han_edge);
    let meant = pointed.then(|| cx.coref.meant(scan, hit.range, index)).flatten();
    Some(match meant {
        Some(name) if !own.contains(&name) => About::Other(name),
        _ => About::Speaker,
    })
}

/// The speaker, the house it speaks from, and the others of its family.
pub(super) fn own_names(cx: &Context<'_>, speaker: Speaker) -> Vec<NameIx> {
    let mut own: Vec<NameIx> = match speaker {
        Speaker::Named(name) | Speaker::Outlet(name) => {
            std::iter::once(name).chain(cx.coref.house(name)).collect()
        }
        Speaker::Document(_, house) | Speaker::Anonymous(_, house) => house.into_iter().collect(),
        Speaker::Here => Vec::new(),
    };
    let kin: Vec<NameIx> = own.iter().flat_map(|name| family::of(cx.scan, *name)).collect();
    own.extend(kin);
    own
}

/// A product stands for its maker where the text names it.
pub(super) fn house_of(scan: &Scan<'_>, name: NameIx) -> NameIx {
    match scan.kind(name) {
        EntityKind::Product => maker(scan, name).unwrap_or(name),
        _ => name,
    }
}

/// The person a pronoun stands for where its speaker is a house.
fn third_person(cx: &Context<'_>, speaker: Speaker, at: usize) -> Option<NameIx> {
    let scan = cx.scan;
    let person = matches!(speaker, Speaker::Named(name) if scan.kind(name) == EntityKind::Person);
    if person || !scan.is(at, scan.classes().he) {
        return None;
    }
    match voice::of(scan, cx.coref, &NounPhrase { tokens: at..at + 1, beside: None }).as_slice() {
        [Speaker::Named(name)] => Some(*name),
        _ => None,
    }
}
