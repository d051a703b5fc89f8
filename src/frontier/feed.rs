//! Feeds: RSS 0.9 to 2.0, RDF, Atom, JSON Feed, and what publishers make of them.
//!
//! In: the bytes and the same as text. Out: items. What holds: a feed that a strict parser refuses is
//! mended and read again; what still fails is read for its items alone.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::head::{unescaped, words};
use crate::model::crawl::{Dated, Item};

/// Most items of one feed.
const ITEMS_MAX: usize = 2_000;
/// Most characters of a summary.
const SUMMARY_CHARS_MAX: usize = 2_000;

/// The items of a feed; `None` where the document is no feed.
pub fn feed(bytes: &[u8], text: &str, address: &str) -> Option<Vec<Item>> {
    let parse = |bytes: &[u8]| {
        let parser = feed_rs::parser::Builder::new().base_uri(Some(address)).build();
        parser.parse(bytes).ok().map(|feed| items(feed.entries))
    };
    let begins = |text: &str| text.contains("<item") || text.contains("<entry");
    match parse(bytes) {
        Some(found) if !found.is_empty() || !begins(text) => Some(found),
        strict => {
            let mended = mended(text);
            let again = parse(mended.as_bytes()).filter(|found| !found.is_empty());
            again.or_else(|| leniently(&mended)).or(strict)
        }
    }
}

fn items(entries: Vec<feed_rs::model::Entry>) -> Vec<Item> {
    let plain = |text: Option<feed_rs::model::Text>| text.map(|text| stripped(&text.content));
    entries
        .into_iter()
        .take(ITEMS_MAX)
        .map(|entry| {
            let link = entry
                .links
                .iter()
                .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
                .or(entry.links.first());
            let body = || entry.content.as_ref().and_then(|c| c.body.as_deref()).map(stripped);
            Item {
                address: link.map(|link| link.href.clone()).unwrap_or_else(|| {
                    // An id that is an address stands for the link that is missing.
                    if entry.id.contains("://") { entry.id.clone() } else { String::new() }
                }),
                title: plain(entry.title).map(|title| words(&title)).filter(|t| !t.is_empty()),
                summary: plain(entry.summary).or_else(body).filter(|text| !text.is_empty()),
                dated: entry.published.or(entry.updated).map(Dated::Moment),
            }
        })
        .collect()
}

/// Text without tags, on one line.
fn stripped(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        out.push(' ');
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    let joined = unescaped(&out).split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(SUMMARY_CHARS_MAX).collect()
}

/// The feed with what commonly breaks feeds set right: words before the root, document types, control
/// characters, references XML does not know, bare ampersands, a root without version.
fn mended(text: &str) -> String {
    let mut rest = text.get(text.find('<').unwrap_or(0)..).unwrap_or("");
    // The text is decoded: what the prologue says of its encoding no longer holds.
    loop {
        rest = rest.trim_start();
        rest = match () {
            () if rest.starts_with("<?") => rest.split_once("?>").map_or("", |(_, rest)| rest),
            () if rest.starts_with("<!--") => rest.split_once("-->").map_or("", |(_, rest)| rest),
            () if rest.starts_with("<!") => behind_doctype(rest),
            () => break,
        };
    }
    let mut out = String::with_capacity(rest.len() + 64);
    let rest = with_version(rest);
    let mut rest = rest.as_ref();
    while let Some(at) = rest.find(['&', '<']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        push_legal(&mut out, before);
        // What stands in CDATA is meant as it is.
        if let Some((inside, behind)) =
            from.strip_prefix("<![CDATA[").and_then(|data| data.split_once("]]>"))
        {
            out.push_str("<![CDATA[");
            push_legal(&mut out, inside);
            out.push_str("]]>");
            rest = behind;
        } else if let Some(behind) = from.strip_prefix('<') {
            out.push('<');
            rest = behind;
        } else {
            let behind = from.strip_prefix('&').unwrap_or("");
            let end = behind.find(';').filter(|end| *end <= 32);
            let name = end.and_then(|end| behind.get(..end)).unwrap_or("");
            let known = matches!(name, "amp" | "lt" | "gt" | "quot" | "apos");
            match quick_xml::escape::resolve_html5_entity(name) {
                _ if known || is_number(name) => out.push('&'),
                Some(value) => {
                    push_legal(&mut out, value);
                    rest = behind.get(name.len() + 1..).unwrap_or("");
                    continue;
                }
                None => out.push_str("&amp;"),
            }
            rest = behind;
        }
    }
    push_legal(&mut out, rest);
    out
}

fn is_number(name: &str) -> bool {
    let Some(digits) = name.strip_prefix('#') else { return false };
    let value = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    value.is_ok_and(|n| char::from_u32(n).is_some_and(is_legal))
}

fn behind_doctype(text: &str) -> &str {
    let end = text.find('>').unwrap_or(text.len());
    let subset = text.find('[').filter(|at| *at < end);
    match subset {
        Some(_) => text.split_once("]>").or(text.split_once("] >")).map_or("", |(_, rest)| rest),
        None => text.get(end + 1..).unwrap_or(""),
    }
}

/// A root `rss` of no version, or one nobody knows, is read as 2.0.
fn with_version(text: &str) -> Cow<'_, str> {
    let named = text.get(..4).is_some_and(|root| root.eq_ignore_ascii_case("<rss"));
    let Some(end) = text.find('>').filter(|_| named) else { return Cow::Borrowed(text) };
    let (root, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let kept: Vec<&str> = root
        .get(4..)
        .unwrap_or("")
        .split_ascii_whitespace()
        .filter(|part| part.starts_with("xmlns"))
        .collect();
    Cow::Owned(format!("<rss version=\"2.0\" {}{rest}", kept.join(" ")))
}

