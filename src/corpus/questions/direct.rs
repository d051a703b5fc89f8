//! Open points as a reader would ask them: "whether it would appeal" is "Will Veltrane appeal?".
//!
//! In: an English point or a sentence that waits for something. Out: a direct question, or nothing where
//! the words are put together in no way we know. What holds: what is asked stays the same; only the order of
//! words, the tense of reported speech, and a pronoun for the one party it is about are changed.

use std::collections::BTreeSet;

use super::clause::{SUBJECT_MAX, Words, present};
use crate::corpus::summary;
use crate::model::entity::Who;
use crate::rules::Rules;

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
pub(super) fn awaited(sentence: &str, named: bool, rules: &Rules) -> Option<String> {
    let words = Words::read(sentence, rules)?;
    let verb = (1..words.len().min(SUBJECT_MAX)).find(|at| words.waits(*at))?;
    let asks = ["whether", "how", "what", "who", "when", "where", "why", "which"];
    let begins = !asks.contains(&&*words.folded(0)) && !words.of(0, |c| c.prep);
    let subject = words.subject(0, verb).filter(|_| begins)?;
    let subject = if named { subject } else { lowered(&subject) };
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
        ("must" | "will", _) => will(verb + 1),
        ("can" | "may", _) if !sentence.contains(" until ") => will(verb + 1),
        (_, "to") => will(verb + 2),
        _ => None,
    }
}

pub(super) fn finished(words: &str) -> String {
    format!("{}?", words.trim_end_matches([' ', ',', '.', '?']))
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.clone().next());
    // "AI companies" keep their capitals.
    match first.filter(|_| !second.is_some_and(char::is_uppercase)) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => text.to_string(),
    }
}
