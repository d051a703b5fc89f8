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

# Page or mail address at which you can be reached, told to every server that is crawled.
contact = \"\"

# Where corrections and takedown requests go: an address of mail, or of a page.
corrections = \"\"

# Whether the incidents that come with the program stand beside your own.
starter = STARTER

# Who signs judgements; without it, git's user.name.
# editor = \"Ada Renholt\"
";

const DATA_NOTE: &str = "\
# Your own rules

Files here are laid over the built-in data: a row with a new `id` is added, a row with the `id` of a
built-in row replaces it. The folders are those of the built-in data: `entities/`, `lexicon/`,
`incidents/`. `judgements/` holds what editors decided, one file each, written by `casebook mint`,
`merge`, `split`, `answer`, `reject`, `confirm` and `undo`. Check with `casebook lint`.
";

/// Two editors who publish at once add lines to one list; both sides are kept.
const GIT_ATTRIBUTES: &str = "data/published.txt merge=union\n";

const GIT_IGNORE: &str = "\
# Computed from archive/ and data/.
/casebook.sqlite*
/casebook.lock
/index-v2/
/site/public/
*.part
";

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    #[serde(default = "name")]
    title: String,
    #[serde(default)]
    base_url: String,
    #[serde(default)]
    contact: String,
    #[serde(default)]
    corrections: String,
    #[serde(default)]
    starter: bool,
    editor: Option<String>,
}

fn name() -> String {
    "Casebook".into()
}

/// What a casebook says of itself, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How the site presents itself.
    pub look: Look,
    /// Where we can be reached, told to servers.
    pub contact: String,
    /// Whether the built-in incidents are part of the record.
    pub starter: bool,
    /// Who signs judgements, where it says so.
    pub editor: Option<String>,
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
            contact: raw.contact,
            starter: raw.starter,
            editor: raw.editor,
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
    let notes = [
        ("data/README.md", DATA_NOTE),
        (".gitattributes", GIT_ATTRIBUTES),
        (".gitignore", GIT_IGNORE),
    ];
    store::Casebook::init(home, &settings, &notes)?;
    Ok(())
}
