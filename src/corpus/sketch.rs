//! What comparing a whole corpus needs of one article, small enough to keep for all of them.
//!
//! In: a reading. Out: its words, its names with months and deeds, and who did what in its lead. What
//! holds: a function of the reading and the rules alone, so that it is remembered beside the reading.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::bag::{Bag, Term, hash, term, terms};
use super::houses::{House, by_term, carries, counted, house, houses, often, party, words_of};
use super::roundups::is_roundup;
use super::spelling;
use crate::model::article::BlockKind;
use crate::model::claim::{Act, Stance};
use crate::model::edtf::Precision;
use crate::model::entity::{EntityKind, Name, NameIx};
use crate::model::reading::Reading;
use crate::model::source::{CaptureId, Language};
use crate::rules::{Rules, Thresholds, is_han};

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
    /// The same as articles in another script can hold it.
    pub(super) abroad: Bag,
    /// The type of incident it speaks of most.
    main: Option<Term>,
    /// What is done in headline and lead.
    pub(super) deeds: BTreeSet<Deed>,
    /// Houses in the headline or in deeds.
    houses: BTreeSet<House>,
    /// These, and houses that it keeps coming back to.
    about: BTreeSet<House>,
    /// How often it names houses, by their keys and first words.
    named: BTreeMap<Term, u16>,
    /// How many of its claims accuse, answer, demand, or keep silent.
    pub(super) disputed: u16,
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
    /// Whether it begins something, and is no step of a case, nor what an authority decides.
    opens: bool,
}

impl Sketch {
    /// Sketches an article.
    pub fn of(reading: &Reading, rules: &Rules) -> Self {
        let article = &reading.article;
        let text = article.text();
        let deeds = deeds(reading, rules);
        let title = terms(article.title().unwrap_or(""), rules);
        let words = title.into_iter().map(|term| (term, TITLE_COUNT));
        let parties = parties(reading, rules);
        let native = words_of_names(reading, rules);
        // A name in Chinese characters stands in no article in another script.
        let latin = native.iter().filter(|((_, letters), _)| !letters.chars().any(is_han));
        let abroad = latin.flat_map(|(_, words)| words.iter().copied());
        let abroad = abroad.chain(reading.names.iter().flat_map(spelt));
        let once = |term: Term| (term, 1.0);
        let counted = counted(reading, rules);
        let houses = houses(reading, &deeds, rules);
        Self {
            id: article.capture,
            relevance: reading.relevance,
            day: article.published.map_or(article.fetched.date_naive(), |p| p.day),
            dated: article.published.is_some(),
            language: article.language.clone(),
            print: hash(&text),
            words: Bag::counted(words.chain(terms(&text, rules).into_iter().map(|t| (t, 1.0)))),
            abroad: Bag::counted(abroad.chain(parties.iter().copied()).map(once)),
            names: Bag::counted(
                native.values().flatten().copied().chain(parties.iter().copied()).map(once),
            ),
            main: reading.topics.first().map(|(kind, _)| term(kind)),
            about: houses.iter().copied().chain(often(&counted, rules)).collect(),
            houses,
            named: by_term(&counted),
            disputed: disputed(reading),
            deeds,
            roundup: is_roundup(reading, rules),
        }
    }

    /// An article of which only its terms are known.
    #[cfg(test)]
    pub(super) fn of_terms(number: u8, words: Bag, names: Bag) -> Self {
        Self {
            id: CaptureId::of(&["test", &number.to_string()]),
            relevance: 0,
            day: NaiveDate::MIN,
            dated: false,
            language: Language::En,
            print: u64::from(number),
            words,
            abroad: names.clone(),
            names,
            main: None,
            deeds: BTreeSet::new(),
            houses: BTreeSet::new(),
            about: BTreeSet::new(),
            named: BTreeMap::new(),
            disputed: 0,
            roundup: false,
        }
    }

    /// Whether it reads like a dispute of the field by itself.
    pub(super) fn is_relevant(&self, t: &Thresholds) -> bool {
        f64::from(self.relevance) >= t.relevant
    }

    /// The houses it is about: a known one by its key, another by the word that shorter forms keep.
    pub(super) fn about(&self) -> impl Iterator<Item = Term> {
        self.about.iter().map(|house| if house.known { house.key } else { house.head })
    }

