//! Which runs of capitals the text bears out as names.
//!
//! In: candidates. Out: those that are names. What holds: an ordinary word at the start of a sentence, an
//! office or a happening alone names nobody.

use super::candidates::Candidate;
use super::scan::Scan;
use crate::rules::{Shape, WordId};

/// Drops runs that only stand where every word has a capital.
pub(super) fn confirmed(scan: &Scan<'_>, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let elsewhere: std::collections::HashSet<String> = candidates
        .iter()
        .filter(|c| !c.initial)
        .flat_map(|c| {
            let whole = c.span.of(scan.body).to_string();
            let first = scan.letters(c.tokens.start).to_string();
            [whole, first]
        })
        .collect();
    let c = scan.classes();
    let opening: std::collections::HashSet<String> = candidates
        .iter()
        .filter(|c| c.initial && c.tokens.len() == 1)
        .map(|c| c.span.of(scan.body).to_lowercase())
        .collect();
    let small: std::collections::HashSet<&str> = (0..scan.tokens.len())
        .filter(|i| scan.at(*i).shape == Shape::Lower)
        .map(|i| scan.letters(i))
        .filter(|letters| opening.contains(*letters))
        .collect();
    candidates
        .into_iter()
        .filter(|candidate| {
            let letters = candidate.span.of(scan.body);
            let single = candidate.tokens.len() == 1;
            let first = candidate.tokens.start;
            // "Chief Operating Officer": offices alone name nobody.
            let ordinary = |i: usize| scan.is(i, c.title) || scan.is(i, c.common);
            let bench = !single && scan.is(candidate.tokens.end - 1, c.court_word);
            if candidate.tokens.clone().all(ordinary) && !(bench && !candidate.initial) {
                return false;
            }
            // "Chief Operating Officer", "Prime Minister": an office with a word of its own.
            let last = candidate.tokens.end - 1;
            let before = first.checked_sub(1).is_some_and(|i| scan.is(i, c.det));
            let opens = [c.title, c.common, c.office_first].iter().any(|n| scan.is(first, *n));
            let office = scan.is(last, c.title) || scan.is(last, c.rank);
            if !single && office && (before || opens) && candidate.tokens.len() <= 4 {
                return false;
            }
            // "Gov.", "Jr.": half of a name that stands elsewhere.
            if single && scan.is(first, c.abbreviation) && !scan.at(first).shape.eq(&Shape::Upper) {
                return false;
            }
            // "Harnvik Developer Conference": a happening is nobody.
            if !single && scan.is(last, c.event_word) {
                return false;
            }
            // "Airlines", "Index": one ordinary word that only long names hold.
            if single && (scan.is(first, c.thing) || scan.is(first, c.org_suffix)) {
                return false;
            }
            if !candidate.initial {
                // A lone ordinary word with a capital is a heading word, not a name.
                return !(single && scan.is(first, c.common))
                    && !(single && scan.is(first, c.title))
                    && letters.chars().count() > 1;
            }
            let next = candidate.tokens.end;
            let acts = scan.says(next, "'s")
                || scan.is(next, c.aux)
                || scan.is(next, c.verb)
                || scan.is_comma(next) && scan.is(next + 1, c.article);
            let ordinary = scan.is(first, c.common)
                || scan.is(first, c.verb)
                || scan.is(first, c.prep)
                || scan.is(first, c.sub);
            if single {
                // An ordinary noun may begin a sentence: a plural, a word that rules mention, or one
                // that the text writes in small letters too.
                let plural = letters.ends_with('s') && !letters.ends_with("ss");
                let known = scan.at(first).word != WordId::UNKNOWN
                    || small.contains(letters.to_lowercase().as_str());
                elsewhere.contains(letters) && !ordinary
                    || acts && !ordinary && !letters.ends_with("ing") && !plural && !known
            } else {
                !scan.is(first, c.prep) && !scan.is(first, c.sub) || elsewhere.contains(letters)
            }
        })
        .collect()
}
