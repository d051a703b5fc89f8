//! The interface in one language: phrases, counts, dates, names and headlines.
//!
//! What holds: what the data has no words for is printed in English, and whoever prints it can ask
//! in which language it stands.

use chrono::NaiveDate;

use super::calendar;
use crate::model::date::Modifier;
use crate::model::edtf::Edtf;
use crate::model::entity::{Entity, EntityKind, Who};
use crate::model::incident::{Dispute, Incident};
use crate::model::source::Language;
use crate::rules::Rules;

/// One language of the interface.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The language.
    pub language: &'a Language,
    rules: &'a Rules,
}

impl<'a> Wording<'a> {
    /// The interface in a language.
    pub fn new(rules: &'a Rules, language: &'a Language) -> Self {
        Self { language, rules }
    }

    /// The same interface in another language.
    pub fn in_language(&self, language: &'a Language) -> Self {
        Self { language, rules: self.rules }
    }

    /// Whether it is Chinese.
    pub fn is_chinese(&self) -> bool {
        *self.language == Language::Zh
    }

    /// BCP 47 tag of the language.
    pub fn tag(&self) -> &'static str {
        if self.is_chinese() { "zh-Hans" } else { "en" }
    }

    /// A phrase, named by its English words.
    pub fn say<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.rules.presentation.messages.say(self.language, id)
    }

    /// A phrase with its parts in braces filled in.
    pub fn fill(&self, id: &str, parts: &[(&str, &str)]) -> String {
        filled(self.rules.presentation.messages.say(self.language, id), parts)
    }

    /// A phrase with `{n}` in it: "1 article", "3 articles".
    pub fn count(&self, number: usize, id: &str) -> String {
        let phrase = match number {
            1 => self.rules.presentation.messages.say_one(self.language, id),
            _ => self.rules.presentation.messages.say(self.language, id),
        };
        filled(phrase, &[("n", &grouped(number))])
    }

    /// "10 July 2026".
    pub fn day(&self, day: NaiveDate) -> String {
        calendar::day(self.language, day)
    }

    /// "July 2026".
    pub fn month(&self, year: i32, number: u32) -> String {
        calendar::month_of(self.language, year, number)
    }

    /// A date with its precision in words.
    pub fn date(&self, date: Edtf) -> String {
        calendar::date(self.language, date)
    }

    /// A date in words, with the part of it the source names.
    pub fn part_of_date(&self, date: Edtf, modifier: Option<Modifier>) -> String {
        calendar::part_of_date(self.language, date, modifier)
    }

    /// Words one after another: "a, b", "a、b".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let joint = if self.is_chinese() { "、" } else { ", " };
        items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(joint)
    }

    /// Phrases one after another: "a, b", "a，b".
    pub fn clauses<S: AsRef<str>>(&self, items: &[S]) -> String {
        let joint = if self.is_chinese() { "，" } else { ", " };
        items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(joint)
    }

    /// The name of an entity in the language, where the registry has one.
    ///
    /// Chinese readers know houses from elsewhere by their own letters; a name in characters is rarely
    /// more than a transcription there.
    pub fn entity<'e>(&self, entity: &'e Entity) -> &'e str {
        let native = match entity.kind {
            EntityKind::Government | EntityKind::Place | EntityKind::Legal => true,
            EntityKind::Organization | EntityKind::Person | EntityKind::Product => entity
                .country
                .as_deref()
                .is_some_and(|country| ["CN", "HK", "TW"].contains(&country)),
        };
        let found = entity.names.iter().find(|name| is_han(name));
        found.filter(|_| self.is_chinese() && native).unwrap_or(&entity.name)
    }

    /// The name of somebody.
    pub fn who(&self, entity: Option<&Entity>, who: &Who) -> String {
        entity.map_or_else(|| who.name.clone(), |entity| self.entity(entity).to_string())
    }

    /// The headline of an incident.
    pub fn title<'i>(&self, incident: &'i Incident) -> &'i str {
        match &incident.title_zh {
            Some(title) if self.is_chinese() => title,
            _ => &incident.title,
        }
    }

    /// The name of a dispute.
    pub fn dispute(&self, dispute: &Dispute) -> String {
        let named = self.rules.disputes.iter().find(|named| named.id == dispute.id);
        let chinese = named.and_then(|named| named.title_zh.as_ref());
        chinese.filter(|_| self.is_chinese()).unwrap_or(&dispute.title).clone()
    }

    /// The name of a type of incident.
    pub fn type_name(&self, id: &str) -> String {
        let found = self.rules.types.iter().find(|kind| kind.id == id);
        let name = found.map(|t| if self.is_chinese() { &t.name_zh } else { &t.name });
        name.map_or_else(|| id.to_string(), Clone::clone)
    }

    /// The attribute for words that may stand in the other language; nothing where they do not.
    pub fn lang(&self, text: &str) -> &'static str {
        match (self.is_chinese(), has_han(text)) {
            (false, true) => " lang=\"zh-Hans\"",
            (true, false) if text.chars().any(|c| c.is_ascii_lowercase()) => " lang=\"en\"",
            _ => "",
        }
    }
}

/// A phrase with its parts in braces filled in; a part nobody gives is left out.
pub(super) fn filled(phrase: &str, parts: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        text.push_str(parts.iter().find(|(part, _)| *part == name).map_or("", |(_, value)| value));
        rest = after;
    }
    text.push_str(rest);
    text
}

/// A number with its thousands apart: "10,000".
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Whether a text holds a Chinese character.
pub fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

/// Whether a name is written in Chinese characters for the most part.
fn is_han(name: &str) -> bool {
    let all = name.chars().filter(|c| c.is_alphanumeric()).count();
    let han = name.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)).count();
    han * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_braces_are_filled_in() {
        assert_eq!(filled("{n} of {all} {", &[("n", "3"), ("all", "{n}")]), "3 of {n} {");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(999), "999");
    }
}
