//! The front page: what is live, what changed, what is due, where the quarrels are.

use askama::Template;
use chrono::Days;

use super::catalog::{Row, vendor_rows};
use super::changes::{Day, Room, newest};
use super::frame::Frame;
use super::parts::{IncidentRow, QuestionLine, incident_row, question_line};
use super::rendered;
use crate::model::incident::{Incident, Status};
use crate::model::party::PartyRole;
use crate::model::question::QuestionState;
use crate::view::news;
use crate::view::pair;
use crate::view::picture::{self, Caption, Lane, Mark};
use crate::view::place::{Place, dispute_path, incident_path};
use crate::view::site::Site;
use crate::view::wording::grouped;

/// Rows of the chart.
const LANES_MAX: usize = 30;
/// Incidents of no dispute that lie on their row, the newest.
const ALONE_MAX: usize = 400;
/// Incidents, questions, vendors and days of news on the front page.
const INCIDENTS_MAX: usize = 18;
const QUESTIONS_MAX: usize = 6;
const VENDORS_MAX: usize = 10;
/// What the table of vendors tells apart: who acts, against whom, and who bears it.
const PARTS: [&[PartyRole]; 3] = [
    &[PartyRole::Initiator, PartyRole::Authority],
    &[PartyRole::Respondent],
    &[PartyRole::Affected],
];
const NEWS_ROOM: Room = Room { days: 3, news: 120, groups: 12 };
/// How far back news reaches, in days.
const NEWS_DAYS: u64 = 7;

/// A number with its unit.
pub struct Figure {
    pub number: String,
    pub unit: String,
    pub href: &'static str,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    as_of: String,
    figures: Vec<Figure>,
    chart: String,
    /// "3 more disputes in the table"; nothing where all are drawn.
    more: Option<String>,
    incidents: Vec<IncidentRow>,
    days: Vec<Day>,
    questions: Vec<QuestionLine>,
    vendors: Vec<Row>,
}

/// Whether an incident goes on.
pub fn is_open(incident: &Incident) -> bool {
    matches!(incident.status, Status::Open | Status::Escalating)
}

/// Renders the front page.
pub fn home(site: &Site<'_>) -> String {
    let kb = site.kb;
    let questions = || kb.incidents.iter().flat_map(|i| i.questions.iter().map(move |q| (i, q)));
    let live = questions().filter(|(_, q)| q.state.now().is_live()).count();
    let open = kb.incidents.iter().filter(|i| is_open(i)).count();
    let contradictions: usize = kb.incidents.iter().map(|i| pair::boxes(i).len()).sum();
    let figure = |number: usize, unit, href| Figure {
        number: grouped(number),
        unit: site.words.count(number, unit),
        href,
    };
    let mut due: Vec<_> = questions().filter(|(_, q)| q.state.now().is_live()).collect();
    due.sort_by_key(|(incident, question)| {
        // What is due comes first, then what is contested, then the newest incidents.
        let due = question.due.map(|d| d.sort_day());
        let contested = question.state.now() != QuestionState::Contested;
        (due.is_none(), due, contested, std::cmp::Reverse(incident.opened.sort_day()), question.id)
    });
    let week = site.today().checked_sub_days(Days::new(NEWS_DAYS)).unwrap_or(site.today());
    let news: Vec<_> = news::of_all(site).into_iter().filter(|news| news.day > week).collect();
    let mut frame = Frame::new(
        site,
        &Place::Home,
        "",
        site.words.say("Disputes and incidents between AI vendors, their rivals, customers and regulators: who says what, on what basis, in which words."),
    );
    frame.feed = Some(frame.root.clone());
    let page = HomePage {
        as_of: site.words.day(site.today()),
        figures: vec![
            figure(kb.incidents.len(), "incidents", "timeline/"),
            figure(open, "still open", "timeline/"),
            figure(kb.disputes.len(), "disputes", "disputes/"),
            figure(live, "open questions", "questions/"),
            figure(contradictions, "differing accounts", "contradictions/"),
            figure(kb.readings.len(), "articles read", "outlets/"),
        ],
        chart: chart(site, &frame.home),
        more: lanes_left_out(site),
        incidents: kb.incidents.iter().take(INCIDENTS_MAX).map(|i| incident_row(site, i)).collect(),
        days: newest(site, &news, &NEWS_ROOM),
        questions: due
            .into_iter()
            .take(QUESTIONS_MAX)
            .map(|(i, q)| question_line(site, i, q))
            .collect(),
        vendors: vendor_rows(site, &PARTS).into_iter().take(VENDORS_MAX).collect(),
        frame,
    };
    rendered(&page)
}

/// What the chart has no room for, in words: disputes, and incidents of none; nothing where it draws all.
pub fn lanes_left_out(site: &Site<'_>) -> Option<String> {
    let alone = site.kb.incidents.iter().filter(|incident| incident.dispute.is_none()).count();
    let left_out = [
        (
            site.kb.disputes.len(),
            LANES_MAX,
            "{n} more disputes with fewer incidents are in the table",
        ),
        (alone, ALONE_MAX, "{n} earlier single incidents are in the timeline"),
    ];
    let said = left_out.into_iter().filter(|(all, drawn, _)| all > drawn);
    let said: Vec<String> =
        said.map(|(all, drawn, words)| site.words.count(all - drawn, words)).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// The chart of all disputes, busiest first.
pub fn chart(site: &Site<'_>, home: &str) -> String {
    let mark = |incident: &Incident| Mark {
        date: incident.opened,
        title: site.words.title(incident).to_string(),
        href: incident_path(incident),
        closed: !is_open(incident),
    };
    let mut lanes: Vec<Lane> = site
        .kb
        .disputes
        .iter()
        .map(|dispute| Lane {
            label: site.words.dispute(dispute),
            href: dispute_path(dispute),
            marks: dispute.incidents.iter().filter_map(|id| site.incident(id)).map(mark).collect(),
        })
        .collect();
    lanes.sort_by(|a, b| b.marks.len().cmp(&a.marks.len()).then_with(|| a.label.cmp(&b.label)));
    lanes.truncate(LANES_MAX);
    let alone = site.kb.incidents.iter().filter(|i| i.dispute.is_none());
    let alone: Vec<Mark> = alone.take(ALONE_MAX).map(|incident| mark(incident)).collect();
    if !alone.is_empty() {
        let label = site.words.say("Single incidents").to_string();
        lanes.push(Lane { label, href: Place::Timeline.path(), marks: alone });
    }
    let caption = Caption {
        id: "lanes",
        title: site.words.say("Disputes over time"),
        description: site.words.say("Each row is a dispute; each dot an incident known to the day, each bar an incident known to the month or year. A bar that fades out has begun then and goes on. Hollow marks are over."),
    };
    picture::lanes(&lanes, site.today(), &site.words, home, caption)
}
