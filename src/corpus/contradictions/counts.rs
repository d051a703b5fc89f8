//! Counts of one thing that differ: "1,200 accounts" and "about 2,100 accounts".

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::numbers::{Bound, Number, Numbered};
use super::{Accounts, best, said_around};
use crate::corpus::bag::{Bag, stem};
use crate::corpus::doc::Doc;
use crate::corpus::statement;
use crate::corpus::topic;
use crate::model::entity::{EntityKind, Who};
use crate::model::incident::Contradiction;
use crate::model::text::Span;
use crate::rules::Thresholds;

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 5;
/// Most pairs of numbers of one thing.
const OF_ONE_THING_MAX: usize = 2;

/// What is counted: by a row, or by any other noun.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum What<'r> {
    Row(&'r str),
    Noun(String),
}

/// One number of something, told in a sentence.
struct Count {
    doc: usize,
    /// Whether its article has no other number of this.
    alone: bool,
    /// The noun, without its ending.
    noun: String,
    /// The statement it stands in, or the sentence.
    span: Span,
    value: u64,
    /// All numbers of its sentence.
    beside: Rc<[u64]>,
    /// How exact it is.
    bound: Bound,
    /// Whether it is said to be the whole.
    insisted: bool,
    /// Whether the sentence before says what it counts.
    bare: bool,
    /// Whose number it is, where somebody is reported to have said it.
    by: Option<Who>,
    words: Bag,
    parties: BTreeSet<Who>,
    matters: BTreeSet<String>,
}

/// Pairs of sentences that give different numbers of one thing.
pub(super) fn differing(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let ways = accounts.rules.thresholds.count_ways as usize;
    let mut counts: BTreeMap<What<'_>, Vec<Count>> = BTreeMap::new();
    for (index, doc) in accounts.docs.iter().enumerate() {
        // Each number of an article once, where it stands first.
        let mut here: BTreeMap<What<'_>, BTreeMap<u64, Count>> = BTreeMap::new();
        for (what, count) in told(index, doc, accounts) {
            here.entry(what).or_default().entry(count.value).or_insert(count);
        }
        for (what, told) in here.into_iter().filter(|(_, told)| told.len() <= ways) {
            let alone = told.len() == 1;
            let told = told.into_values().map(|count| Count { alone, ..count });
            counts.entry(what).or_default().extend(told);
        }
    }
    // Of each thing the plainest differences are enough, each number against one other.
    let plainest = |told: &Vec<Count>| {
        let pairs = told.iter().enumerate();
        let pairs = pairs.flat_map(|(i, a)| told.iter().skip(i + 1).map(move |b| (a, b)));
        let scored = pairs.filter_map(|(a, b)| Some((of_one_thing(a, b, accounts)?, a, b)));
        let mut scored: Vec<(f64, &Count, &Count)> = scored.collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut shown: Vec<(f64, &Count, &Count)> = Vec::new();
        for (score, a, b) in scored {
            if shown.len() == OF_ONE_THING_MAX {
                break;
            }
            // Who said a number first is cited for it.
            let first = |count: &Count, beside: &Count| {
                told.iter().find(|other| {
                    let same = other.value == count.value && other.by == count.by;
                    same && of_one_thing(other, beside, accounts).is_some()
                })
            };
            let a = first(a, b).unwrap_or(a);
            let b = first(b, a).unwrap_or(b);
            let known = |count: &Count| {
                shown.iter().any(|(_, x, y)| [x, y].iter().any(|c| std::ptr::eq(**c, count)))
            };
            if !(known(a) && known(b)) {
                shown.push((score, a, b));
            }
        }
        let between = |(score, a, b): (f64, &Count, &Count)| {
            let (a, b) = ((a.doc, a.span), (b.doc, b.span));
            Some((score, accounts.between(a, b, "Number".into(), "counts-differ")?))
        };
        shown.into_iter().filter_map(between).collect::<Vec<_>>()
    };
    best(counts.values().flat_map(plainest).collect(), SHOWN_MAX, |c| (c.a, c.b))
}

