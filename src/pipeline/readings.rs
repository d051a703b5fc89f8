//! What was read of each capture: by the program while it runs, by the casebook from one run to the next.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{PipelineError, ordered};
use crate::corpus::Sketch;
use crate::model::finding::{Finding, Noted};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::read::read;
use crate::rules::Rules;
use crate::store::{Casebook, Kept};

/// Readings after which the memo is written.
const BATCH_READINGS: usize = 500;
/// Remembered readings that are unpacked together.
const BATCH_MEMOS: usize = 2_000;

/// All that depends on a capture and the rules alone.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct Read {
    pub reading: Arc<Reading>,
    pub sketch: Arc<Sketch>,
    findings: Vec<Finding>,
}

impl Read {
    /// What was noticed while reading, at the page.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        let place = &self.reading.article.requested;
        self.findings.iter().map(|finding| finding.clone().at(place.clone()))
    }

    /// The same capture, found again at another time.
    fn seen(mut self, seen: DateTime<Utc>) -> Self {
        if self.reading.article.seen != seen {
            Arc::make_mut(&mut self.reading).article.seen = seen;
        }
        self
    }
}

/// What a program that goes on running has read.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// Digest of the rules it was read by.
    rules: String,
    known: HashMap<CaptureId, Known>,
}

/// What was read of a capture, and what else it depends on.
#[derive(Debug)]
struct Known {
    fetched: DateTime<Utc>,
    media: String,
    read: Read,
}

/// A capture that this program has not read yet, and its place among all.
struct Todo {
    at: usize,
    key: String,
    kept: Kept,
}

impl Readings {
    /// What was read of captures, in their order, and how many of them were read now. Captures without a
    /// page are left out.
    ///
    /// # Errors
    /// An archive that cannot be read, a casebook that cannot be written.
    pub fn of(
        &mut self,
        casebook: &Casebook,
        captures: Vec<Kept>,
        rules: &Rules,
        jobs: usize,
        progress: &(impl Fn(usize, usize) + Sync),
    ) -> Result<(Vec<Read>, usize), PipelineError> {
        if self.rules != rules.digest {
            (self.known, self.rules) = (HashMap::new(), rules.digest.clone());
        }
        let mut before = std::mem::take(&mut self.known);
        let mut all: Vec<Option<Read>> = vec![None; captures.len()];
        let mut todo = Vec::new();
        let mut kinds: Vec<(DateTime<Utc>, String)> = Vec::with_capacity(captures.len());
        for (at, kept) in captures.into_iter().enumerate() {
            let (fetched, media) = (kept.capture.fetched, kept.capture.media.clone());
            let known = before.remove(&kept.id());
            let known = known.filter(|known| known.fetched == fetched && known.media == media);
            kinds.push((fetched, media));
            match (known, all.get_mut(at)) {
                (Some(known), Some(slot)) => *slot = Some(known.read.seen(kept.seen)),
                _ => todo.push(Todo { at, key: memo_key(rules, &kept), kept }),
            }
        }
        let mut put = |at: usize, read| {
            if let Some(slot) = all.get_mut(at) {
                *slot = Some(read);
            }
        };
        let todo = recall(casebook, todo, jobs, &mut put)?;
        let read = read_all(casebook, todo, rules, jobs, progress, &mut put)?;
        for (read, (fetched, media)) in all.iter().zip(kinds) {
            let Some(read) = read.clone() else { continue };
            self.known.insert(read.reading.article.capture, Known { fetched, media, read });
        }
        Ok((all.into_iter().flatten().collect(), read))
    }
}

/// Unpacks what the casebook remembers; gives back what is to be read.
fn recall(
    casebook: &Casebook,
    todo: Vec<Todo>,
    jobs: usize,
    put: &mut impl FnMut(usize, Read),
) -> Result<Vec<Todo>, PipelineError> {
    let mut unread = Vec::new();
    let mut rest = todo.into_iter().peekable();
    while rest.peek().is_some() {
        let mut memos: Vec<(Todo, Option<Vec<u8>>)> = Vec::with_capacity(BATCH_MEMOS);
        for todo in rest.by_ref().take(BATCH_MEMOS) {
            let bytes = casebook.remembered(&todo.key)?;
            memos.push((todo, bytes));
        }
        let decode = |(todo, bytes): (Todo, Option<Vec<u8>>)| {
            let read = bytes.and_then(|bytes| postcard::from_bytes::<Read>(&bytes).ok());
            let read = read.map(|read| read.seen(todo.kept.seen));
            (todo, read)
        };
        ordered::run(memos.into_iter(), jobs, decode, |(todo, read)| {
            match read {
                Some(read) => put(todo.at, read),
                None => unread.push(todo),
            }
            true
        });
    }
    Ok(unread)
}

/// Reads captures with several threads and has the casebook remember what they gave.
fn read_all(
    casebook: &Casebook,
    todo: Vec<Todo>,
    rules: &Rules,
    jobs: usize,
    progress: &(impl Fn(usize, usize) + Sync),
    put: &mut impl FnMut(usize, Read),
) -> Result<usize, PipelineError> {
    let bytes = casebook.bytes();
    let (total, mut done) = (todo.len(), 0);
    let mut batch: Vec<(String, Vec<u8>)> = Vec::new();
    let mut failed = None;
    ordered::run(
        todo.into_iter(),
        jobs,
        |Todo { at, key, kept }| {
            let page = bytes.page(&kept)?;
            Ok::<_, PipelineError>(page.map(|page| {
                let Noted { value: reading, findings } = read(&kept.capture, &page.body, rules);
                let sketch = Arc::new(Sketch::of(&reading, rules));
                let read = Read { reading: Arc::new(reading), sketch, findings };
                let memo = postcard::to_stdvec(&read).unwrap_or_default();
                (at, key, memo, read.seen(kept.seen))
            }))
        },
        |result| {
            match result {
                Ok(Some((at, key, memo, read))) => {
                    batch.push((key, memo));
                    put(at, read);
                    done += 1;
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
            progress(done, total);
            true
        },
    );
    if let Some(error) = failed {
        return Err(error);
    }
    casebook.remember(&batch)?;
    Ok(done)
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
