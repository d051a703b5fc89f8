//! A clause as a line of a timeline: who did what. Its date stands beside it.
//!
//! In: the clause of a dated happening. Out: one line. What holds: the words are the source's own, in
//! their order; where a word refers back ("it", "the company") the name stands in its place; dates,
//! asides and circumstances that open or close the clause fall away where enough is left.

use std::ops::Range;

use super::attribution::{Context, trim};
use super::finite::is_finite_verb;
use super::fronted::{Fronted, fronted};
use super::inserted::inserted;
use super::labels::behind_dateline;
use super::main_verb::{main_verb, second_verb};
use super::noun::{self, NounPhrase};
use super::omitted::{asides, governed, relative_word};
use super::pieced::{WORDS_MIN, kept, plain, tidy, told, without};
use super::present::{is_many, is_many_led, present, presents};
use super::scan::{Scan, Sentence};
use super::voice;
use crate::model::claim::Speaker;
use crate::model::entity::NameIx;
use crate::model::text::Span;

/// Words from which a line is shortened at its joints.
const WORDS_LONG: usize = 14;

/// A clause told in one line.
pub(super) struct Retold {
    pub line: String,
    /// The words the line is made of, with the first date.
    pub words: Span,
    /// Whom a word of the clause refers back to.
    pub subject: Option<NameIx>,
}

/// Tells a clause in one line; `dates` are the expressions of time in it, the one that dates it first.
pub(super) fn line(
    cx: &Context<'_>,
    sentence: &Sentence,
    clause: &Range<usize>,
    dates: &[Range<usize>],
) -> Retold {
    let scan = cx.scan;
    let mut out: Vec<Range<usize>> =
        dates.iter().filter_map(|date| governed(scan, clause, date)).collect();
    let dated = |aside: &Range<usize>| {
        dates.first().is_some_and(|date| aside.start <= date.start && date.end <= aside.end)
    };
    out.extend(between(scan, &out));
    let asides = asides(scan, clause, dates);
    // The aside that holds the first date tells the happening.
    out.extend(asides.into_iter().filter(|aside| !dated(aside)));
    let relative = relative_word(scan, clause).filter(|word| !goes_on(scan, word, dates));
    out.extend(relative.clone());
    if sentence.han {
        let line = told(scan, None, &kept(clause, out), &[], true);
        let line = line.unwrap_or_else(|| plain(scan, clause));
        return Retold { line, words: scan.span(clause.clone()), subject: None };
    }
    if let Some(line) = released(scan, sentence, clause, dates) {
        return Retold { line, words: scan.span(clause.clone()), subject: None };
    }
    if let Some(fronted) = fronted(cx, clause, dates) {
        let line = in_order(cx, &fronted);
        return Retold { line, words: scan.span(clause.clone()), subject: None };
    }
    let sayings = inserted(scan, clause, dates);
    let clause = &behind_dateline(scan, &behind_when(scan, clause, dates));
    let clause = &behind_saying(scan, clause, dates, &sayings);
    out.extend(sayings);
    // "The hearing, which opened": the noun before the relative word is the verb's subject.
    let led = relative.filter(|word| clause.start < word.start && word.end < clause.end);
    let verb = main_verb(scan, clause, dates).or(led.as_ref().map(|word| word.end));
    let second = verb.and_then(|verb| second_verb(scan, verb, clause, dates));
    out.extend(verb.zip(second).map(|(verb, second)| verb..second));
    let subject = verb.and_then(|verb| subject(cx, sentence, clause, verb));
    let mut body = clause.clone();
    if let (Some(subject), Some(verb)) = (&subject, verb) {
        // What opens the clause before its subject is circumstance.
        let from = subject.phrase.tokens.start;
        let opens = clause.contains(&from)
            && clause.end - from >= WORDS_MIN
            && (from == clause.start
                || scan.is_comma(from - 1)
                || scan.is(from - 1, scan.classes().conj));
        if opens {
            body.start = from;
        }
        body.end = closing(scan, verb, body.clone(), dates);
    }
    let mut pieces = kept(&body, out);
    let meant = subject.as_ref().and_then(|subject| subject.meant);
    let many = subject.as_ref().map(|subject| subject.many);
    // "The suit, filed in June,": what stands behind a comma has no subject of its own.
    let own = verb.filter(|verb| *verb > clause.start && !scan.is_comma(verb - 1));
    let before = led.map(|word| word.start).or(own);
    let many = many.or(before.map(|end| is_many(scan, &(clause.start..end))));
    let name = subject.and_then(|subject| {
        let front = subject.phrase.tokens.start <= body.start;
        let name = subject.name.filter(|_| front)?;
        // The words the name stands for.
        let gone = subject.phrase.tokens;
        pieces = pieces.iter().flat_map(|piece| without(piece, &gone)).collect();
        Some(name)
    });
    let verb = second.or(verb);
    let verbs = verb.filter(|verb| body.contains(verb)).zip(many);
    let verbs = verbs.map(|(verb, many)| presents(scan, verb, body.end, many)).unwrap_or_default();
    let date = dates.first().filter(|date| clause.start <= date.start && date.end <= clause.end);
    let from = date.map_or(body.start, |date| lead_of(scan, clause, date).min(body.start));
    let to = date.map_or(body.end, |date| date.end.max(body.end));
    let words = scan.span(trim(scan, from..to));
    let line = told(scan, name, &pieces, &verbs, false);
    Retold { line: line.unwrap_or_else(|| plain(scan, clause)), words, subject: meant }
}

