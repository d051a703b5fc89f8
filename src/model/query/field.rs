//! The fields of the language: their words in English and Chinese, and what a value may be.

use crate::model::party::PartyRole;

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// incident, claim, question, event, article or vendor.
    Kind,
    /// Any party or maker.
    Vendor,
    /// A product.
    Product,
    /// A person.
    Person,
    /// The publisher of an article.
    Outlet,
    /// A type of incident.
    Type,
    /// A part that somebody takes in the incident.
    Role,
    /// A stance of a claim.
    Stance,
    /// Who speaks.
    Speaker,
    /// Whom a claim is about.
    Target,
    /// Status of an incident.
    Status,
    /// State of a question.
    Question,
    /// A dispute.
    Dispute,
    /// Language of an article.
    Lang,
    /// A year that it may have fallen into.
    Year,
    /// What else is so.
    Is,
    /// Number of independent reports.
    Roots,
    /// When it happened.
    Date,
    /// When it became known.
    Known,
}

/// What may stand behind a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A name in any script, or an id; looked up in the catalogue.
    Name,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// A part, alone or with who takes it: `respondent`, `respondent=alibaba`.
    Role,
    /// A number or a range of numbers.
    Count,
    /// A date or a range of dates.
    Days,
}

/// What can be said with `is:`.
pub const FLAGS: &[&str] =
    &["contradicted", "proposed", "entered", "overdue", "quoted", "hedged", "copied", "captured"];

/// What can be found.
pub const KINDS: &[&str] = &["incident", "claim", "question", "event", "article", "vendor"];

const STANCES: &[&str] = &[
    "alleges",
    "asserts",
    "confirms",
    "denies",
    "announces",
    "demands",
    "predicts",
    "declines",
    "silent",
];
const STATUSES: &[&str] = &["open", "resolved", "settled", "escalating"];
const STATES: &[&str] =
    &["open", "contested", "partly_answered", "answered", "stale", "moot", "superseded"];

impl Field {
    /// All fields with their words; the first word is the one that is printed.
    pub const WORDS: [(Field, &'static [&'static str]); 19] = [
        (Field::Kind, &["kind", "种类"]),
        (Field::Vendor, &["vendor", "party", "厂商", "公司"]),
        (Field::Product, &["product", "产品"]),
        (Field::Person, &["person", "人物"]),
        (Field::Outlet, &["outlet", "媒体"]),
        (Field::Type, &["type", "类型"]),
        (Field::Role, &["role", "角色"]),
        (Field::Stance, &["stance", "立场"]),
        (Field::Speaker, &["speaker", "发言人", "说话人"]),
        (Field::Target, &["target", "对象"]),
        (Field::Status, &["status", "状态"]),
        (Field::Question, &["question", "问题"]),
        (Field::Dispute, &["dispute", "争端", "纠纷"]),
        (Field::Lang, &["lang", "language", "语言"]),
        (Field::Year, &["year", "年份"]),
        (Field::Is, &["is", "是"]),
        (Field::Roots, &["roots", "信源"]),
        (Field::Date, &["date", "日期"]),
        (Field::Known, &["known", "得知"]),
    ];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        let row = Self::WORDS.iter().find(|(field, _)| *field == self);
        row.and_then(|(_, words)| words.first()).copied().unwrap_or("")
    }

    /// The field behind a word, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        let folded = word.to_lowercase();
        let row = Self::WORDS.iter().find(|(_, words)| words.contains(&folded.as_str()));
        row.map(|(field, _)| *field)
    }

    /// What may stand behind it.
    pub fn shape(self) -> Shape {
        match self {
            Field::Kind => Shape::Word(KINDS),
            Field::Stance => Shape::Word(STANCES),
            Field::Status => Shape::Word(STATUSES),
            Field::Question => Shape::Word(STATES),
            Field::Is => Shape::Word(FLAGS),
            Field::Role => Shape::Role,
            Field::Roots | Field::Year => Shape::Count,
            Field::Date | Field::Known => Shape::Days,
            Field::Vendor
            | Field::Product
            | Field::Person
            | Field::Outlet
            | Field::Type
            | Field::Speaker
            | Field::Target
            | Field::Dispute
            | Field::Lang => Shape::Name,
        }
    }

    /// The words of the parts that parties take.
    pub fn roles() -> Vec<&'static str> {
        PartyRole::ALL.into_iter().map(PartyRole::word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::claim::Stance;
    use crate::model::incident::Status;
    use crate::model::query::DocKind;
    use crate::model::question::QuestionState;

    #[test]
    fn words_of_values_are_those_of_the_record() {
        assert_eq!(STANCES, Stance::ALL.map(Stance::word));
        assert_eq!(STATUSES, Status::WORDS.map(|(word, _)| word));
        assert_eq!(STATES, QuestionState::ALL.map(QuestionState::word));
        assert_eq!(KINDS, DocKind::ALL.map(DocKind::word));
    }

    #[test]
    fn every_word_belongs_to_one_field() {
        let mut words: Vec<&str> =
            Field::WORDS.iter().flat_map(|(_, w)| w.iter().copied()).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
        for (field, words) in Field::WORDS {
            assert!(words.iter().all(|word| Field::from_word(word) == Some(field)));
        }
    }
}
