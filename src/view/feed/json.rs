//! JSON Feed 1.1.

use serde_json::json;

use super::{Feed, moment, urn};

/// Prints a feed as JSON Feed.
pub fn json_feed(feed: &Feed) -> String {
    let items: Vec<_> = feed
        .items
        .iter()
        .map(|item| {
            json!({
                "id": urn(&["news", &item.key]),
                "url": item.url,
                "title": item.title,
                "content_text": item.summary,
                "date_published": moment(item.day),
                "date_modified": moment(item.changed),
                "tags": item.tags,
            })
        })
        .collect();
    let document = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json_at,
        "language": feed.language,
        "authors": [{ "name": feed.author }],
        "items": items,
    });
    format!("{document:#}\n")
}
