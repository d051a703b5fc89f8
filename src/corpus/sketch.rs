//! What comparing a whole corpus needs of one article, small enough to keep for all of them.
//!
//! In: a reading. Out: its words, its names with months and deeds, and who did what in its lead. What
//! holds: a function of the reading and the rules alone, so that it is remembered beside the reading.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::bag::{Bag, Term, hash, term, terms};
use super::roundups::is_roundup;
use crate::model::article::BlockKind;
use crate::model::claim::Act;
use crate::model::edtf::Precision;
use crate::model::entity::{EntityId, EntityKind, EntityRole, Name, NameIx};
use crate::model::reading::Reading;
use crate::model::source::{CaptureId, Language};
use crate::model::text::Span;
use crate::rules::{Rules, Tokens, fold};

/// How often a word of the headline counts.
const TITLE_COUNT: f32 = 2.0;
/// Weight of a predicate from which its act can be what an incident is about.
const MAIN_WEIGHT: u16 = 5;
/// Most deeds kept.
const DEEDS_MAX: usize = 12;

/// An article as comparisons see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sketch {
    pub(super) id: CaptureId,
    pub(super) relevance: u16,
    /// Day of publication, or of capture.
    pub(super) day: NaiveDate,
    /// Whether the page itself says so.
    dated: bool,
    pub(super) language: Language,
    /// Hash of the text: orders articles of one day alike wherever they lie.
    pub(super) print: u64,
    pub(super) words: Bag,
    /// Words of names, parties, months and predicates.
    pub(super) names: Bag,
    /// The type of incident it speaks of most.
    main: Option<Term>,
    /// What is done in headline and lead.
    pub(super) deeds: BTreeSet<Deed>,
    /// Houses in the headline or in deeds.
    houses: BTreeSet<House>,
    /// Whether it is about several incidents.
    pub(super) roundup: bool,
}

/// Who did what to whom, at the level of houses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Deed {
    /// The type of incident it speaks for.
    pub kind: Term,
    actor: Option<House>,
    target: Option<House>,
}

/// A house by its key and by the first word of its name, which shorter forms keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct House {
    key: Term,
    head: Term,
    /// Whether the registry knows it, with its names in every script.
    known: bool,
}

impl Sketch {
    /// Sketches an article.
    pub fn of(reading: &Reading, rules: &Rules) -> Self {
        let article = &reading.article;
        let text = article.text();
        let deeds = deeds(reading, rules);
        let title = terms(article.title().unwrap_or(""), rules);
        let words = title.into_iter().map(|term| (term, TITLE_COUNT));
        Self {
            id: article.capture,
            relevance: reading.relevance,
            day: article.published.map_or(article.fetched.date_naive(), |p| p.day),
            dated: article.published.is_some(),
            language: article.language.clone(),
            print: hash(&text),
            words: Bag::counted(words.chain(terms(&text, rules).into_iter().map(|t| (t, 1.0)))),
            names: names(reading, rules),
            main: reading.topics.first().map(|(kind, _)| term(kind)),
            houses: houses(reading, &deeds, rules),
            deeds,
            roundup: is_roundup(reading, rules),
        }
    }

    /// Days between two articles that both say when they were published.
    pub(super) fn days_from(&self, other: &Sketch) -> Option<f64> {
        let days = (self.day - other.day).num_days().abs() as f64;
        (self.dated && other.dated).then_some(days)
    }

    /// Whether another article nowhere names a house of this one. What an unknown house is called in
    /// another language cannot be said.
    fn is_missed_by(&self, house: House, other: &Sketch) -> bool {
        let named = other.names.holds(house.key) || other.names.holds(house.head);
        !named && (house.known || self.language == other.language)
    }

    /// Whether its headline or its deeds tell of a house that the other article nowhere names.
    pub(super) fn tells_of_others_than(&self, other: &Sketch) -> bool {
        self.houses.iter().any(|house| self.is_missed_by(*house, other))
    }

    /// Whether its lead tells a deed of the type that the other article speaks of most.
    pub(super) fn shares_matter_of(&self, other: &Sketch) -> bool {
        self.deeds.iter().any(|deed| Some(deed.kind) == other.main)
    }

    /// Whether both tell one deed with one party in common, and another that only one of them names:
    /// "The board bans Orison", "The board bans Veltrane".
    pub(super) fn is_twin_of(&self, other: &Sketch) -> bool {
        let foreign = |one: Option<House>, two: Option<House>| match (one, two) {
            (Some(one), Some(two)) => {
                self.is_missed_by(one, other) && other.is_missed_by(two, self)
            }
            _ => false,
        };
        let pairs = self.deeds.iter().flat_map(|x| other.deeds.iter().map(move |y| (x, y)));
        let mut told = pairs.filter(|(x, y)| x.kind == y.kind);
        told.any(|(x, y)| {
            x.actor.is_some() && x.actor == y.actor && foreign(x.target, y.target)
                || x.target.is_some() && x.target == y.target && foreign(x.actor, y.actor)
        })
    }

    /// The same for the parties of deeds that both articles tell.
    pub(super) fn tells_of_others_in(&self, other: &Sketch) -> bool {
        let told = |deed: &&Deed| other.deeds.iter().any(|theirs| theirs.kind == deed.kind);
        self.deeds
            .iter()
            .filter(told)
            .flat_map(Deed::parties)
            .any(|house| self.is_missed_by(house, other))
    }
}

