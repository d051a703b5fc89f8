//! Every word a reader sees for dates, stances, kinds: one place, so that they stay the same.

use crate::model::reading::CitationKind;

/// How a report is referred to.
pub fn citation(kind: CitationKind) -> &'static str {
    match kind {
        CitationKind::Reported => "reported",
        CitationKind::Witnessed => "witnessed",
        CitationKind::First => "first",
        CitationKind::Listed => "listed",
        CitationKind::Carrier => "carrier",
        CitationKind::Wire => "wire",
    }
}
