//! Makes hostile markup harmless before it is parsed.
//!
//! In: HTML. Out: the same without scripts, styles, comments and drawings, which nobody reads and
//! which are half of most pages. Where markup nests, repeats or lists without end, the tags beyond
//! the limits are left out, their text stays. One pass. What holds: the tree built from the result
//! has bounded depth, and a size linear in that of the page; structured data is kept.

use std::borrow::Cow;
use std::ops::Range;

use super::tags::{COMMENT, NAME_BYTES_MAX, end_of_raw, folded, tag_at};

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

/// Leaves out what a parser would choke on, and what no reader sees; the second value says whether
/// anything of the first kind was.
pub(super) fn tamed(html: &str) -> (Cow<'_, str>, bool) {
    let mut kept = Kept { html, text: String::new(), copied: 0 };
    let mut cut = false;
    let mut open: Vec<u64> = Vec::new();
    let mut formats = [0_usize; FORMATS.len()];
    let (mut dropped, mut tags, mut reopened) = (0_usize, 0_usize, 0_usize);
    // Where the drawing begins that holds nothing but shapes so far.
    let mut drawing: Option<usize> = None;
    let mut room = [0; NAME_BYTES_MAX];
    // Where the attributes of the tag at hand stand that say nothing.
    let mut unread = Vec::<Range<usize>>::new();
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        unread.clear();
        let mut attributes = 0;
        let tag = tag_at(html, start, |tag, range, name, value| {
            if is_read(tag, name, value) { attributes += 1 } else { unread.push(range) }
        });
        let Some(tag) = tag else {
            at = start + 1;
            continue;
        };
        at = tag.end;
        if tag.name == COMMENT {
            if tag.is_plain {
                kept.without(start, tag.end);
            }
            continue;
        }
        tags += 1;
        let name = folded(tag.name, &mut room);
        let format = FORMATS.iter().position(|format| *format == name);
        let mut keep = tags <= TAGS_MAX && reopened <= REOPENED_MAX;
        if let Some(slot) = format.and_then(|i| formats.get_mut(i)) {
            let most = if name == "a" { 1 } else { usize::MAX };
            *slot = if tag.is_end { slot.saturating_sub(1) } else { (*slot + 1).min(most) };
        } else if !tag.is_end {
            reopened += formats.iter().sum::<usize>();
        }
        let shape = drawing.is_some() && (is_shape(name) || name == "title");
        if name == "svg" {
            if let Some(from) = drawing.filter(|_| tag.is_end && keep) {
                kept.without(from, start);
            }
            drawing = (!tag.is_end && !tag.is_closed).then_some(tag.end);
        } else if !shape {
            drawing = None;
        }
        let raw = is_raw(name) && !tag.is_end;
        if !raw && nests(name) && !(shape && tag.is_closed) {
            let digest = digest(name);
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
        let bare = keep && attributes > ATTRIBUTES_MAX;
        if !keep || bare {
            (cut, drawing) = (true, None);
            kept.without(start, tag.end);
            // A tag is a boundary between words, even where it is left out.
            kept.text.push(' ');
            if bare {
                kept.text.extend(["<", name, ">"]);
            }
        } else if !shape {
            unread.iter().for_each(|range| kept.without(range.start, range.end));
        }
        if raw {
            let end = end_of_raw(html, at, name);
            let inside = html.get(at..end).unwrap_or("");
            let seen = match name {
                "script" => {
                    html.get(start..at).is_some_and(|tag| tag.contains("ld+json"))
                        || inside.split('<').skip(1).any(|rest| rest.starts_with("!--"))
                }
                "style" | "noscript" => false,
                _ => true,
            };
            if keep && !seen && end < html.len() {
                kept.without(at, end);
            }
            at = end;
        }
    }
    (kept.whole(), cut)
}

/// A text of which pieces are left out from front to back.
struct Kept<'a> {
    html: &'a str,
    text: String,
    copied: usize,
}

