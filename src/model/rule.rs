//! The row of `data/` that produced a fact.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Identity of a rule row: `table/id`, for example `cue/accuse` or `date/en-last-unit`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleId(std::sync::Arc<str>);

impl RuleId {
    /// Names a row of a table.
    pub fn new(table: &str, id: &str) -> Self {
        Self(format!("{table}/{id}").into())
    }

    /// `table/id`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
