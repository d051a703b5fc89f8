//! Where core and shell meet: load, call the pure stages, write. No rule lives here.

mod annotate;
mod ingest;
mod ordered;
mod record;
mod rules;

pub use annotate::{Annotated, annotate};
pub use ingest::{Ingested, ingest};
pub use record::{Record, record};
pub use rules::load_rules;

use crate::model::finding::Finding;
use crate::store::StoreError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The data files have faults; each is a finding with file and line.
    #[error("the rules in data/ have {} fault(s); correct them first", .0.len())]
    Rules(Vec<Finding>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Output could not be written.
    #[error("the output cannot be written ({0})")]
    Output(#[from] std::io::Error),
}
