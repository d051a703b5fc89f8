//! How an article names the reports it rests on, in its own words.

use serde::Serialize;

use super::words;
use crate::model::reading::Reading;

/// A report that an article names.
#[derive(Debug, Serialize)]
pub(super) struct NamedOut<'a> {
    /// The outlet, where it is named.
    outlet: Option<&'a str>,
    how: &'static str,
    evidence: &'a str,
}

/// The reports that an article names, in the order of its text.
pub(super) fn named(reading: &Reading) -> Vec<NamedOut<'_>> {
    let citations = reading.citations.iter();
    let named = citations.map(|citation| NamedOut {
        outlet: citation.outlet.and_then(|at| reading.name(at)).map(|name| name.name.as_str()),
        how: words::citation(citation.kind),
        evidence: reading.words(citation.span),
    });
    named.collect()
}
