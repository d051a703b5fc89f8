//! Phrases that the page of the search carries for whoever fills in results: the server, or its script.

use std::collections::BTreeMap;

use crate::model::claim::Stance;
use crate::model::edtf::Edtf;
use crate::model::incident::Status;
use crate::model::query::{DocKind, Field};
use crate::model::question::QuestionState;
use crate::model::source::Language;
use crate::view::calendar;
use crate::view::site::Site;
use crate::view::words;

/// In front of the phrases, on the page.
const CARRIED: &str = "data-phrases=\"";
/// In front of the name of a phrase for one of something.
const ONE: &str = "one:";
/// What is said around results. Each is a row of `data/i18n/`.
const SAID: [&str; 10] = [
    "{n} results",
    "{n} incidents and other things",
    "Nothing on record fits this search.",
    "follow this search:",
    "{n} more",
    "More results",
    "Narrow the search",
    "Did you mean",
    "at character {n}",
    "The search does not work:",
];

/// Phrases of the interface, by their English words; values of fields, by both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrases {
    said: BTreeMap<String, String>,
    chinese: bool,
}

impl Phrases {
    /// The phrases that a page of the search carries.
    pub fn of_page(page: &str) -> Self {
        let carried = page.split_once(CARRIED).and_then(|(_, rest)| rest.split_once('"'));
        let json = carried.map_or(String::new(), |(json, _)| {
            json.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#60;", "<")
                .replace("&#62;", ">")
                .replace("&#38;", "&")
        });
        let said = serde_json::from_str(&json).unwrap_or_default();
        Self { said, chinese: page.contains("<html lang=\"zh") }
    }

    pub(super) fn say<'b>(&'b self, id: &'b str) -> &'b str {
        self.said.get(id).map_or(id, String::as_str)
    }

    pub(super) fn count(&self, number: usize, id: &str) -> String {
        let one = self.said.get(&format!("{ONE}{id}")).filter(|_| number == 1);
        one.map_or_else(|| self.say(id), String::as_str).replace("{n}", &number.to_string())
    }

    /// What a value of a field is called, where the interface has words for it.
    pub(super) fn value(&self, field: Field, key: &str) -> Option<&str> {
        self.said.get(&named(field, key)).map(String::as_str)
    }

    /// A date of the index as people write it.
    pub(super) fn date(&self, edtf: &str) -> String {
        let language = if self.chinese { Language::Zh } else { Language::En };
        let date = Edtf::parse(edtf);
        date.map_or_else(|| edtf.to_string(), |date| calendar::date(&language, date))
    }

    /// Whether they are Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        self.chinese
    }
}

/// Under which name the words of a value are carried.
fn named(field: Field, key: &str) -> String {
    format!("{}:{key}", field.word())
}

/// The phrases of a site's search, as its page carries them.
pub(super) fn carried(site: &Site<'_>) -> String {
    let words = &site.words;
    let headings = Field::WORDS.iter().map(|(field, _)| words::field(*field));
    let mut said: BTreeMap<String, String> =
        SAID.into_iter().chain(headings).map(|id| (id.into(), words.say(id).into())).collect();
    for id in SAID.into_iter().filter(|id| id.contains("{n}")) {
        said.insert(format!("{ONE}{id}"), words.count(1, id));
    }
    let mut put = |field, key: &str, name: &str| said.insert(named(field, key), name.into());
    for kind in DocKind::ALL {
        put(Field::Kind, kind.word(), words.say(words::found(kind)));
    }
    for kind in site.types() {
        put(Field::Type, &kind.id, &site.type_name(&kind.id));
    }
    for (word, status) in Status::WORDS {
        put(Field::Status, word, words.say(words::status(status)));
    }
    for stance in Stance::ALL {
        put(Field::Stance, stance.word(), words.say(words::stance(stance)));
    }
    for state in QuestionState::ALL {
        put(Field::Question, state.word(), words.say(words::question_state(state)));
    }
    for (code, name) in [("en", "English"), ("zh", "Chinese")] {
        put(Field::Lang, code, words.say(name));
    }
    serde_json::to_string(&said).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_told_in_the_language_of_their_page() {
        let page =
            "<html lang=\"zh-Hans\"><p data-phrases=\"{&#34;kind:claim&#34;:&#34;陈述&#34;}\">";
        let phrases = Phrases::of_page(page);
        assert_eq!(phrases.value(Field::Kind, "claim"), Some("陈述"));
        assert_eq!(phrases.date("2026-01-10/2026-01-11"), "2026年1月10日至11日");
        let phrases = Phrases::default();
        assert_eq!(phrases.date("2025-02-03/.."), "since 3 February 2025");
        assert_eq!(phrases.count(1, "{n} more"), "1 more");
    }
}
