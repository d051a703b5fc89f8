//! The editor's commands as they are typed.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::choices::{ListFormat, Sort, State, kinds};
use crate::cli::args::ExplainFormat;
use crate::model::incident::Status;
use crate::model::judgement::Quote;
use crate::model::party::PartyRole;
use crate::model::standing::{Account, Outcome};
use crate::model::subject::SubjectKind;

/// What an editor can do.
#[derive(Debug, Subcommand)]
pub enum DeskCommand {
    /// Tells what changed between two days, new apart from updated
    #[command(after_help = "\
Examples:
  casebook diff --from 2026-07-01
  casebook diff --from 2026-07-01 --to 2026-07-08 --kind question --kind contradiction
  casebook diff --from 2026-07-01 --format json")]
    Diff {
        /// The earlier day: what could be read by its end is not new
        #[arg(long, value_name = "DATE")]
        from: NaiveDate,
        /// The later day, instead of today or the day of --as-of
        #[arg(long, value_name = "DATE")]
        to: Option<NaiveDate>,
        /// Only changes of this kind; may be given more than once
        #[arg(long, value_parser = kinds())]
        kind: Vec<SubjectKind>,
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: ExplainFormat,
    },
    /// Lists what is open: by state, age, party and due day
    #[command(after_help = "\
Examples:
  casebook questions --overdue
  casebook questions --vendor 阿里巴巴 --older-than 30 --sort age
  casebook questions --state answered --state moot --format csv > closed.csv")]
    Questions(QuestionArgs),
    /// Works through what needs a decision, with the evidence on screen
    #[command(after_help = "\
Examples:
  casebook review
  casebook review --by 'Ada Renholt'
  casebook review --format json --limit 20

At a terminal: c confirm, r reject, m name, s skip, p back, j k scroll, u undo, q quit.")]
    Review(ReviewArgs),
    /// Gives an incident or dispute a name for ever; without an id, proposes what to name
    #[command(after_help = "\
Examples:
  casebook mint
  casebook mint p-97f75880cca8 --name harnvik-wrenlight-ban --why 'Both reports name the board.'
  casebook mint p-97f75880cca8 --name harnvik-wrenlight-ban --title 'Harnvik bans Wrenlight' \\
    --type use_ban --party 'Harnvik School Board:authority' --party 'Orison Labs:respondent' --why '…'")]
    Mint {
        /// The last part of the address of a proposed incident, or the id of a dispute
        id: Option<String>,
        #[command(flatten)]
        naming: Box<NamingArgs>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Makes several incidents one, or several disputes one; old addresses lead to it
    #[command(after_help = "\
Example:
  casebook merge p-1b6c0a2f9d11 --into harnvik-wrenlight-ban --why 'The same order of the board.'")]
    Merge {
        /// Those that become part of it
        #[arg(required = true)]
        from: Vec<String>,
        /// The one that stays
        #[arg(long, value_name = "ID")]
        into: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Moves articles of an incident into an incident of their own
    #[command(after_help = "\
Example:
  casebook split p-97f75880cca8 https://farwire.example/appeal --why 'The appeal is another matter.'")]
    Split {
        /// The incident they leave
        id: String,
        /// The articles, by address or id
        #[arg(required = true)]
        articles: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Says where a question stands, and on which words
    #[command(after_help = "\
Examples:
  casebook answer 08df520d --evidence 6e4934c9 --why 'It says so itself.'
  casebook answer 08df520d --url https://farwire.example/appeal --words 'had appealed' --why '…'
  casebook answer 08df520d --state open --why 'That statement is about another order.'")]
    Answer {
        /// The question
        id: String,
        /// Where it stands
        #[arg(long, value_enum, default_value = "answered")]
        state: State,
        /// A claim that settles it; may be given more than once
        #[arg(long, value_name = "CLAIM")]
        evidence: Vec<String>,
        #[command(flatten)]
        passage: Passage,
        #[command(flatten)]
        signed: Signed,
    },
    /// Says where two accounts that differ stand: explained, or one of them holds
    #[command(after_help = "\
Examples:
  casebook settle x-a7e2a698 --state explained_by_time --why 'The ban was widened on the 14th.'
  casebook settle x-a7e2a698 --state resolved --holds b --why 'The court file says so.'")]
    Settle {
        /// The contradiction
        id: String,
        /// Where it stands
        #[arg(long, value_parser = super::choices::outcomes())]
        state: Outcome,
        /// The account that holds, of the two as the page has them: a or b
        #[arg(long, value_parser = super::choices::accounts())]
        holds: Option<Account>,
        #[command(flatten)]
        passage: Passage,
        #[command(flatten)]
        signed: Signed,
    },
    /// Takes off the record what the program read wrongly
    #[command(
        after_help = "Example:\n  casebook reject a7e2a698 --why 'One is the day of the answer.'"
    )]
    Reject {
        /// A claim, line, question, contradiction, article, incident or dispute; each gets a judgement
        #[arg(required = true)]
        ids: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Says that what the program read is right
    #[command(
        after_help = "Example:\n  casebook confirm p-97f75880cca8 --why 'Checked against the order.'"
    )]
    Confirm {
        /// As for reject; what is confirmed is no longer proposed
        #[arg(required = true)]
        ids: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Takes a judgement back; the judgement stays on file
    #[command(
        after_help = "Example:\n  casebook undo 2026-07-10-ada-renholt-3fa9c1d2 --why 'Misread the date.'"
    )]
    Undo {
        /// The judgement, instead of your last one in force
        id: Option<String>,
        #[command(flatten)]
        signed: Signed,
    },
}

