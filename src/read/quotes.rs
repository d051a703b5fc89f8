//! Which tokens stand in double quotation marks.

use std::ops::Range;

use super::scan::Scan;
use crate::model::text::Span;

/// The insides of quotations, in order, as ranges of tokens without the marks.
#[derive(Debug, Clone, Default)]
pub(super) struct Quotes {
    inside: Vec<Range<usize>>,
}

impl Quotes {
    /// Pairs the marks block by block; an unclosed quotation runs to the end of its block.
    pub(super) fn of(scan: &Scan<'_>) -> Self {
        let mut inside = Vec::new();
        for block in scan.blocks {
            let tokens = scan.tokens.inside(block.span);
            let mut open: Option<usize> = None;
            for index in tokens.clone() {
                if !scan.is_quote(index) {
                    continue;
                }
                match (scan.letters(index), open) {
                    ("“" | "「" | "«" | "„", None) => open = Some(index + 1),
                    ("“" | "「" | "«" | "„", Some(_)) => {}
                    ("\"" | "''" | "``", None) => open = Some(index + 1),
                    (_, Some(from)) => {
                        inside.push(from..index);
                        open = None;
                    }
                    (_, None) => {}
                }
            }
            if let Some(from) = open.filter(|from| *from < tokens.end) {
                inside.push(from..tokens.end);
            }
        }
        Self { inside }
    }

    /// The quotation that holds a token.
    pub(super) fn around(&self, index: usize) -> Option<Range<usize>> {
        let after = self.inside.partition_point(|range| range.start <= index);
        self.inside.get(after.checked_sub(1)?).filter(|range| index < range.end).cloned()
    }

    /// Quotations of at least `words` tokens that touch a range.
    pub(super) fn within(&self, range: &Range<usize>, words: usize) -> Vec<Range<usize>> {
        let touch =
            |q: &&Range<usize>| q.start < range.end && range.start < q.end && q.len() >= words;
        self.inside.iter().filter(touch).cloned().collect()
    }

    /// Whether a span holds or lies in a quotation.
    pub(super) fn touch(&self, scan: &Scan<'_>, span: Span) -> bool {
        let tokens = scan.tokens.inside(span);
        self.inside.iter().any(|q| q.start < tokens.end && tokens.start < q.end)
    }
}
