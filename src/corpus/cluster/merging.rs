//! Average-link agglomeration of one part: the two most alike groups become one, until none are alike enough.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use super::Part;
use super::likeness::Articles;

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

/// The groups of one part on their way; members are numbered within the part.
pub(super) struct Groups<'a> {
    articles: &'a Articles<'a>,
    part: &'a [u32],
    /// By the number of its oldest article; empty once it went into another.
    members: Vec<Vec<u32>>,
    /// Sums of likeness between groups that are near each other.
    sums: Vec<BTreeMap<u32, f64>>,
    heap: BinaryHeap<Pair>,
}

impl<'a> Groups<'a> {
    pub(super) fn of(articles: &'a Articles<'a>, part: &'a Part) -> Self {
        let count = part.members.len();
        let mut groups = Self {
            articles,
            part: &part.members,
            members: (0..count as u32).map(|at| vec![at]).collect(),
            sums: vec![BTreeMap::new(); count],
            heap: BinaryHeap::new(),
        };
        let number = |at: u32| part.members.binary_search(&at).map_or(0, |number| number as u32);
        for pair in &part.pairs {
            groups.note(number(pair.a), number(pair.b), pair.likeness);
        }
        groups
    }

    /// The groups in the end, each by its articles, oldest first.
    pub(super) fn merged(mut self) -> Vec<Vec<u32>> {
        self.merge();
        let mut groups = self.members;
        groups.retain(|group| !group.is_empty());
        groups.iter_mut().for_each(|group| group.sort_unstable());
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
        let near = likeness >= self.articles.t.link;
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

    /// The sum of likeness between the articles of two groups; of large ones by some articles of each,
    /// evenly over time.
    fn between(&self, a: u32, b: u32) -> f64 {
        let (of_a, of_b) = (self.spokesmen(a), self.spokesmen(b));
        let slot = |at: &u32| {
            let place = self.part.get(*at as usize).copied().unwrap_or_default();
            self.articles.turn.order.get(place as usize).copied().unwrap_or_default()
        };
        let each = of_a
            .iter()
            .map(slot)
            .map(|x| of_b.iter().map(slot).map(|y| self.articles.likeness(x, y)).sum::<f64>());
        let heard = (of_a.len() * of_b.len()).max(1);
        each.sum::<f64>() * (self.size(a) * self.size(b)) as f64 / heard as f64
    }

    fn spokesmen(&self, group: u32) -> Vec<u32> {
        let mut members = self.members.get(group as usize).cloned().unwrap_or_default();
        let (count, most) = (members.len(), self.articles.t.spokesmen.max(1.0) as usize);
        if count > most {
            members.sort_unstable();
            let chosen = (0..most).filter_map(|nth| members.get(nth * count / most).copied());
            members = chosen.collect();
        }
        members
    }
}
