//! Results gathered by incident: how many there are of each, and the best of those that are shown.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal};

use super::matches::Matches;
use crate::model::query::{DocKind, Sort};

/// Matches for which room for one group is made beforehand.
const DOCS_OF_GROUP: usize = 4;
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

type ByNumber<T> = HashMap<u64, T, BuildHasherDefault<AsItIs>>;

/// One result inside its group; better ones come first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Member {
    /// Score, or day, by which results are ordered.
    pub rank: f64,
    /// Days since 1970, to order what is equal: the newer first.
    pub day: i64,
    /// To order what is equal still, whatever the segments.
    pub ordinal: u64,
    pub address: DocAddress,
}

impl Member {
    fn before(&self, other: &Self) -> Ordering {
        other
            .rank
            .total_cmp(&self.rank)
            .then(other.day.cmp(&self.day))
            .then(self.ordinal.cmp(&other.ordinal))
    }
}

/// What was found of one incident.
#[derive(Debug, Clone)]
pub(super) struct Members {
    /// Number of results.
    pub count: usize,
    /// The best of them, best first.
    pub best: Vec<Member>,
}

/// A page of groups.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    /// Number of results in all groups.
    pub count: usize,
    /// Number of all groups.
    pub groups: usize,
    /// Groups of the page, best first.
    pub shown: Vec<Members>,
}

/// Which part of the groups is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Groups of the pages before.
    pub offset: usize,
    /// Groups of the page.
    pub limit: usize,
    /// Most results of each.
    pub most: usize,
}

/// What is known of a group while results are counted: how many there are, and its first one.
#[derive(Debug, Clone, Copy)]
struct Head {
    count: usize,
    rank: f64,
    /// Index of its segment among those searched, and its document there.
    at: usize,
    doc: DocId,
}

impl Head {
    fn member(&self, segments: &[Columns]) -> Option<Member> {
        Some(segments.get(self.at)?.member(self.doc, self.rank))
    }

    /// Counts the results of another one's as well; the better of both stays.
    fn join(&mut self, other: Self, segments: &[Columns]) {
        // Days are read only where they decide.
        let before = match other.rank.total_cmp(&self.rank) {
            Ordering::Equal => match (other.member(segments), self.member(segments)) {
                (Some(new), Some(old)) => new.before(&old).is_lt(),
                _ => false,
            },
            order => order.is_gt(),
        };
        let count = self.count + other.count;
        *self = Self { count, ..if before { other } else { *self } };
    }
}

/// Gathers matches by incident; the best groups first, each with its best results.
///
/// # Errors
/// An index that is damaged.
pub(super) fn gather(
    searcher: &Searcher,
    matches: &[Matches],
    sort: Sort,
    part: Part,
) -> tantivy::Result<Page> {
    let segments: Vec<Columns> =
        matches.iter().map(|m| Columns::of(searcher, m.segment, sort)).collect::<Result<_, _>>()?;
    let heads = heads(&segments, matches);
    let (offset, groups) = (part.offset.min(heads.len()), heads.len());
    let first = best(heads, &segments, (offset + part.limit).min(groups));
    let page = first.get(offset..).unwrap_or(&[]);

    let mut places: ByNumber<usize> = ByNumber::default();
    let mut shown: Vec<Members> = Vec::with_capacity(page.len());
    for (group, count) in page {
        places.insert(*group, shown.len());
        shown.push(Members { count: *count, best: Vec::new() });
    }
    for (columns, matches) in segments.iter().zip(matches) {
        let mut last: Option<(u64, Option<usize>)> = None;
        columns.each(matches, |group, doc, rank| {
            let place = match last {
                Some((known, place)) if known == group => place,
                _ => places.get(&group).copied(),
            };
            last = Some((group, place));
            if let Some(members) = place.and_then(|at| shown.get_mut(at)) {
                push(&mut members.best, columns.member(doc, rank), part.most);
            }
        });
    }
    let count = matches.iter().map(|matches| matches.docs.len()).sum();
    Ok(Page { count, groups, shown })
}

/// All groups with their first results.
fn heads(segments: &[Columns], matches: &[Matches]) -> ByNumber<Head> {
    let found: usize = matches.iter().map(|matches| matches.docs.len()).sum();
    let mut heads: ByNumber<Head> = ByNumber::default();
    heads.reserve(found / DOCS_OF_GROUP);
    for (at, (columns, matches)) in segments.iter().zip(matches).enumerate() {
        // What is told of one incident mostly stands together: each such run is looked up once.
        let mut run: Option<(u64, Head)> = None;
        let mut end = |run: &mut Option<(u64, Head)>| {
            if let Some((group, head)) = run.take() {
                heads.entry(group).and_modify(|known| known.join(head, segments)).or_insert(head);
            }
        };
        columns.each(matches, |group, doc, rank| {
            let head = Head { count: 1, rank, at, doc };
            match &mut run {
                Some((known, first)) if *known == group => first.join(head, segments),
                _ => {
                    end(&mut run);
                    run = Some((group, head));
                }
            }
        });
        end(&mut run);
    }
    heads
}

