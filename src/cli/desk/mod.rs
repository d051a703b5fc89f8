//! The editor's commands: what changed, what is open, what needs a decision, and decisions.

mod args;
mod choices;
mod diff;
mod judge;
mod proposals;
mod questions;
mod review;
mod signature;

use std::path::Path;

use chrono::NaiveDate;

pub(super) use self::args::DeskCommand;
use super::commands::Result;

/// Runs a command of the editor's; `fixed` where the day was given and is not the clock's.
pub(super) fn run(
    command: DeskCommand,
    home: &Path,
    today: NaiveDate,
    fixed: bool,
    jobs: usize,
) -> Result {
    let desk = judge::Desk { home, today, fixed, jobs };
    match command {
        DeskCommand::Diff { from, to, kind, format } => {
            diff::diff(home, (from, to.unwrap_or(today)), &kind, format, jobs)
        }
        DeskCommand::Review(args) => review::review(&desk, &args),
        DeskCommand::Questions(args) => questions::questions(&desk, args),
        DeskCommand::Mint { id, naming, signed } => judge::mint(&desk, id, *naming, &signed),
        DeskCommand::Merge { from, into, signed } => judge::merge(&desk, from, into, &signed),
        DeskCommand::Split { id, articles, signed } => judge::split(&desk, id, articles, &signed),
        DeskCommand::Answer { id, state, evidence, passage, signed } => {
            judge::answer(&desk, id, state, evidence, passage, &signed)
        }
        DeskCommand::Settle { id, state, holds, passage, signed } => {
            judge::settle(&desk, id, (state, holds), passage, &signed)
        }
        DeskCommand::Reject { ids, signed } => judge::reject(&desk, ids, &signed),
        DeskCommand::Confirm { ids, signed } => judge::confirm(&desk, ids, &signed),
        DeskCommand::Undo { id, signed } => judge::undo(&desk, id, &signed),
    }
}
