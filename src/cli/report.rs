//! What a person sees: findings, summaries, progress.

use std::io::{self, IsTerminal, Write};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::model::finding::{Finding, Severity};

/// Most findings of one code that are printed in full.
const PRINTED_MAX: usize = 8;

/// Prints findings on standard error, the commonest codes cut short.
pub fn findings(list: &[Finding]) {
    let mut err = io::stderr().lock();
    let mut by_code: std::collections::BTreeMap<(&str, Severity), usize> = Default::default();
    for finding in list.iter().filter(|f| f.severity > Severity::Note) {
        let count = by_code.entry((&finding.code, finding.severity)).or_default();
        *count += 1;
        if *count <= PRINTED_MAX {
            let _ = writeln!(err, "{}", line(finding));
        }
    }
    for ((code, severity), count) in by_code {
        if count > PRINTED_MAX {
            let more = count - PRINTED_MAX;
            let _ =
                writeln!(err, "{}: {more} more of “{code}”; see casebook lint", severity.word());
        }
    }
}

/// One finding as one line: severity, place, message, code.
pub fn line(finding: &Finding) -> String {
    let place = finding.place.as_deref().map(|p| format!("{p}: ")).unwrap_or_default();
    format!("{}: {place}{} [{}]", finding.severity.word(), finding.message, finding.code)
}

/// Whether a list makes the exit code 1.
pub fn matters(list: &[Finding]) -> bool {
    list.iter().any(|finding| finding.severity > Severity::Note)
}

/// Says something to a person.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A bar for a known amount of bytes; hidden unless a terminal watches.
pub fn bytes_bar(total: u64, what: &str) -> ProgressBar {
    bar(total, what, "{msg} {wide_bar} {bytes}/{total_bytes} {eta}")
}

/// A bar for a known number of things.
pub fn count_bar(total: u64, what: &str) -> ProgressBar {
    bar(total, what, "{msg} {wide_bar} {pos}/{len} {eta}")
}

fn bar(total: u64, what: &str, template: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(what.to_string());
    bar
}

/// Lines that are rewritten in place; none unless a terminal watches.
pub fn lines(count: usize) -> Vec<ProgressBar> {
    if !io::stderr().is_terminal() {
        return Vec::new();
    }
    let all = MultiProgress::new();
    let style = ProgressStyle::with_template("{wide_msg}").ok();
    (0..count)
        .map(|_| {
            let bar = all.add(ProgressBar::new_spinner());
            style.clone().map_or(bar.clone(), |style| bar.with_style(style))
        })
        .collect()
}
