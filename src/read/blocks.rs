//! What each block of a page is: headline, text, caption or furniture; and below which heading.
//!
//! In: the blocks of a page and what was counted about them. Out: one body of text with
//! typed blocks: the headline, then the article in order, then everything else as furniture. What
//! holds: no text of the page is lost, up to the limit; a passage shown twice is read once.

use std::ops::Range;

use super::elements::within;
use super::features::Numbers;
use super::measure::{ends_as_sentence, mass_of, same_letters};
use super::page::{Page, RawBlock, Tag};
use super::repeats::drop_repeats;
use crate::model::article::{Block, BlockKind, Section};
use crate::model::text::Span;
use crate::rules::{NUMBERS, Rules, Tokens, mark};

/// Most bytes of furniture kept with an article.
const FURNITURE_BYTES_MAX: usize = 64 * 1024;

/// A body of text and its blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub body: String,
    pub blocks: Vec<Block>,
    /// For each block, which one of the page it is; the headline is none.
    pub raw: Vec<Option<usize>>,
}

/// What the blocks of a page are: the weights tell text from furniture, the tags what text it is.
pub(super) fn kinds(
    page: &Page,
    numbers: &[Numbers],
    title: Option<&str>,
    rules: &Rules,
) -> Vec<BlockKind> {
    let above = |limit| numbers.iter().map(|row| rules.weights.is_above(row, limit)).collect();
    let chosen: Vec<bool> = above(0);
    // A page on which nothing is text has its likeliest blocks read all the same.
    let is_worded = |(block, chosen): (&RawBlock, &bool)| *chosen && mass_of(block) > 0;
    let is_sure = page.blocks.iter().zip(&chosen).any(is_worded);
    let likely = if is_sure { chosen.clone() } else { above(DOUBTFUL_SCORE) };
    let titled = title.unwrap_or_default();
    let phrase = NUMBERS.iter().position(|name| *name == "furniture-words");
    let notice = |(block, row): (&RawBlock, &Numbers)| match phrase.and_then(|at| row.get(at)) {
        None | Some(0) => None,
        Some(number) => may_be_notice(block).then_some(*number > 1),
    };
    // For each block that is one, whether it ends the article.
    let notices: Vec<Option<bool>> = page.blocks.iter().zip(numbers).map(notice).collect();
    let mut kinds: Vec<BlockKind> = page
        .blocks
        .iter()
        .zip(&notices)
        .zip(chosen.iter().zip(&likely))
        .map(|((block, notice), (chosen, likely))| match () {
            () if is_caption(block, *chosen) => BlockKind::Caption,
            () if !likely => BlockKind::Furniture,
            () if same_letters(&block.text, titled) => BlockKind::Furniture,
            () if notice.is_some() => BlockKind::Furniture,
            () => text_kind(block),
        })
        .collect();
    drop_letters(&page.blocks, &notices, &mut kinds);
    drop_repeats(&page.blocks, &page.holders, &mut kinds);
    drop_loose_headings(&mut kinds);
    kinds
}

/// Most letters of a name that signs what follows it.
const SIGNATURE_MOST: usize = 24;

/// Below a line such as "Readers write", what somebody signs in front ("Anna: …") is no article.
fn drop_letters(blocks: &[RawBlock], notices: &[Option<bool>], kinds: &mut [BlockKind]) {
    let is_signed = |text: &str| {
        let name = text.split_once([':', '：']).map_or("", |(name, _)| name);
        (1..=SIGNATURE_MOST).contains(&name.chars().count()) && !name.contains(['“', '"', '?'])
    };
    let mut open = false;
    for ((block, notice), kind) in blocks.iter().zip(notices).zip(kinds) {
        if let Some(ends) = notice {
            open = *ends;
        } else {
            open = open && is_signed(&block.text);
            if open {
                *kind = BlockKind::Furniture;
            }
        }
    }
}

/// The least score on a page where no block is text beyond doubt, in thousandths of log-odds.
const DOUBTFUL_SCORE: i32 = -1500;

fn is_caption(block: &RawBlock, chosen: bool) -> bool {
    let near = block.near.get(mark::CAPTION.trailing_zeros() as usize);
    let marked = near.is_some_and(|near| *near <= 1);
    block.tag == Tag::Caption || marked && (!chosen || block.within & within::FIGURE != 0)
}

