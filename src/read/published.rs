//! When an article came out, and how that is known.
//!
//! In: structured data, metadata, marked and printed dates, the address. Out: one day with its
//! basis. Order of trust: structured data, metadata, `<time>`, the address, dates beside the
//! headline, stamps such as "4h ago", data in scripts, dates elsewhere. A day before the capture is
//! preferred; a page that states a later one is believed over a guess.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::dates::day_of_line;
use super::linked::LinkedData;
use super::measure::extent;
use super::page::{Head, Page, RawBlock, Spot};
use super::printed::{self, Order};
use super::sites;
use crate::model::article::{BlockKind, Published, PublishedBasis};
use crate::rules::{Credit, Field, Rules, mark};

/// What is known around a date.
pub(super) struct Dated<'a> {
    pub page: &'a Page,
    pub linked: &'a LinkedData,
    pub kinds: &'a [BlockKind],
    /// Blocks around the headline.
    pub zone: std::ops::Range<usize>,
    /// Blocks between the headline and the text.
    pub gap: std::ops::Range<usize>,
    /// Blocks right behind the text.
    pub tail: std::ops::Range<usize>,
    pub address: &'a str,
    pub fetched: DateTime<Utc>,
    pub rules: &'a Rules,
    /// The page as it came.
    pub html: &'a str,
}

/// Days after the capture that a page may still state: clocks and archives err.
const LATE_DAYS_MAX: u64 = 400;
/// Longest line between headline and text that is taken for a date.
const SHOWN_EXTENT_MAX: i64 = 80;
/// Longest label in front of a date.
const LABEL_EXTENT_MAX: i64 = 20;
/// Days by which the address may differ from what metadata say before it is believed.
const ADDRESS_DAYS: i64 = 2;

/// When the article came out.
pub(super) fn published(seen: &Dated<'_>) -> Published {
    let in_address = sites::day_in(seen.address).map(|day| plain_day(day, PublishedBasis::Url));
    let in_address = in_address.filter(|p| seen.is_sound(p) || seen.is_late(p));
    let stated = seen
        .in_linked()
        .or_else(|| seen.in_metas(Field::Published))
        .or_else(|| seen.in_times(seen.zone.clone()));
    // What readers are shown is the day where the outlet is at home; machines are told another
    // one where its clock runs on another zone, or where the page was put out again.
    if let Some(shown) = stated.and_then(|stated| seen.shown_otherwise(stated.day)) {
        return shown;
    }
    // An address keeps its first day when a page is put out again.
    if let (Some(stated), Some(address)) = (stated, in_address)
        && (stated.day - address.day).num_days() > ADDRESS_DAYS
    {
        return address;
    }
    stated
        .or(in_address)
        .or_else(|| seen.printed(seen.zone.clone(), true))
        .or_else(|| seen.printed(seen.zone.clone(), false))
        .or_else(|| seen.relative())
        .or_else(|| seen.in_scripts())
        .or_else(|| seen.in_times(seen.tail.clone()))
        .or_else(|| seen.printed(seen.tail.clone(), false))
        .or_else(|| seen.in_times(0..seen.page.blocks.len()))
        .or_else(|| modified(seen))
        .or_else(|| seen.printed(0..seen.page.blocks.len(), true))
        .or_else(|| seen.printed(0..seen.tail.start, false))
        .or_else(|| seen.in_picture())
        .unwrap_or_else(|| plain_day(seen.fetched.date_naive(), PublishedBasis::FetchedBound))
}

/// When the article was changed last, as the page states it.
pub(super) fn modified(seen: &Dated<'_>) -> Option<Published> {
    let linked = seen.linked.modified.as_deref();
    linked
        .and_then(|text| seen.stamped([text], PublishedBasis::JsonLd))
        .or_else(|| seen.in_metas(Field::Modified))
}

