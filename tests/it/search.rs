//! Searching: Markdown cases against the index and the server, and an index that survives being
//! killed. The same cases are put to the script of the site by `tests/browser/search.test.mjs`.

mod record;
mod served;

use std::fs;
use std::path::{Path, PathBuf};

use casebook::model::query::Request;
use casebook::search::{Ask, SearchIndex};

use crate::golden;
use record::Record;

/// A line of a case: what is asked, and where its answer stands in the file.
pub struct Asked {
    pub query: String,
    pub expected: String,
    pub line: usize,
}

/// The lines of all blocks ```finds of a file.
pub fn asked(text: &str) -> Vec<Asked> {
    let mut inside = false;
    let mut found = Vec::new();
    for (line, words) in text.lines().enumerate() {
        match words {
            "```finds" => inside = true,
            "```" => inside = false,
            _ if inside => {
                let (query, expected) = words.split_once(" =>").expect("query => answer");
                let (query, expected) = (query.to_string(), expected.trim().to_string());
                found.push(Asked { query, expected, line });
            }
            _ => {}
        }
    }
    found
}

pub fn case_files() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/cases/search").unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"))
        .collect();
    files.sort();
    files
}

/// What a case says of ids and notes.
pub fn told(query: &str, mut ids: Vec<String>, notes: &[String]) -> String {
    if !query.contains("sort:") && !query.contains("排序:") {
        ids.sort();
    }
    let ids = if ids.is_empty() { "nothing".to_string() } else { ids.join(", ") };
    std::iter::once(ids).chain(notes.iter().cloned()).collect::<Vec<_>>().join("; ")
}

fn answer(index: &SearchIndex, query: &str) -> String {
    match Request::parse(query) {
        Err(error) => format!("! {} {}", error.at, error.message),
        Ok(request) => {
            let ask = Ask { limit: 200, of_each: 200, offset: 0, facets: true };
            let found = index.search(&request, ask).unwrap();
            let ids: Vec<String> = found.hits().map(|hit| hit.id.clone()).collect();
            assert_eq!(found.count, ids.len(), "{query}: not all of what was counted is told");
            told(query, ids, &found.notes)
        }
    }
}

