//! The rows of `data/lexicon/`, raw as written and understood as used.

use serde::Deserialize;

use super::load::Row;
use super::table::Phrased;
use crate::model::article::Section;
use crate::model::claim::{PredicateId, Stance};
use crate::model::incident::Status;
use crate::model::reading::{AskKind, CitationKind};

/// An attitude by its word.
///
/// # Errors
/// What may be written instead.
pub(super) fn stance(word: &str) -> Result<Stance, String> {
    Stance::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = Stance::ALL.iter().map(|s| s.word()).collect();
        format!("“{word}” is no stance; write one of {}", words.join(", "))
    })
}

macro_rules! phrased {
    ($(#[$doc:meta])* $row:ident, $table:literal, $meaning:ty, { $($field:ident : $type:ty),* $(,)? },
     |$this:ident| $build:expr) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $row {
            id: String,
            #[serde(default)]
            patterns: Vec<String>,
            #[serde(default)]
            verbs: Vec<String>,
            $($field: $type,)*
        }
        impl Row for $row {
            const TABLE: &'static str = $table;
            fn id(&self) -> &str {
                &self.id
            }
        }
        impl Phrased for $row {
            type Meaning = $meaning;
            fn patterns(&self) -> &[String] {
                &self.patterns
            }
            fn verbs(&self) -> &[String] {
                &self.verbs
            }
            fn meaning(&self) -> Result<$meaning, String> {
                let $this = self;
                $build
            }
        }
    };
}
pub(super) use phrased;

phrased!(
    /// A raw row of `silence.toml`: a way of not answering.
    SilenceRow, "silence", Stance, { stance: String },
    |row| stance(&row.stance)
);

/// How much of a sentence an open point takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The whole sentence.
    Sentence,
    /// The clause the words stand in.
    Clause,
}

/// A way of leaving something open.
#[derive(Debug, Clone)]
pub struct AskRule {
    /// Why it is open.
    pub kind: AskKind,
    /// How much of the sentence it takes.
    pub scope: Scope,
    /// Whether the words must begin the sentence.
    pub leading: bool,
}

phrased!(
    /// A raw row of `questions.toml`.
    AskRow, "ask", AskRule, { kind: String, scope: Scope, leading: bool },
    |row| {
        let kinds = [AskKind::Explicit, AskKind::Whether, AskKind::Uncertain, AskKind::NoResponse, AskKind::Pending];
        let kind = kinds.into_iter().find(|k| k.word() == row.kind).ok_or_else(|| {
            format!("“{}” is no kind; write whether, uncertain, no_response or pending", row.kind)
        })?;
        Ok(AskRule { kind, scope: row.scope, leading: row.leading })
    }
);

phrased!(
    /// A raw row of `hedges.toml`: a softener.
    HedgeRow, "hedge", (), {},
    |_row| Ok(())
);

/// A way of referring to another report.
#[derive(Debug, Clone, Copy)]
pub struct CitationRule {
    /// How it is referred to.
    pub kind: CitationKind,
}

phrased!(
    /// A raw row of `citations.toml`; `who=` captures the outlet.
    CitationRow, "citation", CitationRule, { kind: String },
    |row| {
        let kind = match row.kind.as_str() {
            "reported" => CitationKind::Reported,
            "witnessed" => CitationKind::Witnessed,
            "first" => CitationKind::First,
            "listed" => CitationKind::Listed,
            "carrier" => CitationKind::Carrier,
            "wire" => CitationKind::Wire,
            other => {
                return Err(format!(
                    "“{other}” is no kind; write reported, witnessed, first, listed, carrier or wire"
                ));
            }
        };
        Ok(CitationRule { kind })
    }
);

/// A predicate: what one party does to another.
#[derive(Debug, Clone)]
pub struct PredicateRule {
    /// Its id.
    pub id: PredicateId,
    /// The type of incident it speaks for.
    pub kind: String,
    /// The type it speaks for where authorities do it, if another.
    pub decreed: Option<String>,
    /// Whether it is a step of any lawsuit: it speaks for its type where the article names the matter, too.
    pub procedure: bool,
    /// Weight for the type and for relevance.
    pub weight: u16,
    /// Whether it makes its actor an authority.
    pub official: bool,
    /// Whether its actor is the one accused, and its target the one who accuses.
    pub alleged: bool,
    /// Whether its actor goes to court against its target.
    pub suit: bool,
    /// How it leaves a matter that it ends: settled by the parties, or resolved.
    pub closing: Option<Status>,
    /// Whether a noun or participle form; then actor and target come from "of", "on", "by".
    pub noun: bool,
    /// How a timeline tells it, with `{actor}` and `{target}`.
    pub says: String,
}

