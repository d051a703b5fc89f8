//! Counts and times of requests, as Prometheus reads them (OpenMetrics).

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use super::live::Live;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// What is counted.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Family<Route, Histogram>,
    pub documents: Gauge,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("casebook");
        let requests = Family::<Labels, Counter>::default();
        // From half a millisecond to eight seconds.
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| {
            Histogram::new(exponential_buckets(0.0005, 2.0, 15))
        });
        let documents = Gauge::default();
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("request_seconds", "Time to the head of an answer", seconds.clone());
        registry.register("documents", "Documents in the search index", documents.clone());
        Self { registry, requests, seconds, documents }
    }
}

/// The route of a path: few names, whatever is asked for.
fn route(path: &str) -> String {
    let known = ["/healthz", "/metrics", "/api/", "/search/", "/zh/search/"];
    let api = path.strip_prefix("/api/v1/").and_then(|rest| rest.split('/').next());
    match api {
        Some(name @ ("search" | "suggest" | "similar" | "records" | "status" | "openapi.json")) => {
            format!("/api/v1/{name}")
        }
        Some(_) => "/api/v1/(unknown)".into(),
        None if path.starts_with("/search/feed.") => "/search/feed".into(),
        None if known.contains(&path) => path.into(),
        None => "(file)".into(),
    }
}

/// Counts a request under its route; files of the site are one route.
pub(super) async fn measured(
    State(live): State<Arc<Live>>,
    request: Request,
    next: Next,
) -> Response {
    let route = route(request.uri().path());
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    live.metrics.requests.get_or_create(&Labels { route: route.clone(), status }).inc();
    let seconds = live.metrics.seconds.get_or_create(&Route { route });
    seconds.observe(began.elapsed().as_secs_f64());
    response
}

/// Tells the counts.
pub(super) async fn metrics(State(live): State<Arc<Live>>) -> Response {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = encode(&mut text, &live.metrics.registry);
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response()
}
