//! An input block of a case as a capture: head, then plain text, light markup or HTML.

use casebook::model::source::Capture;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

/// The day a record speaks of where a case does not say.
pub const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();

/// The day pages are fetched where neither `fetched` nor `published` is given.
const FETCHED: NaiveDate = NaiveDate::from_ymd_opt(2026, 7, 20).unwrap();

const KEYS: &[&str] = &["url", "published", "fetched", "lang", "outlet", "as-of"];

pub struct Page {
    pub capture: Capture,
    pub body: String,
    pub as_of: Option<NaiveDate>,
}

pub fn is_input(kind: &str) -> bool {
    is_page(kind) || rows_of(kind).is_some()
}

pub fn is_page(kind: &str) -> bool {
    matches!(kind, "article" | "html" | "text")
}

/// The file in `data/` that a block of rows stands for.
pub fn rows_of(kind: &str) -> Option<String> {
    kind.strip_prefix("rows ").map(|file| file.trim().to_string())
}

impl Page {
    pub fn of(number: usize, kind: &str, block: &str) -> Self {
        let mut head: Vec<(&str, &str)> = Vec::new();
        let mut rest = block;
        while let Some((line, below)) = rest.split_once('\n') {
            match line.split_once(": ").filter(|(key, _)| KEYS.contains(key)) {
                Some((key, value)) => head.push((key, value.trim())),
                None => break,
            }
            rest = below;
        }
        let value = |key: &str| head.iter().find(|(k, _)| *k == key).map(|(_, value)| *value);
        let day = |key: &str| {
            value(key).map(|text| text.parse::<NaiveDate>().expect("a day, YYYY-MM-DD"))
        };
        let (published, fetched) = (day("published"), day("fetched"));
        let next = published.map(|day| day + Days::new(1));
        let fetched = fetched.or(next).unwrap_or(FETCHED).and_time(NaiveTime::MIN).and_utc();
        let url = value("url").map_or(format!("https://pages.example/{number}"), str::to_string);
        let body = match kind {
            "article" => html(rest.trim(), published, value("lang"), value("outlet")),
            _ => rest.trim_start().to_string(),
        };
        let media =
            if kind == "text" { "text/plain; charset=utf-8" } else { "text/html; charset=utf-8" };
        Self { capture: capture(&url, media, fetched, body.as_bytes()), body, as_of: day("as-of") }
    }
}

/// A capture of bytes at an address.
pub fn capture(url: &str, media: &str, fetched: DateTime<Utc>, body: &[u8]) -> Capture {
    use sha2::{Digest, Sha256};
    let digest: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
    let id = Capture::id_of(url, &digest);
    Capture { id, requested: url.into(), fetched, media: media.into(), digest }
}

/// `# headline`, `## heading`, `- item`, `> quotation`, paragraphs: a page of a careful outlet.
fn html(
    text: &str,
    published: Option<NaiveDate>,
    lang: Option<&str>,
    outlet: Option<&str>,
) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut head = String::from("<meta charset=\"utf-8\">");
    if let Some(day) = published {
        head += &format!("<meta property=\"article:published_time\" content=\"{day}\">");
    }
    if let Some(outlet) = outlet {
        head += &format!("<meta property=\"og:site_name\" content=\"{}\">", escape(outlet));
    }
    let mut body = String::new();
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        if block.starts_with("- ") {
            let items = block
                .lines()
                .map(|item| format!("<li>{}</li>", escape(item.trim_start_matches("- "))));
            body += &format!("<ul>{}</ul>\n", items.collect::<String>());
            continue;
        }
        let (tag, text) = match block.split_once(' ') {
            Some(("#", text)) => ("h1", text),
            Some(("##", text)) => ("h2", text),
            Some((">", text)) => ("blockquote", text),
            _ => ("p", block),
        };
        if tag == "h1" {
            head += &format!("<title>{}</title>", escape(text));
        }
        body += &format!("<{tag}>{}</{tag}>\n", escape(text));
    }
    let lang = lang.map_or(String::new(), |lang| format!(" lang=\"{lang}\""));
    format!(
        "<!DOCTYPE html>\n<html{lang}><head>{head}</head><body><article>\n{body}</article></body></html>\n"
    )
}
