//! The command that builds record, index and site, once or for as long as somebody watches.

use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::args::BuildOptions;
use super::commands::outcome;
use super::{Outcome, report};
use crate::pipeline::{self, Memory, PipelineError, Stage};

/// Builds a casebook, and again after each change where that is wanted, as of the day it is then.
pub(super) fn build(
    home: &Path,
    day: impl Fn() -> NaiveDate,
    jobs: usize,
    options: &BuildOptions,
) -> anyhow::Result<Outcome> {
    let mut memory = Memory::default();
    let first = once(home, day(), jobs, options, &mut memory)?;
    if options.watch {
        report::say("watching; end with Ctrl-C");
        pipeline::watch(home, || {
            // A fault in the data is told and waited for, not fatal.
            match once(home, day(), jobs, options, &mut memory) {
                Ok(_) => {}
                Err(PipelineError::Rules(faults)) => report::findings(&faults),
                Err(error) => return Err(error),
            }
            Ok(true)
        })?;
    }
    Ok(first)
}

fn once(
    home: &Path,
    today: NaiveDate,
    jobs: usize,
    options: &BuildOptions,
    memory: &mut Memory,
) -> Result<Outcome, PipelineError> {
    let (begun, record) = (Instant::now(), OnceLock::<Duration>::new());
    let bar = report::count_bar(0, "reading");
    let base_url = options.base_url.as_deref();
    let built = pipeline::build(home, today, jobs, base_url, memory, |stage| match stage {
        Stage::Reading(done, all) => {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
        Stage::Writing => {
            record.get_or_init(|| begun.elapsed());
            bar.set_message("writing");
        }
    })?;
    bar.finish_and_clear();
    let mut findings = built.record.findings;
    if options.check_links {
        findings.extend(pipeline::dead_links(home)?);
    }
    let kb = &built.record.kb;
    report::findings(&findings);
    report::say(&format!(
        "{} captures ({} read now), {} incidents, {} disputes; {} documents indexed; site: {} written, {} unchanged, {} removed",
        built.record.captures,
        built.record.read,
        kb.incidents.len(),
        kb.disputes.len(),
        built.documents,
        built.published.written,
        built.published.unchanged,
        built.published.removed
    ));
    report::say(&format!(
        "built in {:.2} s, of which {:.2} s for the record",
        begun.elapsed().as_secs_f64(),
        record.get().copied().unwrap_or_default().as_secs_f64()
    ));
    report::say(&format!("open {}", home.join("site/public/index.html").display()));
    Ok(outcome(&findings))
}
