//! Which metadata to believe: headline, authors, day of publication, publisher, address.
//!
//! In: what the head says and the blocks around the headline. Out: one value each, with the basis
//! of the date. Order of trust: structured data, meta elements, marked elements, the address,
//! what stands near the headline. Not here: finding these things in the markup (`html.rs`).

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::byline::byline;
use super::dates::day_of_line;
use super::html::{Head, Page, RawBlock, Spot, Tag, ends_as_sentence, extent};
use super::linked::LinkedData;
use super::sites;
use crate::model::article::{Published, PublishedBasis};
use crate::rules::{Rules, mark};

/// Metadata as believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub byline: Vec<String>,
    pub published: Option<Published>,
    pub outlet: Option<String>,
    pub canonical: Option<String>,
    pub lang: Option<String>,
}

/// Most characters of a name or headline taken over.
const TITLE_CHARS_MAX: usize = 400;

/// Gathers metadata of a page.
pub(super) fn find(page: &Page, requested: &str, fetched: DateTime<Utc>, rules: &Rules) -> Meta {
    let linked = LinkedData::of(&page.head.json_ld);
    let head = &page.head;
    let canonical = canonical(head, requested);
    let address = canonical.clone().unwrap_or_else(|| requested.to_string());
    let host = sites::host_of(&address);
    let outlet = linked
        .publisher
        .clone()
        .or_else(|| meta(head, &["og:site_name", "application-name", "publisher"]))
        .or_else(|| {
            host.and_then(|host| rules.registry.outlet_at(host)).map(|entity| entity.name.clone())
        });
    let title_at = title_block(page, head, &linked);
    let title = title(page, head, &linked, title_at, outlet.as_deref());
    let range = header_range(page, title_at);
    let zone = header_zone(page, range.clone(), title.as_deref());
    let spots: Vec<&Spot> = page.spots.iter().filter(|spot| range.contains(&spot.block)).collect();
    let outlet = outlet.or_else(|| outlet_near(page, head, title.as_deref()));
    let published = published(head, &linked, &zone, &spots, &address, fetched, rules);
    let byline = byline(head, &linked, &zone, &spots, outlet.as_deref(), rules);
    Meta { title, byline, published: Some(published), outlet, canonical, lang: head.lang.clone() }
}

fn meta(head: &Head, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| {
        let found = head.metas.iter().find(|(k, content)| k == key && !content.is_empty());
        found.map(|(_, content)| content.clone())
    })
}

pub(super) fn clip(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(TITLE_CHARS_MAX).collect()
}

// --- addresses -------------------------------------------------------------------------------

fn canonical(head: &Head, requested: &str) -> Option<String> {
    let named = head.canonical.clone().or_else(|| meta(head, &["og:url"]))?;
    let named = match url::Url::parse(&named) {
        Ok(url) => url,
        Err(_) => url::Url::parse(requested).ok()?.join(&named).ok()?,
    };
    let sound = matches!(named.scheme(), "http" | "https") && named.host_str().is_some();
    // A canonical link to the front page says nothing about this article.
    let front = named.path() == "/" && named.query().is_none();
    (sound && !front).then(|| named.to_string())
}

// --- headline --------------------------------------------------------------------------------

/// The heading that is most likely the headline: a first-level one, the last before the text.
fn title_block(page: &Page, head: &Head, linked: &LinkedData) -> Option<usize> {
    let named = linked.headline.clone().or_else(|| meta(head, &["og:title", "twitter:title"]));
    let titles = [named, head.title.clone()];
    let fits = |block: &RawBlock| {
        titles.iter().flatten().any(|title| {
            let (a, b) = (plain(title), plain(&block.text));
            !b.is_empty() && (a.contains(&b) || b.contains(&a) && a.len() > 20)
        })
    };
    let headings = |level: u8| {
        page.blocks.iter().enumerate().filter(move |(_, b)| b.tag == Tag::Heading(level))
    };
    headings(1)
        .chain(headings(2))
        .find(|(_, block)| fits(block))
        .or_else(|| {
            headings(1).find(|(_, b)| b.marks & mark::FURNITURE == 0 && extent(&b.text) > 15)
        })
        .map(|(index, _)| index)
        .or_else(|| page.blocks.iter().position(|b| fits(b) && extent(&b.text) > 25))
}

