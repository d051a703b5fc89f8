//! Who takes which part in an incident, and of which types it is.
//!
//! In: the readings of one incident. Out: parties by role, types by weight. Actor and target of acts
//! decide; an authority is one by its kind; outlets and platforms are no parties unless acted upon.

use std::collections::BTreeMap;

use super::doc::Doc;
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::{EntityId, EntityKind, EntityRole, NameIx, Who};
use crate::model::party::{Party, PartyRole};
use crate::rules::Rules;

/// Most parties of one incident.
const PARTIES_MAX: usize = 12;

/// Weight from which an act of no type begins something: an accusation, no denial.
const DEED_WEIGHT: u16 = 3;

/// Types of an incident by id, strongest first.
pub(super) fn types(docs: &[&Doc<'_>], rules: &Rules) -> Vec<String> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for doc in docs {
        // The root damps what an article repeats: naming the ban ten times does not drown the rest.
        let most = doc.reading.topics.first().map_or(0.0, |(_, weight)| f64::from(*weight));
        let most = most.max(rules.thresholds.type_full);
        for (kind, weight) in &doc.reading.topics {
            *sums.entry(kind).or_default() += (f64::from(*weight) / most).sqrt();
        }
    }
    let most = sums.values().copied().fold(0.0, f64::max);
    let mut ranked: Vec<(&str, f64)> =
        sums.into_iter().filter(|(_, sum)| *sum >= most * rules.thresholds.type_share).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    ranked.into_iter().take(4).map(|(kind, _)| kind.to_string()).collect()
}

#[derive(Default)]
struct Tally {
    acts: f64,
    suffers: f64,
    decides: f64,
    speaks: f64,
    articles: u32,
    /// Whether it did something of the incident's types, sued, or accused.
    deeds: bool,
    /// Whether it sues or is sued, accuses or is accused, in its own name.
    in_suit: bool,
    in_charge: bool,
    /// Whether an article says which house it speaks for.
    speaks_for: bool,
    lead: bool,
}

