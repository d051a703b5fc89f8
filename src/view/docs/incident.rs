//! Incidents, their questions and the lines of their timelines.

use chrono::NaiveDate;

use super::keys::{Names, value};
use crate::model::history::Hand;
use crate::model::incident::{Entry, Incident};
use crate::model::kb::KnowledgeBase;
use crate::model::query::{DocKind, Field, SearchDoc, Source};
use crate::model::question::{Question, QuestionState};
use crate::model::source::CaptureId;
use crate::view::export::question_out;
use crate::view::place::incident_path;

/// The day an article could be known.
pub(super) fn day_of(kb: &KnowledgeBase, capture: CaptureId) -> Option<NaiveDate> {
    let article = &kb.readings.get(&capture)?.article;
    Some(article.published.map_or(article.fetched.date_naive(), |p| p.day))
}

/// First and last day on which something was learned of an incident.
pub(super) fn known(kb: &KnowledgeBase, incident: &Incident) -> (NaiveDate, NaiveDate) {
    let days = || incident.sources().filter_map(|capture| day_of(kb, capture));
    // As the record has it: what editors entered could be known when it happened.
    let entered = incident.editor.as_ref().map(|_| incident.opened.sort_day());
    let first = days().chain(entered).min().unwrap_or(kb.today);
    let steps = incident.questions.iter().flat_map(|q| q.state.steps()).map(|step| step.on);
    let last = days().chain(entered).chain(steps).filter(|day| *day <= kb.today).max();
    (first, last.unwrap_or(first).max(first))
}

pub(super) fn incident(incident: &Incident, record: String, names: &mut Names<'_>) -> SearchDoc {
    let kb = names.kb;
    let mut body = Vec::new();
    if let Some(editor) = &incident.editor {
        body.push(editor.summary.clone());
        body.extend(editor.summary_zh.clone());
        body.extend(editor.notes.iter().cloned());
    }
    body.extend(incident.timeline.iter().map(|entry| entry.summary.clone()));
    let parties = incident.parties.iter().flat_map(|party| names.other_names(&party.who));
    let mut other_names: Vec<String> = parties.chain(names.kinds(incident)).collect();
    let mut keys = names.incident(incident);
    for product in incident.editor.iter().flat_map(|editor| &editor.products) {
        let known = kb.entities.values().find(|e| e.name == *product || e.names.contains(product));
        let key = known.map_or_else(|| crate::model::terms::fold(product), |e| e.id.to_string());
        names.named(Field::Product, &key, product, &mut keys);
        other_names.push(product.clone());
    }
    keys.years(incident.opened);
    keys.word(Field::Kind, DocKind::Incident.word());
    keys.flag("contradicted", !incident.contradictions.is_empty());
    let address = incident.id.address();
    let (known, changed) = known(kb, incident);
    SearchDoc {
        kind: DocKind::Incident,
        id: address.clone(),
        group: address.clone(),
        title: incident.title.clone(),
        title_zh: incident.title_zh.clone(),
        body: body.join(" · "),
        names: other_names.join(" · "),
        path: incident_path(incident),
        date: Some(incident.opened),
        known,
        changed,
        gone: None,
        roots: incident.roots() as u32,
        keys: names.count(keys),
        source: Source::default(),
        published: true,
        record,
    }
}

/// The questions of an incident: as they stand, and as they stood until each step.
pub(super) fn questions(incident: &Incident, names: &mut Names<'_>) -> Vec<SearchDoc> {
    let mut docs = Vec::new();
    for question in &incident.questions {
        let (first, _) = known(names.kb, incident);
        let asked = question.raised.iter().filter_map(|e| day_of(names.kb, e.capture)).min();
        let asked = asked.unwrap_or(first);
        let steps = question.state.steps();
        let mut from = asked;
        let mut number = 0;
        for step in steps.iter().filter(|step| step.on > asked) {
            let Some(before) = step.on.pred_opt() else { continue };
            let mut past =
                one_question(incident, question, question.state.as_of(before), before, names);
            past.id = format!("{}@{number}", past.id);
            past.known = from;
            past.changed = from;
            past.gone = Some(step.on);
            docs.push(past);
            from = step.on;
            number += 1;
        }
        let now = question.state.now();
        let today = names.kb.today;
        let mut present = one_question(incident, question, now, today, names);
        present.known = if number == 0 { asked } else { from };
        present.changed = steps.last().map_or(asked, |step| step.on).max(present.known);
        docs.push(present);
    }
    docs
}

fn one_question(
    incident: &Incident,
    question: &Question,
    state: QuestionState,
    day: NaiveDate,
    names: &mut Names<'_>,
) -> SearchDoc {
    let mut keys = names.incident(incident);
    keys.word(Field::Question, state.word());
    for who in &question.about {
        names.party(who, &mut keys);
    }
    let past_due = question.due.and_then(|due| due.last()).is_some_and(|due| due < day);
    keys.flag("overdue", past_due && state.is_live());
    keys.word(Field::Kind, DocKind::Question.word());
    let date = question.due.or(Some(incident.opened));
    date.into_iter().for_each(|date| keys.years(date));
    let id = question.id.to_string();
    SearchDoc {
        kind: DocKind::Question,
        group: incident.id.address(),
        title: question.text.clone(),
        title_zh: None,
        body: question.variants.join("\n"),
        names: String::new(),
        path: format!("{}#q-{}", incident_path(incident), question.id.short()),
        date,
        known: day,
        changed: day,
        gone: None,
        roots: question.raised.len() as u32,
        keys: names.count(keys),
        source: Source::default(),
        published: true,
        record: of_question(names.kb, incident, question),
        id,
    }
}

/// What the export says of a question, and of which incident it is.
fn of_question(kb: &KnowledgeBase, incident: &Incident, question: &Question) -> String {
    let mut record = value(&question_out(kb, question));
    if let Some(fields) = record.as_object_mut() {
        fields.insert("incident".into(), incident.id.address().into());
    }
    record.to_string()
}

/// The lines of an incident's timeline.
pub(super) fn events(incident: &Incident, names: &mut Names<'_>) -> Vec<SearchDoc> {
    let lines = incident.timeline.iter().enumerate();
    lines.map(|(number, entry)| event(incident, number, entry, names)).collect()
}

fn event(incident: &Incident, number: usize, entry: &Entry, names: &mut Names<'_>) -> SearchDoc {
    let kb = names.kb;
    let mut keys = names.incident(incident);
    let first = entry.evidence.first().and_then(|e| kb.reading(e.capture));
    if let Some(reading) = first {
        names.article(&reading.article, &mut keys);
    }
    keys.word(Field::Kind, DocKind::Event.word());
    keys.years(entry.date);
    keys.flag("contradicted", !entry.differing.is_empty());
    let known = match entry.by {
        Hand::Editor => known(kb, incident).0,
        Hand::Machine => entry.known_at,
    };
    let source = first.map_or_else(Source::default, super::article::source);
    let words = entry.evidence.iter().map(|e| crate::view::line::clipped(kb.words(*e)));
    SearchDoc {
        kind: DocKind::Event,
        id: format!("{}-t{number}", incident.id.address()),
        group: incident.id.address(),
        title: entry.summary.clone(),
        title_zh: None,
        body: words.collect::<Vec<_>>().join("\n"),
        names: String::new(),
        path: incident_path(incident),
        date: Some(entry.date),
        known,
        changed: known,
        gone: None,
        roots: entry.roots as u32,
        keys: names.count(keys),
        source,
        published: true,
        record: String::new(),
    }
}
