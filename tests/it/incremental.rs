//! A build over an older state gives, byte for byte, what a build from nothing gives.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use casebook::pipeline::{self, Memory};
use casebook::publish::{Published, Publishing};

use crate::desk::{AS_OF, Desk, FETCHED, differing};
use crate::judged::PAGES;
use crate::tidy::files;

/// Three incidents of editors; the first two lie beside one another.
fn incidents(status: &str, more: &str) -> String {
    let row = |id: &str, day: &str, with: &str, status: &str| {
        format!(
            "[[incident]]\nid = \"{id}\"\ntitle = \"Orison Labs and {with} quarrel\"\ntitle-zh = \"奥里森的争端\"\n\
             date = \"{day}\"\ntypes = [\"use_ban\"]\nstatus = \"{status}\"\nparties = [\n  {{ name = \"OpenAI\", role = \"initiator\" }},\n  \
             {{ name = \"{with}\", role = \"respondent\" }},\n]\nsummary = \"One says that the other broke a contract.\"\n\
             questions = [ {{ text = \"Will it be settled?\" }} ]\nsources = [\"https://ledger.example/{id}\"]\n\
             entered = \"2026-06-01\"\nby = \"Ada Renholt\"\n\n"
        )
    };
    let rows = [
        row("first-quarrel", "2026-02-03", "Google", status),
        row("second-quarrel", "2026-04-05", "Google", "open"),
        row("third-quarrel", "2026-05-06", "Mistral AI", "open"),
    ];
    rows.concat() + more
}

const FOURTH: &str = "[[incident]]\nid = \"fourth-quarrel\"\ntitle = \"Cohere answers\"\ndate = \"2026-04-20\"\n\
    types = [\"security\"]\nstatus = \"open\"\nparties = [{ name = \"Cohere\", role = \"initiator\" }]\n\
    summary = \"It answers.\"\nsources = [\"https://ledger.example/4\"]\nentered = \"2026-06-01\"\nby = \"Ada Renholt\"\n";

/// A product is entered whose owner has no page yet; then an incident of the owner, far from the first.
const PRODUCT: &str = "[[incident]]\nid = \"fifth-quarrel\"\ntitle = \"Orison Labs cuts off a tool\"\ndate = \"2025-04-20\"\n\
    types = [\"access_restriction\"]\nstatus = \"open\"\nparties = [{ name = \"Google\", role = \"initiator\" }]\n\
    products = [\"Cursor\"]\nsummary = \"It cuts it off.\"\nsources = [\"https://ledger.example/5\"]\nentered = \"2026-06-01\"\n\
    by = \"Ada Renholt\"\n";
const OWNER: &str = "[[incident]]\nid = \"sixth-quarrel\"\ntitle = \"A maker of tools is asked\"\ndate = \"2023-04-20\"\n\
    types = [\"security\"]\nstatus = \"open\"\nparties = [{ name = \"Anysphere\", role = \"respondent\" }]\n\
    summary = \"It is asked.\"\nsources = [\"https://ledger.example/6\"]\nentered = \"2026-06-01\"\nby = \"Ada Renholt\"\n";

const RENAMED: &str = "[[entity]]\nid = \"mistral\"\nname = \"Mistral of Harnvik\"\nkind = \"organization\"\n\
    roles = [\"vendor\"]\nnames = [\"Mistral AI\"]\n";

const MESSAGE: &str =
    "[[message]]\nid = \"Open questions\"\nen = \"What is open\"\nzh = \"未决之事\"\n";

/// An incident of which captured articles tell, and one that is merged into it.
fn told(title: &str) -> String {
    let cited = "https://harbourledger.example/veltrane-sues-orison";
    FOURTH.replace("Cohere answers", title).replace("https://ledger.example/4", cited) + OWNER
}

/// The folder of the search index.
const INDEX: &str = "index-v2";

