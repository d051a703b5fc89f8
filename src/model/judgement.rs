//! Signed, dated, reasoned decisions of editors, and the ledger they stand in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::editor::EnteredParty;
use super::id::Slug;
use super::incident::{DisputeId, Status};
use super::question::QuestionState;
use super::standing::Outcome;
use super::subject::SubjectKind;

/// Identity of a judgement: written once, with its first line.
pub type JudgementId = Slug<Judgement>;

/// Words at an address: how a subject is found again when its id is gone.
///
/// Source: the W3C's TextQuoteSelector, with the address beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// Address of the article.
    pub url: String,
    /// Its words; of an incident's article, the headline.
    pub words: String,
}

/// What a judgement is about, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its id when it was judged; of an incident, the last part of its address.
    pub id: String,
    /// Its line when it was judged.
    pub title: String,
    /// The words it was found by; of an incident, its articles.
    pub quotes: Vec<Quote>,
}

/// How an editor names an incident or dispute; what is empty stays as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// Headline.
    pub title: Option<String>,
    /// Headline in Chinese.
    pub title_zh: Option<String>,
    /// Types by id, the main one first.
    pub types: Vec<String>,
    /// Who takes part.
    pub parties: Vec<EnteredParty>,
    /// Where it stands.
    pub status: Option<Status>,
    /// The longer quarrel.
    pub dispute: Option<DisputeId>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// An incident or dispute has a name of its own, for ever.
    Mint {
        /// Which.
        of: Subject,
        /// The name, a slug never used for anything else.
        name: String,
        /// What is said of it.
        naming: Naming,
    },
    /// Several incidents, or disputes, are one.
    Merge {
        /// Those that end.
        from: Vec<Subject>,
        /// The one they become part of.
        into: Subject,
    },
    /// Articles of an incident speak of another one.
    Split {
        /// The incident they leave.
        of: Subject,
        /// Their addresses.
        articles: Vec<String>,
    },
    /// A question stands so.
    Answer {
        /// The question.
        of: Subject,
        /// Its state.
        state: QuestionState,
        /// The words that settle it.
        evidence: Vec<Quote>,
    },
    /// Two accounts that differ stand so.
    Settle {
        /// The contradiction.
        of: Subject,
        /// Whether it is explained, or one account holds.
        outcome: Outcome,
        /// The account that holds, by its words, and further words that explain or settle it.
        evidence: Vec<Quote>,
    },
    /// What the program read is wrong.
    Reject {
        /// It.
        of: Subject,
    },
    /// What the program read is right.
    Confirm {
        /// It.
        of: Subject,
        /// The state a question was confirmed in.
        state: Option<QuestionState>,
    },
    /// An earlier judgement counts no longer.
    Undo {
        /// Which.
        judgement: JudgementId,
    },
}

impl Verdict {
    /// The word used in data and output.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Mint { .. } => "mint",
            Verdict::Merge { .. } => "merge",
            Verdict::Split { .. } => "split",
            Verdict::Answer { .. } => "answer",
            Verdict::Settle { .. } => "settle",
            Verdict::Reject { .. } => "reject",
            Verdict::Confirm { .. } => "confirm",
            Verdict::Undo { .. } => "undo",
        }
    }

    /// What it is about; nothing for an undo.
    pub fn subjects(&self) -> Vec<&Subject> {
        match self {
            Verdict::Mint { of, .. }
            | Verdict::Split { of, .. }
            | Verdict::Answer { of, .. }
            | Verdict::Settle { of, .. }
            | Verdict::Reject { of }
            | Verdict::Confirm { of, .. } => vec![of],
            Verdict::Merge { from, into } => from.iter().chain([into]).collect(),
            Verdict::Undo { .. } => Vec::new(),
        }
    }
}

/// When a judgement was made: on a day, or at a moment of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The day, where the editor sat.
    pub day: NaiveDate,
    /// The moment, where it is given.
    pub moment: Option<DateTime<FixedOffset>>,
}

impl Made {
    /// Reads `2026-11-21` or `2026-11-21T10:15:30+01:00` (RFC 3339).
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(Self { day, moment: None });
        }
        let moment = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self { day: moment.date_naive(), moment: Some(moment) })
    }
}

impl std::fmt::Display for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.moment {
            Some(moment) => f.write_str(&moment.to_rfc3339()),
            None => write!(f, "{}", self.day),
        }
    }
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Minted once.
    pub id: JudgementId,
    /// File and line it stands at.
    pub place: String,
    /// Who signed it.
    pub by: String,
    /// When.
    pub on: Made,
    /// The reason, in the editor's words.
    pub why: String,
    /// What was decided.
    pub verdict: Verdict,
}

