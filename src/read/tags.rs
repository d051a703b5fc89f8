//! Tags as they stand in a page, before anything is parsed: names, attributes, where they end.
//!
//! What is skipped follows the tokenizer of the HTML standard, so that a parser sees every tag begin
//! and end at the same places.

use std::ops::Range;

/// What begins at a `<`.
pub(super) enum Markup<'a> {
    Tag(Tag<'a>),
    /// A comment, or what is read as one, and the first byte behind it.
    Comment(usize),
    Doctype(usize),
    /// The inside of a section of plain text.
    Section(Range<usize>, usize),
}

/// A tag as it stands in the page.
pub(super) struct Tag<'a> {
    pub name: &'a str,
    pub is_end: bool,
    /// Whether it ends in `/>`.
    pub is_closed: bool,
    /// Whether it ends at all.
    pub is_whole: bool,
    /// First byte behind it.
    pub end: usize,
}

/// Longest name of an element that is looked at.
pub(super) const NAME_BYTES_MAX: usize = 64;

/// A name in small letters, or its beginning.
pub(super) fn folded<'b>(name: &str, room: &'b mut [u8; NAME_BYTES_MAX]) -> &'b str {
    let length = (0..=name.len().min(NAME_BYTES_MAX)).rev().find(|end| name.is_char_boundary(*end));
    let length = length.unwrap_or(0);
    let Some(slot) = room.get_mut(..length) else { return "" };
    slot.copy_from_slice(name.as_bytes().get(..length).unwrap_or(&[]));
    slot.make_ascii_lowercase();
    std::str::from_utf8(slot).unwrap_or("")
}

/// What begins at a `<`; nothing if that is text. `attribute` is told every attribute of a tag: the
/// tag's name, its own name, its value.
pub(super) fn markup_at<'h>(
    html: &'h str,
    start: usize,
    is_foreign: impl Fn() -> bool,
    attribute: impl FnMut(&str, &'h str, &'h str),
) -> Option<Markup<'h>> {
    let from = start + 2;
    let behind = html.get(start + 1..)?;
    let until = |mark: &str, from: usize| {
        let found = html.get(from..).and_then(|rest| rest.find(mark));
        found.map_or(html.len(), |at| from + at + mark.len())
    };
    if behind.starts_with("!--") {
        return Some(Markup::Comment(end_of_comment(html, start + 4)));
    }
    let begins = |word: &str| {
        let head = behind.as_bytes().get(..word.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
    };
    if begins("!doctype") {
        return Some(Markup::Doctype(until(">", from)));
    }
    if behind.starts_with("![CDATA[") && is_foreign() {
        let inside = start + "<![CDATA[".len();
        let end = until("]]>", inside);
        let closed = html.get(..end).is_some_and(|whole| whole.ends_with("]]>"));
        let inside_end = if closed { (end - 3).max(inside) } else { end };
        return Some(Markup::Section(inside..inside_end, end));
    }
    let second = behind.as_bytes().get(1);
    let bogus = match behind.as_bytes().first()? {
        b'!' => true,
        b'?' => return Some(Markup::Comment(until(">", start + 1))),
        b'/' => second.is_some_and(|byte| !byte.is_ascii_alphabetic()),
        _ => false,
    };
    if bogus {
        return Some(Markup::Comment(until(">", from)));
    }
    tag_at(html, start, attribute).map(Markup::Tag)
}

/// Where a comment ends whose inside begins here.
fn end_of_comment(html: &str, from: usize) -> usize {
    let inside = html.get(from..).unwrap_or("");
    if let Some(dashes) = [">", "->"].iter().find(|end| inside.starts_with(**end)) {
        return from + dashes.len();
    }
    let mut at = 0;
    while let Some(found) = inside.get(at..).and_then(|rest| rest.find("--")) {
        let rest = inside.get(at + found + 2..).unwrap_or("");
        if let Some(mark) = [">", "!>"].iter().find(|mark| rest.starts_with(**mark)) {
            return from + at + found + 2 + mark.len();
        }
        at += found + 1;
    }
    html.len()
}

