//! The longer quarrels that tie incidents of the same parties together.
//!
//! In: incidents, and what editors made of disputes. Out: disputes, each with its incidents, oldest first.
//! What holds: every captured incident of two known houses belongs to one dispute at most.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::entity::{EntityKind, Who};
use crate::model::history::Hand;
use crate::model::incident::{Dispute, DisputeId, Incident};
use crate::model::party::PartyRole;
use crate::rules::Rules;

/// The dispute that each incident belongs to, and the disputes; `names` says what became of those that editors
/// judged.
pub(super) fn tie(
    incidents: &[Arc<Incident>],
    names: &BTreeMap<DisputeId, Option<DisputeId>>,
    rules: &Rules,
) -> (Vec<Option<DisputeId>>, Vec<Dispute>) {
    // Disputes that editors named, by their two principal parties.
    let mut by_pair: BTreeMap<BTreeSet<Who>, DisputeId> = BTreeMap::new();
    for incident in incidents.iter() {
        if let (Some(dispute), Some(pair)) = (&incident.dispute, pair(incident)) {
            by_pair.entry(pair).or_insert_with(|| dispute.clone());
        }
    }
    let made = |pair: &BTreeSet<Who>| {
        let ids: Vec<&str> =
            pair.iter().filter_map(|who| who.id.as_ref()).map(|id| id.as_str()).collect();
        DisputeId::parse(&ids.join("-"))
    };
    let belongs = incidents.iter().map(|incident| {
        let pair = || pair(incident).filter(|_| incident.is_captured());
        let told = || pair().and_then(|pair| by_pair.get(&pair).cloned().or_else(|| made(&pair)));
        let dispute = incident.dispute.clone().or_else(told);
        let name = dispute.as_ref().and_then(|id| names.get(id)).cloned();
        name.unwrap_or(dispute)
    });
    let belongs: Vec<Option<DisputeId>> = belongs.collect();
    let mut grouped: BTreeMap<DisputeId, Vec<&Incident>> = BTreeMap::new();
    for (incident, dispute) in incidents.iter().zip(&belongs) {
        if let Some(dispute) = dispute {
            grouped.entry(dispute.clone()).or_default().push(incident);
        }
    }
    let disputes = grouped
        .into_iter()
        .map(|(id, mut members)| {
            members.sort_by_key(|incident| (incident.opened.sort_day(), incident.id.clone()));
            let parties = principals(&members);
            let named = rules.disputes.iter().find(|dispute| dispute.id == id);
            let title = match named {
                Some(dispute) => dispute.title.clone(),
                None => parties
                    .iter()
                    .take(2)
                    .map(|who| who.name.as_str())
                    .collect::<Vec<_>>()
                    .join(" and "),
            };
            let by = if members.iter().any(|i| i.editor.is_some()) {
                Hand::Editor
            } else {
                Hand::Machine
            };
            let incidents = members.iter().map(|incident| incident.id.clone()).collect();
            Dispute { id, title, parties, incidents, by }
        })
        .collect();
    (belongs, disputes)
}

/// The two houses at the centre of an incident, both known to the registry.
fn pair(incident: &Incident) -> Option<BTreeSet<Who>> {
    let of = |role: PartyRole| {
        incident
            .parties
            .iter()
            .find(|p| p.role == role && p.who.id.is_some() && p.who.kind != EntityKind::Person)
            .map(|p| p.who.clone())
    };
    let first = of(PartyRole::Initiator).or_else(|| of(PartyRole::Authority))?;
    let second = of(PartyRole::Respondent)?;
    (first != second).then(|| BTreeSet::from([first, second]))
}

/// Parties of a dispute by how many of its incidents they stand at the centre of.
fn principals(members: &[&Incident]) -> Vec<Who> {
    let mut counts: BTreeMap<Who, i32> = BTreeMap::new();
    for incident in members {
        for party in &incident.parties {
            let weight = match party.role {
                PartyRole::Initiator | PartyRole::Respondent => 3,
                PartyRole::Authority => 2,
                PartyRole::Affected => 1,
                PartyRole::Observer => 0,
            };
            if weight > 0 {
                *counts.entry(party.who.clone()).or_default() += weight;
            }
        }
    }
    let mut ranked: Vec<(Who, i32)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().map(|(who, _)| who).collect()
}