/// The first groups, best first, with the number of their results.
fn best(heads: ByNumber<Head>, segments: &[Columns], most: usize) -> Vec<(u64, usize)> {
    let mut heads: Vec<(u64, Head)> = heads.into_iter().collect();
    let by_rank = |a: &(u64, Head), b: &(u64, Head)| b.1.rank.total_cmp(&a.1.rank);
    if most < heads.len() {
        let (_, last, _) = heads.select_nth_unstable_by(most, by_rank);
        // What is equal to the last one may come before it by its day.
        let least = last.1.rank;
        heads.retain(|(_, head)| head.rank >= least);
    }
    let members =
        heads.iter().filter_map(|(group, head)| Some((head.member(segments)?, *group, head.count)));
    let mut members: Vec<(Member, u64, usize)> = members.collect();
    members.sort_by(|a, b| a.0.before(&b.0));
    members.truncate(most);
    members.into_iter().map(|(_, group, count)| (group, count)).collect()
}

/// Puts a member into its place among the best.
fn push(best: &mut Vec<Member>, member: Member, most: usize) {
    let at = best.partition_point(|other| other.before(&member).is_le());
    if at < most {
        best.insert(at, member);
        best.truncate(most);
    }
}

/// The columns of one segment that order its results.
struct Columns {
    sort: Sort,
    segment: SegmentOrdinal,
    group: Column<u64>,
    kind: Column<u64>,
    ordinal: Column<u64>,
    first: Column<i64>,
    last: Column<i64>,
    known: Column<i64>,
    changed: Column<i64>,
    weights: [f32; WEIGHTS],
}

impl Columns {
    fn of(searcher: &Searcher, segment: SegmentOrdinal, sort: Sort) -> tantivy::Result<Self> {
        let columns = searcher.segment_reader(segment).fast_fields();
        Ok(Self {
            sort,
            segment,
            group: columns.u64("group")?,
            kind: columns.u64("kind")?,
            ordinal: columns.u64("ordinal")?,
            first: columns.i64("first")?,
            last: columns.i64("last")?,
            known: columns.i64("known")?,
            changed: columns.i64("changed")?,
            weights: DocKind::ALL.map(DocKind::weight),
        })
    }

    /// Calls back for each match with its group and its rank.
    fn each(&self, matches: &Matches, mut found: impl FnMut(u64, DocId, f64)) {
        let (mut groups, mut kinds) = (Vec::new(), Vec::new());
        for (docs, scores) in matches.blocks() {
            read(&self.group, docs, &mut groups);
            if self.sort == Sort::Best {
                read(&self.kind, docs, &mut kinds);
            } else {
                kinds.resize(docs.len(), None);
            }
            let rows = docs.iter().zip(scores).zip(groups.iter().zip(&kinds));
            for ((doc, score), (group, kind)) in rows {
                found(group.unwrap_or(0), *doc, self.rank(*doc, *score, kind.unwrap_or(0)));
            }
        }
    }

    fn rank(&self, doc: DocId, score: Score, kind: u64) -> f64 {
        match self.sort {
            Sort::Best => {
                let weight = usize::try_from(kind).ok().and_then(|kind| self.weights.get(kind));
                f64::from(score * weight.copied().unwrap_or(1.0))
            }
            Sort::Newest => self.newest(doc) as f64,
            Sort::Oldest => match self.first.first(doc) {
                None => f64::MIN,
                Some(i64::MIN) => -(self.newest(doc) as f64),
                Some(first) => -(first as f64),
            },
            Sort::Known => self.known.first(doc).unwrap_or(i64::MIN) as f64,
            Sort::Changed => self.changed.first(doc).unwrap_or(i64::MIN) as f64,
        }
    }

    /// The last day of a happening. An open end is no day; it sorts by its beginning.
    fn newest(&self, doc: DocId) -> i64 {
        match self.last.first(doc).unwrap_or(i64::MIN) {
            i64::MAX => self.first.first(doc).unwrap_or(i64::MIN),
            last => last,
        }
    }

    fn member(&self, doc: DocId, rank: f64) -> Member {
        Member {
            rank,
            day: self.newest(doc),
            ordinal: self.ordinal.first(doc).unwrap_or(0),
            address: DocAddress::new(self.segment, doc),
        }
    }
}

/// The first value of each document.
fn read(column: &Column<u64>, docs: &[DocId], into: &mut Vec<Option<u64>>) {
    into.clear();
    into.resize(docs.len(), None);
    column.first_vals(docs, into);
}
