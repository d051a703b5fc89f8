//! Who did not answer, and who refused to.
//!
//! In: a sentence with its ways of not answering. Out: a statement for each party that is silent, with
//! the clause that says so.

use std::ops::Range;

use super::attribution::{Context, Statement, main_subject};
use super::bounds::clause_of;
use super::coref::Wanted;
use super::noun::{self, NounPhrase};
use super::reporting::is_passive;
use super::scan::{Scan, Sentence};
use super::{han_source, voice};
use crate::model::claim::Speaker;
use crate::model::entity::{EntityKind, Mention, NameIx};
use crate::rules::Shape;

/// Who did not answer, with the clause that says so.
pub(super) fn silences(cx: &Context<'_>, sentence: &Sentence) -> Vec<Statement> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.silences;
    let mut found: Vec<Statement> = Vec::new();
    for (row, hit) in table.all(&scan.tokens, &scan.rules.vocabulary, sentence.tokens.clone()) {
        if cx.quotes.around(hit.range.start).is_some() {
            continue;
        }
        // "Those still hung up on the price": a participle answers nobody.
        if !sentence.han && is_passive(scan, hit.range.start, sentence.tokens.start) {
            continue;
        }
        let clause = clause_of(scan, sentence, &hit.range);
        let (speakers, source) = if sentence.han {
            (han_speakers(cx, sentence, &hit.range), None)
        } else {
            silent_speakers(cx, sentence, &hit.range)
        };
        // "Orison, which bought it in May, referred questions to Kestrane": what says it is the verb.
        let aside = |source: &Range<usize>| {
            !sentence.han
                && scan.is_comma(hit.range.start.wrapping_sub(1))
                && scan.is_comma(source.end)
                && scan.is(source.end + 1, scan.classes().relative)
        };
        let clause = match &source {
            Some(source) if aside(source) => hit.range.start.max(clause.start)..clause.end,
            _ => clause,
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
    let floor = sentence.tokens.start;
    let (first, second) = (scan.letters(cue.start), scan.letters(cue.start + 1));
    // "Nothing so far from Orison": who is silent stands behind the words.
    if scan.says(cue.end.wrapping_sub(1), "from") {
        let phrase = noun::behind(scan, cue.end, sentence.tokens.end);
        return phrase.map_or((Vec::new(), None), |phrase| read(cx, &phrase, cue));
    }
    if matches!(first.to_lowercase().as_str(), "neither" | "none") && !second.starts_with("confirm")
    {
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
    // "As this page closed: silence."
    if first == ":" {
        return (earlier(cx, cue.start), None);
    }
    if is_nobody(scan, cue.start) {
        return (members(cx, cue), Some(cue.clone()));
    }
    if let Some(asked) = asked_in(cx, floor..cue.start) {
        return (vec![asked], Some(cue.clone()));
    }
    // "She was abroad and could not be reached": both verbs have one subject.
    let shared = scan.is(cue.start.wrapping_sub(1), scan.classes().conj);
    let phrase = noun::before(scan, cx.quotes, cue.start, floor).filter(|_| !shared);
    let phrase = phrase.or_else(|| main_subject(cx, &(floor..sentence.tokens.end), cue.start));
    phrase.map_or((Vec::new(), None), |phrase| read(cx, &phrase, cue))
}

/// Who is silent where a phrase is what does not answer.
fn read(
    cx: &Context<'_>,
    phrase: &NounPhrase,
    cue: &Range<usize>,
) -> (Vec<Speaker>, Option<Range<usize>>) {
    let scan = cx.scan;
    let c = scan.classes();
    let tokens = phrase.tokens.clone();
    let words = scan.words(tokens.clone()).to_lowercase();
    let source = Some(tokens.clone());
    let pair = words.starts_with("neither") || words.starts_with("either");
    if pair || words == "both" || words == "both sides" || words == "both companies" {
        return (both_sides(cx, cue.start), source);
    }
    if is_nobody(scan, tokens.start) {
        return (members(cx, &tokens), source);
    }
    // "Questions sent to Orison went unanswered": the one asked, never the question.
    let head = tokens.clone().take_while(|i| !scan.is(*i, c.prep)).find(|i| scan.is(*i, c.inquiry));
    if let Some(head) = head {
        // "Thousands of calls had gone unanswered": so many were not put by the article.
        if tokens.clone().any(|i| scan.at(i).shape == Shape::Number) {
            return (Vec::new(), source);
        }
        let asked = |i: &usize| matches!(scan.letters(*i), "to" | "with");
        let to = (head..cue.start).find(asked).map(|i| i + 1);
        let named = to.map(|to| NounPhrase { tokens: to..tokens.end, beside: None });
        let spoken = named.map(|named| voice::of(scan, cx.coref, &named)).unwrap_or_default();
        let asked = if spoken.is_empty() { earlier(cx, tokens.start) } else { spoken };
        return (asked, source);
    }
    if let Some(owner) = behind_desk(cx, &tokens) {
        return (vec![owner], source);
    }
    let ware =
        |i: &usize| scan.is(*i, c.product_noun) || scan.mention_over(*i).is_some_and(is_ware(scan));
    let last = tokens.clone().take_while(|i| !scan.is(*i, c.prep)).last();
    if last.as_ref().is_some_and(ware) {
        return (Vec::new(), source);
    }
    let speakers = voice::of(scan, cx.coref, phrase);
    let silent = |s: &Speaker| !matches!(s, Speaker::Document(..) | Speaker::Here);
    (speakers.into_iter().filter(silent).collect(), source)
}

/// "Questions sent to Orison" right before the words: Orison.
fn asked_in(cx: &Context<'_>, before: Range<usize>) -> Option<Speaker> {
    let scan = cx.scan;
    let c = scan.classes();
    let mention = scan.mention_over(before.end.checked_sub(1)?)?;
    let tokens = scan.tokens_of(mention);
    let to =
        tokens.start.checked_sub(1).filter(|i| scan.says(*i, "to") || scan.says(*i, "with"))?;
    let near = (before.start..to).rev().take_while(|i| !scan.is_comma(*i) && !scan.is(*i, c.aux));
    let put = near.into_iter().any(|i| scan.is(i, c.inquiry));
    (put && scan.kind(mention.name).can_act()).then(|| voice::named(scan, mention.name))
}

/// A product refuses nothing: "the chatbot would not discuss the massacre".
fn is_ware<'a>(scan: &'a Scan<'_>) -> impl Fn(&Mention) -> bool + 'a {
    |mention| scan.kind(mention.name) == EntityKind::Product
}

/// "nobody", "no one".
fn is_nobody(scan: &Scan<'_>, at: usize) -> bool {
    scan.says(at, "nobody") || scan.says(at, "no") && scan.says(at + 1, "one")
}

/// "Nobody at Orison", "no one there": the house they belong to.
fn members(cx: &Context<'_>, tokens: &Range<usize>) -> Vec<Speaker> {
    let scan = cx.scan;
    let named = scan.mentions_in(scan.span(tokens.clone()));
    let house = named.iter().find(|m| scan.kind(m.name) != EntityKind::Product).map(|m| m.name);
    let house = house.or_else(|| cx.coref.nearest(scan, Wanted::House, tokens.start));
    house.map(|name| voice::named(scan, name)).into_iter().collect()
}

/// Who was asked where the question does not say it: the house last spoken of.
fn earlier(cx: &Context<'_>, at: usize) -> Vec<Speaker> {
    let house = cx.coref.nearest(cx.scan, Wanted::House, at);
    house.map(|name| voice::named(cx.scan, name)).into_iter().collect()
}

/// "Renholt's office", "Ruo's lawyer", "its press office", "a partner there": whoever they answer for.
fn behind_desk(cx: &Context<'_>, tokens: &Range<usize>) -> Option<Speaker> {
    let scan = cx.scan;
    let c = scan.classes();
    let core = tokens.clone().take_while(|i| !scan.is(*i, c.prep) && !scan.is(*i, c.relative));
    let head = core.last()?;
    let word = scan.letters(head).to_lowercase();
    let counsel = tokens.clone().any(|i| scan.is(i, c.counsel));
    let desk =
        matches!(word.as_str(), "office" | "team" | "desk" | "department" | "aides" | "staff");
    let press = tokens.clone().any(|i| {
        matches!(
            scan.letters(i).to_lowercase().as_str(),
            "press" | "media" | "communications" | "pr"
        )
    });
    let there = scan.says(tokens.end.wrapping_sub(1), "there");
    if !(counsel || desk || there) {
        return None;
    }
    let person = |name: &NameIx| scan.kind(*name) == EntityKind::Person;
    let mut named = scan.mentions_in(scan.span(tokens.clone())).iter().map(|m| m.name);
    if let Some(owner) = named.clone().find(person).filter(|_| counsel || desk) {
        return Some(Speaker::Named(owner));
    }
    if named.any(|name| scan.kind(name).can_act()) {
        return None;
    }
    if counsel || desk && !press {
        let theirs = tokens.clone().any(|i| scan.says(i, "his") || scan.says(i, "her"));
        let person = theirs.then(|| cx.coref.nearest(scan, Wanted::Person, tokens.start));
        return person.flatten().map(Speaker::Named);
    }
    let house = cx.coref.nearest(scan, Wanted::House, tokens.start);
    house.map(|name| voice::named(scan, name))
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
