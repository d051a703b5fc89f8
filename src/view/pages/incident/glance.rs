//! An incident at a glance: what, from when, instead of what, who is silent, on whose word; parties and
//! products.

use std::collections::BTreeMap;

use super::sources::independence;
use crate::model::claim::{Speaker, Stance};
use crate::model::date::EventRole;
use crate::model::entity::EntityKind;
use crate::model::incident::{Entry, Incident, PartyRole, Position};
use crate::model::text::Evidence;
use crate::view::index::belongs;
use crate::view::line::{self, Link, Quote};
use crate::view::pages::parts::articles;
use crate::view::site::Site;
use crate::view::words;

/// A fact at a glance.
pub struct Fact {
    pub label: String,
    pub text: String,
    pub quote: Option<Quote>,
}

/// Parties of one role.
pub struct PartyLine {
    pub role: String,
    pub names: Vec<Link>,
}

/// What a reader needs first.
pub fn facts(site: &Site<'_>, incident: &Incident) -> Vec<Fact> {
    let label = |id: &str| site.words.say(id).to_string();
    let mut facts = Vec::new();
    let dated = |entry: &Entry| {
        let quote = entry.evidence.first().and_then(|e| line::quote(site, *e));
        (
            format!("{} — {}", site.words.part_of_date(entry.date, entry.modifier), entry.summary),
            quote,
        )
    };
    let effective = incident.timeline.iter().find(|e| e.role == EventRole::Effective);
    if let Some(entry) = effective {
        let (text, quote) = dated(entry);
        let told = line::is_told_since(site, entry);
        let heading = if told { "In force from" } else { "Announced for" };
        facts.push(Fact { label: label(heading), text, quote });
    }
    if let Some((name, evidence)) = moved_to(site, incident) {
        let quote = line::quote(site, evidence);
        facts.push(Fact { label: label("Used instead"), text: name, quote });
    }
    // By name: in how many articles, and the first words.
    let mut silent: BTreeMap<String, (usize, Evidence)> = BTreeMap::new();
    let quiet = |position: &&Position| matches!(position.stance, Stance::Silent | Stance::Declines);
    for position in incident.positions.iter().filter(quiet) {
        let Some((capture, id)) = position.tellings.first() else { continue };
        let Some((reading, claim)) = site.kb.claim(*capture, *id) else { continue };
        if let Speaker::Named(name) = claim.speaker {
            let evidence = Evidence { capture: *capture, span: claim.content };
            // An article that says so twice says it once.
            let told = articles(position.tellings.iter().map(|(capture, _)| *capture));
            silent.entry(reading.name_text(name).to_string()).or_insert((0, evidence)).0 += told;
        }
    }
    for (name, (count, evidence)) in silent {
        let told = site.words.count(count, "{n} articles");
        let quote = line::quote(site, evidence);
        facts.push(Fact { label: label("No answer"), text: format!("{name} ({told})"), quote });
    }
    if incident.is_captured() {
        facts.push(Fact {
            label: label("Rests on"),
            text: independence(site, incident),
            quote: None,
        });
    }
    facts
}

/// The product that a party moves its people to.
fn moved_to(site: &Site<'_>, incident: &Incident) -> Option<(String, Evidence)> {
    for capture in &incident.articles {
        let reading = site.kb.readings.get(capture)?;
        for act in reading.acts.iter().filter(|act| act.predicate.as_str() == "moves-staff") {
            // The last product of the clause: "from the old tool to the new".
            let product = reading
                .mentions
                .iter()
                .rev()
                .filter(|m| act.span.holds(m.span))
                .find(|m| reading.name(m.name).is_some_and(|n| n.kind == EntityKind::Product));
            if let Some(product) = product {
                let evidence = Evidence { capture: *capture, span: act.span };
                return Some((reading.name_text(product.name).to_string(), evidence));
            }
        }
    }
    None
}

/// Who takes part, by role.
pub fn parties(site: &Site<'_>, incident: &Incident) -> Vec<PartyLine> {
    PartyRole::ALL
        .into_iter()
        .filter_map(|role| {
            let names: Vec<Link> = incident
                .parties
                .iter()
                .filter(|p| p.role == role)
                .map(|p| line::who(site, &p.who))
                .collect();
            (!names.is_empty())
                .then(|| PartyLine { role: site.words.say(words::role(role)).to_string(), names })
        })
        .collect()
}

/// Products of the parties that the articles name, most mentioned first.
pub fn products(site: &Site<'_>, incident: &Incident) -> Vec<Link> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for capture in &incident.articles {
        let Some(reading) = site.kb.readings.get(capture) else { continue };
        for mention in &reading.mentions {
            let product = reading.name(mention.name).filter(|n| n.kind == EntityKind::Product);
            if let Some(product) = product.filter(|n| belongs(site.kb, incident, n)) {
                *counts.entry(product.name.clone()).or_default() += 1;
            }
        }
    }
    if let Some(editor) = &incident.editor {
        for product in &editor.products {
            counts.entry(product.clone()).or_default();
        }
    }
    let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked.into_iter().map(|(name, _)| Link { name, href: None }).collect()
}
