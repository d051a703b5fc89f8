//! The open points in a sentence, without "remains to be seen" and its like.

use crate::corpus::summary;
use crate::model::reading::AskKind;
use crate::rules::{Rules, Tokens};

/// The points a sentence leaves open; the sentence itself where it names them in no form we know.
///
/// "Whether it will stay is unclear", "It is unclear whether it will stay" and "Two things are open:
/// whether it will stay, and who pays" all name "whether it will stay".
pub(super) fn open_points(words: &str, rules: &Rules) -> Vec<String> {
    let bare = words.trim().trim_end_matches(['.', '。']);
    let tokens = Tokens::of(bare, &rules.vocabulary);
    let hits = rules.lexicon.asks.all(&tokens, &rules.vocabulary, 0..tokens.len());
    let cue = hits.into_iter().find(|(row, _)| row.meaning.kind == AskKind::Uncertain);
    let Some((_, hit)) = cue else { return vec![bare.to_string()] };
    let last = tokens.at(hit.range.end.saturating_sub(1)).start();
    let cue = tokens.span(hit.range);
    let before = without_copula(bare.get(..cue.start()).unwrap_or(""), rules);
    let after = bare.get(cue.end()..).unwrap_or("").trim_matches([' ', ':', ',']);
    let from_cue = bare.get(last..).unwrap_or("");
    if begins_open(after, rules) {
        return listed(after, rules).into_iter().map(asked).collect();
    }
    let core = [before, from_cue].into_iter().find(|part| begins_open(part, rules));
    vec![core.map_or_else(|| bare.to_string(), asked)]
}

fn asked(point: &str) -> String {
    format!("{}?", summary::capitalised(point.trim_end_matches(['?', ',', ' '])))
}

/// The items of "who will hear the case, and whether it settles".
fn listed<'a>(points: &'a str, rules: &Rules) -> Vec<&'a str> {
    let mut items = Vec::new();
    let mut rest = points;
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find(", ")) {
        let comma = from + at;
        let next = rest.get(comma + 2..).unwrap_or("");
        let bare = next.strip_prefix("and ").or(next.strip_prefix("or ")).unwrap_or(next);
        if begins_open(bare, rules) && bare.split(' ').count() > 3 {
            items.push(rest.get(..comma).unwrap_or(rest));
            rest = bare;
            from = 0;
        } else {
            from = comma + 2;
        }
    }
    items.push(rest);
    items
}

/// A subject without the verb that its predicate was cut from: "Whether they follow is".
fn without_copula<'a>(part: &'a str, rules: &Rules) -> &'a str {
    let part = part.trim_end_matches([',', ' ']);
    let tokens = Tokens::of(part, &rules.vocabulary);
    let last = tokens.at(tokens.len().saturating_sub(1));
    match tokens.len() > 2 && rules.vocabulary.is(last.word, rules.classes.aux) {
        true => part.get(..last.start()).unwrap_or(part).trim_end(),
        false => part,
    }
}

fn begins_open(part: &str, rules: &Rules) -> bool {
    let tokens = Tokens::of(part, &rules.vocabulary);
    let hits = rules.lexicon.asks.all(&tokens, &rules.vocabulary, 0..tokens.len());
    hits.first().is_some_and(|(row, hit)| {
        row.meaning.kind == AskKind::Whether && row.meaning.leading && hit.range.start == 0
    })
}
