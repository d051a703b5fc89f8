//! From a judgement to the text of its file.

use serde::Serialize;

use super::row::{JudgementRow, PartyRow, QuoteRow, SubjectRow};
use crate::model::incident::DisputeId;
use crate::model::judgement::{Judgement, Quote, Subject, Verdict};

#[derive(Serialize)]
struct File {
    judgement: [JudgementRow; 1],
}

/// A judgement as the text of its file.
///
/// # Errors
/// A message where TOML cannot hold it.
pub fn written(judgement: &Judgement) -> Result<String, String> {
    let row = row_of(judgement);
    toml::to_string(&File { judgement: [row] }).map_err(|error| error.to_string())
}

fn row_of(judgement: &Judgement) -> JudgementRow {
    let subject = |of: &Subject| SubjectRow {
        kind: of.kind.word().into(),
        id: of.id.clone(),
        title: of.title.clone(),
        quotes: of.quotes.iter().map(quote_row).collect(),
    };
    let mut row = JudgementRow {
        id: judgement.id.to_string(),
        by: judgement.by.clone(),
        on: judgement.on.to_string(),
        why: judgement.why.clone(),
        verdict: judgement.verdict.word().into(),
        ..JudgementRow::default()
    };
    match &judgement.verdict {
        Verdict::Mint { of, name, naming } => {
            row.about = vec![subject(of)];
            row.name = Some(name.clone());
            row.title = naming.title.clone();
            row.title_zh = naming.title_zh.clone();
            row.types = naming.types.clone();
            row.status = naming.status.map(|status| status.word().into());
            row.dispute = naming.dispute.as_ref().map(DisputeId::to_string);
            let parties = naming.parties.iter();
            row.parties = parties
                .map(|p| PartyRow { name: p.name.clone(), role: p.role.word().into() })
                .collect();
        }
        Verdict::Merge { from, into } => {
            row.about = from.iter().map(subject).collect();
            row.into = Some(subject(into));
        }
        Verdict::Split { of, articles } => {
            row.about = vec![subject(of)];
            row.articles = articles.clone();
        }
        Verdict::Answer { of, state, evidence } => {
            row.about = vec![subject(of)];
            row.state = Some(state.word().into());
            row.evidence = evidence.iter().map(quote_row).collect();
        }
        Verdict::Settle { of, outcome, evidence } => {
            row.about = vec![subject(of)];
            row.state = Some(outcome.word().into());
            row.evidence = evidence.iter().map(quote_row).collect();
        }
        Verdict::Reject { of } => row.about = vec![subject(of)],
        Verdict::Confirm { of, state } => {
            row.about = vec![subject(of)];
            row.state = state.map(|state| state.word().into());
        }
        Verdict::Undo { judgement } => row.undoes = Some(judgement.to_string()),
    }
    row
}

fn quote_row(quote: &Quote) -> QuoteRow {
    QuoteRow { url: quote.url.clone(), words: quote.words.clone() }
}
