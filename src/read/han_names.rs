//! Names in Chinese text that nobody has entered: 某某集团, 托宾·阿赫特, 发言人沈予秋, and names in
//! Latin letters.
//!
//! In: a Chinese sentence. Out: candidates with the kind their surroundings speak for. There is no
//! segmenter: punctuation, known names, reporting words and a class of small characters bound a name.

use std::ops::Range;

use super::han_bounds::{cue_at, speaks_at};
use super::han_grams::Grams;
use super::han_sounds::{behind_sounds, is_sound, opens_with_sounds, run_at, run_before};
use super::scan::{Scan, Sentence};
use crate::model::entity::EntityKind;
use crate::rules::{Shape, Side};

/// Most characters of a name before its last word.
const CORE_CHARS_MAX: usize = 12;

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
            // 某某发言人: an office behind a name is the office of a house.
            let office = range.start == end && before_person(*kind, sides);
            match (before || after, office) {
                (true, _) => Some(*kind),
                (false, true) => Some(EntityKind::Organization),
                (false, false) => None,
            }
        })
    }

    /// Every sign with its place.
    pub(super) fn all(&self) -> impl Iterator<Item = &(Range<usize>, EntityKind, Vec<Side>)> {
        self.hits.iter()
    }

    /// Whether a word that is no part of a name begins at a token.
    pub(super) fn starts_at(&self, at: usize) -> bool {
        self.hits.iter().any(|(range, ..)| range.start == at)
    }

    fn ends_at(&self, at: usize, side: Side) -> Option<EntityKind> {
        let hit = self.hits.iter().find(|(range, _, s)| range.end == at && s.contains(&side));
        hit.map(|(_, kind, _)| *kind)
    }
}

fn before_person(kind: EntityKind, sides: &[Side]) -> bool {
    kind == EntityKind::Person && sides.contains(&Side::Before)
}

