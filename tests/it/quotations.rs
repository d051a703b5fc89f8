//! Pages repeat no more of an article in one piece than may be quoted, however many quotations make it up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use casebook::view::line::QUOTE_CHARS_MAX;
use scraper::{ElementRef, Html, Selector};

use crate::desk::{Desk, FETCHED};
use crate::properties::read_as;
use crate::tidy;

/// Bodies of articles by their addresses.
fn bodies(folder: &Path) -> BTreeMap<String, String> {
    let pages = tidy::files(folder).into_iter().filter(|(name, _)| name.ends_with(".html"));
    let read = pages.map(|(name, path)| {
        let file = format!("https://pages.example/{name}");
        let article = read_as("text/html", &file, &fs::read(path).unwrap()).value.article;
        (article.url, article.body)
    });
    read.collect()
}

/// The words of a quotation and the address they are said to be from.
fn quoted(quote: ElementRef<'_>) -> Option<(String, String)> {
    let part = |css: &str| quote.select(&Selector::parse(css).unwrap()).next();
    let words = part("p")?.text().collect::<String>();
    let href = part("footer a")?.attr("href")?;
    let address = href.split_once('#').map_or(href, |(address, _)| address);
    Some((words.trim_matches('…').to_string(), address.to_string()))
}

/// Where the quotations of a page begin and end in each article, those one after another in one piece.
fn pieces<'b>(html: &Html, bodies: &'b BTreeMap<String, String>) -> Vec<(&'b str, usize)> {
    let quotes = Selector::parse("blockquote.words").unwrap();
    let mut places: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (words, address) in html.select(&quotes).filter_map(quoted) {
        let Some(body) = bodies.get(&address) else { continue };
        let at = body.find(&words).unwrap_or_else(|| panic!("“{words}” is not in {address}"));
        places.entry(body).or_default().push((at, at + words.len()));
    }
    let mut pieces = Vec::new();
    for (body, mut places) in places {
        places.sort_unstable();
        let mut piece: Option<(usize, usize)> = None;
        for (start, end) in places {
            piece = match piece {
                Some((from, to))
                    if to >= start || !body[to..start].contains(char::is_alphanumeric) =>
                {
                    Some((from, to.max(end)))
                }
                other => {
                    pieces.extend(other.map(|(from, to)| (body, body[from..to].chars().count())));
                    Some((start, end))
                }
            };
        }
        pieces.extend(piece.map(|(from, to)| (body, body[from..to].chars().count())));
    }
    pieces
}

/// The longest piece on any page of a site.
fn longest(site: &Path, bodies: &BTreeMap<String, String>) -> usize {
    let mut longest = 0;
    for (name, path) in tidy::files(site).into_iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = Html::parse_document(&fs::read_to_string(path).unwrap());
        for (_, chars) in pieces(&html, bodies) {
            assert!(chars <= QUOTE_CHARS_MAX, "{name} repeats {chars} characters in one piece");
            longest = longest.max(chars);
        }
    }
    longest
}

#[test]
fn neighbouring_quotations_are_no_longer_than_one() {
    let desk = Desk::with_sample();
    let longest = longest(&desk.home().join("site/public"), &bodies(Path::new("data/sample")));
    assert!(longest > QUOTE_CHARS_MAX / 2, "nothing is quoted at all");
}

#[test]
fn of_a_page_of_nothing_but_open_points_pieces_are_quoted() {
    let desk = Desk::new();
    let said = [
        "It is unclear whether the board of Orison Labs knew that manuals of its rival were copied",
        "It remains to be seen whether the regulator in Harnvik will open an investigation of its own",
        "It is not known whether Veltrane Systems will ask for the chatbot to be taken off the market",
        "It is unclear whether other retailers whose manuals were copied are going to sue Orison Labs",
        "It remains to be seen whether insurers of Orison Labs will pay for what the copying has cost",
        "It is not known whether the engineers who copied the manuals still work for Orison Labs today",
    ];
    let page = format!(
        "<html><head><link rel=canonical href=\"https://docket.example/1\">\
         <meta property=\"article:published_time\" content=\"2026-07-02\"></head><body><article>\
         <h1>Veltrane Systems sues AI lab Orison Labs over copied manuals</h1>\
         <p>Veltrane Systems sued the AI lab Orison Labs on July 1, 2026.</p><p>{}.</p></article></body></html>",
        said.join(". ")
    );
    let file = desk.file("open.html", page.as_bytes());
    desk.run(&["ingest", &file, "--fetched-at", FETCHED]).ends(0);
    desk.run(&["build"]);
    let folder = Path::new(&file).parent().unwrap().to_path_buf();
    let longest = longest(&desk.home().join("site/public"), &bodies(&folder));
    assert!(longest > said[0].len() * 2, "neighbours are quoted one by one: {longest}");
}
