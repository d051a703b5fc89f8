//! `search`: a query in, results out.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use chrono::NaiveDate;

use super::args::SearchFormat;
use super::{Outcome, found, report};
use crate::model::query::{QueryError, Request};
use crate::search::{Ask, SearchIndex};

/// Runs a search and prints what it finds.
pub(super) fn search(
    home: &Path,
    text: &str,
    format: SearchFormat,
    limit: usize,
    as_of: Option<NaiveDate>,
) -> anyhow::Result<Outcome> {
    let mut request = match Request::parse(text) {
        Ok(request) => request,
        Err(error) => {
            point_at(text, &error);
            return Err(error).with_context(|| format!("cannot search for “{text}”"));
        }
    };
    request.as_of = request.as_of.or(as_of);
    let index = SearchIndex::open(home)?;
    let facets = matches!(format, SearchFormat::Json);
    let of_each = if matches!(format, SearchFormat::Table) { 3 } else { limit };
    let mut found = index.search(&request, Ask { limit, of_each, facets, offset: 0 })?;
    found.cut(limit);
    for note in &found.notes {
        report::say(note);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    found::write(&mut out, format, text, &found)?;
    out.flush()?;
    Ok(if found.count == 0 { Outcome::Findings } else { Outcome::Done })
}

/// Shows a person the place in what they typed.
fn point_at(text: &str, error: &QueryError) {
    let wide = |c: char| if crate::model::terms::is_han(c) { 2 } else { 1 };
    let before: usize = text.chars().take(error.at.saturating_sub(1)).map(wide).sum();
    if !text.contains('\n') {
        report::say(&format!("  {text}\n  {}^", " ".repeat(before)));
    }
}