/// How surely two numbers are of one thing and differ.
fn of_one_thing(a: &Count, b: &Count, accounts: &Accounts<'_, '_>) -> Option<f64> {
    let (first, second) = (accounts.doc(a.doc)?, accounts.doc(b.doc)?);
    let t = &accounts.rules.thresholds;
    let (less, more) = (a.value.min(b.value) as f64, a.value.max(b.value) as f64);
    // "Only 60 accounts" answers a number however far from it.
    let lesser = if a.value < b.value { a } else { b };
    let near = more <= less * t.count_apart || lesser.insisted;
    let open = |x: &Count, y: &Count| {
        matches!(x.bound, Bound::AtLeast | Bound::AtMost) && !x.bound.excludes(x.value, y.value)
    };
    let bounded = open(a, b) || open(b, a);
    let differ = less < more * (1.0 - t.count_same) && near && !bounded;
    // "1.7 million of the 2.1 million articles" knows both numbers.
    let known = a.doc != b.doc && (a.beside.contains(&b.value) || b.beside.contains(&a.value));
    let far = (first.day - second.day).num_days().abs() as f64;
    let abroad = first.reading.article.language != second.reading.article.language;
    // One article gives two numbers of one thing where two houses do.
    let two_voices = a.by.is_some() && b.by.is_some() && a.by != b.by;
    if a.doc == b.doc && !two_voices || !differ || known || far > t.count_days {
        return None;
    }
    let parties = a.parties.intersection(&b.parties).count();
    let matter = a.matters.intersection(&b.matters).any(|kind| accounts.types.contains(kind));
    let likeness = a.words.dice(&b.words);
    let alike = match abroad {
        _ if a.doc != b.doc && come_close(a, b, abroad, likeness, t) => true,
        // Of two matters that are named, none may be foreign to the other.
        true => {
            // An article with one such number need not name anybody beside it.
            let alone = a.alone && b.alone && (a.parties.is_empty() || b.parties.is_empty());
            (parties > 0 || alone) && (matter || a.matters.is_empty() || b.matters.is_empty())
        }
        // In one article the second number stands right behind the first, and counts the same.
        false if a.doc == b.doc => a.bare != b.bare,
        false => likeness >= t.same_point && (parties > 0 || matter),
    };
    alike.then_some(likeness + parties as f64 * 0.1 + if matter { 0.2 } else { 0.0 })
}

/// Whether two numbers come so close that they count one thing, however little else their sentences share.
fn come_close(a: &Count, b: &Count, abroad: bool, likeness: f64, t: &Thresholds) -> bool {
    let (less, more) = (a.value.min(b.value) as f64, a.value.max(b.value) as f64);
    // "Veltrane has 250 lawyers", "Orison employs 400": each house has its own.
    let houses = |count: &Count| {
        let houses = count.parties.iter().filter(|who| who.kind == EntityKind::Organization);
        houses.cloned().collect::<BTreeSet<Who>>()
    };
    let (here, there) = (houses(a), houses(b));
    let apart = !here.is_empty() && !there.is_empty() && here.is_disjoint(&there);
    let large = less >= t.count_large;
    let room = match (large, apart) {
        (true, false) => t.count_near - 1.0,
        (true, true) => (t.count_near - 1.0) * t.count_rivals,
        (false, _) => (t.count_near - 1.0) / 2.0,
    };
    // Small numbers come close by chance.
    let sure = large
        || a.alone
            && b.alone
            && !apart
            && (abroad || a.noun == b.noun)
            && (less >= t.count_small || likeness >= t.same_point);
    let exclude = a.bound.excludes(a.value, b.value) && b.bound.excludes(b.value, a.value);
    sure && more < less * (1.0 + room) && exclude
}

