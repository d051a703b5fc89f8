//! Pictures of pages for shared links: there where pages name them, and the same bytes every time.

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
