//! The day of publication as readers of a page are shown it: beside the headline, behind the word
//! "published", in front of the text.
//!
//! In: the page and what its blocks are. Out: one day. Not here: which source of a day is believed
//! (`published.rs`), and how a line is read (`printed.rs`).

use std::ops::Range;

use chrono::NaiveDate;

use super::dates::day_of_line;
use super::measure::extent;
use super::page::{RawBlock, Spot};
use super::printed::{self, Order};
use super::published::{Dated, plain_day};
use super::sites;
use crate::model::article::{BlockKind, Published, PublishedBasis};
use crate::rules::mark;

/// Longest line between headline and text that is taken for a date.
const SHOWN_EXTENT_MAX: i64 = 80;
/// Longest label in front of a date.
const LABEL_EXTENT_MAX: i64 = 20;
/// Most characters of a line that count as the label of what follows.
const LABEL_CHARS_MAX: usize = 20;
/// Longest line that is looked at for the word "published".
const LABELLED_EXTENT_MAX: i64 = 200;
/// Most characters from that word to the end of its date.
const LABELLED_CHARS_MAX: usize = 50;
/// Blocks above the headline that may show a date.
const ABOVE_BLOCKS: usize = 4;
/// Longest dateline, in characters.
const DATELINE_CHARS_MAX: usize = 90;

