//! A query as pieces: words, phrases, fields, parentheses, each with the place it stands at.

use super::QueryError;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Open,
    Close,
    Not,
    And,
    Or,
    Phrase(String),
    Word(String),
    /// A field with its value.
    Field(String, Value),
    /// A field before a parenthesis: `vendor:(a OR b)`.
    FieldOpen(String),
}

/// What stands behind a field, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub at: usize,
    pub text: String,
}

/// A piece and its place: characters of the query, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub at: usize,
    pub piece: Piece,
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '「' | '」' | '『' | '』')
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

fn is_stop(c: char) -> bool {
    c.is_whitespace() || is_open(c) || is_close(c) || is_quote(c)
}

/// Cuts a query into pieces.
///
/// # Errors
/// A quotation mark that is never closed.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme>, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let mut scanner = Scanner { chars: &chars, i: 0 };
    let mut lexemes = Vec::new();
    while let Some(c) = scanner.peek() {
        let at = scanner.i + 1;
        if c.is_whitespace() {
            scanner.i += 1;
            continue;
        }
        let piece = if is_open(c) {
            scanner.i += 1;
            Piece::Open
        } else if is_close(c) {
            scanner.i += 1;
            Piece::Close
        } else if is_quote(c) {
            Piece::Phrase(scanner.quoted()?)
        } else if c == '-' && scanner.next_is(|n| !n.is_whitespace()) {
            scanner.i += 1;
            Piece::Not
        } else {
            scanner.word()?
        };
        lexemes.push(Lexeme { at, piece });
    }
    Ok(lexemes)
}

struct Scanner<'a> {
    chars: &'a [char],
    i: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.i).copied()
    }

    fn next_is(&self, is: impl Fn(char) -> bool) -> bool {
        self.chars.get(self.i + 1).is_some_and(|c| is(*c))
    }

    fn take_until(&mut self, stop: impl Fn(char) -> bool) -> String {
        let rest = self.chars.get(self.i..).unwrap_or(&[]);
        let taken: String = rest.iter().copied().take_while(|c| !stop(*c)).collect();
        self.i += taken.chars().count();
        taken
    }

    /// What stands between this quotation mark and the next.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let at = self.i + 1;
        self.i += 1;
        let text = self.take_until(is_quote);
        if self.peek().is_none() {
            let message = "this quotation mark is never closed; add one at the end";
            return Err(QueryError::new(at, message));
        }
        self.i += 1;
        Ok(text)
    }

    fn word(&mut self) -> Result<Piece, QueryError> {
        let from = self.i;
        let word = self.take_until(is_stop);
        match word.as_str() {
            "AND" => return Ok(Piece::And),
            "OR" => return Ok(Piece::Or),
            "NOT" => return Ok(Piece::Not),
            _ => {}
        }
        let Some((field, value)) = word.split_once([':', '：']) else {
            return Ok(Piece::Word(word));
        };
        // Times, ratios and addresses are words.
        let is_field = !field.is_empty()
            && field.chars().all(|c| c.is_alphabetic() || c == '_')
            && !value.starts_with("//");
        if !is_field {
            return Ok(Piece::Word(word));
        }
        let at = from + field.chars().count() + 2;
        let field = field.to_lowercase();
        if value.is_empty() {
            match self.peek() {
                Some(c) if is_quote(c) => {
                    let text = self.quoted()?;
                    return Ok(Piece::Field(field, Value { at, text }));
                }
                Some(c) if is_open(c) => {
                    self.i += 1;
                    return Ok(Piece::FieldOpen(field));
                }
                _ => {}
            }
        }
        // `role:respondent="Orison Labs"` and `date:>="2026"`: the quotation belongs to the value.
        let mut text = value.to_string();
        if value.ends_with(['=', '<', '>']) && self.peek().is_some_and(is_quote) {
            text.push_str(&self.quoted()?);
        }
        Ok(Piece::Field(field, Value { at, text }))
    }
}
