//! A credit line taken apart: which of its names are the authors'.
//!
//! In: "By Ann Lee and Bo Chu, Senior Reporter", "来源：南湾 作者：林澜 字号". Out: the names behind a
//! lead, without roles, dates and the people who took the pictures.

use crate::rules::{Credit, Pages, Rules, is_han};

/// Marks between the segments of a credit line.
const BREAKS: [char; 11] = ['|', '｜', '丨', '·', '•', '\u{3000}', '(', '（', ')', '）', '／'];
/// Longest label in front of a colon, in characters.
const LABEL_CHARS_MAX: usize = 8;

/// The authors a printed line credits: segments behind leads first; without `any`, only those.
/// What is `trusted` comes from metadata and need not look like a name.
pub(super) fn credited(text: &str, rules: &Rules, any: bool, trusted: bool) -> Vec<String> {
    let pages = &rules.pages;
    let mut mode = any;
    let mut first: Vec<String> = Vec::new();
    let text = labelled(text, pages)
        .replace(" / ", "|")
        .replace("文/", "文|")
        .replace(" - ", "|")
        .replace(" – ", "|")
        .replace(" — ", "|");
    for segment in text.split(BREAKS) {
        let segment = segment.trim();
        if segment.is_empty() {
            continue;
        }
        let lost = segment.len();
        let segment = unglued(segment);
        let lost = segment.len() < lost;
        let bare = segment.trim_end_matches([':', '：', ' ']).to_lowercase();
        if pages.is_credit(&bare, Credit::Lead) {
            mode = true;
            continue;
        }
        if pages.is_credit(&bare, Credit::Other) {
            mode = false;
            continue;
        }
        let (kind, rest) = lead_of(segment, pages);
        let led = match kind {
            Some(Credit::Lead) => true,
            Some(_) => false,
            None => mode || lost,
        };
        if !led {
            continue;
        }
        let names = names_in(rest, rules, trusted);
        if kind == Some(Credit::Lead) && !names.is_empty() {
            return names;
        }
        if first.is_empty() {
            first = names;
        }
        mode = any;
    }
    first
}

/// Breaks a line before every label: "来源：南湾 作者：林澜" has two, "作者：林澜编辑：周远" as well.
fn labelled(text: &str, pages: &Pages) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, ':' | '：')
            && let Some(at) = label_at(&out, pages).filter(|at| *at > 0)
        {
            out.insert(at, '|');
        }
        out.push(c);
    }
    out
}

/// Where the label begins that ends a text: a credit, or any Chinese word behind a space.
fn label_at(text: &str, pages: &Pages) -> Option<usize> {
    let is_credit = |at: usize| {
        let words = text.get(at..).unwrap_or("").to_lowercase();
        pages.is_credit(&words, Credit::Lead) || pages.is_credit(&words, Credit::Other)
    };
    let back = text.char_indices().rev().take(LABEL_CHARS_MAX);
    let starts: Vec<usize> =
        back.take_while(|(_, c)| c.is_alphanumeric()).map(|(at, _)| at).collect();
    let whole = *starts.last()?;
    let before = text.get(..whole).unwrap_or("");
    if text.get(whole..)?.chars().all(is_han) {
        // The longest credit that ends here, whatever name it is glued to.
        let credit = starts.iter().rev().copied().find(|at| is_credit(*at));
        return credit.or(before.ends_with(char::is_whitespace).then_some(whole));
    }
    // "Photo by: …" is one label.
    let word_before = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let two = (!before.is_empty() && is_credit(word_before)).then_some(word_before);
    two.or(is_credit(whole).then_some(whole))
}

/// "ByAnn Lee", where markup lost a space.
fn unglued(segment: &str) -> &str {
    let rest = segment.strip_prefix("By").or_else(|| segment.strip_prefix("by"));
    let glued = rest.filter(|rest| rest.chars().next().is_some_and(char::is_uppercase));
    glued.unwrap_or(segment)
}

/// The lead a segment begins with, and what stands behind it.
fn lead_of<'t>(segment: &'t str, pages: &Pages) -> (Option<Credit>, &'t str) {
    let folded = segment.to_lowercase();
    if folded.len() != segment.len() {
        return (None, segment);
    }
    // The longest lead counts; it is a handful of words at most.
    let ends = segment.char_indices().map(|(at, _)| at).chain([segment.len()]).take(40);
    let mut found = (None, segment);
    for end in ends {
        let (Some(lead), Some(rest)) = (folded.get(..end), segment.get(end..)) else { continue };
        let next = rest.chars().next();
        let whole = !lead.chars().last().is_some_and(char::is_alphanumeric)
            || next.is_none_or(|c| !c.is_alphanumeric())
            || lead.chars().all(is_han);
        if !whole {
            continue;
        }
        for kind in [Credit::Lead, Credit::Other] {
            if pages.is_credit(lead, kind) {
                // "记者陈以宁" is a lead and a name; "文字" is another word than "文".
                let glued = lead.chars().all(is_han) && next.is_some_and(is_han);
                if !glued || lead.chars().count() > 1 {
                    found = (
                        Some(kind),
                        rest.trim_start_matches([':', '：', ' ', '/', '.', '|', '\u{a0}']),
                    );
                }
            }
        }
    }
    found
}

