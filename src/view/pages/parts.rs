//! Pieces several pages share.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::claim::Stance;
use crate::model::date::EventRole;
use crate::model::history::Hand;
use crate::model::incident::{Entry, Incident, Status};
use crate::model::question::{Answer, Question, QuestionState};
use crate::model::source::CaptureId;
use crate::model::text::Evidence;
use crate::view::agenda::is_overdue;
use crate::view::feed;
use crate::view::index::known_day;
use crate::view::line::{self, DateLine, Link, Quote};
use crate::view::place::incident_path;
use crate::view::site::Site;
use crate::view::words;

/// An incident in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRow {
    pub title: String,
    pub href: String,
    pub date: DateLine,
    pub types: Vec<String>,
    pub status: String,
    /// Words of data, for filters: types, status.
    pub kinds: String,
    pub open: bool,
    pub parties: Vec<Link>,
    /// "5 articles · 3 independent reports", "entered by an editor, source not captured".
    pub basis: String,
    pub proposed: bool,
    /// Whether articles about it were captured.
    pub captured: bool,
}

/// An entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine {
    pub date: DateLine,
    pub summary: String,
    /// "takes effect".
    pub note: String,
    pub quotes: Vec<Quote>,
    /// Number of articles the quotations are from.
    pub sources: usize,
    /// Other dates given, in words, and the day all of them could be known, as data writes it.
    pub differing: String,
    pub differing_known: String,
    /// On how many independent reports they rest.
    pub roots: usize,
    pub editor: bool,
    pub ahead: bool,
    /// The day it could first be known, as data writes it.
    pub known: String,
    pub anchor: String,
    /// The incident it is from, on pages of several.
    pub incident: Option<Link>,
}

/// A question on a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionLine {
    pub anchor: String,
    pub text: String,
    pub state: String,
    pub class: &'static str,
    pub due: Option<DateLine>,
    pub overdue: bool,
    pub asked: Vec<Quote>,
    /// Where articles say that it is still without an answer, in part.
    pub silent: Vec<Quote>,
    pub variants: Vec<String>,
    pub answers: Vec<AnswerLine>,
    /// What happened to it, in words, each with its day as data writes it.
    pub history: Vec<(String, String)>,
    pub incident: Link,
    /// Its feed, from the root of the site, while it is open; without `atom.xml`.
    pub feed: Option<String>,
    /// The day it was first asked, as data writes it.
    pub known: String,
    /// Its states over time as "2026-07-03=answered=Answered|…", for the page as of a day.
    pub moves: String,
    /// Its state before the first move.
    pub first: String,
}

/// Words that bear on a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    pub by: String,
    /// Whether it was published before the question was first asked.
    pub before: bool,
    pub quote: Quote,
}

/// An incident as a row.
pub fn incident_row(site: &Site<'_>, incident: &Incident) -> IncidentRow {
    let parties = incident
        .parties
        .iter()
        .filter(|p| p.role <= crate::model::party::PartyRole::Authority)
        .take(4)
        .map(|p| line::who(site, &p.who))
        .collect();
    IncidentRow {
        title: site.words.title(incident).to_string(),
        href: incident_path(incident),
        date: line::date(site, incident.opened),
        types: incident.types.iter().map(|id| site.type_name(id)).collect(),
        status: site.words.say(words::status(incident.status)).to_string(),
        kinds: incident.types.join(" "),
        open: matches!(incident.status, Status::Open | Status::Escalating),
        parties,
        basis: basis(site, incident),
        proposed: incident.is_proposed(),
        captured: incident.is_captured(),
    }
}

/// What an incident rests on, in words.
pub fn basis(site: &Site<'_>, incident: &Incident) -> String {
    let words = &site.words;
    if !incident.is_captured() {
        return words.say("entered by an editor, sources not captured").into();
    }
    let articles = words.count(incident.sources().count(), "{n} articles");
    let roots = words.count(incident.roots(), "{n} independent reports named");
    words.clauses(&[articles, roots])
}

/// Number of articles among places that may share some.
pub fn articles(captures: impl Iterator<Item = CaptureId>) -> usize {
    captures.collect::<BTreeSet<_>>().len()
}

