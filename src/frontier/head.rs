//! What a page says in its head about itself, and which links it shows: without building a tree.
//!
//! In: decoded HTML. Out: [`Head`], links with their words. What holds: linear time; markup that
//! cannot be followed costs what lies behind it.

use std::cell::{Cell, RefCell};

use lol_html::html_content::{Element, TextChunk};
use lol_html::{HtmlRewriter, Settings, element, text};

use crate::model::crawl::Item;

/// Bytes of a page that are looked through for its head.
const HEAD_BYTES_MAX: usize = 96 * 1024;
/// Most links of one page.
const LINKS_MAX: usize = 2_000;
/// Most characters of a headline or the words of a link.
const WORDS_CHARS_MAX: usize = 400;

/// The head of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// `title`.
    pub title: String,
    /// `link rel=canonical`, else `og:url`.
    pub canonical: Option<String>,
    /// Feeds the page offers.
    pub feeds: Vec<String>,
    /// Words of `meta name=robots`, and of one for us, in small letters.
    pub robots: Vec<String>,
    /// Whether the rights to mine it are reserved (TDMRep).
    pub tdm_reserved: Option<bool>,
    /// Where a `meta http-equiv=refresh` leads at once.
    pub refresh: Option<String>,
}

/// Reads the head of a page.
pub fn head(html: &str, agent: &str) -> Head {
    let end = html.floor_char_boundary(HEAD_BYTES_MAX);
    let html = html.get(..end).unwrap_or(html);
    let found = RefCell::new(Head::default());
    let titled = Cell::new(false);
    let og_url = RefCell::new(None);
    let settings = Settings::new()
        .with_strict(false)
        .append_element_content_handler(element!("meta", |el: &mut Element| {
            meta(el, agent, &mut found.borrow_mut(), &mut og_url.borrow_mut());
            Ok(())
        }))
        .append_element_content_handler(element!("link[rel][href]", |el: &mut Element| {
            link(el, &mut found.borrow_mut());
            Ok(())
        }))
        .append_element_content_handler(text!("title", |chunk: &mut TextChunk| {
            if !titled.get() {
                found.borrow_mut().title.push_str(chunk.as_str());
                titled.set(chunk.last_in_text_node());
            }
            Ok(())
        }))
        // The head ends here; what follows is not looked at.
        .append_element_content_handler(element!("body", |_el: &mut Element| {
            Err("the head has been read".into())
        }));
    walk(html, settings);
    let mut found = found.into_inner();
    found.title = words(&found.title);
    found.canonical = found.canonical.or(og_url.into_inner());
    found
}

fn meta(el: &Element, agent: &str, found: &mut Head, og_url: &mut Option<String>) {
    let value = |name: &str| el.get_attribute(name).map(|value| unescaped(&value));
    let Some(content) = value("content") else { return };
    let name = value("name").or_else(|| value("property")).or_else(|| value("http-equiv"));
    let name = name.unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "robots" => found.robots.extend(directives(&content)),
        "og:url" => *og_url = Some(content),
        "tdm-reservation" => {
            found.tdm_reserved = reservation_of(&content).or(found.tdm_reserved);
        }
        "refresh" => {
            let (wait, rest) = content.split_once([';', ',']).unwrap_or((&content, ""));
            let target = rest.split_once('=').map(|(_, url)| url.trim().trim_matches(['\'', '"']));
            if wait.trim().parse::<f32>().is_ok_and(|seconds| seconds <= 2.0) {
                found.refresh = target.filter(|url| !url.is_empty()).map(str::to_string);
            }
        }
        _ if name == agent => found.robots.extend(directives(&content)),
        _ => {}
    }
}

fn link(el: &Element, found: &mut Head) {
    let value = |name: &str| el.get_attribute(name).map(|value| unescaped(&value));
    let rel = value("rel").unwrap_or_default().to_ascii_lowercase();
    let Some(href) = value("href").filter(|href| !href.trim().is_empty()) else { return };
    if rel.split_ascii_whitespace().any(|word| word == "canonical") && found.canonical.is_none() {
        found.canonical = Some(href);
    } else if rel.split_ascii_whitespace().any(|word| word == "alternate") {
        let media = value("type").unwrap_or_default().to_ascii_lowercase();
        let is_feed = ["rss", "atom", "feed+json", "rdf"].iter().any(|kind| media.contains(kind));
        if is_feed && found.feeds.len() < LINKS_MAX {
            found.feeds.push(href);
        }
    }
}

