//! The lines pages are made of: links, quotations, claims, dates; ready words, nothing to decide.
//!
//! What holds: a quotation never runs longer than the limit; every quotation leads to the sentence it
//! was taken from; no claim can be printed without its speaker.

use super::annotation::outlet_name;
use super::fragment::fragment;
use super::index::known_day;
use super::place::Place;
use super::site::Site;
use super::words;
use crate::model::article::{Article, Published};
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::date::Modifier;
use crate::model::edtf::Edtf;
use crate::model::entity::Who;
use crate::model::history::Hand;
use crate::model::incident::{Entry, Incident};
use crate::model::kb::KnowledgeBase;
use crate::model::reading::Reading;
use crate::model::subject::{EntryId, SubjectKind};
use crate::model::text::Evidence;

/// Most characters of a source that stand in one piece on a page.
pub const QUOTE_CHARS_MAX: usize = 300;

/// A first word of so few letters ("AI", "The") is no short form of a name.
const SHORT_CHARS_MAX: usize = 3;

/// A name with the page it leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// What is printed.
    pub name: String,
    /// Path from the root of the site; nothing where there is no page.
    pub href: Option<String>,
}

/// Where words were taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// The outlet, or the host.
    pub outlet: String,
    /// The headline.
    pub title: String,
    /// "4 July 2026"; "by 4 July 2026" where the page says none.
    pub date: String,
    /// Address of the article, with the sentence as text fragment; nothing for files.
    pub href: Option<String>,
    /// BCP 47 tag of the article's language.
    pub lang: String,
    /// Its anchor in a list of sources.
    pub anchor: String,
    /// The day it could first be read, as data writes it.
    pub known: String,
}

/// Words of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words, cut at the limit.
    pub text: String,
    /// The words as they stand in the article, uncut.
    pub place: Evidence,
    /// Where they stand.
    pub source: SourceLine,
}

/// A date as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateLine {
    /// "June 2026".
    pub words: String,
    /// EDTF, for machines.
    pub edtf: String,
    /// "to the month".
    pub precision: String,
    /// Class of its mark: day, span, about, open.
    pub mark: &'static str,
}

/// One claim as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimLine {
    /// Anchor on the page.
    pub anchor: String,
    /// Id that `explain` takes.
    pub id: String,
    /// Who speaks.
    pub speaker: Link,
    /// "unnamed", "document", "outlet"; nothing for names.
    pub speaker_note: String,
    /// "alleges".
    pub verb: String,
    /// Class of its mark.
    pub stance: &'static str,
    /// About whose conduct.
    pub target: Option<Link>,
    /// What is said.
    pub quote: Quote,
    /// Through whom, in words.
    pub via: String,
    /// Softening words, in words.
    pub hedges: String,
    /// The rule that recognised it.
    pub rule: String,
    /// The article of the outlet it is said to be from, where its quoted words are missing there.
    pub missing_in: Option<SourceLine>,
}

/// A link to somebody's page, where they have one.
pub fn who(site: &Site<'_>, who: &Who) -> Link {
    let entity = who.id.as_ref().and_then(|id| site.kb.entities.get(id));
    Link { name: site.words.who(entity, who), href: site.directory.path_of(who) }
}

/// A date with its precision.
pub fn date(site: &Site<'_>, date: Edtf) -> DateLine {
    part_of_date(site, date, None)
}

/// A date with its precision, and the part of it the source names: "early 2026".
pub fn part_of_date(site: &Site<'_>, date: Edtf, modifier: Option<Modifier>) -> DateLine {
    use crate::model::edtf::{Extent, Point};
    let mark = match (date.approximate, date.extent) {
        (true, _) => "about",
        (_, Extent::At(Point::Day(_))) => "day",
        (_, Extent::Until(_) | Extent::Since(_)) => "open",
        _ => "span",
    };
    DateLine {
        words: site.words.part_of_date(date, modifier),
        edtf: date.to_string(),
        precision: site.words.say(words::precision(date)).to_string(),
        mark,
    }
}

/// A source, its link leading to the words.
pub fn source(site: &Site<'_>, reading: &Reading, passage: &str) -> SourceLine {
    let article = &reading.article;
    let web = article.url.starts_with("https://") || article.url.starts_with("http://");
    SourceLine {
        outlet: outlet_name(article).to_string(),
        title: match article.title() {
            Some(title) => clipped(title),
            None => site.words.say("(no headline)").to_string(),
        },
        date: article.published.map(|published| day_of(site, &published)).unwrap_or_default(),
        href: web.then(|| format!("{}{}", article.url, fragment(passage))),
        lang: article.language.code().to_string(),
        anchor: source_anchor(reading),
        known: known_day(reading).to_string(),
    }
}

/// "4 July 2026"; of a page that says no day, the last it can have been.
fn day_of(site: &Site<'_>, published: &Published) -> String {
    let day = site.words.day(published.day);
    match published.is_known() {
        true => day,
        false => site.words.fill("by {day}", &[("day", &day)]),
    }
}

/// The outlet of an article, linked to its page.
pub fn outlet(site: &Site<'_>, article: &Article) -> Link {
    let name = outlet_name(article);
    Link { name: name.to_string(), href: site.directory.outlet_path(name) }
}

/// A kind of incident, linked to its page.
pub fn kind(site: &Site<'_>, id: &str) -> Link {
    Link { name: site.words.type_name(id), href: Some(Place::Type(id).path()) }
}

