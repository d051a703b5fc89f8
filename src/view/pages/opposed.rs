//! Accounts that differ, side by side in boxes.

use super::parts::incident_link;
use crate::model::incident::{Contradiction, Incident};
use crate::model::standing::Account;
use crate::model::text::Evidence;
use crate::view::line::{self, Link, Quote};
use crate::view::news::both_known;
use crate::view::pair;
use crate::view::site::Site;
use crate::view::words;

/// Accounts side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opposed {
    pub anchor: String,
    /// Anchors of the other pairs in the box.
    pub anchors: Vec<String>,
    pub topic: String,
    pub a: Vec<Quote>,
    pub b: Vec<Quote>,
    /// The day two of them could be known.
    pub known: String,
    pub incident: Link,
    /// "Explained by time".
    pub outcome: String,
    /// Its word in data.
    pub class: &'static str,
    /// Why, by whom, which account holds; nothing where it is open.
    pub why: String,
    /// The words that explain or settle it, where they are none of the accounts.
    pub because: Option<Quote>,
}

/// The boxes of an incident.
pub fn boxes<'a>(site: &'a Site<'_>, incident: &'a Incident) -> impl Iterator<Item = Opposed> + 'a {
    let boxes = pair::boxes(incident).into_iter();
    boxes.filter_map(move |pairs| opposed(site, incident, &pairs))
}

/// Pairs of one box; nothing where the words of one side are gone.
fn opposed(site: &Site<'_>, incident: &Incident, pairs: &[&Contradiction]) -> Option<Opposed> {
    let (first, others) = pairs.split_first()?;
    let quoted = |side: fn(&Contradiction) -> Evidence| {
        let mut places: Vec<Evidence> = Vec::new();
        for pair in pairs {
            let place = side(pair);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let quotes: Vec<Quote> =
            places.into_iter().filter_map(|place| line::quote(site, place)).collect();
        (!quotes.is_empty()).then_some(quotes)
    };
    let known = pairs.iter().filter_map(|pair| both_known(site, pair)).min();
    let standing = &first.standing;
    Some(Opposed {
        anchor: pair::anchor(site.kb, first),
        anchors: others.iter().map(|pair| pair::anchor(site.kb, pair)).collect(),
        topic: pair::heading(site, pairs),
        a: quoted(|pair| pair.a)?,
        b: quoted(|pair| pair.b)?,
        known: known.map(|day| day.to_string()).unwrap_or_default(),
        incident: incident_link(site, incident),
        outcome: site.words.say(words::outcome(standing.outcome)).to_string(),
        class: standing.outcome.word(),
        why: why(site, first),
        because: standing
            .because
            .filter(|words| !pairs.iter().any(|pair| [pair.a, pair.b].contains(words)))
            .and_then(|words| line::quote(site, words)),
    })
}

/// "for the second account, whoever denied it admits it: Orison Labs".
fn why(site: &Site<'_>, pair: &Contradiction) -> String {
    let standing = &pair.standing;
    let holds = standing.holds.map(|account| match account {
        Account::A => "for the first account",
        Account::B => "for the second account",
    });
    let reason = standing.reason.map(words::reason);
    let said: Vec<String> =
        holds.into_iter().chain(reason).map(|id| site.words.say(id).to_string()).collect();
    let said = site.words.clauses(&said);
    match &standing.by {
        Some(by) => {
            let name = line::who(site, by).name;
            site.words.fill("{x}: {y}", &[("x", &said), ("y", &name)])
        }
        None => said,
    }
}
