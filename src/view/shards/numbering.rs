//! Numbers of documents that stay when others come.
//!
//! In: documents, those of an incident beside one another. Out: a number for each. What holds: the
//! numbers of an incident begin where those of the one known before it leave room, and have room for
//! more; so a document more moves the numbers of its own incident only, until that room is taken.

use std::cmp::Reverse;
use std::sync::Arc;

use super::digits::number;
use crate::model::query::{DocKind, SearchDoc};
use crate::view::docs::Filed;

/// Fewest numbers an incident has.
const ROOM_MIN: usize = 4;

/// A number for every document.
pub(super) struct Numbering<'d> {
    /// Documents that belong together, with the number of the first, rising.
    pub groups: Vec<(u32, &'d Arc<Filed>)>,
    /// Behind the last number.
    pub space: usize,
    /// For each incident in the order of numbers: how many runs of a kind, and length and kind of each;
    /// before each part: 0, and how many numbers are left free.
    pub written: String,
}

impl<'d> Numbering<'d> {
    /// Numbers documents.
    pub(super) fn of(filed: &'d [Arc<Filed>]) -> Self {
        // What becomes known last comes last, whenever it happened.
        let rank = |filed: &Arc<Filed>| filed.head().map(|(kind, known)| (part(kind), known));
        let mut ranked: Vec<_> =
            filed.iter().enumerate().map(|(at, filed)| (rank(filed), Reverse(at), filed)).collect();
        ranked.sort_by_key(|(rank, at, _)| (*rank, *at));
        let mut found = Self { groups: Vec::new(), space: 0, written: String::new() };
        let mut before = None;
        for (rank, _, filed) in ranked {
            let part = rank.map(|(part, _)| part);
            if part != before {
                let begin = roomy(found.space);
                number(0, &mut found.written);
                number((begin - found.space) as u64, &mut found.written);
                found.space = begin;
                before = part;
            }
            found.put(filed);
        }
        found
    }

    fn put(&mut self, filed: &'d Arc<Filed>) {
        let within: Vec<&SearchDoc> = filed.ordered().collect();
        let runs: Vec<_> = within.chunk_by(|a, b| a.kind == b.kind).collect();
        number(runs.len() as u64, &mut self.written);
        for run in runs {
            let kind = run.first().map_or(0, |doc| doc.kind as usize);
            number((run.len() * DocKind::ALL.len() + kind) as u64, &mut self.written);
        }
        self.groups.push((self.space as u32, filed));
        self.space += filed.docs.len().next_power_of_two().max(ROOM_MIN);
    }

    /// Documents with their numbers, rising.
    pub(super) fn docs(&self) -> impl Iterator<Item = (u32, &'d SearchDoc)> {
        self.groups.iter().flat_map(|(first, filed)| (*first..).zip(filed.ordered()))
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
