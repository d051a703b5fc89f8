//! What stands behind a known name and belongs to it: "Harnvik Bank", "Tessarind T380".
//!
//! In: a known mention. Out: a longer name, or a product with the mention of its house. What holds: a
//! product with a number in its name takes in the house before it; one of words alone does not.

use std::ops::Range;

use super::candidates::{Candidate, is_name_word};
use super::mention::with_version;
use super::scan::Scan;
use crate::model::entity::EntityKind;
use crate::model::text::Span;
use crate::rules::Shape;

/// Most tokens of a name behind its house.
const WORDS_MAX: usize = 4;
/// Points of a thing named behind its house.
const POINTS: i32 = 9;

/// The end of the place that begins at a token: "Air Harnvik".
pub(super) fn place(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let mention = scan.mention_over(at)?;
    (scan.kind(mention.name) == EntityKind::Place).then(|| scan.tokens_of(mention).end)
}

/// "Singapore Harbour Bank", "Orison Group": a known name, and a word of houses behind it.
pub(super) fn house(scan: &Scan<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let c = scan.classes();
    let mention = scan.mention_over(at).filter(|m| m.span.start() == scan.at(at).start())?;
    let place = match scan.kind(mention.name) {
        EntityKind::Place => true,
        EntityKind::Organization => false,
        _ => return None,
    };
    let known = scan.tokens_of(mention);
    let to = (known.end..end.min(known.end + 5))
        // "Harnvik Southern Airlines"
        .take_while(|i| scan.at(*i).spaced && (is_name_word(scan, *i) || scan.is(*i, c.demonym)))
        .last()?
        + 1;
    let last = to - 1;
    let house = scan.is(last, c.org_suffix) || scan.is(last, c.gov_word) && place;
    // "Harnvik School of Design"
    let of = scan.says(to, "of") && to + 1 < end && is_name_word(scan, to + 1);
    let whole = |from: usize| {
        (from..end.min(from + 3))
            .take_while(|i| is_name_word(scan, *i))
            .last()
            .map_or(to, |i| i + 1)
    };
    house.then(|| known.start..if of { whole(to + 1) } else { to })
}

/// The product whose house is mentioned at a token.
pub(super) fn made(scan: &Scan<'_>, at: usize, end: usize) -> Option<Candidate> {
    let c = scan.classes();
    let mention = scan.mention_over(at).filter(|m| m.span.start() == scan.at(at).start())?;
    if scan.kind(mention.name) != EntityKind::Organization {
        return None;
    }
    let from = scan.tokens_of(mention).end;
    let word = |i: &usize| *i < end && scan.at(*i).spaced && is_name_word(scan, *i);
    let words = |from: usize| {
        let range = from..end.min(from + WORDS_MAX);
        range.take_while(word).last().map_or(from, |i| i + 1)
    };
    let numbered = is_coded(scan, from) && word(&from);
    let counted = is_number(scan, from, end)
        && (is_ware(scan, from + 1) || word(&(from + 1)) || is_bare(scan, at, from + 1));
    if numbered || counted {
        let to = words(from + 1);
        let name = with_version(scan, scan.span(from..to));
        let whole = scan.span(at..to).start();
        let span = Span::new(whole, name.end());
        let sign = Candidate::of_sign(scan, at..to, EntityKind::Product, POINTS);
        return Some(Candidate { span, made: Some((name, mention.name)), ..sign });
    }
    // "Tessarind Corrie Duo processors", "Tessarind Corrie and Duo processors".
    let to = words(from);
    let house = to.checked_sub(1).filter(|last| *last >= from).is_none_or(|last| {
        scan.is(last, c.org_suffix) || scan.is(last, c.title) || scan.is(last, c.gov_word)
    });
    if house || !(is_ware(scan, to) || scan.is(to, c.conj) && is_ware(scan, words(to + 1))) {
        return None;
    }
    let sign = Candidate::of_sign(scan, from..to, EntityKind::Product, POINTS);
    Some(Candidate { made: Some((sign.span, mention.name)), ..sign })
}

/// "T380": letters and digits.
fn is_coded(scan: &Scan<'_>, at: usize) -> bool {
    let digits = scan.letters(at).bytes().any(|b| b.is_ascii_digit());
    digits && scan.at(at).shape == Shape::Mixed
}

/// "717": three digits or more that are no year and no amount.
fn is_number(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let letters = scan.letters(at);
    let plain = letters.len() >= 3 && letters.bytes().all(|b| b.is_ascii_digit());
    at < end && plain && scan.at(at).number.is_some_and(|n| !(1900..2100).contains(&n))
}

fn is_ware(scan: &Scan<'_>, at: usize) -> bool {
    let c = scan.classes();
    (scan.is(at, c.ware) || scan.is(at, c.product_noun)) && !scan.at(at).is_capital()
}

/// "the Tessarind 717 will": an article before the house, and no noun behind the number.
fn is_bare(scan: &Scan<'_>, house: usize, next: usize) -> bool {
    let c = scan.classes();
    let article =
        (1..=2).any(|back| house.checked_sub(back).is_some_and(|i| scan.is(i, c.article)));
    let acts = [c.aux, c.modal, c.prep, c.stop].iter().any(|class| scan.is(next, *class));
    article && (acts || scan.is_comma(next))
}