#[test]
fn cases_find_what_they_say() {
    let home = tempfile::tempdir().unwrap();
    Record::read().build(home.path());
    let index = SearchIndex::open(home.path()).unwrap();
    let mut faults = Vec::new();
    let mut count = 0;
    for path in case_files() {
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
        for case in asked(&text) {
            count += 1;
            let today = answer(&index, &case.query);
            if today != case.expected {
                let at = format!("{}:{}", path.display(), case.line + 1);
                faults.push(format!("{at} {}\n  - {}\n  + {today}", case.query, case.expected));
                lines[case.line] = format!("{} => {today}", case.query);
            }
        }
        if golden::blessing() {
            fs::write(&path, lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(count > 150, "only {count} cases were read");
    let differ = faults.len();
    assert!(
        golden::blessing() || differ == 0,
        "{differ} of {count} differ:\n{}",
        faults.join("\n")
    );
}

#[test]
fn facets_count_what_is_found_and_lead_to_it() {
    let home = tempfile::tempdir().unwrap();
    Record::read().build(home.path());
    let index = SearchIndex::open(home.path()).unwrap();
    for query in ["", "ban OR 罚款", "kind:claim", "vendor:huaiting 禁用"] {
        let request = Request::parse(query).unwrap();
        let found = index.search(&request, Ask::default()).unwrap();
        assert!(!found.facets.is_empty(), "{query}");
        for facet in &found.facets {
            for value in &facet.values {
                let narrowed = request.narrowed(facet.field, &value.key);
                let again = Request::parse(&narrowed.to_string()).unwrap();
                let count = index.search(&again, Ask::default()).unwrap().count;
                assert_eq!(count, value.count, "{query}: {narrowed}");
            }
        }
    }
}

#[test]
fn pages_of_results_are_all_results_once() {
    let home = tempfile::tempdir().unwrap();
    Record::read().build(home.path());
    let index = SearchIndex::open(home.path()).unwrap();
    let request = Request::parse("").unwrap();
    let whole = index.search(&request, Ask { limit: 200, ..Ask::default() }).unwrap();
    let mut heads = Vec::new();
    let mut offset = Some(0);
    while let Some(at) = offset {
        let page = index.search(&request, Ask { limit: 2, offset: at, ..Ask::default() }).unwrap();
        heads.extend(page.groups.into_iter().map(|group| group.head.id));
        offset = page.next;
    }
    let all: Vec<String> = whole.groups.into_iter().map(|group| group.head.id).collect();
    assert_eq!(heads, all);
}

#[test]
fn more_like_this_is_about_the_same() {
    let home = tempfile::tempdir().unwrap();
    Record::read().build(home.path());
    let index = SearchIndex::open(home.path()).unwrap();
    let found = index.similar("harnvik-fines-corrieshaw", 5).unwrap().unwrap();
    let heads: Vec<&str> = found.groups.iter().map(|group| group.head.id.as_str()).collect();
    assert!(!heads.is_empty() && !heads.contains(&"harnvik-fines-corrieshaw"), "{heads:?}");
    assert!(index.similar("nothing-of-the-kind", 5).unwrap().is_none());
}

/// Every index of the shelf but the one in use is gone, and the one in use answers.
fn assert_sound(home: &Path) {
    let index = SearchIndex::open(home).unwrap();
    let found = index.search(&Request::parse("ban").unwrap(), Ask::default()).unwrap();
    assert!(found.count > 0);
}

#[test]
fn a_days_changes_give_the_same_as_an_index_made_anew() {
    let mut record = Record::read();
    let (patched, fresh) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // A large record, of which little changes.
    record.repeat(40);
    record.build(patched.path());
    let reader = SearchIndex::open(patched.path()).unwrap();
    record.change();
    let done = record.build(patched.path());
    assert!(done.kept > 0 && done.written < 20, "{done:?}");
    record.build(fresh.path());
    let (a, b) =
        (SearchIndex::open(patched.path()).unwrap(), SearchIndex::open(fresh.path()).unwrap());
    for path in case_files() {
        for case in asked(&fs::read_to_string(path).unwrap()) {
            assert_eq!(answer(&a, &case.query), answer(&b, &case.query), "{}", case.query);
        }
    }
    // Who had the old one open keeps it.
    assert!(reader.is_stale(patched.path()));
    assert!(reader.search(&Request::parse("ban").unwrap(), Ask::default()).unwrap().count > 0);
}

#[test]
fn a_killed_build_leaves_an_index_that_answers() {
    let desk = crate::desk::Desk::with_sample();
    let home = desk.home();
    let shelf = home.join("index-v2");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(120);
    let mut kills = 0;
    for moment in 0..8 {
        // A row of its own changes the documents, so that the index is written each time.
        let row = format!(
            "[[incident]]\nid = \"orison-{moment}\"\ntitle = \"Orison Labs bans tool {moment}\"\ndate = \"2026-05-0{}\"\ntypes = [\"use_ban\"]\nstatus = \"open\"\nparties = [{{ name = \"Orison Labs\", role = \"initiator\" }}]\nsummary = \"A ban.\"\nsources = [\"https://docket.example/{moment}\"]\nentered = \"2026-05-09\"\nby = \"editor\"\n",
            moment + 1
        );
        desk.data(&format!("incidents/n{moment}.toml"), &row);
        let before = fs::read_to_string(shelf.join("CURRENT")).unwrap();
        let mut child = desk.start(&["--as-of", crate::desk::AS_OF, "build"]);
        let begun = |wanted: usize| {
            let folders = fs::read_dir(&shelf).unwrap().flatten().filter(|e| e.path().is_dir());
            let names: Vec<PathBuf> = folders.map(|e| e.path()).collect();
            let fresh = names.iter().find(|path| !path.ends_with(&before));
            fresh.is_some_and(|path| fs::read_dir(path).is_ok_and(|files| files.count() >= wanted))
        };
        while !begun(moment * 2) && child.try_wait().unwrap().is_none() {
            assert!(std::time::Instant::now() < deadline, "the build hangs");
            assert_sound(&home);
        }
        kills += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        assert_sound(&home);
    }
    assert!(kills >= 4, "only {kills} of 8 builds were killed in time");
    desk.run(&["build"]);
    assert_sound(&home);
    let folders = fs::read_dir(&shelf).unwrap().flatten().filter(|e| e.path().is_dir()).count();
    assert_eq!(folders, 1, "folders of killed builds are left");
}

#[test]
fn a_change_of_one_incident_changes_few_files_of_the_published_search() {
    let mut record = Record::many(4_000);
    let mut before = record.published();
    assert!(before.len() > 600);
    let mut changed = |record: &Record| {
        let after = record.published();
        let other = after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).count();
        let gone = before.keys().filter(|path| !after.contains_key(*path)).count();
        before = after;
        other + gone
    };
    let later = chrono::NaiveDate::from_ymd_opt(2026, 8, 19).unwrap();
    let group = record.docs[2_000].group.clone();
    let end = record.docs.iter().rposition(|doc| doc.group == group).unwrap();
    let mut more = record.docs[end].clone();
    (more.id, more.known, more.changed) = ("c-more".into(), later, later);
    (more.title, more.body) = ("Kestrane answers".into(), "It denies the charge.".into());
    record.docs.insert(end + 1, more.clone());
    let few = changed(&record);
    assert!(few < 60, "a document more: {few} files");
    // The newest incident is the first of the record.
    (more.id, more.group) = ("new-incident".into(), "new-incident".into());
    record.docs.insert(0, more);
    let few = changed(&record);
    assert!(few < 60, "an incident more: {few} files");
    assert_eq!(changed(&record), 0);
}

/// Writes what the browser's test reads into the folder `PUBLISH`: the record as the site publishes
/// it, and the stem of every word of the project's own texts.
#[test]
fn published_for_the_browser() {
    let kept = tempfile::tempdir().unwrap();
    let folder = std::env::var("PUBLISH").map_or_else(|_| kept.path().to_path_buf(), PathBuf::from);
    Record::read().publish(&folder);
    let mut stems = std::collections::BTreeMap::new();
    for root in ["src", "data", "tests/cases"] {
        for (_, path) in crate::tidy::files(Path::new(root)) {
            let text = fs::read_to_string(path).unwrap_or_default().to_lowercase();
            for word in text.split(|c: char| !c.is_ascii_lowercase()).filter(|w| w.len() > 2) {
                let stem = casebook::model::terms::wanted(word).remove(0).text;
                stems.insert(word.to_string(), stem);
            }
        }
    }
    assert!(stems.len() > 5000 && stems.contains_key("distillation"));
    let lines: Vec<String> =
        stems.into_iter().map(|(word, stem)| format!("{word} {stem}")).collect();
    fs::write(folder.join("stems.txt"), lines.join("\n")).unwrap();
    assert!(folder.join("search/data/root.js").is_file());
    if std::env::var("PUBLISH").is_ok() {
        Record::many(10_000).publish(&folder.join("many"));
    }
}
