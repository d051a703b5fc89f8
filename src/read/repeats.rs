//! Passages that a page shows twice: copies of a block, pull quotes, teasers of the text itself.

use std::collections::HashMap;

use super::measure::plain;
use super::page::{Holder, RawBlock, Tag};
use crate::model::article::BlockKind;

/// Most paragraphs that are searched for passages shown twice, and most passages.
const PULLED_MAX: usize = 400;
/// Longest passage that may be shown twice, and the least letters of one.
const PULLED_EXTENT_MAX: i64 = 240;
const PULLED_BYTES_MIN: usize = 12;
/// Least letters of a paragraph a passage is pulled from, and of a block that repeats another.
const LONG_BYTES_MIN: usize = 60;
const REPEATED_BYTES_MIN: usize = 20;

/// Least text of a block that is a paragraph whatever its element.
const WHOLE_EXTENT_MIN: i64 = 80;

/// Which eight bytes stand one behind the other somewhere in a text: a set that errs on one side.
struct Begins(Vec<u64>);

impl Begins {
    const BYTES: usize = 8;
    const BITS: u32 = 16;

    fn of(text: &str) -> Self {
        let mut bits = vec![0_u64; 1 << (Self::BITS - 6)];
        for window in text.as_bytes().windows(Self::BYTES) {
            let (slot, bit) = Self::place(window);
            if let Some(word) = bits.get_mut(slot) {
                *word |= bit;
            }
        }
        Self(bits)
    }

    fn place(window: &[u8]) -> (usize, u64) {
        let mut bytes = [0; Self::BYTES];
        bytes.iter_mut().zip(window).for_each(|(to, from)| *to = *from);
        let mixed = u64::from_le_bytes(bytes).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let at = mixed >> (64 - Self::BITS);
        ((at >> 6) as usize, 1 << (at & 63))
    }

    /// Whether a text of at least so many bytes may stand in it.
    fn may_hold(&self, text: &str) -> bool {
        let (slot, bit) = Self::place(text.as_bytes());
        let last = text.len().saturating_sub(Self::BYTES);
        let (end_slot, end_bit) = Self::place(text.as_bytes().get(last..).unwrap_or(&[]));
        let has = |slot: usize, bit: u64| self.0.get(slot).is_some_and(|word| word & bit != 0);
        has(slot, bit) && has(end_slot, end_bit)
    }
}

/// A block that repeats an earlier one, or a pull quote out of a longer one, is furniture.
pub(super) fn drop_repeats(raw: &[RawBlock], holders: &[Holder], kinds: &mut [BlockKind]) {
    let main: Vec<(usize, &RawBlock, String)> = raw
        .iter()
        .enumerate()
        .filter(|(index, _)| kinds.get(*index).is_some_and(|kind| kind.is_main()))
        .map(|(index, block)| (index, block, plain(&block.text)))
        .collect();
    // The longer paragraphs one behind the other, and where each begins: searched as one text.
    let mut whole = String::new();
    let mut starts: Vec<(usize, usize, usize)> = Vec::new();
    for (index, _, text) in
        main.iter().filter(|(_, _, t)| t.len() >= LONG_BYTES_MIN).take(PULLED_MAX)
    {
        starts.push((whole.len(), *index, text.len()));
        whole.push_str(text);
        whole.push('\n');
    }
    let begins = Begins::of(&whole);
    let holds = |at: usize, index: usize, length: usize| {
        let next = starts.partition_point(|(start, ..)| *start <= at);
        let held = next.checked_sub(1).and_then(|before| starts.get(before));
        held.is_some_and(|(_, holder, long)| *holder != index && *long > length)
    };
    let mut seen: HashMap<&str, &RawBlock> = HashMap::new();
    for (looked, (index, block, text)) in main.iter().enumerate() {
        let Some(kind) = kinds.get_mut(*index) else { continue };
        // Whole paragraphs that stand side by side repeat themselves on purpose; those of a
        // teaser or a copy for small screens stand elsewhere.
        let first = *seen.entry(text).or_insert(block);
        let row = |block: &RawBlock| holders.get(block.element).map(|h| (h.parent, h.signature));
        let is_paragraph =
            matches!(block.tag, Tag::Paragraph | Tag::Other) && block.extent >= WHOLE_EXTENT_MIN;
        let beside = first.tag == Tag::Paragraph && first.element == block.element
            || is_paragraph
                && first.tag == block.tag
                && row(first).is_some()
                && row(first) == row(block);
        let repeated = text.len() >= REPEATED_BYTES_MIN && !std::ptr::eq(first, *block) && !beside;
        let pulled = || {
            block.extent <= PULLED_EXTENT_MAX
                && *kind != BlockKind::Heading
                && text.len() >= PULLED_BYTES_MIN
                && block.tag != Tag::ListItem
                && looked < PULLED_MAX
                && begins.may_hold(text)
                && whole.match_indices(text.as_str()).any(|(at, _)| holds(at, *index, text.len()))
        };
        if repeated || pulled() {
            *kind = BlockKind::Furniture;
        }
    }
}
