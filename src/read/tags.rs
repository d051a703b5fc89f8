//! Tags as they stand in a page, before anything is parsed: names, attributes, where they end.
//!
//! What is skipped follows the tokenizer of the HTML standard, so that a parser sees every tag begin
//! and end at the same places.

use std::ops::Range;

/// A tag as it stands in the page.
pub(super) struct Tag<'a> {
    pub name: &'a str,
    pub is_end: bool,
    /// Whether it ends in `/>`.
    pub is_closed: bool,
    /// Whether it is a comment that every parser sees end at the same place.
    pub is_plain: bool,
    /// First byte behind it.
    pub end: usize,
}

/// Longest name of an element that is looked at.
pub(super) const NAME_BYTES_MAX: usize = 64;
/// The name given to comments.
pub(super) const COMMENT: &str = "!";

/// A name in small letters.
pub(super) fn folded<'b>(name: &str, room: &'b mut [u8; NAME_BYTES_MAX]) -> &'b str {
    let length = name.len().min(NAME_BYTES_MAX);
    let Some(slot) = room.get_mut(..length) else { return "" };
    slot.copy_from_slice(name.as_bytes().get(..length).unwrap_or(&[]));
    slot.make_ascii_lowercase();
    std::str::from_utf8(slot).unwrap_or("")
}

/// The tag that begins at a `<`; `attribute` is told every attribute: its bytes with what divides it
/// from the one before, its name, its value.
pub(super) fn tag_at<'h>(
    html: &'h str,
    start: usize,
    mut attribute: impl FnMut(&str, Range<usize>, &'h str, &'h str),
) -> Option<Tag<'h>> {
    let bytes = html.as_bytes();
    if html.get(start..)?.starts_with("<!--") {
        let inside = html.get(start + 4..)?;
        let length = inside.find("-->");
        let end = length.map_or(html.len(), |length| start + 4 + length + 3);
        let is_plain = length.and_then(|length| inside.get(..length)).is_some_and(|text| {
            !text.starts_with('>') && !text.starts_with("->") && !text.contains("--!>")
        });
        return Some(Tag { name: COMMENT, is_end: true, is_closed: false, is_plain, end });
    }
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let from = start + 1 + usize::from(is_end);
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let run = |from: usize, ends: fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or(&[]);
        from + rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len())
    };
    let length = bytes
        .get(from..)?
        .iter()
        .take(NAME_BYTES_MAX)
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
        .count();
    let name = html.get(from..from + length)?;
    let name_end = run(from + length, |b| is_space(b) || matches!(b, b'/' | b'>'));
    let mut last_end = name_end;
    loop {
        let at = run(last_end, |b| !is_space(b) && b != b'/');
        match bytes.get(at) {
            None => break,
            Some(b'>') => {
                let is_closed = bytes.get(at - 1) == Some(&b'/');
                return Some(Tag { name, is_end, is_closed, is_plain: false, end: at + 1 });
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
        attribute(name, last_end..end, html.get(at..key_end).unwrap_or(""), value);
        last_end = end;
    }
    Some(Tag { name, is_end, is_closed: false, is_plain: false, end: html.len() })
}

/// A quoted value, and the place behind its closing mark.
fn closed(html: &str, from: usize, mark: usize) -> (&str, usize) {
    (html.get(from..mark).unwrap_or(""), (mark + 1).min(html.len()))
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Where the text of a script or style ends.
pub(super) fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find("</")) {
        at += found;
        let rest = html.as_bytes().get(at + 2..).unwrap_or(&[]);
        let named = rest.get(..name.len());
        let ends =
            rest.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || b"/>".contains(b));
        if ends && named.is_some_and(|named| named.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        at += 2;
    }
    html.len()
}