/// Parties of an incident, by role and weight.
pub(super) fn parties(docs: &[&Doc<'_>], types: &[String], rules: &Rules) -> Vec<Party> {
    let mut tallies: BTreeMap<Who, Tally> = BTreeMap::new();
    for doc in docs {
        count_presence(doc, &mut tallies);
        count_acts(doc, types, rules, &mut tallies);
        count_claims(doc, rules, &mut tallies);
        count_sides(doc, rules, &mut tallies);
    }
    let is = |who: &Who, role: EntityRole| {
        who.id.as_ref().and_then(|id| rules.registry.get(id)).is_some_and(|e| e.is(role))
    };
    let authority = |who: &Who| {
        who.kind == EntityKind::Government
            || is(who, EntityRole::Regulator)
            || is(who, EntityRole::Court)
            || is(who, EntityRole::Legislature)
    };
    // In how many articles a name is an outlet's, and in how many it stands.
    let mut outlets: BTreeMap<&Who, (usize, usize)> = BTreeMap::new();
    for (name, who) in docs.iter().flat_map(|doc| doc.reading.names.iter().zip(&doc.who)) {
        let (reports, all) = outlets.entry(who).or_default();
        *reports += usize::from(name.reports);
        *all += 1;
    }
    let reports = |who: &Who| outlets.get(who).is_some_and(|(reports, all)| reports * 2 > *all);
    tallies.retain(|who, tally| {
        !matches!(who.kind, EntityKind::Place | EntityKind::Legal | EntityKind::Product)
            && !(reports(who) && tally.suffers < 24.0 && tally.acts < 48.0)
            && !(is(who, EntityRole::Platform) && tally.suffers < 12.0 && tally.acts < 12.0)
    });
    // A person is a side who sues or is sued, or, where he speaks for no house, accuses or is accused.
    let stands = |who: &Who, tally: &Tally| {
        let free = !tally.speaks_for && house_of(who, rules).is_none();
        who.kind == EntityKind::Person && (tally.in_suit || free && tally.in_charge)
    };
    let strongest = |score: &dyn Fn(&Tally) -> f64, not: Option<&Who>| {
        tallies
            .iter()
            .filter(|(who, tally)| {
                let side = who.kind == EntityKind::Organization || stands(who, tally);
                !authority(who) && side && Some(*who) != not
            })
            .filter(|(_, tally)| score(tally) > 0.0)
            .max_by(|a, b| score(a.1).total_cmp(&score(b.1)).then(b.0.cmp(a.0)))
            .map(|(who, _)| who.clone())
    };
    let decided: f64 =
        tallies.iter().filter(|(who, _)| authority(who)).map(|(_, t)| t.decides).sum();
    // Where an authority acts, nobody else need have begun it: who only denies has not.
    let begins = |t: &Tally| decided == 0.0 || t.deeds;
    // Who is named in one article of many is hardly a side, whatever that one tells.
    let share = |t: &Tally| f64::from(t.articles) / docs.len().max(1) as f64;
    let initiator = |t: &Tally| match begins(t) {
        true => (t.acts - t.suffers * 0.4) * share(t) + f64::from(t.articles),
        false => 0.0,
    };
    let initiator = strongest(&initiator, None);
    let answers = |t: &Tally| (t.suffers + t.acts * 0.1) * share(t) + f64::from(t.articles) * 0.5;
    let respondent = strongest(&answers, initiator.as_ref());
    // Where an authority decides and only one house is spoken of, that house answers.
    let alone = decided > 0.0
        && tallies
            .get_key_value_of(&respondent)
            .is_none_or(|t| t.suffers < 4.0 && t.articles * 2 <= docs.len() as u32);
    let (initiator, respondent) = match (initiator, respondent) {
        (Some(only), _) if alone => (None, Some(only)),
        pair => pair,
    };
    let mut parties: Vec<Party> = Vec::new();
    parties.extend(initiator.map(|who| Party { who, role: PartyRole::Initiator }));
    parties.extend(respondent.map(|who| Party { who, role: PartyRole::Respondent }));
    let mut rest: Vec<(&Who, &Tally)> =
        tallies.iter().filter(|(who, _)| !parties.iter().any(|p| p.who == **who)).collect();
    rest.sort_by(|a, b| weight(b.1).total_cmp(&weight(a.1)).then(a.0.cmp(b.0)));
    let main: Vec<Who> = parties.iter().map(|p| p.who.clone()).collect();
    for (who, tally) in rest {
        let houses = main.iter().filter_map(|m| m.id.as_ref()).collect::<Vec<_>>();
        let belongs = house_of(who, rules).is_some_and(|owner| houses.contains(&&owner));
        let often = tally.articles as usize * 3 >= docs.len().max(2) && weight(tally) >= 4.0
            || tally.lead && weight(tally) >= 3.0;
        let role = match () {
            () if authority(who) && (tally.decides > 0.0 || tally.speaks > 0.0 || often) => {
                PartyRole::Authority
            }
            () if who.kind == EntityKind::Person && !belongs && tally.speaks > 0.0 && often => {
                PartyRole::Observer
            }
            () if who.kind == EntityKind::Organization && !belongs && often => {
                if tally.suffers > 0.0 || tally.acts > 0.0 {
                    PartyRole::Affected
                } else {
                    PartyRole::Observer
                }
            }
            () => continue,
        };
        parties.push(Party { who: who.clone(), role });
        if parties.len() >= PARTIES_MAX {
            break;
        }
    }
    parties.sort_by_key(|party| party.role);
    parties
}

fn weight(tally: &Tally) -> f64 {
    tally.acts + tally.suffers + tally.decides * 2.0 + tally.speaks + f64::from(tally.articles)
}

trait TallyOf {
    fn get_key_value_of(&self, who: &Option<Who>) -> Option<&Tally>;
}

impl TallyOf for BTreeMap<Who, Tally> {
    fn get_key_value_of(&self, who: &Option<Who>) -> Option<&Tally> {
        who.as_ref().and_then(|who| self.get(who))
    }
}

fn count_presence(doc: &Doc<'_>, tallies: &mut BTreeMap<Who, Tally>) {
    let mut seen: Vec<u32> = Vec::new();
    for mention in &doc.reading.mentions {
        let Some(who) = doc.who(mention.name) else { continue };
        let tally = tallies.entry(who.clone()).or_default();
        tally.speaks_for |= doc.reading.name(mention.name).is_some_and(|name| name.house.is_some());
        if !seen.contains(&mention.name.0) {
            seen.push(mention.name.0);
            tally.articles += 1;
        }
        tally.lead |= doc.in_lead(mention.span);
    }
}

fn count_acts(doc: &Doc<'_>, types: &[String], rules: &Rules, tallies: &mut BTreeMap<Who, Tally>) {
    for act in &doc.reading.acts {
        let Some(rule) = rules.lexicon.predicates.meaning(&act.rule) else { continue };
        let of_type = types.contains(&rule.kind);
        if rule.suit
            && rule.closing.is_none()
            && let Some(who) = act.actor.and_then(|ix| doc.house(ix, rules))
        {
            tallies.entry(who).or_default().deeds = true;
        }
        if !rule.kind.is_empty() && !of_type && !rule.suit || rule.closing.is_some() {
            continue;
        }
        let lead = if doc.in_lead(act.span) { 2.0 } else { 1.0 };
        let main = if types.first() == Some(&rule.kind) { 2.0 } else { 1.0 };
        let weight = f64::from(rule.weight) * lead * main;
        let of = |index: Option<NameIx>| index.and_then(|index| doc.house(index, rules));
        // Who is accused of a deed answers for it; who suffered it accuses.
        let (active, passive) = match rule.alleged {
            true => (of(act.target), of(act.actor)),
            false => (of(act.actor), of(act.target)),
        };
        if let Some(active) = active {
            let tally = tallies.entry(active).or_default();
            if rule.official {
                tally.decides += weight;
            } else {
                tally.acts += weight;
                tally.deeds |= of_type || act.target.is_some() && rule.weight >= DEED_WEIGHT;
            }
        }
        if let Some(passive) = passive {
            tallies.entry(passive).or_default().suffers += weight;
        }
    }
}

fn count_claims(doc: &Doc<'_>, rules: &Rules, tallies: &mut BTreeMap<Who, Tally>) {
    for claim in &doc.reading.claims {
        if let Speaker::Named(index) = claim.speaker
            && let Some(who) = doc.who(index)
        {
            let tally = tallies.entry(who.clone()).or_default();
            tally.speaks += 1.0;
            if claim.stance == Stance::Alleges {
                tally.acts += 1.0;
            }
        }
        if claim.stance == Stance::Alleges
            && let Some(target) = claim.target.and_then(|index| doc.house(index, rules))
        {
            tallies.entry(target).or_default().suffers += 1.5;
        }
    }
}

/// The house a person or subsidiary belongs to.
fn house_of(who: &Who, rules: &Rules) -> Option<EntityId> {
    rules.registry.get(who.id.as_ref()?)?.owner.clone()
}

/// Whoever sues or is sued, accuses or is accused in an article.
fn count_sides(doc: &Doc<'_>, rules: &Rules, tallies: &mut BTreeMap<Who, Tally>) {
    let mut note = |name: Option<NameIx>, suit: bool| {
        if let Some(who) = name.and_then(|name| doc.who(name)) {
            let tally = tallies.entry(who.clone()).or_default();
            tally.in_suit |= suit;
            tally.in_charge |= !suit;
        }
    };
    for act in &doc.reading.acts {
        let rule = rules.lexicon.predicates.meaning(&act.rule);
        if rule.is_some_and(|rule| rule.suit && rule.closing.is_none()) {
            note(act.actor, true);
            note(act.target, true);
        }
    }
    for claim in doc.reading.claims.iter().filter(|claim| claim.stance == Stance::Alleges) {
        if let (Speaker::Named(by), Some(target)) = (claim.speaker, claim.target) {
            note(Some(by), false);
            note(Some(target), false);
        }
    }
}
