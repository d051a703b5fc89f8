//! Verdicts on incidents, lines, questions and contradictions, applied to the finished record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claims::ClaimVerdicts;
use super::grouping::Pins;
use super::subjects::{Place, Subjects};
use super::{history, orphans};
use crate::model::claim::Speaker;
use crate::model::entity::Who;
use crate::model::finding::Finding;
use crate::model::history::{Hand, Step};
use crate::model::judgement::{Judged, Judgement, Ledger, Quote, Verdict};
use crate::model::kb::KnowledgeBase;
use crate::model::question::{Answer, QuestionState};
use crate::model::subject::SubjectKind;
use crate::model::text::{Evidence, Span};
use crate::rules::Rules;

/// A question as an editor decided it.
struct Decision {
    step: Step<QuestionState>,
    answers: Vec<Answer>,
}

/// Applies what is left of a ledger to the record, and notes what each judgement is about.
pub(in crate::corpus) fn apply(
    kb: &mut KnowledgeBase,
    ledger: Ledger,
    pins: &Pins,
    claims: ClaimVerdicts,
    rules: &Rules,
    findings: &mut Vec<Finding>,
) {
    if ledger.entries().is_empty() {
        return;
    }
    let mut judged = Judged::default();
    for (old, new) in pins.heirs() {
        judged.heirs.insert((SubjectKind::Incident, old.into()), new.into());
    }
    for (old, new) in super::naming::disputes(&ledger) {
        if let Some(new) = new {
            judged.heirs.insert((SubjectKind::Dispute, old.to_string()), new.to_string());
        }
    }
    for (_, id, judgement) in &claims.found {
        judged.note(SubjectKind::Claim, id.clone(), judgement);
    }
    let mut lost = claims.lost.clone();
    let mut out: BTreeSet<(SubjectKind, Place)> = BTreeSet::new();
    let mut decided: BTreeMap<Place, Vec<Decision>> = BTreeMap::new();
    let mut confirmed: BTreeSet<(SubjectKind, Place)> = BTreeSet::new();
    let mut last: BTreeMap<(SubjectKind, Place), &Judgement> = BTreeMap::new();
    let subjects = Subjects::of(kb, &ledger);
    for judgement in ledger.in_force() {
        for subject in judgement.verdict.subjects() {
            if subject.kind == SubjectKind::Claim {
                continue;
            }
            if subject.kind == SubjectKind::Article {
                judged.note(SubjectKind::Article, subject.id.clone(), &judgement.id);
                continue;
            }
            let heir = judged.heirs.get(&(subject.kind, subject.id.clone()));
            let address = heir.cloned().unwrap_or_else(|| subject.id.clone());
            let Some(place) = subjects.find(subject, &address) else {
                lost.push((judgement.id.clone(), subject.clone()));
                continue;
            };
            if let Some(id) = Subjects::id_at(kb, subject.kind, place) {
                judged.note(subject.kind, id, &judgement.id);
            }
            let at = (subject.kind, place);
            if let Some(other) = disagrees(judgement, last.insert(at, judgement)) {
                let message = format!(
                    "{} and {} disagree on the {} “{}”; the later counts: undo one of them",
                    other.id,
                    judgement.id,
                    subject.kind.word(),
                    subject.title
                );
                findings.push(
                    Finding::warning("judgements-disagree", message).at(judgement.place.clone()),
                );
            }
            match &judgement.verdict {
                Verdict::Reject { .. } => {
                    out.insert(at);
                    confirmed.remove(&at);
                }
                Verdict::Confirm { state, .. } => {
                    out.remove(&at);
                    confirmed.insert(at);
                    if let Some(state) = state.filter(|_| subject.kind == SubjectKind::Question) {
                        let decision = decision(kb, judgement, state, &[], findings);
                        decided.entry(place).or_default().push(decision);
                    }
                }
                Verdict::Answer { state, evidence, .. } => {
                    let decision = decision(kb, judgement, *state, evidence, findings);
                    decided.entry(place).or_default().push(decision);
                }
                Verdict::Mint { .. } | Verdict::Merge { .. } => {
                    confirmed.insert(at);
                }
                Verdict::Split { .. } | Verdict::Undo { .. } => {}
            }
        }
    }
    history::note(kb, &ledger, &claims, &subjects, &mut judged);
    drop(subjects);
    orphans::note(kb, &ledger, lost, rules, &mut judged, findings);
    settle(kb, decided, &confirmed);
    titles(kb, &ledger);
    remove(kb, &out);
    judged.ledger = ledger;
    kb.judged = judged;
}

/// The earlier of two judgements on one thing, where they cannot both stand: one editor rejects what
/// another confirms or answers, or two give it two names.
fn disagrees<'j>(later: &Judgement, earlier: Option<&'j Judgement>) -> Option<&'j Judgement> {
    use Verdict::{Answer, Confirm, Merge, Mint, Reject};
    let clash = |earlier: &&Judgement| match (&earlier.verdict, &later.verdict) {
        (Reject { .. }, Confirm { .. } | Answer { .. } | Mint { .. } | Merge { .. })
        | (Confirm { .. } | Answer { .. } | Mint { .. } | Merge { .. }, Reject { .. }) => true,
        (Mint { name: a, .. }, Mint { name: b, .. }) => a != b,
        _ => false,
    };
    earlier.filter(clash)
}

