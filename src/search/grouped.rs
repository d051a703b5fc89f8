//! Results gathered by incident: how many there are of each, and the best of those that are shown.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal};

use super::matches::Matches;
use crate::model::query::{DocKind, Sort};

/// Matches for which room for one run is made beforehand.
const DOCS_OF_RUN: usize = 4;
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
type Numbers = HashSet<u64, BuildHasherDefault<AsItIs>>;

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

/// The best of some results of one incident that stand one behind the other.
#[derive(Debug, Clone, Copy)]
struct Run {
    group: u64,
    rank: f64,
    /// Index of its segment among those searched, and its document there.
    at: u32,
    doc: DocId,
}

impl Run {
    fn member(&self, segments: &[Columns]) -> Option<Member> {
        Some(segments.get(self.at as usize)?.member(self.doc, self.rank))
    }

    fn is_behind(&self, other: &Self, segments: &[Columns]) -> bool {
        // Days are read only where they decide.
        match other.rank.total_cmp(&self.rank) {
            Ordering::Equal => match (other.member(segments), self.member(segments)) {
                (Some(new), Some(old)) => new.before(&old).is_lt(),
                _ => false,
            },
            order => order.is_gt(),
        }
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
    let (runs, groups) = runs(&segments, matches);
    let offset = part.offset.min(groups);
    let first = best(runs, &segments, (offset + part.limit).min(groups));
    let page = first.get(offset..).unwrap_or(&[]);

    let mut places: ByNumber<usize> = ByNumber::default();
    let mut shown: Vec<Members> = Vec::with_capacity(page.len());
    for group in page {
        places.insert(*group, shown.len());
        shown.push(Members { count: 0, best: Vec::new() });
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
                members.count += 1;
                push(&mut members.best, columns.member(doc, rank), part.most);
            }
        });
    }
    let count = matches.iter().map(|matches| matches.docs.len()).sum();
    Ok(Page { count, groups, shown })
}

/// The runs of results, and the number of groups. What is told of one incident mostly stands
/// together, so that there are hardly more runs than groups.
fn runs(segments: &[Columns], matches: &[Matches]) -> (Vec<Run>, usize) {
    let found: usize = matches.iter().map(|matches| matches.docs.len()).sum();
    let mut runs: Vec<Run> = Vec::with_capacity(found / DOCS_OF_RUN);
    for (at, (columns, matches)) in segments.iter().zip(matches).enumerate() {
        let begin = runs.len();
        columns.each(matches, |group, doc, rank| {
            let run = Run { group, rank, at: at as u32, doc };
            match runs.get_mut(begin..).and_then(<[Run]>::last_mut) {
                Some(last) if last.group == group => {
                    if last.is_behind(&run, segments) {
                        *last = run;
                    }
                }
                _ => runs.push(run),
            }
        });
    }
    let mut groups = Numbers::default();
    groups.reserve(runs.len());
    groups.extend(runs.iter().map(|run| run.group));
    (runs, groups.len())
}

/// The first groups, best first.
fn best(mut runs: Vec<Run>, segments: &[Columns], most: usize) -> Vec<u64> {
    let by_rank = |a: &Run, b: &Run| b.rank.total_cmp(&a.rank);
    let mut looked = most * 2;
    loop {
        // What is equal to the last one may come before it by its day.
        let least = match looked < runs.len() {
            true => runs.select_nth_unstable_by(looked, by_rank).1.rank,
            false => f64::NEG_INFINITY,
        };
        let likely = runs.iter().filter(|run| run.rank >= least);
        let mut members: Vec<(Member, u64)> =
            likely.filter_map(|run| Some((run.member(segments)?, run.group))).collect();
        members.sort_by(|a, b| a.0.before(&b.0));
        let mut seen = Numbers::default();
        let mut groups: Vec<u64> = members.into_iter().map(|(_, group)| group).collect();
        groups.retain(|group| seen.insert(*group));
        if groups.len() >= most || looked >= runs.len() {
            groups.truncate(most);
            return groups;
        }
        looked *= 4;
    }
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
            let rows = docs.iter().zip(groups.iter().map(|group| group.unwrap_or(0)));
            if self.sort == Sort::Best {
                read(&self.kind, docs, &mut kinds);
                for ((doc, group), (score, kind)) in rows.zip(scores.iter().zip(&kinds)) {
                    let kind = kind.and_then(|kind| usize::try_from(kind).ok());
                    let weight = kind.and_then(|kind| self.weights.get(kind)).copied();
                    found(group, *doc, f64::from(*score * weight.unwrap_or(1.0)));
                }
            } else {
                rows.for_each(|(doc, group)| found(group, *doc, self.day(*doc)));
            }
        }
    }

    /// The day by which a result is ordered.
    fn day(&self, doc: DocId) -> f64 {
        match self.sort {
            Sort::Best | Sort::Newest => self.newest(doc) as f64,
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
