//! What an article leaves open.
//!
//! In: sentences, sections, claims, dates, the day of publication. Out: open points with kind, parties and due date. What
//! holds: advice to readers and questions the article answers itself are none.

use std::ops::Range;

use chrono::NaiveDate;

use super::attribution::{Context, trim};
use super::bounds::clause_of;
use super::scan::{Scan, Sentence};
use super::voice::maker;
use crate::model::article::{BlockKind, Section};
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::date::{DateExpr, EventRole};
use crate::model::entity::{EntityKind, NameIx};
use crate::model::reading::{Ask, AskKind, Event};
use crate::model::rule::RuleId;
use crate::model::text::Span;
use crate::rules::Scope;

/// Finds the open points of an article.
pub(super) fn find(
    cx: &Context<'_>,
    claims: &[Claim],
    dates: &[DateExpr],
    events: &[Event],
    day: NaiveDate,
) -> Vec<Ask> {
    let scan = cx.scan;
    let mut asks: Vec<Ask> = Vec::new();
    let sentences = &scan.sentences;
    for (index, sentence) in sentences.iter().enumerate() {
        let kind = scan.kind_of(sentence);
        let skipped = matches!(sentence.section, Section::Advice | Section::Sources)
            || matches!(kind, BlockKind::Title | BlockKind::Heading)
            || cx.interview.line(sentence).is_some();
        if skipped {
            continue;
        }
        let next = sentences.get(index + 1).filter(|n| n.block == sentence.block);
        // What somebody else says to it does not settle it.
        let open = next.is_some_and(|next| {
            claims.iter().any(|c| next.span.holds(c.sentence) && c.speaker != Speaker::Here)
        });
        asks.extend(ask(cx, sentence, next.filter(|_| !open), dates));
    }
    for claim in claims {
        let silent = matches!(claim.stance, Stance::Silent | Stance::Declines);
        let about = match claim.speaker {
            Speaker::Named(name) | Speaker::Outlet(name) => vec![name],
            _ => Vec::new(),
        };
        let span = claim.content;
        // "Neither Orison nor Veltrane responded": one sentence is waited on for both.
        let shared = |ask: &&mut Ask| ask.kind == AskKind::NoResponse && ask.span == span;
        if let Some(ask) = asks.iter_mut().find(shared).filter(|_| silent) {
            ask.about.extend(about);
            continue;
        }
        let known = asks.iter().any(|ask| ask.span.meets(span));
        if silent && !known {
            asks.push(Ask {
                span,
                kind: AskKind::NoResponse,
                about,
                due: None,
                rule: claim.rule.clone(),
            });
        }
    }
    for event in events {
        let coming =
            matches!(event.role, EventRole::Effective | EventRole::Deadline | EventRole::Planned);
        let known = asks.iter().any(|ask| ask.span.meets(event.span));
        let effective = matches!(event.role, EventRole::Effective | EventRole::Deadline);
        let past = event.date.last().is_some_and(|last| last < day);
        if coming && effective && !known && !past && is_ahead(scan, event) {
            asks.push(Ask {
                span: event.span,
                kind: AskKind::Pending,
                about: event.parties.clone(),
                due: Some(event.date),
                rule: RuleId::new("construction", "coming-event"),
            });
        }
    }
    asks.sort_by_key(|ask| (ask.span.start(), ask.span.end()));
    asks
}

/// An event whose clause looks ahead of publication.
fn is_ahead(scan: &Scan<'_>, event: &Event) -> bool {
    let words = event.span.of(scan.body).to_lowercase();
    let past = ["had taken effect", "took effect", "came into", "has been in force", "已生效"];
    !past.iter().any(|p| words.contains(p))
}

