//! Articles about several incidents: each passage goes to the incident it tells of.
//!
//! In: groups of whole articles, round-ups by themselves. Out: for each group what is told of it: its articles,
//! without what round-ups tell of others, and passages of round-ups. What holds: a passage moves only where it tells
//! who did what to whom and the articles of another incident lead with that, within days; what moves counts there
//! alone; an article about one incident stays whole, background and all.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::doc::Doc;
use super::identity::Identities;
use super::judged::Group;
use super::parallel;
use super::sketch::{Deed, House, Sketch, house};
use crate::model::article::BlockKind;
use crate::model::entity::{EntityKind, Name};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::text::Span;
use crate::rules::{Rules, Thresholds};

/// Fewest headings by which a text is parted, and not by paragraphs.
const HEADINGS_MIN: usize = 2;

/// What articles tell of one incident.
pub(super) struct Told<'r> {
    /// The articles that belong to it.
    pub group: Group,
    whole: Vec<&'r Reading>,
    /// What is left of articles of which passages tell of others.
    rests: BTreeMap<CaptureId, Reading>,
    passages: Vec<(Span, Reading)>,
}

impl Told<'_> {
    /// What is told of it, oldest first.
    pub(super) fn docs(&self, identities: &Identities) -> Vec<Doc<'_>> {
        let rest = |reading| self.rests.get(&id(reading)).unwrap_or(reading);
        let whole = self.whole.iter().map(|reading| Doc::of(rest(*reading), identities));
        let mut docs: Vec<Doc<'_>> = whole.collect();
        docs.extend(
            self.passages.iter().map(|(span, reading)| Doc {
                passage: Some(*span),
                ..Doc::of(reading, identities)
            }),
        );
        // Articles are in order among themselves.
        docs.sort_by_key(|doc| doc.day);
        docs
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
    let told: Vec<Deed> = told.filter(Deed::is_whole).collect();
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
    sketches: &[&Sketch],
    readings: &'r BTreeMap<CaptureId, Reading>,
    rules: &Rules,
) -> Vec<Told<'r>> {
    let leads = Leads::of(&groups, sketches);
    let mut told: Vec<Told<'_>> = Vec::with_capacity(groups.len());
    let mut roundups: Vec<(usize, &Reading)> = Vec::new();
    for (at, group) in groups.into_iter().enumerate() {
        let members = || group.members.iter().filter_map(|at| sketches.get(*at).copied());
        let parted = members().filter(|sketch| sketch.roundup && group.pin.is_none());
        roundups.extend(parted.filter_map(|sketch| Some((at, readings.get(&sketch.id)?))));
        let whole = members().filter_map(|sketch| readings.get(&sketch.id)).collect();
        told.push(Told { group, whole, rests: BTreeMap::new(), passages: Vec::new() });
    }
    let moves = parallel::map(&roundups, |(_, reading)| moves(reading, &leads, rules));
    for ((home, reading), moves) in roundups.iter().zip(moves) {
        if let Some(told) = told.get_mut(*home).filter(|_| !moves.is_empty()) {
            let rest = reading.part(&besides(reading, &moves));
            told.rests.insert(id(reading), weighed(rest, rules));
        }
        for (to, passage) in moves {
            if let Some(told) = told.get_mut(to) {
                told.passages.push((passage, weighed(reading.part(&[passage]), rules)));
            }
        }
    }
    // What only told of others is no incident itself.
    told.retain(|told| {
        let rest = |reading: &&Reading| told.rests.get(&id(reading));
        let tells = |rest: &Reading| !deeds(rest, |_| true, rules).is_empty();
        told.whole.iter().any(|reading| rest(reading).is_none_or(tells))
    });
    told
}

fn id(reading: &Reading) -> CaptureId {
    reading.article.capture
}

/// What articles lead with: who did what to whom, in which group, when.
struct Leads(BTreeMap<Deed, Vec<(usize, NaiveDate)>>);

impl Leads {
    fn of(groups: &[Group], sketches: &[&Sketch]) -> Self {
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

    /// The group whose articles lead with one of the deeds, nearest in time.
    fn home(&self, deeds: &BTreeSet<Deed>, day: NaiveDate, t: &Thresholds) -> Option<usize> {
        let told = deeds.iter().filter_map(|deed| self.0.get(deed)).flatten();
        let near = told.map(|(at, on)| ((*on - day).num_days().abs(), *at));
        let near = near.filter(|(days, _)| (*days as f64) <= t.one_matter_days);
        near.min().map(|(_, at)| at)
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
    homes.into_iter().filter_map(|(home, span)| Some((home?, span))).collect()
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
    let mentions = reading.mentions.iter().filter(|mention| passage.holds(mention.span));
    let named = mentions.filter_map(|mention| reading.name(mention.name));
    let acting = |name: &&Name| {
        let kinds = [EntityKind::Organization, EntityKind::Government, EntityKind::Product];
        kinds.contains(&name.kind) && !name.reports
    };
    named.filter(acting).filter_map(|name| house(name, rules)).collect()
}

/// What an article holds beside passages, in order.
fn besides(reading: &Reading, moves: &[(usize, Span)]) -> Vec<Span> {
    let mut rest = Vec::new();
    let mut from = 0;
    for (_, passage) in moves {
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
