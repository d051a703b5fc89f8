//! Nouns that carry a dated happening: "its model, released on January 20", "the chatbot, which was
//! launched in May".

use std::ops::Range;

use super::attribution::trim;
use super::clause::{PARTICIPLE_REACH, is_verb, speaks};
use super::finite::is_finite_verb;
use super::scan::Scan;
use crate::model::entity::EntityKind;
use crate::rules::Shape;

/// Most tokens between a relative word and the date of its clause.
const RELATIVE_REACH: usize = 12;

/// "the lab's first model, released on May 20": a noun with its dated participle.
pub(super) fn participle(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    date: &Range<usize>,
) -> Option<Range<usize>> {
    let c = scan.classes();
    let reach = date.start.saturating_sub(PARTICIPLE_REACH).max(sentence.start + 1);
    let at = (reach..date.start).rev().take_while(|i| !scan.is_comma(*i)).find(|i| {
        let letters = scan.letters(*i);
        letters.ends_with("ed") && scan.is(*i, c.verb) || scan.is(*i, c.sent)
    })?;
    let between = at + 1..date.start;
    if between.clone().any(|i| is_finite_verb(scan, i) || scan.at(i).is_capital()) {
        return None;
    }
    let comma = scan.is_comma(at - 1);
    let mut noun = if comma { at.checked_sub(2)? } else { at - 1 };
    // "an office there, recognised in May"
    if comma && scan.is(noun, c.adverb) && noun > sentence.start {
        noun -= 1;
    }
    let is_noun = noun >= sentence.start
        && scan.at(noun).is_wordlike()
        && ![c.aux, c.modal, c.adverb, c.pronoun, c.relative, c.conj, c.sub, c.prep, c.verb]
            .iter()
            .any(|class| scan.is(noun, *class));
    // "The board, known as the Office, announced": the second comma closes what the first opened.
    let opened = (sentence.start..noun).find(|i| scan.is_comma(*i));
    let closes = opened.is_some_and(|opened| !(sentence.start..opened).any(|i| is_verb(scan, i)));
    if comma && closes {
        return None;
    }
    // A name before the verb is its subject: "Orison sued on Wednesday".
    let lower = scan.at(noun).shape == Shape::Lower || scan.at(noun).number.is_some();
    if !is_noun || !comma && !lower {
        return None;
    }
    let ends =
        date.end >= sentence.end || !scan.at(date.end).is_wordlike() || scan.is(date.end, c.prep);
    // The sentence has a verb of its own beside the participle.
    let main = (date.end..sentence.end)
        .chain(sentence.start..noun)
        .any(|i| i != at && is_finite_verb(scan, i));
    if !ends || !main || comma && !scan.is_comma(date.end) && date.end < sentence.end {
        return None;
    }
    let mut from = noun;
    // "a lawsuit in Harnvik, filed on …": the place belongs to the noun before it.
    if comma && let Some(mention) = scan.mention_over(noun) {
        let place = scan.tokens_of(mention);
        let lawsuit = place.start.checked_sub(2).filter(|i| {
            *i > sentence.start && scan.is(i + 1, c.prep) && scan.at(*i).shape == Shape::Lower
        });
        if scan.kind(mention.name) == EntityKind::Place {
            from = lawsuit.unwrap_or(noun);
        }
    }
    from = noun_start(scan, sentence.start, from);
    // "…, the carrier announced today": the verb of whoever said it.
    if from > sentence.start && scan.is_comma(from - 1) && speaks(scan, sentence, at) && !comma {
        return None;
    }
    // "In a statement posted on Monday, the start-up warned": a circumstance of what follows.
    let circumstance = from == sentence.start + 1 && scan.is(sentence.start, c.prep);
    if circumstance && scan.is_comma(date.end) {
        return None;
    }
    // A text that opens the sentence goes on to speak: "The memo, sent on Monday, says …".
    let speaks = scan.letters(at) != "dated" && is_document(scan, noun);
    if speaks && from <= sentence.start + 2 {
        return None;
    }
    let range = trim(scan, from..date.end);
    (range.len() > date.len() + 1).then_some(range)
}

/// "the chatbot, which was launched in May": the noun with its dated relative clause.
pub(super) fn relative(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    date: &Range<usize>,
) -> Option<Range<usize>> {
    let from = date.start.saturating_sub(RELATIVE_REACH).max(sentence.start + 2);
    let (at, noun) = (from..date.start).rev().take_while(|i| !scan.is_comma(*i)).find_map(|i| {
        let set_off = matches!(scan.letters(i), "which" | "who") && scan.is_comma(i - 1);
        // "allegations that surfaced on Monday"
        let bound = scan.says(i, "that")
            && scan.at(i - 1).shape == Shape::Lower
            && !is_verb(scan, i - 1)
            && !speaks(scan, sentence, i - 1)
            && is_verb(scan, i + 1)
            && !scan.is(i + 1, scan.classes().aux);
        match () {
            () if set_off => Some((i, i - 2)),
            () if bound => Some((i, i - 1)),
            () => before_date(scan, sentence, i).map(|noun| (i, noun)),
        }
    })?;
    let letters = scan.letters(noun).chars().any(char::is_alphabetic);
    if !letters || !(at..date.start).any(|i| is_verb(scan, i)) {
        return None;
    }
    let named = scan.mention_over(noun).map(|mention| scan.tokens_of(mention).start);
    let start = noun_start(scan, sentence.start, named.unwrap_or(noun).max(sentence.start));
    let end = (date.end..sentence.end).find(|i| scan.is_comma(*i)).unwrap_or(sentence.end);
    Some(trim(scan, start..end))
}

/// "A ruling of March 18 that was published": the noun before the date that stands before "that".
fn before_date(scan: &Scan<'_>, sentence: &Range<usize>, that: usize) -> Option<usize> {
    let c = scan.classes();
    let passive = scan.is(that + 1, c.aux) && scan.letters(that + 2).ends_with("ed");
    let of_date =
        |i: &usize| scan.at(*i).number.is_some() || scan.is(*i, c.month) || scan.is_comma(*i);
    let lead = (sentence.start..that).rev().find(|i| !of_date(i))?;
    (scan.says(that, "that") && passive && lead + 1 < that && scan.is(lead, c.prep))
        .then(|| lead - 1)
        .filter(|noun| *noun > sentence.start && scan.at(*noun).shape == Shape::Lower)
}

/// Where the noun phrase begins that a token belongs to.
fn noun_start(scan: &Scan<'_>, floor: usize, noun: usize) -> usize {
    let c = scan.classes();
    let mut from = noun;
    while from > floor && noun - from < 8 && !scan.is(from, c.article) {
        let before = from - 1;
        let stops = !scan.at(before).is_wordlike()
            && !matches!(scan.letters(before), "'s" | "’s" | "-" | ".")
            || [c.prep, c.conj, c.aux, c.modal, c.relative, c.sub]
                .iter()
                .any(|class| scan.is(before, *class))
            || is_finite_verb(scan, before);
        if stops {
            break;
        }
        from = before;
    }
    from
}

fn is_document(scan: &Scan<'_>, noun: usize) -> bool {
    let document = scan.classes().document;
    let vocabulary = &scan.rules.vocabulary;
    let singular = scan.letters(noun).strip_suffix('s');
    scan.is(noun, document)
        || singular.is_some_and(|word| vocabulary.is(vocabulary.find(word), document))
}
