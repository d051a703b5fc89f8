//! Which articles hold a term, for terms that lead from one article to another.
//!
//! What holds: an article is listed under its rarest terms that several of the counted articles hold; under a term
//! that one of these holds at most, everything that does is listed as soon as an article that is not counted does.

use std::collections::{HashMap, HashSet};

use super::counts::Counts;
use crate::corpus::bag::{Bag, Term};
use crate::corpus::parallel;
use crate::rules::Thresholds;

/// The number an article goes by while it is known.
pub(in crate::corpus) type Slot = u32;

/// Articles by term, each with the weight the term has there.
#[derive(Debug, Default)]
pub(super) struct Lists {
    of: HashMap<Term, Vec<(Slot, f32)>>,
    /// Whether a list began or ceased to be too long to lead anywhere.
    crossed: bool,
}

/// Articles under one term from which on it leads nowhere: a word of the latest articles alone, in all of them.
const LISTED_MAX: usize = 1_000;

/// An article as lists see it.
pub(super) struct Listed<'a> {
    pub slot: Slot,
    pub bag: &'a Bag,
    pub counted: bool,
}

/// How terms lead from one article to another.
pub(super) struct Leading<'a> {
    pub counts: &'a Counts,
    /// In how many articles a term stands at most that leads anywhere.
    pub most: f64,
    pub t: &'a Thresholds,
}

impl Leading<'_> {
    /// In how many of so many articles a term stands at most that leads anywhere.
    pub(super) fn most(articles: usize, t: &Thresholds) -> f64 {
        t.common_least.max(t.common_root * (articles as f64).sqrt()).min(t.common_most)
    }

    /// Whether hardly any counted article holds a term.
    fn is_rare(&self, term: Term) -> bool {
        self.counts.of(term) < 2.0
    }

    /// The rarest terms of an article that lead to others, those left out that it alone may hold.
    fn telling(&self, bag: &Bag) -> impl Iterator<Item = (Term, f32)> {
        let leads = |term| (2.0..=self.most).contains(&self.counts.of(term));
        let mut telling: Vec<(Term, f32)> = bag.terms().filter(|(term, _)| leads(*term)).collect();
        telling.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        telling.into_iter().take(self.t.telling_terms as usize)
    }

    fn rare<'b>(&'b self, bag: &'b Bag) -> impl Iterator<Item = (Term, f32)> + 'b {
        bag.terms().filter(|(term, _)| self.is_rare(*term))
    }

    /// All an article can be found by.
    pub(super) fn leads(&self, bag: &Bag) -> Vec<(Term, f32)> {
        self.telling(bag).chain(self.rare(bag)).collect()
    }
}

impl Lists {
    /// The articles listed under a term; none where they are too many.
    pub(super) fn of(&self, term: Term) -> &[(Slot, f32)] {
        let list = self.of.get(&term).filter(|list| list.len() < LISTED_MAX);
        list.map_or(&[], Vec::as_slice)
    }

    /// Whether since it was asked last a list began or ceased to be too long.
    pub(super) fn crossed(&mut self) -> bool {
        std::mem::take(&mut self.crossed)
    }

    fn put(&mut self, term: Term, slot: Slot, weight: f32) {
        let list = self.of.entry(term).or_default();
        list.push((slot, weight));
        self.crossed |= list.len() == LISTED_MAX;
    }

    /// Lists articles that are new among `all`.
    pub(super) fn add<'a>(
        &mut self,
        new: &[Slot],
        leading: &Leading<'_>,
        all: impl FnOnce() -> Vec<Listed<'a>>,
    ) {
        if new.is_empty() {
            return;
        }
        let all = all();
        let new: HashSet<Slot> = new.iter().copied().collect();
        let came: Vec<&Listed<'_>> = all.iter().filter(|one| new.contains(&one.slot)).collect();
        let telling =
            parallel::map(&came, |one| leading.telling(one.bag).collect::<Vec<(Term, f32)>>());
        for (one, telling) in came.iter().zip(telling) {
            telling.into_iter().for_each(|(term, weight)| self.put(term, one.slot, weight));
        }
        let outside: Vec<&&Listed<'_>> = came.iter().filter(|one| !one.counted).collect();
        let mut begun: HashSet<Term> = HashSet::new();
        for one in &outside {
            let rare = leading.rare(one.bag).map(|(term, _)| term);
            begun.extend(rare.filter(|term| !self.of.contains_key(term)));
        }
        for one in outside {
            for (term, weight) in leading.rare(one.bag) {
                self.put(term, one.slot, weight);
            }
        }
        // A counted article that comes is listed where a list stands, any of them where one begins.
        let inside: Vec<&Listed<'_>> = all.iter().filter(|one| one.counted).collect();
        let begun = Bag::summed(begun.into_iter().map(|term| (term, 0.0)));
        let joins = |one: &&Listed<'_>| match new.contains(&one.slot) {
            true => leading.rare(one.bag).filter(|(term, _)| self.of.contains_key(term)).collect(),
            false => one.bag.common(&begun).map(|(term, own, _)| (term, own)).collect::<Vec<_>>(),
        };
        let joined = parallel::map(&inside, joins);
        for (one, joined) in inside.iter().zip(joined) {
            joined.into_iter().for_each(|(term, weight)| self.put(term, one.slot, weight));
        }
    }

    /// Takes an article off the lists; a list of none, or, of a rare term, of counted articles alone, ends.
    pub(super) fn remove(
        &mut self,
        slot: Slot,
        leads: &Bag,
        leading: &Leading<'_>,
        is_counted: impl Fn(Slot) -> bool,
    ) {
        for (term, _) in leads.terms() {
            let Some(list) = self.of.get_mut(&term) else { continue };
            self.crossed |= list.len() == LISTED_MAX;
            list.retain(|(listed, _)| *listed != slot);
            let alone = leading.is_rare(term) && list.iter().all(|(other, _)| is_counted(*other));
            if list.is_empty() || alone {
                self.of.remove(&term);
            }
        }
    }
}
