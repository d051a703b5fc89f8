//! Which happening a date belongs to: the clause around it, who takes part, what kind it is.
//!
//! In: dates, sentences, names, statements. Out: events in order of the text. What holds: the
//! evidence is the clause that holds the date; two ends of one stretch of time are one event; a
//! date that only describes a thing, compares or asks, and the publication itself, is no event.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use super::attribution::Context;
use super::clause;
use super::finite::is_finite_verb;
use super::idle::{is_of_writer, is_told};
use super::retold;
use super::scan::{Scan, Sentence};
use super::spoken;
use super::untimely::{is_age, is_untimely};
use crate::model::claim::Claim;
use crate::model::date::{DateExpr, EventRole, Modifier};
use crate::model::edtf::{Edtf, Precision};
use crate::model::entity::{EntityKind, NameIx};
use crate::model::reading::Event;
use crate::model::text::Span;
use crate::rules::Shape;

/// Farthest a sentence is looked at on either side of a date, in tokens.
const SENTENCE_MAX: usize = 150;

/// Share of words from which two tellings of one day are one.
const SAME_PERCENT: usize = 60;

/// A date, or two that are the ends of one stretch.
pub(super) struct Dated<'a> {
    index: usize,
    pub date: &'a DateExpr,
    pub value: Edtf,
    pub tokens: Range<usize>,
}

/// Finds the dated happenings of an article.
pub(super) fn find(
    cx: &Context<'_>,
    dates: &[DateExpr],
    claims: &[Claim],
    published: Option<NaiveDate>,
) -> Vec<Event> {
    let scan = cx.scan;
    let mut events: Vec<Event> = Vec::new();
    let mut known_days: Vec<(Edtf, BTreeSet<&str>)> = Vec::new();
    let mut rest = dated(scan, dates).into_iter().peekable();
    while let Some(one) = rest.next() {
        let Some(sentence) = scan.sentence_at(one.date.span.start()) else { continue };
        let sentence = &around(scan, sentence, &one.tokens);
        let next = rest.peek().filter(|next| sentence.span.holds(next.date.span));
        if !is_told(scan, sentence, &one) || next.is_some_and(|next| is_repeated(scan, &one, next))
        {
            continue;
        }
        let others: Vec<Range<usize>> =
            near(dates, one.index).map(|d| scan.tokens.inside(d.span)).collect();
        let near_claims = near_claims(claims, sentence);
        let contents: Vec<Span> = near_claims.iter().map(|claim| claim.content).collect();
        let clause = clause::around(scan, sentence, &one.tokens, &others, &contents);
        let verb =
            clause.clone().any(|i| is_finite_verb(scan, i) || scan.letters(i).ends_with("ed"));
        let open = is_open(scan, &clause, one.date.role, &one.tokens)
            || is_of_writer(cx, &clause, &contents);
        let untimely = is_untimely(scan, sentence, &clause, &one, published);
        // 即不晚于6月27日: the same once more.
        let again = sentence.han && scan.letters(clause.start) == "即";
        if !verb && !sentence.han || open || untimely || again {
            continue;
        }
        let span = scan.span(clause.clone());
        let doubled =
            events.iter().rev().take(8).any(|e| e.date == one.value && (e.span.meets(span)));
        let words = words(scan, &clause);
        let known = one.value.precision() == Precision::Day
            && known_days
                .iter()
                .any(|(value, other)| *value == one.value && is_same(other, &words));
        if doubled || known {
            continue;
        }
        known_days.push((one.value, words));
        // How old a thing is belongs to the thing.
        let further = near(dates, one.index).map(|date| scan.tokens.inside(date.span));
        let further = further.filter(|date| !is_age(scan, date));
        let inside: Vec<Range<usize>> = [one.tokens.clone()].into_iter().chain(further).collect();
        let told_in = told_in(scan, sentence, &clause, &others);
        let told = retold::line(cx, sentence, &told_in, &inside);
        let mut parties = parties(scan, sentence, &clause);
        parties.extend(told.subject.filter(|name| !parties.contains(name)));
        let spoken = spoken::line(scan, near_claims, sentence, span, one.date.span);
        events.push(Event {
            date: due(&one),
            expr: Some(one.index as u32),
            span,
            parties,
            role: one.date.role,
            line: spoken.unwrap_or(told.line),
            words: told.words,
            about: None,
        });
    }
    events
}

/// The words a line is made of: who only says so in a clause says it of the sentence, and so does a text
/// that has no more than its day, where the sentence has no other.
fn told_in(
    scan: &Scan<'_>,
    sentence: &Sentence,
    clause: &Range<usize>,
    others: &[Range<usize>],
) -> Range<usize> {
    let bare = !sentence.han
        && !clause.clone().any(|i| is_finite_verb(scan, i))
        && clause.clone().any(|i| scan.is(i, scan.classes().document))
        && !others.iter().any(|other| sentence.tokens.contains(&other.start));
    let whole = bare || clause::says_only(scan, sentence, clause);
    if whole { sentence.tokens.clone() } else { clause.clone() }
}

/// "It could fail this month", "If you …", "My guess: …": left open, not told.
fn is_open(scan: &Scan<'_>, clause: &Range<usize>, role: EventRole, date: &Range<usize>) -> bool {
    let maybe = |i: usize| scan.is(i, scan.classes().maybe) && !date.contains(&i);
    let verb = clause.clone().find(|i| is_finite_verb(scan, *i) && !date.contains(i));
    let happened = role == EventRole::Happened;
    maybe(clause.start) || happened && verb.is_some_and(maybe)
}

