//! What is open, as a list to work through: by state, age, party and due day.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::entity::{EntityId, Who};
use crate::model::history::Hand;
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::question::{Question, QuestionState};

/// Which questions are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// In one of these states; empty for those a reader would call open.
    pub states: Vec<QuestionState>,
    /// About this house, or in an incident it is a party of: any name, or an id.
    pub party: Option<String>,
    /// Past the day they were due.
    pub overdue: bool,
    /// Asked more than so many days ago.
    pub older_than: Option<u32>,
}

/// By what a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What is overdue or due first, then the oldest.
    Due,
    /// The oldest first.
    Age,
    /// By state, open ones first, then by age.
    State,
    /// By the first party concerned, then by age.
    Party,
}

/// A question as a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionRow {
    /// Full id.
    pub id: String,
    /// Where it stands.
    pub state: &'static str,
    /// Whether an editor said so.
    pub by: &'static str,
    /// The day of its last move, where it moved.
    pub since: Option<String>,
    /// The day it was first asked.
    pub asked: Option<String>,
    /// Days since then.
    pub age_days: Option<i64>,
    /// By when it should be settled, EDTF.
    pub due: Option<String>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whom it concerns.
    pub about: Vec<String>,
    /// Its words.
    pub text: String,
    /// Number of articles that ask it.
    pub asked_in: usize,
    /// Number of passages that bear on it.
    pub answers: usize,
    /// The incident, by the last part of its address.
    pub incident: String,
    /// Its title.
    pub incident_title: String,
    /// Address on the site.
    pub path: String,
    #[serde(skip)]
    key: (bool, Option<NaiveDate>, Option<NaiveDate>, QuestionState),
}

/// Whether the day a live question was due has passed.
pub fn is_overdue(question: &Question, today: NaiveDate) -> bool {
    let due = question.due.and_then(|due| due.last());
    question.state.now().is_live() && due.is_some_and(|due| due < today)
}

/// The day a question was first asked: the first article's, or the editor's.
pub fn first_asked(
    kb: &KnowledgeBase,
    incident: &Incident,
    question: &Question,
) -> Option<NaiveDate> {
    let raised = question.raised.iter().filter_map(|place| kb.readings.get(&place.capture));
    let entered = incident.editor.as_ref().map(|editor| editor.entered);
    raised.map(|reading| reading.article.day()).min().or(entered)
}

/// Lists the questions that are wanted.
pub fn agenda(kb: &KnowledgeBase, wanted: &Wanted, order: Order) -> Vec<QuestionRow> {
    let house = wanted.party.as_deref().map(|name| house(kb, name));
    let mut rows = Vec::new();
    for incident in &kb.incidents {
        for question in &incident.questions {
            let state = question.state.now();
            let right = match wanted.states.is_empty() {
                true => state.is_live(),
                false => wanted.states.contains(&state),
            };
            let overdue = is_overdue(question, kb.today);
            let asked = first_asked(kb, incident, question);
            let age = asked.map(|day| (kb.today - day).num_days());
            let old = wanted.older_than.is_none_or(|days| age.is_some_and(|age| age > days.into()));
            let mut concerned =
                question.about.iter().chain(incident.parties.iter().map(|party| &party.who));
            let theirs = house.as_ref().is_none_or(|house| concerned.any(|who| house.holds(who)));
            if right && old && theirs && (overdue || !wanted.overdue) {
                rows.push(row(incident, question, asked, age, overdue));
            }
        }
    }
    rows.sort_by(|a, b| match order {
        Order::Due => (!a.key.0, a.key.1.is_none(), a.key.1, a.key.2, &a.id).cmp(&(
            !b.key.0,
            b.key.1.is_none(),
            b.key.1,
            b.key.2,
            &b.id,
        )),
        Order::Age => (a.key.2, &a.id).cmp(&(b.key.2, &b.id)),
        Order::State => (a.key.3, a.key.2, &a.id).cmp(&(b.key.3, b.key.2, &b.id)),
        Order::Party => (a.about.first(), a.key.2, &a.id).cmp(&(b.about.first(), b.key.2, &b.id)),
    });
    rows
}

fn row(
    incident: &Incident,
    question: &Question,
    asked: Option<NaiveDate>,
    age_days: Option<i64>,
    overdue: bool,
) -> QuestionRow {
    let state = question.state.now();
    let last = question.state.steps().last();
    let articles: BTreeSet<_> = question.raised.iter().map(|place| place.capture).collect();
    QuestionRow {
        id: question.id.to_string(),
        state: state.word(),
        by: super::export::hand(last.map_or(Hand::Machine, |step| step.by)),
        since: last.map(|step| step.on.to_string()),
        asked: asked.map(|day| day.to_string()),
        age_days,
        due: question.due.map(|due| due.to_string()),
        overdue,
        about: question.about.iter().map(|who| who.name.clone()).collect(),
        text: question.text.clone(),
        asked_in: articles.len(),
        answers: question.answers.len(),
        incident: incident.id.address(),
        incident_title: incident.title.clone(),
        path: format!("{}#q-{}", incident.id.path(), question.id.short()),
        key: (overdue, question.due.and_then(|due| due.last()), asked, state),
    }
}

/// Somebody with everything they own; a name nobody has entered stands for itself.
struct House {
    ids: BTreeSet<EntityId>,
    name: String,
}

impl House {
    fn holds(&self, who: &Who) -> bool {
        match &who.id {
            Some(id) => self.ids.contains(id),
            None => who.name.to_lowercase() == self.name,
        }
    }
}

fn house(kb: &KnowledgeBase, name: &str) -> House {
    let name = name.trim().to_lowercase();
    let called = |known: &str| known.to_lowercase() == name;
    let named = kb.entities.values().filter(|entity| {
        entity.id.as_str() == name
            || called(&entity.name)
            || entity.names.iter().any(|known| called(known))
    });
    let houses = kb.houses();
    let ids = named.flat_map(|entity| houses.of(&entity.id)).map(|e| e.id.clone()).collect();
    House { ids, name }
}

/// The columns of the list as CSV.
pub const COLUMNS: [&str; 14] = [
    "id", "state", "by", "since", "asked", "age_days", "due", "overdue", "about", "text",
    "asked_in", "answers", "incident", "path",
];

impl QuestionRow {
    /// The row's cells, in the order of [`COLUMNS`].
    pub fn cells(&self) -> [String; 14] {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        [
            self.id.clone(),
            self.state.into(),
            self.by.into(),
            text(&self.since),
            text(&self.asked),
            self.age_days.map(|days| days.to_string()).unwrap_or_default(),
            text(&self.due),
            self.overdue.to_string(),
            self.about.join("; "),
            self.text.clone(),
            self.asked_in.to_string(),
            self.answers.to_string(),
            self.incident.clone(),
            self.path.clone(),
        ]
    }
}
