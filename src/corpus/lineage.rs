//! Who has it from whom: copies, named sources, and on how many reports an incident rests.
//!
//! In: prepared readings and their tokens. Out: one derivation per article. What holds: ten articles that repeat one
//! report, in whichever language, have one root; an article that names no source and shows no sign of its own reporting adds
//! none. Carriers ("via AOL") and mere lists of sources are no sources. A passage rests on the report its own paragraph
//! names.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::translations;
use crate::model::entity::{Who, outlet_key};
use crate::model::incident::Derivation;
use crate::model::reading::{Citation, CitationKind};
use crate::model::text::Span;
use crate::rules::Rules;

/// Finds derivations of articles, in the order given.
pub(super) fn find(docs: &[&Doc<'_>], rules: &Rules) -> Vec<Derivation> {
    let copies = copies(docs, rules.thresholds.copy);
    let mut derivations: Vec<Derivation> = docs.iter().map(|doc| derivation(doc, rules)).collect();
    // An outlet is called what it calls itself, where an article of it is at hand.
    let outlets = docs.iter().filter_map(|doc| doc.reading.article.outlet.as_deref());
    let called: BTreeMap<&str, &str> = outlets.map(|name| (outlet_key(name), name)).collect();
    for derivation in &mut derivations {
        let named = derivation.named.iter_mut().map(|who| &mut who.name);
        for name in derivation.roots.iter_mut().chain(named) {
            if let Some(own) = called.get(outlet_key(name)) {
                *name = (*own).to_string();
            }
        }
    }
    for (index, original) in copies.iter().enumerate() {
        if let (Some(original), Some(derivation)) = (original, derivations.get_mut(index)) {
            derivation.copies = docs.get(*original).map(|doc| doc.id);
        }
    }
    let translations = translations::find(docs, &derivations, rules);
    for (index, original) in translations.iter().enumerate() {
        if let (Some(original), Some(derivation)) = (original, derivations.get_mut(index)) {
            derivation.translates = docs.get(*original).map(|doc| doc.id);
        }
    }
    let originals: Vec<Option<usize>> =
        copies.iter().zip(&translations).map(|(copied, told)| copied.or(*told)).collect();
    // A copy rests on what its original rests on, in whichever language.
    for index in 0..derivations.len() {
        let mut at = index;
        let mut seen = BTreeSet::new();
        while let Some(Some(original)) = originals.get(at) {
            if !seen.insert(at) {
                break;
            }
            at = *original;
        }
        if at != index {
            let roots = derivations.get(at).map(|d| d.roots.clone()).unwrap_or_default();
            if let Some(derivation) = derivations.get_mut(index) {
                derivation.roots = roots;
            }
        }
    }
    derivations
}

/// For each article the earlier one it is a copy of.
fn copies(docs: &[&Doc<'_>], least_share: f64) -> Vec<Option<usize>> {
    // Inverted index of runs: only articles that share runs are compared.
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, doc) in docs.iter().enumerate() {
        for run in &doc.shingles {
            holders.entry(*run).or_default().push(index);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for list in holders.values().filter(|list| (2..=64).contains(&list.len())) {
        for (i, a) in list.iter().enumerate() {
            for b in list.iter().skip(i + 1) {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let mut copies = vec![None; docs.len()];
    let mut best: Vec<f64> = vec![0.0; docs.len()];
    for ((a, b), count) in shared {
        let (Some(first), Some(second)) = (docs.get(a), docs.get(b)) else { continue };
        let least = first.shingles.len().min(second.shingles.len()).max(1);
        let share = count as f64 / least as f64;
        if share < least_share {
            continue;
        }
        // The later one copies; on the same day the one with the larger id. A passage is nobody's original.
        let age = |doc: &Doc<'_>| (!doc.is_whole(), doc.day, doc.id);
        let (later, earlier) = if age(first) <= age(second) { (b, a) } else { (a, b) };
        if let (Some(slot), Some(most)) = (copies.get_mut(later), best.get_mut(later))
            && share > *most
        {
            *slot = Some(earlier);
            *most = share;
        }
    }
    copies
}

fn derivation(doc: &Doc<'_>, rules: &Rules) -> Derivation {
    let mut named: BTreeMap<Who, u32> = BTreeMap::new();
    let mut carriers: BTreeSet<Who> = BTreeSet::new();
    let own = doc.reading.article.outlet.as_deref().unwrap_or("");
    let mut first_hand = false;
    for citation in &doc.reading.citations {
        let Some(who) = citation.outlet.and_then(|index| doc.who(index)) else { continue };
        if outlet_key(&who.name) == outlet_key(own) {
            first_hand |= citation.kind == CitationKind::Witnessed;
            continue;
        }
        let weight = match citation.kind {
            CitationKind::Wire => 5,
            CitationKind::Witnessed => 3,
            CitationKind::First | CitationKind::Reported => 2,
            CitationKind::Listed => {
                named.entry(who.clone()).or_default();
                continue;
            }
            CitationKind::Carrier => {
                carriers.insert(who.clone());
                continue;
            }
        };
        *named.entry(who.clone()).or_default() += weight;
    }
    first_hand |= speaks_first_hand(doc, own, rules);
    let mut ranked: Vec<(Who, u32)> = named.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    // An article has its story from the source it leans on most; what else it names stays listed.
    let principal = ranked.iter().find(|(_, weight)| *weight >= 2).map(|(who, _)| who.name.clone());
    let roots: Vec<String> =
        principal.or_else(|| first_hand.then(|| own.to_string())).into_iter().collect();
    Derivation {
        capture: doc.id,
        copies: None,
        translates: None,
        named: ranked.into_iter().map(|(who, _)| who).collect(),
        carriers: carriers.into_iter().collect(),
        roots,
    }
}

/// The reports a passage rests on: the one its paragraph names, else those of the article.
pub(super) fn beneath(doc: &Doc<'_>, derivation: &Derivation, passage: Span) -> Vec<String> {
    beside(doc, derivation, passage).map_or_else(|| derivation.roots.clone(), |report| vec![report])
}

/// The report that the paragraph of a passage names nearest to it; of copies nothing, they rest on their original.
pub(super) fn beside(doc: &Doc<'_>, derivation: &Derivation, passage: Span) -> Option<String> {
    let own = doc.reading.article.outlet.as_deref().map(outlet_key);
    let mut blocks = doc.reading.article.blocks.iter().map(|block| block.span);
    let block = blocks.find(|block| block.meets(passage))?;
    let source = |citation: &&Citation| {
        let told = !matches!(citation.kind, CitationKind::Listed | CitationKind::Carrier);
        told && block.holds(citation.span)
    };
    let gap = |span: Span| {
        let (first, last) = if span < passage { (span, passage) } else { (passage, span) };
        last.start().saturating_sub(first.end())
    };
    let named = doc.reading.citations.iter().filter(source).filter_map(|citation| {
        let who = doc.who(citation.outlet?)?;
        (Some(outlet_key(&who.name)) != own).then(|| (gap(citation.span), who.name.clone()))
    });
    let retold = derivation.copies.or(derivation.translates).is_some();
    let (_, name) = named.min().filter(|_| !retold)?;
    // By the name it has among all the article names.
    let mut all = derivation.named.iter().map(|who| &who.name);
    let same = all.find(|other| outlet_key(other) == outlet_key(&name));
    Some(same.cloned().unwrap_or(name))
}

/// Signs of own reporting: somebody told this outlet, a document was seen by it.
fn speaks_first_hand(doc: &Doc<'_>, own: &str, rules: &Rules) -> bool {
    let text = doc.reading.article.body.as_str();
    if own.is_empty() {
        return false;
    }
    let tokens = &doc.tokens;
    let signs = rules.lexicon.firsthand.all(tokens, &rules.vocabulary, 0..tokens.len());
    signs.into_iter().any(|(sign, hit)| {
        let end = tokens.span(hit.range).end();
        let after = text.get(end..).unwrap_or("").trim_start();
        !sign.meaning.names_outlet || after.starts_with(own)
    })
}
