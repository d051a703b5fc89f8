//! The server: the same cases, pages without script, and manners.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::record::Record;
use super::{asked, case_files, told};

/// A server of the record of the cases, on a free port.
pub struct Served {
    child: Child,
    address: String,
    pub home: TempDir,
}

/// What a server answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.starts_with(&format!("{name}: ")))?;
        line.split_once(": ").map(|(_, value)| value)
    }
}

impl Served {
    pub fn new(args: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let record = Record::read();
        record.build(home.path());
        let folder = home.path().join("site/public");
        record.publish(&folder);
        fs::write(folder.join("index.html"), "front").unwrap();
        fs::write(folder.join("404.html"), "missing").unwrap();
        let page =
            "<input value=\"\" data-typed><div id=\"results\"><!--results--><!--/results--></div>";
        fs::write(folder.join("search/index.html"), page).unwrap();
        Self::of(home, args)
    }

    fn of(home: TempDir, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(["--home", home.path().to_str().unwrap(), "serve", "--bind", "127.0.0.1:0"])
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_string();
        Self { child, address, home }
    }

    pub fn ask(&self, method: &str, path: &str, fields: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{fields}\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut body = answer[end + 4..].to_vec();
        if head.to_lowercase().contains("transfer-encoding: chunked") {
            body = unchunked(&body);
        }
        Answer { status, head, body }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let line = rest.windows(2).position(|w| w == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap(), 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 4 + size..];
    }
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Every result of a query, page by page.
fn all(served: &Served, query: &str) -> String {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/search?q={}&each=20&limit=3{cursor}", encoded(query));
        let answer = served.get(&path);
        let body = answer.json();
        if answer.status == 400 {
            return format!("! {} {}", body["at"], body["detail"].as_str().unwrap());
        }
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        let notes: Vec<String> =
            body["notes"].as_array().unwrap().iter().map(|n| n.as_str().unwrap().into()).collect();
        for group in body["groups"].as_array().unwrap() {
            let mut hits: Vec<&Value> = group["hits"].as_array().unwrap().iter().collect();
            if group["found"].as_bool().unwrap() {
                hits.insert(0, &group["head"]);
            }
            ids.extend(hits.iter().map(|hit| hit["id"].as_str().unwrap().to_string()));
        }
        match body["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return told(query, ids, &notes),
        }
    }
}

