//! All incidents in the order of time: how many when, the latest ones, and a page for each year.

use std::collections::BTreeMap;

use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::frame::Frame;
use super::parts::{IncidentRow, incident_row};
use super::{home, rendered};
use crate::model::edtf::{Edtf, Extent, Point};
use crate::model::incident::Incident;
use crate::view::calendar;
use crate::view::line::Link;
use crate::view::picture::{self, Bar, Caption};
use crate::view::place::Place;
use crate::view::site::Site;
use crate::view::wording::Wording;

/// Incidents on the page itself.
const INCIDENTS_MAX: usize = 150;
/// Days of a span that counts for the month it begins in.
const MONTH_DAYS_MAX: i64 = 62;
/// Columns of the chart of activity.
const MONTHS_MAX: i32 = 60;

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

/// Whether a date says in which month something began.
fn names_month(date: Edtf) -> bool {
    let narrow = |point| matches!(point, Point::Month(..) | Point::Day(_));
    match date.extent {
        Extent::At(point) | Extent::Until(point) | Extent::Since(point) => narrow(point),
        Extent::Between(from, to) => {
            let days = date.first().zip(date.last()).map(|(first, last)| (last - first).num_days());
            narrow(from) && narrow(to) && days.is_some_and(|days| days <= MONTH_DAYS_MAX)
        }
    }
}

/// A column of the chart, in the order of time: a year without a month stands in front of its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    /// Months since the year 0, or years.
    at: i32,
    known: bool,
}

/// Incidents by month of their beginning, and apart those of which the year alone is known; by year where the months
/// would be too many.
pub fn activity<'i>(words: &Wording<'_>, list: impl Iterator<Item = &'i Incident>) -> Activity {
    let list: Vec<&Incident> = list.collect();
    let days = || list.iter().map(|incident| incident.opened.sort_day());
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Activity { picture: String::new(), spans: Vec::new() };
    };
    let month = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
    let by_year = month(last) - month(first) >= MONTHS_MAX;
    let span = |day: NaiveDate| if by_year { day.year() } else { month(day) };
    let mut counts: BTreeMap<Column, (usize, usize)> =
        (span(first)..=span(last)).map(|at| (Column { at, known: true }, (0, 0))).collect();
    for incident in &list {
        let day = incident.opened.sort_day();
        let known = by_year || names_month(incident.opened);
        let at = if known { span(day) } else { day.year() * 12 };
        let count = counts.entry(Column { at, known }).or_default();
        if home::is_open(incident) {
            count.0 += 1;
        } else {
            count.1 += 1;
        }
    }
    let year = |at: i32| if words.is_chinese() { format!("{at}年") } else { at.to_string() };
    let label = |column: Column| match (by_year, column.known) {
        (true, _) => year(column.at),
        (false, false) => {
            words.fill("{x}, month not known", &[("x", &year(column.at.div_euclid(12)))])
        }
        (false, true) => {
            let number = column.at.rem_euclid(12).unsigned_abs() + 1;
            calendar::month_of(words.language, column.at.div_euclid(12), number)
        }
    };
    let bars: Vec<Bar> = counts
        .iter()
        .map(|(column, (open, over))| Bar {
            label: words
                .fill("{x}: {y}", &[("x", &label(*column)), ("y", &(open + over).to_string())]),
            tick: match by_year {
                true => column.at.to_string(),
                false if column.known && column.at.rem_euclid(12) == 0 => {
                    column.at.div_euclid(12).to_string()
                }
                false => String::new(),
            },
            parts: vec![*over, *open],
            vague: !column.known,
        })
        .collect();
    let caption = Caption {
        id: "activity",
        title: words.say("Incidents by the time they began"),
        description: words.say("The dark part of a column is still open, the light part over; a dashed column counts those of which the year alone is known. The table beneath has the numbers."),
    };
    let spans = counts.into_iter().rev().filter(|(_, (open, over))| open + over > 0);
    Activity {
        picture: picture::bars(&bars, caption),
        spans: spans.map(|(at, (open, over))| Span { label: label(at), open, over }).collect(),
    }
}
