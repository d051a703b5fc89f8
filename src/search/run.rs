//! A query against the index.

use std::ops::Bound;
use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery,
    Query as Executable, RangeQuery, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, Searcher, TantivyDocument, Term};

use super::rebuild::{condition, days};
use super::schema::Fields;
use super::tokenizer::{ANALYZER, analyzer};
use super::{SearchError, folder};
use crate::model::query::{Field, Hit, Query};

/// How much more a word in the title weighs.
const TITLE_BOOST: f32 = 2.0;
/// How much more an incident weighs than a claim or an article.
const INCIDENT_BOOST: f32 = 1.6;
/// Longest snippet, in characters.
const SNIPPET_CHARS_MAX: usize = 200;

/// Finds documents, best first.
///
/// # Errors
/// An index that is missing or damaged.
pub fn run(home: &Path, query: &Query, limit: usize) -> Result<(usize, Vec<Hit>), SearchError> {
    let path = folder(home);
    if !path.is_dir() {
        return Err(SearchError::NoIndex { path: home.to_path_buf() });
    }
    let index = Index::open_in_dir(&path)?;
    index.tokenizers().register(ANALYZER, analyzer());
    let fields = Fields::new();
    let searcher = index.reader()?.searcher();
    let plain = executable(&fields, query);
    let favoured = BooleanQuery::new(vec![
        (Occur::Must, plain.box_clone()),
        (Occur::Should, Box::new(BoostQuery::new(term(fields.kind, "incident"), INCIDENT_BOOST))),
    ]);
    let collector = TopDocs::with_limit(limit.max(1)).order_by_score();
    let (top, count) = searcher.search(&favoured, &(collector, tantivy::collector::Count))?;
    let mut snippets = SnippetGenerator::create(&searcher, &*plain, fields.body)?;
    snippets.set_max_num_chars(SNIPPET_CHARS_MAX);
    let mut hits = Vec::with_capacity(top.len());
    for (score, address) in top {
        let doc: TantivyDocument = searcher.doc(address)?;
        hits.push(hit(&fields, &doc, score, &snippets));
    }
    // Equal scores come in the order of their ids, whatever the segments.
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    hits.truncate(limit);
    Ok((count, hits))
}

fn hit(fields: &Fields, doc: &TantivyDocument, score: f32, snippets: &SnippetGenerator) -> Hit {
    let text = |column: Column| {
        doc.get_first(column).and_then(|value| value.as_str()).unwrap_or("").to_string()
    };
    let body = text(fields.body);
    let snippet = snippets.snippet(&body);
    let snippet = match snippet.fragment() {
        "" => body.chars().take(SNIPPET_CHARS_MAX).collect(),
        fragment => fragment.to_string(),
    };
    Hit {
        kind: text(fields.kind),
        id: text(fields.id),
        title: text(fields.title),
        path: text(fields.path),
        date: Some(text(fields.date)).filter(|date| !date.is_empty()),
        snippet,
        score,
    }
}

fn term(column: Column, text: &str) -> Box<dyn Executable> {
    Box::new(TermQuery::new(Term::from_field_text(column, text), IndexRecordOption::WithFreqs))
}

fn executable(fields: &Fields, query: &Query) -> Box<dyn Executable> {
    match query {
        Query::All => Box::new(AllQuery),
        Query::Word(word) | Query::Phrase(word) => words(fields, word),
        Query::Prefix(prefix) => prefixed(fields, prefix),
        Query::Is(Field::Kind, value) => term(fields.kind, &value.to_lowercase()),
        Query::Is(field, value) => term(fields.condition, &condition(field.word(), value)),
        Query::When(range) => {
            let column = |column: Column, value: i64| Term::from_field_i64(column, value);
            let first = range.first().map_or(i64::MIN, days);
            let last = range.last().map_or(i64::MAX, days);
            // Intervals that overlap: each begins before the other ends.
            let begins =
                RangeQuery::new(Bound::Unbounded, Bound::Included(column(fields.first, last)));
            let ends =
                RangeQuery::new(Bound::Included(column(fields.last, first)), Bound::Unbounded);
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, Box::new(begins) as Box<dyn Executable>),
                (Occur::Must, Box::new(ends)),
            ]))
        }
        Query::Not(inner) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery) as Box<dyn Executable>),
            (Occur::MustNot, executable(fields, inner)),
        ])),
        Query::And(all) => Box::new(BooleanQuery::new(
            all.iter().map(|query| (Occur::Must, executable(fields, query))).collect(),
        )),
        Query::Or(any) => Box::new(BooleanQuery::new(
            any.iter().map(|query| (Occur::Should, executable(fields, query))).collect(),
        )),
    }
}

/// Words as they were indexed; several of them in a row.
fn words(fields: &Fields, text: &str) -> Box<dyn Executable> {
    let tokens = tokens(text);
    let on = |column: Column| -> Box<dyn Executable> {
        match tokens.as_slice() {
            [] => Box::new(EmptyQuery),
            [one] => term(column, one),
            many => Box::new(PhraseQuery::new(
                many.iter().map(|token| Term::from_field_text(column, token)).collect(),
            )),
        }
    };
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, Box::new(BoostQuery::new(on(fields.title), TITLE_BOOST))),
        (Occur::Should, on(fields.body)),
    ]))
}

fn prefixed(fields: &Fields, prefix: &str) -> Box<dyn Executable> {
    let folded = prefix.to_lowercase();
    let on = |column: Column| -> Box<dyn Executable> {
        Box::new(PhrasePrefixQuery::new(vec![Term::from_field_text(column, &folded)]))
    };
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, Box::new(BoostQuery::new(on(fields.title), TITLE_BOOST))),
        (Occur::Should, on(fields.body)),
    ]))
}

fn tokens(text: &str) -> Vec<String> {
    let mut analyzer = analyzer();
    let mut stream = analyzer.token_stream(text);
    let mut tokens = Vec::new();
    while let Some(token) = stream.next() {
        tokens.push(token.text.clone());
    }
    tokens
}

/// Number of documents in the index; `None` where there is none.
pub fn count(home: &Path) -> Option<u64> {
    let index = Index::open_in_dir(folder(home)).ok()?;
    let searcher: Searcher = index.reader().ok()?.searcher();
    Some(searcher.num_docs())
}
