//! Search results in the forms people and their programs ask for.

use std::io::{self, Write};

use serde_json::json;

use super::args::SearchFormat;
use crate::model::query::Hit;

/// Writes results.
pub fn write(
    out: &mut impl Write,
    format: SearchFormat,
    query: &str,
    count: usize,
    hits: &[Hit],
) -> io::Result<()> {
    match format {
        SearchFormat::Table => {
            for hit in hits {
                let date = hit.date.as_deref().unwrap_or("");
                writeln!(out, "{:<9} {:<22} {}", hit.kind, date, hit.title)?;
                writeln!(out, "          {}", hit.snippet.replace('\n', " "))?;
                writeln!(out, "          {}  {}", short(&hit.id), hit.path)?;
            }
            writeln!(out, "{} of {count} results", hits.len())
        }
        SearchFormat::Json => {
            let results: Vec<_> = hits
                .iter()
                .map(|hit| {
                    json!({ "kind": hit.kind, "id": hit.id, "title": hit.title, "date": hit.date,
                            "path": hit.path, "snippet": hit.snippet, "score": hit.score })
                })
                .collect();
            let body = json!({ "query": query, "count": count, "results": results });
            serde_json::to_writer_pretty(&mut *out, &body)?;
            writeln!(out)
        }
        SearchFormat::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(["kind", "id", "date", "title", "path", "snippet"])?;
            for hit in hits {
                let date = hit.date.as_deref().unwrap_or("");
                writer.write_record([
                    &hit.kind,
                    &hit.id,
                    date,
                    &hit.title,
                    &hit.path,
                    &hit.snippet,
                ])?;
            }
            writer.flush()
        }
        SearchFormat::Bibtex => {
            for hit in hits {
                writeln!(
                    out,
                    "@misc{{{},\n  title = {{{}}},\n  date = {{{}}},\n  note = {{{}: {}}},\n  url = {{{}}}\n}}\n",
                    short(&hit.id),
                    braced(&hit.title),
                    hit.date.as_deref().unwrap_or(""),
                    hit.kind,
                    braced(&hit.snippet),
                    hit.path
                )?;
            }
            Ok(())
        }
        SearchFormat::Ris => {
            for hit in hits {
                let date = hit.date.as_deref().unwrap_or("").replace('-', "/");
                writeln!(
                    out,
                    "TY  - GEN\nID  - {}\nTI  - {}\nDA  - {date}\nN2  - {}\nUR  - {}\nER  - \n",
                    hit.id,
                    hit.title,
                    hit.snippet.replace('\n', " "),
                    hit.path
                )?;
            }
            Ok(())
        }
    }
}

fn braced(text: &str) -> String {
    text.replace(['{', '}', '\\'], "")
}

/// Ids of 32 letters are cut to eight; minted names stay whole.
fn short(id: &str) -> &str {
    let computed = id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
    if computed { id.get(..8).unwrap_or(id) } else { id }
}
