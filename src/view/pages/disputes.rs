//! Disputes: the list, and one page each.

use askama::Template;

use super::home::{DisputeRow, chart, dispute_rows};
use super::parts::{IncidentRow, QuestionLine, incident_row, question_line};
use super::{Frame, rendered};
use crate::model::history::Hand;
use crate::model::incident::Dispute;
use crate::view::line::{self, Link};
use crate::view::site::Site;
use crate::view::words;

#[derive(Template)]
#[template(path = "disputes.html")]
struct DisputesPage {
    frame: Frame,
    chart: String,
    disputes: Vec<DisputeRow>,
}

#[derive(Template)]
#[template(path = "dispute.html")]
struct DisputePage {
    frame: Frame,
    title: String,
    count: String,
    proposed: bool,
    parties: Vec<Link>,
    incidents: Vec<IncidentRow>,
    questions: Vec<QuestionLine>,
}

/// Renders the list of disputes.
pub fn disputes(site: &Site<'_>) -> String {
    let frame = Frame::new(
        site,
        "disputes/",
        "Disputes",
        "Lasting quarrels between AI vendors and others, each with its incidents.",
        "disputes",
    );
    let page =
        DisputesPage { chart: chart(site, &frame.root), disputes: dispute_rows(site), frame };
    rendered(&page)
}

/// Renders one dispute.
pub fn dispute(site: &Site<'_>, dispute: &Dispute) -> String {
    let members: Vec<_> = dispute.incidents.iter().filter_map(|id| site.kb.incident(id)).collect();
    let path = format!("disputes/{}/", dispute.id);
    let questions = members
        .iter()
        .flat_map(|i| i.questions.iter().map(move |q| (*i, q)))
        .filter(|(_, q)| q.state.now().is_live())
        .map(|(i, q)| question_line(site, i, q))
        .collect();
    let page = DisputePage {
        frame: Frame::new(
            site,
            &path,
            &dispute.title,
            &format!("Incidents and open questions: {}.", dispute.title),
            "disputes",
        ),
        title: dispute.title.clone(),
        count: words::count(members.len(), "incident", "incidents"),
        proposed: dispute.by == Hand::Machine,
        parties: dispute.parties.iter().take(12).map(|who| line::who(site, who)).collect(),
        incidents: members.iter().rev().map(|i| incident_row(site, i)).collect(),
        questions,
    };
    rendered(&page)
}
