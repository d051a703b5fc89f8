//! Claims that editors rejected leave the record before anything is built on them; confirmed ones stay.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::claim::Claim;
use crate::model::judgement::{Judgement, JudgementId, Ledger, Subject, Verdict};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::subject::SubjectKind;

/// What became of judgements about claims.
#[derive(Debug, Default)]
pub(in crate::corpus) struct ClaimVerdicts {
    /// Claims found, by capture and id, with the judgement.
    pub found: Vec<(CaptureId, String, JudgementId)>,
    /// Judgements whose claim no reading holds.
    pub lost: Vec<(JudgementId, Subject)>,
}

/// Takes rejected claims out of the readings.
pub(in crate::corpus) fn judge_claims(
    readings: &mut BTreeMap<CaptureId, Arc<Reading>>,
    ledger: &Ledger,
) -> ClaimVerdicts {
    let mut done = ClaimVerdicts::default();
    let about: Vec<(&Judgement, &Subject, bool)> = ledger
        .in_force()
        .into_iter()
        .filter_map(|judgement| match &judgement.verdict {
            Verdict::Reject { of } if of.kind == SubjectKind::Claim => Some((judgement, of, true)),
            Verdict::Confirm { of, .. } if of.kind == SubjectKind::Claim => {
                Some((judgement, of, false))
            }
            _ => None,
        })
        .collect();
    if about.is_empty() {
        return done;
    }
    let captures: BTreeMap<String, CaptureId> =
        readings.iter().map(|(id, reading)| (reading.article.url.clone(), *id)).collect();
    let mut out: BTreeSet<(CaptureId, String)> = BTreeSet::new();
    for (judgement, subject, rejected) in about {
        let place = subject.quotes.first().and_then(|quote| captures.get(&quote.url));
        let claim = place.and_then(|capture| {
            let claim = find(readings.get(capture)?, subject)?;
            Some((*capture, claim.id.to_string()))
        });
        let Some(claim) = claim else {
            done.lost.push((judgement.id.clone(), subject.clone()));
            continue;
        };
        done.found.push((claim.0, claim.1.clone(), judgement.id.clone()));
        // The later judgement wins.
        if rejected {
            out.insert(claim);
        } else {
            out.remove(&claim);
        }
    }
    for (capture, id) in out {
        if let Some(reading) = readings.get_mut(&capture) {
            Arc::make_mut(reading).claims.retain(|claim| claim.id.to_string() != id);
        }
    }
    done
}

/// The claim of a reading that a subject means: by its id, else by its exact words.
fn find<'r>(reading: &'r Reading, subject: &Subject) -> Option<&'r Claim> {
    let words = subject.quotes.first().map(|quote| quote.words.as_str());
    let by_id = reading.claims.iter().find(|claim| claim.id.to_string() == subject.id);
    by_id.or_else(|| {
        let mut same =
            reading.claims.iter().filter(|claim| Some(reading.words(claim.content)) == words);
        // Words that two claims share do not tell which of them is meant.
        same.next().filter(|_| same.next().is_none())
    })
}
