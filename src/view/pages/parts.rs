//! Pieces several pages share.

use crate::model::history::Hand;
use crate::model::incident::{Entry, Incident, Status};
use crate::model::question::{Question, QuestionState};
use crate::view::line::{self, DateLine, Link, Quote};
use crate::view::site::{Site, incident_path};
use crate::view::words;

/// An incident in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRow {
    pub title: String,
    pub title_zh: String,
    pub href: String,
    pub date: DateLine,
    pub types: Vec<String>,
    pub status: &'static str,
    pub open: bool,
    pub parties: Vec<Link>,
    /// "5 articles · 3 independent reports", "entered by an editor, source not captured".
    pub basis: String,
    pub proposed: bool,
}

/// An entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine {
    pub date: DateLine,
    pub summary: String,
    /// "takes effect".
    pub note: &'static str,
    pub quotes: Vec<Quote>,
    /// Other dates given, in words.
    pub differing: String,
    /// "3 independent reports".
    pub roots: String,
    pub editor: bool,
    pub ahead: bool,
}

/// A question on a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionLine {
    pub anchor: String,
    pub text: String,
    pub state: &'static str,
    pub class: &'static str,
    pub due: Option<DateLine>,
    pub overdue: bool,
    pub asked: Vec<Quote>,
    pub variants: Vec<String>,
    pub answers: Vec<AnswerLine>,
    /// What happened to it, in words.
    pub history: Vec<String>,
    pub incident: Link,
}

/// Words that bear on a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    pub by: String,
    pub quote: Quote,
}

/// An incident as a row.
pub fn incident_row(site: &Site<'_>, incident: &Incident) -> IncidentRow {
    let parties = incident
        .parties
        .iter()
        .filter(|p| p.role <= crate::model::incident::PartyRole::Authority)
        .take(4)
        .map(|p| line::who(site, &p.who))
        .collect();
    IncidentRow {
        title: incident.title.clone(),
        title_zh: incident.title_zh.clone().unwrap_or_default(),
        href: incident_path(incident),
        date: line::date(incident.opened),
        types: incident.types.iter().map(|id| site.type_name(id)).collect(),
        status: words::status(incident.status),
        open: matches!(incident.status, Status::Open | Status::Escalating),
        parties,
        basis: basis(incident),
        proposed: incident.is_proposed(),
    }
}

/// What an incident rests on, in words.
pub fn basis(incident: &Incident) -> String {
    if !incident.is_captured() {
        return "entered by an editor, sources not captured".into();
    }
    let articles = words::count(incident.articles.len(), "article", "articles");
    let roots = words::count(incident.roots(), "independent report", "independent reports");
    format!("{articles}, {roots} named")
}

/// An entry as a line.
pub fn entry_line(site: &Site<'_>, entry: &Entry) -> EntryLine {
    let differing: Vec<String> =
        entry.differing.iter().map(|(date, _)| words::date(*date)).collect();
    EntryLine {
        date: line::part_of_date(entry.date, entry.modifier),
        summary: entry.summary.clone(),
        note: words::event_role(entry.role),
        quotes: entry.evidence.iter().filter_map(|e| line::quote(site, *e)).collect(),
        differing: differing.join(", "),
        roots: match entry.roots {
            0 => String::new(),
            n => words::count(n, "independent report", "independent reports"),
        },
        editor: entry.by == Hand::Editor,
        ahead: entry.date.sort_day() > site.today(),
    }
}

/// A question as a line.
pub fn question_line(site: &Site<'_>, incident: &Incident, question: &Question) -> QuestionLine {
    let state = question.state.now();
    let overdue = state == QuestionState::Open
        && question.due.and_then(|due| due.last()).is_some_and(|due| due < site.today());
    let history = question
        .state
        .steps()
        .iter()
        .map(|step| {
            let by = match step.by {
                Hand::Machine => "proposed by the program",
                Hand::Editor => "set by an editor",
            };
            format!(
                "{}: {} ({by})",
                words::day(step.on),
                words::question_state(step.to).to_lowercase()
            )
        })
        .collect();
    QuestionLine {
        anchor: format!("q-{}", question.id.short()),
        text: line::clipped(&question.text),
        state: words::question_state(state),
        class: state.word(),
        due: question.due.map(line::date),
        overdue,
        asked: question.raised.iter().filter_map(|e| line::quote(site, *e)).collect(),
        variants: question.variants.iter().map(|v| line::clipped(v)).collect(),
        answers: question
            .answers
            .iter()
            .filter_map(|answer| {
                Some(AnswerLine {
                    by: answer.by.as_ref().map(|who| who.name.clone()).unwrap_or_default(),
                    quote: line::quote(site, answer.evidence)?,
                })
            })
            .collect(),
        history,
        incident: Link { name: incident.title.clone(), href: Some(incident_path(incident)) },
    }
}
