//! Words of mixed text: Latin words and numbers by their letters, Chinese by the jieba dictionary.

use std::sync::LazyLock;

use tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer,
};
use tantivy_jieba::jieba_rs::{Jieba, TokenizeMode};

/// Name the analyzer is registered under.
pub(super) const ANALYZER: &str = "mixed";

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Cuts mixed text.
#[derive(Clone, Default)]
struct Mixed;

/// Tokens cut in advance.
struct Cut {
    tokens: std::vec::IntoIter<Token>,
    current: Token,
}

/// The analyzer of index and queries: cut, small letters, English stems.
pub(super) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(Mixed)
        .filter(RemoveLongFilter::limit(64))
        .filter(LowerCaser)
        .filter(Stemmer::default())
        .build()
}

impl Tokenizer for Mixed {
    type TokenStream<'a> = Cut;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut {
        Cut { tokens: cut(text).into_iter(), current: Token::default() }
    }
}

impl TokenStream for Cut {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.current = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.current
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.current
    }
}

fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF)
}

fn cut(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut push = |word: &str, from: usize, position: &mut usize| {
        tokens.push(Token {
            offset_from: from,
            offset_to: from + word.len(),
            position: *position,
            text: word.to_string(),
            position_length: 1,
        });
        *position += 1;
    };
    let mut position = 0;
    let mut rest = text;
    let mut at = 0;
    while let Some(first) = rest.chars().next() {
        let same: fn(char) -> bool = match () {
            () if is_han(first) => is_han,
            () if first.is_alphanumeric() => |c| c.is_alphanumeric() && !is_han(c),
            () => |c| !c.is_alphanumeric(),
        };
        let len: usize = rest.chars().take_while(|c| same(*c)).map(char::len_utf8).sum();
        let (run, tail) = rest.split_at(len);
        if is_han(first) {
            let starts: Vec<usize> =
                run.char_indices().map(|(i, _)| i).chain([run.len()]).collect();
            for word in JIEBA.tokenize(run, TokenizeMode::Search, true) {
                let from = starts.get(word.start).copied().unwrap_or(0);
                push(word.word, at + from, &mut position);
            }
        } else if first.is_alphanumeric() {
            push(run, at, &mut position);
        }
        at += len;
        rest = tail;
    }
    tokens
}

#[cfg(test)]
mod tests {
    #[test]
    fn mixed_text_is_cut_into_words() {
        let words: Vec<String> =
            super::cut("Claude被禁用，GPT-5可用").into_iter().map(|t| t.text).collect();
        assert_eq!(words, ["Claude", "被", "禁用", "GPT", "5", "可用"]);
    }
}
