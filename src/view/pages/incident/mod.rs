//! One incident: facts at a glance, timeline, who says what, what differs, what is open, on whom it
//! rests.

mod advice;
mod glance;
mod pictures;
mod related;
mod sources;

use askama::Template;

use super::changes::{self, Day};
use super::decisions::{DecisionLine, decisions, reviewed};
use super::frame::Frame;
use super::ledger::{Ledger, ledgers};
use super::opposed::{Opposed, boxes};
use super::parts::{EntryLine, IncidentRow, QuestionLine, basis, entry_line, question_line};
use super::rendered;
use crate::model::incident::{Incident, Status};
use crate::model::question::{Question, QuestionState};
use crate::view::index::last_known;
use crate::view::line::{self, Link};
use crate::view::place::{Place, dispute_path, incident_path};
use crate::view::site::Site;
use crate::view::wording::has_han;
use crate::view::words;

use advice::{Advice, advice};
use glance::{Fact, PartyLine, Products, facts, parties, products};
use pictures::roots;
pub use pictures::{is_ahead, story};
use related::{TiedLine, in_dispute, tied};
use sources::{SourceRow, independence, sources};

/// What an editor entered.
pub struct EditorBlock {
    pub summary: String,
    /// The same in the other language.
    pub summary_other: String,
    pub verification: Vec<String>,
    pub notes: Vec<String>,
    pub sources: Vec<String>,
    pub signed: String,
    /// The day it was entered, as data writes it.
    pub known: String,
}

#[derive(Template)]
#[template(path = "incident.html")]
struct IncidentPage<'a> {
    frame: Frame<'a>,
    types: Vec<Link>,
    title: String,
    /// The headline as it is cited: what is slanted in English stands between signs in Chinese.
    cited: String,
    /// The headline in the other language.
    title_other: String,
    status: String,
    open: bool,
    opened: line::DateLine,
    basis: String,
    /// How many independent reports its articles name.
    reports: usize,
    proposed: bool,
    reviewed: &'static str,
    decisions: Vec<DecisionLine>,
    /// What became known when, the newest day first.
    history: Vec<Day>,
    dispute: Option<Link>,
    facts: Vec<Fact>,
    parties: Vec<PartyLine>,
    products: Products,
    editor: Option<EditorBlock>,
    story: String,
    entries: Vec<EntryLine>,
    ledgers: Vec<Ledger>,
    contradictions: Vec<Opposed>,
    questions: Vec<QuestionLine>,
    closed: Vec<QuestionLine>,
    sources: Vec<SourceRow>,
    roots: String,
    independence: String,
    advice: Vec<Advice>,
    tied: Vec<TiedLine>,
    related: Vec<IncidentRow>,
    earlier: Option<Link>,
    later: Option<Link>,
    address: String,
    known: String,
    known_day: String,
    url: String,
    /// The folder of the page in the first language, where its files stand.
    folder: String,
}

