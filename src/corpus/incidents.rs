//! From groups of articles to incidents, laid under those that editors entered.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

use chrono::NaiveDate;

use super::doc::Doc;
use super::identity::Identities;
use super::judged::Pins;
use super::roundups::Told;
use super::{
    answers, contradictions, entered, lineage, naming, positions, questions, quotations, relations,
    roles, statement, timeline,
};
use crate::model::date::EventRole;
use crate::model::edtf::{Edtf, Precision};
use crate::model::history::Hand;
use crate::model::id::Key;
use crate::model::incident::{Incident, IncidentId, IncidentRef, Status};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::text::Evidence;
use crate::rules::{PredicateRule, Rules};

/// Makes an incident of what is told of it.
pub(super) fn told(told: &Told<'_>, identities: &Identities, rules: &Rules) -> Incident {
    let docs = told.docs(identities, rules);
    let docs: Vec<&Doc<'_>> = docs.iter().collect();
    let mut incident = make(&docs, rules);
    incident.elsewhere = told.elsewhere();
    if let Some(name) = told.group.reference(&docs) {
        incident.id = name;
    }
    incident
}

/// Makes one incident out of a group of articles, oldest first.
fn make(docs: &[&Doc<'_>], rules: &Rules) -> Incident {
    let types = roles::types(docs, rules);
    let parties = roles::parties(docs, &types, rules);
    let lineage = lineage::find(docs, rules);
    let allusions = docs.iter().flat_map(|doc| relations::allusions::of(doc, rules)).collect();
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
    let mut whole = docs.iter().filter(|doc| doc.is_whole());
    let first = whole.next().map(|doc| doc.reading.article.id);
    let named = first.map(|id| id.to_string()).unwrap_or_default();
    let drafts = questions::gather(docs, &types, &parties, &said, rules);
    let positions = positions::find(docs, &lineage, &types, rules);
    let matter = answers::Matter {
        docs,
        parties: &parties,
        said: &said,
        types: &types,
        opened: first_day,
        passages: answers::Passages::default(),
        rules,
    };
    let (status, end) = status(docs, &types, rules);
    let mut questions: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let mut question = questions::finished(draft, &named);
            answers::settle(&mut question, draft, &matter);
            if let Some(end) = end {
                answers::overtake(&mut question, docs, end);
            }
            question
        })
        .collect();
    questions::tell_apart(&mut questions, &named);
    let claims = docs
        .iter()
        .flat_map(|doc| doc.reading.claims.iter().map(|claim| (doc.id, claim.id)))
        .collect();
    Incident {
        id: first.map_or_else(
            || IncidentRef::Provisional(Key::of(&["incident"])),
            IncidentRef::named_after,
        ),
        title: naming::title(docs, &types, &parties, rules),
        title_zh: None,
        status,
        opened,
        dispute: None,
        articles: docs.iter().filter(|doc| doc.is_whole()).map(|doc| doc.id).collect(),
        passages: docs.iter().flat_map(passages).collect(),
        elsewhere: Vec::new(),
        types,
        parties,
        timeline,
        claims,
        positions,
        questions,
        allusions,
        relations: Vec::new(),
        contradictions,
        lineage,
        missing: quotations::missing(docs, rules),
        editor: None,
        by: Hand::Machine,
    }
}

fn passages(doc: &&Doc<'_>) -> Vec<Evidence> {
    doc.passages.iter().map(|span| Evidence { capture: doc.id, span: *span }).collect()
}

