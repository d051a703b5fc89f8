//! From archive and rules to the knowledge base: read what is new, remember it, resolve the whole.

use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::{PipelineError, ordered};
use crate::corpus::resolve;
use crate::model::finding::{Finding, Noted};
use crate::model::kb::KnowledgeBase;
use crate::model::reading::Reading;
use crate::read::read;
use crate::rules::Rules;
use crate::store::{Casebook, Kept};

/// Readings after which the memo is written.
const BATCH_READINGS: usize = 500;

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
    let (casebook, mut findings) = Casebook::open(home)?;
    let kept = casebook.captures(end_of(today))?;
    let captures = kept.len();
    let mut readings: Vec<Reading> = Vec::with_capacity(captures);
    let mut todo: Vec<(String, Kept)> = Vec::new();
    for capture in kept {
        let key = memo_key(rules, &capture);
        let remembered = casebook.remembered(&key)?;
        match remembered
            .and_then(|bytes| postcard::from_bytes::<(Reading, Vec<Finding>)>(&bytes).ok())
        {
            Some((mut reading, noted)) => {
                reading.article.seen = capture.seen;
                findings.extend(placed(&reading, noted));
                readings.push(reading);
            }
            None => todo.push((key, capture)),
        }
    }
    let read = read_all(&casebook, todo, rules, jobs, captures - readings.len(), &progress)?;
    let count = read.len();
    for (reading, noted) in read {
        findings.extend(placed(&reading, noted));
        readings.push(reading);
    }
    let Noted { value: kb, findings: noticed } = resolve(readings, rules, today);
    findings.extend(noticed);
    Ok(Record { kb, findings, read: count, captures })
}

/// Reads captures with several threads and remembers what they gave.
fn read_all(
    casebook: &Casebook,
    todo: Vec<(String, Kept)>,
    rules: &Rules,
    jobs: usize,
    total: usize,
    progress: &(impl Fn(usize, usize) + Sync),
) -> Result<Vec<(Reading, Vec<Finding>)>, PipelineError> {
    let bytes = casebook.bytes();
    let mut done = Vec::with_capacity(todo.len());
    let mut batch: Vec<(String, Vec<u8>)> = Vec::new();
    let mut failed = None;
    ordered::run(
        todo.into_iter(),
        jobs,
        |(key, kept)| {
            let page = bytes.page(&kept)?;
            Ok::<_, PipelineError>(page.map(|page| {
                let Noted { mut value, findings } = read(&kept.capture, &page.body, rules);
                let memo = postcard::to_stdvec(&(&value, &findings)).unwrap_or_default();
                value.article.seen = kept.seen;
                (key, memo, value, findings)
            }))
        },
        |result| {
            match result {
                Ok(Some((key, memo, reading, findings))) => {
                    batch.push((key, memo));
                    done.push((reading, findings));
                }
                Ok(None) => {}
                Err(error) => {
                    failed = Some(error);
                    return false;
                }
            }
            if batch.len() >= BATCH_READINGS
                && let Err(error) = casebook.remember(&std::mem::take(&mut batch))
            {
                failed = Some(error.into());
                return false;
            }
            progress(done.len(), total);
            true
        },
    );
    if let Some(error) = failed {
        return Err(error);
    }
    casebook.remember(&batch)?;
    Ok(done)
}

/// The last moment of a day.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    next.and_time(NaiveTime::MIN).and_utc() - TimeDelta::seconds(1)
}

/// What a reading depends on: the rules, the bytes, the address, the time of capture.
fn memo_key(rules: &Rules, kept: &Kept) -> String {
    let mut hasher = Sha256::new();
    let capture = &kept.capture;
    for part in
        [&rules.digest, &capture.id.to_string(), &capture.fetched.to_rfc3339(), &capture.media]
    {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn placed(reading: &Reading, findings: Vec<Finding>) -> Vec<Finding> {
    let place = &reading.article.requested;
    findings.into_iter().map(|finding| finding.at(place.clone())).collect()
}
