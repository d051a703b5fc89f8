//! Golden worlds: a folder of pages becomes the expected record and pages of the site.
//!
//! `tests/worlds/NAME/` holds what a casebook is made of: `pages/` (without it the sample pages) and
//! its own `data/`; and what comes out: `record.json` (the incidents in short),
//! `incident.txt` (the page of the largest incident as a reader sees it), `vendor.txt` (that of the house
//! with the most incidents), `dispute.txt` (that of the first dispute, if there is one) and `home.txt`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::desk::{Desk, FETCHED};
use crate::{golden, tidy};

fn worlds() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/worlds").unwrap().map(|entry| entry.unwrap().path());
    let mut worlds: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    worlds.sort();
    worlds
}

fn built(world: &Path) -> Desk {
    let desk = Desk::new();
    let own = world.join("data");
    if own.is_dir() {
        for (name, path) in tidy::files(&own) {
            desk.data(&name, &fs::read_to_string(path).unwrap());
        }
    }
    let pages = Some(world.join("pages")).filter(|pages| pages.is_dir());
    let pages = pages.unwrap_or_else(|| "data/sample".into());
    desk.run(&["ingest", pages.to_str().unwrap(), "--fetched-at", FETCHED]).ends(0);
    let built = desk.run(&["build"]);
    assert!(built.code <= 1, "{}", built.err);
    desk
}

