//! What an outlet says in its own voice, and what is said without a verb.
//!
//! In: a sentence with its phrases. Out: judgements ("our sense is that …"), forecasts, and what "X's
//! answer: …" or "by its own count" give to somebody. What holds: nothing inside a quotation is the outlet's own.

use std::ops::Range;

use super::attribution::{Context, Statement, trim};
use super::content::is_finite_verb;
use super::coref::Wanted;
use super::noun::NounPhrase;
use super::papers::subject_text;
use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::article::Section;
use crate::model::claim::{Speaker, Stance};
use crate::model::rule::RuleId;
use crate::rules::{Cue, Match, Ruled, Shape};

/// Fewest tokens that say something.
const TOKENS_MIN: usize = 3;

/// What a phrase says that is no verb: of `who`, else of the outlet itself.
pub(super) fn stated(
    cx: &Context<'_>,
    sentence: &Sentence,
    row: &Ruled<Cue>,
    hit: &Match,
) -> Vec<Statement> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.cues;
    let range = &sentence.tokens;
    let who = table.capture(hit, "who");
    let speakers = match &who {
        Some(who) => holders(cx, who),
        None => vec![Speaker::Here],
    };
    let (at, end) = (hit.range.start, hit.range.end);
    let opens = at <= range.start + 1;
    let inserted = !opens && scan.is_comma(at - 1) && scan.is_comma(end);
    let ends = scan.is(end, scan.classes().stop) || end + 1 >= range.end;
    let content = match table.capture(hit, "it") {
        Some(it) => it.start..range.end,
        None if inserted || ends && !opens => range.clone(),
        None => end..range.end,
    };
    // What a semicolon parts off is said by nobody named.
    let mark = |i: &usize| scan.letters(*i) == ";" && cx.quotes.around(*i).is_none();
    let from =
        (content.start..at.max(content.start)).rev().find(mark).map_or(content.start, |i| i + 1);
    let to = (end.max(content.start)..content.end).find(mark).unwrap_or(content.end);
    let content = trim(scan, from..if ends && !opens { at } else { to });
    if content.len() < TOKENS_MIN {
        return Vec::new();
    }
    let made = |speaker| Statement {
        speaker,
        source: who.clone(),
        stance: row.meaning.stance,
        content: content.clone(),
        cue: hit.range.clone(),
        rule: row.id.clone(),
    };
    speakers.into_iter().map(made).collect()
}

/// Whom a phrase or a possessive names: "Orison's", "its", "the complaint".
fn holders(cx: &Context<'_>, who: &Range<usize>) -> Vec<Speaker> {
    let scan = cx.scan;
    let first = who.start;
    if who.len() == 1 && scan.is(first, scan.classes().possessive) {
        if matches!(scan.letters(first).to_lowercase().as_str(), "his" | "her") {
            let person = cx.coref.nearest(scan, Wanted::Person, first);
            return person.map(Speaker::Named).into_iter().collect();
        }
        if let Some(text) = subject_text(scan, first) {
            return vec![Speaker::Document(scan.span(text), None)];
        }
        let house = cx.coref.nearest(scan, Wanted::House, first);
        return house.map(|name| voice::named(scan, name)).into_iter().collect();
    }
    let owned = who.clone().find(|i| scan.says(*i, "'s")).unwrap_or(who.end);
    voice::of(scan, cx.coref, &NounPhrase { tokens: first..owned, beside: None })
}

/// "Expect the lender to appeal."
fn expected(cx: &Context<'_>, sentence: &Sentence) -> Option<Statement> {
    let scan = cx.scan;
    let c = scan.classes();
    let range = sentence.tokens.clone();
    let next = range.start + 1;
    let opens = scan.says(range.start, "expect")
        && (scan.is(next, c.det)
            || scan.is(next, c.pronoun)
            || scan.mention_over(next).is_some()
            || scan.at(next).shape == Shape::Lower && !scan.is(next, c.prep));
    let end = (next..range.end).find(|i| scan.letters(*i) == ";").unwrap_or(range.end);
    opens.then(|| Statement {
        speaker: Speaker::Here,
        source: None,
        stance: Stance::Predicts,
        content: trim(scan, range.start..end),
        cue: range.start..next,
        rule: RuleId::new("construction", "own-forecast"),
    })
}

/// A forecast in the outlet's own voice.
pub(super) fn forecast(cx: &Context<'_>, sentence: &Sentence) -> Option<Statement> {
    let scan = cx.scan;
    let c = scan.classes();
    let range = sentence.tokens.clone();
    let asks = scan.letters(range.end.saturating_sub(1)) == "?"
        || matches!(sentence.section, Section::Questions | Section::Watch | Section::Caveats)
        || scan.is(range.start, c.interrogative);
    if asks || sentence.han {
        return None;
    }
    if let Some(statement) = expected(cx, sentence) {
        return Some(statement);
    }
    let modal = range.clone().find(|i| {
        matches!(scan.letters(*i), "could" | "may" | "might" | "will" | "would")
            && scan.at(*i).shape == Shape::Lower
            && cx.quotes.around(*i).is_none()
    })?;
    // The modal must be the sentence's own first verb or stand beside it ("is no rule but could become
    // one"), not inside a relative clause.
    let beside = scan.is(modal.wrapping_sub(1), c.conj);
    let first = !beside && range.clone().take_while(|i| *i < modal).any(|i| tells(scan, i));
    // "may have": a guess about the past, no forecast.
    let guess =
        matches!(scan.letters(modal), "may" | "might" | "could") && scan.says(modal + 1, "have");
    let dated = range.clone().any(|i| scan.is(i, c.month) && scan.at(i).is_capital());
    // "could not be verified": what was not possible is no forecast.
    let unable = scan.says(modal, "could")
        && matches!(scan.letters(modal + 1), "not" | "hardly" | "scarcely" | "barely");
    (!guess && !unable && !dated && !first).then(|| Statement {
        speaker: Speaker::Here,
        source: None,
        stance: Stance::Predicts,
        content: trim(scan, range.clone()),
        cue: modal..modal + 1,
        rule: RuleId::new("construction", "own-forecast"),
    })
}

/// Whether a word before a modal is a verb of its own, not "the support of", "moving teams", "tools
/// like these".
fn tells(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    is_finite_verb(scan, index)
        && !scan.letters(index).ends_with("ing")
        && !scan.is(index, c.prep)
        && !scan.says(index + 1, "of")
}
