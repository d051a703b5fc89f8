//! The search index as plain files of the site, for `site/assets/search.js` to read piece by piece
//! from any host, or from a disk.
//!
//! In: the documents and the catalogue. Out: scripts that each hand one value to the search, because
//! a page that lies on a disk may load scripts and nothing else. What holds: what is published of
//! an article is its headline; a search needs a few of the pieces only; a change of one incident
//! changes the pieces that hold its words, and no others. Not here: how they are searched.
//!
//! | File | Holds |
//! |---|---|
//! | `root.js` | where each piece of keys begins, documents a piece, incidents and kinds |
//! | `t….js` | sorted keys: `w` + term → hits; `p` + term → places, for words in a row; `=` + condition → documents; `~` + name → values |
//! | `d0.js`, … | documents as they are shown |
//! | `dates.js`, `known.js`, `roots.js` | numbers of every document |

mod dictionary;
mod digits;
mod numbering;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::docs::Documents;
use crate::model::query::SearchDoc;
use crate::model::tree::Rendered;

use dictionary::dictionary;
use digits::{list, number, signed};
use numbering::Numbering;

/// Folder of the files on the site.
pub const FOLDER: &str = "search/data/";
/// Raised when the form of the files changes; the script refuses another.
const FORM: u32 = 3;
/// Documents of a piece: neighbours belong to one incident and are shown together.
const DOCS_EACH: u32 = 2;
/// Most characters of a document that are shown.
const SHOWN_CHARS_MAX: usize = 300;

fn days(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// Makes the files.
pub fn shards(documents: &Documents, as_of: NaiveDate) -> Rendered {
    let mut files = Rendered::new();
    let numbering = Numbering::of(&documents.docs);
    let firsts = dictionary(documents, &numbering, &mut files);
    let numbered: Vec<(u32, &SearchDoc)> = numbering.of_each(&documents.docs).collect();
    shown(&numbered, &mut files);
    columns(&numbered, &mut files);
    let past: Vec<u32> =
        numbered.iter().filter(|(_, doc)| doc.gone.is_some()).map(|(n, _)| *n).collect();
    let root = json!({
        "form": FORM, "docs": numbering.space, "day": as_of.to_string(), "terms": firsts,
        "shown": DOCS_EACH, "groups": numbering.groups, "past": list(&past),
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

/// Writes documents as they are shown.
fn shown(numbered: &[(u32, &SearchDoc)], files: &mut Rendered) {
    for piece in numbered.chunk_by(|a, b| a.0 / DOCS_EACH == b.0 / DOCS_EACH) {
        let values: BTreeMap<String, Value> = piece
            .iter()
            .map(|(number, doc)| {
                let text: String = match doc.published {
                    true => doc.body.chars().take(SHOWN_CHARS_MAX).collect(),
                    false => String::new(),
                };
                let value = json!([
                    doc.id,
                    doc.title,
                    doc.title_zh,
                    doc.path,
                    doc.date.map(|date| date.to_string()),
                    doc.source.outlet,
                    doc.source.lang,
                    text,
                ]);
                ((number % DOCS_EACH).to_string(), value)
            })
            .collect();
        let number = piece.first().map_or(0, |(number, _)| number / DOCS_EACH);
        put(files, &format!("d{number}"), &json!(values));
    }
}

/// Writes what dates, `known:`, `asof:`, `roots:` and orders need.
fn columns(numbered: &[(u32, &SearchDoc)], files: &mut Rendered) {
    let (mut dates, mut odd) = (String::new(), String::new());
    let (mut known, mut roots) = (String::new(), String::new());
    let (mut day_before, mut known_before, mut odd_before) = (0, 0, 0);
    for (at, (_, doc)) in (0_u64..).zip(numbered) {
        // Most dates are a day; of all others stands which document it is, and what its date is: 0 none,
        // 1 several days and how many more, 2 open at its beginning, 3 open at its end.
        let mut other = |kind: u64| {
            number((at - odd_before) * 4 + kind, &mut odd);
            odd_before = at;
        };
        let day = match doc.date.map(|date| (date.first(), date.last())) {
            None | Some((None, None)) => {
                other(0);
                None
            }
            Some((Some(first), Some(last))) => {
                if first != last {
                    other(1);
                    number((last - first).num_days().unsigned_abs(), &mut odd);
                }
                Some(first)
            }
            Some((None, Some(last))) => {
                other(2);
                Some(last)
            }
            Some((Some(first), None)) => {
                other(3);
                Some(first)
            }
        };
        let day = day.map_or(day_before, days);
        signed(day - day_before, &mut dates);
        day_before = day;
        signed(days(doc.known) - known_before, &mut known);
        known_before = days(doc.known);
        number((doc.changed - doc.known).num_days().unsigned_abs(), &mut known);
        number(
            doc.gone.map_or(0, |gone| (gone - doc.known).num_days().unsigned_abs() + 1),
            &mut known,
        );
        number(u64::from(doc.roots), &mut roots);
    }
    put(files, "dates", &json!([dates, odd]));
    put(files, "known", &known.into());
    put(files, "roots", &roots.into());
}
