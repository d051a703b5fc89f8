//! What was done that a question asked for: the ruling, the fine, the sale.

use super::{Hit, Matter, Weight};
use crate::corpus::contradictions::sides;
use crate::corpus::doc::Doc;
use crate::corpus::questions::Draft;
use crate::model::claim::{Act, Stance};
use crate::model::entity::{EntityKind, Who};
use crate::model::party::{Party, PartyRole};
use crate::model::text::Span;
use crate::rules::{AnswerRule, Rules};

/// Acts of later articles that the question's rows name, and sides taken on its point.
pub(super) fn find(draft: &Draft, rows: &[&AnswerRule], matter: &Matter<'_, '_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for row in rows {
        for (index, doc) in matter.docs.iter().enumerate() {
            if doc.day <= draft.first_raised() || draft.sentences_in(doc.id).count() > 0 {
                continue;
            }
            let mut here: Vec<Hit> = Vec::new();
            let settled = row.settled_by.iter().map(|id| (id, Weight::Fully));
            let borne = row.borne_by.iter().map(|id| (id, Weight::Partly));
            let later = doc.day > draft.last_raised();
            for (predicate, weight) in settled.chain(borne) {
                let acts = doc.reading.acts.iter().filter(|a| a.predicate.as_str() == predicate);
                let best = acts
                    .filter(|act| {
                        concerns(doc, act, draft, row.others, matter) && is_told(doc, act)
                    })
                    .max_by_key(|act| (doc.in_lead(act.span), std::cmp::Reverse(act.span)));
                let weight = if later { weight } else { Weight::Partly };
                here.extend(best.map(|act| hit(index, doc, act, weight, matter.rules)));
            }
            // One article answers once, with the words that say most.
            hits.extend(here.into_iter().max_by_key(|h| (h.weight, std::cmp::Reverse(h.span))));
        }
        if let Some(point) = &row.point {
            hits.extend(sides_on(point, draft, matter));
        }
    }
    hits
}

/// A deed that is only planned or alleged does not settle; to end a matter is no accusation.
fn hit(index: usize, doc: &Doc<'_>, act: &Act, weight: Weight, rules: &Rules) -> Hit {
    let claims = doc.reading.claims.iter().filter(|claim| claim.content.meets(act.span));
    let rule = rules.lexicon.predicates.meaning(&act.rule);
    let ends = rule.is_some_and(|rule| rule.closing.is_some());
    let alleged = !ends && claims.into_iter().any(|claim| claim.stance == Stance::Alleges);
    let told = act.actor.or(act.target).is_some();
    let done = told && !act.planned && !alleged;
    let settles = weight == Weight::Fully && done;
    Hit {
        weight: if settles { Weight::Fully } else { Weight::Partly },
        doc: index,
        span: doc.reading.sentence_of(act.span),
        by: act.actor.and_then(|ix| doc.who(ix)).cloned(),
        side: None,
    }
}

/// Whether a party of the question acts or is acted upon; or, where others are asked about, another.
fn concerns(
    doc: &Doc<'_>,
    act: &Act,
    draft: &Draft,
    others: bool,
    matter: &Matter<'_, '_>,
) -> bool {
    // A product acts for its maker.
    let named = || [act.actor, act.target].into_iter().flatten();
    let owners = named().filter_map(|ix| doc.owner(ix));
    let parties: Vec<&Who> = named().filter_map(|ix| doc.who(ix)).chain(owners).collect();
    let decides = |who: &&&Who| who.kind == EntityKind::Government;
    if others {
        let Some(who) = act.actor.and_then(|ix| doc.who(ix)) else {
            return tells_of_others(doc, act, matter.rules);
        };
        return !draft.about.contains(who)
            && !is_cited(doc, who)
            && !went_before(who, act, draft, matter);
    }
    draft.about.is_empty()
        || parties.iter().any(|who| draft.about.contains(*who))
        || parties.iter().any(|who| decides(&who)) && draft.about.iter().any(|w| decides(&&w))
}

/// Whether an article cites somebody as the source of what it tells.
fn is_cited(doc: &Doc<'_>, who: &Who) -> bool {
    let mut outlets = doc.reading.citations.iter().filter_map(|citation| citation.outlet);
    outlets.any(|ix| doc.who(ix) == Some(who))
}

/// Whether somebody began the matter, or did the like before anybody asked who would follow.
fn went_before(who: &Who, act: &Act, draft: &Draft, matter: &Matter<'_, '_>) -> bool {
    let began = |party: &Party| party.role == PartyRole::Initiator && party.who == *who;
    let earlier = matter.docs.iter().filter(|doc| doc.day <= draft.first_raised());
    let mut acts = earlier.flat_map(|doc| doc.reading.acts.iter().map(move |act| (doc, act)));
    matter.parties.iter().any(began)
        || acts.any(|(doc, earlier)| {
            earlier.predicate == act.predicate
                && earlier.actor.and_then(|ix| doc.who(ix)) == Some(who)
        })
}

/// Whether the sentence speaks of others who did the same, without naming them as the actors.
fn tells_of_others(doc: &Doc<'_>, act: &Act, rules: &Rules) -> bool {
    let tokens = doc.tokens_of(doc.reading.sentence_of(act.span));
    (0..tokens.len()).any(|at| rules.vocabulary.is(tokens.at(at).word, rules.classes.others))
}

/// Whether the words tell it as a fact: no forecast, no demand, no open point, no denial.
fn is_told(doc: &Doc<'_>, act: &Act) -> bool {
    let reading = doc.reading;
    let unsure = reading.claims.iter().any(|claim| {
        claim.content.holds(act.span) && matches!(claim.stance, Stance::Predicts | Stance::Demands)
    });
    let headline = act.span.start() < reading.title_end();
    !act.negated && !unsure && !headline && !reading.asks.iter().any(|ask| ask.span.meets(act.span))
}

fn sides_on(point: &str, draft: &Draft, matter: &Matter<'_, '_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, doc) in matter.docs.iter().enumerate() {
        let asks: Vec<Span> = draft.sentences_in(doc.id).collect();
        for (sentence, rule) in sides::taken(doc, matter.types, matter.rules) {
            let asked_here = asks.iter().any(|ask| ask.meets(sentence));
            if rule.point == point
                && !asked_here
                && sides::is_on_matter(doc, sentence, matter.types, matter.rules)
            {
                hits.push(Hit {
                    weight: Weight::Partly,
                    doc: index,
                    span: sentence,
                    by: None,
                    side: Some(rule.side.clone()),
                });
                break;
            }
        }
    }
    hits
}
