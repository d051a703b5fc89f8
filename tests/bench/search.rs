//! Speed of the search beside SQLite FTS5, on the same seeded synthetic documents in the same run.
//!
//! `cargo bench --bench search -- 100000` (documents; 3 KB each). `--keep DIR` leaves the casebook,
//! so that `serve` can be measured on it.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use casebook::model::edtf::Edtf;
use casebook::model::query::{Catalogue, DocKind, Field, Known, Request, SearchDoc, Source};
use casebook::search::{About, Ask, SearchIndex, rebuild};
use chrono::{Days, NaiveDate};
use rusqlite::Connection;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A generator of the same numbers everywhere (SplitMix64).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// Few numbers often, most of them seldom (Zipf, roughly).
    fn ranked(&mut self, n: u64) -> u64 {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((n as f64).powf(share) - 1.0) as u64).min(n - 1)
    }
}

const WORDS: u64 = 60_000;
const BODY_BYTES: usize = 3_000;

/// A word by its rank: consonant and vowel in turn, so that no two ranks share a word or a stem.
fn word(mut rank: u64) -> String {
    let (consonants, vowels) = (b"bdfgklmnprtvz", b"aiou");
    let mut text = String::new();
    for _ in 0..4 {
        text.push(char::from(consonants[(rank % 13) as usize]));
        rank /= 13;
        text.push(char::from(vowels[(rank % 4) as usize]));
        rank /= 4;
    }
    text.push('k');
    text
}

fn doc(number: usize, seeded: &mut Seeded) -> SearchDoc {
    let mut body = String::with_capacity(BODY_BYTES + 16);
    while body.len() < BODY_BYTES {
        body.push_str(&word(seeded.ranked(WORDS)));
        body.push(if seeded.below(12) == 0 { '.' } else { ' ' });
    }
    let title: Vec<String> = (0..6).map(|_| word(seeded.ranked(WORDS))).collect();
    let epoch = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap();
    let day = epoch + Days::new(seeded.below(1700));
    let keys = vec![
        (Field::Kind, "article".to_string()),
        (Field::Vendor, format!("v{}", seeded.ranked(200))),
        (Field::Outlet, format!("o{}", seeded.ranked(60))),
        (Field::Type, format!("t{}", seeded.below(16))),
        (Field::Status, ["open", "settled"][seeded.below(2) as usize].to_string()),
        (Field::Lang, "en".to_string()),
        (Field::Year, day.format("%Y").to_string()),
    ];
    SearchDoc {
        kind: DocKind::Article,
        id: format!("d{number}"),
        group: format!("g{}", number / 10),
        title: title.join(" "),
        title_zh: None,
        body,
        names: String::new(),
        path: format!("incidents/g{}/", number / 10),
        date: Some(Edtf::day(day)),
        known: day,
        changed: day,
        gone: None,
        roots: 1,
        keys,
        source: Source::default(),
        published: false,
        record: String::new(),
    }
}

/// Times of one kind of query, in milliseconds.
fn line(name: &str, ours: &mut [f64], theirs: &mut [f64]) {
    let at = |times: &mut [f64], share: f64| {
        times.sort_by(f64::total_cmp);
        times.get(((times.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(f64::NAN)
    };
    let (p50, p99) = (at(ours, 0.5), at(ours, 0.99));
    let (q50, q99) = (at(theirs, 0.5), at(theirs, 0.99));
    println!("| {name} | {p50:.2} | {p99:.2} | {q50:.2} | {q99:.2} | {:.0}× |", q50 / p50);
}

fn fts5(path: &Path, docs: &[SearchDoc]) -> Connection {
    let mut db = Connection::open(path).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;
         CREATE TABLE docs(n INTEGER PRIMARY KEY, vendor, outlet, type, status, year, day);
         CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize='porter unicode61', prefix='3 4');",
    )
    .unwrap();
    let batch = db.transaction().unwrap();
    {
        let mut row = batch.prepare("INSERT INTO docs VALUES(?,?,?,?,?,?,?)").unwrap();
        let mut text = batch.prepare("INSERT INTO words(rowid,title,body) VALUES(?,?,?)").unwrap();
        for (n, doc) in docs.iter().enumerate() {
            let key = |field: Field| doc.keys.iter().find(|(f, _)| *f == field).unwrap().1.clone();
            let n = n as i64;
            row.execute((
                n,
                key(Field::Vendor),
                key(Field::Outlet),
                key(Field::Type),
                key(Field::Status),
                key(Field::Year),
                doc.known.to_string(),
            ))
            .unwrap();
            text.execute((n, &doc.title, &doc.body)).unwrap();
        }
    }
    batch.commit().unwrap();
    db.execute_batch(
        "INSERT INTO words(words) VALUES('optimize'); CREATE INDEX v ON docs(vendor); CREATE INDEX t ON docs(type); CREATE INDEX d ON docs(day);",
    )
    .unwrap();
    db
}

/// Reads every file once.
fn warm(path: &Path) {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| warm(&entry.path())),
        Err(_) => {
            let mut file = std::fs::File::open(path).unwrap();
            std::io::copy(&mut file, &mut std::io::sink()).unwrap();
        }
    }
}