/// What a reader sees of a page: words without markup, one block a line.
fn as_text(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let page = scraper::Html::parse_fragment(&format!("<main{main}</main>"));
    let mut text = String::new();
    for node in page.root_element().descendants() {
        match node.value() {
            scraper::Node::Text(words) => {
                text += &words.split('\n').map(str::trim_start).collect::<Vec<_>>().join(" ")
            }
            scraper::Node::Element(element) => {
                let inline = [
                    "a", "b", "em", "i", "q", "span", "strong", "time", "cite", "abbr", "small",
                    "mark", "bdi",
                ];
                if !inline.contains(&element.name()) {
                    text.push('\n');
                }
            }
            _ => {}
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n") + "\n"
}

/// The incidents of an export with one line for each part.
fn compact(export: &Value) -> Value {
    let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_string);
    let lines = |list: &Value, keys: &[&str]| -> Vec<String> {
        let line =
            |item: &Value| keys.iter().map(|key| text(&item[*key])).collect::<Vec<_>>().join(" · ");
        list.as_array().unwrap().iter().map(line).collect()
    };
    let both = |pair: &Value| {
        format!(
            "{} ({}): {} | {}",
            text(&pair["topic"]),
            text(&pair["state"]),
            text(&pair["a"]["evidence"]),
            text(&pair["b"]["evidence"])
        )
    };
    let taken_out = |incident: &Value| -> Vec<String> {
        let claims = export["claims"].as_array().unwrap().iter();
        let mine = claims.filter(|c| c["incident"] == incident["id"] && !c["ended"].is_null());
        let keys = ["first_seen", "last_seen", "ended", "speaker", "stance", "content"];
        lines(&mine.cloned().collect(), &keys)
    };
    let incident = |incident: &Value| {
        let mine = |article: &&Value| article["incident"] == incident["id"];
        let articles: Vec<Value> =
            export["articles"].as_array().unwrap().iter().filter(mine).cloned().collect();
        let mut compact = serde_json::json!({
            "id": incident["id"], "title": incident["title"], "opened": incident["opened"],
            "status": incident["status"], "types": incident["types"], "dispute": incident["dispute"],
            "roots": incident["roots"],
            "articles": lines(&articles.into(), &["published", "url", "roots"]),
            "parties": lines(&incident["parties"], &["name", "role"]),
            "timeline": lines(&incident["timeline"], &["date", "role", "roots", "known_at", "summary"]),
            "questions": lines(&incident["questions"], &["state", "due", "text"]),
            "contradictions": incident["contradictions"].as_array().unwrap().iter().map(both).collect::<Vec<_>>(),
        });
        let ended = taken_out(incident);
        if !ended.is_empty() {
            compact["taken_out"] = ended.into();
        }
        let relations = &incident["relations"];
        if relations.is_array() {
            compact["relations"] = lines(relations, &["tie", "incident", "evidence"]).into();
        }
        let missing = &incident["missing_quotations"];
        if missing.is_array() {
            compact["missing_quotations"] =
                lines(missing, &["url", "evidence", "outlet", "searched"]).into();
        }
        compact
    };
    export["incidents"].as_array().unwrap().iter().map(incident).collect()
}

/// What the site offers to take away, beside what `export` prints: each claim with its incident and its life.
fn is_taken_away(record: &Value, site: &Path) {
    let text = fs::read_to_string(site.join("data/record.json")).unwrap();
    let away: Value = serde_json::from_str(&text).unwrap();
    let fields = ["id", "url", "incident", "title", "syndicated_from", "first_seen", "ended"];
    for list in ["incidents", "articles", "claims", "disputes", "vendors"] {
        let rows = |of: &Value| {
            let row = |row: &Value| fields.map(|field| row[field].to_string());
            let mut rows: Vec<_> = of[list].as_array().unwrap().iter().map(row).collect();
            rows.sort();
            rows
        };
        assert_eq!(rows(&away), rows(record), "{list}");
        let table = site.join("data").join(list).with_extension("csv");
        if let Ok(table) = csv::Reader::from_path(table) {
            assert_eq!(table.into_records().count(), rows(record).len(), "{list}");
        }
    }
}

#[test]
fn worlds_give_the_expected_record_and_pages() {
    assert!(!worlds().is_empty());
    for world in worlds() {
        let desk = built(&world);
        let record = desk.run(&["export"]).ends(0).json();
        let incidents = record["incidents"].as_array().unwrap().clone();
        let size = |incident: &&Value| incident["timeline"].as_array().unwrap().len();
        let largest = incidents.iter().max_by_key(size).expect("the world has an incident");
        let page = format!("incidents/{}/index.html", largest["id"].as_str().unwrap());
        let site = desk.home().join("site/public");
        let read = |name: &str| as_text(&fs::read_to_string(site.join(name)).unwrap());

        is_taken_away(&record, &site);
        let json = serde_json::to_string_pretty(&compact(&record)).unwrap() + "\n";
        golden::check(&world.join("record.json"), &json);
        golden::check(&world.join("incident.txt"), &read(&page));
        let houses = record["vendors"].as_array().unwrap().iter();
        let parts = |house: &&Value| {
            let roles = house["incidents"].as_object().unwrap().values();
            roles.map(|list| list.as_array().unwrap().len()).sum::<usize>()
        };
        // Houses that nobody has entered have no page.
        if let Some(house) = houses.rev().max_by_key(parts) {
            let page = format!("vendors/{}/index.html", house["id"].as_str().unwrap());
            golden::check(&world.join("vendor.txt"), &read(&page));
        }
        if let Some(dispute) = record["disputes"].as_array().unwrap().first() {
            let page = format!("disputes/{}/index.html", dispute["id"].as_str().unwrap());
            golden::check(&world.join("dispute.txt"), &read(&page));
        }
        golden::check(&world.join("home.txt"), &read("index.html"));
    }
}

#[test]
fn what_was_told_as_done_is_drawn_full_where_no_page_states_its_day() {
    let desk = Desk::new();
    let page = "<h1>Veltrane Systems bans the chatbot of Orison Labs</h1>\
        <p>Veltrane Systems banned the chatbot of Orison Labs, an artificial intelligence company, on 4 May 2026 \
        over security risks. The ban takes effect on 10 July 2026.</p>\
        <p>In March 2026 Orison Labs introduced tracking of its users.</p>";
    let file = desk.file("ban.html", page.as_bytes());
    desk.run(&["ingest", &file, "--fetched-at", FETCHED]).ends(0);
    desk.run(&["build"]);
    let incidents = desk.home().join("site/public/incidents");
    let pages = tidy::files(&incidents).into_iter();
    let mut page =
        pages.filter(|(name, _)| name.starts_with("p-") && name.ends_with("/index.html"));
    let (_, page) = page.next().expect("the page is an incident");
    let html = scraper::Html::parse_document(&fs::read_to_string(page).unwrap());
    let of = |css: &str| html.select(&scraper::Selector::parse(css).unwrap()).count();
    assert_eq!((of("svg.story .mark"), of("svg.story .mark.closed")), (3, 1));
}

#[test]
fn every_link_inside_the_site_leads_somewhere() {
    let desk = Desk::with_sample();
    let site = desk.home().join("site/public");
    let mut faults = Vec::new();
    for (name, path) in tidy::files(&site).into_iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = scraper::Html::parse_document(&fs::read_to_string(&path).unwrap());
        let any = scraper::Selector::parse("[href], [src]").unwrap();
        for element in html.select(&any) {
            let link = element.attr("href").or(element.attr("src")).unwrap();
            let target = link.split(['#', '?']).next().unwrap();
            if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
                continue;
            }
            let base =
                if target.starts_with('/') { site.clone() } else { path.parent().unwrap().into() };
            let mut file = base.join(target.trim_start_matches('/'));
            if target.is_empty() {
                file = path.clone();
            } else if target.ends_with('/') || file.is_dir() {
                file = file.join("index.html");
            }
            let Ok(bytes) = fs::read(&file) else {
                faults.push(format!("{name}: {link}"));
                continue;
            };
            if let Some((_, anchor)) = link.split_once('#').filter(|(_, anchor)| !anchor.is_empty())
            {
                let text = String::from_utf8_lossy(&bytes);
                if !text.contains(&format!("id=\"{anchor}\"")) {
                    faults.push(format!("{name}: {link} (no such place on the page)"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "dead links:\n  {}", faults.join("\n  "));
}

#[test]
fn an_outlet_is_one_with_and_without_its_article() {
    let desk = Desk::with_sample();
    let outlets = desk.home().join("site/public/outlets");
    assert!(!outlets.join("the-harbour-ledger").exists());
    let page = as_text(&fs::read_to_string(outlets.join("harbour-ledger/index.html")).unwrap());
    // It broke the suit, which others say; on the accusation it rests on Farwire.
    assert!(page.contains("The Harbour Ledger\n3 captured articles · 1 first on record"), "{page}");
    assert!(page.contains("from Farwire"), "{page}");
}

#[test]
fn what_editors_entered_on_one_day_is_one_piece_of_news() {
    let desk = Desk::new();
    let rows = (1..=9).map(|n| {
        format!(
            "[[incident]]\nid = \"ban-{n}\"\ntitle = \"Town {n} bans the chatbot of Orison Labs\"\ndate = \"2026-05-0{n}\"\n\
             types = [\"use_ban\"]\nstatus = \"open\"\nparties = []\nsummary = \"A ban.\"\nsources = [\"https://town.example/{n}\"]\n\
             entered = \"2026-07-01\"\nby = \"Ada Renholt\"\n\n"
        )
    });
    desk.data("incidents/towns.toml", &rows.collect::<String>());
    desk.run(&["--as-of", "2026-07-02", "build"]);
    let site = desk.home().join("site/public");
    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    let changes = as_text(&read("changes/index.html"));
    assert_eq!(changes.matches("9 incidents entered by editors").count(), 1, "{changes}");
    let feed: Value = serde_json::from_str(&read("feed.json")).unwrap();
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{feed:#}");
    assert_eq!(items[0]["url"], "changes/2026-07/#d2026-07-01");
}
