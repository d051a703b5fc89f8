//! The ledger of an incident: who says what, each position once, with every article that tells it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::model::claim::{Claim, Stance};
use crate::model::incident::{Incident, Position};
use crate::model::source::CaptureId;
use crate::view::index::known_day;
use crate::view::line::{self, ClaimLine, SourceLine};
use crate::view::site::Site;
use crate::view::words;

/// Positions of one stance.
pub struct Ledger {
    pub heading: String,
    pub class: &'static str,
    /// What is said where there is none.
    pub empty: String,
    pub positions: Vec<PositionLine>,
}

/// One position as it is printed.
pub struct PositionLine {
    /// The first telling.
    pub claim: ClaimLine,
    /// "on the ban"; nothing where the words say it.
    pub matter: String,
    /// From when to when it stood there; nothing for what stands there still.
    pub told: String,
    /// How many articles tell it, and on how many independent reports they rest.
    pub articles: usize,
    pub roots: usize,
    /// The other tellings.
    pub others: Vec<ClaimLine>,
    /// The day it was first told, as data writes it.
    pub known: String,
}

/// Groups of the ledger: allegations by target first, then what answers them.
pub fn ledgers(site: &Site<'_>, incident: &Incident) -> Vec<Ledger> {
    if !incident.is_captured() {
        return Vec::new();
    }
    let mut alleged: BTreeMap<Option<String>, Vec<PositionLine>> = BTreeMap::new();
    let mut rest: BTreeMap<Stance, Vec<PositionLine>> = BTreeMap::new();
    for position in &incident.positions {
        let Some(line) = position_line(site, incident, position) else { continue };
        match position.stance {
            Stance::Alleges => {
                let target = position.target.as_ref().map(|who| line::who(site, who).name);
                alleged.entry(target).or_default().push(line);
            }
            Stance::Declines => rest.entry(Stance::Silent).or_default().push(line),
            stance => rest.entry(stance).or_default().push(line),
        }
    }
    let mut ledgers = Vec::new();
    let (named, unnamed): (Vec<_>, Vec<_>) =
        alleged.into_iter().partition(|(target, _)| target.is_some());
    for (target, positions) in named.into_iter().chain(unnamed) {
        let heading = match target {
            Some(name) => site.words.fill("Alleged against {x}", &[("x", &name)]),
            None => site.words.say("Alleged, target not named").into(),
        };
        ledgers.push(Ledger { heading, class: "alleges", empty: String::new(), positions });
    }
    let order = [
        (Stance::Confirms, "Nothing has been confirmed on record."),
        (Stance::Denies, "No denial on record."),
        (Stance::Announces, ""),
        (Stance::Demands, ""),
        (Stance::Silent, ""),
        (Stance::Asserts, ""),
        (Stance::Predicts, ""),
    ];
    for (stance, empty) in order {
        let positions = rest.remove(&stance).unwrap_or_default();
        if !positions.is_empty() || !empty.is_empty() {
            let heading = match stance {
                Stance::Silent => "No answer, or no comment",
                Stance::Predicts => "Forecasts: neither fact nor allegation",
                other => words::stance_heading(other),
            };
            ledgers.push(Ledger {
                heading: site.words.say(heading).to_string(),
                class: stance.word(),
                empty: site.words.say(empty).to_string(),
                positions,
            });
        }
    }
    ledgers.extend(ended(site, incident));
    ledgers
}

/// Claims that the articles no longer make, in the order in which they ended.
fn ended(site: &Site<'_>, incident: &Incident) -> Option<Ledger> {
    let day = |at: Option<DateTime<Utc>>| {
        at.map(|at| site.words.day(at.date_naive())).unwrap_or_default()
    };
    let positions: Vec<PositionLine> = site
        .kb
        .lives
        .ended_in(&incident.articles)
        .map(|(ended, reading, claim)| {
            let life = ended.life;
            let days = [day(Some(life.first)), day(Some(life.last)), day(life.ended)];
            let [first, last, gone] = &days;
            let parts = [("x", first.as_str()), ("y", last.as_str()), ("z", gone.as_str())];
            PositionLine {
                claim: line::claim(site, reading, claim),
                matter: String::new(),
                told: site.words.fill("seen there from {x} to {y}, gone by {z}", &parts),
                articles: 1,
                roots: 0,
                others: Vec::new(),
                known: known_day(reading).to_string(),
            }
        })
        .collect();
    (!positions.is_empty()).then(|| Ledger {
        heading: site.words.say("Taken out of the article since").to_string(),
        class: "ended",
        empty: String::new(),
        positions,
    })
}

/// A position with everything that tells it; nothing where its claims are gone.
pub(super) fn position_line(
    site: &Site<'_>,
    incident: &Incident,
    position: &Position,
) -> Option<PositionLine> {
    let mut lines = position.tellings.iter().filter_map(|(capture, id)| {
        let (reading, claim) = site.kb.claim(*capture, *id)?;
        let mut line = line::claim(site, reading, claim);
        line.missing_in = missing_in(site, incident, *capture, claim);
        Some(line)
    });
    let claim = lines.next()?;
    let others: Vec<ClaimLine> = lines.collect();
    let mut articles: Vec<_> = position.tellings.iter().map(|(capture, _)| *capture).collect();
    articles.sort();
    articles.dedup();
    // Who is silent leaves unsaid on what; an allegation says it.
    let silent = matches!(position.stance, Stance::Silent | Stance::Declines);
    let matter = position.matter.as_ref().filter(|_| silent).and_then(|id| site.topic(id));
    let matter = matter
        .map(|topic| site.words.fill("on {x}", &[("x", site.words.say(topic))]))
        .unwrap_or_default();
    let known = articles.iter().filter_map(|id| site.kb.reading(*id)).map(known_day).min();
    let known = known.map(|day| day.to_string()).unwrap_or_default();
    let (told, articles, roots) = (String::new(), articles.len(), position.roots);
    Some(PositionLine { claim, matter, told, articles, roots, others, known })
}

/// The article in which the quoted words of a claim were looked for in vain.
fn missing_in(
    site: &Site<'_>,
    incident: &Incident,
    capture: CaptureId,
    claim: &Claim,
) -> Option<SourceLine> {
    let mut list = incident.missing.iter();
    let missing = list.find(|m| m.claim == claim.id && m.words.capture == capture)?;
    let reading = site.kb.reading(*missing.searched.first()?)?;
    Some(line::source(site, reading, ""))
}
