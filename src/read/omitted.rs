//! What falls away where a clause becomes a line: its date, asides, a relative word.
//!
//! What holds: ranges of tokens of the clause; a date stays where the clause says nothing without it.

use std::ops::Range;

use super::finite::is_finite_verb;
use super::scan::Scan;

/// Most tokens of an apposition that falls away.
const ASIDE_MAX: usize = 20;
/// Most words between a preposition and the date it governs ("by the end of March").
const LEAD_MAX: usize = 3;

/// A date with its preposition, where the clause stands without it: "on June 5", but neither "dated
/// June 5" nor "the day after the hearing".
pub(super) fn governed(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    date: &Range<usize>,
) -> Option<Range<usize>> {
    let c = scan.classes();
    if date.start < clause.start || date.end > clause.end {
        return None;
    }
    // "Twelve days before the founder's post": without its words the noun is left alone.
    if matches!(scan.letters(date.end.wrapping_sub(1)), "'s" | "’s") {
        return None;
    }
    // 在11月4日的判决中, "has until June 27 to answer"
    let until =
        date.start > clause.start && matches!(scan.letters(date.start - 1), "until" | "till");
    // 在5月30日前作出答复: without its day the limit says nothing.
    let limited = date.start > clause.start && scan.is(date.start - 1, c.han_until);
    if scan.is(date.end, c.han_limit) || limited {
        return None;
    }
    if scan.letters(date.end) == "的" || until && scan.letters(date.end) == "to" {
        return None;
    }
    let at = date.start;
    let reach = LEAD_MAX.min(at - clause.start);
    // Only small words may stand between.
    let lead = (1..=reach)
        .find(|back| scan.is(at - back, c.prep) || *back == 1 && scan.is(at - 1, c.starting))
        // "which went out today": the word belongs to the verb.
        .filter(|back| !scan.is(at - back, c.adverbial))
        .filter(|back| (at - back + 1..at).all(|i| scan.is(i, c.det)));
    // "It was a Sunday night", "this summer and autumn": the words around a date need it.
    let bare = lead.is_none() && at > clause.start && scan.is(at - 1, c.article);
    let joined = lead.is_none()
        && scan.is(date.end, c.conj)
        && date.end + 1 < clause.end
        && !scan.at(date.end + 2).is_wordlike()
        && !is_finite_verb(scan, date.end + 1)
        && !scan.letters(date.end + 1).ends_with("ed");
    // "before the year is out", "a week after it was found"
    let limit = lead.is_some_and(|back| matches!(scan.letters(at - back), "before" | "until"));
    let goes_by = |i: usize| matches!(scan.letters(i), "after" | "before");
    let told = is_finite_verb(scan, date.end);
    let anchored = goes_by(date.end.wrapping_sub(1)) || told && date.clone().any(goes_by);
    let led = at > clause.start && anchored || limit && told;
    if bare || joined || led && date.end < clause.end {
        return None;
    }
    let open = date.end < clause.end && scan.at(date.end).is_wordlike();
    let goes_on =
        open && matches!(scan.letters(date.end), "of" | "as" | "after" | "before" | "following");
    // 于6月22日发出: the word that leads a day falls with it.
    let lead = lead.or_else(|| (reach > 0 && scan.is(at - 1, c.han_when)).then_some(1));
    // "as of July 31"
    let lead = lead.map(|back| back + usize::from(at > back && scan.says(at - back - 1, "as")));
    let first = lead.map_or(at, |back| at - back).max(clause.start);
    // "The letter, dated May 28," says nothing without its date.
    let noun =
        first > clause.start + 1 && !scan.is(first - 2, c.aux) && !scan.is(first - 2, c.relative);
    let dated = first > clause.start && scan.letters(first - 1) == "dated";
    // "In a summary published on June 5 it reports"
    let begins = [c.det, c.pronoun, c.it, c.he, c.they];
    let begins = scan.is(clause.start, c.prep)
        && (scan.mention_over(date.end).is_some()
            || begins.iter().any(|class| scan.is(date.end, *class)));
    let needed = dated || noun && (!open || begins) && scan.is(first - 1, c.dating);
    match lead {
        _ if needed => None,
        Some(_) => Some(first..date.end),
        None => (!goes_on || at == clause.start).then_some(date.clone()),
    }
}

/// What stands between commas and explains a name: ", whose investors include …,", ", the maker of
/// …,".
pub(super) fn asides(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    dates: &[Range<usize>],
) -> Vec<Range<usize>> {
    let c = scan.classes();
    // A comma inside a date sets nothing off.
    let in_date = |i: usize| dates.iter().any(|date| date.contains(&i));
    let is_comma = |i: usize| scan.is_comma(i) && !in_date(i);
    let mut found = Vec::new();
    let mut at = clause.start;
    while at + 1 < clause.end {
        let before = at.wrapping_sub(1);
        // "Asked on Monday, the firm's counsel, Ada Renholt, said": a day is not explained.
        let comma = is_comma(at) && scan.at(before).is_wordlike() && !in_date(before);
        let next = at + 1;
        let relative = comma && scan.is(next, c.relative);
        let participle = |i: usize| scan.letters(i).ends_with("ed") || scan.is(i + 1, c.sub);
        let opens = scan.is(next, c.article)
            || scan.is(next, c.possessive)
            || scan.letters(next).ends_with("ly")
            || scan.is(next, c.adverb) && !scan.is(next, c.aux) && !scan.is(next, c.modal)
            || scan.is(next, c.verb) && participle(next);
        let close = (at + 2..clause.end).find(|i| is_comma(*i));
        let apposed = comma
            && opens
            && close.is_some_and(|close| {
                close - at <= ASIDE_MAX
                    && !scan.is(close + 1, c.conj)
                    && !(next..close).any(|i| is_finite_verb(scan, i) && !participle(i))
            });
        if relative || apposed {
            found.push(at..close.map_or(clause.end, |close| close + 1));
            at = close.unwrap_or(clause.end);
        } else {
            at += 1;
        }
    }
    found
}

/// "The chatbot, which was launched": the comma and the word between a clause's noun and its verb, where
/// the relative clause is all there is.
pub(super) fn relative_word(scan: &Scan<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let at = clause.clone().skip(1).find(|i| {
        matches!(scan.letters(*i), "which" | "who") && scan.is_comma(i - 1) || scan.says(*i, "that")
    })?;
    let from = at - usize::from(scan.is_comma(at - 1));
    let verb = is_finite_verb(scan, at + 1) || scan.letters(at + 1).ends_with("ed");
    let alone = !(clause.start..at).any(|i| is_finite_verb(scan, i))
        && !(at..clause.end).any(|i| scan.is_comma(i));
    // "A hearing that had been planned will not take place": the noun has a verb of its own.
    let c = scan.classes();
    let helps = |i: usize| scan.is(i, c.aux) || scan.is(i, c.modal);
    let goes_on = |i: usize| helps(i) || scan.is(i, c.adverb) || scan.is(i, c.conj);
    let alone = alone && !(at + 2..clause.end).any(|i| helps(i) && !goes_on(i - 1));
    (verb && alone).then_some(from..at + 1)
}