/// Settled or resolved where the latest article leads with the end of the matter, and its words.
fn status(docs: &[&Doc<'_>], types: &[String], rules: &Rules) -> (Status, Option<Evidence>) {
    // A recap reopens nothing.
    let Some(last) = docs.iter().rfind(|doc| doc.is_whole()) else { return (Status::Open, None) };
    let mut closing = None;
    let mut headline = false;
    let mut going_on = 0;
    for act in last.reading.acts.iter().filter(|act| last.in_lead(act.span) && !act.planned) {
        let Some(rule) = rules.lexicon.predicates.meaning(&act.rule) else { continue };
        if rule.closing.is_some()
            && (rule.kind.is_empty() || types.contains(&rule.kind))
            && docs.len() > 1
        {
            let evidence = Evidence { capture: last.id, span: act.span };
            closing = rule.closing.map(|to| (to, evidence));
            headline |= act.span.start() < last.reading.title_end();
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
    // What the headline says has ended has, whatever the lead recalls.
    match closing.filter(|_| headline || going_on <= 1 && waiting == 0) {
        Some((status, evidence)) => (status, Some(evidence)),
        None => (Status::Open, None),
    }
}

/// The first day of an act of its first type, else of a lawsuit, else of publication.
fn opened(docs: &[&Doc<'_>], types: &[String], rules: &Rules) -> Edtf {
    let first = docs.first().map_or_else(|| Edtf::day(NaiveDate::MIN), |doc| Edtf::day(doc.day));
    // Background years before the first article is no opening.
    let floor = first.sort_day() - chrono::Days::new(120);
    let mut days: BTreeSet<(usize, NaiveDate, Edtf)> = BTreeSet::new();
    for doc in docs {
        for event in doc.reading.events.iter().filter(|e| e.role == EventRole::Happened) {
            let day = event.date.sort_day();
            if event.date.precision() != Precision::Day || day > doc.day || day < floor {
                continue;
            }
            let acts = doc.reading.acts.iter().filter(|act| act.span.meets(event.span));
            let ranks = acts.filter_map(|act| {
                let rule = rules.lexicon.predicates.meaning(&act.rule)?;
                let opens = rule.closing.is_none() && rule.weight >= 5;
                rank(rule, types).filter(|rank| opens && *rank <= 1)
            });
            days.extend(ranks.map(|rank| (rank, day, event.date)));
        }
    }
    days.first().map_or(first, |(_, _, date)| *date)
}

/// How well an act tells what an incident is: one of its first type best, then a lawsuit, whatever it is over, then
/// one of another of its types.
pub(super) fn rank(rule: &PredicateRule, types: &[String]) -> Option<usize> {
    match types.iter().position(|kind| *kind == rule.kind) {
        Some(0) => Some(0),
        _ if rule.suit => Some(1),
        other => other.map(|at| at + 1),
    }
}

/// An incident read from articles, and the address judgements hold it at.
pub(super) struct Captured {
    pub incident: Arc<Incident>,
    pub pin: Option<String>,
}

/// Captured incidents joined by entered ones, beside the two each was made of.
pub(super) type Joined = BTreeMap<IncidentRef, ([Arc<Incident>; 2], Arc<Incident>)>;

/// Lays entered incidents over captured ones; what matches nothing stands alone.
pub(super) fn with_entered(
    captured: Vec<Captured>,
    entered: Vec<Arc<Incident>>,
    readings: &BTreeMap<CaptureId, Arc<Reading>>,
    pins: &Pins,
    near_days: i64,
    joined: &mut Joined,
) -> Vec<Arc<Incident>> {
    let ended = |entered: &Arc<Incident>| {
        let address = entered.id.address();
        pins.heir(&address) != address
    };
    let (ended, entered): (Vec<_>, Vec<_>) = entered.into_iter().partition(ended);
    let rows = entered::Known::of(&entered, near_days);
    let mut fits: Vec<(i64, usize, usize)> = Vec::new();
    for (c, Captured { incident, pin }) in captured.iter().enumerate() {
        let named = pin.as_deref();
        let named = named.filter(|pin| IncidentId::parse(pin).is_some() && !pin.starts_with("p-"));
        match named {
            // What an editor named or merged is decided.
            Some(pin) => {
                let row = entered.iter().position(|row| row.id.address() == pin);
                fits.extend(row.map(|e| (i64::MAX, c, e)));
            }
            None => {
                let scored = rows.fitting(incident, readings).into_iter();
                fits.extend(scored.map(|(score, e)| (score, c, e)));
            }
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
    let mut before = mem::take(joined);
    let mut incidents = Vec::new();
    for (index, Captured { incident, .. }) in captured.into_iter().enumerate() {
        let Some(row) = taken_c.get(&index).and_then(|e| entered.get(*e)) else {
            incidents.push(incident);
            continue;
        };
        let of = [&incident, row];
        let known = before.remove(&row.id);
        let known =
            known.filter(|(made_of, _)| made_of.iter().zip(of).all(|(a, b)| Arc::ptr_eq(a, b)));
        let (_, made) = joined.entry(row.id.clone()).or_insert(known.unwrap_or_else(|| {
            let mut made = Incident::clone(&incident);
            entered::join(&mut made, row);
            (of.map(Arc::clone), Arc::new(made))
        }));
        incidents.push(made.clone());
    }
    let alone = entered.iter().enumerate().filter(|(index, _)| !taken_e.contains(index));
    incidents.extend(alone.map(|(_, entered)| entered.clone()));
    for row in ended {
        let address = row.id.address();
        let heir = pins.heir(&address);
        if let Some(incident) = incidents.iter_mut().find(|i| i.id.address() == heir) {
            entered::add(Arc::make_mut(incident), &row);
        }
    }
    incidents
}
