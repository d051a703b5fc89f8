//! How exposed a vendor is: counts first, then an indicator made of published weights.
//!
//! For each dimension: the sum over incidents of type × role × status × age, all rows of
//! `data/exposure.toml`. What holds: it is shown with what it is made of and with how far it moves when
//! any one weight is halved or raised by half; where fewer than three incidents stand behind it there is
//! no number. It is never a verdict.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::model::entity::EntityId;
use crate::model::incident::Incident;
use crate::model::party::PartyRole;
use crate::rules::{Weighed, Weight};

/// Fewest incidents an indicator is computed from.
pub const INCIDENTS_MIN: usize = 3;

/// What one incident adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// The weights multiplied: type, role, status, age.
    pub factors: [f64; 4],
}

impl Part<'_> {
    /// Its share of the sum.
    pub fn value(&self) -> f64 {
        self.factors.iter().product()
    }
}

/// One dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension<'a> {
    /// Its word in the data.
    pub name: String,
    /// Incidents in which the vendor acts or accuses, is acted against, bears the consequences.
    pub counts: [usize; 3],
    /// Indicator, lowest and highest when one weight changes by half; `None` for too few incidents.
    pub indicator: Option<[f64; 3]>,
    /// What it is made of, heaviest first.
    pub parts: Vec<Part<'a>>,
}

/// The exposure of a vendor by dimension, as of a day.
pub fn exposure<'a>(
    vendor: &EntityId,
    incidents: &[(PartyRole, &'a Incident)],
    weights: &[Weight],
    today: NaiveDate,
) -> Vec<Dimension<'a>> {
    let mut names: Vec<&str> = Vec::new();
    for weight in weights.iter().filter(|weight| weight.of == Weighed::Type) {
        if !names.contains(&weight.dimension.as_str()) {
            names.push(&weight.dimension);
        }
    }
    let mut dimensions = Vec::new();
    for name in names {
        let mut counts = [0; 3];
        let mut rows: Vec<(Part<'a>, [usize; 4])> = Vec::new();
        for (role, incident) in incidents {
            let Some((kind, heaviest)) = type_in(name, incident, weights) else { continue };
            let told = weights.get(kind).map_or("", |weight| weight.name.as_str());
            let role = incident.part_in(told, vendor, *role);
            match role {
                PartyRole::Initiator | PartyRole::Authority => counts[0] += 1,
                PartyRole::Respondent => counts[1] += 1,
                PartyRole::Affected => counts[2] += 1,
                PartyRole::Observer => {}
            }
            let found = [
                find(weights, Weighed::Role, role.word()),
                find(weights, Weighed::Status, incident.status.word()),
                age(weights, incident, today),
            ];
            let [Some((role, r)), Some((status, s)), Some((age, a))] = found else { continue };
            let part = Part { incident, factors: [heaviest, r, s, a] };
            rows.push((part, [kind, role, status, age]));
        }
        let indicator = (rows.len() >= INCIDENTS_MIN).then(|| band(&rows));
        rows.sort_by(|a, b| b.0.value().total_cmp(&a.0.value()));
        if counts.iter().any(|count| *count > 0) {
            let parts = rows.into_iter().map(|(part, _)| part).collect();
            dimensions.push(Dimension { name: name.to_string(), counts, indicator, parts });
        }
    }
    dimensions
}

fn find(weights: &[Weight], of: Weighed, name: &str) -> Option<(usize, f64)> {
    let found = weights.iter().enumerate().find(|(_, w)| w.of == of && w.name == name);
    found.map(|(at, weight)| (at, weight.value))
}

/// The heaviest type of an incident in a dimension.
fn type_in(dimension: &str, incident: &Incident, weights: &[Weight]) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (at, weight) in weights.iter().enumerate() {
        let counts = weight.of == Weighed::Type
            && weight.dimension == dimension
            && incident.types.contains(&weight.name);
        if counts && best.is_none_or(|(_, value)| weight.value > value) {
            best = Some((at, weight.value));
        }
    }
    best
}

/// The weight of the narrowest age an incident fits in; nothing beyond the widest.
fn age(weights: &[Weight], incident: &Incident, today: NaiveDate) -> Option<(usize, f64)> {
    let began = incident.opened.sort_day();
    let years = |weight: &Weight| weight.name.parse::<i32>().ok();
    let fits = |limit: i32| {
        let turned = began.with_year(began.year() + limit);
        // A twenty-ninth of February turns on the first of March.
        turned.or(began.succ_opt().and_then(|d| d.with_year(d.year() + limit))) >= Some(today)
    };
    weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| weight.of == Weighed::Age)
        .filter_map(|(at, weight)| Some((years(weight)?, at, weight.value)))
        .filter(|(limit, _, _)| fits(*limit))
        .min_by_key(|(limit, _, _)| *limit)
        .map(|(_, at, value)| (at, value))
}

/// The sum, and its lowest and highest when any one weight changes by half.
fn band(rows: &[(Part<'_>, [usize; 4])]) -> [f64; 3] {
    let all: f64 = rows.iter().map(|(part, _)| part.value()).sum();
    // A weight enters a product once, so changing it by half moves the sum by half of its products.
    let mut by_weight: BTreeMap<usize, f64> = BTreeMap::new();
    for (part, used) in rows {
        for at in used {
            *by_weight.entry(*at).or_default() += part.value();
        }
    }
    let most = by_weight.values().copied().fold(0.0, f64::max);
    [all, all - most / 2.0, all + most / 2.0]
}
