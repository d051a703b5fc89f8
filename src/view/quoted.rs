//! What a page has quoted of each article so far: neighbouring sentences quoted one by one are one piece of it.
//!
//! In: quotations in the order in which the page prints them. Out: their words, shortened where they would lengthen a
//! piece past the limit. What holds: of no article do more than [`QUOTE_CHARS_MAX`] characters stand on a page in one
//! piece, and white space and punctuation alone part no pieces; the same words quoted again are the same. Not here: headlines,
//! which name an article, and lines of timelines and questions, which are worded anew.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::line::{QUOTE_CHARS_MAX, Quote, kept};
use crate::model::kb::KnowledgeBase;
use crate::model::source::CaptureId;
use crate::model::text::{Evidence, Span};

/// A beginning of fewer characters says nothing: then the end of a passage is quoted.
const HEAD_CHARS_MIN: usize = 40;
/// Of fewer characters nothing is quoted: who wants the words follows the link.
const PART_CHARS_MIN: usize = 12;
/// Fewest characters left out between two pieces.
const GAP_CHARS_MIN: usize = 24;

/// The pieces a page has quoted, by article. It is asked while the page is printed, since only then are quotations in
/// their order.
#[derive(Debug, Clone)]
pub struct Quoted<'a> {
    kb: &'a KnowledgeBase,
    pieces: RefCell<BTreeMap<CaptureId, Pieces>>,
}

/// Pieces of one article, none of which touch.
type Pieces = Vec<Span>;

impl<'a> Quoted<'a> {
    /// Begins a page of a record.
    pub fn new(kb: &'a KnowledgeBase) -> Self {
        Self { kb, pieces: RefCell::default() }
    }

    /// The words of a quotation, as far as they may follow what the page has quoted before.
    pub fn words(&self, quote: &Quote) -> String {
        let Evidence { capture, span } = quote.place;
        let earlier = || self.kb.lives.earlier.get(&capture).map(AsRef::as_ref);
        let Some(reading) = self.kb.reading(capture).or_else(earlier) else {
            return quote.text.clone();
        };
        let body = &reading.article.body;
        let mut all = self.pieces.borrow_mut();
        let pieces = all.entry(capture).or_default();
        let Some(shown) = fitting(body, pieces, span) else { return "…".into() };
        let piece = joined(body, pieces, shown);
        pieces.retain(|other| !touch(body, *other, shown));
        pieces.push(piece);
        let before = if shown.start() > span.start() { "…" } else { "" };
        let after = if shown.end() < span.end() { "…" } else { "" };
        format!("{before}{}{after}", shown.of(body))
    }
}

/// What of a passage may be quoted beside some pieces: all that fits into a quotation, else as much of its beginning
/// as may follow, else of its end.
fn fitting(body: &str, pieces: &[Span], passage: Span) -> Option<Span> {
    let whole = Span::new(passage.start(), passage.start() + kept(passage.of(body)).len());
    let fits = |span: Span| chars(body, joined(body, pieces, span)) <= QUOTE_CHARS_MAX;
    if fits(whole) {
        return Some(whole);
    }
    let breaks: Vec<usize> = breaks(body, whole).collect();
    let heads = breaks.iter().rev().map(|end| Span::new(whole.start(), *end).trim(body));
    let head = heads.filter(|head| !head.is_empty()).find(|head| fits(*head));
    if let Some(head) = head.filter(|head| chars(body, *head) >= HEAD_CHARS_MIN) {
        return Some(head);
    }
    let tails = breaks.iter().map(|start| Span::new(*start, whole.end()).trim(body));
    let apart = |tail: &Span| {
        let before = pieces.iter().filter(|piece| piece.start() < tail.start());
        let upto = before.map(|piece| piece.end()).max();
        upto.is_none_or(|upto| chars(body, Span::new(upto, tail.start())) >= GAP_CHARS_MIN)
    };
    let tail = tails.filter(|tail| !tail.is_empty()).filter(apart).find(|tail| fits(*tail));
    let longer = head.into_iter().chain(tail).max_by_key(|part| chars(body, *part));
    longer.filter(|part| chars(body, *part) >= PART_CHARS_MIN)
}

/// Where a passage may be cut: between words, and between characters of a script that writes without gaps.
fn breaks(body: &str, passage: Span) -> impl Iterator<Item = usize> {
    let dense = |c: char| c.is_whitespace() || ('\u{2e80}'..='\u{ffef}').contains(&c);
    let mut last = false;
    let places = passage.of(body).char_indices().filter(move |(_, c)| {
        let cut = dense(*c) || last;
        last = dense(*c);
        cut
    });
    places.map(move |(at, _)| passage.start() + at)
}

fn chars(body: &str, span: Span) -> usize {
    span.of(body).chars().count()
}

/// Whether two spans are one piece.
fn touch(body: &str, a: Span, b: Span) -> bool {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    let between = body.get(first.end()..second.start());
    between.is_none_or(|between| !between.contains(char::is_alphanumeric))
}

/// A span with all pieces it touches; as these do not touch each other, none beyond them does.
fn joined(body: &str, pieces: &[Span], span: Span) -> Span {
    let touched = pieces.iter().filter(|piece| touch(body, **piece, span));
    touched.fold(span, |all, piece| all.join(*piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quotes passages one after another and gives what is shown of each.
    fn shown(body: &str, passages: &[&str]) -> Vec<String> {
        let mut pieces = Pieces::new();
        let mut said = Vec::new();
        for passage in passages {
            let at = body.find(passage).unwrap_or_default();
            let span = Span::new(at, at + passage.len());
            let fit = fitting(body, &pieces, span);
            said.push(fit.map(|fit| fit.of(body).to_string()).unwrap_or_default());
            if let Some(fit) = fit {
                let piece = joined(body, &pieces, fit);
                pieces.retain(|other| !touch(body, *other, fit));
                pieces.push(piece);
            }
            assert!(pieces.iter().all(|piece| chars(body, *piece) <= QUOTE_CHARS_MAX));
        }
        said
    }

    fn sentence(word: &str, words: usize) -> String {
        (0..words).map(|n| format!("{word}{n:02}")).collect::<Vec<_>>().join(" ") + "."
    }

    #[test]
    fn neighbours_are_one_piece() {
        let (a, b, c) = (sentence("board", 30), sentence("notice", 22), sentence("suit", 20));
        let body = format!("{a} {b}\n{c}");
        let said = shown(&body, &[&a, &b, &c, &b, &a]);
        assert_eq!(said.first(), Some(&a));
        assert!(said.get(1).is_some_and(|it| b.starts_with(it) && it.len() < b.len()), "{said:?}");
        assert_eq!(said.get(2), Some(&c), "what was left out parts them");
        assert_eq!(said.get(3), said.get(1), "quoted again it is the same");
        assert_eq!(said.get(4), Some(&a));
    }

    #[test]
    fn where_no_beginning_may_follow_the_end_is_quoted() {
        let (a, b) = (sentence("board", 42), sentence("notice", 22));
        let body = format!("{a} {b}");
        let said = shown(&body, &[&a, &b]);
        assert!(said.get(1).is_some_and(|it| b.ends_with(it) && it.len() > 80), "{said:?}");
    }

    #[test]
    fn a_script_without_gaps_is_cut_between_characters() {
        let (a, b) = ("董事会".repeat(70), "通知书".repeat(60));
        let body = format!("{a}{b}");
        let said = shown(&body, &[&a, &b]);
        assert_eq!(said.get(1).map(|it| it.chars().count()), Some(QUOTE_CHARS_MAX - 210));
    }
}