/// Characters XML allows.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn push_legal(out: &mut String, text: &str) {
    out.extend(text.chars().filter(|c| is_legal(*c)));
}

/// Reads items wherever they stand, whatever surrounds them; `None` where there is none.
fn leniently(text: &str) -> Option<Vec<Item>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut found: Vec<Item> = Vec::new();
    let mut inside = false;
    let mut field = String::new();
    let mut text = String::new();
    let mut other = Other::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => break,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                if matches!(name.as_str(), "item" | "entry") {
                    if found.len() >= ITEMS_MAX {
                        break;
                    }
                    found.push(Item::default());
                    (inside, other) = (true, Other::default());
                    field.clear();
                } else if let Some(item) = found.last_mut().filter(|_| inside) {
                    let value = |key: &str| {
                        let attribute = tag.try_get_attribute(key).ok().flatten()?;
                        Some(unescaped(&attribute.value))
                    };
                    let own = value("rel").is_none_or(|rel| rel == "alternate");
                    if name == "link" && own && item.address.is_empty() {
                        item.address = value("href").unwrap_or_default();
                    }
                    if FIELDS.contains(&name.as_str()) {
                        // A field that was never closed ends where the next begins.
                        take(item, &field, &text, &mut other);
                        field = name;
                        text.clear();
                    } else {
                        text.push(' ');
                    }
                }
            }
            Ok(Event::End(tag)) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                let ended = matches!(name.as_str(), "item" | "entry");
                if let Some(item) = found.last_mut().filter(|_| inside && (ended || name == field))
                {
                    take(item, &field, &text, &mut other);
                    field.clear();
                    if ended && item.address.is_empty() {
                        item.address = std::mem::take(&mut other.guid);
                    }
                }
                inside &= !ended;
            }
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::CData(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(name)) => text.push_str(&unescaped(&format!("&{};", &*name))),
            Ok(_) => {}
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Elements of an item that are read.
const FIELDS: [&str; 14] = [
    "title",
    "link",
    "guid",
    "id",
    "description",
    "summary",
    "content",
    "encoded",
    "pubdate",
    "published",
    "date",
    "updated",
    "modified",
    "issued",
];

/// What an item says that counts only if nothing better comes.
#[derive(Default)]
struct Other {
    guid: String,
    published: bool,
}

fn take(item: &mut Item, field: &str, text: &str, other: &mut Other) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    match field {
        "title" if item.title.is_none() => item.title = Some(words(&stripped(text))),
        "link" if item.address.is_empty() => item.address = text.to_string(),
        "guid" | "id" if text.contains("://") => other.guid = text.to_string(),
        "description" | "summary" | "content" | "encoded" if item.summary.is_none() => {
            item.summary = Some(stripped(text));
        }
        "pubdate" | "published" | "date" | "updated" | "modified" | "issued"
            if !other.published =>
        {
            item.dated = moment(text).map(Dated::Moment).or(item.dated);
            other.published = field != "updated" && field != "modified";
        }
        _ => {}
    }
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    let parsed = DateTime::parse_from_rfc3339(text).or(DateTime::parse_from_rfc2822(text));
    parsed.ok().map(|moment| moment.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let items = feed(text.as_bytes(), text, "https://harbour.example/feed").unwrap_or_default();
        items.into_iter().map(|i| (i.address, i.title.unwrap_or_default())).collect()
    }

    fn one(address: &str, title: &str) -> Vec<(String, String)> {
        vec![(address.into(), title.into())]
    }

    #[test]
    fn every_kind_of_feed_is_read() {
        let link = "https://harbour.example/1";
        let rss = "<rss version='2.0'><channel><item><title>Ban</title>\
                   <link>https://harbour.example/1</link></item></channel></rss>";
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Ban</title>\
                    <link rel='self' href='/x'/><link href='/1'/><id>x</id></entry></feed>";
        let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
                   xmlns='http://purl.org/rss/1.0/'><item rdf:about='u'><title>Ban</title>\
                   <link>https://harbour.example/1</link></item></rdf:RDF>";
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"H",
                      "items":[{"id":"1","url":"https://harbour.example/1","title":"Ban"}]}"#;
        for text in [rss, atom, rdf, json] {
            assert_eq!(read(text), one(link, "Ban"), "{text}");
        }
    }

    #[test]
    fn broken_feeds_are_mended() {
        let link = "https://harbour.example/1?a=1&b=2";
        let item =
            "<item><title>Tom &amp; Ban</title><link>https://harbour.example/1?a=1&b=2</link>";
        for text in [
            format!("\n<!-- x --><rss><channel>{item}</item></channel></rss>"),
            format!(
                "<?xml version='1.0'?>\n<rss version='9'>\u{1}<channel>{item}</item></channel></rss>"
            ),
            format!("<rss version='2.0'><channel><title>A&nbsp;B & C</title>{item}</item>"),
            format!("<rss version='2.0'><channel>{item}<b></item></channel>"),
            format!(
                "<!DOCTYPE rss [<!ENTITY x 'y'>]><RSS version='2.0'><channel>{item}</item></channel></RSS>"
            ),
        ] {
            assert_eq!(read(&text), one(link, "Tom & Ban"), "{text}");
        }
    }

    #[test]
    fn what_is_no_feed_is_none() {
        for text in ["", "<html><body>No feed</body></html>", "{}", "nothing"] {
            assert_eq!(feed(text.as_bytes(), text, "https://h.example/"), None, "{text}");
        }
    }
}
