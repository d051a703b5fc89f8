//! Metadata of a page: headline, authors, day of publication, publisher, address.
//!
//! In: what the head says, the blocks and what they are. Out: one value each. Not here: finding
//! these things in the markup (`html.rs`), and which date, headline or name to believe
//! (`published.rs`, `title.rs`, `byline.rs`).

use std::ops::Range;

use chrono::{DateTime, Utc};

use super::byline::{Bylines, byline};
use super::linked::LinkedData;
use super::measure::extent;
use super::page::{Head, Page, RawBlock};
use super::published::{Dated, fields, modified, published};
use super::sites;
use super::title::{Titled, is_site_name, title};
use crate::model::article::{BlockKind, Published, PublishedBasis};
use crate::model::ground::{Basis, Fact, Grounds};
use crate::rules::{Field, Rules};

/// Metadata as believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub byline: Vec<String>,
    pub published: Option<Published>,
    pub modified: Option<Published>,
    pub outlet: Option<String>,
    pub canonical: Option<String>,
    pub lang: Option<String>,
    pub grounds: Grounds,
}

/// What is known before the blocks are typed.
pub(super) struct Front {
    pub linked: LinkedData,
    pub titled: Titled,
    outlet: Option<(String, Basis)>,
    canonical: Option<String>,
}

/// Most characters of a name or headline taken over.
const TITLE_CHARS_MAX: usize = 400;
/// Blocks before the headline and behind the text that may hold date and authors.
const BEFORE_TITLE: usize = 4;
const BEFORE_TEXT: usize = 10;
const BEHIND_TEXT: usize = 8;
const GAP_BLOCKS_MAX: usize = 12;
/// Shortest block of text that ends the lines between headline and text.
const TEXT_EXTENT_MIN: i64 = 45;

/// Gathers what needs no typed blocks.
pub(super) fn front(page: &Page, requested: &str, rules: &Rules) -> Front {
    let linked = LinkedData::of(&page.head.json_ld);
    let canonical = canonical(&page.head, requested);
    let host = sites::host_of(canonical.as_deref().unwrap_or(requested));
    let named = || fields(&page.head, Field::Outlet, rules).first().map(|name| clip(name));
    let known = || host.and_then(|host| rules.registry.outlet_at(host));
    let outlet = (linked.publisher.clone().map(|name| (name, Basis::JsonLd)))
        .or_else(|| Some((named()?, Basis::Meta)))
        .filter(|(name, _)| !name.contains("://"))
        .or_else(|| Some((known()?.name.clone(), Basis::Registry)));
    let name = outlet.as_ref().map(|(name, _)| name.as_str());
    let titled = title(page, &linked, name, host.unwrap_or(""), rules);
    let near = || outlet_near(page, titled.title.as_deref());
    let outlet = outlet.or_else(|| Some((near()?, Basis::TitleElement)));
    Front { linked, titled, outlet, canonical }
}

/// Gathers the rest.
pub(super) fn find(
    page: &Page,
    html: &str,
    front: Front,
    kinds: &[BlockKind],
    requested: &str,
    fetched: DateTime<Utc>,
    rules: &Rules,
) -> Meta {
    let Front { linked, titled, outlet, canonical } = front;
    let (outlet, outlet_basis) = outlet.unzip();
    let address = canonical.as_deref().unwrap_or(requested);
    let (zone, tail) = zones(page, kinds, titled.at);
    let gap = gap(page, kinds, titled.at);
    let dated = Dated {
        page,
        linked: &linked,
        kinds,
        zone: zone.clone(),
        gap,
        tail: tail.clone(),
        headed_aside: titled.at.and_then(|at| page.blocks.get(at)).is_some_and(RawBlock::is_aside),
        address,
        fetched,
        rules,
        html,
    };
    let (published, modified) = (published(&dated), modified(&dated));
    let bylines = Bylines {
        page,
        linked: &linked,
        kinds,
        zone,
        tail,
        title: titled.title.as_deref(),
        outlet: outlet.as_deref(),
        rules,
    };
    let (byline, byline_basis) = byline(&bylines);
    let ground = |fact, basis: Option<Basis>| basis.map(|basis| rules.trust.ground(fact, basis));
    let grounds = Grounds {
        title: ground(Fact::Title, titled.basis),
        byline: ground(Fact::Byline, byline_basis),
        outlet: ground(Fact::Outlet, outlet_basis),
        published: ground(Fact::Published, Some(basis_of(&published))),
        modified: ground(Fact::Modified, modified.as_ref().map(basis_of)),
        language: None,
    };
    Meta {
        grounds,
        byline,
        title: titled.title,
        published: Some(published),
        modified,
        outlet,
        canonical,
        lang: page.head.lang.clone(),
    }
}

