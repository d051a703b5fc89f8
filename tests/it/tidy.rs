//! The shape of the project is a test: floors, homes of packages, names, lengths, links.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which room may import which, floor by floor. What stands in no row may import nothing.
const FLOORS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("rules", &["model"]),
    // Pure: no IO, no clock.
    ("read", &["model", "rules"]),
    ("corpus", &["model", "rules"]),
    ("frontier", &["model", "rules"]),
    ("view", &["model", "rules"]),
    // Shell: does IO, knows no rules.
    ("crawl", &["model"]),
    ("store", &["model"]),
    ("search", &["model"]),
    ("publish", &["model"]),
    ("serve", &["model", "search", "view"]),
    ("mcp", &["model", "search"]),
    // Where the two halves meet.
    (
        "pipeline",
        &[
            "model", "rules", "read", "corpus", "frontier", "view", "crawl", "store", "search",
            "publish",
        ],
    ),
    ("cli", &["model", "view", "pipeline", "store", "serve", "search", "mcp"]),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// What of `rules` `view` may know: the value it prints types and phrases from, and published weights.
const VIEW_FROM_RULES: &[&str] =
    &["rules::IncidentType", "rules::Measure", "rules::Rules", "rules::Weighed", "rules::Weight"];

/// Rooms that take the outside world by value.
const PURE: &[&str] = &["model", "rules", "read", "corpus", "frontier", "view"];

/// What a pure room may not name.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io::stdin",
    "std::io::stdout",
    "Utc::now",
    "Local::now",
    "Instant::now",
    "SystemTime::now",
    "println!",
    "eprintln!",
    "tokio::",
];

/// Each heavy package and the files or folders that may name it.
const HOMES: &[(&str, &[&str])] = &[
    ("aho_corasick", &["rules/registry.rs"]),
    ("anyhow", &["cli/"]),
    ("askama", &["view/card/", "view/pages/"]),
    ("axum", &["crawl/folder.rs", "serve/"]),
    ("base64", &["frontier/loose.rs", "view/assets.rs"]),
    ("brotli_decompressor", &["store/"]),
    ("chardetng", &["read/charset.rs"]),
    ("clap", &["cli/"]),
    ("csv", &["cli/desk/", "cli/found.rs", "view/tables/"]),
    ("ego_tree", &["read/html.rs", "read/tree.rs"]),
    ("encoding_rs", &["read/charset.rs"]),
    ("feed_rs", &["frontier/feed.rs"]),
    ("flate2", &["frontier/sitemap.rs", "store/"]),
    ("frostem", &["model/terms/"]),
    ("governor", &["serve/"]),
    ("html5ever", &["read/references.rs", "read/tree.rs"]),
    ("httparse", &["store/"]),
    ("indicatif", &["cli/"]),
    ("lol_html", &["frontier/head.rs"]),
    ("mimalloc", &["main.rs"]),
    ("notify", &["pipeline/watch.rs"]),
    ("parquet", &["view/tables/"]),
    ("png", &["view/card/"]),
    ("postcard", &["pipeline/readings.rs", "view/excerpt.rs"]),
    ("prometheus_client", &["serve/"]),
    (
        "quick_xml",
        &[
            "frontier/feed.rs",
            "frontier/head.rs",
            "frontier/loose.rs",
            "frontier/sitemap.rs",
            "view/feed/",
            "view/picture/mod.rs",
            "view/signposts.rs",
        ],
    ),
    ("reqwest", &["crawl/"]),
    ("resvg", &["view/card/"]),
    ("ratatui", &["cli/desk/review/"]),
    ("rmcp", &["mcp/"]),
    ("rusqlite", &["store/"]),
    ("rust_embed", &["publish/assets.rs", "store/data.rs"]),
    ("rustls", &["crawl/"]),
    ("scraper", &["read/elements.rs", "read/html.rs", "read/tree.rs"]),
    ("skrifa", &["view/card/"]),
    ("tantivy", &["search/"]),
    ("tantivy_jieba", &["search/"]),
    ("tokio", &["crawl/", "mcp/", "serve/"]),
    ("toml", &["pipeline/settings.rs", "rules/ledger/", "rules/load.rs"]),
    ("tower_http", &["crawl/folder.rs", "serve/"]),
    ("url", &["crawl/", "frontier/", "read/meta.rs", "serve/", "view/pages/search.rs"]),
    ("tracing_subscriber", &["cli/serving.rs"]),
    ("unicode_normalization", &["model/terms/"]),
    ("utoipa", &["serve/"]),
    ("utoipa_axum", &["serve/"]),
    ("whichlang", &["read/language.rs"]),
];

