//! What happened when, told once: events of many articles become entries.
//!
//! In: the readings of one incident. Out: entries in order of their first possible day, each with the
//! best date, every source, and the dates that differ. What holds: an entry never claims more
//! precision than its best source; two happenings of one day stay two.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::bag::Bag;
use super::doc::Doc;
use super::summary;
use crate::model::claim::Act;
use crate::model::date::{EventRole, Modifier};
use crate::model::edtf::{Edtf, Extent, Point, Precision};
use crate::model::entity::Who;
use crate::model::history::Hand;
use crate::model::incident::{Derivation, Entry, Party, PartyRole};
use crate::model::text::{Evidence, Span};
use crate::rules::Rules;

/// Likeness from which two tellings with the same date are one happening.
const SAME_DATE: f64 = 0.34;
/// The same for tellings of which one date holds the other.
const HELD_DATE: f64 = 0.46;
/// The same for tellings whose dates differ by a few days.
const NEAR_DATE: f64 = 0.62;

/// One article's telling of a happening.
struct Telling<'a> {
    doc: usize,
    date: Edtf,
    modifier: Option<Modifier>,
    span: Span,
    role: EventRole,
    words: Bag,
    acts: Vec<&'a Act>,
    predicates: BTreeSet<&'a str>,
    parties: BTreeSet<Who>,
    day: NaiveDate,
}

/// Makes the timeline of an incident.
pub(super) fn make(
    docs: &[&Doc<'_>],
    lineage: &[Derivation],
    types: &[String],
    parties: &[Party],
    rules: &Rules,
) -> Vec<Entry> {
    let mut tellings: Vec<Telling<'_>> = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        for event in &doc.reading.events {
            let mut told = telling(index, doc, event.date, event.span, event.role, rules);
            let expr = event.expr.and_then(|at| doc.reading.dates.get(at as usize));
            told.modifier = expr.and_then(|expr| expr.modifier);
            tellings.push(told);
        }
    }
    tellings.extend(undated_main_act(docs, types, &tellings, rules));
    // Narrow dates first: they found entries that wider ones join.
    tellings.sort_by(|a, b| {
        (a.date.precision(), a.date.approximate, a.day, a.date.sort_day(), a.doc, a.span).cmp(&(
            b.date.precision(),
            b.date.approximate,
            b.day,
            b.date.sort_day(),
            b.doc,
            b.span,
        ))
    });
    let mains: BTreeSet<&str> = rules
        .lexicon
        .predicates
        .rows()
        .iter()
        .filter(|row| types.first() == Some(&row.meaning.kind) && row.meaning.weight >= 5)
        .map(|row| row.meaning.id.as_str())
        .collect();
    let mut groups: Vec<Vec<Telling<'_>>> = Vec::new();
    for telling in tellings {
        let home = groups
            .iter()
            .enumerate()
            .filter_map(|(i, group)| joins(docs, group, &telling, &mains).map(|score| (i, score)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match home.and_then(|(i, _)| groups.get_mut(i)) {
            Some(group) => group.push(telling),
            None => groups.push(vec![telling]),
        }
    }
    let main: BTreeSet<&Who> =
        parties.iter().filter(|p| p.role < PartyRole::Observer).map(|p| &p.who).collect();
    groups.retain(|group| group.len() > 1 || group.iter().any(|t| bears(t, &main)));
    let mut entries: Vec<Entry> =
        groups.iter().map(|group| entry(docs, lineage, group, types, rules)).collect();
    entries.sort_by(|a, b| {
        (a.date.sort_day(), a.date.precision(), &a.summary).cmp(&(
            b.date.sort_day(),
            b.date.precision(),
            &b.summary,
        ))
    });
    entries
}

/// Whether what one article alone tells bears on the incident: a deed, a day, or a party.
fn bears(telling: &Telling<'_>, parties: &BTreeSet<&Who>) -> bool {
    telling.role != EventRole::Happened
        || telling.date.precision() == Precision::Day
        || !telling.acts.is_empty()
        || telling.parties.iter().any(|who| parties.contains(who))
}

fn telling<'a>(
    index: usize,
    doc: &Doc<'a>,
    date: Edtf,
    span: Span,
    role: EventRole,
    rules: &Rules,
) -> Telling<'a> {
    let reading = doc.reading;
    let acts: Vec<&Act> = reading.acts.iter().filter(|act| act.span.meets(span)).collect();
    let predicates = acts.iter().map(|act| act.predicate.as_str()).collect();
    let parties = reading
        .mentions
        .iter()
        .filter(|mention| span.holds(mention.span))
        .filter_map(|mention| doc.who(mention.name))
        .filter(|who| who.kind != crate::model::entity::EntityKind::Place)
        .cloned()
        .collect();
    Telling {
        doc: index,
        date,
        modifier: None,
        span,
        role,
        words: Bag::of(reading.words(span), rules),
        acts,
        predicates,
        parties,
        day: doc.day,
    }
}

