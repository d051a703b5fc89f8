//! `/api/v1`: the routes, and their description in OpenAPI.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{FoundOut, Problem, StatusOut, SuggestionsOut};
use super::cursor;
use super::live::Live;
use crate::model::query::Request;
use crate::search::{Ask, SearchIndex};

/// Most groups on a page.
const LIMIT_MAX: usize = 100;
/// Most results shown of one incident.
const EACH_MAX: usize = 20;
/// Longest id, in characters.
const ID_CHARS_MAX: usize = 200;

#[derive(OpenApi)]
#[openapi(info(
    title = "casebook",
    description = "Disputes between AI vendors, their customers, courts and governments: who said what about whom, when, and says who. Read only; every answer is a function of the record as of its day.",
    license(name = "MIT OR Apache-2.0")
))]
struct Description;

type Answer = Result<Response, Problem>;

/// The routes with their description.
fn described() -> OpenApiRouter<Arc<Live>> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(search))
        .routes(routes!(suggest))
        .routes(routes!(similar))
        .routes(routes!(record))
        .routes(routes!(status))
}

/// The routes, relative to `/api/v1`.
pub(super) fn router() -> Router<Arc<Live>> {
    let (router, _) = described().split_for_parts();
    router
        .route("/openapi.json", axum::routing::get(openapi))
        .method_not_allowed_fallback(not_allowed)
}

/// The description of the API.
pub(super) fn description() -> utoipa::openapi::OpenApi {
    let (_, api) = described().split_for_parts();
    let mut whole = utoipa::openapi::OpenApi::default();
    whole.info = api.info.clone();
    whole.nest("/api/v1", api)
}

async fn openapi() -> Response {
    json(&description())
}

/// An address that is none of ours.
pub(super) async fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "there is nothing at this address; see /api/")
}

async fn not_allowed() -> Response {
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this can only be read: GET, HEAD");
    ([(header::ALLOW, HeaderValue::from_static("GET,HEAD"))], problem).into_response()
}

fn json(value: &impl Serialize) -> Response {
    of_json(serde_json::to_vec(value).unwrap_or_default().into())
}

fn of_json(bytes: Bytes) -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

/// The words behind the question mark, each at most once.
pub(super) struct Words(Vec<(String, String)>);

impl Words {
    /// # Errors
    /// A word that is not known, or stands twice.
    pub(super) fn of(query: Option<&str>, known: &[&str]) -> Result<Self, Problem> {
        let pairs = url::form_urlencoded::parse(query.unwrap_or("").as_bytes());
        let mut words: Vec<(String, String)> = Vec::new();
        for (name, value) in pairs {
            if !known.contains(&&*name) {
                let detail =
                    format!("there is no word “{name}” here; words are {}", known.join(", "));
                return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
            }
            if words.iter().any(|(other, _)| *other == name) {
                let detail = format!("“{name}” stands twice; keep one");
                return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
            }
            words.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(words))
    }

    /// The words that are known; of those that stand twice, the first.
    pub(super) fn known(query: Option<&str>, known: &[&str]) -> Self {
        let pairs = url::form_urlencoded::parse(query.unwrap_or("").as_bytes());
        let pairs = pairs.filter(|(name, _)| known.contains(&&**name));
        Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str, from: usize, to: usize, default: usize) -> Result<usize, Problem> {
        let Some(text) = self.get(name) else { return Ok(default) };
        let plain = text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|n| plain && (from..=to).contains(n)).ok_or_else(|| {
            let detail = format!("“{name}” is a number from {from} to {to}");
            Problem::new(StatusCode::BAD_REQUEST, detail)
        })
    }

    fn flag(&self, name: &str, default: bool) -> Result<bool, Problem> {
        match self.get(name) {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(_) => {
                let detail = format!("“{name}” is true or false");
                Err(Problem::new(StatusCode::BAD_REQUEST, detail))
            }
        }
    }
}

/// Searches the record
///
/// The query language is that of the command line and the site. Results are grouped by incident,
/// the best first, or as `sort:` in the query says.
#[utoipa::path(get, path = "/search", tag = "search", params(
    ("q" = Option<String>, Query, description = "What to look for; nothing finds everything", max_length = 2000, example = "vendor:alibaba stance:denies"),
    ("limit" = Option<u32>, Query, description = "Incidents on a page", minimum = 1, maximum = 100),
    ("each" = Option<u32>, Query, description = "Results shown of one incident", minimum = 1, maximum = 20),
    ("facets" = Option<bool>, Query, description = "Whether values of fields are counted"),
    ("cursor" = Option<String>, Query, description = "`next` of the page before", pattern = "^o(0|[1-9][0-9]{0,3}|10000)$"),
), responses(
    (status = 200, description = "What was found", body = FoundOut),
    (status = 304, description = "Nothing has changed since the answer whose ETag was given"),
    (status = 400, description = "A query or a word that cannot be understood", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many searches from this address; see Retry-After", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "There is no index, or the search took too long", body = Problem, content_type = "application/problem+json"),
))]
async fn search(State(live): State<Arc<Live>>, RawQuery(raw): RawQuery) -> Answer {
    // An answer of the index before may be ready when the next one is in use already.
    let key = |generation: String| format!("{generation} {}", raw.as_deref().unwrap_or(""));
    let kept = live.index().and_then(|index| live.answered(&key(index.generation())));
    if let Some(kept) = kept {
        return Ok(of_json(kept));
    }
    let words = Words::of(raw.as_deref(), &["q", "limit", "each", "facets", "cursor"])?;
    let request = Request::parse(words.get("q").unwrap_or(""))?;
    let offset = words.get("cursor").map_or(Some(0), cursor::read).ok_or_else(|| {
        Problem::new(StatusCode::BAD_REQUEST, "“cursor” is the “next” of the page before")
    })?;
    let ask = Ask {
        limit: words.number("limit", 1, LIMIT_MAX, 10)?,
        of_each: words.number("each", 1, EACH_MAX, 3)?,
        facets: words.flag("facets", true)?,
        offset,
    };
    let text = request.to_string();
    let work = move |index: &SearchIndex| Ok((index.search(&request, ask)?, index.generation()));
    let (found, generation) = live.ask(work).await?;
    let next = found.next.and_then(cursor::write);
    let body: Bytes =
        serde_json::to_vec(&FoundOut::new(text, &found, next)).unwrap_or_default().into();
    live.keep(key(generation), body.clone());
    Ok(of_json(body))
}