/// "The log that was already public went offline in May": the date is that of a verb behind the relative
/// clause.
fn goes_on(scan: &Scan<'_>, word: &Range<usize>, dates: &[Range<usize>]) -> bool {
    let c = scan.classes();
    let led = [c.aux, c.modal, c.adverb, c.conj, c.prep, c.det];
    let leads = |i: usize| led.iter().any(|class| scan.is(i, *class));
    let end = dates.first().map_or(word.end, |date| date.start);
    let mut verbs = (word.end..end).filter(|i| is_finite_verb(scan, *i));
    verbs.next().is_some() && verbs.any(|i| !leads(i - 1))
}

/// What joins two dates that both fall away: "between July 20 and August 30".
fn between(scan: &Scan<'_>, out: &[Range<usize>]) -> Vec<Range<usize>> {
    let joins = |at: usize| matches!(scan.letters(at), "and" | "to" | "or" | "-" | "–");
    let gaps = out.iter().map(|range| range.end).filter(|at| joins(*at));
    gaps.filter(|at| out.iter().any(|next| next.start == at + 1)).map(|at| at..at + 1).collect()
}

/// Where a date begins with the words that govern it.
fn lead_of(scan: &Scan<'_>, clause: &Range<usize>, date: &Range<usize>) -> usize {
    governed(scan, clause, date).map_or(date.start, |range| range.start)
}

