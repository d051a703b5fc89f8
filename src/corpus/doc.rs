//! A reading prepared for comparison with others.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::bag::{Bag, hash, shingles};
use super::identity::Identities;
use crate::model::article::BlockKind;
use crate::model::entity::{EntityKind, EntityRole, NameIx, Who};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::text::Span;
use crate::rules::Rules;

/// A reading with everything comparisons need, computed once.
pub(super) struct Doc<'a> {
    pub id: CaptureId,
    pub reading: &'a Reading,
    /// Day of publication, or of capture.
    pub day: NaiveDate,
    /// Who is behind each name of the reading.
    pub who: Vec<Who>,
    /// Names by key, more weight in headline and lead.
    pub names: Bag,
    /// Content words.
    pub words: Bag,
    /// What is done, by predicate and type.
    pub acts: Bag,
    /// Hashes of runs of five words.
    pub shingles: Vec<u64>,
    /// Hash of the text: orders articles of one day alike wherever they lie.
    pub print: u64,
    /// Where headline and first paragraphs end.
    pub lead_end: usize,
}

impl<'a> Doc<'a> {
    /// Prepares a reading.
    pub(super) fn of(reading: &'a Reading, identities: &Identities, rules: &Rules) -> Self {
        let article = &reading.article;
        let lead_end = lead_end(reading);
        let who: Vec<Who> = reading
            .names
            .iter()
            .map(|name| Who {
                id: name.id.clone(),
                name: identities.name(name).to_string(),
                kind: name.kind,
            })
            .collect();
        let text = article.text();
        let mut doc = Self {
            id: article.capture,
            reading,
            day: article.published.map_or(article.fetched.date_naive(), |p| p.day),
            who,
            names: Bag::default(),
            words: Bag::of(&text, rules),
            acts: Bag::default(),
            shingles: shingles(&text),
            print: hash(&text),
            lead_end,
        };
        doc.names = doc.name_bag(rules);
        doc.acts = doc.act_bag(rules);
        doc
    }

    /// Who is behind a name.
    pub(super) fn who(&self, index: NameIx) -> Option<&Who> {
        self.who.get(index.0 as usize)
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

    /// Whether bytes stand in headline or lead.
    pub(super) fn in_lead(&self, span: Span) -> bool {
        span.start() < self.lead_end
    }

    fn name_bag(&self, rules: &Rules) -> Bag {
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for mention in &self.reading.mentions {
            let weight = if self.in_lead(mention.span) { 3.0 } else { 1.0 };
            *sums.entry(mention.name.0 as usize).or_default() += weight;
        }
        let mut bag = Bag::default();
        for (index, sum) in sums {
            let Some(who) = self.who.get(index) else { continue };
            let factor = name_factor(who, rules);
            if factor > 0.0 {
                bag.add(hash(&who.key()), factor * (1.0 + sum.ln()));
                // A product speaks for its maker as well.
                let owner = self.reading.names.get(index).and_then(|name| name.owner.as_ref());
                if let Some(owner) = owner.filter(|_| who.kind == EntityKind::Product) {
                    bag.add(hash(owner.as_str()), factor * 0.5 * (1.0 + sum.ln()));
                }
            }
        }
        bag
    }

    fn act_bag(&self, rules: &Rules) -> Bag {
        let mut bag = Bag::default();
        for act in &self.reading.acts {
            let weight = if self.in_lead(act.span) { 3.0 } else { 1.0 };
            bag.add(hash(act.predicate.as_str()), weight);
            let kind = rules.lexicon.predicates.rows().iter().find(|row| row.id == act.rule);
            if let Some(row) = kind.filter(|row| !row.meaning.kind.is_empty()) {
                bag.add(hash(&row.meaning.kind), weight * f64::from(row.meaning.weight) / 4.0);
            }
        }
        bag
    }
}

/// How much a name tells about an incident: outlets and platforms little, places less.
fn name_factor(who: &Who, rules: &Rules) -> f64 {
    let entity = who.id.as_ref().and_then(|id| rules.registry.get(id));
    let carries = entity.is_some_and(|e| {
        e.is(EntityRole::Outlet) || e.is(EntityRole::Agency) || e.is(EntityRole::Platform)
    });
    match who.kind {
        _ if carries => 0.15,
        EntityKind::Place => 0.2,
        EntityKind::Person => 0.8,
        EntityKind::Legal => 0.8,
        EntityKind::Organization | EntityKind::Government | EntityKind::Product => 1.0,
    }
}

fn lead_end(reading: &Reading) -> usize {
    reading
        .article
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem))
        .nth(2)
        .map_or(usize::MAX, |block| block.span.end())
}
