//! Every phrase of the interface has words in every language, and every row of phrases is used.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::tidy;

/// The first string in quotation marks after each place where `door` stands.
fn said(text: &str, door: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in text.split(door).skip(1) {
        let rest = rest.trim_start();
        if let Some(rest) = rest.strip_prefix('"') {
            found.push(rest.split('"').next().unwrap().to_string());
        }
    }
    found
}

fn messages() -> Vec<toml::Table> {
    let mut rows = Vec::new();
    for (_, path) in tidy::files(Path::new("data/i18n")) {
        let tables: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        let list = tables["message"].as_array().unwrap();
        rows.extend(list.iter().map(|row| row.as_table().unwrap().clone()));
    }
    assert!(rows.len() > 200, "the phrases were not read");
    rows
}

/// Every phrase that has a row.
fn known() -> BTreeSet<String> {
    messages().iter().map(|row| row["id"].as_str().unwrap().to_string()).collect()
}

fn texts(folder: &str) -> String {
    let all = tidy::files(Path::new(folder));
    all.into_iter().map(|(_, path)| fs::read_to_string(path).unwrap()).collect()
}

/// Where points on which accounts differ are named.
fn points() -> String {
    ["data/lexicon/contrasts", "data/lexicon/points", "src/corpus/contradictions"]
        .map(texts)
        .concat()
}

#[test]
fn every_point_on_which_accounts_differ_has_chinese_words() {
    let known = known();
    let points = said(&points(), "point = ");
    assert!(points.len() > 50, "the points were not read: {}", points.len());
    let missing: BTreeSet<&String> =
        points.iter().filter(|point| !known.contains(*point)).collect();
    assert!(missing.is_empty(), "no row of data/i18n/ has these: {missing:#?}");
}

#[test]
fn every_phrase_of_a_page_has_chinese_words() {
    let known = known();
    let (templates, code) = (texts("templates"), texts("src/view"));
    let mut asked: Vec<String> = Vec::new();
    for door in ["frame.t(", "frame.with("] {
        asked.extend(said(&templates, door));
    }
    for door in [".say(", "words.fill("] {
        asked.extend(said(&code, door));
    }
    let missing: BTreeSet<&String> =
        asked.iter().filter(|id| !id.is_empty() && !known.contains(*id)).collect();
    assert!(asked.len() > 200, "the templates were not read: {}", asked.len());
    assert!(missing.is_empty(), "no row of data/i18n/ has these: {missing:#?}");
}

#[test]
fn every_row_of_phrases_is_used_and_translated() {
    let all = texts("templates") + &texts("src/view");
    let data = fs::read_to_string("data/types.toml").unwrap()
        + &fs::read_to_string("data/measures.toml").unwrap()
        + &points();
    let mut faults = Vec::new();
    for row in messages() {
        let id = row["id"].as_str().unwrap();
        let quoted = format!("\"{id}\"");
        if !all.contains(&quoted) && !data.contains(&quoted) {
            faults.push(format!("nothing says “{id}”"));
        }
        if row.get("zh").and_then(|zh| zh.as_str()).is_none_or(str::is_empty) {
            faults.push(format!("“{id}” has no Chinese words"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn measured_quality_on_the_site_stands_in_the_benchmarks() {
    let benchmarks = fs::read_to_string("BENCHMARKS.md").unwrap();
    let measures: toml::Table = fs::read_to_string("data/measures.toml").unwrap().parse().unwrap();
    for measure in measures["measure"].as_array().unwrap() {
        let (row, value) = (measure["row"].as_str().unwrap(), measure["value"].as_str().unwrap());
        let line = benchmarks.lines().find(|line| line.starts_with(&format!("| {row} |")));
        let line = line.unwrap_or_else(|| panic!("BENCHMARKS.md has no row “{row}”"));
        assert!(line.contains(value), "“{row}” is {value} on the site; the row says {line}");
    }
}
