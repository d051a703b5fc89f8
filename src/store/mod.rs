//! Files on disk: data, inputs, the archive of evidence, and the database derived from it.
//!
//! What holds: the archive is append-only and is the only truth here; `casebook.sqlite` can be
//! deleted at any time and is rebuilt from it. Not here: what any of it means.

mod archive;
mod casebook;
mod data;
mod fetched;
mod frontier;
mod index;
mod inputs;
mod ledger;
mod published;
mod warc;

use std::path::PathBuf;

pub use casebook::{Added, Bytes, Casebook, Kept, settings};
pub use data::{built_in, own, text_at};
pub use fetched::{Content, Keep, Replayed, content};
pub use frontier::{Change, HostRow, Known, Listed, NewRow, State, Tables};
pub use inputs::{Arrival, Inputs, Naming, Page};
pub use ledger::add_judgement;
pub use published::{keep_published, published};

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A path that is not there.
    #[error("{} does not exist; check the path", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// A file that could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A folder that is no casebook.
    #[error("{} is no casebook; run “casebook init {}” first", path.display(), path.display())]
    NoCasebook {
        /// The folder.
        path: PathBuf,
    },
    /// Another process is writing to the casebook.
    #[error("{} is in use by another casebook command; wait for it to end", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The database failed.
    #[error("casebook.sqlite: {0}; delete the file, it is rebuilt from the archive")]
    Index(#[from] rusqlite::Error),
    /// A file that is never written twice.
    #[error("{} exists already, and judgements are never written over; try again", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file beyond its limit.
    #[error("{} is larger than {bytes_max} bytes; split it", path.display())]
    TooLarge {
        /// The path.
        path: PathBuf,
        /// The limit.
        bytes_max: u64,
    },
}
