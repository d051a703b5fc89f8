//! Whatever is broken costs itself only, and comes as a finding with file and place.

use casebook::read::read;

use crate::cases::{capture, rules};
use crate::desk::{Desk, FETCHED, casebook, casebook_with, gz, page, record, response};

const GOOD: [&str; 2] = ["https://docket.example/1", "https://docket.example/2"];

fn good(n: usize) -> Vec<u8> {
    response(GOOD[n - 1], "", page(n).as_bytes())
}

/// Ingests a WARC with one broken thing between two good pages, and gives the two pages' fate and
/// what was said.
fn between_good_pages(name: &str, broken: &[u8], zip: bool) -> (Vec<String>, String, i32) {
    let desk = Desk::new();
    let member = |bytes: Vec<u8>| if zip { gz(&bytes) } else { bytes };
    let bytes = [member(good(1)), broken.to_vec(), member(good(2))].concat();
    let ran = desk.run(&["ingest", &desk.file(name, &bytes)]);
    (desk.articles(), ran.err, ran.code)
}

#[test]
fn broken_records_cost_themselves_only() {
    let cut_member = gz(&good(1))[..200].to_vec();
    let mut flipped = gz(&good(1));
    flipped[120] ^= 0xff;
    let no_length = b"WARC/1.1\r\nWARC-Type: response\r\n\r\nnothing\r\n\r\n".to_vec();
    let no_address = gz(&record("response", "x", "", b"HTTP/1.1 200 OK\r\n\r\n<p>")
        .replace_first("WARC-Target-URI", "X-Gone"));
    let no_date = gz(&record("response", GOOD[0], "", b"HTTP/1.1 200 OK\r\n\r\n<p>")
        .replace_first("WARC-Date", "X-Gone"));
    let not_found = gz(&record(
        "response",
        "https://docket.example/gone",
        "",
        b"HTTP/1.1 404 Not Found\r\n\r\n<p>gone</p>",
    ));
    let no_http = gz(&record(
        "response",
        "https://docket.example/x",
        "Content-Type: application/http\r\n",
        b"<p>no header</p>",
    ));
    let image = gz(&record(
        "response",
        "https://docket.example/x",
        "",
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
    ));
    let empty = gz(&response("https://docket.example/x", "", b""));
    let coding = gz(&response("https://docket.example/x", "Content-Encoding: zstd\r\n", b""));
    for (what, broken, zip, code) in [
        ("a truncated gzip member", cut_member, true, "broken-record"),
        ("a flipped byte in a gzip member", flipped, true, "broken-record"),
        ("bytes that are no record", b"\x00\x01garbage garbage".to_vec(), true, "no-record"),
        ("a record without length", gz(&no_length), true, "broken-record"),
        ("the same, uncompressed", no_length, false, "broken-record"),
        ("a record without address", no_address, true, "no-address"),
        ("a record without date", no_date, true, "no-date"),
        ("an answer that is no page", not_found, true, "not-ok"),
        ("a response without HTTP header", no_http, true, "broken-response"),
        ("a picture", image, true, "not-text"),
        ("an empty page", empty, true, "empty-page"),
        ("a content coding nobody knows", coding, true, "body-fault"),
    ] {
        let name = if zip { "crawl.warc.gz" } else { "crawl.warc" };
        let (articles, said, exit) = between_good_pages(name, &broken, zip);
        assert_eq!(articles, GOOD, "{what}: {said}");
        let place = format!("{name}@{}", if zip { gz(&good(1)).len() } else { good(1).len() });
        assert!(said.contains(&format!("[{code}]")) && said.contains(&place), "{what}: {said}");
        assert_eq!(exit, 1, "{what}");
    }
}

trait ReplaceFirst {
    fn replace_first(&self, old: &str, new: &str) -> Vec<u8>;
}

impl ReplaceFirst for Vec<u8> {
    fn replace_first(&self, old: &str, new: &str) -> Vec<u8> {
        String::from_utf8(self.clone()).unwrap().replacen(old, new, 1).into_bytes()
    }
}

