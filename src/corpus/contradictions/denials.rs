//! What one side asserts or alleges and the other denies.

use std::cell::LazyCell;

use super::{Accounts, Statement, once_each};
use crate::corpus::bag::Bag;
use crate::model::claim::Stance;
use crate::model::incident::Contradiction;
use crate::model::text::Span;

/// Rank of a house that contradicts itself, among likenesses.
const CHANGED: f64 = 0.5;
/// Fewest terms of a content that can stand alone.
const TERMS_MIN: usize = 4;
/// Sentences behind a denial in which a house goes on.
const NEAR_SENTENCES: usize = 2;
/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 4;

/// Pairs of an allegation and its denial in different articles.
///
/// In one language the words must be alike; across languages the denial must come from the house
/// the allegation is aimed at.
pub(super) fn of_allegations(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut scored: Vec<(f64, Contradiction)> = Vec::new();
    for denied in accounts.said.iter().filter(|s| s.claim.stance == Stance::Denies) {
        let counter = LazyCell::new(|| countering(accounts, denied));
        for other in accounts.said {
            let holds =
                matches!(other.claim.stance, Stance::Alleges | Stance::Asserts | Stance::Confirms);
            if !holds || other.doc == denied.doc {
                continue;
            }
            if other.who == denied.who {
                scored.extend(changed(accounts, denied, other));
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
            let needed = match () {
                () if aimed && alleged && (foreign || denied.named) => 0.0,
                () if aimed => accounts.rules.thresholds.denied_point,
                () => accounts.rules.thresholds.denied_words,
            };
            if !matter || likeness < needed {
                continue;
            }
            let pair = accounts.between(
                (other.doc, telling(accounts, other)),
                (denied.doc, *counter),
                format!("{} denies what {} says", denied.who.name, other.who.name),
                "denial",
            );
            scored.extend(pair.map(|c| (likeness + if aimed { 0.1 } else { 0.0 }, c)));
        }
    }
    // One denial answers one allegation, and an allegation is shown with its best denial.
    once_each(scored, SHOWN_MAX)
}

/// The content, or the sentence where the content says too little ("the allegations").
fn telling(accounts: &Accounts<'_, '_>, statement: &Statement<'_>) -> Span {
    let content = statement.claim.content;
    let words = accounts.doc(statement.doc).map_or("", |doc| doc.reading.words(content));
    match Bag::of(words, accounts.rules).len() < TERMS_MIN {
        true => statement.claim.sentence,
        false => content,
    }
}

/// What a denial says: where its content says too little, what the house holds against it right there, or right
/// behind.
fn countering(accounts: &Accounts<'_, '_>, denied: &Statement<'_>) -> Span {
    let told = telling(accounts, denied);
    if told == denied.claim.content {
        return told;
    }
    let Some(doc) = accounts.doc(denied.doc) else { return told };
    let reading = doc.reading;
    let block = reading.article.block_of(told).map(|block| block.span);
    let near = |span: Span| {
        let sentences = &reading.sentences;
        let place = |at: usize| sentences.partition_point(|sentence| sentence.start() <= at);
        span.start() >= denied.claim.content.end()
            && block.is_some_and(|block| block.holds(span))
            && place(span.start()) - place(told.start()) <= NEAR_SENTENCES
    };
    let says = |said: &&Statement<'_>| {
        let claim = said.claim;
        let speaks = matches!(claim.stance, Stance::Asserts | Stance::Denies);
        said.doc == denied.doc
            && said.who == denied.who
            && speaks
            && claim.id != denied.claim.id
            && near(claim.content)
            && telling(accounts, said) == claim.content
    };
    let counter = accounts.said.iter().filter(says).min_by_key(|said| said.claim.content.start());
    counter.map_or(told, |said| said.claim.content)
}

/// A house that first denies and later admits, or the other way round, on one matter.
fn changed(
    accounts: &Accounts<'_, '_>,
    denied: &Statement<'_>,
    other: &Statement<'_>,
) -> Option<(f64, Contradiction)> {
    let confirms = other.claim.stance == Stance::Confirms;
    let matter = other.matters.intersection(&denied.matters).next().is_some();
    let bag = |said: &Statement<'_>| Bag::of(accounts.said_words(said), accounts.rules);
    let (a, b) = (accounts.doc(denied.doc)?, accounts.doc(other.doc)?);
    let foreign = a.reading.article.language != b.reading.article.language;
    // Who denies "the charge" and admits something else contradicts nothing.
    let alike = foreign || bag(denied).dice(&bag(other)) >= accounts.rules.thresholds.same_point;
    if !confirms || !matter || !alike || bag(denied).len() < TERMS_MIN {
        return None;
    }
    let pair = accounts.between(
        (denied.doc, denied.claim.content),
        (other.doc, other.claim.content),
        format!("{} denies, and confirms", denied.who.name),
        "changed-account",
    );
    pair.map(|c| (CHANGED, c))
}
