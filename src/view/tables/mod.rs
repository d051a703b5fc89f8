//! The record as flat tables, for spreadsheets and notebooks: CSV and Parquet from one description.

mod parquet;

use super::export::{Export, export};
use crate::model::kb::KnowledgeBase;

/// The tables of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableName {
    /// One row a claim.
    Claims,
    /// One row an incident.
    Incidents,
    /// One row a timeline entry.
    Timeline,
    /// One row a question.
    Questions,
    /// One row a contradiction.
    Contradictions,
    /// One row an article.
    Articles,
}

/// A flat table of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlatTable {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Cells; `None` where there is nothing to say.
    pub rows: Vec<Vec<Option<String>>>,
}

/// Makes a table of the record.
pub fn table(kb: &KnowledgeBase, name: TableName) -> FlatTable {
    table_of(&export(kb), name)
}

/// Makes a table of a record that is in its published form already.
pub(super) fn table_of(record: &Export<'_>, name: TableName) -> FlatTable {
    let cell = |text: &str| Some(text.to_string());
    let list = |list: &[&str]| (!list.is_empty()).then(|| list.join("; "));
    match name {
        TableName::Claims => FlatTable {
            columns: vec![
                "id",
                "incident",
                "published",
                "url",
                "speaker",
                "speaker_kind",
                "via",
                "stance",
                "target",
                "content",
                "rule",
                "first_seen",
                "last_seen",
                "ended",
            ],
            rows: record
                .claims
                .iter()
                .map(|c| {
                    vec![
                        cell(&c.id),
                        c.incident.clone(),
                        cell(&c.published),
                        cell(c.url),
                        cell(c.speaker),
                        cell(c.speaker_kind),
                        list(&c.via),
                        cell(c.stance),
                        c.target.and_then(cell),
                        cell(c.content),
                        cell(c.rule),
                        cell(&c.first_seen),
                        cell(&c.last_seen),
                        c.ended.clone(),
                    ]
                })
                .collect(),
        },
        TableName::Incidents => FlatTable {
            columns: vec![
                "id", "title", "types", "status", "opened", "dispute", "proposed", "roots",
                "parties",
            ],
            rows: record
                .incidents
                .iter()
                .map(|i| {
                    let parties: Vec<String> =
                        i.parties.iter().map(|p| format!("{} ({})", p.name, p.role)).collect();
                    vec![
                        cell(&i.id),
                        cell(i.title),
                        cell(&i.types.join("; ")),
                        cell(i.status),
                        cell(&i.opened),
                        i.dispute.and_then(cell),
                        cell(&i.proposed.to_string()),
                        cell(&i.roots.to_string()),
                        cell(&parties.join("; ")),
                    ]
                })
                .collect(),
        },
        TableName::Timeline => FlatTable {
            columns: vec![
                "incident", "date", "summary", "role", "roots", "known_at", "by", "articles",
            ],
            rows: record
                .incidents
                .iter()
                .flat_map(|i| i.timeline.iter().map(move |e| (i, e)))
                .map(|(i, e)| {
                    vec![
                        cell(&i.id),
                        cell(&e.date),
                        cell(e.summary),
                        cell(e.role),
                        cell(&e.roots.to_string()),
                        cell(&e.known_at),
                        cell(e.by),
                        list(&e.articles),
                    ]
                })
                .collect(),
        },
        TableName::Questions => FlatTable {
            columns: vec![
                "id",
                "incident",
                "text",
                "kind",
                "state",
                "due",
                "about",
                "asked_in",
                "answered_by",
            ],
            rows: record
                .incidents
                .iter()
                .flat_map(|i| i.questions.iter().map(move |q| (i, q)))
                .map(|(i, q)| {
                    let answers: Vec<&str> = q.answered_by.iter().map(|a| a.url).collect();
                    vec![
                        cell(&q.id),
                        cell(&i.id),
                        cell(q.text),
                        cell(q.kind),
                        cell(q.state),
                        q.due.clone(),
                        list(&q.about),
                        list(&q.asked_in),
                        list(&answers),
                    ]
                })
                .collect(),
        },
        TableName::Contradictions => FlatTable {
            columns: vec![
                "incident", "topic", "a_url", "a_words", "b_url", "b_words", "rule", "state",
                "holds",
            ],
            rows: record
                .incidents
                .iter()
                .flat_map(|i| i.contradictions.iter().map(move |c| (i, c)))
                .map(|(i, c)| {
                    vec![
                        cell(&i.id),
                        cell(c.topic),
                        cell(c.a.article),
                        cell(c.a.evidence),
                        cell(c.b.article),
                        cell(c.b.evidence),
                        cell(c.rule),
                        cell(c.state),
                        c.holds.and_then(cell),
                    ]
                })
                .collect(),
        },
        TableName::Articles => FlatTable {
            columns: vec![
                "url",
                "title",
                "published",
                "outlet",
                "language",
                "relevant",
                "incident",
                "syndicated_from",
                "derived_from",
                "roots",
            ],
            rows: record
                .articles
                .iter()
                .map(|a| {
                    vec![
                        cell(a.url),
                        a.title.and_then(cell),
                        a.published.clone(),
                        a.outlet.and_then(cell),
                        cell(a.language),
                        cell(&a.relevant.to_string()),
                        a.incident.clone(),
                        a.syndicated_from.and_then(cell),
                        list(&a.derived_from),
                        list(&a.roots),
                    ]
                })
                .collect(),
        },
    }
}

impl FlatTable {
    /// The table as CSV (RFC 4180) with a header.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing into memory fails for no row: all rows are as long as the header.
        let _ = writer.write_record(&self.columns);
        for row in &self.rows {
            let _ =
                writer.write_record(row.iter().map(|cell| defused(cell.as_deref().unwrap_or(""))));
        }
        writer.into_inner().unwrap_or_default()
    }

    /// The table as Apache Parquet, every column an optional UTF-8 string.
    ///
    /// # Errors
    /// What the Parquet writer reports.
    pub fn parquet(&self) -> Result<Vec<u8>, ::parquet::errors::ParquetError> {
        parquet::bytes(self)
    }
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_string()
    }
}
