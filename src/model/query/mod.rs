//! The one query language of command line, server, feeds, assistants and the published site.
//!
//! ```text
//! query  = or ; or = and { "OR" and } ; and = not { ["AND"] not } ; not = { "NOT" | "-" } atom
//! atom   = "(" or ")" | field ":" value | field ":" "(" or ")" | "\"" phrase "\""
//!        | word | word "*" | word "~" ["1" | "2"]
//! value  = text | "\"" text "\"" | ("<" | "<=" | ">" | ">=" | "=") text | text ".." text
//! whole  = "sort:" order | "asof:" day            (once, outside of parentheses)
//! ```
//! In: what a person typed. Out: a tree, or an error with position, advice and often a suggestion.
//! What holds: never a panic, never a silent drop; what is printed is read back as the same tree.
//! Not here: how it is carried out (`search/`, `site/assets/search.js`).

mod catalogue;
mod doc;
mod field;
mod lex;
pub mod near;
mod parse;
mod print;
mod value;

use chrono::NaiveDate;

pub use catalogue::{Catalogue, Known, Suggestion};
pub use doc::{DocKind, Facet, FacetValue, Found, Group, Hit, Piece, SearchDoc, Source};
pub use field::{FLAGS, Field, KINDS, Shape};
pub use parse::QUERY_CHARS_MAX;

/// What is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Everything.
    All,
    /// A word, stemmed or cut by the executor.
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// Words that are near; the edits allowed, else by length.
    Fuzzy(String, Option<u8>),
    /// Words in this order.
    Phrase(String),
    /// A field with a value.
    Is(Field, String),
    /// A number from, and up to, both included.
    Count {
        /// `Roots` or `Year`.
        field: Field,
        /// Least.
        from: u32,
        /// Most.
        to: Option<u32>,
    },
    /// Days that a date may fall into; or must, where it is `surely`.
    Days {
        /// `Date` or `Known`.
        field: Field,
        /// First day.
        first: Option<NaiveDate>,
        /// Last day.
        last: Option<NaiveDate>,
        /// Whether every day that may be meant has to lie inside.
        surely: bool,
    },
    /// Not.
    Not(Box<Query>),
    /// All of them.
    And(Vec<Query>),
    /// Any of them.
    Or(Vec<Query>),
}

/// In which order results come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// What fits best first.
    #[default]
    Best,
    /// What happened last first.
    Newest,
    /// What happened first first.
    Oldest,
    /// What became known last first.
    Known,
    /// What changed last first.
    Changed,
}

impl Sort {
    /// All orders with their words.
    pub const WORDS: [(&'static str, Sort); 5] = [
        ("best", Sort::Best),
        ("newest", Sort::Newest),
        ("oldest", Sort::Oldest),
        ("known", Sort::Known),
        ("changed", Sort::Changed),
    ];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, sort)| *sort == self).map_or("best", |(word, _)| word)
    }
}

/// A whole search: what, in which order, as of which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be found.
    pub query: Query,
    /// In which order.
    pub sort: Sort,
    /// Only what was known on this day, as it was then.
    pub as_of: Option<NaiveDate>,
}

impl Request {
    /// Parses what a person typed; nothing is a search for everything.
    ///
    /// # Errors
    /// What the language does not have: with the place, what is the matter, and what to write.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse::parse(text)
    }

    /// The same search, further limited to one value of a field.
    pub fn narrowed(&self, field: Field, value: &str) -> Self {
        let more = match field.shape() {
            Shape::Count => {
                let number = value.parse().unwrap_or(0);
                Query::Count { field, from: number, to: Some(number) }
            }
            _ => Query::Is(field, value.to_string()),
        };
        let query = match self.query.clone() {
            Query::All => more,
            Query::And(mut all) => {
                if !all.contains(&more) {
                    all.push(more);
                }
                Query::And(all)
            }
            query if query == more => more,
            query => Query::And(vec![query, more]),
        };
        Self { query, ..self.clone() }
    }
}

/// Why a query could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}, at character {at}")]
pub struct QueryError {
    /// Character of the query, counted from 1.
    pub at: usize,
    /// What is the matter and what to write instead.
    pub message: String,
    /// What was probably meant there.
    pub suggestion: Option<String>,
}

impl QueryError {
    fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), suggestion: None }
    }

    fn suggesting(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }
}

