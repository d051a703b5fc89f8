//! A question as the record prints it.

use super::shape::{EvidenceOut, QuestionOut, StepOut};
use super::{distinct, evidence_out, hand, url};
use crate::model::kb::KnowledgeBase;
use crate::model::question::Question;

/// One question as the record prints it.
pub(in crate::view) fn question_out<'a>(
    kb: &'a KnowledgeBase,
    question: &'a Question,
) -> QuestionOut<'a> {
    QuestionOut {
        id: question.id.to_string(),
        text: &question.text,
        variants: &question.variants,
        kind: question.kind.word(),
        about: question.about.iter().map(|who| who.name.as_str()).collect(),
        asked_in: distinct(question.raised.iter().map(|e| url(kb, e.capture))),
        state: question.state.now().word(),
        due: question.due.map(|due| due.to_string()),
        answered_by: question
            .answers
            .iter()
            .map(|answer| EvidenceOut {
                by: answer.by.as_ref().map(|who| who.name.as_str()),
                ..evidence_out(kb, answer.evidence)
            })
            .collect(),
        history: question
            .state
            .steps()
            .iter()
            .map(|step| StepOut {
                on: step.on.to_string(),
                to: step.to.word(),
                by: hand(step.by),
                because: step.because.iter().map(|e| kb.words(*e)).collect(),
            })
            .collect(),
    }
}
