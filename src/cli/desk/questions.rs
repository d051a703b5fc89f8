//! `questions`: what is open, as lines, JSON or CSV.

use std::io::{self, BufWriter, Write};

use super::args::QuestionArgs;
use super::choices::ListFormat;
use super::judge::Desk;
use crate::cli::Outcome;
use crate::cli::commands::Result;
use crate::pipeline;
use crate::view::agenda::{COLUMNS, QuestionRow, Wanted, agenda};

/// Prints the questions that are wanted; none ends with 1.
pub(super) fn questions(desk: &Desk<'_>, args: QuestionArgs) -> Result {
    let record = pipeline::open_record(desk.home, desk.today, desk.jobs, |_, _| {})?;
    let states = match args.all {
        true => crate::model::question::QuestionState::ALL.to_vec(),
        false => args.state.into_iter().map(Into::into).collect(),
    };
    let wanted =
        Wanted { states, party: args.vendor, overdue: args.overdue, older_than: args.older_than };
    let rows = agenda(&record.kb, &wanted, args.sort.into());
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ListFormat::Table => {
            rows.iter().try_for_each(|row| lines(&mut out, row))?;
            writeln!(out, "{} questions as of {}", rows.len(), desk.today)?;
        }
        ListFormat::Json => {
            let body = serde_json::json!({
                "as_of": desk.today.to_string(), "count": rows.len(), "questions": rows
            });
            serde_json::to_writer_pretty(&mut out, &body).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ListFormat::Csv => {
            let mut writer = csv::Writer::from_writer(&mut out);
            writer.write_record(COLUMNS)?;
            rows.iter().try_for_each(|row| writer.write_record(row.cells()))?;
            writer.flush()?;
        }
    }
    out.flush()?;
    Ok(if rows.is_empty() { Outcome::Findings } else { Outcome::Done })
}

fn lines(out: &mut impl Write, row: &QuestionRow) -> io::Result<()> {
    let due = match (&row.due, row.overdue) {
        (Some(due), true) => format!("overdue since {due}"),
        (Some(due), false) => format!("due {due}"),
        (None, _) => String::new(),
    };
    let age = match (&row.asked, row.age_days) {
        (Some(asked), Some(days)) => format!("asked {asked}, {days} days ago"),
        _ => "never asked in an article".into(),
    };
    let text = row.text.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "{:<15} {text}", row.state)?;
    let parts = [due, age, row.about.join(", "), row.incident_title.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(out, "{:16}{}", "", parts.join(" · "))?;
    writeln!(out, "{:16}{}  {}", "", row.id.get(..8).unwrap_or(&row.id), row.path)
}
