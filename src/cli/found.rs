//! Search results in the forms people and their programs ask for.

use std::io::{self, Write};

use serde_json::json;

use super::args::SearchFormat;
use crate::model::query::{Found, Hit};
use crate::view::citation::{Reference, bibtex, ris};

/// Writes results.
pub fn write(
    out: &mut impl Write,
    format: SearchFormat,
    query: &str,
    found: &Found,
) -> io::Result<()> {
    match format {
        SearchFormat::Table => table(out, found),
        SearchFormat::Json => {
            let results: Vec<_> = found.hits().map(result).collect();
            let facets: serde_json::Map<String, serde_json::Value> = found
                .facets
                .iter()
                .map(|facet| {
                    let values = facet.values.iter();
                    let values = values
                        .map(|v| json!({ "value": v.key, "label": v.label, "count": v.count }));
                    (facet.field.word().to_string(), values.collect())
                })
                .collect();
            let body = json!({ "query": query, "count": found.count, "incidents": found.groups_count,
                               "notes": found.notes, "results": results, "facets": facets });
            serde_json::to_writer_pretty(&mut *out, &body)?;
            writeln!(out)
        }
        SearchFormat::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record([
                "kind", "id", "incident", "date", "title", "outlet", "url", "path", "snippet",
            ])?;
            for hit in found.hits() {
                writer.write_record([
                    hit.kind.word(),
                    &hit.id,
                    &hit.group,
                    hit.date.as_deref().unwrap_or(""),
                    &hit.title,
                    hit.source.outlet.as_deref().unwrap_or(""),
                    hit.source.url.as_deref().unwrap_or(""),
                    &hit.path,
                    &hit.words(),
                ])?;
            }
            writer.flush()
        }
        SearchFormat::Bibtex => out.write_all(bibtex(&references(found)).as_bytes()),
        SearchFormat::Ris => out.write_all(ris(&references(found)).as_bytes()),
    }
}

/// Lines for people: an incident, and under it what was found of it.
fn table(out: &mut impl Write, found: &Found) -> io::Result<()> {
    for group in &found.groups {
        line(out, "", &group.head)?;
        for hit in &group.hits {
            line(out, "  ", hit)?;
        }
        if group.more > 0 {
            writeln!(out, "  … {} more", group.more)?;
        }
    }
    let things = if found.groups_count == 1 { "incident or thing" } else { "incidents and things" };
    writeln!(out, "{} results in {} {things}", found.count, found.groups_count)
}

fn line(out: &mut impl Write, indent: &str, hit: &Hit) -> io::Result<()> {
    let date = hit.date.as_deref().unwrap_or("");
    writeln!(out, "{indent}{:<9} {:<22} {}", hit.kind.word(), date, hit.title)?;
    let words = hit.words();
    if !words.is_empty() && words != hit.title {
        writeln!(out, "{indent}          {words}")?;
    }
    let outlet = hit.source.outlet.as_deref().map(|o| format!("  {o}")).unwrap_or_default();
    writeln!(out, "{indent}          {}  {}{outlet}", short(&hit.id), hit.path)
}

fn result(hit: &Hit) -> serde_json::Value {
    json!({ "kind": hit.kind.word(), "id": hit.id, "incident": hit.group, "title": hit.title,
            "title_zh": hit.title_zh, "date": hit.date, "known": hit.known.to_string(),
            "roots": hit.roots, "outlet": hit.source.outlet, "url": hit.source.url,
            "language": hit.source.lang, "path": hit.path, "snippet": hit.words(), "score": hit.score })
}

fn references(found: &Found) -> Vec<Reference> {
    found.hits().map(reference).collect()
}

/// A result as something to cite: its source where it has one, else its page.
fn reference(hit: &Hit) -> Reference {
    Reference {
        id: short(&hit.id).to_string(),
        is_article: hit.source.url.is_some(),
        title: hit.title.clone(),
        container: hit.source.outlet.clone().unwrap_or_default(),
        authors: Vec::new(),
        issued: Some(hit.known),
        accessed: None,
        url: hit.source.url.clone().unwrap_or_else(|| hit.path.clone()),
        language: hit.source.lang.clone().unwrap_or_default(),
        note: match &hit.date {
            Some(date) => format!("{}, {date}: {}", hit.kind.word(), hit.words()),
            None => format!("{}: {}", hit.kind.word(), hit.words()),
        },
    }
}

/// Ids of 32 letters are cut to eight; minted names stay whole.
fn short(id: &str) -> &str {
    let computed = id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
    if computed { id.get(..8).unwrap_or(id) } else { id }
}
