//! The words around a match, with what was looked for marked.

use std::collections::BTreeSet;

use crate::model::query::Piece;
use crate::model::terms::{SURFACE, Term, each_from};

/// Longest snippet, in characters. No page repeats more of a source in one piece.
pub(super) const SNIPPET_CHARS_MAX: usize = 220;
/// Characters shown in front of the first match.
const LEAD_CHARS: usize = 40;
/// Most matches of one text that are looked at.
const MATCHES_MAX: usize = 400;

/// What is to be marked.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    terms: BTreeSet<String>,
    prefixes: Vec<String>,
    firsts: BTreeSet<char>,
}

impl Marks {
    pub(super) fn row(&mut self, row: &[Term]) {
        for term in row {
            self.term(&term.text);
        }
    }

    pub(super) fn term(&mut self, term: &str) {
        self.firsts.extend(term.trim_start_matches(SURFACE).chars().next());
        self.terms.insert(term.to_string());
    }

    pub(super) fn prefix(&mut self, prefix: &str) {
        self.firsts.extend(prefix.chars().next());
        self.prefixes.push(prefix.to_string());
    }

    fn meant(&self, term: &str) -> bool {
        let plain = term.trim_start_matches(SURFACE);
        self.terms.contains(term) || self.prefixes.iter().any(|prefix| plain.starts_with(prefix))
    }

    /// Where in a text the marks fall, in order, without overlaps.
    fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let mut places: Vec<(usize, usize)> = Vec::new();
        if self.firsts.is_empty() {
            return places;
        }
        each_from(
            text,
            |c| self.firsts.contains(&c),
            |term, from, to, _| {
                if places.len() < MATCHES_MAX && self.meant(term) {
                    places.push((from, to));
                }
            },
        );
        places.sort_unstable();
        let mut merged: Vec<(usize, usize)> = Vec::with_capacity(places.len());
        for (from, to) in places {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        merged
    }

    /// The best window of a text.
    pub(super) fn snippet(&self, text: &str) -> Vec<Piece> {
        let places = self.places(text);
        let from = self.window(text, &places);
        let mut chars = text.get(from..).unwrap_or("").char_indices();
        let to = chars.nth(SNIPPET_CHARS_MAX).map_or(text.len(), |(i, _)| from + i);
        let to = if to < text.len() { word_end(text, from, to) } else { to };
        let mut pieces = Vec::new();
        if from > 0 {
            pieces.push(Piece { text: "…".into(), marked: false });
        }
        let mut at = from;
        for (start, end) in places.into_iter().filter(|(start, end)| *start >= from && *end <= to) {
            push(&mut pieces, text.get(at..start), false);
            push(&mut pieces, text.get(start..end), true);
            at = end;
        }
        push(&mut pieces, text.get(at..to), false);
        if to < text.len() {
            pieces.push(Piece { text: "…".into(), marked: false });
        }
        pieces
    }

    /// Where to begin, so that most of the marks are seen.
    fn window(&self, text: &str, places: &[(usize, usize)]) -> usize {
        let width = SNIPPET_CHARS_MAX - LEAD_CHARS;
        let best = (0..places.len()).max_by_key(|i| {
            let start = places.get(*i).map_or(0, |place| place.0);
            let seen = places.iter().skip(*i).take_while(|(_, to)| *to <= start + width).count();
            (seen, std::cmp::Reverse(*i))
        });
        let Some(first) = best.and_then(|i| places.get(i)).map(|place| place.0) else { return 0 };
        let before = text.get(..first).unwrap_or("");
        let start = before.char_indices().rev().take(LEAD_CHARS).last().map_or(first, |(i, _)| i);
        if start == 0 {
            return 0;
        }
        // A sentence or a word begins here, not its rest.
        let lead = text.get(start..first).unwrap_or("");
        let cut = lead.rfind(['.', '。', '！', '？', '\n']).filter(|i| i + 4 < lead.len());
        let cut = cut.or_else(|| lead.find(' '));
        let next = cut.and_then(|i| lead.get(i..)?.chars().next().map(|c| i + c.len_utf8()));
        let start = start + next.unwrap_or(0);
        let rest = text.get(start..).unwrap_or("");
        start + (rest.len() - rest.trim_start().len())
    }
}

fn word_end(text: &str, from: usize, to: usize) -> usize {
    let shown = text.get(from..to).unwrap_or("");
    match shown.rfind(' ') {
        Some(space) if space > shown.len() / 2 => from + space,
        _ => to,
    }
}

fn push(pieces: &mut Vec<Piece>, text: Option<&str>, marked: bool) {
    let text = text.unwrap_or("");
    if text.is_empty() {
        return;
    }
    pieces.push(Piece { text: text.replace('\n', " "), marked });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::terms::wanted;

    fn shown(query: &str, text: &str) -> String {
        let mut marks = Marks::default();
        marks.row(&wanted(query));
        let pieces = marks.snippet(text).into_iter();
        pieces.map(|p| if p.marked { format!("[{}]", p.text) } else { p.text }).collect()
    }

    #[test]
    fn marks_words_in_every_form_and_script() {
        assert_eq!(
            shown("ban", "They banned it; the bans hold."),
            "They [banned] it; the [bans] hold."
        );
        assert_eq!(shown("GPT-5", "Not GPT-5.5 but GPT-5."), "Not GPT-5.5 but [GPT-5].");
        assert_eq!(shown("禁用", "槐汀已禁用该工具"), "槐汀已[禁用]该工具");
    }

    #[test]
    fn shows_the_part_of_a_long_text_that_matters() {
        let text = format!("{} The ban holds. {}", "word ".repeat(200), "word ".repeat(200));
        let shown = shown("ban", &text);
        assert!(shown.contains("The [ban] holds."), "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…'));
        assert!(shown.chars().count() <= SNIPPET_CHARS_MAX + 4);
    }
}
