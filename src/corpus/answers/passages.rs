//! The sentences of an incident as what they speak of: worked out once, compared with every question.
//!
//! In: the articles of an incident. Out: their sentences below the headlines, and where each word and sense stands.
//! What holds: they are read when the first question is compared with them, in the order of the articles.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::corpus::bag::Term;
use crate::corpus::doc::Doc;
use crate::corpus::senses::Meaning;
use crate::model::text::Span;
use crate::rules::{Rules, Shape};

/// A sentence and what it speaks of.
pub(super) struct Passage {
    /// Index of its article.
    pub doc: usize,
    pub span: Span,
    /// What it speaks of, without the names.
    pub meaning: Meaning,
    /// Whether it holds a number that is no part of a date.
    pub counts: bool,
    /// Whether it holds a word of denial.
    pub denies: bool,
    /// Whether it tells of what may be, is meant to be or would be.
    pub unsure: bool,
}

/// The sentences of all articles, in order, and which of them hold each term.
pub(super) struct Index {
    pub passages: Vec<Passage>,
    holders: BTreeMap<Term, Vec<usize>>,
}

/// The sentences of all articles, read when they are first needed.
#[derive(Default)]
pub(in crate::corpus) struct Passages {
    index: OnceCell<Index>,
}

impl Passages {
    /// The sentences of the articles of an incident.
    pub(super) fn index(&self, docs: &[&Doc<'_>], rules: &Rules) -> &Index {
        self.index.get_or_init(|| Index::of(docs, rules))
    }
}

impl Index {
    fn of(docs: &[&Doc<'_>], rules: &Rules) -> Self {
        let each = docs.iter().enumerate();
        let passages: Vec<Passage> =
            each.flat_map(|(index, doc)| passages(index, doc, rules)).collect();
        let mut holders: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
        for (at, passage) in passages.iter().enumerate() {
            passage.meaning.terms().for_each(|term| holders.entry(term).or_default().push(at));
        }
        Self { passages, holders }
    }

    /// Places of the sentences that hold a term.
    pub(super) fn holding(&self, term: Term) -> &[usize] {
        self.holders.get(&term).map(Vec::as_slice).unwrap_or_default()
    }

    /// How rare a term is: the logarithm of how few sentences hold it, of that for a single one.
    pub(super) fn rarity(&self, term: Term) -> f64 {
        let all = self.passages.len() as f64;
        let held = self.holding(term).len() as f64;
        (1.0 + all / held.max(1.0)).ln() / (1.0 + all).ln()
    }
}

/// The sentences of an article below its headline.
fn passages(index: usize, doc: &Doc<'_>, rules: &Rules) -> Vec<Passage> {
    let reading = doc.reading;
    let body = reading.sentences.iter().filter(|s| s.start() >= reading.title_end());
    let passages = body.map(|span| {
        let tokens = doc.tokens_of(*span);
        let named = reading.mentions.iter().filter(|mention| span.holds(mention.span));
        let local = |part: Span| Span::new(part.start() - span.start(), part.end() - span.start());
        let apart: Vec<Span> = named.map(|mention| local(mention.span)).collect();
        let c = &rules.classes;
        let holds = |classes: &[_]| {
            let mut words = (0..tokens.len()).map(|at| tokens.at(at).word);
            words.any(|word| classes.iter().any(|class| rules.vocabulary.is(word, *class)))
        };
        let dates = reading.dates.iter().filter(|date| span.holds(date.span));
        let dated: Vec<Span> = dates.map(|date| local(date.span)).collect();
        let each = (0..tokens.len()).filter(|at| tokens.at(*at).shape == Shape::Number);
        let mut numbers = each.map(|at| tokens.at(at).span());
        Passage {
            doc: index,
            span: *span,
            meaning: Meaning::of(reading.words(*span), &tokens, &apart, rules),
            counts: numbers.any(|number| !dated.iter().any(|date| date.meets(number))),
            denies: holds(&[c.not, c.han_not]),
            unsure: holds(&[c.modal, c.han_modal, c.maybe, c.intends]),
        }
    });
    passages.collect()
}
