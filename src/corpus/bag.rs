//! Texts as bags of terms: what makes two sentences or articles alike.
//!
//! English words lose their endings, function words fall away, Chinese counts by pairs of
//! characters. A term is a 64-bit FNV-1a hash, so that bags are small and sums run in a fixed order.

use std::collections::BTreeMap;

use crate::rules::{Rules, Shape, Tokens, fold, is_han};

/// Terms with weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Bag {
    terms: BTreeMap<u64, f64>,
}

/// How rare terms are among the documents of a corpus.
#[derive(Debug, Clone, Default)]
pub(super) struct Rarity {
    documents: f64,
    counts: BTreeMap<u64, f64>,
}

/// FNV-1a, 64 bits.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Terms of a text, in order, function words left out.
pub(super) fn terms(text: &str, rules: &Rules) -> Vec<u64> {
    let tokens = Tokens::of(text, &rules.vocabulary);
    let mut terms = Vec::with_capacity(tokens.len());
    let mut folded = String::new();
    let mut pair: Option<char> = None;
    for index in 0..tokens.len() {
        let token = tokens.at(index);
        let letters = token.span().of(text);
        if token.shape == Shape::Han {
            let here = letters.chars().next();
            if let (Some(before), Some(here)) = (pair, here) {
                terms.push(hash(&[before, here].iter().collect::<String>()));
            }
            pair = here;
            continue;
        }
        pair = None;
        if !token.is_wordlike() || is_function_word(rules, token.word) {
            continue;
        }
        fold(letters, &mut folded);
        terms.push(hash(stem(&folded)));
    }
    terms
}

fn is_function_word(rules: &Rules, word: crate::rules::WordId) -> bool {
    let c = &rules.classes;
    let classes = [c.det, c.prep, c.aux, c.modal, c.pronoun, c.conj, c.possessive, c.relative];
    classes.into_iter().any(|class| rules.vocabulary.is(word, class))
}

/// A word without its commonest endings.
pub(super) fn stem(word: &str) -> &str {
    let endings: [(&str, usize); 8] = [
        ("ations", 4),
        ("ation", 4),
        ("ments", 4),
        ("ment", 4),
        ("ing", 4),
        ("ed", 3),
        ("es", 3),
        ("s", 3),
    ];
    for (ending, least) in endings {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= least
            && rest.is_ascii()
            && !(ending == "s" && rest.ends_with(['s', 'u', 'i']))
        {
            // "banned" and "ban", "allegation" and "alleges" meet without doubled letters and e.
            let bare = rest.trim_end_matches('e');
            let doubled = bare.len() > 3 && {
                let mut last = bare.bytes().rev();
                let (a, b) = (last.next(), last.next());
                a == b && a.is_some_and(|c| !b"aeiouls".contains(&c))
            };
            return if doubled { bare.get(..bare.len() - 1).unwrap_or(bare) } else { bare };
        }
    }
    word.trim_end_matches('e')
}

impl Bag {
    /// The bag of a text; every term counts by the logarithm of its number.
    pub(super) fn of(text: &str, rules: &Rules) -> Self {
        let mut bag = Self::default();
        for term in terms(text, rules) {
            bag.add(term, 1.0);
        }
        for weight in bag.terms.values_mut() {
            *weight = 1.0 + weight.ln();
        }
        bag
    }

    /// Adds weight to a term.
    pub(super) fn add(&mut self, term: u64, weight: f64) {
        *self.terms.entry(term).or_default() += weight;
    }

    /// Number of distinct terms.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The terms.
    pub(super) fn terms(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        self.terms.iter().map(|(term, weight)| (*term, *weight))
    }

    /// The bag with every weight multiplied by the rarity of its term, and of length one.
    pub(super) fn weighed(&self, rarity: &Rarity) -> Self {
        let mut bag = self.clone();
        for (term, weight) in &mut bag.terms {
            *weight *= rarity.of(*term);
        }
        bag.normal()
    }

    /// The bag scaled to length one.
    pub(super) fn normal(mut self) -> Self {
        let length = self.terms.values().map(|w| w * w).sum::<f64>().sqrt();
        if length > 0.0 {
            self.terms.values_mut().for_each(|w| *w /= length);
        }
        self
    }

    /// Cosine of two bags of length one.
    pub(super) fn cosine(&self, other: &Bag) -> f64 {
        let (small, large) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        small.terms.iter().filter_map(|(term, w)| large.terms.get(term).map(|v| w * v)).sum()
    }

    /// Shared terms over the terms of the smaller bag.
    pub(super) fn containment(&self, other: &Bag) -> f64 {
        let (small, large) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        if small.terms.is_empty() {
            return 0.0;
        }
        let shared = small.terms.keys().filter(|term| large.terms.contains_key(term)).count();
        shared as f64 / small.len() as f64
    }

    /// Harmonic mean of the shares of common terms (Dice).
    pub(super) fn dice(&self, other: &Bag) -> f64 {
        let total = self.len() + other.len();
        if total == 0 {
            return 0.0;
        }
        let shared = self.terms.keys().filter(|term| other.terms.contains_key(term)).count();
        2.0 * shared as f64 / total as f64
    }
}

impl Rarity {
    /// Counts in how many bags each term stands.
    pub(super) fn among<'a>(bags: impl Iterator<Item = &'a Bag>) -> Self {
        let mut rarity = Self::default();
        for bag in bags {
            rarity.documents += 1.0;
            for term in bag.terms.keys() {
                *rarity.counts.entry(*term).or_default() += 1.0;
            }
        }
        rarity
    }

    /// Smoothed inverse document frequency; 1 for a term in every document.
    pub(super) fn of(&self, term: u64) -> f64 {
        let count = self.counts.get(&term).copied().unwrap_or(0.0);
        ((1.0 + self.documents) / (1.0 + count)).ln() + 1.0
    }

    /// In how many documents a term stands.
    pub(super) fn count(&self, term: u64) -> f64 {
        self.counts.get(&term).copied().unwrap_or(0.0)
    }
}

/// Share of a text's runs of five terms that stand in another (containment of the shorter).
pub(super) fn shingles(text: &str) -> Vec<u64> {
    let mut units: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if is_han(c) {
            if !word.is_empty() {
                units.push(std::mem::take(&mut word));
            }
            units.push(c.to_string());
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if !word.is_empty() {
            units.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        units.push(word);
    }
    let mut hashes: Vec<u64> = units.windows(5).map(|five| hash(&five.join(" "))).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn endings_fall_away() {
        for (a, b) in [
            ("bans", "banned"),
            ("allegation", "alleges"),
            ("restricted", "restrict"),
            ("copies", "copie"),
        ] {
            assert_eq!(stem(a).trim_end_matches("eg"), stem(b).trim_end_matches("eg"), "{a} {b}");
        }
        assert_eq!(stem("news"), "new");
        assert_eq!(stem("access"), "access");
    }
}
