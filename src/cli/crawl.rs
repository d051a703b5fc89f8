//! `crawl` and `sources`: how a crawl is seen while it runs, and what it says at its end.

use std::cell::Cell;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use indicatif::ProgressBar;
use serde_json::{Value, json};

use super::args::ExplainFormat;
use super::asking::{CrawlArgs, Manners, SourcesCommand};
use super::commands::{Result, outcome};
use super::{Outcome, report};
use crate::pipeline::{self, Asking, Checked, Settings, Shown, Tally, Trouble};

/// Hosts shown while a crawl runs.
const HOSTS_SHOWN: usize = 8;
/// Troubles of one code that are told one by one.
const TOLD_MAX: usize = 5;
/// Time between two pictures of progress.
const REDRAW: Duration = Duration::from_millis(100);

fn asking(home: &Path, manners: &Manners) -> anyhow::Result<Asking> {
    let contact = match Settings::of(home) {
        Ok(settings) => settings.contact,
        Err(error) if home != Path::new(".") => return Err(error.into()),
        Err(_) => String::new(),
    };
    Ok(Asking {
        addresses: Vec::new(),
        sources: Vec::new(),
        delay: TimeDelta::milliseconds(manners.delay.into()),
        per_host: manners.per_host.into(),
        at_once: manners.at_once.into(),
        patience: TimeDelta::zero(),
        pages_max: usize::MAX,
        timeout: Duration::from_millis(manners.timeout.into()),
        contact,
        allow_private: manners.allow_private,
        connect_to: manners.connect_to,
        outside: manners.outside,
        web: None,
        revisit: false,
    })
}

/// Crawls, and tells what came of it.
pub(super) fn crawl(home: &Path, args: &CrawlArgs) -> Result {
    let mut asking = Asking {
        addresses: args.urls.clone(),
        sources: args.sources.clone(),
        patience: TimeDelta::seconds(args.patience.into()),
        pages_max: args.pages_max.unwrap_or(usize::MAX),
        web: args.web.clone(),
        revisit: args.revisit,
        ..asking(home, &args.manners)?
    };
    if asking.web.is_some() {
        // Nobody has to be spared in a folder.
        asking.delay = TimeDelta::zero();
        asking.per_host = asking.at_once;
    }
    let began = Instant::now();
    let bar = report::lines(HOSTS_SHOWN + 1);
    let drawn = Cell::new(began);
    let progress = |tally: &Tally| {
        if drawn.get().elapsed() >= REDRAW {
            drawn.set(Instant::now());
            picture(&bar, tally, began.elapsed());
        }
    };
    let (tally, findings) = pipeline::crawl(home, &asking, Utc::now(), &progress)?;
    bar.iter().for_each(ProgressBar::finish_and_clear);
    report::findings(&findings);
    if args.format == ExplainFormat::Json {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &as_json(&tally)).map_err(io::Error::from)?;
        writeln!(out)?;
    }
    tell(&tally);
    let wanting = tally.failed > 0 || !tally.envelopes.is_empty() || !tally.troubles.is_empty();
    Ok(if wanting { Outcome::Findings } else { outcome(&findings) })
}

/// Shows the lines of [`pictured`] in place of those before.
fn picture(bars: &[ProgressBar], tally: &Tally, elapsed: Duration) {
    for (bar, line) in bars.iter().zip(pictured(tally, elapsed)) {
        bar.set_message(line);
    }
}

/// The whole, then the busiest hosts, one line each.
fn pictured(tally: &Tally, elapsed: Duration) -> Vec<String> {
    let mut hosts: Vec<_> = tally.hosts.iter().collect();
    hosts.sort_by_key(|(_, host)| std::cmp::Reverse((host.under_way, host.answered)));
    let seconds = elapsed.as_secs_f64().max(0.001);
    let whole = format!(
        "{} new, {} changed, {} unchanged, {} failed; {:.1} pages a second",
        tally.new,
        tally.changed,
        tally.unchanged,
        tally.failed,
        tally.pages() as f64 / seconds
    );
    let lines = hosts.into_iter().map(|(origin, host)| {
        format!(
            "{origin:<40} {:>5} answered {:>3} under way {:>3} failed {:>8} KB",
            host.answered,
            host.under_way,
            host.failed,
            host.bytes / 1024
        )
    });
    std::iter::once(whole).chain(lines.take(HOSTS_SHOWN)).collect()
}

/// The summary for people.
fn tell(tally: &Tally) {
    let count = |number: usize, words: &str| {
        if number > 0 {
            report::say(&format!("{number:>6}  {words}"));
        }
    };
    report::say(&format!(
        "{} new, {} changed, {} unchanged, {} refused, {} failed",
        tally.new,
        tally.changed,
        tally.unchanged,
        tally.gated + tally.robots + tally.reserved,
        tally.failed
    ));
    count(tally.listed, "articles listed that were not known");
    count(tally.gated, "of them left out by title and summary; see casebook sources refused");
    count(tally.old, "too old for their source");
    count(tally.robots, "refused by robots rules");
    count(tally.reserved, "not kept, as their publishers wish");
    count(tally.moved, "redirects");
    count(tally.absent, "not there");
    count(tally.walls, "walls and pages that only say “not found”");
    count(tally.denied, "refused by their servers");
    count(tally.put_off, "put off, as their hosts fail or ask for a pause");
    count(tally.recovered, "taken over from a crawl that was cut off");
    count(tally.left, "left for the next crawl");
    for (host, until) in &tally.pauses {
        report::say(&format!("{host} is left alone until {}", until.format("%Y-%m-%d %H:%M UTC")));
    }
    let mut told = std::collections::BTreeMap::<&str, usize>::new();
    for trouble in tally.envelopes.iter().chain(&tally.troubles) {
        let number = told.entry(trouble.code.as_str()).or_default();
        *number += 1;
        if *number <= TOLD_MAX {
            let Trouble { code, address, why } = trouble;
            report::say(&format!("warning: {address}: {why} [{code}]"));
        }
    }
    for (code, number) in told.into_iter().filter(|(_, number)| *number > TOLD_MAX) {
        report::say(&format!("warning: {} more of “{code}”", number - TOLD_MAX));
    }
    if tally.interrupted {
        report::say("stopped; the next crawl goes on from here");
    }
}