fn size(path: &Path) -> u64 {
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            std::fs::read_dir(path).unwrap().flatten().map(|entry| size(&entry.path())).sum()
        }
        Ok(meta) => meta.len(),
        Err(_) => 0,
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let count: usize = words.first().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let kept = words.iter().position(|w| w == "--keep").and_then(|at| words.get(at + 1));
    let scratch = tempfile::tempdir().unwrap();
    let home = kept.map_or_else(|| scratch.path().join("book"), PathBuf::from);
    std::fs::create_dir_all(&home).unwrap();
    let mut seeded = Seeded(20_261_121);
    let docs: Vec<SearchDoc> = (0..count).map(|n| doc(n, &mut seeded)).collect();
    let known = |(field, key): &(Field, String)| Known {
        field: field.word().into(),
        key: key.clone(),
        label: key.clone(),
        label_zh: None,
        names: BTreeSet::new(),
        docs: 1,
    };
    let catalogue = Catalogue::new(docs.iter().flat_map(|doc| &doc.keys).map(known));
    let began = Instant::now();
    let all: Vec<_> = docs.iter().collect();
    rebuild(&home, &all, &catalogue, &About::default(), None).unwrap();
    let ours = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let db = fts5(&scratch.path().join("fts5.sqlite"), &docs);
    let theirs = began.elapsed().as_secs_f64();
    let index = SearchIndex::open(&home).unwrap();
    println!("{count} documents of {BODY_BYTES} bytes");
    println!(
        "indexing: {:.0} documents/s, {} MB; FTS5: {:.0} documents/s, {} MB",
        count as f64 / ours,
        size(&home) / 1_000_000,
        count as f64 / theirs,
        size(&scratch.path().join("fts5.sqlite")) / 1_000_000
    );
    println!(
        "\n| query | p50 ms | p99 ms | FTS5 p50 | FTS5 p99 | ratio of p50 |\n|---|---:|---:|---:|---:|---:|"
    );
    // Both in memory: what is measured is the search, not the disk.
    warm(&home);
    warm(&scratch.path().join("fts5.sqlite"));
    let rounds = if count > 200_000 { 40 } else { 100 };
    let run = |query: &str, facets: bool| {
        let request = Request::parse(query).unwrap();
        let began = Instant::now();
        if facets {
            index.search(&request, Ask::default()).unwrap();
        } else {
            index.top(&request, 20).unwrap();
        }
        began.elapsed().as_secs_f64() * 1000.0
    };
    let sql = |sql: &str, words: &[&dyn rusqlite::ToSql]| {
        let mut statement = db.prepare_cached(sql).unwrap();
        let began = Instant::now();
        let mut rows = statement.query(words).unwrap();
        let mut seen = 0;
        while rows.next().unwrap().is_some() {
            seen += 1;
        }
        std::hint::black_box(seen);
        began.elapsed().as_secs_f64() * 1000.0
    };
    let best = "SELECT rowid, snippet(words, 1, '[', ']', '…', 24) FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20";
    let mut table: Vec<(&str, Vec<f64>, Vec<f64>)> = Vec::new();
    let mut add =
        |ours: bool, name: &'static str, run: &dyn Fn() -> f64, sql: &dyn Fn() -> f64| match table
            .iter_mut()
            .find(|(other, _, _)| *other == name)
        {
            Some((_, times, _)) if ours => times.push(run()),
            Some((_, _, times)) => times.push(sql()),
            None => table.push((name, vec![run()], Vec::new())),
        };
    // One after the other, so that neither finds the processor's caches full of the other's pages.
    for (ours, round) in
        [true, false].into_iter().flat_map(|ours| (0..rounds).map(move |n| (ours, n)))
    {
        let mut pick = Seeded(7 + round);
        // Words of the middle ranks: neither in every document nor in one.
        let mut any = |from: u64, to: u64| word(from + pick.below(to - from));
        let (a, b, c) = (any(20, 2_000), any(20, 2_000), any(20, 200));
        add(ours, "term", &|| run(&a, false), &|| sql(best, &[&a]));
        let and = format!("{a} {c}");
        add(ours, "and", &|| run(&and, false), &|| sql(best, &[&and]));
        let or = format!("{a} OR {b} OR {c}");
        add(ours, "or", &|| run(&or, false), &|| sql(best, &[&or]));
        let (x, y) = (any(0, 30), any(0, 30));
        let phrase = format!("\"{x} {y}\"");
        add(ours, "phrase", &|| run(&phrase, false), &|| sql(best, &[&phrase]));
        let prefix = format!("{}*", a.get(..4).unwrap_or(&a));
        add(ours, "prefix", &|| run(&prefix, false), &|| sql(best, &[&prefix]));
        add(ours, "fuzzy", &|| run(&format!("{a}~1"), false), &|| f64::NAN);
        let filtered = "SELECT words.rowid, snippet(words, 1, '[', ']', '…', 24) FROM words JOIN docs ON docs.n = words.rowid WHERE words MATCH ? AND docs.vendor = 'v7' AND docs.status = 'open' ORDER BY rank LIMIT 20";
        add(ours, "filtered", &|| run(&format!("{c} vendor:v7 status:open"), false), &|| {
            sql(filtered, &[&c])
        });
        let newest = "SELECT words.rowid, snippet(words, 1, '[', ']', '…', 24) FROM words JOIN docs ON docs.n = words.rowid WHERE words MATCH ? ORDER BY docs.day DESC LIMIT 20";
        add(ours, "newest first", &|| run(&format!("{c} sort:newest"), false), &|| {
            sql(newest, &[&c])
        });
        let counts = ["vendor", "outlet", "type", "status", "year"].map(|field| {
            format!("SELECT {field}, count(*) FROM words JOIN docs ON docs.n = words.rowid WHERE words MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT 12")
        });
        let facets = || counts.iter().map(|one| sql(one, &[&c])).sum::<f64>() + sql(best, &[&c]);
        add(ours, "groups and facets", &|| run(&c, true), &facets);
    }
    for (name, mut ours, mut theirs) in table {
        line(name, &mut ours, &mut theirs);
    }
}
