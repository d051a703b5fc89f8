//! How results spread over the values of fields.

use std::collections::BTreeMap;

use tantivy::Searcher;
use tantivy::columnar::StrColumn;

use super::matches::Matches;
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

/// How often each value stands in the matches.
///
/// # Errors
/// An index that is damaged.
pub(super) fn counts(
    searcher: &Searcher,
    matches: &[Matches],
) -> tantivy::Result<BTreeMap<String, usize>> {
    let mut found = BTreeMap::new();
    for part in matches {
        let Some(column) = searcher.segment_reader(part.segment).fast_fields().str("key")? else {
            continue;
        };
        let counts = by_ord(&column, part);
        let counted = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let (ords, counts): (Vec<u64>, Vec<u32>) =
            counted.map(|(ord, count)| (ord as u64, *count)).unzip();
        let mut counts = counts.into_iter();
        column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
            let count = counts.next().unwrap_or(0);
            let key = String::from_utf8_lossy(term);
            let field = key.split_once('=').and_then(|(word, _)| Field::from_word(word));
            if field.is_some_and(|field| FIELDS.contains(&field)) {
                *found.entry(key.into_owned()).or_default() += count as usize;
            }
        })?;
    }
    Ok(found)
}

/// How often each value of a column stands in the matches of its segment.
fn by_ord(column: &StrColumn, matches: &Matches) -> Vec<u32> {
    let mut counts = vec![0_u32; column.dictionary().num_terms()];
    let (mut docs, mut rows, mut ords) = (Vec::new(), Vec::new(), Vec::new());
    for (block, _) in matches.blocks() {
        docs.clear();
        rows.clear();
        column.ords().row_ids_for_docs(block, &mut docs, &mut rows);
        ords.clear();
        ords.resize(rows.len(), 0_u64);
        column.ords().values.get_vals(&rows, &mut ords);
        for ord in &ords {
            let slot = usize::try_from(*ord).ok().and_then(|ord| counts.get_mut(ord));
            if let Some(count) = slot {
                *count += 1;
            }
        }
    }
    counts
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
