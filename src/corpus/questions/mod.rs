//! Open points across the articles of one incident.
//!
//! In: what each article leaves open. Out: questions with all their wordings, each asked once. What
//! holds: wordings that mean one thing are one question; a silence is a question to the silent party
//! about the matter it is silent on.

mod clause;
mod direct;
mod drafting;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use drafting::{Around, drafted, stands_alone};

use super::bag::Bag;
use super::doc::Doc;
use super::statement::Statement;
use crate::model::edtf::Edtf;
use crate::model::entity::Who;
use crate::model::history::History;
use crate::model::id::Key;
use crate::model::party::Party;
use crate::model::question::{Question, QuestionId, QuestionState};
use crate::model::reading::AskKind;
use crate::model::source::{CaptureId, Language};
use crate::model::text::{Evidence, Span};
use crate::rules::Rules;

/// A question in the making.
pub(super) struct Draft {
    pub text: String,
    pub variants: Vec<String>,
    /// Whether the program words it: nobody wrote the text.
    pub worded: bool,
    pub kind: AskKind,
    pub about: BTreeSet<Who>,
    pub topics: BTreeSet<String>,
    pub due: Option<Edtf>,
    pub raised: Vec<(NaiveDate, Evidence)>,
    pub words: Bag,
    /// The same without the names of those it is about, who are named in every second sentence.
    pub beside: Bag,
    /// Families of `answers/` its words belong to.
    pub families: BTreeSet<String>,
    /// The language it was first asked in.
    pub language: Language,
    /// Indexes of the articles that ask.
    pub docs: BTreeSet<usize>,
}

impl Draft {
    /// The day it was first asked.
    pub(super) fn first_raised(&self) -> NaiveDate {
        self.raised.iter().map(|(day, _)| *day).min().unwrap_or(NaiveDate::MAX)
    }

    /// The day it was last asked.
    pub(super) fn last_raised(&self) -> NaiveDate {
        self.raised.iter().map(|(day, _)| *day).max().unwrap_or(NaiveDate::MAX)
    }

    /// Where an article asks it.
    pub(super) fn sentences_in(&self, article: CaptureId) -> impl Iterator<Item = Span> + '_ {
        let here = self.raised.iter().filter(move |(_, place)| place.capture == article);
        here.map(|(_, place)| place.span)
    }
}

