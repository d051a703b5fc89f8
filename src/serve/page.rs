//! Pages of results for browsers: the site's own search page with the results in their place.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::api::Words;
use super::cursor;
use super::live::Live;
use crate::model::query::Request;
use crate::search::Ask;
use crate::view::{LIVE, Phrases, TYPED, no_results, results};

/// The English page.
pub(super) async fn search(live: State<Arc<Live>>, RawQuery(raw): RawQuery) -> Response {
    answered(live.0, raw, "search/index.html").await
}

/// The Chinese page.
pub(super) async fn search_zh(live: State<Arc<Live>>, RawQuery(raw): RawQuery) -> Response {
    answered(live.0, raw, "zh/search/index.html").await
}

async fn answered(live: Arc<Live>, raw: Option<String>, file: &str) -> Response {
    let path = live.offer.folder.join(file);
    let read = tokio::task::spawn_blocking(move || std::fs::read_to_string(path)).await;
    let Ok(Ok(page)) = read else {
        return (StatusCode::NOT_FOUND, "the site has no search page; build it anew\n")
            .into_response();
    };
    // Words that other programs hang onto addresses do not matter to a reader.
    let words = Words::known(raw.as_deref(), &["q", "cursor"]);
    // Says to the script that a server searches behind this page.
    let page = page.replacen(TYPED, &format!("{TYPED} data-live"), 1);
    let Some(typed) = words.get("q") else { return html(StatusCode::OK, page) };
    let phrases = Phrases::of_page(&page);
    let (status, part) = match Request::parse(typed) {
        Err(error) => (StatusCode::BAD_REQUEST, no_results(typed, &error, &phrases)),
        Ok(request) => {
            let offset = words.get("cursor").and_then(cursor::read).unwrap_or(0);
            let ask = Ask { offset, ..Ask::default() };
            let wanted = request.clone();
            match live.ask(move |index| index.search(&wanted, ask)).await {
                Err(problem) => return problem.into_response(),
                Ok(found) => {
                    let next = found.next.and_then(cursor::write);
                    (StatusCode::OK, results(&request, &found, next.as_deref(), &phrases))
                }
            }
        }
    };
    html(status, with(&page, typed, &part))
}

fn html(status: StatusCode, page: String) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], page).into_response()
}

/// A page with results between their marks and the query in its box.
fn with(page: &str, typed: &str, part: &str) -> String {
    let escaped = typed
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let page = page.replacen(TYPED, &format!("value=\"{escaped}\" data-typed"), 1);
    match (page.split_once(LIVE.0), page.split_once(LIVE.1)) {
        (Some((before, _)), Some((_, after))) => {
            format!("{before}{}{part}{}{after}", LIVE.0, LIVE.1)
        }
        _ => page,
    }
}
