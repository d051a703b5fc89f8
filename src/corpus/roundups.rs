//! Articles about several incidents: each passage goes to the incident it tells of.
//!
//! In: groups of whole articles, round-ups by themselves. Out: for each group what is told of it: its articles,
//! without what round-ups tell of others, and passages of round-ups. What holds: a passage moves only where it tells
//! who did what to whom and the articles of another incident lead with that, within days; what moves counts there
//! alone; an article about one incident stays whole, background and all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::doc::Doc;
use super::houses::{House, named_houses};
use super::identity::Identities;
use super::judged::Group;
use super::parallel;
use super::sketch::{Deed, Sketch};
use crate::model::article::BlockKind;
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::text::{Evidence, Span};
use crate::rules::{Rules, Thresholds};

/// Fewest headings by which a text is parted, and not by paragraphs.
const HEADINGS_MIN: usize = 2;
/// Most passages of an article that go elsewhere, and most deeds it is judged by.
const PASSAGES_MAX: usize = 200;
const DEEDS_MAX: usize = 200;

/// An article, and what of it is told of an incident.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Source {
    reading: Arc<Reading>,
    part: Portion,
}

/// What of an article is told of an incident.
#[derive(Debug, Clone, PartialEq)]
enum Portion {
    /// All of it.
    Whole,
    /// What is left beside passages that tell of others.
    Beside(Vec<Span>),
    /// Passages.
    Only(Vec<Span>),
}

impl Source {
    /// The article.
    pub(super) fn reading(&self) -> &Reading {
        &self.reading
    }
}

/// A passage of a round-up, in one piece.
struct Passage<'r> {
    of: &'r Arc<Reading>,
    reading: Reading,
    spans: Vec<Span>,
}

/// What articles tell of one incident.
pub(super) struct Told<'r> {
    /// The articles that belong to it.
    pub group: Group,
    whole: Vec<&'r Arc<Reading>>,
    /// What is left of articles of which passages tell of others, and those passages.
    rests: BTreeMap<CaptureId, (Reading, Vec<Span>)>,
    /// What other groups' articles tell of it, each in one piece, and where.
    passages: Vec<Passage<'r>>,
}

impl Told<'_> {
    /// What is told of it, oldest first.
    pub(super) fn docs(&self, identities: &Identities, rules: &Rules) -> Vec<Doc<'_>> {
        let rest = |reading| self.rests.get(&id(reading)).map_or(reading, |(rest, _)| rest);
        let whole = self.whole.iter().map(|reading| Doc::of(rest(reading), identities, rules));
        let passages = self.passages.iter().map(|passage| Doc {
            passages: passage.spans.clone(),
            ..Doc::of(&passage.reading, identities, rules)
        });
        let mut docs: Vec<Doc<'_>> = whole.chain(passages).collect();
        // Articles are in order among themselves.
        docs.sort_by_key(|doc| doc.day);
        docs
    }

    /// What it is told by.
    pub(super) fn sources(&self) -> Vec<Source> {
        let whole = self.whole.iter().map(|reading| {
            let moved = self.rests.get(&id(reading));
            let part = moved.map_or(Portion::Whole, |(_, moved)| Portion::Beside(moved.clone()));
            Source { reading: (*reading).clone(), part }
        });
        let passages = self.passages.iter().map(|passage| Source {
            reading: passage.of.clone(),
            part: Portion::Only(passage.spans.clone()),
        });
        whole.chain(passages).collect()
    }

    /// The first of its articles.
    pub(super) fn first(&self) -> Option<CaptureId> {
        self.whole.first().map(|reading| id(reading))
    }

    /// What its articles tell of other incidents.
    pub(super) fn elsewhere(&self) -> Vec<Evidence> {
        let moved = self.rests.iter().flat_map(|(capture, (_, passages))| {
            passages.iter().map(|span| Evidence { capture: *capture, span: *span })
        });
        moved.collect()
    }
}

