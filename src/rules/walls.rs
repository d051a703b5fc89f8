//! The rows of `data/lexicon/walls/`: words of what stands before a text.

use serde::Deserialize;

use super::lexicon::phrased;
use super::load::Row;
use super::table::Phrased;

/// What stands between a reader and a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    /// It must be paid for, or registered for.
    Paywall,
    /// Cookies must be agreed to first.
    Consent,
}

phrased!(
    /// A raw row of `walls/`: words of what stands before a text.
    WallRow, "wall", Wall, { means: String },
    |row| match row.means.as_str() {
        "paywall" => Ok(Wall::Paywall),
        "consent" => Ok(Wall::Consent),
        other => Err(format!("“{other}” is no wall; write paywall or consent")),
    }
);
