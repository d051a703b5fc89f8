//! Sentences that take up what a question asks, in whatever words, of either language.
//!
//! In: a question and the articles of its incident. Out: the sentence of each article that most likely bears on it. What
//! holds: a word weighs by how few sentences have it; words of two languages meet in senses alone; how much the
//! clues tell was learned, and stands in rows; what is a forecast, a demand, a silence or itself a question, what was
//! known before, and what an article tells that still asks, answers nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::clues::{self, Asked, Candidate, TakenUp, claims};
use super::passages::Passage;
use super::{DENIED, Hit, Matter, Weight};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::corpus::questions::Draft;
use crate::corpus::senses::Meaning;
use crate::corpus::statement;
use crate::model::article::BlockKind;
use crate::model::claim::Stance;
use crate::model::text::Span;
use crate::rules::{AnswerRule, Rules, Tokens, is_han};

/// What a question asks in one wording, without the names of those it is about.
pub(super) struct Wording {
    pub meaning: Meaning,
    /// Whether it is of Chinese words.
    pub han: bool,
}

/// The best sentence of every article that bears on a question.
pub(super) fn find(draft: &Draft, rows: &[&AnswerRule], matter: &Matter<'_, '_>) -> Vec<Hit> {
    let rules = matter.rules;
    let asked = Asked {
        draft,
        matter,
        index: matter.passages.index(matter.docs, rules),
        rows,
        wordings: wordings(draft, rules),
        counted: clues::counted(draft, rules),
        past: asks_of_before(draft, rules),
    };
    near(&asked).into_values().filter_map(|passages| best(&passages, &asked)).collect()
}

/// The sentence of an article that most likely bears on a question.
fn best<'c, 'a>(
    passages: &[(TakenUp, &'c Doc<'a>, &'c Passage)],
    asked: &Asked<'c, 'a>,
) -> Option<Hit> {
    let rules = asked.matter.rules;
    let number = asked.rows.iter().any(|row| row.number);
    let most = passages.iter().map(|(taken_up, ..)| taken_up.rarity).fold(0.0, f64::max);
    let mut likely: Vec<(f64, Candidate<'c, 'a>)> = Vec::new();
    for (taken_up, doc, passage) in passages.iter().copied() {
        let candidate = Candidate { doc, passage, taken_up, best: taken_up.rarity >= most };
        let probability = rules.clues.probability(|clue| asked.clue(clue, &candidate));
        if probability >= rules.thresholds.bears_on && (passage.counts || !number) {
            likely.push((probability, candidate));
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = likely.into_iter().find(|(_, candidate)| answers(candidate, asked));
    best.map(|(probability, candidate)| hit(probability, &candidate, asked))
}

/// Sentences of articles younger than a question that take up anything of it, by article.
fn near<'c, 'a>(
    asked: &Asked<'c, 'a>,
) -> BTreeMap<usize, Vec<(TakenUp, &'c Doc<'a>, &'c Passage)>> {
    let terms = asked.wordings.iter().flat_map(|wording| wording.meaning.terms());
    let near: BTreeSet<usize> = terms.flat_map(|term| asked.index.holding(term)).copied().collect();
    let mut by_article: BTreeMap<usize, Vec<(TakenUp, &Doc<'_>, &Passage)>> = BTreeMap::new();
    for passage in near.into_iter().filter_map(|at| asked.index.passages.get(at)) {
        let Some(doc) = asked.matter.docs.get(passage.doc) else { continue };
        if doc.day <= asked.draft.last_raised() || asked.draft.docs.contains(&passage.doc) {
            continue;
        }
        let taken_up = asked.taken_up(doc, passage);
        if taken_up.rarity > 0.0 {
            by_article.entry(passage.doc).or_default().push((taken_up, *doc, passage));
        }
    }
    by_article
}

/// All wordings of a question; beside one of the program's own the sentences it was taken from say more than they ask.
fn wordings(draft: &Draft, rules: &Rules) -> Vec<Wording> {
    let variants = draft.variants.iter().filter(|_| !draft.worded);
    let texts = std::iter::once(&draft.text).chain(variants);
    texts.map(|text| wording(text, draft, rules)).collect()
}

fn wording(text: &str, draft: &Draft, rules: &Rules) -> Wording {
    let names: Vec<Bag> = draft.about.iter().map(|who| Bag::of(&who.name, rules)).collect();
    let is_name = |words: &str| {
        let bag = Bag::of(words, rules);
        bag.len() > 0 && names.iter().any(|name| bag.terms().all(|(term, _)| name.holds(term)))
    };
    let tokens = Tokens::of(text, &rules.vocabulary);
    let spans = (0..tokens.len()).map(|at| tokens.span(at..at + 1));
    let apart: Vec<Span> = spans.filter(|span| is_name(span.of(text))).collect();
    Wording { meaning: Meaning::of(text, &tokens, &apart, rules), han: text.chars().any(is_han) }
}

/// Whether a question asks for what was before it: "Did it know?", "How many were copied?"
fn asks_of_before(draft: &Draft, rules: &Rules) -> bool {
    let tokens = Tokens::of(&draft.text, &rules.vocabulary);
    (0..tokens.len()).any(|at| rules.vocabulary.is(tokens.at(at).word, rules.classes.asks_past))
}

/// Whether a sentence can be an answer: it tells, and tells something new.
fn answers(candidate: &Candidate<'_, '_>, asked: &Asked<'_, '_>) -> bool {
    let (doc, span) = (candidate.doc, candidate.passage.span);
    let closed = claims(doc, candidate.passage).any(|claim| {
        use Stance::{Declines, Demands, Predicts, Silent};
        matches!(claim.stance, Silent | Declines | Predicts | Demands)
    });
    let block = doc.reading.article.block_of(span);
    let heads = block.is_some_and(|block| block.kind == BlockKind::Heading);
    let open = doc.reading.asks.iter().any(|ask| ask.span.meets(span));
    !closed && !heads && !open && !is_known(candidate.passage, asked)
}

/// Whether another article said much the same before the question was last asked.
fn is_known(passage: &Passage, asked: &Asked<'_, '_>) -> bool {
    let least = asked.matter.rules.thresholds.told_before;
    let mut earlier = asked.index.passages.iter().filter(|other| {
        let docs = asked.matter.docs;
        other.doc != passage.doc
            && docs.get(other.doc).is_some_and(|doc| doc.day <= asked.draft.last_raised())
    });
    earlier.any(|other| passage.meaning.likeness(&other.meaning, false) >= least)
}

fn hit(probability: f64, candidate: &Candidate<'_, '_>, asked: &Asked<'_, '_>) -> Hit {
    let Candidate { doc, passage, .. } = candidate;
    let claims = || claims(doc, passage);
    // Who denies one thing and grants another in one sentence does not simply deny.
    let denied = claims().next().is_some() && claims().all(|c| c.stance == Stance::Denies);
    let alleged = denied || claims().any(|claim| claim.stance == Stance::Alleges);
    // What has not been done is as open as before; "did it?" is answered by that.
    let undone = passage.denies && !asked.past;
    // What names none of those asked about is too loose to close anything.
    let settles = probability >= asked.matter.rules.thresholds.settles_by
        && !asked.draft.about.is_empty()
        && !(alleged || undone || passage.unsure);
    Hit {
        weight: if settles { Weight::Fully } else { Weight::Partly },
        doc: passage.doc,
        span: passage.span,
        by: claims().find_map(|claim| statement::voice(doc, claim)),
        side: denied.then(|| DENIED.to_string()),
    }
}
