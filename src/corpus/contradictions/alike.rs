//! Two tellings of one thing that are alike but for their number, whatever it counts in either.
//!
//! What holds: each has one number; an article that knows both tells of two things, and what comes much later is news.

use std::collections::{BTreeMap, BTreeSet};

use super::tellings::Told;
use super::{Accounts, once_each};
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
    let given = told.iter().flat_map(|told| told.numbers.iter().map(|(n, _)| (told.doc, *n)));
    let given: BTreeSet<(usize, u64)> = given.collect();
    let told: Vec<&Told> = told.iter().filter(|told| told.numbers.len() == 1).collect();
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
        let Some(score) = of_one_thing(a, b, &given, accounts) else { continue };
        let places = ((a.doc, a.span), (b.doc, b.span));
        let pair = accounts.between(places.0, places.1, "Number".into(), "alike-number");
        scored.extend(pair.map(|pair| (score, pair)));
    }
    once_each(scored, SHOWN_MAX)
}

/// How surely two tellings are of one thing and give different numbers of it.
fn of_one_thing(
    a: &Told,
    b: &Told,
    given: &BTreeSet<(usize, u64)>,
    accounts: &Accounts<'_, '_>,
) -> Option<f64> {
    let t = &accounts.rules.thresholds;
    let abroad = a.language != b.language;
    let nobody = a.parties.is_empty() || b.parties.is_empty();
    let strangers = !nobody && a.parties.is_disjoint(&b.parties);
    if strangers || !a.can_differ_from(b) {
        return None;
    }
    let ([(x, bound)], [(y, other)]) = (a.numbers.as_slice(), b.numbers.as_slice()) else {
        return None;
    };
    let (less, more) = (*x.min(y) as f64, *x.max(y) as f64);
    let exclude = bound.excludes(*x, *y) && other.excludes(*y, *x);
    let known = a.doc != b.doc && (given.contains(&(a.doc, *y)) || given.contains(&(b.doc, *x)));
    let days = (accounts.doc(a.doc)?.day - accounts.doc(b.doc)?.day).num_days().abs() as f64;
    let differ = less < more * (1.0 - t.count_same) && exclude && days <= t.count_days;
    if !differ || known || a.meaning.common(&b.meaning, abroad).len() < SHARED_MIN {
        return None;
    }
    Some(a.meaning.likeness(&b.meaning, abroad)).filter(|likeness| *likeness >= t.alike_words)
}