fn ask(
    cx: &Context<'_>,
    sentence: &Sentence,
    next: Option<&Sentence>,
    dates: &[DateExpr],
) -> Option<Ask> {
    let scan = cx.scan;
    let range = sentence.tokens.clone();
    let section = sentence.section;
    let ends = (range.start..range.end).rev().find(|i| !scan.is_quote(*i))?;
    if matches!(scan.letters(ends), "?" | "？") {
        let quoted =
            cx.quotes.around(ends).is_some() || cx.quotes.around(range.start + 1).is_some();
        let listed = matches!(section, Section::Questions | Section::Watch);
        let answered = next.is_some_and(|next| !listed && !is_open_answer(scan, next));
        if quoted || answered {
            return None;
        }
        // "Who pays: the user or the maker?"
        let begun = begins_question(scan, &range);
        let from = behind_colon(cx, range.clone()).filter(|_| !begun);
        let from = from.unwrap_or(range.start);
        let tokens = from..range.end;
        return Some(made(scan, sentence, tokens, AskKind::Explicit, dates, "question-mark"));
    }
    let listed = matches!(section, Section::Questions | Section::Watch);
    let table = &scan.rules.lexicon.asks;
    let hits = table.all(&scan.tokens, &scan.rules.vocabulary, range.clone());
    let mut best: Option<(AskKind, Range<usize>, RuleId)> = None;
    for (row, hit) in hits {
        if cx.quotes.around(hit.range.start).is_some() {
            continue;
        }
        let rule = &row.meaning;
        let leads = hit.range.start == range.start;
        // "What …", "How …" begin an open point only where the outlet lists such points, or with
        // "whether" where nothing in the sentence decides it.
        if rule.leading && !(leads && (listed || scan.says(range.start, "whether"))) {
            continue;
        }
        let tokens = match rule.scope {
            Scope::Sentence => range.clone(),
            Scope::Clause => {
                let clause = clause_of(scan, sentence, &hit.range);
                let before = clause.start..hit.range.start.max(clause.start);
                let from = behind_colon(cx, before).unwrap_or(clause.start);
                from..clause.end
            }
        };
        let weight = |kind: AskKind| match kind {
            AskKind::Uncertain => 0,
            AskKind::NoResponse => 1,
            AskKind::Pending => 2,
            _ => 3,
        };
        if best.as_ref().is_none_or(|(kind, ..)| weight(rule.kind) < weight(*kind)) {
            best = Some((rule.kind, tokens, row.id.clone()));
        }
    }
    if let Some((kind, tokens, rule)) = best {
        let mut ask = made(scan, sentence, tokens, kind, dates, "");
        ask.rule = rule;
        return Some(ask);
    }
    // Every item of a list of open points is one, however it is worded.
    let item =
        listed && scan.kind_of(sentence) == BlockKind::ListItem && !sentence.tokens.is_empty();
    let first = item && is_first_of_block(scan, sentence);
    first.then(|| made(scan, sentence, range, AskKind::Whether, dates, "listed-item"))
}

/// Whether a sentence begins the way questions do: "who", "will".
fn begins_question(scan: &Scan<'_>, range: &Range<usize>) -> bool {
    let c = scan.classes();
    let table = &scan.rules.lexicon.asks;
    let hit = table.at(&scan.tokens, &scan.rules.vocabulary, range.start, range.end);
    let asks = hit.is_some_and(|(row, _)| row.meaning.leading);
    asks || scan.is(range.start, c.aux) || scan.is(range.start, c.modal)
}

/// The place behind the last colon: what stands before announces what is asked or awaited.
fn behind_colon(cx: &Context<'_>, range: Range<usize>) -> Option<usize> {
    let announces = |at: &usize| {
        // "10:30" is a time.
        let colon = cx.scan.says(*at, ":") && cx.scan.at(at + 1).spaced;
        (colon || cx.scan.letters(*at) == "：") && cx.quotes.around(*at).is_none()
    };
    range.rev().find(announces).map(|at| at + 1)
}

fn is_first_of_block(scan: &Scan<'_>, sentence: &Sentence) -> bool {
    scan.sentences
        .iter()
        .find(|s| s.block == sentence.block)
        .is_some_and(|s| s.span == sentence.span)
}

/// A sentence after a question that leaves it open: another question, or "nobody knows".
fn is_open_answer(scan: &Scan<'_>, next: &Sentence) -> bool {
    let range = next.tokens.clone();
    let ends = range.end.saturating_sub(1);
    let asks = matches!(scan.letters(ends), "?" | "？");
    let words = scan.words(range.clone());
    let open = !scan.rules.lexicon.asks.all(&scan.tokens, &scan.rules.vocabulary, range).is_empty();
    asks || open || words.contains("没有") || words.contains("not ") || words.contains("No ")
}

fn made(
    scan: &Scan<'_>,
    sentence: &Sentence,
    tokens: Range<usize>,
    kind: AskKind,
    dates: &[DateExpr],
    rule: &str,
) -> Ask {
    // A question keeps its mark; everything else is trimmed to its words.
    let span = if kind == AskKind::Explicit {
        scan.span(tokens).trim(scan.body)
    } else if tokens == sentence.tokens {
        sentence.span
    } else {
        scan.span(trim(scan, tokens))
    };
    let due = (kind == AskKind::Pending)
        .then(|| dates.iter().find(|d| span.holds(d.span)).map(|d| d.value))
        .flatten();
    Ask { span, kind, about: about(scan, span), due, rule: RuleId::new("construction", rule) }
}

fn about(scan: &Scan<'_>, span: Span) -> Vec<NameIx> {
    let mut names: Vec<NameIx> = Vec::new();
    for mention in scan.mentions_in(span) {
        let name = match scan.kind(mention.name) {
            EntityKind::Organization | EntityKind::Government | EntityKind::Person => mention.name,
            EntityKind::Product => maker(scan, mention.name).unwrap_or(mention.name),
            EntityKind::Place | EntityKind::Legal => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
