//! Names for incidents that nobody has named.

use std::collections::BTreeSet;

use super::{calendar, words};
use crate::model::id::Slug;
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::party::PartyRole;
use crate::model::source::Language;

/// Most letters of a proposed name.
const NAME_CHARS_MAX: usize = 60;

/// What could be named, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The headline as read.
    pub title: String,
    /// "4 articles, 2 independent reports, since 23 June 2026".
    pub basis: String,
    /// The command that names it so.
    pub command: String,
}

/// Proposes a name for every proposed incident, those with most independent reports first.
pub fn proposals(kb: &KnowledgeBase) -> Vec<Proposal> {
    let mut taken: BTreeSet<String> = kb.incidents.iter().map(|i| i.id.address()).collect();
    let mut open: Vec<&Incident> =
        kb.incidents.iter().map(AsRef::as_ref).filter(|i: &&Incident| i.is_proposed()).collect();
    open.sort_by_key(|incident| {
        (std::cmp::Reverse((incident.roots(), incident.articles.len())), incident.id.clone())
    });
    let named = |incident: &Incident| {
        let name = name(incident, &taken);
        taken.insert(name.clone());
        let articles = words::counted(incident.articles.len(), "article", "articles");
        let roots = words::counted(incident.roots(), "independent report", "independent reports");
        Proposal {
            title: incident.title.clone(),
            basis: format!(
                "{articles}, {roots}, since {}",
                calendar::date(&Language::En, incident.opened)
            ),
            command: format!("casebook mint {} --name {name} --why '…'", incident.id.address()),
        }
    };
    let mut named = named;
    open.into_iter().map(&mut named).collect()
}

/// A free name: parties, type and month.
pub fn name(incident: &Incident, taken: &BTreeSet<String>) -> String {
    let principals = incident.parties.iter().filter(|p| p.role <= PartyRole::Authority).take(2);
    let mut parts: Vec<String> = principals
        .map(|party| match &party.who.id {
            Some(id) => id.to_string(),
            None => party.who.name.clone(),
        })
        .collect();
    parts.extend(incident.types.first().cloned());
    parts.push(incident.opened.sort_day().format("%Y-%m").to_string());
    let text = parts.join(" ");
    let slug = Slug::<Incident>::from_name(&text).map_or("incident".into(), |s| s.to_string());
    let mut short = String::new();
    for part in slug.split('-') {
        if short.len() + part.len() < NAME_CHARS_MAX {
            short.push_str(if short.is_empty() { "" } else { "-" });
            short.push_str(part);
        }
    }
    let mut name = short.clone();
    let mut nth = 1;
    while taken.contains(&name) {
        nth += 1;
        name = format!("{short}-{nth}");
    }
    name
}
