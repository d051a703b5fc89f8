//! One incident: facts at a glance, timeline, who says what, what differs, what is open, on whom it
//! rests.

use std::collections::BTreeMap;

use askama::Template;

use super::ledger::{Ledger, ledgers};
use super::parts::{
    EntryLine, IncidentRow, QuestionLine, basis, entry_line, incident_row, question_line,
};
use super::{Frame, rendered};
use crate::model::article::{BlockKind, Section};
use crate::model::claim::Stance;
use crate::model::date::EventRole;
use crate::model::entity::EntityKind;
use crate::model::incident::{Incident, PartyRole};
use crate::model::question::QuestionState;
use crate::model::text::Evidence;
use crate::view::line::{self, Link, Quote};
use crate::view::site::{Site, incident_path};
use crate::view::words;

/// A fact at a glance.
pub struct Fact {
    pub label: &'static str,
    pub text: String,
    pub quote: Option<Quote>,
}

/// Parties of one role.
pub struct PartyLine {
    pub role: &'static str,
    pub names: Vec<Link>,
}

/// Two accounts side by side.
pub struct Opposed {
    pub topic: String,
    pub a: Quote,
    pub b: Quote,
}

/// An article and from whom it has what it reports.
pub struct SourceRow {
    pub quote: line::SourceLine,
    pub copies: String,
    pub named: String,
    pub carriers: String,
    pub roots: String,
    pub claims: usize,
}

/// Advice to readers, as the outlet's editorial content.
pub struct Advice {
    pub role: String,
    pub action: String,
    pub rationale: String,
    pub source: line::SourceLine,
}

/// What an editor entered.
pub struct EditorBlock {
    pub summary: String,
    pub summary_zh: String,
    pub verification: Vec<String>,
    pub notes: Vec<String>,
    pub sources: Vec<String>,
    pub entered: String,
    pub by: String,
}

#[derive(Template)]
#[template(path = "incident.html")]
struct IncidentPage {
    frame: Frame,
    types: Vec<String>,
    title: String,
    title_zh: String,
    status: &'static str,
    open: bool,
    opened: line::DateLine,
    basis: String,
    proposed: bool,
    dispute: Option<Link>,
    facts: Vec<Fact>,
    parties: Vec<PartyLine>,
    products: Vec<Link>,
    editor: Option<EditorBlock>,
    entries: Vec<EntryLine>,
    ledgers: Vec<Ledger>,
    contradictions: Vec<Opposed>,
    questions: Vec<QuestionLine>,
    closed: Vec<QuestionLine>,
    sources: Vec<SourceRow>,
    independence: String,
    advice: Vec<Advice>,
    related: Vec<IncidentRow>,
    address: String,
}

/// Renders an incident's page.
pub fn incident(site: &Site<'_>, incident: &Incident) -> String {
    let path = incident_path(incident);
    let (questions, closed): (Vec<_>, Vec<_>) =
        incident.questions.iter().partition(|q| q.state.now().is_live());
    let sorted = |list: Vec<&crate::model::question::Question>| {
        let mut list = list;
        list.sort_by_key(|q| {
            (
                q.state.now() == QuestionState::Open,
                q.due.is_none(),
                q.due.map(|d| d.sort_day()),
                q.id,
            )
        });
        list.into_iter().map(|q| question_line(site, incident, q)).collect()
    };
    let dispute =
        incident.dispute.as_ref().and_then(|id| site.kb.disputes.iter().find(|d| d.id == *id));
    let page = IncidentPage {
        frame: Frame::new(site, &path, &incident.title, &description(incident), "timeline"),
        types: incident.types.iter().map(|id| site.type_name(id)).collect(),
        title: incident.title.clone(),
        title_zh: incident.title_zh.clone().unwrap_or_default(),
        status: words::status(incident.status),
        open: matches!(
            incident.status,
            crate::model::incident::Status::Open | crate::model::incident::Status::Escalating
        ),
        opened: line::date(incident.opened),
        basis: basis(incident),
        proposed: incident.is_proposed(),
        dispute: dispute
            .map(|d| Link { name: d.title.clone(), href: Some(format!("disputes/{}/", d.id)) }),
        facts: facts(site, incident),
        parties: parties(site, incident),
        products: products(site, incident),
        editor: editor(incident),
        entries: incident.timeline.iter().map(|entry| entry_line(site, entry)).collect(),
        ledgers: ledgers(site, incident),
        contradictions: incident
            .contradictions
            .iter()
            .filter_map(|c| {
                Some(Opposed {
                    topic: c.topic.clone(),
                    a: line::quote(site, c.a)?,
                    b: line::quote(site, c.b)?,
                })
            })
            .collect(),
        questions: sorted(questions),
        closed: sorted(closed),
        sources: sources(site, incident),
        independence: independence(incident),
        advice: advice(site, incident),
        related: dispute
            .map(|d| {
                let others = d.incidents.iter().filter(|id| **id != incident.id);
                others
                    .filter_map(|id| site.kb.incident(id))
                    .map(|i| incident_row(site, i))
                    .collect()
            })
            .unwrap_or_default(),
        address: incident.id.address(),
    };
    rendered(&page)
}

