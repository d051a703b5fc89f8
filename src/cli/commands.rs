//! One function per command: settle the words, call the pipeline, print.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::NaiveDate;

use super::args::{AnnotateFormat, Args, Command, ExplainFormat, ExportFormat, Table};
use super::build::build;
use super::{Outcome, crawl, desk, report, searching, serving};
use crate::model::finding::{Finding, Severity};
use crate::pipeline::{self, Detail};
use crate::store::Naming;
use crate::view::export::export;
use crate::view::tables::{TableName, table};

pub(in crate::cli) type Result = anyhow::Result<Outcome>;

/// Runs a command.
pub(super) fn run(args: Args) -> Result {
    let home = args.home;
    let jobs =
        args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let day = || args.as_of.unwrap_or_else(|| chrono::Local::now().date_naive());
    let today = day();
    match args.command {
        Command::Init { dir, starter } => init(&dir, starter),
        Command::Ingest { paths, url, fetched_at } => {
            ingest(&home, &paths, Naming { url, fetched: fetched_at })
        }
        Command::Crawl(args) => crawl::crawl(&home, &args),
        Command::Sources { what } => crawl::sources(&home, &what),
        Command::Annotate { paths, format, url, fetched_at } => {
            annotate(&home, &paths, Naming { url, fetched: fetched_at }, format, jobs)
        }
        Command::Build(options) => build(&home, day, jobs, &options),
        Command::Export { format, table } => print_export(&home, format, table, today, jobs),
        Command::Search { query, format, limit } => {
            searching::search(&home, &query, format, limit, args.as_of)
        }
        Command::Explain { id, format } => explain(&home, &id, format, today, jobs),
        Command::Desk(command) => desk::run(command, &home, today, args.as_of.is_some(), jobs),
        Command::Lint { strict, format } => lint(&home, strict, format, today, jobs),
        Command::Status { format } => status(&home, format, today, jobs),
        Command::Mcp => serving::offer_tools(home, today, jobs),
        Command::Serve { bind, rate, log, check } => {
            serving::serve(&home, &serving::Wish { bind, rate, log, check })
        }
    }
}

fn init(dir: &Path, starter: bool) -> Result {
    pipeline::init(dir, starter)?;
    report::say(&format!(
        "{} is a casebook; next: casebook --home {} ingest PATH…",
        dir.display(),
        dir.display()
    ));
    Ok(Outcome::Done)
}

/// Bytes of all inputs, as far as they are files.
fn size_of(paths: &[PathBuf]) -> u64 {
    fn of(path: &Path) -> u64 {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => std::fs::read_dir(path)
                .map(|entries| entries.flatten().map(|entry| of(&entry.path())).sum())
                .unwrap_or(0),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        }
    }
    paths.iter().map(|path| of(path)).sum()
}

fn ingest(home: &Path, paths: &[PathBuf], naming: Naming) -> Result {
    let bar = report::bytes_bar(size_of(paths), "taking in");
    let done = pipeline::ingest(home, paths, naming, |bytes, _| bar.set_position(bytes))?;
    bar.finish_and_clear();
    report::findings(&done.findings);
    report::say(&format!(
        "{} new, {} found again, {} known already, {} findings",
        done.new,
        done.again,
        done.known,
        done.findings.len()
    ));
    Ok(outcome(&done.findings))
}

fn annotate(
    home: &Path,
    paths: &[PathBuf],
    naming: Naming,
    format: AnnotateFormat,
    jobs: usize,
) -> Result {
    let rules = pipeline::rules_near(home)?;
    let bar = report::bytes_bar(size_of(paths), "reading");
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let detail = match format {
        AnnotateFormat::Jsonl => Detail::Facts,
        AnnotateFormat::Article => Detail::Article,
        AnnotateFormat::Blocks => Detail::Blocks,
    };
    let progress = |bytes| bar.set_position(bytes);
    let done = pipeline::annotate(paths, naming, detail, &rules, jobs, &mut out, progress)?;
    bar.finish_and_clear();
    report::findings(&done.findings);
    Ok(outcome(&done.findings))
}

