//! Which types of incident an article is about: what is done in it, and what it speaks of.
//!
//! In: deeds and words of themes, with how much their places count. Out: types with weights, strongest
//! first. What holds: steps of a lawsuit say nothing beside a matter, one word repeated counts a
//! few times only, and what authorities decree is told from what houses forbid.

use std::collections::BTreeMap;

use crate::model::entity::EntityKind;
use crate::rules::PredicateRule;

/// A ban is an authority's decree where the article has other decrees of at least this part of its weight, as one
/// over this.
const DECREED_SHARE: i64 = 3;

/// The steps of a lawsuit say nothing beside a matter of at least this part of their weight, as one over this.
const MATTER_SHARE: i64 = 8;

/// How often a row of themes counts at most.
const THEME_TIMES_MAX: i64 = 6;

/// Weights of types, with what depends on the rest of the article.
#[derive(Default)]
pub(super) struct Topics<'r> {
    plain: BTreeMap<&'r str, i64>,
    /// Steps of lawsuits.
    procedure: BTreeMap<&'r str, i64>,
    /// What houses do, and what authorities decree, by both types.
    decreed: BTreeMap<(&'r str, &'r str), i64>,
    /// How much of it authorities are said to do, and how much others.
    by_authority: i64,
    by_others: i64,
    /// Points of each row of themes, with its type.
    themes: BTreeMap<&'r str, (&'r str, i64)>,
}

impl<'r> Topics<'r> {
    /// Counts what somebody does.
    pub(super) fn count(
        &mut self,
        rule: &'r PredicateRule,
        weight: i64,
        actor: Option<EntityKind>,
    ) {
        let kind = rule.kind.as_str();
        match rule.decreed.as_deref() {
            _ if kind.is_empty() => {}
            Some(decreed) => {
                *self.decreed.entry((kind, decreed)).or_default() += weight;
                match actor {
                    Some(EntityKind::Government | EntityKind::Place) => self.by_authority += weight,
                    Some(_) => self.by_others += weight,
                    None => {}
                }
            }
            None if rule.procedure => *self.procedure.entry(kind).or_default() += weight,
            None => *self.plain.entry(kind).or_default() += weight,
        }
    }

    /// Counts words that are typical of a type: those of row `id`, of so much weight, at a place that counts so
    /// much.
    pub(super) fn theme(&mut self, id: &'r str, kind: &'r str, weight: i64, place: i64) {
        let (_, points) = self.themes.entry(id).or_insert((kind, 0));
        *points = (*points + weight * place).min(weight * THEME_TIMES_MAX);
    }

    fn settled(self) -> BTreeMap<&'r str, i64> {
        let mut topics = self.plain;
        for (kind, points) in self.themes.into_values() {
            *topics.entry(kind).or_default() += points;
        }
        for ((kind, decreed), weight) in self.decreed {
            // A school board bans a tool from its schools; who orders it off the market regulates.
            let regulates = topics.get(decreed).is_some_and(|told| told * DECREED_SHARE >= weight);
            let by_authority = self.by_authority > self.by_others;
            let kind = if by_authority && regulates { decreed } else { kind };
            *topics.entry(kind).or_default() += weight;
        }
        // Any quarrel can go to court: beside another matter the steps say nothing of their own.
        let steps: i64 = self.procedure.values().sum();
        let matter = topics.values().copied().max().unwrap_or(0);
        let alone = matter * MATTER_SHARE < steps;
        for (kind, weight) in self.procedure {
            if alone || topics.contains_key(kind) {
                *topics.entry(kind).or_default() += weight;
            }
        }
        topics
    }

    /// Types with at least an eighth of the strongest type's weight, at most five.
    pub(super) fn ranked(self) -> Vec<(String, u16)> {
        let topics = self.settled();
        let most = topics.values().copied().max().unwrap_or(0);
        let mut ranked: Vec<(String, u16)> = topics
            .into_iter()
            .filter(|(_, weight)| weight * 8 >= most)
            .map(|(kind, weight)| {
                (kind.to_string(), u16::try_from(weight.clamp(0, 60_000)).unwrap_or(u16::MAX))
            })
            .collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(5);
        ranked
    }
}
