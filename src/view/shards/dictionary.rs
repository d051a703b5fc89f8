//! The dictionary of the search: sorted keys, cut into pieces.
//!
//! What holds: where a piece ends is told by the keys around it, and its name by its first letters, so that a key
//! that comes or goes changes its own piece, not those behind it.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::digits::{list, number};
use super::numbering::Numbering;
use super::put;
use crate::model::query::{Field, Shape};
use crate::model::terms;
use crate::model::tree::Rendered;
use crate::view::docs::Documents;

/// Fewest and most bytes of a piece; between them one key in so many ends it.
const BYTES_MIN: usize = 3_000;
const BYTES_MAX: usize = 8_000;
const ENDS_ONE_IN: u32 = 24;
/// Most letters a line shares with the line before: one digit, whatever their script.
const SHARED_MAX: usize = 15;
/// Between the headline and its other language.
const GAP: usize = 8;

/// Places of one term: documents, and in each of them field and position.
#[derive(Default)]
struct Places {
    places: Vec<(u32, u32)>,
}

impl Places {
    fn put(&mut self, doc: u32, place: usize) {
        self.places.push((doc, place as u32));
    }

    fn sort(&mut self) {
        self.places.sort_unstable();
        self.places.dedup();
    }

    /// The places in each document, with the step from the document before.
    fn steps(&self) -> impl Iterator<Item = (u32, &[(u32, u32)])> {
        let mut before = 0;
        self.places.chunk_by(|a, b| a.0 == b.0).map(move |places| {
            let doc = places.first().map_or(before, |(doc, _)| *doc);
            let step = doc - before;
            before = doc;
            (step, places)
        })
    }

    /// How often the term stands in each field of each document: once in the text is told by the
    /// lowest bit of the step to the document, all else by a count for each field.
    fn hits(&self) -> String {
        let mut out = String::new();
        for (step, places) in self.steps() {
            let counts: [usize; 3] = [0, 1, 2]
                .map(|field| places.iter().filter(|(_, place)| *place % 4 == field).count());
            let once = counts == [0, 1, 0];
            number(u64::from(step) * 2 + u64::from(once), &mut out);
            if !once {
                counts.into_iter().for_each(|count| number(count as u64, &mut out));
            }
        }
        out
    }

    fn written(&self) -> String {
        let mut out = String::new();
        for (step, places) in self.steps() {
            number(u64::from(step), &mut out);
            number(places.len() as u64, &mut out);
            let mut last = 0;
            for (_, place) in places {
                number(u64::from(*place - last), &mut out);
                last = *place;
            }
        }
        out
    }
}

/// Writes keys in the order of the script's comparison, and gives what tells the beginning of each
/// piece from the end of the one before: in lines, each a digit of how many letters it shares with the
/// line before, and the rest.
pub(super) fn dictionary(
    documents: &Documents,
    numbering: &Numbering,
    files: &mut Rendered,
) -> String {
    let rows = rows(documents, numbering);
    let mut firsts: Vec<String> = Vec::new();
    let mut piece = serde_json::Map::new();
    let mut size = 0;
    let mut last = String::new();
    let mut full = false;
    for (_, key, value) in rows {
        let more = key.len() + value.as_str().map_or_else(|| value.to_string().len(), str::len) + 6;
        if size > 0 && (full || size + more > BYTES_MAX) {
            write(files, &firsts, std::mem::take(&mut piece));
            size = 0;
        }
        if size == 0 {
            firsts.push(beginning(&last, &key));
        }
        size += more;
        full = size > BYTES_MIN && hash(&key, 0).is_multiple_of(ENDS_ONE_IN);
        last.clone_from(&key);
        piece.insert(key, value);
    }
    if !piece.is_empty() {
        write(files, &firsts, piece);
    }
    lines(&firsts)
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

fn write(files: &mut Rendered, firsts: &[String], piece: serde_json::Map<String, Value>) {
    let first = firsts.last().map_or("", String::as_str);
    put(files, &name_of(first), &Value::Object(piece));
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

/// A key with its value, and as the script compares it.
type Row = (Vec<u16>, String, Value);

fn rows(documents: &Documents, numbering: &Numbering) -> Vec<Row> {
    // Rows are sorted below.
    let mut words: HashMap<String, Places> = HashMap::new();
    let mut keys: HashMap<(Field, &str), Vec<u32>> = HashMap::new();
    for (number, doc) in numbering.of_each(&documents.docs) {
        let mut field = |text: &str, field: usize, offset: usize| {
            let mut end = offset;
            terms::each(text, |term, _, _, at| {
                end = end.max(offset + at + 1);
                let place = (offset + at) * 4 + field;
                match words.get_mut(term) {
                    Some(places) => places.put(number, place),
                    None => words.entry(term.to_string()).or_default().put(number, place),
                }
            });
            end
        };
        let end = field(&doc.title, 0, 0);
        if let Some(title) = &doc.title_zh {
            field(title, 0, end + GAP);
        }
        if doc.published {
            field(&doc.body, 1, 0);
            field(&doc.names, 2, 0);
        }
        for (field, value) in &doc.keys {
            keys.entry((*field, value)).or_default().push(number);
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut row = |key: String, value: Value| rows.push((key.encode_utf16().collect(), key, value));
    for (term, mut places) in words {
        places.sort();
        row(format!("p{term}"), places.written().into());
        row(format!("w{term}"), places.hits().into());
    }
    for ((field, value), docs) in keys {
        let label = documents.catalogue.label(field, value);
        let list = match label != value {
            true => json!([list(&docs), label]),
            false => list(&docs).into(),
        };
        row(format!("={}={value}", field.word()), list);
    }
    for (name, values) in names(documents) {
        row(format!("~{name}"), values);
    }
    // The beginnings of pieces are told in lines.
    rows.retain(|(_, key, _)| !key.contains('\n'));
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    rows
}

/// The fewest letters of a key that tell it from the key before.
fn beginning(before: &str, key: &str) -> String {
    let alike = key.chars().zip(before.chars()).take_while(|(a, b)| a == b).count();
    key.chars().take(alike + 1).collect()
}

/// Every name of a value that documents carry: field, value, label, number of documents.
fn names(documents: &Documents) -> BTreeMap<String, Value> {
    let mut names: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for known in documents.catalogue.rows().filter(|known| known.docs > 0) {
        let looked_up =
            Field::from_word(&known.field).is_some_and(|field| field.shape() == Shape::Name);
        if looked_up {
            for name in &known.names {
                let row = json!([known.field, known.key, known.label, known.docs]);
                names.entry(name.clone()).or_default().push(row);
            }
        }
    }
    names.into_iter().map(|(name, rows)| (name, Value::Array(rows))).collect()
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
