//! In how many articles each term stands: what makes it rare.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::corpus::bag::{Bag, Term};
use crate::corpus::sketch::Sketch;
use crate::rules::Thresholds;

/// The articles by which it is told how rare a term is: of few, all that are compared. Of many the first of those
/// relevant by themselves, by when they were captured, each in its first version; so one article more, or a new
/// version of one, seldom makes a term rarer or less rare, and what was compared before still holds.
pub(in crate::corpus) fn counted(
    compared: &[&Arc<Sketch>],
    first: impl Iterator<Item = (DateTime<Utc>, Arc<Sketch>)>,
    t: &Thresholds,
) -> Vec<Arc<Sketch>> {
    let mut first: Vec<(DateTime<Utc>, Arc<Sketch>)> =
        first.filter(|(_, sketch)| sketch.is_relevant(t) && !sketch.roundup).collect();
    if first.len() as f64 <= t.counted_least {
        let compared = compared.iter().filter(|sketch| !sketch.roundup);
        return compared.map(|sketch| Arc::clone(sketch)).collect();
    }
    first.sort_by_key(|(fetched, sketch)| (*fetched, sketch.print, sketch.id));
    let kept = step(first.len(), t);
    first.into_iter().take(kept).map(|(_, sketch)| sketch).collect()
}

/// The number of articles that count of so many: the next lower step.
fn step(articles: usize, t: &Thresholds) -> usize {
    let steps = t.counted_steps.max(1.0) as usize;
    if articles < steps {
        return articles;
    }
    let width = (1_usize << articles.ilog2()) / steps;
    articles - articles % width.max(1)
}

/// In how many articles each term stands.
#[derive(Debug, Default)]
pub(super) struct Counts {
    articles: f64,
    of: HashMap<Term, u32>,
}

impl Counts {
    pub(super) fn among<'a>(bags: impl Iterator<Item = &'a Bag>) -> Self {
        let mut counts = Self::default();
        for bag in bags {
            counts.articles += 1.0;
            for (term, _) in bag.terms() {
                *counts.of.entry(term).or_default() += 1;
            }
        }
        counts
    }

    /// How many of the articles hold a term that one article holds, that one counted in.
    pub(super) fn of(&self, term: Term) -> f64 {
        self.of.get(&term).copied().map_or(1.0, f64::from)
    }

    /// Smoothed inverse document frequency; 1 for a term in every article.
    pub(super) fn rarity(&self, term: Term) -> f64 {
        ((1.0 + self.articles) / (1.0 + self.of(term))).ln() + 1.0
    }

    /// Share of articles with a term, a sober share of other matters counted in.
    pub(super) fn share(&self, term: Term, t: &Thresholds) -> f64 {
        (self.of(term) + t.world_articles * t.world_share) / (self.articles + t.world_articles)
    }
}
