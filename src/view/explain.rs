//! From a line of the site back to where it comes from: claim, rule, quotation, capture, fetch.

use std::sync::Arc;

use serde::Serialize;

use super::annotation::speaker;
use super::judgements::in_words;
use super::{calendar, words};
use crate::model::claim::ClaimId;
use crate::model::incident::Incident;
use crate::model::judgement::{Judgement, Subject};
use crate::model::kb::KnowledgeBase;
use crate::model::lookup::{Lookup, PREFIX_CHARS_MIN};
use crate::model::reading::Reading;
use crate::model::source::{CaptureId, Language};
use crate::model::subject::SubjectKind;
use crate::model::text::{Evidence, Span};

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

/// Explains what an id means: a claim, question, line, contradiction, incident or article on record, by
/// its id or the beginning of it; else what a judgement took off the record, or the judgement itself.
pub fn explain(kb: &KnowledgeBase, id: &str) -> Option<Explanation> {
    let subject = match kb.look_up(id) {
        Lookup::One(subject) => Some(subject),
        Lookup::Several(list) => list.into_iter().next(),
        Lookup::Nothing => None,
    };
    let Some(subject) = subject else { return of_judgement(kb, id.trim()) };
    let mut explanation = match subject.kind {
        SubjectKind::Claim => of_claim(kb, &subject)?,
        SubjectKind::Article => of_article(kb, &subject)?,
        SubjectKind::Question => of_question(kb, &subject)?,
        SubjectKind::Entry | SubjectKind::Contradiction => of_words(kb, &subject),
        SubjectKind::Incident => of_incident(kb, &subject)?,
        SubjectKind::Dispute => of_dispute(kb, &subject)?,
    };
    let judged = match subject.kind {
        SubjectKind::Incident => kb.judged.history(&subject.id),
        kind => kb.judged.about(kind, &subject.id),
    };
    explanation.steps.extend(judged.into_iter().flat_map(|entry| judged_steps(kb, entry)));
    Some(explanation)
}

/// Who decided what, when and why.
fn judged_steps(kb: &KnowledgeBase, entry: &Judgement) -> Vec<Step> {
    let what = format!("{} {} {}", entry.on.day, entry.by, in_words(kb, entry));
    let mut steps = vec![step("judged", what), step("  because", &entry.why)];
    steps.push(step("  entry", format!("{} ({})", entry.id, entry.place)));
    if let Some(by) = kb.judged.ledger.undone().get(&entry.id) {
        steps.push(step("  undone by", by.to_string()));
    }
    steps
}

/// A judgement by its id, or by the id of what it was about.
fn of_judgement(kb: &KnowledgeBase, id: &str) -> Option<Explanation> {
    let wanted = id.rsplit(['/', '#']).next().unwrap_or(id);
    let wanted =
        wanted.split_once('-').filter(|(mark, _)| mark.len() == 1).map_or(wanted, |(_, hex)| hex);
    let long = wanted.len() >= PREFIX_CHARS_MIN;
    let meant = |entry: &&Judgement| {
        let mut subjects = entry.verdict.subjects().into_iter();
        entry.id.as_str() == id || long && subjects.any(|s| s.id == id || s.id.starts_with(wanted))
    };
    let entries: Vec<&Judgement> = kb.judged.ledger.entries().iter().filter(meant).collect();
    let first = entries.first()?;
    let mut steps = Vec::new();
    for subject in first.verdict.subjects() {
        steps.push(step(subject.kind.word(), &subject.title));
        for quote in &subject.quotes {
            steps.push(step("words", format!("“{}” — {}", quote.words, quote.url)));
        }
    }
    steps.extend(entries.iter().flat_map(|entry| judged_steps(kb, entry)));
    let urls: Vec<&str> = first
        .verdict
        .subjects()
        .into_iter()
        .flat_map(|subject| subject.quotes.iter().map(|quote| quote.url.as_str()))
        .collect();
    let captures = kb.readings.iter().filter(|(_, r)| urls.contains(&r.article.url.as_str()));
    Some(Explanation { id: id.to_string(), steps, captures: captures.map(|(id, _)| *id).collect() })
}

/// A line of a timeline or two accounts, by the words they rest on.
fn of_words(kb: &KnowledgeBase, subject: &Subject) -> Explanation {
    let mut steps = vec![step(subject.kind.word(), &subject.title)];
    let mut captures = Vec::new();
    for quote in &subject.quotes {
        steps.push(step("words", format!("“{}”", quote.words)));
        let readings = || kb.readings.values().filter(|r| r.article.url == quote.url);
        steps.extend(readings().flat_map(|reading| article_steps(reading)));
        captures.extend(readings().map(|r| r.article.capture));
    }
    Explanation { id: subject.id.clone(), steps, captures }
}

