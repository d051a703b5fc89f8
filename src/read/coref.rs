//! Whom "the company", "it", "she", "the regulator" stand for.
//!
//! In: the names of a text and where they stand. Out: the name that fits best: nearest, a subject
//! rather than an object, and of the nationality, seat and trade that the words give it. Phrases that
//! refer back are resolved from the first to the last, so that each counts as a place of its name.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::called::Called;
use super::described::{Descriptions, entity, is_description};
use super::finite::is_finite_verb;
use super::gender::{self, Genders};
use super::scan::{Scan, Sentence};
use super::stance::is_platform;
use super::{court, staff, voice};
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, EntityRole, NameIx};
use crate::rules::Shape;

/// Sentences to look back.
const BACK_SENTENCES: usize = 6;
/// Points of somebody known to be what a pronoun says, before others who may be.
const KNOWN_POINTS: i64 = 8;

/// What a text calls its names, and where they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Coref {
    descriptions: Descriptions,
    /// How often each name stands in the text.
    counts: HashMap<NameIx, usize>,
    /// The organisation a person was placed in.
    houses: HashMap<NameIx, NameIx>,
    /// Courts, and people called judges.
    judges: BTreeSet<NameIx>,
    /// Places of people called judges: first byte and name, in order.
    benches: Vec<(usize, NameIx)>,
    /// Who is "he" and who "she".
    genders: Genders,
    /// What else names are called.
    pub called: Called,
    /// Phrases that refer back: first byte and name, in order.
    phrases: Vec<(usize, NameIx)>,
}

/// Which sort of name a word may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Company,
    Authority,
    Person,
    /// A company or an authority.
    House,
}

impl Coref {
    /// Gathers descriptions, affiliations and the phrases that refer back.
    pub(super) fn of(scan: &Scan<'_>) -> Self {
        let mut coref =
            Self { called: Called::of(scan), genders: Genders::of(scan), ..Self::default() };
        for mention in &scan.mentions {
            *coref.counts.entry(mention.name).or_default() += 1;
            let tokens = scan.tokens_of(mention);
            match scan.kind(mention.name) {
                kind @ (EntityKind::Organization | EntityKind::Government) => {
                    if kind == EntityKind::Government && court::is_court(scan, mention.span) {
                        coref.judges.insert(mention.name);
                    }
                    coref.descriptions.note(scan, &tokens, mention.name);
                }
                EntityKind::Person => coref.note_person(scan, &tokens, mention.name),
                EntityKind::Product | EntityKind::Place | EntityKind::Legal => {}
            }
        }
        let judge =
            |name: NameIx| coref.judges.contains(&name) && scan.kind(name) == EntityKind::Person;
        let benches = scan.mentions.iter().filter(|mention| judge(mention.name));
        coref.benches = benches.map(|mention| (mention.span.start(), mention.name)).collect();
        for sentence in &scan.sentences {
            coref.note_phrases(scan, sentence);
            coref.note_staff(scan, sentence);
        }
        coref
    }

    /// Notes judges, and the houses that the registry or a name beside them gives people.
    fn note_person(&mut self, scan: &Scan<'_>, tokens: &Range<usize>, person: NameIx) {
        let c = scan.classes();
        let from = tokens.start.saturating_sub(4);
        let from = (from..tokens.start).rev().find(|i| scan.is_break(*i)).map_or(from, |i| i + 1);
        // "Judge Marion Askew barred Ada Renholt": the title is the first one's.
        let sits = |i: usize| {
            let own = (i + 1..tokens.start).all(|i| scan.mention_over(i).is_none());
            own && scan.is(i, c.title) && scan.is(i, c.court_word)
        };
        let han = scan.at(tokens.start).shape == Shape::Han
            && court::is_court(scan, scan.span(from..tokens.start));
        let entered = entity(scan, person).and_then(|e| e.owner.clone());
        let bench = entered.and_then(|id| scan.rules.registry.get(&id));
        if (from..tokens.start).any(sits) || han || bench.is_some_and(|e| e.is(EntityRole::Court)) {
            self.judges.insert(person);
        }
        let known = scan.names.get(person.0 as usize).and_then(|name| name.owner.clone());
        let owner = known.and_then(|id| {
            let at = scan.names.iter().position(|name| name.id.as_ref() == Some(&id))?;
            Some(NameIx(at as u32))
        });
        let beside = || match staff::house(scan, tokens) {
            Some(staff::House::Named(house)) => Some(house),
            _ => None,
        };
        if let Some(house) = owner.or_else(beside) {
            self.houses.entry(person).or_insert(house);
        }
    }

