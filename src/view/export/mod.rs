//! The whole record as `export` prints it, version 1: converted by hand, so that the inside may
//! change and the outside stays.

mod question;
pub(super) mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::annotation::speaker;
use super::grounds::grounds;
use super::judgements::judgements;
use super::named::named;
use crate::model::claim::Claim;
use crate::model::entity::{EntityId, EntityKind, Who};
use crate::model::history::Hand;
use crate::model::incident::{Dispute, Incident};
use crate::model::kb::{Elsewhere, KnowledgeBase};
use crate::model::life::{Ended, Life};
use crate::model::party::PartyRole;
use crate::model::reading::Reading;
use crate::model::relation::End;
use crate::model::source::CaptureId;
use crate::model::standing::{Account, Reason};
use crate::model::text::Evidence;

pub(super) use question::question_out;
pub use shape::Export;
use shape::{
    ArticleOut, ClaimOut, ContradictionOut, DifferingOut, DisputeOut, EditorOut, EntryOut,
    EvidenceOut, IncidentOut, MissingOut, PartyOut, RelationOut, SideOut, VendorOut,
};

/// Makes the published form of the record.
pub fn export(kb: &KnowledgeBase) -> Export<'_> {
    let homes = kb.homes();
    let elsewhere = kb.told_elsewhere(&homes);
    let home = |id| homes.get(&id).and_then(|at| kb.incidents.get(*at)).map(Arc::as_ref);
    let readings = || kb.readings.iter().map(|(id, reading)| (reading.as_ref(), home(*id)));
    let claims = readings().flat_map(|(reading, home)| claims_of(kb, reading, home, &elsewhere));
    let ended = kb.lives.ended.iter().filter_map(|ended| kb.lives.told(*ended));
    Export {
        incidents: kb.incidents.iter().map(|incident| incident_out(kb, incident)).collect(),
        articles: readings().map(|(reading, home)| article_out(kb, reading, home)).collect(),
        claims: claims.chain(ended.map(|told| ended_out(told, home(told.0.now)))).collect(),
        ..export_beside(kb)
    }
}

/// The same without incidents, articles and claims.
pub(super) fn export_beside<'kb>(kb: &'kb KnowledgeBase) -> Export<'kb> {
    let dispute = |dispute: &'kb Dispute| {
        let Dispute { id, title, parties, incidents, by } = dispute;
        DisputeOut {
            id: id.as_str(),
            title,
            parties: parties.iter().map(|who| who.name.as_str()).collect(),
            incidents: incidents.iter().map(|id| id.address()).collect(),
            by: hand(*by),
        }
    };
    Export {
        as_of: kb.today.to_string(),
        disputes: kb.disputes.iter().map(dispute).collect(),
        vendors: vendors_out(kb),
        judgements: judgements(kb),
        ..Export::default()
    }
}

/// What belongs to an incident, or to none: the incident, its articles, what they claim and claimed.
pub(super) fn export_of<'a>(
    kb: &'a KnowledgeBase,
    incident: Option<&'a Incident>,
    articles: &[CaptureId],
    ended: &[Ended],
    elsewhere: &Elsewhere<'_>,
) -> Export<'a> {
    let readings = || articles.iter().filter_map(|id| kb.reading(*id));
    let claims = readings().flat_map(|reading| claims_of(kb, reading, incident, elsewhere));
    let ended = ended.iter().filter(|ended| articles.contains(&ended.now));
    let ended = ended.filter_map(|ended| kb.lives.told(*ended));
    let ended = ended.map(|told| ended_out(told, incident));
    Export {
        incidents: incident.map(|incident| incident_out(kb, incident)).into_iter().collect(),
        articles: readings().map(|reading| article_out(kb, reading, incident)).collect(),
        claims: claims.chain(ended).collect(),
        ..Export::default()
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

/// One article as the record prints it, with the incident it belongs to.
pub(super) fn article_out<'a>(
    kb: &'a KnowledgeBase,
    reading: &'a Reading,
    incident: Option<&'a Incident>,
) -> ArticleOut<'a> {
    let article = &reading.article;
    let lineage = incident.and_then(|i| i.lineage.iter().find(|d| d.capture == article.capture));
    ArticleOut {
        url: &article.url,
        requested: &article.requested,
        title: article.title(),
        byline: (!article.byline.is_empty()).then(|| article.byline.join(", ")),
        published: article.published.map(|p| p.day.to_string()),
        outlet: article.outlet.as_deref(),
        language: article.language.code(),
        relevant: reading.is_relevant(),
        incident: incident.map(|i| i.id.address()),
        syndicated_from: lineage.and_then(|d| d.copies).map(|copy| url(kb, copy)),
        translated_from: lineage.and_then(|d| d.translates).map(|copy| url(kb, copy)),
        derived_from: lineage
            .iter()
            .flat_map(|d| d.named.iter().map(|who| who.name.as_str()))
            .collect(),
        sources: named(reading),
        roots: lineage.iter().flat_map(|d| &d.roots).map(String::as_str).collect(),
        metadata: grounds(&article.grounds),
    }
}