fn print_export(
    home: &Path,
    format: ExportFormat,
    name: Table,
    today: NaiveDate,
    jobs: usize,
) -> Result {
    let record = pipeline::open_record(home, today, jobs, |_, _| {})?;
    let mut out = BufWriter::new(io::stdout().lock());
    let name = match name {
        Table::Claims => TableName::Claims,
        Table::Incidents => TableName::Incidents,
        Table::Timeline => TableName::Timeline,
        Table::Questions => TableName::Questions,
        Table::Contradictions => TableName::Contradictions,
        Table::Articles => TableName::Articles,
    };
    match format {
        ExportFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &export(&record.kb)).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ExportFormat::Jsonl => {
            for line in export(&record.kb).lines() {
                serde_json::to_writer(&mut out, &line).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        ExportFormat::Csv => out.write_all(&table(&record.kb, name).csv())?,
        ExportFormat::Parquet => {
            let bytes = table(&record.kb, name)
                .parquet()
                .context("the table cannot be written as Parquet")?;
            out.write_all(&bytes)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn explain(home: &Path, id: &str, format: ExplainFormat, today: NaiveDate, jobs: usize) -> Result {
    let Some(explanation) = pipeline::explain_id(home, id, today, jobs)? else {
        report::say(&format!(
            "nothing on record has the id “{id}”; give at least its first eight letters"
        ));
        return Ok(Outcome::Findings);
    };
    let mut out = io::stdout().lock();
    match format {
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &explanation).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ExplainFormat::Text => {
            for step in &explanation.steps {
                writeln!(out, "{:<12} {}", step.label, step.text)?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn lint(home: &Path, strict: bool, format: ExplainFormat, today: NaiveDate, jobs: usize) -> Result {
    let findings = pipeline::lint(home, today, jobs)?;
    let mut out = io::stdout().lock();
    match format {
        ExplainFormat::Json => {
            let list: Vec<_> = findings
                .iter()
                .map(|f| serde_json::json!({ "severity": f.severity.word(), "place": f.place, "message": f.message, "code": f.code }))
                .collect();
            serde_json::to_writer_pretty(&mut out, &list).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ExplainFormat::Text => {
            for finding in &findings {
                writeln!(out, "{}", report::line(finding))?;
            }
        }
    }
    let counted = |severity| findings.iter().filter(|f| f.severity == severity).count();
    report::say(&format!(
        "{} errors, {} warnings, {} notes",
        counted(Severity::Error),
        counted(Severity::Warning),
        counted(Severity::Note)
    ));
    let failed = report::matters(&findings) || strict && !findings.is_empty();
    Ok(if failed { Outcome::Findings } else { Outcome::Done })
}

fn status(home: &Path, format: ExplainFormat, today: NaiveDate, jobs: usize) -> Result {
    let status = pipeline::status(home, today, jobs)?;
    let indexed = status.indexed.map_or("none; run casebook build".to_string(), |n| n.to_string());
    let lines = [
        ("captures", status.captures.to_string()),
        ("read now", status.unread.to_string()),
        ("relevant articles", status.relevant.to_string()),
        (
            "incidents",
            format!(
                "{} ({} entered or reviewed by editors)",
                status.incidents.0, status.incidents.1
            ),
        ),
        ("disputes", status.disputes.to_string()),
        ("questions", format!("{} ({} live)", status.questions.0, status.questions.1)),
        ("claims", status.claims.to_string()),
        ("documents indexed", indexed),
        (
            "findings",
            format!(
                "{} errors, {} warnings, {} notes",
                status.findings.2, status.findings.1, status.findings.0
            ),
        ),
        ("registry entries", status.entities.to_string()),
        ("rules", status.rules),
    ];
    let mut out = io::stdout().lock();
    match format {
        ExplainFormat::Json => {
            let map: serde_json::Map<String, serde_json::Value> = lines
                .into_iter()
                .map(|(key, value)| (key.replace(' ', "_"), value.into()))
                .collect();
            serde_json::to_writer_pretty(&mut out, &map).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ExplainFormat::Text => {
            for (key, value) in lines {
                writeln!(out, "{key:<18} {value}")?;
            }
        }
    }
    Ok(Outcome::Done)
}

pub(super) fn outcome(findings: &[Finding]) -> Outcome {
    if report::matters(findings) { Outcome::Findings } else { Outcome::Done }
}
