//! Which runs of letters are one name: the same letters, a short form and its full one.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Candidate;
use super::evidence::Evidence;
use super::guessed;
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
    /// The name in characters, where it is shown in Latin letters.
    pub han: Option<String>,
}

pub(super) struct Groups {
    pub list: Vec<Group>,
}

impl Groups {
    pub(super) fn new(scan: &Scan<'_>, candidates: &[Candidate]) -> Self {
        let mut by_letters: BTreeMap<String, usize> = BTreeMap::new();
        let mut list: Vec<Group> = Vec::new();
        for candidate in candidates {
            let name = candidate.made.map_or(candidate.span, |(name, _)| name);
            let letters = name.of(scan.body);
            let key = letters.to_lowercase();
            let index = *by_letters.entry(key.clone()).or_insert_with(|| {
                list.push(Group {
                    letters: letters.to_string(),
                    forms: vec![key],
                    spans: Vec::new(),
                    evidence: Evidence::default(),
                    known: None,
                    short: None,
                    han: None,
                });
                list.len() - 1
            });
            if let Some(group) = list.get_mut(index) {
                group.spans.push(candidate.span);
                group.evidence.take(scan, candidate.span);
                if let Some((_, house)) = candidate.made {
                    group.evidence.made_by(house);
                    let whole = candidate.span.of(scan.body).to_lowercase();
                    if !group.forms.contains(&whole) {
                        group.forms.push(whole);
                    }
                }
                for (kind, points) in &candidate.signs {
                    group.evidence.sign(*kind, *points);
                }
                group.short = group.short.take().or(candidate.short.clone());
            }
        }
        let mut groups = Self { list };
        groups.mark_versioned();
        groups
    }

    /// "Wrenlight" beside "Wrenlight 3": what has versions is a product.
    fn mark_versioned(&mut self) {
        let version = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let bases: BTreeSet<String> = self
            .list
            .iter()
            .filter_map(|group| group.letters.rsplit_once(' '))
            .filter(|(base, last)| version(last) && !version(base))
            .map(|(base, _)| base.to_string())
            .collect();
        for group in self.list.iter_mut().filter(|group| bases.contains(&group.letters)) {
            group.evidence.sign(EntityKind::Product, 3);
        }
    }

    /// Marks the names that only houses are written as.
    pub(super) fn mark_repeated(&mut self, scan: &Scan<'_>) {
        let alone = self.list.iter().map(|group| group.letters.clone()).collect();
        let houses: Vec<bool> =
            self.list.iter().map(|group| guessed::is_house(scan, &alone, group)).collect();
        let marked = self.list.iter_mut().zip(houses).filter(|(_, house)| *house);
        marked.for_each(|(group, _)| group.evidence.sign(EntityKind::Organization, 3));
    }

