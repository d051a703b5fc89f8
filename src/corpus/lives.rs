//! Versions of articles: which one the record speaks of, and what the others said that it does not.
//!
//! In: readings of all captures, a day. Out: one reading an article, and the lives of claims. What holds:
//! of what was captured by that day the version found last counts, a whole one before what a wall left of
//! it; a claim ends only where the address it stood at was found without it later, with most of the text
//! still there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::claim::ClaimId;
use crate::model::life::{Ended, Life, Lives};
use crate::model::reading::Reading;
use crate::model::source::{ArticleId, CaptureId};

/// Share of the text that a version has to keep, as one over this, to show that a claim was taken out:
/// a wall or a teaser in place of the article shows nothing.
const KEPT_MIN: usize = 2;

/// Readings by article.
#[derive(Debug, Default)]
pub(super) struct Parted {
    /// Of each article the reading of the version on record.
    pub current: BTreeMap<CaptureId, Arc<Reading>>,
    /// What earlier versions said.
    pub lives: Lives,
    /// Of each article the version captured first, and when.
    pub first: Vec<(DateTime<Utc>, CaptureId)>,
}

/// Parts readings by article.
///
/// Of articles that were captured only after the day, the first version counts.
pub(super) fn part(readings: Vec<Arc<Reading>>, today: NaiveDate) -> Parted {
    let mut articles: BTreeMap<ArticleId, Vec<Arc<Reading>>> = BTreeMap::new();
    for reading in readings {
        if reading.article.day() <= today {
            articles.entry(reading.article.id).or_default().push(reading);
        }
    }
    let Parted { mut current, mut lives, mut first } = Parted::default();
    for mut versions in articles.into_values() {
        let captured = versions.iter().map(|v| (v.article.fetched, v.article.capture));
        first.extend(captured.min());
        versions.sort_by_key(|version| rank(version, today));
        let Some(now) = versions.pop() else { continue };
        versions.retain(|version| is_known(version, today));
        if !versions.is_empty() && is_known(&now, today) {
            compare(&now, versions, &mut lives);
        }
        current.insert(now.article.capture, now);
    }
    Parted { current, lives, first }
}

fn is_known(version: &Reading, today: NaiveDate) -> bool {
    version.article.fetched.date_naive() <= today
}

fn rank(version: &Reading, today: NaiveDate) -> (bool, bool, i64, i64, CaptureId) {
    let (fetched, seen) = (version.article.fetched.timestamp(), version.article.seen.timestamp());
    let whole = !version.article.walled;
    match is_known(version, today) {
        true => (true, whole, seen, fetched, version.article.capture),
        false => (false, whole, -fetched, 0, version.article.capture),
    }
}

/// Writes down since when the claims of a version stand, and which of earlier ones ended.
fn compare(now: &Reading, earlier: Vec<Arc<Reading>>, lives: &mut Lives) {
    let standing: BTreeSet<ClaimId> = now.claims.iter().map(|claim| claim.id).collect();
    let mut first: BTreeMap<ClaimId, DateTime<Utc>> = BTreeMap::new();
    for version in &earlier {
        for claim in &version.claims {
            let fetched = version.article.fetched;
            let since = first.entry(claim.id).or_insert(fetched);
            *since = fetched.min(*since);
        }
    }
    for claim in &now.claims {
        if let Some(since) = first.get(&claim.id).filter(|since| **since < now.article.fetched) {
            lives.since.insert(claim.id, *since);
        }
    }
    let mut found = Vec::new();
    let mut told: BTreeSet<ClaimId> = BTreeSet::new();
    // The version found last comes last.
    for version in earlier.iter().rev() {
        for claim in &version.claims {
            if standing.contains(&claim.id) || !told.insert(claim.id) {
                continue;
            }
            let without = |other: &&Reading| other.claims.iter().all(|c| c.id != claim.id);
            let later = earlier.iter().map(Arc::as_ref).chain([now]).filter(without);
            let ended = later.filter_map(|other| found_after(other, version)).min();
            if let Some(ended) = ended {
                let last = version.article.seen;
                let since = first.get(&claim.id).copied().unwrap_or(version.article.fetched);
                found.push(Ended {
                    capture: version.article.capture,
                    claim: claim.id,
                    now: now.article.capture,
                    life: Life { first: since, last, ended: Some(ended) },
                });
            }
        }
    }
    found.sort_by_key(|ended| (ended.life.ended, ended.life.first));
    let held: BTreeSet<CaptureId> = found.iter().map(|ended| ended.capture).collect();
    lives.ended.extend(found);
    let held = earlier.into_iter().filter(|version| held.contains(&version.article.capture));
    lives.earlier.extend(held.map(|version| (version.article.capture, version)));
}

/// When a version was found at the address of another one after that was found last, if it was, and if
/// it is as whole as that.
fn found_after(version: &Reading, before: &Reading) -> Option<DateTime<Utc>> {
    let (this, that) = (&version.article, &before.article);
    let whole = this.text().len() * KEPT_MIN >= that.text().len();
    let moment = [this.fetched, this.seen].into_iter().find(|moment| *moment > that.seen);
    moment.filter(|_| whole && this.requested == that.requested)
}
