//! What many pages ask of the record, found once: who has a page, and what stands on it.
//!
//! What holds: an address is made of a minted id, or of the letters of a name; two names of the same
//! letters share a page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate};

use super::annotation::outlet_name;
use super::news::{Months, News};
use crate::model::claim::{ClaimId, Speaker};
use crate::model::entity::{EntityId, EntityKind, Name, outlet_key};
use crate::model::id::{Key, Slug};
use crate::model::incident::{Dispute, Incident, IncidentRef};
use crate::model::kb::{Elsewhere, Houses, KnowledgeBase};
use crate::model::life::Ended;
use crate::model::party::PartyRole;
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::text::Span;

/// A person or a product with a page of its own.
#[derive(Debug, Clone, Default)]
pub struct Named<'a> {
    /// The name to print.
    pub name: &'a str,
    /// The registry entry, where there is one.
    pub id: Option<&'a EntityId>,
    /// Maker, owner or house.
    pub owner: Option<&'a EntityId>,
    /// Incidents it is named in, newest first, by their place in the record.
    pub incidents: BTreeSet<usize>,
    /// What a person said.
    pub claims: Vec<(CaptureId, ClaimId)>,
}

/// An outlet: what it published, who names it.
#[derive(Debug, Clone, Default)]
pub struct Outlet<'a> {
    /// The name to print.
    pub name: &'a str,
    /// Its captured articles.
    pub articles: Vec<CaptureId>,
    /// Articles of others that name it as their source, with their incident.
    pub named_by: Vec<(CaptureId, usize)>,
}

/// News of an incident in each language, where they were asked for.
pub type Told = [Option<Arc<Vec<News>>>; 2];

/// Answers to what many pages ask.
#[derive(Debug)]
pub struct Index<'a> {
    incidents: BTreeMap<&'a IncidentRef, usize>,
    home: BTreeMap<CaptureId, usize>,
    /// Claims that are told of another incident than their article's.
    pub elsewhere: Elsewhere<'a>,
    parties: BTreeMap<&'a EntityId, Vec<(PartyRole, usize)>>,
    /// Disputes by id.
    pub disputes: BTreeMap<&'a str, &'a Dispute>,
    /// Products by address.
    pub products: BTreeMap<String, Named<'a>>,
    /// People by address.
    pub people: BTreeMap<String, Named<'a>>,
    /// Outlets by address.
    pub outlets: BTreeMap<String, Outlet<'a>>,
    /// Incidents by type, newest first.
    pub types: BTreeMap<&'a str, Vec<usize>>,
    /// Incidents by year, newest first.
    pub years: BTreeMap<i32, Vec<usize>>,
    /// Claims that ended, by the version of their article on record.
    pub ended: BTreeMap<CaptureId, Vec<Ended>>,
    houses: OnceLock<Houses<'a>>,
    /// News of each incident in each language, once they were asked for.
    pub(super) news: [Vec<OnceLock<Arc<Vec<News>>>>; 2],
    /// All of it, newest first, by incident and place among its news.
    pub(super) newest: [OnceLock<Vec<(usize, usize)>>; 2],
    /// The same by month.
    pub(super) months: [OnceLock<Months>; 2],
}

/// The part of an address that stands for a name.
pub fn address_of(name: &str) -> String {
    let slug: Option<Slug<()>> = Slug::from_name(name);
    let plain = slug.filter(|_| name.chars().all(|c| c.is_ascii() || !c.is_alphanumeric()));
    // A name in another script, or with letters a slug would lose, is told apart by its digest.
    plain.map_or_else(|| format!("n-{}", Key::<()>::of(&["name", name]).short()), |s| s.to_string())
}

/// The part of an address that stands for an outlet, however it is named.
pub fn outlet_address(name: &str) -> String {
    address_of(outlet_key(name))
}

