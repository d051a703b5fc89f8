//! What is said: the words a reporting verb takes, behind it, before it, as clause or object.

use std::ops::Range;

use super::attribution::{Context, trim};
use super::finite::is_finite_verb;
use super::scan::Scan;
use crate::rules::{Frame, Shape};

/// The content of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    pub tokens: Range<usize>,
    /// Whether it is an order: "told Y to P".
    pub ordered: bool,
    /// Whether it is an order to the speaker's own people.
    pub to_own_people: bool,
}

impl Content {
    pub(super) fn of(scan: &Scan<'_>, tokens: Range<usize>) -> Option<Self> {
        let tokens = trim(scan, tokens);
        let words = tokens.clone().filter(|i| scan.at(*i).is_wordlike()).count();
        (words >= 2).then_some(Self { tokens, ordered: false, to_own_people: false })
    }
}

/// Tokens a circumstance may take between a verb and its infinitive.
const INFINITIVE_LEAD_MAX: usize = 6;
/// Tokens a circumstance may take between the verb and its clause.
const LEAD_TOKENS_MAX: usize = 24;

/// Tokens between "put" and the preposition of its amount.
const AMOUNT_LEAD_MAX: usize = 18;
/// Words before the figure of an amount: "about US$ 3", "as much as 40".
const FIGURE_LEAD_MAX: usize = 4;

/// An amount, a day or a quotation: "about 1.2 million", "September 25", "“well under 10”".
fn is_amount(scan: &Scan<'_>, from: usize) -> bool {
    let c = scan.classes();
    let day = scan.says(from.wrapping_sub(1), "on");
    let figure = |i: usize| {
        scan.is_quote(i)
            || scan.is(i, c.month)
            || !day && scan.is(i, c.count) && !scan.is(i, c.article)
            || !day && scan.letters(i).chars().any(|letter| letter.is_ascii_digit())
    };
    (from..from + FIGURE_LEAD_MAX)
        .take_while(|i| !scan.is(*i, c.stop) && !scan.is_comma(*i) && !is_finite_verb(scan, *i))
        .any(figure)
}

/// The clause behind the verb: after "that", a quotation, or at once.
pub(super) fn after(
    cx: &Context<'_>,
    from: usize,
    end: usize,
    weak: bool,
    frames: &[Frame],
) -> Option<Content> {
    let scan = cx.scan;
    let listener = frames.contains(&Frame::Listener);
    let lead_end = end.min(from + LEAD_TOKENS_MAX);
    // "said on Wednesday that …": the first "that" before any finite verb.
    let that = (from..lead_end)
        .take_while(|i| !(is_finite_verb(scan, *i) && *i > from) && !scan.is_quote(*i))
        .find(|i| scan.says(*i, "that") && !is_demonstrative(scan, *i));
    // "concede, in a short call, that …"
    let set_off = scan
        .is_comma(from)
        .then(|| (from + 1..lead_end).find(|i| scan.is_comma(*i)))
        .flatten()
        .filter(|comma| opens_clause(scan, comma + 1, end));
    let that = that.or(set_off.map(|comma| comma + 1));
    // "found no sign that …": the clause belongs to the noun, not to the verb.
    let object = !listener
        && that.is_some_and(|that| that > from + 1)
        && (scan.is(from, scan.classes().det) || scan.is(from, scan.classes().possessive));
    if let Some(that) = that.filter(|_| !object) {
        return Content::of(scan, that + 1..end);
    }
    // "said: “…”", "said the ban was “…”", "said of the ban, “…”"
    let quote = cx.quotes.within(&(from..end), 2).into_iter().find(|q| {
        let mark = q.start.saturating_sub(2);
        let led = (scan.is_comma(mark) || scan.letters(mark) == ":")
            && q.start <= lead_end
            && !(from..mark).any(|i| is_finite_verb(scan, i));
        q.start >= from && (q.start <= from + 3 && q.len() > 2 || led || q.start == from + 1)
    });
    if let Some(quote) = quote {
        // The quotation is the content, with what the sentence adds in the speaker's words.
        let to = if quote.end + 2 >= end { quote.end } else { end };
        return Content::of(scan, quote.start..to.max(quote.end));
    }
    if weak {
        return None;
    }
    let start = if listener { behind_listener(scan, from, end)? } else { from };
    // "told Orison to delete it": an order, no report.
    if listener && scan.says(start, "to") {
        return None;
    }
    let start = behind_circumstance(scan, start, end)?;
    begins_clause(scan, start, end).then(|| Content::of(scan, start..end)).flatten()
}

/// "told Farwire the company was …": the clause begins behind the listener.
fn behind_listener(scan: &Scan<'_>, from: usize, end: usize) -> Option<usize> {
    if let Some(mention) = scan.mention_over(from) {
        return Some(scan.tokens_of(mention).end);
    }
    (from + 1..end.min(from + 8)).find(|i| {
        let opens = scan.is(*i, scan.classes().det)
            || scan.is(*i, scan.classes().it)
            || scan.mention_over(*i).is_some();
        opens && !scan.is(*i - 1, scan.classes().prep) && !scan.is(*i - 1, scan.classes().det)
    })
}

