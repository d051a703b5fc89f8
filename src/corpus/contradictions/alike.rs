//! Two tellings of one thing that are alike but for their number, whatever it counts in either.
//!
//! What holds: each has one number; an article that knows both tells of two things.

use std::collections::{BTreeMap, BTreeSet};

use super::tellings::Told;
use super::{Accounts, best};
use crate::corpus::bag::Term;
use crate::model::incident::Contradiction;

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 3;
/// Tellings that hold a term; what stands in more says nothing.
const TOLD_MAX: usize = 40;
/// Fewest senses and terms that both have.
const SHARED_MIN: usize = 2;

/// Pairs of tellings that give different numbers.
pub(super) fn differing(accounts: &Accounts<'_, '_>, told: &[Told]) -> Vec<Contradiction> {
    let valued = |told: &&Told| told.numbers.len() == 1;
    let told: Vec<&Told> = told.iter().filter(valued).collect();
    let mut holding: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
    for (at, one) in told.iter().enumerate() {
        one.meaning.terms().for_each(|term| holding.entry(term).or_default().push(at));
    }
    let mut near: BTreeSet<(usize, usize)> = BTreeSet::new();
    for places in holding.values().filter(|places| places.len() <= TOLD_MAX) {
        for (at, one) in places.iter().enumerate() {
            near.extend(places.iter().skip(at + 1).map(|other| (*one, *other)));
        }
    }
    let mut scored = Vec::new();
    for (one, other) in near {
        let (Some(a), Some(b)) = (told.get(one), told.get(other)) else { continue };
        let Some(score) = of_one_thing(a, b, &told, accounts) else { continue };
        let places = ((a.doc, a.span), (b.doc, b.span));
        let pair = accounts.between(places.0, places.1, "Number".into(), "alike-number");
        scored.extend(pair.map(|pair| (score, pair)));
    }
    let pairs = best(scored, usize::MAX, |c| c.b);
    let mut shown = BTreeSet::new();
    pairs.into_iter().filter(|c| shown.insert(c.a)).take(SHOWN_MAX).collect()
}

/// How surely two tellings are of one thing and give different numbers of it.
fn of_one_thing(a: &Told, b: &Told, told: &[&Told], accounts: &Accounts<'_, '_>) -> Option<f64> {
    let t = &accounts.rules.thresholds;
    let abroad = a.language != b.language;
    let one_voice = a.doc == b.doc && (a.by == b.by || a.by.is_none() || b.by.is_none());
    let same_words = a.doc == b.doc && a.span.meets(b.span);
    let nobody = a.parties.is_empty() || b.parties.is_empty();
    let strangers = !nobody && a.parties.is_disjoint(&b.parties);
    let likeness = a.meaning.likeness(&b.meaning, abroad);
    let shared = a.meaning.common(&b.meaning, abroad).len();
    if one_voice || same_words || strangers || shared < SHARED_MIN || likeness < t.alike_words {
        return None;
    }
    let ([(x, bound)], [(y, other)]) = (a.numbers.as_slice(), b.numbers.as_slice()) else {
        return None;
    };
    let (less, more) = (*x.min(y) as f64, *x.max(y) as f64);
    let exclude = bound.excludes(*x, *y) && other.excludes(*y, *x);
    let knows = |doc: usize, value: u64| {
        let mut here = told.iter().filter(|other| other.doc == doc && a.doc != b.doc);
        here.any(|told| told.numbers.iter().any(|(number, _)| *number == value))
    };
    let differ = less < more * (1.0 - t.count_same) && exclude;
    (differ && !knows(a.doc, *y) && !knows(b.doc, *x)).then_some(likeness)
}