/// Whether an article is about several incidents: it tells deeds between parties that have nothing to do with each
/// other, none of them most of the time, and its headline names nobody, or parties of several.
pub(super) fn is_roundup(reading: &Reading, rules: &Rules) -> bool {
    let t = &rules.thresholds;
    // What a page without a headline is about, nobody says.
    if reading.title_end() == 0 {
        return false;
    }
    let told = reading.acts.iter().filter_map(|act| Deed::of(act, reading, rules));
    let told: Vec<Deed> = told.filter(Deed::is_whole).take(DEEDS_MAX).collect();
    // Parties that deeds tie together, and how many of the deeds are between them.
    let mut matters: Vec<(BTreeSet<House>, usize)> = Vec::new();
    for deed in &told {
        let parties: BTreeSet<House> = deed.parties().collect();
        let (joined, apart): (Vec<_>, Vec<_>) =
            matters.into_iter().partition(|(matter, _)| !matter.is_disjoint(&parties));
        matters = apart;
        let deeds = 1 + joined.iter().map(|(_, deeds)| deeds).sum::<usize>();
        matters.push((joined.into_iter().flat_map(|(m, _)| m).chain(parties).collect(), deeds));
    }
    let most = matters.iter().map(|(_, deeds)| *deeds).max().unwrap_or(0);
    if (matters.len() as f64) < t.roundup_matters
        || most as f64 > t.roundup_share * told.len() as f64
    {
        return false;
    }
    let named = houses(reading, Span::new(0, reading.title_end()), rules);
    matters.iter().filter(|(matter, _)| !matter.is_disjoint(&named)).count() != 1
}

/// Parts round-ups by passage. An article that an editor placed is not parted.
pub(super) fn part<'r>(
    groups: Vec<Group>,
    sketches: &[&Arc<Sketch>],
    readings: &'r BTreeMap<CaptureId, Arc<Reading>>,
    rules: &Rules,
) -> Vec<Told<'r>> {
    let leads = Leads::of(&groups, sketches);
    let mut told: Vec<Told<'_>> = Vec::with_capacity(groups.len());
    let mut roundups: Vec<(usize, &Arc<Reading>)> = Vec::new();
    for (at, group) in groups.into_iter().enumerate() {
        let members = || group.members.iter().filter_map(|at| sketches.get(*at).copied());
        let parted = members().filter(|sketch| sketch.roundup && group.pin.is_none());
        roundups.extend(parted.filter_map(|sketch| Some((at, readings.get(&sketch.id)?))));
        let whole = members().filter_map(|sketch| readings.get(&sketch.id)).collect();
        told.push(Told { group, whole, rests: BTreeMap::new(), passages: Vec::new() });
    }
    let parted = parallel::map(&roundups, |(_, reading)| parted(reading, &leads, rules));
    for ((home, reading), parted) in roundups.iter().zip(parted) {
        let Some(Parted { rest, moved, pieces }) = parted else { continue };
        if let Some(told) = told.get_mut(*home) {
            told.rests.insert(id(reading), (rest, moved));
        }
        for (to, part, spans) in pieces {
            if let Some(told) = told.get_mut(to) {
                told.passages.push(Passage { of: reading, reading: part, spans });
            }
        }
    }
    // What only told of others is no incident itself.
    told.retain(|told| {
        let tells = |rest: &Reading| {
            let deeds = !deeds(rest, |_| true, rules).is_empty();
            deeds || !rest.claims.is_empty() || !rest.asks.is_empty()
        };
        told.whole.iter().any(|r| told.rests.get(&id(r)).is_none_or(|(rest, _)| tells(rest)))
    });
    told
}

/// A round-up parted by incident.
struct Parted {
    /// What is left of it.
    rest: Reading,
    /// What goes elsewhere.
    moved: Vec<Span>,
    /// To which group what goes, and where it stands.
    pieces: Vec<(usize, Reading, Vec<Span>)>,
}

/// Parts a round-up; nothing where all of it stays.
fn parted(reading: &Reading, leads: &Leads, rules: &Rules) -> Option<Parted> {
    let moves = moves(reading, leads, rules);
    let moved: Vec<Span> = moves.iter().map(|(_, passage)| *passage).collect();
    let mut to: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for (home, passage) in moves {
        to.entry(home).or_default().push(passage);
    }
    let part = |passages: &[Span]| weighed(reading.part(passages), rules);
    let pieces = to.into_iter().map(|(home, passages)| (home, part(&passages), passages));
    let pieces = pieces.collect();
    if moved.is_empty() {
        return None;
    }
    Some(Parted { rest: part(&besides(reading, &moved)), moved, pieces })
}

fn id(reading: &Reading) -> CaptureId {
    reading.article.capture
}

/// What articles lead with: who did what to whom, in which group, when.
struct Leads(BTreeMap<Deed, Vec<(usize, NaiveDate)>>);

