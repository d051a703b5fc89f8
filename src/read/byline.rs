//! Who wrote it: names out of metadata and printed bylines, never a role, a date or a photographer.

use std::ops::Range;

use super::html::{Page, RawBlock, Spot, extent};
use super::linked::LinkedData;
use super::meta::plain;
use super::published::fields;
use crate::model::article::BlockKind;
use crate::rules::{Credit, Field, Pages, Rules, is_han, mark};

/// What is known around a byline.
pub(super) struct Bylines<'a> {
    pub page: &'a Page,
    pub linked: &'a LinkedData,
    pub kinds: &'a [BlockKind],
    /// Blocks around the headline.
    pub zone: Range<usize>,
    /// Blocks right behind the text.
    pub tail: Range<usize>,
    pub title: Option<&'a str>,
    pub outlet: Option<&'a str>,
    pub rules: &'a Rules,
}

/// Longest line that is looked at for names, and most names of one article.
const LINE_EXTENT_MAX: i64 = 160;
const NAMES_MAX: usize = 12;

/// The authors' names: structured data, meta elements, printed bylines, marked elements.
pub(super) fn byline(seen: &Bylines<'_>) -> Vec<String> {
    let linked = seen.kept(seen.linked.authors.iter().flat_map(|text| seen.names(text, true)));
    if !linked.is_empty() {
        return linked;
    }
    let metas = fields(&seen.page.head, Field::Author, seen.rules);
    let metas = metas.into_iter().filter(|text| !text.contains("://"));
    let metas = seen.kept(metas.flat_map(|text| seen.names(text, true)));
    if !metas.is_empty() {
        return metas;
    }
    let sources = [
        seen.printed(seen.zone.clone()),
        seen.marked(seen.zone.clone()),
        seen.printed(seen.tail.clone()),
        seen.bare(),
        seen.wire(),
        seen.marked(seen.tail.clone()),
        seen.marked(0..seen.tail.end),
    ];
    sources.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

impl Bylines<'_> {
    fn kept(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        let is_outlet = |name: &str| self.outlet.is_some_and(|o| plain(o) == plain(name));
        let mut kept: Vec<String> = Vec::new();
        for name in names.filter(|name| !is_outlet(name)) {
            if !kept.contains(&name) && kept.len() < NAMES_MAX {
                kept.push(name);
            }
        }
        kept
    }

    fn names(&self, text: &str, trusted: bool) -> Vec<String> {
        credited(text, &self.rules.pages, true, trusted)
    }

    /// Blocks of a range that are no text of the article.
    fn lines(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &RawBlock)> {
        let named = self.title.map(plain).unwrap_or_default();
        let all = self.page.blocks.iter().zip(self.kinds).enumerate();
        all.skip(range.start)
            .take(range.len())
            .filter(|(_, (block, _))| extent(&block.text) <= LINE_EXTENT_MAX)
            .filter(|(_, (_, kind))| !kind.is_main() || **kind == BlockKind::Heading)
            .filter(|(_, (block, _))| block.marks & (mark::RELATED | mark::COMMENT) == 0)
            .filter(move |(_, (block, _))| plain(&block.text) != named)
            .map(|(index, (block, _))| (index, block))
    }

    fn spots(&self, range: Range<usize>) -> impl Iterator<Item = &Spot> {
        let aside = |spot: &Spot| {
            let block = self.page.blocks.get(spot.block);
            block.is_some_and(|b| b.marks & (mark::RELATED | mark::COMMENT) != 0)
        };
        self.page.spots.iter().filter(move |s| range.contains(&s.block) && !aside(s))
    }

    /// Lines that begin as bylines do.
    fn printed(&self, range: Range<usize>) -> Vec<String> {
        let lines = self.lines(range.clone()).map(|(_, block)| block.text.as_str());
        let spots = self.spots(range).map(|spot| spot.text.as_str());
        let found = lines.chain(spots).map(|text| credited(text, &self.rules.pages, false, false));
        let found: Vec<String> = found
            .map(|names| self.kept(names.into_iter()))
            .find(|n| !n.is_empty())
            .unwrap_or_default();
        found
    }

    /// Elements named after authors.
    fn marked(&self, range: Range<usize>) -> Vec<String> {
        let spots = self.spots(range.clone()).filter(|spot| spot.marks & mark::BYLINE != 0);
        for spot in spots {
            let names = self.kept(self.names(&spot.text, false).into_iter());
            if !names.is_empty() {
                // Each of several authors may have an element of its own.
                let beside =
                    self.page.spots.iter().filter(|other| {
                        other.block == spot.block && other.marks & mark::BYLINE != 0
                    });
                let all = beside.flat_map(|other| self.names(&other.text, false));
                return self.kept(all);
            }
        }
        for (index, block) in self.lines(range) {
            let near = block.near.get(mark::BYLINE.trailing_zeros() as usize);
            if near.is_none_or(|near| *near > 2) {
                continue;
            }
            // "Ann Lee <span>Reporter</span>": the name stands before the first inline element.
            let from = self.page.spots.partition_point(|spot| spot.block < index);
            let inside = self.page.spots.iter().skip(from).take_while(|spot| spot.block == index);
            let inner = inside.into_iter().find(|spot| !spot.text.is_empty());
            let head = inner.and_then(|spot| block.text.split_once(spot.text.as_str()));
            let head = head.map(|(head, _)| head).filter(|head| !head.trim().is_empty());
            let texts = head.into_iter().chain([block.text.as_str()]);
            let found = texts.map(|text| self.kept(self.names(text, false).into_iter()));
            if let Some(names) = found.into_iter().find(|names| !names.is_empty()) {
                return names;
            }
        }
        Vec::new()
    }

    /// A line by itself that is a name and nothing else.
    fn bare(&self) -> Vec<String> {
        let lines = self.lines(self.zone.clone()).map(|(_, block)| &block.text);
        let lines = lines.chain(self.spots(self.zone.clone()).map(|spot| &spot.text));
        let mut found = lines.filter(|text| looks_like_name(text, self.rules));
        self.kept(found.next().cloned().into_iter())
    }

    /// An agency: a line by itself that the dateline repeats in parentheses.
    fn wire(&self) -> Vec<String> {
        let text = self
            .page
            .blocks
            .iter()
            .zip(self.kinds)
            .find(|(b, k)| k.is_main() && extent(&b.text) > 60);
        let Some((first, _)) = text else { return Vec::new() };
        let head: String = first.text.chars().take(120).collect();
        let Some(agency) = head.split_once('(').and_then(|(_, rest)| rest.split_once(')')) else {
            return Vec::new();
        };
        let agency = agency.0.trim();
        let lines = self.lines(self.zone.clone()).map(|(_, block)| block.text.as_str());
        let mut lines = lines.chain(self.spots(self.zone.clone()).map(|spot| spot.text.as_str()));
        let named = agency.len() > 3 && lines.any(|line| line.trim() == agency);
        self.kept(named.then(|| agency.to_string()).into_iter())
    }
}

