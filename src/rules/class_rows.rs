//! The rows of `lexicon/classes/`, read into the vocabulary.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::inflect::Verbs;
use super::lexer::fold;
use super::load::{self, Layer, Located, Row};
use super::token::Tokens;
use super::vocabulary::{self, Vocabulary, WordId};
use crate::model::finding::Finding;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassRow {
    id: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, i32>,
}

impl Row for ClassRow {
    const TABLE: &'static str = "class";
    fn id(&self) -> &str {
        &self.id
    }
}

/// Reads the rows of `lexicon/classes/` into the vocabulary.
pub(super) fn load(
    layers: &[Layer<'_>],
    verbs: &Verbs,
    vocabulary: &mut Vocabulary,
    faults: &mut Vec<Finding>,
) {
    for Located { row, place } in load::table::<ClassRow>(layers, "lexicon/classes/", faults) {
        let Some(class) = vocabulary.add_class(&row.id) else {
            let message = format!("more than {} classes; merge some", vocabulary::CLASSES_MAX);
            faults.push(Finding::error("too-many-classes", message).at(place));
            return;
        };
        let mut forms = Vec::new();
        for verb in &row.verbs {
            match verbs.forms(verb) {
                Ok(found) => {
                    note_base(&found, vocabulary);
                    forms.extend(found);
                }
                Err(message) => faults.push(Finding::error("bad-row", message).at(place.clone())),
            }
        }
        let plain = row.words.iter().cloned().chain(forms).map(|word| (word, None));
        let valued = row.values.iter().map(|(word, value)| (word.clone(), Some(*value)));
        for (word, value) in plain.chain(valued) {
            match words_of(&word, vocabulary).as_slice() {
                [single] => vocabulary.join(*single, class, value),
                // A word of the vocabulary that holds hyphens is one token from here on.
                _ if is_hyphenated(&word) => {
                    let mut folded = String::new();
                    fold(&word, &mut folded);
                    let single = vocabulary.add(&folded);
                    vocabulary.join(single, class, value);
                }
                _ => faults.push(
                    Finding::error(
                        "bad-row",
                        format!("“{word}” is more than one word; a class holds single words"),
                    )
                    .at(place.clone()),
                ),
            }
        }
    }
}

/// "start-up": words joined by hyphens, without space.
fn is_hyphenated(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    parts.len() > 1 && parts.iter().all(|p| !p.is_empty() && p.chars().all(char::is_alphanumeric))
}

/// Puts the plain form of a verb into the class of plain forms, unless its past is the same word.
pub(super) fn note_base(forms: &[String], vocabulary: &mut Vocabulary) {
    let Some((base, others)) = forms.split_first().filter(|(base, rest)| !rest.contains(base))
    else {
        return;
    };
    if others.is_empty() {
        return;
    }
    if let Some(class) = vocabulary.add_class("base-verb") {
        let word = vocabulary.add(base);
        vocabulary.join(word, class, None);
    }
}

/// The words of a phrase, added to the vocabulary.
pub(super) fn words_of(phrase: &str, vocabulary: &mut Vocabulary) -> Vec<WordId> {
    let tokens = Tokens::of(phrase, vocabulary);
    let mut folded = String::new();
    (0..tokens.len())
        .map(|index| {
            fold(tokens.at(index).span().of(phrase), &mut folded);
            vocabulary.add(&folded)
        })
        .collect()
}
