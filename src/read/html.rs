//! A page as a list of text blocks, and what its head says.
//!
//! In: HTML of any quality. Out: blocks in document order, each with its tag, its share of link
//! text and what the elements around it say; the block-level elements with what they hold; the
//! subtree that looks most like an article; metadata as found. One pass over the tree, no
//! recursion. Not here: what the blocks mean (`blocks.rs`) and which metadata to believe
//! (`meta.rs`).

use std::collections::HashMap;

use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::{Element, Node};

use super::elements::{Attributes, is_block, is_skipped, marks_by_name, tag_of, within};
use super::tame::tamed;
use crate::rules::mark::{self, Marks};
use crate::rules::{Markup, is_han};

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
    /// Links in it.
    pub links: usize,
    /// Bytes of the text that stand in bold type.
    pub strong: usize,
    /// Bits of [`mark`] from the elements around it.
    pub marks: Marks,
    /// For each mark, how many elements up it stands; 255 for never.
    pub near: [u8; mark::COUNT],
    /// Bits of [`within`] from the elements around it.
    pub within: u32,
    /// Index of the innermost block-level element.
    pub element: usize,
    /// `datetime` of the first `<time>` inside.
    pub datetime: Option<String>,
}

impl RawBlock {
    /// A block without markup around it.
    pub(super) fn bare(tag: Tag, text: String) -> Self {
        Self {
            tag,
            text,
            linked: 0,
            links: 0,
            strong: 0,
            marks: 0,
            near: [u8::MAX; mark::COUNT],
            within: 0,
            element: 0,
            datetime: None,
        }
    }

    /// Whether the nearest element that says anything of it calls it furniture.
    pub(super) fn in_furniture(&self) -> bool {
        let near = |wanted: Marks| {
            let marks = self.near.iter().enumerate();
            marks.filter(|(bit, _)| wanted >> bit & 1 == 1).map(|(_, near)| *near).min()
        };
        self.marks & mark::FURNITURE != 0 && near(mark::FURNITURE) <= near(mark::BODY)
    }
}

/// A block-level element and what stands in it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Holder {
    /// Index of the block-level element around it; its own for the first.
    pub parent: usize,
    /// Elements above it.
    pub depth: usize,
    /// Extent of its sentences outside links.
    pub mass: i64,
    /// Bytes of its text.
    pub bytes: usize,
    /// Bytes of its text in links.
    pub linked: usize,
    /// Blocks in it.
    pub blocks: usize,
    /// Digest of its name and class and those of the element around it.
    pub signature: u32,
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
    pub marks: Marks,
    /// Index of the block it stands in.
    pub block: usize,
    /// Machine-readable time of a `<time>`.
    pub datetime: Option<String>,
}

/// Longest text of a spot, and most spots, metas and holders kept.
const SPOT_BYTES_MAX: usize = 120;
const SPOTS_MAX: usize = 4000;
const METAS_MAX: usize = 2000;

/// A page taken apart.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub blocks: Vec<RawBlock>,
    /// Block-level elements in document order; the first is the page.
    pub holders: Vec<Holder>,
    /// Inline elements, in order: where bylines and dates stand.
    pub spots: Vec<Spot>,
    /// The blocks of the subtree that looks most like an article.
    pub article: std::ops::Range<usize>,
    /// The holder of that subtree.
    pub best: usize,
    pub head: Head,
    /// Whether markup without end was left out.
    pub cut: bool,
}

impl Page {
    /// Elements above the subtree that looks most like an article.
    pub(super) fn best_depth(&self) -> usize {
        self.holders.get(self.best).map_or(0, |holder| holder.depth)
    }
}

struct Frame {
    block_level: bool,
    tag: Option<Tag>,
    marks: Marks,
    /// For each mark, the number of elements above and including the last that bears it.
    at: [u16; mark::COUNT],
    within: u32,
    link: bool,
    strong: bool,
    from: usize,
    weight: i64,
    /// Where the text of an inline element begins in the buffer.
    inline_from: Option<usize>,
    own_marks: Marks,
    holder: usize,
    datetime: bool,
}

#[derive(Default)]
struct Buffer {
    text: String,
    linked: usize,
    links: usize,
    strong: usize,
    datetime: Option<String>,
}

