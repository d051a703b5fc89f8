//! Statements of the party that was asked, on the matter it was asked about.

use super::{Hit, Matter, Weight, is_accuser};
use crate::corpus::questions::Draft;
use crate::corpus::statement;
use crate::corpus::topic;
use crate::model::claim::Stance;
use crate::model::reading::AskKind;

/// What the party has said.
pub(super) fn find(draft: &Draft, matter: &Matter<'_, '_>) -> Vec<Hit> {
    let last_raised = draft.last_raised();
    let mut hits = Vec::new();
    for statement in matter.said {
        let claim = statement.claim;
        let speaks = matches!(
            claim.stance,
            Stance::Confirms | Stance::Denies | Stance::Asserts | Stance::Announces
        );
        let asked = draft.about.contains(&statement.who) && !is_accuser(draft, &statement.who);
        if !speaks || !asked || draft.docs.contains(&statement.doc) {
            continue;
        }
        let Some(doc) = matter.docs.get(statement.doc) else { continue };
        // What was said before the main act cannot have been said of it.
        let main = matter.types.first();
        let mut shared = statement.matters.intersection(&draft.topics);
        let on_matter = shared.any(|kind| Some(kind) != main || statement.on >= matter.opened);
        let words = doc.bag(claim.sentence, matter.rules);
        let alike =
            words.containment(&draft.words) >= matter.rules.thresholds.bears && words.len() >= 4;
        // What was said before the question was asked bears on it only where it is to the point.
        let direct = matches!(claim.stance, Stance::Confirms | Stance::Denies);
        let later = doc.day > last_raised && statement.on >= draft.first_raised();
        if !on_matter && !alike || !later && !direct {
            continue;
        }
        // "Will it comment?" is settled by a word of its own on the matter, not by the deed itself being
        // reported again; "is it true?" by yes or no.
        let own = topic::of_words(doc, claim.sentence, matter.rules);
        let deed = doc.reading.acts.iter().any(|act| {
            let by = act.actor.and_then(|name| doc.who(name));
            by == Some(&statement.who) && !act.negated && act.span.meets(claim.sentence)
        });
        let spoken = draft.kind == AskKind::NoResponse
            && claim.stance == Stance::Asserts
            && !deed
            && own.iter().any(|kind| draft.topics.contains(kind));
        if draft.kind == AskKind::NoResponse && !direct && !spoken {
            continue;
        }
        let settles = later && statement.named && (direct || spoken);
        hits.push(Hit {
            weight: if settles { Weight::Fully } else { Weight::Partly },
            doc: statement.doc,
            span: claim.sentence,
            by: statement::voice(doc, claim),
            side: None,
        });
    }
    hits
}
