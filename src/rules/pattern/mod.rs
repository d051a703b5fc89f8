//! The phrase-pattern language of `data/`, and its matcher.
//!
//! ```text
//! did not (immediately|promptly)? (respond|reply) to ..4 comment
//! n=<num> <unit> (ago|earlier)          m=<month> d=<day>? , y=<year>          未回应 ..3 置评
//! ```
//! A word stands for itself in any case; `(a|b c)` is a choice, `?` makes the piece before it
//! optional (a run of Chinese characters is one piece), `..N` is a gap of up to N tokens inside one sentence, `<class>` is a word of a class
//! of `lexicon/classes/` or one of the built-in tests, `x=` captures a piece, `\` takes the next
//! character as it is. Chinese needs no spaces: each character is a token.
//!
//! What holds: matching is linear in the text, since a pattern has a bounded length and no loops.

mod compile;
mod run;
mod signs;
mod test;

use std::ops::Range;

use self::compile::Step;
use self::run::Slots;
use self::signs::Signs;
use self::test::Test;
use super::token::Tokens;
use super::vocabulary::{Vocabulary, WordId};

pub use self::test::sort;

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    steps: Vec<Step>,
    captures: Vec<String>,
    /// The pattern as written.
    pub source: String,
}

/// A match: the row it belongs to, its tokens, and what was captured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index of the row.
    pub row: usize,
    /// Index of the pattern within the set.
    pattern: usize,
    /// Tokens from first to one past the last.
    pub range: Range<usize>,
    captured: Vec<Option<(usize, usize)>>,
}

/// Patterns of many rows, matched together: leftmost first, then longest, then first row.
#[derive(Debug, Clone, Default)]
pub struct PatternSet {
    patterns: Vec<(usize, Pattern)>,
    /// What can stand second and third in each pattern.
    nexts: Vec<[Signs; 2]>,
    /// Where the patterns of a word begin in `by_word`, by the word's number.
    word_starts: Vec<u32>,
    by_word: Vec<u32>,
    by_shape: Vec<(Test, Vec<u32>)>,
}

impl Pattern {
    /// Compiles a pattern; words it mentions are added to the vocabulary.
    ///
    /// # Errors
    /// One sentence that says what is wrong and what to write instead.
    pub(super) fn compile(source: &str, vocabulary: &mut Vocabulary) -> Result<Self, String> {
        let (steps, captures) = compile::steps(source, vocabulary)?;
        let pattern = Self { steps, captures, source: source.to_string() };
        match pattern.first_tests() {
            Some(_) => Ok(pattern),
            None => {
                Err("a pattern must begin with a word or a class, not with a gap, and must not \
                 match nothing"
                    .into())
            }
        }
    }

    /// Tests a match can begin with; `None` if it can begin with anything or match nothing.
    fn first_tests(&self) -> Option<Vec<Test>> {
        self.tests_from(0).map(|tests| tests.into_iter().map(|(_, test)| test).collect())
    }

    /// Tests that can come next at a step, with the steps they stand at; `None` if anything can,
    /// or nothing need.
    fn tests_from(&self, step: usize) -> Option<Vec<(usize, Test)>> {
        let mut tests = Vec::new();
        let mut seen = vec![false; self.steps.len()];
        let mut todo = vec![step];
        while let Some(pc) = todo.pop() {
            if std::mem::replace(seen.get_mut(pc)?, true) {
                continue;
            }
            match *self.steps.get(pc)? {
                Step::Take(Test::Any) | Step::Gap(_) | Step::Done => return None,
                Step::Take(test) => tests.push((pc, test)),
                Step::Split(other) => todo.extend([pc + 1, other]),
                Step::Jump(to) => todo.push(to),
                Step::Open(_) | Step::Close(_) => todo.push(pc + 1),
            }
        }
        Some(tests)
    }

    /// The sorts of tokens that can stand second and third in a match.
    fn next_signs(&self, vocabulary: &Vocabulary) -> [Signs; 2] {
        let mut found = [Signs::ALL; 2];
        let mut steps = vec![0];
        for signs in std::iter::once(&mut Signs(0)).chain(&mut found) {
            let mut here = Signs(0);
            let mut next = Vec::new();
            for step in steps {
                let Some(tests) = self.tests_from(step) else { return found };
                for (pc, test) in tests {
                    // A name may take several tokens, so may a run.
                    match test {
                        Test::Name(_) => return found,
                        Test::Run(_) => next.push(pc),
                        _ => {}
                    }
                    next.push(pc + 1);
                    here.0 |= Signs::of_test(test, vocabulary).0;
                }
            }
            *signs = here;
            next.sort_unstable();
            next.dedup();
            steps = next;
        }
        found
    }
}

impl Match {
    /// The tokens captured under a name.
    pub fn capture(&self, set: &PatternSet, name: &str) -> Option<Range<usize>> {
        let (_, pattern) = set.patterns.get(self.pattern)?;
        let slot = pattern.captures.iter().position(|n| n == name)?;
        let (from, to) = (*self.captured.get(slot)?)?;
        (from < to).then_some(from..to)
    }