impl<'a> Index<'a> {
    /// Looks through the record once.
    pub fn new(kb: &'a KnowledgeBase) -> Self {
        let home = kb.homes();
        let mut index = Self {
            incidents: kb.incidents.iter().enumerate().map(|(at, i)| (&i.id, at)).collect(),
            elsewhere: kb.told_elsewhere(&home),
            home,
            parties: BTreeMap::new(),
            disputes: kb.disputes.iter().map(|d| (d.id.as_str(), d)).collect(),
            products: BTreeMap::new(),
            people: BTreeMap::new(),
            outlets: BTreeMap::new(),
            types: BTreeMap::new(),
            years: BTreeMap::new(),
            ended: BTreeMap::new(),
            houses: OnceLock::new(),
            news: [(); 2].map(|()| kb.incidents.iter().map(|_| OnceLock::new()).collect()),
            newest: [(); 2].map(|()| OnceLock::new()),
            months: [(); 2].map(|()| OnceLock::new()),
        };
        for claim in &kb.lives.ended {
            index.ended.entry(claim.now).or_default().push(*claim);
        }
        for (at, incident) in kb.incidents.iter().enumerate() {
            index.incident(kb, at, incident);
        }
        for (capture, reading) in kb.readings.iter().filter(|(_, r)| r.is_relevant()) {
            let name = outlet_name(&reading.article);
            let outlet = index.outlets.entry(outlet_address(name)).or_default();
            outlet.name = name;
            outlet.articles.push(*capture);
        }
        index
    }

    fn incident(&mut self, kb: &'a KnowledgeBase, at: usize, incident: &'a Incident) {
        for kind in &incident.types {
            self.types.entry(kind).or_default().push(at);
        }
        self.years.entry(incident.opened.sort_day().year()).or_default().push(at);
        for party in &incident.parties {
            if let Some(id) = &party.who.id {
                self.parties.entry(id).or_default().push((party.role, at));
            }
            match party.who.kind {
                EntityKind::Person => {
                    let named = named(&mut self.people, &party.who.name, party.who.id.as_ref(), kb);
                    named.incidents.insert(at);
                }
                EntityKind::Product => {
                    let id = party.who.id.as_ref();
                    named(&mut self.products, &party.who.name, id, kb).incidents.insert(at);
                }
                _ => {}
            }
        }
        for product in incident.editor.iter().flat_map(|editor| &editor.products) {
            let id = kb.entities.values().find(|e| {
                e.kind == EntityKind::Product && (e.name == *product || e.names.contains(product))
            });
            let name = id.map_or(product.as_str(), |entity| &entity.name);
            named(&mut self.products, name, id.map(|e| &e.id), kb).incidents.insert(at);
        }
        for capture in &incident.articles {
            if let Some(reading) = kb.readings.get(capture) {
                self.article(kb, at, reading);
            }
        }
        let mut told: Vec<CaptureId> = incident.passages.iter().map(|at| at.capture).collect();
        told.dedup();
        for capture in told {
            if let Some(reading) = kb.readings.get(&capture) {
                self.article(kb, at, reading);
            }
        }
        for derivation in &incident.lineage {
            let own = kb.readings.get(&derivation.capture).map(|it| outlet_name(&it.article));
            let own = own.map(outlet_key);
            for who in derivation.named.iter().filter(|who| Some(outlet_key(&who.name)) != own) {
                let outlet = self.outlets.entry(outlet_address(&who.name)).or_default();
                outlet.name = &who.name;
                outlet.named_by.push((derivation.capture, at));
            }
        }
    }

    /// Notes who is named where an article tells of an incident.
    fn article(&mut self, kb: &'a KnowledgeBase, at: usize, reading: &'a Reading) {
        let Some(incident) = kb.incidents.get(at) else { return };
        let there = |span: Span| incident.tells_at(reading.article.capture, span);
        // Few articles are about several incidents.
        let parted = !incident.elsewhere.is_empty() || !incident.passages.is_empty();
        let named_there = |index: usize| {
            let mut mentions = reading.mentions.iter().filter(|m| m.name.0 as usize == index);
            !parted || mentions.any(|mention| there(mention.span))
        };
        let about = |name: &&Name| {
            // Whose a product is that nobody has entered is not known.
            name.owner.is_none() || belongs(kb, incident, name)
        };
        let products = reading.names.iter().enumerate();
        let products = products.filter(|(_, name)| name.kind == EntityKind::Product);
        let products = products.filter(|(index, _)| named_there(*index)).map(|(_, name)| name);
        for name in products.filter(about) {
            let product = named(&mut self.products, &name.name, name.id.as_ref(), kb);
            product.owner = product.owner.or(name.owner.as_ref());
            product.incidents.insert(at);
        }
        for claim in reading.claims.iter().filter(|claim| !parted || there(claim.content)) {
            let Speaker::Named(speaker) = claim.speaker else { continue };
            let Some(name) = reading.name(speaker).filter(|n| n.kind == EntityKind::Person) else {
                continue;
            };
            let person = named(&mut self.people, &name.name, name.id.as_ref(), kb);
            person.owner = person.owner.or(name.owner.as_ref());
            person.incidents.insert(at);
            person.claims.push((reading.article.capture, claim.id));
        }
    }