/// Renders an incident's page.
pub fn incident(site: &Site<'_>, incident: &Incident) -> String {
    let place = Place::Incident(incident);
    let title = site.words.title(incident);
    let mut frame = Frame::new(site, &place, title, &description(site, incident))
        .script(site, "asof.js")
        .script(site, "copy.js");
    frame.kind = "article";
    // One for both languages, beside the page in the first.
    let told = format!("{}{}oembed.json", site.look.base_url, place.path());
    frame.oembed = (!site.look.base_url.is_empty()).then(|| (told, incident.title.clone()));
    let (live, closed): (Vec<_>, Vec<_>) =
        incident.questions.iter().partition(|q| q.state.now().is_live());
    let sorted = |mut list: Vec<&Question>| -> Vec<QuestionLine> {
        list.sort_by_key(|q| {
            let open = q.state.now() == QuestionState::Open;
            (open, q.due.is_none(), q.due.map(|d| d.sort_day()), q.id)
        });
        list.into_iter().map(|q| question_line(site, incident, q)).collect()
    };
    let dispute =
        incident.dispute.as_ref().and_then(|id| site.index.disputes.get(id.as_str()).copied());
    let here = site.index.place_of(&incident.id);
    let beside = |place: Option<usize>| {
        let other = place.and_then(|place| site.at(place))?;
        let name = site.words.title(other).to_string();
        Some(Link { name, href: Some(incident_path(other)) })
    };
    let known = last_known(site.kb, incident);
    let sources = sources(site, incident);
    frame.sources = sources.iter().map(|row| row.anchor.clone()).collect();
    let other = |english: &str, chinese: &Option<String>| match chinese {
        Some(_) if site.words.is_chinese() => english.to_string(),
        Some(chinese) => chinese.clone(),
        None => String::new(),
    };
    let page = IncidentPage {
        types: incident.types.iter().map(|id| line::kind(site, id)).collect(),
        title: title.to_string(),
        cited: if has_han(title) { format!("《{title}》") } else { title.to_string() },
        title_other: other(&incident.title, &incident.title_zh),
        status: site.words.say(words::status(incident.status)).to_string(),
        open: matches!(incident.status, Status::Open | Status::Escalating),
        opened: line::date(site, incident.opened),
        basis: basis(site, incident),
        reports: incident.roots(),
        proposed: incident.is_proposed(),
        reviewed: reviewed(incident),
        decisions: decisions(site, incident),
        history: here.map(|at| changes::of_one(site, at)).unwrap_or_default(),
        dispute: dispute.map(|d| Link { name: site.words.dispute(d), href: Some(dispute_path(d)) }),
        facts: facts(site, incident),
        parties: parties(site, incident),
        products: products(site, incident),
        editor: editor(site, incident, &other),
        story: story(site, incident),
        entries: line::anchored(site.kb, incident)
            .map(|(entry, anchor)| entry_line(site, entry, anchor))
            .collect(),
        ledgers: ledgers(site, incident),
        contradictions: boxes(site, incident).collect(),
        questions: sorted(live),
        closed: sorted(closed),
        sources,
        roots: roots(site, incident, &frame.home),
        independence: independence(site, incident),
        advice: advice(site, incident),
        tied: tied(site, incident),
        related: in_dispute(site, incident),
        // The record is newest first.
        earlier: beside(here.map(|at| at + 1)),
        later: beside(here.and_then(|at| at.checked_sub(1))),
        address: incident.id.address(),
        known: site.words.day(known),
        known_day: known.to_string(),
        folder: format!("{}{}", frame.root, place.path()),
        url: format!("{}{}", site.look.base_url, site.path(&place)),
        frame,
    };
    rendered(&page)
}

fn description(site: &Site<'_>, incident: &Incident) -> String {
    match &incident.editor {
        Some(editor) => match &editor.summary_zh {
            Some(summary) if site.words.is_chinese() => summary.clone(),
            _ => editor.summary.clone(),
        },
        None => site
            .words
            .fill("{x}: {y}.", &[("x", site.words.title(incident)), ("y", &basis(site, incident))]),
    }
}

fn editor(
    site: &Site<'_>,
    incident: &Incident,
    other: &impl Fn(&str, &Option<String>) -> String,
) -> Option<EditorBlock> {
    let editor = incident.editor.as_ref()?;
    let web = |address: &&String| address.starts_with("https://") || address.starts_with("http://");
    Some(EditorBlock {
        summary: description(site, incident),
        summary_other: other(&editor.summary, &editor.summary_zh),
        verification: editor
            .verification
            .iter()
            .map(|mark| site.words.say(words::verification(mark)).to_string())
            .collect(),
        notes: editor.notes.clone(),
        sources: editor.sources.iter().filter(web).cloned().collect(),
        signed: site.words.fill(
            "Entered by {by} on {day}",
            &[("by", site.words.say(&editor.by)), ("day", &site.words.day(editor.entered))],
        ),
        known: editor.entered.to_string(),
    })
}
