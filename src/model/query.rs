//! The one query language, and the documents it searches.
//!
//! ```text
//! query  = or ; or = and { "OR" and } ; and = not { ["AND"] not } ; not = ["NOT" | "-"] atom
//! atom   = "(" or ")" | field ":" value | "\"" phrase "\"" | word ["*"]
//! ```
//! In: what a person typed. Out: a tree, or an error with position and advice. Never a panic,
//! never a silent drop.

use super::edtf::Edtf;

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Any party or maker.
    Vendor,
    /// A product.
    Product,
    /// A person.
    Person,
    /// The publisher of an article.
    Outlet,
    /// A type of incident.
    Type,
    /// A stance of a claim.
    Stance,
    /// Who speaks.
    Speaker,
    /// Whom a claim is about.
    Target,
    /// Status of an incident.
    Status,
    /// State of a question.
    Question,
    /// A dispute.
    Dispute,
    /// Language of an article.
    Lang,
    /// incident, claim, question or article.
    Kind,
    /// When it happened.
    Date,
}

impl Field {
    /// All fields with the words of the language.
    pub const WORDS: [(&'static str, Field); 14] = [
        ("vendor", Field::Vendor),
        ("product", Field::Product),
        ("person", Field::Person),
        ("outlet", Field::Outlet),
        ("type", Field::Type),
        ("stance", Field::Stance),
        ("speaker", Field::Speaker),
        ("target", Field::Target),
        ("status", Field::Status),
        ("question", Field::Question),
        ("dispute", Field::Dispute),
        ("lang", Field::Lang),
        ("kind", Field::Kind),
        ("date", Field::Date),
    ];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, field)| *field == self).map_or("", |(word, _)| word)
    }
}

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Everything.
    All,
    /// A word, stemmed or segmented by the executor.
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// Words in this order.
    Phrase(String),
    /// A field with a value.
    Is(Field, String),
    /// The happening may have fallen into the range.
    When(Edtf),
    /// Not.
    Not(Box<Query>),
    /// All of them.
    And(Vec<Query>),
    /// Any of them.
    Or(Vec<Query>),
}

/// Why a query could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}, at character {at}")]
pub struct QueryError {
    /// Character of the query, counted from 1.
    pub at: usize,
    /// What is the matter and what to write instead.
    pub message: String,
}

impl Query {
    /// Parses what a person typed; an empty query is [`Query::All`].
    ///
    /// # Errors
    /// An unclosed quotation mark or parenthesis, an unknown field, a date that is no EDTF value.
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        let lexemes = lex(text)?;
        let mut parser = Parser { lexemes: &lexemes, next: 0, end: text.chars().count() + 1 };
        if lexemes.is_empty() {
            return Ok(Query::All);
        }
        let query = parser.or(0)?;
        match parser.peek() {
            None => Ok(query),
            Some(extra) => Err(QueryError {
                at: extra.at,
                message: "this parenthesis closes nothing; remove it".into(),
            }),
        }
    }
}

const DEPTH_MAX: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Open,
    Close,
    Not,
    And,
    Or,
    Phrase(String),
    Word(String),
    Field(String, String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Lexeme {
    at: usize,
    piece: Piece,
}

fn lex(text: &str) -> Result<Vec<Lexeme>, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let mut lexemes = Vec::new();
    let mut i = 0;
    let quoted = |from: usize| -> Result<(String, usize), QueryError> {
        let rest = chars.get(from + 1..).unwrap_or(&[]);
        match rest.iter().position(|c| is_quote(*c)) {
            Some(len) => Ok((rest.iter().take(len).collect(), from + len + 2)),
            None => Err(QueryError {
                at: from + 1,
                message: "this quotation mark is never closed; add one at the end".into(),
            }),
        }
    };
    while let Some(&c) = chars.get(i) {
        let at = i + 1;
        match c {
            _ if c.is_whitespace() => i += 1,
            '(' | '（' => {
                lexemes.push(Lexeme { at, piece: Piece::Open });
                i += 1;
            }
            ')' | '）' => {
                lexemes.push(Lexeme { at, piece: Piece::Close });
                i += 1;
            }
            '-' if chars.get(i + 1).is_some_and(|n| !n.is_whitespace()) => {
                lexemes.push(Lexeme { at, piece: Piece::Not });
                i += 1;
            }
            _ if is_quote(c) => {
                let (phrase, next) = quoted(i)?;
                lexemes.push(Lexeme { at, piece: Piece::Phrase(phrase) });
                i = next;
            }
            _ => {
                let stop = |c: &char| c.is_whitespace() || "()（）".contains(*c) || is_quote(*c);
                let rest = chars.get(i..).unwrap_or(&[]);
                let len = rest.iter().position(stop).unwrap_or(rest.len());
                let word: String = rest.iter().take(len).collect();
                i += len;
                let piece = match (word.as_str(), word.split_once([':', '：'])) {
                    ("AND", _) => Piece::And,
                    ("OR", _) => Piece::Or,
                    ("NOT", _) => Piece::Not,
                    (_, Some((field, ""))) if chars.get(i).is_some_and(|c| is_quote(*c)) => {
                        let (value, next) = quoted(i)?;
                        i = next;
                        Piece::Field(field.to_lowercase(), value)
                    }
                    (_, Some((field, value))) if !field.is_empty() && !value.starts_with("//") => {
                        Piece::Field(field.to_lowercase(), value.to_string())
                    }
                    _ => Piece::Word(word),
                };
                lexemes.push(Lexeme { at, piece });
            }
        }
    }
    Ok(lexemes)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

struct Parser<'a> {
    lexemes: &'a [Lexeme],
    next: usize,
    end: usize,
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
        Ok(if any.len() == 1 { any.remove(0) } else { Query::Or(any) })
    }

    fn and(&mut self, depth: usize) -> Result<Query, QueryError> {
        let mut all = vec![self.not(depth)?];
        loop {
            self.take(&Piece::And);
            match self.peek().map(|lexeme| &lexeme.piece) {
                None | Some(Piece::Or | Piece::Close) => break,
                Some(_) => all.push(self.not(depth)?),
            }
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Query::And(all) })
    }

    fn not(&mut self, depth: usize) -> Result<Query, QueryError> {
        if self.take(&Piece::Not) {
            return Ok(Query::Not(Box::new(self.atom(depth)?)));
        }
        self.atom(depth)
    }

    fn atom(&mut self, depth: usize) -> Result<Query, QueryError> {
        let Some(lexeme) = self.peek().cloned() else {
            return Err(QueryError { at: self.end, message: "a word is missing here".into() });
        };
        self.next += 1;
        match lexeme.piece {
            Piece::Open if depth >= DEPTH_MAX => Err(QueryError {
                at: lexeme.at,
                message: format!("more than {DEPTH_MAX} parentheses inside each other"),
            }),
            Piece::Open => {
                let inner = self.or(depth + 1)?;
                if self.take(&Piece::Close) {
                    return Ok(inner);
                }
                Err(QueryError {
                    at: lexeme.at,
                    message: "this parenthesis is never closed; add one at the end".into(),
                })
            }
            Piece::Phrase(phrase) => Ok(Query::Phrase(phrase)),
            Piece::Word(word) => Ok(match word.strip_suffix('*') {
                Some(prefix) if !prefix.is_empty() => Query::Prefix(prefix.to_string()),
                _ => Query::Word(word),
            }),
            Piece::Field(field, value) => condition(lexeme.at, &field, value),
            Piece::Close | Piece::And | Piece::Or | Piece::Not => Err(QueryError {
                at: lexeme.at,
                message: "a word is missing before this; write one or put it in quotation marks"
                    .into(),
            }),
        }
    }
}

