//! The page of the search, and results as a part of it: the same words with and without a server.

use askama::Template;
use url::form_urlencoded::byte_serialize;

use super::frame::Frame;
use super::phrases::{Phrases, carried};
use super::rendered;
use crate::model::query::{Facet, Field, Found, Group, Hit, Piece, QueryError, Request, Shape};
use crate::view::line::Link;
use crate::view::place::Place;
use crate::view::site::Site;
use crate::view::wording::has_han;
use crate::view::words;

/// Between these a server puts its results.
pub const LIVE: (&str, &str) = ("<!--results-->", "<!--/results-->");
/// What a server puts the query in the place of.
pub const TYPED: &str = "value=\"\" data-typed";
#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    frame: Frame<'a>,
    phrases: String,
    fields: Vec<FieldLine>,
}

/// A row of the help beneath the search.
struct FieldLine {
    word: &'static str,
    also: String,
    values: String,
}

/// The page a reader searches on; it works with a server, or with its script.
pub(super) fn search(site: &Site<'_>) -> String {
    let description = site.words.say("Search incidents, claims, questions, articles and parties.");
    let title = Place::Search.name(&site.words);
    let frame =
        Frame::new(site, &Place::Search, &title, description).script_from_disk(site, "search.js");
    let fields = Field::WORDS.iter().map(|(field, words)| FieldLine {
        word: field.word(),
        also: words.iter().skip(1).copied().collect::<Vec<_>>().join(", "),
        values: match field.shape() {
            Shape::Name => site.words.say("a name in any script, or an id").into(),
            Shape::Word(words) => words.join(", "),
            Shape::Role => format!("{}, respondent=…", Field::roles().join(", ")),
            Shape::Count => "2, >=2, <5, 2..5".into(),
            Shape::Days => "2026, 2026-06, 2026-06-03, 2026-06..2026-07, <2026-07, =2026-06".into(),
        },
    });
    rendered(&SearchPage { frame, phrases: carried(site), fields: fields.collect() })
}

#[derive(Template)]
#[template(path = "parts/results.html")]
struct Results {
    narrow: String,
    more_results: String,
    meant: String,
    follow: String,
    fault: Option<String>,
    suggestion: Option<(String, String)>,
    summary: String,
    notes: Vec<String>,
    groups: Vec<GroupLine>,
    facets: Vec<FacetList>,
    next: Option<String>,
    feeds: Option<(String, String)>,
}

struct GroupLine {
    head: HitLine,
    hits: Vec<HitLine>,
    more: Option<String>,
}

struct HitLine {
    kind: String,
    /// The title in the language of the page, where there is one.
    title: Titled,
    other: Option<Titled>,
    href: Option<String>,
    /// In words, and as data writes it.
    date: Option<(String, String)>,
    outlet: Option<String>,
    lang: String,
    pieces: Vec<Piece>,
}

/// A title, and the language it stands in where it is not that of the page.
struct Titled {
    text: String,
    lang: Option<&'static str>,
}

struct FacetList {
    heading: String,
    values: Vec<FacetLine>,
}

struct FacetLine {
    label: String,
    count: usize,
    href: String,
}

/// The address of a search, relative to its page.
fn address(query: &str, cursor: Option<&str>) -> String {
    let encoded: String = byte_serialize(query.as_bytes()).collect();
    match cursor {
        Some(cursor) => format!("?q={encoded}&cursor={cursor}"),
        None => format!("?q={encoded}"),
    }
}

impl Results {
    fn empty(phrases: &Phrases) -> Self {
        let say = |id: &str| phrases.say(id).to_string();
        Self {
            narrow: say("Narrow the search"),
            more_results: say("More results"),
            meant: say("Did you mean"),
            follow: say("follow this search:"),
            fault: None,
            suggestion: None,
            summary: String::new(),
            notes: Vec::new(),
            groups: Vec::new(),
            facets: Vec::new(),
            next: None,
            feeds: None,
        }
    }
}

