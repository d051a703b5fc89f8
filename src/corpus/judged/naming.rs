//! Incidents and disputes as editors named them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::corpus::entered;
use crate::model::history::Hand;
use crate::model::incident::{DisputeId, Incident, IncidentRef};
use crate::model::judgement::{Ledger, Verdict};
use crate::model::subject::SubjectKind;
use crate::rules::Rules;

/// Lays names, types, parties and status that editors gave over the incidents they gave them to.
pub(in crate::corpus) fn name(incidents: &mut [Arc<Incident>], ledger: &Ledger, rules: &Rules) {
    for judgement in ledger.in_force() {
        let Verdict::Mint { of, name, naming } = &judgement.verdict else { continue };
        let named = |incident: &&mut Arc<Incident>| match &incident.id {
            IncidentRef::Minted(id) => id.as_str() == name,
            IncidentRef::Provisional(_) => false,
        };
        let wanted = of.kind == SubjectKind::Incident;
        let Some(incident) = incidents.iter_mut().find(named).filter(|_| wanted) else { continue };
        let incident = Arc::make_mut(incident);
        incident.by = Hand::Editor;
        if let Some(title) = &naming.title {
            incident.title = title.clone();
        }
        incident.title_zh = naming.title_zh.clone().or(incident.title_zh.take());
        if !naming.types.is_empty() {
            incident.types = naming.types.clone();
        }
        if !naming.parties.is_empty() {
            incident.parties = entered::resolved(&naming.parties, rules);
            incident.parties.sort_by_key(|party| party.role);
        }
        incident.status = naming.status.unwrap_or(incident.status);
        incident.dispute = naming.dispute.clone().or(incident.dispute.take());
    }
}

/// What became of disputes: another id, or none where an editor rejected them.
pub(in crate::corpus) fn disputes(ledger: &Ledger) -> BTreeMap<DisputeId, Option<DisputeId>> {
    let mut names: BTreeMap<DisputeId, Option<DisputeId>> = BTreeMap::new();
    for judgement in ledger.in_force() {
        let subjects = judgement.verdict.subjects();
        if subjects.iter().any(|subject| subject.kind != SubjectKind::Dispute) {
            continue;
        }
        let to = match &judgement.verdict {
            Verdict::Mint { name, .. } => DisputeId::parse(name),
            Verdict::Merge { into, .. } => DisputeId::parse(&into.id),
            Verdict::Reject { .. } => None,
            _ => continue,
        };
        for from in subjects.iter().filter_map(|subject| DisputeId::parse(&subject.id)) {
            // What was named so before follows.
            for name in names.values_mut().filter(|name| name.as_ref() == Some(&from)) {
                *name = to.clone();
            }
            if to.as_ref() != Some(&from) {
                let before = names.insert(from, to.clone()).flatten();
                // Named twice: the later name counts, the other leads to it.
                if let Some(other) = before.filter(|other| to.as_ref() != Some(other)) {
                    names.insert(other, to.clone());
                }
            }
        }
        // A name that was given away earlier and is wanted again stays what it is.
        if let Some(to) = to {
            names.remove(&to);
        }
    }
    names
}
