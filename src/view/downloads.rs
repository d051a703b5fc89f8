//! The record as files to take away, with quotations no longer than on the pages.
//!
//! What holds: what is taken away of an incident, or of an article that belongs to none, is made by itself,
//! so that the files are these parts laid together.

use serde::Serialize;
use serde_json::{Value, json};

use super::beside::headed;
use super::export::{Export, export_beside};
use super::line::{QUOTE_CHARS_MAX, clipped};
use super::place::Place;
use super::site::Site;
use super::tables::{TableName, table_of};
use crate::model::tree::Rendered;

/// The tables by the names of their files.
const TABLES: [(&str, TableName); 6] = [
    ("incidents", TableName::Incidents),
    ("timeline", TableName::Timeline),
    ("questions", TableName::Questions),
    ("contradictions", TableName::Contradictions),
    ("claims", TableName::Claims),
    ("articles", TableName::Articles),
];

/// Files that are made when they are asked for.
pub type Laid<'f> = Box<dyn Fn() -> Rendered + Send + Sync + 'f>;

/// What is taken away of an incident, or of an article that belongs to none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Incidents, articles and claims as JSON, those of one kind with commas between.
    incidents: String,
    articles: String,
    claims: String,
    /// Its questions and its contradictions, each with its id.
    questions: String,
    contradictions: String,
    /// Rows of each table.
    rows: [String; TABLES.len()],
}

impl Taken {
    /// Of a part of the record.
    pub fn of(part: &Export<'_>) -> Self {
        let rows = TABLES.map(|(_, name)| {
            let table = csv(part, name);
            // The first line names the columns.
            table.split_once('\n').map_or_else(String::new, |(_, rows)| rows.to_string())
        });
        let asked = part.incidents.iter().filter(|incident| !incident.questions.is_empty());
        let opposed = part.incidents.iter().filter(|i| !i.contradictions.is_empty());
        Self {
            incidents: listed(part.incidents.iter()),
            articles: listed(part.articles.iter()),
            claims: listed(part.claims.iter()),
            questions: listed(asked.map(|i| json!({ "id": i.id, "questions": i.questions }))),
            contradictions: listed(
                opposed.map(|i| json!({ "id": i.id, "contradictions": i.contradictions })),
            ),
            rows,
        }
    }
}

/// Lists of a document that stand as JSON already, by name.
type Lists = [(&'static str, fn(&Taken) -> &String)];

/// A document with such lists.
fn laid_together<'t>(
    rest: impl Serialize,
    lists: &Lists,
    parts: impl Iterator<Item = &'t Taken> + Clone,
) -> Vec<u8> {
    let mut rest = serde_json::to_value(rest).unwrap_or_default();
    shorten(&mut rest);
    let mut whole = String::new();
    for (name, value) in rest.as_object().into_iter().flatten() {
        whole.push_str(if whole.is_empty() { "{" } else { "," });
        whole.push_str(&format!("{}:", Value::from(name.as_str())));
        let Some((_, list)) = lists.iter().find(|(list, _)| list == name) else {
            whole.push_str(&value.to_string());
            continue;
        };
        let parts = parts.clone().map(list).filter(|part| !part.is_empty());
        whole.reserve(parts.clone().map(|part| part.len() + 1).sum::<usize>() + 2);
        whole.push('[');
        for (at, part) in parts.enumerate() {
            whole.push_str(if at == 0 { "" } else { "," });
            whole.push_str(part);
        }
        whole.push(']');
    }
    whole.push('}');
    whole.into_bytes()
}

fn listed(list: impl Iterator<Item = impl Serialize>) -> String {
    let shortened = list.map(|item| {
        let mut value = serde_json::to_value(item).unwrap_or_default();
        shorten(&mut value);
        value.to_string()
    });
    shortened.collect::<Vec<_>>().join(",")
}

fn csv(record: &Export<'_>, name: TableName) -> String {
    let mut table = table_of(record, name);
    for cell in table.rows.iter_mut().flatten().flatten() {
        shorten_text(cell);
    }
    String::from_utf8(table.csv()).unwrap_or_default()
}

/// The tables, by path.
pub fn tables<'t>(site: &Site<'_>, parts: impl Iterator<Item = &'t Taken> + Clone) -> Rendered {
    let mut tables = TABLES.map(|(_, name)| csv(&Export::default(), name));
    for (at, table) in tables.iter_mut().enumerate() {
        let rows = || parts.clone().filter_map(|part| part.rows.get(at));
        table.reserve(rows().map(String::len).sum());
        rows().for_each(|rows| table.push_str(rows));
    }
    let named = TABLES.iter().map(|(name, _)| *name).zip(tables);
    let files = named.chain([("exposure", weights(site))]);
    files.map(|(name, text)| (format!("data/{name}.csv"), text.into_bytes())).collect()
}

/// The whole record, by its path.
pub fn record<'t>(site: &Site<'_>, parts: impl Iterator<Item = &'t Taken> + Clone) -> Rendered {
    let lists: &Lists = &[
        ("incidents", |part| &part.incidents),
        ("articles", |part| &part.articles),
        ("claims", |part| &part.claims),
    ];
    let whole = laid_together(export_beside(site.kb), lists, parts);
    [("data/record.json".to_string(), whole)].into()
}

/// All questions and all contradictions, beside the pages that show the first of them.
pub fn boards<'t>(site: &Site<'_>, parts: impl Iterator<Item = &'t Taken> + Clone) -> Rendered {
    let board = |place: Place<'_>, list: fn(&Taken) -> &String| {
        let mut rest = json!({ "incidents": [] });
        headed(site, &place, &mut rest);
        let path = format!("{}index.json", place.path());
        (path, laid_together(rest, &[("incidents", list)], parts.clone()))
    };
    let questions = board(Place::Questions, |part| &part.questions);
    let contradictions = board(Place::Contradictions, |part| &part.contradictions);
    [questions, contradictions].into()
}

/// Cuts every text of a document at the limit of quotations; addresses stay whole.
pub fn shorten(value: &mut Value) {
    match value {
        Value::String(text) => shorten_text(text),
        Value::Array(list) => list.iter_mut().for_each(shorten),
        Value::Object(map) => map.values_mut().for_each(shorten),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn shorten_text(text: &mut String) {
    // No text of so few bytes has more characters.
    let long = text.len() > QUOTE_CHARS_MAX;
    if long && !text.starts_with("https://") && !text.starts_with("http://") {
        *text = clipped(text);
    }
}

fn weights(site: &Site<'_>) -> String {
    let mut csv = "of,name,dimension,value\n".to_string();
    for weight in site.weights() {
        let of = format!("{:?}", weight.of).to_lowercase();
        csv.push_str(&format!("{of},{},{},{}\n", weight.name, weight.dimension, weight.value));
    }
    csv
}