/// What an editor decided of a question, with the words on record that settle it.
fn decision(
    kb: &KnowledgeBase,
    judgement: &Judgement,
    state: QuestionState,
    evidence: &[Quote],
    findings: &mut Vec<Finding>,
) -> Decision {
    let mut answers = Vec::new();
    for quote in evidence {
        match locate(kb, quote) {
            Some(evidence) => answers.push(Answer { evidence, by: speaker(kb, evidence) }),
            None => {
                let message = format!(
                    "the words “{}” stand no longer at {}; undo {} and judge again",
                    quote.words, quote.url, judgement.id
                );
                findings.push(Finding::error("lost-evidence", message).at(judgement.place.clone()));
            }
        }
    }
    let because = answers.iter().map(|answer| answer.evidence).collect();
    Decision { step: Step { on: judgement.on.day, to: state, because, by: Hand::Editor }, answers }
}

/// Where words stand in the archive.
fn locate(kb: &KnowledgeBase, quote: &Quote) -> Option<Evidence> {
    let reading = kb.readings.values().find(|reading| reading.article.url == quote.url)?;
    let start = reading.article.body.find(&quote.words).filter(|_| !quote.words.is_empty())?;
    let span = Span::new(start, start + quote.words.len());
    Some(Evidence { capture: reading.article.capture, span })
}

/// Who says the words, where a claim holds them.
fn speaker(kb: &KnowledgeBase, evidence: Evidence) -> Option<Who> {
    let reading = kb.readings.get(&evidence.capture)?;
    let claim = reading.claims.iter().find(|claim| claim.content.meets(evidence.span))?;
    match claim.speaker {
        Speaker::Named(name) | Speaker::Outlet(name) => kb.who(reading, name),
        Speaker::Document(_, house) | Speaker::Anonymous(_, house) => kb.who(reading, house?),
        Speaker::Here => None,
    }
}

fn settle(
    kb: &mut KnowledgeBase,
    decided: BTreeMap<Place, Vec<Decision>>,
    confirmed: &BTreeSet<(SubjectKind, Place)>,
) {
    for ((at, part), decisions) in decided {
        let incident = kb.incidents.get_mut(at).map(Arc::make_mut);
        let question = incident.and_then(|i| i.questions.get_mut(part));
        let Some(question) = question else { continue };
        for decision in decisions {
            question.state.decide(decision.step);
            for answer in decision.answers {
                // The words an editor chose stand for what the program took of the same passage.
                let (capture, span) = (answer.evidence.capture, answer.evidence.span);
                question.answers.retain(|known| {
                    known.evidence.capture != capture || !known.evidence.span.meets(span)
                });
                question.answers.push(answer);
            }
        }
    }
    for (kind, (at, _)) in confirmed {
        match kind {
            SubjectKind::Incident => {
                let incident = kb.incidents.get_mut(*at).map(Arc::make_mut);
                incident.into_iter().for_each(|i| i.by = Hand::Editor);
            }
            SubjectKind::Dispute => {
                kb.disputes.get_mut(*at).into_iter().for_each(|d| d.by = Hand::Editor);
            }
            _ => {}
        }
    }
}

/// Disputes under the titles editors gave them.
fn titles(kb: &mut KnowledgeBase, ledger: &Ledger) {
    for judgement in ledger.in_force() {
        let Verdict::Mint { of, name, naming } = &judgement.verdict else { continue };
        let wanted = of.kind == SubjectKind::Dispute;
        let dispute = kb.disputes.iter_mut().find(|d| wanted && d.id.as_str() == name);
        if let (Some(dispute), Some(title)) = (dispute, &naming.title) {
            dispute.title = title.clone();
        }
    }
}

/// Takes what was rejected off the record.
fn remove(kb: &mut KnowledgeBase, out: &BTreeSet<(SubjectKind, Place)>) {
    // From the end, so that the places before stay right.
    for (kind, (at, part)) in out.iter().rev() {
        let Some(incident) = kb.incidents.get_mut(*at).map(Arc::make_mut) else { continue };
        match kind {
            SubjectKind::Entry => without(&mut incident.timeline, *part),
            SubjectKind::Question => without(&mut incident.questions, *part),
            SubjectKind::Contradiction => without(&mut incident.contradictions, *part),
            // Incidents go below; disputes, articles and claims were taken out before.
            SubjectKind::Incident
            | SubjectKind::Dispute
            | SubjectKind::Article
            | SubjectKind::Claim => {}
        }
    }
    let gone: BTreeSet<usize> = out
        .iter()
        .filter(|(kind, _)| *kind == SubjectKind::Incident)
        .map(|(_, (at, _))| *at)
        .collect();
    if gone.is_empty() {
        return;
    }
    let mut at = 0;
    let mut ended = BTreeSet::new();
    kb.incidents.retain(|incident| {
        let keep = !gone.contains(&at);
        at += 1;
        if !keep {
            ended.insert(incident.id.clone());
        }
        keep
    });
    for incident in &mut kb.incidents {
        if incident.relations.iter().any(|relation| ended.contains(&relation.other)) {
            Arc::make_mut(incident).relations.retain(|relation| !ended.contains(&relation.other));
        }
    }
    for dispute in &mut kb.disputes {
        dispute.incidents.retain(|id| !ended.contains(id));
    }
    kb.disputes.retain(|dispute| !dispute.incidents.is_empty());
}

fn without<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}
