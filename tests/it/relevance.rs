//! How well the search brings first what was meant: the judged searches of `tests/relevance.toml`.

use std::fs;

use casebook::model::query::{DocKind, Request};
use casebook::search::{Ask, SearchIndex};

use crate::desk::casebook;

/// Results that are looked at.
const DEPTH: usize = 10;

fn gain(grade: i64, place: usize) -> f64 {
    ((1 << grade) - 1) as f64 / ((place + 2) as f64).log2()
}

#[test]
fn what_was_meant_comes_first() {
    let home = tempfile::tempdir().unwrap();
    let book = home.path().join("book");
    let words = book.to_str().unwrap();
    casebook(&["init", words, "--starter"]).ends(0);
    casebook(&["--home", words, "--as-of", "2026-11-21", "build"]);
    let index = SearchIndex::open(&book).unwrap();
    let set: toml::Table = fs::read_to_string("tests/relevance.toml").unwrap().parse().unwrap();
    let searches = set["search"].as_array().unwrap();
    let (mut ndcg, mut mrr, mut told) = (0.0, 0.0, Vec::new());
    for search in searches {
        let query = search["query"].as_str().unwrap();
        let judged = search["judged"].as_table().unwrap();
        let request = Request::parse(query).unwrap();
        let found = index.search(&request, Ask { limit: 40, ..Ask::default() }).unwrap();
        // Pages of parties stand among the results; what is judged is incidents.
        let ids: Vec<&str> = found
            .groups
            .iter()
            .filter(|group| group.head.kind == DocKind::Incident)
            .map(|group| group.head.id.as_str())
            .take(DEPTH)
            .collect();
        let grade = |id: &str| judged.get(id).map_or(0, |grade| grade.as_integer().unwrap());
        let reached: f64 = ids.iter().enumerate().map(|(at, id)| gain(grade(id), at)).sum();
        let mut best: Vec<i64> = judged.values().map(|grade| grade.as_integer().unwrap()).collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let ideal: f64 = best.iter().take(DEPTH).enumerate().map(|(at, g)| gain(*g, at)).sum();
        let first = ids.iter().position(|id| grade(id) == 3);
        ndcg += reached / ideal;
        mrr += first.map_or(0.0, |at| 1.0 / (at + 1) as f64);
        if reached / ideal < 0.8 {
            told.push(format!("{:.2} {query}: {ids:?}", reached / ideal));
        }
    }
    let (ndcg, mrr) = (ndcg / searches.len() as f64, mrr / searches.len() as f64);
    println!(
        "{} searches: nDCG@{DEPTH} {ndcg:.3}, MRR {mrr:.3}\n{}",
        searches.len(),
        told.join("\n")
    );
    assert!(searches.len() >= 60);
    assert!(ndcg >= 0.85, "nDCG@{DEPTH} {ndcg:.3}\n{}", told.join("\n"));
}
