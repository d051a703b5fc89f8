//! Courts and judges: they find and decide, they do not accuse.

use super::attribution::Context;
use super::scan::Scan;
use crate::model::claim::{Speaker, Stance};
use crate::model::text::Span;
use crate::rules::{Cue, NounMeaning};

/// Whether a speaker is a court, a judge, or a text by which they decide.
pub(super) fn judges(cx: &Context<'_>, speaker: Speaker) -> bool {
    match speaker {
        Speaker::Named(name) => cx.coref.is_court(name),
        Speaker::Document(span, _) | Speaker::Anonymous(span, _) => {
            let c = cx.scan.classes();
            is_court(cx.scan, span)
                || cx.scan.tokens.inside(span).any(|i| cx.scan.is(i, c.ruling_word))
        }
        Speaker::Outlet(_) | Speaker::Here => false,
    }
}

/// Whether words name a court or a judge.
pub(super) fn is_court(scan: &Scan<'_>, span: Span) -> bool {
    let tokens = scan.tokens.inside(span);
    let nouns = &scan.rules.lexicon.nouns;
    tokens.clone().any(|i| scan.is(i, scan.classes().court_word))
        || nouns
            .all(&scan.tokens, &scan.rules.vocabulary, tokens)
            .iter()
            .any(|(row, _)| matches!(row.meaning, NounMeaning::Court | NounMeaning::Judge))
}

/// The attitude of a reporting word in the mouth of these speakers.
pub(super) fn stance(cx: &Context<'_>, cue: &Cue, speakers: &[Speaker]) -> Stance {
    let court = cue.court.filter(|_| speakers.iter().any(|speaker| judges(cx, *speaker)));
    court.unwrap_or(cue.stance)
}
