//! The search index as plain files of the site, for `site/assets/search.js` to read piece by piece
//! from any host, or from a disk.
//!
//! In: the documents and the catalogue. Out: scripts that each hand one value to the search, because
//! a page that lies on a disk may load scripts and nothing else. What holds: what is published of
//! an article is its headline; a search needs a few of the pieces only. Not here: how they are
//! searched.
//!
//! | File | Holds |
//! |---|---|
//! | `root.js` | where each piece of keys begins, documents a piece, incidents and kinds |
//! | `t0.js`, … | sorted keys: `w` + term → hits; `p` + term → places, for words in a row; `=` + condition → documents; `~` + name → values |
//! | `d0.js`, … | documents as they are shown |
//! | `dates.js`, `known.js`, `roots.js` | numbers of every document |
//!
//! Numbers are written in digits of five bits, least first, a sixth bit where more follow.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::docs::Documents;
use crate::model::query::{DocKind, Field, SearchDoc};
use crate::model::terms;
use crate::model::tree::Rendered;

/// Folder of the files on the site.
pub const FOLDER: &str = "search/data/";
/// Raised when the form of the files changes; the script refuses another.
const FORM: u32 = 2;
/// Size a piece of the dictionary is cut at, in bytes.
const TERMS_BYTES: usize = 5_000;
/// Documents of a piece: neighbours belong to one incident and are shown together.
const DOCS_EACH: usize = 2;
/// Most characters of a document that are shown.
const SHOWN_CHARS_MAX: usize = 300;
/// Between the headline and its other language.
const GAP: usize = 8;
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes a number.
fn number(mut value: u64, out: &mut String) {
    loop {
        let low = (value & 31) as usize;
        value >>= 5;
        let digit = DIGITS.get(low | if value > 0 { 32 } else { 0 });
        out.push(digit.copied().map_or('A', char::from));
        if value == 0 {
            return;
        }
    }
}

/// Writes a number that may be below zero.
fn signed(value: i64, out: &mut String) {
    number(((value << 1) ^ (value >> 63)) as u64, out);
}

/// Places of one term: documents, and in each of them field and position.
#[derive(Default)]
struct Places {
    places: Vec<(u32, u32)>,
}

