//! The open points in a sentence, without "remains to be seen" and its like.

use std::collections::BTreeSet;

use crate::corpus::{answers, summary};
use crate::model::entity::{EntityKind, Who};
use crate::model::party::{Party, PartyRole};
use crate::model::reading::AskKind;
use crate::rules::{Rules, Tokens, is_han};

/// Fewest characters of a Chinese point.
const HAN_POINT_MIN: usize = 6;
/// Most words between "it is unclear" and what is: when, to whom.
const LEAD_MAX: usize = 5;

/// The points a sentence leaves open; the sentence itself where it names them in no form we know.
///
/// "Whether it will stay is unclear", "It is unclear whether it will stay" and "Two things are open:
/// whether it will stay, and who pays" all name "whether it will stay".
pub(super) fn open_points(words: &str, rules: &Rules) -> Vec<String> {
    let bare = words.trim().trim_end_matches(['.', '。']);
    // Some ways of leaving open are known by the end of their sentence.
    let tokens = Tokens::of(words.trim(), &rules.vocabulary);
    let hits = rules.lexicon.asks.all(&tokens, &rules.vocabulary, 0..tokens.len());
    let cue = hits.into_iter().find(|(row, _)| row.meaning.kind == AskKind::Uncertain);
    let Some((_, hit)) = cue else { return vec![without_asides(bare, rules)] };
    if bare.chars().any(is_han) {
        let clause = tokens.span(hit.range);
        let point = han_point(bare, clause.start(), rules);
        return vec![point.unwrap_or_else(|| bare.to_string())];
    }
    let last = tokens.at(hit.range.end.saturating_sub(1)).start();
    let cue = tokens.span(hit.range);
    let before = without_copula(bare.get(..cue.start()).unwrap_or(""), rules);
    let after = bare.get(cue.end()..).unwrap_or("").trim_matches([' ', ':', ',']);
    let from_cue = bare.get(last..).unwrap_or("");
    if begins_open(after, rules) {
        let points = listed(after, rules).into_iter();
        return points.map(|point| asked(&without_asides(point, rules))).collect();
    }
    // "It was unclear on Wednesday whether it will stay"
    let later = opening_within(after, rules);
    let core = [before, from_cue, later].into_iter().find(|part| begins_open(part, rules));
    vec![core.map_or_else(|| bare.to_string(), |core| asked(&without_asides(core, rules)))]
}

/// What a Chinese sentence leaves open in the clauses before the one that says so: "会不会上诉，尚无定论"; nothing
/// where they ask nothing.
fn han_point(sentence: &str, cue: usize, rules: &Rules) -> Option<String> {
    let point = sentence.get(..cue)?;
    let point = point.get(..point.rfind('，')?)?;
    let topic = ["至于", "对于", "关于"].into_iter().find_map(|word| point.strip_prefix(word));
    let point = topic.unwrap_or(point);
    let tokens = Tokens::of(point, &rules.vocabulary);
    let hits = rules.lexicon.asks.all(&tokens, &rules.vocabulary, 0..tokens.len());
    let asks = hits.iter().any(|(row, _)| row.meaning.kind == AskKind::Whether);
    (asks && point.chars().count() >= HAN_POINT_MIN).then(|| format!("{point}？"))
}

/// What a point in Chinese words asks, where a row says it in plain words that need no more names
/// than the point or the incident gives.
pub(super) fn in_plain_words(
    point: &str,
    about: &BTreeSet<Who>,
    parties: &[Party],
    rules: &Rules,
) -> Option<String> {
    if !point.chars().any(is_han) {
        return None;
    }
    let plain = answers::plain_wording(point, rules)?;
    let decides = |who: &&Who| who.kind == EntityKind::Government;
    let of = |role| parties.iter().find(|p| p.role == role).map(|p| &p.who);
    let authority = about.iter().find(decides).or_else(|| of(PartyRole::Authority));
    let party = about.iter().find(|who| !decides(who)).or_else(|| of(PartyRole::Respondent));
    let mut line = plain.to_string();
    for (slot, who) in [("{authority}", authority), ("{party}", party)] {
        if line.contains(slot) {
            line = line.replace(slot, &who?.name);
        }
    }
    Some(line)
}

/// A point without what only describes a name: ", which says it is checking its own logs,".
pub(super) fn without_asides(point: &str, rules: &Rules) -> String {
    let tokens = Tokens::of(point, &rules.vocabulary);
    let opens = |at: usize| {
        let comma =
            at.checked_sub(1).is_some_and(|before| tokens.at(before).span().of(point) == ",");
        comma && rules.vocabulary.is(tokens.at(at).word, rules.classes.relative)
    };
    let Some(opening) = (1..tokens.len()).find(|at| opens(*at)) else { return point.to_string() };
    let closing = (opening..tokens.len()).find(|at| tokens.at(*at).span().of(point) == ",");
    let Some(closing) = closing else { return point.to_string() };
    let head = point.get(..tokens.at(opening - 1).start()).unwrap_or("").trim_end();
    let rest = point.get(tokens.at(closing).end()..).unwrap_or("").trim_start();
    match rest.is_empty() {
        true => point.to_string(),
        false => format!("{head} {rest}"),
    }
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
        // "the engineer, who left in May, will be named": what describes a name is no point.
        let who =
            |part: &str| ["who ", "whom ", "which "].iter().any(|word| part.starts_with(word));
        let describes = who(next) && !who(rest);
        if !describes && begins_open(bare, rules) && bare.split(' ').count() > 3 {
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

/// The words from where a point begins, a few words on.
fn opening_within<'a>(part: &'a str, rules: &Rules) -> &'a str {
    let starts = part.match_indices(' ').map(|(at, _)| at + 1).take(LEAD_MAX);
    let mut tails = starts.filter_map(|at| part.get(at..));
    tails.find(|tail| begins_open(tail, rules)).unwrap_or("")
}

fn begins_open(part: &str, rules: &Rules) -> bool {
    let tokens = Tokens::of(part, &rules.vocabulary);
    let hits = rules.lexicon.asks.all(&tokens, &rules.vocabulary, 0..tokens.len());
    hits.first().is_some_and(|(row, hit)| {
        row.meaning.kind == AskKind::Whether && row.meaning.leading && hit.range.start == 0
    })
}
