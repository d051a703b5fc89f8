//! The rules in force: the built-in data with a casebook's own laid over it.

use std::path::Path;

use super::PipelineError;
use crate::rules::{Layer, Rules};
use crate::store;

/// Loads the built-in data and, where the folder exists, a casebook's own.
///
/// # Errors
/// Every fault in the data, or a file that cannot be read.
pub fn load_rules(own: Option<&Path>) -> Result<Rules, PipelineError> {
    let built_in = store::built_in();
    let folder = own.map(|home| home.join("data"));
    let tree = match &folder {
        Some(folder) => store::own(folder)?,
        None => Default::default(),
    };
    let name = folder.as_ref().map_or(String::new(), |folder| folder.display().to_string());
    let layers =
        [Layer { name: "built-in data", tree: &built_in }, Layer { name: &name, tree: &tree }];
    Rules::load(&layers).map_err(PipelineError::Rules)
}
