//! Text as the terms that are searched: one way of cutting for index, queries and the browser.
//!
//! In: any text. Out: terms with their place in the text and their position among the words.
//!
//! - A word is folded (small letters, no accents, half width) and stemmed (Snowball English). Where
//!   the stem is another word, the word itself stands beside it behind `'`, for prefixes.
//! - A name stays whole: `GPT-5`, `Qwen3.7-Max`, `AT&T` are terms, and so are the runs of their
//!   parts; `C++` and `F#` keep their signs.
//! - Chinese and its neighbours are single characters and pairs of neighbours, so that any run of
//!   characters is found, whichever dictionary a reader has in mind.
//!
//! What holds: linear time, no text is too strange; the same bytes give the same terms, and
//! `site/assets/search.js` cuts alike (held together by the cases of `tests/cases/search/`).

mod walk;

use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;

pub use walk::is_han;
use walk::{Part, Run, fold_into, truncated, walk, walk_from};

/// Most parts of a name whose runs are terms.
const PARTS_MAX: usize = 6;
/// In front of a word that has another stem.
pub const SURFACE: char = '\'';

/// One term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its letters.
    pub text: String,
    /// First byte in the text.
    pub from: usize,
    /// Behind its last byte.
    pub to: usize,
    /// Position of its first word.
    pub at: usize,
}

/// A value of a field as it is compared: folded words with single spaces between them.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, '+' | '#' | '&') || is_combining_mark(c) {
            fold_into(c, &mut out);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Every term of a text, for an index.
pub fn each(text: &str, put: impl FnMut(&str, usize, usize, usize)) {
    each_from(text, |_| true, put);
}

/// The terms of a text that begin with certain letters, for marking what was found: words of other
/// letters are not even stemmed.
pub fn each_from(
    text: &str,
    begins: impl Fn(char) -> bool,
    put: impl FnMut(&str, usize, usize, usize),
) {
    let stemmer = Stemmer::new(Algorithm::English);
    cut(text, begins, |word, stem| stemmed_into(&stemmer, word, stem), put);
}

/// Cuts many texts that share words: each word is stemmed once.
#[derive(Default)]
pub struct Cutter {
    stems: HashMap<String, String>,
}

impl Cutter {
    /// As [`each`].
    pub fn each(&mut self, text: &str, put: impl FnMut(&str, usize, usize, usize)) {
        let stemmer = Stemmer::new(Algorithm::English);
        let stem = |word: &str, out: &mut String| match self.stems.get(word) {
            Some(stem) => out.clone_from(stem),
            None => {
                stemmed_into(&stemmer, word, out);
                self.stems.insert(word.to_string(), out.clone());
            }
        };
        cut(text, |_| true, stem, put);
    }
}

fn cut(
    text: &str,
    begins: impl Fn(char) -> bool,
    mut stem_into: impl FnMut(&str, &mut String),
    mut put: impl FnMut(&str, usize, usize, usize),
) {
    let mut stem = String::new();
    let mut scratch = String::new();
    let mut at = 0;
    walk_from(text, &begins, |run| match run {
        Run::Passed => at += 1,
        Run::Han(chars) => {
            for (i, (from, c)) in chars.iter().enumerate().filter(|(_, (_, c))| begins(*c)) {
                let to = from + c.len_utf8();
                scratch.clear();
                scratch.push(*c);
                put(&scratch, *from, to, at + i);
                if let Some((next, d)) = chars.get(i + 1) {
                    scratch.push(*d);
                    put(&scratch, *from, next + d.len_utf8(), at + i);
                }
            }
            at += chars.len();
        }
        Run::Name(parts) => {
            for (i, part) in parts.iter().enumerate() {
                if !part.folded.starts_with(&begins) {
                    continue;
                }
                let alone = part.signed.is_none() || part.folded.chars().count() > 1;
                if alone {
                    stem_into(&part.folded, &mut stem);
                    put(&stem, part.from, part.to, at + i);
                    if stem != part.folded {
                        scratch.clear();
                        scratch.push(SURFACE);
                        scratch.push_str(&part.folded);
                        put(&scratch, part.from, part.to, at + i);
                    }
                }
                if let Some(signed) = &part.signed {
                    put(signed, part.from, part.to, at + i);
                }
            }
            if (2..=PARTS_MAX).contains(&parts.len()) {
                for (i, part) in parts.iter().enumerate() {
                    if !part.folded.starts_with(&begins) {
                        continue;
                    }
                    for j in i + 1..parts.len() {
                        let run = parts.get(i..=j).unwrap_or(&[]);
                        joined(run, &mut scratch);
                        if let (Some(first), Some(last)) = (run.first(), run.last()) {
                            put(&scratch, first.from, last.to, at + i);
                        }
                    }
                }
            }
            at += parts.len();
        }
    });
}

