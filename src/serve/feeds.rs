//! A search as a feed: what became known, and what changed since.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;

use super::answers::Problem;
use super::api::Words;
use super::live::Live;
use crate::model::query::{Hit, Request, Sort};
use crate::search::About;
use crate::view::feed::{self, Feed, Item, json_feed};

/// Entries of a feed.
const ENTRIES: usize = 50;

/// The news of a search, newest change first.
async fn news(live: Arc<Live>, raw: Option<String>) -> Result<Feed, Problem> {
    let words = Words::known(raw.as_deref(), &["q"]);
    let mut request = Request::parse(words.get("q").unwrap_or(""))?;
    let query = request.to_string();
    if request.sort == Sort::Best {
        request.sort = Sort::Changed;
    }
    let (about, hits) =
        live.ask(move |index| Ok((index.about().clone(), index.top(&request, ENTRIES)?))).await?;
    let encoded: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let own = |file: &str| address(&about, &format!("search/{file}?q={encoded}"));
    Ok(Feed {
        title: match query.as_str() {
            "" => about.title.clone(),
            query => format!("{query} · {}", about.title),
        },
        home: own(""),
        atom_at: own("feed.atom"),
        json_at: own("feed.json"),
        language: "en",
        author: about.title.clone(),
        as_of: about.as_of.parse().unwrap_or(NaiveDate::MIN),
        items: hits.iter().map(|hit| item(&about, hit)).collect(),
    })
}

/// A full address where the site's own is known.
fn address(about: &About, path: &str) -> String {
    match about.base_url.as_str() {
        "" => format!("../{path}"),
        base => format!("{base}{path}"),
    }
}

fn item(about: &About, hit: &Hit) -> Item {
    let outlet = hit.source.outlet.as_deref().map(|o| format!(" ({o})")).unwrap_or_default();
    // A reader may want only what is new.
    let tag = if hit.changed > hit.known { "updated" } else { "new" };
    Item {
        key: format!("{} {}", hit.kind.word(), hit.id),
        title: hit.title.clone(),
        url: address(about, &hit.path),
        summary: format!("{}{outlet}", hit.words()),
        day: hit.known,
        changed: hit.changed,
        tags: vec![hit.kind.word().to_string(), tag.to_string()],
    }
}

/// RFC 4287.
pub(super) async fn atom(State(live): State<Arc<Live>>, RawQuery(raw): RawQuery) -> Response {
    let of = |feed: Feed| answer("application/atom+xml; charset=utf-8", feed::atom(&feed));
    news(live, raw).await.map_or_else(IntoResponse::into_response, of)
}

/// JSON Feed 1.1.
pub(super) async fn json(State(live): State<Arc<Live>>, RawQuery(raw): RawQuery) -> Response {
    let of = |feed: Feed| answer("application/feed+json", json_feed(&feed));
    news(live, raw).await.map_or_else(IntoResponse::into_response, of)
}

fn answer(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response()
}
