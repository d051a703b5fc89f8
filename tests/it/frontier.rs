//! The frontier driven by a list of moments: no test here waits for anything.

use std::collections::BTreeMap;

use casebook::frontier::{
    After, Answer, Frontier, Limits, Manners, Memory, Next, Reservation, Robots, backoff, found,
    given,
};
use casebook::model::crawl::{Address, Role, Validators, Visit};
use casebook::rules::{Addresses, Layer, Rules};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn visit(host: usize, page: usize) -> Visit {
    let origin = format!("http://h{host}.example");
    let ask = format!("{origin}/p{page}");
    Visit {
        address: Address { key: ask.clone(), ask, origin },
        role: Role::Page,
        source: String::new(),
        validators: Validators::default(),
        hops: 0,
        failures: 0,
        via: None,
    }
}

fn limits(patience: i64) -> Limits {
    let manners = Manners { delay: TimeDelta::seconds(1), at_once: 2 };
    Limits { at_once: 5, manners, patience: TimeDelta::seconds(patience), pages_max: usize::MAX }
}

fn frontier(patience: i64, visits: &[(usize, usize)]) -> Frontier {
    let mut frontier = Frontier::new(limits(patience), "casebook");
    for (host, page) in visits {
        let visit = visit(*host, *page);
        frontier.introduce(start(), &visit.address.origin, None, Memory::default());
        frontier.offer(start(), start(), visit);
    }
    frontier
}

/// What was handed out with its moment, what robots rules refused, and how much was given up.
type Driven = (Vec<(DateTime<Utc>, Visit)>, Vec<Visit>, usize);

fn drive(
    frontier: &mut Frontier,
    mut answer: impl FnMut(&Visit) -> Answer,
    takes: TimeDelta,
) -> Driven {
    let mut now = start();
    let mut under_way: Vec<(DateTime<Utc>, Visit)> = Vec::new();
    let (mut asked, mut refused, mut given_up) = (Vec::new(), Vec::new(), 0);
    for _ in 0..100_000 {
        match frontier.next(now) {
            Next::Visit(visit) => {
                asked.push((now, (*visit).clone()));
                under_way.push((now + takes, *visit));
            }
            Next::Refused(visit) | Next::Reserved(visit) => refused.push(*visit),
            Next::Done => return (asked, refused, given_up),
            Next::Wait(until) => {
                let first = under_way.iter().map(|(at, _)| *at).min();
                let next = [until, first].into_iter().flatten().min().expect("nothing to wait for");
                assert!(next >= now, "time runs backwards");
                now = next;
                let (done, rest) = under_way.into_iter().partition(|(at, _)| *at <= now);
                under_way = rest;
                for (_, visit) in done {
                    let says = answer(&visit);
                    given_up += usize::from(frontier.arrived(now, &visit, says) == After::GivenUp);
                }
            }
        }
    }
    panic!("the crawl does not end");
}

fn kind(number: u8) -> Answer {
    match number % 8 {
        0 => Answer::Failing,
        1 => Answer::Busy(Some(TimeDelta::seconds(7))),
        2 => Answer::Busy(None),
        _ => Answer::Served,
    }
}

