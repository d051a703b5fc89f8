//! A saying set between commas inside what it says: "the office, its report shows, closed the case".

use std::ops::Range;

use super::clause::speaks;
use super::finite::is_finite_verb;
use super::scan::Scan;

/// Most tokens of such a saying.
const INSERTED_MAX: usize = 6;

/// The sayings inside a clause, with the comma before them; what stands around them says it all.
pub(super) fn inserted(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    dates: &[Range<usize>],
) -> Vec<Range<usize>> {
    let c = scan.classes();
    let in_date = |i: usize| dates.iter().any(|date| date.start < i && i + 1 < date.end);
    let commas: Vec<usize> = clause.clone().filter(|i| scan.is_comma(*i) && !in_date(*i)).collect();
    let pairs = commas.iter().zip(commas.iter().skip(1));
    let says = |open: usize, close: usize| {
        let verb = close - 1;
        close - open > 2
            && close - open <= INSERTED_MAX + 1
            && is_finite_verb(scan, verb)
            && speaks(scan, &(verb..close), verb)
            && (scan.mention_over(open + 1).is_some()
                || [c.det, c.article, c.possessive, c.pronoun]
                    .iter()
                    .any(|class| scan.is(open + 1, *class)))
            && !(open + 1..close).any(|i| {
                scan.is_quote(i)
                    || scan.is(i, c.conj)
                    || scan.is(i, c.relative)
                    || scan.is(i, c.sub)
            })
    };
    pairs.filter(|(open, close)| says(**open, **close)).map(|(open, close)| *open..*close).collect()
}
