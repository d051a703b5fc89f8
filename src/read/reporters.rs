//! Outlets nobody has entered: known by what the article says of them, or by the last word of their name.
//!
//! In: names with their mentions. Out: the same, some noted as reporting. What holds: a name of the registry
//! is what its entry says.

use std::collections::BTreeSet;

use super::mention::mark;
use super::scan::Scan;
use crate::model::entity::{EntityKind, NameIx};

/// Finds them and notes them on the scan.
pub(super) fn find(scan: &mut Scan<'_>) {
    let table = &scan.rules.lexicon.reporters;
    let mut found: BTreeSet<NameIx> = BTreeSet::new();
    for sentence in &scan.sentences {
        let hits = table.all(&scan.tokens, &scan.rules.vocabulary, sentence.tokens.clone());
        let named = hits.iter().filter_map(|(_, hit)| table.capture(hit, "who"));
        found.extend(named.filter_map(|tokens| scan.mention_over(tokens.start)).map(|m| m.name));
    }
    let paper = scan.classes().paper;
    let called = scan.mentions.iter().filter(|mention| {
        let tokens = scan.tokens_of(mention);
        tokens.len() > 1 && scan.is(tokens.end - 1, paper)
    });
    found.extend(called.map(|mention| mention.name));
    for name in found {
        let Some(name) = scan.names.get_mut(name.0 as usize) else { continue };
        name.reports |= name.id.is_none() && name.kind == EntityKind::Organization;
    }
    let mentions = scan.mentions.clone();
    mentions.iter().for_each(|mention| mark(scan, mention));
}
