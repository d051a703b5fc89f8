//! Phrases of the interface in every language it speaks: rows of `data/i18n/`.
//!
//! A phrase is named by its English words, so that templates read as pages do. What holds: a phrase
//! that is not in the data is printed as it is named.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::load::{Layer, Row, table};
use crate::model::finding::Finding;
use crate::model::source::Language;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageRow {
    id: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    one: String,
    #[serde(default)]
    zh: String,
}

impl Row for MessageRow {
    const TABLE: &'static str = "message";
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Debug, Clone, Default)]
struct Phrase {
    en: String,
    one: String,
    zh: String,
}

/// All phrases by their English words.
#[derive(Debug, Clone, Default)]
pub struct Messages {
    by_id: BTreeMap<String, Phrase>,
}

impl Messages {
    /// Loads the phrases; one whose parts in braces differ between languages is a fault.
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let mut by_id = BTreeMap::new();
        for located in table::<MessageRow>(layers, "i18n/", faults) {
            let MessageRow { id, en, one, zh } = located.row;
            for text in [&en, &zh].into_iter().filter(|text| !text.is_empty()) {
                if parts(text) != parts(&id) {
                    let message =
                        format!("“{text}” has other parts in braces than “{id}”; use the same");
                    let fault = Finding::error("bad-message", message);
                    faults.push(fault.at(located.place.clone()));
                }
            }
            by_id.insert(id, Phrase { en, one, zh });
        }
        Self { by_id }
    }

    /// A phrase in a language; as it is named where the data has no words for it.
    pub fn say<'a>(&'a self, language: &Language, id: &'a str) -> &'a str {
        let found = self.by_id.get(id).map(|phrase| match language {
            Language::Zh => phrase.zh.as_str(),
            Language::En | Language::Other(_) => phrase.en.as_str(),
        });
        found.filter(|text| !text.is_empty()).unwrap_or(id)
    }

    /// The form of a phrase for one of something.
    pub fn say_one<'a>(&'a self, language: &Language, id: &'a str) -> &'a str {
        let one = self.by_id.get(id).map(|phrase| phrase.one.as_str());
        match (language, one) {
            (Language::En, Some(one)) if !one.is_empty() => one,
            _ => self.say(language, id),
        }
    }

    /// Every phrase with its Chinese words, by name.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_id.iter().map(|(id, phrase)| (id.as_str(), phrase.zh.as_str()))
    }
}

/// The names in braces, in order.
fn parts(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(n, _)| n).collect();
    names.sort_unstable();
    names
}
