//! The terms of `model::terms` as tantivy wants them.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::model::terms;

/// Name the analyzer is registered under.
pub(super) const ANALYZER: &str = "terms";

/// Cuts text; buffers are kept from one text to the next.
#[derive(Clone, Default)]
struct Terms {
    tokens: Vec<Token>,
}

struct Cut<'a> {
    tokens: &'a mut [Token],
    next: usize,
    none: Token,
}

/// The analyzer of every text of the index.
pub(super) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(Terms::default()).build()
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Cut<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut<'a> {
        let mut used = 0;
        terms::each(text, |term, from, to, at| {
            if used == self.tokens.len() {
                self.tokens.push(Token::default());
            }
            if let Some(token) = self.tokens.get_mut(used) {
                token.text.clear();
                token.text.push_str(term);
                token.offset_from = from;
                token.offset_to = to;
                token.position = at;
                token.position_length = 1;
            }
            used += 1;
        });
        let tokens = self.tokens.get_mut(..used).unwrap_or_default();
        Cut { tokens, next: 0, none: Token::default() }
    }
}

impl TokenStream for Cut<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        self.tokens.get(self.next.wrapping_sub(1)).unwrap_or(&self.none)
    }

    fn token_mut(&mut self) -> &mut Token {
        let at = self.next.wrapping_sub(1);
        self.tokens.get_mut(at).unwrap_or(&mut self.none)
    }
}
