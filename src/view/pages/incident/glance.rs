//! An incident at a glance: what, from when, instead of what, who is silent, on whose word; parties and
//! products.

use std::collections::BTreeMap;

use super::sources::independence;
use crate::model::claim::Stance;
use crate::model::date::EventRole;
use crate::model::entity::{EntityId, EntityKind, EntityRole, Who};
use crate::model::incident::{Entry, Incident, Position};
use crate::model::party::PartyRole;
use crate::model::text::Evidence;
use crate::view::index::{belongs, known_day};
use crate::view::line::{self, Link, Quote};
use crate::view::pages::parts::articles;
use crate::view::site::Site;
use crate::view::words;

/// Facts of one kind at a glance.
pub struct Fact {
    pub label: String,
    pub lines: Vec<FactLine>,
    /// Whether it tells of the record of today only.
    pub today: bool,
}

/// A fact with the words it rests on.
#[derive(Default)]
pub struct FactLine {
    pub text: String,
    /// "3 articles".
    pub count: String,
    pub quote: Option<Quote>,
    /// The day it could first be known, as data writes it.
    pub known: String,
}

impl FactLine {
    fn new(text: String, quote: Option<Quote>) -> Self {
        let known = quote.as_ref().map(|quote| quote.source.known.clone()).unwrap_or_default();
        Self { text, quote, known, count: String::new() }
    }
}

/// Parties of one role.
pub struct PartyLine {
    pub role: String,
    /// Each with the day an article first names it, as data writes it.
    pub names: Vec<(Link, String)>,
}

/// What a reader needs first.
pub fn facts(site: &Site<'_>, incident: &Incident) -> Vec<Fact> {
    let label = |id: &str| site.words.say(id).to_string();
    let mut facts = Vec::new();
    let dated = |entry: &Entry| {
        let quote = entry.evidence.first().and_then(|e| line::quote(site, *e));
        let date = site.words.part_of_date(entry.date, entry.modifier);
        let known = entry.known_at.to_string();
        FactLine { known, ..FactLine::new(format!("{date} — {}", entry.summary), quote) }
    };
    let effective = incident.timeline.iter().find(|e| e.role == EventRole::Effective);
    if let Some(entry) = effective {
        let told = line::is_told_since(site, entry);
        let heading = if told { "In force from" } else { "Announced for" };
        facts.push(Fact { label: label(heading), lines: vec![dated(entry)], today: false });
    }
    if let Some((name, evidence)) = moved_to(site, incident) {
        let quote = line::quote(site, evidence);
        let lines = vec![FactLine::new(name, quote)];
        facts.push(Fact { label: label("Used instead"), lines, today: false });
    }
    let silent: Vec<_> = silent(site, incident)
        .into_iter()
        .map(|(name, told)| {
            let count = articles(told.iter().map(|words| words.capture));
            let count = site.words.count(count, "{n} articles");
            let quote = told.first().and_then(|words| line::quote(site, *words));
            FactLine { count, ..FactLine::new(name, quote) }
        })
        .collect();
    if !silent.is_empty() {
        facts.push(Fact { label: label("No answer"), lines: silent, today: false });
    }
    if incident.is_captured() {
        facts.push(Fact {
            label: label("Rests on"),
            lines: vec![FactLine::new(independence(site, incident), None)],
            today: true,
        });
    }
    facts
}

/// Who gave no answer, each with the words that say so, oldest article first.
fn silent(site: &Site<'_>, incident: &Incident) -> BTreeMap<String, Vec<Evidence>> {
    let mut silent: BTreeMap<String, Vec<Evidence>> = BTreeMap::new();
    let quiet = |position: &&Position| matches!(position.stance, Stance::Silent | Stance::Declines);
    for position in incident.positions.iter().filter(quiet) {
        let Some(who) = &position.who else { continue };
        let told = position.tellings.iter();
        let told = told.filter_map(|(capture, id)| site.kb.claim(*capture, *id));
        let words = told.map(|(reading, claim)| Evidence {
            capture: reading.article.capture,
            span: claim.content,
        });
        silent.entry(line::who(site, who).name).or_default().extend(words);
    }
    let order = |words: &Evidence| incident.sources().position(|id| id == words.capture);
    silent.values_mut().for_each(|told| told.sort_by_key(|words| (order(words), words.span)));
    silent
}

