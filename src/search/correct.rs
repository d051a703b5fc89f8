//! Words that nobody wrote: the nearest ones on record; and words of Chinese, which has no spaces.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy_jieba::jieba_rs::Jieba;

use super::{SearchError, SearchIndex};
use crate::model::query::near::{distance, tolerance};
use crate::model::terms::{self, SURFACE};

/// Most near words that are searched for.
const NEAR_MAX: usize = 50;
/// Most edits that automata are made for.
const FUZZY_MOST: usize = 2;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// The words of a run of Chinese: those of the dictionary, and what lies between them in one piece.
pub(super) fn han_words(run: &str) -> Vec<String> {
    if run.chars().nth(2).is_none() {
        return vec![run.to_string()];
    }
    let mut words: Vec<String> = Vec::new();
    let mut single = false;
    for word in JIEBA.cut(run, false) {
        let now = word.word.chars().nth(1).is_none();
        match words.last_mut() {
            // Names the dictionary does not have come out as single characters.
            Some(last) if now && single => last.push_str(word.word),
            _ => words.push(word.word.to_string()),
        }
        single = now;
    }
    words
}

/// Terms on record that begin with the same letter and are near to a folded word, nearest first.
pub(super) fn near_terms(
    index: &SearchIndex,
    folded: &str,
    most: Option<usize>,
) -> Result<Vec<(String, usize)>, SearchError> {
    let length = folded.chars().count();
    let most = most.unwrap_or_else(|| tolerance(length));
    let Some(first) = folded.chars().next() else { return Ok(Vec::new()) };
    let next = char::from_u32(first as u32 + 1).unwrap_or(char::MAX);
    let fields = &index.fields;
    let mut found: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for segment in index.searcher.segment_readers() {
        for column in [fields.body, fields.title, fields.names] {
            let inverted = segment.inverted_index(column)?;
            for sign in ["".to_string(), SURFACE.to_string()] {
                // Leads the stream past all that is farther off.
                let word = Term::from_field_text(column, &format!("{sign}{folded}"));
                let near = FuzzyTermQuery::new(word, most.min(FUZZY_MOST) as u8, true);
                let mut stream = inverted
                    .terms()
                    .search(near.automaton()?)
                    .ge(format!("{sign}{first}"))
                    .lt(format!("{sign}{next}"))
                    .into_stream()
                    .map_err(tantivy::TantivyError::from)?;
                while stream.advance() {
                    let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                    let plain = term.trim_start_matches(SURFACE);
                    if let Some(off) = distance(folded, plain, most) {
                        let entry = found.entry(term.to_string()).or_insert((off, 0));
                        entry.1 += u64::from(stream.value().doc_freq);
                    }
                }
            }
        }
    }
    let mut near: Vec<(String, (usize, u64))> = found.into_iter().collect();
    near.sort_by(|a, b| a.1.0.cmp(&b.1.0).then(b.1.1.cmp(&a.1.1)).then_with(|| a.0.cmp(&b.0)));
    Ok(near.into_iter().take(NEAR_MAX).map(|(term, (off, _))| (term, off)).collect())
}

/// The word on record that was probably meant by one that is not.
pub(super) fn nearest(index: &SearchIndex, word: &str) -> Result<Option<String>, SearchError> {
    let Some(folded) = terms::opening(word) else { return Ok(None) };
    if folded.chars().next().is_some_and(terms::is_han) {
        return Ok(None);
    }
    let near = near_terms(index, &folded, None)?;
    Ok(near.first().map(|(term, _)| term.trim_start_matches(SURFACE).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_cut_into_words_and_unknown_names_stay_whole() {
        assert_eq!(han_words("禁"), ["禁"]);
        assert_eq!(han_words("员工禁用模型"), ["员工", "禁用", "模型"]);
        assert_eq!(han_words("槐汀禁用"), ["槐汀", "禁用"]);
    }
}
