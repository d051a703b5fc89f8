//! What became known when, day by day, and by incident within a day.

use std::collections::BTreeMap;

use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::frame::Frame;
use super::parts::incident_link;
use super::rendered;
use crate::view::entered::Entered;
use crate::view::line::Link;
use crate::view::news::{self, News, Sort};
use crate::view::place::Place;
use crate::view::site::Site;

/// Room on the page of what is newest, and lines of an incident on one day.
const ROOM: Room = Room { days: 40, news: NEWS_MAX, groups: 100 };
const LINES_MAX: usize = 30;
/// Where there is more news of a day or a month, it is told of which incident there is some, not each line of it.
const NEWS_MAX: usize = 500;

/// How much of what is newest a page has room for.
pub struct Room {
    pub days: usize,
    /// Lines, which end with a whole day.
    pub news: usize,
    /// Incidents of a day.
    pub groups: usize,
}

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
    /// The same as data writes it.
    pub known: String,
    pub groups: Vec<Group>,
    /// To the rest of them.
    pub more: Option<Link>,
    pub entered: Option<Together>,
}

/// Incidents that editors entered on one day, told as one.
pub struct Together {
    /// "97 incidents entered by editors".
    pub told: String,
    pub incidents: Vec<Link>,
    /// To the rest of them.
    pub more: Option<Link>,
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
        days: newest(site, &news::of_all(site), &ROOM),
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
    let entered = Entered::of(site, &news);
    let told: Vec<&News> = news.into_iter().filter(|news| !entered.holds(news)).collect();
    let mut days = days(site, &told, told.len() <= NEWS_MAX);
    for (on, list) in entered.days() {
        let day = days.entry(on).or_insert_with(|| blank(site, on));
        day.entered = Some(together(site, on, list, usize::MAX));
    }
    rendered(&ChangesPage {
        frame: Frame::new(site, &here, &title, description),
        as_of: String::new(),
        days: days.into_values().rev().collect(),
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

/// What a page has room for of all news, which stand newest first: whole days, as many as go in; of one that
/// does not go in by itself the first incidents.
pub fn newest(site: &Site<'_>, all: &[&News], room: &Room) -> Vec<Day> {
    let entered = Entered::of(site, all);
    let all: Vec<&News> = all.iter().filter(|news| !entered.holds(news)).copied().collect();
    let later = |day: NaiveDate| all.partition_point(|news| news.day > day);
    let whole = all.get(room.news).map_or(all.len(), |over| later(over.day));
    let first = all.first().map_or(0, |first| all.partition_point(|news| news.day == first.day));
    let shown = all.get(..whole.max(first)).unwrap_or_default();
    let mut days = days(site, shown, shown.len() <= room.news);
    let oldest = if shown.len() < all.len() { shown.last().map(|news| news.day) } else { None };
    for (on, list) in entered.days().filter(|(on, _)| oldest.is_none_or(|oldest| *on >= oldest)) {
        let day = days.entry(on).or_insert_with(|| blank(site, on));
        day.entered = Some(together(site, on, list, room.groups));
    }
    let rest = |(on, mut day): (NaiveDate, Day)| {
        let over = day.groups.len().saturating_sub(room.groups);
        day.groups.truncate(room.groups);
        day.more = (over > 0).then(|| elsewhere(site, on, over));
        day
    };
    days.into_iter().rev().take(room.days).map(rest).collect()
}

/// A day without news as yet.
fn blank(site: &Site<'_>, on: NaiveDate) -> Day {
    Day {
        anchor: format!("d{on}"),
        day: site.words.day(on),
        known: on.to_string(),
        groups: Vec::new(),
        more: None,
        entered: None,
    }
}

/// What a page has no room for of a day, at the page of its month.
fn elsewhere(site: &Site<'_>, on: NaiveDate, over: usize) -> Link {
    Link {
        name: site.words.count(over, "{n} more incidents"),
        href: Some(format!("{}#d{on}", Place::Month(on.year(), on.month()).path())),
    }
}

fn together(site: &Site<'_>, on: NaiveDate, list: &[usize], room: usize) -> Together {
    let incidents = list.iter().filter_map(|at| site.at(*at)).take(room);
    let over = list.len().saturating_sub(room);
    Together {
        told: site.words.count(list.len(), "{n} incidents entered by editors"),
        incidents: incidents.map(|incident| incident_link(site, incident)).collect(),
        more: (over > 0).then(|| elsewhere(site, on, over)),
    }
}

/// News by day, and by incident within a day.
fn days(site: &Site<'_>, all: &[&News], with_lines: bool) -> BTreeMap<NaiveDate, Day> {
    let mut by_day: BTreeMap<NaiveDate, BTreeMap<usize, Vec<&News>>> = BTreeMap::new();
    for news in all {
        by_day.entry(news.day).or_default().entry(news.incident).or_default().push(news);
    }
    let day = |(on, incidents): (NaiveDate, BTreeMap<usize, Vec<&News>>)| {
        let groups = incidents.into_iter().filter_map(|(at, list)| {
            let mut group = group(site, at, &list)?;
            if !with_lines {
                group.lines.clear();
            }
            Some(group)
        });
        (on, Day { groups: groups.collect(), ..blank(site, on) })
    };
    by_day.into_iter().map(day).collect()
}

/// What became known of one incident, the newest day first.
pub fn of_one(site: &Site<'_>, at: usize) -> Vec<Day> {
    let news: Vec<&News> = news::of_incident(site, at).iter().collect();
    days(site, &news, true).into_values().rev().collect()
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