/// The authors a printed line credits: segments behind leads first; without `any`, only those.
fn credited(text: &str, pages: &Pages, any: bool, trusted: bool) -> Vec<String> {
    const BREAKS: [char; 11] = ['|', '｜', '丨', '·', '•', '\u{3000}', '(', '（', ')', '）', '／'];
    let mut mode = any;
    let mut first: Vec<String> = Vec::new();
    let text = text
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
        let segment = unglued(segment);
        let bare = segment.trim_end_matches([':', '：', ' ']).to_lowercase();
        if pages.is_credit(&bare, Credit::Lead) {
            mode = true;
            continue;
        }
        if pages.is_credit(&bare, Credit::Other) {
            mode = false;
            continue;
        }
        // "来源：南湾　作者：林澜": the last lead or other credit of the segment counts.
        let (kind, rest) = lead_of(segment, pages);
        let led = match kind {
            Some(Credit::Lead) => true,
            Some(_) => false,
            None => mode,
        };
        if !led {
            continue;
        }
        let names = names_in(rest, pages, trusted);
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
fn names_in(text: &str, pages: &Pages, trusted: bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split([',', '、', ';', '；', '，', '\n']) {
        let mut words: Vec<&str> = Vec::new();
        let mut ended = false;
        let mut close = |words: &mut Vec<&str>| {
            while words.len() > 1
                && words.last().is_some_and(|w| pages.is_credit(&w.to_lowercase(), Credit::Title))
            {
                words.pop();
            }
            let name = words.join(" ");
            let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_string();
            words.clear();
            let fine = is_name(&name, pages, trusted);
            if fine {
                names.push(name);
            }
            fine
        };
        for word in part.split_whitespace() {
            let folded = word.to_lowercase();
            if pages.is_credit(&folded, Credit::Joint) && !words.is_empty() {
                close(&mut words);
                ended = false;
            } else if pages.is_credit(&folded, Credit::Stop) && !words.is_empty() {
                close(&mut words);
                ended = true;
            } else if folded == "by" || folded == "von" && words.is_empty() {
                // "Byby Ann Lee", "Von Ann Lee"
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
            || !text.contains(['@', '?', '!', ':', '…', '“', '"'])
                && !text.chars().any(|c| c.is_ascii_digit())
                && words.len() <= 5
                && words.iter().filter(small).count() == 0
                && words.first().is_some_and(|word| capital(word)))
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
    use super::*;

    fn pages() -> Pages {
        let tree = [(
            "lexicon/credits/credits.toml",
            include_str!("../../data/lexicon/credits/credits.toml"),
        )];
        let tree = tree.map(|(name, text)| (name.to_string(), text.to_string()));
        let tree: crate::model::tree::SourceTree = tree.into_iter().collect();
        Pages::of(&tree)
    }

    #[test]
    fn bylines_become_names() {
        let pages = pages();
        for (line, names) in [
            ("By Ann Lee and Bo Chu, Senior Reporter", &["Ann Lee", "Bo Chu"][..]),
            ("2026年2月13日 来源：南湾　作者：林澜　字号", &["林澜"]),
            ("文｜林澜　编辑｜周远", &["林澜"]),
            ("编辑：周远 | 作者：林澜", &["林澜"]),
            ("Posted by Ann Lee on Monday", &["Ann Lee"]),
            ("Photo by Ann Lee", &[]),
            ("Von Jan van Dyk", &["Jan van Dyk"]),
            ("by the numbers", &[]),
        ] {
            assert_eq!(credited(line, &pages, false, false), names, "{line}");
        }
    }
}