fn description(incident: &Incident) -> String {
    match &incident.editor {
        Some(editor) => editor.summary.clone(),
        None => format!("{}. {}.", incident.title, basis(incident)),
    }
}

/// What a reader needs first: what, from when, instead of what, who is silent, on whose word.
fn facts(site: &Site<'_>, incident: &Incident) -> Vec<Fact> {
    let mut facts = Vec::new();
    let dated = |entry: &crate::model::incident::Entry| {
        let quote = entry.evidence.first().and_then(|e| line::quote(site, *e));
        (
            format!("{} — {}", line::part_of_date(entry.date, entry.modifier).words, entry.summary),
            quote,
        )
    };
    let effective = incident.timeline.iter().find(|e| e.role == EventRole::Effective);
    if let Some(entry) = effective {
        let (text, quote) = dated(entry);
        facts.push(Fact { label: "In force from", text, quote });
    }
    if let Some((name, evidence)) = moved_to(site, incident) {
        let quote = line::quote(site, evidence);
        facts.push(Fact { label: "Used instead", text: name, quote });
    }
    let mut silent: BTreeMap<String, (usize, Evidence)> = BTreeMap::new();
    for (capture, id) in &incident.claims {
        let Some((reading, claim)) = site.kb.claim(*capture, *id) else { continue };
        if matches!(claim.stance, Stance::Silent | Stance::Declines)
            && let crate::model::claim::Speaker::Named(name) = claim.speaker
        {
            let evidence = Evidence { capture: *capture, span: claim.content };
            silent.entry(reading.name_text(name).to_string()).or_insert((0, evidence)).0 += 1;
        }
    }
    for (name, (count, evidence)) in silent {
        let statements = words::count(count, "statement", "statements");
        let quote = line::quote(site, evidence);
        facts.push(Fact { label: "No answer", text: format!("{name} ({statements})"), quote });
    }
    if incident.is_captured() {
        facts.push(Fact { label: "Rests on", text: independence(incident), quote: None });
    }
    facts
}

/// The product that a party moves its people to.
fn moved_to(site: &Site<'_>, incident: &Incident) -> Option<(String, Evidence)> {
    for capture in &incident.articles {
        let reading = site.kb.readings.get(capture)?;
        for act in reading.acts.iter().filter(|act| act.predicate.as_str() == "moves-staff") {
            // The last product of the clause: "from the old tool to the new".
            let product = reading
                .mentions
                .iter()
                .rev()
                .filter(|m| act.span.holds(m.span))
                .find(|m| reading.name(m.name).is_some_and(|n| n.kind == EntityKind::Product));
            if let Some(product) = product {
                let evidence = Evidence { capture: *capture, span: act.span };
                return Some((reading.name_text(product.name).to_string(), evidence));
            }
        }
    }
    None
}

fn parties(site: &Site<'_>, incident: &Incident) -> Vec<PartyLine> {
    PartyRole::ALL
        .into_iter()
        .filter_map(|role| {
            let names: Vec<Link> = incident
                .parties
                .iter()
                .filter(|p| p.role == role)
                .map(|p| line::who(site, &p.who))
                .collect();
            (!names.is_empty()).then(|| PartyLine { role: words::role(role), names })
        })
        .collect()
}

/// Products of the parties that the articles name, most mentioned first.
fn products(site: &Site<'_>, incident: &Incident) -> Vec<Link> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for capture in &incident.articles {
        let Some(reading) = site.kb.readings.get(capture) else { continue };
        for mention in &reading.mentions {
            let product = reading.name(mention.name).filter(|n| n.kind == EntityKind::Product);
            if let Some(product) = product.filter(|n| belongs(site, incident, n)) {
                *counts.entry(product.name.clone()).or_default() += 1;
            }
        }
    }
    if let Some(editor) = &incident.editor {
        for product in &editor.products {
            counts.entry(product.clone()).or_default();
        }
    }
    let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked.into_iter().map(|(name, _)| Link { name, href: None }).collect()
}