/// "Its model, released on January 20" → "Its model is released".
fn released(
    scan: &Scan<'_>,
    sentence: &Sentence,
    clause: &Range<usize>,
    dates: &[Range<usize>],
) -> Option<String> {
    let c = scan.classes();
    let date = dates.first().filter(|date| clause.start < date.start && date.end <= clause.end)?;
    let lead = usize::from(scan.is(date.start - 1, c.prep));
    let verb = (date.start - lead).checked_sub(1).filter(|verb| *verb > clause.start + 1)?;
    let past = scan.letters(verb).ends_with("ed") || scan.is(verb, c.dating);
    let comma = usize::from(scan.is_comma(verb - 1));
    let noun = clause.start..verb - comma;
    let alone = noun.clone().chain(verb + 1..clause.end).all(|i| !is_finite_verb(scan, i));
    let is_noun =
        scan.at(noun.end.checked_sub(1)?).is_wordlike() && !scan.is(noun.end - 1, c.adverb);
    let behind = date.end..clause.end;
    // "The platform sued in June" says it all by itself.
    let whole = clause.len() + 2 >= sentence.tokens.len() && comma == 0;
    let relative = noun.clone().any(|i| scan.is(i, c.relative));
    // "The Council ruled on Tuesday", "the banner appeared in March": who does it himself is told so.
    let head = noun.end - 1;
    let doer = scan.mention_over(head).is_some_and(|m| scan.kind(m.name).can_act())
        || [c.human, c.title, c.company, c.authority, c.sides].iter().any(|n| scan.is(head, *n));
    let acts = comma == 0 && doer || scan.is(verb, c.intransitive);
    if whole
        || acts
        || relative
        || !past
        || !alone
        || !is_noun
        || scan.letters(verb) == "dated"
        || behind.len() > WORDS_MIN * 3
    {
        return None;
    }
    let be = if is_many(scan, &noun) { "are" } else { "is" };
    let words = [scan.words(noun), be, scan.letters(verb), scan.words(behind)];
    Some(tidy(scan, &words.join(" ")))
}

/// "Its paper, which the journal published" → "The journal publishes its paper".
fn in_order(cx: &Context<'_>, fronted: &Fronted) -> String {
    let scan = cx.scan;
    let subject = NounPhrase { tokens: fronted.subject.clone(), beside: None };
    let name = name_for(cx, &subject).and_then(|name| name_of(scan, name));
    let who = name.unwrap_or_else(|| scan.words(fronted.subject.clone()).to_string());
    let many = is_many(scan, &fronted.subject);
    let own = || (fronted.verb.clone(), scan.words(fronted.verb.clone()).to_string());
    let told = present(scan, fronted.verb.start, fronted.verb.end, many);
    let (_, verb) = told.filter(|(gone, _)| *gone == fronted.verb).unwrap_or_else(own);
    let what = scan.words(fronted.noun.clone());
    // A determiner that opened the sentence is written small inside it.
    let small = scan.mention_over(fronted.noun.start).is_none();
    let what = match what.split_at_checked(1) {
        Some((first, more)) if small => format!("{}{more}", first.to_lowercase()),
        _ => what.to_string(),
    };
    let (with, rest) = (scan.words(fronted.with.clone()), scan.words(fronted.rest.clone()));
    tidy(scan, &[who.as_str(), verb.as_str(), what.as_str(), with, rest].join(" "))
}

/// "The dispute goes back to 2021, when the lab …", "That leaves Harnvik, where the lab … in June": what
/// happened then stands behind the word.
fn behind_when(scan: &Scan<'_>, clause: &Range<usize>, dates: &[Range<usize>]) -> Range<usize> {
    let when = dates.iter().map(|date| date.end + usize::from(scan.is_comma(date.end)));
    let when = when.filter(|at| clause.contains(at) && scan.says(*at, "when")).max();
    let before = dates.first().map_or(clause.start, |date| date.start.min(clause.end));
    let place = || (clause.start + 1..before).rev().find(|i| scan.says(*i, "where"));
    let told = when.or_else(place).map(|at| at + 1..clause.end);
    told.filter(|told| main_verb(scan, told, &[]).is_some()).unwrap_or(clause.clone())
}

/// "In 2021, the complaint says, the lab listed": what was said stands behind the saying.
fn behind_saying(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    dates: &[Range<usize>],
    sayings: &[Range<usize>],
) -> Range<usize> {
    let at = |i: usize| scan.is_comma(i) || dates.iter().any(|date| date.contains(&i));
    let leads = |saying: &&Range<usize>| {
        let lead = usize::from(scan.is(clause.start, scan.classes().prep));
        clause.start + lead < saying.start && (clause.start + lead..saying.start).all(at)
    };
    sayings.iter().find(leads).map_or(clause.clone(), |saying| saying.end + 1..clause.end)
}

struct Subject {
    meant: Option<NameIx>,
    /// Whether it names several.
    many: bool,
    phrase: NounPhrase,
    /// The name it stands for, where it does not give it.
    name: Option<String>,
}

