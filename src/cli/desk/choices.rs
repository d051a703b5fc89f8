//! Words with a fixed meaning on the command line: kinds, states, orders, forms.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::model::question::QuestionState;
use crate::model::standing::{Account, Outcome};
use crate::model::subject::SubjectKind;
use crate::view::agenda::Order;

/// Orders of a list of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// Overdue and due first, then the oldest
    Due,
    /// The oldest first
    Age,
    /// Open ones first
    State,
    /// By the first party concerned
    Party,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Due => Order::Due,
            Sort::Age => Order::Age,
            Sort::State => Order::State,
            Sort::Party => Order::Party,
        }
    }
}

/// Forms of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Lines for people
    Table,
    /// JSON
    Json,
    /// CSV
    Csv,
}

/// Kinds of things on record, by their words.
pub fn kinds() -> impl TypedValueParser<Value = SubjectKind> {
    PossibleValuesParser::new(SubjectKind::ALL.map(SubjectKind::word))
        .try_map(|word| SubjectKind::from_word(&word).ok_or("no such kind"))
}

/// States of contradictions, by their words.
pub fn outcomes() -> impl TypedValueParser<Value = Outcome> {
    PossibleValuesParser::new(Outcome::ALL.map(Outcome::word))
        .try_map(|word| Outcome::from_word(&word).ok_or("no such state"))
}

/// The two accounts of a contradiction, by their letters.
pub fn accounts() -> impl TypedValueParser<Value = Account> {
    PossibleValuesParser::new(Account::ALL.map(Account::word))
        .try_map(|word| Account::from_word(&word).ok_or("no such account"))
}

/// States of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum State {
    /// Nothing on record settles it
    Open,
    /// Two sides are on record
    Contested,
    /// Part of it is settled
    PartlyAnswered,
    /// Settled
    Answered,
    /// Long past its day without an answer
    Stale,
    /// Overtaken by events
    Moot,
    /// Taken up in another question
    Superseded,
}

impl From<State> for QuestionState {
    fn from(state: State) -> Self {
        match state {
            State::Open => QuestionState::Open,
            State::Contested => QuestionState::Contested,
            State::PartlyAnswered => QuestionState::PartlyAnswered,
            State::Answered => QuestionState::Answered,
            State::Stale => QuestionState::Stale,
            State::Moot => QuestionState::Moot,
            State::Superseded => QuestionState::Superseded,
        }
    }
}
