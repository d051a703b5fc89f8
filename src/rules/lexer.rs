//! Where one token ends and the next begins, by characters alone.
//!
//! In: a text and a place in it. Out: the shape of the token there, and its folded form. Total and linear.

use super::token::Shape;
use super::vocabulary::{Vocabulary, WordId};

/// Writes the folded form of a word: small letters, straight apostrophe, plain width.
pub fn fold(letters: &str, into: &mut String) {
    into.clear();
    if matches!(letters, "''" | "``") {
        into.push('"');
        return;
    }
    for c in letters.chars() {
        match c {
            '’' | '‘' | '＇' => into.push('\''),
            '“' | '”' | '「' | '」' | '『' | '』' | '«' | '»' | '„' => into.push('"'),
            '–' | '—' | '―' | '‑' | '−' => into.push('-'),
            '！'..='～' => into.extend(plain_width(c).to_lowercase()),
            _ if c.is_ascii() => into.push(c.to_ascii_lowercase()),
            _ => into.extend(c.to_lowercase()),
        }
    }
}

fn plain_width(c: char) -> char {
    char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
}

/// Whether a character is written without spaces between words.
pub fn is_han(c: char) -> bool {
    matches!(c as u32,
        0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3134F)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// A place in a text, moved token by token.
pub(super) struct Cursor<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub fn peek(&self) -> Option<(usize, char)> {
        self.rest().chars().next().map(|c| (self.at, c))
    }

    fn ahead(&self) -> (Option<char>, Option<char>) {
        let mut chars = self.rest().chars();
        (chars.next(), chars.next())
    }

    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    pub fn skip_space(&mut self) -> usize {
        let mut lines = 0;
        while let Some((_, c)) = self.peek().filter(|(_, c)| c.is_whitespace()) {
            lines += usize::from(c == '\n');
            self.bump(c);
        }
        lines
    }

    pub fn take_token(&mut self, first: char) -> Shape {
        self.bump(first);
        if is_han(first) {
            return Shape::Han;
        }
        if matches!(first, '\'' | '`') && self.peek().is_some_and(|(_, c)| c == first) {
            // Two strokes are a double quotation mark.
            self.bump(first);
            return Shape::Punct;
        }
        if is_apostrophe(first) {
            // A possessive or contraction ending cut from its word is a token: 's, 're.
            let (next, after) = self.ahead();
            if next.is_some_and(|c| c == 's' || c == 'S')
                && !after.is_some_and(char::is_alphanumeric)
                && self.text.get(..self.at - first.len_utf8()).is_some_and(|before| {
                    // At the very start it is a phrase of the data: "'s report".
                    before.chars().next_back().is_none_or(char::is_alphanumeric)
                })
            {
                self.bump('s');
            }
            return Shape::Punct;
        }
        if !first.is_alphanumeric() {
            return Shape::Punct;
        }
        self.take_word(first)
    }

    fn take_word(&mut self, first: char) -> Shape {
        let from = self.at - first.len_utf8();
        let mut last = first;
        loop {
            let (next, after) = self.ahead();
            let Some(c) = next else { break };
            let joins = c.is_alphanumeric() && !is_han(c)
                || matches!(c, '.' | ',')
                    && last.is_ascii_digit()
                    && after.is_some_and(|a| a.is_ascii_digit())
                || c == '.' && self.is_initials(from, after)
                || is_apostrophe(c) && self.is_contraction(last, after);
            if !joins {
                break;
            }
            last = c;
            self.bump(c);
        }
        shape_of(self.text.get(from..self.at).unwrap_or(""))
    }

    /// "start-up": goes on over hyphens where the rules know the whole as one word.
    pub fn take_hyphenated(&mut self, from: usize, vocabulary: &Vocabulary) -> bool {
        if !matches!(self.peek(), Some((_, '-' | '‑' | '–'))) {
            return false;
        }
        let rest = self.text.get(from..).unwrap_or("");
        let word = |c: char| c.is_alphanumeric() && !is_han(c);
        let len =
            rest.find(|c: char| !(word(c) || matches!(c, '-' | '‑' | '–'))).unwrap_or(rest.len());
        let mut folded = String::new();
        fold(rest.get(..len).unwrap_or(""), &mut folded);
        let known = vocabulary.find(&folded) != WordId::UNKNOWN;
        if known {
            self.at = from + len;
        }
        known
    }

    /// "U.S." and "e.g.": single letters, each followed by a full stop.
    fn is_initials(&self, from: usize, after: Option<char>) -> bool {
        let so_far = self.text.get(from..self.at).unwrap_or("");
        let pattern = so_far.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        });
        let goes_on = after.is_some_and(char::is_alphabetic) && {
            let mut next = self.rest().chars().skip(2);
            next.next() == Some('.')
        };
        pattern && (so_far.contains('.') || goes_on)
    }

    fn is_contraction(&self, last: char, after: Option<char>) -> bool {
        let Some(after) = after.filter(|c| c.is_alphabetic()) else { return false };
        let mut following = self.rest().chars().skip(2);
        let ends_here = !following.next().is_some_and(char::is_alphanumeric);
        last.is_alphabetic() && !(matches!(after, 's' | 'S') && ends_here)
    }
}

pub(super) fn shape_of(letters: &str) -> Shape {
    let mut lower = 0;
    let mut upper = 0;
    let mut digits = 0;
    let mut total = 0;
    let mut first_upper = false;
    for (i, c) in letters.chars().enumerate() {
        total += usize::from(c.is_alphanumeric());
        digits += usize::from(c.is_ascii_digit());
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        first_upper |= i == 0 && c.is_uppercase();
    }
    let ordinal = || {
        let bare = letters.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = letters.get(bare.len()..).unwrap_or("").to_ascii_lowercase();
        matches!(ending.as_str(), "st" | "nd" | "rd" | "th")
            && bare.bytes().all(|b| b.is_ascii_digit())
    };
    match () {
        () if digits == total => Shape::Number,
        () if digits > 0 && ordinal() => Shape::Ordinal,
        () if digits > 0 => Shape::Mixed,
        () if upper == 0 => Shape::Lower,
        () if first_upper && upper == 1 => Shape::Title,
        () if lower == 0 => Shape::Upper,
        () => Shape::Mixed,
    }
}

pub(super) fn number_of(letters: &str, shape: Shape) -> Option<u32> {
    match shape {
        Shape::Number if letters.contains('.') => None,
        Shape::Number => letters.replace(',', "").parse().ok(),
        Shape::Ordinal => letters.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok(),
        _ => None,
    }
}
