//! `serve`: the site and its search over HTTP.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tracing_subscriber::EnvFilter;

use super::args::LogFormat;
use super::{Outcome, report};
use crate::search::SearchIndex;
use crate::serve::{self, Offer};
use crate::{mcp, pipeline};

/// What is asked of the server.
pub(super) struct Wish {
    pub bind: SocketAddr,
    pub rate: u32,
    pub log: LogFormat,
    pub check: bool,
}

/// Serves a casebook until it is asked to end.
pub(super) fn serve(home: &Path, wish: &Wish) -> anyhow::Result<Outcome> {
    let folder = home.join("site").join("public");
    if !folder.join("index.html").is_file() {
        anyhow::bail!(
            "{} holds no site; run “casebook --home {} build” first",
            folder.display(),
            home.display()
        );
    }
    log(wish.log);
    let (told, answer) = std::sync::mpsc::channel();
    let check = wish.check;
    let rate = NonZeroU32::new(wish.rate);
    let offer = Offer { home: home.to_path_buf(), folder: folder.clone(), rate };
    serve::serve(offer, wish.bind, |address| {
        report::say(&format!(
            "serving {} on http://{address}/ (stop with Ctrl-C)",
            folder.display()
        ));
        async move {
            if check {
                let status = serve::ask_front_page(address).await;
                let _ = told.send(status);
            } else {
                serve::interrupted().await;
            }
        }
    })?;
    if check {
        let status = answer.recv().ok().and_then(|status| status.ok()).unwrap_or(0);
        report::say(&format!("the front page answered {status}"));
        anyhow::ensure!(status == 200, "the server did not answer");
    }
    Ok(Outcome::Done)
}

/// Offers the tools of an assistant until it hangs up.
pub(super) fn offer_tools(home: PathBuf, today: NaiveDate, jobs: usize) -> anyhow::Result<Outcome> {
    SearchIndex::open(&home)?;
    let folder = home.clone();
    let explain = move |id: &str| {
        let found = pipeline::explain_id(&folder, id, today, jobs).map_err(|e| e.to_string())?;
        found.map(|steps| serde_json::to_string(&steps).map_err(|e| e.to_string())).transpose()
    };
    mcp::offer(home, env!("CARGO_PKG_VERSION"), Box::new(explain))?;
    Ok(Outcome::Done)
}

/// Begins to write what happens to standard error; `RUST_LOG` says how much.
fn log(format: LogFormat) {
    let filter = || {
        EnvFilter::try_from_default_env()
            .unwrap_or_else(|_| EnvFilter::new("info,tower_http=debug,tantivy=warn"))
    };
    let lines = || tracing_subscriber::fmt().with_env_filter(filter()).with_writer(std::io::stderr);
    // A second start in one process keeps the first log.
    let _ = match format {
        LogFormat::Off => Ok(()),
        LogFormat::Text => lines().try_init(),
        LogFormat::Json => lines().json().flatten_event(true).try_init(),
    };
}
