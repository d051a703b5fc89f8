//! Whether an article is about a dispute or incident with an AI vendor, and of which types.
//!
//! In: acts, claims, names and the rows of `relevance/` and `themes/`. Out: a probability in thousandths and weighted
//! types. The headline and the first paragraphs weigh more than the rest.

use std::collections::BTreeMap;

use super::attribution::Context;
use super::scan::Scan;
use super::topics::Topics;
use crate::model::article::BlockKind;
use crate::model::claim::{Act, Claim, Speaker, Stance};
use crate::model::entity::{EntityKind, EntityRole, NameIx};
use crate::model::text::Span;
use crate::rules::{RelevanceRule, Ruled};

/// Most points for what is said for and against.
const QUARREL_MAX: i64 = 80;

/// The probability and the types, strongest first.
pub(super) fn weigh(cx: &Context<'_>, acts: &[Act], claims: &[Claim]) -> (u16, Vec<(String, u16)>) {
    let Points { ai, words, dispute, topics, .. } = points(cx, acts);
    let dispute = dispute + quarrelsome(claims);
    // An article with neither AI nor conflict in it is out; both are needed.
    let score = ai.min(90) / 2 + words.clamp(-150, 120) / 2 + dispute.min(200) / 2 - 105;
    let score = if ai == 0 || dispute < 12 { score.min(-20) } else { score };
    (squash(score), topics)
}

/// Points for what is said against somebody, and for what is said back: a quarrel, by whatever deed.
fn quarrelsome(claims: &[Claim]) -> i64 {
    let points = |claim: &Claim| match claim.stance {
        Stance::Alleges if claim.target.is_some() => 16,
        Stance::Alleges | Stance::Denies => 8,
        Stance::Demands | Stance::Silent | Stance::Declines => 4,
        _ => 0,
    };
    let named = claims.iter().filter(|claim| !matches!(claim.speaker, Speaker::Here));
    named.map(points).sum::<i64>().min(QUARREL_MAX)
}

/// Whether a headline with its first words may stand over such an article: it names AI, and either hints
/// at conflict or at nothing that is none. The whole text decides later, so that what is missed here
/// weighs more than what is let in.
pub(super) fn promises(cx: &Context<'_>, acts: &[Act]) -> bool {
    let Points { ai, dispute, conflict, against, .. } = points(cx, acts);
    ai > 0 && (dispute + conflict > 0 || against == 0)
}

/// What speaks for and against.
struct Points {
    ai: i64,
    /// Words of the rows, for and against.
    words: i64,
    /// Of them those about conflict.
    conflict: i64,
    /// Of them those against.
    against: i64,
    dispute: i64,
    topics: Vec<(String, u16)>,
}

fn points(cx: &Context<'_>, acts: &[Act]) -> Points {
    let scan = cx.scan;
    let lead_end = scan
        .blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::ListItem))
        .nth(2)
        .map_or(usize::MAX, |block| block.span.end());
    let title_end = scan
        .blocks
        .first()
        .filter(|b| b.kind == BlockKind::Title)
        .map_or(0, |block| block.span.end());
    let place = |span: Span| match () {
        () if span.start() < title_end => 3,
        () if span.start() < lead_end => 2,
        () => 1,
    };
    let mut topics = Topics::default();
    let mut seen: BTreeMap<(&str, Span), bool> = BTreeMap::new();
    let mut dispute = 0i64;
    for act in acts {
        let Some(rule) = scan.rules.lexicon.predicates.meaning(&act.rule) else { continue };
        let kind = rule.kind.as_str();
        if seen.insert((kind, act.span), true).is_some() {
            continue;
        }
        // Whoever it is done by or to, somebody is named there.
        let named = scan.mentions_in(act.span).iter().any(|m| scan.kind(m.name).can_act());
        let party = named || act.actor.is_some() || act.target.is_some();
        let weight = i64::from(rule.weight) * place(act.span) * if party { 2 } else { 1 };
        dispute += weight;
        topics.count(rule, weight, act.actor.map(|name| scan.kind(name)));
    }
    let hits: Vec<(&Ruled<RelevanceRule>, Span)> = scan
        .rules
        .lexicon
        .relevance
        .all(&scan.tokens, &scan.rules.vocabulary, 0..scan.tokens.len())
        .into_iter()
        .map(|(row, hit)| (row, scan.span(hit.range)))
        .collect();
    let mut words: BTreeMap<&str, i64> = BTreeMap::new();
    for (row, span) in &hits {
        let points = i64::from(row.meaning.weight) * place(*span);
        let sum = words.entry(row.id.as_str()).or_default();
        // One row says the same thing again and again: it counts up to three times.
        let bound = i64::from(row.meaning.weight).abs() * 6;
        *sum = (*sum + points).clamp(-bound, bound);
    }
    let themes = &scan.rules.lexicon.themes;
    for (row, hit) in themes.all(&scan.tokens, &scan.rules.vocabulary, 0..scan.tokens.len()) {
        let place = place(scan.span(hit.range));
        topics.theme(row.id.as_str(), &row.meaning.kind, i64::from(row.meaning.weight), place);
    }
    let is_ai = |id: &str| hits.iter().any(|(row, _)| row.id.as_str() == id && row.meaning.ai);
    let conflict: i64 =
        words.iter().filter(|(id, sum)| **sum > 0 && !is_ai(id)).map(|(_, sum)| *sum).sum();
    let against: i64 = words.values().filter(|sum| **sum < 0).sum();
    let words: i64 = words.values().sum();
    let spoken: Vec<(i64, Span)> = hits
        .iter()
        .filter(|(row, _)| row.meaning.ai)
        .map(|(row, span)| (i64::from(row.meaning.weight), *span))
        .collect();
    let ai = ai_presence(cx, &spoken, place);
    Points { ai, words, conflict, against, dispute, topics: topics.ranked() }
}

