//! Names in Chinese text that nobody has entered: 某某集团, 托宾·阿赫特, 发言人沈予秋, and names in
//! Latin letters.
//!
//! In: a Chinese sentence. Out: candidates with the kind their surroundings speak for. There is no
//! segmenter: punctuation, known names, reporting words and a class of small characters bound a name.

use std::ops::Range;

use super::scan::{Scan, Sentence};
use crate::model::entity::EntityKind;
use crate::rules::{Shape, Side};

/// Most characters of a name before its last word.
const CORE_CHARS_MAX: usize = 8;

/// A name found, and of which kind.
#[derive(Debug, Clone)]
pub(super) struct HanName {
    pub tokens: Range<usize>,
    pub kind: EntityKind,
    /// The tokens that also stand alone: 槐汀 of 槐汀集团, the family name of a person.
    pub short: Option<Range<usize>>,
}

/// The words beside and inside names of one sentence.
pub(super) struct Signs {
    hits: Vec<(Range<usize>, EntityKind, Vec<Side>)>,
}

impl Signs {
    /// Finds the signs of a range of tokens.
    pub(super) fn of(scan: &Scan<'_>, range: Range<usize>) -> Self {
        let table = &scan.rules.lexicon.signs;
        let mut hits = Vec::new();
        // Signs may lie inside each other: each place is asked anew.
        for at in range.clone() {
            let hit = table.at(&scan.tokens, &scan.rules.vocabulary, at, range.end);
            hits.extend(
                hit.map(|(row, hit)| (hit.range, row.meaning.kind, row.meaning.sides.clone())),
            );
        }
        Self { hits }
    }

    /// Kinds that the words right beside a name speak for.
    pub(super) fn beside(&self, name: &Range<usize>) -> impl Iterator<Item = EntityKind> + '_ {
        let (start, end) = (name.start, name.end);
        self.hits.iter().filter_map(move |(range, kind, sides)| {
            let before = range.end == start && sides.contains(&Side::Before);
            let after = range.start == end && sides.contains(&Side::After);
            (before || after).then_some(*kind)
        })
    }

    fn ends_at(&self, at: usize, side: Side) -> Option<EntityKind> {
        let hit = self.hits.iter().find(|(range, _, s)| range.end == at && s.contains(&side));
        hit.map(|(_, kind, _)| *kind)
    }
}

/// Finds names in Chinese characters.
pub(super) fn find(scan: &Scan<'_>, sentence: &Sentence, signs: &Signs) -> Vec<HanName> {
    let mut found: Vec<HanName> = Vec::new();
    for (range, kind, sides) in &signs.hits {
        if sides.contains(&Side::Suffix)
            && let Some(name) = house(scan, sentence, signs, range, *kind)
        {
            found.push(name);
        }
    }
    for at in sentence.tokens.clone() {
        if matches!(scan.letters(at), "·" | "•")
            && let Some(name) = foreign_person(scan, sentence, signs, at)
        {
            found.push(name);
        }
        if signs.ends_at(at, Side::Before) == Some(EntityKind::Person)
            && let Some(name) = person(scan, sentence, at)
        {
            found.push(name);
        }
    }
    found.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    let mut end = 0;
    found.retain(|name| {
        let keep = name.tokens.start >= end;
        end = if keep { name.tokens.end } else { end };
        keep
    });
    found
}

fn is_open(scan: &Scan<'_>, at: usize) -> bool {
    scan.at(at).shape == Shape::Han
        && !scan.is(at, scan.classes().han_edge)
        && scan.mention_over(at).is_none()
}

/// 槐汀集团: characters back to a boundary, and the word that ends the name.
fn house(
    scan: &Scan<'_>,
    sentence: &Sentence,
    signs: &Signs,
    suffix: &Range<usize>,
    kind: EntityKind,
) -> Option<HanName> {
    // Of 集团公司 or 科技公司 the last word ends the name.
    let longer = signs
        .hits
        .iter()
        .any(|(r, _, s)| r.start == suffix.end && s.contains(&Side::Suffix) && r.end > suffix.end);
    if longer || suffix.clone().any(|i| scan.mention_over(i).is_some()) {
        return None;
    }
    let floor = sentence.tokens.start.max(suffix.start.saturating_sub(CORE_CHARS_MAX));
    let mut from = suffix.start;
    while from > floor && is_open(scan, from - 1) {
        from -= 1;
    }
    let bounded = from == sentence.tokens.start || !is_open(scan, from - 1);
    // Generic words in front are no part of the name; a name of generic words alone is none.
    let generic = |at: usize| {
        let hit = signs
            .hits
            .iter()
            .find(|(r, _, s)| r.start == at && r.end <= suffix.start && s.contains(&Side::Generic));
        hit.map(|(range, ..)| range.end)
    };
    let mut core = from;
    while let Some(end) = generic(core) {
        core = end;
    }
    if core >= suffix.start {
        return None;
    }
    let core = if kind == EntityKind::Government { from } else { core };
    // Behind a small character only what the text says again is sure to be a name.
    let before = core.wrapping_sub(1);
    let clear = core == sentence.tokens.start
        || scan.at(before).shape != Shape::Han
        || scan.mention_over(before).is_some()
        || scan.body.matches(scan.words(core..suffix.end)).nth(1).is_some();
    let long_enough = suffix.start - core >= 2 && clear;
    (bounded && long_enough).then(|| HanName {
        tokens: core..suffix.end,
        kind,
        short: (kind == EntityKind::Organization).then_some(core..suffix.start),
    })
}

/// 托宾·阿赫特贝格
fn foreign_person(
    scan: &Scan<'_>,
    sentence: &Sentence,
    signs: &Signs,
    dot: usize,
) -> Option<HanName> {
    let floor = sentence.tokens.start.max(dot.saturating_sub(6));
    let mut from = dot;
    while from > floor
        && is_open(scan, from - 1)
        && signs.ends_at(from, Side::Before) != Some(EntityKind::Person)
    {
        from -= 1;
    }
    let mut last = dot;
    let mut to = dot + 1;
    while to < sentence.tokens.end && to < dot + 16 {
        if matches!(scan.letters(to), "·" | "•") {
            last = to;
        } else if !is_open(scan, to) || cue_at(scan, to, sentence.tokens.end) {
            break;
        }
        to += 1;
    }
    (from < dot && to > last + 1).then(|| HanName {
        tokens: from..to,
        kind: EntityKind::Person,
        short: (to - last > 2).then_some(last + 1..to),
    })
}

/// 沈予秋 behind 发言人: a family name and one or two characters, up to a boundary.
fn person(scan: &Scan<'_>, sentence: &Sentence, from: usize) -> Option<HanName> {
    let end = sentence.tokens.end;
    if !scan.is(from, scan.classes().han_surname) || !is_open(scan, from + 1) {
        return None;
    }
    let closes = |at: usize| at >= end || !is_open(scan, at) || cue_at(scan, at, end);
    let to = if closes(from + 2) {
        from + 2
    } else if closes(from + 3) {
        from + 3
    } else {
        return None;
    };
    Some(HanName { tokens: from..to, kind: EntityKind::Person, short: None })
}

fn cue_at(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    scan.rules.lexicon.cues.at(&scan.tokens, &scan.rules.vocabulary, at, end).is_some()
}
