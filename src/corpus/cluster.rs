//! Which articles speak of the same incident.
//!
//! In: sketches of relevant articles. Out: groups, oldest first. Average-link agglomeration over words
//! and names by local rarity, with one set of parameters (`data/thresholds/`). What holds: the result
//! does not depend on the order of the input; only articles that are neighbours are compared; deeds
//! that differ in act or parties keep look-alikes apart; a round-up, which is like many, is a group of its own.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use super::near::{self, Placed};
use super::parallel;
use super::sketch::Sketch;
use crate::rules::Thresholds;

/// Groups articles; each group holds indexes into `sketches`, oldest first; round-ups come last.
pub(super) fn group(sketches: &[&Sketch], t: &Thresholds) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by_key(|at| sketches.get(*at).map(|s| (s.day, s.print, s.id)));
    let roundup = |at: &usize| sketches.get(*at).is_some_and(|sketch| sketch.roundup);
    let (alone, order): (Vec<usize>, Vec<usize>) = order.into_iter().partition(roundup);
    let sorted: Vec<&Sketch> = order.iter().filter_map(|at| sketches.get(*at).copied()).collect();
    let placed = near::place(&sorted, t);
    let articles = Articles { sketches: &sorted, placed: &placed, t };
    // Only articles that a chain of likeness joins can come together: each such part on its own.
    let parts = parts(sorted.len(), &articles.pairs());
    let mut grouped: Vec<Vec<u32>> =
        parallel::map(&parts, |part| Groups::of(&articles, part).merged()).concat();
    grouped.sort_unstable();
    let named = |group: Vec<u32>| {
        group.into_iter().filter_map(|at| order.get(at as usize).copied()).collect()
    };
    grouped.into_iter().map(named).chain(alone.into_iter().map(|at| vec![at])).collect()
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

/// Articles in order of age, each among its neighbours.
struct Articles<'a> {
    sketches: &'a [&'a Sketch],
    placed: &'a [Placed],
    t: &'a Thresholds,
}

/// The groups of one part on their way; members are numbered within the part.
struct Groups<'a> {
    articles: &'a Articles<'a>,
    part: &'a [u32],
    /// By the number of its oldest article; empty once it went into another.
    members: Vec<Vec<u32>>,
    /// Sums of likeness between groups that are near each other.
    sums: Vec<BTreeMap<u32, f64>>,
    heap: BinaryHeap<Pair>,
}

impl<'a> Groups<'a> {
    fn of(articles: &'a Articles<'a>, part: &'a Part) -> Self {
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
    fn merged(mut self) -> Vec<Vec<u32>> {
        self.merge();
        let part = self.part;
        let groups = self.members.into_iter().filter(|group| !group.is_empty());
        let named = groups.map(|mut group| {
            group.sort_unstable();
            group.into_iter().filter_map(|at| part.get(at as usize).copied()).collect()
        });
        named.collect()
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
        let number = |at: &u32| self.part.get(*at as usize).copied().unwrap_or_default();
        let each = of_a
            .iter()
            .map(number)
            .map(|x| of_b.iter().map(number).map(|y| self.articles.likeness(x, y)).sum::<f64>());
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

impl Articles<'_> {
    /// Neighbours that are alike enough for one incident, each pair once.
    fn pairs(&self) -> Vec<Alike> {
        let near = self.placed.iter().enumerate().flat_map(|(at, place)| {
            let at = at as u32;
            place.neighbours.iter().map(move |other| (at.min(*other), at.max(*other)))
        });
        let mut near: Vec<(u32, u32)> = near.collect();
        near.sort_unstable();
        near.dedup();
        let alike = |pair: &(u32, u32)| {
            let (a, b) = *pair;
            Alike { a, b, likeness: self.likeness(a, b) }
        };
        let mut pairs = parallel::map(&near, alike);
        pairs.retain(|pair| pair.likeness >= self.t.link);
        pairs
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
        // Among many look-alikes the likeness of two says less, and the time between them more.
        let crowd = x.crowd.min(y.crowd);
        let time_share = self.t.time_share + (self.t.crowd_time_share - self.t.time_share) * crowd;
        let near = 1.0 - time_share * (days / self.t.time_days.max(1.0)).min(1.0);
        let doubt = match s.is_relevant(self.t) && u.is_relevant(self.t) {
            true => 1.0,
            false => self.t.follow_up_share,
        };
        likeness * near * (1.0 - self.t.crowd_share * crowd) * apart(s, u, days, self.t) * doubt
    }
}

/// What is left of the likeness of two articles whose parties or deeds differ.
fn apart(a: &Sketch, b: &Sketch, days: f64, t: &Thresholds) -> f64 {
    if a.deeds.is_empty() || b.deeds.is_empty() {
        let others = a.is_about_others_than(b, t) && b.is_about_others_than(a, t);
        return if others { t.other_about } else { 1.0 };
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
