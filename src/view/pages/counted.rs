//! What a page as of a past day counts anew.

use crate::view::wording::Wording;

/// A kind of number that a past day counts anew, with its words, as `asof.js` reads it once on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What a number says it counts.
    pub name: &'static str,
    /// The parts of the page it counts, as a CSS selector.
    pub parts: &'static str,
    /// Its words, with `{n}` for the number.
    pub many: String,
    /// Its words for one.
    pub one: String,
}

/// Name, parts counted, message. Of "named" and "reports" not the parts are counted but the reports on which they rest.
const KINDS: [(&str, &str, &str); 11] = [
    ("articles", "tr[data-source]", "{n} articles"),
    ("listed", "tr[data-source]", "{n}"),
    ("named", "tr[data-roots]", "{n} independent reports named"),
    ("opposed", ".opposed", "{n}"),
    ("unsettled", ".question:is(.open, .contested, .partly_answered)", "{n}"),
    ("claims", ".claim", "{n}"),
    ("sources", "footer[data-source]", "{n} sources"),
    ("tellers", "footer[data-source]", "{n} articles"),
    ("reports", "footer[data-source]", "{n} independent reports"),
    ("passages", ".words", "Raised in {n} passages"),
    ("tellings", ".telling", "Also told {n} times"),
];

/// Every kind, in the words of a language.
pub(super) fn kinds(words: &Wording<'_>) -> Vec<Counted> {
    let each = KINDS.iter().map(|(name, parts, message)| Counted {
        name,
        parts,
        many: words.say(message).to_string(),
        one: words.count(1, message),
    });
    each.collect()
}
