//! Where accounts of one incident cannot both hold.
//!
//! In: the readings of one incident and its timeline. Out: pairs of exact words on one point. What
//! holds: a later development does not contradict an earlier state; a silence and a statement
//! contradict each other only on the same matter; two accounts are never merged or averaged.

use std::collections::BTreeSet;

use super::bag::Bag;
use super::doc::Doc;
use super::topic;
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::entity::Who;
use crate::model::incident::{Contradiction, Entry};
use crate::model::reading::CitationKind;
use crate::model::text::{Evidence, Span};
use crate::rules::{Rules, Tokens};

/// Days between two accounts within which one cannot simply be the later state.
const SAME_TIME_DAYS: i64 = 3;
/// Likeness of two sentences that speak of one point.
const SAME_POINT: f64 = 0.2;
/// Most contradictions shown for one incident.
const SHOWN_MAX: usize = 24;

/// Finds the contradictions of an incident.
pub(super) fn find(
    docs: &[&Doc<'_>],
    timeline: &[Entry],
    types: &[String],
    rules: &Rules,
) -> Vec<Contradiction> {
    let mut found = Vec::new();
    found.extend(dates(timeline));
    found.extend(silence_and_speech(docs, types, rules));
    found.extend(contrasts(docs, rules));
    found.extend(first_reports(docs));
    found.extend(denials(docs, types, rules));
    let mut seen: BTreeSet<(Evidence, Evidence)> = BTreeSet::new();
    found.retain(|c| seen.insert((c.a.min(c.b), c.a.max(c.b))));
    found.truncate(SHOWN_MAX);
    found
}

/// Dates of one happening that exclude each other.
fn dates(timeline: &[Entry]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for entry in timeline {
        let first = entry.evidence.iter().find(|e| !entry.differing.iter().any(|(_, d)| d == *e));
        for (date, other) in &entry.differing {
            if let Some(first) = first {
                found.push(Contradiction {
                    topic: format!("Date: {} or {date}", entry.date),
                    a: *first,
                    b: *other,
                    rule: "dates-differ".into(),
                });
            }
        }
    }
    found
}

struct Said<'a> {
    doc: usize,
    claim: &'a Claim,
    who: Who,
    topics: BTreeSet<String>,
}

fn said<'a>(docs: &[&Doc<'a>], types: &[String], rules: &Rules) -> Vec<Said<'a>> {
    let mut all = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        for claim in &doc.reading.claims {
            let who = match claim.speaker {
                Speaker::Named(name)
                | Speaker::Anonymous(_, Some(name))
                | Speaker::Document(_, Some(name)) => doc.who(name),
                _ => None,
            };
            let Some(who) = who else { continue };
            let mut topics = topic::around(doc, claim.content, rules);
            if topics.is_empty() {
                topics.extend(types.first().cloned());
            }
            all.push(Said { doc: index, claim, who: who.clone(), topics });
        }
    }
    all
}

