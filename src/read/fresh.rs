//! The act an article reports as news without a date of its own.
//!
//! In: acts, citations, dates, the day of publication. Out: events on or shortly before that day, marked
//! approximate. What holds: only what the first sentences tell as new, in the present or the perfect or
//! the plain past; no act that a date of the article belongs to; nothing that was known before.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{Days, NaiveDate};

use super::attribution::{Context, trim};
use super::finite::is_finite_verb;
use super::labels::behind_dateline;
use super::retold;
use super::scan::{Scan, Sentence};
use crate::model::article::{BlockKind, Section};
use crate::model::claim::{Act, PredicateId};
use crate::model::date::{DateExpr, EventRole};
use crate::model::edtf::{Edtf, Point, Precision};
use crate::model::entity::NameIx;
use crate::model::reading::{Citation, CitationKind, Event};
use crate::model::text::Span;
use crate::rules::{PredicateRule, Shape};

/// Sentences in which an article tells its news.
const SENTENCES_MAX: usize = 20;
/// The same in Chinese, where a sentence holds more.
const HAN_SENTENCES_MAX: usize = 3;
/// Sentences in which what the first one reports is dated.
const ISSUE_SENTENCES_MAX: usize = 8;
/// Fewest tokens of a sentence that reports something.
const LEAD_TOKENS_MIN: usize = 8;
/// Days before publication within which a dated act is the news itself.
const NEAR_DAYS: i64 = 14;
/// Days before publication on which news was announced.
const SPOKEN_DAYS: i64 = 3;
/// Weight from which a predicate names a matter.
const WEIGHT_MIN: u16 = 5;

/// Adds what an article reports as news on its day to `told`, what it dates; `kind` is its first type of
/// incident. "The order was issued on Monday" is told in the words of the order.
pub(super) fn add(
    cx: &Context<'_>,
    acts: &[Act],
    citations: &[Citation],
    dates: &[DateExpr],
    told: &mut Vec<Event>,
    kind: Option<&str>,
    day: NaiveDate,
) {
    let lead = lead(cx, dates);
    let issued: Vec<usize> = (0..told.len()).filter(|at| is_issue(cx.scan, told, *at)).collect();
    for at in &issued {
        if let (Some((line, span)), Some(event)) = (&lead, told.get_mut(*at)) {
            event.line.clone_from(line);
            event.about = Some(*span);
        }
    }
    let mut found: Vec<Event> = Vec::new();
    let mut seen: BTreeSet<&PredicateId> = BTreeSet::new();
    let han =
        cx.scan.sentences.iter().find(|s| s.tokens.len() > LEAD_TOKENS_MIN).is_some_and(|s| s.han);
    let most = if han { HAN_SENTENCES_MAX } else { SENTENCES_MAX };
    let limit = cx.scan.sentences.get(most).map_or(usize::MAX, |s| s.span.start());
    for act in acts.iter().take_while(|act| act.span.start() < limit) {
        let fresh = rule(cx.scan, act).is_some_and(|rule| is_main(rule, kind))
            && (act.actor.is_some() || act.target.is_some())
            && !act.negated
            && !act.planned
            && (issued.is_empty() || lead.is_none())
            && !dated_elsewhere(act, acts, told, day);
        if !fresh || seen.contains(&act.predicate) {
            continue;
        }
        let parties = [act.actor, act.target].into_iter().flatten().collect();
        let on = announced(cx, act, told, day).unwrap_or(day);
        if let Some(event) = event(cx, act.cue, act.span, parties, dates, on, false) {
            seen.insert(&act.predicate);
            found.push(event);
        }
    }
    found.extend(first_reports(cx, citations, dates, told, day));
    found.extend(cx.scan.sentences.iter().filter_map(|sentence| days_before(cx, sentence, day)));
    told.extend(found);
    told.sort_by_key(|event| event.span);
}

