//! Who wrote it: names out of metadata and printed bylines, never a role, a date or a photographer.

use super::html::{Head, RawBlock, Spot, extent};
use super::linked::LinkedData;
use super::meta::plain;
use crate::rules::{Rules, mark};

/// The authors' names: structured data, meta elements, printed bylines, marked elements.
pub(super) fn byline(
    head: &Head,
    linked: &LinkedData,
    zone: &[&RawBlock],
    spots: &[&Spot],
    outlet: Option<&str>,
    rules: &Rules,
) -> Vec<String> {
    let clean = |raw: &[String]| {
        let names: Vec<String> = raw.iter().flat_map(|text| names_in(text)).collect();
        let is_outlet = |name: &str| outlet.is_some_and(|o| plain(o) == plain(name));
        let mut kept: Vec<String> = Vec::new();
        for name in names.into_iter().filter(|name| !is_outlet(name)) {
            if !kept.contains(&name) {
                kept.push(name);
            }
        }
        kept
    };
    let from_meta = head
        .metas
        .iter()
        .filter(|(k, _)| {
            matches!(
                k.as_str(),
                "author"
                    | "article:author"
                    | "dc.creator"
                    | "parsely-author"
                    | "byl"
                    | "sailthru.author"
            )
        })
        .filter(|(_, v)| !v.contains("://"))
        .map(|(_, v)| v.clone())
        .collect::<Vec<_>>();
    let printed = zone.iter().filter(|b| starts_as_byline(&b.text)).map(|b| b.text.clone());
    let printed: Vec<String> = printed.collect();
    let marked: Vec<String> = zone
        .iter()
        .filter(|b| b.marks & mark::BYLINE != 0 && extent(&b.text) <= 80)
        .map(|b| b.text.clone())
        .collect();
    let spotted: Vec<String> =
        spots.iter().filter(|s| s.marks & mark::BYLINE != 0).map(|s| s.text.clone()).collect();
    let lines = zone.iter().map(|b| &b.text).chain(spots.iter().map(|s| &s.text));
    let bare: Vec<String> =
        lines.filter(|text| looks_like_name(text, rules)).take(1).cloned().collect();
    for source in [&linked.authors, &from_meta, &spotted, &printed, &marked, &bare] {
        let names = clean(source);
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

const BYLINE_LEADS: [&str; 10] = [
    "by ",
    "written by ",
    "author: ",
    "作者：",
    "作者:",
    "记者：",
    "记者 ",
    "文：",
    "文/",
    "撰文：",
];

fn starts_as_byline(text: &str) -> bool {
    let folded = text.to_lowercase();
    BYLINE_LEADS
        .iter()
        .any(|lead| folded.starts_with(lead) || !lead.is_ascii() && folded.contains(lead))
}

/// Cuts a printed byline into names: leads, roles, dates and reading times fall away.
fn names_in(text: &str) -> Vec<String> {
    let mut rest = text.trim();
    let folded = text.to_lowercase();
    for lead in BYLINE_LEADS {
        if let Some(at) = folded.find(lead)
            && (at == 0 || !lead.is_ascii())
            && let Some(after) = rest.get(at + lead.len()..)
        {
            rest = after;
            break;
        }
    }
    let rest = rest.split(['|', '·', '•', '/', '\u{3000}', '｜', '(', '（']).next().unwrap_or("");
    rest.replace(" and ", ",")
        .replace(" & ", ",")
        .split([',', '、', ';', '；'])
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|name| is_name(name))
        .collect()
}

fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let digits = text.chars().any(|c| c.is_ascii_digit());
    let han = text.chars().all(crate::rules::is_han);
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let role = ["editor", "reporter", "correspondent", "staff", "writer", "contributor", "admin"];
    let lower = text.to_lowercase();
    !digits
        && !text.contains("http")
        && !text.contains('@')
        && (han && (2..=4).contains(&text.chars().count()) || capital && (1..=6).contains(&words))
        && !role.iter().any(|r| lower.ends_with(r) && words <= 3)
}

/// A line by itself that holds two or three capitalised words and nothing else.
fn looks_like_name(text: &str, rules: &Rules) -> bool {
    let mut letters = text.chars();
    if let Some(first) = letters.next()
        && crate::rules::is_han(first)
    {
        let surname = rules.vocabulary.find(&first.to_string());
        return rules.vocabulary.is(surname, rules.classes.han_surname)
            && (2..=3).contains(&text.chars().count())
            && letters.all(crate::rules::is_han)
            && rules.registry.named(text).is_none();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let given = words.first().is_some_and(|word| {
        let id = rules.vocabulary.find(&word.to_lowercase());
        rules.vocabulary.is(id, rules.classes.given_name)
    });
    (2..=3).contains(&words.len())
        && given
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
        })
        && rules.registry.named(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn bylines_become_names() {
        assert_eq!(names_in("By Ann Lee and Bo Chu, Senior Reporter"), ["Ann Lee", "Bo Chu"]);
        assert_eq!(names_in("2026年2月13日 来源：南湾　作者：林澜　字号"), ["林澜"]);
    }
}
