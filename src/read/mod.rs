//! One article, read: bytes in, typed facts out, each with the exact words it rests on.
//!
//! In: a capture's bytes and the rules. Out: a [`Reading`] and findings, always. What holds: the same
//! bytes and rules give the same reading; nothing fails, nothing panics, nothing is fetched. Not
//! here: anything about more than one article (`corpus/`), IO, the clock.

mod about;
mod acts;
mod asks;
mod attributes;
mod attribution;
mod behind;
mod blocks;
mod bounds;
mod byline;
mod called;
mod candidates;
mod charset;
mod citations;
mod claims;
mod clause;
mod confirmed;
mod content;
mod coref;
mod court;
mod credited;
mod credits;
mod dated_noun;
mod dates;
mod described;
mod elements;
mod entries;
mod events;
mod evidence;
mod family;
mod features;
mod finite;
mod fresh;
mod fronted;
mod gate;
mod gender;
mod groups;
mod guessed;
mod han;
mod han_bounds;
mod han_grams;
mod han_names;
mod han_pronouns;
mod han_slots;
mod han_sounds;
mod han_source;
mod han_stance;
mod han_unnamed;
mod html;
mod idle;
mod inserted;
mod interview;
mod kin;
mod labels;
mod language;
mod leading;
mod letters;
mod limits;
mod linked;
mod main_verb;
mod measure;
mod mention;
mod meta;
mod nameless;
mod names;
mod noun;
mod omitted;
mod page;
mod papers;
mod pieced;
mod plain;
mod present;
mod pressed;
mod printed;
mod published;
mod quarrel;
mod quotes;
mod references;
mod relayed;
mod relevance;
mod repeats;
mod reporters;
mod reporting;
mod retold;
mod run;
mod said;
mod scan;
mod sentence;
mod shape;
mod shown;
mod silence;
mod sites;
mod source;
mod spoken;
mod staff;
mod stance;
mod tags;
mod tame;
mod title;
mod topics;
mod tree;
mod untimely;
mod via;
mod voice;
mod walls;

use crate::model::article::{Article, BlockKind, Published, PublishedBasis};
use crate::model::date::DateExpr;
use crate::model::entity::{Name, NameIx};
use crate::model::finding::{Finding, Noted};
use crate::model::ground::{Basis, Fact, Grounds};
use crate::model::id::Key;
use crate::model::reading::{Reading, WeighedBlock};
use crate::model::source::Capture;
use crate::rules::{Rules, Wall};

pub use gate::worth;

use self::attribution::Context;
use self::coref::Coref;
use self::interview::Interview;
use self::quotes::Quotes;
use self::scan::Scan;

/// Most bytes of a body that are read; the rest is a finding.
pub const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Reads one capture.
pub fn read(capture: &Capture, body: &[u8], rules: &Rules) -> Noted<Reading> {
    let Noted { value: article, mut findings } = read_article(capture, body, rules);
    let reading = facts(article, rules, &mut findings);
    findings.sort();
    findings.dedup();
    Noted { value: reading, findings }
}

/// Reads the article of one capture: metadata and typed blocks, not what its sentences say.
pub fn read_article(capture: &Capture, body: &[u8], rules: &Rules) -> Noted<Article> {
    let mut findings = Vec::new();
    let body = match body.get(..BODY_BYTES_MAX) {
        Some(head) if body.len() > BODY_BYTES_MAX => {
            let message = format!(
                "the page has {} bytes; only the first {BODY_BYTES_MAX} are read",
                body.len()
            );
            findings.push(Finding::warning("body-cut", message));
            head
        }
        _ => body,
    };
    let article = article(capture, body, rules, &mut findings);
    Noted { value: article, findings }
}

/// The text of a document, by the charset it or its server names, else by a guess.
pub fn text_of(body: &[u8], media: &str) -> String {
    charset::decode(body.get(..BODY_BYTES_MAX).unwrap_or(body), media, &mut Vec::new())
}

/// Every block of a page with its numbers: what the weights of `data/` are learned from.
pub fn blocks_weighed(capture: &Capture, body: &[u8], rules: &Rules) -> Vec<WeighedBlock> {
    let text = charset::decode(body, &capture.media, &mut Vec::new());
    let page = html::page(&text, &rules.markup);
    let title = meta::front(&page, &capture.requested, rules).titled.title;
    let rows = features::numbers(&page, title.as_deref(), rules);
    let kinds = blocks::kinds(&page, &rows, title.as_deref(), rules);
    page.blocks
        .into_iter()
        .zip(rows)
        .zip(kinds)
        .map(|((block, row), kind)| WeighedBlock {
            text: block.text,
            kind,
            numbers: crate::rules::NUMBERS.iter().copied().zip(row).collect(),
        })
        .collect()
}

/// The expressions of time of an article, without what else it says.
pub fn dates_of(article: &Article, rules: &Rules) -> Vec<DateExpr> {
    let scan = named(article, rules);
    let published = sites::published_there(article, rules);
    dates::find(&scan, published.as_ref(), article.fetched, &mut Vec::new()).dates
}

/// The names of an article, without what else it says.
pub fn names_of(article: &Article, rules: &Rules) -> Vec<Name> {
    named(article, rules).names
}

/// Tokens, sentences and names.
fn named<'a>(article: &'a Article, rules: &'a Rules) -> Scan<'a> {
    let mut scan = Scan::of(article, rules);
    nameless::find(&mut scan);
    mention::find(&mut scan);
    names::find(&mut scan);
    reporters::find(&mut scan, article.outlet.as_deref());
    scan
}

