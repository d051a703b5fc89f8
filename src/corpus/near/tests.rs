//! Articles that come and go leave what placing all of them anew gives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::DateTime;
use proptest::prelude::*;

use super::{Neighbourhood, Turn, counted};
use crate::corpus::bag::{Bag, Term};
use crate::corpus::sketch::Sketch;
use crate::model::source::CaptureId;
use crate::rules::Thresholds;

/// So narrow that few articles do what thousands do else.
fn narrow() -> Thresholds {
    Thresholds {
        relevant: 0.0,
        counted_least: 8.0,
        counted_steps: 2.0,
        common_least: 8.0,
        common_most: 8.0,
        telling_terms: 4.0,
        neighbours: 2.0,
        neighbour: 0.05,
        crowd_least: 1.0,
        crowd_most: 6.0,
        local_base: 0.3,
        world_share: 0.02,
        ..Thresholds::all(1.0)
    }
}

/// Where an article stands: whom it is near, in what crowd, with which words and names.
type Stand = (Vec<CaptureId>, f64, Bag, Bag);

fn stands(near: &Neighbourhood, turn: &Turn) -> BTreeMap<CaptureId, (Stand, bool)> {
    let rows = turn.order.iter().filter_map(|slot| Some((*slot, near.row(*slot)?)));
    rows.map(|(slot, row)| {
        let by = row.neighbours().iter().filter_map(|slot| near.row(*slot));
        let by = by.map(|row| row.sketch.id).collect();
        let stand = (by, row.crowd(), row.words.clone(), row.names.clone());
        (row.sketch.id, (stand, turn.is_changed(slot)))
    })
    .collect()
}

fn bag(terms: &BTreeSet<Term>) -> Bag {
    Bag::counted(terms.iter().map(|term| (*term, 1.0)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_and_goes_leaves_what_all_of_it_gives(
        articles in prop::collection::vec(
            (prop::collection::btree_set(0u32..70, 6..14), prop::collection::btree_set(100u32..130, 1..5)),
            96,
        ),
        first in 20usize..40,
        turns in prop::collection::vec(
            (prop::collection::btree_set(0usize..48, 0..4), prop::collection::btree_set(0usize..48, 0..2)),
            8,
        ),
    ) {
        let t = narrow();
        // Each article once as it is first, once as another time of capture has it.
        let sketch = |(at, (words, names)): (usize, &(BTreeSet<Term>, BTreeSet<Term>))| {
            Arc::new(Sketch::of_terms((at % 48) as u8, bag(words), bag(names)))
        };
        let sketches: Vec<Arc<Sketch>> = articles.iter().enumerate().map(sketch).collect();
        let mut there: BTreeSet<usize> = (0..first).collect();
        let mut other: BTreeSet<usize> = BTreeSet::new();
        let mut near = Neighbourhood::default();
        let mut before: BTreeMap<CaptureId, (Stand, bool)> = BTreeMap::new();
        for (turn, versions) in turns {
            there = there.symmetric_difference(&turn).copied().collect();
            other = other.symmetric_difference(&versions).copied().collect();
            let known: Vec<&Arc<Sketch>> =
                there
                .iter()
                .filter_map(|at| sketches.get(if other.contains(at) { at + 48 } else { *at }))
                .collect();
            let captured =
                known.iter().map(|sketch| (DateTime::UNIX_EPOCH, Arc::clone(sketch)));
            let counted = counted(&known, captured, &t);
            let turn = near.place(&known, &counted, &t);
            let mut anew = Neighbourhood::default();
            let whole = anew.place(&known, &counted, &t);
            let (now, expected) = (stands(&near, &turn), stands(&anew, &whole));
            for (id, (stand, changed)) in &now {
                prop_assert_eq!(Some(stand), expected.get(id).map(|(stand, _)| stand));
                let same = before.get(id).is_some_and(|(before, _)| before == stand);
                prop_assert!(same || *changed, "stands otherwise than before, and nobody is told");
            }
            before = now;
        }
    }
}
