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
