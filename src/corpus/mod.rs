//! All readings together: who has it from whom, which incident, what differs, what is open.
//!
//! In: readings, rules, a day. Out: the knowledge base and findings. What holds: the order of the
//! input changes nothing; sources that disagree stay side by side; the machine works alone, and what
//! an editor entered wins over it. Not here: reading one article (`read/`), IO, the clock.

mod answers;
mod bag;
mod changes;
mod cluster;
mod contradictions;
mod disputes;
mod doc;
mod entered;
mod followups;
mod houses;
mod identity;
mod incidents;
mod judged;
mod lineage;
mod lives;
mod memory;
mod naming;
mod near;
mod parallel;
mod positions;
mod questions;
mod quotations;
mod relations;
mod roles;
mod roundups;
mod senses;
mod sketch;
mod spelling;
mod statement;
mod summary;
mod timeline;
mod topic;
mod translations;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

pub use self::changes::changes;

pub use self::memory::Memory;
pub use self::sketch::Sketch;
use crate::model::editor::EnteredIncident;
use crate::model::finding::{Finding, Noted};
use crate::model::judgement::Judged;
use crate::model::kb::KnowledgeBase;
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::rules::Rules;

/// Makes the knowledge base as it could be known at the end of a day.
///
/// Articles published after `today` are left out, and so are entered incidents of later days.
pub fn resolve(readings: Vec<Reading>, rules: &Rules, today: NaiveDate) -> Noted<KnowledgeBase> {
    let sketches = parallel::map(&readings, |reading| Arc::new(Sketch::of(reading, rules)));
    let readings = readings.into_iter().map(Arc::new);
    resolve_again(readings.zip(sketches).collect(), rules, today, &mut Memory::default())
}

/// The same of readings whose sketches are known, again and again: made is what is new.
pub fn resolve_again(
    read: Vec<(Arc<Reading>, Arc<Sketch>)>,
    rules: &Rules,
    today: NaiveDate,
    memory: &mut Memory,
) -> Noted<KnowledgeBase> {
    memory.begin(rules);
    let mut findings = Vec::new();
    let ledger = rules.ledger.as_of(today);
    let (readings, sketches): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let lives::Parted { current: mut readings, mut lives, first } = lives::part(readings, today);
    let mut sketches: BTreeMap<CaptureId, Arc<Sketch>> =
        sketches.into_iter().map(|sketch| (sketch.id, sketch)).collect();
    let first = first.into_iter().filter_map(|(on, id)| Some((on, sketches.get(&id)?.clone())));
    let first: Vec<_> = first.collect();
    sketches.retain(|id, _| readings.contains_key(id));
    let sketches: Vec<Arc<Sketch>> = sketches.into_values().collect();
    let claims = judged::judge_claims(&mut readings, &ledger);
    // What was rejected does not come back by being taken out; whether it is found there says nothing.
    judged::judge_claims(&mut lives.earlier, &ledger);
    let identities = identity::Identities::among(readings.values().map(Arc::as_ref), rules);
    let taken = followups::among(&sketches, &rules.thresholds);
    let pins = judged::Pins::of(&ledger);
    let counted = near::counted(&taken, first.into_iter(), &rules.thresholds);
    let groups = memory.clusters.group(&taken, &counted, &rules.thresholds);
    let groups = followups::founded(groups, &taken, &rules.thresholds);
    let groups = pins.regroup(groups, &taken, &readings);
    let told = roundups::part(groups, &taken, &readings, rules);
    let captured = memory.incidents(&told, identities, rules);
    drop(told);
    let rows: Vec<&Arc<EnteredIncident>> =
        rules.entered.iter().filter(|row| row.date.sort_day() <= today).collect();
    note_rows(&rows, rules, &mut findings);
    let entered = memory.entered(&rows, rules);
    let near = rules.thresholds.entered_days as i64;
    let laid = &mut memory.joined;
    let mut incidents = incidents::with_entered(captured, entered, &readings, &pins, near, laid);
    judged::name(&mut incidents, &ledger, rules);
    let (belongs, disputes) = disputes::tie(&incidents, &judged::dispute_names(&ledger), rules);
    let relations = relations::tie(&incidents, &rules.thresholds);
    let mut incidents = memory.tied(incidents, belongs, relations);
    incidents.sort_by(|a, b| (b.opened.sort_day(), &b.id).cmp(&(a.opened.sort_day(), &a.id)));
    let entities = rules.registry.entries().map(|e| (e.id.clone(), e.clone())).collect();
    let entities = Arc::new(entities);
    let judged = Judged::default();
    let mut kb = KnowledgeBase { today, entities, readings, lives, incidents, disputes, judged };
    judged::apply(&mut kb, ledger, &pins, claims, rules, &mut findings);
    quotations::note(&mut kb, &rules.thresholds, &mut findings);
    findings.sort();
    Noted { value: kb, findings }
}

/// Doubts of editors, and parties that they named and the registry does not know.
fn note_rows(entered: &[&Arc<EnteredIncident>], rules: &Rules, findings: &mut Vec<Finding>) {
    for row in entered {
        let notes = row.notes.iter().map(|note| Finding::note("entered-note", note.clone()));
        findings.extend(notes.map(|note| note.at(row.place.clone())));
        for party in &row.parties {
            let proper = party.name.chars().next().is_some_and(char::is_uppercase);
            if proper && rules.registry.named(&party.name).is_none() {
                let message = format!(
                    "the party “{}” is not in the registry; add it to data/entities/ or correct the name",
                    party.name
                );
                findings.push(Finding::note("unknown-party", message).at(row.place.clone()));
            }
        }
    }
}
