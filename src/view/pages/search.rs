//! The page of the search, and results as a part of it: the same words with and without a server.

use askama::Template;
use url::form_urlencoded::byte_serialize;

use super::{Frame, rendered};
use crate::model::edtf::Edtf;
use crate::model::query::{Facet, Field, Found, Group, Hit, Piece, QueryError, Request, Shape};
use crate::view::site::Site;
use crate::view::words;

/// Between these a server puts its results.
pub const LIVE: (&str, &str) = ("<!--results-->", "<!--/results-->");
/// What a server puts the query in the place of.
pub const TYPED: &str = "value=\"\" data-typed";

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    fields: Vec<FieldLine>,
}

/// A row of the help beneath the search.
struct FieldLine {
    word: &'static str,
    also: String,
    values: String,
}

/// The page a reader searches on; it works with a server, or with its script.
pub fn search(site: &Site<'_>) -> String {
    let description = "Search incidents, claims, questions, articles and parties.";
    let frame = Frame::new(site, "search/", "Search", description, "search");
    let fields = Field::WORDS.iter().map(|(field, words)| FieldLine {
        word: field.word(),
        also: words.iter().skip(1).copied().collect::<Vec<_>>().join(", "),
        values: match field.shape() {
            Shape::Name => "a name in any script, or an id".into(),
            Shape::Word(words) => words.join(", "),
            Shape::Role => format!("{}; respondent=NAME", Field::roles().join(", ")),
            Shape::Count => "2, >=2, <5, 2..5".into(),
            Shape::Days => {
                "2026, 2026-06, 2026-06-03, 2026-06..2026-07, <2026-07; =2026-06 surely".into()
            }
        },
    });
    rendered(&SearchPage { frame, fields: fields.collect() })
}

#[derive(Template)]
#[template(path = "parts/results.html")]
struct Results {
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
    more: usize,
}

struct HitLine {
    kind: &'static str,
    title: String,
    title_zh: Option<String>,
    href: Option<String>,
    date: Option<String>,
    datetime: String,
    outlet: Option<String>,
    lang: String,
    pieces: Vec<Piece>,
}

struct FacetList {
    heading: &'static str,
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

/// What was found, as a part of the page.
pub fn results(request: &Request, found: &Found, next: Option<&str>) -> String {
    let query = request.to_string();
    let encoded: String = byte_serialize(query.as_bytes()).collect();
    let things = words::count(found.groups_count, "incident or thing", "incidents and things");
    let summary = match found.count {
        0 => "Nothing on record fits this search.".to_string(),
        count => format!("{} in {things}", words::count(count, "result", "results")),
    };
    rendered(&Results {
        fault: None,
        suggestion: None,
        summary,
        notes: found.notes.clone(),
        groups: found.groups.iter().map(group).collect(),
        facets: found.facets.iter().map(|facet| facet_list(request, facet)).collect(),
        next: next.map(|cursor| address(&query, Some(cursor))),
        feeds: Some((format!("feed.atom?q={encoded}"), format!("feed.json?q={encoded}"))),
    })
}

/// Why there are no results, as a part of the page.
pub fn no_results(typed: &str, error: &QueryError) -> String {
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
    rendered(&Results {
        fault: Some(format!("{} (at character {})", error.message, error.at)),
        suggestion,
        summary: String::new(),
        notes: Vec::new(),
        groups: Vec::new(),
        facets: Vec::new(),
        next: None,
        feeds: None,
    })
}

fn group(group: &Group) -> GroupLine {
    GroupLine {
        head: hit(&group.head),
        hits: group.hits.iter().map(hit).collect(),
        more: group.more,
    }
}

fn hit(hit: &Hit) -> HitLine {
    let date = hit.date.as_deref().and_then(Edtf::parse);
    let shown = hit.words() != hit.title;
    HitLine {
        kind: hit.kind.word(),
        title: hit.title.clone(),
        title_zh: hit.title_zh.clone(),
        href: (!hit.path.is_empty()).then(|| format!("../{}", hit.path)),
        date: date.map(words::date),
        datetime: hit.date.clone().unwrap_or_default(),
        outlet: hit.source.outlet.clone(),
        lang: hit.source.lang.clone().unwrap_or_default(),
        pieces: if shown { hit.snippet.clone() } else { Vec::new() },
    }
}

fn facet_list(request: &Request, facet: &Facet) -> FacetList {
    let values = facet.values.iter().map(|value| {
        let narrowed = request.narrowed(facet.field, &value.key);
        FacetLine {
            label: value.label.replace('_', " "),
            count: value.count,
            href: address(&narrowed.to_string(), None),
        }
    });
    FacetList { heading: words::field(facet.field), values: values.collect() }
}
