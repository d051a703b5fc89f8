//! Other incidents that an incident is tied to: by words of an article, and by the dispute alone.

use crate::model::incident::{Incident, IncidentRef};
use crate::view::line::{self, Quote};
use crate::view::pages::parts::{IncidentRow, incident_row};
use crate::view::site::Site;
use crate::view::words;

/// An incident that words of an article tie to this one.
pub struct TiedLine {
    /// "In response to".
    pub tie: String,
    pub row: IncidentRow,
    pub quote: Quote,
}

/// Incidents that words tie to this one, what it answers first.
pub fn tied(site: &Site<'_>, incident: &Incident) -> Vec<TiedLine> {
    let lines = incident.relations.iter().filter_map(|relation| {
        Some(TiedLine {
            tie: site.words.say(words::tie(relation.tie, relation.end)).to_string(),
            row: incident_row(site, site.incident(&relation.other)?),
            quote: line::quote(site, relation.words)?,
        })
    });
    lines.collect()
}

/// The other incidents of its dispute that no words tie to it.
pub fn in_dispute(site: &Site<'_>, incident: &Incident) -> Vec<IncidentRow> {
    let dispute = incident.dispute.as_ref().and_then(|id| site.index.disputes.get(id.as_str()));
    let tied = |id: &IncidentRef| incident.relations.iter().any(|relation| relation.other == *id);
    let others = dispute.into_iter().flat_map(|dispute| &dispute.incidents);
    let others = others.filter(|id| **id != incident.id && !tied(id));
    others.filter_map(|id| site.incident(id)).map(|other| incident_row(site, other)).collect()
}
