//! Text as the rules see it: a stream of tokens over one body.
//!
//! In: any text. Out: words, numbers, single Chinese characters and punctuation, each with its
//! bytes, its word number in the vocabulary and its shape. Total, linear, and the same for the
//! phrases of `data/` and for articles. Not here: sentences, names.

use super::lexer::{Cursor, fold, is_han, number_of, shape_of};
use super::vocabulary::{Vocabulary, WordId};
use crate::model::text::Span;

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A word in small letters.
    Lower,
    /// A word with a capital first.
    Title,
    /// A word in capitals, two or more.
    Upper,
    /// Any other mix of letters and digits ("iPhone", "H800").
    Mixed,
    /// Digits, with separators ("1,400", "3.5").
    Number,
    /// A number with its ordinal ending ("10th").
    Ordinal,
    /// One Chinese, Japanese or Korean character.
    Han,
    /// Anything else that is printed.
    Punct,
    /// A blank line: the end of a block.
    Break,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    start: u32,
    end: u32,
    /// Its word in the vocabulary; [`WordId::UNKNOWN`] if no rule mentions it.
    pub word: WordId,
    /// What it looks like.
    pub shape: Shape,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// The whole number it stands for.
    pub number: Option<u32>,
}

impl Token {
    const END: Token = Token {
        start: u32::MAX,
        end: u32::MAX,
        word: WordId::UNKNOWN,
        shape: Shape::Break,
        spaced: false,
        number: None,
    };

    /// Its bytes.
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// First byte.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// Whether it is a word that begins with a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::Mixed)
    }

    /// Whether it is a word, number or character.
    pub fn is_wordlike(&self) -> bool {
        !matches!(self.shape, Shape::Punct | Shape::Break)
    }
}

/// What a name that starts at a token stands for, as bits of [`Mark::ANY`] and the kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Number of tokens of the name; 0 where none starts.
    pub len: u16,
    /// Which sorts of name it may be matched as.
    pub sorts: u16,
}

/// The tokens of one body, and the names found over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    list: Vec<Token>,
    marks: Vec<Mark>,
}

impl Tokens {
    /// Cuts a text into tokens.
    pub fn of(text: &str, vocabulary: &Vocabulary) -> Self {
        let mut list = Vec::with_capacity(text.len() / 5 + 1);
        let mut folded = String::with_capacity(32);
        let mut cursor = Cursor { text, at: 0 };
        let mut spaced = true;
        while let Some((start, c)) = cursor.peek() {
            if c.is_whitespace() {
                if cursor.skip_space() >= 2 {
                    list.push(Token { start: start as u32, end: cursor.at as u32, ..Token::END });
                }
                spaced = true;
                continue;
            }
            let mut shape = cursor.take_token(c);
            if c.is_alphanumeric() && !is_han(c) && cursor.take_hyphenated(start, vocabulary) {
                shape = shape_of(text.get(start..cursor.at).unwrap_or(""));
            }
            let letters = text.get(start..cursor.at).unwrap_or("");
            fold(letters, &mut folded);
            list.push(Token {
                start: start as u32,
                end: cursor.at as u32,
                word: vocabulary.find(&folded),
                shape,
                spaced,
                number: number_of(letters, shape),
            });
            spaced = false;
        }
        Self { list, marks: Vec::new() }
    }

    /// The tokens wholly inside a span, counted from its first byte: what its words alone would be cut into.
    pub fn part(&self, span: Span) -> Self {
        let mut list = self.list.get(self.inside(span)).unwrap_or(&[]).to_vec();
        let from = span.start() as u32;
        for token in &mut list {
            (token.start, token.end) = (token.start - from, token.end - from);
        }
        if let Some(first) = list.first_mut() {
            first.spaced = true;
        }
        Self { list, marks: Vec::new() }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The token at an index; a break beyond the end.
    pub fn at(&self, index: usize) -> Token {
        self.list.get(index).copied().unwrap_or(Token::END)
    }

    /// The token before an index; a break before the start.
    pub fn before(&self, index: usize) -> Token {
        index.checked_sub(1).map_or(Token::END, |i| self.at(i))
    }

    /// The name that starts at an index.
    pub fn mark(&self, index: usize) -> Mark {
        self.marks.get(index).copied().unwrap_or_default()
    }

    /// Notes that a name starts at an index.
    pub fn set_mark(&mut self, index: usize, mark: Mark) {
        if index < self.list.len() {
            self.marks.resize(self.list.len(), Mark::default());
        }
        if let Some(slot) = self.marks.get_mut(index) {
            *slot = mark;
        }
    }

    /// Index of the first token that starts at or after a byte.
    pub fn index_at(&self, byte: usize) -> usize {
        self.list.partition_point(|token| token.start() < byte)
    }

    /// Indexes of the tokens wholly inside a span.
    pub fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.index_at(span.start());
        let to = self.list.partition_point(|token| token.end() <= span.end());
        from..to.max(from)
    }

    /// Bytes from the first to the last token of a range; an empty span for an empty range.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.at(range.start).start();
        match range.end.checked_sub(1) {
            Some(last) if last >= range.start => Span::new(start, self.at(last).end()),
            _ => Span::new(start, start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = Tokens::of(text, &Vocabulary::default());
        (0..tokens.len()).map(|i| tokens.at(i).span().of(text)).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(
            cut("Anthropic's U.S. rival didn’t pay $1,400.50 for GPT-4o on July 10th."),
            [
                "Anthropic",
                "'s",
                "U.S.",
                "rival",
                "didn’t",
                "pay",
                "$",
                "1,400.50",
                "for",
                "GPT",
                "-",
                "4o",
                "on",
                "July",
                "10th",
                "."
            ]
        );
        assert_eq!(
            cut("users’ data at 8.40, he said"),
            ["users", "’", "data", "at", "8.40", ",", "he", "said"]
        );
    }

    #[test]
    fn chinese_is_cut_by_character() {
        assert_eq!(cut("7月10日Claude被禁"), ["7", "月", "10", "日", "Claude", "被", "禁"]);
    }

    #[test]
    fn blank_lines_are_breaks_and_single_newlines_are_not() {
        let tokens = Tokens::of("a\nb\n\nc", &Vocabulary::default());
        let shapes: Vec<Shape> = (0..tokens.len()).map(|i| tokens.at(i).shape).collect();
        assert_eq!(shapes, [Shape::Lower, Shape::Lower, Shape::Break, Shape::Lower]);
    }
}
