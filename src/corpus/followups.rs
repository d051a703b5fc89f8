//! Articles that alone do not read like a dispute of the field, and yet tell of one.
//!
//! In: sketches of all articles. Out: those that grouping looks at, and afterwards the groups that hold
//! an article relevant by itself. What holds: work grows with the number of names; a follow-up names two
//! houses again and again that one relevant article is about, within months of it, before or after.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::bag::Term;
use super::sketch::Sketch;
use crate::rules::Thresholds;

/// Articles relevant by themselves, and those that may follow one up.
pub(super) fn among<'s>(sketches: &'s [Arc<Sketch>], t: &Thresholds) -> Vec<&'s Arc<Sketch>> {
    let sides = Sides::of(sketches.iter().map(Arc::as_ref).filter(|sketch| sketch.is_relevant(t)));
    let quarrels = |sketch: &Sketch| {
        f64::from(sketch.relevance) >= t.follow_up
            && f64::from(sketch.disputed) >= t.follow_up_claims
    };
    let follows = |sketch: &Sketch| quarrels(sketch) && sides.are_named_in(sketch, t);
    sketches.iter().filter(|sketch| sketch.is_relevant(t) || follows(sketch)).collect()
}

/// Groups without those that nothing relevant holds together.
pub(super) fn founded(
    mut groups: Vec<Vec<usize>>,
    sketches: &[&Arc<Sketch>],
    t: &Thresholds,
) -> Vec<Vec<usize>> {
    let relevant = |at: &usize| sketches.get(*at).is_some_and(|sketch| sketch.is_relevant(t));
    groups.retain(|group| group.iter().any(relevant));
    groups
}

/// Pairs of houses that one article is about, with the days of such articles.
struct Sides {
    houses: BTreeSet<Term>,
    days: BTreeMap<(Term, Term), BTreeSet<NaiveDate>>,
}

impl Sides {
    fn of<'s>(sketches: impl Iterator<Item = &'s Sketch>) -> Self {
        let mut sides = Self { houses: BTreeSet::new(), days: BTreeMap::new() };
        for sketch in sketches {
            let about: BTreeSet<Term> = sketch.about().collect();
            for (at, one) in about.iter().enumerate() {
                for other in about.iter().skip(at + 1) {
                    sides.days.entry((*one, *other)).or_default().insert(sketch.day);
                }
            }
            sides.houses.extend(about);
        }
        sides
    }

    fn are_named_in(&self, sketch: &Sketch, t: &Thresholds) -> bool {
        let named = sketch.again().filter(|term| self.houses.contains(term));
        let named: BTreeSet<Term> = named.collect();
        let near = |day: &NaiveDate| {
            let days = (sketch.day - *day).num_days();
            days.abs() as f64 <= t.follow_up_days
        };
        named.iter().enumerate().any(|(at, one)| {
            let others = named.iter().skip(at + 1);
            let mut told = others.filter_map(|other| self.days.get(&(*one, *other)));
            told.any(|days| days.iter().any(near))
        })
    }
}
