//! A page taken apart: blocks, the elements that hold them, inline spots, and the head.

use super::measure::extent;
use crate::rules::mark::{self, Marks};

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
    /// Letters of the text that count as one.
    pub extent: i64,
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
    /// Number of the innermost element named after entries of live blogs; 0 outside of all.
    pub entry: usize,
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
            extent: extent(&text),
            text,
            linked: 0,
            links: 0,
            strong: 0,
            marks: 0,
            near: [u8::MAX; mark::COUNT],
            within: 0,
            entry: 0,
            element: 0,
            datetime: None,
        }
    }

    /// Whether the nearest element that says anything of it calls it furniture.
    pub(super) fn in_furniture(&self) -> bool {
        self.marks & mark::FURNITURE != 0 && self.near(mark::FURNITURE) <= self.near(mark::BODY)
    }

    /// Whether it belongs to another article or to what readers wrote: names of elements far up,
    /// such as that of the whole page, say nothing where the article itself begins below them.
    pub(super) fn is_aside(&self) -> bool {
        let aside = self.near(mark::RELATED | mark::COMMENT);
        aside <= ASIDE_NEAR_MAX || aside < self.near(mark::BODY)
    }

    /// Whether an element at most so many up bears one of these marks.
    pub(super) fn is_near(&self, wanted: Marks, up: u8) -> bool {
        self.near(wanted) <= up
    }

    /// How many elements up the nearest one stands that bears any of these marks; 255 for never.
    fn near(&self, wanted: Marks) -> u8 {
        let marks = self.near.iter().enumerate();
        let near = marks.filter(|(bit, _)| wanted >> bit & 1 == 1).map(|(_, near)| *near).min();
        near.unwrap_or(u8::MAX)
    }
}

/// Elements up to which a name counts whatever stands between.
const ASIDE_NEAR_MAX: u8 = 3;

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