#[test]
fn a_page_of_two_hundred_megabytes_is_cut_and_told() {
    let line = b"<p>Orison Labs said nothing about it.</p>\n";
    let huge: Vec<u8> = line.iter().copied().cycle().take(200 << 20).collect();
    let member = gz(&response("https://docket.example/huge", "", &huge));
    assert!(member.len() < 4 << 20, "the input is small: {} bytes", member.len());
    let (articles, said, exit) = between_good_pages("crawl.warc.gz", &member, true);
    assert_eq!(articles, [GOOD[0], GOOD[1], "https://docket.example/huge"]);
    assert!(said.contains("[body-cut]") && said.contains("crawl.warc.gz@"), "{said}");
    assert_eq!(exit, 1);
}

#[test]
fn a_body_that_unpacks_to_two_hundred_megabytes_is_cut_and_told() {
    let bomb = gz(&vec![b' '; 200 << 20]);
    let member = gz(&response("https://docket.example/bomb", "Content-Encoding: gzip\r\n", &bomb));
    let (articles, said, exit) = between_good_pages("crawl.warc.gz", &member, true);
    assert_eq!(articles.len(), 3, "{said}");
    assert!(said.contains("[body-fault]"), "{said}");
    assert_eq!(exit, 1);
}

#[test]
fn chunked_and_compressed_bodies_are_read() {
    let text = page(1);
    let (head, tail) = text.as_bytes().split_at(100);
    let chunked =
        [b"64\r\n", head, format!("\r\n{:x}\r\n", tail.len()).as_bytes(), tail, b"\r\n0\r\n\r\n"]
            .concat();
    let zipped = gz(text.as_bytes());
    let both = [format!("{:x}\r\n", zipped.len()).as_bytes(), &zipped, b"\r\n0\r\n\r\n"].concat();
    for (what, fields, body) in [
        ("plain", "", text.as_bytes().to_vec()),
        ("chunked", "Transfer-Encoding: chunked\r\n", chunked),
        ("gzip", "Content-Encoding: gzip\r\n", zipped.clone()),
        ("chunked gzip", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", both),
        (
            "said to be gzip, stored unpacked",
            "Content-Encoding: gzip\r\n",
            text.clone().into_bytes(),
        ),
        (
            "said to be chunked, stored joined",
            "Transfer-Encoding: chunked\r\n",
            text.clone().into_bytes(),
        ),
    ] {
        let ran = casebook_with(&["annotate", "-"], &gz(&response(GOOD[0], fields, &body))).ends(0);
        assert_eq!(ran.lines()[0]["title"], "Orison Labs sues Veltrane, filing 1", "{what}");
        assert!(ran.lines()[0]["text"].as_str().unwrap().ends_with("heard this year."), "{what}");
    }
}

#[test]
fn a_body_that_ends_too_early_keeps_what_there_is() {
    let zipped = gz(page(1).as_bytes());
    let half = &zipped[..zipped.len() * 3 / 4];
    let ran = casebook_with(
        &["annotate", "-"],
        &gz(&response(GOOD[0], "Content-Encoding: gzip\r\n", half)),
    );
    assert_eq!(ran.lines()[0]["title"], "Orison Labs sues Veltrane, filing 1");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("[body-fault]"), "{}", ran.err);
}

