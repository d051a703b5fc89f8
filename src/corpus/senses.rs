//! What a text speaks of, in whatever words, of either language.
//!
//! In: a text, and the places of it that do not count. Out: the senses of its words by the rows of `senses/`, and
//! the terms of the words that have none. What holds: texts of two languages are compared by senses alone.

use std::ops::Range;

use super::bag::{Bag, Term, term, terms_apart};
use crate::model::text::Span;
use crate::rules::{Rules, Shape, Tokens};

/// What a text speaks of.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    senses: Bag,
    all: Bag,
}

impl Meaning {
    /// The meaning of a text, given with its tokens, without the places apart.
    pub(super) fn of(text: &str, tokens: &Tokens, apart: &[Span], rules: &Rules) -> Self {
        let (senses, words) = split(text, tokens, 0..tokens.len(), apart, rules);
        let all = senses.iter().chain(&words).map(|term| (*term, 1.0));
        Self {
            all: Bag::counted(all),
            senses: Bag::counted(senses.iter().map(|term| (*term, 1.0))),
        }
    }

    /// How much of it is said in another text, too; `abroad` where that is of another language.
    pub(super) fn likeness(&self, other: &Self, abroad: bool) -> f64 {
        let (a, b) = self.sides(other, abroad);
        a.dice(b)
    }

    /// Senses and terms that both have.
    pub(super) fn common(&self, other: &Self, abroad: bool) -> Vec<Term> {
        let (a, b) = self.sides(other, abroad);
        a.common(b).map(|(term, ..)| term).collect()
    }

    /// All of its senses and terms.
    pub(super) fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.all.terms().map(|(term, _)| term)
    }

    /// What of it can be compared: `abroad` where the other text is of another language.
    pub(super) fn comparable(&self, abroad: bool) -> impl Iterator<Item = Term> + '_ {
        let bag = if abroad { &self.senses } else { &self.all };
        bag.terms().map(|(term, _)| term)
    }

    fn sides<'a>(&'a self, other: &'a Self, abroad: bool) -> (&'a Bag, &'a Bag) {
        match abroad {
            true => (&self.senses, &other.senses),
            false => (&self.all, &other.all),
        }
    }
}

/// Senses, and terms of words without one, of a range of tokens.
pub(super) fn split(
    text: &str,
    tokens: &Tokens,
    range: Range<usize>,
    apart: &[Span],
    rules: &Rules,
) -> (Vec<Term>, Vec<Term>) {
    let counts = |at: usize| {
        let span = tokens.span(at..at + 1);
        range.contains(&at)
            && tokens.at(at).shape != Shape::Number
            && !apart.iter().any(|part| part.meets(span))
    };
    let mut covered = vec![false; tokens.len()];
    let mut senses = Vec::new();
    for (row, hit) in rules.lexicon.senses.all(tokens, &rules.vocabulary, range.clone()) {
        let taken = hit.range.clone().any(|at| covered.get(at) != Some(&false) || !counts(at));
        if !taken {
            covered.get_mut(hit.range).into_iter().flatten().for_each(|at| *at = true);
            senses.push(term(&format!("sense {}", row.id.as_str())));
        }
    }
    let left_out = |at: usize| covered.get(at) != Some(&false) || !counts(at);
    (senses, terms_apart(text, tokens, rules, left_out))
}
