//! Which reports an article rests on, as far as it says so.

use super::attribution::Context;
use crate::model::article::{BlockKind, Section};
use crate::model::reading::{Citation, CitationKind};

/// Finds references to other reports, in order.
pub(super) fn find(cx: &Context<'_>, own: Option<&str>) -> Vec<Citation> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.citations;
    let mut found: Vec<Citation> = Vec::new();
    for sentence in &scan.sentences {
        if scan.kind_of(sentence) == BlockKind::Title {
            continue;
        }
        if sentence.section == Section::Sources {
            // A list of sources names an outlet first, maybe with its carrier.
            for mention in scan.mentions_in(sentence.span) {
                if scan.reports(mention.name) {
                    let before = scan.tokens_of(mention).start.wrapping_sub(1);
                    let kind = if scan.says(before, "via") {
                        CitationKind::Carrier
                    } else {
                        CitationKind::Listed
                    };
                    found.push(Citation { outlet: Some(mention.name), kind, span: sentence.span });
                }
            }
            continue;
        }
        for (row, hit) in table.all(&scan.tokens, &scan.rules.vocabulary, sentence.tokens.clone()) {
            let span = scan.span(hit.range.clone());
            let named: Vec<_> = ["who", "also"]
                .iter()
                .filter_map(|capture| table.capture(&hit, capture))
                .map(|range| scan.mention_over(range.start).map(|m| m.name))
                .collect();
            // "earlier reported by local media": a report of outlets that are not named.
            let outlets = if named.is_empty() { vec![None] } else { named };
            let kind = row.meaning.kind;
            found.extend(outlets.into_iter().map(|outlet| Citation { outlet, kind, span }));
        }
    }
    // An article does not rest on itself.
    found.retain(|citation| {
        let name = citation.outlet.and_then(|ix| scan.names.get(ix.0 as usize));
        !matches!((name, own), (Some(name), Some(own)) if name.name == own)
    });
    found
}
