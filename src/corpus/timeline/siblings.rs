//! Years that an article leaves out and a sibling states.
//!
//! In: the tellings of one incident. Out: the same, some with the year of another. What holds: only an article
//! whose day of publication nobody knows is completed; its own words give the day; the other article states the
//! whole date of the same deed of the same party, and is named in the basis; where siblings state different
//! years, none is taken.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::telling::Telling;
use crate::corpus::doc::Doc;
use crate::model::date::{Anchor, Basis};
use crate::model::edtf::{Edtf, Extent, Point};

/// Completes dates counted from the day of capture by what siblings state.
pub(super) fn corroborate(docs: &[&Doc<'_>], tellings: &mut [Telling<'_>]) {
    let found: Vec<(usize, Edtf, Basis)> = tellings
        .iter()
        .enumerate()
        .filter_map(|(at, telling)| {
            let (date, basis) = stated(docs, tellings, telling)?;
            Some((at, date, basis))
        })
        .collect();
    for (at, date, basis) in found {
        if let Some(telling) = tellings.get_mut(at) {
            telling.date = date;
            telling.basis = basis;
        }
    }
}

/// The one date by which siblings complete a telling, and whose it is.
fn stated(
    docs: &[&Doc<'_>],
    tellings: &[Telling<'_>],
    telling: &Telling<'_>,
) -> Option<(Edtf, Basis)> {
    if telling.basis != Basis::Anchored(Anchor::Captured) || !telling.states_day {
        return None;
    }
    let own = day(telling.date)?;
    let same = |other: &&Telling<'_>| {
        other.doc != telling.doc
            && other.basis == Basis::Stated
            && day(other.date).is_some_and(|d| (d.month(), d.day()) == (own.month(), own.day()))
            && other.parties.intersection(&telling.parties).next().is_some()
            && other.predicates.intersection(&telling.predicates).next().is_some()
    };
    let siblings: Vec<&Telling<'_>> = tellings.iter().filter(same).collect();
    let years: BTreeSet<NaiveDate> = siblings.iter().filter_map(|t| day(t.date)).collect();
    let first = siblings.first().filter(|_| years.len() == 1)?;
    let capture = docs.get(first.doc)?.id;
    Some((first.date, Basis::Corroborated(capture, first.span)))
}

/// The day of a date that is one day.
fn day(date: Edtf) -> Option<NaiveDate> {
    match date.extent {
        Extent::At(Point::Day(day)) => Some(day),
        _ => None,
    }
}
