//! Feeds: news of a site, of a list, of a query, as Atom (RFC 4287) and JSON Feed 1.1.
//!
//! In: a [`Feed`] of ready items. Out: text. What holds: an item keeps its id whatever address the site
//! is published at; the same feed gives the same bytes.

mod atom;
mod gather;
mod json;

use chrono::NaiveDate;

use crate::model::id::Key;

pub use atom::atom;
pub use gather::{feeds_beside, question_feed, question_feeds};
pub use json::json_feed;

/// Most items of a feed.
pub const ITEMS_MAX: usize = 60;

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is, for ever: the path of its line, and what happened to it.
    pub key: String,
    /// Headline.
    pub title: String,
    /// Address of its line; relative where the site's own is not known.
    pub url: String,
    /// In a sentence or two.
    pub summary: String,
    /// The day it became known.
    pub day: NaiveDate,
    /// The day it last changed.
    pub changed: NaiveDate,
    /// Its sort and the types of its incident, in words.
    pub tags: Vec<String>,
}

/// A list of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// Address of the page it belongs to.
    pub home: String,
    /// Its own address as Atom.
    pub atom_at: String,
    /// Its own address as JSON Feed.
    pub json_at: String,
    /// BCP 47 tag of its titles.
    pub language: &'static str,
    /// Who makes it.
    pub author: String,
    /// The day it speaks of where it holds nothing.
    pub as_of: NaiveDate,
    /// News, newest first.
    pub items: Vec<Item>,
}

impl Feed {
    /// The day of the newest item.
    fn updated(&self) -> NaiveDate {
        self.items.iter().map(|item| item.changed).max().unwrap_or(self.as_of)
    }
}

/// A name for what it stands for, of the same letters for ever (RFC 9562, version 8).
fn urn(parts: &[&str]) -> String {
    let hex = Key::<Feed>::of(parts).to_string();
    let piece = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-8{}-8{}-{}",
        piece(0, 8),
        piece(8, 12),
        piece(13, 16),
        piece(17, 20),
        piece(20, 32)
    )
}

/// Midnight of a day (RFC 3339).
fn moment(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed() -> Feed {
        let day = NaiveDate::from_ymd_opt(2026, 7, 3).unwrap_or_default();
        Feed {
            title: "Farwire & friends".into(),
            home: "https://record.example/".into(),
            atom_at: "https://record.example/atom.xml".into(),
            json_at: "https://record.example/feed.json".into(),
            language: "en",
            author: "Casebook".into(),
            as_of: day,
            items: vec![Item {
                key: "incidents/x/".into(),
                title: "“<Wrenlight>” \u{1} sues".into(),
                url: "incidents/x/#e-1".into(),
                summary: "It says \"no\".".into(),
                day,
                changed: day,
                tags: vec!["Timeline".into()],
            }],
        }
    }

    #[test]
    fn hostile_titles_leave_the_feed_well_formed() {
        let text = atom(&feed());
        assert!(text.contains("“&lt;Wrenlight&gt;”  sues"), "{text}");
        assert!(text.contains("<title>Farwire &amp; friends</title>"), "{text}");
        let json: serde_json::Value = serde_json::from_str(&json_feed(&feed())).unwrap_or_default();
        let at = |path| json.pointer(path).and_then(|value| value.as_str()).unwrap_or_default();
        assert_eq!(at("/version"), "https://jsonfeed.org/version/1.1");
        assert_eq!(at("/items/0/title"), "“<Wrenlight>” \u{1} sues");
    }

    #[test]
    fn ids_do_not_follow_the_address() {
        let mut moved = feed();
        moved.home = "https://elsewhere.example/".into();
        let id = |feed: &Feed| {
            let json: serde_json::Value =
                serde_json::from_str(&json_feed(feed)).unwrap_or_default();
            json.pointer("/items/0/id").cloned()
        };
        assert_eq!(id(&feed()), id(&moved));
        assert_eq!(urn(&["a"]).len(), "urn:uuid:".len() + 36);
    }
}
