//! Who did not answer, and who refused to.
//!
//! In: a sentence with its ways of not answering. Out: a statement for each party that is silent, with
//! the clause that says so.

use std::ops::Range;

use super::attribution::{Context, Statement};
use super::bounds::clause_of;
use super::coref::Wanted;
use super::noun::{self, NounPhrase};
use super::scan::Sentence;
use super::{han_source, voice};
use crate::model::claim::Speaker;

/// Who did not answer, with the clause that says so.
pub(super) fn silences(cx: &Context<'_>, sentence: &Sentence) -> Vec<Statement> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.silences;
    let mut found: Vec<Statement> = Vec::new();
    for (row, hit) in table.all(&scan.tokens, &scan.rules.vocabulary, sentence.tokens.clone()) {
        if cx.quotes.around(hit.range.start).is_some() {
            continue;
        }
        let clause = clause_of(scan, sentence, &hit.range);
        let (speakers, source) = if sentence.han {
            (han_speakers(cx, sentence, &hit.range), None)
        } else {
            silent_speakers(cx, sentence, &hit.range)
        };
        for speaker in speakers {
            // 某某避而不谈，电话也打不通: one silence.
            let same = |s: &&mut Statement| s.speaker == speaker && s.stance == row.meaning;
            if let Some(known) = found.iter_mut().find(same).filter(|_| sentence.han) {
                known.content.end = known.content.end.max(clause.end);
                continue;
            }
            found.push(Statement {
                speaker,
                source: source.clone(),
                stance: row.meaning,
                content: clause.clone(),
                cue: hit.range.clone(),
                rule: row.id.clone(),
            });
        }
    }
    found
}

/// The speakers, and the words that name them.
fn silent_speakers(
    cx: &Context<'_>,
    sentence: &Sentence,
    cue: &Range<usize>,
) -> (Vec<Speaker>, Option<Range<usize>>) {
    let scan = cx.scan;
    let first = scan.letters(cue.start).to_lowercase();
    if matches!(first.as_str(), "neither" | "none") {
        let phrase = NounPhrase { tokens: cue.start..cue.end, beside: None };
        let named = scan.mentions_in(scan.span(phrase.tokens.clone()));
        let parties: Vec<Speaker> = named
            .iter()
            .filter(|m| scan.kind(m.name).can_act())
            .map(|m| voice::named(scan, m.name))
            .collect();
        let parties = if parties.len() >= 2 { parties } else { both_sides(cx, cue.start) };
        return (parties, Some(cue.clone()));
    }
    match noun::before(scan, cx.quotes, cue.start, sentence.tokens.start) {
        Some(phrase) => {
            let words = scan.words(phrase.tokens.clone()).to_lowercase();
            let source = Some(phrase.tokens.clone());
            if words.starts_with("neither") || words == "both sides" || words == "both companies" {
                return (both_sides(cx, cue.start), source);
            }
            let speakers = voice::of(scan, cx.coref, &phrase);
            let silent = |s: &Speaker| !matches!(s, Speaker::Document(..));
            (speakers.into_iter().filter(silent).collect(), source)
        }
        None => (Vec::new(), None),
    }
}

fn han_speakers(cx: &Context<'_>, sentence: &Sentence, cue: &Range<usize>) -> Vec<Speaker> {
    let scan = cx.scan;
    let from = han_source::clause_start(cx, &sentence.tokens, cue.start).min(cue.start);
    let clause = from..cue.start;
    if let Some((speakers, _)) = han_source::subject(cx, clause.clone()) {
        return speakers;
    }
    if let Some(written) = han_source::written(scan, clause) {
        return vec![written];
    }
    let before = sentence.tokens.start..from;
    if let Some(asked) = asked(cx, before.clone()) {
        return vec![asked];
    }
    if let Some((speakers, _)) = han_source::topic(cx, before) {
        let silent = |s: &Speaker| !matches!(s, Speaker::Document(..) | Speaker::Outlet(_));
        let silent: Vec<Speaker> = speakers.into_iter().filter(silent).collect();
        if !silent.is_empty() {
            return silent;
        }
    }
    let house = cx.coref.nearest(scan, Wanted::House, cue.start);
    house.map(|name| voice::named(scan, name)).into_iter().collect()
}

/// 写给某某的信，至今没有回音: who was asked is silent.
fn asked(cx: &Context<'_>, before: Range<usize>) -> Option<Speaker> {
    let scan = cx.scan;
    let mentions = scan.mentions_in(scan.span(before));
    let to = |at: usize| {
        matches!(scan.letters(at), "向" | "给" | "致" | "电" | "询" | "问" | "系" | "访")
    };
    mentions
        .iter()
        .rev()
        .filter(|m| scan.kind(m.name).can_act() && !scan.reports(m.name))
        .find(|m| to(scan.tokens_of(m).start.wrapping_sub(1)))
        .map(|m| voice::named(scan, m.name))
}

/// "Neither side".
fn both_sides(cx: &Context<'_>, at: usize) -> Vec<Speaker> {
    cx.coref.sides(cx.scan, at).into_iter().map(Speaker::Named).collect()
}
