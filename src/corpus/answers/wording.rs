//! Later sentences that take a question's words up: told as fact, or said by a party concerned.

use std::collections::BTreeSet;

use super::bearing;
use super::passages::Passage;
use super::{DENIED, Hit, Matter, Weight};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::corpus::questions::Draft;
use crate::corpus::statement;
use crate::model::claim::{Claim, Stance};
use crate::model::entity::Who;
use crate::model::text::Span;
use crate::rules::{Rules, Shape, Tokens};

/// Words between a number and what it counts: "3,112 cargo lists".
const COUNT_GAP: usize = 4;
/// Fewest words of a sentence that says anything.
const TERMS_MIN: usize = 4;

/// The best sentence of every later article.
pub(super) fn find(draft: &Draft, number: bool, matter: &Matter<'_, '_>) -> Vec<Hit> {
    let later = matter
        .docs
        .iter()
        .enumerate()
        .filter(|(index, doc)| doc.day > draft.last_raised() && !draft.docs.contains(index));
    // "Will it drop the model?" is not answered by other deeds with the model.
    let wordings = bearing::wordings(draft, matter.rules);
    let past = bearing::asks_of_before(draft, matter.rules);
    let does = |passage: &Passage| past || wordings.iter().any(|one| one.is_done_in(passage));
    later.filter_map(|(index, doc)| best(index, doc, draft, number, &does, matter)).collect()
}

fn best(
    index: usize,
    doc: &Doc<'_>,
    draft: &Draft,
    number: bool,
    does: &dyn Fn(&Passage) -> bool,
    matter: &Matter<'_, '_>,
) -> Option<Hit> {
    let rules = matter.rules;
    let t = &rules.thresholds;
    let reading = doc.reading;
    let mut hits: Vec<(f64, Hit)> = Vec::new();
    for passage in matter.passages.index(matter.docs, rules).of_article(index) {
        let sentence = &passage.span;
        let claims: Vec<&Claim> =
            reading.claims.iter().filter(|c| c.sentence == *sentence).collect();
        let closed = claims.iter().any(|claim| {
            matches!(
                claim.stance,
                Stance::Silent | Stance::Declines | Stance::Predicts | Stance::Demands
            )
        });
        // What has not been done, as the article itself tells it, is as open as before.
        let undone = claims.is_empty() && passage.denies;
        if closed || undone || reading.asks.iter().any(|ask| ask.span.meets(*sentence)) {
            continue;
        }
        let words = &passage.words;
        let share = taken_up(&draft.words, words);
        let beside = taken_up(&draft.beside, words);
        let parties: BTreeSet<&Who> = reading
            .mentions
            .iter()
            .filter(|mention| sentence.holds(mention.span))
            .filter_map(|mention| doc.who(mention.name))
            .collect();
        let party = draft.about.iter().any(|who| parties.contains(who));
        let counted = number && counts_the_same(draft, doc, *sentence, rules);
        let counts = counted || number && passage.counts;
        if !counted && share < if counts { t.counts } else { t.bears }
            || beside < t.beside && !counts
            || number && !counts
            || !party && !counts
            || !does(passage) && !counts
            || words.len() < TERMS_MIN
        {
            continue;
        }
        let act = reading.acts.iter().any(|act| act.span.meets(*sentence));
        let by = claims.iter().find_map(|claim| statement::house(doc, claim).map(|(who, _)| who));
        let own = by.as_ref().is_some_and(|who| draft.about.contains(who))
            && claims.iter().any(|claim| {
                matches!(claim.stance, Stance::Confirms | Stance::Denies | Stance::Announces)
            });
        let settles = counts || share >= t.settles && act && (own || claims.is_empty());
        let denied = claims.iter().any(|claim| claim.stance == Stance::Denies);
        let side = if denied { DENIED } else { "held" };
        hits.push((
            share,
            Hit {
                weight: if settles { Weight::Fully } else { Weight::Partly },
                doc: index,
                span: *sentence,
                by: claims.iter().find_map(|claim| statement::voice(doc, claim)),
                side: Some(side.to_string()),
            },
        ));
    }
    hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.span.cmp(&b.1.span)));
    hits.into_iter().next().map(|(_, hit)| hit)
}

/// Whether a sentence gives a number of what the question asks the number of: "How many lists …?",
/// "It counts 3,112 cargo lists".
fn counts_the_same(draft: &Draft, doc: &Doc<'_>, sentence: Span, rules: &Rules) -> bool {
    let asked = Tokens::of(&draft.text, &rules.vocabulary);
    let hits = rules.lexicon.answers.all(&asked, &rules.vocabulary, 0..asked.len());
    let Some((_, hit)) = hits.into_iter().find(|(row, _)| row.meaning.number) else { return false };
    let thing = asked.at(hit.range.end).span().of(&draft.text);
    if thing.is_empty() {
        return false;
    }
    let thing = Bag::of(thing, rules);
    let (tokens, sentence) = (doc.tokens_of(sentence), doc.reading.words(sentence));
    (0..tokens.len()).filter(|at| tokens.at(*at).shape == Shape::Number).any(|at| {
        (at + 1..=at + COUNT_GAP).any(|next| {
            thing.len() > 0
                && thing.containment(&Bag::of(tokens.at(next).span().of(sentence), rules)) == 1.0
        })
    })
}

/// Share of the question's words that a sentence takes up.
fn taken_up(question: &Bag, sentence: &Bag) -> f64 {
    question.common(sentence).count() as f64 / question.len().max(1) as f64
}
