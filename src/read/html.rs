//! A page as a list of text blocks, and what its head says.
//!
//! In: HTML of any quality. Out: blocks in document order, each with its tag, its share of link
//! text and what the names of the elements around it say; the subtree that looks most like an
//! article; metadata as found. One pass over the tree, no recursion. Not here: what the blocks mean
//! (`blocks.rs`) and which metadata to believe (`meta.rs`).

use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::{Element, Node};

use crate::rules::{Markup, is_han, mark};

/// The innermost element that gives a block its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Heading(u8),
    Paragraph,
    ListItem,
    Quote,
    Caption,
    Table,
    Other,
}

/// A run of text between block boundaries.
#[derive(Debug, Clone)]
pub(super) struct RawBlock {
    pub tag: Tag,
    pub text: String,
    /// Bytes of the text that stand in links.
    pub linked: usize,
    /// Bits of [`mark`] from the elements around it.
    pub marks: u8,
    /// `datetime` of the first `<time>` inside.
    pub datetime: Option<String>,
}

/// What the head and the markup say about the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    /// `name`, `property` or `itemprop` in small letters, and the content.
    pub metas: Vec<(String, String)>,
    pub json_ld: Vec<String>,
    pub title: Option<String>,
    pub canonical: Option<String>,
    pub lang: Option<String>,
}

/// A short piece of text with an inline element of its own.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub text: String,
    /// What the element's own names say.
    pub marks: u8,
    /// Index of the block it stands in.
    pub block: usize,
}

/// Longest text of a spot, and most spots kept.
const SPOT_BYTES_MAX: usize = 120;
const SPOTS_MAX: usize = 400;

/// A page taken apart.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub blocks: Vec<RawBlock>,
    /// Inline elements, in order: where bylines and dates stand.
    pub spots: Vec<Spot>,
    /// The blocks of the subtree that looks most like an article.
    pub article: std::ops::Range<usize>,
    pub head: Head,
}

struct Frame {
    block_level: bool,
    tag: Option<Tag>,
    marks: u8,
    link: bool,
    from: usize,
    weight: i64,
    /// Where the text of an inline element begins in the buffer.
    inline_from: Option<usize>,
    own_marks: u8,
}

#[derive(Default)]
struct Buffer {
    text: String,
    linked: usize,
    datetime: Option<String>,
}

/// Takes a page apart.
pub(super) fn page(html: &str, markup: &Markup) -> Page {
    let document = Html::parse_document(html);
    let mut walk = Walk {
        markup,
        blocks: Vec::new(),
        spots: Vec::new(),
        head: Head::default(),
        frames: Vec::new(),
        buffer: Buffer::default(),
        best: (0, 0..0),
    };
    let mut skipping = 0usize;
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    if skipping > 0 || is_skipped(element) {
                        skipping += 1;
                        if skipping == 1 {
                            let text: String = node
                                .children()
                                .filter_map(|child| child.value().as_text().map(|t| t.to_string()))
                                .collect();
                            walk.skipped(element, text);
                        }
                    } else {
                        walk.open(element);
                    }
                }
                Node::Text(text) if skipping == 0 => walk.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    if skipping > 0 {
                        skipping -= 1;
                    } else {
                        walk.close(element);
                    }
                }
            }
        }
    }
    walk.flush();
    let all = 0..walk.blocks.len();
    let article = if walk.best.0 > 0 { walk.best.1 } else { all };
    Page { blocks: walk.blocks, spots: walk.spots, article, head: walk.head }
}

fn is_skipped(element: &Element) -> bool {
    matches!(
        element.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "select"
            | "button"
            | "input"
            | "textarea"
            | "object"
            | "video"
            | "audio"
            | "canvas"
            | "math"
            | "title"
            | "label"
            | "dialog"
            | "amp-ad"
            | "amp-sidebar"
            | "amp-consent"
            | "map"
    ) || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true") && element.name() != "div"
        || element.attr("style").is_some_and(|style| {
            style.replace(' ', "").to_ascii_lowercase().contains("display:none")
        })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "amp-layout"
    )
}