/// Text, blocks and metadata.
fn article(capture: &Capture, body: &[u8], rules: &Rules, findings: &mut Vec<Finding>) -> Article {
    let text = charset::decode(body, &capture.media, findings);
    let is_html = capture.media.contains("html")
        || !capture.media.starts_with("text/plain") && text.trim_start().starts_with('<');
    let (mut entries, mut walled) = (Vec::new(), false);
    let (typed, meta) = if is_html {
        let page = html::page(&text, &rules.markup);
        if page.cut {
            let message = "markup nests or repeats without end; it was cut, the text was kept";
            findings.push(Finding::warning("markup-cut", message));
        }
        let front = meta::front(&page, &capture.requested, rules);
        let title = front.titled.title.clone();
        let numbers = features::numbers(&page, title.as_deref(), rules);
        let mut kinds = blocks::kinds(&page, &numbers, title.as_deref(), rules);
        if let Some((wall, finding)) = walls::find(&page, &kinds, &front.linked, rules) {
            findings.push(finding);
            walled = true;
            if wall == Wall::Consent {
                kinds.fill(BlockKind::Furniture);
            }
        }
        let typed = blocks::of_page(&page, &kinds, title.as_deref(), rules);
        let (requested, fetched) = (&capture.requested, capture.fetched);
        let meta = meta::find(&page, &text, front, &kinds, requested, fetched, rules);
        entries = entries::entries(&page, &typed, meta.published.map(|published| published.day));
        (typed, meta)
    } else {
        let plain = plain::text(&text, rules);
        let range = plain.from..plain.blocks.len();
        let typed = blocks::of_plain(&plain.blocks, range, plain.title.as_deref(), rules);
        let host = sites::host_of(&capture.requested);
        let outlet = host.and_then(|host| rules.registry.outlet_at(host));
        let day = capture.fetched.date_naive();
        let published = sites::day_in(&capture.requested)
            .map(|day| Published { day, moment: None, basis: PublishedBasis::Url })
            .unwrap_or(Published { day, moment: None, basis: PublishedBasis::FetchedBound });
        let meta = meta::Meta {
            title: plain.title,
            outlet: outlet.map(|entity| entity.name.clone()),
            grounds: Grounds {
                published: Some(rules.trust.ground(Fact::Published, meta::basis_of(&published))),
                outlet: outlet.map(|_| rules.trust.ground(Fact::Outlet, Basis::Registry)),
                ..Grounds::default()
            },
            published: Some(published),
            ..meta::Meta::default()
        };
        (typed, meta)
    };
    if typed.read_end() == 0 {
        findings.push(Finding::warning("no-text", "no readable text was found in this capture"));
    }
    let outlet = sites::host_of(&capture.requested).and_then(|h| rules.registry.outlet_at(h));
    let habit = outlet.and_then(|outlet| outlet.lang.as_deref());
    let url = meta.canonical.unwrap_or_else(|| capture.requested.clone());
    let main: String = typed
        .blocks
        .iter()
        .filter(|block| block.kind.is_main())
        .map(|block| block.span.of(&typed.body))
        .collect::<Vec<_>>()
        .join("\n");
    let (language, basis) = language::of(&main, meta.lang.as_deref().or(habit));
    let language_ground = Some(rules.trust.ground(Fact::Language, basis));
    Article {
        id: Key::of(&["article", &url]),
        capture: capture.id,
        foreign: language::foreign(&typed.blocks, &typed.body, &language),
        language,
        grounds: Grounds { language: language_ground, ..meta.grounds },
        url,
        requested: capture.requested.clone(),
        fetched: capture.fetched,
        seen: capture.fetched,
        outlet: meta.outlet,
        byline: meta.byline,
        published: meta.published,
        modified: meta.modified,
        entries,
        walled,
        body: typed.body,
        blocks: typed.blocks,
    }
}

/// Everything the text says.
fn facts(article: Article, rules: &Rules, findings: &mut Vec<Finding>) -> Reading {
    let mut scan = named(&article, rules);
    let published = sites::published_there(&article, rules);
    let times = dates::find(&scan, published.as_ref(), article.fetched, findings);
    let coref = Coref::of(&scan);
    let quotes = Quotes::of(&scan);
    let interview = Interview::of(&scan);
    let cx = Context { scan: &scan, coref: &coref, quotes: &quotes, interview: &interview };
    let acts = acts::find(&cx);
    let claims = claims::find(&cx, &article, &acts);
    let mut events = events::find(&cx, &times.dates, &claims, published.map(|p| p.day));
    let day = published.map_or(article.fetched.date_naive(), |p| p.day);
    let asks = asks::find(&cx, &claims, &times.dates, &events, day);
    let citations = citations::find(&cx, article.outlet.as_deref());
    let (relevance, topics) = relevance::weigh(&cx, &acts, &claims);
    let kind = topics.first().map(|(kind, _)| kind.as_str());
    fresh::add(&cx, &acts, &citations, &times.dates, &mut events, kind, day);
    let sentences = scan.sentences.iter().map(|s| s.span).collect();
    let mut names = std::mem::take(&mut scan.names);
    for (index, name) in (0..).map(NameIx).zip(&mut names) {
        name.house = coref.house(index);
    }
    let mentions = std::mem::take(&mut scan.mentions);
    Reading {
        sentences,
        names,
        mentions,
        dates: times.dates,
        times: times.others,
        events,
        acts,
        claims,
        asks,
        citations,
        relevance,
        topics,
        article,
    }
}
