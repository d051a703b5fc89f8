//! What a sentence shows of whether it bears on a question.
//!
//! In: a sentence of an incident and a question. Out: one number for each [`Clue`]. What holds: they are read from the
//! sentence, the question and what was known when it was asked; what comes out later changes none but how rare a
//! word is.

use super::Matter;
use super::bearing::Wording;
use super::passages::{Index, Passage};
use crate::corpus::bag::{Bag, Term};
use crate::corpus::doc::Doc;
use crate::corpus::questions::Draft;
use crate::corpus::statement;
use crate::model::claim::{Claim, Stance};
use crate::model::source::Language;
use crate::model::text::Span;
use crate::rules::{AnswerRule, Clue, Rules, Shape, Tokens};

/// How many words that stand nowhere else are as many as can be told: more of them tell nothing more.
const TAKEN_UP_MAX: f64 = 4.0;
/// Fewest words, senses and names that a sentence shares with a question that has so many.
const SHARED_MIN: usize = 2;
/// How rare one word must be to do beside the name of one asked about.
const ALONE_MIN: f64 = 0.6;
/// Words between a number and what it counts: "3,112 cargo lists".
const COUNT_GAP: usize = 4;

/// A question, worked out to be compared with every sentence.
pub(super) struct Asked<'c, 'a> {
    pub draft: &'c Draft,
    pub matter: &'c Matter<'c, 'a>,
    pub index: &'c Index,
    pub rows: &'c [&'c AnswerRule],
    pub wordings: Vec<Wording>,
    /// What it asks the number of.
    pub counted: Option<Term>,
    /// Whether it asks for what was before it.
    pub past: bool,
}

/// How much of a question a sentence takes up.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub(super) struct TakenUp {
    /// By how few sentences have each word and sense, from none to one.
    pub rarity: f64,
    /// The same, of all that the question asks.
    pub share: f64,
}

/// A sentence beside a question.
pub(super) struct Candidate<'c, 'a> {
    pub doc: &'c Doc<'a>,
    pub passage: &'c Passage,
    pub taken_up: TakenUp,
    /// Whether no sentence of its article takes up more.
    pub best: bool,
}

impl<'c, 'a> Asked<'c, 'a> {
    /// How much of the question a sentence takes up: of the wording of which it is most; one word is none of it but
    /// a rare one in a sentence that names one of those asked about.
    pub(super) fn taken_up(&self, doc: &Doc<'_>, passage: &Passage) -> TakenUp {
        let han = doc.reading.article.language == Language::Zh;
        let rarity = |terms: &[Term]| terms.iter().map(|t| self.index.rarity(*t)).sum::<f64>();
        let taken_up = self.wordings.iter().map(|wording| {
            let abroad = wording.han != han;
            let shared = wording.meaning.common(&passage.meaning, abroad);
            let least = SHARED_MIN.min(wording.meaning.comparable(abroad).count());
            let alone = || rarity(&shared) >= ALONE_MIN && self.is_named(doc, passage.span);
            let enough = shared.len() >= least || shared.len() + 1 == least && alone();
            let taken = if enough { rarity(&shared) } else { 0.0 };
            let all: Vec<Term> = wording.meaning.terms().collect();
            TakenUp {
                rarity: taken.min(TAKEN_UP_MAX) / TAKEN_UP_MAX,
                share: taken / rarity(&all).max(1.0),
            }
        });
        taken_up.reduce(|best, next| if next > best { next } else { best }).unwrap_or_default()
    }

    fn is_named(&self, doc: &Doc<'_>, sentence: Span) -> bool {
        doc.names(sentence).any(|who| self.draft.about.contains(who))
    }

    /// What a sentence shows of it.
    pub(super) fn clue(&self, clue: Clue, of: &Candidate<'c, 'a>) -> f64 {
        let Candidate { doc, passage, taken_up, best } = *of;
        let (draft, span) = (self.draft, passage.span);
        let claims = || claims(doc, passage);
        let earlier = || days(doc, passage).any(|day| day <= draft.last_raised());
        let acts = |named: fn(&AnswerRule) -> &Vec<String>| {
            let mut acts = doc.reading.acts.iter().filter(|act| act.span.meets(span));
            acts.any(|act| {
                let named =
                    |row: &&AnswerRule| named(row).iter().any(|id| id == act.predicate.as_str());
                self.rows.iter().any(named)
            })
        };
        let holds = match clue {
            Clue::Base => true,
            Clue::TakenUp => return taken_up.rarity,
            Clue::Share => return taken_up.share,
            Clue::YesOrNo => {
                claims().any(|c| matches!(c.stance, Stance::Confirms | Stance::Denies))
            }
            Clue::Down => return down(doc, passage),
            Clue::Best => best,
            Clue::Counts => passage.counts,
            Clue::CountsAsked => {
                self.counted.is_some_and(|thing| counts(doc, span, thing, self.matter.rules))
            }
            Clue::EarlierDay => earlier(),
            Clue::EarlierDayAsked => self.past && earlier(),
            Clue::Denies => passage.denies,
            Clue::Own => claims().any(|claim| {
                statement::house(doc, claim).is_some_and(|(who, _)| self.draft.about.contains(&who))
            }),
            Clue::Named => self.is_named(doc, span),
            Clue::Settling => acts(|row| &row.settled_by),
            Clue::Bearing => acts(|row| &row.borne_by),
        };
        f64::from(u8::from(holds))
    }
}

/// Who says what in a sentence.
pub(super) fn claims<'d>(
    doc: &'d Doc<'_>,
    passage: &'d Passage,
) -> impl Iterator<Item = &'d Claim> {
    doc.reading.claims.iter().filter(|claim| claim.sentence == passage.span)
}

/// What a question asks the number of: of "How many lists …?" lists.
pub(super) fn counted(draft: &Draft, rules: &Rules) -> Option<Term> {
    let tokens = Tokens::of(&draft.text, &rules.vocabulary);
    let hits = rules.lexicon.answers.all(&tokens, &rules.vocabulary, 0..tokens.len());
    let (_, hit) = hits.into_iter().find(|(row, _)| row.meaning.number)?;
    let thing = Bag::of(tokens.at(hit.range.end).span().of(&draft.text), rules);
    thing.terms().next().map(|(term, _)| term)
}

/// Whether a sentence gives a number of a thing: "It counts 3,112 cargo lists".
fn counts(doc: &Doc<'_>, sentence: Span, thing: Term, rules: &Rules) -> bool {
    let (tokens, words) = (doc.tokens_of(sentence), doc.reading.words(sentence));
    let numbers = (0..tokens.len()).filter(|at| tokens.at(*at).shape == Shape::Number);
    let mut near = numbers.flat_map(|at| at + 1..=at + COUNT_GAP);
    near.any(|at| Bag::of(tokens.at(at).span().of(words), rules).holds(thing))
}

/// The first days of what a sentence dates.
fn days<'d>(
    doc: &'d Doc<'_>,
    passage: &'d Passage,
) -> impl Iterator<Item = chrono::NaiveDate> + 'd {
    let dates = doc.reading.dates.iter().filter(|date| passage.span.holds(date.span));
    dates.filter_map(|date| date.value.first())
}

fn down(doc: &Doc<'_>, passage: &Passage) -> f64 {
    let sentences = &doc.reading.sentences;
    let before = sentences.partition_point(|sentence| sentence.start() < passage.span.start());
    before as f64 / sentences.len().max(1) as f64
}