/// Finds names in Chinese characters.
pub(super) fn find(
    scan: &Scan<'_>,
    grams: &Grams,
    sentence: &Sentence,
    signs: &Signs,
) -> Vec<HanName> {
    let mut found: Vec<HanName> = Vec::new();
    for (range, kind, sides) in &signs.hits {
        let weak = sides.contains(&Side::WeakSuffix);
        if (sides.contains(&Side::Suffix) || weak)
            && let Some(name) = house(scan, grams, sentence, signs, (range, *kind), weak)
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
            && let Some(name) = person(scan, sentence, signs, at)
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
    grams: &Grams,
    sentence: &Sentence,
    signs: &Signs,
    (suffix, kind): (&Range<usize>, EntityKind),
    weak: bool,
) -> Option<HanName> {
    // Of 集团公司 or 科技公司 the last word ends the name.
    let ends = |s: &[Side]| s.contains(&Side::Suffix) || s.contains(&Side::WeakSuffix);
    let longer =
        signs.hits.iter().any(|(r, _, s)| r.start == suffix.end && ends(s) && r.end > suffix.end);
    if longer || suffix.clone().any(|i| scan.mention_over(i).is_some()) {
        return None;
    }
    let floor = sentence.tokens.start.max(suffix.start.saturating_sub(CORE_CHARS_MAX));
    let mut from = suffix.start;
    let glued = |at: usize| !scan.at(at).spaced;
    // 数据办公室: a word of names may hold a small character.
    let word = |at: usize| {
        signs.hits.iter().any(|(r, _, s)| {
            let part = s.contains(&Side::Generic) || s.contains(&Side::Before);
            r.contains(&at) && part && r.len() > 1
        }) && scan.mention_over(at).is_none()
    };
    while from > floor
        && glued(from)
        && (is_open(scan, from - 1) || is_between_sounds(scan, from - 1) || word(from - 1))
    {
        from -= 1;
    }
    // Generic words in front are no part of the name; a name of generic words alone is none.
    let generic = |at: usize| {
        let hit = signs.hits.iter().find(|(r, k, s)| {
            let beside = s.contains(&Side::Before)
                && *k != EntityKind::Product
                && kind != EntityKind::Government;
            r.start == at && r.end <= suffix.start && (s.contains(&Side::Generic) || beside)
        });
        hit.map(|(range, ..)| range.end)
    };
    // 电子邮件 is no house, whatever 电子 is.
    let (tokens, vocabulary) = (&scan.tokens, &scan.rules.vocabulary);
    let nouns = &scan.rules.lexicon.nouns;
    let noun = nouns.at(tokens, vocabulary, suffix.start, tokens.len());
    if noun.is_some_and(|(_, hit)| hit.range.end > suffix.end) {
        return None;
    }
    let words = |at: usize| {
        let cut = signs.hits.iter().find(|(r, _, s)| r.start == at && s.contains(&Side::Cut));
        let cue = scan.rules.lexicon.cues.at(tokens, vocabulary, at, suffix.start);
        let cue = cue.filter(|(row, hit)| !row.meaning.frames.is_empty() && hit.range.len() > 1);
        let cue = cue.map(|(_, hit)| hit.range.end);
        cut.map(|(r, ..)| r.end).or(cue).filter(|end| *end <= suffix.start)
    };
    let cut = (floor..suffix.start).rev().find_map(words);
    let from = from.max(cut.unwrap_or(from));
    let strip = |mut core: usize| {
        while let Some(end) = generic(core) {
            core = end;
        }
        core
    };
    let core = strip(from);
    // 竞争对手维川系统: what a word before it introduces.
    let introduced = core > from && signs.ends_at(core, Side::Before).is_some();
    if core >= suffix.start {
        return None;
    }
    let sounds = (core..suffix.start).find(|i| opens_with_sounds(scan, &(*i..suffix.start)));
    let counted = grams.backward(scan, core, suffix.start).map(|range| range.start);
    let core = match (counted, sounds) {
        // 翻译软件商凯斯川公司: what the text says again, or writes by its sounds, is the name.
        (_, Some(sounds)) if kind == EntityKind::Government => sounds,
        (Some(counted), Some(sounds)) => {
            // 奥里森实验室切断凯斯川公司: two names, and the second one has the word.
            let run = run_at(scan, sounds, suffix.start);
            if run.is_some_and(|run| run.end >= counted) { sounds } else { counted }
        }
        (Some(counted), None) if kind != EntityKind::Government => counted,
        (None, Some(sounds)) => sounds,
        _ if kind == EntityKind::Government => from,
        _ => core,
    };
    let core = if kind == EntityKind::Government { core } else { strip(core) };
    if core >= suffix.start {
        return None;
    }
    let again = grams.count(scan, core..suffix.end) >= 2;
    let bounded = cut.is_some()
        || core > from
        || from == sentence.tokens.start
        || !is_open(scan, from - 1)
        || !glued(from);
    if weak && signs.starts_at(core) {
        return None;
    }
    // Behind a small character only what the text says again is sure to be a name.
    let before = core.wrapping_sub(1);
    let clear = core == sentence.tokens.start
        || scan.at(before).shape != Shape::Han
        || scan.mention_over(before).is_some()
        || counted.is_some() && kind != EntityKind::Government
        || sounds == Some(core)
        || introduced
        || again;
    let borne = !weak
        || again
        || introduced
        || speaks_at(scan, suffix.end, sentence.tokens.end)
        || counted.is_some()
        || sounds == Some(core);
    let long_enough = suffix.start - core >= 2 && clear && borne;
    (bounded && long_enough).then(|| HanName {
        tokens: core..suffix.end,
        kind,
        short: (kind == EntityKind::Organization).then_some(core..suffix.start),
    })
}

/// 里 of 奥里森: a small character that only writes a sound here.
fn is_between_sounds(scan: &Scan<'_>, at: usize) -> bool {
    scan.mention_over(at).is_none()
        && is_sound(scan, at)
        && is_sound(scan, at + 1)
        && is_sound(scan, at.wrapping_sub(1))
}

/// 托宾·阿赫特贝格
fn foreign_person(
    scan: &Scan<'_>,
    sentence: &Sentence,
    signs: &Signs,
    dot: usize,
) -> Option<HanName> {
    let floor = sentence.tokens.start.max(dot.saturating_sub(6));
    let mut from = run_before(scan, floor, dot).map_or(dot, |run| run.start);
    // 主任安妮卡·博雷尔: the name begins behind the office.
    let office = (floor..from).rev().find(|at| {
        signs.ends_at(*at, Side::Before) == Some(EntityKind::Person)
            && (*at..from).all(|i| is_open(scan, i))
    });
    from = office.unwrap_or(from);
    while dot - from < 2
        && from > floor
        && is_open(scan, from - 1)
        && signs.ends_at(from, Side::Before) != Some(EntityKind::Person)
    {
        from -= 1;
    }
    let mut last = dot;
    let mut to = dot + 1;
    while to < sentence.tokens.end && to < dot + 16 {
        if let Some(run) = run_at(scan, to, sentence.tokens.end).filter(|run| run.len() > 1) {
            to = run.end;
            // 索尔文说: what stands alone before a reporting word ends the name.
            let speaks = is_open(scan, to) && !cue_at(scan, to, sentence.tokens.end);
            if speaks && cue_at(scan, to + 1, sentence.tokens.end) {
                to += 1;
            }
            // 卡里根-霍尔特: the mark says that the character belongs to the name.
            while is_sound(scan, to) && matches!(scan.letters(to + 1), "·" | "•" | "-" | "（" | "(")
            {
                to += 1;
            }
            if !matches!(scan.letters(to), "·" | "•" | "-") {
                break;
            }
        } else if let Some(end) = behind_sounds(scan, to).filter(|_| to == last + 1) {
            to = end;
        } else if matches!(scan.letters(to), "·" | "•")
            || scan.letters(to) == "-" && !scan.at(to).spaced && is_sound(scan, to + 1)
        {
            last = to;
            to += 1;
        } else if !is_open(scan, to) || cue_at(scan, to, sentence.tokens.end) {
            break;
        } else {
            to += 1;
        }
    }
    (from < dot && to > last + 1).then(|| HanName {
        tokens: from..to,
        kind: EntityKind::Person,
        short: (to - last > 2).then_some(last + 1..to),
    })
}

/// 沈予秋 behind 发言人: a family name and one or two characters, up to a boundary.
fn person(scan: &Scan<'_>, sentence: &Sentence, signs: &Signs, from: usize) -> Option<HanName> {
    let end = sentence.tokens.end;
    if let Some(sounds) = run_at(scan, from, end).filter(|run| run.len() > 1)
        && !matches!(scan.letters(sounds.end), "·" | "•")
    {
        return Some(HanName { tokens: sounds, kind: EntityKind::Person, short: None });
    }
    let day = scan.letters(from) == "周" && scan.is(from + 1, scan.classes().han_weekday);
    let closes = |at: usize| at >= end || !is_open(scan, at) || cue_at(scan, at, end);
    // 发言人某某某表示: what stands between an office and a reporting word.
    let speaks = (from + 2..=from + 3).any(|at| cue_at(scan, at, end));
    let surname = scan.is(from, scan.classes().han_surname);
    let named = surname || speaks && is_open(scan, from) && !signs.starts_at(from);
    let given = |at: usize| scan.at(at).shape == Shape::Han && scan.mention_over(at).is_none();
    if day || !named || !(is_open(scan, from + 1) || surname && speaks && given(from + 1)) {
        return None;
    }
    let to = if closes(from + 2) {
        from + 2
    } else if closes(from + 3) {
        from + 3
    } else {
        return None;
    };
    Some(HanName { tokens: from..to, kind: EntityKind::Person, short: None })
}
