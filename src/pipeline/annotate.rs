//! `annotate`: captures in, one line of JSON each out, nothing kept.

use std::io::Write;
use std::path::PathBuf;

use super::{PipelineError, ordered};
use crate::model::finding::Finding;
use crate::read::{blocks_weighed, read, read_article};
use crate::rules::Rules;
use crate::store::{Arrival, Inputs, Naming};
use crate::view::annotation::annotation;
use crate::view::article::{article, blocks};

/// What an annotation run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotated {
    /// Articles written.
    pub articles: usize,
    /// What was noticed on the way in.
    pub findings: Vec<Finding>,
}

/// How much of each page is read and printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Everything that is read: names, dates, claims, questions.
    Facts,
    /// Metadata, text and typed blocks.
    Article,
    /// Every block with the numbers it was typed by.
    Blocks,
}

/// Reads every page of the inputs and writes its annotation, in order of the input.
///
/// # Errors
/// A path that does not exist, output that cannot be written.
pub fn annotate(
    paths: &[PathBuf],
    naming: Naming,
    detail: Detail,
    rules: &Rules,
    jobs: usize,
    out: &mut impl Write,
    progress: impl Fn(u64) + Sync,
) -> Result<Annotated, PipelineError> {
    let inputs = Inputs::new(paths, naming)?;
    let mut done = Annotated::default();
    let mut failed = None;
    let seen = Seen { inputs, progress: &progress };
    ordered::run(
        seen,
        jobs,
        |arrival| match arrival {
            Arrival::Page(page) => {
                let (capture, body) = (&page.capture, &page.body);
                let line = match detail {
                    Detail::Facts => {
                        let noted = read(capture, body, rules);
                        serde_json::to_vec(&annotation(&noted.value, &noted.findings))
                    }
                    Detail::Article => {
                        let noted = read_article(capture, body, rules);
                        serde_json::to_vec(&article(&noted.value, &noted.findings))
                    }
                    Detail::Blocks => {
                        let weighed = blocks_weighed(capture, body, rules);
                        serde_json::to_vec(&blocks(&capture.requested, &weighed))
                    }
                };
                Ok(line.unwrap_or_default())
            }
            Arrival::Again(_) => Ok(Vec::new()),
            Arrival::Finding(finding) => Err(finding),
        },
        |result| {
            match result {
                Ok(line) if line.is_empty() => {}
                Ok(mut line) => {
                    line.push(b'\n');
                    done.articles += 1;
                    if let Err(error) = out.write_all(&line) {
                        failed = Some(error);
                        return false;
                    }
                }
                Err(finding) => done.findings.push(finding),
            }
            true
        },
    );
    if let Some(error) = failed {
        return Err(error.into());
    }
    out.flush()?;
    Ok(done)
}

/// The inputs, telling how far they are.
struct Seen<'a, F> {
    inputs: Inputs,
    progress: &'a F,
}

impl<F: Fn(u64)> Iterator for Seen<'_, F> {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        let arrival = self.inputs.next();
        (self.progress)(self.inputs.bytes_done());
        arrival
    }
}
