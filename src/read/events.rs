//! Which happening a date belongs to: the clause around it, who takes part, what kind it is.
//!
//! In: dates, sentences, names. Out: events in order of the text. What holds: the evidence is the
//! clause that holds the date; a recurring date or the publication itself is no event.

use std::ops::Range;

use super::attribution::{Context, trim};
use super::content::is_finite_verb;
use super::scan::{Scan, Sentence};
use crate::model::article::{BlockKind, Section};
use crate::model::date::DateExpr;
use crate::model::entity::{EntityKind, NameIx};
use crate::model::reading::Event;
use crate::model::text::Span;

/// Finds the dated happenings of an article.
pub(super) fn find(cx: &Context<'_>, dates: &[DateExpr]) -> Vec<Event> {
    let scan = cx.scan;
    let mut events: Vec<Event> = Vec::new();
    for (index, date) in dates.iter().enumerate() {
        let Some(sentence) = scan.sentence_at(date.span.start()) else { continue };
        let skipped = matches!(sentence.section, Section::Advice | Section::Sources)
            || matches!(scan.kind_of(sentence), BlockKind::Title | BlockKind::Heading);
        if skipped || is_dateline(scan, sentence, date) {
            continue;
        }
        let tokens = scan.tokens.inside(date.span);
        let others: Vec<Span> =
            dates.iter().filter(|d| d.span != date.span).map(|d| d.span).collect();
        let clause = clause(scan, sentence, &tokens, &others);
        if !clause.clone().any(|i| is_finite_verb(scan, i) || scan.letters(i).ends_with("ed"))
            && !sentence.han
        {
            continue;
        }
        let span = scan.span(clause.clone());
        let doubled = events.iter().any(|e| e.span == span && e.date == date.value);
        if doubled {
            continue;
        }
        events.push(Event {
            date: date.value,
            expr: Some(index as u32),
            span,
            parties: parties(scan, span),
            role: date.role,
        });
    }
    events
}

/// "SAN FRANCISCO, June 4 (Newswire) -": the day of filing, no happening.
fn is_dateline(scan: &Scan<'_>, sentence: &Sentence, date: &DateExpr) -> bool {
    let tokens = scan.tokens.inside(date.span);
    let near_start = tokens.start <= sentence.tokens.start + 5;
    let bracket = scan.letters(tokens.end) == "("
        || matches!(scan.letters(tokens.end), "-" | "–" | "—") && scan.at(tokens.end).spaced;
    let before_verb = !(sentence.tokens.start..tokens.start).any(|i| is_finite_verb(scan, i));
    let wire = sentence.han && matches!(scan.letters(tokens.end), "消" | "讯" | "电");
    near_start && before_verb && bracket || near_start && wire
}

/// The clause around a date: the whole sentence if it is short or holds no other date.
fn clause(
    scan: &Scan<'_>,
    sentence: &Sentence,
    date: &Range<usize>,
    others: &[Span],
) -> Range<usize> {
    let range = sentence.tokens.clone();
    let crowded = others.iter().any(|o| sentence.span.holds(*o));
    let long = range.len() > if sentence.han { 60 } else { 34 };
    if !crowded && !long {
        return trim(scan, range);
    }
    let cut = |i: usize| {
        let letters = scan.letters(i);
        matches!(letters, ";" | "；" | ":" | "：")
            || sentence.han && matches!(letters, "，" | ",")
            || scan.is_comma(i) && clause_opens(scan, i + 1, range.end)
            || letters == "and" && clause_opens(scan, i + 1, range.end)
            || matches!(letters, "but" | "while" | "after" | "before" | "when" | "although")
                && clause_opens(scan, i + 1, range.end)
    };
    let mut from = range.start;
    for i in (range.start..date.start).rev() {
        if cut(i) {
            from = i + 1;
            break;
        }
    }
    let mut to = range.end;
    for i in date.end..range.end {
        if cut(i) {
            to = i;
            break;
        }
    }
    // A clause without a verb of its own belongs to its neighbour.
    let has_verb = |r: Range<usize>| {
        sentence.han
            || r.into_iter().any(|i| is_finite_verb(scan, i) || scan.letters(i).ends_with("ed"))
    };
    let words = if sentence.han { 8 } else { 5 };
    if !has_verb(from..to) || to - from < words {
        let next = (to + 1..range.end).find(|i| cut(*i)).unwrap_or(range.end);
        to = next;
        if !has_verb(from..to) || to - from < words {
            from = range.start;
        }
    }
    trim(scan, from..to)
}

fn clause_opens(scan: &Scan<'_>, from: usize, end: usize) -> bool {
    let c = scan.classes();
    let subject = scan.is(from, c.det)
        || scan.is(from, c.pronoun)
        || scan.is(from, c.possessive)
        || scan.is(from, c.sub)
        || scan.mention_over(from).is_some();
    subject && (from + 1..end.min(from + 9)).any(|i| is_finite_verb(scan, i))
}

/// Organisations, authorities and people named in the clause.
fn parties(scan: &Scan<'_>, span: Span) -> Vec<NameIx> {
    let mut parties: Vec<NameIx> = Vec::new();
    for mention in scan.mentions_in(span) {
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
