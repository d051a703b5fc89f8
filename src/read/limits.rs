//! How far a page may nest and repeat before its tags are left out.

/// Deepest nesting kept; browsers keep 512.
const DEPTH_MAX: usize = 400;
/// Most tags of a page.
const TAGS_MAX: usize = 400_000;
/// Most elements that a parser would open again because they were never closed.
const REOPENED_MAX: usize = 200_000;
/// How far up an end tag looks for its start.
const LOOK_UP: usize = 32;
/// Most tags of the page itself; some pages are several, one behind the other.
const ROOTS_MAX: usize = 64;

/// How far a page nests and repeats so far.
#[derive(Default)]
pub(super) struct Limits {
    /// Elements that are open.
    open: Vec<Open>,
    dropped: usize,
    roots: usize,
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
        self.roots += usize::from(!is_end && matches!(name, "html" | "body"));
        let within = within && (self.roots <= ROOTS_MAX || !matches!(name, "html" | "body"));
        within && (is_empty || !nests(name) || self.nest(name, is_end))
    }

    /// Takes back an element whose end tag was passed with its text.
    pub(super) fn leave(&mut self, name: &str) {
        self.open.pop_if(|open| open.digest == digest(name));
    }

    fn nest(&mut self, name: &str, is_end: bool) -> bool {
        if !is_end {
            let fits = self.open.len() < DEPTH_MAX;
            if fits {
                self.open.push(Open::of(name));
            } else {
                self.dropped += 1;
            }
            return fits;
        }
        if self.dropped > 0 {
            self.dropped -= 1;
            return false;
        }
        // An end tag ends what a parser lets it end, so that what is counted is what is open there.
        let end = Open::of(name);
        let passed = |open: &&Open| {
            open.digest != end.digest
                && !open.bounds
                && (end.special || end.format || !open.special)
        };
        let up = self.open.iter().rev().take(LOOK_UP).take_while(passed).count();
        let at = self.open.len().checked_sub(up + 1);
        if let Some(at) = at.filter(|at| self.open.get(*at).is_some_and(|o| o.digest == end.digest))
        {
            if end.format {
                self.open.remove(at);
            } else {
                self.open.truncate(at);
            }
        }
        true
    }
}

/// An element that is open, as the end tags of others see it.
#[derive(Debug, Clone, Copy)]
struct Open {
    digest: u64,
    /// Whether end tags of ordinary elements stop at it: the "special" elements of the HTML standard.
    special: bool,
    /// Whether all end tags stop at it: it bounds a "scope".
    bounds: bool,
    /// Whether its end tag leaves open what stands inside it.
    format: bool,
}

impl Open {
    fn of(name: &str) -> Self {
        Self {
            digest: digest(name),
            special: SPECIAL.contains(&name),
            bounds: BOUNDS.contains(&name),
            format: FORMATS.contains(&name),
        }
    }
}

/// Special elements that nest.
const SPECIAL: [&str; 44] = [
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "button",
    "caption",
    "center",
    "colgroup",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "listing",
    "main",
    "marquee",
    "menu",
    "nav",
    "object",
    "ol",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "template",
    "ul",
    "iframe",
    "textarea",
    "title",
];

/// Elements that bound a scope, in HTML and in drawings and formulas.
const BOUNDS: [&str; 15] = [
    "applet",
    "caption",
    "marquee",
    "object",
    "table",
    "template",
    "annotation-xml",
    "desc",
    "foreignobject",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "title",
];

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
