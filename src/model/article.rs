//! One article as it was read: metadata and typed blocks over one body of text.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ground::Grounds;
use super::source::{ArticleId, CaptureId, Language};
use super::text::Span;

/// What a block of text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// The headline. At most one, always first.
    Title,
    /// A heading inside the text.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// A caption or photo credit.
    Caption,
    /// A row of a table.
    Table,
    /// Navigation, teasers, forms, notices: typed, never dropped, never read.
    Furniture,
}

impl BlockKind {
    /// Whether the block belongs to the main text.
    pub fn is_main(self) -> bool {
        !matches!(self, BlockKind::Title | BlockKind::Caption | BlockKind::Furniture)
    }

    /// Whether the block is no part of the article.
    pub fn is_furniture(self) -> bool {
        self == BlockKind::Furniture
    }

    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list-item",
            BlockKind::Quote => "quote",
            BlockKind::Caption => "caption",
            BlockKind::Table => "table",
            BlockKind::Furniture => "furniture",
        }
    }
}

/// What the heading above a block says the block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Section {
    /// Plain report.
    Report,
    /// Points in brief: "What matters", "Key takeaways".
    Summary,
    /// What the outlet leaves open: "Open questions".
    Questions,
    /// What the outlet waits for: "What to watch".
    Watch,
    /// A list of other reports.
    Sources,
    /// Advice to readers by role: editorial content, no claim and no question.
    Advice,
    /// Limits the outlet states of its own text.
    Caveats,
}

/// A run of text with one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the body.
    pub span: Span,
    /// What the heading above it says.
    pub section: Section,
}

/// How the day of publication is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PublishedBasis {
    /// Structured data (schema.org).
    JsonLd,
    /// A meta element.
    Meta,
    /// A `<time>` element.
    Time,
    /// The address.
    Url,
    /// A date printed near the headline.
    Visible,
    /// "4h ago", "Yesterday", counted from the capture.
    Relative,
    /// Not known; only not after the capture.
    FetchedBound,
}

impl PublishedBasis {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            PublishedBasis::JsonLd => "json-ld",
            PublishedBasis::Meta => "meta",
            PublishedBasis::Time => "time",
            PublishedBasis::Url => "url",
            PublishedBasis::Visible => "visible",
            PublishedBasis::Relative => "relative",
            PublishedBasis::FetchedBound => "fetched-bound",
        }
    }
}

/// When an article was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day, in the outlet's own time zone where one is given.
    pub day: NaiveDate,
    /// The moment, where one is given.
    pub moment: Option<DateTime<FixedOffset>>,
    /// How this is known.
    pub basis: PublishedBasis,
}

impl Published {
    /// Whether the day is that of publication, not the last it can have been.
    pub fn is_known(&self) -> bool {
        self.basis != PublishedBasis::FetchedBound
    }
}

/// An entry of a live blog: blocks that came out at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it came out: the day, and the time of day as printed.
    pub at: NaiveDateTime,
    /// From its first block of text to its last.
    pub span: Span,
}

/// A block in another language than the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// Which block, counted from 0.
    pub block: usize,
    /// Its language.
    pub language: Language,
}

/// One article as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Of the canonical address.
    pub id: ArticleId,
    /// The capture that was read.
    pub capture: CaptureId,
    /// The canonical address.
    pub url: String,
    /// The address as requested, or the path of a file.
    pub requested: String,
    /// When the capture was fetched.
    pub fetched: DateTime<Utc>,
    /// When the same bytes were found there last; as long as nobody says otherwise, when they were fetched.
    pub seen: DateTime<Utc>,
    /// The publisher's name as the page shows it.
    pub outlet: Option<String>,
    /// Names of the authors.
    pub byline: Vec<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was changed last, where the page says so.
    pub modified: Option<Published>,
    /// In which language.
    pub language: Language,
    /// How these facts are known.
    pub grounds: Grounds,
    /// Blocks in other languages, in order.
    pub foreign: Vec<Foreign>,
    /// Entries of a live blog, in the order of the page; empty for other articles.
    pub entries: Vec<Entry>,
    /// Whether a wall stood before the text, so that the capture holds its beginning or nothing of it.
    pub walled: bool,
    /// All text of the page that may be read, the headline first, blocks joined by a blank line.
    pub body: String,
    /// What the parts of the body are, in order.
    pub blocks: Vec<Block>,
}

/// A span of the body as readers count it: in characters of the headline or of the main text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whether it lies in the headline.
    pub in_title: bool,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

impl Article {
    /// The day it could first be read: of publication, else of capture.
    pub fn day(&self) -> NaiveDate {
        self.published.map_or(self.fetched.date_naive(), |published| published.day)
    }

    /// The day of publication, where it is known and not only the last it can have been.
    pub fn published_day(&self) -> Option<NaiveDate> {
        self.published.filter(Published::is_known).map(|published| published.day)
    }

    /// The headline, where the page has one.
    pub fn title(&self) -> Option<&str> {
        self.blocks
            .first()
            .filter(|block| block.kind == BlockKind::Title)
            .map(|block| block.span.of(&self.body))
    }

    /// The blocks of the main text, in order.
    pub fn main_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind.is_main())
    }

    /// The main text: blocks joined by a blank line, headline, captions and furniture left out.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.body.len());
        for block in self.main_blocks() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(block.span.of(&self.body));
        }
        text
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.body)
    }

    /// The block that holds a span.
    pub fn block_of(&self, span: Span) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.start() <= span.start());
        self.blocks.get(after.checked_sub(1)?).filter(|block| block.span.holds(span))
    }

    /// The language of a block, by its number.
    pub fn language_of(&self, block: usize) -> Option<&str> {
        self.blocks.get(block)?;
        let foreign = self.foreign.iter().find(|foreign| foreign.block == block);
        Some(foreign.map_or(self.language.code(), |foreign| foreign.language.code()))
    }

    /// The entry of a live blog that holds a span.
    pub fn entry_of(&self, span: Span) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.span.holds(span))
    }

    /// Makes the map from spans of the body to characters of headline and main text.
    pub fn places(&self) -> Places<'_> {
        let mut starts = Vec::with_capacity(self.blocks.len());
        let mut chars = 0;
        for block in &self.blocks {
            starts.push(chars);
            if block.kind.is_main() {
                chars += block.span.of(&self.body).chars().count() + 2;
            }
        }
        Places { article: self, starts }
    }
}

/// Turns byte spans of the body into character places; made once per article.
pub struct Places<'a> {
    article: &'a Article,
    starts: Vec<usize>,
}

impl Places<'_> {
    /// Where a span stands; `None` for captions, furniture and spans over several blocks.
    pub fn of(&self, span: Span) -> Option<Place> {
        let blocks = &self.article.blocks;
        let index = blocks.partition_point(|b| b.span.start() <= span.start()).checked_sub(1)?;
        let block = blocks.get(index).filter(|block| block.span.holds(span))?;
        let in_title = block.kind == BlockKind::Title;
        if !in_title && !block.kind.is_main() {
            return None;
        }
        let lead = Span::new(block.span.start(), span.start()).of(&self.article.body);
        let base = if in_title { 0 } else { *self.starts.get(index)? };
        let start = base + lead.chars().count();
        Some(Place { in_title, start, end: start + span.of(&self.article.body).chars().count() })
    }
}