    /// Notes the houses that the people of a sentence speak from by words that refer back: what "its founder"
    /// means is known once all before it is.
    fn note_staff(&mut self, scan: &Scan<'_>, sentence: &Sentence) {
        for mention in scan.mentions_in(sentence.span) {
            let person = mention.name;
            if scan.kind(person) != EntityKind::Person || self.houses.contains_key(&person) {
                continue;
            }
            let house = match staff::house(scan, &scan.tokens_of(mention)) {
                Some(staff::House::Nearest(before)) => self.nearest(scan, Wanted::House, before),
                Some(staff::House::Phrase(phrase)) => {
                    let head = phrase.end - 1;
                    let by_word = self.called.by_own_word(scan, phrase.start, head);
                    by_word.or_else(|| self.meant(scan, phrase, head))
                }
                Some(staff::House::Named(_)) | None => None,
            };
            if let Some(house) = house {
                self.houses.insert(person, house);
            }
        }
    }

    /// The organisation a person speaks from, as far as the text says so.
    pub(super) fn house(&self, person: NameIx) -> Option<NameIx> {
        self.houses.get(&person).copied()
    }

    /// Whether a name is that of a court or a judge.
    pub(super) fn is_court(&self, name: NameIx) -> bool {
        self.judges.contains(&name)
    }

    /// The judge last spoken of before a token.
    pub(super) fn judge(&self, scan: &Scan<'_>, before: usize) -> Option<NameIx> {
        let limit = scan.at(before).start();
        let behind = self.benches.partition_point(|(at, _)| *at < limit);
        self.benches.get(behind.checked_sub(1)?).map(|(_, name)| *name)
    }

    /// "Both companies": the two organisations spoken of last before a token.
    pub(super) fn sides(&self, scan: &Scan<'_>, before: usize) -> Vec<NameIx> {
        let limit = scan.at(before).start();
        let mut seen: Vec<NameIx> = Vec::new();
        for mention in scan.mentions.iter().rev().filter(|m| m.span.start() < limit) {
            let organisation = scan.kind(mention.name) == EntityKind::Organization
                && matches!(voice::named(scan, mention.name), Speaker::Named(_))
                && !is_platform(scan, mention.name);
            if organisation && !seen.contains(&mention.name) {
                seen.push(mention.name);
            }
            if seen.len() == 2 {
                break;
            }
        }
        seen.reverse();
        seen
    }

    /// "the company", "the Harnvik start-up": each becomes a place of the name it stands for.
    fn note_phrases(&mut self, scan: &Scan<'_>, sentence: &Sentence) {
        let c = scan.classes();
        for at in sentence.tokens.clone() {
            if acts_as_house(scan, at)
                && let Some(name) = self.resolve(scan, Wanted::House, at, None)
            {
                self.phrases.push((scan.at(at).start(), name));
            }
            if !scan.is(at, c.article) || scan.letters(at).len() < 3 {
                continue;
            }
            let end = sentence.tokens.end.min(at + 6);
            let Some(head) = (at + 1..end)
                .take_while(|i| !scan.is_comma(*i) && !scan.is(*i, c.stop) && !scan.is(*i, c.prep))
                .filter(|i| is_description(scan, *i))
                .last()
            else {
                continue;
            };
            // "the audit firm Brede Solvang" names its firm.
            let named = scan.mention_over(head + 1).is_some() && scan.at(head + 1).spaced;
            if named || scan.is(head + 1, c.company) {
                continue;
            }
            let wanted = wanted_by(scan, head);
            let meant = self.called.by_own_word(scan, at, head);
            if let Some(name) = meant.or_else(|| self.resolve(scan, wanted, at, Some(at..head + 1)))
            {
                self.phrases.push((scan.at(at).start(), name));
            }
        }
    }

    /// The name of a sort that was last spoken of before a token.
    pub(super) fn nearest(&self, scan: &Scan<'_>, wanted: Wanted, before: usize) -> Option<NameIx> {
        self.resolve(scan, wanted, before, None)
    }

    /// The name a definite phrase stands for.
    pub(super) fn meant(
        &self,
        scan: &Scan<'_>,
        phrase: Range<usize>,
        head: usize,
    ) -> Option<NameIx> {
        let start = scan.at(phrase.start).start();
        if let Ok(at) = self.phrases.binary_search_by_key(&start, |(byte, _)| *byte) {
            return self.phrases.get(at).map(|(_, name)| *name);
        }
        self.resolve(scan, wanted_by(scan, head), phrase.start, Some(phrase))
    }