#[test]
fn the_server_finds_what_the_cases_say() {
    let served = Served::new(&["--rate", "0"]);
    let mut faults = Vec::new();
    for path in case_files() {
        for case in asked(&fs::read_to_string(&path).unwrap()) {
            let today = all(&served, &case.query);
            if today != case.expected {
                faults.push(format!("{}\n  - {}\n  + {today}", case.query, case.expected));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_of_results_need_no_script_and_escape_what_is_typed() {
    let served = Served::new(&[]);
    let page = served.get("/search/?q=ban+%3Cscript%3E");
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("<script>"), "{}", page.text());
    assert!(page.text().contains("value=\"ban &lt;script&gt;\""), "{}", page.text());
    let found = served.get(&format!("/search/?q={}", encoded("禁用"))).text();
    assert!(
        found.contains("<mark>禁用</mark>") || found.contains("huaiting-bans-kestrane"),
        "{found}"
    );
    assert!(found.contains("feed.atom?q=%E7%A6%81%E7%94%A8"), "{found}");
    let wrong = served.get("/search/?q=vendr:x");
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains("?q=vendor%3Ax"), "the suggestion is no link: {}", wrong.text());
}

#[test]
fn a_search_is_a_feed_of_what_is_new_and_what_is_updated() {
    let served = Served::new(&[]);
    let atom = served.get("/search/feed.atom?q=ban");
    assert_eq!(atom.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    let text = atom.text();
    assert!(
        text.contains("<category term=\"updated\"/>") && text.contains("<category term=\"new\"/>"),
        "{text}"
    );
    assert!(quick_xml_reads(&text), "{text}");
    let feed = served.get("/search/feed.json?q=ban").json();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"].as_array().unwrap().len(), text.matches("<entry>").count());
    assert_eq!(served.get("/search/feed.atom?q=ban+(").status, 400);
}

fn quick_xml_reads(text: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[test]
fn answers_are_not_sent_twice_and_may_be_read_from_anywhere() {
    let served = Served::new(&[]);
    let first = served.ask("GET", "/api/v1/search?q=ban", "Origin: https://else.example\r\n");
    assert_eq!(first.header("access-control-allow-origin"), Some("*"));
    let tag = first.header("etag").unwrap().to_string();
    let again = served.ask("GET", "/api/v1/search?q=ban", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.len()), (304, 0));
    let other = served.ask("GET", "/api/v1/search?q=suit", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!(other.status, 200);
    let small = served.ask("GET", "/api/v1/search?q=", "Accept-Encoding: br\r\n");
    assert_eq!(small.header("content-encoding"), Some("br"));
    // Another index, another tag; it is taken up while the server runs.
    let mut record = Record::read();
    record.change();
    record.build(served.home.path());
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    loop {
        let now = served.ask("GET", "/api/v1/search?q=ban", &format!("If-None-Match: {tag}\r\n"));
        if now.status == 200 {
            assert!(now.text().contains("c9zz"));
            break;
        }
        assert!(std::time::Instant::now() < deadline, "the new index is not taken up");
        std::thread::yield_now();
    }
}

#[test]
fn who_asks_too_often_is_told_when_to_come_again() {
    let served = Served::new(&["--rate", "2"]);
    let statuses: Vec<Answer> = (0..6).map(|_| served.get("/api/v1/search?q=ban")).collect();
    let refused = statuses.iter().find(|answer| answer.status == 429).expect("nobody was refused");
    assert!(refused.header("retry-after").is_some());
    assert_eq!(refused.json()["status"], 429);
    assert_eq!(served.get("/").status, 200, "files are not limited");
}

#[test]
fn the_server_tells_how_it_is() {
    let served = Served::new(&[]);
    assert!(
        served.get("/healthz").text().starts_with("ok\n12 documents")
            || served.get("/healthz").text().starts_with("ok\n")
    );
    served.get("/api/v1/search?q=ban");
    let metrics = served.get("/metrics").text();
    assert!(
        metrics.contains("casebook_requests_total{route=\"/api/v1/search\",status=\"200\"} 1"),
        "{metrics}"
    );
    let api = served.get("/api/v1/openapi.json").json();
    assert!(api["paths"]["/api/v1/search"]["get"].is_object(), "{api}");
    let reference = served.get("/api/").text();
    for path in api["paths"].as_object().unwrap().keys() {
        assert!(reference.contains(&format!("GET {path}")), "{path} is not documented");
    }
    assert_eq!(
        served.get("/api/v1/records/orison-sues-veltrane").json()["id"],
        "orison-sues-veltrane"
    );
    assert_eq!(served.get("/api/v1/records/nobody").status, 404);
    assert_eq!(served.ask("POST", "/api/v1/search", "Content-Length: 0\r\n").status, 405);
    assert_eq!(
        served.get("/api/v1/nothing").header("content-type"),
        Some("application/problem+json")
    );
}

/// A casebook without an index still serves its site.
#[test]
fn without_an_index_the_site_is_served_and_searches_say_why_not() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("site/public")).unwrap();
    fs::write(home.path().join("site/public/index.html"), "front").unwrap();
    let served = Served::of(home, &[]);
    assert_eq!(served.get("/").text(), "front");
    assert_eq!(served.get("/api/v1/search?q=ban").status, 503);
    assert_eq!(served.get("/healthz").status, 503);
}

/// Speaks to `casebook mcp` line by line.
#[test]
fn an_assistant_finds_reads_and_explains() {
    let home = tempfile::tempdir().unwrap();
    Record::read().build(home.path());
    let answers = spoken(
        home.path(),
        &[
            r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"#,
            r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
            r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#,
            r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"search","arguments":{"query":"禁用"}}}"#,
            r#"{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"claims","arguments":{"query":"vendor:槐汀 stance:denies"}}}"#,
            r#"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"incident","arguments":{"id":"orison-sues-veltrane"}}}"#,
            r#"{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"search","arguments":{"query":"vendr:x"}}}"#,
            r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"questions","arguments":{"query":"question:open"}}}"#,
        ],
    );
    let tools: Vec<&str> = answers[&2]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["name"].as_str().unwrap())
        .collect();
    assert_eq!(tools, ["search", "claims", "questions", "incident", "explain"]);
    let found = &answers[&3]["structuredContent"];
    assert_eq!(found["groups"][0]["incident"]["id"], "huaiting-bans-kestrane", "{found}");
    let claim = &answers[&4]["structuredContent"]["groups"][0]["matches"][0];
    assert_eq!(claim["evidence"]["outlet"], "Farwire", "{claim}");
    assert_eq!(answers[&5]["structuredContent"]["id"], "orison-sues-veltrane");
    assert_eq!(answers[&6]["isError"], true);
    assert!(answers[&6].to_string().contains("did you mean"), "{}", answers[&6]);
    assert_eq!(answers[&7]["structuredContent"]["groups"][0]["matches"][0]["id"], "q2bb");
}

fn spoken(home: &Path, lines: &[&str]) -> std::collections::BTreeMap<u64, Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["--home", home.to_str().unwrap(), "mcp"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut answers = std::collections::BTreeMap::new();
    for line in lines {
        writeln!(stdin, "{line}").unwrap();
        if line.contains("\"id\"") {
            let mut answer = String::new();
            out.read_line(&mut answer).unwrap();
            let answer: Value = serde_json::from_str(&answer).unwrap();
            answers.insert(answer["id"].as_u64().unwrap(), answer["result"].clone());
        }
    }
    drop(stdin);
    child.wait().unwrap();
    answers
}

/// The same record as the published site holds it, for the browser's test.
#[test]
fn the_published_site_holds_the_record_without_the_words_of_articles() {
    let folder = tempfile::tempdir().unwrap();
    Record::read().publish(folder.path());
    let mut bytes = 0;
    for entry in fs::read_dir(folder.path().join("search/data")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(text.starts_with("casebookSearch(\""), "{text}");
        assert!(!text.contains("gazebo"), "words of an article are published");
        bytes += text.len();
    }
    assert!(bytes > 1000);
}