impl Dated<'_> {
    fn is_sound(&self, published: &Published) -> bool {
        published.day <= self.fetched.date_naive() + chrono::Days::new(1)
            && published.day > NaiveDate::from_ymd_opt(1990, 12, 31).unwrap_or_default()
    }

    fn is_late(&self, published: &Published) -> bool {
        let today = self.fetched.date_naive();
        published.day > today && published.day <= today + chrono::Days::new(LATE_DAYS_MAX)
    }

    /// The first stamp not after the capture, else the first not long after it.
    fn stamped<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        basis: PublishedBasis,
    ) -> Option<Published> {
        let mut late = None;
        for text in texts {
            let Some(published) = self.stamp(text, basis) else { continue };
            if self.is_sound(&published) {
                return Some(published);
            }
            late = late.or(Some(published).filter(|p| self.is_late(p)));
        }
        late
    }

    fn stamp(&self, text: &str, basis: PublishedBasis) -> Option<Published> {
        stamp(text, basis).or_else(|| {
            let day = printed::day(text, self.order(), &self.rules.pages)?;
            Some(plain_day(day, basis))
        })
    }

    /// American pages put the month first.
    fn order(&self) -> Order {
        let lang = self.page.head.lang.as_deref().unwrap_or("").to_ascii_lowercase();
        let american = lang == "en" || lang.starts_with("en-us") || lang.starts_with("en_us");
        let host = sites::host_of(self.address).unwrap_or("");
        let elsewhere = [".uk", ".au", ".nz", ".ie", ".in", ".za", ".eu"];
        if american && !elsewhere.iter().any(|end| host.ends_with(end)) {
            Order::MonthFirst
        } else {
            Order::DayFirst
        }
    }

    /// The one day printed between headline and text, unless it can be read as the day stated.
    fn shown_otherwise(&self, stated: NaiveDate) -> Option<Published> {
        let blocks = self.page.blocks.iter().zip(self.kinds);
        let blocks = blocks.skip(self.gap.start).take(self.gap.len());
        let lines = blocks
            .filter(|(_, kind)| !kind.is_main() || **kind == BlockKind::Heading)
            .filter(|(block, _)| !block.is_aside())
            .map(|(block, _)| block.text.as_str());
        let spots = self.spots(self.gap.clone());
        let spots = spots.filter(|spot| spot.marks & mark::DATE != 0).map(|s| s.text.as_str());
        let lines: Vec<&str> =
            lines.chain(spots).filter(|line| extent(line) <= SHOWN_EXTENT_MAX).collect();
        let mut shown: Option<NaiveDate> = None;
        let before = std::iter::once("").chain(lines.iter().copied());
        for (line, before) in lines.iter().copied().zip(before) {
            let read = |order| printed::day(line, order, &self.rules.pages);
            let Some(day) = read(self.order()) else { continue };
            let fits =
                [Order::DayFirst, Order::MonthFirst].into_iter().any(|o| read(o) == Some(stated));
            // "Updated" may stand in an element of its own.
            let label = extent(before) <= LABEL_EXTENT_MAX && self.is_update(before);
            if self.is_update(line) || label {
                continue;
            }
            if fits || shown.is_some_and(|other| other != day) {
                return None;
            }
            shown = Some(day);
        }
        shown.map(|day| plain_day(day, PublishedBasis::Visible)).filter(|p| self.is_sound(p))
    }

    /// The day in the address of the picture that stands for the article.
    fn in_picture(&self) -> Option<Published> {
        let metas = self.page.head.metas.iter();
        let mut pictures = metas.filter(|(name, _)| name == "og:image" || name == "twitter:image");
        let day = pictures.find_map(|(_, address)| sites::day_in(address))?;
        Some(plain_day(day, PublishedBasis::Url)).filter(|p| self.is_sound(p))
    }

    fn in_linked(&self) -> Option<Published> {
        let text = self.linked.published.as_deref()?;
        self.stamped([text], PublishedBasis::JsonLd)
    }

    fn in_metas(&self, field: Field) -> Option<Published> {
        let texts = fields(&self.page.head, field, self.rules);
        self.stamped(texts, PublishedBasis::Meta)
    }

    fn spots(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = &Spot> {
        self.page.spots.iter().filter(move |spot| range.contains(&spot.block))
    }

    fn in_times(&self, range: std::ops::Range<usize>) -> Option<Published> {
        let blocks = self.page.blocks.get(range.clone()).unwrap_or(&[]);
        let aside = |index: usize| self.page.blocks.get(index).is_some_and(RawBlock::is_aside);
        let spots = || self.spots(range.clone()).filter(|spot| !aside(spot.block));
        let first = spots().filter(|spot| !self.is_update(&spot.text) && spot.datetime.is_some());
        let texts = first.chain(spots()).filter_map(|spot| spot.datetime.as_deref());
        let in_blocks = blocks.iter().filter_map(|block| block.datetime.as_deref());
        self.stamped(texts.chain(in_blocks.take(1)), PublishedBasis::Time)
    }

    fn is_update(&self, line: &str) -> bool {
        let pages = &self.rules.pages;
        let folded = line.to_lowercase();
        let mut words =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.any(|word| pages.is_credit(word, Credit::Updated)) || folded.contains("更新")
    }

    /// Dates printed in a range: in elements named after dates, or in any short line.
    fn printed(&self, range: std::ops::Range<usize>, marked: bool) -> Option<Published> {
        let all = self.page.blocks.iter().zip(self.kinds);
        let blocks = all.skip(range.start).take(range.len());
        let short = |(block, kind): &(&RawBlock, &BlockKind)| {
            block.extent <= 200
                && !block.is_aside()
                && (block.marks & mark::DATE != 0
                    || !marked && (!kind.is_main() || **kind == BlockKind::Heading))
        };
        let in_blocks = blocks.filter(short).map(|(block, _)| block.text.as_str());
        let in_spots = self
            .spots(range)
            .filter(|spot| spot.marks & mark::DATE != 0)
            .map(|spot| spot.text.as_str());
        let lines: Vec<&str> = in_spots.chain(in_blocks).collect();
        let (updates, first): (Vec<&str>, Vec<&str>) =
            lines.into_iter().partition(|line| self.is_update(line));
        let mut late = None;
        for line in first.into_iter().chain(updates) {
            let Some(day) = printed::day(line, self.order(), &self.rules.pages) else { continue };
            let published = plain_day(day, PublishedBasis::Visible);
            if self.is_sound(&published) {
                return Some(published);
            }
            late = late.or(Some(published).filter(|p| self.is_late(p)));
        }
        late
    }

    /// "4h ago", "Yesterday", a day without its year.
    fn relative(&self) -> Option<Published> {
        let blocks = self.page.blocks.get(self.zone.clone()).unwrap_or(&[]);
        let marked = blocks.iter().filter(|b| b.marks & mark::DATE != 0);
        let spots = self.spots(self.zone.clone()).map(|spot| spot.text.as_str());
        let lines = marked.chain(blocks).filter(|b| b.extent <= 120).map(|b| b.text.as_str());
        let (day, _) =
            spots.chain(lines).find_map(|line| day_of_line(line, self.rules, self.fetched))?;
        Some(plain_day(day, PublishedBasis::Relative)).filter(|p| self.is_sound(p))
    }

    /// Stamps in data that scripts hold: `"publishedAt": "…"`.
    fn in_scripts(&self) -> Option<Published> {
        const KEYS: [&str; 8] = [
            "\"datePublished\"",
            "\"publishedAt\"",
            "\"published_at\"",
            "\"publishDate\"",
            "\"publish_date\"",
            "\"pubDate\"",
            "\"published_time\"",
            "\"first_publication_date\"",
        ];
        let values = KEYS.iter().filter_map(|key| {
            let (_, rest) = self.html.split_once(key)?;
            let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
            let value = rest.split('"').next()?;
            (value.len() <= 40).then_some(value)
        });
        self.stamped(values, PublishedBasis::JsonLd)
    }
}

