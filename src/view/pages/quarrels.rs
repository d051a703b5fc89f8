//! Who disputes with whom: initiators at the left, respondents at the right, and the same as a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::claim::{Speaker, Stance};
use crate::model::entity::Who;
use crate::model::incident::Incident;
use crate::model::party::PartyRole;
use crate::view::line::{self, Link};
use crate::view::picture::{self, Caption, Edge, Node};
use crate::view::site::Site;

/// Most pairs drawn and listed.
const PAIRS_MAX: usize = 24;

/// A pair and how often.
pub struct Pair {
    pub from: Link,
    pub to: Link,
    pub count: usize,
}

/// The picture and its table.
pub struct Quarrels {
    pub picture: String,
    pub pairs: Vec<Pair>,
    /// How many pairs are left out.
    pub more: usize,
}

/// Which party of an incident accuses which other.
fn accusations<'i>(
    site: &Site<'_>,
    incident: &'i Incident,
) -> impl Iterator<Item = (&'i Who, &'i Who)> {
    let party = |who: Who| incident.parties.iter().map(|party| &party.who).find(|it| **it == who);
    let alleged = incident.positions.iter().filter(|it| it.stance == Stance::Alleges);
    alleged.filter_map(move |position| {
        let (capture, id) = position.tellings.first()?;
        let (reading, claim) = site.kb.claim(*capture, *id)?;
        let Speaker::Named(speaker) = claim.speaker else { return None };
        let by = party(site.kb.who(reading, speaker)?)?;
        let against = party(site.kb.who(reading, claim.target?)?)?;
        (by != against).then_some((by, against))
    })
}

/// Draws the busiest pairs; nothing where there is none.
pub fn quarrels(site: &Site<'_>, home: &str) -> Option<Quarrels> {
    let mut counts: BTreeMap<(Link, Link), usize> = BTreeMap::new();
    for incident in &site.kb.incidents {
        let of = |role: PartyRole| incident.parties.iter().filter(move |p| p.role == role);
        let acting = of(PartyRole::Initiator).chain(of(PartyRole::Authority));
        let acting = acting.flat_map(|a| of(PartyRole::Respondent).map(move |b| (a, b)));
        let mut pairs: BTreeSet<(&Who, &Who)> = acting.map(|(a, b)| (&a.who, &b.who)).collect();
        pairs.extend(accusations(site, incident));
        for (a, b) in pairs {
            *counts.entry((line::who(site, a), line::who(site, b))).or_default() += 1;
        }
    }
    let mut pairs: Vec<Pair> =
        counts.into_iter().map(|((from, to), count)| Pair { from, to, count }).collect();
    // Ties keep the order of names.
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.count));
    let more = pairs.len().saturating_sub(PAIRS_MAX);
    pairs.truncate(PAIRS_MAX);
    if pairs.is_empty() {
        return None;
    }
    let (mut left, mut right): (Vec<&Link>, Vec<&Link>) = (Vec::new(), Vec::new());
    for pair in &pairs {
        if !left.contains(&&pair.from) {
            left.push(&pair.from);
        }
        if !right.contains(&&pair.to) {
            right.push(&pair.to);
        }
    }
    let edges: Vec<Edge> = pairs
        .iter()
        .map(|pair| Edge {
            from: left.iter().position(|link| **link == pair.from).unwrap_or(0),
            to: right.iter().position(|link| **link == pair.to).unwrap_or(0),
            weight: pair.count,
            dashed: false,
            title: site.words.fill(
                "{x} against {y}: {n}",
                &[
                    ("x", &pair.from.name),
                    ("y", &pair.to.name),
                    ("n", &site.words.count(pair.count, "{n} incidents")),
                ],
            ),
        })
        .collect();
    let node = |link: &&Link| Node {
        label: link.name.clone(),
        href: link.href.as_ref().map(|href| format!("{home}{href}")),
    };
    let caption = Caption {
        id: "quarrels",
        title: site.words.say("Who disputes with whom"),
        description: site.words.say("At the left who acts, accuses or decides, at the right against whom; the broader the line, the more incidents. The table beneath has the numbers."),
    };
    let (left, right): (Vec<Node>, Vec<Node>) =
        (left.iter().map(node).collect(), right.iter().map(node).collect());
    let headings = [site.words.say("Acts or accuses"), site.words.say("Is acted against")];
    Some(Quarrels {
        picture: picture::links(headings, &left, &right, &edges, caption),
        pairs,
        more,
    })
}
