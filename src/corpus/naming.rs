//! What an incident is called: the line that tells its main deed, in our own words.
//!
//! In: the articles of an incident, its types and parties. Out: one line. What holds: the deed stands in a headline
//! or lead; it is told of the two sides, or by two articles where there are three; else the title says no more than
//! who the parties are and what it is about.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::incidents::rank;
use super::summary;
use crate::model::claim::Act;
use crate::model::entity::{EntityKind, NameIx, Who};
use crate::model::party::{Party, PartyRole};
use crate::rules::{PredicateRule, Rules};

/// Number of articles from which a line that one of them alone tells has to be of both sides.
const MANY: usize = 3;

/// A line, and who tells it.
#[derive(Default)]
struct Line {
    weight: i64,
    /// Whether it is told of the two sides, or of an authority and the side it acts on.
    sides: bool,
    lead: bool,
    docs: BTreeSet<usize>,
}

/// The line most articles agree on, else parties and type.
pub(super) fn title(
    docs: &[&Doc<'_>],
    types: &[String],
    parties: &[Party],
    rules: &Rules,
) -> String {
    let mut lines: BTreeMap<(usize, String), Line> = BTreeMap::new();
    for (index, doc) in docs.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for act in &doc.reading.acts {
            // What is denied is accused all the same.
            let tells =
                |rule: &&PredicateRule| rule.closing.is_none() && (rule.alleged || !act.negated);
            let rule = rules.lexicon.predicates.meaning(&act.rule).filter(tells);
            let Some((rule, rank)) = rule.and_then(|rule| Some((rule, rank(rule, types)?))) else {
                continue;
            };
            let Some(text) = told(doc, act, rule, parties) else { continue };
            let line = lines.entry((rank, text.clone())).or_default();
            line.docs.insert(index);
            line.lead |= doc.in_lead(act.span);
            line.sides |= is_of_sides(doc, act, rule, parties, rules);
            if doc.in_lead(act.span) && seen.insert(text) {
                // What is done to whom it is about tells it best.
                let target = act.target.and_then(|index| doc.house(index, rules));
                let meant =
                    target.is_some_and(|who| has_role(parties, &who, PartyRole::Respondent));
                line.weight += i64::from(rule.weight) * if meant { 2 } else { 1 };
            }
        }
    }
    let agreed = |line: &Line| line.sides || docs.len() < MANY || line.docs.len() > 1;
    let best = lines
        .into_iter()
        .filter(|(_, line)| line.lead && agreed(line))
        .min_by_key(|((rank, text), line)| (*rank, Reverse(line.weight), text.clone()));
    match best {
        Some(((_, text), _)) => text,
        None => plain(types, parties, rules),
    }
}

/// A predicate's phrase, where who does it is one of the main parties.
fn told(doc: &Doc<'_>, act: &Act, rule: &PredicateRule, parties: &[Party]) -> Option<String> {
    // What authorities do is told of none but them.
    let may = |role: PartyRole| match rule.official {
        true => role == PartyRole::Authority,
        false => role <= PartyRole::Authority,
    };
    let who = doc.who(act.actor?)?;
    let principal = parties.iter().any(|party| party.who == *who && may(party.role));
    let line = || summary::filled(doc, act, rule).or_else(|| against(doc, act, rule, parties));
    let line = principal.then(line).flatten()?;
    Some(line.trim_end_matches(" (announced)").to_string())
}

/// Whether one side or an authority does it to the other side, or each side has its part in what is alleged.
fn is_of_sides(
    doc: &Doc<'_>,
    act: &Act,
    rule: &PredicateRule,
    parties: &[Party],
    rules: &Rules,
) -> bool {
    let of = |index: Option<NameIx>| index.and_then(|index| doc.house(index, rules));
    let (active, passive) = match rule.alleged {
        true => (of(act.target), of(act.actor)),
        false => (of(act.actor), of(act.target)),
    };
    let is = |who: &Option<Who>, role: PartyRole| {
        who.as_ref().is_some_and(|who| has_role(parties, who, role))
    };
    let begins = is(&active, PartyRole::Initiator) || is(&active, PartyRole::Authority);
    let answers = is(&passive, PartyRole::Respondent);
    // Of an accusation the actor answers, and what it is said to have taken may be a product.
    let product = active.as_ref().is_none_or(|who| who.kind == EntityKind::Product);
    match rule.alleged {
        true => answers && (begins || product),
        false => begins && (answers || passive.is_none()),
    }
}

fn has_role(parties: &[Party], who: &Who, role: PartyRole) -> bool {
    parties.iter().any(|party| party.who == *who && party.role == role)
}

/// The deed of an act that names nobody it is done to: done to the one party that is acted against. Of an
/// accusation the actor is the one accused, so nobody is put in.
fn against(doc: &Doc<'_>, act: &Act, rule: &PredicateRule, parties: &[Party]) -> Option<String> {
    let lacks_target = act.target.is_none() && !rule.alleged;
    let actor = doc.who(act.actor.filter(|_| lacks_target)?)?;
    let mut acted_on = parties.iter().filter(|party| party.role == PartyRole::Respondent);
    let target = acted_on.next().filter(|party| party.who != *actor)?;
    let alone = acted_on.next().is_none();
    let line = rule.says.replace("{actor}", &actor.name).replace("{target}", &target.who.name);
    alone.then_some(line)
}

/// The first two parties, and what it is about.
fn plain(types: &[String], parties: &[Party], rules: &Rules) -> String {
    let main = types.first().map_or("", String::as_str);
    let kind = rules.types.iter().find(|kind| kind.id == main);
    let kind = kind.map_or("Incident", |kind| kind.name.as_str());
    let principal = parties.iter().filter(|party| party.role <= PartyRole::Authority);
    let names: Vec<&str> = principal.take(2).map(|party| party.who.name.as_str()).collect();
    if names.is_empty() { kind.to_string() } else { format!("{}: {kind}", names.join(" and ")) }
}