/// One article says a party has not spoken, another quotes it on the matter, from before.
fn silence_and_speech(docs: &[&Doc<'_>], types: &[String], rules: &Rules) -> Vec<Contradiction> {
    let said = said(docs, types, rules);
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for silent in
        said.iter().filter(|s| matches!(s.claim.stance, Stance::Silent | Stance::Declines))
    {
        for spoken in &said {
            let speaks = matches!(spoken.claim.stance, Stance::Confirms | Stance::Denies);
            if !speaks || spoken.doc == silent.doc || spoken.who != silent.who {
                continue;
            }
            let (Some(a), Some(b)) = (docs.get(silent.doc), docs.get(spoken.doc)) else { continue };
            let days = (b.day - a.day).num_days();
            if days > SAME_TIME_DAYS || silent.topics.intersection(&spoken.topics).next().is_none()
            {
                continue;
            }
            if !seen.insert((silent.doc, spoken.doc, silent.who.key())) {
                continue;
            }
            found.push(Contradiction {
                topic: format!("Did {} answer: silence or statement", silent.who.name),
                a: evidence(b, spoken.claim.sentence),
                b: evidence(a, silent.claim.content),
                rule: "silence-and-speech".into(),
            });
        }
    }
    found
}

/// Words of opposite sides on one point, in different articles.
fn contrasts(docs: &[&Doc<'_>], rules: &Rules) -> Vec<Contradiction> {
    struct Side<'a> {
        doc: usize,
        sentence: Span,
        point: &'a str,
        side: &'a str,
        words: Bag,
        parties: BTreeSet<Who>,
    }
    let mut sides: Vec<Side<'_>> = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        let reading = doc.reading;
        for sentence in reading.sentences.iter().filter(|s| s.start() >= reading.title_end()) {
            let text = reading.words(*sentence);
            let tokens = Tokens::of(text, &rules.vocabulary);
            let hits = rules.lexicon.contrasts.all(&tokens, &rules.vocabulary, 0..tokens.len());
            let mut seen: Vec<&str> = Vec::new();
            for (row, _) in hits {
                let rule = &row.meaning;
                if seen.contains(&rule.point.as_str()) {
                    continue;
                }
                seen.push(&rule.point);
                sides.push(Side {
                    doc: index,
                    sentence: *sentence,
                    point: &rule.point,
                    side: &rule.side,
                    words: Bag::of(text, rules),
                    parties: reading
                        .mentions
                        .iter()
                        .filter(|m| sentence.holds(m.span))
                        .filter_map(|m| doc.who(m.name))
                        .filter(|who| who.kind != crate::model::entity::EntityKind::Place)
                        .cloned()
                        .collect(),
                });
            }
        }
    }
    let mut scored: Vec<(f64, Contradiction)> = Vec::new();
    for (i, a) in sides.iter().enumerate() {
        for b in sides.iter().skip(i + 1) {
            if a.doc == b.doc || a.point != b.point || a.side == b.side {
                continue;
            }
            let (Some(da), Some(db)) = (docs.get(a.doc), docs.get(b.doc)) else { continue };
            let likeness = a.words.dice(&b.words);
            let parties = a.parties.intersection(&b.parties).count();
            let far = (da.day - db.day).num_days().abs() > 60;
            if likeness < SAME_POINT && parties < 2 || parties == 0 || far {
                continue;
            }
            scored.push((
                likeness + parties as f64 * 0.1,
                Contradiction {
                    topic: a.point.to_string(),
                    a: evidence(da, a.sentence),
                    b: evidence(db, b.sentence),
                    rule: format!("contrast/{}", a.point.to_lowercase()),
                },
            ));
        }
    }
    // Of each point and pair of articles the plainest opposition is enough.
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.a.cmp(&y.1.a)).then(x.1.b.cmp(&y.1.b)));
    let mut seen = BTreeSet::new();
    scored
        .into_iter()
        .map(|(_, c)| c)
        .filter(|c| {
            seen.insert((
                c.topic.clone(),
                c.a.capture.min(c.b.capture),
                c.a.capture.max(c.b.capture),
            ))
        })
        .take(8)
        .collect()
}

/// Two outlets are each called the first.
fn first_reports(docs: &[&Doc<'_>]) -> Vec<Contradiction> {
    let mut firsts: Vec<(usize, Option<Who>, Span)> = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        for citation in doc.reading.citations.iter().filter(|c| c.kind == CitationKind::First) {
            let who = citation.outlet.and_then(|ix| doc.who(ix)).cloned();
            let sentence = doc.reading.sentence_of(citation.span);
            firsts.push((index, who, sentence));
        }
    }
    let mut found = Vec::new();
    for (i, (a, first, left)) in firsts.iter().enumerate() {
        for (b, second, right) in firsts.iter().skip(i + 1) {
            let (Some(da), Some(db)) = (docs.get(*a), docs.get(*b)) else { continue };
            if a != b && first != second {
                found.push(Contradiction {
                    topic: "Who reported it first".into(),
                    a: evidence(da, *left),
                    b: evidence(db, *right),
                    rule: "first-reports".into(),
                });
            }
        }
    }
    found.truncate(2);
    found
}

/// What one side asserts or alleges and the other denies, in different articles.
fn denials(docs: &[&Doc<'_>], types: &[String], rules: &Rules) -> Vec<Contradiction> {
    let said = said(docs, types, rules);
    let mut scored: Vec<(f64, Contradiction)> = Vec::new();
    for denied in said.iter().filter(|s| s.claim.stance == Stance::Denies) {
        for other in &said {
            let holds =
                matches!(other.claim.stance, Stance::Alleges | Stance::Asserts | Stance::Confirms);
            if !holds || other.who == denied.who || other.doc == denied.doc {
                continue;
            }
            let (Some(a), Some(b)) = (docs.get(other.doc), docs.get(denied.doc)) else { continue };
            let likeness = Bag::of(a.reading.words(other.claim.content), rules)
                .dice(&Bag::of(b.reading.words(denied.claim.content), rules));
            let matter = other.topics.intersection(&denied.topics).next().is_some();
            if likeness < SAME_POINT || !matter {
                continue;
            }
            scored.push((
                likeness,
                Contradiction {
                    topic: format!("{} denies what {} says", denied.who.name, other.who.name),
                    a: evidence(a, other.claim.content),
                    b: evidence(b, denied.claim.content),
                    rule: "denial".into(),
                },
            ));
        }
    }
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.a.cmp(&y.1.a)).then(x.1.b.cmp(&y.1.b)));
    scored.into_iter().take(4).map(|(_, c)| c).collect()
}

fn evidence(doc: &Doc<'_>, span: Span) -> Evidence {
    Evidence { capture: doc.id, span }
}
