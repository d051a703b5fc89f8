//! Which incident each judgement concerns: the history of the record.

use std::collections::BTreeMap;

use super::claims::ClaimVerdicts;
use super::subjects::Subjects;
use crate::model::judgement::{Judged, JudgementId, Ledger, Verdict};
use crate::model::kb::KnowledgeBase;
use crate::model::source::CaptureId;
use crate::model::subject::SubjectKind;

/// Notes for every judgement the incident it concerns; what undoes stands beside what is undone.
pub(super) fn note(
    kb: &KnowledgeBase,
    ledger: &Ledger,
    claims: &ClaimVerdicts,
    subjects: &Subjects<'_>,
    judged: &mut Judged,
) {
    if ledger.entries().is_empty() {
        return;
    }
    let homes = kb.homes();
    let urls: BTreeMap<&str, CaptureId> =
        kb.readings.iter().map(|(id, reading)| (reading.article.url.as_str(), *id)).collect();
    let mut concerns: BTreeMap<JudgementId, usize> = BTreeMap::new();
    let told =
        kb.incidents.iter().enumerate().filter(|(_, incident)| !incident.passages.is_empty());
    let told = told.flat_map(|(at, i)| i.claims.iter().map(move |claim| (*claim, at)));
    let told: BTreeMap<(CaptureId, String), usize> =
        told.map(|((capture, claim), at)| ((capture, claim.to_string()), at)).collect();
    for (capture, claim, judgement) in &claims.found {
        let at = told.get(&(*capture, claim.clone())).or_else(|| homes.get(capture));
        concerns.extend(at.map(|at| (judgement.clone(), *at)));
    }
    for judgement in ledger.entries() {
        let mut at = concerns.get(&judgement.id).copied();
        if let Verdict::Undo { judgement } = &judgement.verdict {
            at = concerns.get(judgement).copied();
        }
        for subject in judgement.verdict.subjects() {
            let heir = judged.heirs.get(&(subject.kind, subject.id.clone()));
            let place = match subject.kind {
                SubjectKind::Dispute => None,
                SubjectKind::Article | SubjectKind::Claim => None,
                _ => subjects.find(subject, heir.map_or(subject.id.as_str(), String::as_str)),
            };
            let quoted = || {
                let urls = subject.quotes.iter().filter_map(|quote| urls.get(quote.url.as_str()));
                urls.filter_map(|capture| homes.get(capture)).copied().next()
            };
            let wanted = subject.kind != SubjectKind::Dispute;
            at = at.or(place.map(|(at, _)| at)).or_else(|| quoted().filter(|_| wanted));
        }
        if let Some(at) = at {
            concerns.insert(judgement.id.clone(), at);
            if let Some(incident) = kb.incidents.get(at) {
                judged.record(incident.id.address(), &judgement.id);
            }
        }
    }
}
