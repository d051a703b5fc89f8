//! The built-in data loads, and bad data is refused with place and advice.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use casebook::model::tree::SourceTree;
use casebook::rules::{Layer, Rules};

pub fn tree(dir: &Path) -> SourceTree {
    fn walk(dir: &Path, base: &Path, tree: &mut BTreeMap<String, String>) {
        let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            // The sample has sources of its own, no rules.
            if path.ends_with("data/sample") {
                continue;
            }
            if path.is_dir() {
                walk(&path, base, tree);
            } else if path.extension().is_some_and(|e| e == "toml") {
                let name = path.strip_prefix(base).unwrap().to_str().unwrap().to_string();
                tree.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut tree = SourceTree::new();
    walk(dir, dir, &mut tree);
    tree
}

#[test]
fn built_in_data_loads() {
    let tree = tree(Path::new("data"));
    let layer = Layer { name: "data", tree: &tree };
    match Rules::load(&[layer]) {
        Ok(rules) => assert!(rules.registry.entries().count() >= 120),
        Err(faults) => {
            for fault in &faults {
                eprintln!("{}: {}", fault.place.as_deref().unwrap_or(""), fault.message);
            }
            panic!("{} faults", faults.len());
        }
    }
}
