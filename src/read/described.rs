//! What a text calls its houses, and how well a phrase fits one: "the audit firm", "the Chinese start-up".

use std::collections::HashMap;
use std::ops::Range;

use super::scan::Scan;
use crate::model::entity::{Entity, EntityRole, NameIx};
use crate::rules::ClassId;

/// Nouns of descriptions, and the names each was given to.
#[derive(Debug, Clone, Default)]
pub(super) struct Descriptions {
    nouns: HashMap<String, Vec<NameIx>>,
}

impl Descriptions {
    /// Notes what stands beside a name: "the audit firm Brede Solvang".
    pub(super) fn note(&mut self, scan: &Scan<'_>, tokens: &Range<usize>, name: NameIx) {
        let c = scan.classes();
        // "the audit firm Brede Solvang"
        if let Some(noun) = tokens.start.checked_sub(1).filter(|i| is_description(scan, *i)) {
            self.describe(scan, noun, name);
        }
        // "Wrenlight, the maker of an AI coding editor,"
        if scan.is_comma(tokens.end) && scan.is(tokens.end + 1, c.det) {
            (tokens.end + 2..tokens.end + 7)
                .take_while(|i| {
                    !scan.is_comma(*i) && !scan.is(*i, c.prep) && !scan.is(*i, c.relative)
                })
                .filter(|i| is_description(scan, *i))
                .for_each(|noun| self.describe(scan, noun, name));
        }
    }

    fn describe(&mut self, scan: &Scan<'_>, noun: usize, name: NameIx) {
        let names = self.nouns.entry(scan.letters(noun).to_lowercase()).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }

    /// How well the words of a phrase fit a name: nationality, seat, trade.
    pub(super) fn likeness(&self, scan: &Scan<'_>, name: NameIx, phrase: Range<usize>) -> i64 {
        let registry = &scan.rules.registry;
        let entity = entity(scan, name);
        // "The Hangzhou-based group": a house that has it in its name.
        let head = scan.letters(phrase.end.saturating_sub(1)).to_lowercase();
        let own = scan.names.get(name.0 as usize).map_or("", |name| name.name.as_str());
        let mut own = own.split(' ').skip(1).map(str::to_lowercase);
        let mut sum = if own.any(|word| word == head) { 14 } else { 0 };
        if let Some(entity) = entity {
            let words = scan.words(phrase.clone());
            sum += 14 * entity.called.iter().filter(|word| holds(words, word)).count() as i64;
        }
        for index in phrase {
            let letters = scan.letters(index);
            let word = letters.to_lowercase();
            let telling = !scan.is(index, scan.classes().plain_house);
            if let Some(names) = self.nouns.get(&word).filter(|_| telling) {
                sum += if names.contains(&name) { 16 } else { 0 };
            }
            let Some(entity) = entity else { continue };
            match (registry.country_meant(letters), &entity.country) {
                (Some(meant), Some(country)) if meant == country => sum += 8,
                (Some(_), Some(_)) => sum -= 40,
                _ => {}
            }
            let carries = matches!(letters, "platform" | "site" | "forum" | "network");
            if carries && entity.is(EntityRole::Platform) {
                sum += 16;
            }
        }
        sum
    }
}

/// Whether a phrase holds a word or several, whole.
fn holds(phrase: &str, words: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    phrase.match_indices(words).any(|(at, hit)| {
        let before = phrase.get(..at).and_then(|t| t.chars().next_back());
        let after = phrase.get(at + hit.len()..).and_then(|t| t.chars().next());
        !letter(before) && !letter(after)
    })
}

/// The registry entry of a name.
pub(super) fn entity<'a>(scan: &'a Scan<'_>, name: NameIx) -> Option<&'a Entity> {
    let name = scan.names.get(name.0 as usize)?;
    scan.rules.registry.get(name.id.as_ref()?)
}

/// Whether a noun describes a house.
pub(super) fn is_description(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    let any = |classes: [ClassId; 3]| classes.into_iter().any(|class| scan.is(index, class));
    any([c.company, c.authority, c.org_word]) && !scan.at(index).is_capital()
}
