//! What the parties themselves say: on which matters, and when.
//!
//! In: the claims of an incident's articles. Out: statements by house. What holds: a person or
//! spokesperson speaks for the house the text or the registry ties them to; "the feature" or "the
//! claim" takes its matter from the sentences before.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::doc::Doc;
use super::topic;
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::edtf::Precision;
use crate::model::entity::{EntityKind, Who};
use crate::rules::Rules;

/// A claim of a house of an incident.
pub(super) struct Statement<'a> {
    /// Index of the article.
    pub doc: usize,
    pub claim: &'a Claim,
    /// The house that speaks.
    pub who: Who,
    /// Whether under its own name.
    pub named: bool,
    /// Types of incident it bears on.
    pub matters: BTreeSet<String>,
    /// The day it was made: as the sentence dates it, else the day of the article.
    pub on: NaiveDate,
}

/// All statements of the articles, in their order; `main` is the incident's first type.
pub(super) fn all<'a>(docs: &[&Doc<'a>], main: &str, rules: &Rules) -> Vec<Statement<'a>> {
    let mut all = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        for claim in &doc.reading.claims {
            let Some((who, named)) = house(doc, claim) else { continue };
            let matters = matters(doc, claim, main, rules);
            all.push(Statement { doc: index, claim, who, named, matters, on: day(doc, claim) });
        }
    }
    all
}

/// The house that speaks, and whether under its own name.
pub(super) fn house(doc: &Doc<'_>, claim: &Claim) -> Option<(Who, bool)> {
    match claim.speaker {
        Speaker::Named(name) => {
            let who = doc.who(name)?.clone();
            let owner = doc.reading.name(name)?.owner.clone();
            match owner {
                // A person speaks for the house the registry knows them by, else for that of the article.
                Some(id) if who.kind == EntityKind::Person => {
                    let house = doc.who.iter().find(|w| w.id.as_ref() == Some(&id)).cloned();
                    Some((house.unwrap_or(who), true))
                }
                _ => {
                    let house = doc.reading.name(name)?.house.and_then(|house| doc.who(house));
                    Some((house.cloned().unwrap_or(who), true))
                }
            }
        }
        Speaker::Anonymous(_, Some(house)) | Speaker::Document(_, Some(house)) => {
            doc.who(house).cloned().map(|who| (who, false))
        }
        _ => None,
    }
}

/// Who speaks, as their words name them: a person, not their house; somebody unnamed as described.
pub(super) fn voice(doc: &Doc<'_>, claim: &Claim) -> Option<Who> {
    match claim.speaker {
        Speaker::Named(name) | Speaker::Outlet(name) => doc.who(name).cloned(),
        Speaker::Anonymous(words, _) | Speaker::Document(words, _) => {
            let name = doc.reading.words(words).to_string();
            Some(Who { id: None, name, kind: EntityKind::Person })
        }
        Speaker::Here => None,
    }
}

/// A silence is on what its own words name, else on the paragraph's matter and the main one; speech
/// is on what it can refer to.
fn matters(doc: &Doc<'_>, claim: &Claim, main: &str, rules: &Rules) -> BTreeSet<String> {
    let own = topic::of_words(doc, claim.sentence, rules);
    let silent = matches!(claim.stance, Stance::Silent | Stance::Declines);
    let mut matters = match () {
        () if silent && !own.is_empty() => return own,
        () if silent => topic::of(doc, claim.content, rules),
        () => topic::around(doc, claim.sentence, rules),
    };
    // The main matter is named everywhere: words of their own on another are not on it.
    if !silent && !own.is_empty() && !own.contains(main) {
        matters.remove(main);
    }
    if (silent || matters.is_empty()) && !main.is_empty() {
        matters.insert(main.to_string());
    }
    matters
}

fn day(doc: &Doc<'_>, claim: &Claim) -> NaiveDate {
    let dated = doc
        .reading
        .dates
        .iter()
        .filter(|date| claim.sentence.holds(date.span) && !claim.content.holds(date.span))
        .filter(|date| date.value.precision() == Precision::Day)
        .map(|date| date.value.sort_day())
        .filter(|day| *day <= doc.day)
        .max();
    dated.unwrap_or(doc.day)
}
