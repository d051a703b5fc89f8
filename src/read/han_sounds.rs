//! Foreign names written by their sounds: 哈恩维克, 托宾·阿赫特贝格.
//!
//! In: tokens. Out: runs of the characters that are used for it. What holds: a run begins and ends with
//! a character that is rarely used for anything else.

use std::ops::Range;

use super::scan::Scan;

/// The longest run of sounds in a range that holds no mention, from its first character on.
pub(super) fn run_at(scan: &Scan<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let c = scan.classes();
    let mut end = from;
    for at in from..limit {
        if scan.mention_over(at).is_some() {
            break;
        }
        if scan.is(at, c.han_sound) {
            end = at + 1;
        } else if hyphen(scan, at) && end == at && at > from {
            // 贝兰-索克
            continue;
        } else if !scan.is(at, c.han_sound_inner) || at == from {
            break;
        }
    }
    (end > from).then_some(from..end)
}

/// A hyphen inside a word, before another sound.
fn hyphen(scan: &Scan<'_>, at: usize) -> bool {
    scan.letters(at) == "-" && !scan.at(at).spaced && is_sound(scan, at + 1)
}

/// The run of sounds that ends before a token.
pub(super) fn run_before(scan: &Scan<'_>, floor: usize, to: usize) -> Option<Range<usize>> {
    let c = scan.classes();
    let mut from = to;
    for at in (floor..to).rev() {
        if scan.mention_over(at).is_some() {
            break;
        }
        if scan.is(at, c.han_sound) {
            from = at;
        } else if !scan.is(at, c.han_sound_inner) || at + 1 == to {
            break;
        }
    }
    (from < to).then_some(from..to)
}

/// Whether a range begins with two characters of sounds.
pub(super) fn opens_with_sounds(scan: &Scan<'_>, range: &Range<usize>) -> bool {
    run_at(scan, range.start, range.end).is_some_and(|run| run.len() >= 2)
}

/// Whether a character may belong to a foreign name.
pub(super) fn is_sound(scan: &Scan<'_>, at: usize) -> bool {
    let c = scan.classes();
    scan.is(at, c.han_sound) || scan.is(at, c.han_sound_inner)
}

/// 托宾·加里森: behind the mark a name may begin with a sound that is an ordinary word elsewhere.
pub(super) fn behind_sounds(scan: &Scan<'_>, from: usize) -> Option<usize> {
    let sounds = (from..from + 6).take_while(|i| is_sound(scan, *i));
    sounds
        .filter(|i| scan.is(*i, scan.classes().han_sound))
        .last()
        .filter(|i| *i > from)
        .map(|i| i + 1)
}
