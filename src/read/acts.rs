//! Who did what to whom: predicates with actor and target.
//!
//! In: the predicate rows and the names. Out: acts in order. The actor is the subject before the
//! verb (or the owner before a noun), the target the next name behind it; "by" turns them round.

use std::ops::Range;

use super::attribution::Context;
use super::bounds::clause_of;
use super::labels::behind_dateline;
use super::noun;
use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::article::Section;
use crate::model::claim::{Act, Speaker};
use crate::model::entity::{EntityKind, Mention, NameIx};
use crate::rules::{Match, PredicateRule, Ruled, Shape};

/// Tokens between a noun and what it is about: "the ban on the model Wrenlight".
const OBJECT_REACH: usize = 4;

/// Tokens of a sum of money: "3.4 million marks".
const SUM_TOKENS: usize = 4;

/// Finds all acts of an article.
pub(super) fn find(cx: &Context<'_>) -> Vec<Act> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.predicates;
    let mut acts = Vec::new();
    for sentence in &scan.sentences {
        if matches!(sentence.section, Section::Advice | Section::Sources) {
            continue;
        }
        for (row, hit) in table.all(&scan.tokens, &scan.rules.vocabulary, sentence.tokens.clone()) {
            acts.push(act(cx, sentence, row, &hit));
        }
    }
    acts
}

fn act(cx: &Context<'_>, sentence: &Sentence, row: &Ruled<PredicateRule>, hit: &Match) -> Act {
    let scan = cx.scan;
    let clause = clause_of(scan, sentence, &hit.range);
    let passive = !sentence.han
        && (is_passive(scan, hit.range.start, clause.start) || is_suffered(scan, row, hit));
    let by = (hit.range.start..clause.end)
        .find(|i| scan.says(*i, "by"))
        .and_then(|by| party_after(scan, by, clause.end));
    let before = subject(cx, sentence, row, hit, &clause);
    // "sued Orison Labs eight months after Veltrane did": what came before it is another matter.
    let apart = |i: &usize| matches!(scan.letters(*i), "after" | "since" | "amid");
    let reach = (hit.range.end..clause.end).find(apart).unwrap_or(clause.end);
    let after = party_after(scan, hit.range.start, reach)
        .or_else(|| sentence.han.then(|| han_object(scan, clause.start, hit.range.start)).flatten())
        .filter(|name| Some(*name) != before);
    let (actor, target) = match () {
        () if is_nominal(scan, row, hit, clause.start) => {
            (by.or_else(|| owner(scan, hit.range.start)), object_of_noun(scan, hit, clause.end))
        }
        () if passive || row.meaning.noun && by.is_some() => (by, before.or(after)),
        () => (before, after),
    };
    let negated = clause
        .clone()
        .take_while(|i| *i < hit.range.end)
        .any(|i| scan.is(i, scan.classes().not) && i + 4 >= hit.range.start);
    let planned = (clause.start..hit.range.end).any(|i| {
        scan.is(i, scan.classes().modal)
            || matches!(scan.letters(i), "plans" | "plan" | "planned" | "将")
    });
    Act {
        predicate: row.meaning.id.clone(),
        actor,
        target,
        negated,
        planned,
        span: scan.span(clause),
        cue: scan.span(hit.range.clone()),
        rule: row.id.clone(),
    }
}

/// The party before the predicate: its subject, else the last one named in the clause.
fn subject(
    cx: &Context<'_>,
    sentence: &Sentence,
    row: &Ruled<PredicateRule>,
    hit: &Match,
    clause: &Range<usize>,
) -> Option<NameIx> {
    let scan = cx.scan;
    if !sentence.han
        && !row.meaning.noun
        && let Some(phrase) = noun::before(scan, cx.quotes, hit.range.start, sentence.tokens.start)
    {
        let speaker = voice::of(scan, cx.coref, &phrase).into_iter().next();
        match speaker {
            Some(Speaker::Named(name) | Speaker::Outlet(name)) => return Some(name),
            Some(Speaker::Document(_, Some(house)) | Speaker::Anonymous(_, Some(house))) => {
                return Some(house);
            }
            _ => {}
        }
    }
    if sentence.han
        && let Some(name) = han_subject(scan, sentence, clause.start, hit.range.start)
    {
        return Some(name);
    }
    let behind = behind_dateline(scan, &sentence.tokens).start;
    let (from, to) = match () {
        () if sentence.han => (sentence.tokens.start, hit.range.end),
        // "Its suit" and "the court ruled" hold who acts; a verb has its subject before it.
        () if row.meaning.noun || !scan.is(hit.range.start, scan.classes().verb) => {
            (clause.start.max(behind), hit.range.end)
        }
        () => (clause.start.max(behind), hit.range.start),
    };
    let span = scan.span(from..to.max(from));
    let governed = |mention: &Mention| {
        let at = scan.tokens_of(mention).start;
        let before = (from..at).rev().find(|i| !scan.is(*i, scan.classes().det));
        let governs =
            |i| matches!(scan.letters(i), "of" | "at" | "in" | "on" | "over" | "with" | "against");
        !sentence.han && !row.meaning.noun && before.is_some_and(governs)
    };
    let mentions: Vec<&Mention> = scan.mentions_in(span).iter().filter(|m| !governed(m)).collect();
    let acting = |name: NameIx| scan.kind(name).can_act();
    let found = if sentence.han {
        mentions.iter().find(|m| acting(m.name)).map(|m| m.name)
    } else {
        mentions.iter().rev().find(|m| acting(m.name)).map(|m| m.name)
    };
    found.or_else(|| {
        mentions
            .iter()
            .rev()
            .filter(|m| scan.kind(m.name) == EntityKind::Product)
            .find_map(|m| voice::maker(scan, m.name))
    })
}

