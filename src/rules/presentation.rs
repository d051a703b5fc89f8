//! What pages say beside the record: phrases, the weights of the exposure indicator, measured quality.

use serde::Deserialize;

use super::load::{Layer, Row, table};
use super::messages::Messages;
use crate::model::finding::Finding;

/// What a weight is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weighed {
    /// A type of incident, in one dimension.
    Type,
    /// The part a vendor takes.
    Role,
    /// Where the incident stands.
    Status,
    /// At most so many years since it began.
    Age,
}

/// A weight of the exposure indicator.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    id: String,
    /// What it is given to.
    pub of: Weighed,
    /// The type, role or status; the years.
    pub name: String,
    /// Which dimension a type counts in.
    #[serde(default)]
    pub dimension: String,
    /// The weight.
    pub value: f64,
}

impl Row for Weight {
    const TABLE: &'static str = "weight";
    fn id(&self) -> &str {
        &self.id
    }
}

/// A figure of quality.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    id: String,
    /// What was measured.
    pub what: String,
    /// The figure.
    pub value: String,
    /// Metric and size of the set.
    pub how: String,
    /// The row of BENCHMARKS.md that holds it.
    pub row: String,
}

impl Row for Measure {
    const TABLE: &'static str = "measure";
    fn id(&self) -> &str {
        &self.id
    }
}

/// Everything pages say beside the record.
#[derive(Debug, Clone, Default)]
pub struct Presentation {
    /// Phrases of the interface.
    pub messages: Messages,
    /// Weights of the exposure indicator, in the order of the file.
    pub weights: Vec<Weight>,
    /// Measured quality, in the order of the file.
    pub measures: Vec<Measure>,
}

impl Presentation {
    /// Loads the rows; a type that does not exist, or a weight that is no number above zero, is a fault.
    pub(super) fn load(layers: &[Layer<'_>], types: &[String], faults: &mut Vec<Finding>) -> Self {
        let messages = Messages::load(layers, faults);
        let mut weights = Vec::new();
        for located in table::<Weight>(layers, "exposure.toml", faults) {
            let weight = located.row;
            let unknown = weight.of == Weighed::Type
                && (!types.contains(&weight.name) || weight.dimension.is_empty());
            if unknown || !weight.value.is_finite() || weight.value < 0.0 {
                let message = format!(
                    "“{}” weighs no known type with a dimension, or less than nothing",
                    weight.name
                );
                faults.push(Finding::error("bad-row", message).at(located.place));
            }
            weights.push(weight);
        }
        let measures = table::<Measure>(layers, "measures.toml", faults);
        let measures = measures.into_iter().map(|located| located.row).collect();
        Self { messages, weights, measures }
    }
}
