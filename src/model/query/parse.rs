//! Pieces into a tree.

use chrono::NaiveDate;

use super::lex::{Lexeme, Piece, Value, lex};
use super::value::{as_of, condition, known, sort};
use super::{Query, QueryError, Request, Sort};
use crate::model::terms;

/// Longest query, in characters.
pub const QUERY_CHARS_MAX: usize = 2_000;
/// Most words and conditions of a query.
const ATOMS_MAX: usize = 256;
/// Most parentheses inside each other.
const DEPTH_MAX: usize = 64;

/// Parses what a person typed.
pub(super) fn parse(text: &str) -> Result<Request, QueryError> {
    let length = text.chars().count();
    if length > QUERY_CHARS_MAX {
        let message = format!("a query has at most {QUERY_CHARS_MAX} characters, not {length}");
        return Err(QueryError::new(QUERY_CHARS_MAX + 1, message));
    }
    let lexemes = lex(text)?;
    let mut orders = Orders::default();
    let kept = orders.taken_out(lexemes)?;
    if let Some(extra) = kept.get(ATOMS_MAX) {
        let message = format!("a query has at most {ATOMS_MAX} words and conditions");
        return Err(QueryError::new(extra.at, message));
    }
    let query = if kept.is_empty() {
        Query::All
    } else {
        let mut parser = Parser { lexemes: &kept, next: 0, end: length + 1, field: None };
        let query = parser.or(0)?;
        if let Some(extra) = parser.peek() {
            let message = "this parenthesis closes nothing; remove it";
            return Err(QueryError::new(extra.at, message));
        }
        query
    };
    Ok(Request { query, sort: orders.sort.unwrap_or_default(), as_of: orders.as_of })
}

/// What concerns the whole search: `sort:` and `asof:`.
#[derive(Default)]
struct Orders {
    sort: Option<Sort>,
    as_of: Option<NaiveDate>,
}

