//! A noun that its relative clause tells of, turned into a clause: "its paper, which the journal published"
//! says that the journal published its paper.

use std::ops::Range;

use super::attribution::Context;
use super::finite::is_finite_verb;
use super::noun;

/// The pieces of the clause in the order of a sentence: who, the verb, what.
pub(super) struct Fronted {
    pub subject: Range<usize>,
    /// The verb with the one that helps it.
    pub verb: Range<usize>,
    pub noun: Range<usize>,
    /// What stands between the verb and its date: "out of the country".
    pub with: Range<usize>,
    /// What follows the date.
    pub rest: Range<usize>,
}

/// Finds noun, relative word, subject and verb; `None` where the relative clause has an object of its own, or
/// the noun does something itself.
pub(super) fn fronted(
    cx: &Context<'_>,
    clause: &Range<usize>,
    dates: &[Range<usize>],
) -> Option<Fronted> {
    let scan = cx.scan;
    let at = clause
        .clone()
        .skip(2)
        .find(|i| matches!(scan.letters(*i), "which" | "whom") && scan.is_comma(i - 1))?;
    let noun = clause.start..at - 1;
    if noun.clone().any(|i| is_finite_verb(scan, i)) || noun.clone().any(|i| scan.is_comma(i)) {
        return None;
    }
    let told = |i: usize| {
        let past = scan.letters(i).ends_with("ed") && scan.mention_over(i).is_none();
        is_finite_verb(scan, i) || past
    };
    // A subject stands between the relative word and its verb.
    // "which export rules have kept out": the noun before a verb is none.
    let noun_first = |i: usize| scan.letters(i).ends_with('s') && is_finite_verb(scan, i + 1);
    let verb = (at + 2..clause.end).find(|i| told(*i) && !noun_first(*i))?;
    let phrase = noun::before(scan, cx.quotes, verb, at + 1)?;
    let date = dates.iter().find(|date| date.start > verb && date.end <= clause.end)?;
    let c = [scan.classes().prep, scan.classes().adverb];
    let lead = usize::from(scan.is(date.start - 1, scan.classes().prep));
    let gone = date.start - lead..date.end;
    let helped = matches!(scan.letters(verb), "has" | "have" | "had") && verb + 1 < gone.start;
    let verb = verb..verb + 1 + usize::from(helped);
    let with = verb.end..gone.start;
    // Between the verb and its date there is no object.
    let bare = with.is_empty() || c.iter().any(|class| scan.is(with.start, *class));
    let rest = gone.end..clause.end;
    let alone = !rest.clone().chain(with.clone()).any(told);
    let led = phrase.tokens.start == at + 1;
    (bare && alone && led).then_some(Fronted { subject: phrase.tokens, verb, noun, with, rest })
}