/// Cuts "Ann Lee and Bo Chu, Senior Reporter" into names.
fn names_in(text: &str, rules: &Rules, trusted: bool) -> Vec<String> {
    let pages = &rules.pages;
    let mut names: Vec<String> = Vec::new();
    for (index, part) in text.split([',', '、', ';', '；', '，', '\n']).enumerate() {
        let mut words: Vec<&str> = Vec::new();
        let mut ended = false;
        let mut close = |words: &mut Vec<&str>| {
            let before = words.len();
            while words.len() > 1
                && words.last().is_some_and(|w| pages.is_credit(&w.to_lowercase(), Credit::Title))
            {
                words.pop();
            }
            // "Ann Lee, Courts Reporter": behind a name and a comma stands what somebody is.
            let role = index > 0 && words.len() < before;
            let name = words.join(" ");
            let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_string();
            words.clear();
            let fine = !role && is_name(&name, pages, trusted);
            if fine {
                names.push(name);
            }
            fine
        };
        for word in part.split_whitespace() {
            let folded = word.to_lowercase();
            let han = word.chars().all(is_han);
            if pages.is_credit(&folded, Credit::Joint) && !words.is_empty() {
                close(&mut words);
                ended = false;
            } else if pages.is_credit(&folded, Credit::Stop) && !words.is_empty() {
                close(&mut words);
                ended = true;
            } else if folded == "by" || folded == "von" && words.is_empty() {
                // "Byby Ann Lee", "Von Ann Lee"
            } else if han && words.last().is_some_and(|last| last.chars().all(is_han)) {
                // A space ends a Chinese name; another one may follow, or a link of the page.
                close(&mut words);
                ended = !is_han_name(word, rules);
                if !ended {
                    words.push(word);
                }
            } else if !ended {
                words.push(word);
            }
        }
        let last = words.is_empty() || close(&mut words);
        // Behind the names come role and date.
        if !last && !names.is_empty() {
            break;
        }
    }
    names
}

/// Two or three Chinese characters, the first a surname.
pub(super) fn is_han_name(text: &str, rules: &Rules) -> bool {
    let first = text.chars().next().map(String::from).unwrap_or_default();
    rules.vocabulary.is(rules.vocabulary.find(&first), rules.classes.han_surname)
        && (2..=3).contains(&text.chars().count())
        && text.chars().all(is_han)
}

fn is_name(text: &str, pages: &Pages, trusted: bool) -> bool {
    const PARTICLES: [&str; 24] = [
        "de", "van", "von", "der", "den", "del", "della", "di", "da", "du", "la", "le", "el", "al",
        "bin", "ben", "ter", "ten", "dos", "das", "y", "zu", "af", "the",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let count = text.chars().count();
    if text.chars().all(is_han) {
        return (2..=4).contains(&count) && !pages.is_credit(text, Credit::Role);
    }
    let folded = text.to_lowercase();
    let role = pages.is_credit(&folded, Credit::Role)
        || words.last().is_some_and(|last| {
            words.len() <= 3
                && words.len() > 1
                && pages.is_credit(&last.to_lowercase(), Credit::Role)
        });
    // Metadata may name a group: "The Orrery Team".
    let role = role && !(trusted && words.len() > 1);
    let sound = !text.contains("http") && !text.contains("www.") && (2..=60).contains(&count);
    let capital =
        |word: &str| word.chars().next().is_some_and(|c| !c.is_lowercase() && !c.is_ascii_digit());
    let small = |word: &&&str| !capital(word) && !PARTICLES.contains(&word.to_lowercase().as_str());
    sound
        && !role
        && (1..=6).contains(&words.len())
        && text.chars().any(char::is_alphabetic)
        && (trusted
            || !text.contains(['@', '?', '!', ':', '：', '…', '“', '"'])
                && !text.chars().any(|c| c.is_ascii_digit())
                && words.len() <= 5
                && words.iter().filter(small).count() == 0
                && words.first().is_some_and(|word| capital(word)))
}
