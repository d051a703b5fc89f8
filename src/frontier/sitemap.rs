//! Sitemaps (sitemaps.org 0.9), news sitemaps, indexes of sitemaps, and plain lists of addresses.
//!
//! In: bytes, gzip or not. Out: items, and further sitemaps.

use std::io::Read;

use chrono::{DateTime, NaiveDate};
use flate2::read::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::head::words;
use crate::model::crawl::{Dated, Item};

/// Most addresses of one sitemap, as its standard says.
const ENTRIES_MAX: usize = 50_000;
/// Most bytes of one sitemap, as its standard says.
pub const SITEMAP_BYTES_MAX: usize = 52_428_800;

/// What a sitemap names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Articles.
    pub items: Vec<Item>,
    /// Further sitemaps, with when they last changed.
    pub sitemaps: Vec<Item>,
}

/// The document inside a file that is itself compressed (`sitemap.xml.gz`); others stay as they are.
pub fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return None;
    }
    let mut plain = Vec::new();
    let limit = SITEMAP_BYTES_MAX as u64;
    // What was read before any damage counts.
    let _ = MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut plain);
    Some(plain)
}

/// Reads a sitemap; `None` where the document is none.
pub fn sitemap(bytes: &[u8]) -> Option<Sitemap> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    if !head.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return list(bytes);
    }
    (head.contains("<urlset") || head.contains("<sitemapindex") || head.contains(":urlset"))
        .then(|| entries(&String::from_utf8_lossy(bytes)))
}

fn entries(xml: &str) -> Sitemap {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut found = Sitemap::default();
    let mut item = Item::default();
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => break,
            Ok(Event::Start(tag)) => {
                text.clear();
                if matches!(tag.local_name().as_ref(), "url" | "sitemap") {
                    item = Item::default();
                }
            }
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::CData(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(name)) => {
                text.push_str(&format!("&{};", &*name));
            }
            Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                "loc" if item.address.is_empty() => item.address = words(&text),
                "title" if item.title.is_none() => item.title = Some(words(&text)),
                "keywords" => item.summary = Some(words(&text)),
                // A news sitemap says when it came out; `lastmod` may be anything since.
                "publication_date" => item.dated = dated(&text).or(item.dated),
                "lastmod" => item.dated = item.dated.or_else(|| dated(&text)),
                "url" => push(&mut found.items, &mut item),
                "sitemap" => push(&mut found.sitemaps, &mut item),
                _ => {}
            },
            Ok(_) => {}
        }
    }
    found
}

fn push(list: &mut Vec<Item>, item: &mut Item) {
    let item = std::mem::take(item);
    if !item.address.is_empty() && list.len() < ENTRIES_MAX {
        list.push(item);
    }
}

/// Dates in the W3C's profile of ISO 8601: a day, or a moment with its zone.
fn dated(text: &str) -> Option<Dated> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(Dated::Moment(moment.to_utc()));
    }
    // Minutes without seconds are allowed there.
    let seconds = text.get(..16).zip(text.get(16..)).map(|(a, b)| format!("{a}:00{b}"));
    if let Some(moment) = seconds.and_then(|text| DateTime::parse_from_rfc3339(&text).ok()) {
        return Some(Dated::Moment(moment.to_utc()));
    }
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok().map(Dated::Day)
}

/// One address a line.
fn list(bytes: &[u8]) -> Option<Sitemap> {
    let text = std::str::from_utf8(bytes).ok()?;
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let sound = lines().next().is_some()
        && lines().all(|line| line.starts_with("http://") || line.starts_with("https://"));
    sound.then(|| Sitemap {
        items: lines()
            .take(ENTRIES_MAX)
            .map(|line| Item { address: line.to_string(), ..Item::default() })
            .collect(),
        sitemaps: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_news_maps_and_indexes_are_read() {
        let news = b"<?xml version='1.0'?><urlset xmlns:news='n'><url><loc>https://h.example/1?a=1&amp;b=2</loc>\
            <lastmod>2026-06-03</lastmod><news:news><news:publication_date>2026-06-01T10:00+08:00\
            </news:publication_date><news:title><![CDATA[Ban & end]]></news:title></news:news></url>\
            <url><loc> https://h.example/2 </loc></url></urlset>";
        let read = sitemap(news).unwrap_or_default();
        let first = read.items.first().cloned().unwrap_or_default();
        assert_eq!(first.address, "https://h.example/1?a=1&b=2");
        assert_eq!(first.title.as_deref(), Some("Ban & end"));
        assert!(
            matches!(first.dated, Some(Dated::Moment(m)) if m.to_rfc3339().starts_with("2026-06-01T02"))
        );
        assert_eq!(read.items.len(), 2);
        let index =
            b"<sitemapindex><sitemap><loc>https://h.example/m.xml</loc></sitemap></sitemapindex>";
        assert_eq!(sitemap(index).unwrap_or_default().sitemaps.len(), 1);
        assert_eq!(
            sitemap(b"https://h.example/1\nhttps://h.example/2\n").unwrap_or_default().items.len(),
            2
        );
        assert_eq!(sitemap(b"<html>no</html>"), None);
        assert_eq!(sitemap(b"no"), None);
    }
}