/// What was found, as a part of the page.
pub fn results(request: &Request, found: &Found, next: Option<&str>, phrases: &Phrases) -> String {
    let query = request.to_string();
    let encoded: String = byte_serialize(query.as_bytes()).collect();
    let things = phrases.count(found.groups_count, "{n} incidents and other things");
    let summary = match found.count {
        0 => phrases.say("Nothing on record fits this search.").to_string(),
        count => format!("{} · {things}", phrases.count(count, "{n} results")),
    };
    rendered(&Results {
        summary,
        notes: found.notes.clone(),
        groups: found.groups.iter().map(|one| group(one, phrases)).collect(),
        facets: found.facets.iter().map(|facet| facet_list(request, facet, phrases)).collect(),
        next: next.map(|cursor| address(&query, Some(cursor))),
        feeds: Some((format!("feed.atom?q={encoded}"), format!("feed.json?q={encoded}"))),
        ..Results::empty(phrases)
    })
}

/// Why there are no results, as a part of the page.
pub fn no_results(typed: &str, error: &QueryError, phrases: &Phrases) -> String {
    let suggestion = error.suggestion.as_ref().map(|meant| {
        // What stands at the place, up to the next space, colon or parenthesis, is replaced.
        let from = error.at.saturating_sub(1);
        let before: String = typed.chars().take(from).collect();
        let rest: Vec<char> = typed.chars().skip(from).collect();
        let word = rest.iter().take_while(|c| !c.is_whitespace() && !matches!(c, ')' | '('));
        let mut len = word.clone().count();
        if meant.ends_with(':') {
            len = word.take_while(|c| !matches!(c, ':' | '：')).count() + 1;
        }
        let after: String = rest.into_iter().skip(len).collect();
        let query = format!("{before}{meant}{after}");
        (address(&query, None), query)
    });
    let place = phrases.count(error.at, "at character {n}");
    rendered(&Results {
        fault: Some(format!("{} ({place})", error.message)),
        suggestion,
        ..Results::empty(phrases)
    })
}

fn group(group: &Group, phrases: &Phrases) -> GroupLine {
    GroupLine {
        head: hit(&group.head, phrases),
        hits: group.hits.iter().map(|found| hit(found, phrases)).collect(),
        more: (group.more > 0).then(|| phrases.count(group.more, "{n} more")),
    }
}

fn hit(hit: &Hit, phrases: &Phrases) -> HitLine {
    let shown = hit.words() != hit.title;
    let chinese = phrases.is_chinese();
    let titled = |text: &str| Titled {
        text: text.to_string(),
        lang: match (chinese, has_han(text)) {
            (true, false) => Some("en"),
            (false, true) => Some("zh"),
            _ => None,
        },
    };
    let english = titled(&hit.title);
    let (title, other) = match hit.title_zh.as_deref().map(titled) {
        Some(first) if chinese => (first, Some(english)),
        other => (english, other),
    };
    HitLine {
        kind: phrases.value(Field::Kind, hit.kind.word()).unwrap_or(hit.kind.word()).to_string(),
        title,
        other,
        href: (!hit.path.is_empty()).then(|| format!("../{}", hit.path)),
        date: hit.date.as_ref().map(|date| (phrases.date(date), date.clone())),
        outlet: hit.source.outlet.clone(),
        lang: hit.source.lang.clone().unwrap_or_default(),
        pieces: if shown { hit.snippet.clone() } else { Vec::new() },
    }
}

fn facet_list(request: &Request, facet: &Facet, phrases: &Phrases) -> FacetList {
    let values = facet.values.iter().map(|value| {
        let narrowed = request.narrowed(facet.field, &value.key);
        FacetLine {
            label: phrases
                .value(facet.field, &value.key)
                .map_or_else(|| value.label.replace('_', " "), str::to_string),
            count: value.count,
            href: address(&narrowed.to_string(), None),
        }
    });
    let heading = phrases.say(words::field(facet.field)).to_string();
    FacetList { heading, values: values.collect() }
}

/// The search that shows all of a list, where a page shows a part of it.
pub fn searched(site: &Site<'_>, query: &str, count: usize, shown: usize) -> Option<Link> {
    let encoded: String = byte_serialize(query.as_bytes()).collect();
    (count > shown).then(|| Link {
        name: site.words.count(count - shown, "{n} more"),
        href: Some(format!("{}?q={encoded}", Place::Search.path())),
    })
}