fn as_json(tally: &Tally) -> Value {
    let troubles = |list: &[Trouble]| -> Vec<Value> {
        list.iter().map(|t| json!({ "code": t.code, "address": t.address, "why": t.why })).collect()
    };
    let hosts: serde_json::Map<String, Value> = tally
        .hosts
        .iter()
        .map(|(origin, host)| {
            let value =
                json!({ "answered": host.answered, "failed": host.failed, "bytes": host.bytes });
            (origin.clone(), value)
        })
        .collect();
    let sources: serde_json::Map<String, Value> = tally
        .sources
        .iter()
        .map(|(id, source)| {
            let (read, unchanged, failed) = source.listings;
            let listings = json!({ "read": read, "unchanged": unchanged, "failed": failed });
            let value =
                json!({ "listings": listings, "offered": source.offered, "new": source.new });
            (id.clone(), value)
        })
        .collect();
    let pauses: serde_json::Map<String, Value> = tally
        .pauses
        .iter()
        .map(|(host, until)| (host.clone(), until.to_rfc3339().into()))
        .collect();
    json!({
        "new": tally.new, "changed": tally.changed, "unchanged": tally.unchanged,
        "listed": tally.listed, "gated": tally.gated, "old": tally.old, "robots": tally.robots,
        "reserved": tally.reserved, "moved": tally.moved, "absent": tally.absent,
        "walls": tally.walls, "denied": tally.denied, "failed": tally.failed, "put_off": tally.put_off,
        "recovered": tally.recovered, "left": tally.left, "interrupted": tally.interrupted,
        "hosts": hosts, "sources": sources, "pauses": pauses,
        "envelopes": troubles(&tally.envelopes), "troubles": troubles(&tally.troubles),
    })
}

/// Shows, checks or lists.
pub(super) fn sources(home: &Path, what: &SourcesCommand) -> Result {
    match what {
        SourcesCommand::List { format } => list(&pipeline::shown_sources(home)?, *format),
        SourcesCommand::Refused { format } => refused(&pipeline::shown_sources(home)?, *format),
        SourcesCommand::Check { ids, format, manners } => {
            let asking = Asking { sources: ids.clone(), ..asking(home, manners)? };
            let rules = pipeline::rules_near(home)?;
            check(&pipeline::check_sources(&rules, &asking, Utc::now())?, *format)
        }
    }
}

fn print(lines: &[String], values: Vec<Value>, format: ExplainFormat) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &values).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ExplainFormat::Text => {
            for line in lines {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}

fn list(shown: &Shown, format: ExplainFormat) -> Result {
    let (mut lines, mut values) = (Vec::new(), Vec::new());
    for state in &shown.sources {
        let source = &state.source;
        let seen = match state.seen {
            Some(seen) => format!("read {}", seen.format("%Y-%m-%d")),
            None if source.unverified => "unverified".to_string(),
            None => "not read yet".to_string(),
        };
        let listings = source.listings.len();
        lines.push(format!("{:<28} {:<6} {seen:<16} {}", source.id, source.language, source.name));
        values.push(json!({
            "id": source.id, "name": source.name, "language": source.language,
            "listings": listings, "seen": state.seen.map(|seen| seen.to_rfc3339()),
            "unverified": source.unverified && state.seen.is_none(),
        }));
    }
    print(&lines, values, format)?;
    Ok(Outcome::Done)
}

fn refused(shown: &Shown, format: ExplainFormat) -> Result {
    let (mut lines, mut values) = (Vec::new(), Vec::new());
    for row in &shown.refused {
        let why = row.why.as_deref().unwrap_or("");
        let title = row.title.as_deref().unwrap_or("");
        lines.push(format!(
            "{:<9} {}\n          {title}\n          {why}",
            row.state.word(),
            row.address
        ));
        values.push(json!({
            "address": row.address, "source": row.source, "state": row.state.word(),
            "title": row.title, "why": row.why,
        }));
    }
    print(&lines, values, format)?;
    Ok(if shown.refused.is_empty() { Outcome::Findings } else { Outcome::Done })
}

fn check(results: &[Checked], format: ExplainFormat) -> Result {
    let (mut lines, mut values) = (Vec::new(), Vec::new());
    for result in results {
        let newest = result.newest.map(|at| at.format("%Y-%m-%d").to_string());
        let mark = if result.sound { "ok" } else { "FAULT" };
        lines.push(format!(
            "{mark:<6} {:<24} {:<8} {:>5} {:<11} {} {}",
            result.source,
            result.role.word(),
            result.items,
            newest.as_deref().unwrap_or(""),
            result.address,
            result.says
        ));
        values.push(json!({
            "source": result.source, "address": result.address, "role": result.role.word(),
            "sound": result.sound, "items": result.items,
            "newest": result.newest.map(|at| at.to_rfc3339()), "says": result.says,
        }));
    }
    print(&lines, values, format)?;
    let faults = results.iter().filter(|result| !result.sound).count();
    report::say(&format!("{} listings, {faults} with faults", results.len()));
    Ok(if faults > 0 { Outcome::Findings } else { Outcome::Done })
}
