//! What stands in front of searches: limits of rate, and answers that need not be sent again.

use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};

use super::answers::Problem;
use super::live::Live;
use super::patience::Peer;

/// Refuses an address that searches too often, and says when to come again.
pub(super) async fn limited(
    State(live): State<Arc<Live>>,
    ConnectInfo(Peer(from)): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    if let Some(limiter) = &live.limiter
        && let Err(early) = limiter.check_key(&from.ip())
    {
        let wait = early.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        let detail = format!("too many searches from this address; try again in {wait} s");
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, detail);
        return ([(header::RETRY_AFTER, HeaderValue::from(wait))], problem).into_response();
    }
    let generation = live.index().map(|index| index.generation());
    let mut request = request;
    if let Some(generation) = generation {
        request.extensions_mut().insert(Generation(generation));
    }
    next.run(request).await
}

/// The index that answers a request.
#[derive(Clone)]
pub(super) struct Generation(pub String);

/// The same index gives the same answer to the same request: known by its tag, it is not sent again.
pub(super) async fn unchanged(request: Request, next: Next) -> Response {
    let Some(Generation(generation)) = request.extensions().get::<Generation>().cloned() else {
        return next.run(request).await;
    };
    // The answer may be compressed on its way, so the tag is a weak one.
    let uri = request.uri().path_and_query().map_or("", |uri| uri.as_str());
    let digest = uri.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let tag = format!("W/\"{generation}-{digest:x}\"");
    let known = request
        .headers()
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|one| one.trim() == tag || one.trim() == tag.trim_start_matches("W/"));
    let safe = matches!(*request.method(), axum::http::Method::GET | axum::http::Method::HEAD);
    let mut response = if known && safe {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        next.run(request).await
    };
    let good = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    if let (true, Ok(tag)) = (good, HeaderValue::from_str(&tag)) {
        response.headers_mut().insert(header::ETAG, tag);
        let again = HeaderValue::from_static("no-cache");
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(again);
    }
    response
}