impl Query {
    /// All of several; what is inside another "all" is laid open.
    fn all(list: Vec<Query>) -> Query {
        let mut flat = Vec::with_capacity(list.len());
        for query in list {
            match query {
                Query::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            1 => flat.remove(0),
            _ => Query::And(flat),
        }
    }

    /// Some of the words instead of all of them; conditions stay as they are. `None` where there are
    /// not several words.
    pub fn loosened(&self) -> Option<Query> {
        let Query::And(list) = self else { return None };
        let is_word = |query: &&Query| matches!(query, Query::Word(_) | Query::Phrase(_));
        let words: Vec<Query> = list.iter().filter(is_word).cloned().collect();
        if words.len() < 2 {
            return None;
        }
        let rest = list.iter().filter(|query| !is_word(query)).cloned();
        Some(Query::all(std::iter::once(Query::any(words)).chain(rest).collect()))
    }

    /// Any of several.
    fn any(list: Vec<Query>) -> Query {
        let mut flat = Vec::with_capacity(list.len());
        for query in list {
            match query {
                Query::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            1 => flat.remove(0),
            _ => Query::Or(flat),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Option<Query> {
        Request::parse(text).ok().map(|request| request.query)
    }

    fn is(field: Field, value: &str) -> Query {
        Query::Is(field, value.into())
    }

    #[test]
    fn reads_the_whole_grammar() {
        let expected = Query::And(vec![
            Query::Word("ban".into()),
            Query::Or(vec![is(Field::Vendor, "Orison"), Query::Phrase("seen by".into())]),
            Query::Not(Box::new(is(Field::Type, "outage"))),
            Query::Prefix("gpt".into()),
            Query::Fuzzy("distilation".into(), Some(2)),
            Query::Count { field: Field::Roots, from: 2, to: None },
        ]);
        let text = "ban (vendor:Orison OR “seen by”) -type:outage gpt* distilation~2 roots:>=2";
        assert_eq!(query(text), Some(expected));
    }

    #[test]
    fn a_field_reaches_into_its_parentheses() {
        let expected =
            Query::Or(vec![is(Field::Vendor, "Orison Labs"), is(Field::Vendor, "Veltrane")]);
        assert_eq!(query("vendor:(\"Orison Labs\" OR Veltrane)"), Some(expected));
    }

    #[test]
    fn chinese_words_for_fields_mean_the_same() {
        for (chinese, english) in [
            ("厂商：槐汀", "vendor:槐汀"),
            ("立场:denies", "stance:denies"),
            ("日期:2026-06..2026-07", "date:2026-06..2026-07"),
            ("是:contradicted 「禁用」", "is:contradicted \"禁用\""),
            ("禁用 排序:newest 截至:2026-06", "禁用 sort:newest asof:2026-06-30"),
        ] {
            assert_eq!(Request::parse(chinese), Request::parse(english));
        }
    }

    #[test]
    fn ranges_have_ends() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        for (text, first, last) in [
            ("date:2026-06", "2026-06-01", "2026-06-30"),
            ("date:2026-06..", "2026-06-01", ""),
            ("date:..2026-06", "", "2026-06-30"),
            ("date:<2026-07", "", "2026-06-30"),
            ("date:>2026-06", "2026-07-01", ""),
            ("date:>=2026-06-03", "2026-06-03", ""),
            ("date:2026-34", "2026-04-01", "2026-06-30"),
            ("date:2026-06-03/2026-07", "2026-06-03", "2026-07-31"),
        ] {
            let found = match query(text) {
                Some(Query::Days { first, last, .. }) => Some((first, last)),
                _ => None,
            };
            assert_eq!(found, Some((day(first), day(last))), "{text}");
        }
    }

    #[test]
    fn errors_say_where_what_and_what_was_meant() {
        for (text, at, suggestion) in [
            ("\"open", 1, None),
            ("a (b", 3, None),
            ("a b)", 4, None),
            ("ban vendr:x", 5, Some("vendor:")),
            ("date:soon", 6, None),
            ("a OR", 5, None),
            ("status:opne", 8, Some("open")),
            ("is:contradictd", 4, Some("contradicted")),
            ("ban sort:newset", 10, Some("newest")),
            ("ban OR sort:newest", 8, None),
            ("(asof:2026 a)", 2, None),
            ("roots:many", 7, None),
            ("roots:5..2", 7, None),
            ("date:2026-07..2026-06", 6, None),
            ("ban !!!", 5, None),
            ("ban~9", 4, None),
            ("*", 1, None),
            ("vendor:", 8, None),
            ("role:respondnt=Orison", 6, Some("respondent")),
        ] {
            let error = Request::parse(text).err();
            let found = error.as_ref().map(|e| (e.at, e.suggestion.as_deref()));
            assert_eq!(found, Some((at, suggestion)), "{text}: {error:?}");
        }
    }

    #[test]
    fn names_times_and_addresses_are_words() {
        for text in ["GPT-5", "https://a.example/x", "12:30", "C++", "AT&T"] {
            assert_eq!(query(text), Some(Query::Word(text.into())));
        }
    }

    #[test]
    fn narrowing_keeps_what_was_asked() {
        let narrow = |request: Request| request.narrowed(Field::Vendor, "orison-labs");
        let once = Request::parse("a OR b sort:newest").map(narrow);
        let twice = once.clone().map(narrow);
        assert_eq!(twice, once);
        let text = once.map(|request| request.to_string());
        assert_eq!(text.as_deref(), Ok("(a OR b) vendor:orison-labs sort:newest"));
    }
}
