//! From archive and rules to the knowledge base: read what is new, resolve the whole.

use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::PipelineError;
use super::readings::{Read, Readings};
use crate::corpus::{self, resolve_again};
use crate::model::finding::{Finding, Noted};
use crate::model::kb::KnowledgeBase;
use crate::rules::Rules;
use crate::store::Casebook;

/// The knowledge base and how it came about.
#[derive(Debug, Clone)]
pub struct Record {
    /// Everything.
    pub kb: KnowledgeBase,
    /// What was noticed while reading and resolving.
    pub findings: Vec<Finding>,
    /// Captures read now, not remembered.
    pub read: usize,
    /// Captures in the archive.
    pub captures: usize,
}

/// What making a record once leaves for the next time.
#[derive(Debug, Default)]
pub(super) struct Before {
    readings: Readings,
    corpus: corpus::Memory,
}

/// Makes the record of a casebook as of a day.
///
/// # Errors
/// A folder that is no casebook, an archive that cannot be read.
pub fn record(
    home: &Path,
    rules: &Rules,
    today: NaiveDate,
    jobs: usize,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Record, PipelineError> {
    record_again(home, rules, today, jobs, &mut Before::default(), progress)
}

/// As [`record`], again and again: made is what is new.
///
/// # Errors
/// As [`record`].
pub(super) fn record_again(
    home: &Path,
    rules: &Rules,
    today: NaiveDate,
    jobs: usize,
    before: &mut Before,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Record, PipelineError> {
    let (casebook, mut findings) = Casebook::open(home)?;
    let kept = casebook.captures(end_of(today))?;
    let captures = kept.len();
    let (known, read) = before.readings.of(&casebook, kept, rules, jobs, &progress)?;
    findings.extend(known.iter().flat_map(Read::findings));
    let known = known.into_iter().map(|read| (read.reading, read.sketch)).collect();
    let Noted { value: kb, findings: noticed } =
        resolve_again(known, rules, today, &mut before.corpus);
    findings.extend(noticed);
    Ok(Record { kb, findings, read, captures })
}

/// The last moment of a day.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    next.and_time(NaiveTime::MIN).and_utc() - TimeDelta::seconds(1)
}
