//! What is measured about a text: its extent, whether it is a sentence, its letters alone.

use super::page::{RawBlock, Tag};
use crate::rules::is_han;

/// How much text of sentences a block holds outside links.
pub(super) fn mass_of(block: &RawBlock) -> i64 {
    let extent = block.extent;
    if extent < 60 || !(ends_as_sentence(&block.text) || extent >= 160) {
        return 0;
    }
    extent * (block.text.len().saturating_sub(block.linked)) as i64 / block.text.len().max(1) as i64
}

/// Letters that count as one: a Chinese character says about as much as three Latin letters.
pub(super) fn extent(text: &str) -> i64 {
    if text.is_ascii() {
        return text.len() as i64;
    }
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
pub(super) fn weight_of(block: &RawBlock) -> i64 {
    let extent = block.extent;
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

/// Letters and digits only, in small letters: for comparing headlines.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        plain.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        plain.extend(letters(text));
    }
    plain
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// A digest of a text, eight bytes at a time: equal for equal texts, and hardly ever else.
pub(super) fn digest(text: &str) -> u64 {
    text.as_bytes().chunks(8).fold(text.len() as u64, |digest, chunk| {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        let mixed = (digest ^ u64::from_le_bytes(bytes)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    })
}

/// Whether two texts have the same letters; ends at the first that differs.
pub(super) fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// Share of Chinese characters among letters, in hundredths.
pub(super) fn han_share(text: &str) -> usize {
    let (mut han, mut letters) = (0, 0);
    for c in text.chars().take(4000).filter(|c| c.is_alphabetic()) {
        letters += 1;
        han += usize::from(is_han(c));
    }
    han * 100 / letters.max(1)
}
