//! What one account tells and another says was not so: "the files were lost", "nothing was lost".
//!
//! What holds: both sentences are of one language and tell of the same with the same words beside names; what is
//! foretold, asked for, left open, or not yet so denies nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Accounts, best};
use crate::corpus::bag::{Bag, Term, terms};
use crate::corpus::doc::Doc;
use crate::corpus::statement;
use crate::model::claim::Stance;
use crate::model::entity::{EntityKind, Who};
use crate::model::incident::Contradiction;
use crate::model::source::Language;
use crate::model::text::Span;
use crate::rules::{AskRule, Rules, Tokens};

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 2;
/// Tokens behind a negation that it takes back.
const REACH: usize = 8;
/// Sentences that hold a term; what stands in more says nothing.
const TOLD_MAX: usize = 60;
/// Fewest terms beside names that both sentences have.
const SHARED_MIN: usize = 3;

/// A sentence that tells something.
struct Told {
    doc: usize,
    span: Span,
    language: Language,
    by: Option<Who>,
    /// Terms right behind a negation.
    negated: BTreeSet<Term>,
    /// Terms beside names.
    beside: Bag,
    parties: BTreeSet<Who>,
}

/// Pairs of sentences of which one takes back what the other tells.
pub(super) fn of_tellings(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let docs = accounts.docs.iter().enumerate();
    let told: Vec<Told> = docs.flat_map(|(index, doc)| tellings(index, doc, accounts)).collect();
    let mut plain: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
    for (at, yes) in told.iter().enumerate().filter(|(_, told)| told.negated.is_empty()) {
        for (term, _) in yes.beside.terms() {
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
    let pairs = best(scored, usize::MAX, |c| c.b);
    let mut shown = BTreeSet::new();
    pairs.into_iter().filter(|c| shown.insert(c.a)).take(SHOWN_MAX).collect()
}

/// How surely a sentence takes back what another tells, if it does.
fn takes_back(no: &Told, yes: &Told, accounts: &Accounts<'_, '_>) -> Option<f64> {
    let t = &accounts.rules.thresholds;
    let days = (accounts.doc(no.doc)?.day - accounts.doc(yes.doc)?.day).num_days().abs();
    let one_voice = no.doc == yes.doc && no.by == yes.by;
    if no.language != yes.language || one_voice || days as f64 > t.count_days {
        return None;
    }
    let common: Vec<Term> = no.beside.common(&yes.beside).map(|(term, ..)| term).collect();
    let taken = common.iter().any(|term| no.negated.contains(term));
    let parties = no.parties.intersection(&yes.parties).next().is_some()
        || no.parties.is_empty()
        || yes.parties.is_empty();
    let likeness = no.beside.dice(&yes.beside);
    (taken && parties && common.len() >= SHARED_MIN && likeness >= t.negated_words)
        .then_some(likeness)
}

/// The sentences of an article that tell something.
fn tellings(index: usize, doc: &Doc<'_>, accounts: &Accounts<'_, '_>) -> Vec<Told> {
    let (reading, rules) = (doc.reading, accounts.rules);
    let sentences = reading.sentences.iter().filter(|s| s.start() >= reading.title_end());
    let told = sentences.filter_map(|sentence| {
        let claims = reading.claims.iter().filter(|claim| sentence.holds(claim.sentence));
        let claims: Vec<_> = claims.collect();
        let open = reading.asks.iter().any(|ask| ask.span.meets(*sentence));
        let unsure = claims.iter().any(|claim| {
            use Stance::{Declines, Demands, Predicts, Silent};
            matches!(claim.stance, Declines | Demands | Predicts | Silent)
        });
        let longest = claims.iter().max_by_key(|claim| claim.content.len());
        let span = longest.map_or(*sentence, |claim| claim.content);
        let text = reading.words(span);
        if leaves_open(reading.words(*sentence), rules) {
            return None;
        }
        let negated = negated(text, rules)?;
        let mentions = reading.mentions.iter().map(|mention| mention.span);
        let dates = reading.dates.iter().map(|date| date.span);
        let apart: Vec<Bag> = mentions
            .chain(dates)
            .filter(|part| span.holds(*part))
            .map(|part| Bag::of(reading.words(part), rules))
            .collect();
        let parties = doc.names(*sentence).filter(|who| who.kind != EntityKind::Place);
        (!open && !unsure).then(|| Told {
            doc: index,
            span,
            language: reading.article.language.clone(),
            by: longest.and_then(|claim| statement::house(doc, claim)).map(|(who, _)| who),
            negated,
            beside: Bag::of(text, rules).without(&apart),
            parties: parties.cloned().collect(),
        })
    });
    told.collect()
}

/// Whether a sentence asks, or says that something is not known.
fn leaves_open(text: &str, rules: &Rules) -> bool {
    let tokens = Tokens::of(text, &rules.vocabulary);
    let asks = rules.lexicon.asks.all(&tokens, &rules.vocabulary, 0..tokens.len());
    let leads = |row: &AskRule| row.leading;
    let open = asks.iter().any(|(row, hit)| !leads(&row.meaning) || hit.range.start == 0);
    open || text.trim_end().ends_with(['?', '？'])
}

/// The terms that a text takes back; nothing where it only says that something may not, or not yet, be so.
fn negated(text: &str, rules: &Rules) -> Option<BTreeSet<Term>> {
    let tokens = Tokens::of(text, &rules.vocabulary);
    let c = &rules.classes;
    let is = |at: usize, class| rules.vocabulary.is(tokens.at(at).word, class);
    let letters = |at: usize| tokens.at(at).span().of(text);
    let mut found = BTreeSet::new();
    for at in 0..tokens.len() {
        if !(is(at, c.not) || is(at, c.han_not) || is(at, c.nobody)) {
            continue;
        }
        let modal = |at: usize| is(at, c.modal) || is(at, c.han_modal) || is(at, c.maybe);
        let weak = at.checked_sub(1).is_some_and(modal) || modal(at + 1) || is(at + 1, c.no_denial);
        if weak {
            return None;
        }
        let ends = |at: &usize| matches!(letters(*at), "," | ";" | "." | "，" | "；" | "。");
        let end = (at + 1..tokens.len()).find(ends).unwrap_or(tokens.len()).min(at + 1 + REACH);
        found.extend(terms(tokens.span(at + 1..end).of(text), rules));
    }
    Some(found)
}
