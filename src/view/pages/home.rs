//! The front page: what is live, what is due, where the quarrels are.

use askama::Template;

use super::parts::{IncidentRow, QuestionLine, incident_row, question_line};
use super::{Frame, rendered};
use crate::model::incident::{PartyRole, Status};
use crate::model::question::QuestionState;
use crate::view::chart::{self, Lane, Mark};
use crate::view::line::{self, Link};
use crate::view::site::{Site, incident_path};

/// Rows of the chart.
const LANES_MAX: usize = 14;
/// Incidents, questions and vendors on the front page.
const INCIDENTS_MAX: usize = 12;
const QUESTIONS_MAX: usize = 8;
const VENDORS_MAX: usize = 12;

/// A number with its unit.
pub struct Figure {
    pub number: String,
    pub unit: &'static str,
    pub href: &'static str,
}

/// A vendor with its counts.
pub struct VendorRow {
    pub who: Link,
    pub initiator: usize,
    pub respondent: usize,
    pub affected: usize,
    pub total: usize,
    pub share: usize,
}

/// A dispute with its span.
pub struct DisputeRow {
    pub link: Link,
    pub count: String,
    pub first: String,
    pub last: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    figures: Vec<Figure>,
    chart: String,
    lead: Option<IncidentRow>,
    incidents: Vec<IncidentRow>,
    questions: Vec<QuestionLine>,
    vendors: Vec<VendorRow>,
}

/// Renders the front page.
pub fn home(site: &Site<'_>) -> String {
    let kb = site.kb;
    let questions = || kb.incidents.iter().flat_map(|i| i.questions.iter().map(move |q| (i, q)));
    let live = questions().filter(|(_, q)| q.state.now().is_live()).count();
    let open = kb
        .incidents
        .iter()
        .filter(|i| matches!(i.status, Status::Open | Status::Escalating))
        .count();
    let contradictions: usize = kb.incidents.iter().map(|i| i.contradictions.len()).sum();
    let figure = |number: usize, unit, href| Figure { number: number.to_string(), unit, href };
    let mut rows: Vec<IncidentRow> =
        kb.incidents.iter().take(INCIDENTS_MAX + 1).map(|i| incident_row(site, i)).collect();
    let lead = if rows.is_empty() { None } else { Some(rows.remove(0)) };
    let mut due: Vec<_> = questions().filter(|(_, q)| q.state.now().is_live()).collect();
    due.sort_by_key(|(incident, question)| {
        // What is due comes first, then what is contested, then the newest incidents.
        let due = question.due.map(|d| d.sort_day());
        let contested = question.state.now() != QuestionState::Contested;
        (due.is_none(), due, contested, std::cmp::Reverse(incident.opened.sort_day()), question.id)
    });
    let page = HomePage {
        frame: Frame::new(
            site,
            "",
            "",
            "Disputes and incidents between AI vendors, their rivals, customers and regulators: who says what, on what basis, in which words.",
            "home",
        ),
        figures: vec![
            figure(kb.incidents.len(), "incidents", "timeline/"),
            figure(open, "still open", "timeline/"),
            figure(kb.disputes.len(), "disputes", "disputes/"),
            figure(live, "open questions", "questions/"),
            figure(contradictions, "contradictions", "questions/"),
            figure(kb.readings.len(), "articles read", "about/"),
        ],
        chart: chart(site, ""),
        lead,
        incidents: rows,
        questions: due
            .into_iter()
            .take(QUESTIONS_MAX)
            .map(|(i, q)| question_line(site, i, q))
            .collect(),
        vendors: vendor_rows(site).into_iter().take(VENDORS_MAX).collect(),
    };
    rendered(&page)
}

/// The chart of all disputes, busiest first.
pub fn chart(site: &Site<'_>, root: &str) -> String {
    let kb = site.kb;
    let mark = |incident: &crate::model::incident::Incident| Mark {
        date: incident.opened,
        title: incident.title.clone(),
        href: incident_path(incident),
        closed: matches!(incident.status, Status::Resolved | Status::Settled),
    };
    let mut lanes: Vec<(usize, Lane)> = kb
        .disputes
        .iter()
        .map(|dispute| {
            let marks: Vec<Mark> =
                dispute.incidents.iter().filter_map(|id| kb.incident(id)).map(mark).collect();
            let href = format!("disputes/{}/", dispute.id);
            (marks.len(), Lane { label: dispute.title.clone(), href, marks })
        })
        .collect();
    lanes.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.label.cmp(&b.1.label)));
    lanes.truncate(LANES_MAX);
    let alone: Vec<Mark> = kb.incidents.iter().filter(|i| i.dispute.is_none()).map(mark).collect();
    let mut lanes: Vec<Lane> = lanes.into_iter().map(|(_, lane)| lane).collect();
    if !alone.is_empty() {
        lanes.push(Lane {
            label: "Single incidents".into(),
            href: "timeline/".into(),
            marks: alone,
        });
    }
    chart::lanes(
        &lanes,
        site.today(),
        root,
        "Disputes over time",
        "Each row is a dispute; each dot an incident known to the day, each bar an incident known to the month or year. Hollow marks are over.",
    )
}

/// Vendors by number of incidents, busiest first.
pub fn vendor_rows(site: &Site<'_>) -> Vec<VendorRow> {
    let mut rows: Vec<VendorRow> = site
        .vendors()
        .filter_map(|id| {
            let entity = site.kb.entities.get(id)?;
            let incidents = site.incidents_of(id);
            let count = |role| incidents.iter().filter(|(r, _)| *r == role).count();
            let authority = entity.kind == crate::model::entity::EntityKind::Government;
            (!authority).then(|| VendorRow {
                who: Link { name: entity.name.clone(), href: Some(format!("vendors/{id}/")) },
                initiator: count(PartyRole::Initiator),
                respondent: count(PartyRole::Respondent),
                affected: count(PartyRole::Affected) + count(PartyRole::Observer),
                total: incidents.len(),
                share: 0,
            })
        })
        .collect();
    rows.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.who.cmp(&b.who)));
    let most = rows.first().map_or(1, |row| row.total.max(1));
    for row in &mut rows {
        row.share = row.total * 100 / most;
    }
    rows
}

/// Disputes by their latest incident.
pub fn dispute_rows(site: &Site<'_>) -> Vec<DisputeRow> {
    let kb = site.kb;
    let mut rows: Vec<(chrono::NaiveDate, DisputeRow)> = kb
        .disputes
        .iter()
        .map(|dispute| {
            let dates: Vec<_> = dispute
                .incidents
                .iter()
                .filter_map(|id| kb.incident(id))
                .map(|i| i.opened)
                .collect();
            let first = dates.first().map(|d| line::date(*d).words).unwrap_or_default();
            let last = dates.last().map(|d| line::date(*d).words).unwrap_or_default();
            let latest = dates.iter().map(|d| d.sort_day()).max().unwrap_or_default();
            let count = crate::view::words::count(dates.len(), "incident", "incidents");
            let link = Link {
                name: dispute.title.clone(),
                href: Some(format!("disputes/{}/", dispute.id)),
            };
            (latest, DisputeRow { link, count, first, last })
        })
        .collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.link.cmp(&b.1.link)));
    rows.into_iter().map(|(_, row)| row).collect()
}
