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
/// Numbers closer than this share are one number told twice; further apart than this factor they count
/// different things.
const SAME_SHARE: f64 = 0.03;
const APART_MOST: f64 = 4.0;
/// An article that counts one thing in more ways than this speaks of several.
const WAYS_MAX: usize = 3;

/// One number of something, told in a sentence.
struct Count {
    doc: usize,
    sentence: Span,
    value: f64,
    words: Bag,
    parties: BTreeSet<Who>,
    matters: BTreeSet<String>,
}

/// Pairs of sentences that give different numbers of one thing.
pub(super) fn differing(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut counts: BTreeMap<&str, Vec<Count>> = BTreeMap::new();
    for (index, doc) in accounts.docs.iter().enumerate() {
        let mut here: BTreeMap<&str, Vec<Count>> = BTreeMap::new();
        for (what, count) in told(index, doc, accounts) {
            here.entry(what).or_default().push(count);
        }
        for (what, told) in here {
            let ways: BTreeSet<u64> = told.iter().map(|count| count.value as u64).collect();
            if ways.len() <= WAYS_MAX {
                counts.entry(what).or_default().extend(told);
            }
        }
    }
    let mut found = Vec::new();
    for told in counts.values() {
        let mut scored: Vec<(f64, Contradiction)> = Vec::new();
        for (i, a) in told.iter().enumerate() {
            for b in told.iter().skip(i + 1) {
                let pair = of_one_thing(a, b, accounts).and_then(|score| {
                    let (a, b) = ((a.doc, a.sentence), (b.doc, b.sentence));
                    Some((score, accounts.between(a, b, "Number".into(), "counts-differ")?))
                });
                scored.extend(pair);
            }
        }
        found.extend(best(scored, 1, |_| ()));
    }
    found.truncate(SHOWN_MAX);
    found
}

/// How surely two numbers are of one thing and differ.
fn of_one_thing(a: &Count, b: &Count, accounts: &Accounts<'_, '_>) -> Option<f64> {
    let (first, second) = (accounts.doc(a.doc)?, accounts.doc(b.doc)?);
    let (less, more) = (a.value.min(b.value), a.value.max(b.value));
    let differ = less > 0.0 && (more - less) / more > SAME_SHARE && more / less <= APART_MOST;
    let far = (first.day - second.day).num_days().abs() as f64;
    let t = &accounts.rules.thresholds;
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
    fn number_of(&self, noun: Range<usize>, dated: impl Fn(Span) -> bool) -> Option<f64> {
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
    fn value(&self, range: Range<usize>) -> Option<f64> {
        let c = &self.rules.classes;
        let (mut total, mut part) = (0_i64, 0_i64);
        for at in range {
            let token = self.tokens.at(at);
            let value = |class| self.rules.vocabulary.value(token.word, class).map(i64::from);
            if token.shape == Shape::Number {
                let letters = self.text.get(token.start()..token.end())?.replace(',', "");
                part = part.checked_add(thousandths(&letters)?)?;
            } else if let Some(scale) = value(c.scale) {
                // A hundred multiplies what stands before it, a million all of it.
                let closes = scale >= 1000;
                let whole = if closes { total.checked_add(part)? } else { part };
                let scaled = whole.max(THOUSAND).checked_mul(scale)?;
                (total, part) = if closes { (scaled, 0) } else { (total, scaled) };
            } else if let Some(words) = value(c.han_digit) {
                part = match words {
                    10 => part.max(THOUSAND).checked_mul(10)?,
                    digit => part.checked_add(digit.checked_mul(THOUSAND)?)?,
                };
            } else if let Some(words) = value(c.count).filter(|words| *words > 1) {
                part = part.checked_add(words.checked_mul(THOUSAND)?)?;
            }
        }
        let sum = total.checked_add(part)?;
        (sum > THOUSAND && sum % THOUSAND == 0).then_some((sum / THOUSAND) as f64)
    }
}

/// A number is reckoned in thousandths, so that "4.1 million" is whole.
const THOUSAND: i64 = 1000;

/// Digits, with up to three behind a point, in thousandths.
fn thousandths(letters: &str) -> Option<i64> {
    let (whole, rest) = letters.split_once('.').unwrap_or((letters, ""));
    let fraction: i64 = format!("{rest:0<3}").get(..3)?.parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(THOUSAND)?.checked_add(fraction)
}
