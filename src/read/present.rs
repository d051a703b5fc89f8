//! The verb of a line in the present: timelines are told as headlines are.

use std::ops::Range;

use super::clause::is_verb;
use super::scan::Scan;
use crate::rules::Shape;

/// A verb in the present, and the tokens it stands for: "has banned" → "bans", "was" → "is";
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
                // "had already been passed" → "is passed", "had never been passed" → "is never passed"
                Some(word) if words() == "already" => Some((verb..next + 1, word)),
                Some(word) if scan.says(next, "been") => {
                    Some((verb..next + 1, format!("{word} {}", words())))
                }
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

/// The verbs of a line in the present, in order: the first, and those it shares its subject with.
pub(super) fn presents(
    scan: &Scan<'_>,
    verb: usize,
    end: usize,
    many: bool,
) -> Vec<(Range<usize>, String)> {
    let Some(first) = present(scan, verb, end, many) else { return Vec::new() };
    let c = scan.classes();
    let simple = !first.1.split(' ').any(|word| matches!(word, "is" | "are" | "do" | "does"));
    let from = first.0.end;
    // "opened an inquiry and demanded", but neither "said it opened" nor "a model trained and tested".
    let closed = |i: usize| is_verb(scan, i) || scan.is(i, c.relative) || scan.is(i, c.sub);
    let joined = (from..end)
        .take_while(|i| !closed(*i))
        .find(|i| scan.is(*i, c.conj) && is_verb(scan, i + 1));
    let second = joined.filter(|_| simple).map(|conj| conj + 1).filter(|second| *second < end);
    let second = second.and_then(|second| present(scan, second, end, many));
    [first].into_iter().chain(second).collect()
}

/// Whether the subject of a clause names several: the noun before the phrase next to the verb counts
/// ("regulators in France and Spain", "banks, among them Cadrel").
pub(super) fn is_many_led(scan: &Scan<'_>, clause: &Range<usize>, phrase: &Range<usize>) -> bool {
    let c = scan.classes();
    let lead = clause.start + 1..phrase.start;
    let open = lead.end > lead.start && !scan.is_comma(phrase.start - 1);
    let prep = lead.into_iter().filter(|_| open).find(|i| scan.is(*i, c.prep));
    match prep {
        Some(prep) => {
            let comma = usize::from(scan.is_comma(prep - 1));
            is_many(scan, &(clause.start..prep - comma))
        }
        None => is_many(scan, phrase),
    }
}

/// Whether a phrase names several: "regulators", "Orison and Veltrane", "2,500 people".
pub(super) fn is_many(scan: &Scan<'_>, phrase: &Range<usize>) -> bool {
    let c = scan.classes();
    // "Two people close to it": what describes them stands behind them.
    let behind = [c.prep, c.relative, c.described];
    let behind = |i: &usize| behind.iter().any(|class| scan.is(*i, *class));
    let core = phrase.clone().skip(1).find(behind).unwrap_or(phrase.end);
    // "machines linked to Orison"
    let tied = |i: usize| scan.letters(i).ends_with("ed") || scan.is(i, c.sent);
    let core = core - usize::from(core > phrase.start + 1 && tied(core - 1));
    let Some(head) = core.checked_sub(1) else { return false };
    let joined =
        (phrase.start..core).any(|i| scan.says(i, "and") && scan.mention_over(i).is_none());
    let letters = scan.letters(head);
    let common = scan.at(head).shape == Shape::Lower || head == phrase.start;
    let plural = common
        && letters.ends_with('s')
        && !["ss", "us", "is"].iter().any(|it| letters.ends_with(it));
    let number = scan.at(head).shape == Shape::Number || letters == "%";
    joined || (plural || number || scan.is(head, c.plural)) && scan.mention_over(head).is_none()
}
