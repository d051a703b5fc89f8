//! An accusation that goes on: "Orison accused Veltrane of copying. This, it said, saved them a year."
//!
//! In: the claims of an article in order. Out: the same. What holds: only what points back to the accusation
//! itself, said by the same in the same paragraph, is part of it.

use super::scan::Scan;
use crate::model::claim::{Claim, Stance};

/// Gives what continues an accusation its stance and its target.
pub(super) fn press(scan: &Scan<'_>, claims: &mut [Claim]) {
    for at in 1..claims.len() {
        let (before, rest) = claims.split_at_mut(at);
        let (Some(accusation), Some(claim)) = (before.last(), rest.first_mut()) else { continue };
        let block = |claim: &Claim| scan.sentence_at(claim.sentence.start()).map(|s| s.block);
        let first = scan.tokens.inside(claim.content).start;
        let points = scan.is(first, scan.classes().demonstrative);
        let goes_on = accusation.stance == Stance::Alleges
            && accusation.speaker == claim.speaker
            && block(accusation) == block(claim);
        if goes_on && points && claim.stance == Stance::Asserts {
            claim.stance = Stance::Alleges;
            claim.target = accusation.target;
        }
    }
}
