//! The dictionary of the search: sorted keys, cut into pieces.
//!
//! What holds: where a piece ends is told by the keys around it, and its name by its first letters, so that a key
//! that comes or goes changes its own piece, not those behind it; a dictionary brought up to date is the one
//! that would be made anew, and only what differs is written anew.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Value, json};

use super::digits::{list, number};
use super::numbering::Numbering;
use super::places::Places;
use super::{Shard, script};
use crate::model::query::{Catalogue, Field, Shape};
use crate::view::docs::{Cut, Filed};
use crate::view::excerpt::digest;

/// Fewest and most bytes of a piece; between them one key in so many ends it.
const BYTES_MIN: usize = 3_000;
const BYTES_MAX: usize = 8_000;
const ENDS_ONE_IN: u32 = 24;
/// Most letters a line shares with the line before: one digit, whatever their script.
const SHARED_MAX: usize = 15;

/// Every key with its value.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    words: HashMap<String, Places>,
    /// By the key as the script compares it.
    rows: BTreeMap<Vec<u16>, Row>,
    /// What was numbered how, by the first number.
    laid: BTreeMap<u32, Arc<Filed>>,
}

#[derive(Debug)]
struct Row {
    key: String,
    value: Value,
    digest: String,
}

impl Dictionary {
    /// Brings the dictionary up to date with documents and the names of their values.
    pub(super) fn update(&mut self, numbering: &Numbering<'_>, catalogue: &Catalogue) {
        let laid: BTreeMap<u32, Arc<Filed>> =
            numbering.groups.iter().map(|(first, filed)| (*first, (*filed).clone())).collect();
        let before = std::mem::take(&mut self.laid);
        if before.is_empty() {
            self.fill(&laid);
        } else {
            self.change(&before, &laid);
        }
        self.values(values(numbering, catalogue));
        self.laid = laid;
    }

    fn fill(&mut self, laid: &BTreeMap<u32, Arc<Filed>>) {
        for (first, filed) in laid {
            for (term, places) in filed.cut.terms() {
                let places = places.iter().map(|(doc, place)| (first + doc, *place));
                match self.words.get_mut(term) {
                    Some(known) => known.extend(places),
                    None => self.words.entry(term.to_string()).or_default().extend(places),
                }
            }
        }
        let terms: Vec<String> = self.words.keys().cloned().collect();
        terms.iter().for_each(|term| self.write(term));
    }

    fn change(&mut self, before: &BTreeMap<u32, Arc<Filed>>, laid: &BTreeMap<u32, Arc<Filed>>) {
        let same = |first: &u32, filed: &Arc<Filed>, other: &BTreeMap<u32, Arc<Filed>>| {
            other.get(first).is_some_and(|other| Arc::ptr_eq(filed, other))
        };
        let gone = before.iter().filter(|(first, filed)| !same(first, filed, laid));
        let come = laid.iter().filter(|(first, filed)| !same(first, filed, before));
        let [gone, come] = [all(gone), all(come)];
        let terms: BTreeSet<&str> = gone.keys().chain(come.keys()).copied().collect();
        for term in terms {
            let places = |of: &BTreeMap<&str, Vec<(u32, u32)>>| of.get(term).cloned();
            let [gone, come] = [&gone, &come].map(|of| places(of).unwrap_or_default());
            if gone == come {
                continue;
            }
            let known = self.words.entry(term.to_string()).or_default();
            if known.replace(&gone, &come) {
                self.write(term);
            } else {
                self.words.remove(term);
                for kind in ['p', 'w'] {
                    self.rows.remove(&compared(&format!("{kind}{term}")));
                }
            }
        }
    }

    fn write(&mut self, term: &str) {
        let Some(places) = self.words.get(term) else { return };
        let (written, hits) = (places.written(), places.hits());
        self.put(format!("p{term}"), written.into());
        self.put(format!("w{term}"), hits.into());
    }

    fn put(&mut self, key: String, value: Value) {
        // The beginnings of pieces are told in lines.
        if !key.contains('\n') {
            let written = value.as_str().map_or_else(|| value.to_string().into(), Cow::from);
            let digest = digest(&(&key, value.is_string(), written)).unwrap_or_default();
            self.rows.insert(compared(&key), Row { key, value, digest });
        }
    }

    /// Puts the rows of conditions and names in the stead of those before.
    fn values(&mut self, values: BTreeMap<String, Value>) {
        let is_value = |row: &Row| row.key.starts_with(['=', '~']);
        self.rows.retain(|_, row| !is_value(row) || values.contains_key(&row.key));
        for (key, value) in values {
            let known = self.rows.get(&compared(&key));
            if known.is_none_or(|row| row.value != value) {
                self.put(key, value);
            }
        }
    }

