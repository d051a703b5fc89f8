//! A document spoken of again: what comes through "the letter" comes through who was said to hold it.
//!
//! In: the claims of an article, in order. Out: the same, with the outlet behind a document, and the accusation
//! a document makes, carried on. What holds: only a definite phrase points back, to a document of that noun.

use std::collections::HashMap;

use super::scan::Scan;
use crate::model::claim::{Claim, Speaker, Stance, Via};
use crate::model::entity::NameIx;
use crate::model::text::Span;

/// What was said of a document where it was first spoken of.
struct Paper {
    holders: Vec<Via>,
    speaker: Speaker,
    accused: Option<NameIx>,
}

/// Carries on what is known of documents from where they are first spoken of.
pub(super) fn relay(scan: &Scan<'_>, claims: &mut [Claim]) {
    let mut papers: HashMap<String, Paper> = HashMap::new();
    let mut ordered: Vec<&mut Claim> = claims.iter_mut().collect();
    ordered.sort_by_key(|claim| claim.sentence.start());
    for claim in ordered {
        let Some((noun, definite)) = paper(claim).and_then(|span| named(scan, span)) else {
            continue;
        };
        let holds = |via: &&Via| matches!(via, Via::Name(_));
        let holders: Vec<Via> = claim.via.iter().filter(holds).copied().collect();
        match papers.get(&noun).filter(|_| definite) {
            Some(known) => {
                if holders.is_empty() {
                    claim.via.splice(0..0, known.holders.iter().copied());
                }
                let plain = claim.stance == Stance::Asserts && claim.target.is_none();
                if plain && claim.speaker == known.speaker && known.accused.is_some() {
                    (claim.stance, claim.target) = (Stance::Alleges, known.accused);
                }
            }
            None => {
                let accused = claim.target.filter(|_| claim.stance == Stance::Alleges);
                papers.insert(noun, Paper { holders, speaker: claim.speaker, accused });
            }
        }
    }
}

/// The document that speaks, or through which somebody does.
fn paper(claim: &Claim) -> Option<Span> {
    let phrase = |via: &Via| match via {
        Via::Phrase(span) => Some(*span),
        Via::Name(_) => None,
    };
    match claim.speaker {
        Speaker::Document(span, _) => Some(span),
        _ => claim.via.iter().find_map(phrase),
    }
}

/// The noun of a document, and whether its words point back to one spoken of before.
fn named(scan: &Scan<'_>, span: Span) -> Option<(String, bool)> {
    let (c, tokens) = (scan.classes(), scan.tokens.inside(span));
    let noun = tokens.clone().find(|at| scan.is(*at, c.document))?;
    Some((scan.letters(noun).to_lowercase(), scan.is(tokens.start, c.definite)))
}
