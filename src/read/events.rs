//! Which happening a date belongs to: the clause around it, who takes part, what kind it is.
//!
//! In: dates, sentences, names, statements. Out: events in order of the text. What holds: the
//! evidence is the clause that holds the date; two ends of one stretch of time are one event; a
//! date that only describes a thing, compares or asks, and the publication itself, is no event.

use std::collections::BTreeSet;
use std::ops::Range;

use super::attribution::Context;
use super::clause;
use super::finite::is_finite_verb;
use super::labels::behind_han_dateline;
use super::retold;
use super::scan::{Scan, Sentence};
use super::spoken;
use crate::model::article::{BlockKind, Section};
use crate::model::claim::Claim;
use crate::model::date::{Anchor, Basis, DateExpr, EventRole, Modifier};
use crate::model::edtf::{Edtf, Precision};
use crate::model::entity::{EntityKind, NameIx};
use crate::model::reading::Event;
use crate::model::text::Span;
use crate::rules::Shape;

/// Farthest a sentence is looked at on either side of a date, in tokens.
const SENTENCE_MAX: usize = 150;

/// Tokens in which a note on the article itself has its colon.
const NOTICE_REACH: usize = 10;
/// Tokens between a verb of a state and the date until which it holds.
const LASTING_REACH: usize = 5;

/// Share of words from which two tellings of one day are one.
const SAME_PERCENT: usize = 60;

/// A date, or two that are the ends of one stretch.
struct Dated<'a> {
    index: usize,
    date: &'a DateExpr,
    value: Edtf,
    tokens: Range<usize>,
}

