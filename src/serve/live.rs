//! What a running server holds: the index in use, answers given before, limits and counts.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use governor::clock::DefaultClock;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use tokio::sync::Semaphore;

use super::Offer;
use super::answers::Problem;
use super::metrics::Metrics;
use crate::search::{SearchError, SearchIndex};

/// How often a server looks whether a build has put another index in place.
const LOOK_SECONDS: u64 = 1;
/// Most answers that are kept.
const ANSWERS_MAX: usize = 2_048;
/// Largest answer that is kept, in bytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Searches that run at once for each processor; others wait.
const AT_ONCE: usize = 2;

type Limiter = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock>;

/// The state of a server.
pub(super) struct Live {
    pub offer: Offer,
    pub metrics: Metrics,
    pub limiter: Option<Limiter>,
    index: RwLock<Option<Arc<SearchIndex>>>,
    answers: Mutex<HashMap<String, Bytes>>,
    turns: Semaphore,
}

impl Live {
    pub(super) fn new(offer: Offer) -> Self {
        let index = SearchIndex::open(&offer.home).ok().map(Arc::new);
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let live = Self {
            metrics: Metrics::new(),
            limiter: offer.rate.map(|rate| RateLimiter::keyed(Quota::per_second(rate))),
            index: RwLock::new(index),
            answers: Mutex::new(HashMap::new()),
            turns: Semaphore::new(processors * AT_ONCE),
            offer,
        };
        live.metrics.documents.set(live.index().map_or(0, |index| index.documents() as i64));
        live
    }

    /// The index in use.
    pub(super) fn index(&self) -> Option<Arc<SearchIndex>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes up an index that a build has put in place; true where there was one.
    fn refresh(&self) -> bool {
        let stale = self.index().is_none_or(|index| index.is_stale(&self.offer.home));
        if !stale {
            return false;
        }
        let Ok(fresh) = SearchIndex::open(&self.offer.home) else { return false };
        self.metrics.documents.set(fresh.documents() as i64);
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(fresh));
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).clear();
        true
    }

    /// Runs a search on a thread of its own, so that others are answered meanwhile.
    pub(super) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&SearchIndex) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, Problem> {
        let index = self.index().ok_or_else(Problem::no_index)?;
        let _turn = self.turns.acquire().await.map_err(|_| Problem::no_index())?;
        let done = tokio::task::spawn_blocking(move || work(&index)).await;
        match done {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => {
                tracing::error!(%error, "search failed");
                Err(Problem::failed())
            }
            Err(_) => Err(Problem::failed()),
        }
    }

    /// An answer given before by the same index.
    pub(super) fn answered(&self, key: &str) -> Option<Bytes> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    pub(super) fn keep(&self, key: String, answer: Bytes) {
        if answer.len() <= ANSWER_BYTES_MAX {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            if answers.len() >= ANSWERS_MAX {
                answers.clear();
            }
            answers.insert(key, answer);
        }
    }
}

/// Looks for a new index, again and again.
pub(super) async fn watch(live: Arc<Live>) {
    let mut ticks = tokio::time::interval(Duration::from_secs(LOOK_SECONDS));
    loop {
        ticks.tick().await;
        let looked = live.clone();
        if let Ok(true) = tokio::task::spawn_blocking(move || looked.refresh()).await {
            tracing::info!("another index is in use");
        }
        if let Some(limiter) = &live.limiter {
            limiter.retain_recent();
        }
    }
}

/// Whether searches can be answered.
pub(super) async fn healthz(State(live): State<Arc<Live>>) -> Response {
    match live.index() {
        Some(index) => {
            let text = format!("ok\n{} documents, {}\n", index.documents(), index.generation());
            (StatusCode::OK, text).into_response()
        }
        None => (StatusCode::SERVICE_UNAVAILABLE, "no index\n").into_response(),
    }
}
