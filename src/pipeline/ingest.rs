//! `ingest`: what a person hands over goes into the archive.

use std::path::{Path, PathBuf};

use super::PipelineError;
use crate::model::finding::Finding;
use crate::store::{Added, Arrival, Casebook, Inputs, Naming};

/// What an ingest did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ingested {
    /// New captures.
    pub new: usize,
    /// Known captures found again at another time.
    pub again: usize,
    /// Records that were in the archive already.
    pub known: usize,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Takes every page of the inputs into a casebook.
///
/// # Errors
/// A folder that is no casebook, a path that does not exist, a disk that is full.
pub fn ingest(
    home: &Path,
    paths: &[PathBuf],
    naming: Naming,
    progress: impl Fn(u64, usize),
) -> Result<Ingested, PipelineError> {
    let (mut casebook, findings) = Casebook::open(home)?;
    let mut done = Ingested { findings, ..Ingested::default() };
    let mut inputs = Inputs::new(paths, naming)?;
    while let Some(arrival) = inputs.next() {
        match arrival {
            Arrival::Page(page) => match casebook.add(&page)? {
                Added::New => done.new += 1,
                Added::Again => done.again += 1,
                Added::Known => done.known += 1,
            },
            Arrival::Again(page) => {
                if casebook.add_again(&page)? {
                    done.again += 1;
                } else {
                    let message =
                        "the record says “unchanged” of a page that is not in the archive";
                    done.findings.push(Finding::note("unknown-revisit", message).at(page.place));
                }
            }
            Arrival::Finding(finding) => done.findings.push(finding),
        }
        progress(inputs.bytes_done(), done.new + done.again + done.known);
    }
    casebook.commit()?;
    Ok(done)
}
