//! The published site over HTTP, with live search, a JSON API and feeds; on loopback unless asked
//! otherwise.
//!
//! In: a casebook's folder and an address. Out: files, pages of results that work without script,
//! `/api/v1`, feeds of any search, `/healthz`, `/metrics`. What holds: nothing is written; a new
//! index is taken up when a build puts one there; every request has a limit of time, to come and to be
//! answered, and, for
//! searches, of rate; what others wrote is escaped. Not here: what is found (`search/`), how it
//! looks (`view/pages`).

mod answers;
mod api;
mod cursor;
mod feeds;
mod guard;
mod live;
mod metrics;
mod page;
mod patience;
mod reference;

use std::future::Future;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::set_status::SetStatus;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use live::Live;
use patience::{Patient, Peer, WAITS};

/// Longest time a request may take.
const REQUEST_SECONDS_MAX: u64 = 10;
/// Largest body of a request, in bytes; nothing here reads one.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// Why the site could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address} ({source}); choose another with --bind")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The server stopped.
    #[error("the server stopped ({0})")]
    Stopped(#[from] std::io::Error),
}

/// What is served, and how much of it to one reader.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The casebook's folder.
    pub home: PathBuf,
    /// The site's folder.
    pub folder: PathBuf,
    /// Searches a second for one address; `None` sets no limit.
    pub rate: Option<NonZeroU32>,
}

/// Serves a casebook until `until` is ready; `ready` is told the address once it answers.
///
/// Requests under way are finished first.
///
/// # Errors
/// An address that cannot be listened on.
pub fn serve<F: Future<Output = ()> + Send + 'static>(
    offer: Offer,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr) -> F,
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|source| ServeError::Bind { address, source })?;
        let local = listener.local_addr()?;
        let live = Arc::new(Live::new(offer));
        let watch = tokio::spawn(live::watch(live.clone()));
        let app = router(live).into_make_service_with_connect_info::<Peer>();
        let until = ready(local);
        let served = axum::serve(Patient { listener, waits: WAITS }, app)
            .with_graceful_shutdown(until)
            .await;
        watch.abort();
        Ok(served?)
    })
}

/// Ends when the process is asked to end: Ctrl-C, or the signal a service manager sends.
pub async fn interrupted() {
    let asked = async {
        let Ok(mut term) =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            return std::future::pending::<()>().await;
        };
        term.recv().await;
    };
    let typed = async {
        // Without a handler the server simply runs on until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = asked => {}
        () = typed => {}
    }
}

fn router(live: Arc<Live>) -> Router {
    let folder = live.offer.folder.clone();
    let missing = SetStatus::new(ServeFile::new(folder.join("404.html")), StatusCode::NOT_FOUND);
    let files = ServeDir::new(folder).fallback(missing);
    let header = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    };
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([axum::http::Method::GET, axum::http::Method::HEAD])
        .expose_headers([HeaderName::from_static("etag"), HeaderName::from_static("retry-after")]);
    let searches = Router::new()
        .nest("/api/v1", api::router().fallback(api::unknown).layer(cors))
        .route("/search/", get(page::search))
        .route("/zh/search/", get(page::search_zh))
        .route("/search/feed.atom", get(feeds::atom))
        .route("/search/feed.json", get(feeds::json))
        .layer(from_fn(guard::unchanged))
        .layer(from_fn_with_state(live.clone(), guard::limited));
    Router::new()
        .route("/healthz", get(live::healthz))
        .route("/metrics", get(metrics::metrics))
        .route("/api/", get(reference::reference))
        .merge(searches)
        .fallback_service(files)
        .layer(from_fn_with_state(live.clone(), metrics::measured))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(REQUEST_SECONDS_MAX),
        ))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::new())
        .layer(header(
            "content-security-policy",
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "no-referrer"))
        .layer(TraceLayer::new_for_http())
        .with_state(live)
}

/// Asks a server on this machine for its front page and gives the status of the answer.
///
/// # Errors
/// A server that does not answer.
pub async fn ask_front_page(address: SocketAddr) -> std::io::Result<u16> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let line = String::from_utf8_lossy(answer.get(..32).unwrap_or(&answer)).into_owned();
    Ok(line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0))
}
