//! `diff`: what changed between two days.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::NaiveDate;

use crate::cli::Outcome;
use crate::cli::args::ExplainFormat;
use crate::cli::commands::Result;
use crate::model::subject::SubjectKind;
use crate::pipeline;
use crate::view::diff;

/// Prints what changed between the ends of two days; nothing found ends with 1.
pub fn diff(
    home: &Path,
    (from, to): (NaiveDate, NaiveDate),
    kinds: &[SubjectKind],
    format: ExplainFormat,
    jobs: usize,
) -> Result {
    anyhow::ensure!(
        from < to,
        "the day of --from ({from}) does not lie before the day of --to ({to}); give an earlier one"
    );
    let ([earlier, later], mut changes) = pipeline::diff(home, from, to, jobs)?;
    changes.retain(|change| kinds.is_empty() || kinds.contains(&change.kind));
    let diff = diff::diff(&earlier, &later, &changes);
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &diff).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ExplainFormat::Text => out.write_all(diff.text().as_bytes())?,
    }
    out.flush()?;
    Ok(if diff.is_empty() { Outcome::Findings } else { Outcome::Done })
}