fn title(
    page: &Page,
    head: &Head,
    linked: &LinkedData,
    title_at: Option<usize>,
    outlet: Option<&str>,
) -> Option<String> {
    let heading = title_at.and_then(|i| page.blocks.get(i)).map(|b| b.text.clone());
    let named =
        linked.headline.clone().or_else(|| meta(head, &["og:title", "twitter:title", "dc.title"]));
    let named = named.map(|title| without_suffix(&title, outlet));
    let from_title = head.title.as_deref().map(|title| without_suffix(title, outlet));
    let chosen = match (heading, named, from_title) {
        (Some(heading), _, _) => Some(heading),
        (None, Some(named), _) => Some(named),
        (None, None, Some(title))
            if Some(title.as_str()) != outlet && !is_site_name(page, &title) =>
        {
            Some(title)
        }
        (None, None, _) => visible_title(page),
    };
    chosen.map(|title| clip(&title)).filter(|title| !title.is_empty())
}

/// The `<title>` of some pages is the name of the site: it stands on the page as a line by itself.
fn is_site_name(page: &Page, title: &str) -> bool {
    let first = page.blocks.iter().take(4).any(|block| plain(&block.text) == plain(title));
    first && title.split_whitespace().count() <= 5
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
                && b.marks & mark::FURNITURE == 0
                && !matches!(b.tag, Tag::Heading(_))
        })
        .map(|(index, _)| index)
}

/// Cuts " | The Daily" and its like: the shorter part behind the last separator, and a site's
/// address in front.
fn without_suffix(title: &str, outlet: Option<&str>) -> String {
    let title = match title.split_once(": ") {
        Some((front, rest)) if front.contains('.') && !front.contains(' ') => rest,
        _ => title,
    };
    let separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", "_", "｜", " • "];
    let mut best = title.trim().to_string();
    loop {
        let cut = separators
            .iter()
            .filter_map(|s| best.rfind(s).map(|at| (at, s.len())))
            .max_by_key(|(at, _)| *at);
        let Some((at, len)) = cut else { return best };
        let (front, back) = (best.get(..at).unwrap_or(""), best.get(at + len..).unwrap_or(""));
        let named = outlet
            .is_some_and(|o| plain(back).contains(&plain(o)) || plain(o).contains(&plain(back)));
        let short = extent(back) * 3 <= extent(front) * 2 && back.split_whitespace().count() <= 5;
        if !front.trim().is_empty() && (named || short) {
            best = front.trim().to_string();
        } else {
            return best;
        }
    }
}

/// Letters and digits only, in small letters: for comparing headlines.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

// --- around the headline ---------------------------------------------------------------------

/// The blocks between the headline and the text, and those just before the headline.
fn header_range(page: &Page, title_at: Option<usize>) -> std::ops::Range<usize> {
    let first = first_paragraph(page).unwrap_or(page.article.end.min(page.blocks.len()));
    let from = match title_at {
        Some(at) if at <= first => at.saturating_sub(3),
        _ => first.saturating_sub(8),
    };
    from..first
}

/// The short lines of the header.
fn header_zone<'a>(
    page: &'a Page,
    range: std::ops::Range<usize>,
    title: Option<&str>,
) -> Vec<&'a RawBlock> {
    let named = title.map(plain).unwrap_or_default();
    page.blocks
        .get(range)
        .unwrap_or(&[])
        .iter()
        .filter(|b| extent(&b.text) <= 160 && plain(&b.text) != named)
        .collect()
}

