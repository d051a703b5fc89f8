//! Words by which an article of one incident points at another: "in response to the suit".

use crate::corpus::doc::Doc;
use crate::corpus::topic;
use crate::model::claim::Stance;
use crate::model::entity::{EntityKind, Who};
use crate::model::relation::Allusion;
use crate::model::text::{Evidence, Span};
use crate::rules::{Pointing, Rules};

/// Most allusions kept of one article.
const KEPT_MAX: usize = 12;

/// The allusions of an article, in order of the text.
pub(in crate::corpus) fn of(doc: &Doc<'_>, rules: &Rules) -> Vec<Allusion> {
    let table = &rules.lexicon.relations;
    let tokens = &doc.tokens;
    let hits = table.all(tokens, &rules.vocabulary, 0..tokens.len());
    let found = hits.into_iter().filter_map(|(row, hit)| {
        let rule = &row.meaning;
        let cue = tokens.span(hit.range);
        let sentence = doc.reading.sentence_of(cue);
        if rule.ties.is_empty() || sentence == cue || is_denied(doc, cue) {
            return None;
        }
        let there = match rule.points {
            Pointing::After => Span::new(cue.end(), sentence.end()),
            Pointing::Before => Span::new(sentence.start(), cue.start()),
            Pointing::Around => sentence,
        };
        let types = types(doc, there, rules);
        let words = Evidence { capture: doc.id, span: sentence };
        let ties = rule.ties.clone();
        (!types.is_empty()).then(|| Allusion { ties, words, named: houses(doc, there), types })
    });
    found.take(KEPT_MAX).collect()
}

/// Types of the deeds told in a span, and of the nouns that name incidents there.
fn types(doc: &Doc<'_>, there: Span, rules: &Rules) -> Vec<String> {
    let nouns = rules.lexicon.matters.all(&doc.tokens, &rules.vocabulary, doc.tokens.inside(there));
    let mut types = topic::of_words(doc, there, rules);
    types.extend(nouns.into_iter().map(|(row, _)| row.meaning.clone()));
    types.into_iter().collect()
}

/// Whether somebody denies it: "denied that the ban was in response to the suit".
fn is_denied(doc: &Doc<'_>, cue: Span) -> bool {
    let mut claims = doc.reading.claims.iter();
    claims.any(|claim| claim.stance == Stance::Denies && claim.sentence.holds(cue))
}

/// Organisations and authorities named in a span, makers for their products, each once.
fn houses(doc: &Doc<'_>, there: Span) -> Vec<Who> {
    let mentions = doc.reading.mentions.iter().filter(|mention| there.holds(mention.span));
    let mut named: Vec<Who> = Vec::new();
    for mention in mentions {
        let who = doc.who(mention.name).into_iter().chain(doc.owner(mention.name));
        for who in who {
            let house = matches!(who.kind, EntityKind::Organization | EntityKind::Government);
            if house && !named.contains(who) {
                named.push(who.clone());
            }
        }
    }
    named
}