#[test]
fn a_charset_is_found_out_when_its_label_is_wrong() {
    let text = "<html><head><title>奥里森被起诉</title></head><body><article><h1>奥里森被起诉</h1>\
                <p>榆桥财经获悉，林德维尔市法院星期一受理了对奥里森实验室的诉讼，该公司表示将应诉。</p></article></body></html>";
    let traditional = "<html><head><title>奧里森被起訴</title></head><body><article><h1>奧里森被起訴</h1>\
                       <p>榆橋財經獲悉，林德維爾市法院星期一受理了對奧里森實驗室的訴訟，該公司表示將應訴。</p></article></body></html>";
    for (what, encoding, media, text) in [
        ("GB18030 said to be UTF-8", encoding_rs::GB18030, "text/html; charset=utf-8", text),
        ("GB18030 without a label", encoding_rs::GB18030, "text/html", text),
        ("GBK labelled so", encoding_rs::GBK, "text/html; charset=gbk", text),
        ("UTF-8 said to be GBK", encoding_rs::UTF_8, "text/html; charset=gbk", text),
        ("Big5 said to be UTF-8", encoding_rs::BIG5, "text/html; charset=utf-8", traditional),
        ("Big5 labelled so", encoding_rs::BIG5, "text/html; charset=big5", traditional),
    ] {
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost, "{what}: the test text does not fit the charset");
        let capture = capture("https://yuqiao.example/1", media, Default::default(), &bytes);
        let reading = read(&capture, &bytes, rules()).value;
        assert_eq!(
            reading.article.title(),
            Some(if text == traditional { "奧里森被起訴" } else { "奥里森被起诉" }),
            "{what}"
        );
        assert_eq!(reading.article.language.code(), "zh", "{what}");
    }
}

#[test]
fn bytes_that_fit_no_charset_are_a_finding() {
    let text = page(1).replace("utf-8", "gb2312").replace(['“', '”'], "\"");
    let bytes = [text.as_bytes(), b"<!-- \xff\xff -->"].concat();
    let capture = capture("https://docket.example/1", "text/html", Default::default(), &bytes);
    let noted = read(&capture, &bytes, rules());
    assert!(noted.findings.iter().any(|f| f.code == "undecodable-bytes"), "{:?}", noted.findings);
    assert!(noted.value.article.text().contains("Orison Labs sued Veltrane Systems"));
}

#[test]
fn files_and_folders_are_taken_in_by_kind() {
    let desk = Desk::new();
    desk.file("a/page.html", page(1).as_bytes());
    desk.file("a/deep/note.txt", b"Orison Labs sued Veltrane.\n\nIt is unclear why.\n");
    desk.file("a/crawl.warc", &good(2));
    desk.file("a/picture.png", b"\x89PNG");
    let empty = desk.file("a/empty.html", b"");
    let folder = empty.strip_suffix("/empty.html").unwrap();
    let ran = desk.run(&["ingest", folder, "--fetched-at", FETCHED]).ends(1);
    assert!(ran.err.contains("3 new"), "{}", ran.err);
    assert!(ran.err.contains(&format!("{empty}: the file is empty")), "{}", ran.err);
    assert!(!ran.err.contains("picture.png"), "a folder may hold other files: {}", ran.err);
    let named = desk.run(&["ingest", &format!("{folder}/picture.png")]).ends(1);
    assert!(
        named.err.contains("[unknown-file]"),
        "a file somebody names is worth a word: {}",
        named.err
    );
    assert_eq!(desk.articles().len(), 3);
}

#[test]
fn a_path_that_is_not_there_stops_before_anything_is_taken_in() {
    let desk = Desk::new();
    let ran = desk.run(&["ingest", "data/sample", "no/such/file.html"]).ends(2);
    assert!(ran.err.contains("no/such/file.html does not exist"), "{}", ran.err);
    assert_eq!(desk.articles(), [""; 0]);
}

#[test]
fn a_warc_comes_on_standard_input() {
    let warc = [gz(&good(1)), gz(&good(2))].concat();
    let desk = Desk::new();
    desk.run_with(&["ingest", "-"], &warc).ends(0);
    assert_eq!(desk.articles(), GOOD);
    let lines = casebook_with(&["annotate", "-"], &warc).ends(0).lines();
    assert_eq!([&lines[0]["url"], &lines[1]["url"]], GOOD);
    let broken = casebook_with(&["annotate", "-"], b"nothing of the kind").ends(1);
    assert!(broken.err.contains("standard input@0"), "{}", broken.err);
}