/// "The ban was first reported by Farwire": on or before the article's day, once for each outlet.
fn first_reports(
    cx: &Context<'_>,
    citations: &[Citation],
    dates: &[DateExpr],
    told: &[Event],
    day: NaiveDate,
) -> Vec<Event> {
    let mut shortest: BTreeMap<Option<NameIx>, Span> = BTreeMap::new();
    for citation in citations.iter().filter(|citation| citation.kind == CitationKind::First) {
        let Some(sentence) = cx.scan.sentence_at(citation.span.start()) else { continue };
        let known = shortest.entry(citation.outlet).or_insert(sentence.span);
        if sentence.span.len() < known.len() {
            *known = sentence.span;
        }
    }
    shortest.retain(|_, span| !told.iter().any(|event| span.holds(event.span)));
    let report = |(outlet, span): (Option<NameIx>, Span)| {
        event(cx, span, span, outlet.into_iter().collect(), dates, day, true)
    };
    shortest.into_iter().filter_map(report).collect()
}

/// "The ban comes days after developers said …": what happened in the days, weeks or hours before.
fn days_before(cx: &Context<'_>, sentence: &Sentence, day: NaiveDate) -> Option<Event> {
    let scan = cx.scan;
    let c = scan.classes();
    let vague = |i: usize| {
        let plural = scan.letters(i).ends_with('s') && i > sentence.tokens.start;
        let unit = scan.is(i, c.unit) || scan.is(i, c.clock_unit);
        unit && plural
            && scan.says(i + 1, "after")
            && scan.at(i - 1).shape == Shape::Lower
            && !scan.is(i - 1, c.count)
    };
    let at = sentence.tokens.clone().find(|i| vague(*i))?;
    let clause = trim(scan, at + 2..sentence.tokens.end);
    let verb = clause.clone().any(|i| is_finite_verb(scan, i));
    let (far, near) = match scan.value(at, c.unit) {
        Some(1) => (7, 1),
        Some(7) => (42, 7),
        None => (1, 0),
        _ => return None,
    };
    let back = |days: u64| Some(Point::Day(day.checked_sub_days(Days::new(days))?));
    let date = Edtf::between(back(far)?, back(near)?).about();
    verb.then(|| undated(cx, sentence, &clause, Vec::new(), date))
}

/// The news of the first sentence as a line, where no date stands in it and it is told as just done: in
/// the perfect.
fn lead(cx: &Context<'_>, dates: &[DateExpr]) -> Option<(String, Span)> {
    let scan = cx.scan;
    let body = |sentence: &&Sentence| {
        scan.kind_of(sentence) == BlockKind::Paragraph && sentence.tokens.len() >= LEAD_TOKENS_MIN
    };
    let sentence = scan.sentences.iter().find(body)?;
    let c = scan.classes();
    let perfect = sentence.tokens.clone().any(|i| {
        scan.is(i, c.perfect) && (scan.is(i + 1, c.verb) || scan.letters(i + 1).ends_with("ed"))
    });
    let dated = dates
        .iter()
        .any(|date| sentence.span.holds(date.span) && !is_dateline(scan, sentence, date));
    let fresh = !sentence.han && perfect && !dated;
    fresh.then(|| {
        let told = retold::line(cx, sentence, &sentence.tokens, &[]);
        (told.line, told.words)
    })
}

/// Whether a date stands in the brackets or before the dash that opens a report.
fn is_dateline(scan: &Scan<'_>, sentence: &Sentence, date: &DateExpr) -> bool {
    behind_dateline(scan, &sentence.tokens).start >= scan.tokens.inside(date.span).end
}

/// "The order was issued on Monday", "The memo, sent on Monday, says": a text or a decision spoken of
/// before, and when it came out.
fn is_issue(scan: &Scan<'_>, told: &[Event], at: usize) -> bool {
    let Some(event) = told.get(at) else { return false };
    let c = scan.classes();
    let clause = scan.tokens.inside(event.span);
    let early = scan.sentences.get(ISSUE_SENTENCES_MAX).map_or(usize::MAX, |s| s.span.start());
    let noun = clause.start + 1;
    let head = scan.is(clause.start, c.article)
        && !matches!(scan.letters(clause.start), "A" | "a" | "An" | "an")
        && scan.is(noun, c.document)
        && scan.mention_over(noun).is_none();
    let issued = (noun + 1..clause.end.min(noun + 4)).any(|i| scan.is(i, c.dating));
    event.span.start() < early && head && issued && event.role == EventRole::Happened
}

