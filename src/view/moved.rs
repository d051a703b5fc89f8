//! Addresses that led somewhere once: a published address never dies.

use std::collections::BTreeMap;

use super::line::Link;
use super::pages;
use super::site::{LANGUAGES, Plan};
use crate::model::incident::{Incident, IncidentRef};
use crate::model::judgement::Verdict;
use crate::model::kb::KnowledgeBase;
use crate::model::subject::SubjectKind;
use crate::model::tree::Rendered;

/// Where an address of an incident or a dispute leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To a page of its own.
    Here,
    /// To another page: path and title.
    To(String, String),
    /// Nowhere.
    Nowhere,
}

/// Paths of incidents and disputes that have a page of their own.
pub fn addresses(kb: &KnowledgeBase) -> impl Iterator<Item = String> + '_ {
    let incidents = kb.incidents.iter().map(|incident| incident.id.path());
    incidents.chain(kb.disputes.iter().map(|dispute| format!("disputes/{}/", dispute.id)))
}

/// Where addresses lead now, for all of a record.
pub struct Addresses<'a> {
    kb: &'a KnowledgeBase,
    titles: BTreeMap<String, &'a str>,
    /// The address each article would give its incident, if it were the first: an older article that
    /// came in later leaves the old address behind.
    by_article: BTreeMap<String, &'a Incident>,
}

impl<'a> Addresses<'a> {
    /// Lists the addresses of a record.
    pub fn of(kb: &'a KnowledgeBase) -> Self {
        let mut titles: BTreeMap<String, &str> = BTreeMap::new();
        let mut by_article = BTreeMap::new();
        for incident in &kb.incidents {
            titles.insert(incident.id.path(), &incident.title);
            for reading in incident.articles.iter().filter_map(|id| kb.readings.get(id)) {
                let path = IncidentRef::named_after(reading.article.id).path();
                by_article.insert(path, incident.as_ref());
            }
            // Nor does an address die that an article had before it was found to tell of several incidents.
            let passages = incident.passages.iter().filter_map(|at| kb.readings.get(&at.capture));
            for reading in passages {
                let path = IncidentRef::named_after(reading.article.id).path();
                by_article.entry(path).or_insert(incident.as_ref());
            }
        }
        for dispute in &kb.disputes {
            titles.insert(format!("disputes/{}/", dispute.id), &dispute.title);
        }
        Self { kb, titles, by_article }
    }

    /// Where a path such as `incidents/p-97f75880cca8/` leads.
    pub fn leads(&self, path: &str) -> Leads {
        if self.titles.contains_key(path) {
            return Leads::Here;
        }
        let end = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        let kind = match path.split('/').next() {
            Some("disputes") => SubjectKind::Dispute,
            _ => SubjectKind::Incident,
        };
        let folder = path.split('/').next().unwrap_or("");
        let heir = self.kb.judged.heirs.get(&(kind, end.to_string()));
        let heir = heir.map(|heir| format!("{folder}/{heir}/"));
        let known = heir.and_then(|path| Some((self.titles.get(&path)?.to_string(), path)));
        match known {
            Some((title, path)) => Leads::To(path, title),
            None => match self.by_article.get(path) {
                Some(incident) => Leads::To(incident.id.path(), incident.title.clone()),
                None => Leads::Nowhere,
            },
        }
    }
}

/// Pages at addresses that were published, or judged, and are others now, in every language.
pub fn moved(plan: &Plan<'_>, kb: &KnowledgeBase, published: &[String]) -> Rendered {
    let addresses = Addresses::of(kb);
    let judged = kb.judged.heirs.keys().map(|(kind, id)| match kind {
        SubjectKind::Dispute => format!("disputes/{id}/"),
        _ => format!("incidents/{id}/"),
    });
    let in_force = kb.judged.ledger.in_force();
    let rejected = in_force.iter().filter_map(|entry| match &entry.verdict {
        Verdict::Reject { of } if of.kind == SubjectKind::Incident => {
            Some(format!("incidents/{}/", of.id))
        }
        _ => None,
    });
    let mut rendered = Rendered::new();
    for path in published.iter().cloned().chain(judged).chain(rejected) {
        let to = match addresses.leads(&path) {
            Leads::Here => continue,
            Leads::To(href, name) => Some((href, name)),
            Leads::Nowhere => None,
        };
        for language in &LANGUAGES {
            let site = plan.site(language);
            let tree = if site.words.is_chinese() { "zh/" } else { "" };
            let to =
                to.clone().map(|(href, name)| Link { name, href: Some(format!("{tree}{href}")) });
            let html = pages::moved(&site, &path, to);
            rendered.insert(format!("{tree}{path}index.html"), html.into_bytes());
        }
    }
    rendered
}
