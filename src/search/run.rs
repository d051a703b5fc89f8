//! A search against the index.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::thread;

use tantivy::collector::TopDocs;
use tantivy::{DocAddress, Order, TantivyDocument};

use super::card::{hit, words};
use super::compile::{Compiled, compile};
use super::facets::{counts, facets};
use super::grouped::{Members, Part, gather};
use super::highlight::Marks;
use super::matches::Matching;
use super::{SearchError, SearchIndex};
use crate::model::query::{DocKind, Found, Group, Hit, Request, Sort};

/// Most results asked for at once.
const LIMIT_MAX: usize = 200;
/// Matches from which values of fields are counted by a thread of their own.
const COUNTED_ASIDE_FROM: usize = 50_000;

/// How much of what is found is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Groups of a page.
    pub limit: usize,
    /// Groups of the pages before.
    pub offset: usize,
    /// Results shown of one incident, besides itself.
    pub of_each: usize,
    /// Whether values of fields are counted.
    pub facets: bool,
}

impl Default for Ask {
    fn default() -> Self {
        Self { limit: 10, offset: 0, of_each: 3, facets: true }
    }
}

impl SearchIndex {
    /// Finds what a search asks for: in groups, the best first.
    ///
    /// # Errors
    /// An index that is damaged.
    pub fn search(&self, request: &Request, ask: Ask) -> Result<Found, SearchError> {
        let (query, mut notes) = self.catalogue.resolve(request);
        let compiled = compile(self, &query, request.as_of)?;
        notes.extend(compiled.notes.iter().cloned());
        let mut found = self.gathered(&compiled, request.sort, ask)?;
        // Better something with most of the words than nothing, as long as it is said.
        if let (0, Some(loose)) = (found.count, query.loosened()) {
            let compiled = compile(self, &loose, request.as_of)?;
            found = self.gathered(&compiled, request.sort, ask)?;
            if found.count > 0 {
                notes.push("nothing holds all of these words; these hold some of them".into());
            }
        }
        found.notes = notes;
        Ok(found)
    }

    /// The best single results, without counting the rest: for lists that are only ever read from
    /// the top.
    ///
    /// # Errors
    /// An index that is damaged.
    pub fn top(&self, request: &Request, limit: usize) -> Result<Vec<Hit>, SearchError> {
        let (query, _) = self.catalogue.resolve(request);
        let compiled = compile(self, &query, request.as_of)?;
        let top = TopDocs::with_limit(limit.clamp(1, LIMIT_MAX));
        let days = |column: &str, order: Order| -> Result<Vec<DocAddress>, SearchError> {
            let top = TopDocs::with_limit(limit.clamp(1, LIMIT_MAX));
            let found = self
                .searcher
                .search(&compiled.query, &top.order_by_fast_field::<i64>(column, order))?;
            Ok(found.into_iter().map(|(_, address)| address).collect())
        };
        let found: Vec<(f32, DocAddress)> = match request.sort {
            Sort::Best => self.searcher.search(&compiled.query, &top.order_by_score())?,
            Sort::Newest => days("last", Order::Desc)?.into_iter().map(|at| (0.0, at)).collect(),
            Sort::Oldest => days("first", Order::Asc)?.into_iter().map(|at| (0.0, at)).collect(),
            Sort::Known => days("known", Order::Desc)?.into_iter().map(|at| (0.0, at)).collect(),
            Sort::Changed => {
                days("changed", Order::Desc)?.into_iter().map(|at| (0.0, at)).collect()
            }
        };
        let hits = found.into_iter().map(|(score, at)| self.hit(at, &compiled.marks, score));
        hits.filter_map(Result::transpose).collect()
    }

    pub(super) fn gathered(
        &self,
        compiled: &Compiled,
        sort: Sort,
        ask: Ask,
    ) -> Result<Found, SearchError> {
        let matches =
            self.searcher.search(&*compiled.query, &Matching { scored: sort == Sort::Best })?;
        let part = Part {
            offset: ask.offset,
            limit: ask.limit.clamp(1, LIMIT_MAX),
            most: ask.of_each.clamp(1, LIMIT_MAX) + 1,
        };
        let gathered = || gather(&self.searcher, &matches, sort, part);
        let counted = || match ask.facets {
            true => counts(&self.searcher, &matches),
            false => Ok(BTreeMap::new()),
        };
        // A thread is worth its while only where many documents are gone through.
        let found: usize = matches.iter().map(|part| part.docs.len()).sum();
        let (page, counts) = match ask.facets && found >= COUNTED_ASIDE_FROM {
            true => thread::scope(|scope| {
                match thread::Builder::new().spawn_scoped(scope, counted) {
                    Ok(counts) => {
                        let page = gathered();
                        (page, counts.join().unwrap_or_else(|panic| resume_unwind(panic)))
                    }
                    // No thread is to be had: one after the other.
                    Err(_) => (gathered(), counted()),
                }
            }),
            false => (gathered(), counted()),
        };
        let (page, counts) = (page?, counts?);
        let mut groups = Vec::with_capacity(page.shown.len());
        for members in &page.shown {
            groups.extend(self.group(members, ask.of_each, &compiled.marks)?);
        }
        let end = ask.offset.min(page.groups) + page.shown.len();
        Ok(Found {
            count: page.count,
            groups_count: page.groups,
            groups,
            facets: facets(counts, &self.catalogue),
            notes: Vec::new(),
            next: (end < page.groups).then_some(end),
        })
    }

    fn group(
        &self,
        members: &Members,
        of_each: usize,
        marks: &Marks,
    ) -> Result<Option<Group>, SearchError> {
        let mut hits = Vec::with_capacity(members.best.len());
        for member in &members.best {
            hits.extend(self.hit(member.address, marks, member.rank as f32)?);
        }
        let Some(first) = hits.first() else { return Ok(None) };
        let group = first.group.clone();
        let of_itself = hits.iter().position(|hit| hit.id == group || hit.kind == DocKind::Vendor);
        let (head, found) = match of_itself {
            Some(at) => (hits.remove(at), true),
            None => match self.address(&group)? {
                Some(address) => match self.hit(address, &Marks::default(), 0.0)? {
                    Some(head) => (head, false),
                    None => (hits.remove(0), true),
                },
                None => (hits.remove(0), true),
            },
        };
        hits.truncate(of_each);
        // Incidents, claims, questions, lines of timelines, articles: in this order.
        hits.sort_by_key(|hit| hit.kind);
        let more = members.count.saturating_sub(hits.len() + usize::from(found));
        Ok(Some(Group { head, found, hits, more }))
    }

    pub(super) fn hit(
        &self,
        address: DocAddress,
        marks: &Marks,
        score: f32,
    ) -> Result<Option<Hit>, SearchError> {
        let doc: TantivyDocument = self.searcher.doc(address)?;
        let snippet = marks.snippet(words(&self.fields, &doc));
        Ok(hit(&self.fields, &doc, snippet, score))
    }
}
