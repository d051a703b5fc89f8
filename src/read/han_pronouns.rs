//! Whom 他 and 她 stand for, and 该公司, where somebody has just spoken.
//!
//! In: the claims of an article, in order. Out: the same, with the person, or the house whose person it
//! was, in place of the pronoun. What holds: somebody spoken of later than the last speaker goes before.

use super::scan::Scan;
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::entity::EntityKind;
use crate::model::text::Span;

/// Bytes of text between the last speaker and a pronoun.
const REACH_BYTES_MAX: usize = 900;

/// Puts the last speaker in the place of a pronoun.
pub(super) fn resume(scan: &Scan<'_>, claims: &mut [Claim]) {
    let mut last: Option<(usize, Speaker)> = None;
    let mut before: Option<Told> = None;
    for at in 0..claims.len() {
        let Some(claim) = claims.get_mut(at) else { break };
        let place = claim.source.map_or(claim.sentence.start(), |source| source.start());
        let house = same_house(claim, before.as_ref());
        let words = claim.source.map_or("", |source| source.of(scan.body));
        if words.starts_with(['他', '她']) {
            if let Some((from, speaker)) = last
                && place >= from
                && place - from < REACH_BYTES_MAX
                && !person_between(scan, from, place)
            {
                claim.speaker = speaker;
            }
        } else if let Some(house) = house.filter(|_| words.starts_with(['该', '这'])) {
            claim.speaker = house;
        } else if speaks_as_person(scan, claim) {
            last = Some((place, claim.speaker));
        }
        before = Some(Told::of(scan, claim));
    }
}

/// What was said before, and by which house.
struct Told {
    sentence: Span,
    stance: Stance,
    house: Option<Speaker>,
}

impl Told {
    fn of(scan: &Scan<'_>, claim: &Claim) -> Self {
        let house = match claim.speaker {
            Speaker::Named(name) if scan.kind(name) == EntityKind::Organization => {
                Some(claim.speaker)
            }
            _ => None,
        };
        Self { sentence: claim.sentence, stance: claim.stance, house }
    }
}

/// 某某公司估算……。该公司预计……: the house that has just spoken, unless it accused another, which now answers.
fn same_house(claim: &Claim, before: Option<&Told>) -> Option<Speaker> {
    let told = before?;
    let next = told.sentence.end() <= claim.sentence.start()
        && claim.sentence.start() - told.sentence.end() <= 2;
    let plain =
        |stance: Stance| matches!(stance, Stance::Asserts | Stance::Predicts | Stance::Announces);
    let own = matches!(claim.speaker, Speaker::Named(_));
    told.house.filter(|_| next && own && plain(told.stance) && plain(claim.stance))
}

/// Whether a person is named between two places.
fn person_between(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let between = scan.mentions_in(Span::new(from, to.max(from)));
    between.iter().any(|m| scan.kind(m.name) == EntityKind::Person)
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
