//! The headline: what heading, structured data, metadata and `<title>` agree on.

use super::linked::{LinkedData, decoded};
use super::measure::{ends_as_sentence, extent, plain, same_letters};
use super::meta::clip;
use super::page::{Page, RawBlock, Tag};
use super::printed::{self, Order};
use super::published::fields;
use crate::model::ground::Basis;
use crate::rules::{Field, Rules, mark};

/// The headline, and the block that shows it.
pub(super) struct Titled {
    pub title: Option<String>,
    pub at: Option<usize>,
    /// Where it was found.
    pub basis: Option<Basis>,
}

/// Most headings of a level that may be the headline, and most bytes of a stated headline.
const HEADINGS_MAX: usize = 60;
const STATED_BYTES_MAX: usize = 2000;
/// Shortest headline that may be cut off the line above it.
const REST_EXTENT_MIN: i64 = 12;
/// Longest date in front of a headline.
const DATE_EXTENT_MAX: i64 = 24;
/// Marks that open a quotation.
const OPENING: [char; 6] = ['"', '“', '„', '«', '»', '‘'];
/// Shortest part of a host that names its site.
const HOST_LETTERS_MIN: usize = 5;

/// Finds the headline.
pub(super) fn title(
    page: &Page,
    linked: &LinkedData,
    outlet: Option<&str>,
    host: &str,
    rules: &Rules,
) -> Titled {
    let named: Vec<String> =
        fields(&page.head, Field::Title, rules).into_iter().map(decoded).collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    let stated: Vec<&str> =
        linked.headline.as_deref().into_iter().chain(named.iter().copied()).collect();
    let at = title_block(page, &stated, outlet, host);
    let heading = at.and_then(|(i, fits)| Some((page.blocks.get(i)?.text.clone(), fits)));
    let bare = |title: &str| without_suffix(without_date(title, rules), outlet, host);
    let from_title = page.head.title.as_deref().map(bare);
    let from_title =
        from_title.filter(|title| Some(title.as_str()) != outlet && !is_site_name(page, title));
    // Each witness with its weight in thirds of a vote.
    let mut votes: Vec<(String, i32, Basis)> = Vec::new();
    let mut vote = |text: String, weight: i32, basis: Basis| {
        let folded = plain(&text);
        let known = votes.iter_mut().find(|(other, ..)| plain(other) == folded);
        match known {
            _ if folded.is_empty() || outlet.is_some_and(|o| plain(o) == folded) => {}
            Some((_, count, found)) => {
                *count += weight;
                *found = Basis::Agreed;
            }
            None => votes.push((text, weight, basis)),
        }
    };
    if let (Some((index, _)), Some((heading, fits))) = (at, &heading) {
        let witnesses = stated.iter().map(|title| bare(title)).chain(from_title.clone());
        let heading = without_kicker(page, index, heading, witnesses, rules);
        // A heading holds no other suffix than the name of its site.
        let heading = cut(without_date(&heading, rules), outlet, host, false);
        vote(heading, if *fits { 7 } else { 1 }, Basis::Heading);
    }
    if let Some(headline) = linked.headline.as_deref() {
        vote(bare(headline), 3, Basis::JsonLd);
    }
    let first = named.first().copied();
    if let Some(first) = first {
        vote(bare(first), 3, Basis::Meta);
    }
    if let Some(other) = named.iter().find(|other| first.is_some_and(|f| plain(f) != plain(other)))
    {
        vote(bare(other), 1, Basis::Meta);
    }
    if let Some(from_title) = &from_title {
        vote(from_title.clone(), 3, Basis::TitleElement);
    }
    let most = votes.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
    let chosen = votes.into_iter().find(|(_, count, _)| *count == most);
    let chosen = chosen.map(|(text, _, basis)| (text, basis));
    let chosen = chosen.or_else(|| Some((visible_title(page)?, Basis::Visible)));
    let chosen = chosen.map(|(title, basis)| (clip(&title), basis));
    let (title, basis) = chosen.filter(|(title, _)| !title.is_empty()).unzip();
    Titled { title, at: at.map(|(index, _)| index), basis }
}

