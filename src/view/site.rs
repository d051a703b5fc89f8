//! The whole site as paths and bytes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::pages;
use crate::model::entity::{EntityId, EntityKind};
use crate::model::incident::{Incident, PartyRole};
use crate::model::kb::KnowledgeBase;
use crate::model::source::CaptureId;
use crate::model::tree::Rendered;
use crate::rules::Rules;

/// How the site presents itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Name in the masthead.
    pub title: String,
    /// Address it is published at, ending in `/`; empty where it is not known.
    pub base_url: String,
    /// Version of the program.
    pub version: String,
}

/// What every page may ask.
pub struct Site<'a> {
    /// The record.
    pub kb: &'a KnowledgeBase,
    /// Types and their names.
    pub rules: &'a Rules,
    /// Title and addresses.
    pub look: &'a Look,
    vendors: BTreeSet<EntityId>,
    home: BTreeMap<CaptureId, &'a Incident>,
}

impl<'a> Site<'a> {
    /// Prepares a site.
    pub fn new(kb: &'a KnowledgeBase, rules: &'a Rules, look: &'a Look) -> Self {
        let parties = kb.incidents.iter().flat_map(|incident| &incident.parties);
        let vendors = parties
            .filter(|party| {
                matches!(
                    party.who.kind,
                    EntityKind::Organization | EntityKind::Government | EntityKind::Product
                )
            })
            .filter_map(|party| party.who.id.clone())
            .collect();
        let home =
            kb.incidents.iter().flat_map(|i| i.articles.iter().map(move |id| (*id, i))).collect();
        Self { kb, rules, look, vendors, home }
    }

    /// Whether somebody has a page of their own.
    pub fn has_vendor(&self, id: &EntityId) -> bool {
        self.vendors.contains(id)
    }

    /// Everybody who has a page.
    pub fn vendors(&self) -> impl Iterator<Item = &EntityId> {
        self.vendors.iter()
    }

    /// The incident an article belongs to.
    pub fn incident_of(&self, capture: CaptureId) -> Option<&'a Incident> {
        self.home.get(&capture).copied()
    }

    /// The day the record speaks of.
    pub fn today(&self) -> NaiveDate {
        self.kb.today
    }

    /// The name of a type.
    pub fn type_name(&self, id: &str) -> String {
        let found = self.rules.types.iter().find(|kind| kind.id == id);
        found.map_or_else(|| id.to_string(), |kind| kind.name.clone())
    }

    /// What incidents of a type are about: "the ban".
    pub fn topic(&self, id: &str) -> Option<&'a str> {
        self.rules.types.iter().find(|kind| kind.id == id).map(|kind| kind.topic.as_str())
    }

    /// The incidents somebody is a party of, by role.
    pub fn incidents_of(&self, id: &EntityId) -> Vec<(PartyRole, &'a Incident)> {
        let mut found = Vec::new();
        for incident in &self.kb.incidents {
            let role =
                incident.parties.iter().find(|p| p.who.id.as_ref() == Some(id)).map(|p| p.role);
            found.extend(role.map(|role| (role, incident)));
        }
        found
    }
}

/// Path of an incident's page.
pub fn incident_path(incident: &Incident) -> String {
    incident.id.path()
}

/// Renders every page; assets are laid beside them as they are.
pub fn site(
    kb: &KnowledgeBase,
    rules: &Rules,
    look: &Look,
    assets: &BTreeMap<String, Vec<u8>>,
) -> Rendered {
    let site = Site::new(kb, rules, look);
    let mut rendered: Rendered =
        assets.iter().map(|(name, bytes)| (format!("assets/{name}"), bytes.clone())).collect();
    let mut put = |path: String, html: String| {
        rendered.insert(format!("{path}index.html"), html.into_bytes());
    };
    put(String::new(), pages::home(&site));
    put("timeline/".into(), pages::timeline(&site));
    put("questions/".into(), pages::questions(&site));
    put("vendors/".into(), pages::vendors(&site));
    put("disputes/".into(), pages::disputes(&site));
    put("about/".into(), pages::about(&site));
    put("search/".into(), pages::search(&site));
    for incident in &kb.incidents {
        put(incident_path(incident), pages::incident(&site, incident));
    }
    for dispute in &kb.disputes {
        put(format!("disputes/{}/", dispute.id), pages::dispute(&site, dispute));
    }
    for id in site.vendors() {
        if let Some(html) = pages::vendor(&site, id) {
            put(format!("vendors/{id}/"), html);
        }
    }
    rendered.insert("404.html".into(), pages::missing(&site).into_bytes());
    rendered
}
