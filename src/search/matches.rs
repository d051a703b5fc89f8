//! Everything a query matches, with its scores: what groups and facets are then counted from, block by
//! block.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// Documents whose columns are read at once.
pub(super) const BLOCK: usize = 1024;

/// Collects matches; scores too, where they are wanted.
pub(super) struct Matching {
    pub scored: bool,
}

/// What a query matches in one segment.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub segment: SegmentOrdinal,
    pub docs: Vec<DocId>,
    /// One for each document; empty where none are wanted.
    pub scores: Vec<Score>,
    scored: bool,
}

impl Matches {
    /// The documents with their scores in blocks, zeros where there are none.
    pub fn blocks(&self) -> impl Iterator<Item = (&[DocId], &[Score])> {
        const NONE: [Score; BLOCK] = [0.0; BLOCK];
        let scores = self.scores.chunks(BLOCK).chain(std::iter::repeat(NONE.as_slice()));
        self.docs.chunks(BLOCK).zip(scores)
    }
}

impl Collector for Matching {
    type Fruit = Vec<Matches>;
    type Child = Matches;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Matches> {
        Ok(Matches { segment, scored: self.scored, ..Matches::default() })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, parts: Vec<Matches>) -> tantivy::Result<Vec<Matches>> {
        Ok(parts)
    }
}

impl SegmentCollector for Matches {
    type Fruit = Matches;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.docs.push(doc);
        if self.scored {
            self.scores.push(score);
        }
    }

    fn harvest(self) -> Matches {
        self
    }
}
