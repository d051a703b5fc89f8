//! Who decided what about an incident, when and why: the history of the record.

use crate::model::history::Hand;
use crate::model::incident::Incident;
use crate::model::judgement::Judgement;
use crate::view::judgements::said;
use crate::view::site::Site;

/// A judgement as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionLine {
    /// "10 July 2026, Ada Renholt".
    pub signed: String,
    /// "rejected the line “…”".
    pub words: String,
    pub why: String,
    pub undone: bool,
    /// The day it was signed, as data writes it.
    pub known: String,
}

/// Everything decided about an incident, oldest first; what undid something shows as what it undid.
pub fn decisions(site: &Site<'_>, incident: &Incident) -> Vec<DecisionLine> {
    let judged = &site.kb.judged;
    let list = judged.history(&incident.id.address());
    if list.is_empty() {
        return Vec::new();
    }
    let undone = judged.ledger.undone();
    list.into_iter().map(|entry| decision(site, entry, undone.contains_key(&entry.id))).collect()
}

/// One judgement.
pub fn decision(site: &Site<'_>, entry: &Judgement, undone: bool) -> DecisionLine {
    DecisionLine {
        signed: site.words.clauses(&[site.words.day(entry.on.day), entry.by.clone()]),
        words: said(site.kb, entry, &site.words),
        why: entry.why.clone(),
        undone,
        known: entry.on.day.to_string(),
    }
}

/// "entered by an editor", "reviewed by an editor"; nothing for what the program proposes.
pub fn reviewed(incident: &Incident) -> &'static str {
    match (&incident.editor, incident.by) {
        (Some(_), _) => "entered by an editor",
        (None, Hand::Editor) => "reviewed by an editor",
        (None, Hand::Machine) => "",
    }
}