/// Takes a page apart.
pub(super) fn page(html: &str, markup: &Markup) -> Page {
    let (html, cut) = tamed(html);
    let document = Html::parse_document(&html);
    let mut walk = Walk {
        markup,
        known: HashMap::new(),
        blocks: Vec::new(),
        holders: vec![Holder::default()],
        spots: Vec::new(),
        head: Head::default(),
        frames: Vec::new(),
        buffer: Buffer::default(),
        best: (0, 0..0, 0),
    };
    let mut skipping = 0usize;
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    if skipping > 0 {
                        skipping += 1;
                        continue;
                    }
                    let attributes = Attributes::of(element);
                    if is_skipped(element.name(), &attributes) {
                        skipping = 1;
                        let text = || {
                            let texts = node.children().filter_map(|child| child.value().as_text());
                            texts.map(|text| &**text).collect::<String>()
                        };
                        walk.skipped(element.name(), &attributes, text);
                    } else {
                        walk.open(element, &attributes);
                    }
                }
                Node::Text(text) if skipping == 0 => walk.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if node.value().is_element() {
                    if skipping > 0 {
                        skipping -= 1;
                    } else {
                        walk.close();
                    }
                }
            }
        }
    }
    walk.flush();
    let all = 0..walk.blocks.len();
    let (article, best) = if walk.best.0 > 0 { (walk.best.1, walk.best.2) } else { (all, 0) };
    let Walk { blocks, holders, spots, head, .. } = walk;
    Page { blocks, holders, spots, article, best, head, cut }
}

struct Walk<'a> {
    markup: &'a Markup,
    /// Marks of class lists seen before.
    known: HashMap<&'a str, Marks>,
    blocks: Vec<RawBlock>,
    holders: Vec<Holder>,
    spots: Vec<Spot>,
    head: Head,
    frames: Vec<Frame>,
    buffer: Buffer,
    best: (i64, std::ops::Range<usize>, usize),
}

impl<'a> Walk<'a> {
    fn open(&mut self, element: &'a Element, attributes: &Attributes<'a>) {
        let name = element.name();
        self.note_head(name, attributes);
        let block_level = is_block(name);
        if block_level {
            self.flush();
        }
        if name == "br" {
            self.line_break();
        }
        let timed = name == "time" && attributes.datetime.is_some();
        if timed && self.buffer.datetime.is_none() {
            self.buffer.datetime = attributes.datetime.map(str::to_string);
        }
        let own = self.marks_of(name, attributes);
        let depth = self.frames.len();
        let above = self.frames.last();
        let mut at = above.map_or([0; mark::COUNT], |frame| frame.at);
        let mut left = own;
        while left != 0 {
            if let Some(slot) = at.get_mut(left.trailing_zeros() as usize) {
                *slot = (depth + 1).min(usize::from(u16::MAX)) as u16;
            }
            left &= left - 1;
        }
        let holder = above.map_or(0, |frame| frame.holder);
        let bold = matches!(name, "b" | "strong");
        let mut frame = Frame {
            block_level,
            tag: tag_of(name).or(above.and_then(|frame| frame.tag)),
            marks: above.map_or(0, |frame| frame.marks) | own,
            at,
            within: above.map_or(0, |frame| frame.within) | within::of(name),
            link: name == "a" || above.is_some_and(|frame| frame.link),
            strong: bold || above.is_some_and(|frame| frame.strong),
            from: self.blocks.len(),
            weight: if own & mark::BODY != 0 { 40 } else { 0 },
            inline_from: (!block_level).then_some(self.buffer.text.len()),
            own_marks: own,
            holder,
            datetime: timed,
        };
        if name == "a" {
            self.buffer.links += 1;
        }
        if block_level {
            frame.holder = self.holders.len();
            let above = self.holders.get(holder).map_or(0, |holder| holder.signature);
            let signature = signature(name, attributes.class.unwrap_or(""), above);
            self.holders.push(Holder { parent: holder, depth, signature, ..Holder::default() });
        }
        self.frames.push(frame);
    }

    fn marks_of(&mut self, name: &str, attributes: &Attributes<'a>) -> Marks {
        let mut marks = marks_by_name(name, attributes.role);
        let names = [
            attributes.class,
            attributes.id,
            attributes.itemprop,
            attributes.rel,
            attributes.component,
            attributes.testid,
        ];
        for names in names.into_iter().flatten() {
            let markup = self.markup;
            marks |= *self.known.entry(names).or_insert_with(|| markup.of(names));
        }
        // The whole page and the article itself carry words of all sorts in their class lists.
        if matches!(name, "html" | "body" | "article" | "main") {
            marks &= mark::BODY;
        }
        marks
    }

    fn close(&mut self) {
        if self.frames.last().is_some_and(|frame| frame.block_level) {
            self.flush();
        }
        let Some(frame) = self.frames.pop() else { return };
        if let Some(from) = frame.inline_from {
            self.note_spot(from, &frame);
        }
        if frame.block_level {
            if frame.weight > self.best.0 {
                self.best = (frame.weight, frame.from..self.blocks.len(), frame.holder);
            }
            if let Some(holder) = self.holders.get(frame.holder).copied()
                && let Some(above) = self.holders.get_mut(holder.parent)
            {
                above.mass += holder.mass;
                above.bytes += holder.bytes;
                above.linked += holder.linked;
                above.blocks += holder.blocks;
            }
        }
        if let Some(above) = self.frames.last_mut() {
            above.weight += frame.weight;
        }
    }