proptest! {
    #[test]
    fn no_host_is_asked_more_than_it_bears(
        visits in prop::collection::btree_set((0usize..4, 0usize..12), 1..40),
        answers in prop::collection::vec(any::<u8>(), 1..60),
        takes in 0i64..4000,
    ) {
        let visits: Vec<_> = visits.into_iter().collect();
        let mut frontier = frontier(100_000, &visits);
        let takes = TimeDelta::milliseconds(takes);
        let mut turn = 0;
        let (asked, refused, given_up) = drive(&mut frontier, |visit| {
            turn += 1;
            match visit.role {
                Role::Robots => {
                    let rules = b"user-agent: *\ndisallow: /p3\ncrawl-delay: 2";
                    Answer::Rules(Robots::parse(rules, "casebook"))
                }
                _ => kind(answers[turn % answers.len()]),
            }
        }, takes);
        let mut last: BTreeMap<&str, DateTime<Utc>> = BTreeMap::new();
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, (at, visit)) in asked.iter().enumerate() {
            let origin = visit.address.origin.as_str();
            // The first question is for the rules; they are asked for again after a day.
            prop_assert!(visit.role == Role::Robots || last.contains_key(origin));
            let known = visit.role != Role::Page || asked[..index].iter().any(|(_, v)| {
                v.address.origin == origin && v.role == Role::Reservation
            });
            prop_assert!(known, "asked before the reservations of {} are known", origin);
            if let Some(before) = last.insert(origin, *at) {
                let robots = asked[..index].iter().filter(|(_, v)| v.address.origin == origin).count();
                let least = if robots > 1 { 2 } else { 1 };
                prop_assert!(*at - before >= TimeDelta::seconds(least), "{} too soon", origin);
            }
            let open = asked[..index].iter().filter(|(began, v)| {
                v.address.origin == origin && *began + takes > *at
            });
            prop_assert!(open.count() < 2);
            prop_assert!(!visit.address.ask.ends_with("/p3"));
            *times.entry(&visit.address.key).or_default() += usize::from(visit.role == Role::Page);
        }
        prop_assert!(times.values().all(|times| *times <= 3));
        prop_assert!(refused.iter().all(|visit| visit.address.ask.ends_with("/p3")
            || visit.address.ask.contains("/p3")));
        // Nothing is lost: asked for, or refused.
        for (host, page) in &visits {
            let key = visit(*host, *page).address.key;
            let seen = times.contains_key(key.as_str());
            prop_assert!(seen || refused.iter().any(|visit| visit.address.key == key), "{} lost", key);
        }
        prop_assert!(given_up <= visits.len());
    }

    #[test]
    fn reading_an_address_twice_changes_nothing(
        host in "[a-z]{1,8}\\.(example|com\\.example)",
        path in "(/[a-z0-9~._-]{0,8}){0,5}(/amp|/index\\.html|\\.amp)?/?",
        query in prop::collection::vec(("(utm_[a-z]{1,6}|id|p|fbclid|print|ref)", "[a-z0-9%=]{0,6}"), 0..4),
        fragment in "(#[a-z]{0,4})?",
    ) {
        let rules = addresses();
        let query: Vec<String> = query.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        if let Ok(once) = given(&format!("HTTP://WWW.{host}{path}{query}{fragment}"), rules) {
            let twice = given(&once.ask, rules).unwrap();
            prop_assert_eq!(&twice.ask, &once.ask);
            prop_assert_eq!(&twice.key, &once.key);
            let bare = given(&format!("https://{}", once.key), rules).unwrap();
            prop_assert_eq!(&bare.key, &once.key);
            prop_assert!(!once.ask.contains("utm_") && !once.ask.contains('#'));
        }
    }

    #[test]
    fn no_text_upsets_the_readers_of_listings(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        let rss = format!("<rss version='2.0'><channel><item>{text}</item></channel></rss>");
        casebook::frontier::feed(rss.as_bytes(), &rss, "http://h.example/");
        casebook::frontier::feed(&bytes, &text, "http://h.example/");
        casebook::frontier::sitemap(format!("<urlset><url>{text}").as_bytes());
        casebook::frontier::head(&text, "casebook");
        let _ = casebook::frontier::links(&format!("<a href='{text}'>{text}"), None);
        let robots = Robots::parse(&bytes, "casebook");
        robots.allows(&format!("http://h.example/{text}"));
    }
}

fn addresses() -> &'static Addresses {
    static RULES: std::sync::OnceLock<Rules> = std::sync::OnceLock::new();
    let rules = RULES.get_or_init(|| {
        let tree = crate::data::tree(std::path::Path::new("data"));
        Rules::load(&[Layer { name: "data", tree: &tree }]).unwrap()
    });
    &rules.addresses
}

#[test]
fn a_host_that_fails_is_left_alone_for_longer_and_longer() {
    let visits: Vec<(usize, usize)> = (0..9).map(|page| (0, page)).collect();
    let mut frontier = frontier(36_000, &visits);
    let (asked, _, _) = drive(
        &mut frontier,
        |visit| match visit.role {
            Role::Robots => Answer::Rules(Robots::default()),
            _ => Answer::Failing,
        },
        TimeDelta::milliseconds(10),
    );
    let waits: Vec<i64> =
        asked.windows(2).map(|pair| (pair[1].0 - pair[0].0).num_seconds()).collect();
    // One trial at a time: back-off doubles, then the host is left alone for a quarter of an hour.
    assert!(waits.iter().skip(6).any(|wait| *wait >= 600), "{waits:?}");
    assert!(waits.windows(2).skip(2).take(2).all(|pair| pair[1] >= pair[0]), "{waits:?}");
}

