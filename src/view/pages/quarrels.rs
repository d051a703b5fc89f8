//! Who disputes with whom: initiators at the left, respondents at the right, and the same as a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::claim::{Speaker, Stance};
use crate::model::entity::Who;
use crate::model::incident::Incident;
use crate::model::party::PartyRole;
use crate::view::line::{self, Link};
use crate::view::picture::{self, Caption, Edge, Node};
use crate::view::site::Site;

/// Parties drawn, and how many more are, where they take part in as many incidents as the last of these.
const PARTIES_DRAWN: usize = 12;
const PARTIES_MAX: usize = 18;

/// A pair and how often.
pub struct Pair {
    pub from: Link,
    pub to: Link,
    pub count: usize,
}

/// The picture and its table.
pub struct Quarrels {
    pub picture: String,
    /// Every pair, the busiest first.
    pub pairs: Vec<Pair>,
    /// What the picture leaves out, in words.
    pub more: Option<String>,
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

/// The parties of the most incidents, those of as many as one of them included where there is room.
fn busiest(parties: &BTreeMap<&Link, BTreeSet<usize>>) -> BTreeSet<Link> {
    let mut counts: Vec<usize> = parties.values().map(BTreeSet::len).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let Some(last) = counts.get(PARTIES_DRAWN - 1).or(counts.last()).copied() else {
        return BTreeSet::new();
    };
    let all = counts.iter().filter(|count| **count >= last).count();
    // No name is drawn for coming early in the alphabet.
    let least = if all <= PARTIES_MAX { last } else { last + 1 };
    let drawn = parties.iter().filter(|(_, incidents)| incidents.len() >= least);
    drawn.map(|(link, _)| (*link).clone()).collect()
}

/// Draws what the busiest parties have with one another, and lists all; nothing where there is no pair.
pub fn quarrels(site: &Site<'_>, home: &str) -> Option<Quarrels> {
    let mut found: BTreeMap<(Link, Link), BTreeSet<usize>> = BTreeMap::new();
    for (at, incident) in site.kb.incidents.iter().enumerate() {
        let of = |role: PartyRole| incident.parties.iter().filter(move |p| p.role == role);
        let acting = of(PartyRole::Initiator).chain(of(PartyRole::Authority));
        let acting = acting.flat_map(|a| of(PartyRole::Respondent).map(move |b| (a, b)));
        let mut pairs: BTreeSet<(&Who, &Who)> = acting.map(|(a, b)| (&a.who, &b.who)).collect();
        pairs.extend(accusations(site, incident));
        for (a, b) in pairs {
            found.entry((line::who(site, a), line::who(site, b))).or_default().insert(at);
        }
    }
    let mut parties: BTreeMap<&Link, BTreeSet<usize>> = BTreeMap::new();
    for ((from, to), incidents) in &found {
        for party in [from, to] {
            parties.entry(party).or_default().extend(incidents);
        }
    }
    let busiest = busiest(&parties);
    let mut pairs: Vec<Pair> = found
        .into_iter()
        .map(|((from, to), incidents)| Pair { from, to, count: incidents.len() })
        .collect();
    // Those of as many keep the order of names.
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.count));
    if pairs.is_empty() {
        return None;
    }
    let drawn = |pair: &&Pair| busiest.contains(&pair.from) && busiest.contains(&pair.to);
    let shown: Vec<&Pair> = pairs.iter().filter(drawn).collect();
    let left_out = pairs.len() - shown.len();
    let more = (left_out > 0).then(|| {
        site.words.count(left_out, "{n} pairs of parties in fewer incidents are in the table only")
    });
    Some(Quarrels { picture: picture(site, home, &shown), more, pairs })
}

fn picture(site: &Site<'_>, home: &str, pairs: &[&Pair]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let (mut left, mut right): (Vec<&Link>, Vec<&Link>) = (Vec::new(), Vec::new());
    for pair in pairs {
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
    picture::links(headings, &left, &right, &edges, caption)
}
