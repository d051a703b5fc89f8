//! What is refused before it is written: names in use, verdicts already given, undoing nothing.

use super::{PipelineError, Signature, refused};
use crate::model::id::Slug;
use crate::model::incident::{DisputeId, IncidentRef};
use crate::model::judgement::{Judgement, JudgementId, Subject, Verdict};
use crate::model::kb::KnowledgeBase;
use crate::model::subject::SubjectKind;
use crate::rules::Rules;

/// Refuses a second judgement on the same thing that says the same or the opposite.
pub(super) fn standing(
    kb: &KnowledgeBase,
    of: &Subject,
    clashes: impl Fn(&Verdict) -> bool,
) -> Result<(), PipelineError> {
    match kb.judged.about(of.kind, &of.id).iter().find(|made| clashes(&made.verdict)) {
        None => Ok(()),
        Some(made) => Err(refused(format!(
            "{} {} it on {} already; undo {} first",
            made.by,
            past(&made.verdict),
            made.on.day,
            made.id
        ))),
    }
}

fn past(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Mint { .. } => "named",
        Verdict::Merge { .. } => "merged",
        Verdict::Split { .. } => "split",
        Verdict::Answer { .. } => "answered",
        Verdict::Settle { .. } => "settled",
        Verdict::Reject { .. } => "rejected",
        Verdict::Confirm { .. } => "confirmed",
        Verdict::Undo { .. } => "undid",
    }
}

/// A name is a slug that nothing else ever had.
pub(super) fn check_name(
    kb: &KnowledgeBase,
    rules: &Rules,
    of: &Subject,
    name: &str,
) -> Result<(), PipelineError> {
    if Slug::<Judgement>::parse(name).is_none() || name.starts_with("p-") {
        return Err(refused(format!(
            "“{name}” is no name; use small letters, digits and hyphens, and do not begin with p-"
        )));
    }
    let given = rules.ledger.entries().iter().any(|entry| match &entry.verdict {
        Verdict::Mint { of: other, name: known, .. } => {
            known == name && other.kind == of.kind && other.id != of.id
        }
        _ => false,
    });
    let held = match of.kind {
        SubjectKind::Dispute => {
            rules.disputes.iter().any(|dispute| dispute.id.as_str() == name)
                || kb.disputes.iter().any(|dispute| dispute.id.as_str() == name && name != of.id)
        }
        _ => rules.entered.iter().any(|row| row.id.as_str() == name),
    };
    if given || held {
        return Err(refused(format!("the name “{name}” was given already; choose another")));
    }
    let proposed = kb.incidents.iter().find(|incident| incident.id.address() == of.id);
    if let Some(IncidentRef::Minted(known)) = proposed.map(|i| &i.id) {
        return Err(refused(format!("it is named “{known}” already; names are for ever")));
    }
    Ok(())
}

/// A dispute on record, or one that has a name in the data.
pub(super) fn dispute_id(
    kb: &KnowledgeBase,
    rules: &Rules,
    id: &str,
) -> Result<DisputeId, PipelineError> {
    let known = kb.disputes.iter().map(|dispute| &dispute.id);
    let named = rules.disputes.iter().map(|dispute| &dispute.id);
    known.chain(named).find(|known| known.as_str() == id).cloned().ok_or_else(|| {
        refused(format!("“{id}” is no dispute on record; add a row to data/disputes.toml first"))
    })
}

/// The judgement an undo means: the one named, else the last of the same editor.
pub(super) fn undone(
    rules: &Rules,
    signed: &Signature,
    id: Option<&str>,
) -> Result<JudgementId, PipelineError> {
    let in_force = rules.ledger.in_force();
    let found = match id {
        Some(id) => in_force.iter().find(|entry| entry.id.as_str() == id),
        // Undoing twice takes back two judgements, not the undoing.
        None => in_force
            .iter()
            .rev()
            .find(|entry| entry.by == signed.by && !matches!(entry.verdict, Verdict::Undo { .. })),
    };
    found.map(|entry| entry.id.clone()).ok_or_else(|| match id {
        Some(id) => refused(format!("there is no judgement “{id}” in force; see data/judgements/")),
        None => refused(format!("no judgement of {} is in force", signed.by)),
    })
}
