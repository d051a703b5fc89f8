//! One article as `annotate` prints it: the published form of a reading, version 1.
//!
//! Spans count Unicode scalar values of `text`; a span in the headline says so.

use chrono::NaiveDate;
use serde::Serialize;

use super::grounds::{GroundsOut, grounds};
use super::named::{NamedOut, named};
use crate::model::article::{Article, Place, Places, Published};
use crate::model::claim::Speaker;
use crate::model::date::Modifier;
use crate::model::entity::NameIx;
use crate::model::finding::Finding;
use crate::model::reading::Reading;
use crate::model::text::Span;

/// An article with everything read from it.
#[derive(Debug, Serialize)]
pub struct Annotation<'a> {
    url: &'a str,
    requested: &'a str,
    title: Option<&'a str>,
    byline: Option<String>,
    outlet: Option<&'a str>,
    published: Option<String>,
    published_basis: Option<&'static str>,
    modified: Option<String>,
    language: &'a str,
    metadata: GroundsOut,
    relevant: bool,
    relevance: f64,
    types: Vec<&'a str>,
    text: String,
    entities: Vec<EntityOut<'a>>,
    dates: Vec<DateOut<'a>>,
    timexes: Vec<TimexOut<'a>>,
    events: Vec<EventOut<'a>>,
    claims: Vec<ClaimOut<'a>>,
    questions: Vec<QuestionOut<'a>>,
    sources: Vec<NamedOut<'a>>,
    findings: Vec<FindingOut<'a>>,
}

/// A place in headline or text.
#[derive(Debug, Clone, Copy, Serialize)]
struct SpanOut {
    span: [usize; 2],
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct EntityOut<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    id: Option<&'a str>,
    surface: Vec<&'a str>,
    spans: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    title_spans: Vec<[usize; 2]>,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct DateOut<'a> {
    surface: &'a str,
    value: String,
    #[serde(flatten)]
    at: SpanOut,
    basis: &'static str,
    anchor: &'static str,
    precision: &'static str,
    modifier: Option<&'static str>,
    role: &'static str,
    rule: &'a str,
}

/// Any expression of time as TIMEX3 has it; `interval` are the days meant, ends included.
#[derive(Debug, Serialize)]
struct TimexOut<'a> {
    surface: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
    #[serde(flatten)]
    at: SpanOut,
    interval: Option<[Option<String>; 2]>,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct EventOut<'a> {
    date: String,
    summary: String,
    evidence: &'a str,
    #[serde(flatten)]
    at: SpanOut,
    parties: Vec<&'a str>,
    role: &'static str,
}

#[derive(Debug, Serialize)]
struct ClaimOut<'a> {
    id: String,
    speaker: &'a str,
    speaker_kind: &'static str,
    speaker_span: Option<[usize; 2]>,
    stance: &'static str,
    target: Option<&'a str>,
    content: &'a str,
    #[serde(flatten)]
    at: SpanOut,
    cue: Option<&'a str>,
    cue_span: Option<[usize; 2]>,
    via: Option<&'a str>,
    chain: Vec<&'a str>,
    quoted: bool,
    hedges: Vec<&'a str>,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct QuestionOut<'a> {
    text: &'a str,
    #[serde(flatten)]
    at: SpanOut,
    kind: &'static str,
    about: Vec<&'a str>,
    due: Option<String>,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct FindingOut<'a> {
    code: &'a str,
    severity: &'static str,
    #[serde(flatten)]
    at: Option<SpanOut>,
    message: &'a str,
}

