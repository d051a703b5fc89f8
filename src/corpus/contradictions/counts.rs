//! Counts of one thing that differ: "1,200 accounts" and "about 2,100 accounts".

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Accounts, best};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::corpus::topic;
use crate::model::entity::{EntityKind, Who};
use crate::model::incident::Contradiction;
use crate::model::text::Span;
use crate::rules::{ClassId, Rules, Shape, Tokens};

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 4;
/// Tokens between a number and what it counts: "2,100 suspicious new accounts", 30万名境外用户.
const REACH: usize = 4;
const HAN_REACH: usize = 8;

/// One number of something, told in a sentence.
struct Count {
    doc: usize,
    sentence: Span,
    value: u64,
    words: Bag,
    parties: BTreeSet<Who>,
    matters: BTreeSet<String>,
}

/// Pairs of sentences that give different numbers of one thing.
pub(super) fn differing(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let ways = accounts.rules.thresholds.count_ways as usize;
    let mut counts: BTreeMap<&str, Vec<Count>> = BTreeMap::new();
    for (index, doc) in accounts.docs.iter().enumerate() {
        // Each number of an article once, where it stands first.
        let mut here: BTreeMap<&str, BTreeMap<u64, Count>> = BTreeMap::new();
        for (what, count) in told(index, doc, accounts) {
            here.entry(what).or_default().entry(count.value).or_insert(count);
        }
        for (what, told) in here.into_iter().filter(|(_, told)| told.len() <= ways) {
            counts.entry(what).or_default().extend(told.into_values());
        }
    }
    // Of each thing the plainest difference is enough.
    let plainest = |told: &Vec<Count>| {
        let pairs = told.iter().enumerate();
        let pairs = pairs.flat_map(|(i, a)| told.iter().skip(i + 1).map(move |b| (a, b)));
        let scored = pairs.filter_map(|(a, b)| Some((of_one_thing(a, b, accounts)?, a, b)));
        let (score, a, b) =
            scored.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        let (a, b) = ((a.doc, a.sentence), (b.doc, b.sentence));
        Some((score, accounts.between(a, b, "Number".into(), "counts-differ")?))
    };
    best(counts.values().filter_map(plainest).collect(), SHOWN_MAX, |c| (c.a, c.b))
}

/// How surely two numbers are of one thing and differ.
fn of_one_thing(a: &Count, b: &Count, accounts: &Accounts<'_, '_>) -> Option<f64> {
    let (first, second) = (accounts.doc(a.doc)?, accounts.doc(b.doc)?);
    let t = &accounts.rules.thresholds;
    let (less, more) = (a.value.min(b.value) as f64, a.value.max(b.value) as f64);
    let differ = less < more * (1.0 - t.count_same) && more <= less * t.count_apart;
    let far = (first.day - second.day).num_days().abs() as f64;
    if a.doc == b.doc || !differ || far > t.news_days {
        return None;
    }
    let parties = a.parties.intersection(&b.parties).count();
    let matter = a.matters.intersection(&b.matters).any(|kind| accounts.types.contains(kind));
    let likeness = a.words.dice(&b.words);
    let abroad = first.reading.article.language != second.reading.article.language;
    let alike = match abroad {
        // Of two matters that are named, none may be foreign to the other.
        true => parties > 0 && (matter || a.matters.is_empty() || b.matters.is_empty()),
        false => likeness >= t.same_point && (parties > 0 || matter),
    };
    alike.then_some(likeness + parties as f64 * 0.1 + if matter { 0.2 } else { 0.0 })
}

