//! What holds for every input: no panic, the same answer twice, words that stand in the text.

use casebook::corpus::resolve;
use casebook::model::edtf::{Edtf, Extent, Point};
use casebook::model::finding::Noted;
use casebook::model::reading::Reading;
use casebook::model::text::Span;
use casebook::publish::assets;
use casebook::read::read;
use casebook::view::annotation::annotation;
use casebook::view::line::QUOTE_CHARS_MAX;
use casebook::view::site::{Look, site};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases::{capture, rules};
use crate::desk::page;

pub fn read_as(media: &str, url: &str, body: &[u8]) -> Noted<Reading> {
    let day = NaiveDate::from_ymd_opt(2026, 7, 20).unwrap().and_hms_opt(9, 0, 0).unwrap().and_utc();
    read(&capture(url, media, day, body), body, rules())
}

/// Every span of a reading.
fn spans(reading: &Reading) -> Vec<Span> {
    let mut spans: Vec<Span> = reading.article.blocks.iter().map(|block| block.span).collect();
    spans.extend(&reading.sentences);
    spans.extend(reading.mentions.iter().map(|mention| mention.span));
    spans.extend(reading.dates.iter().map(|date| date.span));
    spans.extend(reading.events.iter().map(|event| event.span));
    spans.extend(reading.acts.iter().map(|act| act.span));
    spans.extend(reading.asks.iter().map(|ask| ask.span));
    spans.extend(reading.citations.iter().map(|citation| citation.span));
    for claim in &reading.claims {
        spans.push(claim.sentence);
        // fixme: always. A quotation mark that opens on nothing gives a statement without words.
        spans.extend(Some(claim.content).filter(|content| !content.is_empty()));
        spans.extend(claim.cue.iter().chain(&claim.hedges));
    }
    spans
}

/// What holds of every reading.
fn assert_sound(noted: &Noted<Reading>) {
    let reading = &noted.value;
    let body = &reading.article.body;
    for span in spans(reading) {
        assert!(
            body.get(span.start()..span.end()).is_some_and(|words| !words.is_empty()),
            "{span:?} of {body:?}"
        );
    }
    let mut end = 0;
    for block in &reading.article.blocks {
        assert!(block.span.start() >= end, "blocks overlap");
        end = block.span.end();
    }
    let names = reading.names.len();
    assert!(reading.mentions.iter().all(|mention| (mention.name.0 as usize) < names));

    // The published form: places count characters of the text, and the words stand there.
    let json = serde_json::to_value(annotation(reading, &noted.findings)).unwrap();
    for (list, words) in
        [("dates", "surface"), ("events", "evidence"), ("claims", "content"), ("questions", "text")]
    {
        for fact in json[list].as_array().unwrap() {
            let text = json[fact["in"].as_str().unwrap_or("text")].as_str().unwrap();
            let (from, to) = (fact["span"][0].as_u64().unwrap(), fact["span"][1].as_u64().unwrap());
            let slice: String =
                text.chars().skip(from as usize).take((to - from) as usize).collect();
            assert_eq!(fact[words], slice, "{list}");
        }
    }
}

fn assert_reads(media: &str, url: &str, body: &[u8]) {
    let first = read_as(media, url, body);
    assert_sound(&first);
    assert!(first == read_as(media, url, body), "the same bytes give two readings");
}

