//! Quotations with their speaker set beneath them or right behind them, without a verb.
//!
//! In: sentences and the claims found already. Out: statements. What holds: the quotation fills its block but
//! for the credit; the credit is a person's name with what explains it, or a noun for people.

use std::ops::Range;

use super::attribution::{Context, Statement, trim};
use super::finite::is_finite_verb;
use super::noun::NounPhrase;
use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::article::{BlockKind, Section};
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::entity::{EntityKind, Mention};
use crate::model::rule::RuleId;

/// Most tokens of a credit in a block of its own.
const CREDIT_TOKENS_MAX: usize = 40;
/// Most tokens of a credit behind the quotation.
const BEHIND_TOKENS_MAX: usize = 12;

/// Finds them, each with the sentence in which the quotation begins.
pub(super) fn find<'s>(cx: &Context<'s>, claims: &[Claim]) -> Vec<(&'s Sentence, Statement)> {
    let scan = cx.scan;
    let mut found = Vec::new();
    for (index, last) in scan.sentences.iter().enumerate() {
        let next = scan.sentences.get(index + 1);
        if next.is_some_and(|next| next.block == last.block) {
            continue;
        }
        let block = scan.sentences.iter().take(index + 1).rev();
        let Some(first) = block.take_while(|s| s.block == last.block).last() else { continue };
        let apart = matches!(scan.kind_of(first), BlockKind::Title | BlockKind::Heading)
            || matches!(first.section, Section::Advice | Section::Sources);
        let range = first.tokens.start..last.tokens.end;
        let quote = cx.quotes.around(range.start + 1).filter(|q| q.start <= range.start + 1);
        let Some(quote) = quote.filter(|quote| !apart && is_statement(scan, quote)) else {
            continue;
        };
        if claims.iter().any(|claim| claim.content.meets(scan.span(range.clone()))) {
            continue;
        }
        let credit = match quote.end + 2 >= range.end {
            true => next.and_then(|next| beneath(cx, next)),
            false => (!first.han).then(|| behind(cx, quote.end + 1..range.end)).flatten(),
        };
        let Some((speaker, source)) = credit else { continue };
        let statement = Statement {
            speaker,
            source: Some(source),
            stance: Stance::Asserts,
            content: trim(scan, range.start..quote.end + 1),
            cue: range.start..range.start,
            rule: RuleId::new("construction", "credited"),
        };
        found.push((first, statement));
    }
    found
}

/// Whether a quotation says something: it has a verb or ends as a sentence; 槐汀之父 does not.
fn is_statement(scan: &Scan<'_>, quote: &Range<usize>) -> bool {
    let stop = |i: usize| scan.is(i, scan.classes().stop);
    quote.clone().any(|i| stop(i) || is_finite_verb(scan, i))
}

/// “P.” / Ann Ruo, founder of Orison.
fn beneath(cx: &Context<'_>, credit: &Sentence) -> Option<(Speaker, Range<usize>)> {
    let scan = cx.scan;
    let dash =
        usize::from(matches!(scan.letters(credit.tokens.start), "—" | "–" | "―" | "-" | "--"));
    let start = credit.tokens.start + dash;
    let named = scan.mention_over(start).filter(|m| {
        let tokens = scan.tokens_of(m);
        let set_off = scan.is_comma(tokens.end) || tokens.end >= credit.tokens.end;
        tokens.start == start && set_off && scan.kind(m.name) == EntityKind::Person
    });
    let mention = named.filter(|_| credit.tokens.len() <= CREDIT_TOKENS_MAX)?;
    Some((Speaker::Named(mention.name), scan.tokens_of(mention)))
}

/// “P.” A researcher quoted by Farwire
fn behind(cx: &Context<'_>, credit: Range<usize>) -> Option<(Speaker, Range<usize>)> {
    let (scan, c) = (cx.scan, cx.scan.classes());
    let credit = trim(scan, credit);
    let short = (1..=BEHIND_TOKENS_MAX).contains(&credit.len());
    let participle = |i: usize| scan.letters(i).ends_with("ed") && scan.says(i + 1, "by");
    let verbs = credit.clone().any(|i| is_finite_verb(scan, i) && !participle(i));
    if !short || verbs {
        return None;
    }
    // Who quotes them is not whose they are.
    let to = credit.clone().find(|i| participle(*i) || scan.is_comma(*i));
    let tokens = credit.start..to.unwrap_or(credit.end);
    let people = tokens.clone().any(|i| {
        let person = |m: &Mention| scan.kind(m.name) == EntityKind::Person;
        scan.is(i, c.human) || scan.mention_over(i).is_some_and(person)
    });
    let phrase = NounPhrase { tokens: tokens.clone(), beside: None };
    let speaker = voice::of(scan, cx.coref, &phrase).into_iter().next();
    speaker.filter(|_| people).map(|speaker| (speaker, tokens))
}
