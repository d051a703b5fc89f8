//! A search as tantivy carries it out, and what is to be marked in its results.

use std::ops::Bound;

use chrono::NaiveDate;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, InvertedIndexRangeQuery,
    Occur, PhraseQuery, Query as Executable, RangeQuery, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption};

use super::card::{days, key};
use super::correct;
use super::highlight::Marks;
use super::{SearchError, SearchIndex};
use crate::model::query::{Field, Query};
use crate::model::terms::{self, SURFACE, is_han};

/// How much more a word in the headline weighs.
const TITLE_BOOST: f32 = 2.5;
/// How much a word weighs that is only another name of somebody concerned.
const NAMES_BOOST: f32 = 0.8;
/// Years that documents are filed under.
const YEARS: (u32, u32) = (1900, 2200);
/// Behind every character that a term can hold.
const LAST_CHAR: char = '\u{10FFFF}';

/// A search ready to run.
pub(super) struct Compiled {
    pub query: Box<dyn Executable>,
    pub marks: Marks,
    pub notes: Vec<String>,
}

/// Makes a search out of a resolved query.
pub(super) fn compile(
    index: &SearchIndex,
    query: &Query,
    as_of: Option<NaiveDate>,
) -> Result<Compiled, SearchError> {
    let mut compiler = Compiler { index, marks: Marks::default(), notes: Vec::new(), wanted: true };
    let mut made = compiler.made(query)?;
    let fields = &index.fields;
    let day = |field: Column, day: i64| Term::from_field_i64(field, day);
    match as_of {
        Some(as_of) => {
            let as_of = days(as_of);
            let known =
                RangeQuery::new(Bound::Unbounded, Bound::Included(day(fields.known, as_of)));
            let gone = RangeQuery::new(Bound::Excluded(day(fields.gone, as_of)), Bound::Unbounded);
            made = all(vec![made, filter(Box::new(known)), filter(Box::new(gone))]);
        }
        None if index.has_past => {
            let past =
                TermQuery::new(Term::from_field_u64(fields.past, 1), IndexRecordOption::Basic);
            made = Box::new(BooleanQuery::new(vec![
                (Occur::Must, made),
                (Occur::MustNot, Box::new(past) as Box<dyn Executable>),
            ]));
        }
        None => {}
    }
    Ok(Compiled { query: made, marks: compiler.marks, notes: compiler.notes })
}

fn filter(query: Box<dyn Executable>) -> Box<dyn Executable> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn all(queries: Vec<Box<dyn Executable>>) -> Box<dyn Executable> {
    Box::new(BooleanQuery::new(queries.into_iter().map(|query| (Occur::Must, query)).collect()))
}

fn any(mut queries: Vec<Box<dyn Executable>>) -> Box<dyn Executable> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::new(queries.into_iter().map(|q| (Occur::Should, q)).collect())),
    }
}

struct Compiler<'a> {
    index: &'a SearchIndex,
    marks: Marks,
    notes: Vec<String>,
    /// False inside a negation: what must not be there is not marked.
    wanted: bool,
}

