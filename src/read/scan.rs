//! The working state of one article between blocks and facts: tokens, sentences, names.

use std::ops::Range;

use super::{measure, sentence};
use crate::model::article::{Article, Block, BlockKind, Section};
use crate::model::entity::{EntityKind, Mention, Name, NameIx};
use crate::model::text::Span;
use crate::rules::{ClassId, Classes, Rules, Shape, Token, Tokens, WordId};

/// A sentence: tokens of one block.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes.
    pub span: Span,
    /// Index of its block.
    pub block: usize,
    /// Whether it is written in Chinese characters for the most part.
    pub han: bool,
    /// What the heading above it says.
    pub section: Section,
}

/// Tokens, sentences and names of one article's headline and main text.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    pub rules: &'a Rules,
    pub body: &'a str,
    pub blocks: &'a [Block],
    pub tokens: Tokens,
    pub sentences: Vec<Sentence>,
    /// Words with capitals that name nobody, in order, none overlapping.
    pub nameless: Vec<Span>,
    pub names: Vec<Name>,
    /// In order of the text, none overlapping.
    pub mentions: Vec<Mention>,
}

impl<'a> Scan<'a> {
    /// Tokens and sentences of headline, text and captions.
    pub(super) fn of(article: &'a Article, rules: &'a Rules) -> Self {
        let end = article
            .blocks
            .iter()
            .rev()
            .find(|block| block.kind != BlockKind::Furniture)
            .map_or(0, |block| block.span.end());
        let body = article.body.get(..end).unwrap_or("");
        let tokens = Tokens::of(body, &rules.vocabulary);
        let mut sentences = Vec::new();
        for (index, block) in article.blocks.iter().enumerate() {
            if block.kind == BlockKind::Furniture {
                break;
            }
            if block.kind == BlockKind::Caption {
                continue;
            }
            let range = tokens.inside(block.span);
            for range in sentence::split(body, &tokens, range, rules) {
                let span = tokens.span(range.clone());
                let han = measure::han_share(span.of(body)) >= 30;
                sentences.push(Sentence {
                    tokens: range,
                    span,
                    block: index,
                    han,
                    section: block.section,
                });
            }
        }
        Self {
            rules,
            body,
            blocks: &article.blocks,
            tokens,
            sentences,
            nameless: Vec::new(),
            names: Vec::new(),
            mentions: Vec::new(),
        }
    }

    /// Whether the word at a token belongs to a class.
    pub fn is(&self, index: usize, class: ClassId) -> bool {
        self.rules.vocabulary.is(self.tokens.at(index).word, class)
    }

    /// The value of the word at a token in a class.
    pub fn value(&self, index: usize, class: ClassId) -> Option<i32> {
        self.rules.vocabulary.value(self.tokens.at(index).word, class)
    }

    /// The classes the code knows by name.
    pub fn classes(&self) -> &'a Classes {
        &self.rules.classes
    }

    /// The token at an index.
    pub fn at(&self, index: usize) -> Token {
        self.tokens.at(index)
    }

    /// The letters of a token.
    pub fn letters(&self, index: usize) -> &'a str {
        self.tokens.at(index).span().of(self.body)
    }

    /// Whether a token is this punctuation mark or word, in folded form.
    pub fn says(&self, index: usize, word: &str) -> bool {
        let token = self.tokens.at(index);
        token.word != WordId::UNKNOWN && token.word == self.rules.vocabulary.find(word)
            || token.word == WordId::UNKNOWN && token.span().of(self.body) == word
    }

    /// Whether any token of a range is one of these words.
    pub fn says_any(&self, range: Range<usize>, words: &[&str]) -> bool {
        range.into_iter().any(|index| words.iter().any(|word| self.says(index, word)))
    }

    /// Whether a token is a comma of either script.
    pub fn is_comma(&self, index: usize) -> bool {
        matches!(self.letters(index), "," | "，" | "、")
    }

    /// Whether a token is a double quotation mark.
    pub fn is_quote(&self, index: usize) -> bool {
        self.is(index, self.classes().quote)
    }

    /// Whether a full stop belongs to the word before it: "Mr. Ruo", "J. Ruo".
    pub fn is_dotted(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).filter(|_| self.letters(index) == ".") else {
            return false;
        };
        let word = self.letters(before);
        !self.at(index).spaced
            && (self.is(before, self.classes().abbreviation)
                || word.contains('.')
                || word.chars().count() == 1 && self.at(before).is_capital())
            && self.at(index + 1).is_capital()
    }

    /// Whether a token is white-space-like: the end of a block.
    pub fn is_break(&self, index: usize) -> bool {
        self.tokens.at(index).shape == Shape::Break
    }

    /// The bytes of a range of tokens.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.tokens.span(range)
    }

    /// The words of a range of tokens.
    pub fn words(&self, range: Range<usize>) -> &'a str {
        self.tokens.span(range).of(self.body)
    }

    /// The mention that covers a token.
    pub fn mention_over(&self, index: usize) -> Option<&Mention> {
        let start = self.tokens.at(index).start();
        let after = self.mentions.partition_point(|m| m.span.start() <= start);
        let mention = self.mentions.get(after.checked_sub(1)?)?;
        (start < mention.span.end()).then_some(mention)
    }

    /// The words that name nobody and share letters with a span.
    pub fn nameless_over(&self, span: Span) -> Option<Span> {
        let before = self.nameless.partition_point(|other| other.end() <= span.start());
        self.nameless.get(before).copied().filter(|other| other.start() < span.end())
    }

    /// The mentions inside a span, in order.
    pub fn mentions_in(&self, span: Span) -> &[Mention] {
        let from = self.mentions.partition_point(|m| m.span.start() < span.start());
        let to = self.mentions.partition_point(|m| m.span.end() <= span.end());
        self.mentions.get(from..to.max(from)).unwrap_or(&[])
    }

    /// The tokens of a mention.
    pub fn tokens_of(&self, mention: &Mention) -> Range<usize> {
        self.tokens.inside(mention.span)
    }

    /// The kind of a name.
    pub fn kind(&self, name: NameIx) -> EntityKind {
        self.names.get(name.0 as usize).map_or(EntityKind::Organization, |name| name.kind)
    }

    /// Whether a name is an outlet's.
    pub fn reports(&self, name: NameIx) -> bool {
        self.names.get(name.0 as usize).is_some_and(|name| name.reports)
    }

    /// The sentence that holds a byte.
    pub fn sentence_at(&self, byte: usize) -> Option<&Sentence> {
        let after = self.sentences.partition_point(|s| s.span.start() <= byte);
        self.sentences.get(after.checked_sub(1)?).filter(|s| byte < s.span.end())
    }

    /// What kind of block a sentence stands in.
    pub fn kind_of(&self, sentence: &Sentence) -> BlockKind {
        self.blocks.get(sentence.block).map_or(BlockKind::Paragraph, |block| block.kind)
    }
}
