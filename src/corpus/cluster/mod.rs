//! Which articles speak of the same incident.
//!
//! In: sketches of relevant articles. Out: groups, oldest first. Average-link agglomeration over words
//! and names by local rarity, with one set of parameters (`data/thresholds/`). What holds: the result
//! does not depend on the order of the input; only articles that are neighbours are compared; deeds
//! that differ in act or parties keep look-alikes apart; a round-up, which is like many, is a group of its own.

mod likeness;
mod merging;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use self::likeness::Articles;
use self::merging::Groups;
use super::near::{Neighbourhood, Slot};
use super::parallel;
use super::sketch::Sketch;
use crate::rules::Thresholds;

/// Groups of articles, and what they were made of.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    near: Neighbourhood,
    /// Neighbours that are alike enough for one incident.
    pairs: Vec<(Slot, Slot, f64)>,
    /// Groups of parts, by the oldest article of each.
    parts: HashMap<Slot, Known>,
}

/// The articles of a part, and its groups by their places among these.
#[derive(Debug)]
struct Known {
    members: Vec<Slot>,
    groups: Vec<Vec<u32>>,
}

impl Clusters {
    /// Groups articles; each group holds indexes into `sketches`, oldest first; round-ups come last. How rare a
    /// term is, `counted` tells.
    pub(super) fn group(
        &mut self,
        sketches: &[&Arc<Sketch>],
        counted: &[Arc<Sketch>],
        t: &Thresholds,
    ) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..sketches.len()).collect();
        order.sort_by_key(|at| sketches.get(*at).map(|s| (s.day, s.print, s.id)));
        let roundup = |at: &usize| sketches.get(*at).is_some_and(|sketch| sketch.roundup);
        let (alone, order): (Vec<usize>, Vec<usize>) = order.into_iter().partition(roundup);
        let sorted: Vec<&Arc<Sketch>> =
            order.iter().filter_map(|at| sketches.get(*at).copied()).collect();
        let turn = self.near.place(&sorted, counted, t);
        let articles = Articles { near: &self.near, turn: &turn, t };
        articles.pair(&mut self.pairs);
        // Only articles that a chain of likeness joins can come together: each such part on its own.
        let parts = parts(sorted.len(), &articles.by_age(&self.pairs));
        let made = parallel::map(&parts, |part| {
            let members = articles.slots(&part.members);
            let known = members.first().and_then(|first| self.parts.get(first));
            let known =
                known.filter(|known| known.members == members && !articles.is_changed(&members));
            let groups = match known {
                Some(known) => known.groups.clone(),
                None => Groups::of(&articles, part).merged(),
            };
            Known { members, groups }
        });
        let mut grouped: Vec<Vec<u32>> = Vec::with_capacity(sorted.len());
        for (part, known) in parts.iter().zip(&made) {
            grouped.extend(known.groups.iter().map(|group| part.named(group)));
        }
        grouped.sort_unstable();
        let first = |known: Known| Some((*known.members.first()?, known));
        self.parts = made.into_iter().filter_map(first).collect();
        let named = |group: Vec<u32>| {
            group.into_iter().filter_map(|at| order.get(at as usize).copied()).collect()
        };
        grouped.into_iter().map(named).chain(alone.into_iter().map(|at| vec![at])).collect()
    }
}

/// Two articles alike enough for one incident.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Alike {
    a: u32,
    b: u32,
    likeness: f64,
}

/// Articles that chains of likeness join, oldest first, with their pairs.
struct Part {
    members: Vec<u32>,
    pairs: Vec<Alike>,
}

impl Part {
    /// Articles by their places among the members.
    fn named(&self, places: &[u32]) -> Vec<u32> {
        places.iter().filter_map(|at| self.members.get(*at as usize).copied()).collect()
    }
}

/// The parts that pairs join articles to, each article in one.
fn parts(articles: usize, pairs: &[Alike]) -> Vec<Part> {
    let mut above: Vec<u32> = (0..articles as u32).collect();
    fn top(above: &mut [u32], mut at: u32) -> u32 {
        while let Some(next) = above.get(at as usize).copied().filter(|next| *next != at) {
            let over = above.get(next as usize).copied().unwrap_or(next);
            if let Some(slot) = above.get_mut(at as usize) {
                *slot = over;
            }
            at = next;
        }
        at
    }
    for pair in pairs {
        let (a, b) = (top(&mut above, pair.a), top(&mut above, pair.b));
        // The older article stands for both.
        if let Some(slot) = above.get_mut(a.max(b) as usize) {
            *slot = a.min(b);
        }
    }
    let mut parts: BTreeMap<u32, Part> = BTreeMap::new();
    for at in 0..articles as u32 {
        let part = parts.entry(top(&mut above, at));
        part.or_insert(Part { members: Vec::new(), pairs: Vec::new() }).members.push(at);
    }
    for pair in pairs {
        if let Some(part) = parts.get_mut(&top(&mut above, pair.a)) {
            part.pairs.push(*pair);
        }
    }
    // The largest first, so that no thread is left with it at the end.
    let mut parts: Vec<Part> = parts.into_values().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.pairs.len()));
    parts
}
