//! The record as files to take away, with quotations no longer than on the pages.

use serde_json::Value;

use super::export::{export, export_beside_incidents};
use super::line::{QUOTE_CHARS_MAX, clipped};
use super::site::Site;
use super::tables::{TableName, table_of};
use crate::model::tree::Rendered;

/// The tables, by path.
pub fn tables(site: &Site<'_>) -> Rendered {
    let record = export(site.kb);
    let mut files = Rendered::new();
    for (name, table) in [
        ("incidents", TableName::Incidents),
        ("timeline", TableName::Timeline),
        ("claims", TableName::Claims),
        ("questions", TableName::Questions),
        ("contradictions", TableName::Contradictions),
        ("articles", TableName::Articles),
    ] {
        let mut table = table_of(&record, table);
        for cell in table.rows.iter_mut().flatten().flatten() {
            shorten_text(cell);
        }
        files.insert(format!("data/{name}.csv"), table.csv());
    }
    files.insert("data/exposure.csv".into(), weights(site).into_bytes());
    files
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
