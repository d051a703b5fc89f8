//! What accounts tell, sentence by sentence, as far as one can be held against another.
//!
//! In: the articles of an incident. Out: their statements and plain sentences, with what they speak of beside names
//! and dates, what they take back, and their numbers. What holds: what is foretold, asked for or left open tells
//! nothing.

use std::collections::BTreeSet;

use super::Accounts;
use super::numbers::{Bound, Numbered};
use super::sums;
use crate::corpus::bag::Term;
use crate::corpus::doc::Doc;
use crate::corpus::senses::{self, Meaning};
use crate::corpus::statement;
use crate::model::claim::{Claim, Stance};
use crate::model::entity::{EntityKind, Who};
use crate::model::source::Language;
use crate::model::text::Span;
use crate::rules::{AskRule, Rules, Tokens};

/// Tokens behind a negation that it takes back.
const REACH: usize = 8;

/// A sentence, or a statement of it, that tells something.
pub(super) struct Told {
    pub doc: usize,
    pub span: Span,
    pub language: Language,
    pub by: Option<Who>,
    /// Senses and terms right behind a negation.
    pub negated: BTreeSet<Term>,
    /// Whether all that it reports is denied.
    pub denied: bool,
    /// What it speaks of beside names, dates and numbers.
    pub meaning: Meaning,
    pub parties: BTreeSet<Who>,
    /// Its numbers, but those of dates, sums and measures.
    pub numbers: Vec<(u64, Bound)>,
}

impl Told {
    /// Whether it can be held against another telling: other words, of another voice.
    pub(super) fn can_differ_from(&self, other: &Told) -> bool {
        let one_voice = self.by == other.by && (self.doc == other.doc || self.by.is_some());
        let same_words = self.doc == other.doc && self.span.meets(other.span);
        !one_voice && !same_words
    }
}

/// What all articles tell.
pub(super) fn all(accounts: &Accounts<'_, '_>) -> Vec<Told> {
    let docs = accounts.docs.iter().enumerate();
    docs.flat_map(|(index, doc)| of(index, doc, accounts.rules)).collect()
}

fn of(index: usize, doc: &Doc<'_>, rules: &Rules) -> Vec<Told> {
    let reading = doc.reading;
    let mut found = Vec::new();
    for sentence in reading.sentences.iter().filter(|s| s.start() >= reading.title_end()) {
        let open = reading.asks.iter().any(|ask| ask.span.meets(*sentence));
        if open || leaves_open(doc, *sentence, rules) {
            continue;
        }
        let claims: Vec<&Claim> =
            reading.claims.iter().filter(|claim| sentence.holds(claim.sentence)).collect();
        let plain = [(*sentence, None)];
        let said = claims.iter().filter(|claim| sentence.holds(claim.content));
        let said: Vec<_> = said.map(|claim| (claim.content, Some(*claim))).collect();
        let spans = if claims.is_empty() { plain.to_vec() } else { said };
        found.extend(spans.into_iter().filter_map(|(span, claim)| {
            use Stance::{Declines, Demands, Predicts, Silent};
            let stance = claim.map(|claim| claim.stance);
            let sure = !matches!(stance, Some(Declines | Demands | Predicts | Silent));
            sure.then(|| told(index, doc, span, claim, rules)).flatten()
        }));
    }
    found
}

fn told(
    index: usize,
    doc: &Doc<'_>,
    span: Span,
    claim: Option<&Claim>,
    rules: &Rules,
) -> Option<Told> {
    let reading = doc.reading;
    let text = reading.words(span);
    let tokens = doc.tokens_of(span);
    let local = |part: Span| Span::new(part.start() - span.start(), part.end() - span.start());
    let mentions = reading.mentions.iter().map(|mention| mention.span);
    let names = mentions.filter(|part| span.holds(*part)).map(local);
    let dates = reading.dates.iter().filter(|date| span.holds(date.span));
    let dated: Vec<Span> = dates.map(|date| local(date.span)).collect();
    let apart: Vec<Span> = names.chain(dated.iter().copied()).collect();
    let numbered = Numbered { text, tokens: &tokens, rules };
    let sums = sums::of(&numbered);
    let numbers = numbered.all().filter(|number| {
        let is_date = dated.iter().any(|date| date.meets(number.span));
        let sum = numbered.is_sum(number) || sums.iter().any(|sum| sum.span.meets(number.span));
        let counts = !sum && !numbered.is_measured(number);
        !is_date && counts && !numbered.is_named(number)
    });
    let numbers =
        numbers.map(|number| (number.value, numbered.bound(number.range.start, number.range.end)));
    let parties = doc.names(span).filter(|who| who.kind != EntityKind::Place);
    let meaning = Meaning::of(text, &tokens, &apart, rules);
    let mut negated = negated(text, &tokens, &apart, rules)?;
    // "Denied having been summoned": its main clause is taken back.
    let cue = claim.and_then(|claim| rules.lexicon.cues.meaning(&claim.rule));
    let by = claim.and_then(|claim| statement::house(doc, claim)).map(|(who, _)| who);
    // What a court rejects it does not deny.
    let decides = by.as_ref().is_some_and(|who| who.kind == EntityKind::Government);
    let denies = cue.is_some_and(|cue| cue.stance == Stance::Denies);
    let denied = negated.is_empty() && !decides && denies;
    if denied {
        let comma =
            (0..tokens.len()).find(|at| matches!(tokens.at(*at).span().of(text), "," | "，"));
        let main = 0..comma.unwrap_or(tokens.len());
        let (senses, words) = senses::split(text, &tokens, main, &apart, rules);
        negated.extend(senses.into_iter().chain(words));
    }
    Some(Told {
        doc: index,
        span,
        language: reading.article.language.clone(),
        by,
        negated,
        denied,
        meaning,
        parties: parties.cloned().collect(),
        numbers: numbers.collect(),
    })
}

/// Whether a sentence asks, or says that something is not known.
fn leaves_open(doc: &Doc<'_>, sentence: Span, rules: &Rules) -> bool {
    let tokens = doc.tokens_of(sentence);
    let asks = rules.lexicon.asks.all(&tokens, &rules.vocabulary, 0..tokens.len());
    let leads = |row: &AskRule| row.leading;
    let open = asks.iter().any(|(row, hit)| !leads(&row.meaning) || hit.range.start == 0);
    open || doc.reading.words(sentence).trim_end().ends_with(['?', '？'])
}

/// What a text takes back; nothing where it only says that something may not, or not yet, be so.
fn negated(text: &str, tokens: &Tokens, apart: &[Span], rules: &Rules) -> Option<BTreeSet<Term>> {
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
        let (senses, words) = senses::split(text, tokens, at + 1..end, apart, rules);
        found.extend(senses.into_iter().chain(words));
    }
    Some(found)
}
