//! What one account tells and another says was not so: "the files were lost", "nothing was lost".
//!
//! What holds: both are of one language and tell of the same beside names, in whatever words; what is foretold,
//! asked for, left open, or not yet so denies nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::tellings::Told;
use super::{Accounts, once_each};
use crate::corpus::bag::Term;
use crate::model::incident::Contradiction;

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 2;
/// Sentences that hold a term; what stands in more says nothing.
const TOLD_MAX: usize = 60;
/// Fewest senses and terms beside names that both sentences have.
const SHARED_MIN: usize = 3;

/// Pairs of sentences of which one takes back what the other tells.
pub(super) fn of_tellings(accounts: &Accounts<'_, '_>, told: &[Told]) -> Vec<Contradiction> {
    let mut plain: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
    for (at, yes) in told.iter().enumerate().filter(|(_, told)| told.negated.is_empty()) {
        for term in yes.meaning.terms() {
            plain.entry(term).or_default().push(at);
        }
    }
    let mut scored = Vec::new();
    for no in told.iter().filter(|told| !told.negated.is_empty()) {
        let taken = no.negated.iter().filter_map(|term| plain.get(term));
        let rare = taken.filter(|places| places.len() <= TOLD_MAX).flatten();
        let near: BTreeSet<&usize> = rare.collect();
        for yes in near.into_iter().filter_map(|at| told.get(*at)) {
            let Some(score) = takes_back(no, yes, accounts) else { continue };
            let topic = "Whether it was so".to_string();
            let pair = accounts.between((yes.doc, yes.span), (no.doc, no.span), topic, "negation");
            scored.extend(pair.map(|pair| (score, pair)));
        }
    }
    once_each(scored, SHOWN_MAX)
}

/// How surely a sentence takes back what another tells, if it does.
fn takes_back(no: &Told, yes: &Told, accounts: &Accounts<'_, '_>) -> Option<f64> {
    let t = &accounts.rules.thresholds;
    let days = (accounts.doc(no.doc)?.day - accounts.doc(yes.doc)?.day).num_days().abs();
    let abroad = no.language != yes.language;
    if abroad || !no.can_differ_from(yes) || days as f64 > t.count_days {
        return None;
    }
    let common = no.meaning.common(&yes.meaning, false);
    // A word that is denied with all others says little by itself.
    let least = if no.denied { SHARED_MIN } else { 1 };
    let taken = common.iter().filter(|term| no.negated.contains(term)).count() >= least;
    let nobody = no.parties.is_empty() || yes.parties.is_empty();
    let parties = no.parties.intersection(&yes.parties).next().is_some();
    let likeness = no.meaning.likeness(&yes.meaning, false);
    let alike = match parties {
        true => likeness >= t.negated_words,
        false => nobody && likeness >= t.alike_words,
    };
    (taken && alike && common.len() >= SHARED_MIN).then_some(likeness)
}