/// Names by word and by party, months, and predicates.
fn names(reading: &Reading, rules: &Rules) -> Bag {
    let mut found: Vec<(Term, f32)> = Vec::new();
    let mut surfaces: BTreeSet<(NameIx, &str)> = BTreeSet::new();
    for mention in &reading.mentions {
        let Some(name) = reading.name(mention.name) else { continue };
        if carries(name, rules) {
            continue;
        }
        let letters = reading.words(mention.span);
        if surfaces.insert((mention.name, letters)) {
            found.extend(words_of(letters, rules).into_iter().map(|word| (word, 1.0)));
        }
        let own = party(name);
        let maker = house(name, rules).map(|house| house.key).filter(|maker| *maker != own);
        found.extend(maker.into_iter().chain([own]).map(|who| (who, 1.0)));
    }
    for date in reading.dates.iter().filter(|date| date.value.precision() <= Precision::Month) {
        let day = date.value.sort_day();
        found.push((term(&format!("@{:04}-{:02}", day.year(), day.month())), 1.0));
    }
    for act in &reading.acts {
        found.push((term(&format!("!{}", act.predicate.as_str())), 1.0));
    }
    Bag::counted(found.into_iter())
}

/// Outlets, agencies and platforms carry what others say: they tell nothing about an incident.
fn carries(name: &Name, rules: &Rules) -> bool {
    let entity = name.id.as_ref().and_then(|id| rules.registry.get(id));
    name.reports || entity.is_some_and(|entity| entity.is(EntityRole::Platform))
}

/// The words of a name, each as a term of its own.
fn words_of(letters: &str, rules: &Rules) -> Vec<Term> {
    let tokens = Tokens::of(letters, &rules.vocabulary);
    let mut folded = String::new();
    let words = (0..tokens.len()).filter(|at| tokens.at(*at).is_wordlike());
    words
        .map(|at| {
            fold(tokens.at(at).span().of(letters), &mut folded);
            term(&format!("~{folded}"))
        })
        .collect()
}

fn party(name: &Name) -> Term {
    match &name.id {
        Some(id) => key(id),
        None => term(&format!("#{}", name.name.to_lowercase())),
    }
}

fn key(id: &EntityId) -> Term {
    term(&format!("#{}", id.as_str()))
}

/// The party itself, or the maker of a product.
fn house(name: &Name, rules: &Rules) -> Option<House> {
    let head = |letters: &str| words_of(letters, rules).first().copied();
    if name.kind != EntityKind::Product {
        return Some(House { key: party(name), head: head(&name.name)?, known: name.id.is_some() });
    }
    let mut owner = name.owner.clone();
    for _ in 0..4 {
        let entity = rules.registry.get(owner.as_ref()?)?;
        if entity.kind != EntityKind::Product {
            let (key, head) = (key(&entity.id), head(&entity.name)?);
            return Some(House { key, head, known: true });
        }
        owner = entity.owner.clone();
    }
    None
}

fn deeds(reading: &Reading, rules: &Rules) -> BTreeSet<Deed> {
    let lead = lead_end(reading);
    let told = reading.acts.iter().filter(|act| act.span.start() < lead);
    told.filter_map(|act| Deed::of(act, reading, rules)).take(DEEDS_MAX).collect()
}

impl Deed {
    /// What an act that an incident can be about comes down to.
    pub(super) fn of(act: &Act, reading: &Reading, rules: &Rules) -> Option<Self> {
        let rule = rules.lexicon.predicates.meaning(&act.rule)?;
        let main = !rule.kind.is_empty() && rule.closing.is_none() && rule.weight >= MAIN_WEIGHT;
        let of = |index: Option<NameIx>| {
            let name = reading.name(index?)?;
            (name.kind != EntityKind::Person && name.kind != EntityKind::Place)
                .then(|| house(name, rules))?
        };
        let deed = || Self { kind: term(&rule.kind), actor: of(act.actor), target: of(act.target) };
        (main && !act.negated).then(deed)
    }

    /// Who did it and to whom, as far as it is known.
    pub(super) fn parties(&self) -> impl Iterator<Item = House> {
        [self.actor, self.target].into_iter().flatten()
    }

    /// Whether both who did it and to whom are known.
    pub(super) fn is_whole(&self) -> bool {
        self.actor.is_some() && self.target.is_some()
    }
}

/// Organisations and authorities of the headline, makers for their products, and those of deeds.
fn houses(reading: &Reading, deeds: &BTreeSet<Deed>, rules: &Rules) -> BTreeSet<House> {
    let title = reading.title_end();
    let acted = deeds.iter().flat_map(Deed::parties);
    named_houses(reading, |span| span.end() <= title, rules).chain(acted).collect()
}

/// Organisations and authorities named in a part of an article, makers for their products.
pub(super) fn named_houses<'r>(
    reading: &'r Reading,
    there: impl Fn(Span) -> bool + 'r,
    rules: &'r Rules,
) -> impl Iterator<Item = House> + 'r {
    let acting = |kind| {
        matches!(kind, EntityKind::Organization | EntityKind::Government | EntityKind::Product)
    };
    let named = reading.mentions.iter().filter(move |mention| there(mention.span));
    let named = named.filter_map(|mention| reading.name(mention.name));
    let named = named.filter(move |name| acting(name.kind) && !carries(name, rules));
    named.filter_map(|name| house(name, rules))
}

/// Where headline and first paragraphs of an article end.
pub(super) fn lead_end(reading: &Reading) -> usize {
    let told = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::ListItem);
    let mut blocks = reading.article.blocks.iter().filter(|block| told(block.kind));
    blocks.nth(2).map_or(usize::MAX, |block| block.span.end())
}
