//! Words of opposite sides on one point: "all products" and "only the add-on".

use std::collections::BTreeSet;

use super::{Accounts, best, few_of_a_point};
use crate::corpus::bag::Bag;
use crate::corpus::doc::Doc;
use crate::corpus::senses::Meaning;
use crate::corpus::{statement, topic};
use crate::model::claim::{Claim, Stance};
use crate::model::entity::{EntityKind, Who};
use crate::model::incident::Contradiction;
use crate::model::text::Span;
use crate::rules::{ContrastRule, Rules, Shape};

/// Most pairs shown for one incident.
const SHOWN_MAX: usize = 8;
/// Most pairs of a point that the incident is about; of any other the plainest is enough.
const OF_ONE_POINT_MAX: usize = 3;
/// Fewest senses and terms of two sentences that are alike whomever they name.
const SHARED_MIN: usize = 3;

/// A sentence that takes a side.
struct Side<'a> {
    doc: usize,
    sentence: Span,
    rule: &'a ContrastRule,
    /// Who is reported to say so.
    by: Option<Who>,
    words: Bag,
    meaning: Meaning,
    parties: BTreeSet<Who>,
    matters: BTreeSet<String>,
}

/// Pairs of sentences on opposite sides of a point.
pub(super) fn opposed(accounts: &Accounts<'_, '_>) -> Vec<Contradiction> {
    let mut sides: Vec<Side<'_>> = Vec::new();
    let mut found = Vec::new();
    for (index, doc) in accounts.docs.iter().enumerate() {
        let open = |sentence: Span, at: usize| {
            use Stance::{Declines, Silent};
            let quiet = |claim: &&Claim| matches!(claim.stance, Silent | Declines);
            let mut claims = doc.reading.claims.iter().filter(quiet);
            let there = |span: Span| span.start() <= at && at < span.end();
            claims.any(|claim| sentence.holds(claim.content) && there(claim.content))
        };
        let taken = taken_at(doc, accounts.types, accounts.rules).into_iter();
        for (sentence, rule, at) in taken.filter(|(sentence, _, at)| !open(*sentence, *at)) {
            if rule.refers {
                found.extend(answered_before(index, doc, (sentence, at), rule, accounts));
            } else {
                let clause = clause(doc, sentence, at);
                sides.push(side(index, doc, clause, rule, accounts));
            }
        }
    }
    let mut scored: Vec<(f64, Contradiction)> = Vec::new();
    for (i, a) in sides.iter().enumerate() {
        for b in sides.iter().skip(i + 1) {
            let opposite = a.rule.point == b.rule.point && a.rule.side != b.rule.side;
            // In one article two voices can differ.
            if a.doc == b.doc && a.by == b.by || !opposite {
                continue;
            }
            if let Some(score) = on_one_point(a, b, accounts) {
                let rule = format!("contrast/{}", a.rule.point.to_lowercase());
                let pair = accounts.between(
                    (a.doc, a.sentence),
                    (b.doc, b.sentence),
                    a.rule.point.clone(),
                    &rule,
                );
                scored.extend(pair.map(|c| (score, c)));
            }
        }
    }
    // Of each point and pair of articles the plainest opposition is enough, of each point a few.
    let plainest = best(scored, usize::MAX, |c| {
        (c.topic.clone(), c.a.capture.min(c.b.capture), c.a.capture.max(c.b.capture))
    });
    let main = accounts.rules.lexicon.contrasts.rows().iter().map(|row| &row.meaning);
    let main: BTreeSet<&str> = main.filter(|r| r.on_matter).map(|r| r.point.as_str()).collect();
    let most = |point: &str| if main.contains(point) { OF_ONE_POINT_MAX } else { 1 };
    found.extend(few_of_a_point(plainest, most).take(SHOWN_MAX));
    found
}

/// How surely two sides speak of one point, if they do.
fn on_one_point(a: &Side<'_>, b: &Side<'_>, accounts: &Accounts<'_, '_>) -> Option<f64> {
    let (da, db) = (accounts.doc(a.doc)?, accounts.doc(b.doc)?);
    let abroad = da.reading.article.language != db.reading.article.language;
    let t = &accounts.rules.thresholds;
    let far = (da.day - db.day).num_days().abs() as f64 > t.news_days;
    if far {
        return None;
    }
    let shared = a.meaning.common(&b.meaning, abroad).len();
    let sense = if shared < SHARED_MIN { 0.0 } else { a.meaning.likeness(&b.meaning, abroad) };
    let likeness = a.words.dice(&b.words);
    let parties = a.parties.intersection(&b.parties).count();
    let matter = a.matters.intersection(&b.matters).any(|kind| accounts.types.contains(kind));
    let alike = match a.rule.on_matter || b.rule.on_matter {
        true => likeness >= t.same_point && parties >= 1 || parties >= 2 || matter,
        // Whether it is the same warning, the same data, words beside the point have to say.
        false if abroad => parties >= 2 || sense >= t.same_sense,
        false => likeness >= t.same_point && parties >= 1 || sense >= t.same_sense,
    };
    // Two who are quoted against each other are surer than an article's own words.
    let voices = a.by.is_some() && b.by.is_some() && a.by != b.by;
    let sure = f64::from(u8::from(matter)) + f64::from(u8::from(voices));
    let score = likeness.max(if abroad { sense } else { 0.0 }) + parties as f64 * 0.1 + sure * 0.2;
    alike.then_some(score)
}

