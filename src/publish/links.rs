//! Links inside a published site: each has to lead to a file, and to a place on it.
//!
//! In: a folder of pages we wrote ourselves, so attributes stand in double quotation marks. Out: the
//! links that lead nowhere, in order. Links to other sites are not followed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::PublishError;

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeadLink {
    /// The page it stands on, from the folder.
    pub page: String,
    /// As it is written.
    pub link: String,
}

/// Links and anchors of one page.
struct Page {
    links: Vec<String>,
    ids: BTreeSet<String>,
}

/// Every link of every page in a folder that leads nowhere.
///
/// # Errors
/// A folder or page that cannot be read.
pub fn dead_links(folder: &Path) -> Result<Vec<DeadLink>, PublishError> {
    let mut pages: BTreeMap<PathBuf, Page> = BTreeMap::new();
    let mut files: BTreeSet<PathBuf> = BTreeSet::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(dir) = waiting.pop() {
        let failed = |source| PublishError::File { path: dir.clone(), source };
        for entry in fs::read_dir(&dir).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
            if name.extension().is_some_and(|kind| kind == "html") {
                let html = fs::read_to_string(&path)
                    .map_err(|source| PublishError::File { path: path.clone(), source })?;
                pages.insert(name.clone(), read(&html));
            }
            files.insert(name);
        }
    }
    let mut dead = Vec::new();
    for (name, page) in &pages {
        for link in page.links.iter().filter(|link| !leads(link, name, &pages, &files)) {
            let page = name.to_string_lossy().into_owned();
            dead.push(DeadLink { page, link: link.clone() });
        }
    }
    dead.sort();
    dead.dedup();
    Ok(dead)
}

fn read(html: &str) -> Page {
    let values = |attribute: &str| -> Vec<String> {
        let rest = html.split(attribute).skip(1);
        rest.filter_map(|rest| rest.split_once('"')).map(|(value, _)| unescaped(value)).collect()
    };
    let mut links = values(" href=\"");
    links.extend(values(" src=\""));
    Page { links, ids: values(" id=\"").into_iter().collect() }
}

fn unescaped(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"")
}

fn leads(
    link: &str,
    from: &Path,
    pages: &BTreeMap<PathBuf, Page>,
    files: &BTreeSet<PathBuf>,
) -> bool {
    let outside = link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:");
    // What stands at the root of the server is only known once the site is there.
    if outside || link.starts_with('/') {
        return true;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or("");
    let mut target = from.parent().unwrap_or(Path::new("")).to_path_buf();
    if path.is_empty() {
        target = from.to_path_buf();
    }
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => {
                if !target.pop() {
                    return false;
                }
            }
            Component::Normal(name) => target.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    if !files.contains(&target) {
        target.push("index.html");
    }
    match pages.get(&target) {
        Some(page) => anchor.is_empty() || page.ids.contains(anchor),
        None => files.contains(&target) && anchor.is_empty(),
    }
}
