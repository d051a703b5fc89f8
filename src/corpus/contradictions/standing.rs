//! Where two accounts stand by now: open, explained by time or place, resolved for one of them.
//!
//! What holds: nothing is explained or resolved without words on record that do it; being repeated, being
//! later or being more precise settles nothing.

use std::collections::BTreeSet;

use super::{Accounts, Statement};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::model::claim::Stance;
use crate::model::entity::{EntityKind, EntityRole, Who};
use crate::model::incident::Contradiction;
use crate::model::standing::{Account, Outcome, Reason, Standing};
use crate::model::text::Evidence;
use crate::rules::{RulingPart, Tokens};

/// Where a pair of accounts stands.
pub(super) fn of(pair: &Contradiction, accounts: &Accounts<'_, '_>) -> Standing {
    let settled = match pair.rule.as_str() {
        "silence-and-speech" => answered_later(pair, accounts),
        "changed-account" => admitted_since(pair, accounts),
        "denial" => admitted(pair, accounts).or_else(|| found(pair, accounts)),
        _ => changed_since(pair, accounts).or_else(|| elsewhere(pair, accounts)),
    };
    settled.unwrap_or_default()
}

fn explained(outcome: Outcome, reason: Reason, because: Option<Evidence>) -> Standing {
    Standing { outcome, reason: Some(reason), because, ..Standing::default() }
}

fn resolved(reason: Reason, holds: Account, by: &Who, because: Evidence) -> Standing {
    let (holds, by) = (Some(holds), Some(by.clone()));
    Standing { holds, by, ..explained(Outcome::Resolved, reason, Some(because)) }
}

/// The statement that a side of a pair was made in.
fn statement<'c, 'a>(accounts: &'c Accounts<'_, 'a>, side: Evidence) -> Option<&'c Statement<'a>> {
    accounts.said.iter().find(|said| {
        let doc = accounts.doc(said.doc);
        let here = [said.claim.content, said.claim.sentence].contains(&side.span);
        here && doc.is_some_and(|doc| doc.id == side.capture)
    })
}

/// "Has not responded", and on a later day a response.
fn answered_later(pair: &Contradiction, accounts: &Accounts<'_, '_>) -> Option<Standing> {
    let spoken = statement(accounts, pair.a)?;
    let silent = accounts.doc_of(pair.b)?;
    (spoken.on > silent.day)
        .then(|| explained(Outcome::ExplainedByTime, Reason::AnsweredLater, Some(pair.a)))
}

/// A house that denied and on a later day confirms the same.
fn admitted_since(pair: &Contradiction, accounts: &Accounts<'_, '_>) -> Option<Standing> {
    let (denied, confirmed) = (statement(accounts, pair.a)?, statement(accounts, pair.b)?);
    let same = admits(confirmed, denied, accounts.words(pair.a), accounts);
    same.then(|| resolved(Reason::Admission, Account::B, &confirmed.who, pair.b))
}

/// Who denied what is alleged admits it on a later day.
fn admitted(pair: &Contradiction, accounts: &Accounts<'_, '_>) -> Option<Standing> {
    let denied = statement(accounts, pair.b)?;
    let alleged = accounts.words(pair.a);
    let mut said = accounts.said.iter();
    let admission = said.find(|said| admits(said, denied, alleged, accounts))?;
    let because = accounts.place(admission)?;
    Some(resolved(Reason::Admission, Account::A, &admission.who, because))
}

/// Whether a statement of the denying house takes up what was alleged, says nothing else, and confirms it.
fn admits(
    said: &Statement<'_>,
    denied: &Statement<'_>,
    alleged: &str,
    accounts: &Accounts<'_, '_>,
) -> bool {
    let confirms = said.claim.stance == Stance::Confirms && said.who == denied.who;
    if !confirms || said.on <= denied.on {
        return false;
    }
    let words = accounts.said_words(said);
    let both = format!("{alleged} {}", accounts.said_words(denied));
    let (admission, allegation) =
        (Bag::of(words, accounts.rules), Bag::of(alleged, accounts.rules));
    let taken = Bag::of(&both, accounts.rules);
    let all = admission.len().max(1) as f64;
    let shared = admission.terms().filter(|(term, _)| taken.holds(*term)).count() as f64;
    let t = &accounts.rules.thresholds;
    admission.dice(&allegation) >= t.admitted
        && shared / all >= t.admitted_share
        && !denies(words, accounts)
}

