//! Atom (RFC 4287).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Feed, Item, moment, urn};

/// Prints a feed as Atom.
pub fn atom(feed: &Feed) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing into memory does not fail.
    let _ = document(&mut writer, feed);
    String::from_utf8(writer.into_inner()).unwrap_or_default() + "\n"
}

type Out = Writer<Vec<u8>>;

fn document(writer: &mut Out, feed: &Feed) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", feed.language))
        .write_inner_content(|writer| {
            text(writer, "title", &feed.title)?;
            text(writer, "id", &urn(&["feed", &feed.title]))?;
            text(writer, "updated", &moment(feed.updated()))?;
            link(writer, "alternate", &feed.home)?;
            link(writer, "self", &feed.atom_at)?;
            writer
                .create_element("author")
                .write_inner_content(|writer| text(writer, "name", &feed.author))?;
            feed.items.iter().try_for_each(|item| entry(writer, item))
        })?;
    Ok(())
}

fn entry(writer: &mut Out, item: &Item) -> io::Result<()> {
    writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "title", &item.title)?;
        text(writer, "id", &urn(&["news", &item.key]))?;
        text(writer, "updated", &moment(item.changed))?;
        text(writer, "published", &moment(item.day))?;
        link(writer, "alternate", &item.url)?;
        for tag in &item.tags {
            let tag = printable(tag);
            writer
                .create_element("category")
                .with_attribute(("term", tag.as_str()))
                .write_empty()?;
        }
        text(writer, "summary", &item.summary)
    })?;
    Ok(())
}

fn text(writer: &mut Out, name: &str, words: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&printable(words)))?;
    Ok(())
}

fn link(writer: &mut Out, rel: &str, href: &str) -> io::Result<()> {
    let href = printable(href);
    writer
        .create_element("link")
        .with_attribute(("rel", rel))
        .with_attribute(("href", href.as_str()))
        .write_empty()?;
    Ok(())
}

/// XML 1.0 has no control characters.
fn printable(words: &str) -> String {
    words.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
