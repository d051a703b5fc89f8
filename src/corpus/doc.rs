//! A reading prepared for comparison with others.

use chrono::NaiveDate;

use super::bag::{Bag, shingles, terms_apart};
use super::identity::Identities;
use super::sketch::lead_end;
use crate::model::entity::{EntityKind, NameIx, Who};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::text::Span;
use crate::rules::{Rules, Tokens};

/// A reading with everything comparisons need, computed once.
pub(super) struct Doc<'a> {
    pub id: CaptureId,
    pub reading: &'a Reading,
    /// The tokens of its body.
    pub tokens: Tokens,
    /// Where it stands in its article, if it is passages of an article about several incidents; else empty.
    pub passages: Vec<Span>,
    /// Day of publication, or of capture.
    pub day: NaiveDate,
    /// Who is behind each name of the reading.
    pub who: Vec<Who>,
    /// Hashes of runs of five words.
    pub shingles: Vec<u64>,
    /// Where headline and first paragraphs end.
    pub lead_end: usize,
}

impl<'a> Doc<'a> {
    /// Prepares a reading.
    pub(super) fn of(reading: &'a Reading, identities: &Identities, rules: &Rules) -> Self {
        let article = &reading.article;
        let who: Vec<Who> = reading
            .names
            .iter()
            .map(|name| Who {
                id: name.id.clone(),
                name: identities.name(name).to_string(),
                kind: name.kind,
            })
            .collect();
        Self {
            id: article.capture,
            reading,
            tokens: Tokens::of(&article.body, &rules.vocabulary),
            passages: Vec::new(),
            day: article.published.map_or(article.fetched.date_naive(), |p| p.day),
            who,
            shingles: shingles(&article.text()),
            lead_end: lead_end(reading),
        }
    }

    /// Whether it is an article, and no passages of one.
    pub(super) fn is_whole(&self) -> bool {
        self.passages.is_empty()
    }

    /// Who is behind a name.
    pub(super) fn who(&self, index: NameIx) -> Option<&Who> {
        self.who.get(index.0 as usize)
    }

    /// The tokens of a span, counted from its first byte.
    pub(super) fn tokens_of(&self, span: Span) -> Tokens {
        self.tokens.part(span)
    }

    /// The words of a span as a bag.
    pub(super) fn bag(&self, span: Span, rules: &Rules) -> Bag {
        let text = self.reading.words(span);
        let terms = terms_apart(text, &self.tokens_of(span), rules, |_| false);
        Bag::counted(terms.into_iter().map(|term| (term, 1.0)))
    }

    /// Who is named in a span.
    pub(super) fn names(&self, span: Span) -> impl Iterator<Item = &Who> {
        let mentions = self.reading.mentions.iter().filter(move |m| span.holds(m.span));
        mentions.filter_map(|mention| self.who(mention.name))
    }

    /// Who makes the product behind a name, where the article names them too.
    pub(super) fn owner(&self, index: NameIx) -> Option<&Who> {
        let owner = self.reading.name(index)?.owner.as_ref()?;
        self.who.iter().find(|who| who.id.as_ref() == Some(owner))
    }

    /// A name, or for a product its maker.
    pub(super) fn house(&self, index: NameIx, rules: &Rules) -> Option<Who> {
        let who = self.who(index)?;
        if who.kind != EntityKind::Product {
            return Some(who.clone());
        }
        let mut owner = self.reading.name(index)?.owner.clone();
        for _ in 0..4 {
            let entity = rules.registry.get(owner.as_ref()?)?;
            if entity.kind != EntityKind::Product {
                return Some(Who {
                    id: Some(entity.id.clone()),
                    name: entity.name.clone(),
                    kind: entity.kind,
                });
            }
            owner = entity.owner.clone();
        }
        Some(who.clone())
    }

    /// Whether bytes stand in headline or lead.
    pub(super) fn in_lead(&self, span: Span) -> bool {
        span.start() < self.lead_end
    }
}
