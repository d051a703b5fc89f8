//! Later sentences that take up what a question asks in other words, or in another language.
//!
//! In: a question and the later articles of its incident. Out: the sentence of each that takes up most of it. What
//! holds: a word weighs by how few sentences have it; a sentence that does not tell what was asked to be done counts
//! half, and so does what only the sentence before says; words of two languages meet in senses alone; what was
//! known before the question was asked answers nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::passages::{Index, Passage};
use super::{DENIED, Hit, Matter, Weight};
use crate::corpus::bag::{Bag, Term};
use crate::corpus::doc::Doc;
use crate::corpus::questions::Draft;
use crate::corpus::senses::{self, Meaning};
use crate::corpus::statement;
use crate::model::article::BlockKind;
use crate::model::claim::{Claim, Stance};
use crate::model::source::Language;
use crate::model::text::Span;
use crate::rules::{Rules, Tokens, is_han};

/// Fewest words, senses and names that a sentence shares with a question that has so many.
const SHARED_MIN: usize = 2;
/// Sentences of an article that are looked at, best first.
const TRIED_MAX: usize = 3;

/// What a question asks in one wording, without the names of those it is about.
pub(super) struct Wording {
    meaning: Meaning,
    /// What is to be done: the first verb.
    deed: Vec<Term>,
    /// Whether it is of Chinese words.
    han: bool,
}

impl Wording {
    /// Whether a sentence tells what is to be done, in whatever words; where nothing is, any does.
    pub(super) fn is_done_in(&self, passage: &Passage) -> bool {
        self.deed.is_empty() || passage.meaning.terms().any(|term| self.deed.contains(&term))
    }
}

/// The best sentence of every later article.
pub(super) fn find(draft: &Draft, number: bool, matter: &Matter<'_, '_>) -> Vec<Hit> {
    let index = matter.passages.index(matter.docs, matter.rules);
    let wordings = wordings(draft, matter.rules);
    let terms = wordings.iter().flat_map(|wording| wording.meaning.terms());
    let near: BTreeSet<usize> = terms.flat_map(|term| index.holding(term)).copied().collect();
    let mut bearing: BTreeMap<usize, Vec<(f64, &Passage)>> = BTreeMap::new();
    for at in near {
        let Some((passage, doc)) = place(at, index, matter) else { continue };
        if doc.day <= draft.last_raised() || draft.docs.contains(&passage.doc) {
            continue;
        }
        let named = || doc.names(passage.span).any(|who| draft.about.contains(who));
        let han = doc.reading.article.language == Language::Zh;
        let shares = wordings.iter().map(|wording| share(wording, at, named, han, index));
        let share = shares.fold(0.0, f64::max);
        if share >= matter.rules.thresholds.takes_up && (passage.counts || !number) {
            bearing.entry(passage.doc).or_default().push((share, passage));
        }
    }
    let best = bearing.into_values().filter_map(|mut passages| {
        passages.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.span.cmp(&b.1.span)));
        let mut best = passages.into_iter().take(TRIED_MAX);
        let best = best.find(|(_, passage)| answers(passage, draft, index, matter));
        best.and_then(|(share, passage)| hit(share, passage, draft, matter))
    });
    best.collect()
}

fn place<'c, 'a>(
    at: usize,
    index: &'c Index,
    matter: &'c Matter<'_, 'a>,
) -> Option<(&'c Passage, &'c Doc<'a>)> {
    let passage = index.passages.get(at)?;
    Some((passage, matter.docs.get(passage.doc)?))
}

/// All wordings of a question.
pub(super) fn wordings(draft: &Draft, rules: &Rules) -> Vec<Wording> {
    let texts = std::iter::once(&draft.text).chain(&draft.variants);
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
    let c = &rules.classes;
    let verb = (0..tokens.len()).find(|at| {
        let is = |class| rules.vocabulary.is(tokens.at(*at).word, class);
        is(c.verb) && !is(c.aux) && !is(c.modal)
    });
    let deed = verb.map(|at| senses::split(text, &tokens, at..at + 1, &apart, rules));
    Wording {
        meaning: Meaning::of(text, &tokens, &apart, rules),
        deed: deed.map(|(senses, terms)| [senses, terms].concat()).unwrap_or_default(),
        han: text.chars().any(is_han),
    }
}