/// Which questions, and how.
#[derive(Debug, Args)]
pub struct QuestionArgs {
    /// Only in this state, instead of all that are open; may be given more than once
    #[arg(long, value_enum, conflicts_with = "all")]
    pub state: Vec<State>,
    /// In any state
    #[arg(long)]
    pub all: bool,
    /// Only about this house, or in an incident it is a party of: any name, or an id
    #[arg(long, value_name = "NAME")]
    pub vendor: Option<String>,
    /// Only those whose day has passed
    #[arg(long)]
    pub overdue: bool,
    /// Only those first asked more than so many days ago
    #[arg(long, value_name = "DAYS")]
    pub older_than: Option<u32>,
    /// What comes first
    #[arg(long, value_enum, default_value = "due")]
    pub sort: Sort,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// What of the queue, and how.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// Prints the queue instead of working through it; lines where no terminal is
    #[arg(long, value_enum)]
    pub format: Option<ListFormat>,
    /// Most items
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Who signs, instead of `editor` of casebook.toml or git's user.name
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Who judges, and why.
#[derive(Debug, Args)]
pub struct Signed {
    /// The reason, for readers
    #[arg(long, value_name = "REASON", default_value = "")]
    pub why: String,
    /// Who signs, instead of `editor` of casebook.toml or git's user.name
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Shows what would change and writes nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Words of a page that a judgement rests on.
#[derive(Debug, Args)]
pub struct Passage {
    /// The address of an archived page that it rests on
    #[arg(long, requires = "words")]
    url: Option<String>,
    /// Its words, exactly
    #[arg(long, requires = "url")]
    words: Option<String>,
}

impl Passage {
    /// The passage, if one was given.
    pub fn quotes(self) -> Vec<Quote> {
        self.url.zip(self.words).map(|(url, words)| Quote { url, words }).into_iter().collect()
    }
}

/// How something is named.
#[derive(Debug, Default, Args)]
pub struct NamingArgs {
    /// Its name in addresses: small letters, digits, hyphens; never used for anything else
    #[arg(long, requires = "id")]
    pub name: Option<String>,
    /// Headline, instead of the one read
    #[arg(long, requires = "id")]
    pub title: Option<String>,
    /// Headline in Chinese
    #[arg(long, requires = "id")]
    pub title_zh: Option<String>,
    /// A type, the main one first, instead of those read; may be given more than once
    #[arg(long = "type", value_name = "TYPE", requires = "id")]
    pub types: Vec<String>,
    /// A party, instead of those read; may be given more than once
    #[arg(long = "party", value_name = "NAME:ROLE", value_parser = party, requires = "id")]
    pub parties: Vec<(String, PartyRole)>,
    /// Where it stands
    #[arg(long, value_parser = status, requires = "id")]
    pub status: Option<Status>,
    /// The dispute it belongs to
    #[arg(long, value_name = "ID", requires = "id")]
    pub dispute: Option<String>,
}

fn party(text: &str) -> Result<(String, PartyRole), String> {
    let (name, role) = text.rsplit_once(':').ok_or("write NAME:ROLE")?;
    let role = PartyRole::from_word(role).ok_or_else(|| {
        format!("“{role}” is no role; write initiator, respondent, authority, affected or observer")
    })?;
    Ok((name.trim().to_string(), role))
}

fn status(text: &str) -> Result<Status, String> {
    let known = Status::WORDS.iter().find(|(word, _)| *word == text);
    known
        .map(|(_, status)| *status)
        .ok_or_else(|| "write open, resolved, settled or escalating".into())
}