    /// All captures with their names, in the order the pattern names them.
    pub fn captures<'a>(
        &'a self,
        set: &'a PatternSet,
    ) -> impl Iterator<Item = (&'a str, Range<usize>)> + 'a {
        let names = set.patterns.get(self.pattern).map_or(&[][..], |(_, p)| &p.captures[..]);
        names.iter().zip(&self.captured).filter_map(|(name, place)| {
            let (from, to) = (*place)?;
            (from < to).then_some((name.as_str(), from..to))
        })
    }
}

impl PatternSet {
    /// Compiles a pattern and files it under a row.
    ///
    /// # Errors
    /// As [`Pattern::compile`].
    pub(super) fn add(
        &mut self,
        row: usize,
        source: &str,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), String> {
        let pattern = Pattern::compile(source, vocabulary)?;
        self.patterns.push((row, pattern));
        Ok(())
    }

    /// Builds the index by first token; to be called once, after the last pattern was added.
    pub(super) fn finish(&mut self, vocabulary: &Vocabulary) {
        self.nexts = self.patterns.iter().map(|(_, p)| p.next_signs(vocabulary)).collect();
        let mut words: Vec<(WordId, u32)> = Vec::new();
        for (index, (_, pattern)) in self.patterns.iter().enumerate() {
            let index = index as u32;
            for test in pattern.first_tests().unwrap_or_default() {
                match test {
                    Test::Word(word) => words.push((word, index)),
                    Test::Class(class) | Test::Run(class) => {
                        words.extend(vocabulary.members(class).map(|word| (word, index)));
                    }
                    other => match self.by_shape.iter_mut().find(|(test, _)| *test == other) {
                        Some((_, list)) if list.last() == Some(&index) => {}
                        Some((_, list)) => list.push(index),
                        None => self.by_shape.push((other, vec![index])),
                    },
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        self.by_word = words.iter().map(|(_, index)| *index).collect();
        let most = words.last().map_or(0, |(word, _)| word.0);
        self.word_starts = (0..most + 2)
            .map(|number| words.partition_point(|(word, _)| word.0 < number) as u32)
            .collect();
    }

    /// The patterns that can begin with a word.
    fn of_word(&self, word: WordId) -> &[u32] {
        let start = |number: u32| self.word_starts.get(number as usize).map(|at| *at as usize);
        match (start(word.0), start(word.0 + 1)) {
            (Some(from), Some(to)) => self.by_word.get(from..to).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Whether any pattern begins with a token.
    pub fn may_begin(&self, tokens: &Tokens, vocabulary: &Vocabulary, at: usize) -> bool {
        let word = tokens.at(at).word;
        word != WordId::UNKNOWN && !self.of_word(word).is_empty()
            || self.by_shape.iter().any(|(test, _)| test.width(tokens, vocabulary, at).is_some())
    }

    /// The best match that starts at a token and ends before `limit`.
    pub fn at(
        &self,
        tokens: &Tokens,
        vocabulary: &Vocabulary,
        at: usize,
        limit: usize,
    ) -> Option<Match> {
        let token = tokens.at(at);
        let mut best: Option<Match> = None;
        let mut slots = Slots::default();
        let sign = |i| if i < limit { Signs::of_token(tokens.at(i)) } else { Signs(0) };
        let (second, third) = (sign(at + 1), sign(at + 2));
        let mut attempt = |index: u32| {
            let fits = |[a, b]: &[Signs; 2]| a.admit(second) && b.admit(third);
            if !self.nexts.get(index as usize).is_some_and(fits) {
                return;
            }
            let Some((row, pattern)) = self.patterns.get(index as usize) else { return };
            if let Some(end) = pattern.run(tokens, vocabulary, at, limit, &mut slots)
                && best
                    .as_ref()
                    .is_none_or(|b| end > b.range.end || end == b.range.end && *row < b.row)
            {
                let captured = slots.places.clone();
                best = Some(Match { row: *row, pattern: index as usize, range: at..end, captured });
            }
        };
        if token.word != WordId::UNKNOWN {
            self.of_word(token.word).iter().copied().for_each(&mut attempt);
        }
        for (test, list) in &self.by_shape {
            if test.width(tokens, vocabulary, at).is_some() {
                list.iter().copied().for_each(&mut attempt);
            }
        }
        best
    }

    /// All matches in a range of tokens, from left to right, none overlapping.
    pub fn all(&self, tokens: &Tokens, vocabulary: &Vocabulary, range: Range<usize>) -> Vec<Match> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.at(tokens, vocabulary, at, range.end) {
                Some(hit) => {
                    at = hit.range.end.max(at + 1);
                    found.push(hit);
                }
                None => at += 1,
            }
        }
        found
    }

    /// Number of patterns.
    pub fn len(&self) -> usize {
        self.patterns.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }
}
