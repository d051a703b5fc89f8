//! Makes hostile markup harmless before it is parsed.
//!
//! In: HTML. Out: the same, unless it nests, repeats or lists without end: then the tags beyond the
//! limits are left out, their text stays. One pass. What holds: the tree built from the result has
//! bounded depth, and a size linear in that of the page.

use std::borrow::Cow;

/// Deepest nesting kept; browsers keep 512.
const DEPTH_MAX: usize = 400;
/// Most attributes of one tag.
const ATTRIBUTES_MAX: usize = 256;
/// Most tags of a page.
const TAGS_MAX: usize = 400_000;
/// Most elements that a parser would open again because they were never closed.
const REOPENED_MAX: usize = 200_000;
/// How far up an end tag looks for its start.
const LOOK_UP: usize = 32;

/// A tag as it stands in the page.
struct Tag<'a> {
    name: &'a str,
    is_end: bool,
    attributes: usize,
    /// First byte behind it.
    end: usize,
}

/// Leaves out what a parser would choke on; the second value says whether anything was.
pub(super) fn tamed(html: &str) -> (Cow<'_, str>, bool) {
    let mut kept: Option<String> = None;
    let mut copied = 0;
    let mut open: Vec<u64> = Vec::new();
    let mut formats = [0_usize; FORMATS.len()];
    let (mut dropped, mut tags, mut reopened) = (0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let Some(tag) = tag_at(html, start) else {
            at = start + 1;
            continue;
        };
        at = tag.end;
        tags += 1;
        let folded = tag.name.to_ascii_lowercase();
        let format = FORMATS.iter().position(|name| *name == folded);
        let mut keep = tags <= TAGS_MAX && reopened <= REOPENED_MAX;
        if let Some(slot) = format.and_then(|i| formats.get_mut(i)) {
            let most = if folded == "a" { 1 } else { usize::MAX };
            *slot = if tag.is_end { slot.saturating_sub(1) } else { (*slot + 1).min(most) };
        } else if !tag.is_end {
            reopened += formats.iter().sum::<usize>();
        }
        if matches!(folded.as_str(), "script" | "style" | "textarea" | "title") && !tag.is_end {
            at = end_of_raw(html, at, &folded);
        } else if nests(&folded) {
            let digest = digest(&folded);
            if !tag.is_end && open.len() >= DEPTH_MAX {
                dropped += 1;
                keep = false;
            } else if !tag.is_end {
                open.push(digest);
            } else if dropped > 0 {
                dropped -= 1;
                keep = false;
            } else if let Some(up) = open.iter().rev().take(LOOK_UP).position(|d| *d == digest) {
                open.truncate(open.len() - 1 - up);
            }
        }
        let bare = keep && tag.attributes > ATTRIBUTES_MAX;
        if !keep || bare {
            let kept = kept.get_or_insert_default();
            kept.push_str(html.get(copied..start).unwrap_or(""));
            // A tag is a boundary between words, even where it is left out.
            kept.push(' ');
            if bare {
                kept.push('<');
                kept.push_str(&folded);
                kept.push('>');
            }
            copied = tag.end;
        }
    }
    match kept {
        Some(mut kept) => {
            kept.push_str(html.get(copied..).unwrap_or(""));
            (Cow::Owned(kept), true)
        }
        None => (Cow::Borrowed(html), false),
    }
}

/// Elements that a parser opens again in the next block when they were not closed.
const FORMATS: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Whether unclosed elements of this name stand inside one another.
fn nests(name: &str) -> bool {
    !matches!(
        name,
        "p" | "li"
            | "dd"
            | "dt"
            | "td"
            | "th"
            | "tr"
            | "option"
            | "br"
            | "hr"
            | "img"
            | "input"
            | "meta"
            | "link"
            | "source"
            | "wbr"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "track"
            | "param"
            | "html"
            | "head"
            | "body"
            | "tbody"
            | "thead"
            | "tfoot"
    )
}

/// FNV-1a, for comparing names without keeping them.
fn digest(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn tag_at(html: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    if html.get(start..)?.starts_with("<!--") {
        let end = html.get(start + 4..)?.find("-->").map_or(html.len(), |i| start + 4 + i + 3);
        return Some(Tag { name: "!", is_end: true, attributes: 0, end });
    }
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let from = start + 1 + usize::from(is_end);
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let rest = bytes.get(from..)?;
    let length =
        rest.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let name = html.get(from..from + length)?;
    let (mut quote, mut attributes, mut last) = (None, 0, b' ');
    for (offset, byte) in rest.iter().enumerate().skip(length) {
        match (quote, *byte) {
            (Some(mark), byte) if byte == mark => quote = None,
            (Some(_), _) => {}
            (None, b'>') => {
                return Some(Tag { name, is_end, attributes, end: from + offset + 1 });
            }
            (None, mark @ (b'"' | b'\'')) if last == b'=' => quote = Some(mark),
            (None, byte) if byte.is_ascii_whitespace() || byte == b'/' => {
                attributes += usize::from(!last.is_ascii_whitespace());
                if byte.is_ascii_whitespace() && last == b'=' {
                    continue;
                }
            }
            _ => {}
        }
        last = *byte;
    }
    Some(Tag { name, is_end, attributes, end: html.len() })
}

/// Where the text of a script or style ends.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find("</")) {
        at += found;
        let head = html.as_bytes().get(at + 2..at + 2 + name.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        at += 2;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markup_stays_as_it_is() {
        let html = "<!-- <div> --><p a='>'>x<p>y<script>if (a<b) '</div>'</script></p><br>< z";
        assert_eq!(tamed(html), (Cow::Borrowed(html), false));
    }

    #[test]
    fn endless_markup_keeps_its_text() {
        for unit in ["<div>", "<b class=x>", "<div></span>", "<x-y><p>"] {
            let html = format!("{}word{}", unit.repeat(50_000), "</div>".repeat(50_000));
            let (text, cut) = tamed(&html);
            assert!(cut && text.contains("word") && text.len() < html.len(), "{unit}");
        }
        let html = format!("<p {}>word", "a=1 ".repeat(9_000));
        assert_eq!(tamed(&html).0.trim(), "<p>word");
    }
}
