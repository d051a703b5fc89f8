//! A text as runs of Chinese and names with their parts: where words begin and end.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest term, in bytes.
const TERM_BYTES_MAX: usize = 96;
/// A part of a name: between two signs.
pub(super) struct Part {
    pub folded: String,
    /// With the signs behind it: `c++`.
    pub signed: Option<String>,
    pub from: usize,
    pub to: usize,
}

/// Whether a character is a word of its own.
pub fn is_han(c: char) -> bool {
    matches!(c as u32,
        0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)) && !is_han(c)
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '_' | '.' | '/' | '&')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

pub(super) fn fold_into(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else {
        for plain in c.nfkd().filter(|c| !is_combining_mark(*c)) {
            out.extend(plain.to_lowercase());
        }
    }
}

pub(super) fn truncated(text: &mut String) {
    let mut end = text.len().min(TERM_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
}

pub(super) enum Run<'a> {
    Han(&'a [(usize, char)]),
    Name(&'a [Part]),
    /// One word of other letters than those asked for.
    Passed,
}

pub(super) fn walk(text: &str, take: impl FnMut(Run<'_>)) {
    walk_from(text, |_| true, take);
}

/// As [`walk`]; of plain words that begin with letters nobody asks for only the number is told.
pub(super) fn walk_from(text: &str, begins: impl Fn(char) -> bool, mut take: impl FnMut(Run<'_>)) {
    let mut chars = text.char_indices().peekable();
    let mut han: Vec<(usize, char)> = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    while let Some((from, c)) = chars.next() {
        if is_han(c) {
            han.clear();
            han.push((from, c));
            while let Some((i, c)) = chars.next_if(|(_, c)| is_han(*c)) {
                han.push((i, c));
            }
            take(Run::Han(&han));
            continue;
        }
        if !is_name(c) {
            continue;
        }
        if c.is_ascii()
            && !begins(c.to_ascii_lowercase())
            && let Some(end) = plain_end(text, from)
        {
            while chars.next_if(|(i, _)| *i < end).is_some() {}
            take(Run::Passed);
            continue;
        }
        parts.clear();
        let mut start = Some((from, c));
        while let Some((from, c)) = start.take() {
            let (part, next) = part(text, from, c, &mut chars);
            parts.push(part);
            start = next;
        }
        take(Run::Name(&parts));
    }
}

/// Where a word of ASCII letters and digits ends that is surely not joined to what follows.
fn plain_end(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    let length = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let mut behind = rest.get(length..)?.iter();
    let free = match behind.next() {
        None | Some(b' ' | b'\n' | b',' | b';' | b':' | b'!' | b'?' | b'"' | b')' | b'(') => true,
        // The end of a sentence.
        Some(b'.') => behind.next().is_none_or(|b| matches!(b, b' ' | b'\n')),
        Some(_) => false,
    };
    free.then_some(from + length)
}

type Chars<'a> = std::iter::Peekable<std::str::CharIndices<'a>>;

/// One part of a name, and where the next one begins, if a sign joins them.
fn part(
    text: &str,
    from: usize,
    first: char,
    chars: &mut Chars<'_>,
) -> (Part, Option<(usize, char)>) {
    let mut folded = String::with_capacity(16);
    fold_into(first, &mut folded);
    let mut to = from + first.len_utf8();
    let mut last = first;
    loop {
        while let Some((i, c)) = chars.next_if(|(_, c)| is_name(*c)) {
            fold_into(c, &mut folded);
            to = i + c.len_utf8();
            last = c;
        }
        let after = |i: usize| text.get(i..).and_then(|rest| rest.chars().nth(1));
        let Some(&(i, sign)) = chars.peek() else { break };
        let Some(next) = after(i).filter(|c| is_name(*c)) else { break };
        if is_apostrophe(sign) {
            chars.next();
            let rest = text.get(i + sign.len_utf8()..).unwrap_or("");
            let mut rest = rest.chars();
            let possessive =
                matches!(rest.next(), Some('s' | 'S')) && rest.next().is_none_or(|c| !is_name(c));
            if possessive {
                chars.next();
                break;
            }
            continue;
        }
        if sign == '.' && last.is_ascii_digit() && next.is_ascii_digit() {
            chars.next();
            folded.push('.');
            continue;
        }
        break;
    }
    truncated(&mut folded);
    let mut signed = None;
    if last.is_alphabetic() && matches!(chars.peek(), Some((_, '+' | '#'))) {
        let mut with = folded.clone();
        while let Some((i, c)) = chars.next_if(|(_, c)| matches!(c, '+' | '#')) {
            if with.len() < folded.len() + 2 {
                with.push(c);
                to = i + 1;
            }
        }
        signed = Some(with);
    }
    let mut next = None;
    if let Some(&(i, sign)) = chars.peek()
        && is_sign(sign)
        && let Some(c) = text.get(i + sign.len_utf8()..).and_then(|rest| rest.chars().next())
        && is_name(c)
    {
        chars.next();
        next = chars.next();
    }
    (Part { folded, signed, from, to }, next)
}
