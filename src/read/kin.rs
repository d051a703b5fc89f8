//! Blocks of elements alike in name and class: the paragraphs of a text, the teasers of a list.

use std::collections::HashMap;

use super::page::{Page, RawBlock};

/// Blocks of elements alike in name and class.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kin {
    pub blocks: usize,
    pub mass: i64,
    pub bytes: usize,
    pub linked: usize,
}

/// The kin of every element, by its signature.
pub(super) struct Kins(HashMap<u32, Kin>);

impl Kins {
    /// Counts the blocks of a page and their masses.
    pub(super) fn of(page: &Page, masses: &[i64]) -> Self {
        let mut kins: HashMap<u32, Kin> = HashMap::new();
        for (block, mass) in page.blocks.iter().zip(masses) {
            let kin = kins.entry(signature(page, block)).or_default();
            kin.blocks += 1;
            kin.mass += mass;
            kin.bytes += block.text.len();
            kin.linked += block.linked;
        }
        Self(kins)
    }

    /// The kin of the element a block stands in.
    pub(super) fn around(&self, page: &Page, block: &RawBlock) -> Kin {
        self.0.get(&signature(page, block)).copied().unwrap_or_default()
    }
}

fn signature(page: &Page, block: &RawBlock) -> u32 {
    page.holders.get(block.element).map_or(0, |holder| holder.signature)
}
