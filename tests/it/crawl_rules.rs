//! What the crawl believes of robots rules and feeds, beside cases of other parsers when they are
//! handed in: `ROBOTS_CASES` and `FEED_CASES` name files of cases that are not part of this repository.

use std::fs;

use casebook::frontier::Robots;
use serde_json::Value;

#[test]
fn robots_rules_agree_with_the_cases_handed_in() {
    let Ok(path) = std::env::var("ROBOTS_CASES") else { return };
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let wrong: Vec<&Value> = cases
        .iter()
        .filter(|case| {
            let text = |key: &str| case[key].as_str().unwrap();
            let robots = Robots::parse(text("robots").as_bytes(), text("agent"));
            robots.allows(text("url")) != case["allowed"].as_bool().unwrap()
        })
        .collect();
    println!("{} of {} agree", cases.len() - wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Words alone: tags, references and runs of spaces set aside.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn feeds_are_read_as_the_cases_handed_in_expect() {
    let (Ok(path), Ok(folder)) = (std::env::var("FEED_CASES"), std::env::var("FEED_FILES")) else {
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let (mut files, mut opened, mut facts, mut met) = (0, 0, 0, 0);
    for case in &cases {
        let Ok(bytes) = fs::read(format!("{folder}/{}", case["file"].as_str().unwrap())) else {
            continue;
        };
        let text = casebook::read::text_of(&bytes, "");
        let items = casebook::frontier::feed(&bytes, &text, "http://127.0.0.1:8097/");
        files += 1;
        opened += usize::from(items.is_some());
        if items.is_none() && std::env::var_os("FEED_FAULTS").is_some() {
            println!("{} is not read", case["file"]);
        }
        for expected in case["expect"].as_array().unwrap() {
            let path: Vec<String> = expected[0]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.to_string().trim_matches('"').to_string())
                .collect();
            let [entries, number, field] = path.as_slice() else { continue };
            let (Some(value), true) = (expected[1].as_str(), entries == "entries") else {
                continue;
            };
            let number: usize = number.parse().unwrap();
            let item = items.as_ref().and_then(|items| items.get(number));
            let actual = match field.as_str() {
                "title" => item.and_then(|item| item.title.clone()),
                "link" => item.map(|item| item.address.clone()),
                "summary" | "description" => item.and_then(|item| item.summary.clone()),
                _ => continue,
            };
            facts += 1;
            let same = plain(&actual.clone().unwrap_or_default()) == plain(value);
            met += usize::from(same);
            if !same && std::env::var_os("FEED_FAULTS").is_some() {
                println!("{} {field}: {actual:?}, not {value:?}", case["file"]);
            }
        }
    }
    println!("{opened} of {files} documents read; {met} of {facts} facts of items as expected");
    assert!(opened * 100 >= files * 95 && met * 100 >= facts * 90);
}