phrased!(
    /// A raw row of `predicates.toml`.
    PredicateRow, "predicate", PredicateRule, {
        kind: String, weight: u16, says: String,
        official: Option<bool>, alleged: Option<bool>, closing: Option<String>,
        noun: Option<bool>, suit: Option<bool>, decreed: Option<String>, procedure: Option<bool>,
    },
    |row| {
        let id = PredicateId::parse(row.id.split('.').next().unwrap_or(""))
            .ok_or_else(|| format!("“{}” is no id; use small letters, digits and hyphens", row.id))?;
        let closing = match row.closing.as_deref() {
            None => None,
            Some("settled") => Some(Status::Settled),
            Some("resolved") => Some(Status::Resolved),
            Some(other) => {
                return Err(format!("“{other}” ends no matter; write settled or resolved"));
            }
        };
        Ok(PredicateRule {
            id,
            kind: row.kind.clone(),
            weight: row.weight,
            official: row.official.unwrap_or(false),
            alleged: row.alleged.unwrap_or(false),
            closing,
            noun: row.noun.unwrap_or(false),
            suit: row.suit.unwrap_or(false),
            decreed: row.decreed.clone(),
            procedure: row.procedure.unwrap_or(false),
            says: row.says.clone(),
        })
    }
);

phrased!(
    /// A raw row of `sections.toml`: a heading that says what stands below it.
    SectionRow, "section", Section, { section: String },
    |row| match row.section.as_str() {
        "report" => Ok(Section::Report),
        "summary" => Ok(Section::Summary),
        "questions" => Ok(Section::Questions),
        "watch" => Ok(Section::Watch),
        "sources" => Ok(Section::Sources),
        "advice" => Ok(Section::Advice),
        "caveats" => Ok(Section::Caveats),
        other => Err(format!(
            "“{other}” is no section; write report, summary, questions, watch, sources, advice or caveats"
        )),
    }
);

phrased!(
    /// A raw row of `furniture.toml`: words that betray page furniture.
    FurnitureRow, "furniture", bool, { tail: bool },
    |row| Ok(row.tail)
);

/// A word or phrase that speaks for or against a dispute between or with AI vendors.
#[derive(Debug, Clone, Copy)]
pub struct RelevanceRule {
    /// Points, below zero against.
    pub weight: i32,
    /// Whether it says that AI is spoken of: who is named beside it counts as its vendor.
    pub ai: bool,
}

phrased!(
    /// A raw row of `relevance.toml`.
    RelevanceRow, "relevance", RelevanceRule, { weight: i32, ai: Option<bool> },
    |row| Ok(RelevanceRule { weight: row.weight, ai: row.ai.unwrap_or(false) })
);

/// Words that are typical of incidents of a type.
#[derive(Debug, Clone)]
pub struct ThemeRule {
    /// Type of incident.
    pub kind: String,
    /// Points for the type.
    pub weight: u32,
}

phrased!(
    /// A raw row of `themes/`.
    ThemeRow, "theme", ThemeRule, { kind: String, weight: u32 },
    |row| Ok(ThemeRule { kind: row.kind.clone(), weight: row.weight })
);

/// A relative stamp printed in place of a date.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Hours one unit lasts.
    pub hours: u32,
}

phrased!(
    /// A raw row of `stamps.toml`.
    StampRow, "stamp", Stamp, { hours: u32 },
    |row| Ok(Stamp { hours: row.hours })
);

phrased!(
    /// A raw row of `channels.toml`: where something was said.
    ChannelRow, "channel", (), {},
    |_row| Ok(())
);

/// What a noun stands for as a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NounMeaning {
    /// A spokesperson or lawyer: the house speaks.
    Spokes,
    /// Somebody unnamed.
    Human,
    /// A text.
    Document,
    /// An organisation spoken of before.
    Company,
    /// An authority spoken of before.
    Authority,
    /// A person spoken of before.
    Person,
    /// A court.
    Court,
    /// A judge spoken of before.
    Judge,
    /// The people of a house: 员工.
    Staff,
    /// The two sides spoken of: 双方.
    Both,
}

phrased!(
    /// A raw row of `nouns.toml`: a Chinese noun that can speak.
    NounRow, "noun", NounMeaning, { means: NounMeaning },
    |row| Ok(row.means)
);

phrased!(
    /// A raw row of `nameless/`: what has capitals and names nobody; `it=` is the name, if not all.
    NamelessRow, "nameless", (), {},
    |_row| Ok(())
);

phrased!(
    /// A raw row of `reporters/`: what shows that a name nobody has entered is an outlet; `who=` is it.
    ReporterRow, "reporter", u32, { weight: u32 },
    |row| Ok(row.weight)
);

phrased!(
    /// A raw row of `senses/`: words that mean much the same, in whatever language.
    SenseRow, "sense", (), {},
    |_row| Ok(())
);

phrased!(
    /// A raw row of `resumptions/`: what points back to an accusation as a whole.
    ResumptionRow, "resumption", (), {},
    |_row| Ok(())
);

phrased!(
    /// A raw row of `quantities/`: a noun that accounts count, and what all nouns of it are numbers of;
    /// nothing of `silent` ones.
    QuantityRow, "quantity", Option<String>, { what: String, silent: Option<bool> },
    |row| Ok(Some(row.what.clone()).filter(|_| row.silent != Some(true)))
);
