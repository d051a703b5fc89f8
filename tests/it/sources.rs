//! What a person sees of sources and of a crawl while it runs.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::Desk;
use crate::web::Web;

const ITEM: &str = "<rss version='2.0'><channel><item><title>Court bans AI model</title>\
                    <link>http://HOST/n/ban</link><pubDate>Tue, 02 Jun 2026 08:00:00 +0000</pubDate>\
                    </item></channel></rss>";

/// A casebook with sources of which each has another fault, and a web where they are found.
fn listings() -> (Desk, Web, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let mut rules = String::new();
    let mut rule = |at: &str, more: &str| {
        rules.push_str(&format!("[[rule]]\nat = \"{at}\"\n{more}\n"));
    };
    let body = |host: &str| format!("body = \"\"\"{}\"\"\"", ITEM.replace("HOST", host));
    rule("sound.example/feed.xml", &body("sound.example"));
    rule("moved.example/feed.xml", "status = 301\nheaders = { location = \"/new.xml\" }");
    rule("moved.example/new.xml", &body("moved.example"));
    rule("wrong.example/feed.xml", "body = \"<html><body>Our feeds</body></html>\"");
    rule("shut.example/robots.txt", "body = \"User-agent: *\\nDisallow: /feed\"");
    rule("gone.example/feed.xml", "status = 410");
    rule("mute.example/robots.txt", "status = 503");
    rule("select.example/ai", "body = \"<html><body><a href='/n/ban'>Ban</a></body></html>\"");
    fs::write(dir.path().join("rules.toml"), rules).unwrap();
    let desk = Desk::new();
    let mut sources = String::new();
    for id in ["sound", "moved", "wrong", "shut", "gone", "mute"] {
        sources.push_str(&format!(
            "[[source]]\nid = \"{id}\"\nname = \"{id}\"\nlanguage = \"en\"\nfeeds = [\"http://{id}.example/feed.xml\"]\n"
        ));
    }
    sources.push_str(
        "[[source]]\nid = \"select\"\nname = \"select\"\nlanguage = \"en\"\nlinks = \"h2 a\"\n\
         sections = [\"http://select.example/ai\"]\n",
    );
    desk.data("sources.toml", &sources);
    let web = Web::serve(dir.path());
    (desk, web, dir)
}

const IDS: [&str; 7] = ["sound", "moved", "wrong", "shut", "gone", "mute", "select"];

#[test]
fn a_check_says_of_every_listing_whether_it_can_be_used() {
    let (desk, web, _dir) = listings();
    let at = web.address.to_string();
    let manners = ["--connect-to", &at, "--allow-private", "--delay", "0"];
    let json = [&["sources", "check", "--format", "json"], &manners[..], &IDS[..]].concat();
    let rows = desk.run(&json).ends(1).json();
    let told: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {}",
                row["source"].as_str().unwrap(),
                row["sound"],
                row["items"],
                row["says"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "gone false 0 the server answered 410",
            "moved true 1 it stands at http://moved.example/new.xml now; ",
            "mute false 0 it did not answer; see whether its host does",
            "select false 0 it names no article; correct address or selector",
            "shut false 0 the host’s robots rules refuse it",
            "sound true 1 ",
            "wrong false 0 it is no feed; correct the address",
        ]
    );
    assert_eq!(rows[5]["newest"], "2026-06-02T08:00:00+00:00");
    // It obeys robots rules, archives nothing, and asks for no article.
    let asked = web.requests();
    assert!(!asked.iter().any(|line| line.starts_with("shut.example/feed")), "{asked:?}");
    assert!(!asked.iter().any(|line| line.contains("/n/ban")), "{asked:?}");
    assert!(crate::crawl::records(&desk.home()).is_empty());

    let text = [&["sources", "check", "sound"], &manners[..]].concat();
    let ran = desk.run(&text).ends(0);
    assert!(ran.text().starts_with("ok     sound"), "{}", ran.text());
    assert!(ran.err.contains("1 listings, 0 with faults"), "{}", ran.err);
    assert!(desk.run(&["sources", "check", "nobody"]).err.contains("nobody"));
}

#[test]
fn sources_that_a_crawl_has_read_are_listed_so() {
    let (desk, web, _dir) = listings();
    let at = web.address.to_string();
    let words = ["--connect-to", &at, "--allow-private", "--delay", "0", "--patience", "0"];
    let seen = || {
        let rows = desk.run(&["sources", "list", "--format", "json"]).ends(0).json();
        let row = |row: &&serde_json::Value| row["id"] == "sound";
        rows.as_array().unwrap().iter().find(row).unwrap()["seen"].is_string()
    };
    assert!(!seen());
    desk.run(&[&["crawl", "--source", "sound"], &words[..]].concat());
    assert!(seen());
}

/// Runs a crawl of a folder as in a terminal; nothing where the machine has no `script`.
fn watched(home: &Path, web: &Path) -> Option<String> {
    let line = format!(
        "{} --home {} crawl --web {}",
        env!("CARGO_BIN_EXE_casebook"),
        home.display(),
        web.display()
    );
    let output = Command::new("script").args(["-qec", &line, "/dev/null"]).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_person_sees_a_crawl_go_on_host_by_host() {
    let web = crate::crawl_safety::many(400);
    let desk = Desk::new();
    let Some(seen) = watched(&desk.home(), web.path()) else { return };
    let live = |line: &str| line.contains("http://harbour.example") && line.contains("answered");
    assert!(seen.lines().any(live), "{seen}");
    assert!(seen.contains("pages a second"), "{seen}");
    assert!(seen.contains("400 new, 0 changed, 0 unchanged, 0 refused, 0 failed"), "{seen}");
    // Whoever does not watch gets the summary alone.
    let quiet = Desk::new().run(&["crawl", "--web", web.path().to_str().unwrap()]).ends(0);
    assert!(quiet.err.contains("400 new") && !quiet.err.contains("answered"), "{}", quiet.err);
}
