//! How often runs of Chinese characters stand in a text: what stands there again and again, with other
//! words around it, is a word.

use std::ops::Range;

use super::scan::Scan;
use crate::rules::Shape;

/// Longest run that is counted, in characters.
pub(super) const RUN_CHARS_MAX: usize = 6;

/// The runs of a text in order, so that equal ones stand side by side.
pub(super) struct Grams {
    runs: Vec<[char; RUN_CHARS_MAX]>,
}

impl Grams {
    /// Notes the run that begins at each character; marks and other scripts end it.
    pub(super) fn of(scan: &Scan<'_>) -> Self {
        let chars: Vec<char> = (0..scan.tokens.len())
            .map(|i| if scan.at(i).shape == Shape::Han { letter(scan, i) } else { '\0' })
            .collect();
        let mut runs: Vec<[char; RUN_CHARS_MAX]> = (0..chars.len())
            .filter(|at| chars.get(*at).is_some_and(|c| *c != '\0'))
            .map(|at| run(chars.get(at..).unwrap_or(&[])))
            .collect();
        runs.sort_unstable();
        Self { runs }
    }

    /// How often the characters of a range of tokens stand in the text.
    pub(super) fn count(&self, scan: &Scan<'_>, range: Range<usize>) -> usize {
        let wanted: Vec<char> = range.take(RUN_CHARS_MAX).map(|i| letter(scan, i)).collect();
        let below = |run: &[char; RUN_CHARS_MAX]| run.iter().take(wanted.len()).lt(wanted.iter());
        let above = |run: &[char; RUN_CHARS_MAX]| run.iter().take(wanted.len()).gt(wanted.iter());
        let from = self.runs.partition_point(below);
        let to = self.runs.partition_point(|run| !above(run));
        to - from
    }

    /// The word that begins at a token: as long as most of its occurrences go on alike.
    pub(super) fn forward(
        &self,
        scan: &Scan<'_>,
        from: usize,
        limit: usize,
    ) -> Option<Range<usize>> {
        self.grown(scan, limit.saturating_sub(from), |len| from..from + len)
    }

    /// The word that ends before a token.
    pub(super) fn backward(
        &self,
        scan: &Scan<'_>,
        floor: usize,
        to: usize,
    ) -> Option<Range<usize>> {
        self.grown(scan, to.saturating_sub(floor), |len| to.saturating_sub(len)..to)
    }

    fn grown(
        &self,
        scan: &Scan<'_>,
        most: usize,
        of: impl Fn(usize) -> Range<usize>,
    ) -> Option<Range<usize>> {
        let mut len = 2;
        if most < len {
            return None;
        }
        let mut often = self.count(scan, of(len));
        if often < 2 {
            return None;
        }
        while len < most.min(RUN_CHARS_MAX) {
            let longer = self.count(scan, of(len + 1));
            if longer < 2 || longer * 5 < often * 3 {
                break;
            }
            often = longer;
            len += 1;
        }
        Some(of(len))
    }
}

fn letter(scan: &Scan<'_>, index: usize) -> char {
    scan.letters(index).chars().next().unwrap_or('\0')
}

/// The characters up to the first break.
fn run(chars: &[char]) -> [char; RUN_CHARS_MAX] {
    let mut run = ['\0'; RUN_CHARS_MAX];
    for (place, c) in run.iter_mut().zip(chars.iter().take_while(|c| **c != '\0')) {
        *place = *c;
    }
    run
}
