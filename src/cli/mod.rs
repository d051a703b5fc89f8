//! The command line.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::pipeline::{annotate, ingest, record, load_rules};
use crate::store::Naming;

/// Runs.
pub fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let paths: Vec<PathBuf> = args.iter().skip(1).filter(|a| !a.starts_with("--") && *a != "jsonl").map(PathBuf::from).collect();
    let rules = match load_rules(None) {
        Ok(r) => r,
        Err(e) => { eprintln!("{e}"); return ExitCode::from(2); }
    };
    if args.first().map(String::as_str) == Some("kb") {
        let home = PathBuf::from(&args[1]);
        crate::store::Casebook::init(&home, "", &[]).unwrap();
        let done = ingest(&home, &paths[1..], Naming::default(), |_, _| {}).unwrap();
        eprintln!("{} {} {}", done.new, done.again, done.known);
        let mut rules = rules;
        rules.entered.clear();
        let today = chrono::Utc::now().date_naive();
        let r = record(&home, &rules, today, 2, |_, _| {}).unwrap();
        println!("{}", serde_json::to_string_pretty(&crate::view::export::export(&r.kb)).unwrap());
        return ExitCode::SUCCESS;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let r = annotate(&paths, Naming::default(), &rules, 2, &mut out, |_| {});
    out.flush().ok();
    match r {
        Ok(done) => { for f in &done.findings { eprintln!("{:?}", f); } ExitCode::SUCCESS }
        Err(e) => { eprintln!("{e}"); ExitCode::from(2) }
    }
}
