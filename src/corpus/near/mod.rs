//! The articles most like each article, without comparing all pairs.
//!
//! In: sketches. Out: for each its nearest neighbours, and its words and names weighed by how rare they
//! are among these. What holds: work grows with the number of articles times that of their rarest
//! terms; a term that all neighbours share (the company, the kind of quarrel) tells little, one that
//! few of them share (the court, the month, the sum) tells much.

use std::collections::HashMap;

use super::bag::{Bag, Term};
use super::parallel;
use super::sketch::Sketch;
use crate::rules::Thresholds;

/// An article among its neighbours.
pub(super) struct Placed {
    /// Nearest first.
    pub neighbours: Vec<u32>,
    /// How many articles are like it beyond what one incident explains, from 0 to 1.
    pub crowd: f64,
    /// Words by local rarity, of length one.
    pub words: Bag,
    /// Names by local rarity, of length one.
    pub names: Bag,
    /// Names by rarity in the whole corpus, with what they are called in another script, of length one: for
    /// articles in other languages, whose neighbours are others.
    pub abroad: Bag,
}

/// In how many articles each term stands.
struct Counts {
    articles: f64,
    of: HashMap<Term, u32>,
}

impl Counts {
    fn among<'a>(bags: impl Iterator<Item = &'a Bag>) -> Self {
        let mut counts = Self { articles: 0.0, of: HashMap::new() };
        for bag in bags {
            counts.articles += 1.0;
            for (term, _) in bag.terms() {
                *counts.of.entry(term).or_default() += 1;
            }
        }
        counts
    }

    fn of(&self, term: Term) -> f64 {
        self.of.get(&term).copied().map_or(0.0, f64::from)
    }

    /// Smoothed inverse document frequency; 1 for a term in every article.
    fn rarity(&self, term: Term) -> f64 {
        ((1.0 + self.articles) / (1.0 + self.of(term))).ln() + 1.0
    }

    /// Share of articles with a term, a sober share of other matters counted in.
    fn share(&self, term: Term, t: &Thresholds) -> f64 {
        (self.of(term) + t.world_articles * t.world_share) / (self.articles + t.world_articles)
    }
}

/// Both views of an article by global rarity.
struct View {
    words: Bag,
    abroad: Bag,
}

/// Places every article among its neighbours.
pub(super) fn place(sketches: &[&Sketch], t: &Thresholds) -> Vec<Placed> {
    let words = Counts::among(sketches.iter().map(|s| &s.words));
    let names = Counts::among(sketches.iter().map(|s| &s.names));
    let abroad = Counts::among(sketches.iter().map(|s| &s.abroad));
    let views: Vec<View> = parallel::map(sketches, |s| View {
        words: s.words.weighed(|term| words.rarity(term)),
        abroad: s.abroad.weighed(|term| abroad.rarity(term)),
    });
    let index = Index::of(&views, &words, &abroad, t);
    let all: Vec<usize> = (0..sketches.len()).collect();
    let search = || Search::among(sketches, &views, &index, t);
    parallel::map_with(&all, search, |search, at| {
        let (neighbours, crowd) = search.nearest(*at);
        let (sketch, view) = (sketches.get(*at)?, views.get(*at)?);
        let near: Vec<&Sketch> =
            neighbours.iter().filter_map(|at| sketches.get(*at as usize).copied()).collect();
        let local = |own: &Bag, of: fn(&Sketch) -> &Bag, counts: &Counts| {
            let near: Vec<&Bag> = near.iter().map(|s| of(s)).collect();
            locally(own, &near, counts, t)
        };
        Some(Placed {
            words: local(&sketch.words, |s| &s.words, &words),
            names: local(&sketch.names, |s| &s.names, &names),
            abroad: view.abroad.clone(),
            crowd,
            neighbours,
        })
    })
    .into_iter()
    .flatten()
    .collect()
}

/// A bag with its terms weighed by how few of the neighbours hold them.
fn locally(own: &Bag, near: &[&Bag], counts: &Counts, t: &Thresholds) -> Bag {
    let mut holders: HashMap<Term, u32> = HashMap::with_capacity(own.len());
    for other in near {
        for (term, ..) in own.common(other) {
            *holders.entry(term).or_default() += 1;
        }
    }
    let all = near.len() as f64 + 1.0 + t.local_prior;
    own.weighed(|term| {
        let held = 1.0 + holders.get(&term).copied().map_or(0.0, f64::from);
        t.local_base - ((held + t.local_prior * counts.share(term, t)) / all).ln()
    })
}

