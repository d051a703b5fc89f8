//! Incidents that editors entered, as incidents of the record, alone or joined by captured articles.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::date::{Basis, EventRole};
use crate::model::editor::{DateOf, EnteredIncident, EnteredParty};
use crate::model::edtf::{Edtf, Precision};
use crate::model::entity::{EntityKind, Who};
use crate::model::history::{Hand, History};
use crate::model::id::Key;
use crate::model::incident::{EditorNote, Entry, Incident, IncidentRef};
use crate::model::party::{Party, PartyRole};
use crate::model::question::Question;
use crate::model::reading::{AskKind, Reading};
use crate::model::source::CaptureId;
use crate::rules::Rules;

/// Score of an entered incident that cites one of the articles.
const CITED: i64 = 1_000;

/// An incident made of what an editor entered, without any captured article.
pub(super) fn incident(entered: &EnteredIncident, rules: &Rules) -> Incident {
    Incident {
        id: IncidentRef::Minted(entered.id.clone()),
        title: entered.title.clone(),
        title_zh: entered.title_zh.clone(),
        types: entered.types.clone(),
        status: entered.status,
        opened: entered.date,
        dispute: entered.dispute.clone(),
        parties: resolved(&entered.parties, rules),
        articles: Vec::new(),
        passages: Vec::new(),
        elsewhere: Vec::new(),
        timeline: timeline(entered),
        claims: Vec::new(),
        positions: Vec::new(),
        questions: questions(entered),
        contradictions: Vec::new(),
        lineage: Vec::new(),
        missing: Vec::new(),
        allusions: Vec::new(),
        relations: Vec::new(),
        editor: Some(note(entered)),
        by: Hand::Editor,
    }
}

/// Lays what an editor entered over an incident read from articles: the editor's words win, what was
/// read stays beside them.
pub(super) fn join(incident: &mut Incident, entered: &Incident) {
    incident.id = entered.id.clone();
    incident.title = entered.title.clone();
    incident.title_zh = entered.title_zh.clone();
    incident.types = entered.types.clone();
    incident.status = entered.status;
    incident.dispute = entered.dispute.clone();
    for party in &entered.parties {
        match incident.parties.iter_mut().find(|p| p.who == party.who) {
            Some(known) => known.role = party.role,
            None => incident.parties.push(party.clone()),
        }
    }
    incident.parties.sort_by_key(|party| party.role);
    for entry in &entered.timeline {
        let told = incident.timeline.iter().any(|known| {
            known.date.covers(entry.date)
                || entry.date.covers(known.date) && known.date.precision() <= Precision::Week
        });
        if !told {
            incident.timeline.push(entry.clone());
        }
    }
    incident.timeline.sort_by_key(|entry| (entry.date.sort_day(), entry.date.precision()));
    incident.questions.extend(entered.questions.iter().cloned());
    incident.editor = entered.editor.clone();
    incident.by = Hand::Editor;
}

/// Lays what an editor entered beside another incident it was merged into: lines and questions are
/// added, nothing is replaced.
pub(super) fn add(incident: &mut Incident, entered: &Incident) {
    for party in &entered.parties {
        if !incident.parties.iter().any(|known| known.who == party.who) {
            incident.parties.push(party.clone());
        }
    }
    incident.parties.sort_by_key(|party| party.role);
    for entry in &entered.timeline {
        if !incident.timeline.iter().any(|known| known.date == entry.date) {
            incident.timeline.push(entry.clone());
        }
    }
    incident.timeline.sort_by_key(|entry| (entry.date.sort_day(), entry.date.precision()));
    for question in &entered.questions {
        if !incident.questions.iter().any(|known| known.text == question.text) {
            incident.questions.push(question.clone());
        }
    }
}

/// Entered incidents, found by the addresses they cite and by the parties they name.
pub(super) struct Known<'a> {
    entered: &'a [Arc<Incident>],
    by_address: BTreeMap<String, Vec<usize>>,
    by_party: BTreeMap<&'a Who, Vec<usize>>,
    /// Days around an entered date within which a captured incident can be the same.
    near_days: i64,
}

impl<'a> Known<'a> {
    pub(super) fn of(entered: &'a [Arc<Incident>], near_days: i64) -> Self {
        let (mut by_address, mut by_party) = (BTreeMap::new(), BTreeMap::new());
        for (at, incident) in entered.iter().enumerate() {
            for source in incident.editor.iter().flat_map(|editor| &editor.sources) {
                by_address.entry(address(source)).or_insert_with(Vec::new).push(at);
            }
            for party in &incident.parties {
                by_party.entry(&party.who).or_insert_with(Vec::new).push(at);
            }
        }
        Self { entered, by_address, by_party, near_days }
    }

