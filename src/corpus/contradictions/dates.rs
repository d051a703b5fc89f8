//! Dates of one happening that exclude each other.

use super::{Accounts, best};
use crate::model::claim::Act;
use crate::model::date::{Basis, EventRole};
use crate::model::edtf::Precision;
use crate::model::incident::{Contradiction, Entry};
use crate::model::standing::Standing;
use crate::model::text::Evidence;

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 4;

/// Dates that differ within one entry of the timeline, and between entries that tell one deed.
pub(super) fn differing(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut found = within_entries(accounts);
    found.extend(between_entries(accounts));
    found
}

/// Entries of the timeline by which other articles tell the main deed, or its taking effect, of other days, a
/// week at the widest: a memo of Monday, a memo of last week. An article that has both tells two deeds.
fn between_entries(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let most = accounts.rules.thresholds.date_days as i64;
    let told: Vec<&Entry> = accounts.timeline.iter().filter(|e| tells_main(e, accounts)).collect();
    let mut scored = Vec::new();
    for (i, a) in told.iter().enumerate() {
        for b in told.iter().skip(i + 1) {
            let apart = (a.date.sort_day() - b.date.sort_day()).num_days().abs();
            let shared =
                a.evidence.iter().any(|e| b.evidence.iter().any(|o| o.capture == e.capture));
            if shared || a.role != b.role || a.date.overlaps(b.date) || apart > most {
                continue;
            }
            if let (Some(first), Some(second)) = (a.evidence.first(), b.evidence.first()) {
                let topic = format!("Date: {} or {}", a.date, b.date);
                let (a, b, rule) = (*first, *second, "dates-differ".to_string());
                let standing = Standing::default();
                scored.push((-(apart as f64), Contradiction { topic, a, b, rule, standing }));
            }
        }
    }
    best(scored, SHOWN_MAX, |c| c.topic.clone())
}

/// Whether words date an entry, to a week or less, that holds an act of the main matter or says from when it
/// is in force.
fn tells_main(entry: &Entry, accounts: &Accounts<'_, '_>) -> bool {
    let dated = !matches!(entry.basis, Basis::Reported(_))
        && !entry.date.approximate
        && entry.date.precision() <= Precision::Week;
    let acts = |place: &Evidence| {
        let doc = accounts.docs.iter().find(|doc| doc.id == place.capture);
        let acts = doc.into_iter().flat_map(|doc| &doc.reading.acts);
        acts.filter(|act| is_main(act, accounts)).any(|act| act.span.meets(place.span))
    };
    let main = || entry.role == EventRole::Happened && entry.evidence.iter().any(acts);
    dated && (entry.role == EventRole::Effective || main())
}

/// Whether an act is of the main matter and does not end it.
fn is_main(act: &Act, accounts: &Accounts<'_, '_>) -> bool {
    let rule = accounts.rules.lexicon.predicates.meaning(&act.rule);
    rule.is_some_and(|rule| rule.kind == accounts.main() && rule.closing.is_none())
}

fn within_entries(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for entry in accounts.timeline {
        let first = entry.evidence.iter().find(|e| !entry.differing.iter().any(|(_, d)| d == *e));
        for (date, other) in &entry.differing {
            let elsewhere = first.filter(|first| first.capture != other.capture);
            found.extend(elsewhere.map(|first| Contradiction {
                topic: format!("Date: {} or {date}", entry.date),
                a: *first,
                b: *other,
                rule: "dates-differ".into(),
                standing: Standing::default(),
            }));
        }
    }
    found
}
