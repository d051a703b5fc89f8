//! Structured data in a page: schema.org as JSON-LD, alone, in arrays, in graphs, and a bit broken.

use serde_json::Value;

use super::meta::clip;

/// What the data says of the article.
#[derive(Debug, Clone, Default)]
pub(super) struct LinkedData {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
}

impl LinkedData {
    /// Reads every `ld+json` script of a page; what is no JSON even when mended is passed over.
    pub(super) fn of(scripts: &[String]) -> Self {
        let mut data = Self::default();
        for script in scripts {
            let cleaned = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
            let value = serde_json::from_str::<Value>(cleaned)
                .or_else(|_| serde_json::from_str::<Value>(&mended(cleaned)));
            if let Ok(value) = value {
                data.take(&value, 0);
            }
        }
        data
    }

    fn take(&mut self, value: &Value, depth: usize) {
        if depth > 6 {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.take(item, depth + 1)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.take(graph, depth + 1);
                }
                if is_article(object.get("@type")) {
                    let text = |key: &str| object.get(key).and_then(Value::as_str).map(clip);
                    self.headline = self.headline.take().or_else(|| text("headline").map(|text| decoded(&text)));
                    let published = || text("datePublished").or_else(|| text("dateCreated"));
                    self.published = self.published.take().or_else(published);
                    self.modified = self.modified.take().or_else(|| text("dateModified"));
                    if self.authors.is_empty() {
                        self.authors = object.get("author").map(names_of).unwrap_or_default();
                    }
                    let publisher = object.get("publisher").map(names_of).unwrap_or_default();
                    self.publisher = self.publisher.take().or_else(|| publisher.into_iter().next());
                }
                for key in ["mainEntity", "mainEntityOfPage"] {
                    if let Some(inner) = object.get(key) {
                        self.take(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Undoes the character references that structured data should not hold but do.
fn decoded(text: &str) -> String {
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

fn names_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) if !name.contains("://") => vec![clip(name)],
        Value::Array(items) => items.iter().flat_map(names_of).collect(),
        Value::Object(object) => object.get("name").map(names_of).unwrap_or_default(),
        _ => Vec::new(),
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