/// A file that does two things gets a second file named after the second thing.
const LINES_MAX: usize = 350;

/// Files that are longer today, and how long they may be. Only ever lower a number or drop a row.
const LONGER: &[(&str, usize)] = &[];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] =
    &["utils", "util", "helpers", "helper", "misc", "common", "manager", "shared", "stuff", "base"];

/// Files below a folder, by path relative to it; build output and installed packages left out.
pub fn files(root: &Path) -> Vec<(String, PathBuf)> {
    fn walk(dir: &Path, root: &Path, found: &mut Vec<(String, PathBuf)>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if matches!(name.as_str(), "target" | ".git" | "node_modules") {
                continue;
            }
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.push((name, path));
            }
        }
    }
    let mut found = Vec::new();
    walk(root, root, &mut found);
    found.sort();
    found
}

/// A source file with its comments blanked out.
struct Source {
    path: String,
    room: String,
    code: String,
    lines: usize,
}

fn sources() -> Vec<Source> {
    files(Path::new("src"))
        .into_iter()
        .map(|(path, full)| {
            let text = fs::read_to_string(full).unwrap();
            let code =
                text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>();
            let room = path.split('/').next().unwrap().trim_end_matches(".rs").to_string();
            Source { room, code: code.join("\n"), lines: text.lines().count(), path }
        })
        .collect()
}

/// The paths behind `crate::`, braces taken apart one level deep.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let end = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
        let path = rest[..end(rest).unwrap_or(rest.len())].trim_end_matches(':');
        match rest[path.len()..].trim_start_matches("::").strip_prefix('{') {
            Some(list) => {
                for name in list.split('}').next().unwrap().split(',').map(str::trim) {
                    let prefix = if path.is_empty() { "" } else { "::" };
                    if !name.is_empty() {
                        found.push(format!("{path}{prefix}{name}"));
                    }
                }
            }
            None => found.push(path.to_string()),
        }
    }
    found
}

fn assert_none(title: &str, faults: Vec<String>) {
    assert!(faults.is_empty(), "{title}:\n  {}", faults.join("\n  "));
}

#[test]
fn imports_are_read_in_every_form() {
    let code = "use crate::model::edtf::Edtf;\nuse crate::{rules, store::Page};\nlet x = crate::view::site::site(1);";
    assert_eq!(imports(code), ["model::edtf::Edtf", "rules", "store::Page", "view::site::site"]);
}

#[test]
fn rooms_import_lower_floors_only() {
    let floors: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources() {
        let Some(allowed) = floors.get(source.room.as_str()) else {
            faults.push(format!(
                "src/{}: the room “{}” has no row in FLOORS",
                source.path, source.room
            ));
            continue;
        };
        for import in imports(&source.code) {
            let room = import.split("::").next().unwrap();
            if room != source.room && !allowed.contains(&room) {
                faults.push(format!("src/{}: may not import crate::{import}", source.path));
            }
            if source.room == "view"
                && room == "rules"
                && !VIEW_FROM_RULES.contains(&import.as_str())
            {
                faults.push(format!(
                    "src/{}: of the rules, view may know {VIEW_FROM_RULES:?}",
                    source.path
                ));
            }
        }
    }
    assert_none("floors", faults);
}

#[test]
fn pure_rooms_do_not_name_the_outside_world() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| PURE.contains(&s.room.as_str())) {
        for word in OUTSIDE.iter().filter(|word| source.code.contains(**word)) {
            faults.push(format!("src/{}: names {word}; take it by value", source.path));
        }
    }
    assert_none("pure rooms", faults);
}

#[test]
fn each_heavy_package_has_one_home() {
    let names = |code: &str, package: &str| {
        code.match_indices(package).any(|(at, _)| {
            let before = code[..at].chars().next_back();
            let apart =
                before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':' && c != '.');
            apart && code[at + package.len()..].starts_with("::")
        })
    };
    let mut faults = Vec::new();
    for (package, homes) in HOMES {
        for source in sources().iter().filter(|source| names(&source.code, package)) {
            if !homes.iter().any(|home| source.path.starts_with(home)) {
                faults.push(format!("src/{}: {package} lives in {homes:?}", source.path));
            }
        }
    }
    assert_none("homes", faults);
}

#[test]
fn files_are_short() {
    let longer: BTreeMap<_, _> = LONGER.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources() {
        let allowed = longer.get(source.path.as_str());
        if source.lines > *allowed.unwrap_or(&LINES_MAX) {
            faults.push(format!(
                "src/{} has {} lines; which noun wants its own file?",
                source.path, source.lines
            ));
        }
        if allowed.is_some() && source.lines <= LINES_MAX {
            faults.push(format!("src/{} is short now; drop its row from LONGER", source.path));
        }
    }
    assert_none("lengths", faults);
}

