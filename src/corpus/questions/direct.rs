//! Open points as a reader would ask them: "whether it would appeal" is "Will Veltrane appeal?".
//!
//! In: an English point or a sentence that waits for something. Out: a direct question, or nothing where
//! the words are put together in no way we know. What holds: what is asked stays the same; only the order of
//! words, the tense of reported speech, and a pronoun for the one party it is about are changed.

use std::collections::BTreeSet;
use std::ops::Range;

use super::clause::{SUBJECT_MAX, Words, present};
use crate::corpus::summary;
use crate::model::entity::Who;
use crate::rules::{ClassId, Classes, Rules, Tokens};

/// Words between "whether" and its clause: "whether or not", "whether and when", "whether to".
const BETWEEN: [&str; 7] = ["to", "or", "and", "by", "in", "on", "when"];

/// "Whether …", "how …", "what …" asked directly.
pub(super) fn asked(point: &str, about: &BTreeSet<Who>, rules: &Rules) -> Option<String> {
    let words = Words::read(point, rules)?;
    let first = words.folded(0);
    let led = |rest: Option<String>| Some(format!("{} {}", summary::capitalised(&first), rest?));
    match first.as_str() {
        // Who decides "whether to", or what stands between, is another matter.
        "whether" | "if" if BETWEEN.contains(&&*words.folded(1)) => None,
        "whether" | "if" => Some(summary::capitalised(&words.inverted(1, about)?)),
        // "how long the limits would last"
        "how" if !words.is_subject(1) && words.is_subject(2) => {
            let rest = words.inverted(2, about)?;
            Some(format!("How {} {rest}", words.folded(1)))
        }
        "how" | "when" | "where" | "why" if words.is_subject(1) || words.is_auxiliary(2) => {
            led(words.inverted(1, about))
        }
        "what" | "who" | "whom" if words.is_subject(1) => led(words.inverted(1, about)),
        "what" | "who" if words.is_auxiliary(1) => led(Some(finished(&format!(
            "{} {}",
            present(&words.folded(1)),
            words.subject_clause(2)
        )))),
        _ => None,
    }
}

/// What a sentence waits for, asked directly: "Veltrane has until May 3 to answer" is "Will Veltrane
/// answer by May 3?". `named`: it begins with a name.
pub(super) fn awaited(
    sentence: &str,
    named: bool,
    about: &BTreeSet<Who>,
    rules: &Rules,
) -> Option<String> {
    let words = Words::read(sentence, rules)?;
    waited_of(&words, named, about).or_else(|| bidden(&words, about))
}

/// What somebody is to do by a day because another says so: "has given Veltrane until May 3 to answer", "ordered
/// Veltrane to answer by May 3".
fn bidden(words: &Words<'_>, about: &BTreeSet<Who>) -> Option<String> {
    let whom = |from: usize, to: usize| {
        let pronoun = words.of(from, |c| c.pronoun) || words.of(from, |c| c.possessive);
        if to != from + 1 || !pronoun {
            return words.subject(from, to);
        }
        // "Told them to": the one party it is about.
        let they = "they".to_string();
        Some(words.who(they.clone(), about)).filter(|who| *who != they)
    };
    let reach = |from: usize| from + 1..words.len().min(from + 1 + SUBJECT_MAX);
    let infinitive = |from: usize| reach(from).find(|at| words.folded(*at) == "to");
    (0..words.len()).find_map(|at| {
        if matches!(words.folded(at).as_str(), "give" | "gives" | "gave" | "given") {
            let until =
                reach(at).find(|at| matches!(words.folded(*at).as_str(), "until" | "till"))?;
            let to = infinitive(until)?;
            let day = words.between(until + 1, to).filter(|day| !day.contains(','))?;
            let who = whom(at + 1, until)?;
            return Some(finished(&format!("Will {who} {} by {day}", words.clause(to + 1))));
        }
        let behind = words.orders(at)?;
        let to = infinitive(behind - 1)?;
        // "Veltrane was ordered by the court to answer"
        let helper = (at.saturating_sub(2)..at).find(|before| words.is_auxiliary(*before));
        let agent = words.of(behind, |c| c.prep);
        let passive = helper.filter(|_| to == behind || agent);
        let who = match passive {
            Some(helper) => {
                let first = (0..helper).rev().find(|at| words.is_auxiliary(*at)).unwrap_or(helper);
                whom(0, first)?
            }
            None if agent => return None,
            None => whom(behind, to)?,
        };
        Some(finished(&format!("Will {who} {}", words.clause(to + 1))))
    })
}

