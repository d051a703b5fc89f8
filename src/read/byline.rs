//! Who wrote it: names out of metadata and printed bylines, never a role, a date or a photographer.

use std::ops::Range;

use super::credits::{credited, is_han_name};
use super::linked::LinkedData;
use super::measure::{plain, same_letters};
use super::page::{Page, RawBlock, Spot};
use super::printed::{self, Order};
use super::published::fields;
use crate::model::article::BlockKind;
use crate::model::ground::Basis;
use crate::rules::{Field, Rules, WordId, is_han, mark};

/// What is known around a byline.
pub(super) struct Bylines<'a> {
    pub page: &'a Page,
    pub linked: &'a LinkedData,
    pub kinds: &'a [BlockKind],
    /// Blocks around the headline.
    pub zone: Range<usize>,
    /// Blocks right behind the text.
    pub tail: Range<usize>,
    pub title: Option<&'a str>,
    pub outlet: Option<&'a str>,
    pub rules: &'a Rules,
}

/// Longest line that is looked at for names, and most names of one article.
const LINE_EXTENT_MAX: i64 = 160;
const NAMES_MAX: usize = 12;
/// Blocks of text that may begin with a dateline, and characters it stands in.
const DATELINES_MAX: usize = 3;
const DATELINE_CHARS: usize = 120;
/// Longest line that is a date and little else.
const DATE_EXTENT_MAX: i64 = 60;

/// The authors' names: structured data, meta elements, printed bylines, marked elements.
pub(super) fn byline(seen: &Bylines<'_>) -> (Vec<String>, Option<Basis>) {
    let linked = seen.kept(seen.linked.authors.iter().flat_map(|text| seen.names(text, true)));
    if !linked.is_empty() {
        return (linked, Some(Basis::JsonLd));
    }
    let metas = fields(&seen.page.head, Field::Author, seen.rules);
    let metas = metas.into_iter().filter(|text| !text.contains("://"));
    let metas = seen.kept(metas.flat_map(|text| seen.names(text, true)));
    if !metas.is_empty() {
        return (metas, Some(Basis::Meta));
    }
    let sources = [
        (seen.printed(seen.zone.clone()), Basis::Visible),
        (seen.marked(seen.zone.clone()), Basis::Marked),
        (seen.printed(seen.tail.clone()), Basis::Visible),
        (seen.bare(), Basis::Visible),
        (seen.wire(), Basis::Visible),
        (seen.marked(seen.tail.clone()), Basis::Marked),
        (seen.marked(0..seen.tail.end), Basis::Marked),
    ];
    let found = sources.into_iter().find(|(names, _)| !names.is_empty());
    found.map_or((Vec::new(), None), |(names, basis)| (names, Some(basis)))
}