fn of_dispute(kb: &KnowledgeBase, subject: &Subject) -> Option<Explanation> {
    let dispute = kb.disputes.iter().find(|dispute| dispute.id.as_str() == subject.id)?;
    let mut steps = vec![step("dispute", &dispute.title)];
    steps.extend(dispute.parties.iter().map(|who| step("party", &who.name)));
    steps.extend(dispute.incidents.iter().map(|id| step("incident", id.address())));
    Some(Explanation { id: subject.id.clone(), steps, captures: Vec::new() })
}

fn step(label: &str, text: impl Into<String>) -> Step {
    Step { label: label.into(), text: text.into() }
}

fn of_claim(kb: &KnowledgeBase, subject: &Subject) -> Option<Explanation> {
    let standing = kb.readings.iter().find_map(|(capture, reading)| {
        let claim = reading.claims.iter().find(|claim| claim.id.to_string() == subject.id)?;
        Some((*capture, reading.as_ref(), claim, kb.lives.of(reading, claim)))
    });
    let ended = || {
        let (ended, reading, claim) = kb.lives.find(ClaimId::parse(&subject.id)?)?;
        Some((ended.now, reading, claim, ended.life))
    };
    let (capture, reading, claim, life) = standing.or_else(ended)?;
    let (name, kind) = speaker(reading, claim.speaker);
    let mut steps = vec![
        step("claim", format!("{name} {}", words::attitude(claim))),
        step("speaker", format!("{name} ({kind})")),
        step("stance", claim.stance.word()),
    ];
    steps.extend(reading.chain(claim).into_iter().map(|name| step("via", name)));
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
    let told = |incident: &&Arc<Incident>| incident.claims.contains(&(capture, claim.id));
    let whole = |incident: &&Arc<Incident>| incident.articles.contains(&capture);
    let incident = kb.incidents.iter().find(told).or_else(|| kb.incidents.iter().find(whole));
    if let Some(incident) = incident {
        steps.push(step("incident", format!("{} ({})", incident.title, incident.id.address())));
        for missing in incident.missing.iter().filter(|missing| missing.claim == claim.id) {
            let searched = missing.searched.iter().filter_map(|id| kb.reading(*id));
            steps.extend(searched.map(|there| step("not found in", &there.article.url)));
        }
    }
    steps.push(step("first seen", life.first.to_rfc3339()));
    steps.push(step("last seen", life.last.to_rfc3339()));
    if let Some(ended) = life.ended {
        steps.push(step("ended", format!("found without it on {}", ended.to_rfc3339())));
    }
    steps.extend(article_steps(reading));
    let mut captures = vec![reading.article.capture, capture];
    captures.dedup();
    Some(Explanation { id: claim.id.to_string(), steps, captures })
}

fn of_article(kb: &KnowledgeBase, subject: &Subject) -> Option<Explanation> {
    let capture = CaptureId::parse(&subject.id)?;
    let reading = kb.readings.get(&capture)?;
    let mut steps = article_steps(reading);
    steps.push(step("relevance", format!("{:.3}", f64::from(reading.relevance) / 1000.0)));
    let kinds: Vec<&str> = reading.topics.iter().map(|(kind, _)| kind.as_str()).collect();
    steps.push(step("types", kinds.join(", ")));
    for incident in kb.incidents.iter().filter(|incident| incident.tells(capture)) {
        steps.push(step("incident", format!("{} ({})", incident.title, incident.id.address())));
    }
    Some(Explanation { id: capture.to_string(), steps, captures: vec![capture] })
}

fn of_question(kb: &KnowledgeBase, subject: &Subject) -> Option<Explanation> {
    let (incident, question) = kb.incidents.iter().find_map(|incident| {
        let mut questions = incident.questions.iter();
        Some((incident, questions.find(|question| question.id.to_string() == subject.id)?))
    })?;
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
    Some(Explanation { id: question.id.to_string(), steps, captures })
}

fn of_incident(kb: &KnowledgeBase, subject: &Subject) -> Option<Explanation> {
    let incident = kb.incidents.iter().find(|incident| incident.id.address() == subject.id)?;
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
    Some(Explanation { id: incident.id.address(), steps, captures: incident.sources().collect() })
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
