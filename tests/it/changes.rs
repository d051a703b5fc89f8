//! What changed between two days: new apart from updated, nothing told twice, nothing left out.

use std::collections::BTreeSet;

use casebook::corpus::{changes, resolve};
use casebook::model::change::{Change, News};
use casebook::model::kb::KnowledgeBase;
use casebook::model::subject::SubjectKind;
use chrono::NaiveDate;
use serde_json::Value;

use crate::cases::rules;
use crate::desk::{Desk, FETCHED};
use crate::properties::{readings, sample};

/// The pages of the world `judged`, where questions are answered.
const PAGES: &str = "tests/worlds/judged/pages";

fn as_of(day: &str) -> KnowledgeBase {
    let pages = [sample(), &readings(PAGES)].concat();
    resolve(pages, rules(), day.parse().unwrap()).value
}

const DAYS: [&str; 9] = [
    "2026-03-01",
    "2026-03-10",
    "2026-06-02",
    "2026-06-10",
    "2026-06-23",
    "2026-06-25",
    "2026-07-03",
    "2026-07-08",
    "2026-08-01",
];

/// Kind and id of everything of a record that can be told as a change.
fn things(kb: &KnowledgeBase) -> BTreeSet<(SubjectKind, String)> {
    let mut all = BTreeSet::new();
    for incident in &kb.incidents {
        all.insert((SubjectKind::Incident, incident.id.address()));
        all.extend(kb.entry_ids(incident).iter().map(|id| (SubjectKind::Entry, id.to_string())));
        all.extend(incident.claims.iter().map(|(_, id)| (SubjectKind::Claim, id.to_string())));
        all.extend(incident.articles.iter().map(|id| (SubjectKind::Article, id.to_string())));
        let questions = incident.questions.iter();
        all.extend(questions.map(|q| (SubjectKind::Question, q.id.to_string())));
        let pairs = incident.contradictions.iter();
        all.extend(pairs.map(|c| (SubjectKind::Contradiction, kb.contradiction_id(c).to_string())));
    }
    let disputes = kb.disputes.iter();
    all.extend(disputes.map(|d| (SubjectKind::Dispute, d.id.to_string())));
    all
}

fn told(list: &[Change], news: News) -> BTreeSet<(SubjectKind, String)> {
    let list = list.iter().filter(|change| change.news == news);
    list.map(|change| (change.kind, change.id.clone())).collect()
}

#[test]
fn the_chronicle_of_a_record_tells_everything_once() {
    let kb = as_of("2026-08-01");
    let all = changes(&KnowledgeBase::empty(NaiveDate::MIN), &kb);
    assert_eq!(told(&all, News::New), things(&kb));
    assert!(told(&all, News::Gone).is_empty());
    let new: Vec<_> = all.iter().filter(|change| change.news == News::New).collect();
    let mut once = BTreeSet::new();
    for change in new {
        assert!(once.insert((change.kind, &change.id)), "told twice: {change:?}");
    }
    // What is updated against nothing are the moves of states, each with its day.
    let moves = all.iter().filter(|change| change.news == News::Updated);
    assert!(moves.clone().count() > 0);
    for change in moves {
        let moves = [SubjectKind::Question, SubjectKind::Contradiction];
        assert!(moves.contains(&change.kind), "{change:?}");
        assert_eq!(change.differences[0].what, "state");
    }
    assert!(all.is_sorted_by_key(|change| change.known));
    assert!(all.iter().all(|change| change.known <= kb.today && !change.title.is_empty()));
}

#[test]
fn nothing_changes_between_a_record_and_itself() {
    for day in DAYS {
        assert_eq!(changes(&as_of(day), &as_of(day)), [], "{day}");
    }
}

#[test]
fn what_a_day_adds_is_new_and_known_by_its_end() {
    for pair in DAYS.windows(2) {
        let (from, to) = (as_of(pair[0]), as_of(pair[1]));
        let found = changes(&from, &to);
        let (before, after) = (things(&from), things(&to));
        let new = told(&found, News::New);
        // New is only what was not there, gone only what is no longer.
        assert!(new.is_subset(&after), "{pair:?}");
        assert_eq!(new.intersection(&before).next(), None, "{pair:?}");
        assert_eq!(told(&found, News::Gone).intersection(&after).next(), None, "{pair:?}");
        // Whatever has a new id is told, as new or as what it was before.
        let updated = told(&found, News::Updated);
        let silent: Vec<_> = after.difference(&before).filter(|t| !new.contains(*t)).collect();
        for thing in silent {
            let kinds = [SubjectKind::Entry, SubjectKind::Question, SubjectKind::Incident];
            assert!(updated.contains(thing) || kinds.contains(&thing.0), "{pair:?}: {thing:?}");
        }
        assert!(found.iter().all(|change| change.known <= to.today), "{pair:?}");
    }
}

#[test]
fn diff_tells_new_apart_from_updated() {
    let desk = Desk::new();
    desk.run(&["ingest", PAGES, "--fetched-at", FETCHED]).ends(0);
    let args = ["diff", "--from", "2026-07-03", "--to", "2026-08-01"];
    let json = desk.run(&[&args[..], &["--format", "json"]].concat()).ends(0).json();
    let list = |key: &str| json[key].as_array().unwrap().clone();
    assert_eq!((&json["from"], &json["to"]), (&"2026-07-03".into(), &"2026-08-01".into()));
    assert!(!list("new").is_empty() && !list("updated").is_empty());
    let export = desk.run(&["export"]).json();
    let early = desk.run(&["--as-of", "2026-07-03", "export"]).json();
    let titles = |export: &Value| -> BTreeSet<String> {
        let articles = export["articles"].as_array().unwrap().iter();
        let placed = articles.filter(|a| !a["incident"].is_null());
        placed.map(|a| a["title"].as_str().unwrap().to_string()).collect()
    };
    let new = list("new");
    let new = new.iter().filter(|change| change["kind"] == "article");
    let new: BTreeSet<String> = new.map(|c| c["title"].as_str().unwrap().to_string()).collect();
    assert_eq!(new, titles(&export).difference(&titles(&early)).cloned().collect());

    let kinds = ["--kind", "question", "--kind", "article"];
    let text = desk.run(&[&args[..], &kinds].concat()).ends(0).text();
    assert!(text.contains("\nNew\n") && text.contains("\nUpdated\n"), "{text}");
    assert!(text.contains("state: open → answered"), "{text}");
    assert!(!text.contains(" claim "), "{text}");
}

#[test]
fn diff_says_when_nothing_changed_and_when_days_are_swapped() {
    let desk = Desk::with_sample();
    let same = desk.run(&["diff", "--from", "2026-07-20", "--to", "2026-07-25"]).ends(1).text();
    assert!(same.contains("0 new, 0 updated, 0 gone"), "{same}");
    let swapped = desk.run(&["diff", "--from", "2026-08-02", "--to", "2026-08-01"]).ends(2);
    assert!(swapped.err.contains("give an earlier one"), "{}", swapped.err);
}