/// One incident as the record prints it.
pub(super) fn incident_out<'a>(kb: &'a KnowledgeBase, incident: &'a Incident) -> IncidentOut<'a> {
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
        passages: incident.passages.iter().map(|e| evidence_out(kb, *e)).collect(),
        timeline: incident
            .timeline
            .iter()
            .map(|entry| EntryOut {
                date: entry.date.to_string(),
                summary: &entry.summary,
                role: entry.role.word(),
                articles: distinct(entry.evidence.iter().map(|e| url(kb, e.capture))),
                evidence: entry.words.iter().map(|e| evidence_out(kb, *e)).collect(),
                tellings: entry.evidence.iter().map(|e| evidence_out(kb, *e)).collect(),
                basis: entry.basis.word(),
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
        questions: incident.questions.iter().map(|question| question_out(kb, question)).collect(),
        contradictions: incident
            .contradictions
            .iter()
            .map(|c| ContradictionOut {
                id: kb.contradiction_id(c).to_string(),
                topic: &c.topic,
                a: SideOut { article: url(kb, c.a.capture), evidence: kb.words(c.a) },
                b: SideOut { article: url(kb, c.b.capture), evidence: kb.words(c.b) },
                rule: &c.rule,
                state: c.standing.outcome.word(),
                reason: c.standing.reason.map(Reason::word),
                holds: c.standing.holds.map(Account::word),
                because: c.standing.because.map(|words| EvidenceOut {
                    by: c.standing.by.as_ref().map(|who| who.name.as_str()),
                    ..evidence_out(kb, words)
                }),
                by: hand(c.standing.hand),
            })
            .collect(),
        relations: incident
            .relations
            .iter()
            .filter(|relation| relation.end == End::Later)
            .map(|relation| RelationOut {
                tie: relation.tie.word(),
                incident: relation.other.address(),
                url: url(kb, relation.words.capture),
                evidence: kb.words(relation.words),
            })
            .collect(),
        missing_quotations: incident
            .missing
            .iter()
            .map(|missing| MissingOut {
                claim: missing.claim.to_string(),
                url: url(kb, missing.words.capture),
                evidence: kb.words(missing.words),
                outlet: &missing.outlet,
                searched: missing.searched.iter().map(|id| url(kb, *id)).collect(),
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
pub(super) fn vendors_out(kb: &KnowledgeBase) -> Vec<VendorOut<'_>> {
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
    let houses = kb.houses();
    by_id
        .into_iter()
        .filter_map(|(id, incidents)| {
            let entity = kb.entities.get(id)?;
            let products = houses
                .of(id)
                .into_iter()
                .filter(|e| e.kind == EntityKind::Product)
                .map(|e| e.name.as_str())
                .collect();
            Some(VendorOut { id: id.as_str(), name: &entity.name, products, incidents })
        })
        .collect()
}

/// The claims of an article that belongs to an incident, or to none.
fn claims_of<'a>(
    kb: &'a KnowledgeBase,
    reading: &'a Reading,
    home: Option<&Incident>,
    elsewhere: &Elsewhere<'_>,
) -> Vec<ClaimOut<'a>> {
    let away = elsewhere.get(&reading.article.capture);
    let claim = |claim: &'a Claim| {
        // What is told of no incident belongs to its article's.
        let told = away.and_then(|away| away.get(&claim.id)).copied().or(home);
        let incident = told.map(|incident| incident.id.address());
        claim_out(reading, claim, incident, kb.lives.of(reading, claim))
    };
    reading.claims.iter().map(claim).collect()
}

fn ended_out<'a>(
    (ended, reading, claim): (Ended, &'a Reading, &'a Claim),
    home: Option<&Incident>,
) -> ClaimOut<'a> {
    claim_out(reading, claim, home.map(|incident| incident.id.address()), ended.life)
}

/// One claim as the record prints it.
pub(super) fn claim_out<'a>(
    reading: &'a Reading,
    claim: &'a Claim,
    incident: Option<String>,
    life: Life,
) -> ClaimOut<'a> {
    let article = &reading.article;
    let (name, kind) = speaker(reading, claim.speaker);
    ClaimOut {
        id: claim.id.to_string(),
        url: &article.url,
        incident,
        speaker: name,
        speaker_kind: kind,
        via: reading.chain(claim),
        stance: claim.stance.word(),
        target: claim.target.map(|ix| reading.name_text(ix)),
        content: reading.words(claim.content),
        published: article.published.map(|p| p.day.to_string()).unwrap_or_default(),
        rule: claim.rule.as_str(),
        first_seen: moment(life.first),
        last_seen: moment(life.last),
        ended: life.ended.map(moment),
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
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
