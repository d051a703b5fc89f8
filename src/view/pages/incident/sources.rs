//! The articles of an incident and from whom each has what it reports.

use std::collections::BTreeSet;

use crate::model::entity::{Who, outlet_key};
use crate::model::incident::{Derivation, Incident};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::text::Evidence;
use crate::view::annotation::outlet_name;
use crate::view::line::{self, Link, Quote};
use crate::view::site::Site;
use crate::view::words;

/// An article and from whom it has what it reports.
pub struct SourceRow {
    pub anchor: String,
    pub source: line::SourceLine,
    /// Whether the page says on no day that it was published.
    pub undated: bool,
    /// Its outlet's page.
    pub outlet: Link,
    pub copies: String,
    /// The outlet whose article it gives in another language.
    pub translates: String,
    pub named: String,
    pub carriers: String,
    /// Each report it names: which, how, and in which words.
    pub namings: Vec<(String, Quote)>,
    pub roots: String,
    /// The same as data, parted by bars.
    pub reports: String,
    pub claims: usize,
    /// Whether only a passage of it tells of the incident.
    pub passage: bool,
}

/// The articles, oldest first, then those that tell of it in a passage.
pub fn sources(site: &Site<'_>, incident: &Incident) -> Vec<SourceRow> {
    incident
        .sources()
        .filter_map(|capture| {
            let reading = site.kb.readings.get(&capture)?;
            let derivation = incident.lineage.iter().find(|d| d.capture == capture)?;
            let passage = incident.passages.iter().find(|passage| passage.capture == capture);
            let words = passage.map_or("", |passage| reading.words(passage.span));
            let names = |list: &[Who]| {
                let names: Vec<&str> = list.iter().map(|who| who.name.as_str()).collect();
                site.words.list(&names)
            };
            let outlet = |id: Option<CaptureId>| {
                let original = id.and_then(|id| site.kb.reading(id));
                original.map(|r| line::source(site, r, "").outlet).unwrap_or_default()
            };
            Some(SourceRow {
                anchor: line::source_anchor(reading),
                outlet: line::outlet(site, &reading.article),
                source: line::source(site, reading, words.lines().next().unwrap_or("")),
                undated: reading.article.published_day().is_none(),
                copies: outlet(derivation.copies),
                translates: outlet(derivation.translates),
                named: names(&derivation.named),
                carriers: names(&derivation.carriers),
                namings: namings(site, incident, reading),
                roots: site.words.list(&derivation.roots),
                reports: derivation.roots.join("|"),
                claims: incident.claims.iter().filter(|(of, _)| *of == capture).count(),
                passage: passage.is_some(),
            })
        })
        .collect()
}

/// The reports an article names where it tells of an incident, a name and a manner once each.
fn namings(site: &Site<'_>, incident: &Incident, reading: &Reading) -> Vec<(String, Quote)> {
    let mut told = BTreeSet::new();
    let capture = reading.article.capture;
    let there = reading.citations.iter().filter(|c| incident.tells_at(capture, c.span));
    let naming = there.filter_map(|citation| {
        let who = site.kb.who(reading, citation.outlet?)?;
        let how = site.words.say(words::referred(citation.kind)).to_string();
        let label = site.words.clauses(&[line::who(site, &who).name, how]);
        let place = Evidence { capture, span: citation.span };
        told.insert(label.clone()).then(|| Some((label, line::quote(site, place)?)))?
    });
    naming.collect()
}

/// "5 articles, 0 copies; 3 independent reports are named: Reuters, …"
pub fn independence(site: &Site<'_>, incident: &Incident) -> String {
    let words = &site.words;
    let copies = incident.lineage.iter().filter(|d| d.copies.is_some()).count();
    let mut roots: Vec<&str> =
        incident.lineage.iter().flat_map(|d| d.roots.iter().map(String::as_str)).collect();
    roots.sort_unstable();
    roots.dedup();
    let articles = words.count(incident.sources().count(), "{n} articles");
    let copies = words.count(copies, "{n} copies");
    let own = |derivation: &&Derivation| {
        let reading = site.kb.reading(derivation.capture);
        let outlet = reading.map(|reading| outlet_key(outlet_name(&reading.article)));
        let retold = derivation.copies.or(derivation.translates).is_some();
        !retold && derivation.roots.iter().any(|root| Some(outlet_key(root)) == outlet)
    };
    let own = words.count(incident.lineage.iter().filter(own).count(), "{n} from own reporting");
    let told = words.clauses(&[articles, copies, own]);
    match roots.as_slice() {
        [] => words.fill("{x}; none names the report it rests on", &[("x", &told)]),
        named => {
            let reports = words.count(named.len(), "{n} independent reports are named");
            let parts = [("x", told.as_str()), ("y", &reports), ("z", &words.list(named))];
            words.fill("{x}; {y}: {z}", &parts)
        }
    }
}
