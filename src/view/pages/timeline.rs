//! All incidents in the order of time.

use std::collections::BTreeMap;

use askama::Template;
use chrono::Datelike;

use super::parts::{IncidentRow, incident_row};
use super::{Frame, rendered};
use crate::view::site::Site;
use crate::view::words;

/// The incidents of a year.
pub struct Year {
    pub year: i32,
    pub count: String,
    pub incidents: Vec<IncidentRow>,
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage {
    frame: Frame,
    years: Vec<Year>,
}

/// Renders the timeline of all incidents, newest year first.
pub fn timeline(site: &Site<'_>) -> String {
    let mut years: BTreeMap<i32, Vec<IncidentRow>> = BTreeMap::new();
    for incident in &site.kb.incidents {
        let year = incident.opened.sort_day().year();
        years.entry(year).or_default().push(incident_row(site, incident));
    }
    let page = TimelinePage {
        frame: Frame::new(
            site,
            "timeline/",
            "Timeline",
            "Every incident on record, in the order of time.",
            "timeline",
        ),
        years: years
            .into_iter()
            .rev()
            .map(|(year, incidents)| Year {
                year,
                count: words::count(incidents.len(), "incident", "incidents"),
                incidents,
            })
            .collect(),
    };
    rendered(&page)
}