/// A court finds so, or finds that it is not so, after the denial.
fn found(pair: &Contradiction, accounts: &Accounts<'_, '_>) -> Option<Standing> {
    let denied = statement(accounts, pair.b)?;
    // The account that is denied may be the finding itself, if the denial came first.
    let own = statement(accounts, pair.a).filter(|_| !denies(accounts.words(pair.a), accounts));
    if let Some(said) = own.filter(|said| finds(said, denied, accounts)) {
        return Some(resolved(Reason::Finding, Account::A, &said.who, pair.a));
    }
    let alleged = Bag::of(accounts.words(pair.a), accounts.rules);
    let finding = accounts.said.iter().find(|said| {
        let words = || Bag::of(accounts.said_words(said), accounts.rules);
        finds(said, denied, accounts) && words().dice(&alleged) >= accounts.rules.thresholds.found
    })?;
    let because = accounts.place(finding)?;
    let holds = if denies(accounts.words(because), accounts) { Account::B } else { Account::A };
    Some(resolved(Reason::Finding, holds, &finding.who, because))
}

/// Whether a court settles in a statement what the denying house did, on a later day.
fn finds(said: &Statement<'_>, denied: &Statement<'_>, accounts: &Accounts<'_, '_>) -> bool {
    let authority = said.who.kind == EntityKind::Government && said.who != denied.who;
    let Some(doc) = accounts.doc(said.doc).filter(|_| authority && said.on > denied.on) else {
        return false;
    };
    let (vocabulary, rulings) = (&accounts.rules.vocabulary, &accounts.rules.lexicon.rulings);
    let holds = |words: &str, part: RulingPart| {
        let tokens = Tokens::of(words, vocabulary);
        let hits = rulings.all(&tokens, vocabulary, 0..tokens.len());
        hits.into_iter().any(|(row, _)| row.meaning == part)
    };
    let known = said.who.id.as_ref().and_then(|id| accounts.rules.registry.get(id));
    let court = known.is_some_and(|entity| entity.is(EntityRole::Court))
        || holds(&said.who.name, RulingPart::Court);
    let cue = said.claim.cue.map_or("", |cue| doc.reading.words(cue));
    court
        && holds(cue, RulingPart::Word)
        && doc.names(said.claim.sentence).any(|who| *who == denied.who)
}

/// Whether words hold a negation.
fn denies(words: &str, accounts: &Accounts<'_, '_>) -> bool {
    let (vocabulary, classes) = (&accounts.rules.vocabulary, &accounts.rules.classes);
    let tokens = Tokens::of(words, vocabulary);
    (0..tokens.len())
        .map(|at| tokens.at(at).word)
        .any(|word| vocabulary.is(word, classes.not) || vocabulary.is(word, classes.han_not))
}

/// The account that was published later says itself that things have changed: "has since been widened".
fn changed_since(pair: &Contradiction, accounts: &Accounts<'_, '_>) -> Option<Standing> {
    let (a, b) = (accounts.doc_of(pair.a)?, accounts.doc_of(pair.b)?);
    let later = match a.day.cmp(&b.day) {
        std::cmp::Ordering::Less => (b, pair.b),
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Greater => (a, pair.a),
    };
    let words = later.0.reading.words(later.0.reading.sentence_of(later.1.span));
    let tokens = Tokens::of(words, &accounts.rules.vocabulary);
    let turns = &accounts.rules.lexicon.turns;
    let turned = !turns.all(&tokens, &accounts.rules.vocabulary, 0..tokens.len()).is_empty();
    turned.then(|| explained(Outcome::ExplainedByTime, Reason::ChangedSince, Some(later.1)))
}

/// Each account names places, and none that the other names.
fn elsewhere(pair: &Contradiction, accounts: &Accounts<'_, '_>) -> Option<Standing> {
    let places = |side: Evidence| -> Option<BTreeSet<&Who>> {
        let doc: &Doc<'_> = accounts.doc_of(side)?;
        Some(doc.names(side.span).filter(|who| who.kind == EntityKind::Place).collect())
    };
    let (a, b) = (places(pair.a)?, places(pair.b)?);
    let apart = !a.is_empty() && !b.is_empty() && a.is_disjoint(&b);
    apart.then(|| explained(Outcome::ExplainedByScope, Reason::OtherPlaces, None))
}