pub(super) fn basis_of(published: &Published) -> Basis {
    match published.basis {
        PublishedBasis::JsonLd => Basis::JsonLd,
        PublishedBasis::Meta => Basis::Meta,
        PublishedBasis::Time => Basis::Time,
        PublishedBasis::Url => Basis::Url,
        PublishedBasis::Visible => Basis::Visible,
        PublishedBasis::Relative => Basis::Relative,
        PublishedBasis::FetchedBound => Basis::FetchedBound,
    }
}

pub(super) fn clip(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(TITLE_CHARS_MAX).collect()
}

fn canonical(head: &Head, requested: &str) -> Option<String> {
    let og = || head.metas.iter().find(|(name, _)| name == "og:url").map(|(_, url)| url.clone());
    let named = head.canonical.clone().or_else(og)?;
    let named = match url::Url::parse(&named) {
        Ok(url) => url,
        Err(_) => url::Url::parse(requested).ok()?.join(&named).ok()?,
    };
    let sound = matches!(named.scheme(), "http" | "https") && named.host_str().is_some();
    // A canonical link to the front page says nothing about this article.
    let front = named.path() == "/" && named.query().is_none();
    (sound && !front).then(|| named.to_string())
}

/// The blocks between the headline and the first block of text; none where either is missing.
fn gap(page: &Page, kinds: &[BlockKind], title_at: Option<usize>) -> Range<usize> {
    let Some(at) = title_at else { return 0..0 };
    let texts = page.blocks.iter().zip(kinds).skip(at + 1);
    let first = texts.map(is_text).position(|text| text).unwrap_or(0);
    at + 1..at + 1 + first.min(GAP_BLOCKS_MAX)
}

/// Whether a block is text of the article, and no line about it.
fn is_text((block, kind): (&RawBlock, &BlockKind)) -> bool {
    kind.is_main()
        && !matches!(kind, BlockKind::Heading | BlockKind::Caption)
        && block.extent >= TEXT_EXTENT_MIN
}

/// The blocks around the headline down to the third block of text, and those behind the text.
fn zones(
    page: &Page,
    kinds: &[BlockKind],
    title_at: Option<usize>,
) -> (Range<usize>, Range<usize>) {
    let texts: Vec<usize> = (page.blocks.iter().zip(kinds).enumerate())
        .filter_map(|(index, at)| is_text(at).then_some(index))
        .collect();
    // What stands before the headline is no text of the article.
    let from = title_at.map_or(0, |at| texts.partition_point(|text| *text < at));
    let from = if from < texts.len() { from } else { 0 };
    let first = texts.get(from).copied().unwrap_or(kinds.len());
    let last = texts.last().map_or(kinds.len(), |last| last + 1);
    let third = texts.get(from + 2).copied().unwrap_or(last).min(first + BEHIND_TEXT);
    let from = match title_at {
        Some(at) if at <= first => at.saturating_sub(BEFORE_TITLE),
        _ => first.saturating_sub(BEFORE_TEXT),
    };
    (from..third.max(first), last..(last + BEHIND_TEXT).min(kinds.len()))
}

fn outlet_near(page: &Page, title: Option<&str>) -> Option<String> {
    // The part of <title> that is not the headline.
    let whole = page.head.title.as_deref()?;
    if let Some(title) = title {
        let rest = whole.replacen(title, "", 1);
        if rest.len() < whole.len() {
            let name = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_string();
            return (!name.is_empty() && extent(&name) <= 60).then_some(name);
        }
    }
    is_site_name(page, whole).then(|| whole.to_string())
}
