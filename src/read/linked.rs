//! Structured data in a page: schema.org as JSON-LD, alone, in arrays, in graphs, and a bit broken.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::meta::clip;

/// What the data says of the article.
#[derive(Debug, Clone, Default)]
pub(super) struct LinkedData {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    /// Whether the whole text may be read by everybody.
    pub free: Option<bool>,
}

impl LinkedData {
    /// Reads every `ld+json` script of a page; what is no JSON even when mended is passed over.
    pub(super) fn of(scripts: &[String]) -> Self {
        let values: Vec<Value> = scripts
            .iter()
            .filter_map(|script| {
                let cleaned = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
                let cleaned = cleaned.trim().trim_end_matches(';');
                serde_json::from_str::<Value>(cleaned)
                    .or_else(|_| serde_json::from_str::<Value>(&mended(cleaned)))
                    .ok()
            })
            .collect();
        let mut nodes = Nodes::default();
        values.iter().for_each(|value| nodes.take(value, 0));
        let mut data = Self::default();
        // Articles say it best; a page about one may say what they leave out.
        for article in [true, false] {
            for object in nodes.all.iter().filter(|o| is_article(o.get("@type")) == article) {
                data.take(object, article, &nodes);
            }
        }
        data
    }

    fn take(&mut self, object: &Map<String, Value>, article: bool, nodes: &Nodes<'_>) {
        if !article && !is_page(object.get("@type")) {
            return;
        }
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(clip);
        if article {
            self.headline =
                self.headline.take().or_else(|| text("headline").map(|text| decoded(&text)));
        }
        let free = object.get("isAccessibleForFree").and_then(|value| match value {
            Value::Bool(free) => Some(*free),
            Value::String(free) => free.trim().to_ascii_lowercase().parse().ok(),
            _ => None,
        });
        self.free = self.free.or(free);
        let published = || {
            let keys = ["datePublished", "dateCreated", "uploadDate"];
            keys.into_iter().find_map(text)
        };
        self.published = self.published.take().or_else(published);
        self.modified = self.modified.take().or_else(|| text("dateModified"));
        let names = |key: &str| object.get(key).map(|value| nodes.names_of(value, 0));
        if self.authors.is_empty() {
            let authors = names("author").or_else(|| names("creator")).unwrap_or_default();
            self.authors = authors.iter().map(|name| decoded(name)).collect();
        }
        let publisher = names("publisher").unwrap_or_default();
        self.publisher =
            self.publisher.take().or_else(|| publisher.first().map(|name| decoded(name)));
    }
}

/// The objects of all scripts, in order, and those that others refer to.
#[derive(Default)]
struct Nodes<'a> {
    all: Vec<&'a Map<String, Value>>,
    by_id: HashMap<&'a str, &'a Map<String, Value>>,
}

/// Deepest nesting that is looked at.
const DEPTH_MAX: usize = 6;

impl<'a> Nodes<'a> {
    fn take(&mut self, value: &'a Value, depth: usize) {
        if depth > DEPTH_MAX {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.take(item, depth + 1)),
            Value::Object(object) => {
                self.all.push(object);
                let id = object.get("@id").and_then(Value::as_str);
                if let Some(id) = id.filter(|_| object.contains_key("name")) {
                    self.by_id.entry(id).or_insert(object);
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"] {
                    if let Some(inner) = object.get(key) {
                        self.take(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn names_of(&self, value: &Value, depth: usize) -> Vec<String> {
        match value {
            Value::String(name) if !name.contains("://") => vec![clip(name)],
            Value::Array(items) if depth < DEPTH_MAX => {
                items.iter().flat_map(|item| self.names_of(item, depth + 1)).collect()
            }
            Value::Object(object) if depth < DEPTH_MAX => match object.get("name") {
                Some(name) => self.names_of(name, depth + 1),
                None => {
                    let id = object.get("@id").and_then(Value::as_str);
                    let other = id.and_then(|id| self.by_id.get(id));
                    let name = other.and_then(|other| other.get("name"));
                    name.map(|name| self.names_of(name, depth + 1)).unwrap_or_default()
                }
            },
            _ => Vec::new(),
        }
    }
}

fn is_page(kind: Option<&Value>) -> bool {
    let named = |kind: &str| {
        let about = ["Page", "Work", "Recipe", "Review", "HowTo", "Object", "Event", "Course"];
        about.iter().any(|end| kind.ends_with(end)) && kind != "ImageObject"
    };
    match kind {
        Some(Value::String(kind)) => named(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

/// Undoes the character references that structured data should not hold but do.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let reference = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        let c = reference.and_then(|(name, _)| match name {
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "nbsp" => Some(' '),
            "rsquo" => Some('’'),
            "lsquo" => Some('‘'),
            "rdquo" => Some('”'),
            "ldquo" => Some('“'),
            "ndash" => Some('–'),
            "mdash" => Some('—'),
            "hellip" => Some('…'),
            _ => {
                let number = name.strip_prefix('#')?;
                let hex = number.strip_prefix(['x', 'X']);
                let code = hex.map_or_else(|| number.parse(), |h| u32::from_str_radix(h, 16));
                code.ok().and_then(char::from_u32)
            }
        });
        match (c, reference) {
            (Some(c), Some((_, after))) => {
                out.push(c);
                rest = after;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_article(kind: Option<&Value>) -> bool {
    let named = |kind: &str| {
        kind.ends_with("Article")
            || kind.ends_with("Posting")
            || kind.ends_with("Report")
            || kind == "Report"
    };
    match kind {
        Some(Value::String(kind)) => named(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

/// Repairs the two commonest faults of embedded JSON: raw line breaks and trailing commas.
fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut in_text = false;
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '"' if !escaped => in_text = !in_text,
            '}' | ']' if !in_text => {
                let kept = mended.trim_end().trim_end_matches(',').len();
                mended.truncate(kept);
            }
            _ if c.is_control() => {
                mended.push(' ');
                escaped = false;
                continue;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        mended.push(c);
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::LinkedData;

    #[test]
    fn broken_structured_data_is_mended() {
        let script = "{\"@type\":\"NewsArticle\",\"headline\":\"A\nB\",}".to_string();
        assert_eq!(LinkedData::of(&[script]).headline.as_deref(), Some("A B"));
    }
}
