//! Full-text search over the record, on tantivy. Derived: the folder may be deleted at any time.
//!
//! In: documents and searches as values. Out: what was found, in groups. What holds: an index is
//! written into a new folder and named in one small file when it is whole, so that a reader has the
//! old one or the new one, whatever is killed; readers take no lock and write nothing. Not here:
//! what is worth finding (`view/docs`), the language (`model/query`).

mod card;
mod compile;
mod correct;
mod facets;
mod generation;
mod grouped;
mod highlight;
mod index;
mod matches;
mod rebuild;
mod run;
mod schema;
mod similar;
mod tokenizer;

use std::path::PathBuf;

pub use generation::count;
pub use index::{About, SearchIndex};
pub use rebuild::{Known, Rebuilt, rebuild};
pub use run::Ask;

/// Why searching or indexing failed.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is no index yet.
    #[error("{} has no search index; run “casebook build” first", path.display())]
    NoIndex {
        /// The casebook's folder.
        path: PathBuf,
    },
    /// A folder that could not be read or written.
    #[error("{}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The index itself failed.
    #[error("the search index failed ({0}); run “casebook build” to make it anew")]
    Index(#[from] tantivy::TantivyError),
    /// A file beside the index is not what we wrote.
    #[error("{} is damaged ({reason}); run “casebook build” to make it anew", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}
