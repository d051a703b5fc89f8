//! What each block of a page is: headline, text, caption or furniture; and below which heading.
//!
//! In: the blocks of a page and what was counted about them. Out: one body of text with
//! typed blocks: the headline, then the article in order, then everything else as furniture. What
//! holds: no text of the page is lost, up to the limit; main blocks never repeat one another.

use std::collections::HashMap;
use std::ops::Range;

use super::elements::within;
use super::features::Numbers;
use super::html::{Page, RawBlock, Tag, ends_as_sentence, extent, mass_of};
use super::meta::plain;
use crate::model::article::{Block, BlockKind, Section};
use crate::model::text::Span;
use crate::rules::{Rules, Tokens, is_han, mark};

/// Most bytes of furniture kept with an article.
const FURNITURE_BYTES_MAX: usize = 64 * 1024;

/// A body of text and its blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub body: String,
    pub blocks: Vec<Block>,
}

/// What the blocks of a page are: the weights tell text from furniture, the tags what text it is.
pub(super) fn kinds(
    page: &Page,
    numbers: &[Numbers],
    title: Option<&str>,
    rules: &Rules,
) -> Vec<BlockKind> {
    let scores: Vec<i32> = numbers.iter().map(|row| rules.weights.score(row)).collect();
    // A page on which nothing is text has its likeliest blocks read all the same.
    let is_worded = |(block, score): (&RawBlock, &i32)| *score > 0 && mass_of(block) > 0;
    let least = if page.blocks.iter().zip(&scores).any(is_worded) { 0 } else { DOUBTFUL_SCORE };
    let titled = title.map(plain).unwrap_or_default();
    let mut kinds: Vec<BlockKind> = page
        .blocks
        .iter()
        .zip(&scores)
        .map(|(block, score)| match () {
            () if is_caption(block, *score) => BlockKind::Caption,
            () if *score <= least => BlockKind::Furniture,
            () if plain(&block.text) == titled => BlockKind::Furniture,
            () if is_notice(block, rules) => BlockKind::Furniture,
            () => text_kind(block),
        })
        .collect();
    drop_repeats(&page.blocks, &mut kinds);
    drop_loose_headings(&mut kinds);
    kinds
}

/// The least score on a page where no block is text beyond doubt, in thousandths of log-odds.
const DOUBTFUL_SCORE: i32 = -1500;

fn is_caption(block: &RawBlock, score: i32) -> bool {
    let near = block.near.get(mark::CAPTION.trailing_zeros() as usize);
    let marked = near.is_some_and(|near| *near <= 1);
    block.tag == Tag::Caption || marked && (score <= 0 || block.within & within::FIGURE != 0)
}

/// "Sign up for our newsletter", wherever it stands.
fn is_notice(block: &RawBlock, rules: &Rules) -> bool {
    !matches!(block.tag, Tag::Heading(_))
        && extent(&block.text) < 80
        && !ends_as_sentence(&block.text)
        && is_furniture_line(&block.text, rules).is_some()
}

fn text_kind(block: &RawBlock) -> BlockKind {
    let worded = ends_as_sentence(&block.text) || extent(&block.text) >= 60;
    match block.tag {
        Tag::Heading(_) => BlockKind::Heading,
        Tag::ListItem => BlockKind::ListItem,
        Tag::Quote => BlockKind::Quote,
        Tag::Table => BlockKind::Table,
        Tag::Paragraph | Tag::Other if worded && block.within & within::QUOTE != 0 => {
            BlockKind::Quote
        }
        // A short line that is no sentence heads what follows.
        Tag::Paragraph | Tag::Other | Tag::Caption if !worded => BlockKind::Heading,
        Tag::Paragraph | Tag::Other | Tag::Caption => BlockKind::Paragraph,
    }
}

/// A heading with no text behind it heads nothing.
fn drop_loose_headings(kinds: &mut [BlockKind]) {
    for kind in kinds.iter_mut().rev() {
        match kind {
            BlockKind::Heading => *kind = BlockKind::Furniture,
            kind if kind.is_main() => return,
            _ => {}
        }
    }
}

/// Joins the typed blocks of a page.
pub(super) fn of_page(
    page: &Page,
    kinds: &[BlockKind],
    title: Option<&str>,
    rules: &Rules,
) -> Typed {
    assemble(&page.blocks, kinds, title, rules)
}