fn outlet_near(page: &Page, head: &Head, title: Option<&str>) -> Option<String> {
    // The part of <title> that is not the headline.
    let whole = head.title.as_deref()?;
    if let Some(title) = title {
        let rest = whole.replacen(title, "", 1);
        if rest.len() < whole.len() {
            let name = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_string();
            return (!name.is_empty() && extent(&name) <= 60).then_some(name);
        }
    }
    is_site_name(page, whole).then(|| whole.to_string())
}

// --- day of publication ----------------------------------------------------------------------

fn published(
    head: &Head,
    linked: &LinkedData,
    zone: &[&RawBlock],
    spots: &[&Spot],
    address: &str,
    fetched: DateTime<Utc>,
    rules: &Rules,
) -> Published {
    let limit = fetched.date_naive() + chrono::Days::new(1);
    let sound = |p: &Published| p.day <= limit && p.day.format("%Y").to_string().as_str() > "1990";
    let stamped = |text: &str, basis| stamp(text, basis).filter(sound);
    let from_meta = || {
        const KEYS: [&str; 14] = [
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
            "dc.date",
            "dc.date.issued",
            "dcterms.created",
            "sailthru.date",
            "parsely-pub-date",
            "article.published",
            "weibo: article:create_at",
        ];
        KEYS.iter().find_map(|key| {
            let content = head.metas.iter().filter(|(k, _)| k == key);
            content.into_iter().find_map(|(_, text)| stamped(text, PublishedBasis::Meta))
        })
    };
    let from_time = || {
        zone.iter()
            .filter_map(|block| block.datetime.as_deref())
            .find_map(|text| stamped(text, PublishedBasis::Time))
    };
    let visible = || {
        let spots = spots.iter().filter(|s| s.marks & mark::DATE != 0).map(|s| s.text.as_str());
        let marked = zone.iter().filter(|b| b.marks & mark::DATE != 0).map(|b| b.text.as_str());
        let lines = zone.iter().map(|b| b.text.as_str());
        spots.chain(marked).chain(lines).find_map(|text| day_of_line(text, rules, fetched))
    };
    let seen = visible();
    let plain_day = |day: NaiveDate, basis| Published { day, moment: None, basis };
    let in_address =
        sites::day_in(address).map(|day| plain_day(day, PublishedBasis::Url)).filter(sound);
    linked
        .published
        .as_deref()
        .and_then(|text| stamped(text, PublishedBasis::JsonLd))
        .or_else(from_meta)
        .or_else(from_time)
        .or_else(|| match seen {
            Some((day, false)) => Some(plain_day(day, PublishedBasis::Visible)).filter(sound),
            _ => None,
        })
        .or(in_address)
        .or_else(|| match seen {
            Some((day, true)) => Some(plain_day(day, PublishedBasis::Relative)).filter(sound),
            _ => None,
        })
        .unwrap_or_else(|| plain_day(fetched.date_naive(), PublishedBasis::FetchedBound))
}

/// Reads a machine-made time stamp: RFC 3339, RFC 2822, or a plain day at its start.
pub(super) fn stamp(text: &str, basis: PublishedBasis) -> Option<Published> {
    let text = text.trim();
    let moment: Option<DateTime<FixedOffset>> = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc2822(text))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%z"))
        .ok();
    if let Some(moment) = moment {
        return Some(Published { day: moment.date_naive(), moment: Some(moment), basis });
    }
    let day = text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    let day = day
        .or_else(|| text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y/%m/%d").ok()))
        .or_else(|| text.get(..8).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok()))?;
    Some(Published { day, moment: None, basis })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_of_titles_are_cut() {
        for (title, outlet, bare) in [
            ("Ban lifted | The Herald", Some("The Herald"), "Ban lifted"),
            ("Ban lifted – News – Herald", None, "Ban lifted"),
            ("GPT-5 - a review of the review", None, "GPT-5 - a review of the review"),
            ("禁令解除_科技频道_南湾网", None, "禁令解除"),
        ] {
            assert_eq!(without_suffix(title, outlet), bare);
        }
    }
}
