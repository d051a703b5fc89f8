//! The published shape of the record, version 1.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::view::grounds::GroundsOut;
use crate::view::judgements::JudgementOut;
use crate::view::named::NamedOut;

/// The record.
#[derive(Debug, Serialize, Default)]
pub struct Export<'a> {
    pub(in crate::view) as_of: String,
    pub(in crate::view) articles: Vec<ArticleOut<'a>>,
    pub(in crate::view) incidents: Vec<IncidentOut<'a>>,
    pub(in crate::view) disputes: Vec<DisputeOut<'a>>,
    pub(in crate::view) vendors: Vec<VendorOut<'a>>,
    pub(in crate::view) claims: Vec<ClaimOut<'a>>,
    pub(in crate::view) judgements: Vec<JudgementOut<'a>>,
}

/// One article.
#[derive(Debug, Serialize)]
pub(in crate::view) struct ArticleOut<'a> {
    pub(in crate::view) url: &'a str,
    pub(in crate::view) requested: &'a str,
    pub(in crate::view) title: Option<&'a str>,
    pub(in crate::view) byline: Option<String>,
    pub(in crate::view) published: Option<String>,
    pub(in crate::view) outlet: Option<&'a str>,
    pub(in crate::view) language: &'a str,
    pub(in crate::view) relevant: bool,
    pub(in crate::view) incident: Option<String>,
    pub(in crate::view) syndicated_from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) translated_from: Option<&'a str>,
    pub(in crate::view) derived_from: Vec<&'a str>,
    pub(in crate::view) sources: Vec<NamedOut<'a>>,
    pub(in crate::view) roots: Vec<&'a str>,
    pub(in crate::view) metadata: GroundsOut,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct EvidenceOut<'a> {
    pub(in crate::view) url: &'a str,
    pub(in crate::view) evidence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) by: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct IncidentOut<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) title_zh: Option<&'a str>,
    pub(in crate::view) types: &'a [String],
    pub(in crate::view) status: &'static str,
    pub(in crate::view) opened: String,
    pub(in crate::view) dispute: Option<&'a str>,
    pub(in crate::view) proposed: bool,
    pub(in crate::view) roots: usize,
    pub(in crate::view) parties: Vec<PartyOut<'a>>,
    /// Where articles about several incidents tell of this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) passages: Vec<EvidenceOut<'a>>,
    pub(in crate::view) timeline: Vec<EntryOut<'a>>,
    pub(in crate::view) questions: Vec<QuestionOut<'a>>,
    pub(in crate::view) contradictions: Vec<ContradictionOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) relations: Vec<RelationOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) missing_quotations: Vec<MissingOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) editor: Option<EditorOut<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct PartyOut<'a> {
    pub(in crate::view) name: &'a str,
    pub(in crate::view) id: Option<&'a str>,
    pub(in crate::view) role: &'static str,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct EntryOut<'a> {
    pub(in crate::view) date: String,
    pub(in crate::view) summary: &'a str,
    pub(in crate::view) role: &'static str,
    pub(in crate::view) articles: Vec<&'a str>,
    /// The words the line is made of.
    pub(in crate::view) evidence: Vec<EvidenceOut<'a>>,
    /// Every place that tells it, those words first.
    pub(in crate::view) tellings: Vec<EvidenceOut<'a>>,
    pub(in crate::view) basis: &'static str,
    pub(in crate::view) roots: usize,
    pub(in crate::view) known_at: String,
    pub(in crate::view) by: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) differing: Vec<DifferingOut<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct DifferingOut<'a> {
    pub(in crate::view) date: String,
    #[serde(flatten)]
    pub(in crate::view) evidence: EvidenceOut<'a>,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct QuestionOut<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) text: &'a str,
    pub(in crate::view) variants: &'a [String],
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) about: Vec<&'a str>,
    pub(in crate::view) asked_in: Vec<&'a str>,
    pub(in crate::view) state: &'static str,
    pub(in crate::view) due: Option<String>,
    pub(in crate::view) answered_by: Vec<EvidenceOut<'a>>,
    pub(in crate::view) history: Vec<StepOut<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct StepOut<'a> {
    pub(in crate::view) on: String,
    pub(in crate::view) to: &'static str,
    pub(in crate::view) by: &'static str,
    pub(in crate::view) because: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct ContradictionOut<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) topic: &'a str,
    pub(in crate::view) a: SideOut<'a>,
    pub(in crate::view) b: SideOut<'a>,
    pub(in crate::view) rule: &'a str,
    /// `open`, `explained_by_time`, `explained_by_scope`, `resolved`.
    pub(in crate::view) state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) reason: Option<&'static str>,
    /// Which account holds: `a` or `b`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) holds: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) because: Option<EvidenceOut<'a>>,
    pub(in crate::view) by: &'static str,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct SideOut<'a> {
    pub(in crate::view) article: &'a str,
    pub(in crate::view) evidence: &'a str,
}

/// An earlier incident, and what it is to this one.
#[derive(Debug, Serialize)]
pub(in crate::view) struct RelationOut<'a> {
    /// `retaliation_for`, `part_of`, `precursor`, `precedent`.
    pub(in crate::view) tie: &'static str,
    pub(in crate::view) incident: String,
    pub(in crate::view) url: &'a str,
    pub(in crate::view) evidence: &'a str,
}

/// A quotation that the outlet it is said to be from does not print.
#[derive(Debug, Serialize)]
pub(in crate::view) struct MissingOut<'a> {
    /// The claim that repeats it.
    pub(in crate::view) claim: String,
    pub(in crate::view) url: &'a str,
    pub(in crate::view) evidence: &'a str,
    pub(in crate::view) outlet: &'a str,
    /// Addresses of the outlet's articles that were looked through.
    pub(in crate::view) searched: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct EditorOut<'a> {
    pub(in crate::view) summary: &'a str,
    pub(in crate::view) verification: &'a [String],
    pub(in crate::view) notes: &'a [String],
    pub(in crate::view) sources: &'a [String],
    pub(in crate::view) entered: String,
    pub(in crate::view) by: &'a str,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct DisputeOut<'a> {
    pub(in crate::view) id: &'a str,
    pub(in crate::view) title: &'a str,
    pub(in crate::view) parties: Vec<&'a str>,
    pub(in crate::view) incidents: Vec<String>,
    pub(in crate::view) by: &'static str,
}

#[derive(Debug, Serialize)]
pub(in crate::view) struct VendorOut<'a> {
    pub(in crate::view) id: &'a str,
    pub(in crate::view) name: &'a str,
    pub(in crate::view) products: Vec<&'a str>,
    pub(in crate::view) incidents: BTreeMap<&'static str, Vec<String>>,
}

/// One claim of the record.
#[derive(Debug, Serialize)]
pub(in crate::view) struct ClaimOut<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) url: &'a str,
    pub(in crate::view) incident: Option<String>,
    pub(in crate::view) speaker: &'a str,
    pub(in crate::view) speaker_kind: &'static str,
    /// Through whom the article knows, nearest first.
    pub(in crate::view) via: Vec<&'a str>,
    pub(in crate::view) stance: &'static str,
    pub(in crate::view) target: Option<&'a str>,
    pub(in crate::view) content: &'a str,
    pub(in crate::view) published: String,
    pub(in crate::view) rule: &'a str,
    /// The first capture that held it, and the last time it was found.
    pub(in crate::view) first_seen: String,
    pub(in crate::view) last_seen: String,
    /// When the article was first found without it.
    pub(in crate::view) ended: Option<String>,
}
