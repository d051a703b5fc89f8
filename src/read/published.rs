//! When an article came out, and how that is known.
//!
//! In: structured data, metadata, marked and printed dates, the address. Out: one day with its
//! basis. Order of trust: structured data, metadata, `<time>`, the address, dates beside the
//! headline, stamps such as "4h ago", data in scripts, dates elsewhere. A day before the capture is
//! preferred; a page that states a later one is believed over a guess.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::linked::LinkedData;
use super::page::{Head, Page, RawBlock, Spot};
use super::printed;
use super::sites;
use crate::model::article::{BlockKind, Published, PublishedBasis};
use crate::rules::{Field, Rules, mark};

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
    /// Whether the headline stands in an element named after other articles or comments.
    pub headed_aside: bool,
    pub address: &'a str,
    pub fetched: DateTime<Utc>,
    pub rules: &'a Rules,
    /// The page as it came.
    pub html: &'a str,
}

/// Days after the capture that a page may still state: clocks and archives err.
const LATE_DAYS_MAX: u64 = 400;
/// Longest stamp in data of scripts.
const STAMP_BYTES_MAX: usize = 40;
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
        .or_else(|| seen.printed(seen.gap.clone(), true))
        .or_else(|| seen.printed(seen.zone.clone(), true))
        .or_else(|| seen.printed(seen.gap.clone(), false))
        .or_else(|| seen.printed(seen.zone.clone(), false))
        .or_else(|| seen.labelled())
        .or_else(|| seen.in_dateline())
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
    pub(super) fn is_sound(&self, published: &Published) -> bool {
        published.day <= self.fetched.date_naive() + chrono::Days::new(1)
            && published.day > NaiveDate::from_ymd_opt(1990, 12, 31).unwrap_or_default()
    }

    pub(super) fn is_late(&self, published: &Published) -> bool {
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

    /// The day in the address of the picture that stands for the article.
    fn in_picture(&self) -> Option<Published> {
        let metas = self.page.head.metas.iter();
        let mut pictures = metas.filter(|(name, _)| name == "og:image" || name == "twitter:image");
        let day = pictures.find_map(|(_, address)| sites::day_in(address))?;
        Some(plain_day(day, PublishedBasis::Url)).filter(|p| self.is_sound(p) || self.is_late(p))
    }

    fn in_linked(&self) -> Option<Published> {
        let text = self.linked.published.as_deref()?;
        self.stamped([text], PublishedBasis::JsonLd)
    }

    fn in_metas(&self, field: Field) -> Option<Published> {
        let texts = fields(&self.page.head, field, self.rules);
        self.stamped(texts, PublishedBasis::Meta)
    }

    pub(super) fn spots(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = &Spot> {
        self.page.spots.iter().filter(move |spot| range.contains(&spot.block))
    }

    fn in_times(&self, range: std::ops::Range<usize>) -> Option<Published> {
        let blocks = self.page.blocks.get(range.clone()).unwrap_or(&[]);
        // When an author or reader joined is no day of publication either.
        let is_aside = |block: &RawBlock| self.is_aside(block) || block.is_near(mark::PROFILE, 2);
        let aside = |index: usize| self.page.blocks.get(index).is_some_and(is_aside);
        let spots = || self.spots(range.clone()).filter(|spot| !aside(spot.block));
        let first = spots().filter(|spot| spot.datetime.is_some() && self.is_first(spot));
        let texts = first.chain(spots()).filter_map(|spot| spot.datetime.as_deref());
        let in_blocks = blocks.iter().filter(|block| !is_aside(block));
        let in_blocks = in_blocks.filter_map(|block| block.datetime.as_deref());
        self.stamped(texts.chain(in_blocks.take(1)), PublishedBasis::Time)
    }

    /// Stamps in data that scripts hold: `"publishedAt": "…"`.
    fn in_scripts(&self) -> Option<Published> {
        let pages = &self.rules.pages;
        let mut found: Vec<(usize, &str)> = Vec::new();
        for (at, _) in self.html.match_indices(':') {
            let front = self.html.get(..at).unwrap_or("").trim_end();
            let Some(front) = front.strip_suffix(['"', '\'']) else { continue };
            let front = front.trim_end_matches('\\');
            let key = front.bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_');
            let key = front.get(front.len() - key.count()..).unwrap_or("");
            let Some(rank) = pages.script(key) else { continue };
            let rest = self.html.get(at + 1..).unwrap_or("").trim_start();
            let value = rest.trim_start_matches(['"', '\'', '\\']);
            let end = value.bytes().take(STAMP_BYTES_MAX + 1).position(|b| b"\"'\\,}".contains(&b));
            found.extend(end.and_then(|end| value.get(..end)).map(|value| (rank, value)));
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.dedup_by_key(|(rank, _)| *rank);
        self.stamped(found.into_iter().map(|(_, value)| value), PublishedBasis::JsonLd)
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

pub(super) fn plain_day(day: NaiveDate, basis: PublishedBasis) -> Published {
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
