//! The published site over HTTP, on loopback unless asked otherwise.
//!
//! In: a folder and an address. Out: files, with headers that let nothing else be loaded. Not here:
//! live search and the API.

use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use tower_http::compression::CompressionLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::set_status::SetStatus;

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

/// Serves a folder until `until` is ready; `ready` is told the address once it answers.
///
/// # Errors
/// An address that cannot be listened on.
pub fn serve<F: Future<Output = ()> + Send + 'static>(
    folder: &Path,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr) -> F,
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|source| ServeError::Bind { address, source })?;
        let local = listener.local_addr()?;
        let until = ready(local);
        axum::serve(listener, router(folder)).with_graceful_shutdown(until).await?;
        Ok(())
    })
}

/// Ends when the process is asked to end.
pub async fn interrupted() {
    // Without a handler the server simply runs on until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn router(folder: &Path) -> Router {
    let missing = SetStatus::new(ServeFile::new(folder.join("404.html")), StatusCode::NOT_FOUND);
    let files = ServeDir::new(folder).fallback(missing);
    let header = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::overriding(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    };
    Router::new()
        .fallback_service(files)
        .layer(CompressionLayer::new())
        .layer(header(
            "content-security-policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "no-referrer"))
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
