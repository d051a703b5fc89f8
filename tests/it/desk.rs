//! A casebook in a folder of its own, driven through the program as a person would.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

use crate::tidy::files;

/// The day records speak of in these tests.
pub const AS_OF: &str = "2026-08-01";
pub const FETCHED: &str = "2026-07-01T00:00:00Z";

/// What a command gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: Vec<u8>,
    pub err: String,
}

impl Ran {
    pub fn text(&self) -> String {
        String::from_utf8(self.out.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The output as lines of JSON.
    pub fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Panics unless the command ended so.
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.err);
        self
    }
}

/// Runs the program at the root of the repository, with words on its standard input.
pub fn casebook_with(args: &[&str], input: &[u8]) -> Ran {
    let mut child = command(args).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feed = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: output.stdout,
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

pub fn casebook(args: &[&str]) -> Ran {
    casebook_with(args, b"")
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A casebook folder that goes away with the value.
pub struct Desk {
    dir: TempDir,
}

impl Desk {
    /// An empty casebook.
    pub fn new() -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        casebook(&["init", desk.home().to_str().unwrap()]).ends(0);
        desk
    }

    pub fn home(&self) -> PathBuf {
        self.dir.path().join("book")
    }

    /// Runs a command on this casebook, the record speaking of [`AS_OF`].
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, b"")
    }

    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        let home = self.home();
        let day: &[&str] = if args.contains(&"--as-of") { &[] } else { &["--as-of", AS_OF] };
        casebook_with(&[&["--home", home.to_str().unwrap()], day, args].concat(), input)
    }

    /// Begins a command and does not wait for it.
    pub fn start(&self, args: &[&str]) -> Child {
        let home = self.home();
        let mut command = command(&[&["--home", home.to_str().unwrap()], args].concat());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// A copy of another one as it stands.
    pub fn copied(other: &Self) -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        for (name, path) in files(&other.home()) {
            let to = desk.home().join(name);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(path, to).unwrap();
        }
        desk
    }

    /// Takes in the sample pages and builds.
    pub fn with_sample() -> Self {
        let desk = Self::new();
        desk.run(&["ingest", "data/sample", "--fetched-at", FETCHED]).ends(0);
        desk.run(&["build"]);
        desk
    }

    /// Writes a file beside the casebook and gives its path.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.dir.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_string()
    }

    /// Writes a file of the casebook's own data.
    pub fn data(&self, name: &str, text: &str) {
        let path = self.home().join("data").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Addresses of all articles on record, sorted.
    pub fn articles(&self) -> Vec<String> {
        let export = self.run(&["export"]).json();
        let articles = export["articles"].as_array().unwrap();
        let mut urls: Vec<String> =
            articles.iter().map(|a| a["url"].as_str().unwrap().to_string()).collect();
        urls.sort();
        urls
    }

    /// Everything derived that readers and other programs see: every file of the site, the export.
    pub fn published(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all: BTreeMap<String, Vec<u8>> = files(&self.home().join("site/public"))
            .into_iter()
            .map(|(name, path)| (name, fs::read(path).unwrap()))
            .collect();
        assert!(all.contains_key("index.html"), "the site was not built");
        all.insert("(export)".into(), self.run(&["export"]).ends(0).out);
        all
    }
}

/// Names of files that differ between two publications.
pub fn differing(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

/// An invented page; pages of different numbers tell of different days and speakers.
pub fn page(number: usize) -> String {
    let (day, people) = (number % 28 + 1, ["Ada Renholt", "Bo Castellan", "Cleo Marchetti"]);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Orison Labs sues Veltrane, filing {number}</title>\
         <meta property=\"article:published_time\" content=\"2026-05-{day:02}\"></head><body><article>\
         <h1>Orison Labs sues Veltrane, filing {number}</h1>\
         <p>Orison Labs sued Veltrane Systems on May {day}, 2026 over its chatbot, filing number {number}.</p>\
         <p>“We never copied their model,” said {}, a spokesperson for Veltrane Systems.</p>\
         <p>It is unclear whether filing {number} will be heard this year.</p></article></body></html>",
        people[number % 3]
    )
}

/// A WARC record.
pub fn record(kind: &str, url: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-06-01T08:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A `response` record of a page, with more header fields of the response.
pub fn response(url: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}\r\n");
    let block = [head.as_bytes(), body].concat();
    record("response", url, "Content-Type: application/http; msgtype=response\r\n", &block)
}

/// One gzip member.
pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Length of all files of a casebook's archive.
pub fn archive_bytes(home: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(home.join("archive")) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}
