//! Rows of `judgements/`, as they are written.

use serde::{Deserialize, Serialize};

use crate::rules::load::Row;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuoteRow {
    pub url: String,
    pub words: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubjectRow {
    pub kind: String,
    pub id: String,
    #[serde(default)]
    pub title: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<QuoteRow>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyRow {
    pub name: String,
    pub role: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct JudgementRow {
    pub id: String,
    pub by: String,
    pub on: String,
    pub why: String,
    pub verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_zh: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispute: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<PartyRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<QuoteRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<SubjectRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<SubjectRow>,
}

impl Row for JudgementRow {
    const TABLE: &'static str = "judgement";
    fn id(&self) -> &str {
        &self.id
    }
}