    /// Which rows a captured incident fits, and how well.
    pub(super) fn fitting(
        &self,
        incident: &Incident,
        readings: &BTreeMap<CaptureId, Arc<Reading>>,
    ) -> Vec<(i64, usize)> {
        // An article about several incidents says nothing by being cited.
        let parted = |id: &&CaptureId| incident.elsewhere.iter().any(|part| part.capture == **id);
        let whole = incident.articles.iter().filter(|id| !parted(id));
        let articles = whole.filter_map(|id| readings.get(id));
        let cited: BTreeSet<usize> = articles
            .flat_map(|reading| [&reading.article.url, &reading.article.requested])
            .filter_map(|url| self.by_address.get(&address(url)))
            .flatten()
            .copied()
            .collect();
        let named = incident.parties.iter().filter_map(|party| self.by_party.get(&party.who));
        let named: BTreeSet<usize> = named.flatten().copied().collect();
        let scored = named
            .difference(&cited)
            .filter_map(|at| Some((fit(incident, self.entered.get(*at)?, self.near_days)?, *at)));
        cited.iter().map(|at| (CITED, *at)).chain(scored).collect()
    }
}

/// How well a captured incident fits an entered one; `None` where it is another.
fn fit(incident: &Incident, entered: &Incident, near_days: i64) -> Option<i64> {
    let shared = |role: PartyRole| {
        entered.parties.iter().filter(|p| p.role == role).any(|p| {
            incident.parties.iter().any(|q| q.who == p.who && q.role != PartyRole::Observer)
        })
    };
    let principals = [PartyRole::Initiator, PartyRole::Respondent, PartyRole::Authority]
        .into_iter()
        .filter(|role| shared(*role))
        .count();
    let kinds = entered.types.iter().filter(|kind| incident.types.contains(kind)).count();
    if principals < 2 || kinds == 0 {
        return None;
    }
    let days = incident
        .timeline
        .iter()
        .filter(|entry| entry.date.precision() <= Precision::Month)
        .map(|entry| distance(entry.date, entered.opened))
        .chain(std::iter::once(distance(incident.opened, entered.opened)))
        .min()?;
    let opened = distance(incident.opened, entered.opened);
    (days <= 10 && opened <= near_days)
        .then_some(100 * principals as i64 + 10 * kinds as i64 - opened)
}

fn distance(a: Edtf, b: Edtf) -> i64 {
    if a.overlaps(b) {
        return 0;
    }
    let gap = |x: Option<NaiveDate>, y: Option<NaiveDate>| match (x, y) {
        (Some(x), Some(y)) => (y - x).num_days().abs(),
        _ => i64::MAX,
    };
    gap(a.last(), b.first()).min(gap(b.last(), a.first()))
}

/// An address without scheme, `www.` and final slash.
fn address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
}

/// Parties as entered, known by the registry where it has their names.
pub(super) fn resolved(entered: &[EnteredParty], rules: &Rules) -> Vec<Party> {
    entered
        .iter()
        .map(|party| {
            let who = match rules.registry.named(&party.name) {
                Some(entity) => Who {
                    id: Some(entity.id.clone()),
                    name: entity.name.clone(),
                    kind: entity.kind,
                },
                None => Who { id: None, name: party.name.clone(), kind: EntityKind::Organization },
            };
            Party { who, role: party.role }
        })
        .collect()
}

fn timeline(entered: &EnteredIncident) -> Vec<Entry> {
    let entry = |date: Edtf, summary: String, role: EventRole| Entry {
        date,
        modifier: None,
        summary,
        evidence: Vec::new(),
        basis: Basis::Stated,
        words: None,
        differing: Vec::new(),
        role,
        roots: 0,
        known_at: entered.entered,
        by: Hand::Editor,
    };
    let main = match entered.date_of {
        DateOf::Happened => entered.title.clone(),
        DateOf::Reported => format!("{} (reported)", entered.title),
        DateOf::Published => format!("{} (published)", entered.title),
        DateOf::Decided => format!("{} (decided)", entered.title),
    };
    let mut entries = vec![entry(entered.date, main, EventRole::Happened)];
    if let Some(effective) = entered.effective {
        entries.push(entry(effective, "Takes effect".into(), EventRole::Effective));
    }
    for (date, text) in &entered.points {
        entries.push(entry(*date, text.trim_end_matches('.').to_string(), EventRole::Happened));
    }
    entries.sort_by_key(|entry| (entry.date.sort_day(), entry.date.precision()));
    entries.dedup_by(|a, b| a.date == b.date && a.summary == b.summary);
    entries
}

fn questions(entered: &EnteredIncident) -> Vec<Question> {
    entered
        .questions
        .iter()
        .map(|(text, state)| Question {
            id: Key::of(&["question", entered.id.as_str(), text]),
            text: text.clone(),
            variants: Vec::new(),
            kind: AskKind::Explicit,
            raised: Vec::new(),
            about: Vec::new(),
            due: None,
            answers: Vec::new(),
            state: History::starting(*state),
        })
        .collect()
}

fn note(entered: &EnteredIncident) -> EditorNote {
    EditorNote {
        summary: entered.summary.clone(),
        summary_zh: entered.summary_zh.clone(),
        verification: entered.verification.clone(),
        notes: entered.notes.clone(),
        sources: entered.sources.clone(),
        products: entered.products.clone(),
        entered: entered.entered,
        by: entered.by.clone(),
    }
}
