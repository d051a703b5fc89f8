//! A noun that its relative clause tells of, turned into a clause: "its paper, which the journal published"
//! says that the journal published its paper.

use std::ops::Range;

use super::attribution::Context;
use super::content::is_finite_verb;
use super::noun;

/// The pieces of the clause in the order of a sentence: who, the verb, what.
pub(super) struct Fronted {
    pub subject: Range<usize>,
    pub verb: usize,
    pub noun: Range<usize>,
    /// What follows the verb, without its date.
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
    let verb = (at + 2..clause.end).find(|i| told(*i))?;
    let phrase = noun::before(scan, cx.quotes, verb, at + 1)?;
    let date = dates.iter().find(|date| date.start > verb && date.end <= clause.end)?;
    let lead = usize::from(scan.is(date.start - 1, scan.classes().prep));
    let gone = date.start - lead..date.end;
    // Between the verb and its date there is no object.
    let bare = gone.start == verb + 1 && phrase.tokens.start == at + 1;
    let rest = gone.end..clause.end;
    let alone = !rest.clone().any(told);
    (bare && alone).then_some(Fronted { subject: phrase.tokens, verb, noun, rest })
}
