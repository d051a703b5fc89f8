//! States over time: the only place where "the state as of a day" is computed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::text::Evidence;

/// Who made a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Hand {
    /// The program, from evidence; marked as proposed wherever it is shown.
    Machine,
    /// A person, signed.
    Editor,
}

/// A change of state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step<S> {
    /// The day it became known.
    pub on: NaiveDate,
    /// The new state.
    pub to: S,
    /// The words it rests on.
    pub because: Vec<Evidence>,
    /// Who made it.
    pub by: Hand,
}

/// A first state and the dated steps after it, in order of their days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct History<S> {
    first: S,
    steps: Vec<Step<S>>,
}

impl<S: Copy + PartialEq> History<S> {
    /// A history with one state and no step.
    pub fn starting(first: S) -> Self {
        Self { first, steps: Vec::new() }
    }

    /// Adds a step in its place; a step that changes nothing is left out.
    pub fn step(&mut self, step: Step<S>) {
        let at = self.steps.partition_point(|s| s.on <= step.on);
        let before = at.checked_sub(1).and_then(|i| self.steps.get(i)).map_or(self.first, |s| s.to);
        if before != step.to {
            self.steps.insert(at, step);
        }
    }

    /// The state before any step.
    pub fn first(&self) -> S {
        self.first
    }

    /// The last state.
    pub fn now(&self) -> S {
        self.steps.last().map_or(self.first, |step| step.to)
    }

    /// The state at the end of a day.
    pub fn as_of(&self, day: NaiveDate) -> S {
        let steps = self.steps.iter().take_while(|step| step.on <= day);
        steps.last().map_or(self.first, |step| step.to)
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Step<S>] {
        &self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_day_shows_the_past_state() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 7, d).unwrap_or_default();
        let mut history = History::starting('o');
        history.step(Step { on: day(9), to: 'c', because: vec![], by: Hand::Machine });
        history.step(Step { on: day(3), to: 'p', because: vec![], by: Hand::Machine });
        history.step(Step { on: day(10), to: 'c', because: vec![], by: Hand::Editor });
        assert_eq!((history.as_of(day(2)), history.as_of(day(5)), history.now()), ('o', 'p', 'c'));
        assert_eq!(history.steps().len(), 2);
    }
}
