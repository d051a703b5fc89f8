//! The rules in force: the built-in data with a casebook's own laid over it.

use std::path::Path;

use super::{PipelineError, Settings};
use crate::model::crawl::Source;
use crate::rules::{Entries, Layer, Rules};
use crate::store;

/// Loads the built-in data and, for a casebook, its own on top; incidents that come with the program
/// count only in a casebook that wants them.
///
/// # Errors
/// Every fault in the data, or a file that cannot be read.
pub fn load_rules(home: Option<&Path>) -> Result<Rules, PipelineError> {
    load_rules_again(home, &mut Entries::default())
}

/// As [`load_rules`], for a program that goes on running.
///
/// # Errors
/// As [`load_rules`].
pub(super) fn load_rules_again(
    home: Option<&Path>,
    entries: &mut Entries,
) -> Result<Rules, PipelineError> {
    let mut built_in = store::built_in();
    let starter = match home {
        Some(home) => Settings::of(home)?.starter,
        None => false,
    };
    if !starter {
        built_in.retain(|name, _| !name.starts_with("incidents/"));
    }
    let folder = home.map(|home| home.join("data"));
    let own = match &folder {
        Some(folder) => store::own(folder)?,
        None => Default::default(),
    };
    let name = folder.as_ref().map_or(String::new(), |folder| folder.display().to_string());
    let layers =
        [Layer { name: "built-in data", tree: &built_in }, Layer { name: &name, tree: &own }];
    Rules::load_again(&layers, entries).map_err(PipelineError::Rules)
}

/// The rules of the casebook at `home`; the built-in ones where the current folder is none.
///
/// # Errors
/// As [`load_rules`].
pub fn rules_near(home: &Path) -> Result<Rules, PipelineError> {
    let here = home == Path::new(".");
    match load_rules(Some(home)) {
        Err(PipelineError::Store(store::StoreError::NoCasebook { .. })) if here => load_rules(None),
        result => result,
    }
}

/// The sources of one text, in place of the built-in ones.
///
/// # Errors
/// Every fault in it.
pub(super) fn sources_of(text: &str, rules: &Rules) -> Result<Vec<Source>, PipelineError> {
    let tree = [("sources.toml".to_string(), text.to_string())].into();
    rules.sources_in(&[Layer { name: "the folder", tree: &tree }]).map_err(PipelineError::Rules)
}
