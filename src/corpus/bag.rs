//! Texts as bags of terms: what makes two sentences or articles alike.
//!
//! English words lose their endings, function words fall away, Chinese counts by pairs of
//! characters. A term is a folded FNV-1a hash, so that bags are small and sums run in a fixed order.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::rules::{Rules, Shape, Tokens, fold, is_han};

/// A term: a folded hash of its letters.
pub(super) type Term = u32;

/// Terms with weights, in order of the terms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Bag {
    terms: Vec<(Term, f32)>,
}

/// FNV-1a, 64 bits.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The term of some letters.
pub(super) fn term(letters: &str) -> Term {
    let wide = hash(letters);
    (wide ^ (wide >> 32)) as u32
}

/// Terms of a text, in order, function words left out.
pub(super) fn terms(text: &str, rules: &Rules) -> Vec<Term> {
    terms_apart(text, &Tokens::of(text, &rules.vocabulary), rules, |_| false)
}

/// The same of a text's tokens but those left out.
pub(super) fn terms_apart(
    text: &str,
    tokens: &Tokens,
    rules: &Rules,
    left_out: impl Fn(usize) -> bool,
) -> Vec<Term> {
    let mut terms = Vec::with_capacity(tokens.len());
    let mut folded = String::new();
    let mut pair: Option<char> = None;
    for index in 0..tokens.len() {
        let token = tokens.at(index);
        if left_out(index) {
            pair = None;
            continue;
        }
        let letters = token.span().of(text);
        if token.shape == Shape::Han {
            let here = letters.chars().next();
            if let (Some(before), Some(here)) = (pair, here) {
                terms.push(term(&[before, here].iter().collect::<String>()));
            }
            pair = here;
            continue;
        }
        pair = None;
        if !token.is_wordlike() || is_function_word(rules, token.word) {
            continue;
        }
        fold(letters, &mut folded);
        terms.push(term(stem(&folded)));
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
        Self::counted(terms(text, rules).into_iter().map(|term| (term, 1.0)))
    }

    /// The bag of counted terms; every term counts by the logarithm of its sum.
    pub(super) fn counted(terms: impl Iterator<Item = (Term, f32)>) -> Self {
        let mut bag = Self::summed(terms);
        for (_, weight) in &mut bag.terms {
            *weight = 1.0 + weight.max(1.0).ln();
        }
        bag
    }

    /// The bag of weighted terms; the weights of one term add up.
    pub(super) fn summed(terms: impl Iterator<Item = (Term, f32)>) -> Self {
        let mut list: Vec<(Term, f32)> = terms.collect();
        // Stable, so that equal terms are added up in the order they came in.
        list.sort_by_key(|(term, _)| *term);
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        list.shrink_to_fit();
        Self { terms: list }
    }

    /// Number of distinct terms.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The terms with their weights, in order.
    pub(super) fn terms(&self) -> impl Iterator<Item = (Term, f32)> + '_ {
        self.terms.iter().copied()
    }

    /// Whether a term is in it.
    pub(super) fn holds(&self, term: Term) -> bool {
        self.terms.binary_search_by_key(&term, |(term, _)| *term).is_ok()
    }

    /// Terms that both hold, with their weights here and there.
    pub(super) fn common<'a>(
        &'a self,
        other: &'a Bag,
    ) -> impl Iterator<Item = (Term, f32, f32)> + 'a {
        let (mut i, mut j) = (0, 0);
        std::iter::from_fn(move || {
            while let (Some((a, x)), Some((b, y))) = (self.terms.get(i), other.terms.get(j)) {
                match a.cmp(b) {
                    Ordering::Less => i += 1,
                    Ordering::Greater => j += 1,
                    Ordering::Equal => {
                        (i, j) = (i + 1, j + 1);
                        return Some((*a, *x, *y));
                    }
                }
            }
            None
        })
    }

    /// The bag with every weight multiplied, scaled to length one.
    pub(super) fn weighed(&self, factor: impl Fn(Term) -> f64) -> Self {
        let mut bag = self.clone();
        for (term, weight) in &mut bag.terms {
            *weight *= factor(*term) as f32;
        }
        let length = bag.terms.iter().map(|(_, w)| f64::from(*w).powi(2)).sum::<f64>().sqrt();
        if length > 0.0 {
            bag.terms.iter_mut().for_each(|(_, w)| *w = (f64::from(*w) / length) as f32);
        }
        bag
    }

    /// The terms that none of other bags holds.
    pub(super) fn without(&self, others: &[Bag]) -> Self {
        let kept = |(term, _): &(Term, f32)| !others.iter().any(|other| other.holds(*term));
        Self { terms: self.terms.iter().copied().filter(kept).collect() }
    }

    /// Cosine of two bags of length one.
    pub(super) fn cosine(&self, other: &Bag) -> f64 {
        self.common(other).map(|(_, a, b)| f64::from(a) * f64::from(b)).sum()
    }

    /// Shared terms over the terms of the smaller bag.
    pub(super) fn containment(&self, other: &Bag) -> f64 {
        let least = self.len().min(other.len());
        if least == 0 {
            return 0.0;
        }
        self.common(other).count() as f64 / least as f64
    }

    /// Harmonic mean of the shares of common terms (Dice).
    pub(super) fn dice(&self, other: &Bag) -> f64 {
        let total = self.len() + other.len();
        if total == 0 {
            return 0.0;
        }
        2.0 * self.common(other).count() as f64 / total as f64
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