/// Judgements in the order they were made, and which of them count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    entries: Vec<Judgement>,
}

impl Ledger {
    /// Puts judgements into their order, whatever order they were read in: by day, moment and id.
    pub fn of(mut entries: Vec<Judgement>) -> Self {
        entries.sort_by(|a, b| order(a).cmp(&order(b)));
        Self { entries }
    }

    /// All judgements, oldest first, also those that were undone.
    pub fn entries(&self) -> &[Judgement] {
        &self.entries
    }

    /// The ledger at the end of a day.
    pub fn as_of(&self, day: NaiveDate) -> Self {
        let made = self.entries.iter().filter(|entry| entry.on.day <= day);
        Self { entries: made.cloned().collect() }
    }

    /// The same ledger with one more judgement.
    pub fn with(&self, judgement: Judgement) -> Self {
        Self::of(self.entries.iter().cloned().chain([judgement]).collect())
    }

    /// What was undone, by what.
    pub fn undone(&self) -> BTreeMap<&JudgementId, &JudgementId> {
        let mut undone: BTreeMap<&JudgementId, &JudgementId> = BTreeMap::new();
        // The last word first: an undo that was itself undone undoes nothing.
        for entry in self.entries.iter().rev() {
            if let Verdict::Undo { judgement } = &entry.verdict
                && !undone.contains_key(&entry.id)
            {
                undone.insert(judgement, &entry.id);
            }
        }
        undone
    }

    /// The judgements that count, oldest first.
    pub fn in_force(&self) -> Vec<&Judgement> {
        let undone: BTreeSet<&JudgementId> = self.undone().into_keys().collect();
        self.entries.iter().filter(|entry| !undone.contains(&entry.id)).collect()
    }

    /// A judgement by its id.
    pub fn get(&self, id: &JudgementId) -> Option<&Judgement> {
        self.entries.iter().find(|entry| entry.id == *id)
    }
}

/// Of one day without moments, what undoes comes last.
fn order(entry: &Judgement) -> (NaiveDate, Option<DateTime<FixedOffset>>, bool, &JudgementId) {
    let undoes = matches!(entry.verdict, Verdict::Undo { .. });
    (entry.on.day, entry.on.moment, undoes, &entry.id)
}

/// A judgement whose subject is on record no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// The judgement.
    pub judgement: JudgementId,
    /// Its subject, as it was found then.
    pub subject: Subject,
    /// What on record is likest: its id and its line.
    pub nearest: Option<(String, String)>,
}

/// What the ledger did to the record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// All judgements by the day of the record.
    pub ledger: Ledger,
    /// For what is on record, by kind and id, the judgements about it, oldest first.
    pub about: BTreeMap<(SubjectKind, String), Vec<JudgementId>>,
    /// For incidents, by the last part of their address, everything decided about them and what they
    /// hold, also what was undone; oldest first.
    pub history: BTreeMap<String, Vec<JudgementId>>,
    /// Last parts of addresses of incidents and disputes that are others now.
    pub heirs: BTreeMap<(SubjectKind, String), String>,
    /// Judgements without a subject.
    pub orphans: Vec<Orphan>,
}

impl Judged {
    /// The judgements in force about something on record, oldest first.
    pub fn about(&self, kind: SubjectKind, id: &str) -> Vec<&Judgement> {
        let ids = self.about.get(&(kind, id.to_string()));
        ids.into_iter().flatten().filter_map(|id| self.ledger.get(id)).collect()
    }

    /// Everything decided about an incident and what it holds, oldest first.
    pub fn history(&self, address: &str) -> Vec<&Judgement> {
        let ids = self.history.get(address);
        ids.into_iter().flatten().filter_map(|id| self.ledger.get(id)).collect()
    }

    /// Notes that a judgement concerns an incident.
    pub fn record(&mut self, address: String, judgement: &JudgementId) {
        let list = self.history.entry(address).or_default();
        if !list.contains(judgement) {
            list.push(judgement.clone());
        }
    }

    /// Notes that a judgement is about something on record.
    pub fn note(&mut self, kind: SubjectKind, id: String, judgement: &JudgementId) {
        let list = self.about.entry((kind, id)).or_default();
        if !list.contains(judgement) {
            list.push(judgement.clone());
        }
    }
}
