//! Whom a phrase means by a word of a name, by a country, or by an office: "the commission" of the Commission
//! for Fair Data, "Harnvik's regulator", "the judge", "they" of "two people familiar with it".
//!
//! In: the names of a text and a phrase. Out: a name or a phrase that speaks, or nothing. What holds: one name
//! fits, or the nearest before the phrase; a name may also be given after it, as in the first lines of a report.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::scan::Scan;
use crate::model::entity::{EntityKind, NameIx};

/// Sentences to look back for people who spoke, and most tokens of each.
const BACK_SENTENCES: usize = 2;
const BACK_TOKENS_MAX: usize = 120;
/// Most tokens between people and their reporting word: "with knowledge of the contract".
const BESIDE_TOKENS_MAX: usize = 9;
/// Most names holding a word that are looked at for one phrase.
const HOLDERS_MAX: usize = 32;

/// Names of a text by what else they are called; gathered once.
#[derive(Debug, Clone, Default)]
pub(super) struct Called {
    /// Places of houses whose names have several words, by each word in small letters: numbers of mentions.
    words: HashMap<String, Vec<usize>>,
    /// Authorities by the country of their registry entry.
    authorities: HashMap<String, BTreeSet<NameIx>>,
}

impl Called {
    /// Gathers the names of a text.
    pub(super) fn of(scan: &Scan<'_>) -> Self {
        let mut called = Self::default();
        for (number, mention) in scan.mentions.iter().enumerate() {
            let kind = scan.kind(mention.name);
            let tokens = scan.tokens_of(mention);
            let house = matches!(kind, EntityKind::Organization | EntityKind::Government);
            if house && tokens.len() > 1 {
                for at in tokens {
                    let word = scan.letters(at).to_lowercase();
                    called.words.entry(word).or_default().push(number);
                }
            }
            let name = scan.names.get(mention.name.0 as usize);
            let entity = name.and_then(|name| scan.rules.registry.get(name.id.as_ref()?));
            let country = entity.and_then(|entity| entity.country.as_ref());
            if let Some(country) = country.filter(|_| kind == EntityKind::Government) {
                called.authorities.entry(country.clone()).or_default().insert(mention.name);
            }
        }
        called
    }

    /// The house that has all words of a phrase in its name: nearest before it, else the only one behind it.
    pub(super) fn by_own_word(&self, scan: &Scan<'_>, first: usize, head: usize) -> Option<NameIx> {
        let c = scan.classes();
        // "The court of Harnvik" is called by more than its word.
        let more = scan.is(head + 1, c.prep) && scan.mention_over(head + 2).is_some();
        // "The Council" is the one that has it in its name; "Harnvik Council" is a name of its own.
        let part = scan.at(head).is_capital() && head != first + 1;
        if head <= first || more || part || scan.is(head, c.plain_house) {
            return None;
        }
        let words: Vec<String> =
            (first + 1..=head).map(|i| scan.letters(i).to_lowercase()).collect();
        let holders = self.words.get(words.last()?)?;
        let holds = |number: &usize| {
            let mention = scan.mentions.get(*number)?;
            let own: Vec<String> =
                scan.tokens_of(mention).map(|i| scan.letters(i).to_lowercase()).collect();
            words.iter().all(|word| own.contains(word)).then_some(mention.name)
        };
        let byte = scan.at(head).start();
        let begins = |number: &usize| scan.mentions.get(*number).map(|m| m.span.start());
        let here = holders.partition_point(|number| begins(number) < Some(byte));
        let (before, behind) = holders.split_at_checked(here)?;
        if let Some(name) = before.iter().rev().take(HOLDERS_MAX).find_map(holds) {
            return Some(name);
        }
        let mut names = behind.iter().take(HOLDERS_MAX).filter_map(holds);
        let only = names.next()?;
        names.all(|name| name == only).then_some(only)
    }

    /// The only authority of a country that a text names.
    pub(super) fn authority_of(&self, country: &str) -> Option<NameIx> {
        let mut found = self.authorities.get(country)?.iter();
        found.next().copied().filter(|_| found.next().is_none())
    }
}

/// The country that owns what a phrase speaks of: "Harnvik's privacy regulator".
pub(super) fn country<'s>(scan: &'s Scan<'_>, phrase: Range<usize>) -> Option<&'s str> {
    let place = scan.mention_over(phrase.start)?;
    let end = scan.tokens_of(place).end;
    let owns = scan.kind(place.name) == EntityKind::Place && scan.says(end, "'s");
    let id = scan.names.get(place.name.0 as usize)?.id.as_ref().filter(|_| owns)?;
    scan.rules.registry.get(id)?.country.as_deref()
}

/// The words for several people who spoke last before a token.
pub(super) fn people(scan: &Scan<'_>, before: usize) -> Option<Range<usize>> {
    let byte = scan.at(before).start();
    let here = scan.sentences.partition_point(|s| s.span.start() <= byte).checked_sub(1)?;
    let back = (0..=BACK_SENTENCES).map_while(|back| scan.sentences.get(here.checked_sub(back)?));
    let mut found = back.filter_map(|sentence| {
        let end = sentence.tokens.end.min(before);
        let speak = |at: &usize| is_many_people(scan, *at) && speaks(scan, *at, end);
        let from = sentence.tokens.start.max(end.saturating_sub(BACK_TOKENS_MAX));
        let head = (from..end).rev().find(speak)?;
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