    /// News of an incident in each language, as far as they were asked for.
    pub fn told(&self, at: usize) -> Told {
        self.news.each_ref().map(|kept| kept.get(at).and_then(OnceLock::get).cloned())
    }

    /// Puts in news of an incident that is as it was when they were asked for.
    pub fn recall(&self, at: usize, told: &Told) {
        for (kept, news) in self.news.iter().zip(told) {
            if let Some((kept, news)) = kept.get(at).zip(news.as_ref()) {
                let here = news.first().is_none_or(|news| news.incident == at);
                let moved = || news.iter().map(|news| News { incident: at, ..news.clone() });
                // What is there already is the same.
                let _ = kept.set(if here { news.clone() } else { Arc::new(moved().collect()) });
            }
        }
    }

    /// Where an incident stands in the record.
    pub fn place_of(&self, id: &IncidentRef) -> Option<usize> {
        self.incidents.get(id).copied()
    }

    /// The incident an article belongs to.
    pub fn home_of(&self, capture: CaptureId) -> Option<usize> {
        self.home.get(&capture).copied()
    }

    /// Who owns whom in the record it is of.
    pub fn houses(&self, kb: &'a KnowledgeBase) -> &Houses<'a> {
        self.houses.get_or_init(|| kb.houses())
    }

    /// The incidents somebody is a party of, by role.
    pub fn parts_of(&self, id: &EntityId) -> &[(PartyRole, usize)] {
        self.parties.get(id).map_or(&[], Vec::as_slice)
    }

    /// Everybody who is a party and has an entry in the registry.
    pub fn parties(&self) -> impl Iterator<Item = &'a EntityId> {
        self.parties.keys().copied()
    }

    /// Companies and authorities that are parties.
    pub fn vendors(&self, kb: &'a KnowledgeBase) -> impl Iterator<Item = &'a EntityId> {
        self.parties().filter(|id| {
            kb.entities.get(id).is_some_and(|entity| {
                matches!(entity.kind, EntityKind::Organization | EntityKind::Government)
            })
        })
    }
}

fn named<'i, 'a>(
    list: &'i mut BTreeMap<String, Named<'a>>,
    name: &'a str,
    id: Option<&'a EntityId>,
    kb: &'a KnowledgeBase,
) -> &'i mut Named<'a> {
    let entity = id.and_then(|id| kb.entities.get(id));
    let address = id.map_or_else(|| address_of(name), ToString::to_string);
    let found = list.entry(address).or_default();
    found.name = entity.map_or(name, |entity| &entity.name);
    found.id = id;
    found.owner = found.owner.or(entity.and_then(|entity| entity.owner.as_ref()));
    found
}

/// The day an incident's record last changed: the latest day on which something of it became known, or an editor
/// decided about it.
pub fn last_known(kb: &KnowledgeBase, incident: &Incident) -> NaiveDate {
    let entries = incident.timeline.iter().map(|entry| entry.known_at);
    let articles = incident.sources().filter_map(|id| kb.reading(id)).map(known_day);
    let moves = incident.questions.iter().flat_map(|q| q.state.steps()).map(|step| step.on);
    let entered = incident.editor.iter().map(|editor| editor.entered);
    let ended = kb.lives.ended_in(&incident.articles).filter_map(|(ended, ..)| ended.life.ended);
    let ended = ended.map(|at| at.date_naive());
    let judged = kb.judged.history(&incident.id.address());
    let judged = judged.into_iter().map(|judgement| judgement.on.day);
    let days = entries
        .chain(articles)
        .chain(moves)
        .chain(entered)
        .chain(ended)
        .chain(judged)
        .filter(|day| *day <= kb.today);
    days.max().unwrap_or(kb.today)
}

/// The day an article could first be read.
pub fn known_day(reading: &Reading) -> NaiveDate {
    reading.article.day()
}

/// Whether a product belongs to a party of an incident.
pub fn belongs(kb: &KnowledgeBase, incident: &Incident, product: &Name) -> bool {
    let mut owner = product.owner.clone();
    for _ in 0..4 {
        let Some(id) = owner else { return false };
        if incident.parties.iter().any(|party| party.who.id.as_ref() == Some(&id)) {
            return true;
        }
        owner = kb.entities.get(&id).and_then(|entity| entity.owner.clone());
    }
    false
}