    /// The houses it names more than once, by their keys and first words.
    pub(super) fn again(&self) -> impl Iterator<Item = Term> {
        self.named.iter().filter(|(_, times)| **times > 1).map(|(term, _)| *term)
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

    /// Whether it is about a house that the other article nowhere names.
    pub(super) fn tells_of_others_than(&self, other: &Sketch) -> bool {
        self.houses.iter().any(|house| self.is_missed_by(*house, other))
    }

    /// The same of a house that the other article names in passing only.
    pub(super) fn is_about_others_than(&self, other: &Sketch, t: &Thresholds) -> bool {
        let most = other.named.values().max().copied().unwrap_or(0);
        let least = t.passing_share * f64::from(most);
        self.about.iter().any(|house| {
            let times = [house.key, house.head].map(|term| other.named.get(&term).copied());
            let times = times.into_iter().flatten().max().unwrap_or(0);
            (house.known || self.language == other.language) && f64::from(times) < least
        })
    }

    /// Whether its lead tells a deed of the type that the other article speaks of most.
    pub(super) fn shares_matter_of(&self, other: &Sketch) -> bool {
        self.deeds.iter().any(|deed| Some(deed.kind) == other.main)
    }

    /// Whether its lead tells of nothing that begins a matter other than the one of an earlier article.
    pub(super) fn goes_on_with(&self, earlier: &Sketch) -> bool {
        let new = |deed: &&Deed| deed.opens && deed.is_whole() && Some(deed.kind) != earlier.main;
        !self.deeds.iter().any(|deed| new(&deed))
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

/// Words of names, as this article writes them.
fn words_of_names<'r>(
    reading: &'r Reading,
    rules: &'r Rules,
) -> BTreeMap<(NameIx, &'r str), Vec<Term>> {
    let mut words: BTreeMap<(NameIx, &str), Vec<Term>> = BTreeMap::new();
    for mention in &reading.mentions {
        let told = reading.name(mention.name).is_some_and(|name| !carries(name, rules));
        let letters = reading.words(mention.span);
        if told && !words.contains_key(&(mention.name, letters)) {
            words.insert((mention.name, letters), words_of(letters, rules));
        }
    }
    words
}

/// Parties, months, and predicates.
fn parties(reading: &Reading, rules: &Rules) -> Vec<Term> {
    let mut found: Vec<Term> = Vec::new();
    let named = reading.mentions.iter().filter_map(|mention| reading.name(mention.name));
    for name in named.filter(|name| !carries(name, rules)) {
        let own = party(name);
        let maker = house(name, rules).map(|house| house.key).filter(|maker| *maker != own);
        found.extend(maker.into_iter().chain([own]));
    }
    for date in reading.dates.iter().filter(|date| date.value.precision() <= Precision::Month) {
        let day = date.value.sort_day();
        found.push(term(&format!("@{:04}-{:02}", day.year(), day.month())));
    }
    found.extend(reading.acts.iter().map(|act| term(&format!("!{}", act.predicate.as_str()))));
    found
}

/// What a name that the registry does not know is called in both scripts: a house by its word in Latin letters, a
/// person by both words in their order.
fn spelt(name: &Name) -> Vec<Term> {
    let lower = name.name.to_lowercase();
    let words: Vec<&str> = lower.split(' ').collect();
    let words = match (name.kind, words.as_slice()) {
        _ if name.id.is_some() => Vec::new(),
        (EntityKind::Person, [one, two]) => vec![format!("^{one} {two}"), format!("^{two} {one}")],
        (EntityKind::Person, _) => {
            let words = spelling::person_words(&name.name).into_iter();
            words.map(|(surname, given)| format!("^{surname} {given}")).collect()
        }
        _ => spelling::house_words(&name.name).iter().map(|word| format!("~{word}")).collect(),
    };
    words.iter().map(|word| term(word)).collect()
}

fn disputed(reading: &Reading) -> u16 {
    use Stance::{Alleges, Confirms, Declines, Demands, Denies, Silent};
    let takes_sides =
        |stance| matches!(stance, Alleges | Confirms | Declines | Demands | Denies | Silent);
    let claims = reading.claims.iter().filter(|claim| takes_sides(claim.stance));
    u16::try_from(claims.count()).unwrap_or(u16::MAX)
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
        let deed = || Self {
            kind: term(&rule.kind),
            actor: of(act.actor),
            target: of(act.target),
            opens: !rule.official && (rule.suit || !rule.procedure),
        };
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

/// Where headline and first paragraphs of an article end.
pub(super) fn lead_end(reading: &Reading) -> usize {
    let told = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::ListItem);
    let mut blocks = reading.article.blocks.iter().filter(|block| told(block.kind));
    blocks.nth(2).map_or(usize::MAX, |block| block.span.end())
}