/// Types the lines of a text without markup and joins them.
pub(super) fn of_plain(
    raw: &[RawBlock],
    article: Range<usize>,
    title: Option<&str>,
    rules: &Rules,
) -> Typed {
    let kind = |(index, block): (usize, &RawBlock)| {
        if article.contains(&index) { line_kind(block, title, rules) } else { BlockKind::Furniture }
    };
    let mut kinds: Vec<BlockKind> = raw.iter().enumerate().map(kind).collect();
    cut_tail(raw, &mut kinds, rules);
    drop_repeats(raw, &mut kinds);
    settle_lines(raw, &mut kinds);
    assemble(raw, &kinds, title, rules)
}

fn line_kind(block: &RawBlock, title: Option<&str>, rules: &Rules) -> BlockKind {
    let extent = extent(&block.text);
    let sentence = ends_as_sentence(&block.text);
    let is_title = title.is_some_and(|title| plain(title) == plain(&block.text));
    match () {
        () if is_title => BlockKind::Furniture,
        () if block.tag == Tag::Caption => BlockKind::Caption,
        () if extent < 200 && is_furniture_line(&block.text, rules).is_some() => {
            BlockKind::Furniture
        }
        () => match block.tag {
            Tag::ListItem => BlockKind::ListItem,
            Tag::Paragraph if sentence || extent >= 60 => BlockKind::Paragraph,
            _ if sentence && extent >= 30 || extent >= 120 => BlockKind::Paragraph,
            // A line that is no sentence: a heading if text follows it, decided later.
            _ => BlockKind::Heading,
        },
    }
}

/// The furniture row a line begins with, and whether it ends the article.
pub(super) fn is_furniture_line(text: &str, rules: &Rules) -> Option<bool> {
    // Rows begin the line; a handful of tokens is enough to see it.
    let head: String = text.chars().take(120).collect();
    let tokens = Tokens::of(&head, &rules.vocabulary);
    let first = (0..tokens.len()).find(|i| tokens.at(*i).is_wordlike() || head.starts_with('©'))?;
    let table = &rules.lexicon.furniture;
    table.at(&tokens, &rules.vocabulary, first, tokens.len()).map(|(row, _)| row.meaning)
}

/// In text without markup, a line such as "You may also like" ends the article.
fn cut_tail(raw: &[RawBlock], kinds: &mut [BlockKind], rules: &Rules) {
    let total: usize = raw.iter().map(|b| b.text.len()).sum();
    let mut seen = 0;
    for (index, block) in raw.iter().enumerate() {
        seen += block.text.len();
        let ends = extent(&block.text) < 80
            && seen * 2 > total
            && is_furniture_line(&block.text, rules) == Some(true);
        if ends {
            kinds.iter_mut().skip(index).for_each(|kind| *kind = BlockKind::Furniture);
            return;
        }
    }
}

/// Most paragraphs that are searched for passages shown twice, and most passages.
const PULLED_MAX: usize = 400;

/// A block that repeats an earlier one, or a pull quote out of a longer one, is furniture.
fn drop_repeats(raw: &[RawBlock], kinds: &mut [BlockKind]) {
    let folded: Vec<String> = raw.iter().map(|block| plain(&block.text)).collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let long: Vec<(usize, &str)> = folded
        .iter()
        .enumerate()
        .filter(|(i, text)| text.len() >= 60 && kinds.get(*i).is_some_and(|kind| kind.is_main()))
        .map(|(i, text)| (i, text.as_str()))
        .take(PULLED_MAX)
        .collect();
    let mut looked = 0;
    for (index, text) in folded.iter().enumerate() {
        let Some(kind) = kinds.get_mut(index).filter(|kind| kind.is_main()) else { continue };
        // Whole paragraphs that stand side by side repeat themselves on purpose.
        let element = raw.get(index).map_or(0, |b| b.element);
        let first = *seen.entry(text).or_insert(index);
        let beside =
            raw.get(first).is_some_and(|b| b.tag == Tag::Paragraph && b.element == element);
        let repeated = text.len() >= 20 && first != index && !beside;
        let short = extent(raw.get(index).map_or("", |b| &b.text)) <= 240;
        let pulled = short
            && *kind != BlockKind::Heading
            && text.len() >= 12
            && !raw.get(index).is_some_and(|b| b.tag == Tag::ListItem)
            && looked < PULLED_MAX
            && long.iter().any(|(i, whole)| {
                *i != index && whole.len() > text.len() && whole.contains(text.as_str())
            });
        looked += 1;
        if repeated || pulled {
            *kind = BlockKind::Furniture;
        }
    }
}

