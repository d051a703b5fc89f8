//! Makes hostile markup harmless before a tree is built from it.
//!
//! In: HTML. Out: its pieces in order, without scripts, styles, comments, pictures and drawings,
//! which nobody reads and which are half of most pages. Where markup nests, repeats or lists without
//! end, the tags beyond the limits are left out, their text stays. One pass. What holds: the tree
//! built from the pieces has bounded depth, and a size linear in that of the page; structured data is
//! kept.

use super::attributes::{is_data, is_read, is_said};
use super::limits::Limits;
use super::tags::{Markup, NAME_BYTES_MAX, Tag, end_of_raw, end_of_tag, folded, markup_at};

/// Most attributes of one tag.
const ATTRIBUTES_MAX: usize = 256;

/// A piece of a page, as the builder of its tree is given it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'a> {
    /// Text with character references.
    Text(&'a str),
    /// Text as it stands.
    Raw(&'a str),
    Start {
        name: &'a str,
        attributes: &'a [(&'a str, &'a str)],
        /// Whether it ends in `/>`.
        closed: bool,
    },
    End(&'a str),
    Doctype(&'a str),
}

/// What stands behind a piece: in some elements a tag is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    Markup,
    /// Up to the end tag, text with character references.
    Text,
    /// Up to the end tag, text as it stands.
    Raw,
    /// To the end of the page, text as it stands.
    Plain,
}

/// Builds a tree out of pieces.
pub(super) trait Builder {
    /// Takes the next piece.
    fn take(&mut self, piece: Piece<'_>) -> Behind;

    /// Whether the element that is open now belongs to a drawing or formula.
    fn is_foreign(&self) -> bool;
}

/// Gives a page to a builder piece by piece, without what a parser would choke on, and what no
/// reader sees; returns whether anything of the first kind was left out.
pub(super) fn feed(html: &str, builder: &mut impl Builder) -> bool {
    let limits = Limits::default();
    let mut feeder = Feeder { html, builder, limits, in_drawing: false, cut: false };
    let mut written = Written::default();
    // Where the text begins that was not given yet, and where the next tag is looked for.
    let (mut from, mut at) = (0, 0);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        written.attributes.clear();
        written.says = false;
        let is_foreign = || feeder.builder.is_foreign();
        let markup = markup_at(html, start, is_foreign, |tag, name, value| {
            if is_read(tag, name, value) {
                written.attributes.push((name, value));
            }
            written.says |= is_said(name, value);
        });
        let Some(markup) = markup else {
            at = start + 1;
            continue;
        };
        feeder.give(Piece::Text, from, start);
        at = match markup {
            Markup::Tag(tag) if tag.is_whole => feeder.tag(&tag, &mut written),
            // What stands behind the beginning of a tag without an end is none of its text.
            Markup::Tag(_) => html.len(),
            Markup::Comment(end) => end,
            Markup::Doctype(end) => {
                feeder.give(Piece::Doctype, start, end);
                end
            }
            Markup::Section(inside, end) => {
                feeder.give(Piece::Raw, inside.start, inside.end);
                end
            }
        };
        from = at;
    }
    feeder.give(Piece::Text, from, html.len());
    feeder.cut
}

/// What the attributes of a tag say.
#[derive(Default)]
struct Written<'a> {
    /// Names and values of those that are read.
    attributes: Vec<(&'a str, &'a str)>,
    /// Whether any says something of the page, and not of its element.
    says: bool,
}

struct Feeder<'a, B> {
    html: &'a str,
    builder: &'a mut B,
    limits: Limits,
    /// Whether a drawing is open that holds nothing but shapes so far.
    in_drawing: bool,
    cut: bool,
}