/// The fewest terms that a text has to hold, with their positions, for it to hold these words.
pub fn wanted(text: &str) -> Vec<Term> {
    let stemmer = Stemmer::new(Algorithm::English);
    let mut terms = Vec::new();
    let mut at = 0;
    walk(text, |run| match run {
        Run::Passed => at += 1,
        Run::Han(chars) => {
            let last = chars.len().saturating_sub(2);
            for (i, (from, c)) in chars.iter().enumerate() {
                let pair = chars.get(i + 1);
                let needed = chars.len() == 1 || pair.is_some() && (i % 2 == 0 || i == last);
                if needed {
                    let mut text = c.to_string();
                    text.extend(pair.map(|(_, d)| *d));
                    let to = from + text.len();
                    terms.push(Term { text, from: *from, to, at: at + i });
                }
            }
            at += chars.len();
        }
        Run::Name(parts) => {
            let whole = (2..=PARTS_MAX).contains(&parts.len());
            if let (true, Some(first), Some(last)) = (whole, parts.first(), parts.last()) {
                let mut text = String::new();
                joined(parts, &mut text);
                terms.push(Term { text, from: first.from, to: last.to, at });
            } else {
                for (i, part) in parts.iter().enumerate() {
                    let text = match &part.signed {
                        Some(signed) => signed.clone(),
                        None => {
                            let mut stem = String::new();
                            stemmed_into(&stemmer, &part.folded, &mut stem);
                            stem
                        }
                    };
                    terms.push(Term { text, from: part.from, to: part.to, at: at + i });
                }
            }
            at += parts.len();
        }
    });
    terms
}

/// How a word has to begin that is typed in part: folded, not stemmed; `None` where the text is not
/// the beginning of one word.
pub fn opening(text: &str) -> Option<String> {
    let mut found = None;
    let mut runs = 0;
    walk(text, |run| {
        runs += 1;
        found = Some(match run {
            Run::Passed => return,
            Run::Han(chars) => chars.iter().map(|(_, c)| *c).collect(),
            Run::Name(parts) => {
                let mut text = String::new();
                joined(parts, &mut text);
                text
            }
        });
    });
    found.filter(|_| runs == 1)
}

/// A text cut where Chinese and other writing meet.
pub fn scripts(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (i, c) in text.char_indices() {
        let han = is_han(c);
        if before.is_some_and(|before| before != han) {
            found.push(text.get(from..i).unwrap_or(""));
            from = i;
        }
        before = Some(han);
    }
    found.push(text.get(from..).unwrap_or(""));
    found
}

fn joined(parts: &[Part], out: &mut String) {
    out.clear();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            out.push('-');
        }
        out.push_str(part.signed.as_deref().unwrap_or(&part.folded));
    }
    truncated(out);
}

fn stemmed_into(stemmer: &Stemmer, word: &str, out: &mut String) {
    let english = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    out.clear();
    if english { out.push_str(&stemmer.stem(word)) } else { out.push_str(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        each(text, |term, _, _, at| found.push((term.to_string(), at)));
        found
    }

    fn want(text: &str) -> Vec<String> {
        wanted(text).into_iter().map(|term| term.text).collect()
    }

    #[test]
    fn names_stay_whole_and_are_found_by_their_parts() {
        let found = all("Qwen3.7-Max beats GPT-5.");
        let at = |term: &str| found.iter().find(|(t, _)| t == term).map(|(_, at)| *at);
        assert_eq!(at("qwen3.7-max"), Some(0));
        assert_eq!(at("qwen3.7"), Some(0));
        assert_eq!(at("max"), Some(1));
        assert_eq!(at("beat"), Some(2));
        assert_eq!(at("'beats"), Some(2));
        assert_eq!(at("gpt-5"), Some(3));
        assert_eq!(want("Qwen3.7-Max"), ["qwen3.7-max"]);
        assert_eq!(want("C++ C# AT&T R-Disney+"), ["c++", "c#", "at-t", "r-disney+"]);
        assert!(!all("GPT-5.5").iter().any(|(t, _)| t == "gpt-5"));
        assert!(!all("C++").iter().any(|(t, _)| t == "c"));
    }

    #[test]
    fn chinese_is_characters_and_pairs() {
        assert_eq!(want("禁"), ["禁"]);
        assert_eq!(want("阿里巴巴"), ["阿里", "巴巴"]);
        assert_eq!(want("禁用了"), ["禁用", "用了"]);
        let terms = wanted("Claude被禁用");
        let at: Vec<usize> = terms.iter().map(|t| t.at).collect();
        assert_eq!(
            (want("Claude被禁用"), at),
            (vec!["claud".into(), "被禁".into(), "禁用".into()], vec![0, 1, 2])
        );
        assert_eq!(scripts("Claude被禁用GPT-5"), ["Claude", "被禁用", "GPT-5"]);
    }

    #[test]
    fn what_is_passed_over_changes_nothing_else() {
        let text = "The bans, the court. Qwen3.7-Max bans AT&T's C++; band-aid b. 3.5 禁用bans (Bans) it's";
        let from = |begins: &dyn Fn(char) -> bool| {
            let mut found = Vec::new();
            each_from(text, begins, |term, from, to, at| {
                found.push((term.to_string(), from, to, at));
            });
            found
        };
        let begins = |c: char| c == 'b' || c == '3';
        let mut all = from(&|_| true);
        all.retain(|(term, ..)| term.trim_start_matches(SURFACE).starts_with(begins));
        assert_eq!(from(&begins), all);
        assert!(all.len() > 6, "{all:?}");
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(want("Renée’s lawyers don't ＧＰＴ"), ["rene", "lawyer", "dont", "gpt"]);
        assert_eq!(fold(" Orison-Labs,  Inc. "), "orison labs inc");
        assert_eq!(fold("C++"), "c++");
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        for text in ["Ünïted’s “C++” 被禁用-GPT-5.5 a.b", "…", "x'", "a+", "é̂̂", "1.2.3-4"]
        {
            each(text, |_, from, to, _| {
                assert!(text.get(from..to).is_some(), "{text} {from} {to}")
            });
        }
    }
}
