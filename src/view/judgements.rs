//! Judgements as they are published: who decided what, when and why.

use serde::Serialize;

use super::words;
use crate::model::judgement::{Judgement, Quote, Subject, Verdict};
use crate::model::kb::KnowledgeBase;

/// One judgement of an export.
#[derive(Debug, Serialize)]
pub struct JudgementOut<'a> {
    id: String,
    by: &'a str,
    on: String,
    why: &'a str,
    verdict: &'static str,
    in_force: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    undone_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undoes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    into: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    articles: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<QuoteOut<'a>>,
    about: Vec<SubjectOut<'a>>,
}

#[derive(Debug, Serialize)]
struct SubjectOut<'a> {
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    quotes: Vec<QuoteOut<'a>>,
}

#[derive(Debug, Serialize)]
struct QuoteOut<'a> {
    url: &'a str,
    evidence: &'a str,
}

/// All judgements on record, oldest first: the ledger, and before it what editors entered.
pub fn judgements(kb: &KnowledgeBase) -> Vec<JudgementOut<'_>> {
    let entered = kb.incidents.iter().filter_map(|incident| {
        let editor = incident.editor.as_ref()?;
        Some(JudgementOut {
            id: incident.id.address(),
            by: &editor.by,
            on: editor.entered.to_string(),
            why: "entered from the addresses given",
            verdict: "enter",
            in_force: true,
            undone_by: None,
            undoes: None,
            name: None,
            state: None,
            into: None,
            articles: &[],
            evidence: Vec::new(),
            about: Vec::new(),
        })
    });
    let undone = kb.judged.ledger.undone();
    let ledger = kb.judged.ledger.entries().iter();
    entered
        .chain(
            ledger
                .map(|entry| judgement_out(entry, undone.get(&entry.id).map(ToString::to_string))),
        )
        .collect()
}

fn judgement_out(entry: &Judgement, undone_by: Option<String>) -> JudgementOut<'_> {
    let mut out = JudgementOut {
        id: entry.id.to_string(),
        by: &entry.by,
        on: entry.on.to_string(),
        why: &entry.why,
        verdict: entry.verdict.word(),
        in_force: undone_by.is_none(),
        undone_by,
        undoes: None,
        name: None,
        state: None,
        into: None,
        articles: &[],
        evidence: Vec::new(),
        about: entry.verdict.subjects().into_iter().map(subject_out).collect(),
    };
    match &entry.verdict {
        Verdict::Mint { name, .. } => out.name = Some(name),
        Verdict::Merge { into, .. } => out.into = Some(&into.id),
        Verdict::Split { articles, .. } => out.articles = articles,
        Verdict::Answer { state, evidence, .. } => {
            out.state = Some(state.word());
            out.evidence = evidence.iter().map(quote_out).collect();
        }
        Verdict::Confirm { state, .. } => out.state = state.map(|state| state.word()),
        Verdict::Undo { judgement } => out.undoes = Some(judgement.to_string()),
        Verdict::Reject { .. } => {}
    }
    out
}

fn subject_out(subject: &Subject) -> SubjectOut<'_> {
    SubjectOut {
        kind: subject.kind.word(),
        id: &subject.id,
        title: &subject.title,
        quotes: subject.quotes.iter().map(quote_out).collect(),
    }
}

fn quote_out(quote: &Quote) -> QuoteOut<'_> {
    QuoteOut { url: &quote.url, evidence: &quote.words }
}

/// A judgement in words: "rejected the contradiction “Date: …”".
pub fn in_words(kb: &KnowledgeBase, entry: &Judgement) -> String {
    let what = |subject: &Subject| {
        format!(
            "the {} “{}”",
            words::subject_kind(subject.kind),
            super::line::clipped(&subject.title)
        )
    };
    match &entry.verdict {
        Verdict::Mint { of, name, .. } => format!("named {} “{name}”", what(of)),
        Verdict::Merge { from, into } => {
            let from: Vec<String> = from.iter().map(what).collect();
            format!("merged {} into {}", from.join(" and "), what(into))
        }
        Verdict::Split { of, articles } => {
            let count = words::count(articles.len(), "article", "articles");
            format!("moved {count} out of {}", what(of))
        }
        Verdict::Answer { of, state, .. } => {
            format!("set {} to “{}”", what(of), words::question_state(*state).to_lowercase())
        }
        Verdict::Reject { of } => format!("rejected {}", what(of)),
        Verdict::Confirm { of, .. } => format!("confirmed {}", what(of)),
        Verdict::Undo { judgement } => match kb.judged.ledger.get(judgement) {
            Some(undone) => format!(
                "took back what {} decided on {}: {}",
                undone.by,
                words::day(undone.on.day),
                match &undone.verdict {
                    // What undoes an undo is told by its id alone.
                    Verdict::Undo { judgement } => format!("took back {judgement}"),
                    _ => in_words(kb, undone),
                }
            ),
            None => format!("took back {judgement}"),
        },
    }
}
