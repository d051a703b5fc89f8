//! What one side asserts or alleges and the other denies.

use super::{Accounts, best};
use crate::corpus::bag::Bag;
use crate::model::claim::Stance;
use crate::model::incident::Contradiction;

/// Likeness of an allegation and a denial by the house it is aimed at.
const SAME_POINT: f64 = 0.2;
/// Likeness from which a denial needs no target.
const SAME_WORDS: f64 = 0.34;
/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 4;

/// Pairs of an allegation and its denial in different articles.
///
/// In one language the words must be alike; across languages the denial must come from the house
/// the allegation is aimed at.
pub(super) fn of_allegations(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut scored: Vec<(f64, Contradiction)> = Vec::new();
    for denied in accounts.said.iter().filter(|s| s.claim.stance == Stance::Denies) {
        for other in accounts.said {
            let holds =
                matches!(other.claim.stance, Stance::Alleges | Stance::Asserts | Stance::Confirms);
            if !holds || other.who == denied.who || other.doc == denied.doc {
                continue;
            }
            let (Some(a), Some(b)) = (accounts.doc(other.doc), accounts.doc(denied.doc)) else {
                continue;
            };
            let matter = other.matters.intersection(&denied.matters).next().is_some();
            let aimed = other.claim.target.and_then(|ix| a.who(ix)) == Some(&denied.who)
                || a.names(other.claim.sentence).any(|who| *who == denied.who);
            let foreign = a.reading.article.language != b.reading.article.language;
            let likeness = Bag::of(a.reading.words(other.claim.content), accounts.rules)
                .dice(&Bag::of(b.reading.words(denied.claim.content), accounts.rules));
            let alleged = other.claim.stance == Stance::Alleges;
            let needed = if aimed { SAME_POINT } else { SAME_WORDS };
            if !matter || likeness < needed && !(foreign && aimed && alleged) {
                continue;
            }
            let pair = accounts.between(
                (other.doc, other.claim.content),
                (denied.doc, denied.claim.content),
                format!("{} denies what {} says", denied.who.name, other.who.name),
                "denial",
            );
            scored.extend(pair.map(|c| (likeness + if aimed { 0.1 } else { 0.0 }, c)));
        }
    }
    best(scored, SHOWN_MAX, |c| (c.topic.clone(), c.b))
}
