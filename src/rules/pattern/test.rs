//! What one piece of a pattern asks of a token.
//!
//! In: a test, tokens, an index. Out: how many tokens it takes there. [`sort`] names the sorts of names a
//! test can ask for.

use std::ops::Range;

use crate::rules::token::{Shape, Tokens};
use crate::rules::vocabulary::{ClassId, Vocabulary, WordId};

/// Sorts of names a pattern can ask for, as bits of [`super::token::Mark::sorts`].
pub mod sort {
    /// Organisations.
    pub const ORGANIZATION: u16 = 1;
    /// Authorities.
    pub const GOVERNMENT: u16 = 2;
    /// People.
    pub const PERSON: u16 = 4;
    /// Products.
    pub const PRODUCT: u16 = 8;
    /// Places.
    pub const PLACE: u16 = 16;
    /// Laws and cases.
    pub const LEGAL: u16 = 32;
    /// Outlets and agencies, beside their kind.
    pub const OUTLET: u16 = 64;
    /// Platforms, beside their kind.
    pub const PLATFORM: u16 = 128;
    /// Any name.
    pub const ANY: u16 = u16::MAX;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Test {
    Word(WordId),
    Class(ClassId),
    Run(ClassId),
    Number,
    Year,
    DayNumber,
    MonthNumber,
    Ordinal,
    Capital,
    Han,
    Any,
    Name(u16),
}

impl Test {
    /// Number of tokens taken at an index; `None` if the test fails.
    pub(super) fn width(
        self,
        tokens: &Tokens,
        vocabulary: &Vocabulary,
        at: usize,
    ) -> Option<usize> {
        let token = tokens.at(at);
        let number = |range: Range<u32>| {
            token.shape == Shape::Number && token.number.is_some_and(|n| range.contains(&n))
        };
        let one = match self {
            Test::Word(word) => token.word == word,
            Test::Class(class) => vocabulary.is(token.word, class),
            Test::Number => token.shape == Shape::Number && token.number.is_some(),
            Test::Year => number(1600..2100) && token.end() - token.start() == 4,
            Test::DayNumber => number(1..32),
            Test::MonthNumber => number(1..13),
            Test::Ordinal => token.shape == Shape::Ordinal,
            Test::Capital => token.is_capital(),
            Test::Han => token.shape == Shape::Han,
            Test::Any => token.shape != Shape::Break,
            Test::Run(class) => {
                let run = (at..).take_while(|i| vocabulary.is(tokens.at(*i).word, class)).count();
                return (run > 0).then_some(run);
            }
            Test::Name(sorts) => {
                let mark = tokens.mark(at);
                return (mark.len > 0 && mark.sorts & sorts != 0).then_some(mark.len.into());
            }
        };
        one.then_some(1)
    }
}
