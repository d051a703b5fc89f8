//! What became known when: everything of the record that a reader may want to hear of, by its day.
//!
//! What holds: a piece of news leads to the line it speaks of; its id outlives better rules as that
//! line's id does.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::annotation::outlet_name;
use super::index::known_day;
use super::place::incident_path;
use super::site::Site;
use super::words;
use super::{line, pair};
use crate::model::incident::{Contradiction, Incident};
use crate::model::text::Evidence;

/// What sort of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// An incident came onto the record.
    Incident,
    /// A question changed its state.
    Moved,
    /// Two accounts differ.
    Differ,
    /// A question was asked.
    Asked,
    /// An article no longer makes a claim.
    Ended,
    /// Something happened, or is to happen.
    Entry,
}

impl Sort {
    /// Its name, in English.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Incident => "New incident",
            Sort::Moved => "Question moved",
            Sort::Differ => "Accounts differ",
            Sort::Asked => "Question asked",
            Sort::Ended => "Taken out",
            Sort::Entry => "Timeline",
        }
    }
}

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The day it became known.
    pub day: NaiveDate,
    /// Of which sort.
    pub sort: Sort,
    /// Place of its incident in the record.
    pub incident: usize,
    /// In a line.
    pub title: String,
    /// Path of its line from the root of the language.
    pub path: String,
}

/// Everything that became known of an incident, newest first.
pub fn of_incident<'a>(site: &Site<'a>, at: usize) -> &'a [News] {
    let [english, chinese] = &site.index.news;
    let kept = if site.words.is_chinese() { chinese } else { english };
    let here = kept.get(at).zip(site.at(at));
    here.map_or(&[], |(kept, incident)| kept.get_or_init(|| Arc::new(found(site, at, incident))))
}

fn found(site: &Site<'_>, at: usize, incident: &Incident) -> Vec<News> {
    let path = incident_path(incident);
    let mut all = Vec::new();
    let mut add = |day: NaiveDate, sort, title: String, anchor: String| {
        let path = format!("{path}{anchor}");
        all.push(News { day, sort, incident: at, title, path });
    };
    let entered = incident.editor.iter().map(|editor| editor.entered);
    if let Some(day) = days(site, incident).chain(entered).min() {
        add(day, Sort::Incident, site.words.title(incident).to_string(), String::new());
    }
    for (entry, anchor) in line::anchored(site.kb, incident) {
        let date = site.words.part_of_date(entry.date, entry.modifier);
        let parts = [("x", date.as_str()), ("y", entry.summary.as_str())];
        let title = site.words.fill("{x}: {y}", &parts);
        add(entry.known_at, Sort::Entry, title, format!("#{anchor}"));
    }
    for question in &incident.questions {
        let anchor = format!("#q-{}", question.id.short());
        let text = line::clipped(&question.text);
        for step in question.state.steps() {
            let state = site.words.say(words::question_state(step.to));
            let title = site.words.fill("{x}: {y}", &[("x", state), ("y", &text)]);
            add(step.on, Sort::Moved, title, anchor.clone());
        }
        if let Some(day) = first_known(site, &question.raised) {
            add(day, Sort::Asked, text, anchor);
        }
    }
    for pairs in pair::boxes(incident) {
        let known = pairs.iter().filter_map(|pair| both_known(site, pair)).min();
        if let Some((day, first)) = known.zip(pairs.first()) {
            let anchor = format!("#{}", pair::anchor(site.kb, first));
            add(day, Sort::Differ, pair::heading(site, &pairs), anchor);
        }
    }
    for (ended, reading, claim) in site.kb.lives.ended_in(&incident.articles) {
        if let Some(at) = ended.life.ended {
            let words = line::clipped(reading.words(claim.content));
            let outlet = outlet_name(&reading.article);
            let title = site.words.fill("{x}: {y}", &[("x", outlet), ("y", &words)]);
            add(at.date_naive(), Sort::Ended, title, format!("#c-{}", claim.id.short()));
        }
    }
    all.retain(|news| news.day <= site.today());
    all.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| (a.sort, &a.title).cmp(&(b.sort, &b.title))));
    all
}

/// Everything that became known, newest first.
pub fn of_all<'a>(site: &Site<'a>) -> Vec<&'a News> {
    let [english, chinese] = &site.index.newest;
    let kept = if site.words.is_chinese() { chinese } else { english };
    let order = kept.get_or_init(|| {
        let incidents = 0..site.kb.incidents.len();
        let news = |at| of_incident(site, at).iter().enumerate();
        let news = incidents.flat_map(|at| news(at).map(move |(nth, news)| (news.day, at, nth)));
        let mut all: Vec<(NaiveDate, usize, usize)> = news.collect();
        all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        all.into_iter().map(|(_, at, nth)| (at, nth)).collect()
    });
    order.iter().filter_map(|(at, nth)| of_incident(site, *at).get(*nth)).collect()
}

/// What became known of several incidents, of each so many at most, newest first.
pub fn newest_of<'a>(
    site: &Site<'a>,
    incidents: impl IntoIterator<Item = usize>,
    most: usize,
) -> Vec<&'a News> {
    let newest = |a: &&News, b: &&News| b.day.cmp(&a.day).then(a.incident.cmp(&b.incident));
    // Of one incident each stands in its order already.
    let each = |at| of_incident(site, at).iter().take(most);
    let mut all: Vec<&News> = incidents.into_iter().flat_map(each).collect();
    all.sort_by(newest);
    all
}

/// News of each month, by year and number: place of the incident, and place among its news.
pub type Months = BTreeMap<(i32, u32), Vec<(usize, usize)>>;

/// Everything that became known, by month.
pub fn by_month<'a>(site: &Site<'a>) -> &'a Months {
    let [english, chinese] = &site.index.months;
    let kept = if site.words.is_chinese() { chinese } else { english };
    kept.get_or_init(|| {
        let mut months = Months::new();
        for incident in 0..site.kb.incidents.len() {
            for (place, news) in of_incident(site, incident).iter().enumerate() {
                let month = (news.day.year(), news.day.month());
                months.entry(month).or_default().push((incident, place));
            }
        }
        months
    })
}

/// What became known in a month, by incident.
pub fn of_month<'a>(site: &Site<'a>, month: (i32, u32)) -> Vec<&'a News> {
    let places = by_month(site).get(&month).map_or(&[][..], Vec::as_slice);
    let news = |(incident, place): &(usize, usize)| of_incident(site, *incident).get(*place);
    places.iter().filter_map(news).collect()
}

fn days<'a>(site: &'a Site<'_>, incident: &'a Incident) -> impl Iterator<Item = NaiveDate> + 'a {
    incident.sources().filter_map(|id| site.kb.reading(id)).map(known_day)
}

fn first_known(site: &Site<'_>, evidence: &[Evidence]) -> Option<NaiveDate> {
    evidence.iter().filter_map(|e| site.kb.reading(e.capture)).map(known_day).min()
}

/// The day both accounts could be known.
pub fn both_known(site: &Site<'_>, pair: &Contradiction) -> Option<NaiveDate> {
    let readings = [pair.a, pair.b].map(|e| site.kb.reading(e.capture));
    readings.into_iter().flatten().map(known_day).max()
}