/// The counts of an article, with what they are of.
fn told<'c>(index: usize, doc: &Doc<'_>, accounts: &Accounts<'c, '_>) -> Vec<(What<'c>, Count)> {
    let rules = accounts.rules;
    let reading = doc.reading;
    let mut found = Vec::new();
    // What was counted last, and where: "Veltrane lists 61,000 books. Orison's records show 8,400."
    let mut last: Option<(What<'_>, Span)> = None;
    for sentence in reading.sentences.iter().filter(|s| s.start() >= reading.title_end()) {
        let text = reading.words(*sentence);
        let tokens = doc.tokens_of(*sentence);
        let dated = |span: Span| {
            let span = place(*sentence, span);
            reading.dates.iter().any(|date| date.span.meets(span))
        };
        let numbered = Numbered { text, tokens: &tokens, rules };
        let mut counted: Vec<(What<'c>, String, Number, bool)> = Vec::new();
        for (row, hit) in rules.lexicon.quantities.all(&tokens, &rules.vocabulary, 0..tokens.len())
        {
            let Some(what) = row.meaning.as_deref() else { continue };
            // "Two people familiar with it" are who speaks, not what is counted.
            let noun = place(*sentence, tokens.span(hit.range.clone()));
            let speaks = reading.claims.iter().filter_map(|claim| claim.source);
            if !speaks.into_iter().any(|source| source.meets(noun)) {
                let noun = stem(noun.of(&reading.article.body)).to_string();
                counted.extend(
                    numbered
                        .number_of(hit.range, dated)
                        .map(|number| (What::Row(what), noun, number, false)),
                );
            }
        }
        for number in numbered.all().filter(|number| !dated(number.span)) {
            let known = counted.iter().any(|(_, _, known, _)| known.span == number.span);
            if let Some(noun) = numbered.noun_behind(&number).filter(|_| !known) {
                counted.push((What::Noun(noun.into()), noun.into(), number, false));
            }
        }
        let bare =
            last.filter(|(_, before)| counted.is_empty() && follows(doc, *before, *sentence));
        if let Some((what, _)) = bare {
            counted.extend(
                numbered.bare_number(dated).map(|number| (what, String::new(), number, true)),
            );
        }
        last = counted.last().map(|(what, ..)| (what.clone(), *sentence));
        let parties = doc.names(*sentence).filter(|who| who.kind != EntityKind::Place);
        let parties: BTreeSet<Who> = parties.cloned().collect();
        let matters =
            if counted.is_empty() { BTreeSet::new() } else { topic::of(doc, *sentence, rules) };
        let beside: Rc<[u64]> = match counted.is_empty() {
            true => Rc::default(),
            false => numbered.all().map(|number| number.value).collect(),
        };
        for (what, noun, number, bare) in counted {
            let said = said_around(doc, place(*sentence, number.span));
            let count = Count {
                doc: index,
                alone: false,
                noun,
                span: said.map_or(*sentence, |claim| claim.content),
                value: number.value,
                beside: beside.clone(),
                bound: numbered.bound(number.range.start, number.range.end),
                insisted: numbered.is_insisted(&number),
                bare,
                by: said.and_then(|claim| statement::house(doc, claim)).map(|(who, _)| who),
                words: doc.bag(*sentence, rules),
                parties: parties.clone(),
                matters: matters.clone(),
            };
            found.push((what, count));
        }
    }
    found
}

/// Whether a sentence is the next one of the same paragraph, or of the next.
fn follows(doc: &Doc<'_>, before: Span, sentence: Span) -> bool {
    let sentences = &doc.reading.sentences;
    let at = sentences.iter().position(|other| *other == before);
    at.and_then(|at| sentences.get(at + 1)) == Some(&sentence)
}

/// A span of a sentence as one of its article.
fn place(sentence: Span, span: Span) -> Span {
    Span::new(sentence.start() + span.start(), sentence.start() + span.end())
}