fn tag_of(name: &str) -> Option<Tag> {
    match name {
        "h1" => Some(Tag::Heading(1)),
        "h2" => Some(Tag::Heading(2)),
        "h3" => Some(Tag::Heading(3)),
        "h4" | "h5" | "h6" => Some(Tag::Heading(4)),
        "p" | "pre" => Some(Tag::Paragraph),
        "li" | "dd" | "dt" => Some(Tag::ListItem),
        "blockquote" => Some(Tag::Quote),
        "figcaption" | "caption" => Some(Tag::Caption),
        "td" | "th" => Some(Tag::Table),
        _ => None,
    }
}

fn marks_of(element: &Element, markup: &Markup) -> u8 {
    let mut marks = match element.name() {
        "nav" | "aside" | "footer" | "menu" => mark::FURNITURE,
        "figcaption" => mark::CAPTION,
        "article" | "main" => mark::BODY,
        "time" => mark::DATE,
        _ => 0,
    };
    for attribute in ["class", "id", "itemprop", "rel", "data-component", "data-testid"] {
        if let Some(names) = element.attr(attribute) {
            marks |= markup.of(names);
        }
    }
    match element.attr("role") {
        Some(
            "navigation" | "dialog" | "banner" | "contentinfo" | "complementary" | "search"
            | "alert",
        ) => {
            marks |= mark::FURNITURE;
        }
        Some("main" | "article") => marks |= mark::BODY,
        _ => {}
    }
    // The whole page and the article itself carry words of all sorts in their class lists.
    if matches!(element.name(), "html" | "body" | "article" | "main") {
        marks &= mark::BODY;
    }
    marks
}

struct Walk<'a> {
    markup: &'a Markup,
    blocks: Vec<RawBlock>,
    spots: Vec<Spot>,
    head: Head,
    frames: Vec<Frame>,
    buffer: Buffer,
    best: (i64, std::ops::Range<usize>),
}