fn belongs(site: &Site<'_>, incident: &Incident, product: &crate::model::entity::Name) -> bool {
    let mut owner = product.owner.clone();
    for _ in 0..4 {
        let Some(id) = owner else { return false };
        if incident.parties.iter().any(|p| p.who.id.as_ref() == Some(&id)) {
            return true;
        }
        owner = site.kb.entities.get(&id).and_then(|entity| entity.owner.clone());
    }
    false
}

fn editor(incident: &Incident) -> Option<EditorBlock> {
    let editor = incident.editor.as_ref()?;
    Some(EditorBlock {
        summary: editor.summary.clone(),
        summary_zh: editor.summary_zh.clone().unwrap_or_default(),
        verification: editor
            .verification
            .iter()
            .map(|m| words::verification(m).to_string())
            .collect(),
        notes: editor.notes.clone(),
        sources: editor
            .sources
            .iter()
            .filter(|s| s.starts_with("https://") || s.starts_with("http://"))
            .cloned()
            .collect(),
        entered: words::day(editor.entered),
        by: editor.by.clone(),
    })
}

fn sources(site: &Site<'_>, incident: &Incident) -> Vec<SourceRow> {
    incident
        .articles
        .iter()
        .filter_map(|capture| {
            let reading = site.kb.readings.get(capture)?;
            let derivation = incident.lineage.iter().find(|d| d.capture == *capture)?;
            let names = |list: &[crate::model::entity::Who]| {
                list.iter().map(|who| who.name.as_str()).collect::<Vec<_>>().join(", ")
            };
            let copies = derivation.copies.and_then(|id| site.kb.readings.get(&id));
            Some(SourceRow {
                quote: line::source(reading, ""),
                copies: copies.map(|r| line::source(r, "").outlet).unwrap_or_default(),
                named: names(&derivation.named),
                carriers: names(&derivation.carriers),
                roots: derivation.roots.join(", "),
                claims: reading.claims.len(),
            })
        })
        .collect()
}

/// "5 articles, 0 copies; 3 independent reports are named: Reuters, …"
fn independence(incident: &Incident) -> String {
    let copies = incident.lineage.iter().filter(|d| d.copies.is_some()).count();
    let mut roots: Vec<&str> =
        incident.lineage.iter().flat_map(|d| d.roots.iter().map(String::as_str)).collect();
    roots.sort_unstable();
    roots.dedup();
    let articles = words::count(incident.articles.len(), "article", "articles");
    let copies = words::count(copies, "copy", "copies");
    match roots.as_slice() {
        [] => format!("{articles}, {copies}; none names the report it rests on"),
        named => {
            let reports =
                words::count(named.len(), "independent report is", "independent reports are");
            format!("{articles}, {copies}; {reports} named: {}", named.join(", "))
        }
    }
}

/// Advice sections of the articles: a heading that names a role, an action, a reason.
fn advice(site: &Site<'_>, incident: &Incident) -> Vec<Advice> {
    let mut found = Vec::new();
    for capture in &incident.articles {
        let Some(reading) = site.kb.readings.get(capture) else { continue };
        let mut role: Option<String> = None;
        let mut texts: Vec<String> = Vec::new();
        let mut flush = |role: &mut Option<String>, texts: &mut Vec<String>| {
            if let (Some(role), Some(action)) = (role.take(), texts.first()) {
                found.push(Advice {
                    role,
                    action: line::clipped(action),
                    rationale: texts.get(1).map(|t| line::clipped(t)).unwrap_or_default(),
                    source: line::source(reading, action),
                });
            }
            texts.clear();
        };
        for block in reading.article.main_blocks() {
            let words = block.span.of(&reading.article.body);
            match (block.section, block.kind) {
                (Section::Advice, BlockKind::Heading) => {
                    flush(&mut role, &mut texts);
                    role = Some(words.to_string());
                }
                (Section::Advice, _) => texts.push(words.to_string()),
                _ => flush(&mut role, &mut texts),
            }
        }
        flush(&mut role, &mut texts);
    }
    found
}