/// Every file of the site.
fn site(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let files = files(&desk.home().join("site/public")).into_iter();
    files.map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

type Step<'s> = (&'s str, Box<dyn Fn() + 's>, &'s [&'s str]);

fn own(desk: &Desk, text: &str) {
    desk.data("incidents/own.toml", text);
}

fn ingest(desk: &Desk, pages: &str) {
    desk.run(&["ingest", pages, "--fetched-at", FETCHED]).ends(0);
}

fn lose(desk: &Desk, page: &str) {
    fs::remove_file(desk.home().join("site/public").join(page)).unwrap();
}

/// A casebook, and all sorts of changes to it, each with the command that builds it then.
fn begun() -> Desk {
    let desk = Desk::new();
    own(&desk, &incidents("open", ""));
    ingest(&desk, &format!("{PAGES}/harbourledger.example"));
    desk
}

fn changes(desk: &Desk) -> [Step<'_>; 19] {
    let judge = |words: &[&str]| {
        let signed = [words, &["--by", "Ada Renholt", "--why", "Read both pages again."]].concat();
        desk.run(&signed).ends(0);
    };
    let export = || desk.run(&["export"]).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_string();
    let proposed = move || {
        let found = export();
        let mut all = found["incidents"].as_array().unwrap().iter();
        all.find(|incident| incident["proposed"] == true).unwrap().clone()
    };
    let build: &[&str] = &["build"];
    let mint = move || judge(&["mint", &text(&proposed()["id"]), "--name", "minted-here"]);
    let reject = move || judge(&["reject", &text(&export()["claims"][0]["id"])]);
    [
        ("a status", Box::new(|| own(desk, &incidents("settled", ""))), build),
        ("a page lost", Box::new(|| lose(desk, "incidents/first-quarrel/index.html")), build),
        ("a new incident", Box::new(|| own(desk, &incidents("settled", FOURTH))), build),
        ("new articles", Box::new(|| ingest(desk, PAGES)), build),
        ("an earlier version", Box::new(|| ingest(desk, "tests/worlds/edited/pages")), build),
        ("a vendor's name", Box::new(|| desk.data("entities/own.toml", RENAMED)), build),
        ("a message", Box::new(|| desk.data("i18n/own.toml", MESSAGE)), build),
        ("a judgement", Box::new(mint), build),
        ("a claim rejected", Box::new(reject), build),
        ("taken back", Box::new(move || judge(&["undo"])), build),
        ("an address", Box::new(|| {}), &["build", "--base-url", "https://record.example/"]),
        ("an earlier day", Box::new(|| {}), &["--as-of", "2026-07-04", "build"]),
        ("incidents gone", Box::new(|| own(desk, FOURTH)), build),
        ("a product", Box::new(|| own(desk, &[FOURTH, PRODUCT].concat())), build),
        ("its owner", Box::new(|| own(desk, &[FOURTH, PRODUCT, OWNER].concat())), build),
        ("its owner gone", Box::new(|| own(desk, &[FOURTH, PRODUCT].concat())), build),
        ("an article cited", Box::new(|| own(desk, &told("A suit"))), build),
        ("told otherwise", Box::new(|| own(desk, &told("Another suit"))), build),
        (
            "merged",
            Box::new(move || judge(&["merge", "sixth-quarrel", "--into", "fourth-quarrel"])),
            build,
        ),
    ]
}

#[test]
fn a_build_over_an_older_state_is_a_build_from_nothing() {
    let desk = begun();
    desk.run(&["build"]);
    for (what, change, args) in &changes(&desk) {
        change();
        desk.run(args);
        let over = site(&desk);
        fs::remove_dir_all(desk.home().join("site")).unwrap();
        desk.run(args);
        assert_eq!(differing(&over, &site(&desk)), [""; 0], "after {what}");
    }
}

#[test]
fn a_program_that_goes_on_running_builds_the_same() {
    let desk = begun();
    let mut memory = Memory::default();
    let mut build = |args: &[&str]| {
        let after = |word| args.iter().skip_while(|arg| **arg != word).nth(1).copied();
        let day = after("--as-of").unwrap_or(AS_OF).parse().unwrap();
        pipeline::build(&desk.home(), day, 2, after("--base-url"), &mut memory, |_| {}).unwrap();
    };
    build(&["build"]);
    for (what, change, args) in &changes(&desk) {
        change();
        build(args);
        let anew = Desk::copied(&desk);
        for made in ["site", INDEX] {
            fs::remove_dir_all(anew.home().join(made)).unwrap();
        }
        anew.run(args);
        // The list of what was published knows decisions by the folder they are written in.
        let mut other = differing(&site(&desk), &site(&anew));
        other.retain(|name| name != ".casebook-manifest.json");
        assert_eq!(other, [""; 0], "after {what}");
        for query in ["quarrel", "is:proposed", "vendor:OpenAI court", "争端"] {
            let found = |desk: &Desk| {
                let mut found = desk.run(&["search", query, "--format", "json"]).json();
                // How rare a word is counts what was replaced too, until the index is made anew.
                for result in found["results"].as_array_mut().unwrap() {
                    result.as_object_mut().unwrap().remove("score");
                }
                found
            };
            assert_eq!(found(&desk), found(&anew), "“{query}” after {what}");
        }
    }
}

#[test]
fn only_the_pages_that_a_change_touches_are_written() {
    let desk = Desk::new();
    desk.data("incidents/own.toml", &incidents("open", ""));
    desk.run(&["build"]);
    let before = site(&desk);
    desk.data("incidents/own.toml", &incidents("settled", ""));
    desk.run(&["build"]);
    let pages: Vec<String> = differing(&before, &site(&desk))
        .into_iter()
        .filter(|name| name.ends_with("/index.html") && name.contains("incidents/"))
        .collect();
    // The second shows nothing of the first but its headline.
    let touched = ["incidents/first-quarrel/index.html", "zh/incidents/first-quarrel/index.html"];
    assert_eq!(pages, touched);
}

#[test]
fn a_day_later_only_what_turns_on_it_is_made_again() {
    let desk = Desk::with_sample();
    let asked = "questions = [";
    let planned = "points = [ { date = \"2026-07-21\", text = \"It is heard.\" } ]\nquestions = [";
    desk.data("incidents/own.toml", &incidents("open", "").replacen(asked, planned, 1));
    let made = |day: &str| -> BTreeMap<String, String> {
        desk.run(&["--as-of", day, "build"]);
        let text = fs::read(desk.home().join("site/public/.casebook-manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let sheets = manifest["sheets"].as_object().unwrap().iter();
        // Pages that gather incidents tell the day.
        let sheets = sheets.filter(|(name, _)| name.starts_with("incidents/"));
        let of = |sheet: &serde_json::Value| Some(sheet["of"].as_str()?.to_string());
        sheets.filter_map(|(name, sheet)| Some((name.clone(), of(sheet)?))).collect()
    };
    let on_the_day = made("2026-07-20");
    assert!(on_the_day.len() > 2, "{on_the_day:?}");
    let later = made("2026-07-21");
    let again = later.iter().filter(|(name, of)| on_the_day.get(*name) != Some(*of));
    assert_eq!(
        again.map(|(name, _)| name).collect::<Vec<_>>(),
        ["incidents/first-quarrel/index.html"]
    );
    assert_eq!(made("2026-07-22"), later);
    let over = site(&desk);
    fs::remove_dir_all(desk.home().join("site")).unwrap();
    made("2026-07-22");
    assert_eq!(differing(&over, &site(&desk)), [""; 0]);
}

#[test]
fn a_build_that_was_ended_leaves_nothing_that_a_later_one_believes() {
    let desk = Desk::with_sample();
    let expected = site(&desk);
    let open = desk.home().join("site/public/.casebook-manifest.open.json");
    for _ in 0..2 {
        let other = ["--as-of", AS_OF, "build", "--base-url", "https://record.example/"];
        let mut child = desk.start(&other);
        let deadline = Instant::now() + Duration::from_secs(60);
        while child.try_wait().unwrap().is_none() && !open.exists() {
            assert!(Instant::now() < deadline, "the build hangs");
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // The list of published addresses is kept for ever, and nothing else of that build.
        let _ = fs::remove_file(desk.home().join("data/published.txt"));
        desk.run(&["build"]);
        assert_eq!(differing(&expected, &site(&desk)), [""; 0]);
    }
}

#[test]
fn what_an_ended_build_left_half_written_is_gone_with_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    published(&folder, "one", Some("x"), "a");
    let before = files(&folder).len();
    for name in ["a", "b"] {
        let ended = Publishing::into(&folder, "one", None);
        let file = format!("{name}/index.html");
        ended.put(file.clone(), None, || vec![(file, b"half".to_vec())]).unwrap();
    }
    assert!(files(&folder).len() > before);
    published(&folder, "one", Some("x"), "a");
    let left: Vec<String> = files(&folder).into_iter().map(|(name, _)| name).collect();
    assert_eq!(left, [".casebook-manifest.json", "a/index.html"]);
}

/// Publishes one sheet of one file; says whether it was made, and what was done.
fn published(folder: &Path, program: &str, of: Option<&str>, text: &str) -> (bool, Published) {
    let publishing = Publishing::into(folder, program, None);
    let made = Cell::new(false);
    let make = || {
        made.set(true);
        vec![("a/index.html".to_string(), text.as_bytes().to_vec())]
    };
    publishing.put("a/index.html".into(), of, make).unwrap();
    let (done, _) = publishing.finish().unwrap();
    (made.get(), done)
}

#[test]
fn a_sheet_made_of_the_same_is_not_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    let made = |program, of, text| published(&folder, program, of, text).0;
    assert!(made("one", Some("x"), "a"));
    assert!(!made("one", Some("x"), "a"));
    assert!(made("one", Some("y"), "b"));
    assert!(made("two", Some("y"), "b"), "another program may make another page of it");
    assert!(made("two", None, "c"));
    assert!(made("two", None, "c"), "what names no facts is made each time");
    assert!(made("two", Some("z"), "c"));
    let _ = fs::remove_file(folder.join("a/index.html"));
    assert!(made("two", Some("z"), "c"), "a file somebody removed is made again");
    assert!(folder.join("a/index.html").is_file());
}

#[test]
fn only_other_bytes_are_written_and_only_own_files_removed() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    let done = |of, text| {
        let (_, done) = published(&folder, "one", of, text);
        [done.written, done.unchanged, done.removed]
    };
    assert_eq!(done(Some("x"), "a"), [1, 0, 0]);
    assert_eq!(done(Some("y"), "a"), [0, 1, 0]);
    assert_eq!(done(Some("y"), "a"), [0, 1, 0]);
    assert_eq!(done(Some("z"), "b"), [1, 0, 0]);
    let _ = fs::write(folder.join("CNAME"), "record.example");
    let emptied = Publishing::into(&folder, "one", None).finish();
    assert_eq!(emptied.map(|(done, _)| done.removed).ok(), Some(1));
    assert!(folder.join("CNAME").is_file() && !folder.join("a").exists());
}

#[test]
fn of_a_day_of_much_news_the_page_of_changes_names_the_first_incidents_and_leads_to_the_rest() {
    let desk = Desk::new();
    let row = |n: usize| FOURTH.replace("fourth-quarrel", &format!("quarrel-{n}"));
    own(&desk, &(0..300).map(row).collect::<Vec<_>>().concat());
    desk.run(&["build"]).ends(0);
    let page = |name: &str| {
        let path = desk.home().join("site/public").join(name).join("index.html");
        fs::read_to_string(path).unwrap()
    };
    let told = |page: &str| page.matches("/incidents/quarrel-").count();
    let changes = page("changes");
    assert!(changes.contains("300 incidents entered by editors"), "{changes}");
    assert_eq!(told(&changes), 100);
    assert!(changes.contains("changes/2026-06/#d2026-06-01\">200 more incidents</a>"), "{changes}");
    let month = page("changes/2026-06");
    assert!(month.contains("id=\"d2026-06-01\""));
    assert_eq!(told(&month), 300);
}
