//! Judgements of editors: rows of `judgements/`, read and written.
//!
//! In: rows. Out: the ledger in its order, or faults. What holds: a verdict has the keys it needs and no
//! others; what is undone is there and older; a name is given once.

mod row;
mod verdict;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::row::JudgementRow;
pub use self::written::written;
use super::load::{Layer, Located, table};
use crate::model::editor::EnteredIncident;
use crate::model::finding::Finding;
use crate::model::judgement::{JudgementId, Ledger, Subject, Verdict};
use crate::model::subject::SubjectKind;

/// Loads the ledger; faults are collected.
pub(super) fn load(
    layers: &[Layer<'_>],
    types: &[String],
    entered: &[Arc<EnteredIncident>],
    faults: &mut Vec<Finding>,
) -> Ledger {
    let mut judgements = Vec::new();
    for Located { row, place } in table::<JudgementRow>(layers, "judgements/", faults) {
        match verdict::judgement(row, &place, types) {
            Ok(made) => judgements.push(made),
            Err(message) => faults.push(Finding::error("bad-row", message).at(place)),
        }
    }
    let ledger = Ledger::of(judgements);
    check_undone(&ledger, faults);
    check_names(&ledger, entered, faults);
    ledger
}

/// What is undone has to be there, and to be older.
fn check_undone(ledger: &Ledger, faults: &mut Vec<Finding>) {
    let places: BTreeMap<&JudgementId, usize> =
        ledger.entries().iter().enumerate().map(|(at, entry)| (&entry.id, at)).collect();
    for (at, entry) in ledger.entries().iter().enumerate() {
        let Verdict::Undo { judgement } = &entry.verdict else { continue };
        let message = match places.get(judgement) {
            None => format!("there is no judgement “{judgement}” to undo; correct its id"),
            Some(earlier) if *earlier >= at => {
                format!("“{judgement}” is not older than what undoes it; correct the days")
            }
            Some(_) => continue,
        };
        faults.push(Finding::error("bad-undo", message).at(entry.place.clone()));
    }
}

/// A name is given once and never to something else, even after its judgement was undone.
fn check_names(ledger: &Ledger, entered: &[Arc<EnteredIncident>], faults: &mut Vec<Finding>) {
    let mut given: BTreeMap<(SubjectKind, &str), (&Subject, &str)> = BTreeMap::new();
    for entry in ledger.entries() {
        let Verdict::Mint { of, name, .. } = &entry.verdict else { continue };
        let row = entered.iter().find(|row| row.id.as_str() == name);
        if let Some(row) = row.filter(|_| of.kind == SubjectKind::Incident) {
            let message =
                format!("the name “{name}” belongs to {} already; choose another", row.place);
            faults.push(Finding::error("reused-name", message).at(entry.place.clone()));
        }
        match given.get(&(of.kind, name.as_str())) {
            Some((other, place)) if other.id != of.id => {
                let message =
                    format!("the name “{name}” was given at {place} already; choose another");
                faults.push(Finding::error("reused-name", message).at(entry.place.clone()));
            }
            Some(_) => {}
            None => {
                given.insert((of.kind, name), (of, &entry.place));
            }
        }
    }
}
