//! What tells that a later sentence bears on an open question, and how much: rows of `data/lexicon/clues/`.
//!
//! In: rows with an id, a weight and what it is. Out: [`Clues`]. What holds: every clue has a row, and every row is
//! a clue; the weights add up to the logarithm of the odds that the sentence is one that a careful reader would
//! show beside the question (logistic regression).

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClueRow {
    id: String,
    weight: f64,
    #[expect(dead_code, reason = "a row must say what it is; only readers of the row need it")]
    note: String,
}

impl Row for ClueRow {
    const TABLE: &'static str = "clue";
    fn id(&self) -> &str {
        &self.id
    }
}

macro_rules! clues {
    ($($(#[$doc:meta])* $clue:ident = $name:literal),* $(,)?) => {
        /// What tells that a sentence bears on a question.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Clue {
            $($(#[$doc])* $clue,)*
        }

        impl Clue {
            /// All of them, in the order they are added up in.
            pub const ALL: &'static [Self] = &[$(Self::$clue),*];

            /// Its row.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$clue => $name,)*
                }
            }
        }
    };
}

clues! {
    /// Always.
    Base = "base",
    /// Words and senses of the question it takes up, by how few sentences have them.
    TakenUp = "taken-up",
    /// What it takes up of all that the question asks.
    Share = "share",
    /// No other sentence of its article takes up as much.
    Best = "best",
    /// It holds a number beside its dates.
    Counts = "counts",
    /// It counts what the question asks the number of.
    CountsAsked = "counts-asked",
    /// It gives a day that had come when the question was last asked.
    EarlierDay = "earlier-day",
    /// The same, where what was before is asked for.
    EarlierDayAsked = "earlier-day-asked",
    /// It holds a word of denial.
    Denies = "denies",
    /// One of those asked about says something in it.
    Own = "own",
    /// Somebody confirms or denies something in it.
    YesOrNo = "yes-or-no",
    /// It names one of those asked about.
    Named = "named",
    /// It tells a deed that settles such questions.
    Settling = "settling",
    /// It tells a deed that bears on such questions.
    Bearing = "bearing",
    /// How far down its article it stands, from none to all.
    Down = "down",
}

/// The weights of all clues.
#[derive(Debug, Clone, Default)]
pub struct Clues {
    /// In the order of [`Clue::ALL`].
    weights: Vec<f64>,
}

impl Clues {
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let rows = table::<ClueRow>(layers, "lexicon/clues/", faults);
        for Located { row, place } in &rows {
            if !Clue::ALL.iter().any(|clue| clue.word() == row.id) {
                let words: Vec<&str> = Clue::ALL.iter().map(|clue| clue.word()).collect();
                let message = format!("“{}” is no clue; write one of {}", row.id, words.join(", "));
                faults.push(Finding::error("unknown-clue", message).at(place.clone()));
            }
            if !row.weight.is_finite() {
                let message = format!("{} is no weight; write a number", row.weight);
                faults.push(Finding::error("bad-row", message).at(place.clone()));
            }
        }
        let weights = Clue::ALL.iter().map(|clue| {
            let row = rows.iter().find(|located| located.row.id == clue.word());
            row.map(|located| located.row.weight).unwrap_or_else(|| {
                let message = format!("the clue “{}” has no weight", clue.word());
                faults.push(Finding::error("missing-clue", message).at("lexicon/clues/"));
                0.0
            })
        });
        Self { weights: weights.collect() }
    }

    /// How much a clue tells.
    pub fn weight(&self, clue: Clue) -> f64 {
        self.weights.get(clue as usize).copied().unwrap_or_default()
    }

    /// The probability that a sentence with these clues bears on the question.
    pub fn probability(&self, clue: impl Fn(Clue) -> f64) -> f64 {
        let sum: f64 = Clue::ALL.iter().map(|each| self.weight(*each) * clue(*each)).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}
