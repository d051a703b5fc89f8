//! Incidents that editors entered: rows of `data/incidents/`.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;

use super::load::{Entry, Layer, Located, Parsed, Row, table};
use crate::model::editor::{DateOf, EnteredIncident, EnteredParty};
use crate::model::edtf::Edtf;
use crate::model::finding::Finding;
use crate::model::incident::{DisputeId, IncidentId, Status};
use crate::model::party::PartyRole;
use crate::model::question::QuestionState;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartyRow {
    name: String,
    role: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PointRow {
    date: String,
    text: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionRow {
    text: String,
    #[serde(default = "open")]
    state: String,
}

fn open() -> String {
    "open".into()
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct IncidentRow {
    id: String,
    title: String,
    title_zh: Option<String>,
    date: String,
    basis: Option<String>,
    effective: Option<String>,
    types: Vec<String>,
    #[serde(default = "open")]
    status: String,
    dispute: Option<String>,
    parties: Vec<PartyRow>,
    #[serde(default)]
    products: Vec<String>,
    summary: String,
    summary_zh: Option<String>,
    #[serde(default)]
    points: Vec<PointRow>,
    #[serde(default)]
    verification: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    questions: Vec<QuestionRow>,
    sources: Vec<String>,
    entered: String,
    by: String,
}

impl Row for IncidentRow {
    const TABLE: &'static str = "incident";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Entry for Arc<EnteredIncident> {
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn place(&self) -> &str {
        &self.place
    }
}

/// Loads the entered incidents; faults are collected.
pub(super) fn load(
    layers: &[Layer<'_>],
    types: &[String],
    disputes: &[NamedDispute],
    parsed: &mut Parsed<Arc<EnteredIncident>>,
    faults: &mut Vec<Finding>,
) -> Vec<Arc<EnteredIncident>> {
    let made = |Located { row, place }| match entered(row, &place) {
        Ok(incident) => Ok(Arc::new(incident)),
        Err(message) => Err(Finding::error("bad-row", message).at(place)),
    };
    let incidents = parsed.table(layers, "incidents/", faults, made);
    for incident in &incidents {
        if let Some(unknown) = incident.types.iter().find(|kind| !types.contains(kind)) {
            let message = format!("“{unknown}” is no type; write one of {}", types.join(", "));
            faults.push(Finding::error("bad-row", message).at(incident.place.clone()));
        }
        let named = |id: &DisputeId| disputes.iter().any(|dispute| dispute.id == *id);
        if let Some(id) = incident.dispute.as_ref().filter(|id| !named(id)) {
            let message = format!("“{id}” is no dispute; add a row to disputes.toml or correct it");
            faults.push(Finding::error("unknown-dispute", message).at(incident.place.clone()));
        }
    }
    incidents
}

fn date(text: &str) -> Result<Edtf, String> {
    Edtf::parse(text).ok_or_else(|| {
        format!("“{text}” is no date; write 2026, 2026-07, 2026-07-10, A/B, ../B, with ~ for about")
    })
}

fn entered(row: IncidentRow, place: &str) -> Result<EnteredIncident, String> {
    let id = IncidentId::parse(&row.id)
        .ok_or_else(|| format!("“{}” is no id; use small letters, digits and hyphens", row.id))?;
    let date_of = match row.basis.as_deref() {
        None | Some("happened") => DateOf::Happened,
        Some("reported") => DateOf::Reported,
        Some("published") => DateOf::Published,
        Some("decided") => DateOf::Decided,
        Some(other) => {
            return Err(format!(
                "“{other}” is no basis; write happened, reported, published or decided"
            ));
        }
    };
    let status = Status::WORDS.iter().find(|(word, _)| *word == row.status).ok_or_else(|| {
        format!("“{}” is no status; write open, resolved, settled or escalating", row.status)
    })?;
    let dispute = match &row.dispute {
        Some(text) => {
            Some(DisputeId::parse(text).ok_or_else(|| format!("“{text}” is no id of a dispute"))?)
        }
        None => None,
    };
    let mut parties = Vec::new();
    for PartyRow { name, role } in row.parties {
        let role = PartyRole::from_word(&role).ok_or_else(|| {
            format!(
                "“{role}” is no role; write initiator, respondent, authority, affected or observer"
            )
        })?;
        parties.push(EnteredParty { name, role });
    }
    let mut points = Vec::new();
    for point in row.points {
        points.push((date(&point.date)?, point.text));
    }
    let mut questions = Vec::new();
    for QuestionRow { text, state } in row.questions {
        let state = QuestionState::from_word(&state)
            .ok_or_else(|| format!("“{state}” is no state; write open or contested"))?;
        questions.push((text, state));
    }
    Ok(EnteredIncident {
        id,
        place: place.to_string(),
        title: row.title,
        title_zh: row.title_zh,
        date: date(&row.date)?,
        date_of,
        effective: row.effective.as_deref().map(date).transpose()?,
        types: row.types,
        status: status.1,
        dispute,
        parties,
        products: row.products,
        summary: row.summary,
        summary_zh: row.summary_zh,
        points,
        verification: row.verification,
        notes: row.notes,
        questions,
        sources: row.sources,
        entered: NaiveDate::parse_from_str(&row.entered, "%Y-%m-%d")
            .map_err(|_| format!("“{}” is no day; write 2026-11-21", row.entered))?,
        by: row.by,
    })
}

/// A dispute as an editor named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDispute {
    /// Its id.
    pub id: DisputeId,
    /// Its name.
    pub title: String,
    /// Its name in Chinese.
    pub title_zh: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DisputeRow {
    id: String,
    title: String,
    title_zh: Option<String>,
}

impl Row for DisputeRow {
    const TABLE: &'static str = "dispute";
    fn id(&self) -> &str {
        &self.id
    }
}

/// Loads the names of disputes; faults are collected.
pub(super) fn disputes(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Vec<NamedDispute> {
    let mut disputes = Vec::new();
    for Located { row, place } in table::<DisputeRow>(layers, "disputes.toml", faults) {
        match DisputeId::parse(&row.id) {
            Some(id) => {
                disputes.push(NamedDispute { id, title: row.title, title_zh: row.title_zh })
            }
            None => {
                let message = format!("“{}” is no id of a dispute", row.id);
                faults.push(Finding::error("bad-row", message).at(place));
            }
        }
    }
    disputes
}
