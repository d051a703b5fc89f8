//! Commands that only look: export, explain, lint, status.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};

use super::record::{Before, record_again};
use super::{PipelineError, Record, load_rules, published, record};
use crate::corpus::changes;
use crate::model::change::Change;
use crate::model::finding::{Finding, Severity};
use crate::model::kb::KnowledgeBase;
use crate::store::Casebook;
use crate::view::explain::{Explanation, Step, explain};

/// The record of a casebook with its rules loaded.
///
/// # Errors
/// As [`record`] and [`load_rules`].
pub fn open_record(
    home: &Path,
    today: NaiveDate,
    jobs: usize,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Record, PipelineError> {
    let rules = load_rules(Some(home))?;
    record(home, &rules, today, jobs, progress)
}

/// The records as of two days, and what changed between them, oldest first.
///
/// # Errors
/// As [`open_record`].
pub fn diff(
    home: &Path,
    from: NaiveDate,
    to: NaiveDate,
    jobs: usize,
) -> Result<([KnowledgeBase; 2], Vec<Change>), PipelineError> {
    let rules = load_rules(Some(home))?;
    let mut before = Before::default();
    let mut as_of = |day| record_again(home, &rules, day, jobs, &mut before, |_, _| {});
    let (later, earlier) = (as_of(to)?.kb, as_of(from)?.kb);
    let changes = changes(&earlier, &later);
    Ok(([earlier, later], changes))
}

/// Walks from an id back to the capture; `None` where nothing has that id.
///
/// # Errors
/// As [`open_record`].
pub fn explain_id(
    home: &Path,
    id: &str,
    today: NaiveDate,
    jobs: usize,
) -> Result<Option<Explanation>, PipelineError> {
    let record = open_record(home, today, jobs, |_, _| {})?;
    let Some(mut explanation) = explain(&record.kb, id) else { return Ok(None) };
    let (casebook, _) = Casebook::open(home)?;
    for kept in casebook.captures(DateTime::<Utc>::MAX_UTC)? {
        if explanation.captures.contains(&kept.id()) {
            let capture = &kept.capture;
            let text = format!("{} sha256:{} {}", kept.place(), capture.digest, capture.requested);
            explanation.steps.push(Step { label: "archived".into(), text });
        }
    }
    Ok(Some(explanation))
}

/// Everything a person should look at, worst first.
///
/// # Errors
/// As [`open_record`]; faults of the data are findings here.
pub fn lint(home: &Path, today: NaiveDate, jobs: usize) -> Result<Vec<Finding>, PipelineError> {
    let mut findings = match open_record(home, today, jobs, |_, _| {}) {
        Ok(record) => {
            let lost = published::check(home, &record.kb)?;
            record.findings.into_iter().chain(lost).collect()
        }
        Err(PipelineError::Rules(faults)) => faults,
        Err(error) => return Err(error),
    };
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
    findings.dedup();
    Ok(findings)
}

/// What is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Captures in the archive.
    pub captures: usize,
    /// Of them not yet read with the rules in force.
    pub unread: usize,
    /// Articles about disputes.
    pub relevant: usize,
    /// Incidents, of them entered by editors.
    pub incidents: (usize, usize),
    /// Disputes.
    pub disputes: usize,
    /// Questions, of them live.
    pub questions: (usize, usize),
    /// Claims in incidents.
    pub claims: usize,
    /// Documents in the search index; `None` where there is no index.
    pub indexed: Option<u64>,
    /// Findings by severity: notes, warnings, errors.
    pub findings: (usize, usize, usize),
    /// Registry entries.
    pub entities: usize,
    /// First letters of the digest of the rules in force.
    pub rules: String,
}

/// Counts what a casebook holds.
///
/// # Errors
/// As [`open_record`].
pub fn status(home: &Path, today: NaiveDate, jobs: usize) -> Result<Status, PipelineError> {
    let rules = load_rules(Some(home))?;
    let record = record(home, &rules, today, jobs, |_, _| {})?;
    let kb = &record.kb;
    let questions = || kb.incidents.iter().flat_map(|i| &i.questions);
    let severe = |severity| record.findings.iter().filter(|f| f.severity == severity).count();
    Ok(Status {
        captures: record.captures,
        unread: record.read,
        relevant: kb.readings.values().filter(|r| r.is_relevant()).count(),
        incidents: (kb.incidents.len(), kb.incidents.iter().filter(|i| !i.is_proposed()).count()),
        disputes: kb.disputes.len(),
        questions: (questions().count(), questions().filter(|q| q.state.now().is_live()).count()),
        claims: kb.incidents.iter().map(|i| i.claims.len()).sum(),
        indexed: crate::search::count(home),
        findings: (severe(Severity::Note), severe(Severity::Warning), severe(Severity::Error)),
        entities: kb.entities.len(),
        rules: rules.digest.chars().take(12).collect(),
    })
}
