//! Everything read from one capture.

use serde::{Deserialize, Serialize};

use super::article::{Article, BlockKind, Foreign};
use super::claim::{Act, Claim, Speaker, Via};
use super::date::{DateExpr, EventRole, TimeExpr};
use super::edtf::Edtf;
use super::entity::{Mention, Name, NameIx};
use super::rule::RuleId;
use super::text::Span;

/// Why a sentence leaves something open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AskKind {
    /// A question with a question mark.
    Explicit,
    /// "Whether …" as an item of its own.
    Whether,
    /// "remains to be seen", "unclear".
    Uncertain,
    /// A party has not answered.
    NoResponse,
    /// A ruling, deadline or report still to come.
    Pending,
}

impl AskKind {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            AskKind::Explicit => "explicit",
            AskKind::Whether => "whether",
            AskKind::Uncertain => "uncertain",
            AskKind::NoResponse => "no_response",
            AskKind::Pending => "pending",
        }
    }
}

/// Something the article leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The sentence or clause, verbatim.
    pub span: Span,
    /// Why it is open.
    pub kind: AskKind,
    /// Whom it concerns.
    pub about: Vec<NameIx>,
    /// By when it should be settled.
    pub due: Option<Edtf>,
    /// The row that recognised it.
    pub rule: RuleId,
}

/// A dated happening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub date: Edtf,
    /// Index of the expression in [`Reading::dates`]; `None` where no word gives the date and the
    /// day of publication bounds it.
    pub expr: Option<u32>,
    /// The clause that tells it, verbatim.
    pub span: Span,
    /// Who takes part.
    pub parties: Vec<NameIx>,
    /// Happened, planned, effective, due.
    pub role: EventRole,
    /// The clause as a line: names for words that refer back, the date and asides left out.
    pub line: String,
    /// The words of the clause that the line is made of, with the date.
    pub words: Span,
    /// The words of the article's news, where the clause only dates it: "The order was issued on Monday".
    pub about: Option<Span>,
}

/// How an article refers to another report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CitationKind {
    /// "X reported", "according to X".
    Reported,
    /// "seen by X", "told X": X holds the evidence.
    Witnessed,
    /// "first reported by X".
    First,
    /// Named in a list of sources.
    Listed,
    /// "via X": a carrier, not a source.
    Carrier,
    /// A dateline or credit: the text is X's.
    Wire,
}

/// A reference to another report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The outlet, where it is named.
    pub outlet: Option<NameIx>,
    /// How it is referred to.
    pub kind: CitationKind,
    /// The words.
    pub span: Span,
}

/// Everything read from one capture: a pure function of its bytes and the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Sentences of headline and main text.
    pub sentences: Vec<Span>,
    /// Who and what is named.
    pub names: Vec<Name>,
    /// Where, in order.
    pub mentions: Vec<Mention>,
    /// Expressions of calendar time, in order.
    pub dates: Vec<DateExpr>,
    /// Expressions of time that name no day, in order.
    pub times: Vec<TimeExpr>,
    /// Dated happenings, in order of the text.
    pub events: Vec<Event>,
    /// Who did what to whom, in order of the text.
    pub acts: Vec<Act>,
    /// Who said what, in order of the text.
    pub claims: Vec<Claim>,
    /// What is left open, in order of the text.
    pub asks: Vec<Ask>,
    /// Which reports it rests on.
    pub citations: Vec<Citation>,
    /// How surely it is about an AI vendor dispute, in thousandths.
    pub relevance: u16,
    /// Types of incident it speaks of, strongest first, with weights.
    pub topics: Vec<(String, u16)>,
}

impl Reading {
    /// Whether the article is about an AI vendor dispute.
    pub fn is_relevant(&self) -> bool {
        self.relevance >= 500
    }

    /// The name behind an index.
    pub fn name(&self, index: NameIx) -> Option<&Name> {
        self.names.get(index.0 as usize)
    }

    /// The letters of a name, or nothing for an index that does not fit.
    pub fn name_text(&self, index: NameIx) -> &str {
        self.name(index).map_or("", |name| name.name.as_str())
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.article.body)
    }

    /// Through whom the article knows of a claim, nearest first, each once; its speaker is none of them.
    pub fn chain(&self, claim: &Claim) -> Vec<&str> {
        let speaker = match claim.speaker {
            Speaker::Named(name) | Speaker::Outlet(name) => self.name_text(name),
            Speaker::Document(words, _) | Speaker::Anonymous(words, _) => self.words(words),
            Speaker::Here => "",
        };
        let mut chain: Vec<&str> = Vec::with_capacity(claim.via.len());
        for via in &claim.via {
            let name = match via {
                Via::Name(name) => self.name_text(*name),
                Via::Phrase(words) => self.words(*words),
            };
            if !name.eq_ignore_ascii_case(speaker) && !chain.contains(&name) {
                chain.push(name);
            }
        }
        chain
    }

    /// Where the headline ends in the body; 0 without one.
    pub fn title_end(&self) -> usize {
        let first = self.article.blocks.first();
        first.filter(|block| block.kind == BlockKind::Title).map_or(0, |block| block.span.end())
    }

    /// The reading as far as it speaks of passages, in order: all else is blank, at the same places. The article's
    /// names and dates stay as they are numbered.
    pub fn part(&self, passages: &[Span]) -> Reading {
        let inside = |span: Span| passages.iter().any(|passage| passage.holds(span));
        let article = &self.article;
        let mut body = String::with_capacity(article.body.len());
        for passage in passages {
            body.push_str(&" ".repeat(passage.start().saturating_sub(body.len())));
            body.push_str(self.words(*passage));
        }
        body.push_str(&" ".repeat(article.body.len().saturating_sub(body.len())));
        let kept = || article.blocks.iter().enumerate().filter(|(_, block)| inside(block.span));
        let foreign = kept().enumerate().filter_map(|(block, (was, _))| {
            let foreign = article.foreign.iter().find(|foreign| foreign.block == was)?;
            Some(Foreign { block, ..foreign.clone() })
        });
        let told = |claim: &&Claim| inside(claim.sentence) && inside(claim.content);
        Reading {
            article: Article {
                foreign: foreign.collect(),
                blocks: kept().map(|(_, block)| *block).collect(),
                entries: article.entries.iter().filter(|e| inside(e.span)).copied().collect(),
                body,
                ..article.clone()
            },
            sentences: self.sentences.iter().filter(|span| inside(**span)).copied().collect(),
            mentions: self.mentions.iter().filter(|m| inside(m.span)).cloned().collect(),
            times: self.times.iter().filter(|time| inside(time.span)).cloned().collect(),
            events: self.events.iter().filter(|event| inside(event.span)).cloned().collect(),
            acts: self.acts.iter().filter(|act| inside(act.span)).cloned().collect(),
            claims: self.claims.iter().filter(told).cloned().collect(),
            asks: self.asks.iter().filter(|ask| inside(ask.span)).cloned().collect(),
            citations: self.citations.iter().filter(|c| inside(c.span)).copied().collect(),
            names: self.names.clone(),
            dates: self.dates.clone(),
            topics: self.topics.clone(),
            relevance: self.relevance,
        }
    }

    /// The sentence that holds a span, or the span itself.
    pub fn sentence_of(&self, span: Span) -> Span {
        self.sentences.iter().copied().find(|sentence| sentence.holds(span)).unwrap_or(span)
    }
}

/// A block of a page with the numbers it is typed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeighedBlock {
    /// Its text.
    pub text: String,
    /// What it was taken for.
    pub kind: BlockKind,
    /// Name and value of each number.
    pub numbers: Vec<(&'static str, i32)>,
}
