//! What became known when, day by day, and by incident within a day.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;

use super::frame::Frame;
use super::parts::incident_link;
use super::rendered;
use crate::view::line::Link;
use crate::view::news::{self, News, Sort};
use crate::view::place::Place;
use crate::view::site::Site;

/// Days on the page, and lines of an incident on one day.
const DAYS_MAX: usize = 40;
const LINES_MAX: usize = 30;

/// A line of news.
pub struct NewsLine {
    pub sort: String,
    pub link: Link,
}

/// What became known of one incident on one day.
pub struct Group {
    pub incident: Link,
    pub new: bool,
    /// "4 timeline entries, 2 questions".
    pub counts: String,
    pub lines: Vec<NewsLine>,
}

/// A day of the record.
pub struct Day {
    pub anchor: String,
    pub day: String,
    pub groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage<'a> {
    frame: Frame<'a>,
    as_of: String,
    days: Vec<Day>,
}

/// Renders the page of changes.
pub fn changes(site: &Site<'_>) -> String {
    let title = Place::Changes.name(&site.words);
    let description = site.words.say("What became known of the disputes on record, day by day.");
    let mut frame = Frame::new(site, &Place::Changes, &title, description);
    frame.feed = Some(frame.root.clone());
    let page = ChangesPage {
        frame,
        as_of: site.words.day(site.today()),
        days: days(site, &news::of_all(site), DAYS_MAX),
    };
    rendered(&page)
}

/// News grouped by day and incident, newest day first.
pub fn days(site: &Site<'_>, all: &[&News], days_max: usize) -> Vec<Day> {
    let mut by_day: BTreeMap<NaiveDate, BTreeMap<usize, Vec<&News>>> = BTreeMap::new();
    for news in all {
        by_day.entry(news.day).or_default().entry(news.incident).or_default().push(news);
    }
    by_day
        .into_iter()
        .rev()
        .take(days_max)
        .map(|(day, incidents)| Day {
            anchor: format!("d{day}"),
            day: site.words.day(day),
            groups: incidents.into_iter().filter_map(|(at, list)| group(site, at, &list)).collect(),
        })
        .collect()
}

fn group(site: &Site<'_>, at: usize, list: &[&News]) -> Option<Group> {
    let incident = site.at(at)?;
    let count = |sort: Sort| list.iter().filter(|news| news.sort == sort).count();
    let counts: Vec<String> = [
        (Sort::Entry, "{n} timeline entries"),
        (Sort::Asked, "{n} questions asked"),
        (Sort::Moved, "{n} questions moved"),
        (Sort::Differ, "{n} differing accounts"),
        (Sort::Ended, "{n} claims taken out"),
    ]
    .into_iter()
    .filter(|(sort, _)| count(*sort) > 0)
    .map(|(sort, words)| site.words.count(count(sort), words))
    .collect();
    let lines = list.iter().filter(|news| news.sort != Sort::Incident).take(LINES_MAX);
    Some(Group {
        incident: incident_link(site, incident),
        new: count(Sort::Incident) > 0,
        counts: site.words.clauses(&counts),
        lines: lines
            .map(|news| NewsLine {
                sort: site.words.say(news.sort.name()).to_string(),
                link: Link { name: news.title.clone(), href: Some(news.path.clone()) },
            })
            .collect(),
    })
}