/// What a page states of a field, the most trusted name first.
pub(super) fn fields<'a>(head: &'a Head, field: Field, rules: &Rules) -> Vec<&'a str> {
    let mut found: Vec<(usize, &str)> = head
        .metas
        .iter()
        .filter(|(_, content)| !content.is_empty())
        .filter_map(|(name, content)| match rules.pages.field(name) {
            Some((is, rank)) if is == field => Some((rank, content.as_str())),
            _ => None,
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, content)| content).collect()
}

fn plain_day(day: NaiveDate, basis: PublishedBasis) -> Published {
    Published { day, moment: None, basis }
}

/// Reads a machine-made time stamp: RFC 3339, RFC 2822, seconds since 1970, or a plain day at its
/// start.
pub(super) fn stamp(text: &str, basis: PublishedBasis) -> Option<Published> {
    let text = text.trim();
    let moment: Option<DateTime<FixedOffset>> = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc2822(text))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%z"))
        .ok()
        .or_else(|| since_1970(text));
    if let Some(moment) = moment {
        return Some(Published { day: moment.date_naive(), moment: Some(moment), basis });
    }
    let head = |len: usize, form: &str| {
        text.get(..len).and_then(|day| NaiveDate::parse_from_str(day, form).ok())
    };
    let day = head(10, "%Y-%m-%d").or_else(|| head(10, "%Y/%m/%d"));
    Some(plain_day(day.or_else(|| head(8, "%Y%m%d"))?, basis))
}

fn since_1970(text: &str) -> Option<DateTime<FixedOffset>> {
    let seconds = match text.len() {
        10 => text.parse().ok()?,
        13 => text.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    DateTime::from_timestamp(seconds, 0).map(|moment| moment.fixed_offset())
}
