//! A folder as a web, with everything that goes wrong on the real one, served on loopback.
//!
//! `HOST/PATH` in the folder is a page; `rules.toml` says what answers otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;

/// How one address answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// `host/path`.
    at: String,
    status: Option<u16>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body: Option<String>,
    /// `cut`, `silent`, `endless`, `bomb`, `flood`, `garbage`, `drop`, `gzip`.
    fault: Option<String>,
    /// How many requests it answers; all of them otherwise.
    times: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// A web being served; it ends with the process.
pub struct Web {
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

struct Site {
    folder: PathBuf,
    rules: Mutex<Vec<Rule>>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Web {
    pub fn serve(folder: &Path) -> Self {
        let rules: Rules = match fs::read_to_string(folder.join("rules.toml")) {
            Ok(text) => toml::from_str(&text).unwrap(),
            Err(_) => Rules::default(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let site = Arc::new(Site {
            folder: folder.to_path_buf(),
            rules: Mutex::new(rules.rule),
            log: Arc::clone(&log),
        });
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = Arc::clone(&site);
                std::thread::spawn(move || {
                    // Whoever asks may go away at any moment.
                    let _ = site.answer(stream);
                });
            }
        });
        Self { address, log }
    }

    /// What was asked for and answered, by host, in order.
    pub fn requests(&self) -> Vec<String> {
        let mut log = std::mem::take(&mut *self.log.lock().unwrap());
        let host = |line: &String| line.split('/').next().unwrap_or("").to_string();
        log.sort_by_key(host);
        log
    }
}

impl Site {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        loop {
            let (mut first, mut fields) = (String::new(), BTreeMap::new());
            if reader.read_line(&mut first)? == 0 {
                return Ok(());
            }
            loop {
                let mut line = String::new();
                reader.read_line(&mut line)?;
                match line.trim_end().split_once(": ") {
                    Some((name, value)) => fields.insert(name.to_lowercase(), value.to_string()),
                    None => break,
                };
            }
            let path = first.split(' ').nth(1).unwrap_or("/").to_string();
            let host = fields.get("host").cloned().unwrap_or_default();
            let at = format!("{host}{path}");
            let rule = self.rule(&at);
            if self.respond(&mut stream, &mut reader, &at, rule, &fields)? {
                return Ok(());
            }
        }
    }

    /// The rule that answers, counted down.
    fn rule(&self, at: &str) -> Option<Rule> {
        let mut rules = self.rules.lock().unwrap();
        let rule = rules.iter_mut().find(|rule| rule.at == at && rule.times != Some(0))?;
        if let Some(times) = &mut rule.times {
            *times -= 1;
        }
        Some(rule.clone())
    }

    fn note(&self, at: &str, what: &str) {
        self.log.lock().unwrap().push(format!("{at} {what}"));
    }

    /// Answers one request; true where the connection ends with it.
    fn respond(
        &self,
        stream: &mut TcpStream,
        reader: &mut impl Read,
        at: &str,
        rule: Option<Rule>,
        fields: &BTreeMap<String, String>,
    ) -> std::io::Result<bool> {
        let fault = rule.as_ref().and_then(|rule| rule.fault.clone()).unwrap_or_default();
        let body = rule.as_ref().and_then(|rule| rule.body.clone()).map(String::into_bytes);
        let file = self.file(at);
        let (mut status, mut body) = match (body, file) {
            (Some(body), _) => (200, body),
            (None, Some(body)) => (200, body),
            (None, None) => (404, b"<html><head><title>Gone</title></head></html>".to_vec()),
        };
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        headers.insert("content-type".into(), media_of(at).into());
        if let Some(rule) = &rule {
            status = rule.status.unwrap_or(if fault.is_empty() { status } else { 200 });
            headers.extend(rule.headers.clone());
        }
        let etag = headers.get("etag");
        if status == 200 && etag.is_some() && etag == fields.get("if-none-match") {
            (status, body) = (304, Vec::new());
        }
        self.note(at, if fault.is_empty() { status.to_string() } else { fault.clone() }.as_str());
        let mut head = format!("HTTP/1.1 {status} As told\r\n");
        for (name, value) in &headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        match fault.as_str() {
            "silent" => {
                // Nothing is said until the other side has had enough.
                let _ = reader.read(&mut [0; 1]);
                return Ok(true);
            }
            "drop" => return Ok(true),
            "garbage" => {
                stream.write_all(b"this is no answer at all\r\n\r\n")?;
                return Ok(true);
            }
            "cut" => {
                stream.write_all(head.as_bytes())?;
                write!(stream, "content-length: {}\r\n\r\n", body.len() + 1000)?;
                stream.write_all(&body)?;
                return Ok(true);
            }
            "endless" => {
                stream.write_all(format!("{head}\r\n").as_bytes())?;
                let chunk = vec![b'a'; 1 << 16];
                loop {
                    stream.write_all(&chunk)?;
                }
            }
            "flood" => {
                stream.write_all(head.as_bytes())?;
                for number in 0..20 {
                    write!(stream, "x-{number}: {}\r\n", "a".repeat(8 * 1024))?;
                }
                stream.write_all(b"content-length: 2\r\n\r\nok")?;
                return Ok(true);
            }
            "bomb" => {
                // 64 MiB of nothing, a hundred and sixty times: ten gigabytes in ten megabytes.
                head.push_str("content-encoding: gzip\r\n");
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(&vec![0; 64 << 20])?;
                body = encoder.finish()?.repeat(160);
            }
            "gzip" => {
                head.push_str("content-encoding: gzip\r\n");
                body = crate::desk::gz(&body);
            }
            _ => {}
        }
        stream.write_all(head.as_bytes())?;
        write!(stream, "content-length: {}\r\n\r\n", body.len())?;
        stream.write_all(&body)?;
        Ok(false)
    }

    fn file(&self, at: &str) -> Option<Vec<u8>> {
        let path = at.split('?').next().unwrap();
        let place = self.folder.join(path.trim_end_matches('/'));
        let named = [format!("{}.html", place.display()).into(), place.join("index.html"), place];
        named.into_iter().find(|file| file.is_file()).map(|file| fs::read(file).unwrap())
    }
}

fn media_of(at: &str) -> &'static str {
    let path = at.split('?').next().unwrap();
    match path.rsplit('.').next().unwrap() {
        "xml" => "application/xml",
        "json" => "application/feed+json",
        "txt" => "text/plain",
        "gz" => "application/gzip",
        _ => "text/html; charset=utf-8",
    }
}
