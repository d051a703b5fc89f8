//! What can be counted about a block: the numbers by which text is told from furniture.
//!
//! In: a page taken apart. Out: for every block a row of whole numbers, in the order of [`NUMBERS`].
//! What holds: a row depends on the page alone; shares are in thousandths; nothing here knows which
//! numbers speak for text: that is said by the weights in `data/`.

use std::collections::HashMap;

use super::elements::within;
use super::kin::{Kin, Kins};
use super::measure::{digest, mass_of, same_letters};
use super::page::{Holder, Page, RawBlock, Tag};
use super::shape::Shape;
use crate::rules::{NUMBERS, Rules};

/// Numbers of one block.
pub(super) type Numbers = [i32; NUMBERS.len()];

macro_rules! numbers {
    ($c:ident: $($name:literal = $value:expr;)*) => {
        /// The names as they stand here, to be held against [`NUMBERS`].
        #[cfg(test)]
        const NAMES: &[&str] = &[$($name),*];

        fn row($c: &Seen<'_>) -> Numbers {
            [$(($value) as i32),*]
        }
    };
}

numbers! { c:
    "tag" = c.tag;
    "extent" = c.shape.extent.min(3000);
    "words" = c.shape.words.min(1000);
    "word-length" = c.shape.extent * 100 / c.shape.words.max(1);
    "small-words" = share(c.shape.small, c.shape.words);
    "capitals" = share(c.shape.capitals, c.shape.words);
    "digits" = share(c.shape.digits, c.shape.extent);
    "commas" = c.shape.commas.min(50);
    "stops" = c.shape.stops.min(50);
    "marks-odd" = c.shape.odd.min(20);
    "sentence" = c.shape.sentence;
    "begins-small" = c.shape.begins_small;
    "ends-colon" = c.shape.ends_colon;
    "asks" = c.shape.asks;
    "quotes" = c.shape.quotes.min(10);
    "han" = share(c.shape.han, c.shape.letters);
    "linked" = share(c.block.linked as i64, c.block.text.len() as i64);
    "links" = c.block.links.min(50);
    "strong" = share(c.block.strong as i64, c.block.text.len() as i64);
    "furniture-words" = c.phrase;
    "is-title" = c.is_title;
    "repeats" = c.repeats;
    "in-article" = c.has(within::ARTICLE);
    "in-main" = c.has(within::MAIN);
    "in-header" = c.has(within::HEADER);
    "in-footer" = c.has(within::FOOTER);
    "in-nav" = c.has(within::NAV);
    "in-aside" = c.has(within::ASIDE);
    "in-figure" = c.has(within::FIGURE);
    "in-table" = c.has(within::TABLE);
    "in-list" = c.has(within::LIST);
    "in-form" = c.has(within::FORM);
    "in-quote" = c.has(within::QUOTE);
    "in-section" = c.has(within::SECTION);
    "in-item" = c.has(within::ITEM);
    "in-paragraph" = c.has(within::PARAGRAPH);
    "in-pre" = c.has(within::PRE);
    "near-navigation" = c.block.near[0];
    "near-aside" = c.block.near[1];
    "near-foot" = c.block.near[2];
    "near-masthead" = c.block.near[3];
    "near-share" = c.block.near[4];
    "near-related" = c.block.near[5];
    "near-signup" = c.block.near[6];
    "near-advertisement" = c.block.near[7];
    "near-comment" = c.block.near[8];
    "near-legal" = c.block.near[9];
    "near-paywall" = c.block.near[10];
    "near-tags" = c.block.near[11];
    "near-profile" = c.block.near[12];
    "near-media" = c.block.near[13];
    "near-pull-quote" = c.block.near[14];
    "near-notice" = c.block.near[15];
    "near-hidden" = c.block.near[16];
    "near-caption" = c.block.near[17];
    "near-byline" = c.block.near[18];
    "near-date" = c.block.near[19];
    "near-body" = c.block.near[20];
    "near-outlet" = c.block.near[21];
    "near-title" = c.block.near[22];
    "near-lead" = c.block.near[23];
    "near-entry" = c.block.near[24];
    "furniture" = c.block.in_furniture();
    "in-best" = c.in_best;
    "depth" = c.holder(0).depth.min(60);
    "depth-beyond-best" = c.depth_beyond;
    "mass-here" = c.mass_share(0);
    "mass-1" = c.mass_share(1);
    "mass-2" = c.mass_share(2);
    "mass-3" = c.mass_share(3);
    "mass-4" = c.mass_share(4);
    "linked-here" = c.linked_share(0);
    "linked-1" = c.linked_share(1);
    "linked-2" = c.linked_share(2);
    "linked-3" = c.linked_share(3);
    "blocks-here" = c.holder(0).blocks.min(100);
    "blocks-1" = c.holder(1).blocks.min(200);
    "blocks-2" = c.holder(2).blocks.min(300);
    "bytes-1" = (c.holder(1).bytes / c.holder(1).blocks.max(1)).min(1000);
    "bytes-2" = (c.holder(2).bytes / c.holder(2).blocks.max(1)).min(1000);
    "kin" = c.kin.blocks.min(100);
    "kin-mass" = share(c.kin.mass, c.page.mass);
    "kin-linked" = share(c.kin.linked as i64, c.kin.bytes as i64);
    "page-mass" = c.page.mass.min(50_000);
    "page-linked" = share(c.page.linked as i64, c.page.bytes as i64);
    "place" = c.place;
    "place-in-best" = c.place_in_best;
    "mass-before" = share(c.mass_before, c.page.mass);
    "since-title" = c.since_title;
    "since-mass" = c.since_mass;
    "until-mass" = c.until_mass;
    "same-holder-before" = c.same_before;
    "same-holder-after" = c.same_after;
    "tag-before" = c.around[1].tag;
    "tag-after" = c.around[2].tag;
    "extent-before-2" = c.around[0].extent;
    "extent-before" = c.around[1].extent;
    "extent-after" = c.around[2].extent;
    "extent-after-2" = c.around[3].extent;
    "linked-before" = c.around[1].linked;
    "linked-after" = c.around[2].linked;
    "linked-before-2" = c.around[0].linked;
    "linked-after-2" = c.around[3].linked;
    "furniture-before" = c.around[1].furniture;
    "furniture-after" = c.around[2].furniture;
    "sentence-before" = c.around[1].sentence;
    "sentence-after" = c.around[2].sentence;
    "heading-words" = c.heading_phrase;
    "since-heading" = c.since_heading;
}

