//! The whole record as `export` prints it, version 1: converted by hand, so that the inside may
//! change and the outside stays.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::annotation::speaker;
use crate::model::entity::{EntityId, EntityKind, Who};
use crate::model::history::Hand;
use crate::model::incident::{Incident, PartyRole};
use crate::model::kb::KnowledgeBase;
use crate::model::source::CaptureId;
use crate::model::text::Evidence;

/// The record.
#[derive(Debug, Serialize)]
pub struct Export<'a> {
    pub(super) as_of: String,
    pub(super) articles: Vec<ArticleOut<'a>>,
    pub(super) incidents: Vec<IncidentOut<'a>>,
    pub(super) disputes: Vec<DisputeOut<'a>>,
    pub(super) vendors: Vec<VendorOut<'a>>,
    pub(super) claims: Vec<ClaimOut<'a>>,
    pub(super) judgements: Vec<JudgementOut<'a>>,
}

/// One article.
#[derive(Debug, Serialize)]
pub(super) struct ArticleOut<'a> {
    pub(super) url: &'a str,
    pub(super) requested: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) published: Option<String>,
    pub(super) outlet: Option<&'a str>,
    pub(super) language: &'a str,
    pub(super) relevant: bool,
    pub(super) incident: Option<String>,
    pub(super) syndicated_from: Option<&'a str>,
    pub(super) derived_from: Vec<&'a str>,
    pub(super) roots: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct EvidenceOut<'a> {
    pub(super) url: &'a str,
    pub(super) evidence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct IncidentOut<'a> {
    pub(super) id: String,
    pub(super) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title_zh: Option<&'a str>,
    pub(super) types: &'a [String],
    pub(super) status: &'static str,
    pub(super) opened: String,
    pub(super) dispute: Option<&'a str>,
    pub(super) proposed: bool,
    pub(super) roots: usize,
    pub(super) parties: Vec<PartyOut<'a>>,
    pub(super) timeline: Vec<EntryOut<'a>>,
    pub(super) questions: Vec<QuestionOut<'a>>,
    pub(super) contradictions: Vec<ContradictionOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) editor: Option<EditorOut<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct PartyOut<'a> {
    pub(super) name: &'a str,
    pub(super) id: Option<&'a str>,
    pub(super) role: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct EntryOut<'a> {
    pub(super) date: String,
    pub(super) summary: &'a str,
    pub(super) role: &'static str,
    pub(super) articles: Vec<&'a str>,
    pub(super) evidence: Vec<EvidenceOut<'a>>,
    pub(super) roots: usize,
    pub(super) known_at: String,
    pub(super) by: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) differing: Vec<DifferingOut<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct DifferingOut<'a> {
    pub(super) date: String,
    #[serde(flatten)]
    pub(super) evidence: EvidenceOut<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuestionOut<'a> {
    pub(super) id: String,
    pub(super) text: &'a str,
    pub(super) variants: &'a [String],
    pub(super) kind: &'static str,
    pub(super) about: Vec<&'a str>,
    pub(super) asked_in: Vec<&'a str>,
    pub(super) state: &'static str,
    pub(super) due: Option<String>,
    pub(super) answered_by: Vec<EvidenceOut<'a>>,
    pub(super) history: Vec<StepOut<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct StepOut<'a> {
    pub(super) on: String,
    pub(super) to: &'static str,
    pub(super) by: &'static str,
    pub(super) because: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct ContradictionOut<'a> {
    pub(super) topic: &'a str,
    pub(super) a: SideOut<'a>,
    pub(super) b: SideOut<'a>,
    pub(super) rule: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct SideOut<'a> {
    pub(super) article: &'a str,
    pub(super) evidence: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct EditorOut<'a> {
    pub(super) summary: &'a str,
    pub(super) verification: &'a [String],
    pub(super) notes: &'a [String],
    pub(super) sources: &'a [String],
    pub(super) entered: String,
    pub(super) by: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct DisputeOut<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) parties: Vec<&'a str>,
    pub(super) incidents: Vec<String>,
    pub(super) by: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct VendorOut<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) products: Vec<&'a str>,
    pub(super) incidents: BTreeMap<&'static str, Vec<String>>,
}

/// One claim of the record.
#[derive(Debug, Serialize)]
pub(super) struct ClaimOut<'a> {
    pub(super) id: String,
    pub(super) url: &'a str,
    pub(super) incident: Option<String>,
    pub(super) speaker: &'a str,
    pub(super) speaker_kind: &'static str,
    pub(super) stance: &'static str,
    pub(super) target: Option<&'a str>,
    pub(super) content: &'a str,
    pub(super) published: String,
    pub(super) rule: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct JudgementOut<'a> {
    pub(super) id: String,
    pub(super) by: &'a str,
    pub(super) on: String,
    pub(super) why: &'static str,
}

