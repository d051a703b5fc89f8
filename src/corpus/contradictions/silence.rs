//! One article says a party has not spoken, another quotes it on the matter.

use std::collections::BTreeSet;

use super::{Accounts, Statement};
use crate::model::claim::Stance;
use crate::model::incident::Contradiction;

/// Pairs of a statement and a silence of the same house on the same matter at the same time.
pub(super) fn and_speech(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let quiet = |s: &&Statement<'_>| matches!(s.claim.stance, Stance::Silent | Stance::Declines);
    // "It denied the charge. It would not say how many": who is quoted beside it has not been silent.
    let quoted_too = |silent: &Statement<'_>| {
        accounts.said.iter().any(|other| {
            let here = other.doc == silent.doc && other.who == silent.who && other.named;
            let on_it = || !other.matters.is_disjoint(&silent.matters);
            here && matches!(other.claim.stance, Stance::Confirms | Stance::Denies) && on_it()
        })
    };
    for silent in accounts.said.iter().filter(quiet).filter(|silent| !quoted_too(silent)) {
        for spoken in accounts.said {
            let speaks = matches!(spoken.claim.stance, Stance::Confirms | Stance::Denies);
            if !speaks || spoken.doc == silent.doc || spoken.who != silent.who {
                continue;
            }
            let (Some(a), Some(b)) = (accounts.doc(spoken.doc), accounts.doc(silent.doc)) else {
                continue;
            };
            let mut shared = silent.matters.intersection(&spoken.matters).collect::<BTreeSet<_>>();
            // What was said before the main act cannot have been said of it.
            if spoken.on < accounts.opened {
                shared.retain(|matter| *matter != accounts.main());
            }
            let later = (a.day - b.day).num_days() as f64;
            let answer = later > accounts.rules.thresholds.same_time_days;
            // Who spoke months ago may be silent on what is asked today.
            let stale = -later > accounts.rules.thresholds.news_days;
            if shared.is_empty()
                || answer
                || stale
                || !seen.insert((silent.doc, spoken.doc, silent.who.key()))
            {
                continue;
            }
            found.extend(accounts.between(
                (spoken.doc, spoken.claim.sentence),
                (silent.doc, silent.claim.content),
                format!("Did {} answer: silence or statement", silent.who.name),
                "silence-and-speech",
            ));
        }
    }
    found
}
