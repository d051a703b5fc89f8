//! Who has a page of their own, by its path.
//!
//! What holds: a name leads to a page that is there, or nowhere.

use std::collections::BTreeSet;

use serde::Serialize;

use super::annotation::outlet_name;
use super::index::{Index, address_of, outlet_address};
use crate::model::entity::{EntityKind, Who};
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::reading::Reading;

/// Paths of the pages of parties, people, products and outlets, from the root of a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Directory {
    paths: BTreeSet<String>,
}

impl Directory {
    /// Everybody's pages.
    pub fn of(index: &Index<'_>) -> Self {
        let parties = index.parties().map(|id| format!("vendors/{id}/"));
        let people = index.people.keys().map(|address| format!("people/{address}/"));
        let products = index.products.keys().map(|address| format!("products/{address}/"));
        let outlets = index.outlets.keys().map(|address| format!("outlets/{address}/"));
        Self { paths: parties.chain(people).chain(products).chain(outlets).collect() }
    }

    /// The pages of those whom a part of the record names.
    pub fn naming(&self, kb: &KnowledgeBase) -> Self {
        let mut paths = BTreeSet::new();
        let mut put = |path: Option<String>| paths.extend(path.filter(|p| self.paths.contains(p)));
        for incident in &kb.incidents {
            everybody(incident).for_each(|who| put(path(who)));
            let roots = incident.lineage.iter().flat_map(|derivation| &derivation.roots);
            roots.for_each(|root| put(Some(outlet(root))));
        }
        let members = kb.disputes.iter().flat_map(|dispute| &dispute.parties);
        members.for_each(|who| put(path(who)));
        let readings = kb.readings.values().map(AsRef::<Reading>::as_ref);
        for reading in readings.chain(kb.lives.earlier.values().map(AsRef::as_ref)) {
            put(Some(outlet(outlet_name(&reading.article))));
            for name in &reading.names {
                let who = Who { id: name.id.clone(), name: name.name.clone(), kind: name.kind };
                put(path(&who));
            }
        }
        Self { paths }
    }

    /// Path of somebody's page.
    pub fn path_of(&self, who: &Who) -> Option<String> {
        path(who).filter(|path| self.paths.contains(path))
    }

    /// Path of an outlet's page.
    pub fn outlet_path(&self, name: &str) -> Option<String> {
        Some(outlet(name)).filter(|path| self.paths.contains(path))
    }
}

fn path(who: &Who) -> Option<String> {
    let address = || who.id.as_ref().map_or_else(|| address_of(&who.name), ToString::to_string);
    match who.kind {
        EntityKind::Organization | EntityKind::Government => {
            who.id.as_ref().map(|id| format!("vendors/{id}/"))
        }
        EntityKind::Person => Some(format!("people/{}/", address())),
        EntityKind::Product => Some(format!("products/{}/", address())),
        EntityKind::Place | EntityKind::Legal => None,
    }
}

fn outlet(name: &str) -> String {
    format!("outlets/{}/", outlet_address(name))
}

fn everybody(incident: &Incident) -> impl Iterator<Item = &Who> {
    let parties = incident.parties.iter().map(|party| &party.who);
    let sources = incident.lineage.iter().flat_map(|d| d.named.iter().chain(&d.carriers));
    let targets = incident.positions.iter().filter_map(|position| position.target.as_ref());
    let questions = &incident.questions;
    let asked = questions.iter().flat_map(|question| &question.about);
    let answering = questions.iter().flat_map(|q| &q.answers).filter_map(|a| a.by.as_ref());
    parties.chain(sources).chain(targets).chain(asked).chain(answering)
}