fn share(part: i64, whole: i64) -> i64 {
    part * 1000 / whole.max(1)
}

/// What a neighbour looks like.
#[derive(Debug, Clone, Copy, Default)]
struct Neighbour {
    tag: i32,
    extent: i64,
    linked: i64,
    furniture: i32,
    sentence: bool,
}

/// A block with all that is known around it.
struct Seen<'a> {
    block: &'a RawBlock,
    holders: &'a [Holder],
    page: Holder,
    shape: Shape,
    kin: Kin,
    tag: i32,
    phrase: i32,
    heading_phrase: i32,
    is_title: bool,
    repeats: bool,
    in_best: bool,
    depth_beyond: i32,
    place: i64,
    place_in_best: i64,
    mass_before: i64,
    since_title: i64,
    since_mass: i64,
    until_mass: i64,
    since_heading: i64,
    same_before: bool,
    same_after: bool,
    around: [Neighbour; 4],
}

impl Seen<'_> {
    fn has(&self, bit: u32) -> bool {
        self.block.within & bit != 0
    }

    /// The block-level element so many levels up.
    fn holder(&self, up: usize) -> Holder {
        let mut index = self.block.element;
        for _ in 0..up {
            index = self.holders.get(index).map_or(0, |holder| holder.parent);
        }
        self.holders.get(index).copied().unwrap_or_default()
    }

    fn mass_share(&self, up: usize) -> i64 {
        share(self.holder(up).mass, self.page.mass)
    }

    fn linked_share(&self, up: usize) -> i64 {
        let holder = self.holder(up);
        share(holder.linked as i64, holder.bytes as i64)
    }
}

fn tag_number(tag: Tag) -> i32 {
    match tag {
        Tag::Paragraph => 0,
        Tag::Other => 1,
        Tag::ListItem => 2,
        Tag::Quote => 3,
        Tag::Table => 4,
        Tag::Caption => 5,
        Tag::Heading(level) => 5 + i32::from(level),
    }
}

