//! Speed of reading what a text says, on one core: expressions of time by the megabyte, whole readings of
//! bodies of 3 KB.
//!
//! `cargo bench --bench reading [-- PATH…]`: WARC files, pages or folders; the sample pages without one.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use casebook::model::article::Article;
use casebook::model::source::Capture;
use casebook::read::{dates_of, names_of, read, read_article};
use casebook::rules::{Layer, Rules};
use casebook::store::{Arrival, Inputs, Naming, built_in};

const BODY_BYTES: usize = 3_000;
/// Each measure runs at least so long.
const AT_LEAST: Duration = Duration::from_secs(3);

/// Seconds of one round, the quickest of those that fit into [`AT_LEAST`].
fn quickest(mut round: impl FnMut()) -> f64 {
    let begin = Instant::now();
    let mut best = f64::MAX;
    while begin.elapsed() < AT_LEAST {
        let one = Instant::now();
        round();
        best = best.min(one.elapsed().as_secs_f64());
    }
    best
}

/// A text cut into plain articles of 3 KB, at ends of paragraphs.
fn bodies(articles: &[(Capture, Article)]) -> Vec<(Capture, Vec<u8>)> {
    let mut found = Vec::new();
    let mut text = String::new();
    for (capture, article) in articles {
        let plain = Capture { media: "text/plain; charset=utf-8".into(), ..capture.clone() };
        for block in article.blocks.iter().filter(|block| block.kind.is_main()) {
            text.push_str(block.span.of(&article.body));
            text.push_str("\n\n");
            if text.len() >= BODY_BYTES {
                found.push((plain.clone(), std::mem::take(&mut text).into_bytes()));
            }
        }
    }
    found
}

fn main() {
    let mut paths: Vec<PathBuf> =
        std::env::args().skip(1).filter(|word| word != "--bench").map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("data/sample".into());
    }
    let tree = built_in();
    let rules = Rules::load(&[Layer { name: "data", tree: &tree }]).expect("the data loads");
    let articles: Vec<(Capture, Article)> = Inputs::new(&paths, Naming::default())
        .expect("the paths exist")
        .filter_map(|arrival| match arrival {
            Arrival::Page(page) => {
                let article = read_article(&page.capture, &page.body, &rules).value;
                Some((page.capture, article))
            }
            _ => None,
        })
        .collect();
    let bytes: usize = articles.iter().map(|(_, article)| article.body.len()).sum();
    let megabytes = bytes as f64 / 1e6;
    println!("{} articles, {megabytes:.2} MB of text, one thread", articles.len());
    let names = quickest(|| {
        for (_, article) in &articles {
            black_box(names_of(article, &rules));
        }
    });
    let dates = quickest(|| {
        for (_, article) in &articles {
            black_box(dates_of(article, &rules));
        }
    });
    println!("tokens, sentences and names: {:.1} MB/s", megabytes / names);
    println!("expressions of time in them: {:.1} MB/s", megabytes / (dates - names));
    println!("both: {:.1} MB/s", megabytes / dates);
    let bodies = bodies(&articles);
    let seconds = quickest(|| {
        for (capture, body) in &bodies {
            black_box(read(capture, body, &rules));
        }
    });
    let mean = bodies.iter().map(|(_, body)| body.len()).sum::<usize>() / bodies.len().max(1);
    println!(
        "whole reading of a body of {mean} bytes: {:.3} ms ({} bodies)",
        seconds * 1e3 / bodies.len().max(1) as f64,
        bodies.len()
    );
}