#[test]
fn a_page_found_again_is_not_stored_again() {
    let desk = Desk::new();
    let warc = desk.file("crawl.warc", &good(1));
    desk.run(&["ingest", &warc]).ends(0);
    let known = desk.run(&["ingest", &warc]).ends(0);
    assert!(known.err.contains("0 new, 0 found again, 1 known already"), "{}", known.err);

    let later = |bytes: Vec<u8>| bytes.replace_first("2026-06-01T", "2026-06-09T");
    let digest = casebook::store::Inputs::new(&[warc.clone().into()], Default::default())
        .unwrap()
        .find_map(|arrival| match arrival {
            casebook::store::Arrival::Page(page) => Some(page.capture.digest),
            _ => None,
        });
    let fields = format!("WARC-Payload-Digest: sha256:{}\r\n", digest.unwrap());
    let revisit = later(record("revisit", GOOD[0], &fields, b""));
    let again = desk.run(&["ingest", &desk.file("revisit.warc", &revisit)]).ends(0);
    assert!(again.err.contains("0 new, 1 found again"), "{}", again.err);
    let same = desk.run(&["ingest", &desk.file("later.warc", &later(good(1)))]).ends(0);
    assert!(same.err.contains("0 new, 0 found again, 1 known already"), "{}", same.err);

    let unknown = later(record("revisit", GOOD[1], &fields, b""));
    let ran = desk.run(&["ingest", &desk.file("unknown.warc", &unknown)]);
    assert!(ran.err.contains("1 findings"), "{}", ran.err);
    assert_eq!(desk.articles(), GOOD[..1]);
}

#[test]
fn a_changed_page_replaces_its_article_and_both_stay_archived() {
    let desk = Desk::new();
    let first = good(1);
    let second = response(GOOD[0], "", page(1).replace("sued", "praised").as_bytes());
    let second = second.replace_first("2026-06-01T", "2026-06-09T");
    desk.run(&["ingest", &desk.file("two.warc", &[first, second].concat())]).ends(0);
    assert_eq!(desk.articles(), GOOD[..1]);
    assert_eq!(desk.run(&["status", "--format", "json"]).json()["captures"], "2");
}

#[test]
fn names_and_times_of_single_files_can_be_given() {
    let file = Desk::new().file("page.txt", b"Orison Labs sued Veltrane over its chatbot.");
    let missing = casebook(&["annotate", &file]).ends(2);
    assert!(missing.err.contains("does not exist; check the path"), "{}", missing.err);
    let ran = casebook(&["annotate", "data/sample/README.md"]).ends(1);
    assert_eq!((ran.text().as_str(), ran.err.contains("[unknown-file]")), ("", true));
    let desk = Desk::new();
    let file = desk.file("page.txt", b"Orison Labs sued Veltrane last month over its chatbot.");
    let ran = casebook(&[
        "annotate",
        &file,
        "--url",
        "https://docket.example/9",
        "--fetched-at",
        "2026-07-05T00:00:00Z",
    ]);
    let line = &ran.ends(0).lines()[0];
    assert_eq!([&line["url"], &line["dates"][0]["value"]], ["https://docket.example/9", "2026-06"]);
}

#[test]
fn what_leads_to_articles_is_no_article() {
    let desk = Desk::new();
    desk.file("harbour.example/n/1.html", page(1).as_bytes());
    let robots = desk.file("harbour.example/robots.txt", b"User-agent: *\nDisallow: /drafts\n");
    let map = desk.file("harbour.example/map.txt", b"<?xml version='1.0'?><urlset></urlset>");
    let folder = std::path::Path::new(&robots).parent().unwrap().to_str().unwrap().to_string();
    let ran = desk.run(&["ingest", &folder]);
    assert_eq!(desk.articles().len(), 1, "{:?}", desk.articles());
    assert!(ran.err.contains("map.txt") && ran.err.contains("[no-article]"), "{}", ran.err);
    // In a folder robots rules are what is expected; handed over by name they are told of.
    assert!(!ran.err.contains("robots.txt"), "{}", ran.err);
    for path in [&robots, &map] {
        let ran = desk.run(&["ingest", path]).ends(1);
        assert!(ran.err.contains("[no-article]"), "{}", ran.err);
    }
    assert_eq!(desk.articles().len(), 1);
}