/// The counts of an article, with what they are of.
fn told<'c>(index: usize, doc: &Doc<'_>, accounts: &Accounts<'c, '_>) -> Vec<(&'c str, Count)> {
    let rules = accounts.rules;
    let reading = doc.reading;
    let mut found = Vec::new();
    for sentence in reading.sentences.iter().filter(|s| s.start() >= reading.title_end()) {
        let text = reading.words(*sentence);
        let tokens = Tokens::of(text, &rules.vocabulary);
        let hits = rules.lexicon.quantities.all(&tokens, &rules.vocabulary, 0..tokens.len());
        for (row, hit) in hits {
            let Some(what) = row.meaning.as_deref() else { continue };
            // "Two people familiar with it" are who speaks, not what is counted.
            let noun = place(*sentence, tokens.span(hit.range.clone()));
            let speaks = reading.claims.iter().filter_map(|claim| claim.source);
            if speaks.into_iter().any(|source| source.meets(noun)) {
                continue;
            }
            let dated = |span: Span| {
                let span = place(*sentence, span);
                reading.dates.iter().any(|date| date.span.meets(span))
            };
            let text = Numbered { text, tokens: &tokens, rules };
            let Some(value) = text.number_of(hit.range, dated) else { continue };
            let parties = doc.names(*sentence).filter(|who| who.kind != EntityKind::Place);
            let matters = topic::of(doc, *sentence, rules);
            let count = Count {
                doc: index,
                sentence: *sentence,
                value,
                words: Bag::of(text.text, rules),
                parties: parties.cloned().collect(),
                matters,
            };
            found.push((what, count));
        }
    }
    found
}

/// A span of a sentence as one of its article.
fn place(sentence: Span, span: Span) -> Span {
    Span::new(sentence.start() + span.start(), sentence.start() + span.end())
}

/// A sentence in which numbers are looked for.
struct Numbered<'t> {
    text: &'t str,
    tokens: &'t Tokens,
    rules: &'t Rules,
}

impl Numbered<'_> {
    /// The number that counts a noun: before it, in Chinese also behind it (员工共有七人); none of a date.
    fn number_of(&self, noun: Range<usize>, dated: impl Fn(Span) -> bool) -> Option<u64> {
        let han = self.tokens.at(noun.start).shape == Shape::Han;
        let reach = if han { HAN_REACH } else { REACH };
        let before = noun.start.saturating_sub(reach)..noun.start;
        let c = &self.rules.classes;
        let open = |at: &usize| {
            let stops = [c.prep, c.verb, c.det].iter().any(|class| self.is(*at, *class));
            self.tokens.at(*at).is_wordlike() && (han || !stops) || self.is_number(*at)
        };
        // "The number of users affected at 1.2 million".
        let of = |at: usize| self.tokens.span(at..at + 1).of(self.text) == "of";
        let numbered = noun.start.checked_sub(1).is_some_and(|at| of(at) || at > 0 && of(at - 1));
        let behind = || {
            let after = noun.end..(noun.end + REACH).min(self.tokens.len());
            let within = |at: &usize| open(at) || numbered && self.tokens.at(*at).is_wordlike();
            let found = after.take_while(within).find(|at| self.is_number(*at));
            found.filter(|_| han || numbered)
        };
        let last = before.rev().take_while(open).find(|at| self.is_number(*at));
        let at = last.or_else(behind)?;
        let from = (0..at).rev().take_while(|at| self.is_number(*at)).last().unwrap_or(at);
        let to = (at..self.tokens.len()).find(|at| !self.is_number(*at)).unwrap_or(at + 1);
        // 30万名用户, 七人: what is counted in Chinese has its measure word.
        let measured = !han || to == noun.start || self.is(to, c.han_counted);
        let free = measured && !dated(self.tokens.span(from..to));
        free.then(|| self.value(from..to)).flatten()
    }

    fn is(&self, at: usize, class: ClassId) -> bool {
        self.rules.vocabulary.is(self.tokens.at(at).word, class)
    }

    fn is_number(&self, at: usize) -> bool {
        let c = &self.rules.classes;
        self.tokens.at(at).shape == Shape::Number
            || [c.count, c.han_digit, c.scale].iter().any(|class| self.is(at, *class))
    }

    /// "1.2 million", "eight", 150万, 二十: nothing for "a" and "one", which count nothing, nor for "2.8".
    fn value(&self, range: Range<usize>) -> Option<u64> {
        let c = &self.rules.classes;
        let part = |at: usize| {
            let token = self.tokens.at(at);
            let value = |class| {
                let value = self.rules.vocabulary.value(token.word, class);
                value.and_then(|value| u64::try_from(value).ok())
            };
            if token.shape == Shape::Number {
                let letters = self.text.get(token.start()..token.end())?.replace(',', "");
                return thousandths(&letters).map(Part::Digits);
            }
            let unit = value(c.scale).or(value(c.han_digit).filter(|value| *value == 10));
            if let Some(unit) = unit {
                return Some(Part::Unit(unit));
            }
            let digits = value(c.han_digit).or(value(c.count).filter(|words| *words > 1));
            Some(Part::Digits(digits.unwrap_or(0).checked_mul(THOUSAND)?))
        };
        let parts: Option<Vec<Part>> = range.map(part).collect();
        reckoned(&parts?)
    }
}

