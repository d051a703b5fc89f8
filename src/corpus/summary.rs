//! One neutral line for a happening, in our own words where a predicate gives them.

use super::condensed;
use super::doc::Doc;
use crate::model::claim::Act;
use crate::model::entity::NameIx;
use crate::model::text::Span;
use crate::rules::{PredicateRule, Rules};

/// How telling the strongest act among several is.
pub(super) fn weight(acts: &[&Act], rules: &Rules) -> u16 {
    acts.iter().filter_map(|act| rule(act, rules)).map(|rule| rule.weight).max().unwrap_or(0)
}

/// The line: a predicate's phrase with names in it, else the source's words, condensed.
pub(super) fn of(doc: &Doc<'_>, span: Span, acts: &[&Act], rules: &Rules) -> String {
    let told = acts
        .iter()
        .filter_map(|act| Some((act, rule(act, rules)?)))
        .filter(|(_, rule)| !rule.says.is_empty())
        .filter_map(|(act, rule)| Some((rule.weight, filled(doc, act, rule)?)))
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    match told {
        Some((_, line)) => line,
        None => condensed::line(doc, span, rules),
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

/// A text cut at a word, with an ellipsis.
pub(super) fn shortened(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_string();
    }
    let head: String = text.chars().take(chars_max).collect();
    let cut = head.rfind(' ').filter(|at| *at * 2 > head.len()).unwrap_or(head.len());
    format!("{}…", head.get(..cut).unwrap_or(&head).trim_end_matches([',', ';', ':']))
}

/// A text with its first letter as a capital.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}