/// A heading without the line above the headline that stands in the same element: an element of its
/// own, or a date. What is left is stated elsewhere, or named after titles.
fn without_kicker(
    page: &Page,
    index: usize,
    heading: &str,
    witnesses: impl Iterator<Item = String>,
    rules: &Rules,
) -> String {
    let whole = plain(heading);
    let from = page.spots.partition_point(|spot| spot.block < index);
    let inside = || page.spots.iter().skip(from).take_while(|spot| spot.block == index);
    let is_rest = |text: &str| {
        let rest = plain(text);
        let Some(front) = whole.strip_suffix(rest.as_str()).filter(|front| !front.is_empty())
        else {
            return false;
        };
        let apart =
            inside().any(|spot| same_letters(&spot.text, front) || same_letters(&spot.text, text));
        extent(text) >= REST_EXTENT_MIN && (apart || is_date(heading, front.len(), rules))
    };
    let marked = inside().filter(|spot| spot.marks & mark::TITLE != 0).map(|s| s.text.clone());
    // Two elements with nothing between their words are two lines.
    let glued = || {
        let rest = inside().find_map(|spot| {
            let rest = heading.strip_prefix(spot.text.as_str())?;
            let ends = spot.text.ends_with(char::is_alphanumeric);
            (ends && rest.starts_with(|c: char| c.is_uppercase() || OPENING.contains(&c)))
                .then_some(rest)
        });
        rest.filter(|rest| extent(rest) >= REST_EXTENT_MIN).unwrap_or(heading).to_string()
    };
    witnesses.chain(marked).find(|text| is_rest(text)).unwrap_or_else(glued)
}

/// A headline without the date in front: "3.7.2026 - Ban lifted".
fn without_date<'t>(title: &'t str, rules: &Rules) -> &'t str {
    let parts = [" - ", " – ", " | ", ": "].into_iter().filter_map(|mark| title.split_once(mark));
    let mut dated = parts.filter(|(front, rest)| {
        extent(front) <= DATE_EXTENT_MAX
            && extent(rest) >= REST_EXTENT_MIN
            && printed::day(front, Order::DayFirst, &rules.pages).is_some()
    });
    dated.next().map_or(title, |(_, rest)| rest)
}

/// Whether a heading begins with a date of so many letters.
fn is_date(heading: &str, letters: usize, rules: &Rules) -> bool {
    let ends = heading.char_indices().filter(|(_, c)| c.is_alphanumeric()).nth(letters);
    let front = ends.and_then(|(at, _)| heading.get(..at)).unwrap_or("");
    extent(front) <= DATE_EXTENT_MAX && printed::day(front, Order::DayFirst, &rules.pages).is_some()
}

/// The heading that is most likely the headline, and whether its words are stated elsewhere.
fn title_block(
    page: &Page,
    stated: &[&str],
    outlet: Option<&str>,
    host: &str,
) -> Option<(usize, bool)> {
    let head = &page.head;
    let titles: Vec<String> =
        stated.iter().copied().chain(head.title.as_deref()).map(plain).collect();
    let fits = |block: &RawBlock| {
        let shown = plain(&block.text);
        !shown.is_empty()
            && titles.iter().any(|title| {
                title.contains(&shown) && shown.len() * 3 >= title.len()
                    || !title.is_empty() && shown.contains(title.as_str()) && title.len() > 20
            })
    };
    let headings = |level: u8| {
        page.blocks
            .iter()
            .enumerate()
            .filter(move |(_, b)| b.tag == Tag::Heading(level))
            .take(HEADINGS_MAX)
    };
    let exact = |block: &RawBlock| {
        let shown = plain(&block.text);
        !shown.is_empty() && titles.contains(&shown)
    };
    // A page that states no headline has the one it shows, however short.
    let least = if titles.iter().all(String::is_empty) { 1 } else { 15 };
    let free = |b: &RawBlock| !b.in_furniture() && extent(&b.text) > least;
    let alone = headings(1).filter(|(_, b)| free(b)).count() == 1;
    let site = |block: &RawBlock| {
        let shown = plain(&block.text);
        outlet.is_some_and(|o| plain(o).contains(&shown)) || plain(host).contains(&shown)
    };
    let mut exacts = headings(1).chain(headings(2)).filter(|(_, block)| exact(block));
    let first = exacts.clone().find(|(_, block)| !site(block)).or_else(|| exacts.next());
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase)
            .filter(|w| w.chars().count() > 3)
            .collect()
    };
    let stated_words: Vec<String> =
        stated.iter().copied().chain(head.title.as_deref()).flat_map(words).collect();
    // The heading of the article need not be what the page calls itself elsewhere.
    let shares = |block: &RawBlock| {
        let words = words(&block.text);
        let shared = words.iter().filter(|word| stated_words.contains(word)).count();
        shared * 3 >= words.len().max(1)
    };
    first
        .or_else(|| headings(1).find(|(_, block)| fits(block) && !site(block)))
        .or_else(|| headings(1).find(|(_, b)| free(b) && !site(b) && (alone || shares(b))))
        .or_else(|| headings(2).find(|(_, block)| fits(block) && !site(block)))
        .map(|(index, _)| (index, true))
        .or_else(|| headings(1).find(|(_, b)| free(b)).map(|(index, _)| (index, false)))
        .or_else(|| {
            let mut all = headings(1);
            let only = all.next().filter(|_| all.next().is_none());
            only.filter(|(_, b)| !site(b) && shares(b)).map(|(index, _)| (index, false))
        })
        .or_else(|| {
            let line = |b: &RawBlock| fits(b) && extent(&b.text) > 25 && extent(&b.text) < 300;
            page.blocks.iter().position(line).map(|index| (index, true))
        })
}

