//! From groups of articles to incidents, and from incidents to disputes.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::judged::Pins;
use super::{
    answers, contradictions, entered, lineage, positions, questions, roles, statement, summary,
    timeline,
};
use crate::model::date::EventRole;
use crate::model::editor::EnteredIncident;
use crate::model::edtf::{Edtf, Precision};
use crate::model::entity::{EntityKind, Who};
use crate::model::finding::Finding;
use crate::model::history::Hand;
use crate::model::id::Key;
use crate::model::incident::{
    Dispute, DisputeId, Incident, IncidentId, IncidentRef, Party, PartyRole, Status,
};
use crate::model::text::Evidence;
use crate::rules::Rules;

/// Makes one incident out of a group of articles, oldest first.
pub(super) fn make(docs: &[&Doc<'_>], rules: &Rules) -> Incident {
    let types = roles::types(docs);
    let parties = roles::parties(docs, &types, rules);
    let lineage = lineage::find(docs);
    let said = statement::all(docs, types.first().map_or("", String::as_str), rules);
    let timeline = timeline::make(docs, &lineage, &types, &parties, &said, rules);
    let opened = opened(docs, &types, rules);
    let first_day = opened.sort_day();
    let contradictions = contradictions::find(&contradictions::Accounts {
        docs,
        timeline: &timeline,
        types: &types,
        said: &said,
        opened: first_day,
        rules,
    });
    let first = docs.first().map(|doc| doc.reading.article.id.to_string()).unwrap_or_default();
    let drafts = questions::gather(docs, &types, &parties, rules);
    let positions = positions::find(docs, &lineage, &types, rules);
    let matter = answers::Matter { docs, said: &said, types: &types, opened: first_day, rules };
    let (status, end) = status(docs, &types, rules);
    let mut questions: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let mut question = questions::finished(draft, &first);
            answers::settle(&mut question, draft, &matter);
            if let Some(end) = end {
                answers::overtake(&mut question, docs, end);
            }
            question
        })
        .collect();
    questions::tell_apart(&mut questions, &first);
    let claims = docs
        .iter()
        .flat_map(|doc| doc.reading.claims.iter().map(|claim| (doc.id, claim.id)))
        .collect();
    Incident {
        id: docs.first().map_or_else(
            || IncidentRef::Provisional(Key::of(&["incident"])),
            |doc| IncidentRef::named_after(doc.reading.article.id),
        ),
        title: title(docs, &types, &parties, rules),
        title_zh: None,
        status,
        opened,
        dispute: None,
        articles: docs.iter().map(|doc| doc.id).collect(),
        types,
        parties,
        timeline,
        claims,
        positions,
        questions,
        contradictions,
        lineage,
        editor: None,
        by: Hand::Machine,
    }
}