/// The sentences of an article that take a side, each point once a sentence.
pub(in crate::corpus) fn taken<'r>(
    doc: &Doc<'_>,
    types: &[String],
    rules: &'r Rules,
) -> Vec<(Span, &'r ContrastRule)> {
    taken_at(doc, types, rules).into_iter().map(|(sentence, rule, _)| (sentence, rule)).collect()
}

/// The same, with the byte at which the words begin.
fn taken_at<'r>(
    doc: &Doc<'_>,
    types: &[String],
    rules: &'r Rules,
) -> Vec<(Span, &'r ContrastRule, usize)> {
    let reading = doc.reading;
    let mut found: Vec<(Span, &ContrastRule, usize)> = Vec::new();
    for sentence in reading.sentences.iter().filter(|s| s.start() >= reading.title_end()) {
        let tokens = doc.tokens_of(*sentence);
        let hits = rules.lexicon.contrasts.all(&tokens, &rules.vocabulary, 0..tokens.len());
        for (row, hit) in hits {
            let rule = &row.meaning;
            let fits = rule.types.is_empty() || rule.types.iter().any(|kind| types.contains(kind));
            let told = found.iter().any(|(s, r, _)| s == sentence && r.point == rule.point);
            if fits && !told {
                let at = sentence.start() + tokens.at(hit.range.start).start();
                found.push((*sentence, rule, at));
            }
        }
    }
    found
}

/// Whether a sentence speaks of one of the incident's matters.
pub(in crate::corpus) fn is_on_matter(
    doc: &Doc<'_>,
    sentence: Span,
    types: &[String],
    rules: &Rules,
) -> bool {
    topic::of(doc, sentence, rules).iter().any(|kind| types.contains(kind))
}

/// The part of a sentence between semicolons and colons that holds a byte.
fn clause(doc: &Doc<'_>, sentence: Span, at: usize) -> Span {
    let words = doc.reading.words(sentence);
    let local = at - sentence.start();
    let marks = [';', '；', '：'];
    let before = words.get(..local).unwrap_or("");
    let start = before.rmatch_indices(marks).next().map_or(0, |(byte, mark)| byte + mark.len());
    let rest = words.get(local..).unwrap_or("");
    let end = rest.find(marks).map_or(words.len(), |byte| local + byte);
    let span = Span::new(sentence.start() + start, sentence.start() + end);
    span.trim(&doc.reading.article.body)
}

fn side<'r>(
    index: usize,
    doc: &Doc<'_>,
    sentence: Span,
    rule: &'r ContrastRule,
    accounts: &Accounts<'_, '_>,
) -> Side<'r> {
    let reading = doc.reading;
    let named = reading.mentions.iter().filter(|m| sentence.holds(m.span));
    // A product stands for its maker as well.
    let parties = named
        .flat_map(|m| [doc.who(m.name), doc.owner(m.name)])
        .flatten()
        .filter(|who| who.kind != EntityKind::Place)
        .cloned()
        .collect();
    let mut matters = topic::of(doc, sentence, accounts.rules);
    // "Only the add-on is affected" speaks of the main matter without naming it.
    if matters.is_empty() {
        matters.extend(accounts.types.first().cloned());
    }
    let said = reading
        .claims
        .iter()
        .filter(|claim| claim.content.holds(sentence) || sentence.holds(claim.content));
    let by = said.min_by_key(|claim| claim.content.start());
    let text = reading.words(sentence);
    let tokens = doc.tokens_of(sentence);
    Side {
        doc: index,
        sentence,
        rule,
        by: by.and_then(|claim| statement::voice(doc, claim)),
        words: doc.bag(sentence, accounts.rules),
        meaning: Meaning::of(text, &tokens, &[], accounts.rules),
        parties,
        matters,
    }
}

/// "Orison put the number at three" answers the number right before it, in its sentence or in the
/// one before.
fn answered_before(
    index: usize,
    doc: &Doc<'_>,
    (sentence, at): (Span, usize),
    rule: &ContrastRule,
    accounts: &Accounts<'_, '_>,
) -> Option<Contradiction> {
    let reading = doc.reading;
    let counts = |span: Span| {
        let tokens = doc.tokens_of(span);
        (0..tokens.len()).any(|at| tokens.at(at).shape == Shape::Number)
    };
    let head = Span::new(sentence.start(), at);
    let cut = reading.words(head).rfind([';', ',', '；', '，']).map(|byte| sentence.start() + byte);
    let own = cut.map(|cut| (Span::new(sentence.start(), cut), Span::new(cut + 1, sentence.end())));
    let (first, second) = match own.filter(|(first, _)| counts(*first)) {
        Some(halves) => halves,
        None => {
            let block = reading.article.block_of(sentence)?.span;
            let before = |s: &&Span| s.end() <= sentence.start() && block.holds(**s);
            let first = reading.sentences.iter().rev().find(before)?;
            (*first, sentence)
        }
    };
    let text = &reading.article.body;
    let pair = ((index, first.trim(text)), (index, second.trim(text)));
    let rule_id = format!("contrast/{}", rule.point.to_lowercase());
    counts(first).then(|| accounts.between(pair.0, pair.1, rule.point.clone(), &rule_id)).flatten()
}
