//! Where a term stands, and how that is written.

use std::collections::BTreeSet;
use std::mem;

use super::digits::number;

/// Places of one term: documents, and in each of them field and position; rising.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    places: Vec<(u32, u32)>,
}

impl Places {
    /// Adds places behind all others.
    pub(super) fn extend(&mut self, more: impl Iterator<Item = (u32, u32)>) {
        self.places.extend(more);
    }

    /// Puts places in the stead of others; whether anything is left.
    pub(super) fn replace(&mut self, gone: &[(u32, u32)], come: &[(u32, u32)]) -> bool {
        let before = mem::take(&mut self.places);
        self.places.reserve(before.len() + come.len());
        let turns: BTreeSet<&(u32, u32)> = gone.iter().chain(come).collect();
        let mut rest = before.as_slice();
        // Most places stay: they are taken over in runs.
        for turn in turns {
            let (stay, behind) = rest.split_at(rest.partition_point(|place| place < turn));
            self.places.extend(stay);
            let ends = gone.binary_search(turn).is_ok();
            rest = behind.strip_prefix(&[*turn]).filter(|_| ends).unwrap_or(behind);
            self.places.extend(come.binary_search(turn).ok().map(|_| *turn));
        }
        self.places.extend(rest);
        !self.places.is_empty()
    }

    /// The places in each document, with the step from the document before.
    fn steps(&self) -> impl Iterator<Item = (u32, &[(u32, u32)])> {
        let mut before = 0;
        self.places.chunk_by(|a, b| a.0 == b.0).map(move |places| {
            let doc = places.first().map_or(before, |(doc, _)| *doc);
            let step = doc - before;
            before = doc;
            (step, places)
        })
    }

    /// How often the term stands in each field of each document: once in the text is told by the
    /// lowest bit of the step to the document, all else by a count for each field.
    pub(super) fn hits(&self) -> String {
        let mut out = String::new();
        for (step, places) in self.steps() {
            let counts: [usize; 3] = [0, 1, 2]
                .map(|field| places.iter().filter(|(_, place)| *place % 4 == field).count());
            let once = counts == [0, 1, 0];
            number(u64::from(step) * 2 + u64::from(once), &mut out);
            if !once {
                counts.into_iter().for_each(|count| number(count as u64, &mut out));
            }
        }
        out
    }

    /// Every place, for words in a row.
    pub(super) fn written(&self) -> String {
        let mut out = String::new();
        for (step, places) in self.steps() {
            number(u64::from(step), &mut out);
            number(places.len() as u64, &mut out);
            let mut last = 0;
            for (_, place) in places {
                number(u64::from(*place - last), &mut out);
                last = *place;
            }
        }
        out
    }
}
