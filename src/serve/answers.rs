//! What the API answers, version 1: converted by hand, so that the inside may change.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::query::{Facet, Found, Group, Hit, QueryError, Suggestion};

/// Why a request was not answered (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// What is the matter, in short
    pub title: String,
    /// The status of the answer
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is the matter and what to do about it
    pub detail: String,
    /// Character of the query, counted from 1
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// What was probably meant there
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            title: status.canonical_reason().unwrap_or("problem").to_string(),
            status: status.as_u16(),
            detail: detail.into(),
            at: None,
            suggestion: None,
        }
    }

    pub(super) fn no_index() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "there is no search index; run “casebook build”")
    }

    pub(super) fn failed() -> Self {
        let detail = "the search index failed; run “casebook build” to make it anew";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        let mut problem = Self::new(StatusCode::BAD_REQUEST, error.message);
        problem.title = "this is no query".into();
        problem.at = Some(error.at);
        problem.suggestion = error.suggestion;
        problem
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        (status, [(header::CONTENT_TYPE, kind)], body).into_response()
    }
}

/// Words around a match
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PieceOut {
    /// The words
    text: String,
    /// Whether they were looked for
    marked: bool,
}

/// One result
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HitOut {
    /// incident, claim, question, event, article or vendor
    #[schema(example = "claim")]
    kind: &'static str,
    /// Id that `/records/{id}` and `casebook explain` take
    id: String,
    /// The incident it belongs to
    incident: String,
    /// Its line
    title: String,
    /// The same in Chinese
    title_zh: Option<String>,
    /// When it happened: EDTF (ISO 8601-2)
    #[schema(example = "2026-06")]
    date: Option<String>,
    /// The day it could first be known
    #[schema(example = "2026-07-03")]
    known: String,
    /// The last day on which it changed
    changed: String,
    /// On how many independent reports it rests
    roots: u32,
    /// Who published the words
    outlet: Option<String>,
    /// Where they were published
    url: Option<String>,
    /// In which language
    language: Option<String>,
    /// Address on the site, relative to its root
    path: String,
    /// Words around the match
    snippet: Vec<PieceOut>,
    /// How well it fits; only good for comparing results of one search
    score: f32,
}

impl From<&Hit> for HitOut {
    fn from(hit: &Hit) -> Self {
        let pieces = hit.snippet.iter();
        Self {
            kind: hit.kind.word(),
            id: hit.id.clone(),
            incident: hit.group.clone(),
            title: hit.title.clone(),
            title_zh: hit.title_zh.clone(),
            date: hit.date.clone(),
            known: hit.known.to_string(),
            changed: hit.changed.to_string(),
            roots: hit.roots,
            outlet: hit.source.outlet.clone(),
            url: hit.source.url.clone(),
            language: hit.source.lang.clone(),
            path: hit.path.clone(),
            snippet: pieces.map(|p| PieceOut { text: p.text.clone(), marked: p.marked }).collect(),
            score: if hit.score.is_finite() { hit.score } else { 0.0 },
        }
    }
}

/// What was found of one incident
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GroupOut {
    /// The incident itself, or the thing itself where it belongs to none
    head: HitOut,
    /// Whether the head itself was found, and not only what belongs to it
    found: bool,
    /// The best of what belongs to it
    hits: Vec<HitOut>,
    /// How many more of it were found
    more: usize,
}

impl From<&Group> for GroupOut {
    fn from(group: &Group) -> Self {
        Self {
            head: (&group.head).into(),
            found: group.found,
            hits: group.hits.iter().map(HitOut::from).collect(),
            more: group.more,
        }
    }
}

/// One value of a field, with the number of results that have it
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FacetValueOut {
    /// As a query has it
    value: String,
    /// As a reader knows it
    label: String,
    /// Number of results
    count: usize,
}

/// How results spread over the values of a field
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FacetOut {
    /// The field
    #[schema(example = "vendor")]
    field: &'static str,
    /// Its values, commonest first
    values: Vec<FacetValueOut>,
}

impl From<&Facet> for FacetOut {
    fn from(facet: &Facet) -> Self {
        let value = |v: &crate::model::query::FacetValue| FacetValueOut {
            value: v.key.clone(),
            label: v.label.clone(),
            count: v.count,
        };
        Self { field: facet.field.word(), values: facet.values.iter().map(value).collect() }
    }
}

/// Everything a search gave
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FoundOut {
    /// The query as it was understood
    query: String,
    /// Number of results
    count: usize,
    /// Number of incidents and single things they belong to
    incidents: usize,
    /// Names nobody has, words that were corrected
    notes: Vec<String>,
    /// This page of results
    groups: Vec<GroupOut>,
    /// How results spread over the values of fields
    facets: Vec<FacetOut>,
    /// Give it as `cursor` for the next page; null at the end
    next: Option<String>,
}

impl FoundOut {
    pub(super) fn new(query: String, found: &Found, next: Option<String>) -> Self {
        Self {
            query,
            count: found.count,
            incidents: found.groups_count,
            notes: found.notes.clone(),
            groups: found.groups.iter().map(GroupOut::from).collect(),
            facets: found.facets.iter().map(FacetOut::from).collect(),
            next,
        }
    }
}

/// What may be meant by what has been typed so far
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SuggestionOut {
    /// The field
    field: &'static str,
    /// The value as a query has it
    value: String,
    /// What a reader sees
    label: String,
    /// Number of documents that have it
    documents: u32,
}

/// Suggestions, best first
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SuggestionsOut {
    suggestions: Vec<SuggestionOut>,
}

impl From<Vec<Suggestion>> for SuggestionsOut {
    fn from(list: Vec<Suggestion>) -> Self {
        let one = |s: Suggestion| SuggestionOut {
            field: s.field.word(),
            value: s.key,
            label: s.label,
            documents: s.docs,
        };
        Self { suggestions: list.into_iter().map(one).collect() }
    }
}

/// Of what the index is
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StatusOut {
    /// Name of the site
    pub title: String,
    /// The day the record speaks of
    pub as_of: String,
    /// Version of the program
    pub version: String,
    /// Name of the index: another index, another name
    pub generation: String,
    /// Number of documents
    pub documents: u64,
}
