//! Quotations that articles have from another outlet, looked for in that outlet's own articles.
//!
//! In: the articles of an incident. Out: quotations that are missing there. What holds: nothing is said to
//! be missing where what the outlet printed may not be what was captured: behind a wall, cut short, changed
//! since, in another language, or too old to be meant.

mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::words::Words;
use super::doc::Doc;
use crate::model::article::{Article, BlockKind};
use crate::model::claim::{Claim, Speaker, Via};
use crate::model::entity::NameIx;
use crate::model::finding::Finding;
use crate::model::kb::KnowledgeBase;
use crate::model::quotation::MissingQuotation;
use crate::model::reading::Reading;
use crate::model::source::ArticleId;
use crate::model::text::{Evidence, Span};
use crate::rules::{Rules, Thresholds};

/// Finds the quotations that the outlets named for them do not print, in the order of the claims.
pub(super) fn missing(docs: &[&Doc<'_>], rules: &Rules) -> Vec<MissingQuotation> {
    let outlets: Vec<Option<String>> =
        docs.iter().map(|doc| outlet_key(doc.reading.article.outlet.as_deref()?, rules)).collect();
    let mut found = Vec::new();
    for (doc, own) in docs.iter().zip(&outlets) {
        for claim in doc.reading.claims.iter().filter(|claim| claim.quoted) {
            let named = through(doc, claim);
            if named.is_empty() {
                continue;
            }
            let keys: Vec<Option<String>> =
                named.iter().map(|ix| outlet_key(doc.reading.name_text(*ix), rules)).collect();
            if keys.iter().any(|key| key == own) {
                continue;
            }
            let theirs = |key: &Option<String>| -> Vec<&Doc<'_>> {
                let all = docs.iter().zip(&outlets).filter(|(_, outlet)| *outlet == key);
                all.map(|(doc, _)| *doc).collect()
            };
            let printed: Vec<Vec<&Doc<'_>>> = keys.iter().map(theirs).collect();
            found.extend(missing_in(doc, claim, &named, &printed, &rules.thresholds));
        }
    }
    found
}

/// Outlets a claim is known through, nearest first.
fn through(doc: &Doc<'_>, claim: &Claim) -> Vec<NameIx> {
    let speaker = match claim.speaker {
        Speaker::Outlet(name) => Some(name),
        _ => None,
    };
    let via = claim.via.iter().filter_map(|via| match via {
        Via::Name(name) => Some(*name),
        Via::Phrase(_) => None,
    });
    via.chain(speaker).filter(|name| doc.who(*name).is_some()).collect()
}

