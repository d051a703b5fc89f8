//! The record as files to take away, with quotations no longer than on the pages.

use serde_json::Value;

use super::export::shape::IncidentOut;
use super::export::{Export, export_beside_incidents};
use super::line::{QUOTE_CHARS_MAX, clipped};
use super::site::Site;
use super::tables::{TableName, table_of};
use crate::model::tree::Rendered;

/// Tables with rows of single incidents.
const OF_INCIDENTS: [(&str, TableName); 4] = [
    ("incidents", TableName::Incidents),
    ("timeline", TableName::Timeline),
    ("questions", TableName::Questions),
    ("contradictions", TableName::Contradictions),
];
/// The others.
const OF_ARTICLES: [(&str, TableName); 2] =
    [("claims", TableName::Claims), ("articles", TableName::Articles)];

/// The rows of incidents in each table that has such.
pub type Rows = [String; OF_INCIDENTS.len()];

/// The rows of an incident.
pub fn rows(incident: IncidentOut<'_>) -> Rows {
    let record = Export { incidents: vec![incident], ..Export::default() };
    OF_INCIDENTS.map(|(_, name)| {
        let table = csv(&record, name);
        // The first line names the columns.
        table.split_once('\n').map_or_else(String::new, |(_, rows)| rows.to_string())
    })
}

fn csv(record: &Export<'_>, name: TableName) -> String {
    let mut table = table_of(record, name);
    for cell in table.rows.iter_mut().flatten().flatten() {
        shorten_text(cell);
    }
    String::from_utf8(table.csv()).unwrap_or_default()
}

/// The tables, by path, with the rows of all incidents.
pub fn tables<'r>(site: &Site<'_>, incidents: impl Iterator<Item = &'r Rows>) -> Rendered {
    let record = export_beside_incidents(site.kb);
    let mut tables = OF_INCIDENTS.map(|(_, name)| csv(&record, name));
    for rows in incidents {
        tables.iter_mut().zip(rows).for_each(|(table, rows)| table.push_str(rows));
    }
    let others = OF_ARTICLES.map(|(name, table)| (name, csv(&record, table)));
    let weights = ("exposure", weights(site));
    let named = OF_INCIDENTS.iter().map(|(name, _)| *name).zip(tables);
    let files = named.chain(others).chain([weights]);
    files.map(|(name, text)| (format!("data/{name}.csv"), text.into_bytes())).collect()
}

/// The whole record, by its path; of each incident stands already what is said of it.
pub fn record(site: &Site<'_>, incidents: &[&str]) -> Rendered {
    let mut rest = serde_json::to_value(export_beside_incidents(site.kb)).unwrap_or_default();
    shorten(&mut rest);
    let whole = with_incidents(&rest, incidents).into_bytes();
    [("data/record.json".to_string(), whole)].into()
}

/// A record as JSON, with incidents that stand as JSON already.
fn with_incidents(rest: &Value, incidents: &[&str]) -> String {
    let fields = rest.as_object().into_iter().flatten().map(|(name, value)| match name.as_str() {
        "incidents" => format!("{}:[{}]", Value::from(name.as_str()), incidents.join(",")),
        name => format!("{}:{value}", Value::from(name)),
    });
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
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
