//! All incidents in the order of time: how many when, the latest ones, and a page for each year.

use std::collections::BTreeMap;

use askama::Template;
use chrono::Datelike;

use super::columns::{Column, Step, bars, columns};
use super::frame::Frame;
use super::parts::{IncidentRow, incident_row};
use super::{home, rendered};
use crate::model::edtf::Edtf;
use crate::model::incident::Incident;
use crate::view::line::Link;
use crate::view::picture::{self, Caption};
use crate::view::place::Place;
use crate::view::site::Site;
use crate::view::wording::Wording;

/// Incidents on the page itself.
const INCIDENTS_MAX: usize = 150;

/// The incidents of a year.
pub struct Year {
    pub link: Link,
    pub anchor: String,
    pub count: String,
    pub incidents: Vec<IncidentRow>,
}

/// Incidents of a span of time: all, and those still open.
pub struct Span {
    pub label: String,
    pub open: usize,
    pub over: usize,
}

/// Activity over time: the picture and its table.
pub struct Activity {
    pub picture: String,
    pub spans: Vec<Span>,
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage<'a> {
    frame: Frame<'a>,
    standing: String,
    activity: Activity,
    all: Vec<Link>,
    years: Vec<Year>,
}

/// Renders the timeline, newest year first.
pub fn timeline(site: &Site<'_>) -> String {
    let place = Place::Timeline;
    let title = place.name(&site.words);
    let mut years: BTreeMap<i32, Vec<IncidentRow>> = BTreeMap::new();
    for incident in site.kb.incidents.iter().take(INCIDENTS_MAX) {
        let year = incident.opened.sort_day().year();
        years.entry(year).or_default().push(incident_row(site, incident));
    }
    let link = |year: i32| {
        let place = Place::Year(year);
        Link { name: place.name(&site.words), href: Some(place.path()) }
    };
    let standing = "Every incident on record. A day is printed only where a source gives one.";
    let standing = site.words.say(standing).to_string();
    let mut frame = Frame::new(site, &place, &title, &standing).script(site, "filter.js");
    frame.feed = Some(frame.root.clone());
    let page = TimelinePage {
        frame,
        standing,
        activity: activity(&site.words, site.kb.incidents.iter().map(AsRef::as_ref)),
        all: site.index.years.keys().rev().map(|year| link(*year)).collect(),
        years: years
            .into_iter()
            .rev()
            .map(|(year, incidents)| Year {
                link: link(year),
                anchor: format!("y{year}"),
                count: site
                    .words
                    .count(site.index.years.get(&year).map_or(0, Vec::len), "{n} incidents"),
                incidents,
            })
            .collect(),
    };
    rendered(&page)
}

/// Incidents by month of their beginning, and apart those of which the year alone is known; by year where the months
/// would be too many.
pub fn activity<'i>(words: &Wording<'_>, list: impl Iterator<Item = &'i Incident>) -> Activity {
    let list: Vec<(Edtf, usize)> =
        list.map(|incident| (incident.opened, usize::from(home::is_open(incident)))).collect();
    let columns = columns::<2>(words, Step::Month, &list, None);
    let caption = Caption {
        id: "activity",
        title: words.say("Incidents by the time they began"),
        description: words.say("The dark part of a column is still open, the light part over; a dashed column counts those of which the year alone is known. The table beneath has the numbers."),
    };
    Activity {
        picture: picture::bars(&bars(words, &columns), "states", caption),
        spans: columns
            .into_iter()
            .rev()
            .filter(Column::counts_some)
            .map(|Column { label, counts: [over, open], .. }| Span { label, open, over })
            .collect(),
    }
}
