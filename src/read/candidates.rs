//! Runs of letters that may be names: capitals in English, characters in Chinese.

use std::ops::Range;

use super::behind;
use super::han_grams::Grams;
use super::han_names::{self, Signs};
use super::han_slots;
use super::letters::is_league;
use super::mention::{is_currency, with_version};
use super::scan::{Scan, Sentence};
use crate::model::entity::{EntityKind, NameIx};
use crate::model::text::Span;
use crate::rules::{Shape, WordId};

/// Longest name in tokens.
pub(super) const NAME_TOKENS_MAX: usize = 9;

/// Bytes and places looked back at for a league that a sentence begins with.
const LEAGUE_BYTES_MAX: usize = 16_000;
const LEAGUE_PLACES_MAX: usize = 8;

/// Characters looked back at for the host of an address.
const TAG_CHARS_MAX: usize = 60;

/// A run of capitals that may be a name.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub tokens: Range<usize>,
    pub span: Span,
    /// Whether it stands where any word would have a capital.
    pub initial: bool,
    /// Kinds that Chinese words beside or inside it speak for, with points.
    pub signs: Vec<(EntityKind, i32)>,
    /// Letters that stand for it elsewhere: 槐汀 of 槐汀集团.
    pub short: Option<String>,
    /// The name itself, and the house before it: "T380" of "Tessarind T380".
    pub made: Option<(Span, NameIx)>,
}

impl Candidate {
    pub(super) fn new(scan: &Scan<'_>, tokens: Range<usize>, initial: bool) -> Self {
        let span = with_version(scan, scan.span(tokens.clone()));
        Self { tokens, span, initial, signs: Vec::new(), short: None, made: None }
    }

    /// A run that words beside it speak for.
    pub(super) fn of_sign(
        scan: &Scan<'_>,
        tokens: Range<usize>,
        kind: EntityKind,
        points: i32,
    ) -> Self {
        let span = scan.span(tokens.clone());
        Self { tokens, span, initial: false, signs: vec![(kind, points)], short: None, made: None }
    }
}

/// Names of a Chinese sentence, in Latin letters and in characters.
pub(super) fn in_chinese(scan: &Scan<'_>, grams: &Grams, sentence: &Sentence) -> Vec<Candidate> {
    let signs = Signs::of(scan, sentence.tokens.clone());
    let mut found: Vec<Candidate> = runs(scan, sentence)
        .into_iter()
        .map(|candidate| {
            let signs = signs.beside(&candidate.tokens).map(|kind| (kind, 5)).collect();
            Candidate { initial: false, signs, ..candidate }
        })
        .filter(|candidate| candidate.span.of(scan.body).chars().count() > 1)
        .collect();
    let named: Vec<Candidate> = han_names::find(scan, grams, sentence, &signs)
        .into_iter()
        .map(|name| {
            let short = name.short.map(|tokens| scan.words(tokens).to_string());
            Candidate { short, ..Candidate::of_sign(scan, name.tokens, name.kind, 9) }
        })
        .collect();
    for slot in han_slots::find(scan, grams, sentence, &signs) {
        // What a sign names is better known than what its place names.
        let (start, end) = (slot.tokens.start, slot.tokens.end);
        if !named.iter().any(|n| n.tokens.start < end && start < n.tokens.end) {
            let beside = signs.beside(&slot.tokens).map(|kind| (kind, 5));
            let signs = slot.signs.iter().copied().chain(beside).collect();
            found.push(Candidate { signs, ..slot });
        }
    }
    found.extend(named);
    found.retain(|candidate| scan.nameless_over(candidate.span).is_none());
    found
}

