//! The tools one by one: what they take, and what they answer.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Desk;
use crate::model::query::{Field, Found, Hit, Query, Request};
use crate::search::{Ask, SearchIndex};

/// Most results of one call.
const LIMIT_MAX: usize = 50;

/// What a tool gives.
pub(super) enum Answer {
    /// JSON, with evidence.
    Found(Value),
    /// Why there is none, and what to do about it.
    Told(String),
}

type Words = Map<String, Value>;

/// A tool.
pub(super) struct Tool {
    pub name: &'static str,
    about: &'static str,
    /// Words it takes: name, type, what it is, whether it is needed.
    takes: &'static [(&'static str, &'static str, &'static str, bool)],
    pub run: fn(&Desk, &Words) -> Answer,
}

const ID: (&str, &str, &str, bool) =
    ("id", "string", "an id as a search gives it; computed ids may be cut to eight letters", true);
const LIMIT: (&str, &str, &str, bool) =
    ("limit", "integer", "most results, 1 to 50; 10 without it", false);
const QUERY: (&str, &str, &str, bool) = (
    "query",
    "string",
    "words, \"phrases\", prefix*, word~, AND OR NOT, fields vendor: product: person: outlet: type: role: stance: speaker: target: status: question: dispute: lang: is: roots: date: known:, sort:newest, asof:DAY; English or Chinese",
    true,
);

/// All of them.
pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "search",
        about: "Searches the record; results are grouped by incident, with the words they were found by, outlet and address.",
        takes: &[QUERY, LIMIT],
        run: |desk, words| search(desk, words, None),
    },
    Tool {
        name: "claims",
        about: "Finds who said what about whom: claims with speaker, stance, exact words, outlet, address and day.",
        takes: &[QUERY, LIMIT],
        run: |desk, words| search(desk, words, Some("claim")),
    },
    Tool {
        name: "questions",
        about: "Finds what is open: questions with their state, when an answer is due, and what bears on them. question:open lists those without an answer.",
        takes: &[QUERY, LIMIT],
        run: |desk, words| search(desk, words, Some("question")),
    },
    Tool {
        name: "incident",
        about: "Gives everything on record about one incident: parties and roles, timeline, claims' evidence, questions, contradictions.",
        takes: &[ID],
        run: record,
    },
    Tool {
        name: "explain",
        about: "Walks from an id back to its proof: claim, rule, sentence, bytes, article, capture, archive.",
        takes: &[ID],
        run: explain,
    },
];

impl Tool {
    /// As the protocol wants it.
    pub(super) fn described(&self) -> rmcp::model::Tool {
        let mut properties = Map::new();
        for (name, kind, about, _) in self.takes {
            properties.insert((*name).into(), json!({ "type": kind, "description": about }));
        }
        let needed: Vec<&str> = self.takes.iter().filter(|t| t.3).map(|t| t.0).collect();
        let mut schema = Map::new();
        schema.insert("type".into(), "object".into());
        schema.insert("properties".into(), properties.into());
        schema.insert("required".into(), json!(needed));
        schema.insert("additionalProperties".into(), false.into());
        let mut tool = rmcp::model::Tool::new(self.name, self.about, Arc::new(schema));
        tool.annotations = Some(rmcp::model::ToolAnnotations::default().read_only(true));
        tool
    }
}

fn text<'a>(words: &'a Words, name: &str) -> Result<&'a str, Answer> {
    words
        .get(name)
        .and_then(Value::as_str)
        .ok_or_else(|| Answer::Told(format!("“{name}” is missing: a text")))
}

fn told(error: impl std::fmt::Display) -> Answer {
    Answer::Told(error.to_string())
}

fn search(desk: &Desk, words: &Words, kind: Option<&str>) -> Answer {
    found(desk, words, kind).unwrap_or_else(|told| told)
}

fn found(desk: &Desk, words: &Words, kind: Option<&str>) -> Result<Answer, Answer> {
    let mut request = Request::parse(text(words, "query")?).map_err(told)?;
    if let Some(kind) = kind {
        request = request.narrowed(Field::Kind, kind);
    } else if request.query == Query::All && request.sort == Default::default() {
        return Err(Answer::Told("“query” is empty; say what to look for, or sort:newest".into()));
    }
    let limit = words.get("limit").and_then(Value::as_u64).unwrap_or(10);
    let limit = usize::try_from(limit).unwrap_or(LIMIT_MAX).clamp(1, LIMIT_MAX);
    let index = SearchIndex::open(&desk.home).map_err(told)?;
    let of_each = if kind.is_some() { limit } else { 3 };
    let mut found =
        index.search(&request, Ask { limit, of_each, offset: 0, facets: false }).map_err(told)?;
    found.cut(limit.max(found.groups.len()));
    let whole = kind.is_some();
    Ok(Answer::Found(json!({
        "query": request.to_string(), "as_of": index.about().as_of, "results": found.count,
        "incidents": found.groups_count, "notes": found.notes, "groups": groups(&index, &found, whole),
    })))
}

fn groups(index: &SearchIndex, found: &Found, whole: bool) -> Vec<Value> {
    let groups = found.groups.iter();
    groups
        .map(|group| {
            let hits: Vec<Value> = group.hits.iter().map(|h| hit(index, h, whole)).collect();
            json!({ "incident": hit(index, &group.head, false), "matches": hits, "more": group.more })
        })
        .collect()
}

fn hit(index: &SearchIndex, hit: &Hit, whole: bool) -> Value {
    let base = &index.about().base_url;
    let mut value = json!({
        "kind": hit.kind.word(), "id": hit.id, "title": hit.title, "date": hit.date,
        "known": hit.known.to_string(), "independent_reports": hit.roots,
        "evidence": { "words": hit.words(), "outlet": hit.source.outlet, "url": hit.source.url,
                      "language": hit.source.lang },
        "page": format!("{base}{}", hit.path),
    });
    let record = if whole { index.record(&hit.id).ok().flatten() } else { None };
    let record = record.and_then(|record| serde_json::from_str::<Value>(&record).ok());
    if let (Some(record), Some(fields)) = (record, value.as_object_mut()) {
        fields.insert("record".into(), record);
    }
    value
}

fn record(desk: &Desk, words: &Words) -> Answer {
    let asked = text(words, "id").and_then(|id| {
        let index = SearchIndex::open(&desk.home).map_err(told)?;
        index.record(id).map_err(told)
    });
    match asked {
        Err(told) => told,
        Ok(None) => Answer::Told("nothing on record has this id; search for it first".into()),
        Ok(Some(record)) => serde_json::from_str(&record).map_or_else(told, Answer::Found),
    }
}

fn explain(desk: &Desk, words: &Words) -> Answer {
    let id = match text(words, "id") {
        Ok(id) => id,
        Err(told) => return told,
    };
    match (desk.explain)(id) {
        Ok(Some(steps)) => serde_json::from_str(&steps).map_or_else(told, Answer::Found),
        Ok(None) => Answer::Told(
            "nothing on record has this id; give at least its first eight letters".into(),
        ),
        Err(error) => Answer::Told(error),
    }
}
