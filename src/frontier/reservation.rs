//! What a host reserves from text and data mining: `/.well-known/tdmrep.json` (TDM Reservation Protocol, W3C
//! community group report, 2024).
//!
//! In: the bytes of the file. Out: whether an address is reserved. What holds: the first rule that matches
//! decides; what no rule matches is left open; anything unreadable is passed over.

use serde_json::Value;

use super::robots::{escaped, matches, path_of};

/// Where the file stands, from the root of a host.
pub const PATH: &str = "/.well-known/tdmrep.json";
/// Most rules that are read.
const RULES_MAX: usize = 10_000;

/// What one host reserves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reservation {
    /// Pattern of a path as robots rules write it, and whether it is reserved.
    rules: Vec<(Vec<u8>, bool)>,
}

impl Reservation {
    /// Reads the file; one rule without a list around it is a list of one.
    pub fn parse(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let rows = match serde_json::from_slice(bytes) {
            Ok(Value::Array(rows)) => rows,
            Ok(row @ Value::Object(_)) => vec![row],
            _ => Vec::new(),
        };
        let rule = |row: &Value| {
            let location = row.get("location")?.as_str()?;
            Some((escaped(location.as_bytes()), is_reserved(row.get("tdm-reservation")?)?))
        };
        Self { rules: rows.iter().filter_map(rule).take(RULES_MAX).collect() }
    }

    /// Whether an address is reserved.
    pub fn holds(&self, address: &str) -> bool {
        let path = path_of(address);
        let first = self.rules.iter().find(|(pattern, _)| matches(pattern, &path));
        first.is_some_and(|(_, reserved)| *reserved)
    }
}

/// 1 reserves, 0 does not; some write them as text.
fn is_reserved(value: &Value) -> Option<bool> {
    match value.as_u64().or_else(|| value.as_str()?.trim().parse().ok()) {
        Some(1) => Some(true),
        Some(0) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_matches_decides() {
        let file = r#"[{"location": "/open/*.html$", "tdm-reservation": 0},
                        {"location": "/open", "tdm-reservation": "1", "tdm-policy": "https://h.example/p.json"},
                        {"location": "/odd", "tdm-reservation": 7}, {"tdm-reservation": 1}, 5,
                        {"location": "/新闻/", "tdm-reservation": 1}]"#;
        let read = Reservation::parse(file.as_bytes());
        for (path, reserved) in [
            ("/open/a.html", false),
            ("/open/a.htm", true),
            ("/open", true),
            ("/odd", false),
            ("/", false),
            ("/%E6%96%B0%E9%97%BB/1", true),
        ] {
            assert_eq!(read.holds(&format!("https://h.example{path}")), reserved, "{path}");
        }
    }

    #[test]
    fn what_is_no_such_file_reserves_nothing() {
        for bytes in ["", "<html>", "[", "null", "[[]]", r#"{"location": 1}"#] {
            assert!(!Reservation::parse(bytes.as_bytes()).holds("http://h.example/a"), "{bytes}");
        }
        let alone = br#"{"location": "/", "tdm-reservation": 1}"#;
        assert!(Reservation::parse(alone).holds("http://h.example"));
    }
}