    fn note_spot(&mut self, from: usize, frame: &Frame) {
        let text = self.buffer.text.get(from..).unwrap_or("").trim();
        let datetime = if frame.datetime { self.buffer.datetime.clone() } else { None };
        if (!text.is_empty() || datetime.is_some())
            && text.len() <= SPOT_BYTES_MAX
            && self.spots.len() < SPOTS_MAX
        {
            let (text, marks, block) = (text.to_string(), frame.own_marks, self.blocks.len());
            self.spots.push(Spot { text, marks, block, datetime });
        }
    }

    fn skipped(&mut self, name: &str, attributes: &Attributes<'_>, text: impl Fn() -> String) {
        match name {
            "script" if attributes.kind.is_some_and(|kind| kind.contains("ld+json")) => {
                self.head.json_ld.push(text());
            }
            "title" if self.head.title.is_none() => {
                self.head.title =
                    Some(super::meta::clip(&text())).filter(|title| !title.is_empty());
            }
            _ => {}
        }
    }

    fn note_head(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "html" => self.head.lang = attributes.lang.map(str::to_string),
            "link" if attributes.rel.is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.head.canonical = attributes.href.map(|href| href.trim().to_string());
            }
            _ => {}
        }
        let key = attributes.property.or(attributes.name.filter(|_| name == "meta"));
        let key = key.or(attributes.itemprop).or(attributes.http_equiv);
        if let Some(key) = key
            && let Some(content) = attributes.content.or(attributes.datetime)
            && self.head.metas.len() < METAS_MAX
        {
            self.head.metas.push((key.to_ascii_lowercase(), content.trim().to_string()));
        }
    }

    fn text(&mut self, text: &str) {
        let before = self.buffer.text.len();
        for c in text.chars() {
            if c.is_whitespace() {
                if !self.buffer.text.is_empty() && !self.buffer.text.ends_with([' ', '\n']) {
                    self.buffer.text.push(' ');
                }
            } else if !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                self.buffer.text.push(c);
            }
        }
        let added = self.buffer.text.len() - before;
        if let Some(frame) = self.frames.last() {
            self.buffer.linked += if frame.link { added } else { 0 };
            self.buffer.strong += if frame.strong { added } else { 0 };
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
        let Buffer { text, linked, links, strong, datetime } = std::mem::take(&mut self.buffer);
        let joined = text.trim().replace('\n', " ");
        if joined.is_empty() {
            self.buffer.datetime = datetime;
            return;
        }
        let mut block = RawBlock::bare(Tag::Other, joined);
        (block.linked, block.links, block.strong) = (linked, links, strong);
        block.datetime = datetime;
        if let Some(frame) = self.frames.last() {
            block.tag = frame.tag.unwrap_or(Tag::Other);
            block.marks = frame.marks;
            block.within = frame.within;
            block.element = frame.holder;
            let depth = self.frames.len();
            for (near, at) in block.near.iter_mut().zip(frame.at) {
                let at = usize::from(at);
                *near = if at == 0 { u8::MAX } else { (depth - at.min(depth)).min(254) as u8 };
            }
        }
        let weight = weight_of(&block);
        if let Some(frame) = self.frames.last_mut() {
            frame.weight += weight;
        }
        if let Some(holder) = self.holders.get_mut(block.element) {
            holder.mass += mass_of(&block);
            holder.bytes += block.text.len();
            holder.linked += block.linked;
            holder.blocks += 1;
        }
        self.blocks.push(block);
    }
}

/// FNV-1a over an element's name and class and the digest of the element around it.
fn signature(name: &str, class: &str, above: u32) -> u32 {
    let bytes = name.bytes().chain(*b".").chain(class.bytes().take(200));
    // Only the element and its parent count: the high bits of `above` hold the parent alone.
    let own = bytes
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (own & 0xffff_0000) | (above >> 16)
}

/// How much text of sentences a block holds outside links.
pub(super) fn mass_of(block: &RawBlock) -> i64 {
    let extent = extent(&block.text);
    if extent < 60 || !(ends_as_sentence(&block.text) || extent >= 160) {
        return 0;
    }
    extent * (block.text.len().saturating_sub(block.linked)) as i64 / block.text.len().max(1) as i64
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
    if block.in_furniture() {
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
