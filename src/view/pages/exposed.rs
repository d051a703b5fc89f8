//! In how many incidents a vendor was over time, by the part it took.

use std::collections::BTreeSet;

use super::columns::{Column, Step, bars, columns};
use crate::model::edtf::Edtf;
use crate::model::incident::Incident;
use crate::model::party::PartyRole;
use crate::view::picture::{self, Caption};
use crate::view::site::Site;

/// The parts that are told apart, from the bottom of a column up.
const PARTS: [(&str, &str); 4] = [
    ("against", "Is acted against"),
    ("acts", "Acts or accuses"),
    ("affected", "Affected"),
    ("observes", "Observer"),
];

/// Fewest columns with anything in them that are drawn: one says no more than a number.
const COLUMNS_MIN: usize = 2;

/// A part in the legend and above its numbers.
pub struct Part {
    pub class: &'static str,
    pub name: String,
}

/// The incidents of a span of time, by part, and all of them.
pub struct Span {
    pub label: String,
    pub counts: Vec<usize>,
}

/// Incidents over time by part: the picture and its table.
pub struct Exposed {
    pub picture: String,
    pub parts: Vec<Part>,
    pub spans: Vec<Span>,
}

fn part(role: PartyRole) -> usize {
    match role {
        PartyRole::Respondent => 0,
        PartyRole::Initiator | PartyRole::Authority => 1,
        PartyRole::Affected => 2,
        PartyRole::Observer => 3,
    }
}

/// Incidents by quarter up to today, or by year where these are too many; nothing where all fall into one.
pub fn exposed(site: &Site<'_>, incidents: &[(PartyRole, &Incident)]) -> Option<Exposed> {
    // An incident counts once, whatever parts somebody takes in it.
    let mut seen = BTreeSet::new();
    let once = incidents.iter().filter(|(_, incident)| seen.insert(&incident.id));
    let list: Vec<(Edtf, usize)> = once.map(|(role, i)| (i.opened, part(*role))).collect();
    let words = &site.words;
    let columns = columns::<4>(words, Step::Quarter, &list, Some(site.today()));
    if columns.iter().filter(|column| column.counts_some()).count() < COLUMNS_MIN {
        return None;
    }
    let caption = Caption {
        id: "exposed",
        title: words.say("Incidents over time, by part taken"),
        description: words.say("Columns count incidents by quarter or year of their beginning. From the bottom up: acted against, acting or accusing, affected, observing; a dashed column counts those of which the year alone is known. The table beneath has the numbers."),
    };
    let taken: Vec<usize> = (0..PARTS.len())
        .filter(|at| columns.iter().any(|column| column.counts.get(*at).is_some_and(|n| *n > 0)))
        .collect();
    let parts = taken.iter().filter_map(|at| PARTS.get(*at));
    let span = |Column { label, counts, .. }: &Column<4>| {
        let each = taken.iter().filter_map(|at| counts.get(*at)).copied();
        Span { label: label.clone(), counts: each.chain([counts.iter().sum()]).collect() }
    };
    Some(Exposed {
        picture: picture::bars(&bars(words, &columns), "parts", caption),
        parts: parts
            .map(|(class, name)| Part { class, name: words.say(name).to_string() })
            .collect(),
        spans: columns.iter().rev().filter(|column| column.counts_some()).map(span).collect(),
    })
}
