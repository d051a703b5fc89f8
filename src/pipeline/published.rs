//! Addresses that were published lead somewhere for ever.

use std::collections::BTreeSet;
use std::path::Path;

use super::PipelineError;
use crate::model::finding::Finding;
use crate::model::incident::IncidentId;
use crate::model::kb::KnowledgeBase;
use crate::store;
use crate::view::moved::{Addresses, Leads, addresses};

/// The head of a new list.
const HEAD: &str = "\
# Every address this casebook was ever published at. Lines are added by `casebook build`, never removed:
# each of them has a page, or leads to one.
";

/// Addresses on the list, and lines that are none.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn listed(home: &Path) -> Result<(Vec<String>, Vec<Finding>), PipelineError> {
    let text = store::published(home)?;
    let (mut list, mut findings) = (BTreeSet::new(), Vec::new());
    for (at, line) in text.lines().map(str::trim).enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let inner = line.strip_suffix('/').and_then(|line| line.split_once('/'));
        let sound = inner.is_some_and(|(folder, id)| {
            matches!(folder, "incidents" | "disputes") && IncidentId::parse(id).is_some()
        });
        if sound {
            list.insert(line.to_string());
        } else {
            let message =
                format!("“{line}” is no address of an incident or dispute; remove the line");
            let place = format!("data/published.txt:{}", at + 1);
            findings.push(Finding::error("bad-address", message).at(place));
        }
    }
    Ok((list.into_iter().collect(), findings))
}

/// Adds the addresses of a record to the list.
///
/// # Errors
/// A file that cannot be read or written.
pub(super) fn keep(home: &Path, kb: &KnowledgeBase) -> Result<(), PipelineError> {
    let (listed, _) = listed(home)?;
    let known: BTreeSet<String> = listed.into_iter().collect();
    let all: BTreeSet<String> = known.iter().cloned().chain(addresses(kb)).collect();
    if all.len() > known.len() {
        let text = store::published(home)?;
        let head: String = text
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
        let head = if text.is_empty() { HEAD.to_string() } else { head };
        let lines: String = all.iter().map(|path| format!("{path}\n")).collect();
        store::keep_published(home, &format!("{head}{lines}"))?;
    }
    Ok(())
}

/// What is wrong with the list: lines that are no address, addresses that lead nowhere although no
/// judgement ended them.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn check(home: &Path, kb: &KnowledgeBase) -> Result<Vec<Finding>, PipelineError> {
    let (listed, mut findings) = listed(home)?;
    let all = Addresses::of(kb);
    let in_force = kb.judged.ledger.in_force();
    let ended: BTreeSet<&str> = in_force
        .iter()
        .flat_map(|entry| entry.verdict.subjects())
        .map(|subject| subject.id.as_str())
        .collect();
    for path in listed.iter().filter(|path| all.leads(path) == Leads::Nowhere) {
        let end = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        if !ended.contains(end) {
            let message = format!(
                "{path} was published and leads nowhere now; readers see that it is no longer on record: reject it with a reason, or bring its articles back"
            );
            findings.push(Finding::warning("lost-address", message).at("data/published.txt"));
        }
    }
    Ok(findings)
}
