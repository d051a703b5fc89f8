//! What is searched, and what is found.

use chrono::NaiveDate;

use super::Field;
use crate::model::edtf::Edtf;

/// What a document is, in the order of display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocKind {
    /// An incident.
    Incident,
    /// A claim.
    Claim,
    /// A question.
    Question,
    /// A line of a timeline.
    Event,
    /// An article.
    Article,
    /// A party or product with a page.
    Vendor,
}

impl DocKind {
    /// All kinds, in the order of display.
    pub const ALL: [DocKind; 6] = [
        DocKind::Incident,
        DocKind::Claim,
        DocKind::Question,
        DocKind::Event,
        DocKind::Article,
        DocKind::Vendor,
    ];

    /// The word used in the language and in output.
    pub fn word(self) -> &'static str {
        match self {
            DocKind::Incident => "incident",
            DocKind::Claim => "claim",
            DocKind::Question => "question",
            DocKind::Event => "event",
            DocKind::Article => "article",
            DocKind::Vendor => "vendor",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// How much more a match weighs than the same match in an article.
    pub fn weight(self) -> f32 {
        match self {
            DocKind::Incident => 2.0,
            DocKind::Claim => 1.2,
            DocKind::Question => 1.1,
            DocKind::Event | DocKind::Article => 1.0,
            DocKind::Vendor => 0.8,
        }
    }
}

/// Who published the words of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// Language of the article.
    pub lang: Option<String>,
}

/// A document to be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchDoc {
    /// What it is.
    pub kind: DocKind,
    /// Id that `explain` takes.
    pub id: String,
    /// The incident it belongs to, by the last part of its address; its own id without one.
    pub group: String,
    /// Its line in a list of results.
    pub title: String,
    /// The same in another language.
    pub title_zh: Option<String>,
    /// What else can be found by words, and shown as evidence.
    pub body: String,
    /// Names of those concerned: found by words, never shown.
    pub names: String,
    /// Address on the site.
    pub path: String,
    /// When it happened.
    pub date: Option<Edtf>,
    /// The day it could first be known.
    pub known: NaiveDate,
    /// The last day on which it changed.
    pub changed: NaiveDate,
    /// The day from which another state of the same thing holds.
    pub gone: Option<NaiveDate>,
    /// On how many independent reports it rests.
    pub roots: u32,
    /// Values for conditions, as in the catalogue.
    pub keys: Vec<(Field, String)>,
    /// Who published its words.
    pub source: Source,
    /// Whether its words may be repeated by the published site.
    pub published: bool,
    /// Everything on record about it, as JSON.
    pub record: String,
}

/// Words of a result, marked where they were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were looked for.
    pub marked: bool,
}

/// A search result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: DocKind,
    /// Id that `explain` takes.
    pub id: String,
    /// The incident it belongs to.
    pub group: String,
    /// Its line.
    pub title: String,
    /// The same in Chinese.
    pub title_zh: Option<String>,
    /// Address on the site.
    pub path: String,
    /// EDTF date, where there is one.
    pub date: Option<String>,
    /// The day it could first be known.
    pub known: NaiveDate,
    /// The last day on which it changed.
    pub changed: NaiveDate,
    /// On how many independent reports it rests.
    pub roots: u32,
    /// Who published its words.
    pub source: Source,
    /// Words around the match.
    pub snippet: Vec<Piece>,
    /// The executor's score.
    pub score: f32,
}

impl Hit {
    /// The snippet without its marks.
    pub fn words(&self) -> String {
        self.snippet.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// What was found of one incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The incident itself, found or not; the thing itself where it belongs to none.
    pub head: Hit,
    /// Whether the head was found, and not only what belongs to it.
    pub found: bool,
    /// The best of what belongs to it.
    pub hits: Vec<Hit>,
    /// How many more of it were found.
    pub more: usize,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as a query has it.
    pub key: String,
    /// The value as a reader knows it.
    pub label: String,
    /// How many results have it.
    pub count: usize,
}

/// How results spread over the values of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// Its values, commonest first.
    pub values: Vec<FacetValue>,
}

/// Everything a search gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// How many results there are in all.
    pub count: usize,
    /// How many incidents and single things they belong to.
    pub groups_count: usize,
    /// This page of them.
    pub groups: Vec<Group>,
    /// How they spread.
    pub facets: Vec<Facet>,
    /// What the reader should know: names nobody has, words that were corrected.
    pub notes: Vec<String>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<usize>,
}

impl Found {
    /// All results in order, the incident before what belongs to it.
    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.groups
            .iter()
            .flat_map(|group| group.found.then_some(&group.head).into_iter().chain(&group.hits))
    }

    /// Keeps the first so many results; what is left out is counted with its incident.
    pub fn cut(&mut self, most: usize) {
        let mut left = most;
        for group in &mut self.groups {
            left = left.saturating_sub(usize::from(group.found));
            let all = group.hits.len();
            group.hits.truncate(left);
            group.more += all - group.hits.len();
            left -= group.hits.len();
        }
        let mut seen = 0;
        self.groups.retain(|group| {
            let before = seen;
            seen += usize::from(group.found) + group.hits.len();
            before < most && (group.found || !group.hits.is_empty())
        });
    }
}