/// Lines that are no sentences: a heading stands before text, anything else is furniture.
fn settle_lines(raw: &[RawBlock], kinds: &mut [BlockKind]) {
    let is_text = |kind: BlockKind| {
        matches!(
            kind,
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote | BlockKind::Table
        )
    };
    // Runs of short list items without a sentence among them are menus and tag lists.
    let mut from = 0;
    while from < kinds.len() {
        let run = kinds.iter().skip(from).take_while(|k| **k == BlockKind::ListItem).count();
        if run == 0 {
            from += 1;
            continue;
        }
        let items = raw.get(from..from + run).unwrap_or(&[]);
        let worded = items.iter().any(|b| extent(&b.text) >= 50 || ends_as_sentence(&b.text));
        if !worded {
            kinds.iter_mut().skip(from).take(run).for_each(|k| *k = BlockKind::Furniture);
        }
        from += run;
    }
    let mut text_follows = false;
    let mut run_of_headings = 0;
    for index in (0..kinds.len()).rev() {
        let Some(kind) = kinds.get_mut(index) else { continue };
        if is_text(*kind) {
            text_follows = true;
            run_of_headings = 0;
        } else if *kind == BlockKind::Heading {
            run_of_headings += 1;
            let marked = matches!(raw.get(index).map(|b| b.tag), Some(Tag::Heading(_)));
            let most = if marked { 3 } else { 1 };
            if !text_follows || run_of_headings > most {
                *kind = BlockKind::Furniture;
            }
        }
    }
    // What stands before the first paragraph and is no marked heading is masthead.
    let first = kinds.iter().position(|kind| is_text(*kind)).unwrap_or(kinds.len());
    for index in 0..first {
        let unmarked = !matches!(raw.get(index).map(|b| b.tag), Some(Tag::Heading(2..)));
        if let Some(kind) = kinds.get_mut(index).filter(|k| **k == BlockKind::Heading && unmarked) {
            *kind = BlockKind::Furniture;
        }
    }
}

fn assemble(raw: &[RawBlock], kinds: &[BlockKind], title: Option<&str>, rules: &Rules) -> Typed {
    let size = raw.iter().map(|b| b.text.len() + 2).sum();
    let mut typed = Typed { body: String::with_capacity(size), blocks: Vec::new() };
    if let Some(title) = title {
        typed.push(title, BlockKind::Title, Section::Report);
    }
    let mut section = Section::Report;
    for (block, kind) in raw.iter().zip(kinds).filter(|(_, k)| **k != BlockKind::Furniture) {
        if *kind == BlockKind::Heading {
            section = section_of(&block.text, rules);
        }
        typed.push(&block.text, *kind, section);
    }
    let mut left = FURNITURE_BYTES_MAX;
    for (block, _) in raw.iter().zip(kinds).filter(|(_, k)| **k == BlockKind::Furniture) {
        left = left.saturating_sub(block.text.len() + 2);
        if left == 0 {
            break;
        }
        if title.map(plain) != Some(plain(&block.text)) {
            typed.push(&block.text, BlockKind::Furniture, Section::Report);
        }
    }
    typed
}

/// What a heading says of the text below it; a heading of no known sort begins plain report.
fn section_of(heading: &str, rules: &Rules) -> Section {
    let tokens = Tokens::of(heading, &rules.vocabulary);
    let end = (0..tokens.len()).rev().find(|i| tokens.at(*i).is_wordlike()).map_or(0, |i| i + 1);
    rules
        .lexicon
        .sections
        .at(&tokens, &rules.vocabulary, 0, end)
        .filter(|(_, hit)| hit.range.end == end)
        .map_or(Section::Report, |(row, _)| row.meaning)
}

impl Typed {
    fn push(&mut self, text: &str, kind: BlockKind, section: Section) {
        if !self.body.is_empty() {
            self.body.push_str("\n\n");
        }
        let start = self.body.len();
        self.body.push_str(text);
        self.blocks.push(Block { kind, span: Span::new(start, self.body.len()), section });
    }

    /// Bytes of headline and main text: what is read; furniture stands behind it.
    pub(super) fn read_end(&self) -> usize {
        self.blocks
            .iter()
            .rev()
            .find(|block| block.kind != BlockKind::Furniture)
            .map_or(0, |block| block.span.end())
    }
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
