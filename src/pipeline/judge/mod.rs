//! What an editor decides: checked against the record, shown by what it changes, then written down.

mod checks;
mod verdict;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::record::{Before, record_again};
use super::{PipelineError, load_rules};
use crate::corpus::changes;
use crate::model::change::Change;
use crate::model::finding::Finding;
use crate::model::id::Slug;
use crate::model::incident::Status;
use crate::model::judgement::{Judgement, JudgementId, Made, Quote, Verdict};
use crate::model::kb::KnowledgeBase;
use crate::model::party::PartyRole;
use crate::model::question::QuestionState;
use crate::model::standing::{Account, Outcome};
use crate::rules::{Rules, written};
use crate::store;

/// Who judges, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub by: String,
    /// When.
    pub on: Made,
    /// Why.
    pub why: String,
}

/// A decision as it is asked for: ids as they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Name an incident or dispute.
    Mint {
        /// Which.
        id: String,
        /// Its name.
        name: String,
        /// Headline.
        title: Option<String>,
        /// Headline in Chinese.
        title_zh: Option<String>,
        /// Types by id.
        types: Vec<String>,
        /// Parties with their roles.
        parties: Vec<(String, PartyRole)>,
        /// Where it stands.
        status: Option<Status>,
        /// The longer quarrel.
        dispute: Option<String>,
    },
    /// Make several one.
    Merge {
        /// Those that end.
        from: Vec<String>,
        /// The one they become part of.
        into: String,
    },
    /// Move articles into an incident of their own.
    Split {
        /// The incident they leave.
        id: String,
        /// Articles, by id or address.
        articles: Vec<String>,
    },
    /// Say where a question stands.
    Answer {
        /// The question.
        id: String,
        /// Its state.
        state: QuestionState,
        /// Claims that settle it, by id.
        claims: Vec<String>,
        /// Words that settle it, with the address they stand at.
        quotes: Vec<Quote>,
    },
    /// Say where two accounts stand.
    Settle {
        /// The contradiction.
        id: String,
        /// Whether it is explained, or one account holds.
        outcome: Outcome,
        /// The account that holds.
        holds: Option<Account>,
        /// Words that explain or settle it, with the address they stand at.
        quotes: Vec<Quote>,
    },
    /// Say that it is wrong.
    Reject(String),
    /// Say that it is right.
    Confirm(String),
    /// Take a judgement back; without an id the last of the same editor.
    Undo(Option<String>),
}

/// A judgement made, with what it changes.
#[derive(Debug, Clone)]
pub struct Verdicted {
    /// The judgement.
    pub judgement: Judgement,
    /// Its file; nothing where it was only tried.
    pub path: Option<PathBuf>,
    /// Its text.
    pub text: String,
    /// What it changes.
    pub changes: Vec<Change>,
    /// The record before and after it.
    pub records: [KnowledgeBase; 2],
}

/// Makes a judgement, and writes it down unless it is only tried.
///
/// # Errors
/// Ids that mean nothing on record or several things, words that stand nowhere, a name in use; and as
/// [`record`].
pub fn judge(
    home: &Path,
    today: NaiveDate,
    jobs: usize,
    signed: &Signature,
    asked: &Asked,
    dry_run: bool,
) -> Result<Verdicted, PipelineError> {
    let mut rules = load_rules(Some(home))?;
    let mut memory = Before::default();
    let before = record_again(home, &rules, today, jobs, &mut memory, |_, _| {})?.kb;
    let verdict = verdict::verdict(&before, &rules, signed, asked)?;
    let id = mint(&rules, signed, &verdict)?;
    let Signature { by, on, why } = signed.clone();
    let place = format!("data/judgements/{id}.toml:1");
    let judgement = Judgement { id, place, by, on, why, verdict };
    let text = written(&judgement).map_err(refused)?;
    rules.ledger = rules.ledger.with(judgement.clone());
    let after = record_again(home, &rules, today, jobs, &mut memory, |_, _| {})?;
    let lost = |finding: &&Finding| finding.place.as_ref() == Some(&judgement.place);
    if let Some(finding) = after.findings.iter().find(lost) {
        return Err(refused(finding.message.clone()));
    }
    let changes = changes(&before, &after.kb);
    let path = match dry_run {
        true => None,
        false => Some(store::add_judgement(home, judgement.id.as_str(), &text)?),
    };
    Ok(Verdicted { judgement, path, text, changes, records: [before, after.kb] })
}

fn refused(message: impl Into<String>) -> PipelineError {
    PipelineError::Refused(message.into())
}

/// A new id: the day, the editor, and a digest of what is said.
fn mint(
    rules: &Rules,
    signed: &Signature,
    verdict: &Verdict,
) -> Result<JudgementId, PipelineError> {
    let by = Slug::<Judgement>::from_name(&signed.by);
    let by = by.map_or("editor".to_string(), |slug| slug.to_string());
    let said = format!("{}\n{}\n{}\n{verdict:?}", signed.by, signed.on, signed.why);
    // The same said twice is two judgements.
    for nth in 0..=rules.ledger.entries().len() {
        let digest = Sha256::digest(format!("{said}\n{nth}"));
        let digest: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let id = JudgementId::parse(&format!("{}-{by}-{digest}", signed.on.day));
        if let Some(id) = id.filter(|id| rules.ledger.get(id).is_none()) {
            return Ok(id);
        }
    }
    Err(refused("no id is left for this judgement; give another reason"))
}