/// The first byte behind a tag that begins here, or the end of the page.
pub(super) fn end_of_tag(html: &str, start: usize) -> usize {
    tag_at(html, start, |_, _, _| ()).map_or(html.len(), |tag| tag.end)
}

/// The tag that begins at a `<`, with its attributes.
fn tag_at<'h>(
    html: &'h str,
    start: usize,
    mut attribute: impl FnMut(&str, &'h str, &'h str),
) -> Option<Tag<'h>> {
    let bytes = html.as_bytes();
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let from = start + 1 + usize::from(is_end);
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let run = |from: usize, ends: fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or(&[]);
        from + rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len())
    };
    let name_end = run(from, |b| is_space(b) || matches!(b, b'/' | b'>'));
    let name = html.get(from..name_end)?;
    let mut last_end = name_end;
    loop {
        let at = run(last_end, |b| !is_space(b) && b != b'/');
        match bytes.get(at) {
            None => break,
            Some(b'>') => {
                let is_closed = at > last_end && bytes.get(at - 1) == Some(&b'/');
                return Some(Tag { name, is_end, is_closed, is_whole: true, end: at + 1 });
            }
            Some(_) => {}
        }
        let key_end = run(at + 1, |b| is_space(b) || matches!(b, b'/' | b'>' | b'='));
        let sign = run(key_end, |b| !is_space(b));
        let (value, end) = if bytes.get(sign) == Some(&b'=') {
            let from = run(sign + 1, |b| !is_space(b));
            match bytes.get(from) {
                Some(b'"') => closed(html, from + 1, run(from + 1, |b| b == b'"')),
                Some(b'\'') => closed(html, from + 1, run(from + 1, |b| b == b'\'')),
                Some(b'>') => ("", from),
                _ => {
                    let end = run(from, |b| is_space(b) || b == b'>');
                    (html.get(from..end).unwrap_or(""), end)
                }
            }
        } else {
            ("", key_end)
        };
        attribute(name, html.get(at..key_end).unwrap_or(""), value);
        last_end = end;
    }
    Some(Tag { name, is_end, is_closed: false, is_whole: false, end: html.len() })
}

/// A quoted value, and the place behind its closing mark.
fn closed(html: &str, from: usize, mark: usize) -> (&str, usize) {
    (html.get(from..mark).unwrap_or(""), (mark + 1).min(html.len()))
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Where the text of an element such as a script, style or title ends.
pub(super) fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    if name == "script" {
        return end_of_script(html, from);
    }
    let mut at = from;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find("</")) {
        at += found;
        if is_named(html, at + 2, name) {
            return at;
        }
        at += 2;
    }
    html.len()
}

/// In a script, what stands in a comment may hold a whole script with its end tag.
fn end_of_script(html: &str, from: usize) -> usize {
    let (mut in_comment, mut in_inner) = (false, false);
    let mut at = from;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        if in_comment && html.get(at..start).is_some_and(|passed| passed.contains("-->")) {
            (in_comment, in_inner) = (false, false);
        }
        at = start + 1;
        if is_named(html, start + 2, "script") && html.as_bytes().get(start + 1) == Some(&b'/') {
            if !in_inner {
                return start;
            }
            in_inner = false;
        } else if in_comment && is_named(html, start + 1, "script") {
            in_inner = true;
        } else if html.get(start..).is_some_and(|rest| rest.starts_with("<!--")) {
            in_comment = true;
            // The dashes that open it may close it as well.
            at = start + 2;
        }
    }
    html.len()
}

/// Whether an element's whole name stands here.
fn is_named(html: &str, at: usize, name: &str) -> bool {
    let rest = html.as_bytes().get(at..).unwrap_or(&[]);
    rest.get(..name.len()).is_some_and(|named| named.eq_ignore_ascii_case(name.as_bytes()))
        && rest.get(name.len()).is_some_and(|b| is_space(*b) || b"/>".contains(b))
}