/// The lines of an incident's timeline, each with its anchor.
pub fn anchored<'i>(
    kb: &KnowledgeBase,
    incident: &'i Incident,
) -> impl Iterator<Item = (&'i Entry, String)> {
    let anchor = |id: EntryId| format!("{}{}", SubjectKind::Entry.anchor(), id.short());
    incident.timeline.iter().zip(kb.entry_ids(incident).into_iter().map(anchor))
}

/// Whether an article that says it is of that day or later tells what an entry tells; else it is known only
/// from before.
pub fn is_told_since(site: &Site<'_>, entry: &Entry) -> bool {
    let day = entry.date.sort_day();
    let readings = entry.evidence.iter().filter_map(|place| site.kb.reading(place.capture));
    let mut told = readings.filter_map(|reading| reading.article.published_day());
    entry.by == Hand::Editor || told.any(|told| told >= day)
}

/// Anchor of an article in the list of sources.
pub fn source_anchor(reading: &Reading) -> String {
    format!("s-{}", reading.article.capture.short())
}

/// The words of evidence.
pub fn quote(site: &Site<'_>, evidence: Evidence) -> Option<Quote> {
    let reading = site.kb.readings.get(&evidence.capture)?;
    let passage = reading.words(evidence.span);
    Some(Quote { text: clipped(passage), place: evidence, source: source(site, reading, passage) })
}

/// A claim.
pub fn claim(site: &Site<'_>, reading: &Reading, claim: &Claim) -> ClaimLine {
    let words = reading.words(claim.told);
    let fits = words.chars().count() <= QUOTE_CHARS_MAX;
    let span = if fits { claim.told } else { claim.content };
    let content = reading.words(span);
    let to_who = |index| site.kb.who(reading, index);
    let (speaker, note, house) = match claim.speaker {
        Speaker::Named(name) => (to_who(name).map(|w| who(site, &w)), "", None),
        Speaker::Outlet(name) => (to_who(name).map(|w| who(site, &w)), "outlet", None),
        Speaker::Document(span, house) => (Some(plain(reading.words(span))), "document", house),
        Speaker::Anonymous(span, house) => (Some(plain(reading.words(span))), "unnamed", house),
        Speaker::Here => (Some(plain(outlet_name(&reading.article))), "outlet", None),
    };
    // The house of who is not named, unless the words for them name it.
    let told = speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
    let house = house.and_then(to_who).filter(|house| {
        let first = house.name.split(' ').next().unwrap_or(&house.name);
        let short = first.chars().count() > SHORT_CHARS_MAX && told.contains(first);
        !short && !told.contains(&house.name)
    });
    let house = house.map(|house| who(site, &house).name);
    let mut notes: Vec<String> = Vec::new();
    notes.extend(Some(site.words.say(note).to_string()).filter(|note| !note.is_empty()));
    notes.extend(house);
    // The words around a fragment are those of the article.
    if fits && claim.told != claim.content {
        notes.push(site.words.fill("as {x} tells it", &[("x", outlet_name(&reading.article))]));
    }
    let via: Vec<String> = reading.chain(claim).into_iter().map(clipped).collect();
    let mut hedges: Vec<&str> = claim.hedges.iter().map(|span| reading.words(*span)).collect();
    hedges.dedup();
    let id = claim.id.to_string();
    ClaimLine {
        anchor: format!("c-{}", claim.id.short()),
        id,
        speaker: speaker.unwrap_or_else(|| plain(site.words.say("this article"))),
        speaker_note: site.words.clauses(&notes),
        verb: site.words.say(words::attitude(claim)).to_string(),
        stance: claim.stance.word(),
        target: claim
            .target
            .filter(|_| matches!(claim.stance, Stance::Alleges | Stance::Demands))
            .and_then(to_who)
            .map(|w| who(site, &w)),
        quote: Quote {
            text: clipped(content),
            place: Evidence { capture: reading.article.capture, span },
            source: source(site, reading, content),
        },
        via: site.words.list(&via),
        hedges: site.words.list(&hedges),
        rule: claim.rule.to_string(),
        missing_in: None,
    }
}

fn plain(name: &str) -> Link {
    Link { name: clipped(name), href: None }
}

/// Cut at a word before the limit, with an ellipsis.
pub fn clipped(text: &str) -> String {
    let kept = kept(text);
    if kept.len() == text.len() { text.to_string() } else { format!("{kept}…") }
}

/// What of a text stands before the limit, cut at a word.
pub fn kept(text: &str) -> &str {
    // No text of so few bytes has more characters.
    if text.len() <= QUOTE_CHARS_MAX || text.chars().count() <= QUOTE_CHARS_MAX {
        return text;
    }
    let end = text.char_indices().nth(QUOTE_CHARS_MAX - 1).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or(text);
    let cut = head.rfind(' ').filter(|at| at * 4 > head.len() * 3).unwrap_or(head.len());
    head.get(..cut).unwrap_or(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_end_at_the_limit() {
        let long = "word ".repeat(100);
        assert!(clipped(&long).chars().count() <= QUOTE_CHARS_MAX);
        assert!(clipped(&"字".repeat(400)).chars().count() <= QUOTE_CHARS_MAX);
        assert_eq!(clipped("short"), "short");
    }
}
