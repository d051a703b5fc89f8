//! Dates of one happening that exclude each other.

use std::collections::BTreeSet;

use super::{Accounts, best};
use crate::corpus::doc::Doc;
use crate::model::claim::{Act, PredicateId};
use crate::model::date::{Basis, EventRole};
use crate::model::edtf::{Edtf, Precision};
use crate::model::entity::Who;
use crate::model::incident::{Contradiction, Entry};
use crate::model::text::{Evidence, Span};

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 4;

/// Dates that differ within one entry of the timeline, and between entries that tell one deed.
pub(super) fn differing(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut found = within_entries(accounts);
    found.extend(between_articles(accounts));
    found.extend(between_entries(accounts));
    found
}

/// Entries of the timeline that tell the main deed of other days in other articles, a week at the widest:
/// a memo of Monday, a memo of last week.
fn between_entries(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let most = accounts.rules.thresholds.date_days as i64;
    let told: Vec<&Entry> = accounts.timeline.iter().filter(|e| tells_main(e, accounts)).collect();
    let mut scored = Vec::new();
    for (i, a) in told.iter().enumerate() {
        for b in told.iter().skip(i + 1) {
            let apart = (a.date.sort_day() - b.date.sort_day()).num_days().abs();
            let shared =
                a.evidence.iter().any(|e| b.evidence.iter().any(|o| o.capture == e.capture));
            if shared || a.date.overlaps(b.date) || apart > most {
                continue;
            }
            if let (Some(first), Some(second)) = (a.evidence.first(), b.evidence.first()) {
                let topic = format!("Date: {} or {}", a.date, b.date);
                let (a, b, rule) = (*first, *second, "dates-differ".to_string());
                scored.push((-(apart as f64), Contradiction { topic, a, b, rule }));
            }
        }
    }
    best(scored, SHOWN_MAX, |c| c.topic.clone())
}

/// Whether words date an entry, to a week or less, that holds an act of the main matter.
fn tells_main(entry: &Entry, accounts: &Accounts<'_, '_>) -> bool {
    let dated = !matches!(entry.basis, Basis::Reported(_))
        && !entry.date.approximate
        && entry.role == EventRole::Happened
        && entry.date.precision() <= Precision::Week;
    let acts = |place: &Evidence| {
        let doc = accounts.docs.iter().find(|doc| doc.id == place.capture);
        let acts = doc.into_iter().flat_map(|doc| &doc.reading.acts);
        acts.filter(|act| is_main(act, accounts)).any(|act| act.span.meets(place.span))
    };
    dated && entry.evidence.iter().any(acts)
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
            }));
        }
    }
    found
}

/// A deed of the main matter, or its taking effect, as one article dates it.
struct Dated<'a> {
    doc: usize,
    date: Edtf,
    span: Span,
    /// What is dated: the predicate of an act, or that the main act takes effect.
    what: Option<&'a PredicateId>,
    parties: BTreeSet<Who>,
}

fn between_articles(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut dated: Vec<Dated<'_>> = Vec::new();
    for (index, doc) in accounts.docs.iter().enumerate() {
        dated.extend(deeds(index, doc, accounts));
    }
    let most = accounts.rules.thresholds.date_days as i64;
    let mut scored = Vec::new();
    for (i, a) in dated.iter().enumerate() {
        for b in dated.iter().skip(i + 1) {
            let apart = (a.date.sort_day() - b.date.sort_day()).num_days().abs();
            let same = a.doc != b.doc
                && a.what == b.what
                && (a.what.is_none() || a.parties.intersection(&b.parties).next().is_some());
            // An article that has both dates tells two deeds.
            let both =
                |doc: usize, date: Edtf| dated.iter().any(|d| d.doc == doc && d.date == date);
            if !same || !(1..=most).contains(&apart) || both(a.doc, b.date) || both(b.doc, a.date) {
                continue;
            }
            let topic = format!("Date: {} or {}", a.date, b.date);
            let pair = accounts.between((a.doc, a.span), (b.doc, b.span), topic, "dates-differ");
            scored.extend(pair.map(|c| (-(apart as f64), c)));
        }
    }
    best(scored, SHOWN_MAX, |c| c.topic.clone())
}

fn deeds<'a>(index: usize, doc: &Doc<'a>, accounts: &Accounts<'_, '_>) -> Vec<Dated<'a>> {
    let main = |act: &&Act| is_main(act, accounts);
    let mut found = Vec::new();
    for event in &doc.reading.events {
        // What no word dates disagrees with nothing.
        if event.date.precision() != Precision::Day || event.expr.is_none() {
            continue;
        }
        if event.role == EventRole::Effective {
            let parties = BTreeSet::new();
            let (date, span) = (event.date, event.span);
            found.push(Dated { doc: index, date, span, what: None, parties });
        }
        if event.role != EventRole::Happened {
            continue;
        }
        for act in doc.reading.acts.iter().filter(|act| act.span.meets(event.span)).filter(main) {
            let parties = [act.actor, act.target];
            found.push(Dated {
                doc: index,
                date: event.date,
                span: event.span,
                what: Some(&act.predicate),
                parties: parties.iter().flatten().filter_map(|ix| doc.who(*ix)).cloned().collect(),
            });
        }
    }
    found
}
