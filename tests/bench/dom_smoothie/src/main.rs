//! `bench-dom-smoothie KIT SPLIT OUT.jsonl`: what dom_smoothie takes from a folder of real pages.
//!
//! Writes and prints what `peers.py` does: one JSON object a page; pages, seconds of CPU inside the
//! tool, peak memory and failures.

use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

/// Pages in order, with their address and the ids that share them.
type Pages = Vec<(String, Option<String>, Vec<String>)>;

fn pages(folder: &Path) -> Result<Pages, Box<dyn Error>> {
    let mut found: Pages = Vec::new();
    let mut sets: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    sets.sort_by_key(fs::DirEntry::path);
    for set in sets {
        let Ok(text) = fs::read_to_string(set.path().join("truth.json")) else { continue };
        let truths: Map<String, Value> = serde_json::from_str(&text)?;
        for truth in truths.values() {
            let text = |key: &str| truth[key].as_str().map(str::to_string);
            let (page, id) = (text("page").unwrap_or_default(), text("id").unwrap_or_default());
            match found.iter_mut().find(|(known, ..)| *known == page) {
                Some((.., ids)) => ids.push(id),
                None => found.push((page, text("url"), vec![id])),
            }
        }
    }
    Ok(found)
}

/// Seconds this thread has spent on a CPU, as Linux counts them.
fn seconds() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos: f64 = stat.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
    nanos / 1e9
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, kit, split, target] = args.as_slice() else {
        return Err("usage: bench-dom-smoothie KIT SPLIT OUT.jsonl".into());
    };
    let folder = Path::new(kit).join(split);
    let pages = pages(&folder)?;
    let mut out = std::io::BufWriter::new(fs::File::create(target)?);
    let (mut spent, mut failed) = (0.0, 0);
    for (page, url, ids) in &pages {
        let mut body = Vec::new();
        flate2::read::GzDecoder::new(fs::File::open(folder.join(page))?).read_to_end(&mut body)?;
        let began = seconds();
        let html = String::from_utf8_lossy(&body);
        let article = dom_smoothie::Readability::new(html.as_ref(), url.as_deref(), None)
            .and_then(|mut reader| reader.parse());
        spent += seconds() - began;
        failed += usize::from(article.is_err());
        let article = article.ok();
        for id in ids {
            let line = json!({
                "id": id,
                "title": article.as_ref().map(|a| a.title.to_string()),
                "byline": article.as_ref().and_then(|a| a.byline.clone()),
                "date": article.as_ref().and_then(|a| a.published_time.clone()),
                "text": article.as_ref().map(|a| a.text_content.to_string()).unwrap_or_default(),
            });
            writeln!(out, "{line}")?;
        }
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak: u64 = peak.and_then(|v| v.trim().split(' ').next()?.parse().ok()).unwrap_or(0) / 1024;
    println!("dom_smoothie\t{}\t{:.2}\t{peak}\t{failed}", pages.len(), spent);
    Ok(())
}