/// The words of a robots directive: `noindex, NOARCHIVE` as two small words.
pub(super) fn directives(content: &str) -> Vec<String> {
    content.split(',').map(|word| word.trim().to_ascii_lowercase()).collect()
}

/// The links of a page with their words; a selector says which, all of them otherwise.
///
/// # Errors
/// A selector that does not parse.
pub fn links(html: &str, selector: Option<&str>) -> Result<Vec<Item>, String> {
    let selector = selector.unwrap_or("a[href]");
    let sound = selector.parse::<lol_html::Selector>();
    if let Err(error) = sound {
        return Err(format!("the selector “{selector}” does not parse ({error})"));
    }
    let found: RefCell<Vec<Item>> = RefCell::new(Vec::new());
    let settings = Settings::new()
        .with_strict(false)
        .append_element_content_handler(element!(selector, |el: &mut Element| {
            let mut found = found.borrow_mut();
            // One without an address is kept until the end: its words are not those of the link before.
            if found.len() < LINKS_MAX {
                let address = el.get_attribute("href").map(|href| unescaped(&href));
                found.push(Item { address: address.unwrap_or_default(), ..Item::default() });
            }
            Ok(())
        }))
        .append_element_content_handler(text!(selector, |chunk: &mut TextChunk| {
            if let Some(item) = found.borrow_mut().last_mut() {
                let title = item.title.get_or_insert_default();
                if title.len() < WORDS_CHARS_MAX * 4 {
                    title.push_str(chunk.as_str());
                }
            }
            Ok(())
        }));
    walk(html, settings);
    let mut found = found.into_inner();
    found.retain(|item| !item.address.is_empty());
    for item in &mut found {
        item.title = item.title.take().map(|title| words(&title)).filter(|t| !t.is_empty());
    }
    Ok(found)
}

fn walk(html: &str, settings: Settings<'_, '_>) {
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| ());
    // Whatever stops it, what was found before that stands.
    if rewriter.write(html.as_bytes()).is_ok() {
        let _ = rewriter.end();
    }
}

/// Character references of HTML undone.
pub(super) fn unescaped(text: &str) -> String {
    match quick_xml::escape::unescape_with(text, quick_xml::escape::resolve_html5_entity) {
        Ok(plain) => plain.into_owned(),
        // A bare ampersand: the one reference that matters in addresses is undone all the same.
        Err(_) => text.replace("&amp;", "&"),
    }
}

/// Text on one line, bounded.
pub(super) fn words(text: &str) -> String {
    let joined = unescaped(text).split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(WORDS_CHARS_MAX).collect()
}

/// The value of `tdm-reservation`; anything else says nothing.
pub(super) fn reservation_of(value: &str) -> Option<bool> {
    match value.trim() {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_read_up_to_the_body() {
        let html = "<!DOCTYPE html><html><head><title>Kestrane &amp;\n Huaiting</title>\
            <meta name=Robots content='NoArchive, follow'><meta name=casebook content=noindex>\
            <link rel='canonical' href='/a?x=1&amp;y=2'><meta property=og:url content='/other'>\
            <link rel=alternate type=application/rss+xml href=/feed>\
            <meta name=tdm-reservation content=1>\
            <meta http-equiv=refresh content='0; url=&quot;/next&quot;'></head>\
            <body><title>no</title><link rel=alternate type=application/rss+xml href=/late>";
        let head = head(html, "casebook");
        assert_eq!(head.title, "Kestrane & Huaiting");
        assert_eq!(head.canonical.as_deref(), Some("/a?x=1&y=2"));
        assert_eq!(head.feeds, ["/feed"]);
        assert_eq!(head.robots, ["noarchive", "follow", "noindex"]);
        assert_eq!(head.refresh.as_deref(), Some("/next"));
        assert_eq!(head.tdm_reserved, Some(true));
    }

    #[test]
    fn links_come_with_their_words() -> Result<(), String> {
        let html = "<nav><a href=/about>About</a></nav><main><h3><a href='/1?a=1&amp;b=2'>\
                    Ban <b>ends</b></a></h3><a name=x>no</a>";
        let found = links(html, Some("main a"))?;
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().map(|i| i.address.as_str()), Some("/1?a=1&b=2"));
        assert_eq!(found.first().and_then(|i| i.title.as_deref()), Some("Ban ends"));
        assert_eq!(links(html, None)?.len(), 2);
        assert!(links(html, Some("main >")).is_err());
        Ok(())
    }
}
