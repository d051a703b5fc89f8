//! Results gathered by incident while they are found.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::model::query::{DocKind, Sort};

/// Weights of the kinds, by number.
const WEIGHTS: usize = DocKind::ALL.len();

/// The numbers of incidents are digests already.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

type Groups = HashMap<u64, Members, BuildHasherDefault<AsItIs>>;

/// One result inside its group; better ones are greater.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Member {
    /// Score, or day, by which results are ordered.
    pub rank: f64,
    /// Days since 1970, to order what is equal: the newer first.
    pub day: i64,
    /// To order what is equal still, whatever the segments.
    pub ordinal: u64,
    pub kind: u64,
    pub address: DocAddress,
}

impl Member {
    /// Best first.
    pub(super) fn before(&self, other: &Self) -> std::cmp::Ordering {
        other
            .rank
            .total_cmp(&self.rank)
            .then(other.day.cmp(&self.day))
            .then(self.ordinal.cmp(&other.ordinal))
    }
}

/// What was found of one incident.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    /// Number of results.
    pub count: usize,
    /// The best of them, best first.
    pub best: Vec<Member>,
}

impl Members {
    fn push(&mut self, member: Member, most: usize) {
        if self.best.len() < most {
            self.best.push(member);
        } else if let Some(last) = self.best.last_mut() {
            if last.before(&member).is_le() {
                return;
            }
            *last = member;
        }
        let mut at = self.best.len().saturating_sub(1);
        while at > 0
            && let (Some(above), Some(here)) = (self.best.get(at - 1), self.best.get(at))
            && here.before(above).is_lt()
        {
            self.best.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Gathers results by incident.
pub(super) struct Grouped {
    pub sort: Sort,
    /// Most results kept of one incident.
    pub most: usize,
}

/// Everything that was found.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    /// Number of results.
    pub count: usize,
    /// By number of incident.
    pub groups: Groups,
}

pub(super) struct Gathering {
    sort: Sort,
    most: usize,
    segment: SegmentOrdinal,
    group: Column<u64>,
    kind: Column<u64>,
    ordinal: Column<u64>,
    first: Column<i64>,
    last: Column<i64>,
    known: Column<i64>,
    changed: Column<i64>,
    weights: [f32; WEIGHTS],
    found: Gathered,
}

impl Collector for Grouped {
    type Fruit = Gathered;
    type Child = Gathering;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Gathering> {
        let columns = reader.fast_fields();
        Ok(Gathering {
            sort: self.sort,
            most: self.most,
            segment,
            group: columns.u64("group")?,
            kind: columns.u64("kind")?,
            ordinal: columns.u64("ordinal")?,
            first: columns.i64("first")?,
            last: columns.i64("last")?,
            known: columns.i64("known")?,
            changed: columns.i64("changed")?,
            weights: DocKind::ALL.map(DocKind::weight),
            found: Gathered::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Best
    }

    fn merge_fruits(&self, parts: Vec<Gathered>) -> tantivy::Result<Gathered> {
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or_default();
        for part in parts {
            whole.count += part.count;
            for (group, members) in part.groups {
                let into = whole.groups.entry(group).or_default();
                into.count += members.count;
                for member in members.best {
                    into.push(member, self.most);
                }
            }
        }
        Ok(whole)
    }
}

impl SegmentCollector for Gathering {
    type Fruit = Gathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let kind = self.kind.first(doc).unwrap_or(0);
        let newest = self.last.first(doc).unwrap_or(i64::MIN);
        // An open end is no day; it sorts by its beginning.
        let newest =
            if newest == i64::MAX { self.first.first(doc).unwrap_or(i64::MIN) } else { newest };
        let rank = match self.sort {
            Sort::Best => {
                let weight = usize::try_from(kind).ok().and_then(|kind| self.weights.get(kind));
                f64::from(score * weight.copied().unwrap_or(1.0))
            }
            Sort::Newest => newest as f64,
            Sort::Oldest => match self.first.first(doc) {
                None => f64::MIN,
                Some(i64::MIN) => -(newest as f64),
                Some(first) => -(first as f64),
            },
            Sort::Known => self.known.first(doc).unwrap_or(i64::MIN) as f64,
            Sort::Changed => self.changed.first(doc).unwrap_or(i64::MIN) as f64,
        };
        let member = Member {
            rank,
            day: newest,
            ordinal: self.ordinal.first(doc).unwrap_or(0),
            kind,
            address: DocAddress::new(self.segment, doc),
        };
        self.found.count += 1;
        let members = self.found.groups.entry(self.group.first(doc).unwrap_or(0)).or_default();
        members.count += 1;
        members.push(member, self.most);
    }

    fn harvest(self) -> Gathered {
        self.found
    }
}