/// What is due "by the end of June" is due on its last day.
fn due(one: &Dated<'_>) -> Edtf {
    let end = one.date.modifier == Some(Modifier::End) && one.date.role == EventRole::Deadline;
    let last = one.value.last().filter(|_| end && !one.value.approximate);
    last.map_or(one.value, Edtf::day)
}

/// The part of an endless sentence that a date can belong to.
fn around(scan: &Scan<'_>, sentence: &Sentence, date: &Range<usize>) -> Sentence {
    let from = sentence.tokens.start.max(date.start.saturating_sub(SENTENCE_MAX));
    let to = sentence.tokens.end.min(date.end + SENTENCE_MAX);
    Sentence { tokens: from..to, span: scan.span(from..to), ..sentence.clone() }
}

/// The dates, those that are the ends of one stretch together.
fn dated<'a>(scan: &Scan<'_>, dates: &'a [DateExpr]) -> Vec<Dated<'a>> {
    let mut out: Vec<Dated<'a>> = Vec::with_capacity(dates.len());
    for (index, date) in dates.iter().enumerate() {
        let tokens = scan.tokens.inside(date.span);
        if let Some(last) = out.last_mut()
            && let Some(value) = stretch(scan, last, date, &tokens)
        {
            last.value = value;
            last.tokens.end = tokens.end;
            continue;
        }
        out.push(Dated { index, date, value: date.value, tokens });
    }
    out
}

/// "between July 20 and August 30", "from May to July", "in April and May": one interval.
fn stretch(
    scan: &Scan<'_>,
    from: &Dated<'_>,
    to: &DateExpr,
    tokens: &Range<usize>,
) -> Option<Edtf> {
    let gap = from.tokens.end..tokens.start;
    if gap.len() != 1 || from.value != from.date.value {
        return None;
    }
    let before = from.tokens.start.checked_sub(1).map_or("", |i| scan.letters(i));
    let adjacent = from.value.last().and_then(|last| last.succ_opt()) == to.value.first()
        && from.value.precision() == Precision::Month
        && to.value.precision() == Precision::Month;
    let joined = match scan.letters(gap.start) {
        "and" => before.eq_ignore_ascii_case("between") || adjacent,
        "to" | "until" | "till" | "through" | "-" | "–" => before.eq_ignore_ascii_case("from"),
        _ => false,
    };
    let narrow = from.value.precision() != Precision::Wide;
    (joined && narrow).then(|| from.value.until(to.value)).flatten()
}

/// "The following month, on July 3": the second says the first more closely.
fn is_repeated(scan: &Scan<'_>, one: &Dated<'_>, next: &Dated<'_>) -> bool {
    let gap = one.tokens.end..next.tokens.start;
    let bound = gap.len() <= 2 && scan.is_comma(gap.start);
    bound && (one.value.covers(next.value) && one.value != next.value)
}

/// Dates at most a few places away: those that can stand in the same sentence.
fn near(dates: &[DateExpr], index: usize) -> impl Iterator<Item = &DateExpr> {
    let from = index.saturating_sub(12);
    dates.iter().enumerate().skip(from).take(25).filter(move |(i, _)| *i != index).map(|(_, d)| d)
}

/// The claims that begin in or shortly before a sentence.
fn near_claims<'a>(claims: &'a [Claim], sentence: &Sentence) -> &'a [Claim] {
    let to = claims.partition_point(|claim| claim.content.start() < sentence.span.end());
    claims.get(to.saturating_sub(8)..to).unwrap_or(&[])
}

/// The words that make a telling: longer ones, and single Chinese characters.
fn words<'a>(scan: &Scan<'a>, clause: &Range<usize>) -> BTreeSet<&'a str> {
    clause
        .clone()
        .filter(|i| scan.at(*i).shape == Shape::Han || scan.letters(*i).len() > 3)
        .map(|i| scan.letters(i))
        .collect()
}

fn is_same(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    let shared = a.intersection(b).count();
    shared * 100 >= a.len().min(b.len()) * SAME_PERCENT && shared >= 3
}

/// Organisations, authorities and people named in the clause, and the subject it shares.
fn parties(scan: &Scan<'_>, sentence: &Sentence, clause: &Range<usize>) -> Vec<NameIx> {
    let mut parties: Vec<NameIx> = Vec::new();
    let shares_subject = clause.start > sentence.tokens.start && is_finite_verb(scan, clause.start);
    let subject = sentence
        .tokens
        .clone()
        .take_while(|i| shares_subject && !is_finite_verb(scan, *i))
        .last()
        .map(|last| scan.span(sentence.tokens.start..last + 1));
    let spans = subject.into_iter().chain([scan.span(clause.clone())]);
    for mention in spans.flat_map(|span| scan.mentions_in(span)) {
        let name = match scan.kind(mention.name) {
            EntityKind::Organization | EntityKind::Government | EntityKind::Person => mention.name,
            EntityKind::Product => super::voice::maker(scan, mention.name).unwrap_or(mention.name),
            EntityKind::Place | EntityKind::Legal => continue,
        };
        if !parties.contains(&name) {
            parties.push(name);
        }
    }
    parties
}