/// Suggests names while something is typed
///
/// Names of vendors, products, persons, outlets, types and disputes in every script; `field:` in
/// front limits them to that field.
#[utoipa::path(get, path = "/suggest", tag = "search", params(
    ("q" = String, Query, description = "What has been typed", max_length = 2000, example = "ali"),
), responses(
    (status = 200, description = "Suggestions, best first", body = SuggestionsOut),
    (status = 304, description = "Nothing has changed since the answer whose ETag was given"),
    (status = 400, description = "A word that cannot be understood", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many searches from this address", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "There is no index", body = Problem, content_type = "application/problem+json"),
))]
async fn suggest(State(live): State<Arc<Live>>, RawQuery(raw): RawQuery) -> Answer {
    let words = Words::of(raw.as_deref(), &["q"])?;
    let typed = words.get("q").map(str::to_string).ok_or_else(|| {
        Problem::new(StatusCode::BAD_REQUEST, "“q” is missing: what has been typed")
    })?;
    if typed.chars().count() > crate::model::query::QUERY_CHARS_MAX {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "“q” is too long"));
    }
    let list = live.ask(move |index| Ok(index.suggest(&typed))).await?;
    Ok(json(&SuggestionsOut::from(list)))
}

/// Finds incidents that are like something on record
#[utoipa::path(get, path = "/similar/{id}", tag = "search", params(
    ("id" = String, Path, description = "Id of an incident, claim, question or article", min_length = 1, max_length = 200),
), responses(
    (status = 200, description = "Incidents, most alike first", body = FoundOut),
    (status = 304, description = "Nothing has changed since the answer whose ETag was given"),
    (status = 400, description = "An id that is no text", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing on record has this id", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many searches from this address", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "There is no index", body = Problem, content_type = "application/problem+json"),
))]
async fn similar(
    State(live): State<Arc<Live>>,
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Answer {
    let id = sound(id)?;
    let found = live.ask(move |index| index.similar(&id, 10)).await?.ok_or_else(nothing)?;
    Ok(json(&FoundOut::new(String::new(), &found, None)))
}

/// Gives everything on record about one thing
///
/// An incident with its parties, timeline, questions and contradictions; a claim, a question, an
/// article or a vendor; as `casebook export` prints them, with evidence.
#[utoipa::path(get, path = "/records/{id}", tag = "record", params(
    ("id" = String, Path, description = "Id of an incident, claim, question, article or vendor; computed ids may be cut to eight letters", min_length = 1, max_length = 200),
), responses(
    (status = 200, description = "The record", body = serde_json::Value),
    (status = 304, description = "Nothing has changed since the answer whose ETag was given"),
    (status = 400, description = "An id that is no text", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing on record has this id", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many searches from this address", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "There is no index", body = Problem, content_type = "application/problem+json"),
))]
async fn record(
    State(live): State<Arc<Live>>,
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Answer {
    let id = sound(id)?;
    let record = live.ask(move |index| index.record(&id)).await?.ok_or_else(nothing)?;
    Ok(of_json(record.into()))
}

/// Says of what the index is
#[utoipa::path(get, path = "/status", tag = "record", responses(
    (status = 200, description = "Day, version and size", body = StatusOut),
    (status = 304, description = "Nothing has changed since the answer whose ETag was given"),
    (status = 429, description = "Too many searches from this address", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "There is no index", body = Problem, content_type = "application/problem+json"),
))]
async fn status(State(live): State<Arc<Live>>) -> Answer {
    let index = live.index().ok_or_else(Problem::no_index)?;
    let about = index.about();
    Ok(json(&StatusOut {
        title: about.title.clone(),
        as_of: about.as_of.clone(),
        version: about.version.clone(),
        generation: index.generation(),
        documents: index.documents(),
    }))
}

fn sound(
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<String, Problem> {
    match id {
        Ok(Path(id)) if id.chars().count() <= ID_CHARS_MAX => Ok(id),
        Ok(_) | Err(_) => Err(Problem::new(StatusCode::BAD_REQUEST, "this is no id")),
    }
}

fn nothing() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "nothing on record has this id")
}