/// The product that a party moves its people to.
fn moved_to(site: &Site<'_>, incident: &Incident) -> Option<(String, Evidence)> {
    for capture in incident.sources() {
        let reading = site.kb.readings.get(&capture)?;
        let acts = reading.acts.iter().filter(|act| act.predicate.as_str() == "moves-staff");
        for act in acts.filter(|act| incident.tells_at(capture, act.span)) {
            // The last product of the clause: "from the old tool to the new".
            let product = reading
                .mentions
                .iter()
                .rev()
                .filter(|m| act.span.holds(m.span))
                .find(|m| reading.name(m.name).is_some_and(|n| n.kind == EntityKind::Product));
            if let Some(product) = product {
                let evidence = Evidence { capture, span: act.span };
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
            let names: Vec<(Link, String)> = incident
                .parties
                .iter()
                .filter(|p| p.role == role)
                .map(|p| (line::who(site, &p.who), first_named(site, incident, &p.who)))
                .collect();
            (!names.is_empty())
                .then(|| PartyLine { role: site.words.say(words::role(role)).to_string(), names })
        })
        .collect()
}

/// The day an article of an incident first names somebody, as data writes it; nothing where none does.
fn first_named(site: &Site<'_>, incident: &Incident, who: &Who) -> String {
    let readings = incident.sources().filter_map(|id| site.kb.reading(id));
    let naming = readings.filter(|reading| {
        let named = reading.mentions.iter().filter_map(|m| site.kb.who(reading, m.name));
        named.into_iter().any(|named| named == *who)
    });
    naming.map(known_day).min().map(|day| day.to_string()).unwrap_or_default()
}

/// Products that articles name, most mentioned first.
pub struct Products {
    /// Those of the parties.
    pub own: Vec<Link>,
    /// Those of others, each with its maker: named beside, no part of the quarrel.
    pub others: String,
}

/// The products that the articles of an incident name.
pub fn products(site: &Site<'_>, incident: &Incident) -> Products {
    let mut own: BTreeMap<String, usize> = BTreeMap::new();
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    for capture in incident.sources() {
        let Some(reading) = site.kb.readings.get(&capture) else { continue };
        let mentions = reading.mentions.iter().filter(|m| incident.tells_at(capture, m.span));
        let named = mentions.filter_map(|mention| reading.name(mention.name));
        for product in named.filter(|name| name.kind == EntityKind::Product) {
            let entity = |id: Option<&EntityId>| site.kb.entities.get(id?);
            // Where something was posted is not what it is about.
            let carries = entity(product.id.as_ref()).is_some_and(|e| e.is(EntityRole::Platform));
            if belongs(site.kb, incident, product) {
                *own.entry(product.name.clone()).or_default() += 1;
            } else if let Some(maker) = entity(product.owner.as_ref()).filter(|_| !carries) {
                let names = [("x", product.name.as_str()), ("y", site.words.entity(maker))];
                let line = site.words.fill("{x} ({y})", &names);
                *others.entry(line).or_default() += 1;
            }
        }
    }
    if let Some(editor) = &incident.editor {
        for product in &editor.products {
            own.entry(product.clone()).or_default();
        }
    }
    let ranked = |counts: BTreeMap<String, usize>| {
        let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked.into_iter().map(|(name, _)| name)
    };
    let others: Vec<String> = ranked(others).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    Products {
        own: ranked(own).map(|name| Link { name, href: None }).collect(),
        others: site.words.list(&others),
    }
}
