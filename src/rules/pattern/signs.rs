//! A quick look at the tokens ahead: which patterns cannot match here.

use super::test::Test;
use crate::rules::token::{Shape, Token};
use crate::rules::vocabulary::{Vocabulary, WordId};

/// Sorts of tokens as bits: words by a bit of their number, shapes by one bit each. Two words may
/// share a bit, so that a sign admits too much, never too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs(pub u128);

impl Signs {
    /// Anything may stand there, or nothing.
    pub const ALL: Signs = Signs(u128::MAX);
    const WORDS: u32 = 120;
    const NUMBER: u128 = 1 << 120;
    const ORDINAL: u128 = 1 << 121;
    const CAPITAL: u128 = 1 << 122;
    const HAN: u128 = 1 << 123;

    fn of_word(word: WordId) -> u128 {
        if word == WordId::UNKNOWN { 0 } else { 1 << (word.0 % Self::WORDS) }
    }

    pub fn of_token(token: Token) -> Self {
        let shape = match token.shape {
            Shape::Number => Self::NUMBER,
            Shape::Ordinal => Self::ORDINAL,
            Shape::Han => Self::HAN,
            Shape::Title | Shape::Upper | Shape::Mixed => Self::CAPITAL,
            Shape::Lower | Shape::Punct | Shape::Break => 0,
        };
        Self(shape | Self::of_word(token.word))
    }

    pub fn of_test(test: Test, vocabulary: &Vocabulary) -> Self {
        match test {
            Test::Word(word) => Self(Self::of_word(word)),
            Test::Class(class) | Test::Run(class) => {
                Self(vocabulary.members(class).fold(0, |signs, word| signs | Self::of_word(word)))
            }
            Test::Number | Test::Year | Test::DayNumber | Test::MonthNumber => Self(Self::NUMBER),
            Test::Ordinal => Self(Self::ORDINAL),
            Test::Capital => Self(Self::CAPITAL),
            Test::Han => Self(Self::HAN),
            Test::Any | Test::Name(_) => Self::ALL,
        }
    }

    pub fn admit(self, token: Signs) -> bool {
        self == Self::ALL || self.0 & token.0 != 0
    }
}
