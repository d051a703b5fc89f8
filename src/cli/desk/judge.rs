//! `mint`, `merge`, `split`, `answer`, `settle`, `reject`, `confirm`, `undo`: one signed entry each.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use chrono::NaiveDate;

use super::args::{NamingArgs, Passage, Signed};
use super::choices::State;
use super::signature::sign;
use crate::cli::Outcome;
use crate::cli::commands::Result;
use crate::cli::report;
use crate::model::judgement::Verdict;
use crate::model::standing::{Account, Outcome as Standing};
use crate::pipeline::{self, Asked, Verdicted};
use crate::view::diff;

/// Where and when an editor works.
pub(super) struct Desk<'a> {
    pub home: &'a Path,
    pub today: NaiveDate,
    /// Whether the day was given.
    pub fixed: bool,
    pub jobs: usize,
}

pub(super) fn mint(
    desk: &Desk<'_>,
    id: Option<String>,
    naming: NamingArgs,
    signed: &Signed,
) -> Result {
    let Some(id) = id else { return super::proposals::print(desk) };
    let name = naming.name.context(
        "a name is missing; give --name, or see “casebook mint” for what the program proposes",
    )?;
    let NamingArgs { title, title_zh, types, parties, status, dispute, .. } = naming;
    let asked = Asked::Mint { id, name, title, title_zh, types, parties, status, dispute };
    judge(desk, &[asked], signed)
}

pub(super) fn merge(desk: &Desk<'_>, from: Vec<String>, into: String, signed: &Signed) -> Result {
    judge(desk, &[Asked::Merge { from, into }], signed)
}

pub(super) fn split(desk: &Desk<'_>, id: String, articles: Vec<String>, signed: &Signed) -> Result {
    judge(desk, &[Asked::Split { id, articles }], signed)
}

pub(super) fn answer(
    desk: &Desk<'_>,
    id: String,
    state: State,
    claims: Vec<String>,
    passage: Passage,
    signed: &Signed,
) -> Result {
    let quotes = passage.quotes();
    judge(desk, &[Asked::Answer { id, state: state.into(), claims, quotes }], signed)
}

pub(super) fn settle(
    desk: &Desk<'_>,
    id: String,
    (outcome, holds): (Standing, Option<Account>),
    passage: Passage,
    signed: &Signed,
) -> Result {
    let quotes = passage.quotes();
    judge(desk, &[Asked::Settle { id, outcome, holds, quotes }], signed)
}

pub(super) fn reject(desk: &Desk<'_>, ids: Vec<String>, signed: &Signed) -> Result {
    judge(desk, &ids.into_iter().map(Asked::Reject).collect::<Vec<_>>(), signed)
}

pub(super) fn confirm(desk: &Desk<'_>, ids: Vec<String>, signed: &Signed) -> Result {
    judge(desk, &ids.into_iter().map(Asked::Confirm).collect::<Vec<_>>(), signed)
}

pub(super) fn undo(desk: &Desk<'_>, id: Option<String>, signed: &Signed) -> Result {
    judge(desk, &[Asked::Undo(id)], signed)
}

/// Makes the judgements one after the other; the first that is refused ends it.
fn judge(desk: &Desk<'_>, asked: &[Asked], signed: &Signed) -> Result {
    let signature = sign(desk.home, desk.today, desk.fixed, signed)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for asked in asked {
        let dry = signed.dry_run;
        let made = pipeline::judge(desk.home, desk.today, desk.jobs, &signature, asked, dry)?;
        print(&mut out, &made)?;
        out.flush()?;
        match &made.path {
            Some(path) => report::say(&format!("written to {}", path.display())),
            None => report::say("nothing was written"),
        }
    }
    Ok(Outcome::Done)
}

/// What was judged, and what it changes; of a trial also the text of the entry.
fn print(out: &mut impl Write, made: &Verdicted) -> io::Result<()> {
    let judgement = &made.judgement;
    writeln!(out, "{}", judgement.id)?;
    match &judgement.verdict {
        Verdict::Undo { judgement } => writeln!(out, "undo {judgement}")?,
        verdict => {
            for subject in verdict.subjects() {
                writeln!(
                    out,
                    "{} {} {} “{}”",
                    verdict.word(),
                    subject.kind.word(),
                    subject.id,
                    subject.title
                )?;
            }
        }
    }
    let [before, after] = &made.records;
    let text = diff::diff(before, after, &made.changes).text();
    // The days are the same: the first line is of no use.
    for line in text.lines().skip(1) {
        writeln!(out, "{line}")?;
    }
    if made.changes.is_empty() {
        writeln!(out, "nothing else changes")?;
    }
    if made.path.is_none() {
        write!(out, "\n{}", made.text)?;
    }
    Ok(())
}