#[test]
fn the_code_map_names_every_file() {
    let map = fs::read_to_string("ARCHITECTURE.md").unwrap();
    // Fences are pictures; what stands between single backticks is a name.
    let prose: String = map.split("```").step_by(2).collect();
    let named: BTreeSet<&str> = prose
        .split('`')
        .skip(1)
        .step_by(2)
        .flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .collect();
    let mut faults = Vec::new();
    for source in sources() {
        // A folder inside a room stands for its files.
        let part = source.path.split('/').nth(1).unwrap_or(&source.path).trim_end_matches(".rs");
        if !matches!(part, "mod" | "main" | "lib") && !named.contains(part) {
            faults.push(format!("src/{}: ARCHITECTURE.md does not name `{part}`", source.path));
        }
    }
    faults.sort();
    assert_none("code map", faults);
}

#[test]
fn names_of_files_say_what_is_inside() {
    let mut faults = Vec::new();
    for (path, _) in files(Path::new(".")) {
        let parts = path.split('/').map(|part| part.split('.').next().unwrap());
        if parts.into_iter().any(|part| EMPTY_NAMES.contains(&part))
            && path != "templates/base.html"
        {
            faults.push(path);
        }
    }
    assert_none("names", faults);
}

#[test]
fn every_test_file_is_part_of_the_binary() {
    let main = fs::read_to_string("tests/it/main.rs").unwrap();
    let mut faults = Vec::new();
    for (path, _) in files(Path::new("tests/it")) {
        let name = path.trim_end_matches(".rs").trim_end_matches("/mod");
        if name != "main" && !name.contains('/') && !main.contains(&format!("mod {name};")) {
            faults.push(format!("tests/it/{path} is in no `mod` line of main.rs"));
        }
    }
    assert_none("forgotten tests", faults);
}

#[test]
fn no_test_is_ignored_and_none_sleeps() {
    let banned = [concat!("#[ign", "ore"), concat!("thread::sl", "eep")];
    let mut faults = Vec::new();
    for (path, full) in files(Path::new(".")) {
        if path.ends_with(".rs") {
            let text = fs::read_to_string(full).unwrap();
            faults.extend(
                banned.iter().filter(|b| text.contains(**b)).map(|b| format!("{path}: {b}")),
            );
        }
    }
    assert_none("tests", faults);
}

#[test]
fn no_file_mentions_a_workplace() {
    let banned = [concat!("/wo", "rk/"), concat!("shared/", "eval"), concat!("/tm", "p/wt")];
    let mut faults = Vec::new();
    for (path, full) in files(Path::new(".")) {
        let bytes = fs::read(full).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        faults.extend(banned.iter().filter(|b| text.contains(**b)).map(|b| format!("{path}: {b}")));
    }
    assert_none("workplace paths", faults);
}

#[test]
fn ids_in_the_data_are_unique_within_their_table() {
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut faults = Vec::new();
    for (path, full) in
        files(Path::new("data")).into_iter().filter(|(path, _)| path.ends_with(".toml"))
    {
        let tables: toml::Table = fs::read_to_string(full).unwrap().parse().unwrap();
        for (table, rows) in tables {
            for row in rows.as_array().unwrap() {
                let id = row["id"].as_str().unwrap().to_string();
                if !seen.insert((table.clone(), id.clone())) {
                    faults.push(format!("data/{path}: [[{table}]] “{id}” stands twice"));
                }
            }
        }
    }
    assert!(seen.len() > 2000, "the data folder was not read: {} rows", seen.len());
    assert_none("ids", faults);
}

/// Targets of `[words](target)` outside fenced code.
fn links(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced {
            let targets = line.split("](").skip(1);
            found.extend(targets.map(|rest| rest.split([')', ' ']).next().unwrap().to_string()));
        }
    }
    found
}

#[test]
fn links_between_documents_resolve() {
    let mut faults = Vec::new();
    for (path, full) in files(Path::new(".")).into_iter().filter(|(path, _)| path.ends_with(".md"))
    {
        for link in links(&fs::read_to_string(&full).unwrap()) {
            let target = link.split('#').next().unwrap();
            let outside =
                target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !outside && !full.parent().unwrap().join(target).exists() {
                faults.push(format!("{path}: nothing at {link}"));
            }
        }
    }
    assert_none("links", faults);
}
