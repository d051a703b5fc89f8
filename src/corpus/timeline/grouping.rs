//! Which tellings are of one happening.
//!
//! In: tellings, those with narrow dates first. Out: groups. What holds: two happenings of one day stay
//! two; a clause with two dates tells two happenings.

use std::collections::BTreeSet;

use super::telling::Telling;
use crate::corpus::doc::Doc;
use crate::model::date::EventRole;
use crate::model::edtf::{Edtf, Extent, Point, Precision};

/// Likeness from which two tellings with the same date are one happening.
const SAME_DATE: f64 = 0.34;
/// The same for tellings of which one date holds the other.
const HELD_DATE: f64 = 0.46;
/// The same for tellings whose dates differ by a few days.
const NEAR_DATE: f64 = 0.62;

/// The predicate of a first report: that somebody told of it is another event.
const REPORTS: &str = "reports";
/// Days back to which news reaches.
const NEWS_DAYS: i64 = 10;

/// Puts each telling with the group it fits best, or alone; `mains` are the predicates of the
/// incident's main act.
pub(super) fn groups<'a>(
    docs: &[&Doc<'_>],
    tellings: Vec<Telling<'a>>,
    mains: &BTreeSet<&str>,
) -> Vec<Vec<Telling<'a>>> {
    let mut groups: Vec<Vec<Telling<'a>>> = Vec::new();
    for telling in tellings {
        let home = groups
            .iter()
            .enumerate()
            .filter_map(|(i, group)| joins(docs, group, &telling, mains).map(|score| (i, score)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match home.and_then(|(i, _)| groups.get_mut(i)) {
            Some(group) => group.push(telling),
            None => groups.push(vec![telling]),
        }
    }
    groups
}

/// How well a telling fits a group, if it does.
fn joins(
    docs: &[&Doc<'_>],
    group: &[Telling<'_>],
    telling: &Telling<'_>,
    mains: &BTreeSet<&str>,
) -> Option<f64> {
    let mut best: Option<f64> = None;
    if telling.is_fresh() && group.iter().any(|other| is_news_of(other, telling, mains)) {
        return Some(1.0);
    }
    for other in group {
        if other.doc == telling.doc && other.span == telling.span {
            // One clause with two dates tells two happenings.
            return None;
        }
        if reports(other) != reports(telling) {
            continue;
        }
        let equal = plain(other.date) == plain(telling.date);
        let day = equal && other.date.precision() == Precision::Day;
        // On one and the same day the same deed of the same parties needs few common words.
        let shared: Vec<&&str> = other.predicates.intersection(&telling.predicates).collect();
        let deed = other.parties.intersection(&telling.parties).next().is_some();
        let main = shared.iter().any(|predicate| mains.contains(**predicate));
        let same_deed = day && deed && !shared.is_empty();
        // Two stretches of days that share some may be one.
        let stretches = telling.date.precision() == Precision::Week
            && other.date.precision() == Precision::Week
            && telling.date.overlaps(other.date);
        let held = telling.date.covers(other.date) || other.date.covers(telling.date) || stretches;
        // A deadline on the day a ban takes effect is the ban's.
        let ahead = |t: &Telling<'_>| t.role != EventRole::Happened;
        let nobody = other.parties.is_empty() || telling.parties.is_empty();
        // Nobody sues or bans the same house twice within a vaguer date of it.
        let same_main = held && main && (deed || nobody);
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

/// Whether no word dates a telling that somebody reported it.
fn reports(telling: &Telling<'_>) -> bool {
    telling.is_fresh() && telling.predicates.contains(REPORTS)
}

/// Whether what no word dates is the main act that another telling dates to the days before it, or
/// tells as news of the same days.
fn is_news_of(other: &Telling<'_>, news: &Telling<'_>, mains: &BTreeSet<&str>) -> bool {
    let main = |t: &Telling<'_>| t.predicates.iter().any(|predicate| mains.contains(predicate));
    let before = (news.day - other.date.sort_day()).num_days();
    let near = (-1..=NEWS_DAYS).contains(&before) && other.date.precision() <= Precision::Week;
    let same = other.role == EventRole::Happened
        && other.parties.intersection(&news.parties).next().is_some();
    // What came before the main act led to it.
    let earlier = news.date.last().zip(other.date.first()).is_some_and(|(end, start)| end < start);
    main(other) && main(news) && same && near && !earlier && !reports(other) && !reports(news)
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
        0.6 * acts + 0.4 * parties - if a.date == b.date { 0.0 } else { 0.1 }
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
