//! Whom a phrase means by a word of a name, by a country, or by an office: "the commission" of the Commission
//! for Fair Data, "Harnvik's regulator", "the judge", "they" of "two people familiar with it".
//!
//! In: the names of a text and a phrase. Out: a name or a phrase that speaks, or nothing. What holds: one name
//! fits, or the nearest before the phrase; a name may also be given after it, as in the first lines of a report.

use std::ops::Range;

use super::scan::Scan;
use crate::model::entity::{EntityKind, NameIx};

/// Words so common that a name which holds one is not meant by it.
const COMMON: [&str; 4] = ["company", "firm", "group", "house"];
/// Sentences to look back for people who spoke.
const BACK_SENTENCES: usize = 2;
/// Most tokens between people and their reporting word: "with knowledge of the contract".
const BESIDE_TOKENS_MAX: usize = 9;

/// The house that has all words of a phrase in its name: nearest before it, else the only one behind it.
pub(super) fn by_own_word(scan: &Scan<'_>, first: usize, head: usize) -> Option<NameIx> {
    let words: Vec<String> = (first + 1..=head).map(|i| scan.letters(i).to_lowercase()).collect();
    let common = words.last().is_none_or(|word| COMMON.contains(&word.as_str()));
    // "The court of Harnvik" is called by more than its word.
    let more = scan.is(head + 1, scan.classes().prep) && scan.mention_over(head + 2).is_some();
    if common || more || scan.at(head).is_capital() {
        return None;
    }
    let byte = scan.at(head).start();
    let holds = |name: NameIx, tokens: Range<usize>| {
        let house = matches!(scan.kind(name), EntityKind::Organization | EntityKind::Government);
        let own: Vec<String> = tokens.map(|i| scan.letters(i).to_lowercase()).collect();
        house && own.len() > 1 && words.iter().all(|word| own.contains(word))
    };
    let written = || scan.mentions.iter().filter(|m| holds(m.name, scan.tokens_of(m)));
    let before = written().rfind(|m| m.span.start() < byte);
    let only = || {
        let first = written().next()?.name;
        written().all(|m| m.name == first).then_some(first)
    };
    before.map(|m| m.name).or_else(only)
}

/// The country that owns what a phrase speaks of: "Harnvik's privacy regulator".
pub(super) fn country<'s>(scan: &'s Scan<'_>, phrase: Range<usize>) -> Option<&'s str> {
    let place = scan.mention_over(phrase.start)?;
    let end = scan.tokens_of(place).end;
    let owns = scan.kind(place.name) == EntityKind::Place && scan.says(end, "'s");
    let id = scan.names.get(place.name.0 as usize)?.id.as_ref().filter(|_| owns)?;
    scan.rules.registry.get(id)?.country.as_deref()
}

/// The only authority of a country that a text names.
pub(super) fn authority_of(scan: &Scan<'_>, country: &str) -> Option<NameIx> {
    let theirs = |name: &NameIx| {
        let id = scan.names.get(name.0 as usize).and_then(|name| name.id.as_ref());
        let entity = id.and_then(|id| scan.rules.registry.get(id));
        scan.kind(*name) == EntityKind::Government
            && entity.is_some_and(|e| e.country.as_deref() == Some(country))
    };
    let mut found = scan.mentions.iter().map(|m| m.name).filter(theirs);
    let first = found.next()?;
    found.all(|name| name == first).then_some(first)
}

/// The words for several people who spoke last before a token.
pub(super) fn people(scan: &Scan<'_>, before: usize) -> Option<Range<usize>> {
    let byte = scan.at(before).start();
    let here = scan.sentences.partition_point(|s| s.span.start() <= byte).checked_sub(1)?;
    let back = (0..=BACK_SENTENCES).map_while(|back| scan.sentences.get(here.checked_sub(back)?));
    let mut found = back.filter_map(|sentence| {
        let end = sentence.tokens.end.min(before);
        let speak = |at: &usize| is_many_people(scan, *at) && speaks(scan, *at, end);
        let head = (sentence.tokens.start..end).rev().find(speak)?;
        let counts =
            |at: usize| scan.is(at, scan.classes().det) || scan.is(at, scan.classes().count);
        let floor = head.saturating_sub(3).max(sentence.tokens.start);
        let from = (floor..head).rev().take_while(|at| !scan.is_comma(*at)).find(|at| counts(*at));
        Some(from.unwrap_or(head)..head + 1)
    });
    found.next()
}

fn is_many_people(scan: &Scan<'_>, at: usize) -> bool {
    let letters = scan.letters(at);
    scan.is(at, scan.classes().human) && (letters.ends_with('s') || letters == "people")
}

/// Whether a reporting word follows, with no other clause between.
fn speaks(scan: &Scan<'_>, head: usize, end: usize) -> bool {
    let reach = end.min(head + 1 + BESIDE_TOKENS_MAX);
    let near = (head + 1..reach)
        .take_while(|at| !scan.is_break(*at) && !scan.is(*at, scan.classes().stop));
    let cues = &scan.rules.lexicon.cues;
    near.into_iter().any(|at| {
        let cue = cues.at(&scan.tokens, &scan.rules.vocabulary, at, end);
        cue.is_some() && scan.is(at, scan.classes().verb)
    })
}
