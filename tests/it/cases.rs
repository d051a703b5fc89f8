//! Markdown cases: articles in, facts out. The format is told in `tests/cases/README.md`.

mod lines;
mod page;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use casebook::model::finding::{Finding, Noted};
use casebook::model::reading::Reading;
use casebook::model::tree::SourceTree;
use casebook::read::read;
use casebook::rules::{Layer, Rules};

use crate::data::tree;
use crate::golden;
use page::Page;
pub use page::capture;

/// The rules of `data/` as they stand in the folder, so that a changed row counts at once.
pub fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let mut tree = tree(Path::new("data"));
        tree.retain(|name, _| !name.starts_with("incidents/"));
        Rules::load(&[Layer { name: "data", tree: &tree }]).expect("the data loads")
    })
}

/// The rules with a case's own rows laid over them.
fn rules_with(own: &SourceTree) -> Result<Cow<'static, Rules>, String> {
    if own.is_empty() {
        return Ok(Cow::Borrowed(rules()));
    }
    let mut built_in = tree(Path::new("data"));
    built_in.retain(|name, _| !name.starts_with("incidents/"));
    let layers = [Layer { name: "data", tree: &built_in }, Layer { name: "case", tree: own }];
    let told =
        |fault: &Finding| format!("{}: {}", fault.place.as_deref().unwrap_or(""), fault.message);
    Rules::load(&layers)
        .map(Cow::Owned)
        .map_err(|faults| faults.iter().map(told).collect::<Vec<_>>().join("\n    "))
}

/// A fenced block: the words behind the fence, and what stands between the fences.
struct Fence {
    kind: String,
    text: String,
    /// Lines of the file, between the fences.
    lines: std::ops::Range<usize>,
}

/// A heading with its fenced blocks.
struct Case {
    heading: String,
    fences: Vec<Fence>,
}

fn parse(text: &str) -> Vec<Case> {
    let mut cases = vec![Case { heading: String::new(), fences: Vec::new() }];
    let mut open: Option<(String, usize)> = None;
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        match &open {
            Some((kind, from)) if *line == "```" => {
                let text = lines[*from..at].join("\n");
                let fence = Fence { kind: kind.clone(), text, lines: *from..at };
                cases.last_mut().unwrap().fences.push(fence);
                open = None;
            }
            Some(_) => {}
            None => {
                if let Some(kind) = line.strip_prefix("```") {
                    open = Some((kind.trim().to_string(), at + 1));
                } else if let Some(heading) = line.strip_prefix('#') {
                    let heading = heading.trim_start_matches('#').trim().to_string();
                    cases.push(Case { heading, fences: Vec::new() });
                }
            }
        }
    }
    assert!(open.is_none(), "a fence is never closed: {open:?}");
    cases.retain(|case| !case.fences.is_empty());
    cases
}

/// Today's answers of one case by kind, for the kinds it asks.
fn answers(case: &Case) -> Result<BTreeMap<String, Vec<String>>, String> {
    let inputs = case.fences.iter().filter(|fence| page::is_page(&fence.kind));
    let pages: Vec<Page> =
        inputs.enumerate().map(|(n, f)| Page::of(n + 1, &f.kind, &f.text)).collect();
    let own = case.fences.iter().filter_map(|f| Some((page::rows_of(&f.kind)?, f.text.clone())));
    let rules = rules_with(&own.collect())?;
    let rules = rules.as_ref();
    if pages.is_empty() {
        return Err("the case has no ```article, ```html or ```text block".into());
    }
    let read: Vec<Noted<Reading>> =
        pages.iter().map(|page| read(&page.capture, page.body.as_bytes(), rules)).collect();
    let today = pages.iter().filter_map(|page| page.as_of).max().unwrap_or(page::AS_OF);
    let mut record = None;
    let mut answers = BTreeMap::new();
    let asked: Vec<&Fence> = case.fences.iter().filter(|f| !page::is_input(&f.kind)).collect();
    if asked.is_empty() {
        return Err("the case expects nothing".into());
    }
    for fence in asked {
        let lines = match lines::of_article(&fence.kind, &read) {
            Some(lines) => lines,
            None => {
                let record = record.get_or_insert_with(|| lines::Record::of(&read, rules, today));
                record
                    .lines(&fence.kind)
                    .ok_or_else(|| format!("there is no block ```{}", fence.kind))?
            }
        };
        if answers.insert(fence.kind.clone(), lines).is_some() {
            return Err(format!("the block ```{} stands twice", fence.kind));
        }
    }
    Ok(answers)
}

fn case_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir("tests/cases").unwrap().map(|entry| entry.unwrap().path()).collect();
    files
        .retain(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"));
    files.sort();
    files
}

/// Runs every case whose heading or file contains `CASE`, by default all.
#[test]
fn markdown_cases() {
    let wanted = std::env::var("CASE").unwrap_or_default();
    let mut faults = Vec::new();
    let mut count = 0;
    for path in case_files() {
        let text = fs::read_to_string(&path).unwrap();
        let mut blessed: Vec<String> = text.lines().map(str::to_string).collect();
        for case in parse(&text).iter().rev() {
            if !case.heading.contains(&wanted) && !path.to_string_lossy().contains(&wanted) {
                continue;
            }
            count += 1;
            let at = |fence: &Fence| format!("{}:{}", path.display(), fence.lines.start);
            let answers = match answers(case) {
                Ok(answers) => answers,
                Err(fault) => {
                    faults.push(format!("{} {}\n    {fault}", at(&case.fences[0]), case.heading));
                    continue;
                }
            };
            for fence in case.fences.iter().rev().filter(|f| !page::is_input(&f.kind)) {
                let today = &answers[&fence.kind];
                if *today == fence.text.lines().collect::<Vec<_>>() {
                    continue;
                }
                let diff = golden::diff(&fence.text, &today.join("\n"));
                faults.push(format!("{} {} ({})\n{diff}", at(fence), case.heading, fence.kind));
                blessed.splice(fence.lines.clone(), today.iter().cloned());
            }
        }
        if golden::blessing() {
            fs::write(&path, blessed.join("\n") + "\n").unwrap();
        }
    }
    assert!(count > 0, "no case contains “{wanted}”");
    if !golden::blessing() {
        faults.reverse();
        assert!(
            faults.is_empty(),
            "{} of {count} cases differ:\n{}",
            faults.len(),
            faults.join("\n")
        );
    }
}

#[test]
fn a_case_is_a_heading_with_blocks() {
    let text = "# File\nprose\n## One\n```article\nWords.\n```\nmore\n```names\n```\n## No case\n";
    let cases = parse(text);
    assert_eq!(cases.len(), 1);
    assert_eq!((cases[0].heading.as_str(), cases[0].fences.len()), ("One", 2));
    assert_eq!(
        (cases[0].fences[0].text.as_str(), cases[0].fences[1].lines.clone()),
        ("Words.", 8..8)
    );
}
