//! Who did not answer, and who refused to.
//!
//! In: a sentence with its ways of not answering. Out: a statement for each party that is silent, with
//! the clause that says so.

use std::ops::Range;

use super::attribution::{Context, Statement};
use super::bounds::{clause_of, han_clause_of};
use super::coref::Wanted;
use super::noun::{self, NounPhrase};
use super::scan::Sentence;
use super::{stance, voice};
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, NameIx};

/// Who did not answer, with the clause that says so.
pub(super) fn silences(cx: &Context<'_>, sentence: &Sentence) -> Vec<Statement> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.silences;
    let mut found = Vec::new();
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
    let clause = han_clause_of(scan, sentence, cue);
    let acting = |range: Range<usize>| -> Vec<NameIx> {
        scan.mentions_in(scan.span(range))
            .iter()
            .filter(|m| {
                let before = scan.tokens_of(m).start.wrapping_sub(1);
                scan.kind(m.name).can_act() && !scan.is(before, scan.classes().han_coverb)
            })
            .map(|m| m.name)
            .collect()
    };
    let here = acting(clause.start..cue.start.max(clause.start));
    let earlier = acting(sentence.tokens.start..clause.start.max(sentence.tokens.start));
    match here.first().or(earlier.first()) {
        None => {
            let house = cx.coref.nearest(scan, Wanted::House, cue.start);
            house.map(|name| voice::named(scan, name)).into_iter().collect()
        }
        Some(name) => {
            // X及其母公司Y, X和Y: both are silent.
            let span = scan.span(clause.start..cue.start.max(clause.start));
            let pair = scan.mentions_in(span).windows(2).find(|pair| {
                let [first, second] = pair else { return false };
                let between = scan.tokens_of(first).end..scan.tokens_of(second).start;
                first.name == *name
                    && between.len() <= 6
                    && matches!(scan.letters(between.start), "及" | "和" | "与" | "、")
                    && scan.kind(second.name).can_act()
            });
            let second = pair.and_then(|pair| pair.get(1)).map(|m| m.name);
            std::iter::once(*name).chain(second).map(|name| voice::named(scan, name)).collect()
        }
    }
}

/// "Neither side": the two organisations the text speaks of most before this point.
fn both_sides(cx: &Context<'_>, at: usize) -> Vec<Speaker> {
    let scan = cx.scan;
    let limit = scan.at(at).start();
    let mut seen: Vec<NameIx> = Vec::new();
    for mention in scan.mentions.iter().rev().filter(|m| m.span.start() < limit) {
        let organisation = scan.kind(mention.name) == EntityKind::Organization
            && matches!(voice::named(scan, mention.name), Speaker::Named(_))
            && !stance::is_platform(scan, mention.name);
        if organisation && !seen.contains(&mention.name) {
            seen.push(mention.name);
        }
        if seen.len() == 2 {
            break;
        }
    }
    seen.into_iter().rev().map(Speaker::Named).collect()
}
