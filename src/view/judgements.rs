//! Judgements as they are published: who decided what, when and why.

use chrono::NaiveDate;
use serde::Serialize;

use super::wording::{Wording, filled};
use super::{calendar, words};
use crate::model::judgement::{Judgement, Quote, Subject, Verdict};
use crate::model::kb::KnowledgeBase;
use crate::model::source::Language;

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

impl<'a> JudgementOut<'a> {
    /// A judgement in force, about nothing yet.
    fn new(
        id: String,
        by: &'a str,
        on: impl ToString,
        why: &'a str,
        verdict: &'static str,
    ) -> Self {
        Self {
            id,
            by,
            on: on.to_string(),
            why,
            verdict,
            in_force: true,
            undone_by: None,
            undoes: None,
            name: None,
            state: None,
            into: None,
            articles: &[],
            evidence: Vec::new(),
            about: Vec::new(),
        }
    }
}

/// All judgements on record, oldest first: the ledger, and before it what editors entered.
pub fn judgements(kb: &KnowledgeBase) -> Vec<JudgementOut<'_>> {
    let entered = kb.incidents.iter().filter_map(|incident| {
        let editor = incident.editor.as_ref()?;
        let why = "entered from the addresses given";
        Some(JudgementOut::new(incident.id.address(), &editor.by, editor.entered, why, "enter"))
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
    let (id, verdict) = (entry.id.to_string(), entry.verdict.word());
    let mut out = JudgementOut {
        in_force: undone_by.is_none(),
        undone_by,
        about: entry.verdict.subjects().into_iter().map(subject_out).collect(),
        ..JudgementOut::new(id, &entry.by, entry.on, &entry.why, verdict)
    };
    match &entry.verdict {
        Verdict::Mint { name, .. } => out.name = Some(name),
        Verdict::Merge { into, .. } => out.into = Some(&into.id),
        Verdict::Split { articles, .. } => out.articles = articles,
        Verdict::Answer { state, evidence, .. } => {
            out.state = Some(state.word());
            out.evidence = evidence.iter().map(quote_out).collect();
        }
        Verdict::Settle { outcome, evidence, .. } => {
            out.state = Some(outcome.word());
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
    told(kb, entry, &|id| id.to_string(), &|day| calendar::day(&Language::En, day))
}

/// The same in the language of a page.
pub fn said(kb: &KnowledgeBase, entry: &Judgement, words: &Wording<'_>) -> String {
    told(kb, entry, &|id| words.say(id).to_string(), &|day| words.day(day))
}

fn told(
    kb: &KnowledgeBase,
    entry: &Judgement,
    say: &dyn Fn(&str) -> String,
    date: &dyn Fn(NaiveDate) -> String,
) -> String {
    let fill = |id: &str, x: &str, y: &str| filled(&say(id), &[("x", x), ("y", y)]);
    let what = |subject: &Subject| {
        let title = super::line::clipped(&subject.title);
        fill(words::subject(subject.kind), &title, "")
    };
    match &entry.verdict {
        Verdict::Mint { of, name, .. } => fill("named {x} “{y}”", &what(of), name),
        Verdict::Merge { from, into } => {
            let from: Vec<String> = from.iter().map(what).collect();
            fill("merged {x} into {y}", &from.join("; "), &what(into))
        }
        Verdict::Split { of, articles } => {
            let count = articles.len().to_string();
            fill("moved {y} of the articles of {x} into another incident", &what(of), &count)
        }
        Verdict::Answer { of, state, .. } => {
            fill("set {x} to “{y}”", &what(of), &say(words::question_state(*state)))
        }
        Verdict::Settle { of, outcome, .. } => {
            fill("set {x} to “{y}”", &what(of), &say(words::outcome(*outcome)))
        }
        Verdict::Reject { of } => fill("rejected {x}", &what(of), ""),
        Verdict::Confirm { of, .. } => fill("confirmed {x}", &what(of), ""),
        Verdict::Undo { judgement } => match kb.judged.ledger.get(judgement) {
            Some(undone) => {
                fill("took back what {x} decided on {y}", &undone.by, &date(undone.on.day))
            }
            None => judgement.to_string(),
        },
    }
}