impl Compiler<'_> {
    fn made(&mut self, query: &Query) -> Result<Box<dyn Executable>, SearchError> {
        Ok(match query {
            Query::All => filter(Box::new(AllQuery)),
            Query::Word(word) => self.word(word)?,
            Query::Phrase(phrase) => any(self.run_of(phrase)?),
            Query::Prefix(prefix) => self.prefix(prefix)?,
            Query::Fuzzy(word, distance) => self.fuzzy(word, distance.map(usize::from))?,
            Query::Is(field, value) => self.is(*field, value),
            Query::Count { field: Field::Year, from, to } => {
                let years = (*from).max(YEARS.0)..=to.unwrap_or(YEARS.1).min(YEARS.1);
                any(years.map(|year| self.is(Field::Year, &year.to_string())).collect())
            }
            Query::Count { from, to, .. } => {
                let roots = |n: u32| Term::from_field_i64(self.index.fields.roots, i64::from(n));
                let upper = to.map_or(Bound::Unbounded, |to| Bound::Included(roots(to)));
                filter(Box::new(RangeQuery::new(Bound::Included(roots(*from)), upper)))
            }
            Query::Days { field, first, last, surely } => {
                self.dates(*field, *first, *last, *surely)
            }
            Query::Not(inner) => {
                let wanted = std::mem::replace(&mut self.wanted, false);
                let inner = self.made(inner)?;
                self.wanted = wanted;
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, filter(Box::new(AllQuery))),
                    (Occur::MustNot, inner),
                ]))
            }
            Query::And(list) => {
                let mut parts: Vec<(Occur, Box<dyn Executable>)> = Vec::with_capacity(list.len());
                for query in list {
                    match query {
                        Query::Not(inner) => {
                            let wanted = std::mem::replace(&mut self.wanted, false);
                            parts.push((Occur::MustNot, self.made(inner)?));
                            self.wanted = wanted;
                        }
                        other => parts.push((Occur::Must, self.made(other)?)),
                    }
                }
                if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    parts.push((Occur::Must, filter(Box::new(AllQuery))));
                }
                Box::new(BooleanQuery::new(parts))
            }
            Query::Or(list) => {
                let mut alternatives = Vec::with_capacity(list.len());
                for query in list {
                    alternatives.extend(self.alternatives(query)?);
                }
                any(alternatives)
            }
        })
    }

    /// What any of which is enough: words and rows by their columns, so that all of them are one union, of
    /// which the weak parts are skipped.
    fn alternatives(&mut self, query: &Query) -> Result<Vec<Box<dyn Executable>>, SearchError> {
        match query {
            Query::Phrase(text) => self.run_of(text),
            Query::Word(word) => match self.parts(word).as_slice() {
                [] => self.run_of(word),
                [one] => self.run_of(one),
                _ => Ok(vec![self.made(query)?]),
            },
            _ => Ok(vec![self.made(query)?]),
        }
    }

    fn is(&self, field: Field, value: &str) -> Box<dyn Executable> {
        let term = Term::from_field_text(self.index.fields.key, &key(field.word(), value));
        filter(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
    }

    fn dates(
        &self,
        field: Field,
        first: Option<NaiveDate>,
        last: Option<NaiveDate>,
        surely: bool,
    ) -> Box<dyn Executable> {
        let fields = &self.index.fields;
        // Two intervals overlap where each begins before the other ends; one lies inside the other
        // where it begins after its beginning and ends before its end.
        let (begin, end) = match (field, surely) {
            (Field::Known, _) => (fields.known, fields.known),
            (_, true) => (fields.first, fields.last),
            (_, false) => (fields.last, fields.first),
        };
        let bound = |column, day: Option<NaiveDate>| match day {
            Some(day) => Bound::Included(Term::from_field_i64(column, days(day))),
            None => Bound::Included(Term::from_field_i64(column, i64::MIN)),
        };
        let lower = RangeQuery::new(bound(begin, first), Bound::Unbounded);
        let upper = match last {
            Some(_) => bound(end, last),
            None => Bound::Included(Term::from_field_i64(end, i64::MAX)),
        };
        let upper = RangeQuery::new(Bound::Unbounded, upper);
        all(vec![filter(Box::new(lower)), filter(Box::new(upper))])
    }

    /// What a word without quotation marks is made of: Chinese is cut into words.
    fn parts(&self, word: &str) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for script in terms::scripts(word) {
            if script.chars().next().is_some_and(is_han) {
                parts.extend(correct::han_words(script));
            } else if !terms::wanted(script).is_empty() {
                parts.push(script.to_string());
            }
        }
        parts
    }

    /// A word: all of its parts have to be there.
    fn word(&mut self, word: &str) -> Result<Box<dyn Executable>, SearchError> {
        match self.parts(word).as_slice() {
            [] => Ok(any(self.run_of(word)?)),
            [one] => Ok(any(self.run_of(one)?)),
            many => {
                let many = many.iter().map(|part| Ok(any(self.run_of(part)?)));
                Ok(all(many.collect::<Result<Vec<_>, SearchError>>()?))
            }
        }
    }

    /// Words in a row, by column: one of them is enough.
    fn run_of(&mut self, text: &str) -> Result<Vec<Box<dyn Executable>>, SearchError> {
        let terms = terms::wanted(text);
        if let [one] = terms.as_slice()
            && !self.on_record(&one.text)?
            && let Some(near) = correct::nearest(self.index, text)?
        {
            self.notes.push(format!("no document holds “{text}”; searched for “{near}” as well"));
            let terms = terms::wanted(&near);
            return self.row(&terms);
        }
        self.row(&terms)
    }

    fn on_record(&self, term: &str) -> Result<bool, SearchError> {
        let fields = &self.index.fields;
        for column in [fields.body, fields.title, fields.names] {
            if self.index.searcher.doc_freq(&Term::from_field_text(column, term))? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn row(&mut self, terms: &[terms::Term]) -> Result<Vec<Box<dyn Executable>>, SearchError> {
        if self.wanted {
            self.marks.row(terms);
        }
        let mut found: Vec<Box<dyn Executable>> = Vec::new();
        for (column, boost) in self.columns() {
            let known = |term: &terms::Term| {
                self.index.searcher.doc_freq(&Term::from_field_text(column, &term.text))
            };
            // A field in which a word never stands would only slow the others down.
            let mut everywhere = true;
            for term in terms {
                everywhere &= known(term)? > 0;
            }
            if !everywhere {
                continue;
            }
            let query: Box<dyn Executable> = match terms {
                [] => continue,
                [one] => Box::new(TermQuery::new(
                    Term::from_field_text(column, &one.text),
                    IndexRecordOption::WithFreqs,
                )),
                many => {
                    let base = many.first().map_or(0, |term| term.at);
                    Box::new(PhraseQuery::new_with_offset(
                        many.iter()
                            .map(|t| (t.at - base, Term::from_field_text(column, &t.text)))
                            .collect(),
                    ))
                }
            };
            found.push(boosted(query, boost));
        }
        Ok(found)
    }

    fn columns(&self) -> [(Column, f32); 3] {
        let fields = &self.index.fields;
        [(fields.body, 1.0), (fields.title, TITLE_BOOST), (fields.names, NAMES_BOOST)]
    }

    fn prefix(&mut self, prefix: &str) -> Result<Box<dyn Executable>, SearchError> {
        let Some(opening) = terms::opening(prefix) else { return Ok(Box::new(EmptyQuery)) };
        if opening.chars().next().is_some_and(is_han) {
            return Ok(any(self.run_of(&opening)?));
        }
        if self.wanted {
            self.marks.prefix(&opening);
        }
        let mut found: Vec<Box<dyn Executable>> = Vec::new();
        for (column, boost) in self.columns() {
            for low in [opening.clone(), format!("{SURFACE}{opening}")] {
                let high = format!("{low}{LAST_CHAR}");
                let range = InvertedIndexRangeQuery::new(
                    Bound::Included(Term::from_field_text(column, &low)),
                    Bound::Included(Term::from_field_text(column, &high)),
                );
                found.push(Box::new(ConstScoreQuery::new(Box::new(range), boost)));
            }
        }
        Ok(any(found))
    }

    fn fuzzy(
        &mut self,
        word: &str,
        distance: Option<usize>,
    ) -> Result<Box<dyn Executable>, SearchError> {
        let Some(folded) = terms::opening(word) else { return Ok(any(self.run_of(word)?)) };
        if folded.chars().next().is_some_and(is_han) {
            return Ok(any(self.run_of(word)?));
        }
        let near = correct::near_terms(self.index, &folded, distance)?;
        let mut found: Vec<Box<dyn Executable>> = Vec::new();
        for (term, off) in near {
            if self.wanted {
                self.marks.term(&term);
            }
            let closeness = 1.0 / (1.0 + off as f32);
            for (column, boost) in self.columns() {
                let term = Term::from_field_text(column, &term);
                if self.index.searcher.doc_freq(&term)? > 0 {
                    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                    found.push(boosted(Box::new(query), boost * closeness));
                }
            }
        }
        Ok(any(found))
    }
}

fn boosted(query: Box<dyn Executable>, boost: f32) -> Box<dyn Executable> {
    if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) }
}
