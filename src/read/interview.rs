//! Interviews and transcripts: lines that begin with who asks or answers.
//!
//! In: the blocks of a text. Out: for each labelled line who answers in it, or that it asks. What
//! holds: what an interviewer asks is no open point and no claim.

use std::collections::BTreeMap;

use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::article::BlockKind;
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, NameIx};

/// A line of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// The interviewer's.
    Asked,
    /// An answer; the number of its label's tokens.
    Answered(Speaker, usize),
}

/// The lines of an interview by their blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Interview {
    lines: BTreeMap<usize, Line>,
}

impl Interview {
    /// Finds labelled lines; “A:” is who is labelled by name most, or else named most.
    pub(super) fn of(scan: &Scan<'_>) -> Self {
        let c = scan.classes();
        let mut lines = BTreeMap::new();
        let mut unnamed: Vec<usize> = Vec::new();
        let mut seen: BTreeMap<NameIx, usize> = BTreeMap::new();
        for (index, block) in scan.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Furniture | BlockKind::Title | BlockKind::Heading) {
                continue;
            }
            let tokens = scan.tokens.inside(block.span);
            let start = tokens.start;
            let colon = |at: usize| matches!(scan.letters(at), ":" | "：");
            if colon(start + 1) && scan.is(start, c.asker) {
                lines.insert(index, Line::Asked);
            } else if colon(start + 1) && scan.is(start, c.answerer) {
                unnamed.push(index);
            } else if let Some(mention) = scan.mention_over(start) {
                let label = scan.tokens_of(mention);
                let named = label.start <= start + 1 && colon(label.end);
                match scan.kind(mention.name) {
                    EntityKind::Person if named => {
                        *seen.entry(mention.name).or_default() += 1;
                        let line = Line::Answered(Speaker::Named(mention.name), label.len() + 1);
                        lines.insert(index, line);
                    }
                    _ if named
                        && matches!(voice::named(scan, mention.name), Speaker::Outlet(_)) =>
                    {
                        lines.insert(index, Line::Asked);
                    }
                    _ => {}
                }
            }
        }
        if !unnamed.is_empty() {
            let person = most(&seen).or_else(|| most_named(scan));
            if let Some(person) = person {
                for index in unnamed {
                    lines.insert(index, Line::Answered(Speaker::Named(person), 2));
                }
            }
        }
        Self { lines }
    }

    /// What a sentence's block is in the interview.
    pub(super) fn line(&self, sentence: &Sentence) -> Option<Line> {
        self.lines.get(&sentence.block).copied()
    }
}

fn most(seen: &BTreeMap<NameIx, usize>) -> Option<NameIx> {
    seen.iter().max_by_key(|(name, often)| (**often, std::cmp::Reverse(**name))).map(|(n, _)| *n)
}

fn most_named(scan: &Scan<'_>) -> Option<NameIx> {
    let mut seen: BTreeMap<NameIx, usize> = BTreeMap::new();
    for mention in scan.mentions.iter().filter(|m| scan.kind(m.name) == EntityKind::Person) {
        *seen.entry(mention.name).or_default() += 1;
    }
    most(&seen)
}
