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

/// Days on the page of what is newest, and lines of an incident on one day.
const DAYS_MAX: usize = 40;
const LINES_MAX: usize = 30;
/// A month of more news tells what became known of each incident, not each line of it.
const MONTH_LINES_MAX: usize = 500;

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
    title: String,
    as_of: String,
    days: Vec<Day>,
    /// Every month with news, newest first, by year.
    months: Vec<(String, Vec<Link>)>,
    earlier: Option<Link>,
    later: Option<Link>,
}

/// Renders the page of changes.
pub fn changes(site: &Site<'_>) -> String {
    let title = Place::Changes.name(&site.words);
    let description = site.words.say("What became known of the disputes on record, day by day.");
    let mut frame = Frame::new(site, &Place::Changes, &title, description);
    frame.feed = Some(frame.root.clone());
    rendered(&ChangesPage {
        frame,
        as_of: site.words.day(site.today()),
        days: days(site, &news::of_all(site), DAYS_MAX),
        months: months(site),
        title,
        earlier: None,
        later: None,
    })
}

/// Renders what became known in a month.
pub fn month(site: &Site<'_>, month: (i32, u32)) -> String {
    let place = |month: &(i32, u32)| Place::Month(month.0, month.1);
    let here = place(&month);
    let name = here.name(&site.words);
    let title = site.words.fill("What changed in {x}", &[("x", &name)]);
    let description = site.words.say("What became known of the disputes on record, day by day.");
    let all = news::by_month(site);
    let beside = |other: Option<&(i32, u32)>| {
        let other = place(other?);
        Some(Link { name: other.name(&site.words), href: Some(other.path()) })
    };
    let news = news::of_month(site, month);
    let mut days = days(site, &news, usize::MAX);
    if news.len() > MONTH_LINES_MAX {
        days.iter_mut().flat_map(|day| &mut day.groups).for_each(|group| group.lines.clear());
    }
    rendered(&ChangesPage {
        frame: Frame::new(site, &here, &title, description),
        as_of: String::new(),
        days,
        months: Vec::new(),
        title,
        earlier: beside(all.range(..month).next_back().map(|(month, _)| month)),
        later: beside(all.range(month..).map(|(month, _)| month).find(|other| **other != month)),
    })
}

fn months(site: &Site<'_>) -> Vec<(String, Vec<Link>)> {
    let mut years: Vec<(String, Vec<Link>)> = Vec::new();
    for (year, month) in news::by_month(site).keys().rev() {
        let name = Place::Year(*year).name(&site.words);
        if years.last().is_none_or(|(last, _)| *last != name) {
            years.push((name, Vec::new()));
        }
        let place = Place::Month(*year, *month);
        let link = Link { name: place.name(&site.words), href: Some(place.path()) };
        years.iter_mut().rev().take(1).for_each(|(_, months)| months.push(link.clone()));
    }
    years
}

/// News grouped by day and incident, newest day first; of more than so many days they come in that order.
pub fn days(site: &Site<'_>, all: &[&News], days_max: usize) -> Vec<Day> {
    let mut by_day: BTreeMap<NaiveDate, BTreeMap<usize, Vec<&News>>> = BTreeMap::new();
    for news in all {
        if by_day.len() == days_max && !by_day.contains_key(&news.day) {
            break;
        }
        by_day.entry(news.day).or_default().entry(news.incident).or_default().push(news);
    }
    by_day
        .into_iter()
        .rev()
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