/// What somebody has to do, is to do, will do, or what is set for a day.
fn waited_of(words: &Words<'_>, named: bool, about: &BTreeSet<Who>) -> Option<String> {
    let first = (1..words.len().min(SUBJECT_MAX)).find(|at| words.waits(*at))?;
    // "It is pleased and will amend its complaint": what is awaited stands behind.
    let near = first + 1..words.len().saturating_sub(1).min(first + SUBJECT_MAX);
    let mut near = near.take_while(|at| words.folded(*at) != "," && !words.is_auxiliary(*at));
    let also = near.find(|at| {
        words.of(*at, |c| c.conj) && matches!(words.folded(at + 1).as_str(), "will" | "would")
    });
    let plain = words.of(first + 1, |c| c.planned) || words.folded(first + 1) == "to";
    let is = matches!(words.folded(first).as_str(), "is" | "are" | "was" | "were");
    let verb = also.map(|conj| conj + 1).filter(|_| is && !plain).unwrap_or(first);
    let asks = ["whether", "how", "what", "who", "when", "where", "why", "which"];
    let begins = !asks.contains(&&*words.folded(0)) && !words.of(0, |c| c.prep);
    // "The order went out and must be obeyed": what it speaks of is not all that stands before.
    let whole = !words.of(first - 1, |c| c.conj);
    let subject = words.subject(0, first).filter(|_| begins && whole)?;
    let subject = if named { subject } else { lowered(&subject, words) };
    let subject = words.who(subject, about);
    if let Some(sitting) = sitting(words, verb) {
        return Some(format!("How will {sitting} end?"));
    }
    let will = |from: usize| Some(finished(&format!("Will {subject} {}", words.clause(from))));
    let (first, second) = (words.folded(verb), words.folded(verb + 1));
    let infinitive = |from: usize| (from..words.len()).find(|at| words.folded(*at) == "to");
    match (first.as_str(), second.as_str()) {
        ("has" | "have" | "had", "yet") if words.folded(verb + 2) == "to" => {
            let decides = (verb + 4..verb + 6).find(|at| words.folded(*at) == "whether");
            match decides {
                Some(whether) if words.folded(whether + 1) == "to" => will(whether + 2),
                _ if words.folded(verb + 3) == "be" => {
                    Some(finished(&format!("When will {subject} {}", words.clause(verb + 3))))
                }
                _ => will(verb + 3),
            }
        }
        ("has" | "have" | "had", "until" | "till") => {
            let to = infinitive(verb + 2)?;
            let day = words.between(verb + 2, to).filter(|day| !day.contains(','))?;
            Some(finished(&format!("Will {subject} {} by {day}", words.clause(to + 1))))
        }
        ("has" | "have" | "had", _)
            if words.of(verb + 2, |c| c.unit) && words.folded(verb + 3) == "to" =>
        {
            let time = words.between(verb + 1, verb + 3)?;
            Some(finished(&format!("Will {subject} {} within {time}", words.clause(verb + 4))))
        }
        ("has" | "have" | "is" | "are" | "was" | "were", "to") => will(verb + 2),
        ("is" | "are" | "was" | "were", _) if words.of(verb + 1, |c| c.planned) => {
            let comes = if words.is_set(verb + 1) { "take place" } else { "come" };
            if words.folded(verb + 2) == "to" {
                return will(verb + 3);
            }
            let on = words.on(verb + 2)?;
            Some(finished(&format!("Will {subject} {comes} {on} {}", words.clause(verb + 3))))
        }
        ("has" | "have", "been") if words.is_set(verb + 2) => {
            let on = words.on(verb + 3)?;
            let rest = words.clause(verb + 4);
            Some(finished(&format!("Will {subject} take place {on} {rest}")))
        }
        ("must" | "will" | "would", _) => will(verb + 1),
        ("can" | "may", _) if !words.says(" until ") => will(verb + 1),
        (_, "to") => will(verb + 2),
        _ => None,
    }
}

/// The sitting that a sentence says is set for a day, as it names it: "the first hearing on the order" of
/// "Judge Renholt has set a first hearing on the order for May 3".
fn sitting(words: &Words<'_>, verb: usize) -> Option<String> {
    let planned = (verb..verb + 4).find(|at| words.of(*at, |c| c.planned));
    // "The main hearing is on June 12"
    let dated = || words.on(verb + 1).filter(|_| words.is_day(verb + 2)).map(|_| verb);
    let planned = planned.or_else(dated)?;
    // "due to stand trial" is a deed, "the trial court" no sitting.
    let ends = |at: usize| at == verb || at >= words.len() || words.of(at, |c| c.prep);
    let noun = |range: Range<usize>| {
        let deed = words.folded(range.start) == "to";
        let mut nouns = range.filter(|at| words.of(*at, |c| c.sitting) && ends(at + 1));
        nouns.next().filter(|_| !deed)
    };
    let (from, noun) = match noun(0..planned) {
        Some(noun) => (0, noun),
        None => (planned + 1, noun(planned + 1..words.len().min(planned + SUBJECT_MAX))?),
    };
    let until = if from == 0 { verb } else { words.len() };
    let day = (noun + 1..until).find(|at| words.on(*at).is_some() && words.is_day(at + 1));
    let named = words.between(from, day.unwrap_or(until).max(noun + 1))?;
    let bare =
        ["a ", "an ", "the ", "A ", "An ", "The "].iter().find_map(|d| named.strip_prefix(d));
    let theirs = words.of(from, |c| c.possessive) || words.is_capital(from) && from > 0;
    match bare {
        _ if named.contains([',', ';', ':']) => None,
        None if theirs => Some(named.to_string()),
        bare => Some(format!("the {}", lowered(bare.unwrap_or(named), words))),
    }
}

/// Whether a clause that begins with a word has lost its subject: "is due", "made public".
pub(super) fn is_predicate(word: &str, rules: &Rules) -> bool {
    let tokens = Tokens::of(word, &rules.vocabulary);
    let class = |class| rules.vocabulary.is(tokens.at(0).word, class);
    class(rules.classes.aux)
        || class(rules.classes.modal)
        || rules.presents.get(word, true).is_some()
}

pub(super) fn finished(words: &str) -> String {
    format!("{}?", words.trim_end_matches([' ', ',', '.', '?']))
}

/// The first words of a sentence inside another.
fn lowered(text: &str, words: &Words<'_>) -> String {
    let small = |class: fn(&Classes) -> ClassId| words.of(0, class);
    let plain = small(|c| c.det) || small(|c| c.possessive) || small(|c| c.count);
    // "Judge Renholt": a title stays as it is.
    let title = text.split(' ').nth(1).is_some_and(|next| next.starts_with(char::is_uppercase));
    if title && !plain {
        return text.to_string();
    }
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.clone().next());
    // "AI companies" keep their capitals.
    match first.filter(|_| !second.is_some_and(char::is_uppercase)) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => text.to_string(),
    }
}
