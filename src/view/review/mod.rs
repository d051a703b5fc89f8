//! What an editor should look at next: the queue of `casebook review`, what matters most first.
//!
//! In: the record. Out: items with their evidence, ranked. What holds: what was judged is not asked
//! again; the same record gives the same queue. Weights are sums of the constants of `items`, so that the
//! reason for a rank can be read off an item.

mod items;

use std::collections::BTreeSet;

use serde::Serialize;

use self::items::{contradictions, names, orphans, proposed, question};
use crate::model::kb::KnowledgeBase;

/// Why something is in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// A judgement without its subject.
    Orphan,
    /// Accounts that differ.
    Contradiction,
    /// A question the program closed.
    Closing,
    /// Later words on a judged question.
    Afterwards,
    /// A question past its day.
    Overdue,
    /// A question whose day is near.
    Soon,
    /// An incident as the program groups it.
    Proposed,
    /// A party that no registry row knows.
    Name,
}

impl Matter {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Matter::Orphan => "orphan",
            Matter::Contradiction => "contradiction",
            Matter::Closing => "closing",
            Matter::Afterwards => "afterwards",
            Matter::Overdue => "overdue",
            Matter::Soon => "soon",
            Matter::Proposed => "proposed",
            Matter::Name => "name",
        }
    }

    /// What is asked of the editor.
    pub fn question(self) -> &'static str {
        match self {
            Matter::Orphan => "This decision has lost its subject. Take it back?",
            Matter::Contradiction => "Can these two accounts not both hold?",
            Matter::Closing => "Do these words settle the question?",
            Matter::Afterwards => "Does this change what was decided?",
            Matter::Overdue => "Its day has passed. Is it still open?",
            Matter::Soon => "Its day is near. Is it a question of this incident?",
            Matter::Proposed => "Do these articles tell of one incident?",
            Matter::Name => "Who is this? Add a row to data/entities/.",
        }
    }
}

/// Words to decide on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// What they are: "asked", "bears on it", "one account", "the other".
    pub label: &'static str,
    /// The outlet.
    pub outlet: String,
    /// The day of publication.
    pub published: String,
    /// The address.
    pub url: String,
    /// The words.
    pub words: String,
    /// The sentence they stand in, where it says more.
    pub sentence: String,
}

/// Something to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// How much it matters.
    pub weight: u32,
    /// Why it is here.
    pub matter: Matter,
    /// What confirm, reject and undo take; of a name, the name.
    pub id: String,
    /// Its line.
    pub title: String,
    /// What there is to know about it.
    pub note: String,
    /// The incident, by the last part of its address.
    pub incident: Option<String>,
    /// The incident's title.
    pub incident_title: Option<String>,
    /// Address on the site.
    pub path: Option<String>,
    /// A name, for what could be minted.
    pub name: Option<String>,
    /// The words to decide on.
    pub evidence: Vec<Shown>,
}

/// The queue, what matters most first.
pub fn queue(kb: &KnowledgeBase) -> Vec<Item> {
    let mut items = orphans(kb);
    let taken: BTreeSet<String> = kb.incidents.iter().map(|i| i.id.address()).collect();
    for incident in &kb.incidents {
        items.extend(proposed(kb, incident, &taken));
        items.extend(contradictions(kb, incident));
        items.extend(incident.questions.iter().filter_map(|q| question(kb, incident, q)));
    }
    items.extend(names(kb));
    items.sort_by(|a, b| {
        (std::cmp::Reverse(a.weight), a.matter, &a.incident, &a.id).cmp(&(
            std::cmp::Reverse(b.weight),
            b.matter,
            &b.incident,
            &b.id,
        ))
    });
    items
}

/// Whether something can be confirmed or rejected, or only undone or looked up.
pub fn verdicts(item: &Item) -> &'static [&'static str] {
    match item.matter {
        Matter::Orphan => &["undo"],
        Matter::Name => &[],
        Matter::Proposed => &["confirm", "reject", "mint"],
        _ => &["confirm", "reject"],
    }
}
