//! From a line of the site back to where it comes from: claim, rule, quotation, capture, fetch.

use serde::Serialize;

use super::annotation::speaker;
use super::{calendar, words};
use crate::model::claim::Claim;
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::question::Question;
use crate::model::reading::Reading;
use crate::model::source::{CaptureId, Language};
use crate::model::text::{Evidence, Span};

/// Fewest letters of an id that are looked up.
const PREFIX_CHARS_MIN: usize = 8;

/// A step on the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// The way from a line back to its capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Full id.
    pub id: String,
    /// Steps, from the line to the capture.
    pub steps: Vec<Step>,
    /// Captures it rests on.
    #[serde(skip)]
    pub captures: Vec<CaptureId>,
}

/// Explains a claim, question, incident or article by its id or the beginning of it.
pub fn explain(kb: &KnowledgeBase, id: &str) -> Option<Explanation> {
    let wanted =
        id.trim().trim_start_matches('#').trim_start_matches("c-").trim_start_matches("q-");
    if let Some(incident) = kb.incidents.iter().find(|i| i.id.address() == id.trim()) {
        return Some(of_incident(kb, incident));
    }
    if wanted.len() < PREFIX_CHARS_MIN {
        return None;
    }
    for (capture, reading) in &kb.readings {
        if let Some(claim) = reading.claims.iter().find(|c| c.id.to_string().starts_with(wanted)) {
            return Some(of_claim(kb, *capture, reading, claim));
        }
        if capture.to_string().starts_with(wanted) {
            return Some(of_article(kb, *capture, reading));
        }
    }
    for incident in &kb.incidents {
        if let Some(question) =
            incident.questions.iter().find(|q| q.id.to_string().starts_with(wanted))
        {
            return Some(of_question(kb, incident, question));
        }
    }
    None
}

fn step(label: &str, text: impl Into<String>) -> Step {
    Step { label: label.into(), text: text.into() }
}

fn of_claim(
    kb: &KnowledgeBase,
    capture: CaptureId,
    reading: &Reading,
    claim: &Claim,
) -> Explanation {
    let (name, kind) = speaker(reading, claim.speaker);
    let mut steps = vec![
        step("claim", format!("{name} {}", words::stance(claim.stance))),
        step("speaker", format!("{name} ({kind})")),
        step("stance", claim.stance.word()),
    ];
    if let Some(target) = claim.target {
        steps.push(step("target", reading.name_text(target)));
    }
    if let Some(cue) = claim.cue {
        steps.push(step("cue", reading.words(cue)));
    }
    steps.push(step("rule", claim.rule.as_str()));
    steps.push(step("words", reading.words(claim.content)));
    steps.push(step("sentence", reading.words(claim.sentence)));
    steps.push(step("bytes", range(claim.content)));
    if let Some(incident) = kb.incidents.iter().find(|i| i.articles.contains(&capture)) {
        steps.push(step("incident", format!("{} ({})", incident.title, incident.id.address())));
    }
    steps.extend(article_steps(reading));
    Explanation { id: claim.id.to_string(), steps, captures: vec![capture] }
}

fn of_article(kb: &KnowledgeBase, capture: CaptureId, reading: &Reading) -> Explanation {
    let mut steps = article_steps(reading);
    steps.push(step("relevance", format!("{:.3}", f64::from(reading.relevance) / 1000.0)));
    let kinds: Vec<&str> = reading.topics.iter().map(|(kind, _)| kind.as_str()).collect();
    steps.push(step("types", kinds.join(", ")));
    if let Some(incident) = kb.incidents.iter().find(|i| i.articles.contains(&capture)) {
        steps.push(step("incident", format!("{} ({})", incident.title, incident.id.address())));
    }
    Explanation { id: capture.to_string(), steps, captures: vec![capture] }
}

fn of_question(kb: &KnowledgeBase, incident: &Incident, question: &Question) -> Explanation {
    let mut steps = vec![
        step("question", &question.text),
        step("state", words::question_state(question.state.now())),
        step("incident", format!("{} ({})", incident.title, incident.id.address())),
    ];
    steps.extend(question.raised.iter().map(|e| step("asked", quoted(kb, *e))));
    steps.extend(question.answers.iter().map(|a| step("bears on it", quoted(kb, a.evidence))));
    for moved in question.state.steps() {
        let to = words::question_state(moved.to);
        steps.push(step(
            "moved",
            format!("{} to {to} by {}", moved.on, super::export::hand(moved.by)),
        ));
    }
    let captures = question.raised.iter().map(|e| e.capture).collect();
    Explanation { id: question.id.to_string(), steps, captures }
}

fn of_incident(kb: &KnowledgeBase, incident: &Incident) -> Explanation {
    let mut steps = vec![
        step("incident", &incident.title),
        step("types", incident.types.join(", ")),
        step("status", words::status(incident.status)),
        step("opened", calendar::date(&Language::En, incident.opened)),
    ];
    if let Some(editor) = &incident.editor {
        steps.push(step("entered", format!("{} by {}", editor.entered, editor.by)));
        steps.extend(editor.sources.iter().map(|address| step("address", address)));
    }
    for party in &incident.parties {
        steps.push(step(words::role(party.role), &party.who.name));
    }
    for entry in &incident.timeline {
        steps.push(step(
            "entry",
            format!(
                "{}: {}",
                calendar::part_of_date(&Language::En, entry.date, entry.modifier),
                entry.summary
            ),
        ));
        steps.extend(entry.evidence.iter().map(|e| step("  words", quoted(kb, *e))));
    }
    Explanation { id: incident.id.address(), steps, captures: incident.articles.clone() }
}

fn article_steps(reading: &Reading) -> Vec<Step> {
    let article = &reading.article;
    let mut steps = vec![step("article", article.title().unwrap_or("(no headline)"))];
    steps.extend(article.outlet.iter().map(|outlet| step("outlet", outlet)));
    steps.push(step("address", &article.url));
    if let Some(published) = article.published {
        steps.push(step(
            "published",
            format!("{} (basis: {})", published.day, published.basis.word()),
        ));
    }
    steps.push(step("capture", article.capture.to_string()));
    steps.push(step("fetched", article.fetched.to_rfc3339()));
    steps
}

fn quoted(kb: &KnowledgeBase, evidence: Evidence) -> String {
    let address = kb.readings.get(&evidence.capture).map_or("", |r| r.article.url.as_str());
    format!("“{}” — {address}", kb.words(evidence))
}

fn range(span: Span) -> String {
    format!("{}–{} of the article's body", span.start(), span.end())
}
