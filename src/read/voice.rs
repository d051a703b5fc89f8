//! Whose voice a noun phrase is: a name, a document, somebody unnamed, an outlet.
//!
//! In: a phrase before or behind a reporting word. Out: one speaker, or several for joint subjects.
//! What holds: an unnamed source keeps the article's own words; a spokesperson speaks for the house;
//! a person named is that person, never the house.

use std::ops::Range;

use super::called;
use super::coref::{Coref, Wanted};
use super::finite::is_finite_verb;
use super::noun::NounPhrase;
use super::papers::{keeper, sender, subject_text};
use super::scan::Scan;
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, Mention, NameIx};
use crate::model::text::Span;
use crate::rules::Shape;

/// Reads a phrase as speakers.
pub(super) fn of(scan: &Scan<'_>, coref: &Coref, phrase: &NounPhrase) -> Vec<Speaker> {
    let tokens = phrase.tokens.clone();
    if let Some(beside) = &phrase.beside
        && let Some(person) = person_in(scan, beside)
        && head_name(scan, &tokens).is_none_or(|m| scan.kind(m.name) != EntityKind::Person)
    {
        // "Its finance director, Ada Renholt,": the apposition names the person.
        return vec![Speaker::Named(person.name)];
    }
    // "Both companies said": the two spoken of last, in this sentence or before.
    let last = tokens.end.wrapping_sub(1);
    let pair = scan.says(tokens.start, "both") || scan.says(tokens.start + 1, "two");
    if pair && tokens.len() <= 3 && scan.is(last, scan.classes().sides) {
        let sides = coref.sides(scan, tokens.start);
        if sides.len() == 2 {
            return sides.into_iter().map(Speaker::Named).collect();
        }
    }
    let joint = joint_names(scan, &tokens);
    if joint.len() > 1 {
        return joint.into_iter().map(|name| named(scan, name)).collect();
    }
    single(scan, coref, phrase).into_iter().collect()
}

