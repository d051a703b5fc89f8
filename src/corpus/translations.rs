//! Which articles are translations of others: they say so or name the outlet of the original, and give the same
//! names, dates and numbers.
//!
//! In: the articles of an incident. Out: for each the earlier one in another language that it translates. What
//! holds: words that say "translated" are not enough, nor are the same facts: it takes both.

use std::collections::BTreeSet;

use super::doc::Doc;
use crate::model::edtf::Precision;
use crate::model::incident::Derivation;
use crate::rules::{Rules, Thresholds};

/// Numbers up to this are days and small counts, which any two articles share.
const SMALL_NUMBER: u32 = 12;

/// For each article the index of the one it translates.
pub(super) fn find(
    docs: &[&Doc<'_>],
    derivations: &[Derivation],
    rules: &Rules,
) -> Vec<Option<usize>> {
    let first = docs.first().map(|doc| &doc.reading.article.language);
    if docs.iter().all(|doc| Some(&doc.reading.article.language) == first) {
        return vec![None; docs.len()];
    }
    let facts: Vec<BTreeSet<String>> = docs.iter().map(|doc| facts(doc)).collect();
    let each = docs.iter().zip(derivations).zip(&facts);
    each.map(|((doc, derivation), own)| {
        let says = is_said(doc, rules);
        let originals = docs.iter().zip(&facts).enumerate().filter_map(|(at, (other, theirs))| {
            let named = names_outlet(derivation, other);
            let told = says || named && !has_own_root(doc, derivation);
            let alike = alike(own, theirs, named, &rules.thresholds)?;
            (told && can_be_original(other, doc, &rules.thresholds)).then_some((named, alike, at))
        });
        let best =
            originals.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)));
        best.map(|(.., at)| at)
    })
    .collect()
}

/// Whether a text says that it is a translation.
fn is_said(doc: &Doc<'_>, rules: &Rules) -> bool {
    let tokens = &doc.tokens;
    !rules.lexicon.translations.all(tokens, &rules.vocabulary, 0..tokens.len()).is_empty()
}

/// Whether an article names the outlet of another one as its source.
fn names_outlet(derivation: &Derivation, other: &Doc<'_>) -> bool {
    let outlet = other.reading.article.outlet.as_deref();
    derivation.named.iter().any(|who| Some(who.name.as_str()) == outlet)
}

/// Whether it rests on its own reporting.
fn has_own_root(doc: &Doc<'_>, derivation: &Derivation) -> bool {
    let outlet = doc.reading.article.outlet.as_deref();
    derivation.roots.iter().any(|root| Some(root.as_str()) == outlet)
}

/// Whether it came out before, in another language, and not long before.
fn can_be_original(other: &Doc<'_>, doc: &Doc<'_>, t: &Thresholds) -> bool {
    let days = (doc.day - other.day).num_days();
    other.reading.article.language != doc.reading.article.language
        && days >= 0
        && days as f64 <= t.translation_days
}

/// The share of the facts of one text that another one has, if it is enough.
fn alike(
    own: &BTreeSet<String>,
    theirs: &BTreeSet<String>,
    named: bool,
    t: &Thresholds,
) -> Option<f64> {
    let common = own.intersection(theirs).count() as f64;
    let share = common / own.len().max(1) as f64;
    let least = if named { t.translation_share } else { t.translation_unnamed };
    (common >= t.translation_facts && share >= least).then_some(share)
}

/// What a translation leaves as it is: known names, names in Latin letters, days and months, larger numbers.
fn facts(doc: &Doc<'_>) -> BTreeSet<String> {
    let tokens = &doc.tokens;
    let named = doc.reading.mentions.iter().filter_map(|mention| doc.who(mention.name));
    let names = named.filter(|who| who.id.is_some() || who.name.is_ascii()).map(|who| who.key());
    let dates = doc.reading.dates.iter().map(|date| date.value);
    let dates = dates.filter(|date| date.precision() <= Precision::Month).map(|d| d.to_string());
    let numbers = (0..tokens.len()).filter_map(|at| tokens.at(at).number);
    let numbers = numbers.filter(|number| *number > SMALL_NUMBER).map(|n| n.to_string());
    names.chain(dates).chain(numbers).collect()
}
