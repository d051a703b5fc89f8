//! From archive and rules to the knowledge base: read what is new, remember it, resolve the whole.

use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::{PipelineError, ordered};
use crate::corpus::{Sketch, resolve_sketched};
use crate::model::finding::{Finding, Noted};
use crate::model::kb::KnowledgeBase;
use crate::model::reading::Reading;
use crate::read::read;
use crate::rules::Rules;
use crate::store::{Casebook, Kept};

/// Readings after which the memo is written.
const BATCH_READINGS: usize = 500;
/// Remembered readings that are unpacked together.
const BATCH_MEMOS: usize = 2_000;

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
    let mut known: Vec<(Reading, Sketch)> = Vec::with_capacity(captures);
    let mut todo: Vec<(String, Kept)> = Vec::new();
    let mut rest = kept.into_iter().peekable();
    while rest.peek().is_some() {
        let mut memos: Vec<Memo> = Vec::with_capacity(BATCH_MEMOS);
        for capture in rest.by_ref().take(BATCH_MEMOS) {
            let key = memo_key(rules, &capture);
            let bytes = casebook.remembered(&key)?;
            memos.push(Memo { key, capture, bytes });
        }
        let decode = |memo: Memo| {
            let read = memo.bytes.and_then(|bytes| postcard::from_bytes::<Read>(&bytes).ok());
            (memo.key, memo.capture, read)
        };
        ordered::run(memos.into_iter(), jobs, decode, |(key, capture, read)| {
            match read {
                Some(Read { mut reading, sketch, findings: noted }) => {
                    reading.article.seen = capture.seen;
                    findings.extend(placed(&reading, noted));
                    known.push((reading, sketch));
                }
                None => todo.push((key, capture)),
            }
            true
        });
    }
    let read = read_all(&casebook, todo, rules, jobs, captures - known.len(), &progress)?;
    let count = read.len();
    for Read { reading, sketch, findings: noted } in read {
        findings.extend(placed(&reading, noted));
        known.push((reading, sketch));
    }
    let Noted { value: kb, findings: noticed } = resolve_sketched(known, rules, today);
    findings.extend(noticed);
    Ok(Record { kb, findings, read: count, captures })
}

/// What is remembered of a capture, as it lies in the store.
struct Memo {
    key: String,
    capture: Kept,
    bytes: Option<Vec<u8>>,
}

/// What is remembered of a capture: all that depends on it and the rules alone.
#[derive(serde::Serialize, serde::Deserialize)]
struct Read {
    reading: Reading,
    sketch: Sketch,
    findings: Vec<Finding>,
}

/// Reads captures with several threads and remembers what they gave.
fn read_all(
    casebook: &Casebook,
    todo: Vec<(String, Kept)>,
    rules: &Rules,
    jobs: usize,
    total: usize,
    progress: &(impl Fn(usize, usize) + Sync),
) -> Result<Vec<Read>, PipelineError> {
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
                let Noted { value: reading, findings } = read(&kept.capture, &page.body, rules);
                let sketch = Sketch::of(&reading, rules);
                let mut read = Read { reading, sketch, findings };
                let memo = postcard::to_stdvec(&read).unwrap_or_default();
                read.reading.article.seen = kept.seen;
                (key, memo, read)
            }))
        },
        |result| {
            match result {
                Ok(Some((key, memo, read))) => {
                    batch.push((key, memo));
                    done.push(read);
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
