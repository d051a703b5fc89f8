//! Killed at any moment, a casebook loses at most the page in flight, and a second run mends it.

use std::fs;
use std::time::{Duration, Instant};

use crate::desk::{Desk, archive_bytes, differing, gz, page, record, response};

/// A WARC of small pages, as another crawler would write it.
fn crawl(pages: usize) -> Vec<u8> {
    let address = |n: usize| format!("https://docket.example/filings/{n}");
    (0..pages).flat_map(|n| gz(&response(&address(n), "", page(n).as_bytes()))).collect()
}

/// Starts an ingest and kills it once the archive has grown by so many bytes; false where it ended
/// before.
fn killed_after(desk: &Desk, input: &str, bytes: u64) -> bool {
    let before = archive_bytes(&desk.home());
    let mut child = desk.start(&["ingest", input]);
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if archive_bytes(&desk.home()) >= before + bytes {
            child.kill().unwrap();
            child.wait().unwrap();
            return true;
        }
        assert!(Instant::now() < deadline, "the ingest hangs");
        std::thread::yield_now();
    }
}

#[test]
fn a_killed_ingest_is_finished_by_the_next() {
    let clean = Desk::new();
    let input = clean.file("crawl.warc.gz", &crawl(300));
    clean.run(&["ingest", &input]).ends(0);
    let expected = clean.run(&["export"]).ends(0).text();
    let length = archive_bytes(&clean.home());

    let mut kills = 0;
    for share in [0, 2, 40, 90] {
        let desk = Desk::new();
        kills += usize::from(killed_after(&desk, &input, length * share / 100));
        kills += usize::from(killed_after(&desk, &input, length / 20));
        let last = desk.run(&["ingest", &input]);
        assert!(last.code <= 1, "{}", last.err);
        let export = desk.run(&["export"]).ends(0).text();
        assert!(export == expected, "killed at {share} %, the record is another");
    }
    assert!(kills >= 4, "only {kills} of 8 runs were killed in time");
}

#[test]
fn a_torn_last_write_costs_at_most_that_page() {
    for torn in [1, 8, 11, 100] {
        let desk = Desk::new();
        let input = desk.file("crawl.warc.gz", &crawl(20));
        desk.run(&["ingest", &input]).ends(0);
        let archive = desk.home().join("archive/00001.warc.gz");
        let whole = fs::read(&archive).unwrap();
        fs::write(&archive, &whole[..whole.len() - torn]).unwrap();
        desk.run(&["ingest", &input]);
        assert!(fs::read(&archive).unwrap() == whole, "{torn} bytes torn off");

        // What is added behind the tear is found again from the archive alone.
        let more = gz(&response("https://docket.example/more", "", page(1).as_bytes()));
        desk.run(&["ingest", &desk.file("more.warc.gz", &more)]);
        fs::remove_file(desk.home().join("casebook.sqlite")).unwrap();
        desk.run(&["build"]);
        assert_eq!(desk.articles().len(), 21, "{torn} bytes torn off");
    }
}

#[test]
fn a_damaged_database_is_made_anew() {
    let desk = Desk::with_sample();
    let before = desk.published();
    fs::write(desk.home().join("casebook.sqlite"), b"this is no database, and long enough to look")
        .unwrap();
    desk.run(&["build"]);
    assert_eq!(differing(&before, &desk.published()), [""; 0]);
}

#[test]
fn a_build_killed_at_any_file_is_finished_by_the_next() {
    let desk = Desk::with_sample();
    let expected = desk.published();
    let site = desk.home().join("site");
    for wanted in [1, 4, 9] {
        fs::remove_dir_all(&site).unwrap();
        let mut child = desk.start(&["--as-of", crate::desk::AS_OF, "build"]);
        let deadline = Instant::now() + Duration::from_secs(60);
        // Until the first build is whole, its files stand beside the folder that is read.
        let begun = site.join("public.part");
        let written = || fs::read_dir(&begun).map_or(0, |entries| entries.count());
        while child.try_wait().unwrap().is_none() && written() < wanted {
            assert!(Instant::now() < deadline, "the build hangs");
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        desk.run(&["build"]);
        assert_eq!(differing(&expected, &desk.published()), [""; 0], "killed after {wanted} files");
    }
}

#[test]
fn two_commands_at_once_do_not_write_into_each_other() {
    let desk = Desk::new();
    let lock = fs::File::create(desk.home().join("casebook.lock")).unwrap();
    lock.lock().unwrap();
    let second = desk.run(&["ingest", "data/sample"]).ends(2);
    assert!(second.err.contains("in use by another casebook command"), "{}", second.err);
    assert_eq!(archive_bytes(&desk.home()), 0);
    drop(lock);
    desk.run(&["ingest", "data/sample"]).ends(0);
}

#[test]
fn a_casebook_takes_in_the_archive_of_another() {
    let desk = Desk::with_sample();
    let other = Desk::new();
    let archive = desk.home().join("archive/00001.warc.gz");
    other.run(&["ingest", archive.to_str().unwrap()]).ends(0);
    other.run(&["build"]);
    assert_eq!(differing(&desk.published(), &other.published()), [""; 0]);
}

#[test]
fn a_crawl_laid_into_the_archive_by_hand_is_read() {
    // One gzip member for each record, plain records, and one member for all of them.
    let records =
        |n: usize| response(&format!("https://docket.example/{n}"), "", page(n).as_bytes());
    let info =
        record("warcinfo", "", "Content-Type: application/warc-fields\r\n", b"software: hand\r\n");
    let each = [gz(&info), gz(&records(1)), gz(&records(2))].concat();
    let plain = [info.clone(), records(3), records(4)].concat();
    let one = gz(&[info, records(5), records(6)].concat());
    for (name, bytes, pages) in [
        ("each.warc.gz", each, [1, 2]),
        ("plain.warc", plain, [3, 4]),
        ("one.warc.gz", one, [5, 6]),
    ] {
        let desk = Desk::new();
        fs::write(desk.home().join("archive").join(name), bytes).unwrap();
        desk.run(&["build"]);
        let expected: Vec<String> = pages.map(|n| format!("https://docket.example/{n}")).to_vec();
        assert_eq!(desk.articles(), expected, "{name}");
    }
}