/// Runs of capitals in a sentence, joined by the small words that names hold.
pub(super) fn runs(scan: &Scan<'_>, sentence: &Sentence) -> Vec<Candidate> {
    let c = scan.classes();
    let end = sentence.tokens.end;
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    while at < end {
        if let Some(tokens) = behind::house(scan, at, end) {
            at = tokens.end;
            found.push(Candidate {
                span: scan.span(tokens.clone()),
                ..Candidate::new(scan, tokens, false)
            });
            continue;
        }
        if let Some(made) = behind::made(scan, at, end) {
            at = made.tokens.end;
            found.push(made);
            continue;
        }
        if !begins_name(scan, at) {
            at += 1;
            continue;
        }
        let from = at;
        let mut to = at + 1;
        while to < end && to - from < NAME_TOKENS_MAX {
            let glue = scan.at(to).spaced;
            // "Orison LLC Ann Ruo": a legal form ends a name.
            let formed =
                scan.is(to - 1, c.org_suffix) && scan.is(to - 1, c.abbreviation) && to - from > 1;
            if formed {
                break;
            }
            let carrier = to - from == 1 && scan.is(from, c.house_first) && glue;
            if is_name_word(scan, to) && (glue || scan.letters(to - 1) == "-") {
                to += 1;
            } else if let Some(place) = behind::place(scan, to).filter(|_| carrier) {
                to = place;
            } else if let Some(next) = joined(scan, from, to, end) {
                to = next;
            } else {
                break;
            }
        }
        let initial = from == sentence.tokens.start
            || scan.is_quote(from - 1)
            || matches!(scan.letters(from - 1), "‘" | "'" | ":" | "•" | "(");
        let mut start = from;
        let opener = initial && scan.is(start, c.common) || scan.is(start, c.prep);
        if to - start > 1 && opener && !scan.is(start, c.given_name) {
            start += 1;
            while start < to && !begins_name(scan, start) {
                start += 1;
            }
        }
        // Offices before a person's name are no part of it: "Deputy Prime Minister Ann Ruo"; in "Harnvik General
        // Hospital" there is none.
        let office = scan.is(to - 1, c.gov_word)
            || scan.is(to - 1, c.org_suffix)
            || scan.is(to - 1, c.law_word)
            || scan.is(to - 1, c.house_word)
            || scan.is(to - 1, c.title);
        let ranked = |i: &usize| scan.is(*i, c.title) || scan.is(*i, c.rank);
        if let Some(last) = (start..to - 1).rev().find(|i| ranked(i) && !office) {
            start = last + 1;
            while start < to && !begins_name(scan, start) {
                start += 1;
            }
        }
        // "Secretary of the Air Force Ada Renholt": behind a house a person begins.
        let held = |i: &usize| {
            let house = [c.gov_word, c.thing, c.org_suffix].iter().any(|n| scan.is(*i - 1, *n));
            house && scan.is(*i, c.given_name) && to - *i <= 3
        };
        if let Some(person) = (start + 2..to.saturating_sub(1)).rev().find(held) {
            found.push(Candidate::new(scan, start..person, initial && start == from));
            start = person;
        }
        if start < to {
            found.push(Candidate::new(scan, start..to, initial && start == from));
        }
        at = to;
    }
    found
}

pub(super) fn is_name_word(scan: &Scan<'_>, index: usize) -> bool {
    let token = scan.at(index);
    let c = scan.classes();
    token.is_capital()
        && !scan.is(index, c.month)
        && !scan.is(index, c.weekday)
        && !scan.is(index, c.demonym)
        && !(scan.is(index, c.no_name) && token.shape == Shape::Upper)
        && !is_short_form(scan, index)
        && scan.mention_over(index).is_none()
        && scan.nameless_over(token.span()).is_none()
        && !is_currency(scan.body, token.span())
        && !is_tag(scan.body, token.span())
}

/// "@AdaRenholt", "#Wrenlight", "pages.example/hBaWq": tags and addresses.
fn is_tag(body: &str, span: Span) -> bool {
    let before = body.get(..span.start()).unwrap_or("");
    let near = || before.chars().rev().take(TAG_CHARS_MAX);
    before.ends_with(['@', '#'])
        || before.ends_with('/') && near().take_while(|c| !c.is_whitespace()).any(|c| c == '.')
}

/// "I’d", "Don’t", "9.30am": capitals or mixed letters that name nothing.
fn is_short_form(scan: &Scan<'_>, index: usize) -> bool {
    let letters = scan.letters(index);
    let c = scan.classes();
    if letters.starts_with(|c: char| c.is_ascii_digit()) {
        let ending = letters.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        return ending.len() <= 2 && ending.chars().all(|c| c.is_ascii_lowercase());
    }
    match letters.split_once(['\'', '’']) {
        Some((head, tail)) => {
            let word = scan.rules.vocabulary.find(&head.to_lowercase());
            tail == "t"
                || [c.pronoun, c.it, c.he, c.they, c.common]
                    .iter()
                    .any(|class| scan.rules.vocabulary.is(word, *class))
        }
        None => false,
    }
}