/// Finds the dated happenings of an article.
pub(super) fn find(cx: &Context<'_>, dates: &[DateExpr], claims: &[Claim]) -> Vec<Event> {
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
        if !verb && !sentence.han || open {
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
        let further = near(dates, one.index).map(|date| scan.tokens.inside(date.span));
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

/// "It was engaged when I tried it", "she sent me a receipt": what the writer went through.
fn is_of_writer(cx: &Context<'_>, clause: &Range<usize>, contents: &[Span]) -> bool {
    let scan = cx.scan;
    let said = |at: usize| {
        cx.quotes.around(at).is_some() || contents.iter().any(|c| c.holds(scan.span(at..at + 1)))
    };
    let writer = |at: usize| {
        matches!(scan.letters(at), "I" | "me") && !scan.says(at - 1, "told") && !said(at)
    };
    clause.clone().any(writer)
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

/// Whether a date in a sentence tells of a happening at all.
fn is_told(scan: &Scan<'_>, sentence: &Sentence, one: &Dated<'_>) -> bool {
    let skipped = matches!(sentence.section, Section::Advice | Section::Sources)
        || matches!(scan.kind_of(sentence), BlockKind::Title | BlockKind::Heading);
    // "It is unclear whether the court will rule this year" tells nothing of the year.
    let before = (sentence.tokens.start..one.tokens.start).rev();
    let bound = |i: &usize| !scan.is_comma(*i) && !scan.is_quote(*i) && scan.letters(*i) != ";";
    let first = sentence.tokens.start;
    let asked = scan.says(first, "whether")
        || scan.is_quote(first) && scan.says(first + 1, "whether")
        || before.take_while(bound).any(|i| scan.says(i, "whether"));
    // "Did the letter of May 5 arrive?", "How the court treats the claims of March": asked, not told.
    let last = sentence.tokens.end.saturating_sub(1);
    let how = scan.says_any(first..first + 1, &["how", "why"]);
    let asked = asked || how || scan.says(last, "?");
    !skipped
        && !asked
        && !is_dateline(scan, sentence, one.date)
        && !is_notice(scan, sentence)
        && !is_attribute(scan, &one.tokens, one.value)
        && !compares(scan, sentence, &one.tokens)
        && !lasts(scan, one)
        && !is_adrift(scan, one)
}

/// "Two months after it was filed", where the text does not give the day of the filing: nobody knows when.
fn is_adrift(scan: &Scan<'_>, one: &Dated<'_>) -> bool {
    let goes_by = |at: usize| matches!(scan.letters(at), "after" | "before");
    let counted = one.tokens.clone().skip(1).any(goes_by);
    counted && !matches!(one.date.basis, Basis::Anchored(Anchor::Text(_)))
}

/// "lasted until the end of the year": how long a state holds, unless something is due then.
fn lasts(scan: &Scan<'_>, one: &Dated<'_>) -> bool {
    let before = one.tokens.start.checked_sub(1).map_or("", |i| scan.letters(i));
    let from = one.tokens.start.saturating_sub(LASTING_REACH);
    let state = (from..one.tokens.start).any(|i| scan.is(i, scan.classes().lasting));
    matches!(before, "until" | "till" | "through")
        && (state || one.date.role != EventRole::Deadline)
}

/// "The following month, on July 3": the second says the first more closely.
fn is_repeated(scan: &Scan<'_>, one: &Dated<'_>, next: &Dated<'_>) -> bool {
    let gap = one.tokens.end..next.tokens.start;
    let bound = gap.len() <= 2 && scan.is_comma(gap.start);
    bound && (one.value.covers(next.value) && one.value != next.value)
}

/// "HARNVIK, June 4 (Farwire) -": the day of filing, no happening.
fn is_dateline(scan: &Scan<'_>, sentence: &Sentence, date: &DateExpr) -> bool {
    let tokens = scan.tokens.inside(date.span);
    let near_start = tokens.start <= sentence.tokens.start + 5;
    let bracket = scan.letters(tokens.end) == "("
        || matches!(scan.letters(tokens.end), "-" | "–" | "—") && scan.at(tokens.end).spaced;
    let before_verb = !(sentence.tokens.start..tokens.start).any(|i| is_finite_verb(scan, i));
    let wire = sentence.han && tokens.start < behind_han_dateline(scan, &sentence.tokens).start;
    near_start && before_verb && bracket || wire
}

/// "Correction, June 27: An earlier version of this article …": of the article, not of the matter.
fn is_notice(scan: &Scan<'_>, sentence: &Sentence) -> bool {
    let Some(block) = scan.blocks.get(sentence.block) else { return false };
    let from = scan.tokens.index_at(block.span.start());
    let head = from..from + NOTICE_REACH;
    let opens = head.clone().take(3).any(|i| scan.is(i, scan.classes().notice));
    opens && head.into_iter().any(|i| matches!(scan.letters(i), ":" | "："))
}

/// "the June announcement", "this year's fights": the date describes a thing.
fn is_attribute(scan: &Scan<'_>, date: &Range<usize>, value: Edtf) -> bool {
    let c = scan.classes();
    let next = date.end;
    if matches!(scan.letters(next), "'s" | "’s") {
        return true;
    }
    let wide = matches!(value.precision(), Precision::Month | Precision::Year);
    let owned = date.start.checked_sub(1).is_some_and(|before| {
        scan.is(before, c.article) || scan.is(before, c.possessive) || scan.letters(before) == "'s"
    });
    let noun = scan.at(next).shape == Shape::Lower
        && ![c.prep, c.conj, c.aux, c.modal, c.verb, c.adverb, c.sub, c.relative, c.pronoun]
            .iter()
            .any(|class| scan.is(next, *class));
    wide && owned && noun
}

/// "up from 10% in early 2025", "more than in May": what something is compared with.
fn compares(scan: &Scan<'_>, sentence: &Sentence, date: &Range<usize>) -> bool {
    let from = date.start.saturating_sub(12).max(sentence.tokens.start);
    for at in (from..date.start).rev() {
        let letters = scan.letters(at);
        let up = at.checked_sub(1).map_or("", |i| scan.letters(i));
        if letters == "from" && matches!(up, "up" | "down")
            || letters == "than" && date.start - at <= 2
            || letters == "with" && up == "compared"
        {
            return true;
        }
        if is_finite_verb(scan, at) || scan.is_comma(at) {
            return false;
        }
    }
    false
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
