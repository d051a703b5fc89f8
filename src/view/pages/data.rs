//! Everything to take away: exports, feeds, pages as JSON, under which terms.

use askama::Template;

use super::frame::Frame;
use super::rendered;
use crate::view::line::Link;
use crate::view::place::Place;
use crate::view::site::Site;

/// A file to take away.
pub struct Offer {
    pub name: String,
    pub href: String,
    pub note: String,
}

#[derive(Template)]
#[template(path = "data.html")]
struct DataPage<'a> {
    frame: Frame<'a>,
    files: Vec<Offer>,
    feeds: Vec<Link>,
}

/// Files of the record: name, what is in them.
pub const FILES: [(&str, &str); 8] = [
    ("record.json", "The whole record as one JSON document, as the program exports it"),
    ("incidents.csv", "One row an incident"),
    ("timeline.csv", "What happened when"),
    ("claims.csv", "Who said what"),
    ("questions.csv", "What is open"),
    ("contradictions.csv", "What differs"),
    ("articles.csv", "What was read"),
    ("exposure.csv", "The weights of the exposure indicator"),
];

/// Renders the page of data.
pub fn data(site: &Site<'_>) -> String {
    let place = Place::Data;
    let description = site.words.say("The record as files and feeds, for other programs.");
    let frame = Frame::new(site, &place, &place.name(&site.words), description);
    let files = FILES.map(|(name, note)| Offer {
        name: name.to_string(),
        href: format!("{}data/{name}", frame.root),
        note: site.words.say(note).to_string(),
    });
    let mut feeds: Vec<(String, String)> = vec![
        (site.words.say("Everything").to_string(), String::new()),
        (site.words.say("Open questions").to_string(), "questions/".into()),
    ];
    feeds.extend(
        site.index.types.keys().map(|kind| (site.type_name(kind), Place::Type(kind).path())),
    );
    let page = DataPage {
        files: files.into(),
        feeds: feeds
            .into_iter()
            .map(|(name, path)| Link { name, href: Some(format!("{}{path}", frame.root)) })
            .collect(),
        frame,
    };
    rendered(&page)
}
