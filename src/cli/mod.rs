//! The command line: words in, exit codes out. Data goes to standard output, talk to standard error.

mod args;
mod asking;
mod build;
mod commands;
mod crawl;
mod desk;
mod found;
mod report;
mod searching;
mod serving;

use std::process::ExitCode;

use clap::Parser;

use self::args::Args;
use crate::pipeline::PipelineError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Done with findings, or nothing found.
    Findings,
}

/// Runs the command line and gives its exit code.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let failed = error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if failed { 2 } else { 0 });
        }
    };
    match commands::run(args) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // Whoever read our output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(PipelineError::Rules(faults)) = error.downcast_ref() {
                for fault in faults {
                    report::say(&report::line(fault));
                }
            }
            report::say(&format!("casebook: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.downcast_ref::<std::io::Error>().is_some_and(broken)
        || matches!(error.downcast_ref(), Some(PipelineError::Output(e)) if broken(e))
}
