//! What stands behind a field: words, names, numbers and dates, alone or as ranges.

use chrono::{Days, NaiveDate};

use super::field::{Field, Shape};
use super::lex::Value;
use super::near::nearest;
use super::{Query, QueryError, Sort};
use crate::model::edtf::Edtf;
use crate::model::party::PartyRole;

/// A condition out of a field's word and its value.
///
/// # Errors
/// A field that does not exist, a value the field cannot have.
pub(super) fn condition(at: usize, field: &str, value: &Value) -> Result<Query, QueryError> {
    let field = known(at, field)?;
    if value.text.trim().is_empty() {
        let message = format!("a value is missing after “{}:”; {}", field.word(), example(field));
        return Err(QueryError::new(value.at, message));
    }
    let text = value.text.trim();
    match field.shape() {
        Shape::Name => Ok(Query::Is(field, text.to_string())),
        Shape::Word(words) => word(field, words, value),
        Shape::Role => role(value),
        Shape::Count => count(field, value),
        Shape::Days => days(field, value),
    }
}

/// The field a word stands for.
pub(super) fn known(at: usize, word: &str) -> Result<Field, QueryError> {
    if let Some(field) = Field::from_word(word) {
        return Ok(field);
    }
    let words = || Field::WORDS.iter().flat_map(|(_, words)| words.iter().copied());
    let list: Vec<&str> = Field::WORDS.iter().map(|(field, _)| field.word()).collect();
    let near = nearest(word, words().chain(["asof", "sort"]));
    let advice = match near {
        Some(near) => format!("did you mean “{near}:”?"),
        None => format!(
            "fields are {}, sort, asof; to look for these letters, put them in quotation marks",
            list.join(", ")
        ),
    };
    let error = QueryError::new(at, format!("there is no field “{word}”; {advice}"));
    Err(error.suggesting(near.map(|near| format!("{near}:"))))
}

fn example(field: Field) -> String {
    match field.shape() {
        Shape::Name => format!("write a name, as in {}:\"Orison Labs\"", field.word()),
        Shape::Word(words) => format!("write one of {}", words.join(", ")),
        Shape::Role => format!("write one of {}", Field::roles().join(", ")),
        Shape::Count => format!("write a number or a range, as in {}:>=2", field.word()),
        Shape::Days => format!("write a date or a range, as in {}:2026-06..2026-07", field.word()),
    }
}

fn one_of(
    field: Field,
    at: usize,
    text: &str,
    words: &[&'static str],
) -> Result<&'static str, QueryError> {
    let folded = text.to_lowercase().replace(['-', ' '], "_");
    if let Some(word) = words.iter().find(|word| **word == folded) {
        return Ok(word);
    }
    let near = nearest(&folded, words.iter().copied());
    let advice = match near {
        Some(near) => format!("did you mean “{near}”?"),
        None => format!("write one of {}", words.join(", ")),
    };
    let message = format!("“{text}” is no value of “{}:”; {advice}", field.word());
    Err(QueryError::new(at, message).suggesting(near.map(str::to_string)))
}

