//! The folders that rows are read from.

use super::Lexicon;
use super::load::Layer;
use crate::model::finding::Finding;

/// Files and folders of `data/` beside the tables of [`Lexicon`].
const READ: [&str; 22] = [
    "entities/",
    "i18n/",
    "exposure.toml",
    "measures.toml",
    "incidents/",
    "judgements/",
    "disputes.toml",
    "types.toml",
    "thresholds/",
    "lexicon/classes/",
    "lexicon/markup/",
    "lexicon/verbs/",
    "lexicon/weights/",
    "lexicon/fields/",
    "lexicon/months/",
    "lexicon/credits/",
    "lexicon/trust/",
    "lexicon/clues/",
    "lexicon/zones/",
    "lexicon/addresses/",
    "lexicon/stand-ins/",
    "sources.toml",
];

/// A file that no table is read from would be passed over in silence.
pub(super) fn misplaced(layers: &[Layer<'_>], faults: &mut Vec<Finding>) {
    let known = || READ.iter().chain(Lexicon::FOLDERS);
    for layer in layers {
        for name in layer.tree.keys().filter(|name| name.ends_with(".toml")) {
            if !known().any(|path| name == path || path.ends_with('/') && name.starts_with(path)) {
                let message = format!(
                    "nothing is read from here; move the rows into one of {}",
                    known().copied().collect::<Vec<_>>().join(", ")
                );
                let place = format!("{}/{name}:1", layer.name);
                faults.push(Finding::error("misplaced-file", message).at(place));
            }
        }
    }
}