/// A part of a number as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// In thousandths, so that "4.1 million" is whole.
    Digits(u64),
    /// What it is multiplied by: ten, a hundred, 万.
    Unit(u64),
}

const THOUSAND: u64 = 1000;

/// The whole number above one that its parts make; small units multiply what stands right before them, large
/// ones all that no large one has taken.
fn reckoned(parts: &[Part]) -> Option<u64> {
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, 0_u64);
    for part in parts {
        match *part {
            Part::Digits(more) => digit = digit.checked_add(more)?,
            Part::Unit(unit) if unit < 1000 => {
                let scaled = digit.max(THOUSAND).checked_mul(unit)?;
                (section, digit) = (section.checked_add(scaled)?, 0);
            }
            Part::Unit(unit) => {
                let open = section.checked_add(digit)?;
                // 三万亿: what 万 has taken is multiplied again.
                (total, section, digit) = match open {
                    0 => (total.max(THOUSAND).checked_mul(unit)?, 0, 0),
                    // 两万五千: smaller units come after larger ones.
                    _ => (total.checked_add(open.checked_mul(unit)?)?, 0, 0),
                };
            }
        }
    }
    let sum = total.checked_add(section)?.checked_add(digit)?;
    (sum > THOUSAND && sum.is_multiple_of(THOUSAND)).then_some(sum / THOUSAND)
}

/// Digits, with up to three behind a point, in thousandths.
fn thousandths(letters: &str) -> Option<u64> {
    let (whole, rest) = letters.split_once('.').unwrap_or((letters, ""));
    let fraction: u64 = format!("{rest:0<3}").get(..3)?.parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(THOUSAND)?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::Part::{Digits, Unit};
    use super::*;

    #[test]
    fn numbers_are_reckoned_as_they_are_written() {
        let digits = |value: u64| Digits(value * THOUSAND);
        for (parts, number) in [
            // 二十, 五十, 二十三, 十二
            (&[digits(2), Unit(10)][..], Some(20)),
            (&[digits(5), Unit(10)], Some(50)),
            (&[digits(2), Unit(10), digits(3)], Some(23)),
            (&[Unit(10), digits(2)], Some(12)),
            // 一百五十万, 两万五千, 三万亿
            (&[digits(1), Unit(100), digits(5), Unit(10), Unit(10_000)], Some(1_500_000)),
            (&[digits(2), Unit(10_000), digits(5), Unit(1000)], Some(25_000)),
            (&[digits(3), Unit(10_000), Unit(100_000_000)], Some(3_000_000_000_000)),
            // two thousand three hundred, three hundred thousand, a hundred, "another 20"
            (&[digits(2), Unit(1000), digits(3), Unit(100)], Some(2300)),
            (&[digits(3), Unit(100), Unit(1000)], Some(300_000)),
            (&[Digits(0), Unit(100)], Some(100)),
            (&[Digits(0), digits(20)], Some(20)),
            // 4.1 million, 2.8, one
            (&[Digits(4100), Unit(1_000_000)], Some(4_100_000)),
            (&[Digits(2800)], None),
            (&[digits(1)], None),
        ] {
            assert_eq!(reckoned(parts), number, "{parts:?}");
        }
        assert_eq!(thousandths("4.1"), Some(4100));
    }
}
