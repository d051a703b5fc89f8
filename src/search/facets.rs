//! How results spread over the values of fields.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::model::query::{Catalogue, Facet, FacetValue, Field};

/// Fields that are counted, in the order of display.
pub(super) const FIELDS: [Field; 9] = [
    Field::Kind,
    Field::Vendor,
    Field::Type,
    Field::Status,
    Field::Stance,
    Field::Question,
    Field::Outlet,
    Field::Lang,
    Field::Year,
];
/// Most values of a field that are told.
const VALUES_MAX: usize = 12;

/// Counts values.
pub(super) struct Counting;

pub(super) struct Counts {
    column: Option<StrColumn>,
    by_ord: Vec<u32>,
}

impl Collector for Counting {
    type Fruit = BTreeMap<String, usize>;
    type Child = Counts;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Counts> {
        let column = reader.fast_fields().str("key")?;
        let values = column.as_ref().map_or(0, |column| column.dictionary().num_terms());
        Ok(Counts { column, by_ord: vec![0; values] })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        parts: Vec<BTreeMap<String, usize>>,
    ) -> tantivy::Result<BTreeMap<String, usize>> {
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or_default();
        for (key, count) in parts.flatten() {
            *whole.entry(key).or_default() += count;
        }
        Ok(whole)
    }
}

impl SegmentCollector for Counts {
    type Fruit = BTreeMap<String, usize>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(column) = &self.column else { return };
        for ord in column.ords().values_for_doc(doc) {
            let slot = usize::try_from(ord).ok().and_then(|ord| self.by_ord.get_mut(ord));
            if let Some(count) = slot {
                *count += 1;
            }
        }
    }

    fn harvest(self) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        let Some(column) = &self.column else { return found };
        let mut key = String::new();
        for (ord, count) in self.by_ord.iter().enumerate().filter(|(_, count)| **count > 0) {
            key.clear();
            if matches!(column.ord_to_str(ord as u64, &mut key), Ok(true)) {
                let counted = key.split_once('=').and_then(|(word, _)| Field::from_word(word));
                if counted.is_some_and(|field| FIELDS.contains(&field)) {
                    found.insert(key.clone(), *count as usize);
                }
            }
        }
        found
    }
}

/// The counts as a reader sees them.
pub(super) fn facets(counts: BTreeMap<String, usize>, catalogue: &Catalogue) -> Vec<Facet> {
    let mut by_field: BTreeMap<Field, Vec<FacetValue>> = BTreeMap::new();
    for (key, count) in counts {
        let Some((word, key)) = key.split_once('=') else { continue };
        let Some(field) = Field::from_word(word) else { continue };
        let label = catalogue.label(field, key).to_string();
        by_field.entry(field).or_default().push(FacetValue { key: key.into(), label, count });
    }
    FIELDS
        .into_iter()
        .filter_map(|field| {
            let mut values = by_field.remove(&field)?;
            match field {
                Field::Year => values.sort_by(|a, b| b.key.cmp(&a.key)),
                _ => values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key))),
            }
            values.truncate(VALUES_MAX);
            Some(Facet { field, values })
        })
        .collect()
}
