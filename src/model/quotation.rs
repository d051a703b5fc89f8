//! Quotations that an article has from another outlet.

use serde::Serialize;

use super::claim::ClaimId;
use super::source::CaptureId;
use super::text::Evidence;

/// A quotation told to an outlet, or reported by it, that its own articles do not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingQuotation {
    /// The claim that repeats it.
    pub claim: ClaimId,
    /// The quoted words, where they are repeated.
    pub words: Evidence,
    /// The outlet, as the repeating article names it.
    pub outlet: String,
    /// The outlet's articles that were looked through, the nearest in time first.
    pub searched: Vec<CaptureId>,
}