/// The row of numbers of every block.
pub(super) fn numbers(page: &Page, title: Option<&str>, rules: &Rules) -> Vec<Numbers> {
    let blocks = &page.blocks;
    let shapes: Vec<Shape> = blocks.iter().map(|block| Shape::of(&block.text)).collect();
    let phrases: Vec<i32> = blocks
        .iter()
        .zip(&shapes)
        .map(|(block, shape)| {
            let short = shape.extent < 200;
            let hit = short.then(|| super::blocks::is_furniture_line(&block.text, rules)).flatten();
            hit.map_or(0, |tail| 1 + i32::from(tail))
        })
        .collect();
    let masses: Vec<i64> = blocks.iter().map(mass_of).collect();
    let kin = Kins::of(page, &masses);
    let titled = title.filter(|title| title.chars().any(char::is_alphanumeric));
    let is_title: Vec<bool> = blocks
        .iter()
        .zip(&shapes)
        .map(|(block, shape)| {
            shape.extent < 400 && titled.is_some_and(|title| same_letters(&block.text, title))
        })
        .collect();
    let digests: Vec<u64> = blocks.iter().map(|block| digest(&block.text)).collect();
    let mut seen: HashMap<u64, usize> = HashMap::with_capacity(blocks.len());
    for digest in &digests {
        *seen.entry(*digest).or_default() += 1;
    }
    let neighbour = |index: Option<usize>| {
        let Some((block, shape)) = index.and_then(|i| blocks.get(i).zip(shapes.get(i))) else {
            return Neighbour { tag: -1, ..Neighbour::default() };
        };
        Neighbour {
            tag: tag_number(block.tag),
            extent: shape.extent.min(1000),
            linked: share(block.linked as i64, block.text.len() as i64),
            furniture: i32::from(block.in_furniture())
                + index.and_then(|i| phrases.get(i)).copied().unwrap_or(0) * 2,
            sentence: shape.sentence,
        }
    };
    let mut until = vec![99_i64; blocks.len()];
    let mut next = 99;
    for (index, mass) in masses.iter().enumerate().rev() {
        next = if *mass > 0 { 0 } else { (next + 1).min(99) };
        if let Some(slot) = until.get_mut(index) {
            *slot = next;
        }
    }
    let best_depth = page.best_depth();
    let whole = page.holders.first().copied().unwrap_or_default();
    // The first holder is the page itself; what stands in no element counts as well.
    let root = page.holders.get(1).copied().unwrap_or_default();
    let whole = Holder {
        mass: masses.iter().sum(),
        bytes: blocks.iter().map(|b| b.text.len()).sum(),
        linked: blocks.iter().map(|b| b.linked).sum(),
        depth: root.depth,
        ..whole
    };
    let best = &page.article;
    let mut rows = Vec::with_capacity(blocks.len());
    let (mut before, mut since_mass, mut since_title) = (0, 99, -1);
    let (mut heading_phrase, mut since_heading) = (0, 99);
    for (index, block) in blocks.iter().enumerate() {
        let get = |list: &[i64]| list.get(index).copied().unwrap_or(0);
        let mass = get(&masses);
        let holder_of = |i: Option<usize>| i.and_then(|i| blocks.get(i)).map(|b| b.element);
        if is_title.get(index).copied().unwrap_or(false) && since_title < 0 {
            since_title = 0;
        } else if since_title >= 0 {
            since_title = (since_title + 1).min(200);
        }
        if matches!(block.tag, Tag::Heading(_)) {
            (since_heading, heading_phrase) = (0, phrases.get(index).copied().unwrap_or(0));
        } else {
            since_heading = (since_heading + 1).min(99);
        }
        let count = blocks.len() as i64;
        let seen = Seen {
            block,
            holders: &page.holders,
            page: whole,
            shape: shapes.get(index).copied().unwrap_or_default(),
            kin: kin.around(page, block),
            tag: tag_number(block.tag),
            phrase: phrases.get(index).copied().unwrap_or(0),
            heading_phrase,
            is_title: is_title.get(index).copied().unwrap_or(false),
            repeats: digests
                .get(index)
                .and_then(|digest| seen.get(digest))
                .is_some_and(|count| *count > 1),
            in_best: best.contains(&index),
            depth_beyond: page.holders.get(block.element).map_or(0, |h| h.depth) as i32
                - best_depth as i32,
            place: share(index as i64, count),
            place_in_best: if best.contains(&index) {
                share((index - best.start) as i64, best.len() as i64)
            } else if index < best.start {
                -((best.start - index).min(100) as i64)
            } else {
                1000 + (index - best.end).min(100) as i64
            },
            mass_before: before,
            since_title,
            since_mass,
            until_mass: get(&until),
            since_heading,
            same_before: holder_of(index.checked_sub(1)) == Some(block.element),
            same_after: holder_of(Some(index + 1)) == Some(block.element),
            around: [
                neighbour(index.checked_sub(2)),
                neighbour(index.checked_sub(1)),
                neighbour(Some(index + 1)),
                neighbour(Some(index + 2)),
            ],
        };
        rows.push(row(&seen));
        before += mass;
        since_mass = if mass > 0 { 0 } else { (since_mass + 1).min(99) };
    }
    rows
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_stand_in_the_order_of_the_rules() {
        assert_eq!(super::NAMES, super::NUMBERS);
    }
}