/// Makes the published form of the record.
pub fn export(kb: &KnowledgeBase) -> Export<'_> {
    let home: BTreeMap<CaptureId, &Incident> =
        kb.incidents.iter().flat_map(|i| i.articles.iter().map(move |id| (*id, i))).collect();
    Export {
        as_of: kb.today.to_string(),
        articles: articles(kb, &home),
        incidents: kb.incidents.iter().map(|incident| incident_out(kb, incident)).collect(),
        disputes: kb
            .disputes
            .iter()
            .map(|dispute| DisputeOut {
                id: dispute.id.as_str(),
                title: &dispute.title,
                parties: dispute.parties.iter().map(|who| who.name.as_str()).collect(),
                incidents: dispute.incidents.iter().map(|id| id.address()).collect(),
                by: hand(dispute.by),
            })
            .collect(),
        vendors: vendors(kb),
        claims: claims(kb, &home),
        judgements: kb
            .incidents
            .iter()
            .filter_map(|incident| {
                let editor = incident.editor.as_ref()?;
                Some(JudgementOut {
                    id: incident.id.address(),
                    by: &editor.by,
                    on: editor.entered.to_string(),
                    why: "entered from the addresses given",
                })
            })
            .collect(),
    }
}

/// The word for who made something.
pub fn hand(hand: Hand) -> &'static str {
    match hand {
        Hand::Machine => "machine",
        Hand::Editor => "editor",
    }
}

fn url(kb: &KnowledgeBase, id: CaptureId) -> &str {
    kb.readings.get(&id).map_or("", |reading| reading.article.url.as_str())
}

fn evidence_out(kb: &KnowledgeBase, evidence: Evidence) -> EvidenceOut<'_> {
    EvidenceOut { url: url(kb, evidence.capture), evidence: kb.words(evidence), by: None }
}

fn articles<'a>(
    kb: &'a KnowledgeBase,
    home: &BTreeMap<CaptureId, &'a Incident>,
) -> Vec<ArticleOut<'a>> {
    kb.readings
        .iter()
        .map(|(id, reading)| {
            let article = &reading.article;
            let incident = home.get(id);
            let lineage = incident.and_then(|i| i.lineage.iter().find(|d| d.capture == *id));
            ArticleOut {
                url: &article.url,
                requested: &article.requested,
                title: article.title(),
                published: article.published.map(|p| p.day.to_string()),
                outlet: article.outlet.as_deref(),
                language: article.language.code(),
                relevant: reading.is_relevant(),
                incident: incident.map(|i| i.id.address()),
                syndicated_from: lineage.and_then(|d| d.copies).map(|copy| url(kb, copy)),
                derived_from: lineage
                    .map(|d| d.named.iter().map(|who| who.name.as_str()).collect())
                    .unwrap_or_default(),
                roots: lineage
                    .map(|d| d.roots.iter().map(String::as_str).collect())
                    .unwrap_or_default(),
            }
        })
        .collect()
}

