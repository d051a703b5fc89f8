//! Texts as runs of words, whatever their case, quotation marks, dashes and spaces.

use std::collections::HashMap;

use crate::rules::{Thresholds, fold, is_han};

/// Most words of a quotation that are compared.
const COMPARED_MAX: usize = 200;
/// Most places at which a run of words is tried: who repeats one word a thousand times says nothing.
const PLACES_MAX: usize = 64;

/// The words of a text; each Chinese character is one.
pub(super) struct Words {
    list: Vec<String>,
}

impl Words {
    /// Cuts a text; what stands in square brackets was put in by whoever quotes.
    pub(super) fn of(text: &str) -> Self {
        let mut list = Vec::new();
        let (mut word, mut folded) = (String::new(), String::new());
        let mut inserted = false;
        let mut end = |word: &mut String, list: &mut Vec<String>| {
            if !word.is_empty() {
                fold(word, &mut folded);
                list.push(std::mem::take(&mut folded));
                word.clear();
            }
        };
        for c in text.chars() {
            match c {
                '[' | ']' | '［' | '］' => {
                    end(&mut word, &mut list);
                    inserted = matches!(c, '[' | '［');
                }
                _ if inserted => {}
                '\'' | '’' | '‘' => {}
                _ if is_han(c) => {
                    end(&mut word, &mut list);
                    list.push(c.to_string());
                }
                _ if c.is_alphanumeric() => word.push(c),
                _ => end(&mut word, &mut list),
            }
        }
        end(&mut word, &mut list);
        Self { list }
    }

    /// How much is said, in words; two Chinese characters count as one.
    pub(super) fn length(&self) -> f64 {
        self.list.iter().map(|word| weight(word)).sum()
    }

    /// Whether these words hold a quotation, or a long enough run or share of it.
    pub(super) fn hold(&self, quotation: &Words, t: &Thresholds) -> bool {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, word) in self.list.iter().enumerate() {
            let list = places.entry(word.as_str()).or_default();
            if list.len() < PLACES_MAX {
                list.push(at);
            }
        }
        let quoted = quotation.list.get(..COMPARED_MAX).unwrap_or(&quotation.list);
        let run_from = |from: usize| -> usize {
            let first = quoted.get(from).map(String::as_str).unwrap_or("");
            let runs = places.get(first).into_iter().flatten().map(|at| {
                let here = quoted.iter().skip(from);
                here.zip(self.list.iter().skip(*at)).take_while(|(a, b)| a == b).count()
            });
            runs.max().unwrap_or(0)
        };
        let (mut at, mut covered, mut all) = (0, 0.0, 0.0);
        while at < quoted.len() {
            let run = run_from(at).max(1);
            let length: f64 = quoted.iter().skip(at).take(run).map(|word| weight(word)).sum();
            if length >= t.quotation_run {
                return true;
            }
            if length >= t.quotation_piece {
                covered += length;
            }
            all += length;
            at += run;
        }
        covered >= t.quotation_share * all
    }
}

fn weight(word: &str) -> f64 {
    if word.chars().next().is_some_and(is_han) { 0.5 } else { 1.0 }
}
