//! The letters of a block, counted.

use super::measure::ends_as_sentence;
use crate::rules::is_han;

/// Counts over the letters of a block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub extent: i64,
    pub letters: i64,
    pub words: i64,
    pub small: i64,
    pub capitals: i64,
    pub digits: i64,
    pub commas: i64,
    pub stops: i64,
    pub odd: i64,
    pub quotes: i64,
    pub han: i64,
    pub sentence: bool,
    pub begins_small: bool,
    pub ends_colon: bool,
    pub asks: bool,
}

impl Shape {
    /// Counts them.
    pub(super) fn of(text: &str) -> Self {
        let mut shape = Self { sentence: ends_as_sentence(text), ..Self::default() };
        shape.begins_small = text.chars().next().is_some_and(char::is_lowercase);
        shape.ends_colon = text.ends_with([':', '：']);
        shape.asks = text.ends_with(['?', '？']);
        let (mut run, mut low) = (0, true);
        for c in text.chars().chain([' ']) {
            let letter = c.is_alphanumeric();
            if letter && !is_han(c) {
                if run == 0 && c.is_uppercase() {
                    shape.capitals += 1;
                }
                run += 1;
                low &= c.is_lowercase();
            } else if run > 0 {
                shape.words += 1;
                shape.small += i64::from(run <= 4 && low);
                (run, low) = (0, true);
            }
            shape.letters += i64::from(letter);
            shape.extent += 1;
            if c.is_ascii() {
                match c {
                    '0'..='9' => shape.digits += 1,
                    ',' => shape.commas += 1,
                    '.' | '!' | '?' => shape.stops += 1,
                    '"' => shape.quotes += 1,
                    '|' | '/' | '@' | '#' | '>' | '<' | '+' | '=' | '*' => shape.odd += 1,
                    _ => {}
                }
            } else if is_han(c) {
                shape.han += 1;
                shape.extent += 2;
                shape.words += 1;
            } else {
                match c {
                    '，' | '、' => shape.commas += 1,
                    '。' | '！' | '？' => shape.stops += 1,
                    '“' | '”' | '„' | '«' | '「' | '」' => shape.quotes += 1,
                    '©' | '→' | '»' | '›' | '·' | '•' | '®' | '×' => shape.odd += 1,
                    _ => {}
                }
            }
        }
        shape.extent -= 1;
        shape
    }
}
