//! Where accounts of one incident cannot both hold.
//!
//! In: the readings of one incident and its timeline. Out: pairs of exact words on one point. What
//! holds: a later development does not contradict an earlier state; a silence and a statement
//! contradict each other only on the same matter; two accounts are never merged or averaged.

mod alike;
mod corrections;
mod counts;
mod dates;
mod denials;
mod firsts;
mod negations;
mod numbers;
pub(super) mod sides;
mod silence;
mod standing;
mod sums;
mod tellings;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::doc::Doc;
use super::statement::Statement;
use crate::model::claim::Claim;
use crate::model::incident::{Contradiction, Entry};
use crate::model::standing::Outcome;
use crate::model::standing::Standing;
use crate::model::text::{Evidence, Span};
use crate::rules::Rules;

/// Most contradictions shown for one incident.
const SHOWN_MAX: usize = 24;

/// What the detectors look at.
pub(super) struct Accounts<'c, 'a> {
    pub docs: &'c [&'c Doc<'a>],
    pub timeline: &'c [Entry],
    /// Types of the incident, the main one first.
    pub types: &'c [String],
    pub said: &'c [Statement<'a>],
    /// The first day of the main act.
    pub opened: NaiveDate,
    pub rules: &'c Rules,
}

/// Finds the contradictions of an incident.
pub(super) fn find(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    found.extend(dates::differing(accounts));
    found.extend(values::differing(accounts));
    found.extend(sides::opposed(accounts));
    found.extend(corrections::called_wrong(accounts));
    found.extend(counts::differing(accounts));
    found.extend(firsts::claimed(accounts));
    found.extend(denials::of_allegations(accounts));
    let told = tellings::all(accounts);
    found.extend(negations::of_tellings(accounts, &told));
    found.extend(alike::differing(accounts, &told));
    // What is told of the matter goes before who has answered whom.
    found.extend(silence::and_speech(accounts));
    // A copy repeats the words of its original: once is enough.
    let mut seen = BTreeSet::new();
    found.retain(|c| {
        let (a, b) = (accounts.words(c.a), accounts.words(c.b));
        seen.insert((a.min(b), a.max(b)))
    });
    // What two sentences differ on is told once, by the rule that says it most exactly.
    let mut told: Vec<(Evidence, Evidence)> = Vec::new();
    let meet = |x: Evidence, y: Evidence| x.capture == y.capture && x.span.meets(y.span);
    found.retain(|c| {
        let known = told
            .iter()
            .any(|(a, b)| meet(c.a, *a) && meet(c.b, *b) || meet(c.a, *b) && meet(c.b, *a));
        told.push((c.a, c.b));
        !known
    });
    found.truncate(SHOWN_MAX);
    for pair in &mut found {
        pair.standing = standing::of(pair, accounts);
    }
    // What is open goes before what is explained.
    found.sort_by_key(|pair| pair.standing.outcome != Outcome::Open);
    found
}

impl<'a> Accounts<'_, 'a> {
    fn doc(&self, index: usize) -> Option<&Doc<'a>> {
        self.docs.get(index).copied()
    }

    fn doc_of(&self, place: Evidence) -> Option<&Doc<'a>> {
        self.docs.iter().find(|doc| doc.id == place.capture).copied()
    }

    /// Where a statement stands: its content.
    fn place(&self, said: &Statement<'_>) -> Option<Evidence> {
        Some(Evidence { capture: self.doc(said.doc)?.id, span: said.claim.content })
    }

    fn said_words(&self, said: &Statement<'a>) -> &'a str {
        self.doc(said.doc).map_or("", |doc| doc.reading.words(said.claim.content))
    }

    fn words(&self, place: Evidence) -> &'a str {
        self.doc_of(place).map_or("", |doc| doc.reading.words(place.span))
    }

    fn main(&self) -> &str {
        self.types.first().map_or("", String::as_str)
    }

    /// A contradiction between words of two articles.
    fn between(
        &self,
        a: (usize, Span),
        b: (usize, Span),
        topic: String,
        rule: &str,
    ) -> Option<Contradiction> {
        let place =
            |(doc, span): (usize, Span)| Some(Evidence { capture: self.doc(doc)?.id, span });
        Some(Contradiction {
            topic,
            a: place(a)?,
            b: place(b)?,
            rule: rule.into(),
            standing: Standing::default(),
        })
    }
}

/// The statement that holds a span, the shortest of several.
fn said_around<'d>(doc: &'d Doc<'_>, span: Span) -> Option<&'d Claim> {
    let claims = doc.reading.claims.iter().filter(|claim| claim.content.holds(span));
    claims.min_by_key(|claim| claim.content.len())
}

/// Keeps of scored finds the best, each side of a pair once.
fn once_each(scored: Vec<(f64, Contradiction)>, most: usize) -> Vec<Contradiction> {
    let pairs = best(scored, usize::MAX, |c| (c.rule.clone(), c.b));
    let mut shown = BTreeSet::new();
    pairs.into_iter().filter(|c| shown.insert((c.rule.clone(), c.a))).take(most).collect()
}

/// Keeps of pairs as many of a point as it may have.
fn few_of_a_point(
    pairs: Vec<Contradiction>,
    most: impl Fn(&str) -> usize,
) -> impl Iterator<Item = Contradiction> {
    let mut points: BTreeMap<String, usize> = BTreeMap::new();
    pairs.into_iter().filter(move |c| {
        let shown = points.entry(c.topic.clone()).or_default();
        *shown += 1;
        *shown <= most(&c.topic)
    })
}

/// Keeps of scored finds the best, in a fixed order.
fn best<K: Ord>(
    mut scored: Vec<(f64, Contradiction)>,
    most: usize,
    key: impl Fn(&Contradiction) -> K,
) -> Vec<Contradiction> {
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.a.cmp(&y.1.a)).then(x.1.b.cmp(&y.1.b)));
    let mut seen = BTreeSet::new();
    let kept = scored.into_iter().map(|(_, c)| c).filter(|c| seen.insert(key(c)));
    kept.take(most).collect()
}
