//! A folder as a web: `host/path` in it is the page `http://host/path`, served on loopback.
//!
//! What holds: it listens on loopback only, on a port of the system's choice, and goes away with the
//! value. A page may be stored with or without `.html`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;

use super::CrawlError;

/// A web that is being served.
#[derive(Debug)]
pub struct FolderWeb {
    /// Where.
    pub address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for FolderWeb {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Serves a folder on loopback.
///
/// # Errors
/// A socket that cannot be opened.
pub fn serve_folder(folder: &Path) -> Result<FolderWeb, CrawlError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (told, address) = mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let app = Router::new().fallback(page).with_state(folder.to_path_buf());
    let thread = std::thread::spawn(move || {
        runtime.block_on(async move {
            let bound = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
            let local = bound.and_then(|listener| Ok((listener.local_addr()?, listener)));
            match local {
                Ok((at, listener)) => {
                    let _ = told.send(Ok(at));
                    tokio::select! {
                        _ = axum::serve(listener, app) => {}
                        _ = stopped => {}
                    }
                }
                Err(error) => {
                    let _ = told.send(Err(error));
                }
            }
        });
    });
    let gone = || std::io::Error::other("the server of the folder ended");
    let address = address.recv().map_err(|_| gone())??;
    Ok(FolderWeb { address, stop: Some(stop), thread: Some(thread) })
}

async fn page(State(folder): State<PathBuf>, fields: HeaderMap, request: Request) -> Response {
    let host = fields.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let host = host.split(':').next().unwrap_or("");
    let Some(file) = file_of(&folder, host, request.uri().path()) else {
        return (StatusCode::NOT_FOUND, "nothing stands here").into_response();
    };
    match ServeFile::new(file).try_call(request).await {
        Ok(response) => response.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The file of a page; `None` where there is none, or where a path would leave the folder.
fn file_of(folder: &Path, host: &str, path: &str) -> Option<PathBuf> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let sound = |part: &&str| !part.starts_with('.') && !part.contains(['\\', ':', '%']);
    if host.is_empty() || !sound(&host) || !parts.iter().all(sound) {
        return None;
    }
    let place = parts.iter().fold(folder.join(host), |place, part| place.join(part));
    let html = place.with_file_name(format!("{}.html", parts.last().unwrap_or(&"index")));
    [place.clone(), html, place.join("index.html")].into_iter().find(|file| file.is_file())
}
