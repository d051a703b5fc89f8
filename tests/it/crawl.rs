//! Crawls over loopback: each folder of `tests/web/` is a web, its `expect.md` what a crawl makes of it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::desk::{Desk, Ran};
use crate::web::Web;

/// A casebook that crawls a folder.
struct Crawl {
    desk: Desk,
    web: Web,
    sources: Vec<String>,
}

impl Crawl {
    fn of(folder: &Path) -> Self {
        let desk = Desk::new();
        let sources = fs::read_to_string(folder.join("sources.toml")).unwrap_or_default();
        desk.data("sources.toml", &sources);
        let table: toml::Table = sources.parse().unwrap();
        let rows =
            table.get("source").and_then(|rows| rows.as_array()).cloned().unwrap_or_default();
        let ids = rows.iter().map(|row| row["id"].as_str().unwrap().to_string()).collect();
        Self { desk, web: Web::serve(folder), sources: ids }
    }

    /// Crawls every source of the folder, with more words behind.
    fn run(&self, words: &[&str]) -> Ran {
        let at = self.web.address.to_string();
        let mut args = vec!["crawl", "--format", "json", "--connect-to", &at, "--allow-private"];
        args.extend(["--delay", "0", "--patience", "0"]);
        if !words.iter().any(|word| word.contains("://")) {
            args.extend(self.sources.iter().flat_map(|id| ["--source", id.as_str()]));
        }
        args.extend(words);
        self.desk.run(&args)
    }

    /// What lies in the archive: kind of record, role of ours, address.
    fn archive(&self) -> Vec<String> {
        records(&self.desk.home())
    }
}

/// Records of an archive, without those that only accompany others.
pub fn records(home: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for (_, path) in crate::tidy::files(&home.join("archive")) {
        let bytes = fs::read(path).unwrap();
        let mut text = Vec::new();
        let mut decoder = flate2::read::MultiGzDecoder::new(bytes.as_slice());
        std::io::Read::read_to_end(&mut decoder, &mut text).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        for record in text.split("WARC/1.1\r\n").skip(1) {
            let head = record.split("\r\n\r\n").next().unwrap();
            let field = |name: &str| {
                let line = head.lines().find(|line| line.starts_with(name))?;
                line.split_once(": ").map(|(_, value)| value.to_string())
            };
            let kind = field("WARC-Type").unwrap();
            if matches!(kind.as_str(), "response" | "revisit" | "resource") {
                let role = field("Casebook-Role").unwrap_or("page".into());
                found.push(format!("{kind} {role} {}", field("WARC-Target-URI").unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The fenced blocks of an expectation: kind and lines.
fn blocks(text: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(kind) => {
                open = true;
                found.push((kind.to_string(), Vec::new()));
            }
            None if open => found.last_mut().unwrap().1.push(line.to_string()),
            None => {}
        }
    }
    found
}

/// The counts of a summary that are not nothing, the troubles, and what was found refused.
fn summary(run: &Ran) -> Vec<String> {
    let json = run.json();
    let mut lines: Vec<String> = json
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, value)| value.as_u64().is_some_and(|number| number > 0))
        .map(|(key, value)| format!("{key} {value}"))
        .collect();
    for kind in ["envelopes", "troubles"] {
        let mut told: Vec<String> = json[kind]
            .as_array()
            .unwrap()
            .iter()
            .map(|t: &Value| {
                format!("{} {}", t["code"].as_str().unwrap(), t["address"].as_str().unwrap())
            })
            .collect();
        told.sort();
        told.dedup();
        lines.extend(told);
    }
    lines
}

/// Runs the crawls an expectation names, and gives what came of them in its form.
fn told(folder: &Path, expected: &str) -> String {
    let crawl = Crawl::of(folder);
    let mut last: Option<Ran> = None;
    let mut text = expected.to_string();
    for (kind, lines) in blocks(expected) {
        let actual = match kind.as_str() {
            "crawl" => {
                let words: Vec<&str> = lines.iter().flat_map(|l| l.split_whitespace()).collect();
                let run = crawl.run(&words);
                assert!(run.code <= 1, "{}: {}", folder.display(), run.err);
                last = Some(run);
                continue;
            }
            "summary" => summary(last.as_ref().unwrap()),
            "requests" => crawl.web.requests(),
            "archive" => crawl.archive(),
            "refused" => {
                let rows = crawl.desk.run(&["sources", "refused", "--format", "json"]).json();
                let line = |row: &Value| {
                    format!(
                        "{} {}",
                        row["state"].as_str().unwrap(),
                        row["address"].as_str().unwrap()
                    )
                };
                rows.as_array().unwrap().iter().map(line).collect()
            }
            "articles" => {
                crawl.desk.run(&["build"]);
                crawl.desk.articles()
            }
            other => panic!("{}: a block “{other}” is not known", folder.display()),
        };
        let block = |lines: &[String]| {
            format!("```{kind}\n{}```", lines.iter().map(|l| format!("{l}\n")).collect::<String>())
        };
        text = text.replacen(&block(&lines), &block(&actual), 1);
    }
    text
}

#[test]
fn every_web_is_crawled_as_expected() {
    let mut folders: Vec<PathBuf> =
        fs::read_dir("tests/web").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut faults = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let path = folder.join("expect.md");
        let expected = fs::read_to_string(&path).unwrap();
        let actual = told(folder, &expected);
        if actual != expected {
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &actual).unwrap();
            } else {
                faults.push(format!("{}:\n{actual}", path.display()));
            }
        }
    }
    assert!(folders.len() > 3, "the webs were not found");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