fn begins_name(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    // "Thirty-one publishers": a number before a small word names nobody.
    let small = |at: usize| scan.at(at).shape == Shape::Lower;
    let joined = scan.letters(index + 1) == "-" && small(index + 2);
    let counts = scan.is(index, c.count) && (small(index + 1) || joined);
    is_name_word(scan, index)
        && !counts
        && !scan.is(index, c.pronoun)
        && !scan.is(index, c.no_name)
        && !(scan.is(index, c.det) && scan.at(index).shape == Shape::Title)
}

/// Whether words stand, here or shortly before, behind a small letter, where only names have a capital: "Lawyers for
/// Orison" that open a sentence are none.
fn stands_inside(scan: &Scan<'_>, words: Range<usize>) -> bool {
    let letters = scan.words(words.clone());
    let end = scan.span(words).end();
    let from = scan.body.floor_char_boundary(end.saturating_sub(LEAGUE_BYTES_MAX));
    let before = scan.body.get(from..end).unwrap_or("");
    before.match_indices(letters).take(LEAGUE_PLACES_MAX).any(|(at, _)| {
        let left = before.get(..at).and_then(|text| text.strip_suffix(' '));
        left.is_some_and(|text| text.ends_with(|c: char| c.is_lowercase() || c == ','))
    })
}

/// A small word, "&" or hyphen that continues a name, and the capital behind it.
fn joined(scan: &Scan<'_>, from: usize, at: usize, end: usize) -> Option<usize> {
    let c = scan.classes();
    let letters = scan.letters(at);
    let next = at + 1;
    if next >= end {
        return None;
    }
    if letters == "&" && is_name_word(scan, next) {
        return Some(next + 1);
    }
    if matches!(letters, "-" | "·")
        && !scan.at(at).spaced
        && !scan.at(next).spaced
        && is_name_word(scan, next)
    {
        return Some(next + 1);
    }
    if letters == "."
        && !scan.at(at).spaced
        && scan.letters(at - 1).chars().count() == 1
        && is_name_word(scan, next)
    {
        return Some(next + 1);
    }
    // "Roh Tae-sun": a second part in small letters that is no word of the rules.
    if letters == "-"
        && !scan.at(at).spaced
        && !scan.at(next).spaced
        && at - from >= 2
        && scan.at(next).shape == Shape::Lower
        && scan.at(next).word == WordId::UNKNOWN
    {
        return Some(next + 1);
    }
    if matches!(letters, "’" | "'")
        && !scan.at(at).spaced
        && !scan.at(next).spaced
        && is_name_word(scan, next)
    {
        return Some(next + 1);
    }
    if scan.is(at, c.particle) && is_name_word(scan, next) && scan.is(from, c.given_name) {
        return Some(next + 1);
    }
    // "University of Harnvik", "Office for the Protection of Data".
    let office = (from..at).any(|i| scan.is(i, c.gov_word) || scan.is(i, c.org_suffix));
    // "Harnvik Capital for US$ 3 bn": only offices are for or on something.
    let public = (from..at).any(|i| scan.is(i, c.gov_word));
    if office && (letters == "of" || matches!(letters, "for" | "on") && public) {
        let skip = if scan.is(next, c.article) { next + 1 } else { next };
        if skip < end && (is_name_word(scan, skip) || scan.mention_over(skip).is_some()) {
            return Some(skip + 1);
        }
    }
    // "Writers for Fair Pay"
    if at == from + 1
        && is_league(scan, from, next + 1)
        && is_name_word(scan, next)
        && stands_inside(scan, from..next + 1)
    {
        return Some(next + 1);
    }
    // Trailing numbers: "Local 9".
    (scan.at(at).shape == Shape::Number
        && scan.at(at).number.is_some_and(|n| n < 1000)
        && at - from >= 2
        && (!scan.at(next).is_wordlike() || scan.is(next, c.verb) || scan.is(next, c.prep)))
    .then_some(next)
}