impl Orders {
    fn taken_out(&mut self, lexemes: Vec<Lexeme>) -> Result<Vec<Lexeme>, QueryError> {
        let mut kept: Vec<Lexeme> = Vec::with_capacity(lexemes.len());
        let mut depth = 0_usize;
        for lexeme in lexemes {
            match &lexeme.piece {
                Piece::Open | Piece::FieldOpen(_) => depth += 1,
                Piece::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            let Piece::Field(word, value) = &lexeme.piece else {
                kept.push(lexeme);
                continue;
            };
            let orders = matches!(word.as_str(), "sort" | "排序" | "asof" | "截至");
            if !orders {
                kept.push(lexeme);
                continue;
            }
            let before = kept.last().map(|lexeme| &lexeme.piece);
            if depth > 0 || matches!(before, Some(Piece::Not | Piece::Or)) {
                let message =
                    format!("“{word}:” concerns the whole search; write it at the end, by itself");
                return Err(QueryError::new(lexeme.at, message));
            }
            if value.text.trim().is_empty() {
                let message = format!("a value is missing after “{word}:”");
                return Err(QueryError::new(value.at, message));
            }
            let twice = match word.as_str() {
                "sort" | "排序" => self.sort.replace(sort(value)?).is_some(),
                _ => self.as_of.replace(as_of(value)?).is_some(),
            };
            if twice {
                let message = format!("“{word}:” stands twice; keep one");
                return Err(QueryError::new(lexeme.at, message));
            }
        }
        Ok(kept)
    }
}

struct Parser<'a> {
    lexemes: &'a [Lexeme],
    next: usize,
    end: usize,
    /// The field in front of the parenthesis we are in.
    field: Option<(usize, String)>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.next)
    }

    fn take(&mut self, piece: &Piece) -> bool {
        let found = self.peek().is_some_and(|lexeme| &lexeme.piece == piece);
        self.next += usize::from(found);
        found
    }

    fn or(&mut self, depth: usize) -> Result<Query, QueryError> {
        let mut any = vec![self.and(depth)?];
        while self.take(&Piece::Or) {
            any.push(self.and(depth)?);
        }
        Ok(Query::any(any))
    }

    fn and(&mut self, depth: usize) -> Result<Query, QueryError> {
        let mut all = vec![self.not(depth)?];
        loop {
            let and = self.take(&Piece::And);
            match self.peek().map(|lexeme| &lexeme.piece) {
                None | Some(Piece::Or | Piece::Close) if !and => break,
                _ => all.push(self.not(depth)?),
            }
        }
        Ok(Query::all(all))
    }

    fn not(&mut self, depth: usize) -> Result<Query, QueryError> {
        let mut negated = false;
        while self.take(&Piece::Not) {
            negated = !negated;
        }
        let atom = self.atom(depth)?;
        Ok(if negated { Query::Not(Box::new(atom)) } else { atom })
    }

    fn atom(&mut self, depth: usize) -> Result<Query, QueryError> {
        let Some(lexeme) = self.peek().cloned() else {
            return Err(QueryError::new(self.end, "a word is missing here"));
        };
        self.next += 1;
        match lexeme.piece {
            Piece::Open => self.inside(lexeme.at, depth),
            Piece::FieldOpen(field) => {
                known(lexeme.at, &field)?;
                let outer = self.field.replace((lexeme.at, field));
                let inner = self.inside(lexeme.at, depth);
                self.field = outer;
                inner
            }
            Piece::Word(text) | Piece::Phrase(text) if self.field.is_some() => {
                let (at, field) = self.field.clone().unwrap_or_default();
                condition(at, &field, &Value { at: lexeme.at, text })
            }
            Piece::Phrase(phrase) => searchable(lexeme.at, &phrase).map(|()| Query::Phrase(phrase)),
            Piece::Word(word) => word_query(lexeme.at, word),
            Piece::Field(field, value) => condition(lexeme.at, &field, &value),
            Piece::Close | Piece::And | Piece::Or | Piece::Not => {
                let message =
                    "a word is missing before this; write one, or put it in quotation marks";
                Err(QueryError::new(lexeme.at, message))
            }
        }
    }

    fn inside(&mut self, at: usize, depth: usize) -> Result<Query, QueryError> {
        if depth >= DEPTH_MAX {
            let message = format!("more than {DEPTH_MAX} parentheses inside each other");
            return Err(QueryError::new(at, message));
        }
        let inner = self.or(depth + 1)?;
        if self.take(&Piece::Close) {
            return Ok(inner);
        }
        Err(QueryError::new(at, "this parenthesis is never closed; add one at the end"))
    }
}

fn word_query(at: usize, word: String) -> Result<Query, QueryError> {
    if let Some(prefix) = word.strip_suffix('*') {
        if terms::opening(prefix).is_none() || prefix.contains('*') {
            let message = "a star stands behind the beginning of one word, as in distil*";
            return Err(QueryError::new(at, message));
        }
        return Ok(Query::Prefix(prefix.to_string()));
    }
    let fuzzy = word.split_once('~').and_then(|(word, distance)| {
        let distance = match distance {
            "" => None,
            "1" => Some(1),
            "2" => Some(2),
            _ => return None,
        };
        Some((word.to_string(), distance))
    });
    if let Some((word, distance)) = fuzzy {
        searchable(at, &word)?;
        return Ok(Query::Fuzzy(word, distance));
    }
    if let Some(tilde) = word.chars().position(|c| c == '~').filter(|_| word.is_ascii()) {
        let message = "behind “~” stands nothing, 1 or 2: how many letters may differ";
        return Err(QueryError::new(at + tilde, message));
    }
    searchable(at, &word).map(|()| Query::Word(word))
}

/// A word without letters would silently match nothing.
fn searchable(at: usize, text: &str) -> Result<(), QueryError> {
    if terms::wanted(text).is_empty() {
        let message = format!("“{text}” holds no letter and no digit to look for; take it out");
        return Err(QueryError::new(at, message));
    }
    Ok(())
}