fn rule<'a>(scan: &Scan<'a>, act: &Act) -> Option<&'a PredicateRule> {
    let rows = scan.rules.lexicon.predicates.rows();
    rows.iter().find(|row| row.id == act.rule).map(|row| &row.meaning)
}

fn is_main(rule: &PredicateRule, kind: Option<&str>) -> bool {
    kind == Some(rule.kind.as_str())
        && rule.weight >= WEIGHT_MIN
        && !rule.noun
        && !rule.alleged
        && rule.closing.is_none()
}

/// Whether the article gives the act a day shortly before its own.
fn dated_elsewhere(act: &Act, acts: &[Act], told: &[Event], day: NaiveDate) -> bool {
    told.iter().filter(|event| event.role == EventRole::Happened).any(|event| {
        let near = event.date.first().is_some_and(|first| (day - first).num_days() <= NEAR_DAYS);
        near && acts
            .iter()
            .any(|other| other.predicate == act.predicate && event.span.holds(other.cue))
    })
}

/// The day in the last ones on which who did it is said to have spoken: "In a statement on Tuesday the
/// company said".
fn announced(cx: &Context<'_>, act: &Act, told: &[Event], day: NaiveDate) -> Option<NaiveDate> {
    let scan = cx.scan;
    let cues = &scan.rules.lexicon.cues;
    let spoken = told.iter().filter(|event| event.role == EventRole::Happened).filter(|event| {
        let tokens = scan.tokens.inside(event.span);
        act.actor.is_some_and(|actor| event.parties.contains(&actor))
            && !cues.all(&scan.tokens, &scan.rules.vocabulary, tokens).is_empty()
    });
    spoken
        .filter(|event| event.date.precision() == Precision::Day && !event.date.approximate)
        .filter_map(|event| event.date.first())
        .find(|first| (0..=SPOKEN_DAYS).contains(&(day - *first).num_days()))
}

/// The clause as an event of the day; `None` where a date stands in it or it tells of before.
fn event(
    cx: &Context<'_>,
    cue: Span,
    clause: Span,
    parties: Vec<NameIx>,
    dates: &[DateExpr],
    day: NaiveDate,
    report: bool,
) -> Option<Event> {
    let scan = cx.scan;
    let sentence = scan.sentence_at(cue.start())?;
    let dated = dates.iter().any(|date| clause.holds(date.span));
    let body = matches!(scan.kind_of(sentence), BlockKind::Paragraph | BlockKind::ListItem)
        && matches!(sentence.section, Section::Report | Section::Summary);
    let tokens = scan.tokens.inside(clause);
    if dated || !body || !report && is_earlier(scan, sentence, &tokens) {
        return None;
    }
    Some(undated(cx, sentence, &tokens, parties, Edtf::day(day).about()))
}

fn undated(
    cx: &Context<'_>,
    sentence: &Sentence,
    clause: &Range<usize>,
    mut parties: Vec<NameIx>,
    date: Edtf,
) -> Event {
    let told = retold::line(cx, sentence, clause, &[]);
    parties.extend(told.subject.filter(|name| !parties.contains(name)));
    Event {
        date,
        expr: None,
        span: cx.scan.span(clause.clone()),
        parties,
        role: EventRole::Happened,
        line: told.line,
        words: told.words,
        about: None,
    }
}

/// "had accused", "previously", 此前: told as known before.
fn is_earlier(scan: &Scan<'_>, sentence: &Sentence, clause: &Range<usize>) -> bool {
    let earlier = scan.classes().earlier;
    let from = if sentence.han { sentence.tokens.start } else { clause.start };
    (from..clause.end).any(|i| scan.is(i, earlier))
        || scan.says(sentence.tokens.end.saturating_sub(1), "?")
}
