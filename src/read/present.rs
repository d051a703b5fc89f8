//! The verb of a line in the present: timelines are told as headlines are.

use std::ops::Range;

use super::scan::Scan;
use crate::rules::Shape;

/// The verb of a line in the present, and the tokens it stands for: "has banned" → "bans", "was" → "is";
/// `None` where it is no past or unknown.
pub(super) fn present(
    scan: &Scan<'_>,
    verb: usize,
    end: usize,
    many: bool,
) -> Option<(Range<usize>, String)> {
    let c = scan.classes();
    let lower = |i: usize| scan.letters(i).to_lowercase();
    let simple = |i: usize| scan.rules.presents.get(&lower(i), many).map(String::from);
    let be = || if many { "are" } else { "is" }.to_string();
    let first = lower(verb);
    match first.as_str() {
        "was" | "were" => Some((verb..verb + 1, be())),
        "did" => Some((verb..verb + 1, if many { "do" } else { "does" }.into())),
        "has" | "have" | "had" => {
            let next = (verb + 1..end).find(|i| !scan.is(*i, c.adverb) || scan.says(*i, "been"))?;
            let words = || scan.words(verb + 1..next);
            let told = if scan.says(next, "been") { Some(be()) } else { simple(next) };
            match told {
                Some(word) if next == verb + 1 => Some((verb..next + 1, word)),
                // "has also banned" → "also bans"
                Some(word) => Some((verb..next + 1, format!("{} {word}", words()))),
                None if first == "had" => {
                    Some((verb..verb + 1, if many { "have" } else { "has" }.into()))
                }
                None => None,
            }
        }
        _ => Some((verb..verb + 1, simple(verb)?)),
    }
}

/// Whether a phrase names several: "regulators", "Orison and Veltrane", "2,500 people".
pub(super) fn is_many(scan: &Scan<'_>, phrase: &Range<usize>) -> bool {
    let c = scan.classes();
    let core = phrase.clone().skip(1).find(|i| scan.is(*i, c.prep)).unwrap_or(phrase.end);
    let Some(head) = core.checked_sub(1) else { return false };
    let joined =
        (phrase.start..core).any(|i| scan.says(i, "and") && scan.mention_over(i).is_none());
    let letters = scan.letters(head);
    let plural =
        scan.at(head).shape == Shape::Lower && letters.ends_with('s') && !letters.ends_with("ss");
    let number = scan.at(head).shape == Shape::Number || letters == "%";
    joined || (plural || number || scan.is(head, c.plural)) && scan.mention_over(head).is_none()
}
