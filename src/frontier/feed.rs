//! Feeds: RSS 0.9 to 2.0, RDF, Atom, JSON Feed, and what publishers make of them.
//!
//! In: the bytes and the same as text. Out: items. What holds: a feed that a strict parser refuses is
//! mended and read again; what still fails is read for its items alone.

use std::borrow::Cow;

use super::head::{unescaped, words};
use super::loose::items_of;
use crate::model::crawl::{Dated, Item};

/// Most items of one feed.
pub(super) const ITEMS_MAX: usize = 2_000;
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
        // The strict parser does not know of base64 in Atom.
        Some(_) if is_coded(text) => items_of(text),
        Some(found) if !found.is_empty() || !begins(text) => Some(filled(found, text)),
        strict => {
            let mended = mended(text);
            let again = parse(mended.as_bytes()).filter(|found| !found.is_empty());
            again.or_else(|| items_of(&mended)).or(strict)
        }
    }
}

/// Whether parts of a feed are in base64 (Atom 0.3 §3.1.2, RFC 4287 §4.1.3.3).
fn is_coded(text: &str) -> bool {
    [
        "mode=\"base64\"",
        "mode='base64'",
        "\"application/octet-stream\"",
        "'application/octet-stream'",
    ]
    .iter()
    .any(|mark| text.contains(mark))
        && text.contains("<entry")
}

/// What the strict parser passed over, in elements of other vocabularies, is read loosely.
fn filled(mut found: Vec<Item>, text: &str) -> Vec<Item> {
    let lacks =
        |item: &Item| item.title.is_none() || item.summary.is_none() || item.address.is_empty();
    if text.trim_start().starts_with('<') && found.iter().any(lacks) {
        let loose = items_of(&mended(text)).unwrap_or_default();
        // Items are told apart by their place alone.
        if loose.len() == found.len() {
            for (item, other) in found.iter_mut().zip(loose) {
                item.title = item.title.take().or(other.title);
                item.summary = item.summary.take().or(other.summary);
                if item.address.is_empty() {
                    item.address = other.address;
                }
            }
        }
    }
    found
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

/// Text without tags and without what is never read, on one line.
pub(super) fn stripped(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        out.push(' ');
        rest = match UNREAD.iter().find(|name| begins_with(tag, name)) {
            Some(name) => behind_end_of(tag, name),
            None => tag.split_once('>').map_or("", |(_, rest)| rest),
        };
    }
    out.push_str(rest);
    let joined = unescaped(&out).split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().map(meant).take(SUMMARY_CHARS_MAX).collect()
}

/// Elements whose text nobody reads.
const UNREAD: [&str; 2] = ["script", "style"];

fn begins_with(tag: &str, name: &str) -> bool {
    tag.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        && tag
            .get(name.len()..)
            .is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n', '/']))
}

fn behind_end_of<'a>(tag: &'a str, name: &str) -> &'a str {
    let mut rest = tag;
    while let Some((_, behind)) = rest.split_once("</") {
        if begins_with(behind, name) {
            return behind.split_once('>').map_or("", |(_, rest)| rest);
        }
        rest = behind;
    }
    ""
}

/// What Windows has at the places of 32 control characters.
const MEANT: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// The character that a number between 128 and 159 is meant to be (WHATWG HTML §13.2.5.80).
fn meant(c: char) -> char {
    match u8::try_from(u32::from(c)) {
        Ok(byte @ 0x80..=0x9f) => MEANT.chars().nth(usize::from(byte - 0x80)).unwrap_or(c),
        _ => c,
    }
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
