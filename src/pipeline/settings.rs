//! `casebook.toml`: what a casebook says of itself.

use std::path::Path;

use serde::Deserialize;

use super::PipelineError;
use crate::model::finding::Finding;
use crate::store;
use crate::view::site::Look;

/// The settings file of a new casebook.
const TEMPLATE: &str = "\
# This folder is a casebook. See `casebook --help`.

# Name in the masthead of the site.
title = \"Casebook\"

# Address the site is published at, ending in a slash; leave empty while it is not published.
base-url = \"\"

# Where corrections and takedown requests go: an address of mail, or of a page.
corrections = \"\"

# Whether the incidents that come with the program stand beside your own.
starter = STARTER
";

const DATA_NOTE: &str = "\
# Your own rules

Files here are laid over the built-in data: a row with a new `id` is added, a row with the `id` of a
built-in row replaces it. The folders are those of the built-in data: `entities/`, `lexicon/`,
`incidents/`. Check with `casebook lint`.
";

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    #[serde(default = "name")]
    title: String,
    #[serde(default)]
    base_url: String,
    #[serde(default)]
    corrections: String,
    #[serde(default)]
    starter: bool,
}

fn name() -> String {
    "Casebook".into()
}

/// What a casebook says of itself, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How the site presents itself.
    pub look: Look,
    /// Whether the built-in incidents are part of the record.
    pub starter: bool,
}

impl Settings {
    /// Reads the settings of a casebook.
    ///
    /// # Errors
    /// A folder that is no casebook, a file that does not parse.
    pub fn of(home: &Path) -> Result<Self, PipelineError> {
        let text = store::settings(home)?;
        let place = home.join("casebook.toml").display().to_string();
        let raw: Raw = toml::from_str(&text).map_err(|error| {
            let message = format!("{}; compare the file of a new casebook", error.message());
            PipelineError::Rules(vec![Finding::error("bad-settings", message).at(place)])
        })?;
        let base_url = with_slash(&raw.base_url);
        let version = env!("CARGO_PKG_VERSION").to_string();
        Ok(Self {
            look: Look { title: raw.title, base_url, corrections: raw.corrections, version },
            starter: raw.starter,
        })
    }
}

/// An address of a site as it is used: empty, or ending in a slash.
pub(super) fn with_slash(url: &str) -> String {
    match url {
        "" => String::new(),
        url if url.ends_with('/') => url.to_string(),
        url => format!("{url}/"),
    }
}

/// Makes a casebook folder.
///
/// # Errors
/// A folder that cannot be made.
pub fn init(home: &Path, starter: bool) -> Result<(), PipelineError> {
    let settings = TEMPLATE.replace("STARTER", if starter { "true" } else { "false" });
    store::Casebook::init(home, &settings, &[("data/README.md", DATA_NOTE)])?;
    Ok(())
}
