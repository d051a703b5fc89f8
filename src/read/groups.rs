//! Which runs of letters are one name: the same letters, a short form and its full one.

use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::evidence::Evidence;
use super::scan::Scan;
use crate::model::entity::{EntityKind, NameIx};
use crate::model::text::Span;

/// Most full names that short forms are compared with; a list of more is no article.
const FULL_MAX: usize = 400;

/// One name with everything the text says of its kind.
pub(super) struct Group {
    pub letters: String,
    pub forms: Vec<String>,
    pub spans: Vec<Span>,
    pub evidence: Evidence,
    pub known: Option<NameIx>,
    pub short: Option<String>,
}

pub(super) struct Groups {
    pub list: Vec<Group>,
}

impl Groups {
    pub(super) fn new(scan: &Scan<'_>, candidates: &[Candidate]) -> Self {
        let mut by_letters: BTreeMap<String, usize> = BTreeMap::new();
        let mut list: Vec<Group> = Vec::new();
        for candidate in candidates {
            let letters = candidate.span.of(scan.body);
            let key = letters.to_lowercase();
            let index = *by_letters.entry(key.clone()).or_insert_with(|| {
                list.push(Group {
                    letters: letters.to_string(),
                    forms: vec![key],
                    spans: Vec::new(),
                    evidence: Evidence::default(),
                    known: None,
                    short: None,
                });
                list.len() - 1
            });
            if let Some(group) = list.get_mut(index) {
                group.spans.push(candidate.span);
                group.evidence.take(scan, candidate.span);
                for (kind, points) in &candidate.signs {
                    group.evidence.sign(*kind, *points);
                }
                group.short = group.short.take().or(candidate.short.clone());
            }
        }
        Self { list }
    }

    /// "Orison" beside "Orison Labs", "Renholt" beside "Ada Renholt": one name.
    pub(super) fn join_short_forms(&mut self, scan: &Scan<'_>) {
        let full: Vec<(usize, String, EntityKind)> = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, g)| g.letters.contains(' '))
            .take(FULL_MAX)
            .map(|(i, g)| (i, g.letters.clone(), g.evidence.kind()))
            .collect();
        let mut moves: Vec<(usize, usize)> = Vec::new();
        for (index, group) in self.list.iter_mut().enumerate() {
            let short = group.letters.as_str();
            let home = full.iter().find(|(i, letters, kind)| {
                *i != index
                    && letters.len() > short.len()
                    && match kind {
                        EntityKind::Person => {
                            letters.ends_with(short)
                                && letters.as_bytes().get(letters.len() - short.len() - 1)
                                    == Some(&b' ')
                                && !short.contains(' ')
                        }
                        // "Harnvik" is no short form of the "Harnvik School Board".
                        EntityKind::Government if !is_office(scan, short) => false,
                        EntityKind::Organization | EntityKind::Government => {
                            letters.starts_with(short)
                                && letters.as_bytes().get(short.len()) == Some(&b' ')
                        }
                        _ => false,
                    }
            });
            if let Some((home, _, _)) = home {
                moves.push((index, *home));
                continue;
            }
            // "HARNVIK" beside "Harnvik".
            let capitals = short.chars().all(|c| !c.is_lowercase());
            let same = capitals.then(|| {
                let folded = short.to_lowercase();
                scan.names.iter().position(|name| name.name.to_lowercase() == folded)
            });
            if let Some(at) = same.flatten() {
                group.known = Some(NameIx(at as u32));
                continue;
            }
            // A surname of a person the registry knows.
            group.known = (!short.contains(' '))
                .then(|| {
                    scan.names.iter().position(|name| {
                        name.kind == EntityKind::Person
                            && name.name.rsplit(' ').next() == Some(short)
                    })
                })
                .flatten()
                .map(|i| NameIx(i as u32));
        }
        for (from, to) in &moves {
            let last = self.list.get(*from).map(|g| g.letters.clone()).unwrap_or_default();
            if let Some(home) = self.list.get_mut(*to) {
                home.evidence.shortened(home.letters.ends_with(&last));
            }
        }
        for (from, to) in moves {
            let (spans, forms, evidence) = match self.list.get_mut(from) {
                Some(group) => (
                    std::mem::take(&mut group.spans),
                    std::mem::take(&mut group.forms),
                    group.evidence,
                ),
                None => continue,
            };
            if let Some(home) = self.list.get_mut(to) {
                home.spans.extend(spans);
                home.forms.extend(forms);
                home.evidence.add(&evidence);
            }
        }
        self.list.retain(|group| !group.spans.is_empty());
    }
}

/// Whether a short form names an authority by itself: it has several words, or one of authorities.
fn is_office(scan: &Scan<'_>, short: &str) -> bool {
    let vocabulary = &scan.rules.vocabulary;
    let office = vocabulary.find(&short.to_lowercase());
    short.contains(' ') || vocabulary.is(office, scan.classes().gov_word)
}
