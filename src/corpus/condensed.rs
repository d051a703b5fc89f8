//! A source's clause as a line of a timeline: its date stands beside it, asides fall away.
//!
//! What holds: every word of the line is the source's own, in its order; where little would be left,
//! the clause stays as it is.

use std::ops::Range;

use super::doc::Doc;
use super::summary;
use crate::model::text::Span;
use crate::rules::{Rules, Tokens};

/// Longest line.
const CHARS_MAX: usize = 120;
/// Fewest characters of a line that still says something.
const CHARS_MIN: usize = 8;
/// Most words between a preposition and the date it governs ("by the end of March").
const LEAD_MAX: usize = 3;
/// The line of a clause.
pub(super) fn line(doc: &Doc<'_>, span: Span, rules: &Rules) -> String {
    let clause = doc.reading.words(span);
    let tokens = Tokens::of(clause, &rules.vocabulary);
    let mut left_out: Vec<Range<usize>> = Vec::new();
    for date in doc.reading.dates.iter().filter(|date| span.holds(date.span)) {
        let from = date.span.start() - span.start();
        let to = date.span.end() - span.start();
        left_out.extend(governed(&tokens, from, to, rules));
    }
    let dated = |aside: &Range<usize>| left_out.iter().any(|date| aside.contains(&date.start));
    // The aside that holds the date tells the happening.
    let asides: Vec<_> = asides(&tokens, clause, rules).into_iter().filter(|a| !dated(a)).collect();
    left_out.extend(asides);
    left_out.sort_by_key(|range| (range.start, range.end));
    let mut kept = String::with_capacity(clause.len());
    let mut at = 0;
    for range in left_out {
        if range.start >= at {
            kept.push_str(clause.get(at..range.start).unwrap_or(""));
        }
        at = at.max(range.end);
    }
    kept.push_str(clause.get(at..).unwrap_or(""));
    let line = tidy(&kept, rules);
    let said = line.chars().filter(|c| c.is_alphanumeric()).count();
    let chosen = if said < CHARS_MIN { clause } else { &line };
    summary::capitalised(&summary::shortened(chosen, CHARS_MAX))
}

/// A date with its preposition, where the clause stands without it: "on June 5", but neither "dated
/// June 5" nor "the day after the hearing".
fn governed(tokens: &Tokens, from: usize, to: usize, rules: &Rules) -> Option<Range<usize>> {
    let at = tokens.index_at(from);
    let is = |index: usize, class| rules.vocabulary.is(tokens.at(index).word, class);
    let lead = (1..=LEAD_MAX.min(at)).find(|back| is(at - back, rules.classes.prep));
    // Only small words may stand between.
    let lead = lead.filter(|back| (at - back + 1..at).all(|i| is(i, rules.classes.det)));
    let next = tokens.index_at(to);
    let open = next < tokens.len() && tokens.at(next).is_wordlike();
    let goes_on = open && (is(next, rules.classes.det) || is(next, rules.classes.prep));
    let first = lead.map_or(at, |back| at - back);
    // "The letter, dated May 28," says nothing without its date.
    let needed = first > 0 && !open && is(first - 1, rules.classes.dating);
    match lead {
        _ if needed => None,
        Some(_) => Some(tokens.at(first).start()..to),
        None => (!goes_on).then_some(from..to),
    }
}

/// Relative clauses between commas: ", whose investors include …,".
fn asides(tokens: &Tokens, clause: &str, rules: &Rules) -> Vec<Range<usize>> {
    let comma = |index: usize| tokens.at(index).span().of(clause) == ",";
    let mut found = Vec::new();
    let mut index = 0;
    while index + 1 < tokens.len() {
        let opens =
            comma(index) && rules.vocabulary.is(tokens.at(index + 1).word, rules.classes.relative);
        if !opens {
            index += 1;
            continue;
        }
        let close = (index + 2..tokens.len()).find(|at| comma(*at));
        found.push(tokens.at(index).start()..close.map_or(clause.len(), |at| tokens.at(at).end()));
        index = close.unwrap_or(tokens.len());
    }
    found
}

/// Spaces and marks that were left alone are put in order.
fn tidy(text: &str, rules: &Rules) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let joined = joined.replace(" ,", ",").replace(",,", ",").replace("，，", "，");
    let mut rest = joined.trim_matches([' ', ',', ';', ':', '.', '，', '；', '。', '、', '–', '—']);
    loop {
        let tokens = Tokens::of(rest, &rules.vocabulary);
        let first = tokens.at(0);
        if tokens.len() < 3 || !rules.vocabulary.is(first.word, rules.classes.conj) {
            return rest.to_string();
        }
        rest = rest.get(first.end()..).unwrap_or("").trim_start_matches([' ', ',']);
    }
}