impl<'a> Kept<'a> {
    /// Leaves out a range; what stands before it is kept.
    fn without(&mut self, from: usize, to: usize) {
        if self.copied < to {
            self.text.push_str(self.html.get(self.copied..from).unwrap_or(""));
            self.copied = to;
        }
    }

    fn whole(mut self) -> Cow<'a, str> {
        if self.copied == 0 && self.text.is_empty() {
            return Cow::Borrowed(self.html);
        }
        self.text.push_str(self.html.get(self.copied..).unwrap_or(""));
        Cow::Owned(self.text)
    }
}

/// Whether anything is taken from an attribute of an element.
fn is_read(tag: &str, name: &str, value: &str) -> bool {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    match name.len() {
        2 => is("id"),
        3 => is("rel"),
        4 => {
            is("name")
                || is("role")
                || is("type")
                || is("lang")
                || is("href") && tag.eq_ignore_ascii_case("link")
        }
        5 => {
            is("class")
                || is("style") && value.contains(['d', 'D']) && value.len() >= 12
                || is("title") && may_be_day(value)
                || is("value") && tag.eq_ignore_ascii_case("meta")
        }
        6 => is("hidden"),
        7 => is("content"),
        8 => is("itemprop") || is("property") || is("datetime"),
        10 => is("http-equiv"),
        11 => is("aria-hidden") || is("data-testid"),
        14 => is("data-component"),
        _ => false,
    }
}

/// Whether a title of an element may be its day: short, and not without a year.
pub(super) fn may_be_day(value: &str) -> bool {
    (8..=60).contains(&value.len()) && value.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// Elements whose inside is text to a parser, whatever it looks like.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "noscript")
}

/// Elements of drawings that hold no HTML.
fn is_shape(name: &str) -> bool {
    matches!(
        name,
        "path"
            | "g"
            | "circle"
            | "rect"
            | "use"
            | "defs"
            | "polygon"
            | "polyline"
            | "line"
            | "ellipse"
            | "clippath"
            | "lineargradient"
            | "radialgradient"
            | "stop"
            | "symbol"
            | "mask"
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markup_stays_as_it_is() {
        let html = "<p id='>'>x<p>y<script type=ld+json>{'</div>'}</script></p><br>< z";
        assert_eq!(tamed(html), (Cow::Borrowed(html), false));
    }

    #[test]
    fn what_nobody_reads_is_left_out() {
        for (html, kept) in [
            ("a<!-- <div> -->b", "ab"),
            ("a<script>if (a<b) '</div>'</scripts></script>b", "a<script></script>b"),
            ("<STYLE>p{}</STYLE >b", "<STYLE></STYLE >b"),
            ("<noscript><img></noscript>", "<noscript></noscript>"),
            ("<p data-x='>' class=a onclick=b/c id = 'd'/>", "<p class=a id = 'd'/>"),
            ("<a href=/x/>b", "<a>b"),
            ("<svg><title>x</title><path d='1'/><g></g></svg>b", "<svg></svg>b"),
        ] {
            assert_eq!(tamed(html), (Cow::Borrowed(kept), false));
        }
    }

    #[test]
    fn what_a_parser_may_see_otherwise_stays() {
        for html in [
            "<!--> <p>a --> b",
            "<script><!-- <script> </script> --></script>",
            "<script>without an end",
            "<svg><foreignObject><p>a</p></foreignObject></svg>",
        ] {
            assert_eq!(tamed(html), (Cow::Borrowed(html), false));
        }
    }

    #[test]
    fn endless_markup_keeps_its_text() {
        for unit in ["<div>", "<b class=x>", "<div></span>", "<x-y><p>"] {
            let html = format!("{}word{}", unit.repeat(50_000), "</div>".repeat(50_000));
            let (text, cut) = tamed(&html);
            assert!(cut && text.contains("word") && text.len() < html.len(), "{unit}");
        }
        let html = format!("<p {}>word", "id=1 ".repeat(9_000));
        assert_eq!(tamed(&html).0.trim(), "<p>word");
        let html = format!("<p {}>word", "a=1 ".repeat(9_000));
        assert_eq!(tamed(&html), (Cow::Borrowed("<p >word"), false));
    }
}
