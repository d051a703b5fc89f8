//! Full-text search over the record, on tantivy. Derived: the folder may be deleted at any time.
//!
//! In: documents and queries as values. Out: hits. What holds: the index is rebuilt whole into a new
//! folder and swapped. Not here: what is worth finding (`view/`), the query language (`model/query`).

mod rebuild;
mod run;
mod schema;
mod tokenizer;

use std::path::{Path, PathBuf};

pub use rebuild::rebuild;
pub use run::{count, run};

/// Why searching or indexing failed.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is no index yet.
    #[error("{} has no search index; run “casebook build” first", path.display())]
    NoIndex {
        /// The casebook's folder.
        path: PathBuf,
    },
    /// A folder that could not be written.
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
}

/// The folder of the index in use.
fn folder(home: &Path) -> PathBuf {
    home.join(format!("index-v{}", schema::VERSION))
}