    fn resolve(
        &self,
        scan: &Scan<'_>,
        wanted: Wanted,
        before: usize,
        phrase: Option<Range<usize>>,
    ) -> Option<NameIx> {
        let limit = scan.at(before).start();
        let here = scan.sentences.partition_point(|s| s.span.start() <= limit).checked_sub(1)?;
        let asked = gender::asked(scan, before).filter(|_| wanted == Wanted::Person);
        let mut best: Option<(i64, NameIx)> = None;
        for back in 0..=BACK_SENTENCES {
            let Some(sentence) = here.checked_sub(back).and_then(|i| scan.sentences.get(i)) else {
                break;
            };
            for (order, (at, name)) in self.places(scan, sentence).into_iter().enumerate() {
                let house = match wanted {
                    Wanted::Person => Some(name),
                    _ => match scan.kind(name) {
                        EntityKind::Person => self.house(name),
                        _ => Some(name),
                    },
                };
                let Some(name) = house.filter(|name| at < limit && fits(scan, *name, wanted))
                else {
                    continue;
                };
                let often = self.counts.get(&name).copied().unwrap_or(0).min(6) as i64;
                let score = 40 - 12 * back as i64 + often * 2 - 3 * order.min(4) as i64
                    + standing(scan, at, back)
                    + match (asked, self.genders.of_person(name)) {
                        (Some(asked), Some(known)) if asked != known => continue,
                        (Some(_), Some(_)) => KNOWN_POINTS,
                        _ => 0,
                    }
                    + phrase.clone().map_or(0, |p| self.descriptions.likeness(scan, name, p));
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, name));
                }
            }
        }
        best.filter(|(score, _)| *score > -10).map(|(_, name)| name)
    }

    /// Names and phrases of a sentence, by place.
    fn places(&self, scan: &Scan<'_>, sentence: &Sentence) -> Vec<(usize, NameIx)> {
        let span = sentence.span;
        let from = self.phrases.partition_point(|(at, _)| *at < span.start());
        let to = self.phrases.partition_point(|(at, _)| *at < span.end());
        let mut places: Vec<(usize, NameIx)> =
            scan.mentions_in(span).iter().map(|m| (m.span.start(), m.name)).collect();
        places.extend_from_slice(self.phrases.get(from..to).unwrap_or(&[]));
        places.sort_unstable();
        places
    }
}

/// "It revoked the keys": a house that acts, not "it is raining".
fn acts_as_house(scan: &Scan<'_>, at: usize) -> bool {
    let c = scan.classes();
    if !scan.is(at, c.it) {
        return false;
    }
    let verb = (at + 1..at + 4).find(|i| !scan.is(*i, c.adverb)).unwrap_or(at + 1);
    is_finite_verb(scan, verb) && !scan.is(verb, c.expletive)
}

/// A subject stands out; what hangs on a preposition or a possessive does not.
fn standing(scan: &Scan<'_>, byte: usize, back: usize) -> i64 {
    let index = scan.tokens.index_at(byte);
    let end = scan.mention_over(index).map_or(index + 1, |m| scan.tokens_of(m).end);
    let previous = index.wrapping_sub(1);
    let c = scan.classes();
    let article = scan.is(previous, c.article);
    let before = if article { previous.wrapping_sub(1) } else { previous };
    let embedded = scan.is(before, c.prep);
    let possessive = scan.says(end, "'s") || scan.letters(end) == "’";
    let deep = if back == 0 { 12 } else { 5 };
    -(if embedded { deep } else { 0 }) - (if possessive { 4 } else { 0 })
}

/// Which sort of name a noun asks for.
fn wanted_by(scan: &Scan<'_>, head: usize) -> Wanted {
    let c = scan.classes();
    let company = scan.is(head, c.company) || scan.is(head, c.org_word);
    match (scan.is(head, c.authority), company) {
        (true, false) => Wanted::Authority,
        (true, true) => Wanted::House,
        _ => Wanted::Company,
    }
}

fn fits(scan: &Scan<'_>, name: NameIx, wanted: Wanted) -> bool {
    match (scan.kind(name), wanted) {
        (EntityKind::Organization, Wanted::Company | Wanted::House) => !scan.reports(name),
        (EntityKind::Government, Wanted::Authority | Wanted::House) => true,
        (EntityKind::Person, Wanted::Person) => true,
        _ => false,
    }
}