/// Gathers and merges the open points of an incident.
pub(super) fn gather(
    docs: &[&Doc<'_>],
    types: &[String],
    parties: &[Party],
    said: &[Statement<'_>],
    rules: &Rules,
) -> Vec<Draft> {
    let around = Around { types, parties, said, rules };
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        for ask in &doc.reading.asks {
            let asked = drafted(index, doc, ask, &around).into_iter();
            for draft in asked.filter(|draft| stands_alone(draft, rules)) {
                let home = drafts.iter().position(|other| same(other, &draft, rules));
                match home.and_then(|i| drafts.get_mut(i)) {
                    Some(other) => join(other, draft),
                    None => drafts.push(draft),
                }
            }
        }
    }
    drafts
}

/// The finished question, still without answers.
///
/// The same words in two incidents are two questions: `home` is the incident's first article.
pub(super) fn finished(draft: &Draft, home: &str) -> Question {
    let mut raised = draft.raised.clone();
    raised.sort();
    Question {
        id: Key::of(&["question", home, &draft.text]),
        text: draft.text.clone(),
        variants: draft.variants.clone(),
        kind: draft.kind,
        raised: raised.into_iter().map(|(_, evidence)| evidence).collect(),
        about: draft.about.iter().cloned().collect(),
        due: draft.due,
        answers: Vec::new(),
        state: History::starting(QuestionState::Open),
    }
}

/// Gives questions of the same words ids of their own: the first keeps the plain one.
pub(super) fn tell_apart(questions: &mut [Question], home: &str) {
    let mut seen: BTreeMap<QuestionId, usize> = BTreeMap::new();
    for question in questions {
        let nth = seen.entry(question.id).or_default();
        *nth += 1;
        if *nth > 1 {
            question.id = Key::of(&["question", home, &question.text, &nth.to_string()]);
        }
    }
}

fn same(a: &Draft, b: &Draft, rules: &Rules) -> bool {
    if a.kind == AskKind::NoResponse && b.kind == AskKind::NoResponse {
        return a.text == b.text;
    }
    let waits = a.kind == AskKind::Pending && b.kind == AskKind::Pending;
    if waits && a.due.is_some() && a.due == b.due {
        // Two things due on one day to the same party are one until somebody tells them apart.
        let nobody = a.about.is_empty() || b.about.is_empty();
        return nobody || a.about.intersection(&b.about).next().is_some();
    }
    // An article that names two days speaks of two things.
    if waits && a.due.is_some() && b.due.is_some() && !a.docs.is_disjoint(&b.docs) {
        return false;
    }
    let pending = (a.kind == AskKind::Pending) != (b.kind == AskKind::Pending);
    let parties =
        a.about.is_empty() || b.about.is_empty() || a.about.intersection(&b.about).next().is_some();
    let silence = (a.kind == AskKind::NoResponse) != (b.kind == AskKind::NoResponse);
    if pending || !parties {
        return false;
    }
    if silence {
        // "X has not addressed the claim" asks what "How will X respond to the claim?" asks.
        let (silent, worded) = if a.kind == AskKind::NoResponse { (a, b) } else { (b, a) };
        return worded.about.len() <= 2
            && super::answers::asks_for_statement(&worded.text, rules)
            && worded.about.intersection(&silent.about).next().is_some()
            && worded.topics.intersection(&silent.topics).next().is_some()
            && silent.about.iter().all(|who| !super::answers::is_accuser(worded, who));
    }
    // Words of two languages meet in what they ask.
    let foreign = a.language != b.language;
    if foreign && a.families.intersection(&b.families).next().is_some() {
        return true;
    }
    let dice = a.words.dice(&b.words);
    let contained = a.words.containment(&b.words);
    let topics = a.topics.intersection(&b.topics).next().is_some();
    // Two names alone make no common question.
    let named_only =
        a.beside.common(&b.beside).next().is_none() && a.beside.len() > 1 && b.beside.len() > 1;
    let both = a.about.intersection(&b.about).count() >= 2;
    let t = &rules.thresholds;
    if named_only {
        return false;
    }
    dice >= t.same_question
        || contained >= t.question_contained
        || topics && both && dice >= t.same_question_parties
}

/// A question asked in so many words lends its wording to the others.
fn join(home: &mut Draft, other: Draft) {
    let rank = |kind: AskKind| match kind {
        AskKind::Explicit => 0,
        AskKind::Whether => 1,
        AskKind::Uncertain => 2,
        AskKind::Pending => 3,
        AskKind::NoResponse => 4,
    };
    let better = (rank(other.kind), other.text.len()) < (rank(home.kind), home.text.len());
    if better {
        let old = std::mem::replace(&mut home.text, other.text.clone());
        home.variants.extend(Some(old).filter(|_| !home.worded));
        home.worded = other.worded;
        home.words = other.words.clone();
        home.beside = other.beside.clone();
        home.kind = other.kind;
    } else if other.text != home.text && !other.worded {
        home.variants.push(other.text.clone());
    }
    home.variants.extend(other.variants);
    home.variants.sort();
    home.variants.dedup();
    let text = home.text.clone();
    home.variants.retain(|variant| *variant != text);
    home.about.extend(other.about);
    home.topics.extend(other.topics);
    home.due = home.due.or(other.due);
    home.raised.extend(other.raised);
    home.raised.sort();
    home.raised.dedup();
    home.docs.extend(other.docs);
    home.families.extend(other.families);
}