/// How much of a wording a sentence takes up, from none to all.
fn share(wording: &Wording, at: usize, named: impl Fn() -> bool, han: bool, index: &Index) -> f64 {
    let Some(passage) = index.passages.get(at) else { return 0.0 };
    let (asked, abroad) = (&wording.meaning, wording.han != han);
    let here = asked.common(&passage.meaning, abroad);
    let mut around = index.before(at).map(|b| asked.common(&b.meaning, abroad)).unwrap_or_default();
    around.retain(|term| !here.contains(term));
    let least = SHARED_MIN.min(asked.comparable(false).count());
    let deed_alone = least > 1 && here.iter().all(|term| wording.deed.contains(term));
    let shared = here.len() + around.len();
    let enough = shared >= least || shared + 1 == least && named();
    if here.is_empty() || deed_alone || !enough {
        return 0.0;
    }
    let weigh = |terms: &[Term]| terms.iter().map(|term| index.weight(*term)).sum::<f64>();
    let whole: Vec<Term> = asked.comparable(abroad).collect();
    let share = (weigh(&here) + weigh(&around) / 2.0) / weigh(&whole);
    let does = here.iter().any(|term| wording.deed.contains(term));
    if does || wording.han { share } else { share / 2.0 }
}

/// Whether a sentence can be an answer: it tells, it tells something new, and of those the question is about.
fn answers(passage: &Passage, draft: &Draft, index: &Index, matter: &Matter<'_, '_>) -> bool {
    let Some(doc) = matter.docs.get(passage.doc) else { return false };
    let (reading, span) = (doc.reading, passage.span);
    let closed = claims(doc, span).any(|claim| {
        use Stance::{Declines, Demands, Predicts, Silent};
        matches!(claim.stance, Silent | Declines | Predicts | Demands)
    });
    let block = reading.article.block_of(span);
    let heads = block.is_some_and(|block| block.kind == BlockKind::Heading);
    let open = reading.asks.iter().any(|ask| ask.span.meets(span));
    // What has not been done is as open as before; "did it?" is answered by that, and by what was.
    let awaited = !asks_of_before(draft, matter.rules);
    let old = awaited && (passage.denies || is_old(doc, span, draft));
    let about = draft.about.is_empty() || doc.names(span).any(|who| draft.about.contains(who));
    let tells = !closed && !heads && !open && !old && !passage.unsure;
    tells && about && !is_known(passage, draft, index, matter)
}

/// Whether a question asks for what was before it: "Did it know?", "How many were copied?"
pub(super) fn asks_of_before(draft: &Draft, rules: &Rules) -> bool {
    let tokens = Tokens::of(&draft.text, &rules.vocabulary);
    (0..tokens.len()).any(|at| rules.vocabulary.is(tokens.at(at).word, rules.classes.asks_past))
}

/// Whether a sentence gives a day that had begun when the question was last asked.
fn is_old(doc: &Doc<'_>, span: Span, draft: &Draft) -> bool {
    let mut dates = doc.reading.dates.iter().filter(|date| span.holds(date.span));
    dates.any(|date| date.value.first().is_some_and(|first| first <= draft.last_raised()))
}

/// Whether an article said much the same before the question was last asked.
fn is_known(passage: &Passage, draft: &Draft, index: &Index, matter: &Matter<'_, '_>) -> bool {
    let least = matter.rules.thresholds.told_before;
    let earlier = index.passages.iter().filter(|other| {
        matter.docs.get(other.doc).is_some_and(|doc| doc.day <= draft.last_raised())
    });
    earlier.into_iter().any(|other| passage.meaning.likeness(&other.meaning, false) >= least)
}

fn hit(share: f64, passage: &Passage, draft: &Draft, matter: &Matter<'_, '_>) -> Option<Hit> {
    let doc = matter.docs.get(passage.doc)?;
    let claims = || claims(doc, passage.span);
    // Who denies one thing and grants another in one sentence does not simply deny.
    let denied = claims().next().is_some() && claims().all(|c| c.stance == Stance::Denies);
    let alleged = denied || claims().any(|claim| claim.stance == Stance::Alleges);
    // What names none of those asked about is too loose to close anything.
    let settles =
        share >= matter.rules.thresholds.settles_weighed && !draft.about.is_empty() && !alleged;
    Some(Hit {
        weight: if settles { Weight::Fully } else { Weight::Partly },
        doc: passage.doc,
        span: passage.span,
        by: claims().find_map(|claim| statement::voice(doc, claim)),
        side: denied.then(|| DENIED.to_string()),
    })
}

fn claims<'d>(doc: &'d Doc<'_>, sentence: Span) -> impl Iterator<Item = &'d Claim> {
    doc.reading.claims.iter().filter(move |claim| claim.sentence == sentence)
}