impl Places {
    fn put(&mut self, doc: usize, place: usize) {
        self.places.push((doc as u32, place as u32));
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

/// Documents in rising order.
fn list(docs: &[usize]) -> String {
    let mut out = String::new();
    let mut before = 0;
    for doc in docs {
        number((doc - before) as u64, &mut out);
        before = *doc;
    }
    out
}

fn days(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// Makes the files.
pub fn shards(documents: &Documents, as_of: NaiveDate) -> Rendered {
    let docs = &documents.docs;
    let mut files = Rendered::new();
    let firsts = dictionary(documents, &mut files);
    shown(docs, &mut files);
    numbers(docs, &mut files);
    let past: Vec<usize> =
        (0..).zip(docs).filter(|(_, d)| d.gone.is_some()).map(|(n, _)| n).collect();
    let root = json!({
        "form": FORM, "docs": docs.len(), "day": as_of.to_string(), "terms": firsts,
        "shown": DOCS_EACH, "groups": groups(docs), "past": list(&past),
    });
    put(&mut files, "root", &root);
    files
}

fn put(files: &mut Rendered, name: &str, value: &Value) {
    // A script may not hold these two as they are, and a page may not hold the first tag.
    let text = value.to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let text = text.replace("</", "<\\/");
    files
        .insert(format!("{FOLDER}{name}.js"), format!("casebookSearch({name:?},{text});\n").into());
}

/// Number of runs, then length and kind of each run, for every incident in order.
fn groups(docs: &[SearchDoc]) -> String {
    let mut out = String::new();
    let kinds = DocKind::ALL.len();
    for group in docs.chunk_by(|a, b| a.group == b.group) {
        let runs: Vec<&[SearchDoc]> = group.chunk_by(|a, b| a.kind == b.kind).collect();
        number(runs.len() as u64, &mut out);
        for run in runs {
            let kind = run.first().map_or(0, |doc| doc.kind as usize);
            number((run.len() * kinds + kind) as u64, &mut out);
        }
    }
    out
}

/// Writes keys in the order of the script's comparison, and gives what tells the beginning of each
/// piece from the end of the one before.
fn dictionary(documents: &Documents, files: &mut Rendered) -> Vec<String> {
    // Rows are sorted below.
    let mut words: HashMap<String, Places> = HashMap::new();
    let mut keys: HashMap<(Field, &str), Vec<usize>> = HashMap::new();
    for (number, doc) in documents.docs.iter().enumerate() {
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
    let mut rows: Vec<(Vec<u16>, String, Value)> = Vec::new();
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
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut firsts = Vec::new();
    let mut piece = serde_json::Map::new();
    let mut size = 0;
    let mut last = String::new();
    for (_, key, value) in rows {
        let more = key.len() + value.as_str().map_or_else(|| value.to_string().len(), str::len) + 6;
        if size > 0 && size + more > TERMS_BYTES {
            let number = firsts.len() - 1;
            put(files, &format!("t{number}"), &Value::Object(std::mem::take(&mut piece)));
            size = 0;
        }
        if size == 0 {
            firsts.push(beginning(&last, &key));
        }
        size += more;
        last.clone_from(&key);
        piece.insert(key, value);
    }
    if !piece.is_empty() {
        put(files, &format!("t{}", firsts.len() - 1), &Value::Object(piece));
    }
    firsts
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
        let looked_up = Field::from_word(&known.field)
            .is_some_and(|field| field.shape() == crate::model::query::Shape::Name);
        if looked_up {
            for name in &known.names {
                let row = json!([known.field, known.key, known.label, known.docs]);
                names.entry(name.clone()).or_default().push(row);
            }
        }
    }
    names.into_iter().map(|(name, rows)| (name, Value::Array(rows))).collect()
}

/// Writes documents as they are shown.
fn shown(docs: &[SearchDoc], files: &mut Rendered) {
    for (number, piece) in docs.chunks(DOCS_EACH).enumerate() {
        let values = piece.iter().map(|doc| {
            let text: String = match doc.published {
                true => doc.body.chars().take(SHOWN_CHARS_MAX).collect(),
                false => String::new(),
            };
            json!([
                doc.id,
                doc.title,
                doc.title_zh,
                doc.path,
                doc.date.map(|date| date.to_string()),
                doc.source.outlet,
                doc.source.lang,
                text,
            ])
        });
        put(files, &format!("d{number}"), &Value::Array(values.collect()));
    }
}

/// Writes what dates, `known:`, `asof:`, `roots:` and orders need.
fn numbers(docs: &[SearchDoc], files: &mut Rendered) {
    let (mut dates, mut known, mut roots) = (String::new(), String::new(), String::new());
    let (mut day_before, mut known_before) = (0, 0);
    for doc in docs {
        // What a date is: 0 none, 1 a day, 2 several days, 3 open at its beginning, 4 open at its end;
        // five times the way from the date before is added.
        let mut date = |kind: u64, day: NaiveDate| {
            let way = days(day) - day_before;
            day_before = days(day);
            number(((way << 1) ^ (way >> 63)) as u64 * 5 + kind, &mut dates);
        };
        match doc.date.map(|date| (date.first(), date.last())) {
            None | Some((None, None)) => number(0, &mut dates),
            Some((Some(first), Some(last))) if first == last => date(1, first),
            Some((Some(first), Some(last))) => {
                date(2, first);
                number((last - first).num_days().unsigned_abs(), &mut dates);
            }
            Some((None, Some(last))) => date(3, last),
            Some((Some(first), None)) => date(4, first),
        }
        signed(days(doc.known) - known_before, &mut known);
        known_before = days(doc.known);
        number((doc.changed - doc.known).num_days().unsigned_abs(), &mut known);
        number(
            doc.gone.map_or(0, |gone| (gone - doc.known).num_days().unsigned_abs() + 1),
            &mut known,
        );
        number(u64::from(doc.roots), &mut roots);
    }
    put(files, "dates", &dates.into());
    put(files, "known", &known.into());
    put(files, "roots", &roots.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = |value| {
            let mut out = String::new();
            number(value, &mut out);
            out
        };
        assert_eq!([0, 31, 32, 1024].map(written), ["A", "f", "gB", "ggB"]);
        let mut out = String::new();
        signed(-1, &mut out);
        signed(1, &mut out);
        assert_eq!(out, "BC");
    }
}
