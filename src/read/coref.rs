//! Whom "the company", "it", "she", "the regulator" stand for.
//!
//! In: the names of a text and where they stand. Out: the nearest name that fits. Descriptions a text
//! gives itself ("Windsurf, the maker of …", "the audit firm Hallam Quist") win over nearness.

use std::collections::HashMap;

use super::scan::Scan;
use crate::model::entity::{EntityKind, EntityRole, NameIx};
use crate::rules::ClassId;

/// What a text calls its names, and where they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Coref {
    /// Noun of a description, and the name it was given to first.
    descriptions: HashMap<String, NameIx>,
    /// How often each name stands in the text.
    counts: HashMap<NameIx, usize>,
}

/// Which sort of name a word may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Company,
    Authority,
    Person,
    /// A company or an authority.
    House,
}

impl Coref {
    /// Gathers the descriptions of a text.
    pub(super) fn of(scan: &Scan<'_>) -> Self {
        let mut coref = Self::default();
        let c = scan.classes();
        for mention in &scan.mentions {
            *coref.counts.entry(mention.name).or_default() += 1;
            let kind = scan.kind(mention.name);
            if !matches!(kind, EntityKind::Organization | EntityKind::Government) {
                continue;
            }
            let tokens = scan.tokens_of(mention);
            // "the audit firm Hallam Quist"
            if let Some(noun) = tokens.start.checked_sub(1).filter(|i| is_description(scan, *i)) {
                coref.describe(scan, noun, mention.name);
            }
            // "Windsurf, the maker of an AI coding editor,"
            if scan.is_comma(tokens.end) && scan.is(tokens.end + 1, c.det) {
                let noun = (tokens.end + 2..tokens.end + 7)
                    .take_while(|i| {
                        !scan.is_comma(*i) && !scan.is(*i, c.prep) && !scan.is(*i, c.relative)
                    })
                    .find(|i| is_description(scan, *i));
                if let Some(noun) = noun {
                    coref.describe(scan, noun, mention.name);
                }
            }
        }
        coref
    }

    fn describe(&mut self, scan: &Scan<'_>, noun: usize, name: NameIx) {
        self.descriptions.entry(scan.letters(noun).to_lowercase()).or_insert(name);
    }

    /// The name a noun was given to in this text.
    pub(super) fn described(&self, noun: &str) -> Option<NameIx> {
        self.descriptions.get(&noun.to_lowercase()).copied()
    }

    /// The name of a sort that was last spoken of before a token.
    pub(super) fn nearest(&self, scan: &Scan<'_>, wanted: Wanted, before: usize) -> Option<NameIx> {
        let at = scan.at(before).start();
        let here = scan.sentences.partition_point(|s| s.span.start() <= at).checked_sub(1)?;
        let mut best: Option<(i64, NameIx)> = None;
        for back in 0..=6usize {
            let Some(sentence) = here.checked_sub(back).and_then(|i| scan.sentences.get(i)) else {
                break;
            };
            for (order, mention) in scan.mentions_in(sentence.span).iter().enumerate() {
                if mention.span.start() >= at || !fits(scan, mention.name, wanted) {
                    continue;
                }
                let tokens = scan.tokens_of(mention);
                let possessive = scan.says(tokens.end, "'s") || scan.letters(tokens.end) == "’";
                let embedded = tokens.start > 0 && scan.is(tokens.start - 1, scan.classes().prep);
                let often = self.counts.get(&mention.name).copied().unwrap_or(0).min(6) as i64;
                let score = 40 - 12 * back as i64 + often * 2
                    - if back == 0 { 0 } else { 2 * order.min(5) as i64 }
                    - if possessive { 6 } else { 0 }
                    - if embedded { 5 } else { 0 };
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, mention.name));
                }
            }
            if best.is_some_and(|(score, _)| score >= 40 - 12 * back as i64) {
                break;
            }
        }
        best.map(|(_, name)| name)
    }
}

fn is_description(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    let any = |classes: [ClassId; 3]| classes.into_iter().any(|class| scan.is(index, class));
    any([c.company, c.authority, c.org_word]) && !scan.at(index).is_capital()
}

fn fits(scan: &Scan<'_>, name: NameIx, wanted: Wanted) -> bool {
    let entity = scan
        .names
        .get(name.0 as usize)
        .and_then(|name| name.id.as_ref())
        .and_then(|id| scan.rules.registry.get(id));
    let reports = entity.is_some_and(|e| {
        e.is(EntityRole::Outlet) || e.is(EntityRole::Agency) || e.is(EntityRole::Platform)
    });
    match (scan.kind(name), wanted) {
        (EntityKind::Organization, Wanted::Company | Wanted::House) => !reports,
        (EntityKind::Government, Wanted::Authority | Wanted::House) => true,
        (EntityKind::Person, Wanted::Person) => true,
        _ => false,
    }
}
