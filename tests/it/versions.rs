//! Versions of articles: what a page said and says no longer stays on record, with the days it stood there.

use serde_json::Value;

use crate::desk::{Desk, gz, record};

const ADDRESS: &str = "https://harbour.example/n/orison-sues-veltrane";
const STOLE: &str =
    "“Veltrane stole two years of our work,” said Ada Renholt, the chief counsel of Orison Labs.";
const DENIAL: &str =
    "“We never copied their model,” Veltrane Systems said in a statement on Tuesday.";

fn article(paragraphs: &[&str]) -> String {
    let told: String = paragraphs.iter().map(|words| format!("<p>{words}</p>")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Orison Labs sues Veltrane</title>\
         <meta property=\"article:published_time\" content=\"2026-06-02\"></head><body><article>\
         <h1>Orison Labs sues Veltrane Systems over copied model</h1>\
         <p>Orison Labs sued Veltrane Systems on June 1, 2026, accusing it of copying the Wrenlight model.</p>\
         {told}<p>It is unclear whether the court will hear the case this year.</p></article></body></html>"
    )
}

/// A casebook that has found these pages on these days of June 2026.
fn found(pages: &[(u32, String)]) -> Desk {
    let desk = Desk::new();
    let mut bytes = Vec::new();
    for (day, page) in pages {
        let block =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let fields = "Content-Type: application/http; msgtype=response\r\n";
        let made = record("response", ADDRESS, fields, block.as_bytes());
        let text = String::from_utf8(made).unwrap();
        let dated =
            text.replacen("2026-06-01T08:00:00Z", &format!("2026-06-{day:02}T08:00:00Z"), 1);
        bytes.extend(gz(dated.as_bytes()));
    }
    desk.run(&["ingest", &desk.file("versions.warc.gz", &bytes)]).ends(0);
    desk
}

/// First and last day, and day of the end, of the claim that holds some words.
fn life(desk: &Desk, words: &str, as_of: &str) -> Option<(String, String, Option<String>)> {
    let export = desk.run(&["--as-of", as_of, "export"]).ends(0).json();
    let holds = |claim: &&Value| claim["content"].as_str().unwrap().contains(words);
    let claims: Vec<&Value> = export["claims"].as_array().unwrap().iter().filter(holds).collect();
    assert!(claims.len() <= 1, "{claims:#?}");
    let claim = claims.first()?;
    let day = |key: &str| claim[key].as_str().map(|moment| moment[8..10].to_string());
    Some((day("first_seen").unwrap(), day("last_seen").unwrap(), day("ended")))
}

fn seen(first: &str, last: &str, ended: Option<&str>) -> Option<(String, String, Option<String>)> {
    Some((first.into(), last.into(), ended.map(str::to_string)))
}

#[test]
fn a_claim_that_was_taken_out_has_ended() {
    let (full, cut) = (article(&[STOLE, DENIAL]), article(&[DENIAL]));
    let desk = found(&[(2, full.clone()), (5, full), (9, cut.clone()), (12, cut)]);
    // As could be known on each day.
    assert_eq!(life(&desk, "stole", "2026-06-03"), seen("02", "02", None));
    assert_eq!(life(&desk, "stole", "2026-06-08"), seen("02", "05", None));
    assert_eq!(life(&desk, "stole", "2026-06-30"), seen("02", "05", Some("09")));
    assert_eq!(life(&desk, "never copied", "2026-06-30"), seen("02", "12", None));

    desk.run(&["--as-of", "2026-06-30", "build"]);
    let export = desk.run(&["--as-of", "2026-06-30", "export"]).json();
    let claims = export["claims"].as_array().unwrap();
    let ended = claims.iter().find(|claim| !claim["ended"].is_null()).unwrap();
    assert_eq!(ended["url"], ADDRESS);
    let told = desk
        .run(&["--as-of", "2026-06-30", "explain", ended["id"].as_str().unwrap()])
        .ends(0)
        .text();
    assert!(told.contains("found without it on 2026-06-09") && told.contains("stole"), "{told}");
    assert_eq!(told.matches("archived").count(), 2, "both versions: {told}");

    // Only who asks for a day on which it stood finds it.
    let search = |query: &str| desk.run(&["search", "--format", "json", query]).text();
    assert!(!search("kind:claim stole").contains("two years of our work"));
    assert!(search("kind:claim stole asof:2026-06-06").contains("two years of our work"));

    let json = desk
        .run(&["diff", "--from", "2026-06-08", "--to", "2026-06-30", "--format", "json"])
        .json();
    let gone = |change: &&Value| change["id"] == ended["id"];
    let change = json["gone"].as_array().unwrap().iter().find(gone).expect("the diff tells of it");
    assert_eq!(change["known"], "2026-06-09", "{change}");
}

#[test]
fn what_came_back_has_not_ended() {
    let (full, cut) = (article(&[STOLE, DENIAL]), article(&[DENIAL]));
    let desk = found(&[(2, full.clone()), (5, cut), (9, full)]);
    assert_eq!(life(&desk, "stole", "2026-06-06"), seen("02", "02", Some("05")));
    assert_eq!(life(&desk, "stole", "2026-06-30"), seen("02", "09", None));
}

#[test]
fn a_teaser_in_place_of_the_article_ends_nothing() {
    let teaser = "<!DOCTYPE html><html lang=\"en\"><head><title>Orison Labs sues Veltrane</title>\
                  <meta property=\"article:published_time\" content=\"2026-06-02\"></head><body><article>\
                  <h1>Orison Labs sues Veltrane Systems over copied model</h1><p>Subscribe to read on.</p>\
                  </article></body></html>";
    let desk = found(&[(2, article(&[STOLE, DENIAL])), (5, teaser.into())]);
    let export = desk.run(&["--as-of", "2026-06-30", "export"]).ends(0).json();
    assert!(export["claims"].as_array().unwrap().iter().all(|claim| claim["ended"].is_null()));
}
