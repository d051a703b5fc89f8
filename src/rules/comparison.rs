//! The rows of `data/lexicon/` that compare articles: points on which accounts differ, what answers a
//! question, and who reports on its own.

use serde::Deserialize;

use super::lexicon::phrased;
use super::load::Row;
use super::table::Phrased;
use crate::model::relation::Tie;

/// One side of a point on which accounts can differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContrastRule {
    /// The point, as readers see it.
    pub point: String,
    /// The side the words take.
    pub side: String,
    /// Types of incident in which the words mean this; empty for all.
    pub types: Vec<String>,
    /// Whether they speak of the incident's main matter without naming it.
    pub on_matter: bool,
    /// Whether they answer the sentence before.
    pub refers: bool,
}

phrased!(
    /// A raw row of `contrasts.toml`.
    ContrastRow, "contrast", ContrastRule, {
        point: String,
        side: String,
        types: Option<Vec<String>>,
        on_matter: Option<bool>,
        refers: Option<bool>,
    },
    |row| Ok(ContrastRule {
        point: row.point.clone(),
        side: row.side.clone(),
        types: row.types.clone().unwrap_or_default(),
        on_matter: row.on_matter.unwrap_or(false),
        refers: row.refers.unwrap_or(false),
    })
);

/// What accounts give on a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PointValue {
    /// A day, or a longer time.
    Day,
    /// A sum of money.
    Sum,
}

/// A point on which accounts give a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointRule {
    /// The point, as readers see it.
    pub point: String,
    /// What is given.
    pub value: PointValue,
    /// Days of one happening are no further apart.
    pub days: i64,
    /// Whether it happens once in a matter, so that two accounts of it need no other words in common.
    pub once: bool,
    /// Whether it tells of what cannot have come before: only a day earlier than another account's contradicts it.
    pub before: bool,
}

phrased!(
    /// A raw row of `points/`.
    PointRow, "point", PointRule, {
        point: String,
        value: PointValue,
        days: Option<i64>,
        once: Option<bool>,
        before: Option<bool>,
    },
    |row| Ok(PointRule {
        point: row.point.clone(),
        value: row.value,
        days: row.days.unwrap_or(i64::MAX),
        once: row.once.unwrap_or(false),
        before: row.before.unwrap_or(false),
    })
);

phrased!(
    /// A raw row of `currencies/`: what makes a number beside it a sum of money.
    CurrencyRow, "currency", (), {},
    |_row| Ok(())
);

/// What would answer a question that is put in certain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRule {
    /// What is asked: rows of one family ask it in other words or another language.
    pub family: String,
    /// The question in plain words, where only foreign words ask it; `{party}`, `{authority}`.
    pub asks: Option<String>,
    /// Whether the deeds of others than those it concerns answer it.
    pub others: bool,
    /// Whether a statement of the party asked answers it.
    pub statement: bool,
    /// Predicates that settle it.
    pub settled_by: Vec<String>,
    /// Predicates that bear on it.
    pub borne_by: Vec<String>,
    /// The point of `contrasts/` it asks about.
    pub point: Option<String>,
    /// Whether it asks for a number.
    pub number: bool,
}

phrased!(
    /// A raw row of `answers/`.
    AnswerRow, "answer", AnswerRule, {
        family: Option<String>,
        asks: Option<String>,
        others: Option<bool>,
        statement: Option<bool>,
        settled_by: Option<Vec<String>>,
        borne_by: Option<Vec<String>>,
        point: Option<String>,
        number: Option<bool>,
    },
    |row| Ok(AnswerRule {
        family: row.family.clone().unwrap_or_else(|| row.id.clone()),
        asks: row.asks.clone(),
        others: row.others.unwrap_or(false),
        statement: row.statement.unwrap_or(false),
        settled_by: row.settled_by.clone().unwrap_or_default(),
        borne_by: row.borne_by.clone().unwrap_or_default(),
        point: row.point.clone(),
        number: row.number.unwrap_or(false),
    })
);

/// What words await.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitedRule {
    /// Steps any of which ends the wait; rows of `steps/` tell that they were taken.
    pub steps: Vec<String>,
    /// Whether they are taken on the day that was set, and not before.
    pub on_day: bool,
}

phrased!(
    /// A raw row of `awaited/`.
    AwaitedRow, "awaited", AwaitedRule, { steps: Vec<String>, on_day: Option<bool> },
    |row| Ok(AwaitedRule { steps: row.steps.clone(), on_day: row.on_day.unwrap_or(false) })
);

phrased!(
    /// A raw row of `steps/`: words that tell a step was taken, which the row says.
    StepRow, "step", String, { step: String },
    |row| Ok(row.step.clone())
);

/// Where the other incident stands to the words that point at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pointing {
    /// Behind them.
    After,
    /// Before them.
    Before,
    /// Anywhere in the sentence.
    Around,
}

/// Words that point at an earlier incident.
#[derive(Debug, Clone)]
pub struct RelationRule {
    /// What it can be to this one, the first that the parties bear out; none where the words say nothing.
    pub ties: Vec<Tie>,
    /// Where it stands.
    pub points: Pointing,
}

phrased!(
    /// A raw row of `relations/`.
    RelationRow, "relation", RelationRule, { ties: Vec<String>, points: Pointing },
    |row| {
        let tie = |word: &String| {
            Tie::from_word(word).ok_or_else(|| {
                let words: Vec<&str> = Tie::ALL.iter().map(|tie| tie.word()).collect();
                format!("“{word}” is no tie; write one of {}", words.join(", "))
            })
        };
        let ties = row.ties.iter().map(tie).collect::<Result<Vec<Tie>, String>>()?;
        Ok(RelationRule { ties, points: row.points })
    }
);

phrased!(
    /// A raw row of `matters/`: a noun that names an incident of a type.
    MatterRow, "matter", String, { kind: String },
    |row| Ok(row.kind.clone())
);

/// What of a ruling words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RulingPart {
    /// The reporting word: "found", 认定.
    Word,
    /// Part of the name of whoever rules: "Court", 法院.
    Court,
}

phrased!(
    /// A raw row of `rulings/`: how a court says what is so.
    RulingRow, "ruling", RulingPart, { means: RulingPart },
    |row| Ok(row.means)
);

phrased!(
    /// A raw row of `turns/`: words that say that things have changed.
    TurnRow, "turn", (), {},
    |_row| Ok(())
);

phrased!(
    /// A raw row of `corrections/`: words behind which a number stands that is said to be wrong.
    CorrectionRow, "correction", (), {},
    |_row| Ok(())
);

phrased!(
    /// A raw row of `translations/`: words by which an article says that it is a translation.
    TranslationRow, "translation", (), {},
    |_row| Ok(())
);

/// A sign that an outlet reports on its own.
#[derive(Debug, Clone, Copy)]
pub struct FirsthandRule {
    /// Whether the outlet's own name must follow.
    pub names_outlet: bool,
}

phrased!(
    /// A raw row of `firsthand/`.
    FirsthandRow, "firsthand", FirsthandRule, { names_outlet: bool },
    |row| Ok(FirsthandRule { names_outlet: row.names_outlet })
);