#[test]
fn a_pause_beyond_patience_ends_the_crawl_and_keeps_the_visits() {
    let mut frontier = frontier(5, &[(0, 1), (0, 2)]);
    let (asked, ..) = drive(
        &mut frontier,
        |visit| match visit.role {
            Role::Robots => Answer::Rules(Robots::default()),
            Role::Reservation => Answer::Reserves(Reservation::default()),
            _ => Answer::Busy(Some(TimeDelta::seconds(600))),
        },
        TimeDelta::milliseconds(10),
    );
    // Robots rules, reservations, and the two pages that were under way.
    assert!(asked.len() <= 4, "{asked:?}");
    assert!(frontier.left().count() <= 1);
}

#[test]
fn a_host_without_its_rules_is_not_asked() {
    let mut frontier = frontier(5, &[(0, 1)]);
    let (asked, _, _) = drive(&mut frontier, |_| Answer::NoRules, TimeDelta::milliseconds(10));
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].1.address.ask, "http://h0.example/robots.txt");
}

#[test]
fn addresses_of_one_page_share_a_key() {
    let rules = addresses();
    for (a, b) in [
        ("http://www.harbour.example/a/", "https://harbour.example/a?utm_source=x&fbclid=1#top"),
        ("https://harbour.example/a/amp", "https://amp.harbour.example/a"),
        ("https://harbour.example/a.html?b=2&a=1", "https://m.harbour.example/a.html?a=1&b=2"),
        ("https://harbour.example/a?print=1", "https://harbour.example/print/a"),
        (
            "https://www.google.com/url?q=https%3A%2F%2Fharbour.example%2Fa",
            "http://harbour.example/a",
        ),
        (
            "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/a",
            "http://harbour.example/a",
        ),
        ("https://harbour.example./a;jsessionid=1A?PHPSESSID=2", "https://harbour.example/a"),
        ("https://HARBOUR.example:443/%7ea/../a", "https://harbour.example/a"),
    ] {
        assert_eq!(given(a, rules).unwrap().key, given(b, rules).unwrap().key, "{a} and {b}");
    }
    for (a, b) in [
        ("https://harbour.example/a", "https://harbour.example/b"),
        ("https://harbour.example/a?id=1", "https://harbour.example/a?id=2"),
        ("https://harbour.example/A", "https://harbour.example/a"),
        ("https://co.example/a", "https://news.co.example/a"),
        ("https://harbour.example:8443/a", "https://harbour.example/a"),
    ] {
        assert_ne!(given(a, rules).unwrap().key, given(b, rules).unwrap().key, "{a} and {b}");
    }
}

#[test]
fn traps_and_other_schemes_are_not_found() {
    let rules = addresses();
    let base = "https://harbour.example/news/";
    for address in [
        "mailto:ada@harbour.example",
        "javascript:void(0)",
        "ftp://harbour.example/",
        "https://ada:secret@harbour.example/",
        "/calendar/2026/06/",
        "?month=2026-07",
        "/a/b/a/b/a/b/story",
        "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15",
        "/story?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10&k=11&l=12&m=13",
        "http://",
    ] {
        assert!(found(address, base, rules).is_err(), "{address}");
    }
    assert!(found(&format!("/{}", "a".repeat(3_000)), base, rules).is_err());
    assert_eq!(found("story-1", base, rules).unwrap().ask, "https://harbour.example/news/story-1");
}

#[test]
fn jitter_keeps_hosts_apart() {
    let waits: std::collections::BTreeSet<_> =
        (0..50).map(|n| backoff(4, &format!("h{n}.example"))).collect();
    assert!(waits.len() > 40);
}

#[test]
fn what_a_host_reserves_from_mining_is_not_asked_for() {
    let mut frontier = frontier(5, &[(0, 1), (0, 2), (1, 1)]);
    let file = br#"[{"location": "/p1", "tdm-reservation": 1}]"#;
    let (asked, reserved, _) = drive(
        &mut frontier,
        |visit| match (visit.role, visit.address.origin.as_str()) {
            (Role::Robots, _) => Answer::Rules(Robots::default()),
            (Role::Reservation, "http://h0.example") => Answer::Reserves(Reservation::parse(file)),
            // Whoever cannot give the file does not take part in the protocol.
            (Role::Reservation, _) => Answer::Failing,
            _ => Answer::Served,
        },
        TimeDelta::milliseconds(10),
    );
    let pages: Vec<&str> = asked
        .iter()
        .filter(|(_, visit)| visit.role == Role::Page)
        .map(|(_, visit)| visit.address.ask.as_str())
        .collect();
    assert_eq!(pages.len(), 2, "{pages:?}");
    assert_eq!(reserved.len(), 1, "{reserved:?}");
    assert!(reserved[0].address.ask.starts_with("http://h0.example/p1"), "{reserved:?}");
}
