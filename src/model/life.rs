//! How long a claim stood in its article: pages are edited, and what they once said stays on record.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::claim::{Claim, ClaimId};
use super::reading::Reading;
use super::source::CaptureId;

/// When a claim was seen in its article. A stealth edit is a life that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Life {
    /// The first capture that held it.
    pub first: DateTime<Utc>,
    /// The last time it was found there.
    pub last: DateTime<Utc>,
    /// The first time the article was found without it.
    pub ended: Option<DateTime<Utc>>,
}

/// A claim that the article no longer makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// The version that held it last.
    pub capture: CaptureId,
    /// Which claim.
    pub claim: ClaimId,
    /// The version of the article on record.
    pub now: CaptureId,
    /// When it stood there.
    pub life: Life,
}

/// What earlier versions of articles say that the versions on record do not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Lives {
    /// The earlier versions that hold a claim that ended.
    pub earlier: BTreeMap<CaptureId, Arc<Reading>>,
    /// Claims that ended, by article, in order of its text.
    pub ended: Vec<Ended>,
    /// Since when claims stand that an earlier version made already.
    pub since: BTreeMap<ClaimId, DateTime<Utc>>,
}

impl Lives {
    /// The life of a claim that stands in a version on record.
    pub fn of(&self, reading: &Reading, claim: &Claim) -> Life {
        let article = &reading.article;
        let first = self.since.get(&claim.id).copied().unwrap_or(article.fetched);
        Life { first, last: article.seen, ended: None }
    }

    /// The claims that ended, of the articles on record that are named.
    pub fn ended_in<'a>(
        &'a self,
        now: &'a [CaptureId],
    ) -> impl Iterator<Item = (Ended, &'a Reading, &'a Claim)> {
        self.ended
            .iter()
            .filter(|ended| now.contains(&ended.now))
            .filter_map(|ended| self.told(*ended))
    }

    /// A claim that ended, by its id.
    pub fn find(&self, id: ClaimId) -> Option<(Ended, &Reading, &Claim)> {
        self.ended.iter().find(|ended| ended.claim == id).and_then(|ended| self.told(*ended))
    }

    /// A claim that ended, with the version that held it last.
    pub fn told(&self, ended: Ended) -> Option<(Ended, &Reading, &Claim)> {
        let reading = self.earlier.get(&ended.capture)?;
        let claim = reading.claims.iter().find(|claim| claim.id == ended.claim)?;
        Some((ended, reading, claim))
    }
}