    /// The pieces, and what tells the beginning of each from the end of the one before: in lines, each a
    /// digit of how many letters it shares with the line before, and the rest.
    pub(super) fn pieces(&self) -> (Vec<Shard<'_>>, String) {
        let mut firsts: Vec<String> = Vec::new();
        let mut pieces: Vec<Vec<&Row>> = Vec::new();
        let mut size = 0;
        let mut last = "";
        let mut full = false;
        for row in self.rows.values() {
            let length = row.value.as_str().map_or_else(|| row.value.to_string().len(), str::len);
            let more = row.key.len() + length + 6;
            if size == 0 || full || size + more > BYTES_MAX {
                pieces.push(Vec::new());
                firsts.push(beginning(last, &row.key));
                size = 0;
            }
            size += more;
            full = size > BYTES_MIN && hash(&row.key, 0).is_multiple_of(ENDS_ONE_IN);
            last = &row.key;
            if let Some(piece) = pieces.last_mut() {
                piece.push(row);
            }
        }
        let named = firsts.iter().zip(pieces);
        (named.map(|(first, rows)| piece(name_of(first), rows)).collect(), lines(&firsts))
    }
}

fn piece(name: String, rows: Vec<&Row>) -> Shard<'_> {
    let digest = digest(&rows.iter().map(|row| row.digest.as_str()).collect::<Vec<_>>());
    let make = {
        let name = name.clone();
        move || {
            let rows = rows.iter().map(|row| (row.key.clone(), row.value.clone()));
            vec![script(&name, &Value::Object(rows.collect()))]
        }
    };
    Shard { name, digest, make: Box::new(make) }
}

/// A key as the script compares it.
fn compared(key: &str) -> Vec<u16> {
    key.encode_utf16().collect()
}

/// Every term of some documents, with its places.
fn all<'f>(
    laid: impl Iterator<Item = (&'f u32, &'f Arc<Filed>)>,
) -> BTreeMap<&'f str, Vec<(u32, u32)>> {
    let mut all: BTreeMap<&str, Vec<(u32, u32)>> = BTreeMap::new();
    for (first, filed) in laid {
        let cut: &'f Cut = &filed.cut;
        for (term, places) in cut.terms() {
            let places = places.iter().map(|(doc, place)| (first + doc, *place));
            all.entry(term).or_default().extend(places);
        }
    }
    all
}

fn lines(firsts: &[String]) -> String {
    let mut out = String::new();
    let mut before = "";
    for first in firsts {
        let alike = before.chars().zip(first.chars()).take_while(|(a, b)| a == b).take(SHARED_MAX);
        let alike: String = alike.map(|(a, _)| a).collect();
        if !out.is_empty() {
            out.push('\n');
        }
        number(alike.encode_utf16().count() as u64, &mut out);
        out.push_str(first.strip_prefix(&alike).unwrap_or_default());
        before = first;
    }
    out
}

/// The name of the piece that begins so; the script says the same.
fn name_of(first: &str) -> String {
    format!("t{:08x}{:08x}", hash(first, 0), hash(first, 1))
}

/// FNV-1a over UTF-16, as a script counts letters.
fn hash(text: &str, seed: u32) -> u32 {
    let step = |hash: u32, unit: u16| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    text.encode_utf16().fold(0x811c_9dc5 ^ seed, step)
}

/// The rows of conditions, each with its documents, and of every name of a value that documents carry: field,
/// value, label, number of documents.
fn values(numbering: &Numbering<'_>, catalogue: &Catalogue) -> BTreeMap<String, Value> {
    let mut carried: HashMap<&(Field, String), Vec<u32>> = HashMap::new();
    for (first, filed) in &numbering.groups {
        for (value, by) in &filed.values {
            carried.entry(value).or_default().extend(by.by.iter().map(|doc| first + doc));
        }
    }
    let mut rows: BTreeMap<String, Value> = BTreeMap::new();
    for ((field, value), docs) in carried {
        let label = catalogue.label(*field, value);
        let list = match label != value {
            true => json!([list(&docs), label]),
            false => list(&docs).into(),
        };
        rows.insert(format!("={}={value}", field.word()), list);
    }
    let mut names: BTreeMap<&String, Vec<Value>> = BTreeMap::new();
    for known in catalogue.rows().filter(|known| known.docs > 0) {
        let looked_up =
            Field::from_word(&known.field).is_some_and(|field| field.shape() == Shape::Name);
        if looked_up {
            for name in &known.names {
                let row = json!([known.field, known.key, known.label, known.docs]);
                names.entry(name).or_default().push(row);
            }
        }
    }
    rows.extend(names.into_iter().map(|(name, rows)| (format!("~{name}"), Value::Array(rows))));
    rows
}

/// The fewest letters of a key that tell it from the key before.
fn beginning(before: &str, key: &str) -> String {
    let alike = key.chars().zip(before.chars()).take_while(|(a, b)| a == b).count();
    key.chars().take(alike + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_share_their_beginnings() {
        let firsts = ["=kind", "=kin", "pab", "p槐汀", "p槐汀集"].map(String::from);
        assert_eq!(lines(&firsts), "A=kind\nE\nApab\nB槐汀\nD集");
    }
}