/// The subject of the verb: in the clause, or of the verb before it where the clause shares one.
fn subject(
    cx: &Context<'_>,
    sentence: &Sentence,
    clause: &Range<usize>,
    verb: usize,
) -> Option<Subject> {
    let scan = cx.scan;
    if let Some(phrase) = noun::before(scan, cx.quotes, verb, clause.start) {
        let meant = name_for(cx, &phrase);
        let name = meant.and_then(|name| name_of(scan, name));
        let many = name.is_none() && is_many_led(scan, clause, &phrase.tokens);
        return Some(Subject { meant, many, phrase, name });
    }
    // "… and sued Veltrane Systems": the subject stands before the first verb of the sentence.
    let first = main_verb(scan, &(sentence.tokens.start..clause.start), &[])?;
    let phrase = noun::before(scan, cx.quotes, first, sentence.tokens.start)?;
    let own = scan.words(phrase.tokens.clone()).to_string();
    let many = is_many(scan, &phrase.tokens);
    let meant = name_for(cx, &phrase);
    let name = meant.and_then(|name| name_of(scan, name)).unwrap_or(own);
    let at_once = (clause.start..verb).all(|i| scan.is(i, scan.classes().adverb));
    let empty = NounPhrase { tokens: clause.start..clause.start, beside: None };
    at_once.then_some(Subject { meant, many, phrase: empty, name: Some(name) })
}

/// The name a phrase stands for that holds none itself: "it", "the company", "its order".
fn name_for(cx: &Context<'_>, phrase: &NounPhrase) -> Option<NameIx> {
    let scan = cx.scan;
    let tokens = phrase.tokens.clone();
    let named = tokens.clone().any(|i| scan.mention_over(i).is_some());
    let c = scan.classes();
    // "It is the first step of its kind": of what was told, not of a name.
    let thing = scan.is(tokens.start, c.it)
        && scan.is(tokens.end, c.aux)
        && scan.is(tokens.end + 1, c.article);
    if named || thing || phrase.beside.is_some() {
        return None;
    }
    let refers = tokens.len() == 1
        && [c.it, c.he, c.they].iter().any(|class| scan.is(tokens.start, *class))
        || scan.is(tokens.start, c.article)
        || scan.is(tokens.start, c.det);
    match voice::of(scan, cx.coref, phrase).as_slice() {
        [Speaker::Named(name) | Speaker::Outlet(name)] if refers => Some(*name),
        _ => None,
    }
}

fn name_of(scan: &Scan<'_>, name: NameIx) -> Option<String> {
    scan.names.get(name.0 as usize).map(|name| name.name.clone())
}

/// Where the line ends: long clauses are cut at what follows their main statement.
fn closing(scan: &Scan<'_>, verb: usize, body: Range<usize>, dates: &[Range<usize>]) -> usize {
    let c = scan.classes();
    let words = |range: Range<usize>| range.filter(|i| scan.at(*i).is_wordlike()).count();
    if words(body.clone()) <= WORDS_LONG {
        return body.end;
    }
    let last = dates.iter().map(|date| date.end).filter(|end| *end <= body.end).max();
    let floor = (verb + WORDS_MIN).max(last.unwrap_or(0).min(body.end));
    let joint = |i: usize| {
        let next = i + 1;
        let comma = scan.is_comma(i)
            && (scan.letters(next).ends_with("ing")
                || scan.is(next, c.relative)
                || scan.is(next, c.sub)
                || scan.is(next, c.conj)
                || scan.is(next, c.prep));
        let second = scan.is(i, c.conj) && is_finite_verb(scan, next);
        let mark = matches!(scan.letters(i), ";" | ":" | "–" | "—" | "(");
        comma || second || mark
    };
    (floor..body.end)
        .find(|i| joint(*i) && words(body.start..*i) >= WORDS_MIN + 2)
        .unwrap_or(body.end)
}