fn single(scan: &Scan<'_>, coref: &Coref, phrase: &NounPhrase) -> Option<Speaker> {
    let mut tokens = phrase.tokens.clone();
    // "A memo dated Tuesday": whoever speaks does so without the day.
    let dated = tokens.clone().skip(1).find(|i| scan.is(*i, scan.classes().dating));
    tokens.end = dated.unwrap_or(tokens.end);
    let c = scan.classes();
    let first = tokens.start;
    let lone = tokens.len() == 1;
    // A pronoun whose name is not found stays as it is written.
    let written = Speaker::Anonymous(scan.span(tokens.clone()), None);
    if lone && scan.is(first, c.he) {
        let person = coref.nearest(scan, Wanted::Person, first).map(Speaker::Named);
        return Some(person.unwrap_or(written));
    }
    if lone && scan.is(first, c.it) {
        if let Some(text) = subject_text(scan, first) {
            return Some(Speaker::Document(scan.span(text), None));
        }
        return coref.nearest(scan, Wanted::House, first).map(|name| named(scan, name));
    }
    if lone && scan.is(first, c.they) {
        if let Some(people) = called::people(scan, first) {
            return Some(Speaker::Anonymous(scan.span(people), None));
        }
        let house = coref.nearest(scan, Wanted::House, first).map(|name| named(scan, name));
        return Some(house.unwrap_or(written));
    }
    if lone && scan.is(first, c.pronoun) {
        let letters = scan.letters(first).to_lowercase();
        // Outside quotations these are whoever writes.
        if matches!(letters.as_str(), "i" | "we") {
            return Some(Speaker::Here);
        }
        let speaks = matches!(letters.as_str(), "one" | "others" | "everyone" | "someone");
        return speaks.then_some(written);
    }
    // "one of them", "two of the people": in the text's own words.
    let part = scan.says(first + 1, "of") && !scan.is(first, c.article);
    if part && (scan.is(first, c.pronoun) || scan.is(first, c.det)) && tokens.len() <= 8 {
        return Some(written);
    }
    let head_end = core_end(scan, &tokens);
    let core = tokens.start..head_end;
    let head = head_end.checked_sub(1).filter(|i| *i >= tokens.start)?;
    let sender = dated.and_then(|dated| sender(scan, dated..phrase.tokens.end));
    let owner = house_in(scan, &tokens).or(sender);
    let span = scan.span(tokens.clone());
    if let Some(person) = person_in(scan, &core) {
        return Some(Speaker::Named(person.name));
    }
    if let Some(client) = client(scan, head) {
        return Some(Speaker::Named(client));
    }
    if scan.is(head, c.spokes) || is_counsel(scan, head, &tokens) {
        let house = owner.or_else(|| coref.nearest(scan, Wanted::House, first));
        return Some(match house {
            Some(house) => named(scan, house),
            None => Speaker::Anonymous(span, None),
        });
    }
    if let Some(mention) = scan.mention_over(head) {
        match scan.kind(mention.name) {
            EntityKind::Person | EntityKind::Organization | EntityKind::Government => {
                return Some(named(scan, mention.name));
            }
            EntityKind::Legal => return Some(Speaker::Document(span, None)),
            EntityKind::Product | EntityKind::Place => {}
        }
    }
    let bench = scan.is(head, c.court_word) && scan.is(head, c.title) && scan.is(first, c.definite);
    if let Some(judge) = bench.then(|| coref.judge(scan, first)).flatten() {
        return Some(Speaker::Named(judge));
    }
    let plural = scan.letters(head).ends_with('s');
    if scan.is(head, c.human) && !(scan.is(head, c.company) && !plural) {
        return Some(Speaker::Anonymous(span, owner));
    }
    if scan.is(head, c.document) && !scan.is(head, c.authority) {
        let inward = core.clone().any(|i| scan.is(i, c.inward));
        // "Seen by the Ledger": who saw it is not whose it is.
        let seen = tokens.clone().find(|i| scan.is(*i, c.seen)).unwrap_or(tokens.end);
        let owner = house_in(scan, &(first..seen)).or(sender);
        let owner = owner.or_else(|| inward.then(|| keeper(scan, first)).flatten());
        return Some(Speaker::Document(span, owner));
    }
    let definite = scan.is(first, c.article)
        && !matches!(scan.letters(first).to_lowercase().as_str(), "a" | "an")
        || scan.is(first, c.possessive)
        || core.clone().any(|i| scan.says(i, "'s"))
        || matches!(
            scan.letters(first).to_lowercase().as_str(),
            "this" | "that" | "both" | "neither"
        );
    if scan.is(head, c.company) || scan.is(head, c.authority) || scan.is(head, c.org_word) {
        return house(scan, coref, phrase, head, definite, span);
    }
    if scan.is(head, c.title) {
        // "the company's chief executive": the last person spoken of, else in the text's own words.
        let person = definite.then(|| coref.nearest(scan, Wanted::Person, first)).flatten();
        return Some(person.map_or(Speaker::Anonymous(span, owner), Speaker::Named));
    }
    if let Some(mention) = core.clone().rev().find_map(|i| scan.mention_over(i)) {
        let tokens = scan.tokens_of(mention);
        let possessive = scan.says(tokens.end, "'s");
        // What speaks under a name nobody has entered is somebody, whatever it looked like.
        let unknown = scan.names.get(mention.name.0 as usize).is_some_and(|n| n.id.is_none());
        let whole = tokens == core;
        if (scan.kind(mention.name).can_act() || unknown && whole) && !possessive {
            return Some(named(scan, mention.name));
        }
    }
    if let Some(name) = coref.called.by_own_word(scan, first, head).filter(|_| definite) {
        return Some(named(scan, name));
    }
    // Any other noun that the text lets speak keeps the text's own words.
    let noun = matches!(scan.at(head).shape, Shape::Lower | Shape::Title)
        && scan.letters(head).len() > 2
        && !scan.is(head, c.adverb)
        && !scan.is(head, c.prep)
        && !scan.is(head, c.pronoun)
        && !scan.is(head, c.mute)
        && !scan.letters(head).ends_with("ing");
    let opens = scan.is(first, c.det)
        || scan.is(first, c.possessive)
        || scan.mention_over(first).is_some()
        || plural;
    (noun && opens && tokens.len() <= 14 && !is_clause(scan, &tokens))
        .then_some(Speaker::Anonymous(span, owner))
}

/// "Three weeks ago it became", "his profile works", "an earlier version of this article": nobody.
fn is_clause(scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
    let c = scan.classes();
    let aside = |at: usize| scan.is(at, c.relative) || scan.is_comma(at);
    let mut main = tokens.clone().skip(2).take_while(|at| !aside(*at));
    let verb = |at: usize| {
        is_finite_verb(scan, at)
            && !scan.letters(at).ends_with("ed")
            && scan.at(at).shape == Shape::Lower
            && at + 1 < tokens.end
            && !aside(at + 1)
    };
    main.any(|at| {
        scan.is(at, c.it) || verb(at) || scan.says(at, "this") && scan.says(at + 1, "article")
    })
}

/// "the company", "the maker of Wrenlight", "the Harnvik start-up", "the regulator".
fn house(
    scan: &Scan<'_>,
    coref: &Coref,
    phrase: &NounPhrase,
    head: usize,
    definite: bool,
    span: Span,
) -> Option<Speaker> {
    let first = phrase.tokens.start;
    // A product in the phrase leads to its maker: "the maker of ChatGPT", "Wrenlight's developer".
    let made = scan
        .mentions_in(scan.span(phrase.tokens.clone()))
        .iter()
        .filter(|m| scan.kind(m.name) == EntityKind::Product)
        .find_map(|m| maker(scan, m.name));
    if let Some(made) = made {
        return Some(named(scan, made));
    }
    if !definite {
        // "a committee of the US House": the house it is part of speaks.
        let part = scan.is(head, scan.classes().authority) && scan.says(head + 1, "of");
        let whole = house_in(scan, &phrase.tokens)
            .filter(|name| part && scan.kind(*name) == EntityKind::Government);
        return Some(whole.map_or(Speaker::Anonymous(span, None), Speaker::Named));
    }
    // "Harnvik's regulator" is no authority of another country.
    let office = scan.is(head, scan.classes().authority);
    if let Some(country) = called::country(scan, first..head).filter(|_| office) {
        let authority = coref.called.authority_of(country);
        return Some(authority.map_or(Speaker::Anonymous(span, None), Speaker::Named));
    }
    let meant = coref
        .called
        .by_own_word(scan, first, head)
        .or_else(|| coref.meant(scan, first..head + 1, head));
    let meant = meant.map(|name| named(scan, name));
    Some(meant.unwrap_or(Speaker::Anonymous(span, None)))
}

