//! One neutral line for a happening, in our own words where a predicate gives them.

use super::doc::Doc;
use crate::model::claim::Act;
use crate::model::entity::NameIx;
use crate::model::source::Language;
use crate::rules::{PredicateRule, Rules};

/// Longest line, in characters.
const LINE_CHARS_MAX: usize = 200;
/// Words from which a line says enough by itself.
const LINE_WORDS_MIN: usize = 5;

/// How telling the strongest act among several is.
pub(super) fn weight(acts: &[&Act], rules: &Rules) -> u16 {
    acts.iter().filter_map(|act| rule(act, rules)).map(|rule| rule.weight).max().unwrap_or(0)
}

/// The line: a predicate's phrase where it says all that the words say, or where they are Chinese; else
/// the source's words.
pub(super) fn of(doc: &Doc<'_>, line: &str, acts: &[&Act], rules: &Rules) -> String {
    let han = doc.reading.article.language == Language::Zh;
    if !han && line.split(' ').count() >= LINE_WORDS_MIN {
        return shortened(line, LINE_CHARS_MAX);
    }
    let told = acts
        .iter()
        .filter_map(|act| Some((act, rule(act, rules)?)))
        .filter(|(_, rule)| !rule.says.is_empty() && !rule.says.ends_with(" it"))
        .filter(|(_, rule)| !rule.alleged && !rule.noun && (han || rule.says.contains("{target}")))
        .filter_map(|(act, rule)| Some((rule.weight, filled(doc, act, rule)?)))
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    match told {
        Some((_, line)) => line,
        None => shortened(line, LINE_CHARS_MAX),
    }
}

/// A predicate's phrase; `None` where it needs a name the text does not give.
pub(super) fn filled(doc: &Doc<'_>, act: &Act, rule: &PredicateRule) -> Option<String> {
    let mut line = rule.says.clone();
    for (slot, name) in [("{actor}", act.actor), ("{target}", act.target)] {
        if line.contains(slot) {
            line = line.replace(slot, name_of(doc, name?)?);
        }
    }
    if act.planned && !line.contains("accused") && !line.contains("said to") {
        line.push_str(" (announced)");
    }
    Some(line)
}

fn name_of<'a>(doc: &'a Doc<'_>, index: NameIx) -> Option<&'a str> {
    doc.who(index).map(|who| who.name.as_str())
}

fn rule<'a>(act: &Act, rules: &'a Rules) -> Option<&'a PredicateRule> {
    rules.lexicon.predicates.meaning(&act.rule)
}

/// A text cut at the end of a clause, else at a word, with an ellipsis.
pub(super) fn shortened(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_string();
    }
    let head: String = text.chars().take(chars_max).collect();
    let late = |at: &usize| *at * 2 > head.len();
    let clause = [", ", "; ", ": ", " – ", " — ", "，", "；"];
    let clause = clause.into_iter().filter_map(|mark| head.rfind(mark)).max();
    let word = || head.rfind(' ').filter(late);
    let cut = clause.filter(late).or_else(word).unwrap_or(head.len());
    format!("{}…", head.get(..cut).unwrap_or(&head).trim_end_matches([',', ';', ':']))
}

/// A text with its first letter as a capital.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}
