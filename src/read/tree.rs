//! A page as a tree, built as the HTML standard says.
//!
//! In: HTML of any quality. Out: the tree, and whether anything had to be cut. What holds: the tree
//! is the one that a browser builds from the page without what [`super::tame`] leaves out. The tags
//! are found here, once, and go straight to html5ever's tree builder: its own tokenizer looks at every
//! character of the page by itself, which would be half of the time a page takes.

use std::borrow::Cow;
use std::cell::RefCell;

use ego_tree::NodeId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, QualName, ns};
use scraper::{Html, HtmlTreeSink};

use super::references::{self, Place};
use super::tame::{self, Behind, Builder, Piece};

/// Builds the tree of a page; the second value says whether markup without end was cut.
pub(super) fn of(html: &str) -> (Html, bool) {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    // Line ends count as one character, and NUL as none, even inside a tag: it comes of a charset that
    // was told wrongly.
    let html = if html.contains(['\r', '\0']) {
        Cow::Owned(html.replace("\r\n", "\n").replace('\r', "\n").replace('\0', ""))
    } else {
        Cow::Borrowed(html)
    };
    let sink = HtmlTreeSink::new(Html::new_document());
    let builder = TreeBuilder::new(sink, TreeBuilderOpts::default());
    let mut planter = Planter { builder, is_typed: false };
    let cut = tame::feed(&html, &mut planter);
    planter.process(Token::EOFToken);
    planter.builder.end();
    (planter.builder.sink.finish(), cut)
}

struct Planter {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    /// Whether a document type was read: no other counts.
    is_typed: bool,
}

impl Planter {
    fn process(&mut self, token: Token) -> Behind {
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Plaintext => Behind::Plain,
            TokenSinkResult::RawData(RawKind::Rcdata) => Behind::Text,
            TokenSinkResult::RawData(_) => Behind::Raw,
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => Behind::Markup,
        }
    }
}

impl Builder for Planter {
    fn take(&mut self, piece: Piece<'_>) -> Behind {
        let tag = |kind, name: &str, self_closing, attrs| {
            let name = LocalName::from(name);
            Token::TagToken(Tag {
                kind,
                name,
                self_closing,
                attrs,
                had_duplicate_attributes: false,
            })
        };
        let token = match piece {
            Piece::Text(text) => Token::CharacterTokens(read(text, Place::Text)),
            Piece::Raw(text) => Token::CharacterTokens(StrTendril::from(text)),
            Piece::Start { name, attributes, closed } => {
                tag(TagKind::StartTag, name, closed, kept(attributes))
            }
            Piece::End(name) => tag(TagKind::EndTag, name, false, Vec::new()),
            Piece::Doctype(_) if self.is_typed => return Behind::Markup,
            Piece::Doctype(written) => {
                self.is_typed = true;
                Token::DoctypeToken(doctype(written))
            }
        };
        self.process(token)
    }

    fn is_foreign(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// A piece of text with its references read.
fn read(text: &str, place: Place) -> StrTendril {
    StrTendril::from(&*references::read(text, place))
}

/// The attributes as the tree keeps them: of two with one name the first.
fn kept(written: &[(&str, &str)]) -> Vec<Attribute> {
    let mut kept: Vec<Attribute> = Vec::with_capacity(written.len());
    for (name, value) in written {
        let local = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => LocalName::from(name.to_ascii_lowercase()),
            false => LocalName::from(*name),
        };
        if kept.iter().all(|attribute| attribute.name.local != local) {
            let name = QualName::new(None, ns!(), local);
            kept.push(Attribute { name, value: read(value, Place::Attribute) });
        }
    }
    kept
}

/// What a document type says; one of a page is read, so html5ever reads it.
fn doctype(written: &str) -> Doctype {
    let tokenizer = Tokenizer::new(Caught::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(written));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.take()
}

#[derive(Default)]
struct Caught(RefCell<Doctype>);

impl TokenSink for Caught {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::DoctypeToken(doctype) = token {
            self.0.replace(doctype);
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::html;
    use crate::rules::Markup;

    /// What pages are made of, well and badly.
    const PIECES: &[&str] = &[
        "<!DOCTYPE html>",
        "<!doctype html public \"-//W3C//DTD HTML 3.2//EN\">",
        "<html lang=en>",
        "<head>",
        "</head>",
        "<body class=a>",
        "</body>",
        "<div class='b c'>",
        "</div>",
        "<p>",
        "</p>",
        "<a href='/x?a=1&amp;b&copy=2'>",
        "</a>",
        "<b>",
        "</b>",
        "<i title=\"2026-01-02\">",
        "</i>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<li>",
        "<ul>",
        "</ul>",
        "<br/>",
        "<hr>",
        "<h1>",
        "</h1>",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "--!>",
        "<script type=application/ld+json>",
        "<style>",
        "</style >",
        "<iframe>",
        "</iframe>",
        "<svg>",
        "<svg id=a/>",
        "<title/>",
        "<textarea/>",
        "</svg>",
        "<path d=1 />",
        "<foreignObject>",
        "<math>",
        "<mi>",
        "<![CDATA[",
        "]]>",
        "<select>",
        "<option>",
        "</select>",
        "<button>",
        "<form>",
        "</form>",
        "<link rel=Canonical href=a>",
        "<template>",
        "</template>",
        "<meta name=author content='A &amp; B'>",
        "<time datetime=2026-01-02T03:04>",
        "</time>",
        "<plaintext>",
        "<x-y id='>'",
        "<?php",
        "</",
        "</>",
        "<",
        ">",
        "&",
        "&amp;",
        "&notit;",
        "&#8217;",
        "&#x80;",
        "a word ",
        "Two words. ",
        "a\r\nb ",
        "c\rd",
        "'",
        "\"",
        "=",
        "/",
        "é",
        "字",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_page_reads_as_in_a_browser(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..24)
        ) {
            let written = pieces.concat();
            let markup = Markup::default();
            let ours = html::of_tree(&of(&written).0, &markup);
            let theirs = html::of_tree(&Html::parse_document(&written), &markup);
            prop_assert_eq!(format!("{ours:#?}"), format!("{theirs:#?}"));
        }
    }

    #[test]
    fn markup_without_end_is_read_and_stays_shallow() {
        let deep = "<div>".repeat(398) + "<svg><foreignObject><div>";
        let raw = ["title", "textarea", "iframe", "style", "script", "xmp", "noembed"];
        let closed = raw.map(|name| format!("{deep}<{name}/>x</{name}><p>after"));
        let units =
            ["<span><div></span>", "<div><object></div>", "<b><div></b>", "<svg><desc><i/>"];
        let endless = units.map(|unit| unit.repeat(20_000) + &"<html><body>".repeat(20_000));
        for written in closed.iter().chain(&endless) {
            let (tree, cut) = of(&(written.clone() + "<p>after"));
            let depth = tree.tree.nodes().map(|node| node.ancestors().count()).max();
            let end = written.get(written.len() - 40..);
            assert!(cut && depth < Some(1000), "{depth:?} {end:?}");
            assert!(tree.root_element().text().collect::<String>().contains("after"));
        }
    }
}