/// How well a telling fits a group, if it does.
fn joins(
    docs: &[&Doc<'_>],
    group: &[Telling<'_>],
    telling: &Telling<'_>,
    mains: &BTreeSet<&str>,
) -> Option<f64> {
    let mut best: Option<f64> = None;
    for other in group {
        if other.doc == telling.doc && other.span == telling.span {
            // One clause with two dates tells two happenings.
            return None;
        }
        let equal = plain(other.date) == plain(telling.date);
        let day = equal && other.date.precision() == Precision::Day;
        // On one and the same day the same deed of the same parties needs few common words.
        let shared: Vec<&&str> = other.predicates.intersection(&telling.predicates).collect();
        let deed = other.parties.intersection(&telling.parties).next().is_some();
        let main = shared.iter().any(|predicate| mains.contains(**predicate));
        let same_deed = day && deed && !shared.is_empty();
        let held = telling.date.covers(other.date) || other.date.covers(telling.date);
        // Nobody sues or bans the same house twice within a vaguer date of it.
        let same_main = held && main && deed;
        // A deadline on the day a ban takes effect is the ban's.
        let ahead = |t: &Telling<'_>| t.role != EventRole::Happened;
        let nobody = other.parties.is_empty() || telling.parties.is_empty();
        let same_term = day && (deed || nobody) && ahead(other) && ahead(telling);
        let bonus = match () {
            () if same_main => 0.3,
            () if same_term => 0.26,
            () if same_deed => 0.14,
            () => 0.0,
        };
        let likeness = likeness(docs, other, telling) + bonus;
        let near = day_distance(other.date, telling.date).is_some_and(|days| days <= 4);
        let needed = match () {
            () if equal => SAME_DATE,
            () if held => HELD_DATE,
            () if near && (other.date.approximate || telling.date.approximate) => HELD_DATE,
            () if near => NEAR_DATE,
            () => continue,
        };
        if likeness >= needed && best.is_none_or(|most| likeness > most) {
            best = Some(likeness);
        }
    }
    best
}

fn plain(date: Edtf) -> Edtf {
    Edtf { approximate: false, uncertain: false, ..date }
}

fn day_distance(a: Edtf, b: Edtf) -> Option<i64> {
    match (a.extent, b.extent) {
        (Extent::At(Point::Day(a)), Extent::At(Point::Day(b))) => Some((a - b).num_days().abs()),
        _ => None,
    }
}

fn likeness(docs: &[&Doc<'_>], a: &Telling<'_>, b: &Telling<'_>) -> f64 {
    let language =
        |t: &Telling<'_>| docs.get(t.doc).map(|doc| doc.reading.article.language.clone());
    let acts = share(&a.predicates, &b.predicates);
    let parties = share(&a.parties, &b.parties);
    let opposed = (a.role == EventRole::Happened) != (b.role == EventRole::Happened);
    let score = if language(a) == language(b) {
        0.62 * a.words.dice(&b.words) + 0.24 * acts + 0.14 * parties
    } else {
        // Across languages names and acts have to speak.
        0.6 * acts + 0.4 * parties - 0.1
    };
    if opposed && a.date.precision() != Precision::Day { score - 0.1 } else { score }
}

fn share<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f64 {
    let least = a.len().min(b.len());
    if least == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / least as f64
}

fn entry(
    docs: &[&Doc<'_>],
    lineage: &[Derivation],
    group: &[Telling<'_>],
    types: &[String],
    rules: &Rules,
) -> Entry {
    // The first telling has the narrowest date; the announced, later day wins among equals.
    let best = group.first().map_or_else(|| Edtf::at(Point::Year(1)), |t| t.date);
    let mut evidence: Vec<(NaiveDate, Evidence)> = Vec::new();
    let mut differing = Vec::new();
    let mut roots: BTreeSet<&str> = BTreeSet::new();
    for telling in group {
        let Some(doc) = docs.get(telling.doc) else { continue };
        let place = Evidence { capture: doc.id, span: telling.span };
        let apart = !telling.date.covers(best) && !best.covers(telling.date);
        if apart {
            differing.push((telling.date, place));
        }
        evidence.push((doc.day, place));
        if let Some(derivation) = lineage.get(telling.doc) {
            roots.extend(derivation.roots.iter().map(String::as_str));
        }
    }
    evidence.sort();
    evidence.dedup();
    let known_at = evidence.first().map_or(NaiveDate::MIN, |(day, _)| *day);
    let role = group.iter().map(|t| t.role).max_by_key(|role| match role {
        EventRole::Effective => 3,
        EventRole::Deadline => 2,
        EventRole::Happened => 1,
        EventRole::Planned | EventRole::Until => 0,
    });
    let telling = group
        .iter()
        .max_by_key(|t| (summary::weight(&t.acts, rules), std::cmp::Reverse(t.span.len())))
        .or(group.first());
    let topic = types.first().and_then(|id| rules.types.iter().find(|kind| kind.id == *id));
    let effective = role == Some(EventRole::Effective);
    let summary = match topic.filter(|kind| effective && kind.takes_effect) {
        Some(kind) => Some(summary::capitalised(&format!("{} takes effect", kind.topic))),
        None => telling
            .and_then(|t| docs.get(t.doc).map(|doc| summary::of(doc, t.span, &t.acts, rules))),
    };
    Entry {
        date: best,
        modifier: group.first().and_then(|telling| telling.modifier),
        summary: summary.unwrap_or_default(),
        evidence: evidence.into_iter().map(|(_, place)| place).collect(),
        differing,
        role: role.unwrap_or(EventRole::Happened),
        roots: roots.len(),
        known_at,
        by: Hand::Machine,
    }
}

/// The main act of an incident where no article dates it: on or shortly before publication.
fn undated_main_act<'a>(
    docs: &[&Doc<'a>],
    types: &[String],
    dated: &[Telling<'a>],
    rules: &Rules,
) -> Vec<Telling<'a>> {
    let Some(main) = types.first() else { return Vec::new() };
    let is_main = |act: &Act| {
        rules.lexicon.predicates.meaning(&act.rule).is_some_and(|rule| {
            rule.kind == *main && rule.weight >= 5 && rule.closing.is_none() && !rule.noun
        })
    };
    let Some(first) = docs.iter().map(|doc| doc.day).min() else { return Vec::new() };
    let window = first - Days::new(10)..=first + Days::new(1);
    let told = dated.iter().any(|telling| {
        telling.role == EventRole::Happened
            && telling.acts.iter().any(|act| is_main(act))
            && telling.date.precision() == Precision::Day
            && window.contains(&telling.date.sort_day())
    });
    if told {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        if (doc.day - first).num_days() > 7 {
            continue;
        }
        let act = doc.reading.acts.iter().find(|act| {
            is_main(act)
                && !act.negated
                && act.actor.is_some()
                && doc.in_lead(act.span)
                && act.span.start() >= doc.reading.title_end()
                && !doc.reading.dates.iter().any(|date| act.span.holds(date.span))
        });
        if let Some(act) = act {
            let date = Edtf::day(first).about();
            let mut made = telling(index, doc, date, act.span, EventRole::Happened, rules);
            made.acts = vec![act];
            found.push(made);
        }
    }
    found
}
