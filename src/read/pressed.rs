//! An accusation that goes on: "Orison accused Veltrane of copying. This, it said, saved them a year."
//!
//! In: the claims of an article in order. Out: the same. What holds: only what points back to the accusation
//! itself, said by the same in the same paragraph, is part of it.

use super::scan::Scan;
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::entity::NameIx;
use crate::model::text::Span;

/// The accusation that may go on.
#[derive(Clone, Copy)]
struct Accusation {
    block: Option<usize>,
    speaker: Speaker,
    target: Option<NameIx>,
}

/// Gives what continues an accusation its stance and its target.
pub(super) fn press(scan: &Scan<'_>, claims: &mut [Claim]) {
    let mut last: Option<Accusation> = None;
    for claim in claims {
        let block = scan.sentence_at(claim.sentence.start()).map(|sentence| sentence.block);
        let same = last.filter(|it| it.block == block && it.speaker == claim.speaker);
        if same.is_some() && claim.stance == Stance::Asserts && points_back(scan, claim.content) {
            claim.stance = Stance::Alleges;
            claim.target = same.and_then(|it| it.target);
        }
        last = match claim.stance {
            Stance::Alleges => {
                let target = claim.target.or(same.and_then(|it| it.target));
                Some(Accusation { block, speaker: claim.speaker, target })
            }
            _ => same,
        };
    }
}

/// "This helped", "The distillation helped": what was alleged, as a whole.
fn points_back(scan: &Scan<'_>, content: Span) -> bool {
    let (tokens, vocabulary) = (scan.tokens.inside(content), &scan.rules.vocabulary);
    let (lexicon, first) = (&scan.rules.lexicon, tokens.start);
    let noun = || lexicon.predicates.at(&scan.tokens, vocabulary, first + 1, tokens.end);
    let named = || noun().is_some_and(|(row, _)| row.meaning.alleged && row.meaning.noun);
    lexicon.resumptions.at(&scan.tokens, vocabulary, first, tokens.end).is_some()
        || scan.is(first, scan.classes().article) && named()
}
