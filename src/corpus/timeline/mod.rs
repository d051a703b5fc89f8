//! What happened when, told once: events of many articles become entries.
//!
//! In: the readings of one incident. Out: entries in order of their first possible day, each with the
//! best date, every source, and the dates that differ. What holds: an entry never claims more
//! precision than its best source; two happenings of one day stay two.

mod entry;
mod grouping;
mod siblings;
mod telling;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use self::telling::Telling;
use super::doc::Doc;
use super::statement::Statement;
use crate::model::date::EventRole;
use crate::model::edtf::Precision;
use crate::model::entity::Who;
use crate::model::incident::{Derivation, Entry};
use crate::model::party::{Party, PartyRole};
use crate::rules::Rules;

/// Days after the first article in which its act is still news.
const NEWS_DAYS_MAX: i64 = 7;

/// Makes the timeline of an incident.
pub(super) fn make(
    docs: &[&Doc<'_>],
    lineage: &[Derivation],
    types: &[String],
    parties: &[Party],
    said: &[Statement<'_>],
    rules: &Rules,
) -> Vec<Entry> {
    let mains = mains(types, rules);
    let first = docs.iter().map(|doc| doc.day).min();
    let mut tellings = telling::all(docs, rules);
    siblings::corroborate(docs, &mut tellings);
    tellings.retain(|telling| !telling.is_fresh() || is_news(telling, &mains, first));
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
    let mut groups = grouping::groups(docs, tellings, &mains);
    let main: BTreeSet<&Who> =
        parties.iter().filter(|p| p.role < PartyRole::Observer).map(|p| &p.who).collect();
    groups.retain(|group| group.len() > 1 || group.iter().any(|t| bears(t, &main)));
    let mut entries: Vec<Entry> =
        groups.iter().map(|group| entry::of(docs, lineage, group, types, said, rules)).collect();
    entries.sort_by(|a, b| {
        (a.date.sort_day(), a.date.precision(), &a.summary).cmp(&(
            b.date.sort_day(),
            b.date.precision(),
            &b.summary,
        ))
    });
    entries
}

/// The predicates of the main act.
fn mains<'a>(types: &[String], rules: &'a Rules) -> BTreeSet<&'a str> {
    let rows = rules.lexicon.predicates.rows().iter();
    let main = |kind: Option<&String>| kind.is_some() && kind == types.first();
    rows.filter(|row| main(Some(&row.meaning.kind)) || main(row.meaning.decreed.as_ref()))
        .filter(|row| row.meaning.weight >= 5)
        .map(|row| row.meaning.id.as_str())
        .collect()
}

/// Whether what no word dates is the incident's news: its main act or the first report of it, in the
/// first days.
fn is_news(telling: &Telling<'_>, mains: &BTreeSet<&str>, first: Option<NaiveDate>) -> bool {
    let main = telling.predicates.iter().any(|predicate| mains.contains(predicate));
    let early = first.is_some_and(|first| (telling.day - first).num_days() <= NEWS_DAYS_MAX);
    let days = telling.date.precision() != Precision::Day;
    early && (main || days || telling.acts.is_empty())
}

/// Whether what one article alone tells bears on the incident: a deed, a day, or a party.
fn bears(telling: &Telling<'_>, parties: &BTreeSet<&Who>) -> bool {
    telling.role != EventRole::Happened
        || telling.date.precision() == Precision::Day
        || !telling.acts.is_empty()
        || telling.parties.iter().any(|who| parties.contains(who))
}
