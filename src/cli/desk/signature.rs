//! Who signs a judgement, and when.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use chrono::{NaiveDate, SubsecRound};

use super::args::Signed;
use crate::model::judgement::Made;
use crate::pipeline::{Settings, Signature};

/// Signs: by `--by`, else `editor` of casebook.toml, else git's `user.name`; now, or on the day that
/// was given.
pub(super) fn sign(
    home: &Path,
    today: NaiveDate,
    fixed: bool,
    signed: &Signed,
) -> anyhow::Result<Signature> {
    let why = signed.why.trim().to_string();
    ensure!(!why.is_empty(), "a judgement needs a reason for its readers; give --why REASON");
    let by = match &signed.by {
        Some(by) => Some(by.clone()),
        None => Settings::of(home)?.editor.or_else(|| git_name(home)),
    };
    let by = by
        .filter(|by| !by.trim().is_empty())
        .context("nobody signs; give --by NAME, or write editor = \"NAME\" into casebook.toml")?;
    let now = chrono::Local::now().fixed_offset().trunc_subsecs(0);
    // On a day that was given, the time of day still tells which judgement came first.
    let then = today.and_time(now.time()).and_local_timezone(*now.offset()).single();
    let moment = if fixed { then } else { Some(now) };
    let on = Made { day: moment.map_or(today, |moment| moment.date_naive()), moment };
    Ok(Signature { by: by.trim().to_string(), on, why })
}

/// The name git would sign a commit with in that folder.
fn git_name(home: &Path) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(home).args(["config", "user.name"]).stderr(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_string())
}
