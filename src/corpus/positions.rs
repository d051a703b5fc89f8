//! What each speaker holds, once, however many articles tell it.
//!
//! In: the claims of an incident's articles. Out: positions with all their tellings. What holds: one
//! position has one speaker and one stance; two unnamed speakers are one only where the same words
//! name them; a position counts as many independent reports as its tellings rest on.

use std::collections::{BTreeMap, BTreeSet};

use super::bag::Bag;
use super::doc::Doc;
use super::lineage::beside;
use super::topic;
use crate::model::claim::{Act, Claim, Speaker, Stance, Via};
use crate::model::entity::Who;
use crate::model::incident::{Derivation, Position};
use crate::rules::{Rules, Thresholds};

/// Fewest terms of a content that can lie in another.
const TERMS_MIN: usize = 3;

/// Bytes before a noun that opens a content: its article.
const RESUMED_BYTES_MAX: usize = 5;

/// Who speaks, for comparison across articles.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    House(Who),
    /// Somebody unnamed or a document, in words, with their house.
    Words(String, Option<Who>),
    /// An article's own voice: never the same in two articles.
    Article(usize),
}

struct Telling<'a> {
    doc: usize,
    claim: &'a Claim,
    voice: Voice,
    target: Option<Who>,
    words: Bag,
    /// Predicates within the content.
    deeds: BTreeSet<&'a str>,
    matter: Option<String>,
}

/// The positions of an incident, in the order of their first telling.
pub(super) fn find(
    docs: &[&Doc<'_>],
    lineage: &[Derivation],
    types: &[String],
    rules: &Rules,
) -> Vec<Position> {
    let mut groups: Vec<Vec<Telling<'_>>> = Vec::new();
    // Only positions of one voice and stance are compared.
    let mut places: BTreeMap<(Voice, Stance), Vec<usize>> = BTreeMap::new();
    for (index, doc) in docs.iter().enumerate() {
        for claim in &doc.reading.claims {
            let telling = telling(index, doc, claim, types, rules);
            let known = places.entry((telling.voice.clone(), claim.stance)).or_default();
            let home = known.iter().copied().find(|at| {
                groups
                    .get(*at)
                    .is_some_and(|group| group.iter().any(|t| same(t, &telling, &rules.thresholds)))
            });
            match home.and_then(|at| groups.get_mut(at)) {
                Some(group) => group.push(telling),
                None => {
                    known.push(groups.len());
                    groups.push(vec![telling]);
                }
            }
        }
    }
    groups.iter().map(|group| position(group, docs, lineage)).collect()
}

fn telling<'a>(
    index: usize,
    doc: &Doc<'a>,
    claim: &'a Claim,
    types: &[String],
    rules: &Rules,
) -> Telling<'a> {
    let reading = doc.reading;
    let who = |name| doc.who(name).cloned();
    let words = |span| reading.words(span).to_lowercase();
    let voice = match claim.speaker {
        Speaker::Named(name) | Speaker::Outlet(name) => {
            who(name).map_or(Voice::Article(index), Voice::House)
        }
        Speaker::Document(span, house) | Speaker::Anonymous(span, house) => {
            Voice::Words(words(span), house.and_then(who))
        }
        Speaker::Here => Voice::Article(index),
    };
    let matter = match claim.stance {
        Stance::Silent | Stance::Declines => {
            let matters = topic::of(doc, claim.content, rules);
            types.iter().find(|kind| matters.contains(*kind)).or(types.first())
        }
        Stance::Alleges => {
            let matters = topic::of_words(doc, claim.content, rules);
            types.iter().find(|kind| matters.contains(*kind))
        }
        _ => None,
    };
    // "The copying saves years of work": the noun points back, what is alleged is another thing.
    let resumed = |act: &&Act| act.cue.start() <= claim.content.start() + RESUMED_BYTES_MAX;
    let acts = reading.acts.iter().filter(|act| act.span.meets(claim.content));
    let acts = acts.filter(|act| !(resumed(act) && is_noun(act, rules)));
    Telling {
        doc: index,
        claim,
        voice,
        target: claim.target.and_then(who),
        words: doc.bag(claim.content, rules),
        deeds: acts.map(|act| act.predicate.as_str()).collect(),
        matter: matter.cloned(),
    }
}

/// Whether an act is told by a noun: "the copying".
fn is_noun(act: &Act, rules: &Rules) -> bool {
    rules.lexicon.predicates.meaning(&act.rule).is_some_and(|rule| rule.noun)
}

/// Whether two tellings of one voice hold the same.
fn same(a: &Telling<'_>, b: &Telling<'_>, t: &Thresholds) -> bool {
    if matches!(a.claim.stance, Stance::Silent | Stance::Declines) {
        // A silence is known by what it is about.
        return a.matter == b.matter;
    }
    let opposed = a.target.is_some() && b.target.is_some() && a.target != b.target;
    if opposed {
        return false;
    }
    let long = a.words.len().min(b.words.len()) >= TERMS_MIN;
    let alike = a.words.dice(&b.words) >= t.same_content
        || long && a.words.containment(&b.words) >= t.content_contained;
    // Two accusations of the same deed are one, in whatever words.
    let deed = a.claim.stance == Stance::Alleges
        && a.doc != b.doc
        && a.deeds.intersection(&b.deeds).next().is_some();
    alike || deed
}

fn position(group: &[Telling<'_>], docs: &[&Doc<'_>], lineage: &[Derivation]) -> Position {
    let named = |telling: &Telling<'_>| {
        let doc = docs.get(telling.doc)?;
        let mut through = telling.claim.via.iter().filter_map(|via| outlet(doc, *via));
        through.next().or_else(|| beside(doc, lineage.get(telling.doc)?, telling.claim.content))
    };
    // Where an article names the report for one telling, it has the others from there too.
    let grounds = |telling: &Telling<'_>| {
        let here = group.iter().filter(|other| other.doc == telling.doc);
        let found = named(telling).or_else(|| here.filter_map(&named).next());
        let whole = || lineage.get(telling.doc).map(|d| d.roots.clone()).unwrap_or_default();
        found.map_or_else(whole, |report| vec![report])
    };
    let mut grounded: Vec<(Vec<String>, &Telling<'_>)> =
        group.iter().map(|telling| (grounds(telling), telling)).collect();
    // What says through whom it is known speaks for the rest, what rests on a report for what names none.
    grounded.sort_by_key(|(reports, telling)| (telling.claim.via.is_empty(), reports.is_empty()));
    let roots: BTreeSet<&String> = grounded.iter().flat_map(|(reports, _)| reports).collect();
    let place = |telling: &Telling<'_>| Some((docs.get(telling.doc)?.id, telling.claim.id));
    let who = group.first().and_then(|telling| match &telling.voice {
        Voice::House(who) => Some(who.clone()),
        Voice::Words(..) | Voice::Article(_) => None,
    });
    Position {
        who,
        stance: group.first().map_or(Stance::Asserts, |t| t.claim.stance),
        target: group.iter().find_map(|t| t.target.clone()),
        matter: group.iter().find_map(|t| t.matter.clone()),
        tellings: grounded.iter().filter_map(|(_, telling)| place(telling)).collect(),
        roots: roots.len(),
    }
}

/// The outlet a claim came through: the report it rests on.
fn outlet(doc: &Doc<'_>, via: Via) -> Option<String> {
    let Via::Name(name) = via else { return None };
    let reports = doc.reading.name(name)?.reports;
    doc.who(name).filter(|_| reports).map(|who| who.name.clone())
}