/// What kind of happening it is; an effect that nobody has told of since is only announced.
fn note(site: &Site<'_>, entry: &Entry) -> &'static str {
    match entry.role {
        EventRole::Effective if !line::is_told_since(site, entry) => "announced for this day",
        role => words::event_role(role),
    }
}

/// An entry as a line.
pub fn entry_line(site: &Site<'_>, entry: &Entry, anchor: String) -> EntryLine {
    let differing: Vec<String> =
        entry.differing.iter().map(|(date, _)| site.words.date(*date)).collect();
    EntryLine {
        date: line::part_of_date(site, entry.date, entry.modifier),
        summary: entry.summary.clone(),
        note: site.words.say(note(site, entry)).to_string(),
        quotes: entry.evidence.iter().filter_map(|e| line::quote(site, *e)).collect(),
        sources: articles(entry.evidence.iter().map(|evidence| evidence.capture)),
        differing: site.words.list(&differing),
        differing_known: last_read(site, entry.differing.iter().map(|(_, e)| e.capture)),
        roots: entry.roots,
        editor: entry.by == Hand::Editor,
        ahead: entry.date.sort_day() > site.today(),
        known: entry.known_at.to_string(),
        anchor,
        incident: None,
    }
}

/// The day all of some articles could be read, as data writes it; nothing for none.
fn last_read(site: &Site<'_>, captures: impl Iterator<Item = CaptureId>) -> String {
    let last = captures.filter_map(|id| site.kb.reading(id)).map(known_day).max();
    last.map(|day| day.to_string()).unwrap_or_default()
}

/// An incident's headline, leading to its page.
pub fn incident_link(site: &Site<'_>, incident: &Incident) -> Link {
    Link { name: site.words.title(incident).to_string(), href: Some(incident_path(incident)) }
}

/// The day a question was first asked; nothing for those an editor entered.
fn asked_on(site: &Site<'_>, question: &Question) -> Option<NaiveDate> {
    let raised = question.raised.iter().filter_map(|e| site.kb.reading(e.capture));
    raised.map(known_day).min()
}

/// What bears on a question, and whether it stood before the question was asked.
fn answer_line(site: &Site<'_>, question: &Question, answer: &Answer) -> Option<AnswerLine> {
    // An article of which only the last day it can be of is known may have asked before.
    let mut asking = question.raised.iter().filter_map(|e| site.kb.reading(e.capture));
    let known = asking.all(|reading| reading.article.published_day().is_some());
    let asked = asked_on(site, question).filter(|_| known);
    let day = site.kb.reading(answer.evidence.capture).map(known_day);
    let before = day.zip(asked).is_some_and(|(day, asked)| day < asked);
    Some(AnswerLine {
        by: answer.by.as_ref().map(|who| who.name.clone()).unwrap_or_default(),
        before,
        quote: line::quote(site, answer.evidence)?,
    })
}

/// Where articles say that somebody has not answered a question that is settled in part.
fn silences<'a>(site: &'a Site<'_>, question: &'a Question) -> impl Iterator<Item = Evidence> + 'a {
    let partly = question.state.now() == QuestionState::PartlyAnswered;
    question.raised.iter().copied().filter(move |place| {
        let claims = site.kb.readings.get(&place.capture).map(|reading| &reading.claims);
        partly
            && claims.into_iter().flatten().any(|claim| {
                matches!(claim.stance, Stance::Silent | Stance::Declines)
                    && claim.content.meets(place.span)
            })
    })
}

/// A question as a line.
pub fn question_line(site: &Site<'_>, incident: &Incident, question: &Question) -> QuestionLine {
    let state = question.state.now();
    let history = question
        .state
        .steps()
        .iter()
        .map(|step| {
            let by = match step.by {
                Hand::Machine => "proposed by the program",
                Hand::Editor => "set by an editor",
            };
            let parts = [
                ("day", site.words.day(step.on)),
                ("state", site.words.say(words::question_state(step.to)).to_lowercase()),
                ("by", site.words.say(by).to_string()),
            ];
            let parts: Vec<(&str, &str)> = parts.iter().map(|(n, v)| (*n, v.as_str())).collect();
            (site.words.fill("{day}: {state} ({by})", &parts), step.on.to_string())
        })
        .collect();
    QuestionLine {
        anchor: format!("q-{}", question.id.short()),
        text: line::clipped(&question.text),
        state: site.words.say(words::question_state(state)).to_string(),
        class: state.word(),
        due: question.due.map(|due| line::date(site, due)),
        overdue: state == QuestionState::Open && is_overdue(question, site.today()),
        asked: question.raised.iter().filter_map(|e| line::quote(site, *e)).collect(),
        silent: silences(site, question).filter_map(|e| line::quote(site, e)).collect(),
        variants: question.variants.iter().map(|v| line::clipped(v)).collect(),
        answers: question
            .answers
            .iter()
            .filter_map(|answer| answer_line(site, question, answer))
            .collect(),
        history,
        known: asked_on(site, question).map(|day| day.to_string()).unwrap_or_default(),
        moves: question
            .state
            .steps()
            .iter()
            .map(|step| {
                let said = site.words.say(words::question_state(step.to));
                format!("{}={}={said}", step.on, step.to.word())
            })
            .collect::<Vec<_>>()
            .join("|"),
        first: site.words.say(words::question_state(question.state.as_of(NaiveDate::MIN))).into(),
        incident: incident_link(site, incident),
        feed: state.is_live().then(|| feed::question_feed(incident, question)),
    }
}
