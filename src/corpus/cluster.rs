//! Which articles speak of the same incident.
//!
//! In: prepared readings of relevant articles. Out: groups. Average-link agglomeration over a
//! weighted cosine of names, acts and words, with one set of parameters. What holds: the result does
//! not depend on the order of the input; only articles that share a telling name are compared.

use std::collections::{BTreeMap, BTreeSet};

use super::bag::{Bag, Rarity};
use super::doc::Doc;

/// Similarity from which two groups are one incident.
const LINK: f64 = 0.36;
/// Names in more than this share of the articles link nothing by themselves.
const COMMON_SHARE: f64 = 0.5;

/// Weights of the three views of an article.
const NAMES: f64 = 0.55;
const WORDS: f64 = 0.25;
const ACTS: f64 = 0.20;

struct Views {
    names: Bag,
    words: Bag,
    acts: Bag,
}

/// Groups articles; each group holds indexes into `docs`, oldest first.
pub(super) fn group(docs: &[&Doc<'_>]) -> Vec<Vec<usize>> {
    let names = Rarity::among(docs.iter().map(|d| &d.names));
    let words = Rarity::among(docs.iter().map(|d| &d.words));
    let acts = Rarity::among(docs.iter().map(|d| &d.acts));
    let views: Vec<Views> = docs
        .iter()
        .map(|doc| Views {
            names: doc.names.weighed(&names),
            words: doc.words.weighed(&words),
            acts: doc.acts.weighed(&acts),
        })
        .collect();
    let mut links: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (a, b) in candidates(docs, &names) {
        if let (Some(da), Some(db), Some(va), Some(vb)) =
            (docs.get(a), docs.get(b), views.get(a), views.get(b))
        {
            let similarity = similarity(da, db, va, vb);
            if similarity > 0.0 {
                links.insert((a, b), similarity);
            }
        }
    }
    agglomerate(docs, links)
}

/// Pairs that share a name which not every second article has.
fn candidates(docs: &[&Doc<'_>], names: &Rarity) -> BTreeSet<(usize, usize)> {
    let most = (docs.len() as f64 * COMMON_SHARE).max(12.0);
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, doc) in docs.iter().enumerate() {
        for (term, _) in doc.names.terms() {
            if names.count(term) <= most {
                holders.entry(term).or_default().push(index);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for list in holders.values() {
        for (i, a) in list.iter().enumerate() {
            for b in list.iter().skip(i + 1) {
                pairs.insert((*a.min(b), *a.max(b)));
            }
        }
    }
    pairs
}

fn similarity(a: &Doc<'_>, b: &Doc<'_>, va: &Views, vb: &Views) -> f64 {
    let names = va.names.cosine(&vb.names);
    let acts = va.acts.cosine(&vb.acts);
    let same_language = a.reading.article.language == b.reading.article.language;
    let weighed = if same_language {
        NAMES * names + WORDS * va.words.cosine(&vb.words) + ACTS * acts
    } else {
        // Without shared words names and acts carry the whole weight.
        (NAMES * names + ACTS * acts) / (NAMES + ACTS) * 0.9
    };
    weighed * nearness(a, b)
}

/// Articles on one incident mostly come close together; years apart they need more in common.
fn nearness(a: &Doc<'_>, b: &Doc<'_>) -> f64 {
    let days = (a.day - b.day).num_days().abs() as f64;
    1.0 - 0.18 * (days / 400.0).min(1.0)
}

/// Merges the two most alike groups until none are alike enough; ties go to the older articles.
fn agglomerate(docs: &[&Doc<'_>], links: BTreeMap<(usize, usize), f64>) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<usize, Vec<usize>> = (0..docs.len()).map(|i| (i, vec![i])).collect();
    // Sums of similarities between groups; the average follows from the sizes.
    let mut sums: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    for ((a, b), similarity) in links {
        sums.entry(a).or_default().insert(b, similarity);
        sums.entry(b).or_default().insert(a, similarity);
    }
    let key = |group: &[usize]| {
        group.iter().filter_map(|i| docs.get(*i)).map(|doc| (doc.day, doc.id)).min()
    };
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (a, row) in &sums {
            for (b, sum) in row.range(a + 1..) {
                let (Some(left), Some(right)) = (groups.get(a), groups.get(b)) else { continue };
                let average = sum / (left.len() * right.len()) as f64;
                if average < LINK {
                    continue;
                }
                let better = match best {
                    None => true,
                    Some((most, x, y)) => {
                        average > most + 1e-12
                            || (average - most).abs() <= 1e-12 && {
                                let old = groups
                                    .get(&x)
                                    .map(|g| key(g))
                                    .zip(groups.get(&y).map(|g| key(g)));
                                Some((key(left), key(right))) < old
                            }
                    }
                };
                if better {
                    best = Some((average, *a, *b));
                }
            }
        }
        let Some((_, a, b)) = best else { break };
        let moved = groups.remove(&b).unwrap_or_default();
        groups.entry(a).or_default().extend(moved);
        let row = sums.remove(&b).unwrap_or_default();
        for (other, sum) in row {
            if let Some(back) = sums.get_mut(&other) {
                back.remove(&b);
            }
            if other != a {
                *sums.entry(a).or_default().entry(other).or_default() += sum;
                *sums.entry(other).or_default().entry(a).or_default() += sum;
            }
        }
    }
    let mut list: Vec<Vec<usize>> = groups.into_values().collect();
    for group in &mut list {
        group.sort_by_key(|i| docs.get(*i).map(|doc| (doc.day, doc.print, doc.id)));
    }
    list.sort_by_key(|group| key(group));
    list
}
