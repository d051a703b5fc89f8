//! More like this: what shares the rare words and the values of a document.

use std::collections::BTreeMap;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as Executable, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyDocument, Term};

use super::card::{hit, words};
use super::compile::Compiled;
use super::highlight::Marks;
use super::run::Ask;
use super::{SearchError, SearchIndex};
use crate::model::query::{Found, Sort};
use crate::model::terms::{self, SURFACE};

/// Words that are looked for.
const WORDS_MAX: usize = 25;
/// Characters of a document that are looked at.
const CHARS_MAX: usize = 8_000;
/// How much a shared value weighs, such as the same vendor or type.
const VALUE_BOOST: f32 = 1.5;

impl SearchIndex {
    /// Finds other incidents that are like something on record; `None` where nothing has that id.
    ///
    /// # Errors
    /// An index that is damaged.
    pub fn similar(&self, id: &str, limit: usize) -> Result<Option<Found>, SearchError> {
        let Some(address) = self.address(id)? else { return Ok(None) };
        let doc: TantivyDocument = self.searcher.doc(address)?;
        let Some(this) = hit(&self.fields, &doc, Vec::new(), 0.0) else { return Ok(None) };
        let body: String = words(&self.fields, &doc).chars().take(CHARS_MAX).collect();
        let mut counts: BTreeMap<String, f32> = BTreeMap::new();
        for (text, weight) in [(this.title.as_str(), 3.0), (body.as_str(), 1.0)] {
            terms::each(text, |term, _, _, _| {
                if !term.starts_with(SURFACE) && term.chars().nth(1).is_some() {
                    *counts.entry(term.to_string()).or_default() += weight;
                }
            });
        }
        let all = self.searcher.num_docs() as f32;
        let mut weighed: Vec<(f32, String)> = Vec::new();
        for (term, count) in counts {
            let there =
                self.searcher.doc_freq(&Term::from_field_text(self.fields.body, &term))? as f32;
            if there > 0.0 {
                weighed.push(((1.0 + count.ln()) * (all / there).ln().max(0.0), term));
            }
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        weighed.truncate(WORDS_MAX);
        let mut any: Vec<(Occur, Box<dyn Executable>)> = Vec::new();
        for (_, term) in weighed {
            for column in [self.fields.body, self.fields.title] {
                let term = Term::from_field_text(column, &term);
                any.push((
                    Occur::Should,
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                ));
            }
        }
        for value in self.values(address)? {
            let term = Term::from_field_text(self.fields.key, &value);
            let same = TermQuery::new(term, IndexRecordOption::Basic);
            let same = ConstScoreQuery::new(Box::new(same), 1.0);
            any.push((Occur::Should, Box::new(BoostQuery::new(Box::new(same), VALUE_BOOST))));
        }
        // Only whole incidents, and not this one.
        let incident = Term::from_field_text(self.fields.key, "kind=incident");
        let group = Term::from_field_text(self.fields.id, &this.group);
        let query = BooleanQuery::new(vec![
            (Occur::Must, Box::new(BooleanQuery::new(any)) as Box<dyn Executable>),
            (
                Occur::Must,
                Box::new(ConstScoreQuery::new(
                    Box::new(TermQuery::new(incident, IndexRecordOption::Basic)),
                    0.0,
                )),
            ),
            (Occur::MustNot, Box::new(TermQuery::new(group, IndexRecordOption::Basic))),
        ]);
        let compiled =
            Compiled { query: Box::new(query), marks: Marks::default(), notes: Vec::new() };
        let ask = Ask { limit, offset: 0, of_each: 1, facets: false };
        self.gathered(&compiled, Sort::Best, ask).map(Some)
    }

    /// The values a document carries that tell what it is about.
    fn values(&self, address: tantivy::DocAddress) -> Result<Vec<String>, SearchError> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let Some(column) = segment.fast_fields().str("key")? else { return Ok(Vec::new()) };
        let mut values = Vec::new();
        let mut value = String::new();
        for ord in column.term_ords(address.doc_id) {
            value.clear();
            let read = column.ord_to_str(ord, &mut value).map_err(tantivy::TantivyError::from)?;
            let telling = ["vendor=", "type=", "product=", "dispute="];
            if read && telling.iter().any(|field| value.starts_with(field)) {
                values.push(value.clone());
            }
        }
        Ok(values)
    }
}
