//! Questions of one incident, and each move of their states.

use super::{Scope, day_of, differs, moved};
use crate::model::change::{Change, Difference, News};
use crate::model::history::Hand;
use crate::model::question::Question;
use crate::model::subject::SubjectKind;

/// Questions nobody asked before, other words and days of those somebody did, and every move of a
/// state as a change of its own.
pub(super) fn changes(scope: &Scope<'_>, found: &mut Vec<Change>) {
    for question in &scope.incident.questions {
        let old = scope.earlier.question(scope.to, question);
        let made = |news, day| Change {
            title: question.text.clone(),
            evidence: question.raised.first().copied(),
            by: if question.raised.is_empty() { Hand::Editor } else { Hand::Machine },
            ..scope.change(SubjectKind::Question, news, day, question.id.to_string())
        };
        match old {
            None => {
                let first = question.raised.iter().filter_map(|e| day_of(scope.to, *e)).min();
                let entered = scope.incident.editor.as_ref().map(|editor| editor.entered);
                found.push(made(News::New, first.or(entered).unwrap_or(scope.to.today)));
            }
            Some((home, old)) => {
                let due = |q: &Question| q.due.map(|due| due.to_string()).unwrap_or_default();
                let differences: Vec<Difference> = [
                    moved(home, scope),
                    differs("words", old.text.clone(), question.text.clone()),
                    differs("due", due(old), due(question)),
                ]
                .into_iter()
                .flatten()
                .collect();
                if !differences.is_empty() {
                    found.push(Change { differences, ..made(News::Updated, scope.last_arrival()) });
                }
            }
        }
        let told = old.map_or(&[][..], |(_, old)| old.state.steps());
        let mut state = old.map_or(question.state.first(), |(_, old)| old.state.now());
        for step in question.state.steps() {
            if told.iter().any(|known| (known.on, known.to) == (step.on, step.to)) {
                continue;
            }
            let differences = differs("state", state.word().into(), step.to.word().into());
            state = step.to;
            found.push(Change {
                differences: differences.into_iter().collect(),
                evidence: step.because.first().copied(),
                by: step.by,
                ..made(News::Updated, step.on)
            });
        }
        if state != question.state.now() {
            // A move was taken back.
            let now = question.state.now();
            let differences = differs("state", state.word().into(), now.word().into());
            let differences = differences.into_iter().collect();
            found.push(Change { differences, ..made(News::Updated, scope.to.today) });
        }
    }
}
