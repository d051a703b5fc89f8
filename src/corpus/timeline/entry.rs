//! A group of tellings as an entry of the timeline.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::telling::Telling;
use crate::corpus::doc::Doc;
use crate::corpus::lineage::beneath;
use crate::corpus::statement::Statement;
use crate::corpus::summary;
use crate::model::claim::Stance;
use crate::model::date::{Basis, EventRole};
use crate::model::edtf::{Edtf, Extent, Point};
use crate::model::entity::{EntityKind, NameIx};
use crate::model::history::Hand;
use crate::model::incident::{Derivation, Entry};
use crate::model::source::Language;
use crate::model::text::{Evidence, Span};
use crate::rules::Rules;

/// Most characters of what somebody says of itself, in a line.
const QUOTED_CHARS_MAX: usize = 160;
/// Quotation marks, which words to be quoted may not hold.
const MARKS: [char; 3] = ['“', '”', '"'];

/// The entry of a group: its best date and line, every source, and the dates that differ.
pub(super) fn of(
    docs: &[&Doc<'_>],
    lineage: &[Derivation],
    group: &[Telling<'_>],
    types: &[String],
    said: &[Statement<'_>],
    rules: &Rules,
) -> Entry {
    // The first telling has the narrowest date; the announced, later day wins among equals.
    let best = group.first().map_or_else(|| Edtf::at(Point::Year(1)), |t| t.date);
    let date = narrowed(group, best, said, rules);
    let chosen = chosen(docs, group, best, rules);
    let mut evidence: Vec<(bool, NaiveDate, Evidence)> = Vec::new();
    let mut differing = Vec::new();
    let mut roots: BTreeSet<String> = BTreeSet::new();
    for telling in group {
        let Some(doc) = docs.get(telling.doc) else { continue };
        let place = Evidence { capture: doc.id, span: telling.span };
        let apart = !telling.is_fresh() && !telling.date.covers(best) && !best.covers(telling.date);
        if apart {
            differing.push((telling.date, place));
        }
        let first = chosen.is_some_and(|c| c.doc == telling.doc && c.span == telling.span);
        evidence.push((!first, doc.day, place));
        let about = telling.about.map(|span| Evidence { capture: doc.id, span });
        evidence.extend(about.map(|about| (true, doc.day, about)));
        if let Basis::Corroborated(capture, span) = telling.basis
            && let Some(sibling) = docs.iter().find(|doc| doc.id == capture)
        {
            let place = Evidence { capture, span };
            if !evidence.iter().any(|(_, _, known)| *known == place) {
                evidence.push((true, sibling.day, place));
            }
        }
        if let Some(derivation) = lineage.get(telling.doc) {
            roots.extend(beneath(doc, derivation, telling.said));
        }
    }
    // The words of the line come first.
    evidence.sort();
    evidence.dedup();
    let known_at = evidence.iter().map(|(_, day, _)| *day).min().unwrap_or(NaiveDate::MIN);
    let role = group.iter().map(|t| t.role).max_by_key(|role| match role {
        EventRole::Effective => 3,
        EventRole::Deadline => 2,
        EventRole::Happened => 1,
        EventRole::Planned | EventRole::Until => 0,
    });
    let topic = types.first().and_then(|id| rules.types.iter().find(|kind| kind.id == *id));
    // A law comes into force by itself, not by what is fought over.
    let law = chosen.and_then(|t| docs.get(t.doc).map(|doc| names_law(doc, t.span)));
    let effective = role == Some(EventRole::Effective) && law != Some(true);
    let summary = match topic.filter(|kind| effective && kind.takes_effect) {
        Some(kind) => Some(summary::capitalised(&format!("{} takes effect", kind.topic))),
        None => chosen.map(|t| line(docs, group, t, rules)),
    };
    let words = chosen.and_then(|telling| {
        docs.get(telling.doc).map(|doc| Evidence { capture: doc.id, span: telling.said })
    });
    Entry {
        words,
        date,
        modifier: group.first().and_then(|telling| telling.modifier),
        basis: group.first().map_or(Basis::Stated, |telling| telling.basis),
        summary: summary.unwrap_or_default(),
        evidence: evidence.into_iter().map(|(_, _, place)| place).collect(),
        differing,
        role: role.unwrap_or(EventRole::Happened),
        roots: roots.len(),
        known_at,
        by: Hand::Machine,
    }
}

/// The telling whose words make the line: in English before Chinese, of the best date, the most telling
/// act, the fewest words.
fn chosen<'g, 'a>(
    docs: &[&Doc<'_>],
    group: &'g [Telling<'a>],
    best: Edtf,
    rules: &Rules,
) -> Option<&'g Telling<'a>> {
    let english = |telling: &Telling<'_>| {
        docs.get(telling.doc).is_some_and(|doc| doc.reading.article.language != Language::Zh)
    };
    group.iter().max_by_key(|telling| {
        (
            english(telling),
            telling.date == best,
            telling.account.is_none(),
            telling.role == EventRole::Effective && telling.predicates.contains("takes-effect"),
            summary::weight(&telling.acts, rules),
            Reverse(telling.line.len()),
        )
    })
}

/// Whether what a clause names first is a law.
fn names_law(doc: &Doc<'_>, words: Span) -> bool {
    let kind = |name: NameIx| doc.reading.names.get(name.0 as usize).map(|name| name.kind);
    let mut names = doc.reading.mentions.iter().filter(|mention| words.meets(mention.span));
    names.next().is_some_and(|mention| kind(mention.name) == Some(EntityKind::Legal))
}

/// The line of a telling; what is somebody's account says whose.
fn line(docs: &[&Doc<'_>], group: &[Telling<'_>], telling: &Telling<'_>, rules: &Rules) -> String {
    let Some(doc) = docs.get(telling.doc) else { return String::new() };
    let line = summary::of(doc, telling.line, &telling.acts, rules);
    // What somebody tells in its own voice is no account of another.
    match telling.account.as_deref().filter(|_| group.iter().all(|t| t.account.is_some())) {
        Some(account) if line.contains(account) => line,
        // "We heard of it on Monday": in the speaker's own words.
        Some(account) if speaks_of_itself(&line) && !words_of(doc, telling).contains(MARKS) => {
            let words = summary::shortened(words_of(doc, telling), QUOTED_CHARS_MAX);
            format!("{account}: “{words}”")
        }
        Some(account) if doc.reading.article.language == Language::Zh => {
            format!("{line}（{account}）")
        }
        Some(account) => format!("{line}, according to {account}"),
        _ => line,
    }
}

fn words_of<'d>(doc: &'d Doc<'_>, telling: &Telling<'_>) -> &'d str {
    doc.reading.words(telling.said)
}

