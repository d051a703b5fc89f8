//! Incidents and disputes that came, changed or went.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Scope, State, article_ids, bare, differs};
use crate::model::change::{Change, Difference, News};
use crate::model::history::Hand;
use crate::model::incident::{Dispute, DisputeId, Incident, IncidentRef};
use crate::model::kb::KnowledgeBase;
use crate::model::subject::SubjectKind;

/// The incident itself: that it is there, and what is said of it as a whole.
pub(super) fn changes(scope: &Scope<'_>, found: &mut Vec<Change>) {
    let incident = scope.incident;
    let by = if incident.is_proposed() { Hand::Machine } else { Hand::Editor };
    let Some(before) = scope.before else {
        let day = known(scope.to, incident);
        let made = scope.change(SubjectKind::Incident, News::New, day, incident.id.address());
        // What was one incident and is two now says so.
        let homes = article_ids(scope.to, incident).filter_map(|id| scope.earlier.home(id));
        let homes: BTreeSet<String> = homes.map(|i| i.id.address()).collect();
        let homes: Vec<String> = homes.into_iter().collect();
        let differences = differs("out of", String::new(), homes.join(", ")).into_iter().collect();
        found.push(Change { title: incident.title.clone(), differences, by, ..made });
        return;
    };
    let parties = |incident: &Incident| {
        let names = incident.parties.iter();
        let names: Vec<String> =
            names.map(|p| format!("{} ({})", p.who.name, p.role.word())).collect();
        names.join(", ")
    };
    let dispute = |i: &Incident| i.dispute.as_ref().map(DisputeId::to_string).unwrap_or_default();
    let reviewed = |i: &Incident| if i.is_proposed() { "proposed" } else { "reviewed" }.to_string();
    let differences: Vec<Difference> = [
        differs("address", before.id.address(), incident.id.address()),
        differs("review", reviewed(before), reviewed(incident)),
        differs("title", before.title.clone(), incident.title.clone()),
        differs("status", before.status.word().into(), incident.status.word().into()),
        differs("types", before.types.join(", "), incident.types.join(", ")),
        differs("opened", before.opened.to_string(), incident.opened.to_string()),
        differs("parties", parties(before), parties(incident)),
        differs("dispute", dispute(before), dispute(incident)),
        differs("roots", before.roots().to_string(), incident.roots().to_string()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !differences.is_empty() {
        let day = scope.last_arrival();
        let made = scope.change(SubjectKind::Incident, News::Updated, day, incident.id.address());
        found.push(Change { title: incident.title.clone(), differences, by, ..made });
    }
}

/// The first day on which anything of an incident could be read.
fn known(kb: &KnowledgeBase, incident: &Incident) -> NaiveDate {
    let articles = incident.sources().filter_map(|id| kb.readings.get(&id));
    let entered = incident.editor.iter().map(|editor| editor.entered);
    articles.map(|r| r.article.day()).chain(entered).min().unwrap_or(kb.today)
}

/// An incident that none of the later state continues: its articles went into others, or nowhere.
pub(super) fn gone(
    earlier: &State<'_>,
    incident: &Incident,
    later: &State<'_>,
    found: &mut Vec<Change>,
) {
    let homes = article_ids(earlier.kb, incident).filter_map(|id| later.home(id));
    let heirs: BTreeSet<IncidentRef> = homes.map(|i| i.id.clone()).collect();
    let into: Vec<String> = heirs.iter().map(IncidentRef::address).collect();
    let (id, day) = (incident.id.address(), later.kb.today);
    let heir = heirs.into_iter().next();
    let made = bare(SubjectKind::Incident, News::Gone, day, id, heir, incident.id.path());
    let differences = differs("now in", String::new(), into.join(", ")).into_iter().collect();
    found.push(Change { title: incident.title.clone(), differences, ..made });
}

/// Disputes that came, got incidents or lost them.
pub(super) fn disputes(from: &KnowledgeBase, to: &KnowledgeBase, found: &mut Vec<Change>) {
    let before: BTreeMap<&DisputeId, &Dispute> = from.disputes.iter().map(|d| (&d.id, d)).collect();
    let days: BTreeMap<&IncidentRef, NaiveDate> =
        to.incidents.iter().map(|incident| (&incident.id, known(to, incident))).collect();
    for dispute in &to.disputes {
        let old = before.get(&dispute.id);
        let was: BTreeSet<&IncidentRef> =
            old.map_or(BTreeSet::new(), |d| d.incidents.iter().collect());
        let came = dispute.incidents.iter().filter(|id| !was.contains(id));
        let day = came.filter_map(|id| days.get(id)).max().copied().unwrap_or(to.today);
        let names = |d: &Dispute| {
            d.incidents.iter().map(IncidentRef::address).collect::<Vec<_>>().join(", ")
        };
        let differences: Vec<Difference> = old
            .map(|old| {
                [
                    differs("title", old.title.clone(), dispute.title.clone()),
                    differs("incidents", names(old), names(dispute)),
                ]
            })
            .into_iter()
            .flatten()
            .flatten()
            .collect();
        if old.is_some() && differences.is_empty() {
            continue;
        }
        let news = if old.is_some() { News::Updated } else { News::New };
        let (id, address) = (dispute.id.to_string(), format!("disputes/{}/", dispute.id));
        let made = bare(SubjectKind::Dispute, news, day, id, None, address);
        found.push(Change { title: dispute.title.clone(), differences, by: dispute.by, ..made });
    }
    let now: BTreeSet<&DisputeId> = to.disputes.iter().map(|d| &d.id).collect();
    for dispute in from.disputes.iter().filter(|d| !now.contains(&d.id)) {
        let (id, address) = (dispute.id.to_string(), format!("disputes/{}/", dispute.id));
        let made = bare(SubjectKind::Dispute, News::Gone, to.today, id, None, address);
        found.push(Change { title: dispute.title.clone(), by: dispute.by, ..made });
    }
}