/// The `<title>` of some pages is the name of the site: it stands on the page as a line by itself.
pub(super) fn is_site_name(page: &Page, title: &str) -> bool {
    let is_line = |block: &RawBlock| {
        plain(&block.text) == plain(title) && !matches!(block.tag, Tag::Heading(_))
    };
    page.blocks.iter().take(4).any(is_line) && title.split_whitespace().count() <= 5
}

/// The longest line right before the text that is no sentence.
fn visible_title(page: &Page) -> Option<String> {
    let first = first_paragraph(page)?;
    let before = page.blocks.get(..first)?;
    before
        .iter()
        .rev()
        .take(8)
        .filter(|b| b.linked * 2 < b.text.len() && b.marks & mark::FURNITURE == 0)
        .max_by_key(|block| extent(&block.text))
        .filter(|block| extent(&block.text) >= 25)
        .map(|block| block.text.clone())
}

fn first_paragraph(page: &Page) -> Option<usize> {
    let range = page.article.clone();
    page.blocks
        .iter()
        .enumerate()
        .skip(range.start)
        .take(range.len())
        .find(|(_, b)| {
            extent(&b.text) >= 80
                && ends_as_sentence(&b.text)
                && !b.in_furniture()
                && !matches!(b.tag, Tag::Heading(_))
        })
        .map(|(index, _)| index)
}

/// Cuts " | The Daily" and its like: the shorter part behind the last separator, and a site's
/// address or name in front.
fn without_suffix(title: &str, outlet: Option<&str>, host: &str) -> String {
    cut(title, outlet, host, true)
}

/// Cuts what names the site, and with `any` every short part at the end.
fn cut(title: &str, outlet: Option<&str>, host: &str, mut any: bool) -> String {
    let short =
        (0..=title.len().min(STATED_BYTES_MAX)).rev().find(|at| title.is_char_boundary(*at));
    let title = title.get(..short.unwrap_or(0)).unwrap_or("");
    let title = match title.split_once(": ") {
        Some((front, rest)) if front.contains('.') && !front.contains(' ') => rest,
        _ => title,
    };
    let separators = [
        " | ", " - ", " – ", " — ", " :: ", " » ", " · ", "_", "｜", "ㅣ", " • ", " / ", " ‹ ",
        " « ", " ∙ ", " : ", " // ",
    ];
    let mut best = title.trim().to_string();
    let labels = host.rsplit('.').skip(1).map(plain);
    let site = labels.max_by_key(String::len).filter(|label| label.len() >= HOST_LETTERS_MIN);
    let is_outlet = |part: &str| {
        let part = plain(part);
        outlet.is_some_and(|o| {
            !part.is_empty() && (part.contains(&plain(o)) || plain(o).contains(&part))
        }) || site.as_ref().is_some_and(|site| part.contains(site.as_str()))
    };
    // "The Daily | Ban lifted"
    let front = separators.iter().filter_map(|s| best.split_once(s)).min_by_key(|(f, _)| f.len());
    if let Some((front, back)) = front
        && outlet.is_some_and(|o| plain(o) == plain(front))
        && extent(back) >= 10
    {
        best = back.trim().to_string();
    }
    loop {
        let cut = separators
            .iter()
            .filter_map(|s| best.rfind(s).map(|at| (at, s.len())))
            .max_by_key(|(at, _)| *at);
        let Some((at, len)) = cut else { return best };
        let (front, back) = (best.get(..at).unwrap_or(""), best.get(at + len..).unwrap_or(""));
        let short = extent(back) * 3 <= extent(front) * 2 && back.split_whitespace().count() <= 5;
        // "_" stands between sections of Chinese sites and in no headline.
        let section = len == 1 && best.get(at..at + 1) == Some("_") && extent(back) <= 12;
        if !front.trim().is_empty() && (is_outlet(back) || any && (short || section)) {
            best = front.trim().to_string();
            // Sections stand between the headline and the site.
            any = true;
        } else {
            return best;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_of_titles_are_cut() {
        for (title, outlet, bare) in [
            ("Ban lifted | The Herald", Some("The Herald"), "Ban lifted"),
            ("The Herald | Ban lifted today", Some("The Herald"), "Ban lifted today"),
            ("Ban lifted – News – Herald", None, "Ban lifted"),
            ("GPT-5 - a review of the review", None, "GPT-5 - a review of the review"),
            ("禁令解除_科技频道_南湾网", None, "禁令解除"),
            ("A guide : Harnvik Shop", None, "A guide"),
            (
                "Ban lifted | The whole long story of what the Harnvik-Shop has said",
                None,
                "Ban lifted",
            ),
            ("Ban: the Harnvik shop closes", None, "Ban: the Harnvik shop closes"),
        ] {
            assert_eq!(without_suffix(title, outlet, "pages.harnvik-shop.example"), bare);
        }
    }
}