/// Points for AI vendors, models and tools named, by place.
fn ai_presence(cx: &Context<'_>, spoken: &[(i64, Span)], place: impl Fn(Span) -> i64) -> i64 {
    let scan = cx.scan;
    let roles = [EntityRole::Vendor, EntityRole::Lab, EntityRole::Model, EntityRole::Tool];
    let entered = |name: NameIx| {
        let Some(name) = scan.names.get(name.0 as usize) else { return false };
        let entity =
            name.id.as_ref().or(name.owner.as_ref()).and_then(|id| scan.rules.registry.get(id));
        entity.is_some_and(|e| roles.iter().any(|role| e.is(*role)))
    };
    let vendors = unknown_vendors(scan, spoken, &place);
    let named: i64 = scan
        .mentions
        .iter()
        .filter(|m| entered(m.name) || vendors.contains(&m.name))
        .map(|m| match place(m.span) {
            3 => 40,
            2 => 15,
            _ => 4,
        })
        .sum();
    // A headline that says "AI" says it for the whole article.
    let words: i64 = spoken.iter().take(6).map(|(weight, span)| weight * place(*span) / 2).sum();
    let houses = scan.names.iter().any(|n| n.kind == EntityKind::Organization);
    named + if houses { words } else { words / 2 }
}

/// Organisations and products nobody has entered that stand beside words for AI: once where the
/// article begins, or twice anywhere.
fn unknown_vendors(
    scan: &Scan<'_>,
    spoken: &[(i64, Span)],
    place: &impl Fn(Span) -> i64,
) -> Vec<NameIx> {
    let mut counts: BTreeMap<NameIx, usize> = BTreeMap::new();
    for sentence in &scan.sentences {
        if !spoken.iter().any(|(_, span)| sentence.span.holds(*span)) {
            continue;
        }
        let points = if place(sentence.span) > 1 { 2 } else { 1 };
        let mut seen: Vec<NameIx> = Vec::new();
        for mention in scan.mentions_in(sentence.span) {
            let unknown = scan.names.get(mention.name.0 as usize).is_some_and(|name| {
                let kind = matches!(name.kind, EntityKind::Organization | EntityKind::Product);
                name.id.is_none() && name.owner.is_none() && kind
            });
            if unknown && !seen.contains(&mention.name) {
                *counts.entry(mention.name).or_default() += points;
                seen.push(mention.name);
            }
        }
    }
    counts.into_iter().filter(|(_, points)| *points >= 2).map(|(name, _)| name).collect()
}

/// A score as thousandths: 0 is even, 60 points are about 0.9.
fn squash(score: i64) -> u16 {
    let scaled = score as f64 / 28.0;
    let probability = 1000.0 / (1.0 + (-scaled).exp());
    probability.round() as u16
}
