//! Text without markup as blocks: lines, bullets, and which line is the headline.
//!
//! In: a decoded text file. Out: blocks as a page gives them. The headline is the line at the top
//! whose words the text takes up again; a text that begins with a full paragraph has none.

use super::measure::{ends_as_sentence, extent};
use super::page::{RawBlock, Tag};
use crate::rules::{Rules, is_han};

/// A text taken apart.
#[derive(Debug, Clone)]
pub(super) struct PlainText {
    pub blocks: Vec<RawBlock>,
    pub title: Option<String>,
    /// Index of the first block after the headline.
    pub from: usize,
}

/// Lines looked at for a headline.
const HEAD_LINES: usize = 6;

/// Takes a text apart.
pub(super) fn text(text: &str, rules: &Rules) -> PlainText {
    let mut blocks: Vec<RawBlock> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let bare = line.trim_start_matches(['-', '•', '*', '·', '–', '▪', '●']).trim_start();
            let item = bare.len() < line.len() && line.starts_with(|c: char| !c.is_alphanumeric());
            let short = extent(line) < 90 && !ends_as_sentence(line);
            let tag = match () {
                () if item && !bare.is_empty() => Tag::ListItem,
                () if is_credit(line) => Tag::Caption,
                () if short => Tag::Other,
                () => Tag::Paragraph,
            };
            let kept = if tag == Tag::ListItem { bare } else { line };
            let text: String = kept.split_whitespace().collect::<Vec<_>>().join(" ");
            RawBlock::bare(tag, text)
        })
        .collect();
    caption_neighbours(&mut blocks);
    let title_at = title_at(&blocks, rules);
    let title = title_at.and_then(|at| blocks.get(at)).map(|block| block.text.clone());
    PlainText { blocks, title, from: title_at.map_or(0, |at| at + 1) }
}

/// A photo credit: "Photo by …", "Image source: …".
fn is_credit(line: &str) -> bool {
    let folded = line.to_lowercase();
    extent(line) < 200
        && [
            "photo by ",
            "image source",
            "image credit",
            "photo credit",
            "photograph:",
            "图片来源",
            "图源",
        ]
        .iter()
        .any(|mark| folded.contains(mark))
}

/// A short line in another script right before a credit is the caption of the same picture.
fn caption_neighbours(blocks: &mut [RawBlock]) {
    for index in 1..blocks.len() {
        let is_caption = blocks.get(index).is_some_and(|b| b.tag == Tag::Caption);
        if let Some(before) =
            blocks.get_mut(index - 1).filter(|b| is_caption && b.tag == Tag::Other)
        {
            before.tag = Tag::Caption;
        }
    }
}

fn title_at(blocks: &[RawBlock], rules: &Rules) -> Option<usize> {
    let body: Vec<String> = blocks
        .iter()
        .skip(1)
        .filter(|b| extent(&b.text) >= 90)
        .take(4)
        .flat_map(|b| words(&b.text))
        .collect();
    let taken_up = |line: &str| {
        let words = words(line);
        let shared = words.iter().filter(|word| body.contains(word)).count();
        (shared, words.len())
    };
    let mut best: Option<(usize, usize)> = None;
    for (index, block) in blocks.iter().enumerate().take(HEAD_LINES) {
        let line = &block.text;
        let headline = block.tag != Tag::ListItem
            && block.tag != Tag::Caption
            && extent(line) <= 200
            && (!line.ends_with(['.', '。', ':', '：']) || line.ends_with("..."))
            && super::blocks::is_furniture_line(line, rules).is_none();
        if !headline {
            if extent(line) >= 90 {
                break;
            }
            continue;
        }
        let (shared, all) = taken_up(line);
        if all >= 2 && shared >= 2 && best.is_none_or(|(_, most)| shared > most) {
            best = Some((index, shared));
        }
    }
    best.map(|(index, _)| index)
}

/// Content words, folded; pairs of characters for Chinese.
fn words(text: &str) -> Vec<String> {
    let folded = text.to_lowercase();
    let latin = folded
        .split(|c: char| !c.is_alphanumeric() || is_han(c))
        .filter(|word| word.len() > 3)
        .map(str::to_string);
    let han: Vec<char> = folded.chars().filter(|c| is_han(*c)).collect();
    let pairs = han.windows(2).map(|pair| pair.iter().collect::<String>());
    latin.chain(pairs).collect()
}