fn speaks_of_itself(line: &str) -> bool {
    ["We ", "I ", "Our ", "My "].iter().any(|word| line.starts_with(word))
}

/// A stretch of days, cut to what all tellings leave of it: not after the first article that tells it as
/// done, nor after the first answer to what it alleges.
fn narrowed(group: &[Telling<'_>], best: Edtf, said: &[Statement<'_>], rules: &Rules) -> Edtf {
    let stretch = |date: Edtf| matches!(date.extent, Extent::Between(Point::Day(_), Point::Day(_)));
    let happened = group.iter().all(|telling| telling.role == EventRole::Happened);
    let (Some(mut first), Some(mut last)) = (best.first(), best.last()) else { return best };
    if !stretch(best) || !happened {
        return best;
    }
    let told = group.iter().filter(|telling| stretch(telling.date));
    for (from, to) in told.filter_map(|t| Some((t.date.first()?, t.date.last()?))) {
        first = first.max(from);
        last = last.min(to);
    }
    let published = group.iter().map(|telling| telling.day).min();
    last = last.min(published.unwrap_or(last));
    let answered = said.iter().filter(|statement| {
        let answers = matches!(statement.claim.stance, Stance::Confirms | Stance::Denies);
        answers && statement.matters.iter().any(|matter| alleges(group, matter, rules))
    });
    let answered = answered.map(|statement| statement.on).filter(|on| first <= *on).min();
    last = last.min(answered.unwrap_or(last));
    if first > last {
        return best;
    }
    let narrow = Edtf::between(Point::Day(first), Point::Day(last));
    let vague = best.approximate && group.iter().all(|telling| telling.date.approximate);
    if vague { narrow.about() } else { narrow }
}

/// Whether tellings allege something of a type of incident.
fn alleges(group: &[Telling<'_>], matter: &str, rules: &Rules) -> bool {
    let rows = rules.lexicon.predicates.rows();
    group.iter().flat_map(|telling| &telling.acts).any(|act| {
        rows.iter()
            .any(|row| row.id == act.rule && row.meaning.alleged && row.meaning.kind == matter)
    })
}
