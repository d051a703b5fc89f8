//! Two accounts that differ: where they stand on a page, and whose they are.

use std::borrow::Cow;

use super::annotation::outlet_name;
use super::line;
use super::site::Site;
use super::wording::Wording;
use crate::model::claim::{Speaker, Stance};
use crate::model::edtf::Edtf;
use crate::model::incident::{Contradiction, Incident};
use crate::model::kb::KnowledgeBase;
use crate::model::source::Language;
use crate::model::subject::SubjectKind;
use crate::model::text::Evidence;

/// Anchor of a pair of accounts.
pub fn anchor(kb: &KnowledgeBase, pair: &Contradiction) -> String {
    format!("{}{}", SubjectKind::Contradiction.anchor(), kb.contradiction_id(pair).short())
}

/// The row that pairs a silence with what was said.
const SILENCE: &str = "silence-and-speech";

/// The pairs of an incident as boxes: who gave no comment to several outlets and spoke to others differs once from
/// what was said, not with each of them.
pub fn boxes(incident: &Incident) -> Vec<Vec<&Contradiction>> {
    let mut boxes: Vec<Vec<&Contradiction>> = Vec::new();
    for pair in &incident.contradictions {
        let same = |first: &Contradiction| {
            let (old, new) = (&first.standing, &pair.standing);
            let stands =
                (old.outcome, &old.holds, &old.reason) == (new.outcome, &new.holds, &new.reason);
            first.rule == SILENCE && pair.rule == SILENCE && first.topic == pair.topic && stands
        };
        let place = boxes.iter().position(|pairs| pairs.first().is_some_and(|first| same(first)));
        match place.and_then(|place| boxes.get_mut(place)) {
            Some(pairs) => pairs.push(pair),
            None => boxes.push(vec![pair]),
        }
    }
    boxes
}

/// What stands above a box: of several silences the outlets they are told of.
pub fn heading(site: &Site<'_>, pairs: &[&Contradiction]) -> String {
    let Some(first) = pairs.first() else { return String::new() };
    if pairs.len() == 1 {
        return title(site, first);
    }
    let readings = pairs.iter().filter_map(|pair| site.kb.reading(pair.b.capture));
    let mut outlets: Vec<&str> = Vec::new();
    for outlet in readings.map(|reading| outlet_name(&reading.article)) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    let point = point(site.words, first);
    let parts = [("x", point.as_ref()), ("y", &site.words.list(&outlets))];
    site.words.fill("{x} ({y})", &parts)
}

/// On which point two accounts differ, and whose they are: "Intent (Orison Labs, Farwire)".
pub fn title(site: &Site<'_>, pair: &Contradiction) -> String {
    let point = point(site.words, pair);
    match (voice(site, pair.a), voice(site, pair.b)) {
        (Some(a), Some(b)) if a != b && !(point.contains(&a) && point.contains(&b)) => {
            let both = site.words.list(&[a.as_str(), b.as_str()]);
            site.words.fill("{x} ({y})", &[("x", point.as_ref()), ("y", &both)])
        }
        _ => point.to_string(),
    }
}

/// The point in the language of the page: the program words it in English with the names and days at hand, and other
/// languages have words for what kind of difference it is.
fn point<'p>(words: Wording<'p>, pair: &'p Contradiction) -> Cow<'p, str> {
    if let Some([x, y]) = days(&pair.topic).filter(|_| pair.rule.as_str() == "dates-differ") {
        let (x, y) = (words.date(x), words.date(y));
        return words.fill("Date: {x} or {y}", &[("x", &x), ("y", &y)]).into();
    }
    let said = match pair.rule.as_str() {
        _ if *words.language == Language::En => &pair.topic,
        "denial" => words.say("What one says and another denies"),
        "changed-account" => words.say("Denied, then admitted"),
        SILENCE => match answering(&pair.topic) {
            Some(who) => {
                let parts = [("x", who), ("y", words.say("Silence or statement"))];
                return words.fill("{x}: {y}", &parts).into();
            }
            None => words.say("Silence or statement"),
        },
        "dates-differ" => words.say("On which day"),
        _ => words.say(&pair.topic),
    };
    said.into()
}

/// Who is silent or has spoken, in a topic as the program words it.
fn answering(topic: &str) -> Option<&str> {
    topic.strip_prefix("Did ")?.strip_suffix(" answer: silence or statement")
}

/// The two dates of a topic as the program words it.
fn days(topic: &str) -> Option<[Edtf; 2]> {
    let (a, b) = topic.strip_prefix("Date: ")?.split_once(" or ")?;
    Some([Edtf::parse(a)?, Edtf::parse(b)?])
}

/// Who says the words of an account: a named speaker, else the outlet.
fn voice(site: &Site<'_>, account: Evidence) -> Option<String> {
    let reading = site.kb.reading(account.capture)?;
    let mut claims = reading.claims.iter().filter(|claim| account.span.holds(claim.content));
    let named = claims.find_map(|claim| match claim.speaker {
        // Who is silent tells nothing of it.
        _ if matches!(claim.stance, Stance::Silent | Stance::Declines) => None,
        Speaker::Named(name) | Speaker::Outlet(name) => site.kb.who(reading, name),
        _ => None,
    });
    let named = named.map(|named| line::who(site, &named).name);
    Some(named.unwrap_or_else(|| outlet_name(&reading.article).to_string()))
}