/// Passes over "on Tuesday", "in a statement", ", in a letter," to where a clause begins.
fn behind_circumstance(scan: &Scan<'_>, from: usize, end: usize) -> Option<usize> {
    let c = scan.classes();
    let circumstance = |i: usize| {
        // "about 20 people": the word belongs to the number.
        scan.is(i, c.prep) && !scan.says(i, "that") && scan.at(i + 1).shape != Shape::Number
            || scan.is(i, c.weekday)
            || scan.is(i, c.shift) && !scan.says(i, "this")
            || scan.is_comma(i)
            || matches!(
                scan.letters(i),
                "yesterday" | "today" | "later" | "earlier" | "separately" | "again" | "also"
            )
    };
    let at = from;
    if at < end && circumstance(at) {
        // To the end of this phrase: the next token that can open a clause.
        let next = (at + 1..end).take_while(|i| !is_infinitive(scan, *i)).find(|i| {
            let opens = scan.is(*i, c.det)
                || scan.is(*i, c.it)
                || scan.is(*i, c.he)
                || scan.is(*i, c.they)
                || scan.is(*i, c.possessive)
                || scan.is(*i, c.pronoun)
                || scan.mention_over(*i).is_some_and(|m| m.span.start() == scan.at(*i).start());
            let bound =
                scan.is(*i - 1, c.prep) || scan.is(*i - 1, c.det) || scan.is(*i - 1, c.possessive);
            opens && !bound && begins_clause(scan, *i, end)
        });
        return next;
    }
    Some(at)
}

/// "to pay", but neither "to the board" nor "to customers".
fn is_infinitive(scan: &Scan<'_>, to: usize) -> bool {
    let (c, verb) = (scan.classes(), to + 1);
    let letters = scan.letters(verb);
    let plain = scan.at(verb).shape == Shape::Lower
        && scan.mention_over(verb).is_none()
        && (!letters.ends_with('s') || letters.ends_with("ss"))
        && ![c.det, c.possessive, c.pronoun, c.human].iter().any(|class| scan.is(verb, *class));
    scan.says(to, "to") && (plain || scan.is(verb, c.base_verb))
}

/// Whether a subject and a finite verb stand here.
fn begins_clause(scan: &Scan<'_>, from: usize, end: usize) -> bool {
    if from >= end {
        return false;
    }
    let c = scan.classes();
    let first_ok = !scan.is(from, c.stop)
        && !scan.is(from, c.relative)
        && !scan.is(from, c.conj)
        && !matches!(scan.letters(from), "to" | ":" | ";");
    first_ok
        && (from..end.min(from + 16))
            .take_while(|i| !scan.is(*i, c.stop))
            .any(|i| is_finite_verb(scan, i))
}

/// "that feature", "that way": no clause follows directly.
fn is_demonstrative(scan: &Scan<'_>, that: usize) -> bool {
    let c = scan.classes();
    let next = that + 1;
    scan.is_comma(next) && scan.is_comma(that.wrapping_sub(1))
        || scan.is(next, c.stop)
        || scan.is(next, c.conj)
        || scan.at(next).is_wordlike()
            && scan.mention_over(next).is_none()
            && scan.is(next + 1, c.aux)
            && !scan.is(next, c.pronoun)
            && !scan.is(next, c.det)
            && !scan.letters(next).ends_with('s')
            && !scan.at(next).is_capital()
            && scan.is(that - 1, c.verb)
}

/// "that it was so": the word and the clause it begins.
pub(super) fn opens_clause(scan: &Scan<'_>, that: usize, end: usize) -> bool {
    scan.says(that, "that")
        && !is_demonstrative(scan, that)
        && !is_finite_verb(scan, that + 1)
        && begins_clause(scan, that + 1, end)
}

/// What stands before a speaker or an inverted verb: a quotation, or the clause before the comma.
pub(super) fn before(cx: &Context<'_>, sentence: &Range<usize>, to: usize) -> Option<Content> {
    let scan = cx.scan;
    let mark = to.checked_sub(1)?;
    if mark < sentence.start
        || !(scan.is_comma(mark) || scan.is_quote(mark) || scan.is(mark, scan.classes().stop))
    {
        return None;
    }
    // The quotation that ends here, even if it began in an earlier sentence of the paragraph.
    let last = (mark.saturating_sub(2)..=mark).rev().find_map(|i| cx.quotes.around(i));
    if let Some(quote) = last.filter(|q| q.end + 2 >= to && q.len() >= 2) {
        let whole = quote.start <= sentence.start + 1;
        // Words before the quotation in the same sentence belong to what is said.
        let from = if whole { quote.start } else { sentence.start };
        return Content::of(scan, from..quote.end);
    }
    let from = sentence.start;
    (mark - from >= 3 && (from..mark).any(|i| is_finite_verb(scan, i)))
        .then(|| Content::of(scan, from..mark))
        .flatten()
}