impl Dated<'_> {
    /// American pages put the month first.
    pub(super) fn order(&self) -> Order {
        let lang = self.page.head.lang.as_deref().unwrap_or("").to_ascii_lowercase();
        let host = sites::host_of(sites::unarchived(self.address)).unwrap_or("");
        let month_first = self.rules.pages.is_month_first(&lang, host);
        if month_first { Order::MonthFirst } else { Order::DayFirst }
    }

    /// The one day printed between headline and text, unless it can be read as the day stated.
    pub(super) fn shown_otherwise(&self, stated: NaiveDate) -> Option<Published> {
        let blocks = self.page.blocks.get(self.gap.clone()).unwrap_or(&[]);
        let blocks = blocks.iter().filter(|block| !self.is_aside(block));
        let lines = blocks.map(|block| ("", block.text.as_str()));
        // Above the headline only what is named a date counts.
        let above = self.gap.start.saturating_sub(ABOVE_BLOCKS)..self.gap.start;
        let above = self.page.blocks.get(above).unwrap_or(&[]).iter();
        let above = above.filter(|block| block.is_near(mark::DATE, 2) && !self.is_aside(block));
        let lines = above.map(|block| ("", block.text.as_str())).chain(lines);
        let spots =
            self.dates_in(self.gap.clone()).map(|spot| (self.label(spot), spot.text.as_str()));
        let lines: Vec<(&str, &str)> =
            lines.chain(spots).filter(|(_, line)| extent(line) <= SHOWN_EXTENT_MAX).collect();
        let mut shown: Option<NaiveDate> = None;
        let before = std::iter::once("").chain(lines.iter().map(|(_, line)| *line));
        for ((label, line), before) in lines.iter().copied().zip(before) {
            let Some(line) = self.first_of(line) else { continue };
            let read = |order| printed::day(line, order, &self.rules.pages);
            let Some(day) = read(self.order()) else { continue };
            let fits =
                [Order::DayFirst, Order::MonthFirst].into_iter().any(|o| read(o) == Some(stated));
            // "Updated" may stand in an element of its own.
            let is_label = extent(before) <= LABEL_EXTENT_MAX && self.first_of(before).is_none();
            if is_label || self.first_of(label).is_none() {
                continue;
            }
            if fits || shown.is_some_and(|other| other != day) {
                return None;
            }
            shown = Some(day);
        }
        shown.map(|day| plain_day(day, PublishedBasis::Visible)).filter(|p| self.is_sound(p))
    }

    /// Spots of a range that are named after dates.
    fn dates_in(&self, range: Range<usize>) -> impl Iterator<Item = &Spot> {
        self.spots(range).filter(|spot| spot.marks & mark::DATE != 0)
    }

    /// The first day a line prints. One that can be read two ways is not after the capture.
    pub(super) fn day_of(&self, line: &str) -> Option<NaiveDate> {
        let day = printed::day(line, self.order(), &self.rules.pages)?;
        let other = || printed::day(line, self.order().other(), &self.rules.pages);
        let late = day > self.fetched.date_naive() + chrono::Days::new(1);
        Some(other().filter(|other| late && *other < day).unwrap_or(day))
    }

    /// Whether a block belongs to another article or to comments. Where the headline itself stands
    /// in an element named so, that name says nothing.
    pub(super) fn is_aside(&self, block: &RawBlock) -> bool {
        !self.headed_aside && block.is_aside()
    }

    /// The part of a line that may show the first date: what stands before "updated"; none where
    /// that holds no date.
    fn first_of<'l>(&self, line: &'l str) -> Option<&'l str> {
        let Some(at) = self.rules.pages.update_at(line) else { return Some(line) };
        let head = line.get(..at).unwrap_or("");
        printed::day(head, self.order(), &self.rules.pages).map(|_| head)
    }

    /// Whether neither a spot nor the words before it say that its date is not the first.
    pub(super) fn is_first(&self, spot: &Spot) -> bool {
        self.first_of(self.label(spot)).is_some() && self.first_of(&spot.text).is_some()
    }

    /// The words right before a spot in its line.
    fn label(&self, spot: &Spot) -> &str {
        let block = self.page.blocks.get(spot.block).map_or("", |block| block.text.as_str());
        let before = block.split_once(spot.text.as_str()).map_or("", |(before, _)| before);
        let from = before.char_indices().rev().nth(LABEL_CHARS_MAX).map_or(0, |(at, _)| at);
        before.get(from..).unwrap_or("")
    }

    /// Dates printed in a range: in elements named after dates, or in any short line.
    pub(super) fn printed(&self, range: Range<usize>, marked: bool) -> Option<Published> {
        let all = self.page.blocks.iter().zip(self.kinds);
        let blocks = all.skip(range.start).take(range.len());
        let short = |(block, kind): &(&RawBlock, &BlockKind)| {
            block.extent <= 200
                && !self.is_aside(block)
                && (block.is_near(mark::DATE, 3)
                    || !marked
                        && (!kind.is_main()
                            || **kind == BlockKind::Heading
                            || block.extent <= SHOWN_EXTENT_MAX))
        };
        let in_blocks = blocks.filter(short).map(|(block, _)| block.text.as_str());
        let in_blocks = in_blocks.map(|line| (self.first_of(line), line));
        let in_spots = self.dates_in(range).map(|spot| {
            let first = self.first_of(self.label(spot)).and_then(|_| self.first_of(&spot.text));
            (first, spot.text.as_str())
        });
        let lines: Vec<(Option<&str>, &str)> = in_spots.chain(in_blocks).collect();
        let first: Vec<&str> = lines.iter().filter_map(|(first, _)| *first).collect();
        let updates = lines.iter().filter(|(first, _)| first.is_none()).map(|(_, line)| *line);
        let mut late = None;
        for line in first.into_iter().chain(updates) {
            let Some(day) = self.day_of(line) else { continue };
            let published = plain_day(day, PublishedBasis::Visible);
            if self.is_sound(&published) {
                return Some(published);
            }
            late = late.or(Some(published).filter(|p| self.is_late(p)));
        }
        late
    }

    /// "4h ago", "Yesterday", a day without its year.
    pub(super) fn relative(&self) -> Option<Published> {
        // What a sentence of the text dates is no line about the page.
        let told = |(block, kind): &(&RawBlock, &BlockKind)| {
            **kind == BlockKind::Paragraph
                && block.marks & mark::DATE == 0
                && block.extent > LABEL_EXTENT_MAX
                && block.text.trim_end().ends_with(['.', '。'])
        };
        let zone = self.page.blocks.iter().zip(self.kinds);
        let zone = zone.skip(self.zone.start).take(self.zone.len());
        let blocks: Vec<&RawBlock> = zone.filter(|at| !told(at)).map(|(block, _)| block).collect();
        let marked = blocks.iter().filter(|b| b.marks & mark::DATE != 0);
        let spots = self.spots(self.zone.clone()).map(|spot| spot.text.as_str());
        let lines = marked.chain(&blocks).filter(|b| b.extent <= 120).map(|b| b.text.as_str());
        let (day, _) =
            spots.chain(lines).find_map(|line| day_of_line(line, self.rules, self.fetched))?;
        Some(plain_day(day, PublishedBasis::Relative)).filter(|p| self.is_sound(p))
    }

    /// A day that a line of the page calls that of publication: "Published: July 3, 2026".
    pub(super) fn labelled(&self) -> Option<Published> {
        let blocks = self.page.blocks.iter();
        let lines = blocks.filter(|block| block.extent <= LABELLED_EXTENT_MAX && !block.is_aside());
        let days = lines.filter_map(|block| {
            let (before, behind) = self.rules.pages.first_in(&block.text)?;
            let behind = self.first_of(behind).filter(|_| extent(before) <= LABEL_EXTENT_MAX)?;
            let end = behind.char_indices().nth(LABELLED_CHARS_MAX);
            let day = self.day_of(behind.get(..end.map_or(behind.len(), |(at, _)| at))?)?;
            Some(plain_day(day, PublishedBasis::Visible))
        });
        days.into_iter().find(|published| self.is_sound(published))
    }

    /// A day in front of the text: "HARNVIK, July 3, 2026 – ".
    pub(super) fn in_dateline(&self) -> Option<Published> {
        let blocks = self.page.blocks.iter().zip(self.kinds).skip(self.gap.start);
        let is_text = |(block, kind): &(&RawBlock, &BlockKind)| {
            kind.is_main() && **kind != BlockKind::Heading && block.extent > SHOWN_EXTENT_MAX
        };
        let text = blocks.filter(is_text).map(|(block, _)| block.text.as_str()).next()?;
        let end = text.char_indices().nth(DATELINE_CHARS_MAX).map_or(text.len(), |(at, _)| at);
        let marks = [" – ", " — ", " - ", " -- ", " | ", "– ", "— ", "-- ", "：", ": "];
        let (at, _) = marks.iter().filter_map(|mark| Some((text.find(mark)?, mark))).min()?;
        let line = text.get(..at.min(end)).filter(|_| at <= end)?;
        let day = printed::day(line, self.order(), &self.rules.pages)?;
        Some(plain_day(day, PublishedBasis::Visible)).filter(|p| self.is_sound(p))
    }
}
