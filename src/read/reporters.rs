//! Outlets nobody has entered: known by what the article says of them, or by the last word of their name.
//!
//! In: names with their mentions. Out: the same, some noted as reporting. What holds: a name of the registry
//! is what its entry says; a house is no outlet for one phrase that a company may stand in as well
//! ("a flaw first reported by Orison"), unless the article names it nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use super::mention::mark;
use super::scan::Scan;
use crate::model::article::BlockKind;
use crate::model::entity::{EntityKind, NameIx};

/// Weight from which a name is an outlet's; where it stands nowhere else; where the headline has it.
const WEIGHT_MIN: u32 = 3;
const ALONE_MIN: u32 = 2;
const TITLE_MIN: u32 = 4;

/// What speaks for a name: the rows with their weights, and the places where they match.
#[derive(Default)]
struct Signs<'r> {
    rows: BTreeMap<&'r str, u32>,
    places: BTreeSet<usize>,
}

/// Finds them and notes them on the scan; `own` is the outlet of the article.
pub(super) fn find(scan: &mut Scan<'_>, own: Option<&str>) {
    let table = &scan.rules.lexicon.reporters;
    let mut signs: BTreeMap<NameIx, Signs<'_>> = BTreeMap::new();
    for sentence in &scan.sentences {
        for (row, hit) in table.all(&scan.tokens, &scan.rules.vocabulary, sentence.tokens.clone()) {
            let named = table.capture(&hit, "who").and_then(|it| scan.mention_over(it.start));
            let Some(mention) = named else { continue };
            let signs = signs.entry(mention.name).or_default();
            signs.rows.insert(row.id.as_str(), row.meaning);
            signs.places.insert(mention.span.start());
        }
    }
    let title = scan.blocks.iter().find(|block| block.kind == BlockKind::Title);
    let mut places: BTreeMap<NameIx, usize> = BTreeMap::new();
    let mut titled: BTreeSet<NameIx> = BTreeSet::new();
    let mut found: BTreeSet<NameIx> = BTreeSet::new();
    for mention in &scan.mentions {
        *places.entry(mention.name).or_default() += 1;
        if title.is_some_and(|title| title.span.holds(mention.span)) {
            titled.insert(mention.name);
        }
        let tokens = scan.tokens_of(mention);
        let paper = tokens.len() > 1 && scan.is(tokens.end - 1, scan.classes().paper);
        if paper || own == Some(mention.span.of(scan.body)) {
            found.insert(mention.name);
        }
    }
    found.extend(signs.iter().filter_map(|(name, signs)| {
        let weight: u32 = signs.rows.values().sum();
        let alone = places.get(name).is_some_and(|all| *all == signs.places.len());
        let least = match (titled.contains(name), alone) {
            (true, _) => TITLE_MIN,
            (false, true) => ALONE_MIN,
            (false, false) => WEIGHT_MIN,
        };
        (weight >= least).then_some(*name)
    }));
    for name in found {
        let Some(name) = scan.names.get_mut(name.0 as usize) else { continue };
        name.reports |= name.id.is_none() && name.kind == EntityKind::Organization;
    }
    let mentions = scan.mentions.clone();
    mentions.iter().for_each(|mention| mark(scan, mention));
}