/// Whether the words "Sign up for our newsletter" make a block furniture, wherever it stands.
fn may_be_notice(block: &RawBlock) -> bool {
    !matches!(block.tag, Tag::Heading(_)) && block.extent < 80 && !ends_as_sentence(&block.text)
}

fn text_kind(block: &RawBlock) -> BlockKind {
    let worded = ends_as_sentence(&block.text) || block.extent >= 60;
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
    drop_repeats(raw, &[], &mut kinds);
    settle_lines(raw, &mut kinds);
    assemble(raw, &kinds, title, rules)
}

fn line_kind(block: &RawBlock, title: Option<&str>, rules: &Rules) -> BlockKind {
    let extent = block.extent;
    let sentence = ends_as_sentence(&block.text);
    let is_title = title.is_some_and(|title| same_letters(title, &block.text));
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

/// Bytes of a line that hold its first word, and those that hold all that a row asks for.
const LEAD_BYTES: usize = 40;
const LINE_BYTES: usize = 160;

fn head_of(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or("")
}

/// The furniture row a line begins with, and whether it ends the article.
pub(super) fn is_furniture_line(text: &str, rules: &Rules) -> Option<bool> {
    let first = |head: &str, tokens: &Tokens| {
        (0..tokens.len()).find(|i| tokens.at(*i).is_wordlike() || head.starts_with('©'))
    };
    let table = &rules.lexicon.furniture;
    // Rows begin the line: few lines have a first word that any row begins with.
    let head = head_of(text, LEAD_BYTES);
    let word = head.find(char::is_alphanumeric).unwrap_or(0);
    let end = head.get(word..).and_then(|rest| rest.find(char::is_whitespace));
    let head = head.get(..end.map_or(head.len(), |end| word + end)).unwrap_or("");
    let tokens = Tokens::of(head, &rules.vocabulary);
    if !table.may_begin(&tokens, &rules.vocabulary, first(head, &tokens)?) {
        return None;
    }
    let head = head_of(text, LINE_BYTES);
    let tokens = Tokens::of(head, &rules.vocabulary);
    let first = first(head, &tokens)?;
    table.at(&tokens, &rules.vocabulary, first, tokens.len()).map(|(row, _)| row.meaning)
}

/// In text without markup, a line such as "You may also like" ends the article.
fn cut_tail(raw: &[RawBlock], kinds: &mut [BlockKind], rules: &Rules) {
    let total: usize = raw.iter().map(|b| b.text.len()).sum();
    let mut seen = 0;
    for (index, block) in raw.iter().enumerate() {
        seen += block.text.len();
        let ends = block.extent < 80
            && seen * 2 > total
            && is_furniture_line(&block.text, rules) == Some(true);
        if ends {
            kinds.iter_mut().skip(index).for_each(|kind| *kind = BlockKind::Furniture);
            return;
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
        let worded = items.iter().any(|b| b.extent >= 50 || ends_as_sentence(&b.text));
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
    let mut typed =
        Typed { body: String::with_capacity(size), blocks: Vec::new(), raw: Vec::new() };
    if let Some(title) = title {
        typed.push(title, BlockKind::Title, Section::Report, None);
    }
    let mut section = Section::Report;
    let all = || raw.iter().zip(kinds).enumerate();
    for (index, (block, kind)) in all().filter(|(_, (_, k))| **k != BlockKind::Furniture) {
        if *kind == BlockKind::Heading {
            section = section_of(&block.text, rules);
        }
        typed.push(&block.text, *kind, section, Some(index));
    }
    let mut left = FURNITURE_BYTES_MAX;
    for (index, (block, _)) in all().filter(|(_, (_, k))| **k == BlockKind::Furniture) {
        left = left.saturating_sub(block.text.len() + 2);
        if left == 0 {
            break;
        }
        if title.is_none_or(|title| !same_letters(title, &block.text)) {
            typed.push(&block.text, BlockKind::Furniture, Section::Report, Some(index));
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
    fn push(&mut self, text: &str, kind: BlockKind, section: Section, raw: Option<usize>) {
        if !self.body.is_empty() {
            self.body.push_str("\n\n");
        }
        let start = self.body.len();
        self.body.push_str(text);
        self.raw.push(raw);
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