/// The name in this text that owns a product.
pub(super) fn maker(scan: &Scan<'_>, product: NameIx) -> Option<NameIx> {
    let registry = &scan.rules.registry;
    let mut owner = scan.names.get(product.0 as usize)?.owner.clone();
    for _ in 0..4 {
        let id = owner?;
        if let Some(index) = scan.names.iter().position(|name| name.id.as_ref() == Some(&id)) {
            return Some(NameIx(index as u32));
        }
        owner = registry.get(&id)?.owner.clone();
    }
    None
}

/// A name as a speaker: outlets speak as outlets.
pub(super) fn named(scan: &Scan<'_>, name: NameIx) -> Speaker {
    if scan.reports(name) { Speaker::Outlet(name) } else { Speaker::Named(name) }
}

/// Where the phrase proper ends: before "of", "for", "who", "familiar with".
fn core_end(scan: &Scan<'_>, tokens: &Range<usize>) -> usize {
    let c = scan.classes();
    let mut at = tokens.start;
    while at < tokens.end {
        if let Some(mention) = scan.mention_over(at) {
            at = scan.tokens_of(mention).end.max(at + 1);
            continue;
        }
        let ends = scan.is(at, c.prep) && at > tokens.start
            || scan.is(at, c.relative)
            || scan.is_comma(at)
            || scan.is(at, c.seen) && scan.says(at + 1, "by")
            || scan.is(at, c.described)
            || scan.letters(at) == "("
            || scan.letters(at).ends_with("ing") && at > tokens.start && scan.is(at - 1, c.human);
        if ends {
            return at;
        }
        at += 1;
    }
    tokens.end.min(at)
}

/// The name a phrase ends in, before its first preposition.
fn head_name<'a>(scan: &'a Scan<'_>, tokens: &Range<usize>) -> Option<&'a Mention> {
    let end = core_end(scan, tokens);
    scan.mention_over(end.checked_sub(1)?)
}

fn person_in<'a>(scan: &'a Scan<'_>, tokens: &Range<usize>) -> Option<&'a Mention> {
    let span = scan.span(tokens.clone());
    scan.mentions_in(span).iter().find(|m| {
        let after = scan.tokens_of(m).end;
        scan.kind(m.name) == EntityKind::Person && !scan.says(after, "'s")
    })
}

/// The organisation or authority named in a phrase.
fn house_in(scan: &Scan<'_>, tokens: &Range<usize>) -> Option<NameIx> {
    let span = scan.span(tokens.clone());
    let mentions = scan.mentions_in(span);
    let direct = mentions
        .iter()
        .find(|m| matches!(scan.kind(m.name), EntityKind::Organization | EntityKind::Government));
    direct.map(|m| m.name).or_else(|| {
        mentions
            .iter()
            .filter(|m| scan.kind(m.name) == EntityKind::Product)
            .find_map(|m| maker(scan, m.name))
    })
}

/// "Alibaba and Anthropic": every name of a plain list.
fn joint_names(scan: &Scan<'_>, tokens: &Range<usize>) -> Vec<NameIx> {
    let c = scan.classes();
    let mut names = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        if let Some(mention) = scan.mention_over(at) {
            names.push(mention.name);
            at = scan.tokens_of(mention).end.max(at + 1);
        } else if scan.is(at, c.conj)
            || scan.is_comma(at)
            || scan.is(at, c.article)
            || matches!(scan.letters(at).to_lowercase().as_str(), "both" | "neither")
        {
            at += 1;
        } else {
            return Vec::new();
        }
    }
    names
}

/// The person that a lawyer speaks for: "lawyers for Ada Renholt".
fn client(scan: &Scan<'_>, head: usize) -> Option<NameIx> {
    let counsel = scan.is(head, scan.classes().counsel) && scan.says(head + 1, "for");
    let client = scan.mention_over(head + 2).filter(|_| counsel)?;
    (scan.kind(client.name) == EntityKind::Person).then_some(client.name)
}

/// "a lawyer for X", "X's attorneys", "counsel for".
fn is_counsel(scan: &Scan<'_>, head: usize, tokens: &Range<usize>) -> bool {
    let counsel = scan.is(head, scan.classes().counsel);
    counsel && (scan.says(head + 1, "for") || house_in(scan, tokens).is_some())
}
