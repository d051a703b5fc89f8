//! The rules in force: the built-in data with a casebook's own laid over it.

use std::path::Path;

use super::{PipelineError, Settings};
use crate::model::crawl::Source;
use crate::model::tree::SourceTree;
use crate::rules::{Entries, Layer, Rules};
use crate::store;

/// The rules of a program that goes on running, with the texts they were loaded from, those of incidents
/// apart.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    entries: Entries,
    before: Option<(Rules, [SourceTree; 2])>,
    texts: [SourceTree; 2],
}

impl Loaded {
    /// As [`load_rules`]; where nothing but incidents changed, the rules of before are taken up.
    ///
    /// # Errors
    /// As [`load_rules`].
    pub(super) fn rules(&mut self, home: Option<&Path>) -> Result<Rules, PipelineError> {
        let mut built_in = store::built_in();
        let starter = match home {
            Some(home) => Settings::of(home)?.starter,
            None => false,
        };
        if !starter {
            built_in.retain(|name, _| !is_incident(name));
        }
        let folder = home.map(|home| home.join("data"));
        let own = match &folder {
            Some(folder) => store::own(folder)?,
            None => Default::default(),
        };
        let name = folder.as_ref().map_or(String::new(), |folder| folder.display().to_string());
        let layers =
            [Layer { name: "built-in data", tree: &built_in }, Layer { name: &name, tree: &own }];
        let before = self.before.take().filter(|(_, texts)| {
            let trees = texts.iter().zip([&built_in, &own]);
            trees.into_iter().all(|(texts, tree)| texts.iter().eq(beside_incidents(tree)))
        });
        let loaded = match before {
            Some((mut rules, texts)) => match rules.take_entries(&layers, &mut self.entries) {
                Ok(()) => Ok(rules),
                Err(faults) => {
                    self.before = Some((rules, texts));
                    Err(faults)
                }
            },
            None => Rules::load_again(&layers, &mut self.entries),
        };
        self.texts = [built_in, own].map(|mut tree| {
            tree.retain(|name, _| !is_incident(name));
            tree
        });
        loaded.map_err(PipelineError::Rules)
    }

    /// Keeps the rules loaded last for the next time.
    pub(super) fn keep(&mut self, rules: Rules) {
        self.before = Some((rules, std::mem::take(&mut self.texts)));
    }
}

fn is_incident(name: &str) -> bool {
    name.starts_with("incidents/")
}

fn beside_incidents(tree: &SourceTree) -> impl Iterator<Item = (&String, &String)> {
    tree.iter().filter(|(name, _)| !is_incident(name))
}

/// Loads the built-in data and, for a casebook, its own on top; incidents that come with the program
/// count only in a casebook that wants them.
///
/// # Errors
/// Every fault in the data, or a file that cannot be read.
pub fn load_rules(home: Option<&Path>) -> Result<Rules, PipelineError> {
    Loaded::default().rules(home)
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
