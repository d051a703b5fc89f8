//! What names of classes and ids in HTML say about the text inside.

use std::collections::HashMap;

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use super::vocabulary::Quick;
use crate::model::finding::Finding;

/// What an element's name says, as bits.
pub mod mark {
    /// A set of marks.
    pub type Marks = u32;

    macro_rules! marks {
        ($($(#[$doc:meta])* $name:ident = $bit:literal, $word:literal;)*) => {
            $($(#[$doc])* pub const $name: Marks = 1 << $bit;)*
            /// What rows may write, and the bit it stands for.
            pub const WORDS: &[(&str, Marks)] = &[$(($word, $name)),*];
        };
    }

    marks! {
        /// Ways to other pages of the site.
        NAV = 0, "navigation";
        /// A column beside the text.
        ASIDE = 1, "aside";
        /// The foot of the page.
        FOOT = 2, "foot";
        /// The head of the site.
        HEAD = 3, "masthead";
        /// Buttons to share, print, save, like.
        SHARE = 4, "share";
        /// Teasers of other articles.
        RELATED = 5, "related";
        /// Forms to subscribe and sign up.
        SIGNUP = 6, "signup";
        /// Advertising.
        AD = 7, "advertisement";
        /// What readers wrote.
        COMMENT = 8, "comment";
        /// Consent, privacy, terms, copyright.
        LEGAL = 9, "legal";
        /// What stands before text that must be paid for.
        PAYWALL = 10, "paywall";
        /// Topics of the article.
        TAGS = 11, "tags";
        /// Who the author is.
        PROFILE = 12, "profile";
        /// Players, galleries, charts.
        MEDIA = 13, "media";
        /// A passage of the text shown twice.
        PULLQUOTE = 14, "pull-quote";
        /// Notices on the text, tables of contents, key-event lists.
        NOTICE = 15, "notice";
        /// Dialogs, and text for machines or printers only.
        HIDDEN = 16, "hidden";
        /// Captions and credits.
        CAPTION = 17, "caption";
        /// Names of authors.
        BYLINE = 18, "byline";
        /// The day of publication.
        DATE = 19, "date";
        /// The article itself.
        BODY = 20, "body";
        /// The publisher.
        OUTLET = 21, "outlet";
        /// The headline.
        TITLE = 22, "title";
        /// What stands between headline and text.
        LEAD = 23, "lead";
        /// An entry of a live blog.
        ENTRY = 24, "entry";
    }

    /// Kinds of marks there are.
    pub const COUNT: usize = WORDS.len();
    /// All that is no part of an article.
    pub const FURNITURE: Marks = (1 << 17) - 1;
}

use mark::Marks;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkRow {
    id: String,
    means: String,
    words: Vec<String>,
}

impl Row for MarkRow {
    const TABLE: &'static str = "mark";
    fn id(&self) -> &str {
        &self.id
    }
}

/// The words of `lexicon/markup/`.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    words: HashMap<String, Marks, Quick>,
}

/// Most bytes of a class list that are looked at.
const NAMES_BYTES_MAX: usize = 400;

impl Markup {
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let mut words: HashMap<String, Marks, Quick> = HashMap::default();
        for Located { row, place } in table::<MarkRow>(layers, "lexicon/markup/", faults) {
            let Some((_, bit)) = mark::WORDS.iter().find(|(word, _)| *word == row.means) else {
                let known: Vec<&str> = mark::WORDS.iter().map(|(word, _)| *word).collect();
                let message =
                    format!("“{}” is no mark; write one of {}", row.means, known.join(", "));
                faults.push(Finding::error("bad-row", message).at(place));
                continue;
            };
            for word in row.words {
                *words.entry(word).or_default() |= bit;
            }
        }
        Self { words }
    }

    /// What a class list or id says: each whole name, its parts between hyphens, underscores and
    /// changes of case, and each two neighbouring parts.
    pub fn of(&self, names: &str) -> Marks {
        let mut marks = 0;
        let mut folded = String::new();
        let end = (0..=NAMES_BYTES_MAX.min(names.len())).rev().find(|i| names.is_char_boundary(*i));
        for name in names.get(..end.unwrap_or(0)).unwrap_or("").split_ascii_whitespace() {
            folded.clear();
            folded.push_str(name);
            folded.make_ascii_lowercase();
            marks |= self.word(&folded);
            let mut before: Option<usize> = None;
            let mut from = 0;
            let bytes = name.as_bytes();
            for at in 0..=bytes.len() {
                let this = bytes.get(at).copied().unwrap_or(b'-');
                let last = at.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b'-');
                let hump = last.is_ascii_lowercase() && this.is_ascii_uppercase();
                let breaks = !this.is_ascii_alphabetic();
                if !(hump || breaks) {
                    continue;
                }
                if at > from {
                    marks |= folded.get(from..at).map_or(0, |part| self.word(part));
                    if let Some(before) = before {
                        marks |= folded.get(before..at).map_or(0, |pair| self.word(pair));
                    }
                    before = Some(from);
                }
                from = if hump { at } else { at + 1 };
            }
        }
        marks
    }

    fn word(&self, word: &str) -> Marks {
        if word.len() < 2 { 0 } else { self.words.get(word).copied().unwrap_or(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let words =
            [("share", mark::SHARE), ("sharebar", mark::NAV), ("pull-quote", mark::PULLQUOTE)];
        let markup = Markup { words: words.map(|(w, m)| (w.to_string(), m)).into_iter().collect() };
        assert_eq!(markup.of("story__share-2 x"), mark::SHARE);
        assert_eq!(markup.of("StyledShareBar"), mark::SHARE | mark::NAV);
        assert_eq!(markup.of("a-pull-quote"), mark::PULLQUOTE);
        assert_eq!(markup.of("é sharing"), 0);
    }
}
