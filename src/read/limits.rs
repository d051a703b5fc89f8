//! How far a page may nest and repeat before its tags are left out.

/// Deepest nesting kept; browsers keep 512.
const DEPTH_MAX: usize = 400;
/// Most tags of a page.
const TAGS_MAX: usize = 400_000;
/// Most elements that a parser would open again because they were never closed.
const REOPENED_MAX: usize = 200_000;
/// How far up an end tag looks for its start.
const LOOK_UP: usize = 32;

/// How far a page nests and repeats so far.
#[derive(Default)]
pub(super) struct Limits {
    /// Elements that are open, by the digests of their names.
    open: Vec<u64>,
    dropped: usize,
    tags: usize,
    reopened: usize,
    formats: [usize; FORMATS.len()],
}

impl Limits {
    /// Counts a tag, which may hold nothing; whether it may stay.
    pub(super) fn allow(&mut self, name: &str, is_end: bool, is_empty: bool) -> bool {
        self.tags += 1;
        let within = self.tags <= TAGS_MAX && self.reopened <= REOPENED_MAX;
        let format = FORMATS.iter().position(|format| *format == name);
        if let Some(slot) = format.and_then(|i| self.formats.get_mut(i)) {
            let most = if name == "a" { 1 } else { usize::MAX };
            *slot = if is_end { slot.saturating_sub(1) } else { (*slot + 1).min(most) };
        } else if !is_end {
            self.reopened += self.formats.iter().sum::<usize>();
        }
        within && (is_empty || !nests(name) || self.nest(digest(name), is_end))
    }

    fn nest(&mut self, digest: u64, is_end: bool) -> bool {
        if !is_end {
            let fits = self.open.len() < DEPTH_MAX;
            if fits {
                self.open.push(digest);
            } else {
                self.dropped += 1;
            }
            return fits;
        }
        if self.dropped > 0 {
            self.dropped -= 1;
            return false;
        }
        if let Some(up) = self.open.iter().rev().take(LOOK_UP).position(|open| *open == digest) {
            self.open.truncate(self.open.len() - 1 - up);
        }
        true
    }
}

/// Elements that a parser opens again in the next block when they were not closed.
const FORMATS: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Whether unclosed elements of this name stand inside one another.
fn nests(name: &str) -> bool {
    !matches!(
        name,
        "p" | "li"
            | "dd"
            | "dt"
            | "td"
            | "th"
            | "tr"
            | "option"
            | "br"
            | "hr"
            | "img"
            | "input"
            | "meta"
            | "link"
            | "source"
            | "wbr"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "track"
            | "param"
            | "html"
            | "head"
            | "body"
            | "tbody"
            | "thead"
            | "tfoot"
    )
}

/// FNV-1a, for comparing names without keeping them.
fn digest(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
