//! The pictures of an incident: what happened when, and who has it from whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::EventRole;
use crate::model::history::Hand;
use crate::model::incident::{Entry, Incident};
use crate::view::line;
use crate::view::picture::{self, Caption, Edge, Moment, Node};
use crate::view::site::Site;

/// Whether an entry was told as done: it had not yet to come, whether or not its article has a day.
fn is_done(entry: &Entry) -> bool {
    let begun = entry.date.first().is_none_or(|first| first <= entry.known_at);
    entry.role == EventRole::Happened && begun
}

/// Whether an entry lies ahead, or was announced and not told of since.
pub fn is_ahead(site: &Site<'_>, entry: &Entry) -> bool {
    let told = is_done(entry) || line::is_told_since(site, entry);
    entry.date.sort_day() > site.today() || !told
}

/// The timeline on an axis.
pub fn story(site: &Site<'_>, incident: &Incident) -> String {
    let mut moments: Vec<Moment> = line::anchored(site.kb, incident)
        .map(|(entry, anchor)| Moment {
            date: entry.date,
            title: entry.summary.clone(),
            anchor,
            ahead: is_ahead(site, entry),
            by: (is_done(entry) && entry.by == Hand::Machine).then_some(entry.known_at),
            known: entry.known_at.to_string(),
        })
        .collect();
    moments.sort_by_key(|moment| moment.date.sort_day());
    let caption = Caption {
        id: "story",
        title: site.words.say("What happened when"),
        description: site.words.say("Each dot is a day, each bar a date known to a week, month or year only; dotted rings are about a day, hollow marks lie ahead or were announced and not told of since. The list beneath says the same in words."),
    };
    picture::story(&moments, &site.words, caption)
}

/// Articles on the left, the reports they rest on at the right; nothing where there is one of each.
pub fn roots(site: &Site<'_>, incident: &Incident, home: &str) -> String {
    let roots: Vec<&str> = incident
        .lineage
        .iter()
        .flat_map(|derivation| derivation.roots.iter().map(String::as_str))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let place: BTreeMap<&str, usize> = roots.iter().enumerate().map(|(at, r)| (*r, at)).collect();
    let mut left = Vec::new();
    let mut edges = Vec::new();
    for derivation in &incident.lineage {
        let Some(reading) = site.kb.readings.get(&derivation.capture) else { continue };
        let source = line::source(site, reading, "");
        for root in &derivation.roots {
            let Some(to) = place.get(root.as_str()) else { continue };
            let parts = [("x", source.outlet.as_str()), ("y", root.as_str())];
            edges.push(Edge {
                from: left.len(),
                to: *to,
                weight: 1,
                dashed: derivation.copies.is_some(),
                title: site.words.fill("{x} rests on {y}", &parts),
            });
        }
        let label = site.words.clauses(&[source.outlet, source.date]);
        left.push(Node { label, href: Some(format!("#{}", line::source_anchor(reading))) });
    }
    if left.len() < 2 || roots.is_empty() {
        return String::new();
    }
    let right: Vec<Node> = roots
        .iter()
        .map(|root| Node {
            label: (*root).to_string(),
            href: site.directory.outlet_path(root).map(|path| format!("{home}{path}")),
        })
        .collect();
    let caption = Caption {
        id: "roots",
        title: site.words.say("Who has it from whom"),
        description: site.words.say("At the left the articles, at the right the reports they rest on as far as they name them; a dashed line is a copy. The table beneath says the same."),
    };
    let headings = [site.words.say("Articles"), site.words.say("Rest on the report of")];
    picture::links(headings, &left, &right, &edges, caption)
}