/// An object, an infinitive, "of P", "Y to P", "Y as P".
pub(super) fn object(
    cx: &Context<'_>,
    from: usize,
    end: usize,
    frames: &[Frame],
) -> Option<Content> {
    let scan = cx.scan;
    let c = scan.classes();
    let clause_end = clause_end(scan, from, end);
    for frame in frames {
        let content = match frame {
            Frame::Of => (from..end.min(from + 14))
                .find(|i| scan.says(*i, "of") && *i > from)
                .and_then(|of| Content::of(scan, of + 1..clause_end.max(of + 1))),
            Frame::Infinitive => {
                // "agreed in early May to pay"
                let near = from..end.min(from + INFINITIVE_LEAD_MAX);
                let to = near.take_while(|i| !is_finite_verb(scan, *i) && !scan.is_comma(*i));
                let led = scan.is(from, c.prep);
                let to = to
                    .into_iter()
                    .find(|i| *i == from && scan.says(*i, "to") || led && is_infinitive(scan, *i));
                to.and_then(|to| Content::of(scan, to..clause_end))
            }
            Frame::Order => {
                (from..end.min(from + 12)).find(|i| scan.says(*i, "to")).and_then(|to| {
                    let staff = (from..to).any(|i| scan.is(i, c.own_people));
                    Content::of(scan, from..clause_end).map(|content| Content {
                        ordered: true,
                        to_own_people: staff,
                        ..content
                    })
                })
            }
            // "apologised to Ruo for P".
            Frame::For => (from..end.min(from + 14))
                .take_while(|i| !scan.is(*i, c.stop) && !scan.is_comma(*i))
                .find(|i| scan.says(*i, "for"))
                .and_then(|at| Content::of(scan, at + 1..clause_end.max(at + 1))),
            Frame::As => {
                let opens =
                    [c.det, c.possessive, c.pronoun].iter().any(|class| scan.is(from, *class))
                        || scan.mention_over(from).is_some();
                // "Listed it as a risk and will ban it": what is joined on is done, not said.
                let joined = |i: &usize| {
                    let next = i + 1;
                    let verb = scan.is(next, c.modal)
                        || scan.is(next, c.aux)
                        || scan.is(next, c.verb) && scan.letters(next).ends_with("ed");
                    scan.is(*i, c.conj) && verb && cx.quotes.around(*i).is_none()
                };
                let to = (from..clause_end).find(joined).unwrap_or(clause_end);
                opens.then(|| Content::of(scan, from..to)).flatten()
            }
            Frame::Object => {
                let opens = scan.is(from, c.det)
                    || scan.is(from, c.possessive)
                    || scan.mention_over(from).is_some()
                    || scan.letters(from).ends_with("ing")
                    || scan.at(from).is_wordlike()
                        && !scan.is(from, c.prep)
                        && !scan.is(from, c.conj);
                opens.then(|| Content::of(scan, from..clause_end)).flatten()
            }
            // "put the damages at €9m": up to the amount nothing but nouns.
            Frame::At => {
                let lead = [c.article, c.vague_count, c.adverb, c.prep];
                let is_lead = |i: &usize| lead.iter().any(|class| scan.is(*i, *class));
                let opens = (from..from + 2).find(|i| !is_lead(i)).unwrap_or(from);
                let stops = [c.aux, c.modal, c.relative, c.stop];
                let is_stop = |i: usize| stops.iter().any(|class| scan.is(i, *class));
                // "Put nine million questions to it" puts nothing at a figure.
                let counts = scan.at(opens).shape == Shape::Number
                    || scan.is(opens, c.count) && !scan.is(opens, c.article);
                (from + 1..end.min(from + AMOUNT_LEAD_MAX))
                    .take_while(|i| !counts && !is_stop(*i))
                    .find(|i| {
                        matches!(scan.letters(*i), "at" | "to" | "on") && is_amount(scan, i + 1)
                    })
                    .and_then(|_| Content::of(scan, from..clause_end))
            }
            Frame::Clause
            | Frame::Own
            | Frame::Inverted
            | Frame::Listener
            | Frame::Prefix
            | Frame::Han
            | Frame::HanPrefix => None,
        };
        if content.is_some() {
            return content;
        }
    }
    None
}

/// The end of a clause: a comma before a new clause, or the limit.
pub(super) fn clause_end(scan: &Scan<'_>, from: usize, end: usize) -> usize {
    let c = scan.classes();
    (from..end)
        .find(|i| {
            let next = i + 1;
            scan.is_comma(*i)
                && (scan.is(next, c.sub)
                    || scan.is(next, c.relative)
                    || scan.letters(next).ends_with("ing")
                    || scan.is(next, c.conj) && begins_clause(scan, next + 1, end)
                    || matches!(scan.letters(next), "but" | "according" | "after" | "following"))
        })
        .unwrap_or(end)
}