    /// "Orison" beside "Orison Labs", "Renholt" beside "Ada Renholt", 槐汀 beside 槐汀集团: one name.
    pub(super) fn join_short_forms(&mut self, scan: &Scan<'_>) {
        let shorts: BTreeMap<String, usize> = self
            .list
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(index, group)| Some((group.short.clone()?, index)))
            .collect();
        let full: Vec<(usize, String, EntityKind)> = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, g)| g.letters.contains(' '))
            .take(FULL_MAX)
            .map(|(i, g)| (i, g.letters.clone(), guessed::kind(scan, &self.list, g)))
            .collect();
        let mut moves = self.bracketed(scan);
        for (index, group) in self.list.iter_mut().enumerate() {
            if moves.iter().any(|(from, _)| *from == index) {
                continue;
            }
            let short = group.letters.as_str();
            if let Some(home) = shorts.get(short).filter(|home| **home != index) {
                moves.push((index, *home));
                continue;
            }
            // 盖蒂 of 盖蒂图片社, which the registry knows.
            if !short.is_ascii()
                && let Some(known) = known_by_head(scan, short)
            {
                group.known = Some(known);
                continue;
            }
            let home = full.iter().find(|(i, letters, kind)| {
                *i != index
                    && (letters.len() > short.len())
                    && match kind {
                        EntityKind::Person => is_surname(scan, short, letters),
                        // "Harnliner", "Harnliners" of the "717 Harnliner".
                        EntityKind::Product => {
                            let tail = letters.split_once(' ').map_or("", |(_, tail)| tail);
                            let counted = letters.starts_with(|c: char| c.is_ascii_digit());
                            let one = |word: &str| word.trim_end_matches('s').to_string();
                            counted && one(tail) == one(short)
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
                // 托宾（Tobin）: both scripts know it by its Latin letters.
                if !home.letters.is_ascii()
                    && let Some(latin) = forms.first().and_then(|_| spans.first())
                    && latin.of(scan.body).is_ascii()
                {
                    let latin = latin.of(scan.body).to_string();
                    home.han = Some(std::mem::replace(&mut home.letters, latin));
                }
                home.spans.extend(spans);
                home.forms.extend(forms);
                home.evidence.add(&evidence);
            }
        }
        self.list.retain(|group| !group.spans.is_empty());
    }

    /// "Wrenlight Classic, Nano and Shuffle": in a list of three or more, what is of no sure kind is of
    /// the kind of all the others.
    pub(super) fn agree_in_lists(&mut self, scan: &Scan<'_>) {
        let known = scan.mentions.iter().map(|m| (m.span, None, Some(scan.kind(m.name))));
        let named = self.list.iter().enumerate().flat_map(|(index, group)| {
            group.spans.iter().map(move |span| (*span, Some(index), group.evidence.sure()))
        });
        let mut items: Vec<(Span, Option<usize>, Option<EntityKind>)> =
            known.chain(named).collect();
        items.sort_by_key(|(span, ..)| (span.start(), std::cmp::Reverse(span.end())));
        let follows = |one: &(Span, Option<usize>, _), next: &(Span, Option<usize>, _)| {
            let from = scan.tokens.index_at(one.0.end());
            let to = scan.tokens.index_at(next.0.start());
            let c = scan.classes();
            let small = [c.conj, c.article, c.product_noun, c.product_word, c.ware];
            let joins = |i: usize| scan.is_comma(i) || small.iter().any(|n| scan.is(i, *n));
            let parted = (from..to).any(|i| scan.is_comma(i) || scan.is(i, c.conj));
            parted && to - from <= 3 && (from..to).all(joins)
        };
        let mut signs = Vec::new();
        for list in items.chunk_by(follows).filter(|list| list.len() >= 3) {
            let kinds: BTreeSet<EntityKind> = list.iter().filter_map(|(.., kind)| *kind).collect();
            let Some(kind) = kinds.first().filter(|_| kinds.len() == 1) else { continue };
            let unsure = list.iter().filter(|(.., kind)| kind.is_none());
            signs.extend(unsure.filter_map(|(_, index, _)| Some(((*index)?, *kind))));
        }
        for (index, kind) in signs {
            if let Some(group) = self.list.get_mut(index) {
                group.evidence.sign(kind, 3);
            }
        }
    }

    /// 奥里森实验室（Orison Labs）, "Global Provenance Council (GPC)": what brackets behind a name give is
    /// the same name.
    fn bracketed(&self, scan: &Scan<'_>) -> Vec<(usize, usize)> {
        let starts: BTreeMap<usize, usize> = self
            .list
            .iter()
            .enumerate()
            .flat_map(|(i, group)| group.spans.iter().map(move |span| (span.start(), i)))
            .collect();
        let mut moves = Vec::new();
        for (home, group) in self.list.iter().enumerate() {
            for span in &group.spans {
                // 《海湾纪事报》（The Bay Chronicle）: a mark behind the name, an article before the other.
                let end = scan.tokens.inside(*span).end;
                let open = end + usize::from(scan.letters(end) == "》");
                let article = usize::from(scan.is(open + 1, scan.classes().article));
                let inner = scan.at(open + 1 + article).start();
                let bracket = matches!(scan.letters(open), "（" | "(");
                let Some(other) = starts.get(&inner).copied().filter(|_| bracket) else { continue };
                let Some(letters) = self.list.get(other).map(|g| g.letters.as_str()) else {
                    continue;
                };
                let close = scan.tokens.inside(Span::new(inner, inner + letters.len())).end;
                let closed = matches!(scan.letters(close), "）" | ")");
                let scripts = group.letters.is_ascii() != letters.is_ascii();
                if closed && scripts && other != home {
                    moves.push((other, home));
                    break;
                }
            }
        }
        moves
    }
}

/// The known house whose Chinese name begins with these characters, or the person whose name ends so.
fn known_by_head(scan: &Scan<'_>, short: &str) -> Option<NameIx> {
    let mention = scan.mentions.iter().find(|mention| {
        let letters = mention.span.of(scan.body);
        let person = scan.kind(mention.name) == EntityKind::Person;
        let fits = match person {
            true => letters.ends_with(short) && letters.contains('·'),
            false => letters.starts_with(short),
        };
        fits && letters.len() > short.len() && scan.kind(mention.name) != EntityKind::Place
    })?;
    Some(mention.name)
}

/// Whether a word is the surname of a full name: its last word, or its first where families are named first.
fn is_surname(scan: &Scan<'_>, short: &str, full: &str) -> bool {
    let vocabulary = &scan.rules.vocabulary;
    let family = vocabulary.is(vocabulary.find(&short.to_lowercase()), scan.classes().family_first);
    let words: Vec<&str> = full.split(' ').collect();
    !short.contains(' ')
        && (words.last() == Some(&short) || family && words.first() == Some(&short))
}

/// Whether a short form names an authority by itself: it has several words, or one of authorities.
fn is_office(scan: &Scan<'_>, short: &str) -> bool {
    let vocabulary = &scan.rules.vocabulary;
    let office = vocabulary.find(&short.to_lowercase());
    short.contains(' ') || vocabulary.is(office, scan.classes().gov_word)
}
