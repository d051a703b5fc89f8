//! Two outlets are each called the first to report.

use std::collections::BTreeSet;

use super::Accounts;
use crate::model::entity::Who;
use crate::model::incident::Contradiction;
use crate::model::reading::CitationKind;
use crate::model::text::Span;

/// Most pairs shown: one more says nothing new.
const SHOWN_MAX: usize = 2;

/// Pairs of articles that name different outlets as the first.
pub(super) fn claimed(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut firsts: Vec<(usize, Option<Who>, Span)> = Vec::new();
    for (index, doc) in accounts.docs.iter().enumerate() {
        for citation in doc.reading.citations.iter().filter(|c| c.kind == CitationKind::First) {
            let who = citation.outlet.and_then(|ix| doc.who(ix)).cloned();
            firsts.push((index, who, doc.reading.sentence_of(citation.span)));
        }
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (i, (a, first, left)) in firsts.iter().enumerate() {
        for (b, second, right) in firsts.iter().skip(i + 1) {
            if a != b && first != second && seen.insert((*a, *b)) {
                let topic = "Who reported it first".to_string();
                found.extend(accounts.between((*a, *left), (*b, *right), topic, "first-reports"));
            }
        }
    }
    found.truncate(SHOWN_MAX);
    found
}