fn condition(at: usize, field: &str, value: String) -> Result<Query, QueryError> {
    let known = Field::WORDS.iter().find(|(word, _)| *word == field);
    let Some((_, field)) = known else {
        let words: Vec<&str> = Field::WORDS.iter().map(|(word, _)| *word).collect();
        return Err(QueryError {
            at,
            message: format!("there is no field “{field}”; fields are {}", words.join(", ")),
        });
    };
    if value.is_empty() {
        let message = format!("a value is missing after “{}:”", field.word());
        return Err(QueryError { at, message });
    }
    if *field != Field::Date {
        return Ok(Query::Is(*field, value));
    }
    let range = match value.split_once("..") {
        Some((from, to)) if !value.contains('/') => {
            let or_open = |end: &str| if end.is_empty() { "..".to_string() } else { end.into() };
            format!("{}/{}", or_open(from), or_open(to))
        }
        _ => value.clone(),
    };
    Edtf::parse(&range).map(Query::When).ok_or_else(|| QueryError {
        at,
        message: format!(
            "“{value}” is no date; write 2026, 2026-07, 2026-07-10 or 2026-06..2026-07"
        ),
    })
}

/// What a search result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocKind {
    /// An incident.
    Incident,
    /// A claim.
    Claim,
    /// A question.
    Question,
    /// An article.
    Article,
}

impl DocKind {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            DocKind::Incident => "incident",
            DocKind::Claim => "claim",
            DocKind::Question => "question",
            DocKind::Article => "article",
        }
    }
}

/// A document to be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchDoc {
    /// What it is.
    pub kind: DocKind,
    /// Id that `explain` takes.
    pub id: String,
    /// Its line in a list of results.
    pub title: String,
    /// Everything that can be found by words.
    pub body: String,
    /// Address on the site.
    pub path: String,
    /// When it happened.
    pub date: Option<Edtf>,
    /// Values for [`Field`] conditions, folded.
    pub fields: Vec<(Field, String)>,
}

/// A search result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: String,
    /// Id that `explain` takes.
    pub id: String,
    /// Its line.
    pub title: String,
    /// Address on the site.
    pub path: String,
    /// EDTF date, where there is one.
    pub date: Option<String>,
    /// Words around the match.
    pub snippet: String,
    /// The executor's score.
    pub score: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Query {
        Query::Word(text.into())
    }

    #[test]
    fn reads_the_whole_grammar() {
        let query = Query::parse("ban (vendor:Alibaba OR “seen by”) -type:outage gpt*");
        let expected = Query::And(vec![
            word("ban"),
            Query::Or(vec![
                Query::Is(Field::Vendor, "Alibaba".into()),
                Query::Phrase("seen by".into()),
            ]),
            Query::Not(Box::new(Query::Is(Field::Type, "outage".into()))),
            Query::Prefix("gpt".into()),
        ]);
        assert_eq!(query, Ok(expected));
    }

    #[test]
    fn ranges_are_dates() {
        let open = Query::parse("date:2026-06..");
        assert_eq!(open.ok(), Edtf::parse("2026-06/..").map(Query::When));
    }

    #[test]
    fn errors_say_where_and_what() {
        for (text, at) in
            [("\"open", 1), ("a (b", 3), ("a b)", 4), ("vendr:x", 1), ("date:soon", 1), ("a OR", 5)]
        {
            let error = Query::parse(text).err();
            assert_eq!(error.map(|e| e.at), Some(at), "{text}");
        }
    }

    #[test]
    fn names_with_hyphens_and_addresses_are_words() {
        assert_eq!(Query::parse("GPT-5"), Ok(word("GPT-5")));
        assert_eq!(Query::parse("https://a.example/x"), Ok(word("https://a.example/x")));
    }
}