impl<'a, B: Builder> Feeder<'a, B> {
    /// Gives a stretch of the page, if there is anything in it.
    fn give(&mut self, piece: fn(&'a str) -> Piece<'a>, from: usize, to: usize) {
        if let Some(text) = self.html.get(from..to).filter(|text| !text.is_empty()) {
            self.builder.take(piece(text));
        }
    }

    /// Gives a tag, and what stands behind it where that is text whatever it looks like; returns
    /// where the page goes on.
    fn tag(&mut self, tag: &Tag<'_>, written: &mut Written<'_>) -> usize {
        let mut room = [0; NAME_BYTES_MAX];
        let long;
        let name = match folded(tag.name, &mut room) {
            name if name.len() == tag.name.len() => name,
            _ => {
                long = tag.name.to_ascii_lowercase();
                &long
            }
        };
        if self.is_shape(tag, name) {
            return tag.end;
        }
        let is_void = matches!(name, "img" | "source" | "wbr" | "link") && !written.says;
        let is_hidden = match name {
            "script" => !written.attributes.iter().any(|(name, value)| is_data(name, value)),
            "style" | "noscript" => true,
            _ => is_void,
        };
        if is_hidden && !tag.is_end && !self.builder.is_foreign() {
            return match is_void {
                true => tag.end,
                false => end_of_tag(self.html, end_of_raw(self.html, tag.end, name)),
            };
        }
        // Outside drawings an element ends where its end tag says, whatever its start tag says.
        let is_empty = tag.is_closed && self.builder.is_foreign();
        if !self.limits.allow(name, tag.is_end, is_empty) {
            self.cut = true;
            // A tag is a boundary between words, even where it is left out.
            self.builder.take(Piece::Text(" "));
            return tag.end;
        }
        if tag.is_end {
            self.builder.take(Piece::End(name));
            return tag.end;
        }
        if written.attributes.len() > ATTRIBUTES_MAX {
            self.cut = true;
            written.attributes.clear();
        }
        let (attributes, closed) = (&*written.attributes, tag.is_closed);
        let piece: fn(&'a str) -> Piece<'a> =
            match self.builder.take(Piece::Start { name, attributes, closed }) {
                Behind::Markup => return tag.end,
                Behind::Text => Piece::Text,
                Behind::Raw => Piece::Raw,
                Behind::Plain => {
                    self.give(Piece::Raw, tag.end, self.html.len());
                    return self.html.len();
                }
            };
        let end = end_of_raw(self.html, tag.end, name);
        self.give(piece, tag.end, end);
        // No limit keeps a builder waiting for the end of a text.
        if end < self.html.len() {
            self.builder.take(Piece::End(name));
            self.limits.leave(name);
        }
        end_of_tag(self.html, end)
    }

    /// Whether a tag is part of a drawing that holds nothing but shapes so far.
    fn is_shape(&mut self, tag: &Tag<'_>, name: &str) -> bool {
        let is_shape = self.in_drawing && is_shape(name);
        self.in_drawing = match name {
            "svg" => !tag.is_end && !tag.is_closed,
            "title" => tag.is_end && self.builder.is_foreign(),
            _ => is_shape,
        };
        is_shape
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints the pieces as they come.
    #[derive(Default)]
    struct Printer(String);

    impl Builder for Printer {
        fn take(&mut self, piece: Piece<'_>) -> Behind {
            match piece {
                Piece::Text(text) | Piece::Raw(text) | Piece::Doctype(text) => {
                    self.0.push_str(text);
                }
                Piece::End(name) => self.0.extend(["</", name, ">"]),
                Piece::Start { name, attributes, .. } => {
                    let says = attributes.iter().map(|(name, value)| format!(" {name}={value}"));
                    self.0.extend(["<", name, &says.collect::<String>(), ">"]);
                }
            }
            match piece {
                Piece::Start { .. } if self.is_foreign() => Behind::Markup,
                Piece::Start { name: "title" | "textarea", .. } => Behind::Text,
                Piece::Start { name: "script" | "style" | "iframe", .. } => Behind::Raw,
                Piece::Start { name: "plaintext", .. } => Behind::Plain,
                _ => Behind::Markup,
            }
        }

        fn is_foreign(&self) -> bool {
            self.0.contains("<svg>") && !self.0.contains("</svg>")
        }
    }

    fn printed(html: &str) -> (String, bool) {
        let mut printer = Printer::default();
        let cut = feed(html, &mut printer);
        (printer.0, cut)
    }

    #[test]
    fn ordinary_markup_stays_as_it_is() {
        for html in [
            "<!doctype html><p id=x-1>x<p>y</p><br>< z",
            "<title>a <b> c</title><textarea><p></textarea>",
            "<script type=ld&#43;json>{'</div>'}</script>",
            "<plaintext><p></plaintext>",
            "a </ b> c <3 &amp;",
        ] {
            assert_eq!(printed(html), (html.replace("</ b>", ""), false));
        }
    }

    #[test]
    fn what_nobody_reads_is_left_out() {
        for (html, kept) in [
            ("a<!-- <div> -->b<!--> c<!---> d--> e<!-- --!>f", "ab c d--> ef"),
            ("a<!x>b<?php ?>c</>d", "abcd"),
            ("a<script src=x>if (a<b) '</div>'</scripts></script>b", "ab"),
            ("a<script><!-- <script> </script> --></script>b", "ab"),
            ("a<script><!-- </script>b", "ab"),
            ("a<script>without an end", "a"),
            ("<STYLE>p{}</STYLE title='>'>b", "b"),
            ("<noscript><img></noscript>b", "b"),
            ("<link rel=icon href=a><link rel=canonical href=b>", "<link rel=canonical href=b>"),
            ("a<img src=b title=c><img itemprop=d>e", "a<img itemprop=d>e"),
            ("<p data-x='>' CLASS=a onclick=b/c id = 'd'/>", "<p CLASS=a id=d>"),
            ("<a href=/x/>b", "<a>b"),
            (
                "<svg><title>x</title><path d='1'/><g></g><![CDATA[<p>]]></svg>b",
                "<svg><title>x</title><p></svg>b",
            ),
            (
                "<svg><foreignObject><p>a</p></foreignObject></svg>",
                "<svg><foreignobject><p>a</p></foreignobject></svg>",
            ),
            ("a<p title='without an end", "a"),
        ] {
            assert_eq!(printed(html), (kept.to_string(), false));
        }
    }

    #[test]
    fn endless_markup_keeps_its_text() {
        for unit in ["<div>", "<b class=x>", "<div></span>", "<x-y><p>"] {
            let html = format!("{}word{}", unit.repeat(50_000), "</div>".repeat(50_000));
            let (text, cut) = printed(&html);
            assert!(cut && text.contains("word") && text.len() < html.len(), "{unit}");
        }
        let html = format!("<p {}>word", "id=1 ".repeat(9_000));
        assert_eq!(printed(&html), ("<p>word".to_string(), true));
        let html = format!("<p {}>word", "a=1 ".repeat(9_000));
        assert_eq!(printed(&html), ("<p>word".to_string(), false));
    }
}
