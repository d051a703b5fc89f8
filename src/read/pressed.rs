//! An accusation that goes on: "Orison accused Veltrane of copying. This, it said, saved them a year."
//!
//! In: the claims of an article in order. Out: the same. What holds: only what points back to the accusation
//! itself, said by the same in the same paragraph, is part of it.

use super::scan::Scan;
use crate::model::claim::{Claim, Stance};
use crate::model::text::Span;

/// Gives what continues an accusation its stance and its target.
pub(super) fn press(scan: &Scan<'_>, claims: &mut [Claim]) {
    for at in 1..claims.len() {
        let (before, rest) = claims.split_at_mut(at);
        let Some(claim) = rest.first_mut().filter(|claim| claim.stance == Stance::Asserts) else {
            continue;
        };
        let block = |claim: &Claim| scan.sentence_at(claim.sentence.start()).map(|s| s.block);
        let (speaker, here) = (claim.speaker, block(claim));
        let same = |it: &&Claim| {
            it.stance == Stance::Alleges && it.speaker == speaker && block(it) == here
        };
        let accusations = || before.iter().rev().take_while(same);
        if accusations().next().is_some() && points_back(scan, claim.content) {
            claim.stance = Stance::Alleges;
            claim.target = accusations().find_map(|it| it.target);
        }
    }
}

/// "This helped", "The distillation helped": what was alleged, as a whole.
fn points_back(scan: &Scan<'_>, content: Span) -> bool {
    let tokens = scan.tokens.inside(content);
    let (first, table) = (tokens.start, &scan.rules.lexicon.predicates);
    let noun = || table.at(&scan.tokens, &scan.rules.vocabulary, first + 1, tokens.end);
    let named = || noun().is_some_and(|(row, _)| row.meaning.alleged && row.meaning.noun);
    scan.is(first, scan.classes().demonstrative)
        || scan.is(first, scan.classes().article) && named()
}