/// Which articles hold a term, for terms that lead somewhere.
struct Index {
    words: HashMap<Term, Vec<(u32, f32)>>,
    names: HashMap<Term, Vec<(u32, f32)>>,
}

impl Index {
    fn of(views: &[View], words: &Counts, names: &Counts, t: &Thresholds) -> Self {
        let most = t.common_least.max(t.common_root * (views.len() as f64).sqrt());
        let most = most.min(t.common_most);
        let invert = |of: fn(&View) -> &Bag, counts: &Counts| {
            let mut lists: HashMap<Term, Vec<(u32, f32)>> = HashMap::new();
            for (at, view) in views.iter().enumerate() {
                let mut telling: Vec<(Term, f32)> = of(view)
                    .terms()
                    .filter(|(term, _)| (2.0..=most).contains(&counts.of(*term)))
                    .collect();
                telling.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                for (term, weight) in telling.into_iter().take(t.telling_terms as usize) {
                    lists.entry(term).or_default().push((at as u32, weight));
                }
            }
            lists
        };
        Self { words: invert(|v| &v.words, words), names: invert(|v| &v.abroad, names) }
    }
}

/// A search through the index, with the sums it fills again and again.
struct Search<'a> {
    sketches: &'a [&'a Sketch],
    views: &'a [View],
    index: &'a Index,
    t: &'a Thresholds,
    sums: Vec<f32>,
}

impl<'a> Search<'a> {
    fn among(
        sketches: &'a [&'a Sketch],
        views: &'a [View],
        index: &'a Index,
        t: &'a Thresholds,
    ) -> Self {
        Self { sketches, views, index, t, sums: vec![0.0; sketches.len()] }
    }

    /// The nearest neighbours of an article and how crowded it is around it: the best by shared rare
    /// terms, then compared in full.
    fn nearest(&mut self, at: usize) -> (Vec<u32>, f64) {
        let Some(view) = self.views.get(at) else { return (Vec::new(), 0.0) };
        let mut touched: Vec<u32> = Vec::new();
        let lists = [(&self.index.words, &view.words), (&self.index.names, &view.abroad)];
        for (index, bag) in lists {
            for (term, weight) in bag.terms() {
                for (other, theirs) in index.get(&term).into_iter().flatten() {
                    let Some(sum) = self.sums.get_mut(*other as usize) else { continue };
                    if *sum == 0.0 {
                        touched.push(*other);
                    }
                    *sum += weight * theirs;
                }
            }
        }
        let keep = self.t.neighbours as usize;
        let mut rough: Vec<(f32, u32)> = touched
            .into_iter()
            .map(|other| {
                let sum = self.sums.get_mut(other as usize).map(std::mem::take);
                (sum.unwrap_or(0.0), other)
            })
            .filter(|(_, other)| *other as usize != at)
            .collect();
        let by_likeness = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if rough.len() > 4 * keep {
            rough.select_nth_unstable_by(4 * keep, by_likeness);
            rough.truncate(4 * keep);
        }
        let mut near: Vec<(f32, u32)> = rough
            .into_iter()
            .map(|(_, other)| (self.likeness(at, other as usize), other))
            .filter(|(likeness, _)| f64::from(*likeness) >= self.t.neighbour)
            .collect();
        near.sort_by(by_likeness);
        let room = (self.t.crowd_most - self.t.crowd_least).max(1.0);
        let crowd = ((near.len() as f64 - self.t.crowd_least) / room).clamp(0.0, 1.0);
        (near.into_iter().take(keep).map(|(_, other)| other).collect(), crowd)
    }

    fn likeness(&self, a: usize, b: usize) -> f32 {
        let views = self.views.get(a).zip(self.views.get(b));
        let sketches = self.sketches.get(a).zip(self.sketches.get(b));
        let (Some((x, y)), Some((s, u))) = (views, sketches) else { return 0.0 };
        let alike = match s.language == u.language {
            true => x.words.cosine(&y.words),
            false => x.abroad.cosine(&y.abroad),
        };
        alike as f32
    }
}