/// Words that the rules know, so that random text runs into them.
fn words() -> impl Strategy<Value = String> {
    let word = select(vec![
        "Orison Labs",
        "OpenAI",
        "the company",
        "said",
        "denied",
        "accused",
        "of",
        "that",
        "“",
        "”",
        "\"",
        "‘",
        "’s",
        "Ada Renholt",
        "a spokesperson",
        "did not respond",
        "declined to comment",
        "according to",
        "Reuters",
        "July 10",
        "last month",
        "on Tuesday",
        "in 2026",
        "Q3",
        "by",
        "whether",
        "It is unclear",
        "?",
        ".",
        ",",
        ";",
        "—",
        "(",
        ")",
        "banned",
        "sued",
        "Claude",
        "4.5",
        "\n\n",
        "\n",
        " ",
        "-",
        "and",
        "would",
        "allegedly",
        "U.S.",
        "阿里巴巴",
        "表示",
        "，",
        "。",
        "“否认",
        "”",
        "7月10日",
        "上个月",
        "据路透社报道",
        "未回应",
        "是否",
        "？",
        "知情人士",
        "去年",
        "é",
        "\u{200b}",
        "\u{feff}",
        "𝔘",
        "\u{301}",
        "🙂",
        "\r\n",
        "\t",
        "&amp;",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

/// A page with a piece cut out, doubled or replaced.
fn mutated_page() -> impl Strategy<Value = Vec<u8>> {
    let pieces = select(vec![
        "",
        "<",
        ">",
        "</p>",
        "<p>",
        "<script>",
        "<!--",
        "-->",
        "<table><tr><td>",
        "\"",
        "&#",
        "\0",
        "</article>",
        "<h1>",
    ]);
    (0usize..40, 0usize..1200, 0usize..200, pieces).prop_map(|(number, at, len, piece)| {
        let mut bytes = page(number).into_bytes();
        let from = at.min(bytes.len());
        let to = (from + len).min(bytes.len());
        bytes.splice(from..to, piece.bytes());
        bytes
    })
}

fn point() -> impl Strategy<Value = Point> {
    let year = 1i32..=9999;
    prop_oneof![
        year.clone().prop_map(Point::Year),
        (year.clone(), 1u32..=12).prop_map(|(y, m)| Point::Month(y, m)),
        (year, select(vec![21u32, 22, 23, 24, 33, 34, 35, 36]))
            .prop_map(|(y, p)| Point::Part(y, p)),
        (0u64..3_000_000).prop_map(|days| Point::Day(
            NaiveDate::from_ymd_opt(1, 1, 1).unwrap() + Days::new(days)
        )),
    ]
}

fn edtf() -> impl Strategy<Value = Edtf> {
    let extent = prop_oneof![
        point().prop_map(Extent::At),
        point().prop_map(Extent::Until),
        point().prop_map(Extent::Since),
        (point(), point()).prop_map(|(a, b)| if a.first() <= b.last() {
            Extent::Between(a, b)
        } else {
            Extent::Between(b, a)
        }),
    ];
    (extent, any::<bool>(), any::<bool>()).prop_map(|(extent, approximate, uncertain)| Edtf {
        extent,
        approximate,
        uncertain,
    })
}

/// So many inputs, or `TIMES` as many.
pub fn config(cases: u32) -> ProptestConfig {
    let times = std::env::var("TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let cases = cases.saturating_mul(times);
    // A failure is printed with its smallest input; it becomes a case of its own, not a file.
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn any_text_is_read(text in words(), plain in any::<bool>()) {
        assert_reads(if plain { "text/plain" } else { "text/html" }, "https://docket.example/1", text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300), media in "[ -~]{0,20}", url in ".{0,30}") {
        assert_reads(&media, &url, &bytes);
    }

    #[test]
    fn any_damaged_page_is_read(bytes in mutated_page()) {
        assert_reads("text/html; charset=utf-8", "https://docket.example/1", &bytes);
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn dates_are_printed_as_they_are_read(date in edtf()) {
        prop_assert_eq!(Edtf::parse(&date.to_string()), Some(date));
        prop_assert!(date.first().is_none_or(|first| date.last().is_none_or(|last| first <= last)));
        prop_assert!(date.overlaps(date) && date.covers(date));
    }

    #[test]
    fn any_text_is_a_date_or_none(text in "[0-9/.~?%-]{0,22}|.{0,12}") {
        if let Some(date) = Edtf::parse(&text) {
            prop_assert_eq!(Edtf::parse(&date.to_string()), Some(date));
        }
    }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn incidents_do_not_depend_on_the_order_of_readings(order in Just((0..14usize).collect::<Vec<_>>()).prop_shuffle()) {
        let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
        let readings = sample();
        let shuffled = order.iter().map(|at| readings[*at].clone()).collect();
        prop_assert!(resolve(shuffled, rules(), day) == resolve(readings.to_vec(), rules(), day));
    }
}

proptest! {
    #![proptest_config(config(10))]

    /// What was captured or published later leaves no trace in the record of an earlier day.
    #[test]
    fn a_past_day_is_the_archive_cut_off_there(days in 0u64..120) {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap() + Days::new(days);
        let known = |reading: &&Reading| {
            let article = &reading.article;
            article.published.map_or(article.fetched.date_naive(), |p| p.day) <= day
        };
        let cut: Vec<Reading> = sample().iter().filter(known).cloned().collect();
        let whole = resolve(sample().to_vec(), rules(), day);
        prop_assert!(whole == resolve(cut, rules(), day));
        let read = whole.value.incidents.iter().filter(|incident| incident.editor.is_none());
        prop_assert!(read.flat_map(|incident| &incident.timeline).all(|entry| entry.known_at <= day));
    }
}

/// Readings of the sample pages.
pub fn sample() -> &'static [Reading] {
    static SAMPLE: std::sync::OnceLock<Vec<Reading>> = std::sync::OnceLock::new();
    SAMPLE.get_or_init(|| readings("data/sample"))
}

/// Readings of the pages of a folder.
pub fn readings(folder: &str) -> Vec<Reading> {
    let pages = crate::tidy::files(folder.as_ref());
    let pages = pages.into_iter().filter(|(name, _)| name.ends_with(".html"));
    let read = |(name, path): (String, _)| {
        let url = format!("https://{}", name.trim_end_matches(".html"));
        read_as("text/html", &url, &std::fs::read(path).unwrap()).value
    };
    pages.map(read).collect()
}

#[test]
fn sample_readings_are_sound() {
    assert_eq!(sample().len(), 14);
    for reading in sample() {
        assert_sound(&Noted::clean(reading.clone()));
        assert!(!reading.claims.is_empty(), "{} says nothing", reading.article.url);
    }
}

#[test]
fn an_article_more_moves_no_other_articles_claims() {
    let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
    let ids = |readings: &[Reading]| {
        let kb = resolve(readings.to_vec(), rules(), day).value;
        kb.readings
            .into_values()
            .flat_map(|r| r.claims.iter().map(|c| c.id).collect::<Vec<_>>())
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert!(ids(&sample()[..9]).is_subset(&ids(sample())));
}

#[test]
fn words_of_a_page_never_become_markup_of_the_site() {
    let evil = "<script>alert(1)</script>";
    let attribute = "\" onmouseover=\"alert(2)";
    let escaped = evil.replace('<', "&lt;");
    let page = format!(
        "<html><head><meta charset=utf-8><meta property=\"og:site_name\" content=\"{outlet}\">\
         <meta property=\"article:published_time\" content=\"2026-07-02\"></head><body><article>\
         <h1>OpenAI sued by Orison Labs over {escaped} chatbot</h1><p>By {escaped} Renholt</p>\
         <p>Orison Labs sued OpenAI on July 1, 2026 over its {escaped} chatbot, accusing it of copying {attribute}.</p>\
         <p>“We deny {escaped} everything {attribute},” said Ada Renholt, a spokesperson for OpenAI.</p>\
         <p>It is unclear whether {escaped} the court will hear {attribute} the case.</p>\
         <p>OpenAI did not respond to {escaped} requests for comment.</p></article></body></html>",
        outlet = attribute.replace('"', "&quot;") + &escaped,
    );
    for url in ["https://docket.example/\"><script>alert(1)</script>", "javascript:alert(1)//"] {
        let reading = read_as("text/html", url, page.as_bytes()).value;
        assert!(reading.is_relevant() && reading.claims.len() > 1 && !reading.asks.is_empty());
        let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
        let kb = resolve(vec![reading], rules(), day).value;
        assert_eq!(kb.incidents.len(), 1);
        let look = Look { title: evil.into(), corrections: evil.into(), ..Look::default() };
        let mut shown = 0;
        for (name, bytes) in site(&kb, rules(), &look, &assets()) {
            let text = String::from_utf8_lossy(&bytes);
            // Other files are no pages: their types say so, and nothing in them runs.
            if !name.ends_with(".html") && !name.ends_with(".xml") {
                continue;
            }
            assert!(!text.contains("<script>alert(1)"), "{name} runs a script of a page");
            assert!(
                !text.contains("\" onmouseover=\""),
                "{name} takes over an attribute of a page"
            );
            assert!(!text.contains("href=\"javascript:"), "{name} links to a script");
            shown += usize::from(name.ends_with(".html") && text.contains("alert(1)"));
        }
        assert!(shown > 1, "the words are not shown at all");
    }
}

/// The longest piece of a text that stands in another, in characters; both in letters of one byte.
fn longest_piece(text: &str, of: &str) -> usize {
    const STEP: usize = 100;
    let (text, of) = (text.as_bytes(), of.as_bytes());
    // A piece of two steps holds a whole one.
    let whole = of.chunks_exact(STEP).enumerate().filter_map(|(nth, chunk)| {
        let at = text.windows(STEP).position(|window| window == chunk)?;
        let same = |(a, b): &(&u8, &u8)| a == b;
        let ahead = text[at..].iter().zip(&of[nth * STEP..]).take_while(same).count();
        let back = text[..at].iter().rev().zip(of[..nth * STEP].iter().rev()).take_while(same);
        Some(ahead + back.count())
    });
    whole.max().unwrap_or(0)
}

#[test]
fn no_page_repeats_more_of_a_source_in_one_piece_than_may_be_quoted() {
    let long = |name: &str| (0..90).map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(" ");
    let page = format!(
        "<html><head><meta charset=utf-8>\
         <meta property=\"article:published_time\" content=\"2026-07-02\"></head><body><article>\
         <h1>OpenAI sued by Orison Labs over {title}</h1>\
         <p>Orison Labs sued OpenAI on July 1, 2026 over {deed}, accusing it of copying {copied}.</p>\
         <p>“We deny that {denied},” said Ada Renholt, a spokesperson for OpenAI.</p>\
         <p>Orison Labs ordered staff to {order}.</p>\
         <p>It is unclear whether {open}.</p>\
         <p>OpenAI did not respond to requests for comment on {silent}.</p></article></body></html>",
        title = long("title"),
        deed = long("deed"),
        copied = long("copied"),
        denied = long("denied"),
        order = long("order"),
        open = long("open"),
        silent = long("silent"),
    );
    let reading = read_as("text/html", "https://docket.example/1", page.as_bytes()).value;
    assert!(reading.claims.len() > 2 && !reading.asks.is_empty());
    let body = reading.article.body.clone();
    let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
    let kb = resolve(vec![reading], rules(), day).value;
    let mut most = 0;
    for (name, bytes) in site(&kb, rules(), &Look::default(), &assets()) {
        let piece = longest_piece(&String::from_utf8_lossy(&bytes), &body.replace(['“', '”'], "'"));
        assert!(piece <= QUOTE_CHARS_MAX, "{name} repeats {piece} characters");
        most = most.max(piece);
    }
    assert!(most > QUOTE_CHARS_MAX / 2, "nothing is quoted at all");
}

#[test]
fn long_and_deep_pages_are_read_to_the_end() {
    // fixme: “X said that Y denied it and …” and “last month last month …” without a full stop take
    // time with the cube of their length: 400 clauses a second, 800 ten. Many new names take the square.
    let shapes: [(&str, &str, usize); 8] = [
        ("<div>", "deep elements", 16_000),
        ("<b><i>", "unclosed inline elements", 4_000),
        ("<table><tr><td>", "tables in tables", 2_000),
        ("<", "bare angle brackets", 16_000),
        ("“ said ", "quotation marks that never close", 4_000),
        ("(", "open parentheses", 16_000),
        ("<ul><li>Whether it holds</li></ul>", "lists", 2_000),
        (
            "<p>Orison Labs said on July 3, 2026 that Veltrane Systems denied it.</p>",
            "paragraphs",
            2_000,
        ),
    ];
    for (piece, what, times) in shapes {
        let page = format!("<html><body><article><h1>Suit</h1>{}", piece.repeat(times));
        let noted = read_as("text/html", "https://docket.example/1", page.as_bytes());
        assert_sound(&noted);
        assert!(noted.value.article.body.len() <= page.len(), "{what}");
    }
}
