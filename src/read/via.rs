//! Through whom an article knows what somebody said: outlets, platforms, documents, occasions.

use std::ops::Range;

use super::scan::Scan;
use crate::model::claim::{Speaker, Via};
use crate::model::entity::NameIx;
use crate::model::reading::CitationKind;

/// Looks for the channel in the tokens around a cue, outside the content itself.
pub(super) fn find(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    content: &Range<usize>,
    speaker: Speaker,
) -> Vec<Via> {
    let spoken = match speaker {
        Speaker::Named(name) | Speaker::Outlet(name) => Some(name),
        _ => None,
    };
    let outside = |range: &Range<usize>| range.end <= content.start || range.start >= content.end;
    let mut found: Vec<Via> = Vec::new();
    let mut push = |via: Via| {
        if !found.contains(&via) {
            found.push(via);
        }
    };
    let table = &scan.rules.lexicon.citations;
    for (row, hit) in table.all(&scan.tokens, &scan.rules.vocabulary, sentence.clone()) {
        if !outside(&hit.range) || row.meaning.kind == CitationKind::Carrier {
            continue;
        }
        let named = ["who", "also"]
            .map(|name| table.capture(&hit, name).and_then(|range| name_at(scan, &range)));
        // "According to the Ledger and the Post": neither speaks through the other.
        if !named.contains(&spoken) || spoken.is_none() {
            named.into_iter().flatten().for_each(|outlet| push(Via::Name(outlet)));
        }
    }
    let channels = &scan.rules.lexicon.channels;
    for (_, hit) in channels.all(&scan.tokens, &scan.rules.vocabulary, sentence.clone()) {
        if !outside(&hit.range) {
            continue;
        }
        let Some(range) = channels.capture(&hit, "it") else { continue };
        match name_at(scan, &range) {
            Some(name) if Some(name) == spoken => {}
            Some(name) => push(Via::Name(name)),
            None => push(Via::Phrase(scan.span(range))),
        }
    }
    // A named outlet comes before a document: it holds the document.
    found.sort_by_key(|via| matches!(via, Via::Phrase(_)));
    found
}

/// The name that a range of tokens is.
fn name_at(scan: &Scan<'_>, range: &Range<usize>) -> Option<NameIx> {
    let mention = scan.mention_over(range.start)?;
    (mention.span == scan.span(range.clone())).then_some(mention.name)
}