impl Walk<'_> {
    fn open(&mut self, element: &Element) {
        let name = element.name();
        self.note_head(name, element);
        let block_level = is_block(name);
        if block_level {
            self.flush();
        }
        if name == "br" {
            self.line_break();
        }
        if name == "time"
            && self.buffer.datetime.is_none()
            && let Some(datetime) = element.attr("datetime")
        {
            self.buffer.datetime = Some(datetime.to_string());
        }
        let above = self.frames.last();
        let inherited = above.map_or(0, |frame| frame.marks);
        let own = marks_of(element, self.markup);
        // A body mark below a furniture mark does not lift it, nor the other way round for names
        // that speak of the article as such ("article__share").
        let marks = inherited | own;
        let frame = Frame {
            block_level,
            tag: tag_of(name).or(above.and_then(|frame| frame.tag)),
            marks,
            link: name == "a" || above.is_some_and(|frame| frame.link),
            from: self.blocks.len(),
            weight: if own & mark::BODY != 0 { 40 } else { 0 },
            inline_from: (!block_level).then_some(self.buffer.text.len()),
            own_marks: own,
        };
        self.frames.push(frame);
    }

    fn close(&mut self, _element: &Element) {
        if self.frames.last().is_some_and(|frame| frame.block_level) {
            self.flush();
        }
        let Some(frame) = self.frames.pop() else { return };
        if let Some(from) = frame.inline_from {
            self.note_spot(from, frame.own_marks);
        }
        if frame.block_level && frame.weight > self.best.0 {
            self.best = (frame.weight, frame.from..self.blocks.len());
        }
        if let Some(above) = self.frames.last_mut() {
            above.weight += frame.weight;
        }
    }

    fn note_spot(&mut self, from: usize, marks: u8) {
        let text = self.buffer.text.get(from..).unwrap_or("").trim();
        if !text.is_empty() && text.len() <= SPOT_BYTES_MAX && self.spots.len() < SPOTS_MAX {
            self.spots.push(Spot { text: text.to_string(), marks, block: self.blocks.len() });
        }
    }

    fn skipped(&mut self, element: &Element, text: String) {
        match element.name() {
            "script" if element.attr("type").is_some_and(|kind| kind.contains("ld+json")) => {
                self.head.json_ld.push(text);
            }
            "title" if self.head.title.is_none() => {
                self.head.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            _ => {}
        }
    }

    fn note_head(&mut self, name: &str, element: &Element) {
        match name {
            "html" => self.head.lang = element.attr("lang").map(str::to_string),
            "meta" => {
                let key = ["property", "name", "itemprop"].iter().find_map(|a| element.attr(a));
                if let (Some(key), Some(content)) = (key, element.attr("content")) {
                    self.head.metas.push((key.to_ascii_lowercase(), content.trim().to_string()));
                }
            }
            "link"
                if element.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                self.head.canonical = element.attr("href").map(|href| href.trim().to_string());
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let before = self.buffer.text.len();
        for c in text.chars() {
            if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                if !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')
                    && !self.buffer.text.is_empty()
                    && !self.buffer.text.ends_with([' ', '\n'])
                {
                    self.buffer.text.push(' ');
                }
            } else if !c.is_control() {
                self.buffer.text.push(c);
            }
        }
        if self.frames.last().is_some_and(|frame| frame.link) {
            self.buffer.linked += self.buffer.text.len() - before;
        }
    }

    /// Two line breaks in a row end a paragraph; one is a space.
    fn line_break(&mut self) {
        let trimmed = self.buffer.text.trim_end_matches(' ').len();
        self.buffer.text.truncate(trimmed);
        if self.buffer.text.ends_with('\n') {
            self.flush();
        } else if !self.buffer.text.is_empty() {
            self.buffer.text.push('\n');
        }
    }

    fn flush(&mut self) {
        let Buffer { text, linked, datetime } = std::mem::take(&mut self.buffer);
        let joined = text.trim().replace('\n', " ");
        if joined.is_empty() {
            self.buffer.datetime = datetime;
            return;
        }
        let (tag, marks) =
            self.frames.last().map_or((Tag::Other, 0), |f| (f.tag.unwrap_or(Tag::Other), f.marks));
        let block = RawBlock { tag, text: joined, linked, marks, datetime };
        let weight = weight_of(&block);
        if let Some(frame) = self.frames.last_mut() {
            frame.weight += weight;
        }
        self.blocks.push(block);
    }
}

/// Letters that count as one: a Chinese character says about as much as three Latin letters.
pub(super) fn extent(text: &str) -> i64 {
    text.chars().map(|c| if is_han(c) { 3 } else { 1 }).sum()
}

/// Whether a text ends as sentences do.
pub(super) fn ends_as_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| {
        matches!(c, '"' | '”' | '’' | '\'' | ')' | '）' | '」' | '』' | ']') || c.is_whitespace()
    });
    bare.ends_with(['.', '!', '?', '。', '！', '？', '…', ':', '：', ';', '；'])
}

/// How much a block speaks for its subtree being the article; negative for furniture.
fn weight_of(block: &RawBlock) -> i64 {
    let extent = extent(&block.text);
    let linked = block.linked as i64 * 100 / block.text.len().max(1) as i64;
    if block.marks & mark::FURNITURE != 0 {
        return -(extent.min(100));
    }
    match block.tag {
        Tag::Heading(_) => 5,
        Tag::Caption => 0,
        _ if linked > 60 => -(extent.min(60)) - 5,
        _ if extent >= 60 && (ends_as_sentence(&block.text) || extent >= 160) => {
            extent.min(600) * (100 - linked) / 100
        }
        _ => -10,
    }
}
