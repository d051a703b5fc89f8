//! Which verb of a clause tells what happened.

use std::ops::Range;

use super::finite::is_finite_verb;
use super::present::present;
use super::scan::Scan;
use crate::rules::Shape;

/// Most tokens of a circumstance that opens a clause.
const CIRCUMSTANCE_MAX: usize = 18;

/// The first verb of a clause that is no part of an aside.
pub(super) fn main_verb(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    dates: &[Range<usize>],
) -> Option<usize> {
    let c = scan.classes();
    let mut relative = false;
    // "In 2025 the office closed the case": nothing but the date leads the clause.
    let led = dates.iter().find(|date| date.start == clause.start + 1);
    let led = led.is_some_and(|date| clause.contains(&date.end) && !scan.is_comma(date.end));
    // "In papers filed on Tuesday, the lab told": the circumstance has no verb of the clause.
    let reach = clause.start..clause.end.min(clause.start + CIRCUMSTANCE_MAX);
    let comma = reach.into_iter().find(|i| scan.is_comma(*i));
    let comma = comma.filter(|comma| {
        let participle = |i: usize| scan.letters(i).ends_with("ed") || scan.is(i, c.sent);
        (clause.start..*comma).all(|i| !is_finite_verb(scan, i) || participle(i))
    });
    let comma = comma.filter(|_| scan.is(clause.start, c.prep) && !led);
    let from = comma.map_or(clause.start, |comma| comma + 1);
    (from..clause.end).find(|i| {
        if scan.is_comma(*i) {
            relative = false;
        }
        relative |= scan.is(*i, c.relative) && *i > clause.start;
        if is_plural_noun(scan, *i, from, dates) || is_participle(scan, *i, clause) {
            return false;
        }
        let past = scan.letters(*i).ends_with("ed")
            && scan.at(*i).shape == Shape::Lower
            && scan.mention_over(*i).is_none();
        !relative && (is_finite_verb(scan, *i) || past)
    })
}

/// "A complaint filed on Tuesday says", "machines linked to Orison fetched": what was done with a text or a thing stands
/// behind it, before the clause's verb; "the company announced on Monday it would" says what a house did.
fn is_participle(scan: &Scan<'_>, at: usize, clause: &Range<usize>) -> bool {
    let c = scan.classes();
    let past = scan.letters(at).ends_with("ed") || scan.is(at, c.sent);
    let before = at.checked_sub(1).filter(|before| *before >= clause.start);
    let noun = before.is_some_and(|before| {
        let doer = [c.human, c.company, c.authority, c.title, c.org_word, c.pronoun, c.sides];
        let others = [c.aux, c.modal, c.adverb, c.conj, c.prep, c.he, c.it, c.they, c.relative];
        let thing = scan.at(before).is_wordlike()
            && scan.mention_over(before).is_none()
            && !doer.iter().chain(&others).any(|class| scan.is(before, *class));
        scan.is(before, c.document) || thing && scan.is(at + 1, c.prep)
    });
    let joint = |i: usize| scan.is_comma(i) || scan.is(i, c.conj) || scan.is(i, c.relative);
    let mut rest = (at + 1..clause.end).take_while(|i| !joint(*i));
    past && noun && rest.any(|i| is_finite_verb(scan, i))
}

/// "Shares of the firm slid", "Wire reports on Wednesday said": what looks like a verb has no subject, or is
/// the subject of the verb behind it.
fn is_plural_noun(scan: &Scan<'_>, at: usize, from: usize, dates: &[Range<usize>]) -> bool {
    let c = scan.classes();
    if !scan.letters(at).ends_with('s') || scan.is(at, c.aux) {
        return false;
    }
    let small = |i: usize| scan.is(i, c.prep) || dates.iter().any(|date| date.contains(&i));
    let next = (at + 1..scan.tokens.len()).find(|i| !small(*i)).unwrap_or(at);
    at == from && scan.at(at).is_capital() || next > at + 1 && is_finite_verb(scan, next)
}

/// "Has many users and went public last year": the date is that of the second verb, the first tells
/// what is so.
pub(super) fn second_verb(
    scan: &Scan<'_>,
    verb: usize,
    clause: &Range<usize>,
    dates: &[Range<usize>],
) -> Option<usize> {
    let c = scan.classes();
    let date = dates.first().filter(|date| date.start > verb && date.end <= clause.end)?;
    let state = scan.is(verb, c.stative);
    let helps = is_finite_verb(scan, verb + 1) || scan.letters(verb + 1).ends_with("ed");
    let bare = |i: usize| !scan.is_comma(i) && !scan.is(i, c.relative) && !scan.is(i, c.sub);
    let joins =
        |i: &usize| scan.is(*i, c.conj) && present(scan, i + 1, clause.end, false).is_some();
    (verb + 1..date.start)
        .take_while(|i| bare(*i))
        .find(joins)
        .map(|conj| conj + 1)
        .filter(|_| state && !helps)
}