fn word(field: Field, words: &[&'static str], value: &Value) -> Result<Query, QueryError> {
    let word = one_of(field, value.at, value.text.trim(), words)?;
    Ok(Query::Is(field, word.to_string()))
}

fn role(value: &Value) -> Result<Query, QueryError> {
    let words: Vec<&'static str> = PartyRole::ALL.into_iter().map(PartyRole::word).collect();
    let (part, who) = match value.text.split_once('=') {
        Some((part, who)) if !who.trim().is_empty() => (part.trim(), Some(who.trim())),
        _ => (value.text.trim().trim_end_matches('='), None),
    };
    let part = one_of(Field::Role, value.at, part, &words)?;
    Ok(Query::Is(Field::Role, who.map_or(part.to_string(), |who| format!("{part}={who}"))))
}

/// How a value limits: `>=2`, `2..5`, `..5`, `2`.
enum Limit<'a> {
    Below(&'a str),
    UpTo(&'a str),
    Above(&'a str),
    From(&'a str),
    Between(&'a str, &'a str),
    Exactly(&'a str),
    Plain(&'a str),
}

fn limit(text: &str) -> Limit<'_> {
    let behind = |signs: [&str; 3]| {
        let mut signs = signs.into_iter();
        signs.find_map(|sign| text.strip_prefix(sign)).map(str::trim)
    };
    if let Some(rest) = behind(["<=", "≤", "＜="]) {
        return Limit::UpTo(rest);
    }
    if let Some(rest) = behind([">=", "≥", "＞="]) {
        return Limit::From(rest);
    }
    if let Some(rest) = behind(["<", "＜", "＜"]) {
        return Limit::Below(rest);
    }
    if let Some(rest) = behind([">", "＞", "＞"]) {
        return Limit::Above(rest);
    }
    if let Some(rest) = behind(["=", "＝", "＝"]) {
        return Limit::Exactly(rest);
    }
    match text.split_once("..") {
        Some((from, to)) if !text.contains('/') => Limit::Between(from.trim(), to.trim()),
        _ => Limit::Plain(text),
    }
}

fn count(field: Field, value: &Value) -> Result<Query, QueryError> {
    let text = value.text.trim();
    let number = |text: &str| text.parse::<u32>().ok();
    let range = match limit(text) {
        Limit::Below(n) => number(n).map(|n| (0, n.checked_sub(1))),
        Limit::UpTo(n) => number(n).map(|n| (0, Some(n))),
        Limit::Above(n) => number(n).map(|n| (n.saturating_add(1), None)),
        Limit::From(n) => number(n).map(|n| (n, None)),
        Limit::Exactly(n) | Limit::Plain(n) => number(n).map(|n| (n, Some(n))),
        Limit::Between("", "") => None,
        Limit::Between("", to) => number(to).map(|to| (0, Some(to))),
        Limit::Between(from, "") => number(from).map(|from| (from, None)),
        Limit::Between(from, to) => number(from).zip(number(to)).map(|(a, b)| (a, Some(b))),
    };
    match range {
        Some((from, to)) if to.is_some_and(|to| to < from) || text.starts_with("<0") => {
            Err(QueryError::new(value.at, format!("the range “{text}” holds no number")))
        }
        Some((from, to)) => Ok(Query::Count { field, from, to }),
        None => Err(QueryError::new(
            value.at,
            format!(
                "“{text}” is no number; write {0}:2, {0}:>=2, {0}:<5 or {0}:2..5",
                field.word()
            ),
        )),
    }
}

fn days(field: Field, value: &Value) -> Result<Query, QueryError> {
    let text = value.text.trim();
    let date = |text: &str| {
        Edtf::parse(text).ok_or_else(|| {
            let message = format!(
                "“{text}” is no date; write 2026, 2026-07, 2026-07-10, 2026-06..2026-07 or <2026-07-01"
            );
            QueryError::new(value.at, message)
        })
    };
    let before = |day: Option<NaiveDate>| day.and_then(|day| day.checked_sub_days(Days::new(1)));
    let after = |day: Option<NaiveDate>| day.and_then(|day| day.checked_add_days(Days::new(1)));
    let mut surely = false;
    let (first, last) = match limit(text) {
        Limit::Below(d) => (None, before(date(d)?.first())),
        Limit::UpTo(d) => (None, date(d)?.last()),
        Limit::Above(d) => (after(date(d)?.last()), None),
        Limit::From(d) => (date(d)?.first(), None),
        Limit::Exactly(d) => {
            surely = true;
            let date = date(d)?;
            (date.first(), date.last())
        }
        Limit::Plain(d) => {
            let date = date(d)?;
            (date.first(), date.last())
        }
        Limit::Between("", "") => {
            let message = "the range has no end; write 2026-06.., ..2026-07 or 2026-06..2026-07";
            return Err(QueryError::new(value.at, message));
        }
        Limit::Between("", to) => (None, date(to)?.last()),
        Limit::Between(from, "") => (date(from)?.first(), None),
        Limit::Between(from, to) => (date(from)?.first(), date(to)?.last()),
    };
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        let message = format!("the range “{text}” ends before it begins; turn it round");
        return Err(QueryError::new(value.at, message));
    }
    Ok(Query::Days { field, first, last, surely })
}

/// The order a word stands for.
pub(super) fn sort(value: &Value) -> Result<Sort, QueryError> {
    let folded = value.text.trim().to_lowercase();
    if let Some((_, sort)) = Sort::WORDS.iter().find(|(word, _)| *word == folded) {
        return Ok(*sort);
    }
    let words: Vec<&str> = Sort::WORDS.iter().map(|(word, _)| *word).collect();
    let near = nearest(&folded, words.iter().copied());
    let message = format!("“{}” is no order; write one of {}", value.text.trim(), words.join(", "));
    Err(QueryError::new(value.at, message).suggesting(near.map(str::to_string)))
}

/// The day of `asof:`, the last one of a month or year.
pub(super) fn as_of(value: &Value) -> Result<NaiveDate, QueryError> {
    let date = Edtf::parse(value.text.trim()).and_then(Edtf::last);
    date.ok_or_else(|| {
        let message = format!("“{}” is no day; write asof:2026-07-01", value.text.trim());
        QueryError::new(value.at, message)
    })
}
