//! Numbers of documents that stay when others come.
//!
//! In: documents, those of an incident beside one another. Out: a number for each. What holds: the
//! numbers of an incident begin where those of the one known before it leave room, and have room for
//! more; so a document more moves the numbers of its own incident only, until that room is taken.

use std::cmp::Reverse;

use super::digits::number;
use crate::model::query::{DocKind, SearchDoc};

/// Fewest numbers an incident has.
const ROOM_MIN: usize = 4;

/// A number for every document.
pub(super) struct Numbering {
    /// By place of the document.
    pub numbers: Vec<u32>,
    /// Behind the last number.
    pub space: usize,
    /// For each incident in the order of numbers: how many runs of a kind, and length and kind of each;
    /// before each part: 0, and how many numbers are left free.
    pub groups: String,
    /// Places in the order of numbers.
    order: Vec<usize>,
}

impl Numbering {
    /// Numbers documents.
    pub(super) fn of(docs: &[SearchDoc]) -> Self {
        let mut place = 0;
        let mut groups: Vec<(usize, &[SearchDoc])> = Vec::new();
        for group in docs.chunk_by(|a, b| a.group == b.group) {
            groups.push((place, group));
            place += group.len();
        }
        // What becomes known last comes last, whenever it happened.
        let rank = |group: &[SearchDoc]| group.first().map(|doc| (part(doc.kind), doc.known));
        groups.sort_by_key(|(place, group)| (rank(group), Reverse(*place)));
        let mut found = Self {
            numbers: vec![0; docs.len()],
            space: 0,
            groups: String::new(),
            order: Vec::with_capacity(docs.len()),
        };
        let mut before = None;
        for (place, group) in groups {
            let part = group.first().map(|doc| part(doc.kind));
            if part != before {
                let begin = roomy(found.space);
                number(0, &mut found.groups);
                number((begin - found.space) as u64, &mut found.groups);
                found.space = begin;
                before = part;
            }
            found.put(place, group);
        }
        found
    }

    fn put(&mut self, place: usize, group: &[SearchDoc]) {
        let mut within: Vec<(usize, &SearchDoc)> = (place..).zip(group).collect();
        // Its head stays the first; what becomes known of it later comes last here too.
        within.sort_by_key(|(at, doc)| (*at != place, doc.known));
        let runs: Vec<_> = within.chunk_by(|(_, a), (_, b)| a.kind == b.kind).collect();
        number(runs.len() as u64, &mut self.groups);
        for run in runs {
            let kind = run.first().map_or(0, |(_, doc)| doc.kind as usize);
            number((run.len() * DocKind::ALL.len() + kind) as u64, &mut self.groups);
        }
        for (number, (at, _)) in (self.space..).zip(within) {
            if let Some(slot) = self.numbers.get_mut(at) {
                *slot = number as u32;
            }
            self.order.push(at);
        }
        self.space += group.len().next_power_of_two().max(ROOM_MIN);
    }

    /// Documents with their numbers, rising.
    pub(super) fn of_each<'d>(
        &self,
        docs: &'d [SearchDoc],
    ) -> impl Iterator<Item = (u32, &'d SearchDoc)> {
        self.order.iter().filter_map(|at| Some((*self.numbers.get(*at)?, docs.get(*at)?)))
    }
}

/// Incidents come first, then what belongs to none.
fn part(kind: DocKind) -> u8 {
    match kind {
        DocKind::Vendor => 2,
        DocKind::Article => 1,
        DocKind::Incident | DocKind::Claim | DocKind::Question | DocKind::Event => 0,
    }
}

/// Where the next part may begin, with an eighth of the numbers before it for more of them.
fn roomy(space: usize) -> usize {
    let step = (space.next_power_of_two() / 8).max(1);
    if space == 0 { 0 } else { (space / step + 1) * step }
}

#[cfg(test)]
mod tests {
    use super::roomy;

    #[test]
    fn a_part_begins_where_it_did_when_a_few_come_before_it() {
        assert_eq!(roomy(0), 0);
        assert_eq!([900, 910, 1000].map(roomy), [1024, 1024, 1024]);
        assert_eq!([1024, 1100].map(roomy), [1152, 1280]);
    }
}
