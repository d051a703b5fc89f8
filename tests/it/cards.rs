//! What pages say to whoever shares or lists them: pictures for shared links, there where pages name them and the
//! same bytes every time; oEmbed, addresses, structured data.

use std::collections::BTreeMap;
use std::fs;

use crate::desk::Desk;
use crate::tidy::files;

const BASE: &str = "https://record.example/";

/// A headline in one script, in two, too long, without parties, and in letters the typeface lacks.
fn incidents() -> String {
    let long = "one side says what the other side says of it, and so on, ".repeat(12);
    let titles = [
        ("plain", "Orison Labs bans “Farwire”", "奥里森禁用“远线”"),
        ("long", &long, &"双方各执一词，".repeat(40)),
        ("unbroken", &"w".repeat(300), "一"),
        ("lacking", "Орисон отвечает", "奥里森回应"),
    ];
    let row = |(id, title, chinese): &(&str, &str, &str)| {
        format!(
            "[[incident]]\nid = \"{id}\"\ntitle = \"{title}\"\ntitle-zh = \"{chinese}\"\ndate = \"2026-02\"\n\
             types = [\"use_ban\"]\nstatus = \"open\"\nparties = []\nsummary = \"One answers.\"\n\
             sources = [\"https://ledger.example/{id}\"]\nentered = \"2026-06-01\"\nby = \"Ada Renholt\"\n\n"
        )
    };
    titles.iter().map(row).collect()
}

fn built() -> BTreeMap<String, Vec<u8>> {
    let desk = Desk::with_sample();
    // A site that nobody can be told the address of has none.
    assert!(!desk.home().join("site/public/card.png").exists());
    desk.data("incidents/own.toml", &incidents());
    desk.run(&["build", "--base-url", BASE]);
    let files = files(&desk.home().join("site/public")).into_iter();
    files.map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

#[test]
fn every_page_names_a_card_that_is_there() {
    let site = built();
    let mut own = 0;
    for (name, bytes) in site.iter().filter(|(name, _)| name.ends_with("index.html")) {
        let html = String::from_utf8_lossy(bytes);
        let (_, rest) = html.split_once("property=\"og:image\" content=\"").unwrap();
        let card = rest.split_once('"').unwrap().0.strip_prefix(BASE).unwrap();
        own += usize::from(card == name.replace("index.html", "card.png"));
        let picture = &site[card];
        assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"), "{card}");
        let side = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
        assert_eq!((side(16), side(20)), (1200, 630), "{card}");
        assert!(picture.len() < 80_000, "{card} has {} bytes", picture.len());
    }
    assert_eq!(own, site.keys().filter(|name| name.ends_with("card.png")).count());
    assert!(site.contains_key("zh/incidents/long/card.png"));
    // No card with boxes in place of letters.
    assert!(!site.contains_key("incidents/lacking/card.png"));
    assert!(site.contains_key("zh/incidents/lacking/card.png"));
}

#[test]
fn cards_are_the_same_every_time_and_differ_from_one_another() {
    let cards = |site: BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        site.into_iter().filter(|(name, _)| name.ends_with("card.png")).collect()
    };
    let once = cards(built());
    assert_eq!(once, cards(built()));
    assert_ne!(once["incidents/plain/card.png"], once["zh/incidents/plain/card.png"]);
    assert_ne!(once["incidents/plain/card.png"], once["card.png"]);
}

#[test]
fn pages_tell_others_only_what_is_known_of_their_address() {
    let site = built();
    let html = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
    let page = html("incidents/plain/index.html");
    let told = format!("application/json+oembed\" href=\"{BASE}incidents/plain/oembed.json\"");
    assert!(page.contains(&told), "{page}");
    assert!(site.contains_key("incidents/plain/oembed.json"));
    assert!(page.contains("integrity=\"sha256-"));
    let lost = html("404.html");
    assert!(lost.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!lost.contains("canonical") && !lost.contains("hreflang=\"zh-Hans\" href=\"https"));
    // Opened from a disk, scripts have to run, and there is no address to tell.
    let desk = Desk::with_sample();
    let public = desk.home().join("site/public");
    for (name, path) in files(&public).into_iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = fs::read_to_string(path).unwrap();
        assert!(!html.contains("integrity="), "{name}");
        assert!(!html.contains("json+oembed") && !html.contains("\"item\":"), "{name}");
    }
}

#[test]
fn structured_data_tells_who_claims_what_and_no_denial() {
    let desk = Desk::with_sample();
    let mut claims = 0;
    for (name, path) in files(&desk.home().join("site/public")) {
        if !name.starts_with("incidents/") || !name.ends_with("index.html") {
            continue;
        }
        let html = fs::read_to_string(path).unwrap();
        for claim in html.split("\"@id\":\"#").skip(1) {
            let anchor = claim.split('"').next().unwrap();
            let of = |class: &str| {
                html.contains(&format!("<li class=\"claim {class}\" id=\"{anchor}\""))
            };
            assert!(of("alleges") || of("asserts") || of("confirms"), "{name}: {anchor}");
            claims += 1;
        }
    }
    assert!(claims > 5, "{claims}");
}
