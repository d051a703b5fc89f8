//! Dates that stand beside no happening of the matter: of a thing, of a comparison, of the article itself, of what the
//! writer went through, or counted from a day nobody gives.

use std::ops::Range;

use super::attribution::Context;
use super::events::Dated;
use super::finite::is_finite_verb;
use super::labels::behind_han_dateline;
use super::scan::{Scan, Sentence};
use crate::model::article::{BlockKind, Section};
use crate::model::date::{Anchor, Basis, DateExpr, EventRole};
use crate::model::edtf::{Edtf, Precision};
use crate::model::text::Span;
use crate::rules::Shape;

/// Tokens in which a note on the article itself has its colon.
const NOTICE_REACH: usize = 10;
/// Tokens between a verb of a state and the date until which it holds.
const LASTING_REACH: usize = 5;

/// Whether a date in a sentence tells of a happening at all.
pub(super) fn is_told(scan: &Scan<'_>, sentence: &Sentence, one: &Dated<'_>) -> bool {
    let skipped = matches!(sentence.section, Section::Advice | Section::Sources)
        || matches!(scan.kind_of(sentence), BlockKind::Title | BlockKind::Heading);
    // "It is unclear whether the court will rule this year" tells nothing of the year.
    let before = (sentence.tokens.start..one.tokens.start).rev();
    let bound = |i: &usize| !scan.is_comma(*i) && !scan.is_quote(*i) && scan.letters(*i) != ";";
    let first = sentence.tokens.start;
    let asked = scan.says(first, "whether")
        || scan.is_quote(first) && scan.says(first + 1, "whether")
        || before.take_while(bound).any(|i| scan.says(i, "whether"));
    // "Was the memo of May 5 sent?", "How the office counts the files of March": asked, not told.
    let last = sentence.tokens.end.saturating_sub(1);
    let how = scan.says_any(first..first + 1, &["how", "why"]);
    let asked = asked || how || scan.says(last, "?");
    !skipped
        && !asked
        && !is_dateline(scan, sentence, one.date)
        && !is_notice(scan, sentence)
        && !is_of_itself(scan, sentence)
        && !is_attribute(scan, &one.tokens, one.value)
        && !compares(scan, sentence, &one.tokens)
        && !lasts(scan, one)
        && !is_adrift(scan, one)
}

/// "Two months after it was filed", where the text does not give the day of the filing: nobody knows when.
fn is_adrift(scan: &Scan<'_>, one: &Dated<'_>) -> bool {
    let goes_by = |at: usize| matches!(scan.letters(at), "after" | "before");
    // "The day before yesterday" is counted from today.
    let own = |at: usize| matches!(scan.letters(at + 1), "yesterday" | "tomorrow");
    let counted = one.tokens.clone().skip(1).any(|at| goes_by(at) && !own(at));
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

/// "This story was first published by Farwire on June 23": of the article, not of the matter.
fn is_of_itself(scan: &Scan<'_>, sentence: &Sentence) -> bool {
    let first = sentence.tokens.start;
    let itself = scan.is(first + 1, scan.classes().piece);
    let dated = |at: usize| scan.is(at, scan.classes().dating) || scan.says(at, "reprinted");
    scan.says(first, "this") && itself && sentence.tokens.clone().any(dated)
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

/// "The line was dead when I called", "she showed me a letter": what the writer went through.
pub(super) fn is_of_writer(cx: &Context<'_>, clause: &Range<usize>, contents: &[Span]) -> bool {
    let scan = cx.scan;
    let said = |at: usize| {
        cx.quotes.around(at).is_some() || contents.iter().any(|c| c.holds(scan.span(at..at + 1)))
    };
    // "told me" is a saying, "World War I" a name.
    let apart = |at: usize| {
        let before = at.checked_sub(1);
        before.is_some_and(|i| scan.says(i, "told") || scan.at(i).is_capital())
    };
    let writer = |at: usize| matches!(scan.letters(at), "I" | "me") && !apart(at) && !said(at);
    clause.clone().any(writer)
}
