//! What stood on record before and stands nowhere now.

use super::{State, bare};
use crate::model::change::{Change, News};
use crate::model::incident::{Incident, IncidentRef};
use crate::model::subject::SubjectKind;
use crate::model::text::Evidence;

/// Parts of an earlier incident that the later state does not hold, in whatever incident.
pub(super) fn parts(
    earlier: &State<'_>,
    incident: &Incident,
    later: &State<'_>,
    found: &mut Vec<Change>,
) {
    let from = earlier.kb;
    let heir = || {
        let same = later.by_ref.get(&incident.id).map(|_| incident.id.clone());
        let holds = |id: &_| later.home(from.readings.get(id)?.article.id).map(|i| i.id.clone());
        same.or_else(|| incident.articles.iter().find_map(holds))
    };
    let heir: Option<IncidentRef> = heir();
    let address = heir.as_ref().unwrap_or(&incident.id).path();
    let made = |kind: SubjectKind, id: String, title: String| Change {
        title,
        ..bare(kind, News::Gone, later.kb.today, id, heir.clone(), address.clone())
    };
    for reading in incident.articles.iter().filter_map(|id| from.readings.get(id)) {
        let article = &reading.article;
        if later.home(article.id).is_none() {
            let title = article.title().unwrap_or(&article.url).to_string();
            found.push(made(SubjectKind::Article, article.capture.to_string(), title));
        }
    }
    for (capture, id) in incident.claims.iter().filter(|(_, id)| !later.claims.contains(id)) {
        if let Some((reading, claim)) = from.claim(*capture, *id) {
            let words = reading.words(claim.content).to_string();
            let evidence = Some(Evidence { capture: *capture, span: claim.content });
            let ended = later.kb.lives.find(*id).and_then(|(ended, ..)| ended.life.ended);
            let known = ended.map_or(later.kb.today, |at| at.date_naive());
            let made = made(SubjectKind::Claim, id.to_string(), words);
            found.push(Change { evidence, known, ..made });
        }
    }
    for (id, entry) in from.entry_ids(incident).into_iter().zip(&incident.timeline) {
        if later.entry(from, id, entry).is_none() {
            found.push(made(SubjectKind::Entry, id.to_string(), entry.summary.clone()));
        }
    }
    for question in &incident.questions {
        if later.question(from, question).is_none() {
            let id = question.id.to_string();
            found.push(made(SubjectKind::Question, id, question.text.clone()));
        }
    }
    for pair in &incident.contradictions {
        let id = from.contradiction_id(pair);
        if !later.contradictions.contains_key(&id) {
            let id = id.to_string();
            found.push(made(SubjectKind::Contradiction, id, pair.topic.clone()));
        }
    }
}
