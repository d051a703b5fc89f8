//! Judgements whose subject no reading gives any more.

use super::nearest::nearest;
use crate::model::finding::Finding;
use crate::model::judgement::{Judged, JudgementId, Ledger, Orphan, Subject, Verdict};
use crate::model::kb::KnowledgeBase;
use crate::model::subject::SubjectKind;
use crate::rules::Rules;

/// Judgements whose subject is gone are findings, with what on record is likest.
pub(super) fn note(
    kb: &KnowledgeBase,
    ledger: &Ledger,
    lost: Vec<(JudgementId, Subject)>,
    rules: &Rules,
    judged: &mut Judged,
    findings: &mut Vec<Finding>,
) {
    for (id, subject) in lost {
        let Some(judgement) = ledger.get(&id) else { continue };
        let rejects = matches!(judgement.verdict, Verdict::Reject { .. });
        // A rejected dispute is gone because it was rejected.
        if rejects && subject.kind == SubjectKind::Dispute {
            continue;
        }
        let nearest = nearest(kb, &subject, rules);
        let (kind, title) = (subject.kind.word(), &subject.title);
        let finding = match &nearest {
            None if rejects => Finding::note(
                "nothing-to-reject",
                format!("the {kind} “{title}” that {id} rejects is not read any more"),
            ),
            Some((near, line)) => Finding::error(
                "orphaned-judgement",
                format!(
                    "the {kind} “{title}” that {id} is about is not on record any more; likest is “{line}”: casebook undo {id}, then casebook {} {near}",
                    judgement.verdict.word()
                ),
            ),
            None => Finding::error(
                "orphaned-judgement",
                format!(
                    "the {kind} “{title}” that {id} is about is not on record any more, and nothing is like it; look why, or casebook undo {id}"
                ),
            ),
        };
        findings.push(finding.at(judgement.place.clone()));
        if !(rejects && nearest.is_none()) {
            judged.orphans.push(Orphan { judgement: id, subject, nearest });
        }
    }
}