impl Bylines<'_> {
    fn kept(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        let is_outlet = |name: &str| self.outlet.is_some_and(|o| plain(o) == plain(name));
        let mut kept: Vec<String> = Vec::new();
        for name in names.filter(|name| !is_outlet(name)) {
            if !kept.contains(&name) && kept.len() < NAMES_MAX {
                kept.push(name);
            }
        }
        kept
    }

    fn names(&self, text: &str, trusted: bool) -> Vec<String> {
        credited(text, self.rules, true, trusted)
    }

    /// Blocks of a range that are no text of the article.
    fn lines(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &RawBlock)> {
        let named = self.title.unwrap_or_default();
        let all = self.page.blocks.iter().zip(self.kinds).enumerate();
        all.skip(range.start)
            .take(range.len())
            .filter(|(_, (block, _))| block.extent <= LINE_EXTENT_MAX)
            .filter(|(_, (_, kind))| !kind.is_main() || **kind == BlockKind::Heading)
            .filter(|(_, (block, _))| !block.is_aside())
            .filter(move |(_, (block, _))| !same_letters(&block.text, named))
            .map(|(index, (block, _))| (index, block))
    }

    fn spots(&self, range: Range<usize>) -> impl Iterator<Item = &Spot> {
        let aside = |spot: &Spot| self.page.blocks.get(spot.block).is_some_and(RawBlock::is_aside);
        self.page.spots.iter().filter(move |s| range.contains(&s.block) && !aside(s))
    }

    /// Lines that begin as bylines do.
    fn printed(&self, range: Range<usize>) -> Vec<String> {
        let lines = self.lines(range.clone()).map(|(_, block)| block.text.as_str());
        let spots = self.spots(range).map(|spot| spot.text.as_str());
        let found = lines.chain(spots).map(|text| credited(text, self.rules, false, false));
        let found: Vec<String> = found
            .map(|names| self.kept(names.into_iter()))
            .find(|n| !n.is_empty())
            .unwrap_or_default();
        found
    }

    /// Elements named after authors.
    fn marked(&self, range: Range<usize>) -> Vec<String> {
        let spots = self.spots(range.clone()).filter(|spot| spot.marks & mark::BYLINE != 0);
        for spot in spots {
            let names = self.kept(self.names(&spot.text, false).into_iter());
            if !names.is_empty() {
                // Each of several authors may have an element of its own.
                let beside =
                    self.page.spots.iter().filter(|other| {
                        other.block == spot.block && other.marks & mark::BYLINE != 0
                    });
                let all = beside.flat_map(|other| self.names(&other.text, false));
                return self.kept(all);
            }
        }
        for (index, block) in self.lines(range) {
            let near = block.near.get(mark::BYLINE.trailing_zeros() as usize);
            if near.is_none_or(|near| *near > 2) {
                continue;
            }
            // "Ann Lee <span>Reporter</span>": the name stands before the first inline element.
            let from = self.page.spots.partition_point(|spot| spot.block < index);
            let inside = self.page.spots.iter().skip(from).take_while(|spot| spot.block == index);
            let inner = inside.into_iter().find(|spot| !spot.text.is_empty());
            let head = inner.and_then(|spot| block.text.split_once(spot.text.as_str()));
            let head = head.map(|(head, _)| head).filter(|head| !head.trim().is_empty());
            let texts = head.into_iter().chain([block.text.as_str()]);
            let found = texts.map(|text| self.kept(self.names(text, false).into_iter()));
            if let Some(names) = found.into_iter().find(|names| !names.is_empty()) {
                return names;
            }
        }
        Vec::new()
    }

    /// A line by itself that is a name and nothing else: one we know, or one beside the date.
    fn bare(&self) -> Vec<String> {
        let lines = || self.lines(self.zone.clone()).map(|(at, block)| (at, &block.text));
        let spots = || self.spots(self.zone.clone()).map(|spot| (spot.block, &spot.text));
        let given = lines().chain(spots()).find(|(_, text)| is_name_line(text, self.rules, false));
        // Where the rules do not know the language, any word is unknown.
        let lang = self.page.head.lang.as_deref().unwrap_or("en").to_ascii_lowercase();
        let known = lang.starts_with("en") || lang.starts_with("zh");
        let dated = || {
            lines()
                .filter(|_| known)
                .find(|(at, text)| self.is_beside_date(*at) && is_name_line(text, self.rules, true))
        };
        self.kept(given.or_else(dated).map(|(_, text)| text.clone()).into_iter())
    }

    /// Whether the line before or behind a block is a date.
    fn is_beside_date(&self, at: usize) -> bool {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        beside.filter_map(|index| self.page.blocks.get(index)).any(|block| {
            block.extent <= DATE_EXTENT_MAX
                && printed::day(&block.text, Order::DayFirst, &self.rules.pages).is_some()
        })
    }

    /// An agency: a line by itself that a dateline repeats in parentheses.
    fn wire(&self) -> Vec<String> {
        let lines: Vec<&str> = self
            .lines(self.zone.clone())
            .map(|(_, block)| block.text.trim())
            .chain(self.spots(self.zone.clone()).map(|spot| spot.text.trim()))
            .collect();
        let blocks = self.page.blocks.iter().zip(self.kinds);
        let texts = blocks.filter(|(block, kind)| kind.is_main() && block.extent > 60);
        let agency = texts.take(DATELINES_MAX).find_map(|(block, _)| {
            let head = block
                .text
                .char_indices()
                .nth(DATELINE_CHARS)
                .map_or(block.text.len(), |(at, _)| at);
            let (_, rest) = block.text.get(..head)?.split_once('(')?;
            let agency = rest.split_once(')')?.0.trim();
            (agency.len() > 3 && lines.contains(&agency)).then(|| agency.to_string())
        });
        self.kept(agency.into_iter())
    }
}

/// A line by itself that holds two or three capitalised words and nothing else: a given name in
/// front, or, where its place speaks for it, no word that the rules know as another.
fn is_name_line(text: &str, rules: &Rules, placed: bool) -> bool {
    if text.starts_with(is_han) {
        return is_han_name(text, rules) && rules.registry.named(text).is_none();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let word_of = |word: &str| rules.vocabulary.find(&word.to_lowercase());
    let is_given = |word: &str| rules.vocabulary.is(word_of(word), rules.classes.given_name);
    let is_unknown = |word: &str| word_of(word) == WordId::UNKNOWN;
    (2..=3).contains(&words.len())
        && words.first().is_some_and(|word| is_given(word) || placed && is_unknown(word))
        && (!placed || words.iter().skip(1).all(|word| is_unknown(word) || is_given(word)))
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
        })
        && rules.registry.named(text).is_none()
}
