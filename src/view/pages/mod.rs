//! One struct per page, filled with ready words, and its template.

mod disputes;
mod home;
mod incident;
mod ledger;
mod parts;
mod plain;
mod questions;
mod search;
mod timeline;
mod vendors;

use askama::Template;

use super::site::Site;
use super::words;

pub use disputes::{dispute, disputes};
pub use home::home;
pub use incident::incident;
pub use plain::{about, missing};
pub use questions::questions;
pub use search::{LIVE, TYPED, no_results, results, search};
pub use timeline::timeline;
pub use vendors::{vendor, vendors};

/// What every page carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// In the browser's title bar.
    pub title: String,
    /// For search engines and cards.
    pub description: String,
    /// Leads from this page to the root of the site.
    pub root: String,
    /// Which entry of the navigation is the current one.
    pub section: &'static str,
    /// Name of the site.
    pub site: String,
    /// Address of this page, where the base is known.
    pub canonical: Option<String>,
    /// "21 November 2026".
    pub as_of: String,
    /// Version of the program.
    pub version: String,
}

impl Frame {
    /// The frame of a page at `path`, for example `incidents/x/`.
    pub fn new(
        site: &Site<'_>,
        path: &str,
        title: &str,
        description: &str,
        section: &'static str,
    ) -> Self {
        let depth = path.matches('/').count();
        let base = &site.look.base_url;
        Self {
            title: if title.is_empty() {
                site.look.title.clone()
            } else {
                format!("{title} · {}", site.look.title)
            },
            description: description.to_string(),
            root: "../".repeat(depth),
            section,
            site: site.look.title.clone(),
            canonical: (!base.is_empty()).then(|| format!("{base}{path}")),
            as_of: words::day(site.today()),
            version: site.look.version.clone(),
        }
    }
}

/// Renders a template; a template that fails is a fault of ours and shows as such.
fn rendered(page: &impl Template) -> String {
    page.render()
        .unwrap_or_else(|error| format!("<!doctype html><title>Error</title><p>{error}</p>"))
}
