//! Whom 他 and 她 stand for, and 该公司, where somebody has just spoken.
//!
//! In: the claims of an article, in order. Out: the same, with the person, or the house whose person it
//! was, in place of the pronoun. What holds: somebody spoken of later than the last speaker goes before.

use super::scan::Scan;
use crate::model::claim::{Claim, Speaker};
use crate::model::entity::EntityKind;

/// Bytes of text between the last speaker and a pronoun.
const REACH_BYTES_MAX: usize = 900;

/// Puts the last speaker in the place of a pronoun.
pub(super) fn resume(scan: &Scan<'_>, claims: &mut [Claim]) {
    let mut last: Option<(usize, Speaker)> = None;
    for at in 0..claims.len() {
        let Some(claim) = claims.get_mut(at) else { break };
        let place = claim.source.map_or(claim.sentence.start(), |source| source.start());
        let words = claim.source.map_or("", |source| source.of(scan.body));
        if words.starts_with(['他', '她']) {
            if let Some((before, speaker)) = last
                && place >= before
                && place - before < REACH_BYTES_MAX
                && !person_between(scan, before, place)
            {
                claim.speaker = speaker;
            }
        } else if scan.body.get(place..).is_some() && speaks_as_person(scan, claim) {
            last = Some((place, claim.speaker));
        }
    }
}

/// Whether a person is named between two places.
fn person_between(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    scan.mentions
        .iter()
        .filter(|m| m.span.start() >= from && m.span.start() < to)
        .any(|m| scan.kind(m.name) == EntityKind::Person)
}

/// Whether somebody speaks whom 他 or 她 may stand for: a person, somebody unnamed, who speaks for a house.
fn speaks_as_person(scan: &Scan<'_>, claim: &Claim) -> bool {
    let Some(source) = claim.source else { return false };
    match claim.speaker {
        Speaker::Named(name) if scan.kind(name) == EntityKind::Person => true,
        Speaker::Anonymous(..) => true,
        Speaker::Named(_) => {
            let words = scan.tokens.inside(source);
            let nouns = scan.rules.lexicon.nouns.all(&scan.tokens, &scan.rules.vocabulary, words);
            nouns.last().is_some_and(|(row, _)| row.meaning == crate::rules::NounMeaning::Spokes)
        }
        Speaker::Document(..) | Speaker::Outlet(_) | Speaker::Here => false,
    }
}
