//! A search as a feed: what became known, and what changed since.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json as value;

use super::answers::Problem;
use super::api::Words;
use super::live::Live;
use crate::model::query::{Hit, Request, Sort};
use crate::search::About;

/// Entries of a feed.
const ENTRIES: usize = 50;

struct Feed {
    query: String,
    about: About,
    hits: Vec<Hit>,
}

impl Feed {
    async fn of(live: Arc<Live>, raw: Option<String>) -> Result<Self, Problem> {
        let words = Words::known(raw.as_deref(), &["q"]);
        let mut request = Request::parse(words.get("q").unwrap_or(""))?;
        let query = request.to_string();
        if request.sort == Sort::Best {
            request.sort = Sort::Changed;
        }
        let found = live
            .ask(move |index| Ok((index.about().clone(), index.top(&request, ENTRIES)?)))
            .await?;
        Ok(Self { query, about: found.0, hits: found.1 })
    }

    fn title(&self) -> String {
        match self.query.as_str() {
            "" => self.about.title.clone(),
            query => format!("{query} · {}", self.about.title),
        }
    }

    /// A full address where the site's own is known.
    fn address(&self, path: &str) -> String {
        match self.about.base_url.as_str() {
            "" => format!("../{path}"),
            base => format!("{base}{path}"),
        }
    }

    fn own(&self, file: &str) -> String {
        let query: String = url::form_urlencoded::byte_serialize(self.query.as_bytes()).collect();
        self.address(&format!("search/{file}?q={query}"))
    }

    fn updated(&self) -> String {
        let last = self.hits.iter().map(|hit| hit.changed).max();
        last.map_or_else(|| self.about.as_of.clone(), |day| day.to_string())
    }
}

/// New apart from updated: a reader may want only the first.
fn news(hit: &Hit) -> &'static str {
    if hit.changed > hit.known { "updated" } else { "new" }
}

fn name(hit: &Hit) -> String {
    format!("urn:casebook:{}:{}", hit.kind.word(), hit.id)
}

fn summary(hit: &Hit) -> String {
    let outlet = hit.source.outlet.as_deref().map(|o| format!(" ({o})")).unwrap_or_default();
    format!("{}{outlet}", hit.words())
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Characters that XML 1.0 does not have.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// RFC 4287.
pub(super) async fn atom(State(live): State<Arc<Live>>, RawQuery(raw): RawQuery) -> Response {
    let feed = match Feed::of(live, raw).await {
        Ok(feed) => feed,
        Err(problem) => return problem.into_response(),
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let own = feed.own("feed.atom");
    let page = feed.own("");
    out.push_str(&format!(
        "<id>{}</id>\n<title>{}</title>\n",
        escaped(&format!("urn:casebook:search:{}", feed.query)),
        escaped(&feed.title())
    ));
    out.push_str(&format!("<updated>{}T00:00:00Z</updated>\n", feed.updated()));
    out.push_str(&format!("<author><name>{}</name></author>\n", escaped(&feed.about.title)));
    out.push_str(&format!(
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link href=\"{}\"/>\n",
        escaped(&own),
        escaped(&page)
    ));
    for hit in &feed.hits {
        out.push_str(&format!(
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<published>{}T00:00:00Z</published>\n<updated>{}T00:00:00Z</updated>\n<link href=\"{}\"/>\n<category term=\"{}\"/><category term=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            escaped(&name(hit)),
            escaped(&hit.title),
            hit.known,
            hit.changed,
            escaped(&feed.address(&hit.path)),
            hit.kind.word(),
            news(hit),
            escaped(&summary(hit)),
        ));
    }
    out.push_str("</feed>\n");
    of("application/atom+xml; charset=utf-8", out)
}

/// JSON Feed 1.1.
pub(super) async fn json(State(live): State<Arc<Live>>, RawQuery(raw): RawQuery) -> Response {
    let feed = match Feed::of(live, raw).await {
        Ok(feed) => feed,
        Err(problem) => return problem.into_response(),
    };
    let items: Vec<_> = feed
        .hits
        .iter()
        .map(|hit| {
            value!({
                "id": name(hit), "url": feed.address(&hit.path), "title": hit.title,
                "content_text": summary(hit), "date_published": format!("{}T00:00:00Z", hit.known),
                "date_modified": format!("{}T00:00:00Z", hit.changed), "tags": [hit.kind.word(), news(hit)],
            })
        })
        .collect();
    let body = value!({
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title(),
        "home_page_url": feed.own(""), "feed_url": feed.own("feed.json"), "items": items,
    });
    of("application/feed+json", body.to_string())
}

fn of(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response()
}
