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

use super::attributes::may_be_day;
use super::elements::{Attributes, is_block, is_skipped, marks_by_name, tag_of, within};
use super::measure::{mass_of, weight_of};
use super::page::{Head, Holder, Page, RawBlock, Spot, Tag};
use super::run::Run;
use super::tree;
use crate::rules::Markup;
use crate::rules::mark::{self, Marks};

/// Longest text of a spot, and most spots and metas kept.
const SPOT_BYTES_MAX: usize = 120;
const SPOTS_MAX: usize = 4000;
const METAS_MAX: usize = 2000;

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
    entry: usize,
    datetime: bool,
}

/// Takes a page apart.
pub(super) fn page(html: &str, markup: &Markup) -> Page {
    let (document, cut) = tree::of(html);
    Page { cut, ..of_tree(&document, markup) }
}

/// Takes a tree apart.
pub(super) fn of_tree(document: &Html, markup: &Markup) -> Page {
    let mut walk = Walk {
        markup,
        known: HashMap::new(),
        blocks: Vec::new(),
        holders: vec![Holder::default()],
        spots: Vec::new(),
        head: Head::default(),
        frames: Vec::new(),
        entries: 0,
        buffer: Run::default(),
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
    Page { blocks, holders, spots, article, best, head, cut: false }
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
    /// Elements named after entries so far.
    entries: usize,
    buffer: Run,
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
        let own = self.marks_of(name, attributes);
        let datetime = match name {
            "time" => attributes.datetime,
            // As microformats do: the words for readers, the stamp in the title.
            _ => attributes.title.filter(|title| own & mark::DATE != 0 && may_be_day(title)),
        };
        let timed = datetime.is_some();
        if timed && self.buffer.datetime.is_none() {
            self.buffer.datetime = datetime.map(str::to_string);
        }
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
            entry: above.map_or(0, |frame| frame.entry),
            datetime: timed,
        };
        if name == "a" {
            self.buffer.links += 1;
        }
        if own & mark::ENTRY != 0 {
            self.entries += 1;
            frame.entry = self.entries;
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
            && let Some(content) = attributes.content.or(attributes.datetime).or(attributes.value)
            && self.head.metas.len() < METAS_MAX
        {
            self.head.metas.push((key.to_ascii_lowercase(), content.trim().to_string()));
        }
    }

    fn text(&mut self, text: &str) {
        let added = self.buffer.print(text);
        if let Some(frame) = self.frames.last() {
            self.buffer.linked += if frame.link { added } else { 0 };
            self.buffer.strong += if frame.strong { added } else { 0 };
        }
    }

    /// Two line breaks in a row end a paragraph; one is a space.
    fn line_break(&mut self) {
        if self.buffer.breaks() {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let joined = match self.buffer.text.trim() {
            "" => {
                self.buffer.clear_text();
                return;
            }
            text if text.contains('\n') => text.replace('\n', " "),
            text => text.to_string(),
        };
        let Run { linked, links, strong, .. } = self.buffer;
        let datetime = self.buffer.datetime.take();
        self.buffer.clear_text();
        let mut block = RawBlock::bare(Tag::Other, joined);
        (block.linked, block.links, block.strong) = (linked, links, strong);
        block.datetime = datetime;
        if let Some(frame) = self.frames.last() {
            block.tag = frame.tag.unwrap_or(Tag::Other);
            block.marks = frame.marks;
            block.within = frame.within;
            block.element = frame.holder;
            block.entry = frame.entry;
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
