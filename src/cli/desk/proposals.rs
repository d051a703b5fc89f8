//! `mint` without an id: what could be named, and how.

use std::io::{self, Write};

use super::judge::Desk;
use crate::cli::Outcome;
use crate::cli::commands::Result;
use crate::pipeline;
use crate::view::proposals::proposals;

/// Prints a command for every proposed incident, those with most independent reports first.
pub(super) fn print(desk: &Desk<'_>) -> Result {
    let record = pipeline::open_record(desk.home, desk.today, desk.jobs, |_, _| {})?;
    let list = proposals(&record.kb);
    let mut out = io::stdout().lock();
    for proposal in &list {
        writeln!(out, "{}", proposal.title)?;
        writeln!(out, "    {}", proposal.basis)?;
        writeln!(out, "    {}", proposal.command)?;
    }
    Ok(if list.is_empty() { Outcome::Findings } else { Outcome::Done })
}