/// 向……提交, 对……处以: the party a preposition brings before the verb; 向加拿大一家法院起诉 names a place.
fn han_object(scan: &Scan<'_>, clause: usize, verb: usize) -> Option<NameIx> {
    let mentions = scan.mentions_in(scan.span(clause..verb.max(clause)));
    let governed = mentions.iter().find(|mention| {
        let before = scan.tokens_of(mention).start.checked_sub(1);
        before.is_some_and(|i| matches!(scan.letters(i), "向" | "对" | "给" | "与" | "把" | "将"))
    });
    governed.map(|mention| mention.name).filter(|name| is_party(scan, *name))
}

/// The first party of a Chinese clause that no preposition governs, else of the sentence behind its
/// dateline (……消息，).
fn han_subject(scan: &Scan<'_>, sentence: &Sentence, clause: usize, verb: usize) -> Option<NameIx> {
    let c = scan.classes();
    let first = |from: usize| {
        let mentions = scan.mentions_in(scan.span(from..verb.max(from)));
        let free = mentions.iter().find(|mention| {
            let before = scan.tokens_of(mention).start.checked_sub(1);
            scan.kind(mention.name).can_act() && !before.is_some_and(|i| scan.is(i, c.han_coverb))
        });
        free.map(|mention| mention.name)
    };
    let comma = (sentence.tokens.start..clause).find(|i| scan.is_comma(*i));
    let wire = comma.filter(|comma| {
        comma.checked_sub(1).is_some_and(|i| matches!(scan.letters(i), "息" | "讯" | "电"))
    });
    first(clause).or_else(|| first(wire.map_or(sentence.tokens.start, |comma| comma + 1)))
}

/// The first party or product named behind a token; "in Harnvik County Court" says where.
fn party_after(scan: &Scan<'_>, from: usize, end: usize) -> Option<NameIx> {
    let span = scan.span(from..end);
    let where_to = |mention: &&Mention| {
        let at = scan.tokens_of(mention).start;
        let before = (from..at).rev().find(|i| !scan.is(*i, scan.classes().det));
        let leads = before.is_some_and(|i| matches!(scan.letters(i), "in" | "at" | "before"));
        leads && scan.kind(mention.name) == EntityKind::Government
    };
    let mut parties = scan.mentions_in(span).iter().filter(|m| is_party(scan, m.name));
    parties.find(|mention| !where_to(mention)).map(|mention| mention.name)
}

/// Whether something can be done to a name.
fn is_party(scan: &Scan<'_>, name: NameIx) -> bool {
    let kind = scan.kind(name);
    !matches!(kind, EntityKind::Place | EntityKind::Legal)
}

/// Whether a verb's form is a noun here: "the ban", "with a fine", "Taiwan's ban".
fn is_nominal(scan: &Scan<'_>, row: &Ruled<PredicateRule>, hit: &Match, floor: usize) -> bool {
    let (c, first) = (scan.classes(), hit.range.start);
    let Some(before) = first.checked_sub(1).filter(|at| *at >= floor) else { return false };
    // "Accused of copying" is a deed told, and so is one "that banned" it.
    let told = ["ing", "ed"].iter().any(|ending| scan.letters(first).ends_with(ending));
    let governs = matches!(
        scan.letters(before),
        "of" | "with" | "under" | "after" | "despite" | "over" | "on" | "against" | "about" | "for"
    );
    let opens = governs || scan.is(before, c.article);
    let noun = opens || owner(scan, first).is_some();
    noun && !told && hit.range.len() == 1 && !row.meaning.noun
}

/// Whose it is: the name right before, with its 's.
fn owner(scan: &Scan<'_>, at: usize) -> Option<NameIx> {
    let sign = at.checked_sub(1).filter(|at| matches!(scan.letters(*at), "'s" | "’s"))?;
    scan.mention_over(sign.checked_sub(1)?).map(|mention| mention.name)
}

/// What a noun is about: "the ban on Wrenlight", "a fine for Orison Labs".
fn object_of_noun(scan: &Scan<'_>, hit: &Match, end: usize) -> Option<NameIx> {
    let governs = |at: usize| matches!(scan.letters(at), "on" | "of" | "against" | "for" | "into");
    let ends = hit.range.end.saturating_sub(1);
    let at = if governs(ends) { ends } else { hit.range.end };
    let name = (at + 1..(at + 1 + OBJECT_REACH).min(end)).find_map(|i| scan.mention_over(i))?;
    Some(name.name).filter(|name| governs(at) && is_party(scan, *name))
}

/// Whether a participle tells what was suffered: "Orison Labs fined €3 million", and in a headline, whose acts
/// stand in the present, "Orison Labs sued over books".
fn is_suffered(scan: &Scan<'_>, row: &Ruled<PredicateRule>, hit: &Match) -> bool {
    let (c, next) = (scan.classes(), hit.range.end);
    let participle = scan.letters(hit.range.start).ends_with("ed") && hit.range.len() == 1;
    let number = |at: &usize| scan.at(*at).shape == Shape::Number || scan.is(*at, c.scale);
    let behind = (next..next + SUM_TOKENS).find(|at| !number(at)).unwrap_or(next);
    let sum = matches!(scan.letters(next), "$" | "€" | "£" | "¥")
        || behind > next && scan.is(behind, c.measure);
    let headline = || scan.is(next, c.prep) && !(0..next).any(|at| scan.is_break(at));
    participle && (row.meaning.official && sum || headline())
}

fn is_passive(scan: &Scan<'_>, at: usize, floor: usize) -> bool {
    (floor..at)
        .rev()
        .take(3)
        .any(|i| matches!(scan.letters(i), "was" | "were" | "is" | "are" | "been" | "being"))
}
