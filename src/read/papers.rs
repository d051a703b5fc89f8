//! Documents that speak: which text "it" stands for, who sent a letter, whose an internal memo is.
//!
//! In: the names of a text and where a document stands. Out: a house or nothing. What holds: a document is
//! given to nobody for being named beside it, as the maker of a product or as the outlet that saw it.

use std::ops::Range;

use super::finite::is_finite_verb;
use super::quotes::Quotes;
use super::scan::{Scan, Sentence};
use super::stance::is_platform;
use super::voice::named;
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, Mention, NameIx};

/// Sentences to look back for the house that last acted.
const BACK_SENTENCES: usize = 4;

/// Who sent what "was sent by Orison Labs on Friday"; not to whom, and not against whom.
pub(super) fn sender(scan: &Scan<'_>, tokens: Range<usize>) -> Option<NameIx> {
    let by = tokens.clone().find(|i| scan.says(*i, "by") || scan.says(*i, "from"))?;
    let from = by + 1 + usize::from(scan.is(by + 1, scan.classes().article));
    let mention = scan.mention_over(from).filter(|_| from < tokens.end)?;
    let house =
        matches!(scan.kind(mention.name), EntityKind::Organization | EntityKind::Government);
    house.then_some(mention.name)
}

/// Whose a document is that calls itself internal: the house that acts in its sentence, else the one that last
/// did. In "Veltrane Systems will ban Wrenlight over the habits of Orison Labs. A staff memo says …" it is the first.
pub(super) fn keeper(scan: &Scan<'_>, first: usize) -> Option<NameIx> {
    let byte = scan.at(first).start();
    let here = scan.sentences.partition_point(|s| s.span.start() <= byte).checked_sub(1)?;
    let quotes = Quotes::of(scan);
    let acting = |sentence: &Sentence| {
        let mut mentions = scan.mentions_in(sentence.span).iter();
        mentions.find(|mention| acts(scan, &quotes, mention)).map(|mention| mention.name)
    };
    let back = (0..=BACK_SENTENCES).map_while(|back| scan.sentences.get(here.checked_sub(back)?));
    back.filter_map(acting).next()
}

/// Whether a house is what its own verb follows, in the text's own voice.
fn acts(scan: &Scan<'_>, quotes: &Quotes, mention: &Mention) -> bool {
    let c = scan.classes();
    let house = scan.kind(mention.name) == EntityKind::Organization
        && matches!(named(scan, mention.name), Speaker::Named(_))
        && !is_platform(scan, mention.name);
    let tokens = scan.tokens_of(mention);
    let verb = (tokens.end..).find(|at| !scan.is(*at, c.adverb)).unwrap_or(tokens.end);
    let governed = scan.is(tokens.start.wrapping_sub(1), c.prep);
    let quoted = quotes.around(tokens.start).is_some();
    house && !governed && !quoted && is_finite_verb(scan, verb)
}

/// "The filing goes back to 2021, when, it says, …", "The memo lists faults. Of these, it says, …": the
/// text that "it" stands for is the subject of this sentence or, behind a comma or first of all, of the one before.
pub(super) fn subject_text(scan: &Scan<'_>, it: usize) -> Option<Range<usize>> {
    let byte = scan.at(it).start();
    let here = scan.sentences.partition_point(|s| s.span.start() <= byte).checked_sub(1)?;
    let sentence = scan.sentences.get(here)?;
    let opening = sentence.tokens.start == it;
    let before = || {
        let nobody = scan.mentions_in(scan.span(sentence.tokens.start..it)).is_empty();
        let set_off = opening || nobody && scan.is_comma(it.wrapping_sub(1));
        let subject =
            here.checked_sub(1).filter(|_| set_off).and_then(|i| scan.sentences.get(i))?;
        text_of(scan, subject).filter(|_| subject.block == sentence.block)
    };
    let own = || text_of(scan, sentence).filter(|text| text.end < it);
    if opening { before() } else { own().or_else(before) }
}

/// The text that is the subject of a sentence.
fn text_of(scan: &Scan<'_>, sentence: &Sentence) -> Option<Range<usize>> {
    let c = scan.classes();
    let from = sentence.tokens.start;
    let noun = (from + 1..from + 4).find(|i| scan.is(*i, c.document))?;
    let house = scan.is(noun, c.authority) || scan.is(noun, c.company);
    let stands = (scan.is(from, c.article) || scan.is(from, c.possessive))
        && !house
        && (from..noun).all(|i| scan.mention_over(i).is_none() && !scan.is(i, c.prep))
        && (scan.is(noun + 1, c.verb) || scan.is(noun + 1, c.aux) || scan.is(noun + 1, c.adverb));
    stands.then_some(from..noun + 1)
}