fn incident_out<'a>(kb: &'a KnowledgeBase, incident: &'a Incident) -> IncidentOut<'a> {
    IncidentOut {
        id: incident.id.address(),
        title: &incident.title,
        title_zh: incident.title_zh.as_deref(),
        types: &incident.types,
        status: incident.status.word(),
        opened: incident.opened.to_string(),
        dispute: incident.dispute.as_ref().map(|id| id.as_str()),
        proposed: incident.is_proposed(),
        roots: incident.roots(),
        parties: incident
            .parties
            .iter()
            .map(|party| PartyOut {
                name: &party.who.name,
                id: party.who.id.as_ref().map(|id| id.as_str()),
                role: party.role.word(),
            })
            .collect(),
        timeline: incident
            .timeline
            .iter()
            .map(|entry| EntryOut {
                date: entry.date.to_string(),
                summary: &entry.summary,
                role: entry.role.word(),
                articles: distinct(entry.evidence.iter().map(|e| url(kb, e.capture))),
                evidence: entry.evidence.iter().map(|e| evidence_out(kb, *e)).collect(),
                roots: entry.roots,
                known_at: entry.known_at.to_string(),
                by: hand(entry.by),
                differing: entry
                    .differing
                    .iter()
                    .map(|(date, e)| DifferingOut {
                        date: date.to_string(),
                        evidence: evidence_out(kb, *e),
                    })
                    .collect(),
            })
            .collect(),
        questions: incident
            .questions
            .iter()
            .map(|question| QuestionOut {
                id: question.id.to_string(),
                text: &question.text,
                variants: &question.variants,
                kind: question.kind.word(),
                about: question.about.iter().map(|who| who.name.as_str()).collect(),
                asked_in: distinct(question.raised.iter().map(|e| url(kb, e.capture))),
                state: question.state.now().word(),
                due: question.due.map(|due| due.to_string()),
                answered_by: question
                    .answers
                    .iter()
                    .map(|answer| EvidenceOut {
                        by: answer.by.as_ref().map(|who| who.name.as_str()),
                        ..evidence_out(kb, answer.evidence)
                    })
                    .collect(),
                history: question
                    .state
                    .steps()
                    .iter()
                    .map(|step| StepOut {
                        on: step.on.to_string(),
                        to: step.to.word(),
                        by: hand(step.by),
                        because: step.because.iter().map(|e| kb.words(*e)).collect(),
                    })
                    .collect(),
            })
            .collect(),
        contradictions: incident
            .contradictions
            .iter()
            .map(|c| ContradictionOut {
                topic: &c.topic,
                a: SideOut { article: url(kb, c.a.capture), evidence: kb.words(c.a) },
                b: SideOut { article: url(kb, c.b.capture), evidence: kb.words(c.b) },
                rule: &c.rule,
            })
            .collect(),
        editor: incident.editor.as_ref().map(|editor| EditorOut {
            summary: &editor.summary,
            verification: &editor.verification,
            notes: &editor.notes,
            sources: &editor.sources,
            entered: editor.entered.to_string(),
            by: &editor.by,
        }),
    }
}

fn distinct<'a>(list: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    list.filter(|item| seen.insert(*item)).collect()
}

/// Every organisation that is a party, with its products and its incidents by role.
fn vendors(kb: &KnowledgeBase) -> Vec<VendorOut<'_>> {
    let mut by_id: BTreeMap<&EntityId, BTreeMap<&'static str, Vec<String>>> = BTreeMap::new();
    for incident in &kb.incidents {
        for party in &incident.parties {
            let Who { id: Some(id), kind, .. } = &party.who else { continue };
            if *kind == EntityKind::Organization && party.role != PartyRole::Authority {
                let roles = by_id.entry(id).or_default();
                roles.entry(party.role.word()).or_default().push(incident.id.address());
            }
        }
    }
    by_id
        .into_iter()
        .filter_map(|(id, incidents)| {
            let entity = kb.entities.get(id)?;
            let products = kb
                .house_of(id)
                .into_iter()
                .filter(|e| e.kind == EntityKind::Product)
                .map(|e| e.name.as_str())
                .collect();
            Some(VendorOut { id: id.as_str(), name: &entity.name, products, incidents })
        })
        .collect()
}

fn claims<'a>(
    kb: &'a KnowledgeBase,
    home: &BTreeMap<CaptureId, &'a Incident>,
) -> Vec<ClaimOut<'a>> {
    let mut out = Vec::new();
    for (id, reading) in &kb.readings {
        let article = &reading.article;
        let published = article.published.map(|p| p.day.to_string()).unwrap_or_default();
        for claim in &reading.claims {
            let (name, kind) = speaker(reading, claim.speaker);
            out.push(ClaimOut {
                id: claim.id.to_string(),
                url: &article.url,
                incident: home.get(id).map(|i| i.id.address()),
                speaker: name,
                speaker_kind: kind,
                stance: claim.stance.word(),
                target: claim.target.map(|ix| reading.name_text(ix)),
                content: reading.words(claim.content),
                published: published.clone(),
                rule: claim.rule.as_str(),
            });
        }
    }
    out
}

impl Export<'_> {
    /// The record as single objects, each with its kind.
    pub fn lines(&self) -> Vec<serde_json::Value> {
        fn kinded<T: Serialize>(kind: &str, list: &[T]) -> Vec<serde_json::Value> {
            list.iter()
                .map(|item| {
                    let mut value = serde_json::to_value(item).unwrap_or_default();
                    if let Some(object) = value.as_object_mut() {
                        object.insert("kind".into(), kind.into());
                    }
                    value
                })
                .collect()
        }
        let mut lines = kinded("incident", &self.incidents);
        lines.extend(kinded("dispute", &self.disputes));
        lines.extend(kinded("vendor", &self.vendors));
        lines.extend(kinded("article", &self.articles));
        lines.extend(kinded("claim", &self.claims));
        lines.extend(kinded("judgement", &self.judgements));
        lines
    }
}
