//! A dispute: what happened in its incidents on one line of time, who stands where, what differs, what is open.
//!
//! What holds: nothing stands here of an incident that its own page does not have; each line names the incident it
//! is from.

use std::collections::BTreeSet;

use askama::Template;

use super::frame::Frame;
use super::home;
use super::incident::{is_ahead, story};
use super::opposed::{Opposed, boxes};
use super::parts::{
    EntryLine, IncidentRow, QuestionLine, entry_line, incident_link, incident_row, question_line,
};
use super::rendered;
use super::stands::{Stand, stands};
use crate::model::history::Hand;
use crate::model::incident::{Dispute, Entry, Incident};
use crate::view::line::{self, Link};
use crate::view::pair;
use crate::view::picture::{self, Caption, Lane, Mark};
use crate::view::place::{Place, dispute_path, incident_path};
use crate::view::site::Site;

/// Rows of the picture, lines of the timeline, pairs and questions on the page.
const LANES_MAX: usize = 30;
const ENTRIES_MAX: usize = 120;
const PAIRS_MAX: usize = 20;
const QUESTIONS_MAX: usize = 60;
const PARTIES_MAX: usize = 12;

#[derive(Template)]
#[template(path = "dispute.html")]
struct DisputePage<'a> {
    frame: Frame<'a>,
    title: String,
    standing: String,
    parties: Vec<Link>,
    picture: String,
    /// "3 earlier incidents are not drawn"; nothing where all are.
    undrawn: Option<String>,
    entries: Vec<EntryLine>,
    /// What of the timeline stands on the pages of the incidents only.
    untold: Option<String>,
    incidents: Vec<IncidentRow>,
    stands: Vec<Stand>,
    pairs: Vec<Opposed>,
    /// How many pairs of accounts there are.
    differing: usize,
    questions: Vec<QuestionLine>,
}

/// A line of the timeline of one of the incidents, with its anchor there.
struct Told<'a> {
    incident: &'a Incident,
    entry: &'a Entry,
    anchor: String,
}

/// Renders one dispute.
pub fn dispute(site: &Site<'_>, dispute: &Dispute) -> String {
    let place = Place::Dispute(dispute);
    let incidents: Vec<&Incident> =
        dispute.incidents.iter().filter_map(|id| site.incident(id)).collect();
    let by = match dispute.by {
        Hand::Machine => "tied together by the program",
        Hand::Editor => "tied together by an editor",
    };
    let open = incidents.iter().filter(|incident| home::is_open(incident)).count();
    let several = incidents.len() > 1;
    let mut standing = vec![site.words.count(incidents.len(), "{n} incidents")];
    standing
        .extend((open > 0 && several).then(|| site.words.count(open, "{n} of them still open")));
    standing.push(site.words.say(by).to_string());
    let standing = standing.join(" · ");
    let title = site.words.dispute(dispute);
    let description = format!("{title}: {standing}");
    let mut frame = Frame::new(site, &place, &title, &description).script(site, "filter.js");
    frame.feed = Some(format!("{}{}", frame.root, place.path()));
    // Where each incident has one line, the list of incidents says all of it.
    let merged = incidents.iter().any(|incident| incident.timeline.len() > 1);
    let mut told = told(site, &incidents);
    let earlier = told.len().saturating_sub(ENTRIES_MAX);
    told.drain(..earlier);
    if !merged {
        told.clear();
    }
    let here: BTreeSet<&str> = told.iter().map(|line| line.anchor.as_str()).collect();
    let latest = || incidents.iter().rev();
    let live = latest()
        .flat_map(|incident| incident.questions.iter().map(move |question| (*incident, question)))
        .filter(|(_, question)| question.state.now().is_live());
    let undrawn = incidents.len().saturating_sub(LANES_MAX);
    let page = DisputePage {
        picture: drawn(site, dispute, &incidents, &here, &frame.home),
        undrawn: (undrawn > 0)
            .then(|| site.words.count(undrawn, "{n} earlier incidents are not drawn")),
        untold: (merged && earlier > 0).then(|| {
            site.words.count(earlier, "{n} earlier lines stand on the pages of the incidents")
        }),
        entries: told.iter().map(|line| told_line(site, line, several)).collect(),
        incidents: incidents.iter().rev().map(|i| incident_row(site, i)).collect(),
        parties: dispute.parties.iter().take(PARTIES_MAX).map(|who| line::who(site, who)).collect(),
        stands: stands(site, dispute.parties.iter().take(PARTIES_MAX), &incidents),
        differing: latest().map(|incident| pair::boxes(incident).len()).sum(),
        pairs: latest().flat_map(|incident| boxes(site, incident)).take(PAIRS_MAX).collect(),
        questions: live
            .take(QUESTIONS_MAX)
            .map(|(incident, question)| question_line(site, incident, question))
            .collect(),
        title,
        standing,
        frame,
    };
    rendered(&page)
}

/// The timelines of all incidents as one, oldest first; what two of them tell by the same words once.
fn told<'a>(site: &Site<'_>, incidents: &[&'a Incident]) -> Vec<Told<'a>> {
    let mut all: Vec<Told<'_>> = Vec::new();
    for incident in incidents {
        let lines = line::anchored(site.kb, incident);
        all.extend(lines.map(|(entry, anchor)| Told { incident, entry, anchor }));
    }
    let mut seen = BTreeSet::new();
    all.retain(|line| seen.insert(line.anchor.clone()));
    all.sort_by_key(|line| line.entry.date.sort_day());
    all
}

/// A line that names its incident where there are several, if it does not already say what that is called.
fn told_line(site: &Site<'_>, told: &Told<'_>, several: bool) -> EntryLine {
    let mut line = entry_line(site, told.entry, told.anchor.clone());
    line.incident = several.then(|| incident_link(site, told.incident));
    if several && line.summary == told.incident.title {
        line.summary = String::new();
    }
    line
}

/// A row of the picture for each incident, with what happened in it; marks lead to the lines beneath.
fn drawn(
    site: &Site<'_>,
    dispute: &Dispute,
    incidents: &[&Incident],
    here: &BTreeSet<&str>,
    home: &str,
) -> String {
    // One incident by itself has room for what lies on one another.
    if let ([incident], false) = (incidents, here.is_empty()) {
        return story(site, incident);
    }
    let latest = incidents.iter().skip(incidents.len().saturating_sub(LANES_MAX));
    let mut begun = false;
    let lanes: Vec<Lane> = latest
        .map(|incident| {
            let marks = line::anchored(site.kb, incident).map(|(entry, anchor)| Mark {
                date: entry.date,
                title: entry.summary.clone(),
                href: match here.contains(anchor.as_str()) {
                    true => format!("{}#{anchor}", dispute_path(dispute)),
                    false => format!("{}#{anchor}", incident_path(incident)),
                },
                closed: is_ahead(site, entry),
            });
            Lane {
                label: site.words.title(incident).to_string(),
                href: incident_path(incident),
                marks: marks.collect(),
            }
        })
        .inspect(|lane| begun |= !lane.marks.is_empty())
        .collect();
    if !begun {
        return String::new();
    }
    let caption = Caption {
        id: "lanes",
        title: site.words.say("What happened when"),
        description: site.words.say("Each row is an incident; each dot is a day, each bar a date known to a week, month or year only. A bar that fades out has begun then and goes on. Hollow marks lie ahead or were announced and not told of since. The list beneath says the same in words."),
    };
    picture::lanes(&lanes, site.today(), &site.words, home, caption)
}
