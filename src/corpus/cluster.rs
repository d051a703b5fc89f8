//! Which articles speak of the same incident.
//!
//! In: sketches of relevant articles. Out: groups, oldest first. Average-link agglomeration over words
//! and names by local rarity, with one set of parameters (`data/thresholds/`). What holds: the result
//! does not depend on the order of the input; only articles that are neighbours are compared; deeds
//! that differ in act or parties keep look-alikes apart.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use super::near::{self, Placed};
use super::sketch::Sketch;
use crate::rules::Thresholds;

/// Groups articles; each group holds indexes into `sketches`, oldest first.
pub(super) fn group(sketches: &[&Sketch], t: &Thresholds) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by_key(|at| sketches.get(*at).map(|s| (s.day, s.print, s.id)));
    let sorted: Vec<&Sketch> = order.iter().filter_map(|at| sketches.get(*at).copied()).collect();
    let placed = near::place(&sorted, t);
    let mut groups = Groups::of(&sorted, &placed, t);
    groups.merge();
    let members = groups.members.into_iter().filter(|group| !group.is_empty());
    let named = |group: Vec<u32>| {
        let mut group = group;
        group.sort_unstable();
        group.into_iter().filter_map(|at| order.get(at as usize).copied()).collect()
    };
    members.map(named).collect()
}

/// Two groups and the mean likeness of their articles when they were last looked at.
#[derive(Debug, PartialEq)]
struct Pair {
    likeness: f64,
    a: u32,
    b: u32,
    /// Sizes of both groups then: a group that has grown since is looked at anew.
    sizes: (usize, usize),
}

impl Eq for Pair {}
impl Ord for Pair {
    /// The most alike first, among equals the oldest.
    fn cmp(&self, other: &Self) -> Ordering {
        let oldest = (other.a, other.b).cmp(&(self.a, self.b));
        self.likeness.total_cmp(&other.likeness).then(oldest)
    }
}
impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

struct Groups<'a> {
    sketches: &'a [&'a Sketch],
    placed: &'a [Placed],
    t: &'a Thresholds,
    /// By the index of its oldest article; empty once it went into another.
    members: Vec<Vec<u32>>,
    /// Sums of likeness between groups that are near each other.
    sums: Vec<BTreeMap<u32, f64>>,
    heap: BinaryHeap<Pair>,
}

impl<'a> Groups<'a> {
    fn of(sketches: &'a [&'a Sketch], placed: &'a [Placed], t: &'a Thresholds) -> Self {
        let mut groups = Self {
            sketches,
            placed,
            t,
            members: (0..sketches.len() as u32).map(|at| vec![at]).collect(),
            sums: vec![BTreeMap::new(); sketches.len()],
            heap: BinaryHeap::new(),
        };
        for (at, place) in placed.iter().enumerate() {
            for other in &place.neighbours {
                let (a, b) = (*other.min(&(at as u32)), *other.max(&(at as u32)));
                let known = groups.sums.get(a as usize).is_some_and(|row| row.contains_key(&b));
                if !known {
                    let sum = groups.likeness(a, b);
                    groups.note(a, b, sum);
                }
            }
        }
        groups
    }

    fn size(&self, group: u32) -> usize {
        self.members.get(group as usize).map_or(0, Vec::len)
    }

    /// Keeps the sum of two groups whose mean is enough for one incident; of others nothing, so that
    /// a company in every second article does not make each of them every other's neighbour.
    fn note(&mut self, a: u32, b: u32, sum: f64) {
        let sizes = (self.size(a), self.size(b));
        let likeness = sum / (sizes.0 * sizes.1).max(1) as f64;
        let near = likeness >= self.t.link;
        for (x, y) in [(a, b), (b, a)] {
            if let Some(row) = self.sums.get_mut(x as usize) {
                match near {
                    true => row.insert(y, sum),
                    false => row.remove(&y),
                };
            }
        }
        if near {
            self.heap.push(Pair { likeness, a, b, sizes });
        }
    }

    /// Merges the two most alike groups until none are alike enough.
    fn merge(&mut self) {
        while let Some(Pair { a, b, sizes, .. }) = self.heap.pop() {
            if sizes != (self.size(a), self.size(b)) {
                continue;
            }
            let of_a = self.sums.get_mut(a as usize).map(std::mem::take).unwrap_or_default();
            let of_b = self.sums.get_mut(b as usize).map(std::mem::take).unwrap_or_default();
            let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
            for other in of_a.keys().chain(of_b.keys()).filter(|other| **other != a && **other != b)
            {
                sums.entry(*other).or_insert_with(|| {
                    let known = |row: &BTreeMap<u32, f64>, group: u32| {
                        row.get(other).copied().unwrap_or_else(|| self.between(group, *other))
                    };
                    known(&of_a, a) + known(&of_b, b)
                });
            }
            let moved = self.members.get_mut(b as usize).map(std::mem::take).unwrap_or_default();
            if let Some(home) = self.members.get_mut(a as usize) {
                home.extend(moved);
            }
            for (other, sum) in sums {
                if let Some(row) = self.sums.get_mut(other as usize) {
                    row.remove(&b);
                }
                self.note(a.min(other), a.max(other), sum);
            }
        }
    }

    /// The sum of likeness between the articles of two groups.
    fn between(&self, a: u32, b: u32) -> f64 {
        let of = |group: u32| self.members.get(group as usize).into_iter().flatten();
        of(a).map(|x| of(b).map(|y| self.likeness(*x, *y)).sum::<f64>()).sum()
    }

    /// How alike two articles are, from 0 to 1.
    fn likeness(&self, a: u32, b: u32) -> f64 {
        let placed = self.placed.get(a as usize).zip(self.placed.get(b as usize));
        let sketches = self.sketches.get(a as usize).zip(self.sketches.get(b as usize));
        let (Some((x, y)), Some((s, u))) = (placed, sketches) else { return 0.0 };
        let share = self.t.names_share;
        let likeness = match s.language == u.language {
            true => share * x.names.cosine(&y.names) + (1.0 - share) * x.words.cosine(&y.words),
            // Without shared words names and deeds carry the whole weight.
            false => self.t.abroad * x.abroad.cosine(&y.abroad),
        };
        let days = s.days_from(u).unwrap_or(0.0);
        let near = 1.0 - self.t.time_share * (days / self.t.time_days.max(1.0)).min(1.0);
        likeness * near * apart(s, u, days, self.t)
    }
}

/// What is left of the likeness of two articles whose parties or deeds differ.
fn apart(a: &Sketch, b: &Sketch, days: f64, t: &Thresholds) -> f64 {
    if a.deeds.is_empty() || b.deeds.is_empty() {
        return 1.0;
    }
    let far = days > t.one_matter_days;
    let one_matter = a.shares_matter_of(b) || b.shares_matter_of(a);
    if far && !one_matter {
        return t.other_deed;
    }
    if a.is_twin_of(b) {
        return t.twin_deed;
    }
    let others = a.tells_of_others_in(b) && b.tells_of_others_in(a)
        || (far || !one_matter) && a.tells_of_others_than(b) && b.tells_of_others_than(a);
    if others { t.other_party } else { 1.0 }
}
