//! Where core and shell meet: load, call the pure stages, write. No rule lives here.

mod annotate;
mod build;
mod crawl;
mod ingest;
mod judge;
mod look;
mod memory;
mod ordered;
mod published;
mod readings;
mod record;
mod rules;
mod settings;
mod watch;

pub use annotate::{Annotated, Detail, annotate};
pub use build::{Built, Stage, build, dead_links};
pub use crawl::{
    Asking, Checked, HostTally, Shown, SourceState, SourceTally, Tally, Trouble, check_sources,
    crawl, shown_sources,
};
pub use ingest::{Ingested, ingest};
pub use judge::{Asked, Signature, Verdicted, judge};
pub use look::{Status, diff, explain_id, lint, open_record, status};
pub use memory::Memory;
pub use record::{Record, record};
pub use rules::{load_rules, rules_near};
pub use settings::{Settings, init};
pub use watch::watch;

use crate::crawl::CrawlError;
use crate::model::finding::Finding;
use crate::publish::PublishError;
use crate::search::SearchError;
use crate::store::StoreError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The data files have faults; each is a finding with file and line.
    #[error("{}", faults_in_words(.0.len()))]
    Rules(Vec<Finding>),
    /// A judgement that cannot be made.
    #[error("{0}")]
    Refused(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The search index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The site could not be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The crawl could not run.
    #[error(transparent)]
    Crawl(#[from] CrawlError),
    /// A source that is not entered.
    #[error("there is no source “{0}”; see casebook sources list")]
    NoSource(String),
    /// The folder cannot be watched.
    #[error("the folder cannot be watched ({0})")]
    Watch(String),
    /// Output could not be written.
    #[error("the output cannot be written ({0})")]
    Output(#[from] std::io::Error),
}

fn faults_in_words(count: usize) -> String {
    match count {
        1 => "the data has a fault; correct it first".into(),
        n => format!("the data has {n} faults; correct them first"),
    }
}
