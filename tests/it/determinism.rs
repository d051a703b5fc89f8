//! The same evidence, rules and day give the same bytes, whatever the way there.

use std::fs;

use crate::desk::{Desk, FETCHED, casebook, differing};

#[test]
fn a_second_build_changes_nothing() {
    let desk = Desk::with_sample();
    let first = desk.published();
    let again = desk.run(&["build"]);
    assert!(
        again.err.contains("(0 read now)") && again.err.contains(" 0 written"),
        "{}",
        again.err
    );
    assert_eq!(differing(&first, &desk.published()), [""; 0]);
}

#[test]
fn everything_derived_can_be_deleted() {
    let desk = Desk::with_sample();
    let first = desk.published();
    for name in ["casebook.sqlite", "casebook.sqlite-wal", "casebook.sqlite-shm", "casebook.lock"] {
        let _ = fs::remove_file(desk.home().join(name));
    }
    fs::remove_dir_all(desk.home().join("site")).unwrap();
    fs::remove_dir_all(desk.home().join("index-v2")).unwrap();
    desk.run(&["build"]);
    assert_eq!(differing(&first, &desk.published()), [""; 0]);
}

#[test]
fn two_casebooks_of_the_same_pages_are_the_same() {
    let (one, two) = (Desk::with_sample(), Desk::with_sample());
    assert_eq!(differing(&one.published(), &two.published()), [""; 0]);
    let archive = |desk: &Desk| fs::read(desk.home().join("archive/00001.warc.gz")).unwrap();
    assert!(archive(&one) == archive(&two), "the archives differ");
}

#[test]
fn the_order_of_ingest_does_not_matter() {
    let straight = Desk::with_sample().published();
    let mut pages: Vec<String> = crate::tidy::files("data/sample".as_ref())
        .into_iter()
        .map(|(_, path)| path.to_str().unwrap().to_string())
        .filter(|path| path.ends_with(".html"))
        .collect();
    pages.sort_by_key(|path| path.bytes().fold(7u32, |sum, b| sum.wrapping_mul(31) ^ u32::from(b)));
    let desk = Desk::new();
    for half in pages.chunks(5) {
        let mut args = vec!["ingest", "--fetched-at", FETCHED];
        args.extend(half.iter().map(String::as_str));
        desk.run(&args).ends(0);
        desk.run(&["build"]);
    }
    assert_eq!(differing(&straight, &desk.published()), [""; 0]);
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let built = |jobs: &str| {
        let desk = Desk::new();
        desk.run(&["ingest", "data/sample", "--fetched-at", FETCHED]).ends(0);
        desk.run(&["--jobs", jobs, "build"]);
        desk.published()
    };
    assert_eq!(differing(&built("1"), &built("7")), [""; 0]);
    let annotated = |jobs: &str| {
        casebook(&["annotate", "data/sample", "--fetched-at", FETCHED, "--jobs", jobs]).out
    };
    assert!(annotated("1") == annotated("7"), "the annotations differ");
}

#[test]
fn an_incremental_build_is_a_clean_build() {
    let desk = Desk::new();
    let half = "data/sample/farwire.example";
    desk.run(&["ingest", half, "--fetched-at", FETCHED]).ends(0);
    desk.run(&["build"]);
    let early = desk.published();
    desk.run(&["ingest", "data/sample", "--fetched-at", FETCHED]).ends(0);
    desk.run(&["build"]);
    let late = desk.published();
    assert!(!differing(&early, &late).is_empty());
    assert_eq!(differing(&Desk::with_sample().published(), &late), [""; 0]);
}

#[test]
fn built_in_incidents_build_the_same_twice() {
    let desk = Desk::new();
    let settings = desk.home().join("casebook.toml");
    let text = fs::read_to_string(&settings).unwrap().replace("starter = false", "starter = true");
    fs::write(&settings, text).unwrap();
    desk.run(&["build"]);
    let first = desk.published();
    fs::remove_dir_all(desk.home().join("site")).unwrap();
    desk.run(&["build"]);
    assert!(first.len() > 100, "the built-in incidents have no pages: {} files", first.len());
    assert_eq!(differing(&first, &desk.published()), [""; 0]);
}