/// The longest quotation of a claim, if none of the outlets named for it prints it.
fn missing_in(
    doc: &Doc<'_>,
    claim: &Claim,
    named: &[NameIx],
    printed: &[Vec<&Doc<'_>>],
    t: &Thresholds,
) -> Option<MissingQuotation> {
    let words = quoted(doc, claim.content)
        .into_iter()
        .map(|span| (span, Words::of(doc.reading.words(span))))
        .max_by(|a, b| a.1.length().total_cmp(&b.1.length()))
        .filter(|(_, words)| words.length() >= t.quotation_words);
    let (span, quotation) = words?;
    let mut searched: Vec<&Doc<'_>> = Vec::new();
    for theirs in printed {
        let near: Vec<&Doc<'_>> = theirs.iter().copied().filter(|d| is_near(d, doc, t)).collect();
        let earlier: Vec<&Doc<'_>> = near
            .iter()
            .copied()
            .filter(|d| is_before(&d.reading.article, &doc.reading.article))
            .collect();
        // One article that cannot be read is one in which the words may stand.
        if earlier.is_empty() || !earlier.iter().all(|d| can_tell(d, doc, t)) {
            return None;
        }
        if theirs.iter().any(|d| holds(d, &quotation, t)) {
            return None;
        }
        searched.extend(earlier);
    }
    searched.sort_by_key(|d| (std::cmp::Reverse(d.day), d.id));
    Some(MissingQuotation {
        claim: claim.id,
        words: Evidence { capture: doc.id, span },
        outlet: doc.reading.name_text(*named.first()?).to_string(),
        searched: searched.iter().map(|d| d.id).collect(),
    })
}

/// The parts of a span that stand in double quotation marks, without the marks.
fn quoted(doc: &Doc<'_>, content: Span) -> Vec<Span> {
    let article = &doc.reading.article;
    let Some(block) = article.block_of(content) else { return Vec::new() };
    let start = block.span.start();
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in article.words(block.span).char_indices() {
        let at = start + at;
        match (c, open) {
            ('“' | '「' | '『' | '«' | '„' | '"', None) => open = Some(at + c.len_utf8()),
            ('”' | '」' | '』' | '»' | '"', Some(from)) => {
                let (from, to) = (from.max(content.start()), at.min(content.end()));
                if from < to {
                    found.push(Span::new(from, to));
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether an outlet's article is near enough in time to be the one that is meant.
fn is_near(theirs: &Doc<'_>, repeats: &Doc<'_>, t: &Thresholds) -> bool {
    (repeats.day - theirs.day).num_days().abs() as f64 <= t.quotation_days
}

/// Whether an article came out before another, as far as both say.
fn is_before(theirs: &Article, repeats: &Article) -> bool {
    let (Some(first), Some(second)) = (theirs.published, repeats.published) else { return false };
    let in_order = match (first.moment, second.moment) {
        (Some(first), Some(second)) => first <= second,
        _ => first.day <= second.day,
    };
    in_order && first.is_known() && second.is_known()
}

/// Whether the text of an outlet's article shows what it printed when it was repeated.
fn can_tell(theirs: &Doc<'_>, repeats: &Doc<'_>, t: &Thresholds) -> bool {
    let article = &theirs.reading.article;
    let changed = article.modified.is_some_and(|modified| modified.day > repeats.day);
    article.language == repeats.reading.article.language
        && !article.walled
        && !changed
        && is_whole(article)
        && Words::of(&article.text()).length() >= t.quotation_article
}

/// Whether a text ends as one does that was not cut short: with a full stop that is no ellipsis.
fn is_whole(article: &Article) -> bool {
    let told = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote);
    let Some(last) = article.main_blocks().filter(|block| told(block.kind)).last() else {
        return false;
    };
    let closing =
        |c: char| c.is_whitespace() || matches!(c, '”' | '"' | '」' | '』' | ')' | '）' | '’');
    let end = article.words(last.span).trim_end_matches(closing);
    end.ends_with(['.', '!', '?', '。', '！', '？']) && !end.ends_with("..")
}

fn holds(theirs: &Doc<'_>, quotation: &Words, t: &Thresholds) -> bool {
    Words::of(&theirs.reading.article.body).hold(quotation, t)
}

/// What makes two spellings one outlet.
fn outlet_key(name: &str, rules: &Rules) -> Option<String> {
    let entity = rules.registry.named(name);
    let key = entity.map_or_else(|| name.to_lowercase(), |entity| entity.id.to_string());
    (!key.is_empty()).then_some(key)
}

/// Takes back what an earlier version of a searched article held, and notes the rest.
pub(super) fn note(kb: &mut KnowledgeBase, t: &Thresholds, findings: &mut Vec<Finding>) {
    let asked: Vec<usize> =
        (0..kb.incidents.len()).filter(|at| !lists(kb, *at).is_empty()).collect();
    if asked.is_empty() {
        return;
    }
    let mut earlier: BTreeMap<ArticleId, Vec<&Reading>> = BTreeMap::new();
    for version in kb.lives.earlier.values() {
        earlier.entry(version.article.id).or_default().push(version);
    }
    let held_once = |missing: &MissingQuotation| {
        let quotation = Words::of(kb.words(missing.words));
        let searched = missing.searched.iter().filter_map(|id| kb.reading(*id));
        let mut versions = searched.filter_map(|r| earlier.get(&r.article.id)).flatten();
        versions.any(|version| Words::of(&version.article.body).hold(&quotation, t))
    };
    let kept: Vec<(usize, Vec<MissingQuotation>)> = asked
        .into_iter()
        .map(|at| (at, lists(kb, at).iter().filter(|m| !held_once(m)).cloned().collect()))
        .collect();
    for (at, list) in kept {
        let mut told = BTreeSet::new();
        let new = list.iter().filter(|m| told.insert((kb.words(m.words), m.outlet.as_str())));
        findings.extend(new.filter_map(|missing| finding(kb, missing)));
        if let Some(incident) = kb.incidents.get_mut(at) {
            Arc::make_mut(incident).missing = list;
        }
    }
}

fn lists(kb: &KnowledgeBase, at: usize) -> &[MissingQuotation] {
    kb.incidents.get(at).map_or(&[], |incident| &incident.missing)
}

fn finding(kb: &KnowledgeBase, missing: &MissingQuotation) -> Option<Finding> {
    let url = |id| kb.reading(id).map(|reading| reading.article.url.as_str());
    let there = missing.searched.first().and_then(|id| url(*id))?;
    let message = format!(
        "“{}” is said to be from {}, and does not stand in {there}; compare both",
        kb.words(missing.words),
        missing.outlet
    );
    let finding = Finding::note("missing-quotation", message);
    Some(finding.at(url(missing.words.capture)?).on(missing.words.span))
}