impl Leads {
    fn of(groups: &[Group], sketches: &[&Arc<Sketch>]) -> Self {
        let mut leads: BTreeMap<Deed, Vec<_>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            let members = group.members.iter().filter_map(|of| sketches.get(*of));
            for sketch in members.filter(|sketch| !sketch.roundup) {
                for deed in sketch.deeds.iter().filter(|deed| deed.is_whole()) {
                    leads.entry(*deed).or_default().push((at, sketch.day));
                }
            }
        }
        Self(leads)
    }

    /// The one group whose articles lead with the deeds, those nearest in time.
    fn home(&self, deeds: &BTreeSet<Deed>, day: NaiveDate, t: &Thresholds) -> Option<usize> {
        let nearest = |deed: &Deed| {
            let told = self.0.get(deed)?.iter();
            let near = told.map(|(at, on)| ((*on - day).num_days().abs(), *at));
            near.filter(|(days, _)| (*days as f64) <= t.one_matter_days).min()
        };
        let homes: BTreeSet<usize> = deeds.iter().filter_map(nearest).map(|(_, at)| at).collect();
        homes.first().copied().filter(|_| homes.len() == 1)
    }
}

/// Which passages of a round-up tell of which groups' incidents.
fn moves(reading: &Reading, leads: &Leads, rules: &Rules) -> Vec<(usize, Span)> {
    let (headed, passages) = passages(reading);
    let day = reading.article.day();
    let mut homes: Vec<(Option<usize>, Span)> = Vec::new();
    let mut named: BTreeSet<House> = BTreeSet::new();
    for passage in passages {
        let told = deeds(reading, |span| passage.holds(span), rules);
        let houses = houses(reading, passage, rules);
        match homes.last_mut() {
            // A paragraph that brings in nobody goes on with what the one before tells.
            Some((_, span)) if !headed && told.is_empty() && houses.is_subset(&named) => {
                *span = span.join(passage);
            }
            _ => {
                homes.push((leads.home(&told, day, &rules.thresholds), passage));
                named = houses;
            }
        }
    }
    homes.into_iter().filter_map(|(home, span)| Some((home?, span))).take(PASSAGES_MAX).collect()
}

/// The passages of an article, and whether they are those under its headings; else they are its paragraphs.
fn passages(reading: &Reading) -> (bool, Vec<Span>) {
    let article = &reading.article;
    let headings = article.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    let headed = headings.count() >= HEADINGS_MIN;
    let mut passages: Vec<Span> = Vec::new();
    for block in article.main_blocks() {
        match passages.last_mut() {
            Some(last) if headed && block.kind != BlockKind::Heading => {
                *last = last.join(block.span);
            }
            _ => passages.push(block.span),
        }
    }
    (headed, passages)
}

/// Deeds told where it matters, both sides of them known.
fn deeds(reading: &Reading, there: impl Fn(Span) -> bool, rules: &Rules) -> BTreeSet<Deed> {
    let told = reading.acts.iter().filter(|act| there(act.span));
    told.filter_map(|act| Deed::of(act, reading, rules)).filter(Deed::is_whole).collect()
}

/// Houses named in a passage, makers for their products.
fn houses(reading: &Reading, passage: Span, rules: &Rules) -> BTreeSet<House> {
    named_houses(reading, |span| passage.holds(span), rules).collect()
}

/// What an article holds beside passages, in order.
fn besides(reading: &Reading, passages: &[Span]) -> Vec<Span> {
    let mut rest = Vec::new();
    let mut from = 0;
    for passage in passages {
        rest.push(Span::new(from, passage.start()));
        from = passage.end();
    }
    rest.push(Span::new(from, reading.article.body.len()));
    rest
}

/// A part of a reading with the types of incident that it speaks of itself.
fn weighed(mut part: Reading, rules: &Rules) -> Reading {
    let mut sums: BTreeMap<&str, u16> = BTreeMap::new();
    for act in &part.acts {
        let Some(rule) = rules.lexicon.predicates.meaning(&act.rule) else { continue };
        if !rule.kind.is_empty() {
            let sum = sums.entry(&rule.kind).or_default();
            *sum = sum.saturating_add(rule.weight);
        }
    }
    let mut topics: Vec<(String, u16)> =
        sums.into_iter().map(|(kind, sum)| (kind.to_string(), sum)).collect();
    topics.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    part.topics = topics;
    part
}