/// The line most articles' leads agree on, else parties and type.
fn title(docs: &[&Doc<'_>], types: &[String], parties: &[Party], rules: &Rules) -> String {
    let main = types.first().map_or("", String::as_str);
    let mut lines: BTreeMap<String, i64> = BTreeMap::new();
    for doc in docs {
        let mut seen = BTreeSet::new();
        for act in doc.reading.acts.iter().filter(|act| doc.in_lead(act.span)) {
            let row = rules.lexicon.predicates.rows().iter().find(|row| row.id == act.rule);
            let Some(rule) = row
                .map(|row| &row.meaning)
                .filter(|rule| rule.kind == main && rule.closing.is_none())
            else {
                continue;
            };
            let principal = |index: Option<crate::model::entity::NameIx>| {
                index.and_then(|ix| doc.who(ix)).is_some_and(|who| {
                    parties.iter().any(|p| p.who == *who && p.role <= PartyRole::Authority)
                })
            };
            if let Some(mut line) = summary::filled(doc, act, rule).filter(|_| principal(act.actor))
            {
                line = line.trim_end_matches(" (announced)").to_string();
                if seen.insert(line.clone()) {
                    *lines.entry(line).or_default() += i64::from(rule.weight);
                }
            }
        }
    }
    let best = lines.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    if let Some((line, _)) = best {
        return line;
    }
    let kind = rules
        .types
        .iter()
        .find(|kind| kind.id == main)
        .map_or("Incident", |kind| kind.name.as_str());
    let names: Vec<&str> = parties
        .iter()
        .filter(|p| p.role <= PartyRole::Authority)
        .take(2)
        .map(|p| p.who.name.as_str())
        .collect();
    if names.is_empty() { kind.to_string() } else { format!("{}: {kind}", names.join(" and ")) }
}

/// Settled or resolved where the latest article leads with the end of the matter, and its words.
fn status(docs: &[&Doc<'_>], types: &[String], rules: &Rules) -> (Status, Option<Evidence>) {
    let Some(last) = docs.last() else { return (Status::Open, None) };
    let mut closing = None;
    let mut going_on = 0;
    for act in last.reading.acts.iter().filter(|act| last.in_lead(act.span) && !act.planned) {
        let row = rules.lexicon.predicates.rows().iter().find(|row| row.id == act.rule);
        let Some(rule) = row.map(|row| &row.meaning) else { continue };
        if rule.closing.is_some()
            && (rule.kind.is_empty() || types.contains(&rule.kind))
            && docs.len() > 1
        {
            let evidence = Evidence { capture: last.id, span: act.span };
            closing = rule.closing.map(|to| (to, evidence));
        } else if types.first() == Some(&rule.kind) && !rule.noun {
            going_on += 1;
        }
    }
    let waiting = last
        .reading
        .asks
        .iter()
        .filter(|ask| ask.kind == crate::model::reading::AskKind::Pending)
        .count();
    match closing.filter(|_| going_on <= 1 && waiting == 0) {
        Some((status, evidence)) => (status, Some(evidence)),
        None => (Status::Open, None),
    }
}

/// The first day of the main act, else the first day of publication.
fn opened(docs: &[&Doc<'_>], types: &[String], rules: &Rules) -> Edtf {
    let main = types.first().map_or("", String::as_str);
    let first =
        docs.first().map_or_else(|| Edtf::day(chrono::NaiveDate::MIN), |doc| Edtf::day(doc.day));
    let mut days = Vec::new();
    for doc in docs {
        for event in doc.reading.events.iter().filter(|e| e.role == EventRole::Happened) {
            let tells =
                doc.reading.acts.iter().filter(|act| act.span.meets(event.span)).any(|act| {
                    rules.lexicon.predicates.rows().iter().any(|row| {
                        row.id == act.rule
                            && row.meaning.kind == main
                            && row.meaning.closing.is_none()
                            && row.meaning.weight >= 5
                    })
                });
            if tells && event.date.precision() == Precision::Day && event.date.sort_day() <= doc.day
            {
                days.push(event.date);
            }
        }
    }
    // Background years before the first article is no opening.
    let floor = first.sort_day() - chrono::Days::new(120);
    days.into_iter().filter(|day| day.sort_day() >= floor).min().unwrap_or(first)
}

/// An incident read from articles, and the address judgements hold it at.
pub(super) struct Captured<'c, 'a> {
    pub incident: Incident,
    pub docs: Vec<&'c Doc<'a>>,
    pub pin: Option<String>,
}

/// Lays entered incidents over captured ones; what matches nothing stands alone.
pub(super) fn with_entered(
    captured: Vec<Captured<'_, '_>>,
    entered: &[EnteredIncident],
    pins: &Pins,
    rules: &Rules,
    findings: &mut Vec<Finding>,
) -> Vec<Incident> {
    let (ended, entered): (Vec<_>, Vec<_>) =
        entered.iter().partition(|row| pins.heir(row.id.as_str()) != row.id.as_str());
    let mut fits: Vec<(i64, usize, usize)> = Vec::new();
    for (c, Captured { incident, docs, pin }) in captured.iter().enumerate() {
        for (e, row) in entered.iter().enumerate() {
            let score = match pin.as_deref() {
                // What an editor named or merged is decided.
                Some(pin) if pin == row.id.as_str() => Some(i64::MAX),
                Some(pin) if IncidentId::parse(pin).is_some() && !pin.starts_with("p-") => None,
                _ => entered::fit(incident, docs, row, rules),
            };
            fits.extend(score.map(|score| (score, c, e)));
        }
    }
    fits.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken_c = BTreeMap::new();
    let mut taken_e = BTreeSet::new();
    for (_, c, e) in fits {
        if !taken_c.contains_key(&c) && taken_e.insert(e) {
            taken_c.insert(c, e);
        }
    }
    let mut incidents = Vec::new();
    for (index, Captured { mut incident, .. }) in captured.into_iter().enumerate() {
        if let Some(row) = taken_c.get(&index).and_then(|e| entered.get(*e)) {
            entered::join(&mut incident, row, rules);
        }
        incidents.push(incident);
    }
    for (index, row) in entered.iter().enumerate() {
        for note in &row.notes {
            findings.push(Finding::note("entered-note", note.clone()).at(row.place.clone()));
        }
        if !taken_e.contains(&index) {
            incidents.push(entered::incident(row, rules));
        }
    }
    for row in ended {
        let heir = pins.heir(row.id.as_str());
        if let Some(incident) = incidents.iter_mut().find(|i| i.id.address() == heir) {
            entered::add(incident, row, rules);
        }
    }
    incidents
}

/// Ties incidents of the same parties together; every captured incident of two known houses belongs
/// to a dispute.
pub(super) fn disputes(
    incidents: &mut [Incident],
    names: &BTreeMap<DisputeId, Option<DisputeId>>,
    rules: &Rules,
) -> Vec<Dispute> {
    // Disputes that editors named, by their two principal parties.
    let mut by_pair: BTreeMap<BTreeSet<Who>, DisputeId> = BTreeMap::new();
    for incident in incidents.iter() {
        if let (Some(dispute), Some(pair)) = (&incident.dispute, pair(incident)) {
            by_pair.entry(pair).or_insert_with(|| dispute.clone());
        }
    }
    for incident in incidents.iter_mut().filter(|i| i.dispute.is_none() && i.is_captured()) {
        let Some(pair) = pair(incident) else { continue };
        let made = || {
            let ids: Vec<&str> =
                pair.iter().filter_map(|who| who.id.as_ref()).map(|id| id.as_str()).collect();
            DisputeId::parse(&ids.join("-"))
        };
        incident.dispute = by_pair.get(&pair).cloned().or_else(made);
    }
    for incident in incidents.iter_mut() {
        if let Some(name) = incident.dispute.as_ref().and_then(|id| names.get(id)) {
            incident.dispute = name.clone();
        }
    }
    let mut grouped: BTreeMap<DisputeId, Vec<&Incident>> = BTreeMap::new();
    for incident in incidents.iter() {
        if let Some(dispute) = &incident.dispute {
            grouped.entry(dispute.clone()).or_default().push(incident);
        }
    }
    grouped
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
        .collect()
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
