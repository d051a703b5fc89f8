//! Capitals that name nobody: the indices of stock markets.
//!
//! In: tokens and sentences. Out: spans that are no names. What holds: the house whose name an index
//! bears is the index wherever it stands in the article, unless it stands more often alone: "Dow Jones"
//! in a report on shares is the index, in one on a lawsuit the company.

use std::collections::BTreeMap;
use std::ops::Range;

use super::scan::Scan;
use crate::model::entity::EntityKind;
use crate::model::text::Span;

/// Finds what names nobody and notes it on the scan.
pub(super) fn find(scan: &mut Scan<'_>) {
    let table = &scan.rules.lexicon.nameless;
    let mut found: Vec<Span> = Vec::new();
    let mut heads: BTreeMap<&str, usize> = BTreeMap::new();
    for sentence in &scan.sentences {
        // "The Dow" may begin before a longer one: each place is asked anew.
        let (tokens, vocabulary) = (&scan.tokens, &scan.rules.vocabulary);
        let end = sentence.tokens.end;
        for at in sentence.tokens.clone().filter(|at| table.may_begin(tokens, vocabulary, *at)) {
            let Some((_, hit)) = table.at(tokens, vocabulary, at, end) else { continue };
            let tokens = table.capture(&hit, "it").unwrap_or(hit.range);
            found.push(scan.span(tokens.clone()));
            if let Some(head) = house(scan, &tokens) {
                *heads.entry(head).or_default() += 1;
            }
        }
    }
    let sure = found.len();
    for (letters, times) in heads {
        let others: Vec<Span> = scan
            .body
            .match_indices(letters)
            .map(|(at, hit)| Span::new(at, at + hit.len()))
            .filter(|span| scan.sentence_at(span.start()).is_some() && is_whole(scan, *span))
            .filter(|span| !found.iter().take(sure).any(|known| known.holds(*span)))
            .collect();
        if others.len() <= times {
            found.extend(others);
        }
    }
    found.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut end = 0;
    found.retain(|span| {
        let keep = span.start() >= end;
        end = if keep { span.end() } else { end };
        keep
    });
    scan.nameless = found;
}

/// "Dow Jones" of "Dow Jones Industrial Average": the house whose name it bears.
fn house<'a>(scan: &Scan<'a>, tokens: &Range<usize>) -> Option<&'a str> {
    let heads = (tokens.start + 1..=tokens.end).rev().map(|to| scan.words(tokens.start..to));
    let known = |head: &&str| scan.rules.registry.named(head).map(|entity| entity.kind);
    heads.into_iter().find(|head| known(head) == Some(EntityKind::Organization))
}

fn is_whole(scan: &Scan<'_>, span: Span) -> bool {
    let tokens = scan.tokens.inside(span);
    scan.span(tokens) == span
}