/// Makes the published form of a reading.
pub fn annotation<'a>(reading: &'a Reading, findings: &'a [Finding]) -> Annotation<'a> {
    let article = &reading.article;
    let places = article.places();
    let name = |index: NameIx| reading.name_text(index);
    let names = |list: &[NameIx]| list.iter().map(|index| name(*index)).collect::<Vec<_>>();
    let spans = Spans { places: &places };
    Annotation {
        url: &article.url,
        requested: &article.requested,
        title: article.title(),
        byline: (!article.byline.is_empty()).then(|| article.byline.join(", ")),
        outlet: article.outlet.as_deref(),
        published: article.published.as_ref().map(printed),
        published_basis: article.published.map(|p| p.basis.word()),
        modified: article.modified.as_ref().map(printed),
        language: article.language.code(),
        metadata: grounds(&article.grounds),
        relevant: reading.is_relevant(),
        relevance: f64::from(reading.relevance) / 1000.0,
        types: reading.topics.iter().map(|(kind, _)| kind.as_str()).collect(),
        text: article.text(),
        entities: entities(reading, &spans),
        dates: reading
            .dates
            .iter()
            .filter_map(|date| {
                Some(DateOut {
                    surface: reading.words(date.span),
                    value: date.value.to_string(),
                    at: spans.of(date.span)?,
                    basis: date.basis.word(),
                    anchor: date.basis.anchor_word(),
                    precision: date.value.precision().word(),
                    modifier: date.modifier.map(Modifier::word),
                    role: date.role.word(),
                    rule: date.rule.as_str(),
                })
            })
            .collect(),
        timexes: timexes(reading, &spans),
        events: reading
            .events
            .iter()
            .filter_map(|event| {
                Some(EventOut {
                    date: event.date.to_string(),
                    summary: event.line.clone(),
                    evidence: reading.words(event.span),
                    at: spans.of(event.span)?,
                    parties: names(&event.parties),
                    role: event.role.word(),
                })
            })
            .collect(),
        claims: reading
            .claims
            .iter()
            .filter_map(|claim| {
                let chain = reading.chain(claim);
                let (speaker, speaker_kind) = speaker(reading, claim.speaker);
                Some(ClaimOut {
                    id: claim.id.to_string(),
                    speaker,
                    speaker_kind,
                    speaker_span: claim.source.and_then(|s| spans.of(s)).map(|at| at.span),
                    stance: claim.stance.word(),
                    target: claim.target.map(name),
                    content: reading.words(claim.content),
                    at: spans.of(claim.content)?,
                    cue: claim.cue.map(|cue| reading.words(cue)),
                    cue_span: claim.cue.and_then(|s| spans.of(s)).map(|at| at.span),
                    via: chain.first().copied(),
                    chain,
                    quoted: claim.quoted,
                    hedges: claim.hedges.iter().map(|hedge| reading.words(*hedge)).collect(),
                    rule: claim.rule.as_str(),
                })
            })
            .collect(),
        questions: reading
            .asks
            .iter()
            .filter_map(|ask| {
                Some(QuestionOut {
                    text: reading.words(ask.span),
                    at: spans.of(ask.span)?,
                    kind: ask.kind.word(),
                    about: names(&ask.about),
                    due: ask.due.map(|due| due.to_string()),
                    rule: ask.rule.as_str(),
                })
            })
            .collect(),
        sources: named(reading),
        findings: findings
            .iter()
            .map(|finding| FindingOut {
                code: &finding.code,
                severity: finding.severity.word(),
                at: finding.span.and_then(|span| spans.of(span)),
                message: &finding.message,
            })
            .collect(),
    }
}

/// A day, or the moment where it is known.
pub(super) fn printed(published: &Published) -> String {
    match published.moment {
        Some(moment) => moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        None => published.day.to_string(),
    }
}

/// The name to print for a speaker, and the kind of speaker.
pub fn speaker(reading: &Reading, speaker: Speaker) -> (&str, &'static str) {
    match speaker {
        Speaker::Named(name) => (reading.name_text(name), "named"),
        Speaker::Document(described, _) => (reading.words(described), "document"),
        Speaker::Anonymous(described, _) => (reading.words(described), "anonymous"),
        Speaker::Outlet(name) => (reading.name_text(name), "outlet"),
        Speaker::Here => (outlet_name(&reading.article), "outlet"),
    }
}

/// The outlet's name, or the host it publishes at.
pub fn outlet_name(article: &Article) -> &str {
    let host = || {
        let rest = article.url.split_once("://")?.1;
        let host = rest.split(['/', ':', '?', '#']).next()?;
        Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
    };
    article.outlet.as_deref().or_else(host).unwrap_or("this article")
}

/// Dates and other expressions of time, in order of the text.
fn timexes<'a>(reading: &'a Reading, spans: &Spans<'_>) -> Vec<TimexOut<'a>> {
    let dates = reading.dates.iter().map(|d| (d.span, d.kind, &d.timex, Some(d.days), &d.rule));
    let others = reading.times.iter().map(|t| (t.span, t.kind, &t.timex, t.days, &t.rule));
    let mut all: Vec<_> = dates.chain(others).collect();
    all.sort_by_key(|(span, ..)| *span);
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    all.into_iter()
        .filter_map(|(span, kind, value, days, rule)| {
            Some(TimexOut {
                surface: reading.words(span),
                kind: kind.word(),
                value,
                at: spans.of(span)?,
                interval: days.map(|days| [day(days.first), day(days.last)]),
                rule: rule.as_str(),
            })
        })
        .collect()
}

struct Spans<'a> {
    places: &'a Places<'a>,
}

impl Spans<'_> {
    fn of(&self, span: Span) -> Option<SpanOut> {
        let Place { in_title, start, end } = self.places.of(span)?;
        Some(SpanOut { span: [start, end], field: in_title.then_some("title") })
    }
}

fn entities<'a>(reading: &'a Reading, spans: &Spans<'_>) -> Vec<EntityOut<'a>> {
    let mut out: Vec<EntityOut<'a>> = reading
        .names
        .iter()
        .map(|name| EntityOut {
            name: &name.name,
            kind: name.kind.word(),
            id: name.id.as_ref().map(|id| id.as_str()),
            surface: Vec::new(),
            spans: Vec::new(),
            title_spans: Vec::new(),
            rule: name.rule.as_str(),
        })
        .collect();
    for mention in &reading.mentions {
        let (Some(entity), Some(at)) =
            (out.get_mut(mention.name.0 as usize), spans.of(mention.span))
        else {
            continue;
        };
        let surface = reading.words(mention.span);
        if !entity.surface.contains(&surface) {
            entity.surface.push(surface);
        }
        match at.field {
            Some(_) => entity.title_spans.push(at.span),
            None => entity.spans.push(at.span),
        }
    }
    out.retain(|entity| !entity.surface.is_empty());
    out
}
