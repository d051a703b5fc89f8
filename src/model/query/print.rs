//! A tree as a person would type it: the shape that addresses, drill-down links and feeds carry.

use std::fmt;

use chrono::NaiveDate;

use super::lex::is_quote;
use super::{Field, Query, Request, Sort};

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.query != Query::All {
            parts.push(self.query.to_string());
        }
        if self.sort != Sort::Best {
            parts.push(format!("sort:{}", self.sort.word()));
        }
        parts.extend(self.as_of.map(|day| format!("asof:{day}")));
        f.write_str(&parts.join(" "))
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::All => Ok(()),
            Query::Word(word) => f.write_str(word),
            Query::Prefix(prefix) => write!(f, "{prefix}*"),
            Query::Fuzzy(word, None) => write!(f, "{word}~"),
            Query::Fuzzy(word, Some(distance)) => write!(f, "{word}~{distance}"),
            Query::Phrase(phrase) => write!(f, "\"{phrase}\""),
            Query::Is(Field::Role, value) => match value.split_once('=') {
                Some((part, who)) => write!(f, "role:{part}={}", quoted(who)),
                None => write!(f, "role:{value}"),
            },
            Query::Is(field, value) => write!(f, "{}:{}", field.word(), quoted(value)),
            Query::Count { field, from, to } => {
                write!(f, "{}:{}", field.word(), numbers(*from, *to))
            }
            Query::Days { field, first, last, surely } => {
                write!(f, "{}:{}", field.word(), days(*first, *last, *surely))
            }
            Query::Not(inner) => match **inner {
                Query::Not(_) => write!(f, "-({inner})"),
                _ => write!(f, "-{}", grouped(inner)),
            },
            Query::And(all) => {
                let parts: Vec<String> = all.iter().map(grouped).collect();
                f.write_str(&parts.join(" "))
            }
            Query::Or(any) => {
                let part = |query: &Query| match query {
                    Query::Or(_) => grouped(query),
                    other => other.to_string(),
                };
                let parts: Vec<String> = any.iter().map(part).collect();
                f.write_str(&parts.join(" OR "))
            }
        }
    }
}

fn grouped(query: &Query) -> String {
    match query {
        Query::And(_) | Query::Or(_) => format!("({query})"),
        other => other.to_string(),
    }
}

fn quoted(value: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "-_.&+#'/".contains(c);
    // Behind a field "//" would read as an address.
    let plain = !value.is_empty() && value.chars().all(bare) && !value.starts_with("//");
    if plain { value.to_string() } else { format!("\"{}\"", value.replace(is_quote, " ")) }
}

fn numbers(from: u32, to: Option<u32>) -> String {
    match to {
        Some(to) if to == from => from.to_string(),
        Some(to) if from == 0 => format!("<={to}"),
        Some(to) => format!("{from}..{to}"),
        None => format!(">={from}"),
    }
}

fn days(first: Option<NaiveDate>, last: Option<NaiveDate>, surely: bool) -> String {
    let sure = if surely { "=" } else { "" };
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!("{sure}{first}"),
        (Some(first), Some(last)) if surely => format!("={first}/{last}"),
        (Some(first), Some(last)) => format!("{first}..{last}"),
        (Some(first), None) => format!("{sure}{first}{}", if surely { "/.." } else { ".." }),
        (None, Some(last)) if surely => format!("=../{last}"),
        (None, Some(last)) => format!("..{last}"),
        (None, None) => format!("{}..{}", NaiveDate::MIN, NaiveDate::MAX),
    }
}
