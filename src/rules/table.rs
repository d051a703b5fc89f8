//! A compiled table of the lexicon: rows with patterns, matched together.

use std::collections::HashMap;
use std::ops::Range;

use super::inflect::Verbs;
use super::load::{Layer, Located, Row, table};
use super::pattern::{Match, PatternSet};
use super::token::Tokens;
use super::vocabulary::Vocabulary;
use crate::model::finding::Finding;
use crate::model::rule::RuleId;

/// A raw row that is found by phrases.
pub trait Phrased: Row {
    /// What the row means once its words are understood.
    type Meaning;

    /// Patterns as written.
    fn patterns(&self) -> &[String];

    /// Verbs whose every form is a pattern of its own.
    fn verbs(&self) -> &[String] {
        &[]
    }

    /// Understands the rest of the row.
    ///
    /// # Errors
    /// One sentence: what is wrong and what to write instead.
    fn meaning(&self) -> Result<Self::Meaning, String>;
}

/// A row in use.
#[derive(Debug, Clone)]
pub struct Ruled<T> {
    /// `table/id`.
    pub id: RuleId,
    /// What it means.
    pub meaning: T,
    /// File and line it stands at.
    pub place: String,
}

/// Rows in use, and the automaton that finds them.
#[derive(Debug, Clone)]
pub struct Table<T> {
    rows: Vec<Ruled<T>>,
    by_id: HashMap<RuleId, usize>,
    set: PatternSet,
}

impl<T> Table<T> {
    /// Loads and compiles a table; faults are collected, good rows are kept.
    pub(super) fn load<R: Phrased<Meaning = T>>(
        layers: &[Layer<'_>],
        path: &str,
        verbs: &Verbs,
        vocabulary: &mut Vocabulary,
        faults: &mut Vec<Finding>,
    ) -> Self {
        let mut rows: Vec<Ruled<T>> = Vec::new();
        let mut set = PatternSet::default();
        for Located { row, place } in table::<R>(layers, path, faults) {
            let mut fault = |message: String| {
                faults.push(Finding::error("bad-row", message).at(place.clone()));
            };
            match row.meaning() {
                Ok(meaning) => {
                    let id = RuleId::new(R::TABLE, row.id());
                    rows.push(Ruled { id, meaning, place: place.clone() });
                }
                Err(message) => {
                    fault(message);
                    continue;
                }
            }
            let mut forms = Vec::new();
            for verb in row.verbs() {
                match verbs.forms(verb) {
                    Ok(found) => {
                        super::class_rows::note_base(&found, vocabulary);
                        forms.extend(found);
                    }
                    Err(message) => fault(message),
                }
            }
            for pattern in row.patterns().iter().cloned().chain(forms) {
                if let Err(message) = set.add(rows.len() - 1, &pattern, vocabulary) {
                    fault(format!("in “{pattern}”: {message}"));
                }
            }
        }
        let by_id = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        Self { rows, by_id, set }
    }

    pub(super) fn finish(&mut self, vocabulary: &Vocabulary) {
        self.set.finish(vocabulary);
    }

    /// The rows, in order.
    pub fn rows(&self) -> &[Ruled<T>] {
        &self.rows
    }

    /// What the row that produced a fact means.
    pub fn meaning(&self, id: &RuleId) -> Option<&T> {
        self.rows.get(*self.by_id.get(id)?).map(|row| &row.meaning)
    }

    /// The row of a match.
    pub fn row(&self, hit: &Match) -> Option<&Ruled<T>> {
        self.rows.get(hit.row)
    }

    /// All matches in a range of tokens, leftmost and longest first, with their rows.
    pub fn all<'a>(
        &'a self,
        tokens: &Tokens,
        vocabulary: &Vocabulary,
        range: Range<usize>,
    ) -> Vec<(&'a Ruled<T>, Match)> {
        let hits = self.set.all(tokens, vocabulary, range);
        hits.into_iter().filter_map(|hit| Some((self.row(&hit)?, hit))).collect()
    }

    /// Whether any row begins with a token.
    pub fn may_begin(&self, tokens: &Tokens, vocabulary: &Vocabulary, at: usize) -> bool {
        self.set.may_begin(tokens, vocabulary, at)
    }

    /// The match that starts at a token.
    pub fn at(
        &self,
        tokens: &Tokens,
        vocabulary: &Vocabulary,
        at: usize,
        limit: usize,
    ) -> Option<(&Ruled<T>, Match)> {
        let hit = self.set.at(tokens, vocabulary, at, limit)?;
        self.row(&hit).map(|row| (row, hit))
    }

    /// The tokens a match captured under a name.
    pub fn capture(&self, hit: &Match, name: &str) -> Option<Range<usize>> {
        hit.capture(&self.set, name)
    }

    /// All captures of a match with their names.
    pub fn captures<'a>(
        &'a self,
        hit: &'a Match,
    ) -> impl Iterator<Item = (&'a str, Range<usize>)> + 'a {
        hit.captures(&self.set)
    }
}
