//! The search for the neighbours of an article: the best by shared rare terms, then compared in full.

use super::{Neighbourhood, Slot, Turn};
use crate::rules::Thresholds;

/// Articles compared in full for each neighbour that is kept.
const COMPARED: usize = 4;

/// What a search finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Found {
    /// Nearest first.
    pub neighbours: Vec<Slot>,
    /// How many articles are like it beyond what one incident explains, from 0 to 1.
    pub crowd: f64,
    /// What an article needs at least, by shared rare terms, to be compared in full.
    pub cut: f32,
}

/// A search through the lists, with the sums it fills again and again.
pub(super) struct Search<'a> {
    near: &'a Neighbourhood,
    turn: &'a Turn,
    t: &'a Thresholds,
    sums: Vec<f32>,
}

impl<'a> Search<'a> {
    pub(super) fn among(near: &'a Neighbourhood, turn: &'a Turn, t: &'a Thresholds) -> Self {
        Self { near, turn, t, sums: vec![0.0; near.rows.len()] }
    }

    /// The nearest neighbours of an article and how crowded it is around it.
    pub(super) fn nearest(&mut self, slot: Slot) -> Found {
        let Some(row) = self.near.row(slot) else { return Found::default() };
        let mut touched: Vec<Slot> = Vec::new();
        let lists = &self.near.lists;
        for (lists, bag) in [(&lists.words, &row.view.words), (&lists.abroad, &row.view.abroad)] {
            for (term, weight) in bag.terms() {
                for (other, theirs) in lists.of(term) {
                    let Some(sum) = self.sums.get_mut(*other as usize) else { continue };
                    if *sum == 0.0 {
                        touched.push(*other);
                    }
                    *sum += weight * theirs;
                }
            }
        }
        let rough = touched.into_iter().map(|other| {
            let sum = self.sums.get_mut(other as usize).map(std::mem::take);
            (sum.unwrap_or(0.0), other)
        });
        let mut rough: Vec<(f32, Slot)> = rough.filter(|(_, other)| *other != slot).collect();
        // Among equals the older, whatever their numbers.
        let place = |slot: Slot| self.turn.place(slot);
        let by_likeness = |a: &(f32, Slot), b: &(f32, Slot)| {
            b.0.total_cmp(&a.0).then_with(|| place(a.1).cmp(&place(b.1)))
        };
        let keep = self.t.neighbours as usize;
        if rough.len() > COMPARED * keep {
            rough.select_nth_unstable_by(COMPARED * keep, by_likeness);
            rough.truncate(COMPARED * keep);
        }
        let full = rough.len() >= COMPARED * keep;
        let least = rough.iter().map(|(sum, _)| *sum).min_by(f32::total_cmp);
        let compared = rough.into_iter().map(|(_, other)| (self.likeness(slot, other), other));
        let mut near: Vec<(f32, Slot)> =
            compared.filter(|(likeness, _)| f64::from(*likeness) >= self.t.neighbour).collect();
        near.sort_by(by_likeness);
        let room = (self.t.crowd_most - self.t.crowd_least).max(1.0);
        Found {
            crowd: ((near.len() as f64 - self.t.crowd_least) / room).clamp(0.0, 1.0),
            neighbours: near.into_iter().take(keep).map(|(_, other)| other).collect(),
            cut: least.filter(|_| full).unwrap_or(0.0),
        }
    }

    fn likeness(&self, a: Slot, b: Slot) -> f32 {
        let (Some(a), Some(b)) = (self.near.row(a), self.near.row(b)) else { return 0.0 };
        let alike = match a.sketch.language == b.sketch.language {
            true => a.view.words.cosine(&b.view.words),
            false => a.view.abroad.cosine(&b.view.abroad),
        };
        alike as f32
    }
}
