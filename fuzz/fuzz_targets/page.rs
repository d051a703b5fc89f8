//! Any bytes as a page: reading ends, nothing panics, and every span lies in the text it speaks of.

#![no_main]
#![allow(dead_code, unused_imports, missing_docs, reason = "the rooms are compiled without their callers")]

#[path = "../../src/model/mod.rs"]
mod model;
#[path = "../../src/read/mod.rs"]
mod read;
#[path = "../../src/rules/mod.rs"]
mod rules;

use std::path::Path;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

use crate::model::source::Capture;
use crate::model::tree::SourceTree;
use crate::rules::{Layer, Rules};

/// What the first byte of an input stands for.
const MEDIA: [&str; 6] = [
    "text/html",
    "text/html; charset=utf-8",
    "text/html; charset=gb18030",
    "text/html; charset=shift_jis",
    "text/plain",
    "",
];

fn texts(folder: &Path, root: &Path, tree: &mut SourceTree) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.ends_with("sample") {
            // What `init` copies; no rules.
        } else if path.is_dir() {
            texts(&path, root, tree);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            tree.insert(name, std::fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
        let mut tree = SourceTree::new();
        texts(&data, &data, &mut tree);
        Rules::load(&[Layer { name: "data", tree: &tree }]).expect("the data of the project is sound")
    })
}

fuzz_target!(|input: &[u8]| {
    let Some((first, body)) = input.split_first() else { return };
    let requested = "https://pages.example/2026/07/03/page";
    let capture = Capture {
        id: Capture::id_of(requested, "0"),
        requested: requested.to_string(),
        fetched: chrono::DateTime::from_timestamp(1_783_468_800, 0).unwrap_or_default(),
        media: MEDIA[usize::from(*first) % MEDIA.len()].to_string(),
        digest: "0".to_string(),
    };
    let noted = read::read(&capture, body, rules());
    let reading = &noted.value;
    let body = &reading.article.body;
    let mut end = 0;
    for block in &reading.article.blocks {
        assert!(block.span.start() >= end && block.span.end() <= body.len());
        assert_eq!(body.get(block.span.start()..block.span.end()), Some(block.span.of(body)));
        end = block.span.end();
    }
    let spans = reading.mentions.iter().map(|mention| mention.span);
    for span in spans.chain(reading.dates.iter().map(|date| date.span)) {
        assert!(body.get(span.start()..span.end()).is_some());
    }
});
